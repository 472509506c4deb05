//! What is typed to ask, and to change what was asked.

use crate::until::Until;
use clap::Args;
use std::path::PathBuf;
use valise_views::request::{Ends, MOST_DAYS_AFTER};

/// Asking.
#[derive(Args)]
pub struct AskRequest {
    /// Whom: the whole address of an office of a partner, or of somebody there; whom the template is for if absent
    #[arg(required_unless_present_any = ["template", "all", "guest"])]
    pub to: Option<String>,
    /// Ask others the same, too, each apart; may be given several times
    #[arg(
        long = "also",
        value_name = "ADDRESS",
        requires = "to",
        conflicts_with = "number"
    )]
    pub also: Vec<String>,
    /// Ask everybody in this table, each apart: a name or address a line, and the organisation beside it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["to", "number"])]
    pub all: Option<PathBuf>,
    /// Somebody of no organisation instead, by a link and a code: what he is called
    #[arg(long, value_name = "NAME", conflicts_with_all = ["to", "all"])]
    pub guest: Option<String>,
    /// Look who came before he reads anything: `request guest --let-in`
    #[arg(long, requires = "guest")]
    pub hold: bool,
    /// What it is about
    #[arg(long, required_unless_present = "template")]
    pub subject: Option<String>,
    /// Begin with one of your templates, by its name; what is typed here counts before it
    #[arg(long, value_name = "NAME")]
    pub template: Option<String>,
    /// A field of a form; may be given several times
    #[arg(long = "field", value_name = "NAME=VALUE", value_parser = field)]
    pub fields: Vec<(String, String)>,
    #[command(flatten)]
    pub letter: Letter,
    /// On what legal basis
    #[arg(long)]
    pub basis: Option<String>,
    #[command(flatten)]
    pub time: Time,
    /// End it by itself if no answer came: "with" the deadline, or so many days after it
    #[arg(long, value_name = "WITH|DAYS", value_parser = ends)]
    pub ends: Option<Ends>,
    /// A country, such as DE: only people of organisations under such laws come into its room; may be given several times
    #[arg(long, value_name = "COUNTRY")]
    pub law: Vec<String>,
    /// For which office of yours, by its address or the part of it before the @
    #[arg(long, value_name = "OFFICE")]
    pub from: Option<String>,
    /// Its number; the next one if absent
    #[arg(long)]
    pub number: Option<String>,
    /// How secret it is, in words
    #[arg(long, value_name = "WORDS")]
    pub classification: Option<String>,
    /// The person whom it is about must not hear of it
    #[arg(long)]
    pub confidential: bool,
}

/// Changing what was asked; what is not typed stays.
#[derive(Args)]
pub struct AmendRequest {
    /// The request, by its number
    pub request: String,
    /// What it is about
    #[arg(long)]
    pub subject: Option<String>,
    /// What is asked; "-" reads it from standard input
    #[arg(long)]
    pub text: Option<String>,
    /// A file that comes to those that were sent; may be given several times
    #[arg(long = "file", value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Working days for the answer, from today on
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub days: Option<u32>,
    /// The last day for the answer, 2026-12-24, or an instant, 2026-12-24T18:00
    #[arg(long, value_name = "DATE", conflicts_with = "days")]
    pub until: Option<Until>,
    /// End it by itself if no answer came: "with" the deadline, so many days after it, or "never"
    #[arg(long, value_name = "WITH|DAYS|NEVER", value_parser = ends)]
    pub ends: Option<Ends>,
}

/// Text and files of a request or an answer.
#[derive(Args)]
pub struct Letter {
    /// The text; "-" reads it from standard input
    #[arg(long, default_value = "")]
    pub text: String,
    /// A file with it; may be given several times
    #[arg(long = "file", value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// By when an answer is due.
#[derive(Args)]
pub struct Time {
    /// Working days for the answer; 10, or what the template says, if absent
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub days: Option<u32>,
    /// The last day for the answer, 2026-12-24, or an instant, 2026-12-24T18:00
    #[arg(long, value_name = "DATE", conflicts_with = "days")]
    pub until: Option<Until>,
}

/// Reads when something ends by itself.
fn ends(typed: &str) -> Result<Ends, String> {
    match typed {
        "never" => return Ok(Ends::Never),
        "with" => return Ok(Ends::WithDeadline),
        _ => {}
    }
    let days = typed.parse::<u32>().ok();
    let days = days.filter(|days| (1..=MOST_DAYS_AFTER).contains(days));
    let wrong =
        || format!("\"with\", \"never\", or 1 to {MOST_DAYS_AFTER} days after the deadline");
    days.map(Ends::DaysAfter).ok_or_else(wrong)
}

/// Reads a field of a form.
fn field(typed: &str) -> Result<(String, String), String> {
    let parts = typed.split_once('=');
    let parts = parts.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
    let parts = parts.filter(|(name, value)| !name.is_empty() && !value.is_empty());
    parts.ok_or_else(|| "a field is NAME=VALUE".to_owned())
}

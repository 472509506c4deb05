//! What can be typed of being away, and of being on duty.

use crate::until::Until;
use clap::Args;

/// Being away.
#[derive(Args)]
pub struct SetAway {
    /// The last day on which you are away, `2026-12-24`
    #[arg(required_unless_present = "back", conflicts_with = "back")]
    pub until: Option<Until>,
    /// You are here again
    #[arg(long, conflicts_with_all = ["cover", "note"])]
    pub back: bool,
    /// Who stands in for you, by name or address
    #[arg(long, value_name = "PERSON")]
    pub cover: Option<String>,
    /// A few words to colleagues
    #[arg(long, default_value = "", hide_default_value = true)]
    pub note: String,
    /// As a registrar: of whom you say it instead
    #[arg(long, value_name = "PERSON")]
    pub of: Option<String>,
}

/// Being on duty.
#[derive(Args)]
pub struct SetDuty {
    /// Office, by its address or the part of it before the @
    pub office: String,
    /// You are off duty again
    #[arg(long)]
    pub off: bool,
    /// As a registrar: of whom you say it instead
    #[arg(long, value_name = "PERSON")]
    pub of: Option<String>,
}

//! What can be typed to become somebody, to bring devices together, and to come back.

use clap::{Args, ValueEnum};

/// Founding.
#[derive(Args)]
pub struct Setup {
    /// The link that the server printed
    pub link: String,
    /// Your name
    #[arg(long)]
    pub name: String,
    /// Part of your address before the @; made from the name if absent
    #[arg(long)]
    pub address: Option<String>,
    /// Public name of the organisation
    #[arg(long)]
    pub organisation: String,
}

/// Joining.
#[derive(Args)]
pub struct Join {
    /// The link that a registrar gave you
    pub link: String,
    /// Your name, if the invitation leaves it to you
    #[arg(long, default_value = "")]
    pub name: String,
    /// Part of your address before the @, if the invitation leaves it to you
    #[arg(long)]
    pub address: Option<String>,
}

/// Bringing chats over, or moving.
#[derive(Args)]
pub struct Import {
    /// WhatsApp's .zip, Telegram Desktop's folder or result.json; or a link
    #[arg(value_name = "FILE|LINK")]
    pub what: String,
    /// Which of the names in the export is yours
    #[arg(long, value_name = "NAME")]
    pub me: Option<String>,
    /// How to read 03/04, where the export itself does not tell
    #[arg(long, value_enum)]
    pub dates: Option<Dates>,
}

/// In which order day and month stand.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Dates {
    /// 31/12
    DayFirst,
    /// 12/31
    MonthFirst,
}

/// Becoming a further device.
#[derive(Args)]
pub struct Link {
    /// Address at which people open Valise
    pub server: String,
    /// What kind of device this is
    #[arg(long, default_value = "Terminal")]
    pub name: String,
}

/// The backup.
#[derive(Args)]
pub struct Backup {
    /// Make a code to keep on paper; the one before opens nothing any more
    #[arg(long, conflicts_with = "stop")]
    pub print_code: bool,
    /// Delete the backup and keep none
    #[arg(long)]
    pub stop: bool,
}

/// Coming back.
#[derive(Args)]
pub struct Recover {
    /// Address at which people open Valise
    pub server: String,
    /// What kind of device this is
    #[arg(long, default_value = "Terminal")]
    pub name: String,
}

/// Linking a further device.
#[derive(Args)]
pub struct Approve {
    /// The code or link that the new device shows
    pub code: String,
    /// The six digits that the new device shows; asked for if absent
    #[arg(long)]
    pub digits: Option<String>,
    /// What kind of device this one is, for the other's list
    #[arg(long, default_value = "Terminal")]
    pub name: String,
}

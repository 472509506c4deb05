//! What can be typed in chats, and to find them.

use clap::{Args, ValueEnum};
use std::path::PathBuf;
use valise_views::LabelColour;

/// The link into a group.
#[derive(Args)]
pub struct GroupLink {
    /// The group
    pub room: String,
    /// Make a new one: the one before lets nobody in any more
    #[arg(long)]
    pub new: bool,
    /// Make a new one that ends after so many days
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=366))]
    pub days: Option<u16>,
    /// Switch it off
    #[arg(long, conflicts_with_all = ["new", "days"])]
    pub off: bool,
}

/// Sending.
#[derive(Args)]
pub struct Send {
    /// Chat, by its name, its id, a person's name or address, or "me" for what you save for yourself
    pub room: String,
    /// The text; "-" reads it from standard input; @ and the beginning of a member's address mentions them
    pub text: String,
    /// With "-": every line is a message of its own, sent as it comes
    #[arg(long)]
    pub each_line: bool,
    /// The message that it answers, by its number in `read --numbers`
    #[arg(long, value_name = "MESSAGE", conflicts_with = "each_line")]
    pub reply_to: Option<String>,
}

/// Labelling chats.
#[derive(Args)]
pub struct Label {
    /// The label, by its name
    pub name: String,
    /// Chats that get it, by their name, their id, or a person's name or address
    pub rooms: Vec<String>,
    /// Take it off these chats
    #[arg(long, requires = "rooms")]
    pub off: bool,
    /// Its colour
    #[arg(long)]
    pub colour: Option<Colour>,
    /// Another name for it
    #[arg(long, value_name = "NAME")]
    pub rename: Option<String>,
    /// Remove it from all chats
    #[arg(long, conflicts_with_all = ["rooms", "colour", "rename"])]
    pub remove: bool,
}

/// The colours of labels.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Colour {
    Grey,
    Red,
    Orange,
    Green,
    Blue,
    Violet,
}

impl From<Colour> for LabelColour {
    fn from(colour: Colour) -> Self {
        match colour {
            Colour::Grey => Self::Grey,
            Colour::Red => Self::Red,
            Colour::Orange => Self::Orange,
            Colour::Green => Self::Green,
            Colour::Blue => Self::Blue,
            Colour::Violet => Self::Violet,
        }
    }
}

/// Asking everybody in a chat.
#[derive(Args)]
pub struct Poll {
    /// Chat, by its name, its id, a person's name or address, or "me" for what you save for yourself
    pub room: String,
    /// What is asked
    pub question: String,
    /// What can be chosen, two to twelve
    #[arg(required = true)]
    pub options: Vec<String>,
    /// Several can be chosen at once
    #[arg(long)]
    pub several: bool,
}

/// Finding.
#[derive(Args)]
pub struct Find {
    /// Words, "phrases", from:NAME in:CHAT before:DAY after:DAY on:DAY has:file|photo|link
    #[arg(required = true)]
    pub words: Vec<String>,
    /// Only in this chat
    #[arg(long, value_name = "CHAT")]
    pub room: Option<String>,
    /// How many at most
    #[arg(long, short = 'n', default_value_t = 20)]
    pub most: u32,
}

/// Reading.
#[derive(Args)]
pub struct Read {
    /// Chat, by its name, its id, a person's name or address, or "me" for what you save for yourself
    pub room: String,
    /// How many messages
    #[arg(long, short = 'n', default_value_t = 20)]
    pub last: u32,
    /// Go on with what comes in
    #[arg(long, short)]
    pub follow: bool,
    /// Do not tell the others that you have read it
    #[arg(long)]
    pub quietly: bool,
    /// Show the messages' numbers, to answer, change or take back one
    #[arg(long)]
    pub numbers: bool,
}

/// Saving.
#[derive(Args)]
pub struct Save {
    /// Chat, by its name, its id, a person's name or address, or "me" for what you save for yourself
    pub room: String,
    /// File, by its name or id; the newest if absent
    pub file: Option<String>,
    /// Where to; its own name in this folder if absent
    #[arg(long, value_name = "PATH")]
    pub to: Option<PathBuf>,
}

/// Keeping the list of other organisations.
#[derive(Args)]
pub struct Organisation {
    /// The address of its server; of a link only that is taken
    pub address: String,
    /// What you call it; its address if nothing else
    #[arg(long, default_value = "")]
    pub name: String,
    /// Take it out of the list
    #[arg(long, conflicts_with = "name")]
    pub remove: bool,
}

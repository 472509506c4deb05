//! What can be typed.

mod calendar;
mod office;
mod request;

pub use calendar::SetCalendar;
pub use office::{OfficeVerb, SetOffice};
pub use request::{
    AmendRequest, AskRequest, ComeAsGuest, GuestDeed, Letter, Needs, RequestVerb, Requests,
    SetRules,
};

use crate::lasting::Lasting;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;
use valise_views::LabelColour;

/// Sealed chat for organisations: the server, and a client for the terminal.
///
/// Exit codes: 0 done, 1 not done, 2 wrong arguments, 3 no such chat or person, 4 not proven, 69 server out of reach,
/// 75 kept for later, 77 not allowed.
#[derive(Parser)]
#[command(name = "valise", version)]
pub struct Arguments {
    /// What all verbs of the client have in common.
    #[command(flatten)]
    pub client: ClientOptions,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// What all verbs of the client have in common.
#[derive(Args)]
pub struct ClientOptions {
    /// Folder of this device's store
    #[arg(long, env = "VALISE_HOME", global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// Write one JSON object a line, for scripts
    #[arg(long, global = true)]
    pub json: bool,
    /// Seconds to wait for the server
    #[arg(long, global = true, default_value_t = 20, value_name = "SECONDS")]
    pub wait: u64,
    /// PEM file of an authority to trust besides the public ones
    #[arg(long, env = "VALISE_AUTHORITY", global = true, value_name = "FILE")]
    pub authority: Option<PathBuf>,
}

/// What to do.
#[derive(Subcommand)]
pub enum Verb {
    /// Run the server
    Serve(Serve),
    /// Make an organisation that has lived for a week, and serve it: six people, a link for each
    Demo(Demo),
    /// Look after a server's data
    #[command(subcommand)]
    Admin(Admin),
    /// Found the organisation with the server's set-up link
    Setup(Setup),
    /// Become a member with an invitation link
    Join(Join),
    /// Become another device of somebody who uses Valise already: prints a code for `approve` there
    Link(Link),
    /// Link the new device that shows a code to your account
    Approve(Approve),
    /// List the devices of your account
    Devices,
    /// Take a device out of your account
    Unlink {
        /// The device, by the beginning of its id or its name
        device: String,
    },
    /// Say how the backup at the server stands, print a code that opens it, or delete it
    Backup(Backup),
    /// Come back with a printed code when your devices are lost; the code is read from the input
    Recover(Recover),
    /// Let this device move: prints a link that opens it elsewhere, once; this one is none any more
    Export,
    /// Bring chats over out of an export of WhatsApp or Telegram; or, with a link of `export` or of the demo, become the
    /// device that moves in it
    Import(Import),
    /// Say who you are and how things stand
    Status,
    /// List the chats
    Rooms {
        /// Only those with this label
        #[arg(long)]
        label: Option<String>,
    },
    /// Put a label of your own on chats; it is made if there is none
    Label(Label),
    /// List your labels
    Labels,
    /// Put another organisation into your list, which only leads to it; each is a folder of its own here (see --home)
    Organisation(Organisation),
    /// List your other organisations
    Organisations,
    /// List the people of the organisation, and those of others that you know
    People {
        /// Only those whose name or address has this in it; a whole address of another organisation is looked up there
        #[arg(default_value = "")]
        search: String,
    },
    /// Send a text
    Send(Send),
    /// Read a chat
    Read(Read),
    /// Find what was said
    Find(Find),
    /// Say something else in a message of yours
    Edit {
        /// The message, by its number in `read --numbers`
        message: String,
        /// What it says from now on
        text: String,
    },
    /// Take a message of yours back from everybody
    Delete {
        /// The message, by its number in `read --numbers`
        message: String,
    },
    /// Put a sign under a message, or take yours away
    React {
        /// The message, by its number in `read --numbers`
        message: String,
        /// One emoji; without one yours is taken away
        emoji: Option<String>,
    },
    /// Pin a message for everybody in its chat, or take it off
    Pin {
        /// The message, by its number in `read --numbers`
        message: String,
        /// Take it off
        #[arg(long)]
        off: bool,
    },
    /// Let what is said in a chat from now on disappear some time after it was sent
    Disappear {
        /// Chat, by its name, its id, a person's name or address, or "me" for what you save for yourself
        room: String,
        /// After how long: `30s`, `10m`, `1h`, `7d`; or `never`
        after: Lasting,
    },
    /// Ask everybody in a chat; who votes is seen by name
    Poll(Poll),
    /// Send the card of somebody of the organisation
    Card {
        /// Chat, by its name, its id, a person's name or address, or "me" for what you save for yourself
        room: String,
        /// Whose card, by name or address
        person: String,
    },
    /// Vote in a poll, in the place of your former vote
    Vote {
        /// The poll, by its number in `read --numbers`
        message: String,
        /// The options, by their numbers; without one your vote is taken back
        options: Vec<u32>,
    },
    /// Close a poll of yours for good
    Close {
        /// The poll, by its number in `read --numbers`
        message: String,
    },
    /// Hand messages on to other chats; it says who wrote them
    Forward {
        /// The messages, by their numbers in `read --numbers`
        #[arg(required = true)]
        messages: Vec<String>,
        /// Where to: a chat by its name, its id, or a person's name or address; may be given several times
        #[arg(long, required = true, value_name = "CHAT")]
        to: Vec<String>,
    },
    /// Send a file
    Attach {
        /// Chat, by its name, its id, a person's name or address, or "me" for what you save for yourself
        room: String,
        /// The file
        file: PathBuf,
        /// A text with it
        #[arg(long, default_value = "")]
        text: String,
        /// Label it as confidential: readers see their own name over it, and are asked before they save it
        #[arg(long)]
        confidential: bool,
    },
    /// Get a file out of a chat
    Save(Save),
    /// Make an invitation link
    Invite(Invite),
    /// End somebody's account, on all devices and in all chats
    Revoke {
        /// Person, by name or address
        person: String,
    },
    /// As a registrar, give somebody who lost every device a new identity, together with a second registrar
    #[command(subcommand)]
    Registrar(Registrar),
    /// Wait on an empty device for a new identity, with the link that a registrar gave you
    Renew {
        /// The link
        link: String,
        /// What kind of device this is, for your list of devices
        #[arg(long, default_value = "Terminal")]
        name: String,
    },
    /// Stop the new identity that registrars want to give you: your devices are not lost
    StopRenewal,
    /// List the organisations that yours works with, and the links that nobody has answered
    Partners,
    /// As a registrar, make another organisation a partner, or end that
    #[command(subcommand)]
    Partner(PartnerVerb),
    /// List the offices of the organisation, and those that partners show
    Offices,
    /// As a registrar, make, change or close an office
    #[command(subcommand)]
    Office(OfficeVerb),
    /// Show which days the organisation works and when it reminds of deadlines; as a registrar, change what is named
    Calendar(SetCalendar),
    /// List the requests to other organisations and from them
    Requests(Requests),
    /// Ask another organisation formally, or do something with a request
    #[command(subcommand)]
    Request(RequestVerb),
    /// Come as the guest of a request, by its link and a code
    Guest(ComeAsGuest),
    /// Make a group
    Group {
        /// Its name
        name: String,
        /// Who is in it besides you
        #[arg(required = true)]
        people: Vec<String>,
        /// Only owners write in it
        #[arg(long)]
        announcement: bool,
    },
    /// Print the link by which people of the organisation come into a group of yours; it is made if there is none
    GroupLink(GroupLink),
    /// Come into a group by its link
    Enter {
        /// The link
        link: String,
        /// Only say what it leads into
        #[arg(long)]
        look: bool,
    },
    /// Bring people into a group
    Add {
        /// The group
        room: String,
        /// Whom
        #[arg(required = true)]
        people: Vec<String>,
    },
    /// Take somebody out of a group
    Remove {
        /// The group
        room: String,
        /// Whom
        person: String,
    },
    /// Leave a group
    Leave {
        /// The group
        room: String,
    },
    /// Go on in a chat that was closed because it could not be checked; ask the others first what they see
    Reopen {
        /// The chat
        room: String,
    },
    /// Say what a bundle of evidence proves, without asking anybody. Exit code 0: all that people signed is proven; 1: something
    /// is wrong; 4: nothing is wrong, and not all is proven
    Verify {
        /// The bundle, `.evb`
        file: PathBuf,
        /// Fingerprint of an organisation, as you have it from the organisation itself; may be given several times
        #[arg(long, value_name = "DIGITS")]
        fingerprint: Vec<String>,
        /// Certificate of an authority whose time stamps you trust, DER or PEM; may be given several times
        #[arg(long, value_name = "FILE")]
        authority: Vec<PathBuf>,
    },
    /// Sign off and delete everything on this device
    Wipe {
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}

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

/// What registrars do for somebody who lost every device.
#[derive(Subcommand)]
pub enum Registrar {
    /// Offer somebody a new identity: prints the link for the person
    Renew {
        /// Person, by name or address
        person: String,
    },
    /// Agree, as the second registrar
    Confirm {
        /// Person, by name or address
        person: String,
    },
    /// Take it back, or do not agree
    Withdraw {
        /// Person, by name or address
        person: String,
    },
    /// List what is offered
    Renewals,
}

/// What registrars do about other organisations.
#[derive(Subcommand)]
pub enum PartnerVerb {
    /// Make a link for the registrar of another organisation
    Offer,
    /// Look who made such a link, and compare the digits
    Inspect {
        /// The link
        link: String,
    },
    /// Agree to such a link, after the digits were compared
    Accept {
        /// The link
        link: String,
    },
    /// Agree to who answered a link of yours, after the digits were compared
    Confirm {
        /// Organisation, by its name, its domain, or the beginning of its id
        partner: String,
    },
    /// Say under whose law your organisation stands, and what it takes from others; partners see it
    Document {
        /// Countries, two letters each, such as DE
        #[arg(required = true, num_args = 1..=8)]
        countries: Vec<String>,
        /// Take no formal requests
        #[arg(long)]
        no_requests: bool,
        /// Be in no rooms with people of others
        #[arg(long)]
        no_rooms: bool,
    },
    /// Say with organisations of which countries your people may work; none: with all partners
    Residency {
        /// Countries, two letters each, such as DE
        countries: Vec<String>,
    },
    /// Let one partner in, or leave it out, whatever the rule says
    Except {
        /// Organisation, by its name, its domain, or the beginning of its id
        partner: String,
        /// What it is to be
        what: Exception,
    },
    /// End it: nothing more comes from there or goes there
    End {
        /// Organisation, by its name, its domain, or the beginning of its id
        partner: String,
    },
}

/// What one partner is, whatever the rule says.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Exception {
    /// Its people are always worked with
    Always,
    /// They never are
    Never,
    /// As the rule says
    Ruled,
}

/// How to serve.
#[derive(Args)]
pub struct Serve {
    /// Configuration file; without one everything has its default
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder of the database and of the attachments
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Address and port of the public listener; port 0 takes a free one
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// Address at which people open Valise
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// Serve the web client from this folder instead of the one in the binary
    #[arg(long, value_name = "DIR", hide = true)]
    pub web: Option<PathBuf>,
}

/// How to show.
#[derive(Args)]
pub struct Demo {
    /// Folder of the demo; made anew if there is none
    #[arg(long, value_name = "DIR", default_value = "data-demo")]
    pub data: PathBuf,
    /// Address and port of the listener; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8440")]
    pub listen: SocketAddr,
    /// Address at which people open Valise; localhost and the port if absent
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// Address and port of the bank's listener; if absent, the next port, or a free one beside a free one
    #[arg(long, value_name = "ADDR")]
    pub bank_listen: Option<SocketAddr>,
    /// Address at which people open the bank's Valise; localhost and the port if absent
    #[arg(long, value_name = "URL")]
    pub bank_public_url: Option<String>,
    /// Language of names and messages
    #[arg(long, value_enum, default_value_t = DemoLanguage::En)]
    pub lang: DemoLanguage,
    /// Delete the demo that is there and make another
    #[arg(long)]
    pub fresh: bool,
    /// Serve the web client from this folder instead of the one in the binary
    #[arg(long, value_name = "DIR", hide = true)]
    pub web: Option<PathBuf>,
}

/// Language of the demo.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DemoLanguage {
    /// English
    En,
    /// Russian
    Ru,
}

/// Looking after a server's data.
#[derive(Subcommand)]
pub enum Admin {
    /// Copy database and attachments, also while the server runs
    Backup {
        #[command(flatten)]
        data: DataFolder,
        /// New folder to copy to
        to: PathBuf,
    },
    /// Bring a copy back into an empty folder
    Restore {
        #[command(flatten)]
        data: DataFolder,
        /// The copy
        from: PathBuf,
    },
    /// Read everything and report what is wrong
    Check {
        #[command(flatten)]
        data: DataFolder,
    },
}

/// Where a server's data is.
#[derive(Args)]
pub struct DataFolder {
    /// Configuration file; without one everything has its default
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder of the database and of the attachments
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

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

/// Inviting.
#[derive(Args)]
pub struct Invite {
    /// Name of the person
    #[arg(long, default_value = "")]
    pub name: String,
    /// Part of the address before the @
    #[arg(long, default_value = "")]
    pub address: String,
    /// Office
    #[arg(long, default_value = "")]
    pub office: String,
    /// What the person may do
    #[arg(long, value_enum, default_value_t = Role::Member)]
    pub role: Role,
    /// Days until it ends
    #[arg(long, default_value_t = 7)]
    pub days: u64,
    /// How many people may use it
    #[arg(long, default_value_t = 1)]
    pub uses: u32,
}

/// What a person may do.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// Talks
    Member,
    /// Also invites people and ends accounts
    Registrar,
}

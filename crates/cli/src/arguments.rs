//! What can be typed.

mod availability;
mod calendar;
mod chat;
mod device;
mod office;
mod registrar;
mod request;
mod serve;

pub use availability::{SetAway, SetDuty};
pub use calendar::SetCalendar;
pub use chat::{Find, GroupLink, Label, Organisation, Poll, Read, Save, Send};
pub use device::{Approve, Backup, Dates, Import, Join, Link, Recover, Setup};
pub use office::{OfficeVerb, SetOffice};
pub use registrar::{Exception, Invite, PartnerVerb, Registrar, Role};
pub use request::{
    AmendRequest, AskRequest, ComeAsGuest, GuestDeed, Letter, Needs, RequestVerb, Requests,
    SetRules,
};
pub use serve::{Admin, DataFolder, Demo, DemoLanguage, Serve};

use crate::lasting::Lasting;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

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
    /// Say until when you are away and who stands in for you, or that you are here again
    Away(SetAway),
    /// Be on duty for an office of yours: you hear of new requests, the others who hold it find them in the list
    Duty(SetDuty),
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
        /// A country, such as DE: of other organisations, only people of those under such laws come in; may be given several times
        #[arg(long, value_name = "COUNTRY")]
        law: Vec<String>,
    },
    /// Print under whose law other organisations have to stand whose people are in a group or request; as an owner, change it
    Law {
        /// The group or request
        room: String,
        /// Countries, such as DE FR
        #[arg(conflicts_with = "any")]
        countries: Vec<String>,
        /// Take the rule away
        #[arg(long)]
        any: bool,
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

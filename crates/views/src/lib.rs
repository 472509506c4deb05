//! What the interface shows and what it asks.
//!
//! Plain data between the client core and whatever a person looks at: the browser's interface, a terminal, a bot. There
//! is no protocol and no cryptography in it. The interface sends a [`Command`] or subscribes to a [`View`]; the core
//! answers with an [`Outcome`] and sends a new [`Shown`] whenever what a view shows has changed.

pub mod addressee;
mod asking;
mod availability;
pub mod backup;
pub mod bridge;
pub mod bringing;
pub mod command;
pub mod conversation;
pub mod csv;
pub mod deadlines;
pub mod devices;
mod draft;
pub mod file;
pub mod label;
pub mod link;
pub mod lists;
pub mod mention;
pub mod office;
pub mod organisation;
mod outcome;
pub mod partner;
pub mod people;
pub mod poll;
pub mod print;
pub mod release;
pub mod renewal;
pub mod request;
pub mod revision;
pub mod search;
mod silence;
pub mod state;
pub mod template;
mod trouble;
mod waking;

pub use availability::{Away, NewAway};
pub use backup::{Backup, PasskeySecret, Recovery};
pub use bringing::{Bringing, OldMessenger};
pub use command::Command;
pub use conversation::{
    Body, Conversation, ConversationWindow, LeftOut, Message, Notice, Origin, Quote, Reaction,
    Tick, Version,
};
pub use deadlines::{Counted, Date, Deadlines, Nearness, NewDeadlines, WorkCalendar};
pub use devices::{Device, DevicePreview, Linking, Past};
pub use draft::{AnswerDraft, RequestDraft};
pub use file::{File, FileState, NewFile, Transfer};
pub use label::{Label, LabelColour, LabelId};
pub use lists::{
    ChatDetails, ChatFilter, ChatKind, ChatList, ChatRow, Member, MemberRole, NewMessage, Preview,
    Reminder,
};
pub use office::{Holder, Office};
pub use organisation::Organisation;
pub use outcome::{Lacking, Outcome};
pub use partner::{
    OrganisationDocument, Outside, Partner, PartnerOffer, PartnerState, Partners, ResidencyRule,
};
pub use people::{Invitation, InvitationState, Person, PersonRole};
pub use poll::Poll;
pub use renewal::{Renewal, RenewalState};
pub use request::{ActKind, RequestFilter, RequestList, RequestRow, RequestState};
pub use state::{Alarm, Connection, Ready, Status};
pub use template::{KeptTemplate, Template, TemplateId};
pub use trouble::Trouble;
pub use waking::PushSubscription;

use serde::{Deserialize, Serialize};

macro_rules! name {
    ($($(#[$attribute:meta])* $name:ident)*) => {$(
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub String);

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(out)
            }
        }
    )*};
}

name! {
    /// A chat, as the list shows it: opaque, stable on this device.
    ChatId
    /// A message, opaque.
    MessageId
    /// A person's account, opaque.
    PersonId
    /// A file in a message, opaque.
    FileId
    /// An office of any organisation, opaque.
    OfficeId
    /// An invitation, opaque.
    InvitationId
    /// A device of one's own account, opaque.
    DeviceId
}

/// Milliseconds since the beginning of 1970, UTC.
pub type Millis = u64;

/// Something that the interface can keep on its screen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum View {
    /// Who one is and how things stand. → [`Shown::Status`]
    Status,
    /// The chats. → [`Shown::Chats`]
    Chats {
        /// Which of them.
        filter: ChatFilter,
        /// Only those whose title has this in it, ignoring case; empty for all.
        search: String,
    },
    /// A part of a chat. → [`Shown::Conversation`]
    Conversation {
        /// Which chat.
        chat: ChatId,
        /// Which part.
        window: ConversationWindow,
    },
    /// What a message said, from the first version to the one that is shown. → [`Shown::Versions`]
    Versions {
        /// Which chat.
        chat: ChatId,
        /// Which message.
        message: MessageId,
    },
    /// A chat's members and settings. → [`Shown::Details`]
    Details {
        /// Which chat.
        chat: ChatId,
    },
    /// Messages on this device that fit what is looked for. → [`Shown::Found`]
    Search {
        /// What was typed: words, "phrases", and `from:`, `in:`, `before:`, `after:`, `on:`, `has:` (also in Russian, German and French).
        typed: String,
        /// Only in this chat.
        chat: Option<ChatId>,
        /// What the clock of the place is ahead of UTC, in minutes: days are meant as they are there.
        offset_minutes: i32,
        /// How many at most; never more than 200.
        count: u32,
    },
    /// The people of the organisation. → [`Shown::People`]
    People {
        /// Only those whose name or address has this in it; empty for all.
        search: String,
    },
    /// Invitations, for registrars. → [`Shown::Invitations`]
    Invitations,
    /// The devices of one's own account. → [`Shown::Devices`]
    Devices,
    /// How far chats are that are brought over. → [`Shown::Bringing`]
    Bringing,
    /// Other organisations. → [`Shown::Partners`]
    Partners,
    /// Requests to other organisations and from them. → [`Shown::Requests`]
    Requests {
        /// Which of them.
        filter: RequestFilter,
        /// Only those whose number, subject or other side has this in it, ignoring case; empty for all.
        search: String,
    },
    /// A whole request. → [`Shown::Request`]
    Request {
        /// The chat in which it lives.
        chat: ChatId,
    },
    /// A request of one's own organisation that waits to be released. → [`Shown::Release`]
    Release {
        /// Which.
        id: request::ReleaseId,
    },
    /// What requests of the organisation need. → [`Shown::RequestRules`]
    RequestRules,
    /// The offices of the organisation, and those that partners show. → [`Shown::Offices`]
    Offices,
    /// How one's own organisation counts deadlines. → [`Shown::Deadlines`]
    Deadlines,
    /// What one keeps to ask the same again. → [`Shown::Templates`]
    Templates,
}

/// What a view shows now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Shown {
    /// To [`View::Status`].
    Status(Status),
    /// To [`View::Chats`].
    Chats(ChatList),
    /// To [`View::Conversation`]; none when there is no such chat.
    Conversation(Option<Conversation>),
    /// To [`View::Versions`]; none at all when there is no such message.
    Versions(Vec<Version>),
    /// To [`View::Details`]; none when there is no such chat.
    Details(Option<ChatDetails>),
    /// To [`View::Search`].
    Found(search::Found),
    /// To [`View::People`].
    People(Vec<Person>),
    /// To [`View::Invitations`].
    Invitations(Vec<Invitation>),
    /// To [`View::Devices`]: this one first, then by their age.
    Devices(Vec<Device>),
    /// To [`View::Bringing`]; none while nothing is brought over.
    Bringing(Option<Box<Bringing>>),
    /// To [`View::Partners`].
    Partners(Partners),
    /// To [`View::Requests`].
    Requests(RequestList),
    /// To [`View::Request`]; none when there is no such request.
    Request(Option<Box<request::RequestDetails>>),
    /// To [`View::Release`]; none when it waits no longer.
    Release(Option<Box<request::ReleaseDetails>>),
    /// To [`View::RequestRules`].
    RequestRules(request::RequestRules),
    /// To [`View::Offices`]: one's own organisation's first, then by organisation and name.
    Offices(Vec<Office>),
    /// To [`View::Deadlines`].
    Deadlines(Box<Deadlines>),
    /// To [`View::Templates`]: by their names.
    Templates(Vec<KeptTemplate>),
}

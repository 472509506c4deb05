//! The messages of a chat.

use crate::mention::Mention;
use crate::{Away, ChatId, ChatKind, File, MessageId, Millis, PersonId, Poll};
use serde::{Deserialize, Serialize};

/// Which part of a chat to show.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ConversationWindow {
    /// The newest messages; follows what comes in.
    Newest {
        /// How many.
        count: u32,
    },
    /// The messages around the first unread one, or the newest if there is none. What is unread is fixed when the view
    /// is opened, so that the divider stays.
    Unread {
        /// How many.
        count: u32,
    },
    /// Messages by their place in the chat, 0 being the first of all.
    Range {
        /// First place.
        start: u32,
        /// How many.
        count: u32,
    },
    /// The messages around one.
    Around {
        /// Which one.
        message: MessageId,
        /// How many.
        count: u32,
    },
}

/// A part of a chat, ready to show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conversation {
    /// Which chat.
    pub chat: ChatId,
    /// What kind.
    pub kind: ChatKind,
    /// Name of the group or of the other person.
    pub title: String,
    /// Number of people in it.
    pub members: u32,
    /// Place of `messages[0]` in the chat.
    pub start: u32,
    /// Number of messages in the whole chat.
    pub total: u32,
    /// In order.
    pub messages: Vec<Message>,
    /// First message that was unread when the view was opened: the divider stands above it.
    pub first_unread: Option<MessageId>,
    /// Text that was begun and not sent.
    pub draft: String,
    /// People who are writing at this moment.
    pub typing: Vec<String>,
    /// How the other person of a direct chat is away.
    pub away: Option<Away>,
    /// Whether the other person of a direct chat is here, as far as both show it.
    pub presence: Option<Presence>,
    /// Whether one may write.
    pub may_send: bool,
    /// Why not.
    pub blocked: Option<Blocked>,
    /// Whom the rule of the room leaves out who are in it, where that is why.
    pub left_out: Vec<LeftOut>,
    /// Messages that are pinned, the last one that was pinned first, at most 20.
    pub pinned: Vec<Pinned>,
    /// Whether one may pin messages.
    pub may_pin: bool,
}

/// Whether somebody is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Presence {
    /// Now.
    Here,
    /// Last at this time, to the minute.
    Last(Millis),
}

/// A message that is pinned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pinned {
    /// Which.
    pub message: MessageId,
    /// Name of who wrote it.
    pub sender_name: String,
    /// Oneself.
    pub is_mine: bool,
    /// One line of what it says; of files their name, of a poll its question.
    pub text: String,
    /// Whether it is a poll.
    pub is_poll: bool,
    /// Whether it is a card; then the text is a name, empty if nobody knows the account.
    pub is_card: bool,
}

/// Why nothing can be sent into a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Blocked {
    /// One is no longer in it.
    Left,
    /// Only owners write here.
    OwnersOnly,
    /// The chat is closed because it changed in a way that this device could not check;
    /// [`crate::Command::Reopen`] goes on in it.
    Frozen,
    /// One's account has ended.
    Revoked,
    /// This device was taken out of one's account.
    Removed,
    /// The other person's account has ended.
    PersonLeft,
    /// The chat was brought over from another messenger: nobody is there to read an answer.
    Imported,
    /// Nothing proves whose word the request is that lives here, and nobody has checked.
    InDoubt,
    /// One is a guest, and nobody of those who asked is left.
    NobodyLeft,
    /// Somebody is in it whom the rule of the room leaves out ([`Conversation::left_out`]).
    LeftOut,
}

/// An organisation whose people are in a room though the room's rule leaves it out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LeftOut {
    /// Its name, or a guest's.
    pub name: String,
    /// Under whose law it stands, as it says; empty if it says nothing.
    pub jurisdictions: Vec<String>,
}

/// One message or notice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Which.
    pub id: MessageId,
    /// Who wrote it.
    pub sender: PersonId,
    /// Name of who wrote it.
    pub sender_name: String,
    /// Oneself.
    pub is_mine: bool,
    /// When it was written, by the writer's clock; corrected to the server's if that is impossible.
    pub at: Millis,
    /// What it says.
    pub body: Body,
    /// Whom its text names.
    pub mentions: Vec<Mention>,
    /// The message that it answers.
    pub reply: Option<Quote>,
    /// From where it was handed on, as its sender says.
    pub origin: Option<Origin>,
    /// Whether it said something else before: [`crate::View::Versions`].
    pub edited: bool,
    /// Whether it is pinned.
    pub pinned: bool,
    /// Signs that people put under it, the most frequent first.
    pub reactions: Vec<Reaction>,
    /// How far one's own message got.
    pub tick: Option<Tick>,
    /// In groups: how many have it, how many have read it, of how many.
    pub seen: Option<Seen>,
    /// Whether something is missing before this message that the server holds back.
    pub gap_before: bool,
    /// When it disappears, if it does.
    pub expires: Option<Millis>,
    /// Whether it was brought over from another messenger: nobody vouches for it, and it is not handed on.
    pub imported: bool,
    /// The organisation that its writer is of, if it is not one's own.
    pub outside: Option<crate::Outside>,
}

/// A message as another one that answers it shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Which; none if it is not on this device.
    pub message: Option<MessageId>,
    /// Who wrote it.
    pub sender: PersonId,
    /// Name of who wrote it; empty if it is not on this device.
    pub sender_name: String,
    /// Oneself.
    pub is_mine: bool,
    /// One line of what it says; of files their name, of a poll its question; empty if it was taken back.
    pub text: String,
    /// Whether it is a poll.
    pub is_poll: bool,
    /// Whether it is a card; then the text is a name, empty if nobody knows the account.
    pub is_card: bool,
    /// Small picture of its first file.
    #[serde(with = "serde_bytes")]
    pub thumbnail: Option<Vec<u8>>,
}

/// From where a message was handed on. Nobody but who handed it on vouches for that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Name of who wrote it first; empty for somebody who is not in the organisation.
    pub sender_name: String,
    /// When that was.
    pub at: Millis,
}

/// A sign under a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaction {
    /// One emoji.
    pub emoji: String,
    /// Names of who put it there, in the order of coming.
    pub people: Vec<String>,
    /// Whether oneself did.
    pub mine: bool,
}

/// What a message said at some time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Since when.
    pub at: Millis,
    /// What.
    pub text: String,
    /// Whom it names.
    pub mentions: Vec<Mention>,
}

/// How many people have one's message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// People whose device has it.
    pub delivered: u32,
    /// People who have read it.
    pub read: u32,
    /// People in the chat without oneself.
    pub people: u32,
}

/// What a message says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Body {
    /// Text as it was written. Links in it are text.
    Text(String),
    /// Files with an optional text.
    Files {
        /// In order.
        files: Vec<File>,
        /// May be empty.
        text: String,
    },
    /// A question to everybody in the chat.
    Poll(Poll),
    /// The card of somebody, as the directory of this device describes them now; none if it does not know the account.
    Card(Option<Box<crate::Person>>),
    /// A request itself, or what was answered to it or asked back.
    Letter {
        /// What was done with it; none for the request itself.
        kind: Option<crate::ActKind>,
        /// What it says.
        letter: crate::request::Letter,
        /// The seal in the name of the organisation of whoever signed it, if there is one that holds.
        seal: Option<crate::request::SealShown>,
    },
    /// What somebody did with a request.
    Act(Box<crate::request::ActRow>),
    /// Something that happened.
    Notice(Notice),
    /// Nothing any more: its author took it back.
    Deleted,
    /// Nothing any more: it has had its time.
    Disappeared,
    /// Something that a newer version has to show.
    Unsupported,
}

/// Something that happened in a chat. Names are those of the time at which it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    /// The chat was made.
    Created {
        /// By whom.
        by: String,
    },
    /// People came in.
    Added {
        /// By whom.
        by: String,
        /// Who.
        people: Vec<String>,
    },
    /// Somebody came in by a link.
    CameByLink {
        /// Who.
        person: String,
    },
    /// There is another link into the group, or none any more.
    LinkChanged {
        /// By whom.
        by: String,
        /// Whether there is one.
        on: bool,
    },
    /// There is another rule about whose people are in it, or none any more.
    RuleChanged {
        /// By whom.
        by: String,
        /// Under whose law organisations have to stand; empty for no rule.
        jurisdictions: Vec<String>,
    },
    /// People were taken out.
    Removed {
        /// By whom; none when their accounts ended.
        by: Option<String>,
        /// Who.
        people: Vec<String>,
    },
    /// Somebody left.
    Left {
        /// Who.
        person: String,
    },
    /// The chat has a new name.
    Renamed {
        /// By whom.
        by: String,
        /// The name.
        title: String,
    },
    /// The chat has a new picture.
    PictureChanged {
        /// By whom.
        by: String,
    },
    /// Owners changed.
    OwnersChanged {
        /// By whom.
        by: String,
        /// Who are the owners.
        owners: Vec<String>,
    },
    /// Only owners write from here on, or everybody again.
    AnnouncementOnly {
        /// By whom.
        by: String,
        /// Whether only owners write.
        on: bool,
    },
    /// What is said from here on disappears after some time, or no longer.
    Disappearing {
        /// By whom.
        by: String,
        /// Seconds from when the server took it; 0 for no longer.
        seconds: u32,
    },
    /// Messages before this were not received, and cannot be: one was away, and came back in.
    CameBack,
    /// The chat was closed because the server broke it.
    Frozen,
    /// Somebody uses another device from here on.
    NewDevice {
        /// Who.
        person: String,
    },
    /// Somebody lost every device, and has a new key since two registrars said so.
    Renewed {
        /// Who.
        person: String,
        /// The two registrars.
        registrars: Vec<String>,
    },
    /// What another messenger said itself in a chat that was brought over, in its own words.
    Imported {
        /// What.
        text: String,
    },
}

/// How far one's own message got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Tick {
    /// It cannot be sent; see why, and send it again.
    Failed,
    /// It waits here.
    Waiting,
    /// The server has it.
    Accepted,
    /// Everybody's device has it.
    Delivered,
    /// Everybody has read it.
    Read,
}

//! The list of chats and what stands beside one.

use crate::{ChatId, Label, LabelId, Millis, OldMessenger, PersonId, Tick};
use serde::{Deserialize, Serialize};

/// Which chats a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum ChatFilter {
    /// All.
    #[default]
    All,
    /// With unread messages.
    Unread,
    /// With more than two people.
    Groups,
    /// Put away; they are in none of the others.
    Archived,
    /// With a label.
    Labelled(LabelId),
}

/// Chats in the order in which they are to stand: pinned first, then the newest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChatList {
    /// One each.
    pub rows: Vec<ChatRow>,
    /// Number of chats that are put away.
    pub archived: u32,
    /// All labels, by their names.
    pub labels: Vec<Label>,
}

/// What kind of chat it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChatKind {
    /// With one other person.
    Direct,
    /// With nobody: what one saves for oneself, on all of one's devices. The interface has a name for it.
    Saved,
    /// With several.
    Group,
    /// Only owners write.
    Announcement,
    /// What is said of a request between organisations; it stands in the list of requests, and not in this one.
    Request,
    /// Brought over from another messenger, to read and to search. Nobody in it is anybody's account.
    Imported(OldMessenger),
}

impl ChatKind {
    /// Tells whether several people talk in it, so that their names stand beside what they say.
    pub fn has_many(self) -> bool {
        !matches!(self, Self::Direct | Self::Saved)
    }

    /// Returns where the chat was brought from, if it was.
    pub fn brought_from(self) -> Option<OldMessenger> {
        match self {
            Self::Imported(messenger) => Some(messenger),
            _ => None,
        }
    }
}

/// One chat in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChatRow {
    /// Which.
    pub chat: ChatId,
    /// What kind.
    pub kind: ChatKind,
    /// Name of the group or of the other person.
    pub title: String,
    /// The picture, a small JPEG or WebP.
    #[serde(with = "serde_bytes")]
    pub picture: Option<Vec<u8>>,
    /// The other person of a direct chat.
    pub person: Option<PersonId>,
    /// The last thing that happened.
    pub preview: Option<Preview>,
    /// Unread messages, exactly.
    pub unread: u32,
    /// How many of them mention oneself.
    pub mentions: u32,
    /// Text that was begun and not sent.
    pub draft: String,
    /// Whether it makes no noise.
    pub muted: bool,
    /// Whether it stands on top.
    pub pinned: bool,
    /// Whether it is put away.
    pub archived: bool,
    /// Its labels.
    pub labels: Vec<LabelId>,
    /// People who are writing at this moment.
    pub typing: Vec<String>,
    /// Whether one is still in it.
    pub active: bool,
    /// Whether one may write into it.
    pub may_send: bool,
    /// Other organisations whose people are in it.
    pub outside: Vec<crate::Outside>,
}

/// The last thing that happened in a chat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// Who; none for oneself and for notices.
    pub sender: Option<String>,
    /// One line of text; for files their name, for a poll its question.
    pub text: String,
    /// Whether it is a poll.
    pub is_poll: bool,
    /// Whether it is a card; then the text is a name, empty if nobody knows the account.
    pub is_card: bool,
    /// Whether its author took it back, or it disappeared.
    pub deleted: bool,
    /// Whether it disappeared.
    pub disappeared: bool,
    /// What to say instead of a text.
    pub notice: Option<crate::Notice>,
    /// How far one's own message got.
    pub tick: Option<Tick>,
    /// When.
    pub at: Millis,
}

/// What a member may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MemberRole {
    /// Decides who is in.
    Owner,
    /// Talks.
    Member,
}

/// One person in a chat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// How a text names them, see [`crate::mention`].
    pub mention: String,
    /// Role.
    pub role: MemberRole,
    /// Oneself.
    pub is_me: bool,
    /// Picture.
    #[serde(with = "serde_bytes")]
    pub picture: Option<Vec<u8>>,
    /// The organisation that they are of, if it is not one's own.
    pub outside: Option<crate::Outside>,
}

/// What stands beside a chat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChatDetails {
    /// Which.
    pub chat: ChatId,
    /// What kind.
    pub kind: ChatKind,
    /// Name of the group or of the other person.
    pub title: String,
    /// Picture.
    #[serde(with = "serde_bytes")]
    pub picture: Option<Vec<u8>>,
    /// Who is in it, owners first.
    pub members: Vec<Member>,
    /// Whether one may change name, members and roles.
    pub may_manage: bool,
    /// Whether one may change the rule about whose people are in it: who manages it and is of the organisation whose room it is.
    pub may_rule: bool,
    /// Seconds after which what is said now disappears; 0 for as long as there is room.
    pub disappears_after: u32,
    /// The link by which people come in by themselves, for who may change members.
    pub link: Option<crate::link::GroupLink>,
    /// Whether one may say after how long messages disappear.
    pub may_set_timer: bool,
    /// Whether one is still in it.
    pub active: bool,
    /// Whether it makes no noise.
    pub muted: bool,
    /// Whether it stands on top.
    pub pinned: bool,
    /// Changes that were asked for and are not confirmed yet.
    pub changing: bool,
    /// Files that were shared, the newest first, at most 100.
    pub files: Vec<SharedFile>,
    /// Digits that two people can compare; equal only if nobody stands between them. Only in a direct chat.
    pub safety_number: Option<String>,
    /// Other organisations whose people are in it.
    pub outside: Vec<crate::Outside>,
    /// Under whose law other organisations have to stand whose people are in it; empty if there is no rule.
    pub residency: Vec<String>,
    /// Whom that leaves out who are in it all the same: as long as they are, nothing is sent.
    pub left_out: Vec<crate::LeftOut>,
}

/// A file that was shared in a chat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SharedFile {
    /// The message that it stands in.
    pub message: crate::MessageId,
    /// The file.
    pub file: crate::File,
    /// Who shared it.
    pub sender: String,
    /// When.
    pub at: Millis,
}

/// A message that came in, as a notification tells of it: new, not one's own, and not in a silent chat unless it mentions
/// oneself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewMessage {
    /// Where.
    pub chat: ChatId,
    /// Name of the chat.
    pub title: String,
    /// Name of who wrote it.
    pub sender: String,
    /// The organisation that its writer is of, if it is not one's own.
    pub outside: Option<crate::Outside>,
    /// One line of it; empty where it says nothing in words.
    pub preview: String,
    /// Whether it is a poll.
    pub is_poll: bool,
    /// Whether it is a card; then the text is a name, empty if nobody knows the account.
    pub is_card: bool,
    /// If it is no message but something that is to be done about a request: what. Then the title is its number.
    pub reminds: Option<Reminder>,
}

/// What is to be done about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Reminder {
    /// Its deadline is so near.
    Due(crate::Nearness),
    /// It waits for oneself to release it.
    Release,
    /// One's own was not released but sent back.
    SentBack,
    /// Its guest came, and waits to be let in.
    GuestWaits,
}

//! How things stand on this device.

use crate::{Backup, Millis, Organisation, PersonId};
use serde::{Deserialize, Serialize};

/// Who one is and how things stand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Status {
    /// Nothing is on this device: open a set-up or invitation link.
    Empty,
    /// Founding or joining is under way.
    Joining,
    /// This device waits to be linked to somebody's others.
    Linking(crate::Linking),
    /// This device comes back: the backup is on its way to it.
    Recovering(crate::Past),
    /// This device waits for a new key of its person's account.
    Renewing(Box<crate::Renewal>),
    /// The device belongs to somebody.
    Ready(Box<Ready>),
    /// The device has moved: it lives wherever its link was opened.
    Moved {
        /// The link, once the archive is at the server.
        link: Option<String>,
    },
}

/// Who one is, where, and how the line is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ready {
    /// Oneself.
    pub me: PersonId,
    /// One's name.
    pub name: String,
    /// One's address, `ivan@ministry.example`.
    pub address: String,
    /// The organisation's public name.
    pub organisation: String,
    /// What a guest is, if one is one: there is one request to answer, and nothing else.
    pub guest: Option<AsGuest>,
    /// Whether one may invite and remove people.
    pub is_registrar: bool,
    /// Whether the account has ended; reading goes on, sending does not.
    pub revoked: bool,
    /// Whether this device was taken out of the account's devices; reading goes on, sending does not.
    pub removed: bool,
    /// What was said before this device was linked, while it is on its way here.
    pub past: Option<crate::Past>,
    /// How the line to the server is.
    pub connection: Connection,
    /// Messages, and changes of messages, that are not sent yet.
    pub waiting_to_send: u32,
    /// What devices have to tell each other, and the server does not have yet: names, timers, what was read.
    pub telling: u32,
    /// Unread messages in chats that are not muted, and in those that are the ones that mention oneself.
    pub unread: u32,
    /// Somebody says that the devices of this account are lost, and wants a new key for it; [`crate::Command::StopRenewal`]
    /// stops it.
    pub renewal: Option<crate::Renewal>,
    /// Whether others see when one is here.
    pub shares_presence: bool,
    /// The other organisations in the person's list, by their names.
    pub organisations: Vec<Organisation>,
    /// How the backup stands.
    pub backup: Backup,
    /// What has to be said, the newest first.
    pub alarms: Vec<Alarm>,
}

/// Oneself as a guest of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsGuest {
    /// Groups of digits that those see, too, who ask: so both can tell over the telephone that it is oneself who came.
    pub digits: String,
    /// Groups of digits by which the organisation can be compared.
    pub fingerprint: String,
    /// Whether somebody looks first who came, before one is let in.
    pub held: bool,
}

/// How the line to the server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Connection {
    /// No line; everything that is written waits.
    Offline,
    /// Trying to get one.
    Connecting,
    /// There is one, and what was missed is coming in.
    CatchingUp,
    /// All is here.
    Online,
}

/// Something about security that a person has to know. Never more technical than this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Alarm {
    /// The server lost part of its log or was restored from a backup; nothing on this device is lost.
    ServerRolledBack {
        /// When it was noticed.
        at: Millis,
    },
    /// The server shows different things to different people in a chat.
    ServerForked {
        /// In which chat.
        chat: crate::ChatId,
        /// When it was noticed.
        at: Millis,
    },
    /// Messages are held back by the server.
    MessagesMissing {
        /// In which chat.
        chat: crate::ChatId,
        /// When it was noticed.
        at: Millis,
    },
    /// The server said something that only a broken or hostile server says.
    ServerMisbehaved {
        /// When it was noticed.
        at: Millis,
    },
    /// Somebody in a chat did what he has no right to, and it was refused.
    MemberMisbehaved {
        /// In which chat.
        chat: crate::ChatId,
        /// When it was noticed.
        at: Millis,
    },
    /// A chat was closed: it changed in a way that this device could not check. [`crate::Command::Reopen`] goes on in it.
    ChatClosed {
        /// Which chat.
        chat: crate::ChatId,
        /// When it was closed.
        at: Millis,
    },
    /// The server does not take a change that this device has to make or was asked to make.
    ChangeRefused {
        /// In which chat.
        chat: crate::ChatId,
        /// When it was given up.
        at: Millis,
    },
    /// Some people were not brought into a chat: their organisations are no partners of one another.
    Strangers {
        /// In which chat.
        chat: crate::ChatId,
        /// When it was refused.
        at: Millis,
    },
    /// A change was not made in a chat: its rule leaves out somebody's organisation.
    LeftOut {
        /// In which chat.
        chat: crate::ChatId,
        /// When that was found.
        at: Millis,
    },
    /// Somebody in a chat was shown another list of people than this device: the server holds something back from one of
    /// the two, or shows them different ones.
    DirectoryDiffers {
        /// In which chat it came out.
        chat: crate::ChatId,
        /// When it was noticed.
        at: Millis,
    },
    /// Another device of one's own account was linked, and not from this one.
    DeviceAdded {
        /// When that was heard of.
        at: Millis,
    },
    /// This device's store is older than what the device has done: it was brought back from a copy, or there are two of it. It
    /// came back into the chats where that showed, with new keys.
    SetBack {
        /// When it was noticed.
        at: Millis,
    },
    /// Whoever answered at the server's address did not show that it is the server: somebody stands between, and has a
    /// certificate for its name. This device did not sign in.
    Relayed {
        /// When that was so last.
        at: Millis,
    },
    /// The browser may delete what is stored when space gets short.
    StorageNotPersistent,
    /// The disk is full; nothing can be received.
    StorageFull,
}

//! What the interface and the core say to each other when they live in different threads.
//!
//! Both sides come out of one build, so this is no protocol: messages are written with `postcard` and may change with
//! every version. Files do not travel in them; they are handed over as the browser's own objects beside the message.

use crate::{Command, FileId, NewMessage, Outcome, Shown, View};
use serde::{Deserialize, Serialize};

/// From the interface to the core.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ToCore {
    /// Opens the store with the secret that the passkey gave, or makes it if there is none. → [`FromCore::Gate`]
    Unlock {
        /// What opens the store.
        secret: UnlockSecret,
    },
    /// Does something. → [`FromCore::Outcome`]
    Ask {
        /// Chosen by the interface.
        number: u64,
        /// What.
        command: Box<Command>,
    },
    /// Keeps a view up to date. → [`FromCore::Shown`], now and at each change
    Watch {
        /// Chosen by the interface; the same number again replaces the view.
        number: u64,
        /// Which.
        view: View,
    },
    /// Lets a view go.
    Unwatch {
        /// The view's number.
        number: u64,
    },
    /// Asks for a file that is here, as a URL of the browser's own. → [`FromCore::FileUrl`]
    OpenFile {
        /// Chosen by the interface.
        number: u64,
        /// Which.
        file: FileId,
    },
    /// Says that the person looks at the interface, or does not.
    Visible(bool),
    /// Closes the store; the secret has to be given again.
    Lock,
}

/// What opens the store.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub enum UnlockSecret {
    /// 32 bytes of the passkey's PRF extension.
    Passkey([u8; 32]),
    /// The browser's own key, which cannot be read out: for browsers whose passkeys have no PRF.
    BrowserKey,
}

impl std::fmt::Debug for UnlockSecret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Passkey(_) => "Passkey",
            Self::BrowserKey => "BrowserKey",
        })
    }
}

/// From the core to the interface.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum FromCore {
    /// How it stands with the store.
    Gate(Gate),
    /// What came of a command.
    Outcome {
        /// The command's number.
        number: u64,
        /// What.
        outcome: Outcome,
    },
    /// What a view shows now.
    Shown {
        /// The view's number.
        number: u64,
        /// What.
        shown: Box<Shown>,
    },
    /// Where a file can be seen; none if it is not here.
    FileUrl {
        /// The question's number.
        number: u64,
        /// A `blob:` URL.
        url: Option<String>,
    },
    /// A message came in while nobody looked; one page says so.
    NewMessage(NewMessage),
}

/// How it stands with the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gate {
    /// There is none: make a passkey first.
    Empty,
    /// There is one, closed.
    Locked {
        /// Whether a passkey's PRF opens it; otherwise the browser's own key does.
        passkey: bool,
    },
    /// It is open here, or in another tab that does the work for this one.
    Open,
    /// The secret does not open it.
    WrongSecret,
    /// This browser has no durable storage: private windows, or too old.
    Unsupported,
    /// Something went wrong that trying again may mend.
    Broken,
}

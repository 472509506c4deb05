//! What a service is made with.

use super::Protections;
use crate::limits::Limits;
use crate::partners::{Bounds, Line, NoLine};
use crate::timestamps;
use crate::tls::Shown;
use crate::waking::Allowed;
use futures_util::future::BoxFuture;
use std::sync::Arc;
use valise_mls::HubKey;
use valise_wire::partner::BlobPart;
use valise_wire::request::Quota;
use valise_wire::{AccountId, BlobId};

/// What a renewal waits if nothing else is set.
const DAY_MILLIS: u64 = 24 * 60 * 60 * 1000;

/// Where random bytes come from; a simulation gives its own.
pub type Entropy = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// Returns the randomness of the machine. Without any there is no server.
pub fn system_entropy() -> Entropy {
    Arc::new(|bytes| {
        if let Err(error) = getrandom_04::fill(bytes) {
            tracing::error!(%error, "the machine gives no random numbers");
            std::process::abort();
        }
    })
}

/// The files of this server.
pub trait Attachments: Send + Sync + 'static {
    /// Returns what the account uses and may use.
    fn quota(&self, account: AccountId) -> Quota;

    /// Reads a part of a file that is here whole; none if there is no such file, or nothing of it there.
    fn part(&self, blob: BlobId, offset: u64, length: u32) -> BoxFuture<'_, Option<BlobPart>>;
}

/// No room for files at all.
pub struct NoFiles;

impl Attachments for NoFiles {
    fn quota(&self, _: AccountId) -> Quota {
        Quota {
            used_bytes: 0,
            limit_bytes: 0,
            file_limit_bytes: 0,
        }
    }

    fn part(&self, _: BlobId, _: u64, _: u32) -> BoxFuture<'_, Option<BlobPart>> {
        Box::pin(std::future::ready(None))
    }
}

/// After how long this server says of a signed thing that something did not happen to it (`spec/evidence.md` §2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Milliseconds after which something was not carried to a partner; none if that is never said.
    pub carried_millis: Option<u64>,
    /// Milliseconds after which something was not fetched by any device of this organisation; none if that is never said.
    pub fetched_millis: Option<u64>,
}

impl Default for Patience {
    /// A day, and a week.
    fn default() -> Self {
        Self {
            carried_millis: Some(DAY_MILLIS),
            fetched_millis: Some(7 * DAY_MILLIS),
        }
    }
}

/// What a service is made with.
pub struct Settings {
    /// Domain under which the organisation's people have their addresses, and to which sign-in is bound.
    pub domain: String,
    /// How much anybody may ask for.
    pub limits: Limits,
    /// Randomness of tokens, challenges and the set-up code.
    pub entropy: Entropy,
    /// Room for files.
    pub attachments: Arc<dyn Attachments>,
    /// The hub's signing key.
    pub hub_key: HubKey,
    /// Push services that may be called; none if nobody is to be woken.
    pub push: Option<Allowed>,
    /// How much each partner may have here.
    pub bounds: Bounds,
    /// The way to the servers of other organisations.
    pub line: Arc<dyn Line>,
    /// Milliseconds between the second registrar's word and a new key for an account; at least
    /// [`valise_directory::statement::MIN_RENEWAL_DELAY_MILLIS`].
    pub renewal_delay_millis: u64,
    /// After how long it is said that something did not happen.
    pub patience: Patience,
    /// Who gives timestamps.
    pub timestamps: timestamps::Source,
    /// Which certificates people are shown.
    pub shown: Arc<Shown>,
    /// What is checked.
    #[doc(hidden)]
    pub protections: Protections,
}

impl Settings {
    /// Makes settings with the usual limits, the machine's randomness and no room for files.
    pub fn new(domain: impl Into<String>, hub_key: HubKey) -> Self {
        Self {
            domain: domain.into(),
            limits: Limits::default(),
            entropy: system_entropy(),
            attachments: Arc::new(NoFiles),
            hub_key,
            push: None,
            bounds: Bounds::default(),
            line: Arc::new(NoLine),
            renewal_delay_millis: DAY_MILLIS,
            patience: Patience::default(),
            timestamps: timestamps::Source::Nobody,
            shown: Arc::default(),
            protections: Protections::default(),
        }
    }
}

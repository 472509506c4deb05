//! The door of the server: one request in, one answer out, whatever carries them.
//!
//! Nothing here knows sockets, threads or an async runtime: a test drives it with `block_on`.

use crate::limits::Limits;
use crate::store::Store;
use std::net::IpAddr;
use std::sync::Arc;
use valise_wire::request::{Quota, Reply, Request};
use valise_wire::{AccountId, DeviceId, Problem, ProblemCode, Timestamp};

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// Somebody without a session.
    Anonymous {
        /// From where, for limits.
        address: IpAddr,
    },
    /// A signed-in device.
    Device {
        /// Whose device.
        account: AccountId,
        /// Which device.
        device: DeviceId,
        /// Its session.
        session: SessionId,
    },
}

/// Names a session without being its token: SHA-256 of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionId(pub [u8; 32]);

/// Where random bytes come from; a simulation gives its own.
pub type Entropy = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// Knows how much room for files an account has.
pub trait Quotas: Send + Sync + 'static {
    /// Returns what the account uses and may use.
    fn quota(&self, account: AccountId) -> Quota;
}

/// What a service is made with.
pub struct Settings {
    /// Domain under which the organisation's people have their addresses, and to which sign-in is bound.
    pub domain: String,
    /// How much anybody may ask for.
    pub limits: Limits,
    /// Randomness of tokens and challenges.
    pub entropy: Entropy,
    /// Room for files.
    pub quotas: Arc<dyn Quotas>,
}

/// The server without its sockets.
pub struct Service<S: Store> {
    store: S,
    settings: Settings,
}

impl<S: Store> Service<S> {
    /// Answers one request.
    pub async fn call(&self, _caller: &Caller, _request: Request, _now: Timestamp) -> Result<Reply, Problem> {
        let _ = (&self.store, &self.settings);
        Err(Problem::new(ProblemCode::Unavailable))
    }
}

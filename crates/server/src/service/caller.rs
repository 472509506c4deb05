//! Who asks, and by what he is known.

use crate::fanout::Owner;
use std::net::IpAddr;
use valise_wire::{AccountId, DeviceId, Timestamp};

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

/// Who holds a token, and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed {
    /// Whose session.
    pub owner: Owner,
    /// Its end.
    pub expires_at: Timestamp,
}

impl Signed {
    /// Returns the caller that it makes.
    pub fn caller(&self) -> Caller {
        let Owner {
            account,
            device,
            session,
        } = self.owner;
        Caller::Device {
            account,
            device,
            session,
        }
    }
}

//! After how long the messages of a room disappear.

use valise_wire::{from_bytes, record, to_bytes};

/// Media type of the part that says it.
pub(super) const TIMER: &str = "application/valise-timer";

/// Shortest time after which messages disappear, in seconds: less than that nobody reads.
pub const SHORTEST: u32 = 5;
/// Longest time, in seconds: a year.
pub const LONGEST: u32 = 31_536_000;

/// What a room's messages are given to live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timer {
    /// Rises with each change.
    pub version: u64,
    /// Seconds from the moment at which the hub took a message, or 0 for as long as there is room.
    pub seconds: u32,
}

record! {
    /// Body of the part.
    pub struct TimerBody {
        /// Version.
        pub version: u64,
        /// Seconds.
        pub seconds: u32,
    }
}

impl Timer {
    /// Whether it is one that a room can have.
    pub fn is_fit(seconds: u32) -> bool {
        seconds == 0 || (SHORTEST..=LONGEST).contains(&seconds)
    }

    pub(super) fn to_bytes(self) -> Vec<u8> {
        to_bytes(&TimerBody {
            version: self.version,
            seconds: self.seconds,
        })
    }

    /// Reads the body; none if it is malformed.
    pub(super) fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let TimerBody { version, seconds } = from_bytes(bytes).ok()?;
        Self::is_fit(seconds).then_some(Self { version, seconds })
    }
}

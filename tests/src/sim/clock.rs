//! A clock that goes wrong: it is put forward or back, or stands still.

use valise_wire::Timestamp;

/// How somebody's clock differs from the world's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SimClock {
    ahead_ms: i64,
    stands_at: Option<Timestamp>,
}

impl SimClock {
    /// One that is ahead of the world's, or behind it.
    pub fn ahead(milliseconds: i64) -> Self {
        Self {
            ahead_ms: milliseconds,
            stands_at: None,
        }
    }

    /// One that stands still.
    pub fn standing(at: Timestamp) -> Self {
        Self {
            ahead_ms: 0,
            stands_at: Some(at),
        }
    }

    /// Returns what it shows.
    pub fn shows(self, now: Timestamp) -> Timestamp {
        let shown = now.0.saturating_add_signed(self.ahead_ms);
        self.stands_at.unwrap_or(Timestamp(shown))
    }
}

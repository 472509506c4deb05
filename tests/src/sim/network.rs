//! How bad the line is.

use rand_chacha::ChaCha8Rng;
use rand_core::RngCore;

/// What the line does to what travels on it. Probabilities are in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// Shortest time that anything takes, in milliseconds.
    pub shortest_ms: u64,
    /// Longest time.
    pub longest_ms: u64,
    /// Requests that are lost on the way there: nothing happened.
    pub request_lost: u32,
    /// Answers that are lost on the way back: it happened, and nobody knows.
    pub answer_lost: u32,
    /// Requests over HTTP that arrive twice.
    pub request_doubled: u32,
    /// How much longer pages of a log take than what comes on the connection, in milliseconds: pushes overtake them.
    pub pages_later_ms: u64,
    /// Pushes after which the connection breaks.
    pub connection_breaks: u32,
}

impl Network {
    /// A good line: five to thirty milliseconds and no losses.
    pub const GOOD: Self = Self {
        shortest_ms: 5,
        longest_ms: 30,
        request_lost: 0,
        answer_lost: 0,
        request_doubled: 0,
        pages_later_ms: 0,
        connection_breaks: 0,
    };

    /// A bad line: up to two seconds, and something is lost all the time.
    pub const BAD: Self = Self {
        shortest_ms: 20,
        longest_ms: 2000,
        request_lost: 50,
        answer_lost: 80,
        request_doubled: 50,
        pages_later_ms: 0,
        connection_breaks: 30,
    };

    /// Draws how long something takes.
    pub fn delay(&self, random: &mut ChaCha8Rng) -> u64 {
        self.shortest_ms + random.next_u64() % (self.longest_ms - self.shortest_ms + 1)
    }
}

/// Draws whether something of so many thousandths happens.
pub fn happens(random: &mut ChaCha8Rng, thousandths: u32) -> bool {
    random.next_u32() % 1000 < thousandths
}

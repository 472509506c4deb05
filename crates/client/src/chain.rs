//! The hash chain over a room's log, by which two members find out that they were shown different ones.

use sha2::{Digest, Sha256};
use valise_wire::RoomId;
use valise_wire::push::EventKind;

/// The state of a room's log up to some number (`spec/delivery.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain(pub [u8; 32]);

impl Chain {
    /// Returns the state of an empty log: SHA-256 of a label and the room.
    pub fn start(room: RoomId) -> Self {
        Self(
            Sha256::new()
                .chain_update(b"valise/1 room")
                .chain_update(room.0)
                .finalize()
                .into(),
        )
    }

    /// Returns the state after one more event: SHA-256 of the state before, number, kind and the body's SHA-256.
    pub fn next(self, seq: u64, kind: EventKind, body: &[u8]) -> Self {
        let hash = Sha256::new()
            .chain_update(self.0)
            .chain_update(seq.to_be_bytes())
            .chain_update([kind as u8])
            .chain_update(Sha256::digest(body));
        Self(hash.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_about_an_event_changes_the_chain() {
        let start = Chain::start(RoomId([1; 16]));
        assert_ne!(start, Chain::start(RoomId([2; 16])));
        let next = start.next(1, EventKind::Message, b"body");
        assert_eq!(next, start.next(1, EventKind::Message, b"body"));
        assert_ne!(next, start.next(2, EventKind::Message, b"body"));
        assert_ne!(next, start.next(1, EventKind::Commit, b"body"));
        assert_ne!(next, start.next(1, EventKind::Message, b"bodY"));
    }
}

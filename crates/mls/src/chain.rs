//! The hash chain over a room's log, by which its members find out that they were shown different ones.

use sha2::{Digest as _, Sha256};
use valise_wire::RoomId;
use valise_wire::push::EventKind;

/// The state of a room's log up to some number (`spec/delivery.md` §4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain(pub [u8; 32]);

impl Chain {
    /// Returns h₀ = SHA-256("valise/1 room" ‖ room), the chain of an empty log.
    pub fn start(room: RoomId) -> Self {
        Self(
            Sha256::new()
                .chain_update(b"valise/1 room")
                .chain_update(room.0)
                .finalize()
                .into(),
        )
    }

    /// Returns hₙ = SHA-256(hₙ₋₁ ‖ seq, u64 big-endian ‖ kind, one byte ‖ [`digest`] of the body).
    pub fn next(self, seq: u64, kind: EventKind, digest: &[u8; 32]) -> Self {
        let hash = Sha256::new()
            .chain_update(self.0)
            .chain_update(seq.to_be_bytes())
            .chain_update([kind as u8])
            .chain_update(digest);
        Self(hash.finalize().into())
    }
}

/// Returns SHA-256 of an event's body.
pub fn digest(body: &[u8]) -> [u8; 32] {
    Sha256::digest(body).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_of_one_event_is_as_written_in_the_specification() {
        let room = RoomId([7; 16]);
        let mut first = b"valise/1 room".to_vec();
        first.extend([7; 16]);
        let start: [u8; 32] = Sha256::digest(&first).into();
        assert_eq!(Chain::start(room).0, start);

        let mut second = start.to_vec();
        second.extend([0, 0, 0, 0, 0, 0, 0, 1, 1]);
        second.extend(Sha256::digest(b"commit"));
        let expected: [u8; 32] = Sha256::digest(&second).into();
        let chain = Chain::start(room).next(1, EventKind::Commit, &digest(b"commit"));
        assert_eq!(chain.0, expected);
    }

    #[test]
    fn everything_about_an_event_changes_the_chain() {
        let start = Chain::start(RoomId([1; 16]));
        assert_ne!(start, Chain::start(RoomId([2; 16])));
        let next = start.next(1, EventKind::Message, &digest(b"body"));
        assert_eq!(next, start.next(1, EventKind::Message, &digest(b"body")));
        assert_ne!(next, start.next(2, EventKind::Message, &digest(b"body")));
        assert_ne!(next, start.next(1, EventKind::Commit, &digest(b"body")));
        assert_ne!(next, start.next(1, EventKind::Message, &digest(b"bodY")));
    }
}

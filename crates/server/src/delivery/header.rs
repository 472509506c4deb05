//! The head of an MLS PrivateMessage: all that a server reads of a message.

use valise_mls::bound_aad;
use valise_wire::request::Mark;
use valise_wire::{RoomId, from_bytes};

const MLS_1_0: [u8; 2] = [0, 1];
const PRIVATE_MESSAGE: [u8; 2] = [0, 2];
const APPLICATION: u8 = 1;
const LENGTH: u8 = RoomId::LENGTH as u8;

/// Tells whether some bytes are an application message of this room and epoch, as far as a stranger to the room can tell
/// (RFC 9420 §6, §6.3.1): version ‖ wire format ‖ group id, length first ‖ epoch ‖ content type ‖ authenticated data ‖
/// sender data ‖ ciphertext, and nothing behind them. The room's name is its group's id.
pub(super) fn is_application_message(message: &[u8], room: RoomId, epoch: u64) -> bool {
    let head = [
        &MLS_1_0[..],
        &PRIVATE_MESSAGE,
        &[LENGTH],
        &room.0,
        &epoch.to_be_bytes(),
        &[APPLICATION],
    ]
    .concat();
    // What the three parts hold, only members can check.
    let parts = message.strip_prefix(head.as_slice());
    let rest = parts.and_then(|rest| (0..3).try_fold(rest, |rest, _| behind_vector(rest)));
    rest.is_some_and(<[u8]>::is_empty)
}

/// Returns the mark of a signed thing that stands beside an application message of a room, with the message's epoch (RFC 9420 §6.3.1).
pub(crate) fn mark_of(message: &[u8], room: RoomId) -> Option<(Mark, u64)> {
    let head = [&MLS_1_0[..], &PRIVATE_MESSAGE, &[LENGTH], &room.0].concat();
    let (epoch, rest) = message.strip_prefix(head.as_slice())?.split_at_checked(8)?;
    let epoch = u64::from_be_bytes(epoch.try_into().ok()?);
    let vector = rest.strip_prefix(&[APPLICATION])?;
    let behind = behind_vector(vector)?;
    let beside = vector.strip_suffix(behind)?;
    // The vector without its length, which is as long as the first byte says.
    let beside = beside.get(1 << (beside.first()? >> 6)..)?;
    let mark = from_bytes(bound_aad(room, beside)?).ok()?;
    Some((mark, epoch))
}

/// Returns what stands behind a vector, whose length is written in as few of 1, 2 or 4 bytes as it needs (RFC 9420 §2.1.2).
fn behind_vector(bytes: &[u8]) -> Option<&[u8]> {
    let first = *bytes.first()?;
    let (length_bytes, least) = match first >> 6 {
        0 => (1, 0),
        1 => (2, 1 << 6),
        2 => (4, 1 << 14),
        _ => return None,
    };
    let (length, rest) = bytes.split_at_checked(length_bytes)?;
    let number = length
        .iter()
        .fold(0, |number, byte| number << 8 | usize::from(*byte));
    let number = number & ((1 << (8 * length_bytes - 2)) - 1);
    (number >= least).then(|| rest.get(number..)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use valise_wire::to_bytes;

    const ROOM: RoomId = RoomId([9; 16]);

    fn message() -> Vec<u8> {
        let mut message = vec![0, 1, 0, 2, 16];
        message.extend([9; 16]);
        message.extend(7u64.to_be_bytes());
        message.extend([1, 0, 3, 1, 2, 3, 3, 1, 2, 3]);
        message
    }

    #[test]
    fn the_head_of_a_message_is_recognised() {
        assert!(is_application_message(&message(), ROOM, 7));
        assert!(!is_application_message(&message(), ROOM, 8));
        assert!(!is_application_message(&message(), RoomId([8; 16]), 7));
    }

    #[test]
    fn parts_that_do_not_end_where_the_message_ends_are_refused() {
        let good = message();
        for end in 0..good.len() {
            assert!(
                !is_application_message(&good[..end], ROOM, 7),
                "cut at {end}"
            );
        }
        assert!(!is_application_message(
            &[&good[..], &[0]].concat(),
            ROOM,
            7
        ));
        // Longer than it needs to be, too long by far, and the prefix that is not used.
        let head = &good[..30];
        for length in [
            &[0x40, 3][..],
            &[0x80, 0, 0, 3],
            &[0xbf, 0xff, 0xff, 0xff],
            &[0xc0; 8],
        ] {
            let bad = [head, length, &[1, 2, 3, 0, 0]].concat();
            assert!(!is_application_message(&bad, ROOM, 7), "{length:?}");
        }
        let long = [head, &[0x40, 64][..], &[5; 64], &[0, 0]].concat();
        assert!(is_application_message(&long, ROOM, 7));
    }

    #[test]
    fn a_mark_is_read_in_its_own_room_alone() {
        let mark = Mark {
            by: valise_wire::OrganisationId([1; 32]),
            request: valise_wire::RequestId([2; 16]),
            object: [3; 32],
            ends: None,
        };
        let marked = |beside: Vec<u8>| {
            let length = [0x40, beside.len() as u8];
            let rest = [3, 1, 2, 3, 3, 1, 2, 3];
            [&message()[..30], &length, &beside, &rest].concat()
        };
        let bound = [b"valise/1 room\0", &ROOM.0[..], &to_bytes(&mark)].concat();
        let whole = marked(bound.clone());
        assert!(is_application_message(&whole, ROOM, 7));
        assert_eq!(mark_of(&whole, ROOM), Some((mark, 7)));
        assert_eq!(mark_of(&whole, RoomId([8; 16])), None);
        assert_eq!(mark_of(&message(), ROOM), None);
        assert_eq!(mark_of(&marked([&bound[..], &[0]].concat()), ROOM), None);
        for end in 0..whole.len() - 8 {
            assert_eq!(mark_of(&whole[..end], ROOM), None, "cut at {end}");
        }
    }

    #[test]
    fn every_other_head_is_refused() {
        let good = message();
        for position in 0..30 {
            let mut bad = good.clone();
            bad[position] ^= 1;
            assert!(!is_application_message(&bad, ROOM, 7), "byte {position}");
            assert!(
                !is_application_message(&good[..position], ROOM, 7),
                "cut at {position}"
            );
        }
    }
}

//! The head of an MLS PrivateMessage: all that the hub reads of a message.

use valise_wire::RoomId;

const MLS_1_0: [u8; 2] = [0, 1];
const PRIVATE_MESSAGE: [u8; 2] = [0, 2];
const APPLICATION: u8 = 1;

/// Tells whether some bytes are an application message of this room and epoch, as far as a stranger to the room can tell
/// (RFC 9420 §6, §6.3.1): version ‖ wire format ‖ group id, length first ‖ epoch ‖ content type ‖ authenticated data ‖
/// sender data ‖ ciphertext, and nothing behind them. The room's name is its group's id.
pub(super) fn is_application_message(message: &[u8], room: RoomId, epoch: u64) -> bool {
    const LENGTH: u8 = RoomId::LENGTH as u8;
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

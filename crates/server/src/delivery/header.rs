//! The head of an MLS PrivateMessage: all that the hub reads of a message.

use valise_wire::RoomId;

const MLS_1_0: [u8; 2] = [0, 1];
const PRIVATE_MESSAGE: [u8; 2] = [0, 2];
const APPLICATION: u8 = 1;

/// Tells whether some bytes begin as an application message of this room and epoch (RFC 9420 §6, §6.3.1):
/// version ‖ wire format ‖ group id, length first ‖ epoch ‖ content type. The room's name is its group's id.
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
    // Authenticated data, sender data and ciphertext follow; only members can check them.
    message.len() > head.len() && message.starts_with(&head)
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

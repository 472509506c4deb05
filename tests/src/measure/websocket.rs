//! A WebSocket's framing (RFC 6455 §5), as cheap as a load generator on the server's own processors has to be.

use anyhow::{Result, bail, ensure};

/// Opcodes.
const BINARY: u8 = 2;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;
/// The last frame of a message; the server never cuts one in pieces.
const FINAL: u8 = 0x80;
const MASKED: u8 = 0x80;

/// What a server's frame is.
#[derive(Debug, PartialEq, Eq)]
pub enum Frame<'a> {
    /// A message of the protocol.
    Binary(&'a [u8]),
    /// Wants the same back.
    Ping(&'a [u8]),
    /// The end.
    Close,
}

/// Takes the first frame off some bytes, and returns it with its length; none if it is not there as a whole.
pub fn first_frame(bytes: &[u8]) -> Result<Option<(Frame<'_>, usize)>> {
    let Some((&[first, second], rest)) = bytes.split_first_chunk() else {
        return Ok(None);
    };
    ensure!(second & MASKED == 0, "the server masks its frames");
    let (head, length) = match (second, rest) {
        (126, [high, low, ..]) => (4, u16::from_be_bytes([*high, *low]).into()),
        (126, _) => return Ok(None),
        (127, _) => bail!("the server sends a frame that is too large"),
        (length, _) => (2, usize::from(length)),
    };
    let Some(payload) = bytes.get(head..head + length) else {
        return Ok(None);
    };
    ensure!(first & FINAL != 0, "the server cuts a message in pieces");
    let frame = match first & !FINAL {
        BINARY => Frame::Binary(payload),
        PING => Frame::Ping(payload),
        CLOSE => Frame::Close,
        other => bail!("the server sends a frame of type {other}"),
    };
    Ok(Some((frame, head + length)))
}

/// Makes a client's frame with a message in it.
pub fn message(payload: &[u8]) -> Vec<u8> {
    masked(BINARY, payload)
}

/// Makes the answer to a ping.
pub fn pong(payload: &[u8]) -> Vec<u8> {
    masked(PONG, payload)
}

/// Frames of clients are masked, against proxies that mistake them for something else. There is none here, so that the mask
/// need not be unpredictable; all zeros is one, and the server has the work of taking it off all the same.
fn masked(opcode: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![FINAL | opcode];
    match payload.len() {
        length @ 0..126 => frame.push(MASKED | length as u8),
        length @ 126..=0xffff => {
            frame.push(MASKED | 126);
            frame.extend((length as u16).to_be_bytes());
        }
        length => {
            frame.push(MASKED | 127);
            frame.extend((length as u64).to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(payload);
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_off_one_after_the_other_and_only_whole() {
        let long = vec![5; 300];
        let bytes = [&[0x82, 2, 7, 8, 0x89, 0, 0x82, 126, 1, 44][..], &long].concat();
        let (first, length) = first_frame(&bytes).unwrap().unwrap();
        assert_eq!((first, length), (Frame::Binary(&[7, 8]), 4));
        let (second, length) = first_frame(&bytes[4..]).unwrap().unwrap();
        assert_eq!((second, length), (Frame::Ping(&[]), 2));
        let (third, _) = first_frame(&bytes[6..]).unwrap().unwrap();
        assert_eq!(third, Frame::Binary(&long));
        for cut in 0..304 {
            assert!(first_frame(&bytes[6..6 + cut]).unwrap().is_none());
        }
    }

    #[test]
    fn what_a_server_never_sends_is_refused() {
        assert!(first_frame(&[0x82, 0x82, 0, 0, 0, 0, 1, 2]).is_err());
        assert!(first_frame(&[0x02, 1, 1]).is_err());
        assert!(first_frame(&[0x81, 1, 1]).is_err());
    }

    #[test]
    fn lengths_are_written_in_the_shortest_form() {
        assert_eq!(message(&[1]), [0x82, 0x81, 0, 0, 0, 0, 1]);
        assert_eq!(message(&[0; 126])[..4], [0x82, 0xfe, 0, 126]);
        assert_eq!(
            message(&[0; 65_536])[..10],
            [0x82, 0xff, 0, 0, 0, 0, 0, 1, 0, 0]
        );
    }
}

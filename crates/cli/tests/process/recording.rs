//! What went over a line, made readable: clients mask what they say over a WebSocket (RFC 6455 §5.3).

use crate::line::Recorded;

const HEAD_END: &[u8] = b"\r\n\r\n";

/// Returns what both sides said, without the wrapping of WebSocket frames.
pub fn readable(recorded: &Recorded) -> [Vec<u8>; 2] {
    if is_socket(recorded) {
        [unwrapped(&recorded.up), unwrapped(&recorded.down)]
    } else {
        [recorded.up.clone(), recorded.down.clone()]
    }
}

/// Tells whether a connection became a WebSocket.
pub fn is_socket(recorded: &Recorded) -> bool {
    recorded.up.starts_with(b"GET /v1/socket")
}

/// The head and then the payloads of all frames, one after the other. What was cut off in the middle is left as it is.
fn unwrapped(said: &[u8]) -> Vec<u8> {
    let end = said
        .windows(HEAD_END.len())
        .position(|window| window == HEAD_END);
    let Some(end) = end.map(|at| at + HEAD_END.len()) else {
        return said.to_vec();
    };
    let mut out = said[..end].to_vec();
    let mut rest = &said[end..];
    while let Some((payload, after)) = frame(rest) {
        out.extend(payload);
        rest = after;
    }
    out.extend(rest);
    out
}

/// Splits the first frame off and unmasks it.
fn frame(bytes: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let (head, rest) = bytes.split_first_chunk::<2>()?;
    let (length, rest) = match head[1] & 0x7f {
        126 => rest
            .split_first_chunk::<2>()
            .map(|(length, rest)| (u64::from(u16::from_be_bytes(*length)), rest))?,
        127 => rest
            .split_first_chunk::<8>()
            .map(|(length, rest)| (u64::from_be_bytes(*length), rest))?,
        length => (u64::from(length), rest),
    };
    let (mask, rest) = if head[1] & 0x80 == 0 {
        ([0; 4], rest)
    } else {
        rest.split_first_chunk::<4>()
            .map(|(mask, rest)| (*mask, rest))?
    };
    let (payload, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
    let unmasked = payload
        .iter()
        .zip(mask.iter().cycle())
        .map(|(byte, mask)| byte ^ mask);
    Some((unmasked.collect(), rest))
}

#[test]
fn masked_frames_become_readable() {
    let frame = |text: &[u8], mask: [u8; 4]| {
        let masked = text
            .iter()
            .zip(mask.iter().cycle())
            .map(|(byte, mask)| byte ^ mask);
        let head = [0x82, 0x80 | text.len() as u8];
        head.into_iter()
            .chain(mask)
            .chain(masked)
            .collect::<Vec<u8>>()
    };
    let head = b"GET /v1/socket HTTP/1.1\r\n\r\n";
    let said = [
        head.as_slice(),
        &frame(b"first", [1, 2, 3, 4]),
        &frame(b"second", [9; 4]),
        &[0x82],
    ]
    .concat();
    assert!(!said.windows(5).any(|window| window == b"first"));
    let recorded = Recorded {
        up: said,
        down: Vec::new(),
    };
    assert_eq!(
        readable(&recorded)[0],
        [head.as_slice(), b"firstsecond\x82"].concat()
    );
}

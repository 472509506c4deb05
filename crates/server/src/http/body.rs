//! A request's body, read only as far as its kind may be long.

use axum::body::Body;
use futures_util::StreamExt;
use valise_wire::request::{
    MAX_ARCHIVE_PART_BYTES, MAX_HANDSHAKE_BYTES, MAX_KEY_PACKAGES, MAX_LOCKER_PART_BYTES,
    MAX_MESSAGE_BYTES, Request,
};
use valise_wire::{Problem, ProblemCode};

/// Longest head of a request: an array of two, and a number of one byte behind its own.
const HEAD_BYTES: usize = 3;
const SMALL: usize = 4 << 10;
const STATEMENT: usize = 64 << 10;

/// What may be read of a kind of request, and whether it needs a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kind {
    most_bytes: usize,
    is_public: bool,
}

/// Returns the kind that a body begins with: `[number, …]`, or none if that is not how a request begins.
fn kind(head: &[u8]) -> Option<Kind> {
    let number = match head {
        [0x82, number @ 0..=23, ..] => *number,
        [0x82, 24, number, ..] => *number,
        _ => return None,
    };
    let most_bytes = match number {
        1 | 3 => 6 * STATEMENT,
        8 | 11 | 81 => STATEMENT,
        20 => MAX_KEY_PACKAGES * (33 << 10),
        21 | 70 => 2 * SMALL,
        30 => 2 * MAX_HANDSHAKE_BYTES + SMALL,
        31 | 38 => 3 * MAX_HANDSHAKE_BYTES + SMALL,
        32 | 33 => MAX_MESSAGE_BYTES + SMALL,
        60 => MAX_ARCHIVE_PART_BYTES + SMALL,
        63 => MAX_LOCKER_PART_BYTES + SMALL,
        _ => SMALL,
    };
    Some(Kind {
        most_bytes,
        is_public: Request::is_public_kind(number.into()),
    })
}

/// Reads a body. Without a session only public kinds are read at all.
pub(super) async fn read(
    body: Body,
    declared: Option<u64>,
    has_session: bool,
) -> Result<Vec<u8>, Problem> {
    let mut chunks = body.into_data_stream();
    let mut bytes = Vec::new();
    let mut most = None;
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Problem::new(ProblemCode::Malformed))?;
        bytes.extend_from_slice(&chunk);
        if most.is_none() && (bytes.len() >= HEAD_BYTES) {
            most = Some(allowance(&bytes, declared, has_session)?);
        }
        if bytes.len() > most.unwrap_or(SMALL) {
            return Err(Problem::new(ProblemCode::TooLarge));
        }
    }
    Ok(bytes)
}

/// Reads a body of at most so many bytes.
pub(super) async fn read_at_most(
    body: Body,
    declared: Option<u64>,
    most_bytes: usize,
) -> Result<Vec<u8>, Problem> {
    let too_large = Problem::new(ProblemCode::TooLarge);
    if declared.is_some_and(|declared| declared > most_bytes as u64) {
        return Err(too_large);
    }
    let mut chunks = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Problem::new(ProblemCode::Malformed))?;
        if bytes.len() + chunk.len() > most_bytes {
            return Err(too_large);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn allowance(head: &[u8], declared: Option<u64>, has_session: bool) -> Result<usize, Problem> {
    let kind = kind(head).ok_or(Problem::new(ProblemCode::Malformed))?;
    if !has_session && !kind.is_public {
        return Err(Problem::new(ProblemCode::Unauthenticated));
    }
    if declared.is_some_and(|declared| declared > kind.most_bytes as u64) {
        return Err(Problem::new(ProblemCode::TooLarge));
    }
    Ok(kind.most_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use valise_wire::request::*;
    use valise_wire::{MeetingId, Octets, RoomId, TransactionId, to_bytes};

    #[test]
    fn a_kind_is_known_by_its_first_bytes() {
        let challenge = to_bytes(&Request::from(GetChallenge {}));
        assert_eq!(
            kind(&challenge),
            Some(Kind {
                most_bytes: SMALL,
                is_public: true
            })
        );
        let send = Send {
            room: RoomId([0; 16]),
            transaction: TransactionId([0; 16]),
            epoch: 0,
            wakes: false,
            message: Octets::default(),
        };
        assert_eq!(
            kind(&to_bytes(&Request::from(send))).map(|kind| kind.is_public),
            Some(false)
        );
        for bad in [
            &b""[..],
            b"\x82",
            b"\x83\x00\x80",
            b"\x82\x19\x01",
            b"{\"a",
            b"\x9f\x00\x80",
        ] {
            assert_eq!(kind(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn what_may_be_longest_fits_into_a_body() {
        let note = PutNote {
            meeting: MeetingId([0; 16]),
            place: 0,
            body: Octets(vec![0; MAX_NOTE_BYTES]),
        };
        let subscription = KeepSubscription {
            endpoint: "x".repeat(MAX_ENDPOINT_BYTES),
            key: Octets(vec![0; 65]),
            auth: [0; 16],
            silent: vec![RoomId([0; 16]); MAX_SILENT_ROOMS],
        };
        for longest in [Request::from(note), Request::from(subscription)] {
            let body = to_bytes(&longest);
            let most = kind(&body).map_or(0, |kind| kind.most_bytes);
            assert!(body.len() <= most, "{} bytes, {most} at most", body.len());
        }
    }

    #[test]
    fn public_means_the_same_here_and_in_the_protocol() {
        for number in 0..=255u8 {
            let body = [0x82, 24, number];
            let expected = matches!(number, 0..=8 | 61 | 64 | 70 | 71 | 73 | 74 | 99 | 100);
            assert_eq!(
                kind(&body).is_some_and(|kind| kind.is_public),
                expected,
                "{number}"
            );
        }
    }
}

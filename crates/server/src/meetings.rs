//! Meetings: where two devices of one account that do not know each other yet lay notes for one another. In memory alone, and
//! for ten minutes: a meeting that a restart cuts off is begun anew.

use crate::service::Service;
use crate::store::Store;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use valise_wire::request::{Done, MAX_NOTE_BYTES, MEETING_PLACES, Note, PutNote, ReadNote, Reply};
use valise_wire::{MeetingId, Octets, Problem, ProblemCode, Timestamp};

/// How long a meeting lasts.
const MEETING_MS: u64 = 600_000;
/// Most meetings at once: 40 MiB at most.
const MOST: usize = 2_000;

/// The meetings that are open.
#[derive(Default)]
pub(crate) struct Meetings {
    open: Mutex<HashMap<MeetingId, Meeting>>,
}

struct Meeting {
    until: Timestamp,
    notes: [Option<Octets>; MEETING_PLACES as usize],
}

impl Meetings {
    /// Lays a note, unless another lies there.
    fn put(&self, request: PutNote, now: Timestamp) -> Result<(), ProblemCode> {
        let PutNote {
            meeting,
            place,
            body,
        } = request;
        if body.len() > MAX_NOTE_BYTES {
            return Err(ProblemCode::TooLarge);
        }
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= MOST {
            open.retain(|_, meeting| meeting.until > now);
        }
        if open
            .get(&meeting)
            .is_none_or(|meeting| meeting.until <= now)
        {
            match place {
                0 if open.len() < MOST => {}
                0 => return Err(ProblemCode::Unavailable),
                _ => return Err(ProblemCode::Refused),
            }
            let notes = Default::default();
            let until = now.plus_millis(MEETING_MS);
            open.insert(meeting, Meeting { until, notes });
        }
        let found = open.get_mut(&meeting).ok_or(ProblemCode::Refused)?;
        let note = found
            .notes
            .get_mut(place as usize)
            .ok_or(ProblemCode::Malformed)?;
        if note.as_ref().is_some_and(|note| *note != body) {
            return Err(ProblemCode::Conflict);
        }
        *note = Some(body);
        Ok(())
    }

    fn read(&self, request: &ReadNote, now: Timestamp) -> Result<Option<Octets>, ProblemCode> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let meeting = open
            .get(&request.meeting)
            .filter(|meeting| meeting.until > now)
            .ok_or(ProblemCode::Refused)?;
        let note = meeting.notes.get(request.place as usize);
        note.cloned().ok_or(ProblemCode::Malformed)
    }
}

/// Lays a note at a place of a meeting.
pub(crate) fn put<S: Store>(
    service: &Service<S>,
    request: PutNote,
    now: Timestamp,
) -> Result<Reply, Problem> {
    let laid = service.meetings.put(request, now);
    laid.map(|()| Done {}.into()).map_err(Problem::new)
}

/// Hands out what lies at a place of a meeting.
pub(crate) fn read<S: Store>(
    service: &Service<S>,
    request: &ReadNote,
    now: Timestamp,
) -> Result<Reply, Problem> {
    let body = service.meetings.read(request, now).map_err(Problem::new)?;
    Ok(Note { body }.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(meeting: u8, place: u32, body: &[u8]) -> PutNote {
        PutNote {
            meeting: MeetingId([meeting; 16]),
            place,
            body: body.into(),
        }
    }

    fn lies(
        meetings: &Meetings,
        meeting: u8,
        place: u32,
        now: u64,
    ) -> Result<Option<Octets>, ProblemCode> {
        let meeting = MeetingId([meeting; 16]);
        meetings.read(&ReadNote { meeting, place }, Timestamp(now))
    }

    #[test]
    fn what_lies_there_first_stays_for_ten_minutes() {
        let meetings = Meetings::default();
        let put = |request, now| meetings.put(request, Timestamp(now));
        assert_eq!(put(note(1, 1, b"early"), 0), Err(ProblemCode::Refused));
        assert_eq!(put(note(1, 0, b"offer"), 0), Ok(()));
        assert_eq!(put(note(1, 0, b"offer"), 1), Ok(()));
        assert_eq!(put(note(1, 0, b"another"), 1), Err(ProblemCode::Conflict));
        assert_eq!(lies(&meetings, 1, 0, 2), Ok(Some(b"offer"[..].into())));
        assert_eq!(lies(&meetings, 1, 1, 2), Ok(None));
        assert_eq!(lies(&meetings, 1, 5, 2), Err(ProblemCode::Malformed));
        assert_eq!(lies(&meetings, 2, 0, 2), Err(ProblemCode::Refused));
        assert_eq!(lies(&meetings, 1, 0, MEETING_MS), Err(ProblemCode::Refused));
        let large = vec![0; MAX_NOTE_BYTES + 1];
        assert_eq!(put(note(1, 2, &large), 3), Err(ProblemCode::TooLarge));
        assert_eq!(put(note(1, 5, b"off"), 3), Err(ProblemCode::Malformed));
    }

    #[test]
    fn there_are_so_many_and_no_more_until_they_are_over() {
        let meetings = Meetings::default();
        let begin = |number: usize, now| {
            let mut id = [0; 16];
            id[..8].copy_from_slice(&number.to_be_bytes());
            let meeting = MeetingId(id);
            let body = b"offer"[..].into();
            meetings.put(
                PutNote {
                    meeting,
                    place: 0,
                    body,
                },
                Timestamp(now),
            )
        };
        for number in 0..MOST {
            assert_eq!(begin(number, 0), Ok(()));
        }
        assert_eq!(begin(MOST, 1), Err(ProblemCode::Unavailable));
        assert_eq!(begin(MOST, MEETING_MS), Ok(()));
    }
}

//! Linking: an empty device becomes another one of an account. See `spec/linking.md`.
//!
//! The new device shows a code, the two meet at the server, and what each says is fixed before the other's is known, so that
//! whoever stands between them shows different digits. The old device puts the new one on the account's list, and only then
//! hands it, sealed for it alone, what every device of the account has.

mod devices;
pub(crate) mod gift;
mod host;
mod newcomer;

use crate::Error;
use crate::asked::Purpose;
use crate::state::Cx;
use host::Host;
use newcomer::Newcomer;
use valise_wire::request::{Note, PutNote, Reply};
use valise_wire::{MeetingId, Timestamp};

/// How long two devices wait for one another; the server forgets the meeting a little later.
const MEETING_MILLIS: u64 = 9 * 60_000;
/// Time between two looks at what lies at the meeting.
const LOOK_MILLIS: u64 = 700;
/// Time after a failure before the next try.
const PAUSE_MILLIS: u64 = 2_000;

/// The places of a meeting.
mod place {
    /// The new device's offer.
    pub(super) const OFFER: u32 = 0;
    /// The old device's number.
    pub(super) const OLD: u32 = 1;
    /// The new device's number, to which its offer commits it.
    pub(super) const NEW: u32 = 2;
    /// The gift; empty if the person did not want the device.
    pub(super) const GIFT: u32 = 3;
    /// The new device's word that it can be added to rooms.
    pub(super) const READY: u32 = 4;
}

/// A meeting under way, on either side. In memory alone: what breaks off is begun anew.
#[derive(Default)]
pub(crate) struct Linking {
    newcomer: Option<Newcomer>,
    host: Option<Host>,
    /// Where the other device waits for this one to be ready.
    awaited_at: Option<MeetingId>,
}

impl Linking {
    /// Returns what this device shows while it waits to be linked.
    pub(crate) fn shown(&self) -> Option<valise_views::Linking> {
        self.newcomer.as_ref().map(Newcomer::shown)
    }
}

/// When something at the meeting is next looked at or laid, and when it is over.
struct Pace {
    next: Timestamp,
    until: Timestamp,
}

impl Pace {
    fn new(now: Timestamp) -> Self {
        Self {
            next: now,
            until: now.plus_millis(MEETING_MILLIS),
        }
    }
}

fn note(reply: Reply) -> Option<Note> {
    match reply {
        Reply::Note(note) => Some(note),
        _ => None,
    }
}

fn done(reply: Reply) -> Option<()> {
    matches!(reply, Reply::Done(_)).then_some(())
}

impl Cx<'_> {
    /// Says at the meeting that this device can be added to rooms from now on. If that gets lost, the other one tries by itself.
    pub(crate) fn is_ready_for_rooms(&mut self) -> Result<(), Error> {
        let Some(meeting) = self.state.linking.awaited_at.take() else {
            return Ok(());
        };
        let note = PutNote {
            meeting,
            place: place::READY,
            body: b"ready"[..].into(),
        };
        self.ask_home(Purpose::LastNote, note)
    }

    /// Does what a meeting needs now.
    pub(crate) fn advance_linking(&mut self) -> Result<(), Error> {
        self.advance_newcomer()?;
        self.advance_host()
    }
}

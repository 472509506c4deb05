//! Meetings: where a new device and another of the same account find each other (`spec/linking.md`).

use crate::{MeetingId, Octets, record};

/// Most bytes of a note.
pub const MAX_NOTE_BYTES: usize = 4 << 10;
/// Places of a meeting, from 0.
pub const MEETING_PLACES: u32 = 5;

record! {
    /// Lays a note at a place of a meeting. Public: whoever knows the meeting may. What lies there first stays, and the same again
    /// changes nothing. Place 0 begins the meeting; ten minutes later it is forgotten.
    pub struct PutNote {
        /// Which meeting.
        pub meeting: MeetingId,
        /// Which place, below [`MEETING_PLACES`].
        pub place: u32,
        /// At most [`MAX_NOTE_BYTES`].
        pub body: Octets,
    }
}
record! {
    /// Asks what lies at a place of a meeting. Public.
    pub struct ReadNote {
        /// Which meeting.
        pub meeting: MeetingId,
        /// Which place.
        pub place: u32,
    }
}
record! {
    /// What lies there.
    pub struct Note {
        /// The note; none so far.
        pub body: Option<Octets>,
    }
}

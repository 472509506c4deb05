//! An act: what somebody did with a request, one after the other in a chain.

use crate::request::{Party, check};
use crate::{Breach, Digest, Object};
use valise_directory::{Name, Note};
use valise_wire::{RequestId, Timestamp, code, record};

code! {
    /// What was done.
    pub enum ActKind {
        /// A device of the addressee opened the request and found it whole.
        Received = 1,
        /// The addressee has it in its register, under a number.
        Registered = 2,
        /// Somebody of the addressee works on it.
        Assigned = 3,
        /// The addressee asks something back.
        Questioned = 4,
        /// Whoever asked says what was meant.
        Clarified = 5,
        /// The addressee asks for more time.
        ExtensionAsked = 6,
        /// Whoever asked gives it.
        ExtensionGranted = 7,
        /// Whoever asked does not give it.
        ExtensionDenied = 8,
        /// The addressee answered in part.
        PartlyAnswered = 9,
        /// The addressee answered.
        Answered = 10,
        /// The addressee refuses.
        Refused = 11,
        /// Whoever asked has what was asked for, or accepts the refusal.
        Confirmed = 12,
        /// Whoever asked does not take the answer for one.
        Disputed = 13,
        /// Whoever asked wants nothing any more.
        Withdrawn = 14,
        /// Whoever asked asks for something else: another revision.
        Amended = 15,
        /// Whoever asked ends it without an answer that would be confirmed.
        Closed = 16,
        /// The addressee found out by another way that the request is the organisation's, which nothing in it proves.
        Vouched = 17,
    }
}

/// Whose act something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The organisation that asks.
    Issuer,
    /// The organisation that is asked.
    Addressee,
}

impl ActKind {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Received,
        Self::Registered,
        Self::Assigned,
        Self::Questioned,
        Self::Clarified,
        Self::ExtensionAsked,
        Self::ExtensionGranted,
        Self::ExtensionDenied,
        Self::PartlyAnswered,
        Self::Answered,
        Self::Refused,
        Self::Confirmed,
        Self::Disputed,
        Self::Withdrawn,
        Self::Amended,
        Self::Closed,
        Self::Vouched,
    ];

    /// Returns who may do it.
    pub fn side(self) -> Side {
        match self {
            Self::Received
            | Self::Registered
            | Self::Assigned
            | Self::Questioned
            | Self::ExtensionAsked
            | Self::PartlyAnswered
            | Self::Answered
            | Self::Refused
            | Self::Vouched => Side::Addressee,
            Self::Clarified
            | Self::ExtensionGranted
            | Self::ExtensionDenied
            | Self::Confirmed
            | Self::Disputed
            | Self::Withdrawn
            | Self::Amended
            | Self::Closed => Side::Issuer,
        }
    }

    /// Tells whether it names another object: an answer, or another revision.
    pub fn names_object(self) -> bool {
        matches!(
            self,
            Self::Questioned
                | Self::Clarified
                | Self::PartlyAnswered
                | Self::Answered
                | Self::Refused
                | Self::Amended
        )
    }

    /// Tells whether it ends the wait for an answer.
    pub fn is_answer(self) -> bool {
        matches!(self, Self::Answered | Self::Refused)
    }

    fn names_instant(self) -> bool {
        matches!(self, Self::ExtensionAsked | Self::ExtensionGranted)
    }
}

record! {
    /// One act.
    pub struct Act {
        /// With which request.
        pub request: RequestId,
        /// What was done.
        pub kind: ActKind,
        /// The act before; in the first one the request's first revision.
        pub previous: Digest,
        /// Who did it.
        pub actor: Party,
        /// When, by the device's clock.
        pub at: Timestamp,
        /// The answer or revision that it is about.
        pub object: Option<Digest>,
        /// Until when more time is asked for or given.
        pub until: Option<Timestamp>,
        /// The number that the addressee gave the request.
        pub number: Option<Name>,
        /// A few words: to whom it was assigned, why it is disputed.
        pub note: Option<Note>,
    }
}

impl Object for Act {
    const TYPE: &'static str = "application/valise-act";

    fn check(&self) -> Result<(), Breach> {
        check(self.object.is_some() == self.kind.names_object(), "object")?;
        check(self.until.is_some() == self.kind.names_instant(), "until")?;
        let registers = self.kind == ActKind::Registered;
        check(self.number.is_some() == registers, "number")?;
        let must_say_why = self.kind == ActKind::Disputed;
        check(!must_say_why || self.note.is_some(), "note")
    }
}

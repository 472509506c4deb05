//! The words in which a course is told: states, times, and why an act changes nothing.

use thiserror::Error;
use valise_wire::Timestamp;

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// It was sent.
    Submitted,
    /// A device of the addressee opened it.
    Received,
    /// It has a number of the addressee.
    Registered,
    /// Somebody works on it.
    InWork,
    /// The addressee waits for the answer to a question.
    Questioned,
    /// There is an answer to a part of it.
    PartlyAnswered,
    /// There is an answer.
    Answered,
    /// The addressee refuses.
    Refused,
    /// Whoever asked does not take that for an answer.
    Disputed,
    /// Whoever asked has what was asked for. Final.
    Confirmed,
    /// Nothing is wanted any more. Final.
    Withdrawn,
    /// It ended without a confirmed answer. Final.
    Closed,
    /// It ended by itself, at the instant that whoever asked had set, and there was no answer by then. Final.
    Expired,
}

impl State {
    /// Tells whether nothing changes it any more.
    pub fn is_final(self) -> bool {
        matches!(
            self,
            Self::Confirmed | Self::Withdrawn | Self::Closed | Self::Expired
        )
    }

    /// Tells whether an answer is still to come.
    pub fn is_open(self) -> bool {
        !self.is_final() && !matches!(self, Self::Answered | Self::Refused)
    }
}

/// When something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// When.
    pub at: Timestamp,
    /// Whether a server saw it then, or the one who did it only says so.
    pub is_observed: bool,
    /// Whether it was too late by the deadline of that time.
    pub is_late: bool,
}

/// Why an act changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Finding {
    /// It is of another request.
    #[error("it belongs to another request")]
    AnotherRequest,
    /// It is in the chain already.
    #[error("it is there twice")]
    Repeated,
    /// It hangs on an act that another one hangs on already.
    #[error("two acts follow the same one: the chain forks here")]
    Fork,
    /// It hangs on something that is not there.
    #[error("the act before it is missing: the chain has a gap here")]
    Gap,
    /// It is not for this side to do.
    #[error("it is not for this side to do")]
    WrongSide,
    /// It makes no sense where the request stands.
    #[error("it cannot be done where the request stands")]
    OutOfPlace,
    /// The request has come to its end.
    #[error("the request had come to its end")]
    AfterTheEnd,
    /// The answer or revision that it names is not there.
    #[error("what it names is missing")]
    NoObject,
    /// What it names is of another kind, side, request or revision.
    #[error("what it names does not fit")]
    WrongObject,
}

impl Finding {
    /// Tells whether the act is no part of the chain, so that what is built on it is none either.
    pub fn breaks_chain(self) -> bool {
        matches!(
            self,
            Self::AnotherRequest | Self::Repeated | Self::Fork | Self::Gap
        )
    }
}

/// The rules of the course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Rule {
    Chain,
    Side,
    Place,
    End,
    Object,
    Late,
    Ends,
}

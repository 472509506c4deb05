//! An answer to a request, whole, in part, or that there will be none.

use crate::request::{Part, Party, check, check_parts};
use crate::{Breach, Digest, Object};
use valise_directory::{Name, Note};
use valise_wire::{RequestId, Timestamp, code, record};

code! {
    /// What an answer is.
    pub enum ResponseKind {
        /// All that was asked for.
        Full = 1,
        /// A part of it; more is to come.
        Partial = 2,
        /// Nothing, and why.
        Refusal = 3,
        /// A question, without whose answer nothing goes on.
        Question = 4,
        /// What whoever asks says to a question.
        Clarification = 5,
    }
}

record! {
    /// An answer. It counts from the act on that names it.
    pub struct Response {
        /// To which request.
        pub request: RequestId,
        /// Random.
        pub id: [u8; 16],
        /// To which revision of it.
        pub revision: Digest,
        /// What it is.
        pub kind: ResponseKind,
        /// Who answers.
        pub signer: Party,
        /// When it was signed, by the device's clock.
        pub at: Timestamp,
        /// SHA-256 of the text, in UTF-8.
        pub body: Digest,
        /// Files.
        pub parts: Vec<Part>,
        /// Its number in the register of whoever answers.
        pub number: Option<Name>,
        /// On what grounds it is refused; in refusals alone.
        pub ground: Option<Note>,
    }
}

impl Object for Response {
    const TYPE: &'static str = "application/valise-response";

    fn check(&self) -> Result<(), Breach> {
        check_parts(&self.parts)?;
        let refuses = self.kind == ResponseKind::Refusal;
        check(refuses == self.ground.is_some(), "ground")
    }
}

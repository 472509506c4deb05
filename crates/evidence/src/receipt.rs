//! Receipts: what a server says it did with something of which it knows the digest alone.
//!
//! The names of the events are those of ETSI EN 319 522, and so is that a negative one always says why. This is no qualified
//! service, and a receipt proves that the server said so, not that it is so.

use crate::request::check;
use crate::{Breach, Digest, Object};
use valise_directory::Note;
use valise_wire::{DeviceId, OrganisationId, RequestId, RoomId, Timestamp, code, record};

/// Most reasons of one receipt.
pub const MAX_REASONS: usize = 8;

code! {
    /// What happened.
    pub enum Event {
        /// The sender's server took it.
        SubmissionAcceptance = 1,
        /// The sender's server did not.
        SubmissionRejection = 2,
        /// The addressee's server took it.
        RelayAcceptance = 3,
        /// The addressee's server did not.
        RelayRejection = 4,
        /// The addressee's server gave no answer.
        RelayFailure = 5,
        /// It lies ready for the addressee's devices.
        ContentConsignment = 6,
        /// It cannot be laid ready.
        ContentConsignmentFailure = 7,
        /// A device of the addressee has fetched it and said so.
        ContentHandover = 8,
        /// A device of the addressee has fetched it and it was not whole.
        ContentHandoverFailure = 9,
        /// The addressee took it.
        ConsignmentAcceptance = 10,
        /// The addressee did not take it.
        ConsignmentRejection = 11,
        /// The time is over in which the addressee could take it.
        AcceptanceRejectionExpiry = 12,
    }
}

code! {
    /// Why something negative happened.
    pub enum ReasonCode {
        /// There is no such addressee.
        UnknownRecipient = 1,
        /// The addressee takes nothing for now.
        RecipientSuspended = 2,
        /// The rules of one of the two sides forbid it.
        PolicyBlock = 3,
        /// There is no room left.
        QuotaExceeded = 4,
        /// It was not of the form that it must have.
        Malformed = 5,
        /// The same name stands for something else already.
        DuplicateMessage = 6,
        /// The other server gave no answer in time.
        RelayTimeout = 7,
        /// The other server was not found.
        RoutingFailed = 8,
        /// No device of the addressee can be reached.
        RecipientUnreachable = 9,
        /// What was fetched has another digest.
        DigestMismatch = 10,
        /// A file is not there.
        PartAbsent = 11,
        /// The time is over.
        Expired = 12,
        /// A person refused.
        RefusedByPerson = 13,
        /// The organisation refused.
        RefusedByOrganisation = 14,
        /// It is nothing for this addressee.
        OutOfScope = 15,
    }
}

impl Event {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::SubmissionAcceptance,
        Self::SubmissionRejection,
        Self::RelayAcceptance,
        Self::RelayRejection,
        Self::RelayFailure,
        Self::ContentConsignment,
        Self::ContentConsignmentFailure,
        Self::ContentHandover,
        Self::ContentHandoverFailure,
        Self::ConsignmentAcceptance,
        Self::ConsignmentRejection,
        Self::AcceptanceRejectionExpiry,
    ];

    /// Returns the name that ETSI EN 319 522 gives it.
    pub fn name(self) -> &'static str {
        match self {
            Self::SubmissionAcceptance => "SubmissionAcceptance",
            Self::SubmissionRejection => "SubmissionRejection",
            Self::RelayAcceptance => "RelayAcceptance",
            Self::RelayRejection => "RelayRejection",
            Self::RelayFailure => "RelayFailure",
            Self::ContentConsignment => "ContentConsignment",
            Self::ContentConsignmentFailure => "ContentConsignmentFailure",
            Self::ContentHandover => "ContentHandover",
            Self::ContentHandoverFailure => "ContentHandoverFailure",
            Self::ConsignmentAcceptance => "ConsignmentAcceptance",
            Self::ConsignmentRejection => "ConsignmentRejection",
            Self::AcceptanceRejectionExpiry => "AcceptanceRejectionExpiry",
        }
    }

    /// Tells whose server can say it: that of whoever signed the thing (`true`), the other side's, or either (none).
    pub fn is_of_signer(self) -> Option<bool> {
        match self {
            Self::SubmissionAcceptance | Self::SubmissionRejection | Self::RelayFailure => {
                Some(true)
            }
            Self::AcceptanceRejectionExpiry => None,
            _ => Some(false),
        }
    }

    /// Returns why it may happen; empty if it is good news, for which there is no reason.
    pub fn reasons(self) -> &'static [ReasonCode] {
        use ReasonCode::*;
        match self {
            Self::SubmissionRejection => &[
                UnknownRecipient,
                PolicyBlock,
                QuotaExceeded,
                Malformed,
                DuplicateMessage,
            ],
            Self::RelayRejection => &[
                UnknownRecipient,
                RecipientSuspended,
                PolicyBlock,
                QuotaExceeded,
                Malformed,
                DuplicateMessage,
            ],
            Self::RelayFailure => &[RelayTimeout, RoutingFailed],
            Self::ContentConsignmentFailure => &[RecipientUnreachable, QuotaExceeded, PartAbsent],
            Self::ContentHandoverFailure => &[DigestMismatch, PartAbsent, Malformed],
            Self::ConsignmentRejection => &[
                RefusedByPerson,
                RefusedByOrganisation,
                OutOfScope,
                PolicyBlock,
            ],
            Self::AcceptanceRejectionExpiry => &[Expired],
            _ => &[],
        }
    }
}

record! {
    /// Why, and perhaps in words.
    pub struct Reason {
        /// Why.
        pub code: ReasonCode,
        /// In words, if the code does not say it.
        pub text: Option<Note>,
    }
}

record! {
    /// What a server says. It is signed with the hub key that the organisation's statement names.
    pub struct Receipt {
        /// Random.
        pub id: [u8; 16],
        /// What happened.
        pub event: Event,
        /// Why, if it is bad news.
        pub reasons: Vec<Reason>,
        /// When, by the server's clock.
        pub at: Timestamp,
        /// Whose server says so.
        pub issuer: OrganisationId,
        /// How far the log of that organisation's directory reached then.
        pub directory: u64,
        /// To which request.
        pub request: RequestId,
        /// As which number of the room's log.
        pub seq: u64,
        /// Digest of the signed object, as it stood in clear beside the encrypted message: the server has not seen the object.
        pub object: Digest,
        /// SHA-256 of the encrypted message that it did see.
        pub transmitted: Digest,
        /// In which room.
        pub room: RoomId,
        /// In which epoch of it.
        pub epoch: u64,
        /// To which device, in a handover.
        pub device: Option<DeviceId>,
        /// The act by which the addressee confirmed, if it is about one.
        pub confirmation: Option<Digest>,
        /// When the request's time is over.
        pub expires_at: Option<Timestamp>,
        /// The receipt of the same server before, in this request.
        pub previous: Option<Digest>,
    }
}

impl Object for Receipt {
    const TYPE: &'static str = "application/valise-receipt";
    const STAMPED: bool = true;

    fn check(&self) -> Result<(), Breach> {
        let allowed = self.event.reasons();
        check(self.reasons.len() <= MAX_REASONS, "reasons")?;
        check(self.reasons.is_empty() == allowed.is_empty(), "reasons")?;
        let fits = |reason: &Reason| allowed.contains(&reason.code);
        check(self.reasons.iter().all(fits), "reasons")?;
        let is_expiry = self.event == Event::AcceptanceRejectionExpiry;
        let expired = self.expires_at.is_some_and(|end| self.at > end);
        check(!is_expiry || expired, "expires at")
    }
}

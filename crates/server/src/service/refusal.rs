//! What is answered when something cannot be done. It tells nobody what they did not know.

use crate::store::{Assertion, StoreError};
use valise_mls::hub::Refused;
use valise_wire::{Problem, ProblemCode};

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::new(match error {
            StoreError::Failed(Assertion::RoomAbsent(_) | Assertion::LockerHolds(..)) => {
                ProblemCode::Conflict
            }
            StoreError::Failed(
                Assertion::LockerOwner(..) | Assertion::Unnoted(..) | Assertion::Noted(_),
            ) => ProblemCode::Refused,
            StoreError::Failed(Assertion::Epoch(..)) => ProblemCode::StaleEpoch,
            StoreError::Failed(Assertion::NothingPending(_)) => ProblemCode::CommitPending,
            StoreError::Failed(Assertion::InboxBelow(..) | Assertion::KeyPackagesBelow(..)) => {
                ProblemCode::TooLarge
            }
            StoreError::Failed(Assertion::Within(_)) => ProblemCode::RateLimited,
            StoreError::Full => ProblemCode::StorageFull,
            // Somebody was quicker.
            StoreError::Failed(Assertion::ArchiveClaim(..)) => ProblemCode::Gone,
            StoreError::Failed(Assertion::DirectoryHead(_) | Assertion::RoomHead(..))
            | StoreError::OutOfService
            | StoreError::Corrupt => ProblemCode::Unavailable,
        })
    }
}

/// Translates what the hub's MLS says.
pub(crate) fn of_hub(refused: &Refused) -> Problem {
    Problem::new(match refused {
        Refused::Malformed | Refused::ForeignRoom => ProblemCode::Malformed,
        Refused::WrongEpoch { .. } => ProblemCode::StaleEpoch,
        Refused::CommitFirst => ProblemCode::CommitPending,
        Refused::State => ProblemCode::Unavailable,
        Refused::Invalid(_)
        | Refused::Breach(_)
        | Refused::ForeignSender
        | Refused::GroupInfo(_) => ProblemCode::Invalid,
    })
}

/// Returns a problem's name, for figures.
pub(crate) fn name(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::Malformed => "malformed",
        ProblemCode::UnsupportedVersion => "unsupported_version",
        ProblemCode::Unauthenticated => "unauthenticated",
        ProblemCode::Refused => "refused",
        ProblemCode::StaleEpoch => "stale_epoch",
        ProblemCode::Conflict => "conflict",
        ProblemCode::RateLimited => "rate_limited",
        ProblemCode::TooLarge => "too_large",
        ProblemCode::StorageFull => "storage_full",
        ProblemCode::Gone => "gone",
        ProblemCode::Unavailable => "unavailable",
        ProblemCode::CommitPending => "commit_pending",
        ProblemCode::Invalid => "invalid",
        ProblemCode::Strangers => "strangers",
    }
}

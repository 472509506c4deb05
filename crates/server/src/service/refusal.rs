//! What is answered when something cannot be done. It tells nobody what they did not know.

use crate::store::{Assertion, StoreError};
use valise_mls::hub::Refused;
use valise_wire::{Problem, ProblemCode};

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::new(match error {
            StoreError::Failed(Assertion::RoomAbsent(_)) => ProblemCode::Conflict,
            StoreError::Failed(Assertion::Epoch(..)) => ProblemCode::StaleEpoch,
            StoreError::Failed(Assertion::NothingPending(_)) => ProblemCode::CommitPending,
            StoreError::Failed(Assertion::InboxBelow(..) | Assertion::KeyPackagesBelow(..)) => ProblemCode::TooLarge,
            StoreError::Full => ProblemCode::StorageFull,
            StoreError::Failed(Assertion::DirectoryHead(_)) | StoreError::OutOfService | StoreError::Corrupt => {
                ProblemCode::Unavailable
            }
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
        Refused::Invalid(_) | Refused::Breach(_) | Refused::ForeignSender | Refused::GroupInfo(_) => ProblemCode::Invalid,
    })
}

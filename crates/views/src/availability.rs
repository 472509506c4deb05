//! Who is away, and who stands in.

use crate::{Millis, PersonId};
use serde::{Deserialize, Serialize};

/// How somebody is away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    /// From then on he is here again.
    pub until: Millis,
    /// Who stands in for him, and what that one is called.
    pub cover: Option<(PersonId, String)>,
    /// A few words to the others; may be empty.
    pub note: String,
    /// The registrar who said it for him, if he did not himself.
    pub said_by: Option<String>,
}

/// What is to be said of somebody's being away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAway {
    /// From then on he is here again: in the future, at most two years.
    pub until: Millis,
    /// Who stands in for him.
    pub cover: Option<PersonId>,
    /// A few words to the others; may be empty.
    pub note: String,
}

//! In whose name a request is: what keeps one's own here until somebody released it, and why another's may be nobody's word.

use crate::request::{Letter, Signer};
use crate::{MessageId, Millis, PersonId};
use serde::{Deserialize, Serialize};

/// What keeps a request of one's own from going.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Held {
    /// Somebody has to release it.
    Waits,
    /// Somebody has to release it, and there is nobody who may.
    Nobody,
    /// Whoever was to release it sent it back.
    SentBack {
        /// Who.
        by: String,
        /// Why.
        note: String,
    },
    /// The organisation has stopped all requests; it goes when that is lifted.
    Stopped,
    /// The rule of its room leaves out whom it is for; it goes when that or what they say of themselves is changed.
    LeftOut,
    /// It ended by itself meanwhile, and does not go any more.
    Over,
}

/// Why a request may be none of the organisation that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Doubt {
    /// That organisation seals its requests, and this one has no seal.
    Unsealed,
    /// It has a seal that does not hold.
    BadSeal,
    /// That organisation had stopped all its requests.
    Stopped,
    /// That organisation is no partner.
    NoPartner,
}

/// A seal that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealShown {
    /// Name of the organisation in whose name it was sealed.
    pub organisation: String,
    /// Who released it, in his own words.
    pub by: String,
    /// When the server took it.
    pub at: Millis,
}

/// In whose name an answer is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AnswerSeal {
    /// In the organisation's.
    Sealed(SealShown),
    /// In that of whoever signed it, though there are people who may seal for his organisation.
    Unsealed {
        /// What oneself names to seal it; none if one may not.
        may_seal: Option<MessageId>,
    },
}

/// A request of one's own organisation that waits to be released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseRow {
    /// Which; opaque.
    pub id: ReleaseId,
    /// What it is about.
    pub subject: String,
    /// Its number.
    pub number: String,
    /// Who asks.
    pub by: Signer,
    /// Name of the organisation that is asked.
    pub addressee: String,
    /// Which office of it.
    pub office: Option<String>,
    /// When it was written.
    pub at: Millis,
    /// By when an answer is due.
    pub due: Millis,
    /// When it ends by itself; none where it does not.
    pub ends: Option<Millis>,
    /// Whether whom it is about must not hear of it.
    pub is_confidential: bool,
}

/// Name of something that waits to be released.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReleaseId(pub String);

/// All that the other side will see of a request that waits to be released.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReleaseDetails {
    /// What the list shows of it.
    pub row: ReleaseRow,
    /// What is asked.
    pub letter: Letter,
    /// On what grounds.
    pub legal_basis: Option<String>,
    /// How secret it is, in the words of whoever asks.
    pub classification: Option<String>,
    /// What was filled into a form: names and values.
    pub fields: Vec<(String, String)>,
}

/// What requests of the organisation need.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RequestRules {
    /// What one needs before it goes.
    pub asks: Asks,
    /// Whether none goes at all.
    pub is_stopped: bool,
    /// Who may release, by name.
    pub keepers: Vec<Keeper>,
}

/// What a request needs before it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Asks {
    /// Nothing but whoever asks.
    #[default]
    Freely,
    /// The organisation's seal, by anybody who may seal.
    Sealed,
    /// The seal by somebody else than asks.
    FourEyes,
}

/// Somebody who may seal in the organisation's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keeper {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Whether one of his devices said with what.
    pub is_ready: bool,
}

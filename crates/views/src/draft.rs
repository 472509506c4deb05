//! What was begun of a request or of an answer to one, and not sent.

use crate::request::{ActKind, RequestTo};
use serde::{Deserialize, Serialize};

/// What was typed, as it was typed: nothing of it need be right.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RequestDraft {
    /// Whom it is for.
    pub to: Vec<RequestTo>,
    /// What it is about.
    pub subject: String,
    /// What is asked.
    pub text: String,
    /// On what grounds.
    pub legal_basis: String,
    /// How secret it is, in words.
    pub classification: String,
    /// Its number.
    pub number: String,
    /// Whether the person whom it is about must not hear of it.
    pub is_confidential: bool,
    /// In how many working days an answer is due.
    pub days: String,
    /// By which day instead; empty if the days count.
    pub day: String,
    /// What was filled into a form: names and values.
    pub fields: Vec<(String, String)>,
    /// How many files were chosen. They are not kept.
    pub files: u32,
    /// How many days after its deadline it ends by itself: 0 with it; empty if it does not.
    pub ends: String,
    /// Codes of the countries under whose law organisations have to stand whose people are in its room.
    pub residency: String,
}

/// What one began to say to a request, as it was typed: nothing of it need be right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerDraft {
    /// As what it was begun: an answer, a part of one, a refusal, a question, what was meant, or another wording of the request.
    pub kind: ActKind,
    /// What another wording is about; empty for the rest.
    pub subject: String,
    /// The text.
    pub text: String,
    /// On what grounds it is refused.
    pub ground: String,
    /// In how many working days an answer to another wording is due; empty if the deadline stays, and for the rest.
    pub days: String,
    /// By which day instead; empty if that is not chosen.
    pub day: String,
    /// Whether its files are to be marked as ones that no one hands on.
    pub is_confidential: bool,
    /// How many files were chosen. They are not kept.
    pub files: u32,
}

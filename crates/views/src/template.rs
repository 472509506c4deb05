//! Templates: what a person keeps to ask the same again.

use crate::request::RequestTo;
use serde::{Deserialize, Serialize};

/// Most templates of a person.
pub const MOST: usize = 100;

/// A template, opaque; the same on all of one's own devices.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct TemplateId(pub [u8; 16]);

/// What a request begins with that is made from a template.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Template {
    /// What the person calls it.
    pub name: String,
    /// What is asked about; may be empty.
    pub subject: String,
    /// What is asked; may be empty.
    pub text: String,
    /// On what grounds.
    pub legal_basis: Option<String>,
    /// How secret it is, in words.
    pub classification: Option<String>,
    /// Whether the person whom it is about must not hear of it.
    pub is_confidential: bool,
    /// In how many working days an answer is due, 1 to 1,000.
    pub working_days: Option<u32>,
    /// Whom it is usually for.
    pub to: Option<RequestTo>,
    /// What is to be filled into a form: names, and values where one is usual.
    pub fields: Vec<(String, String)>,
}

/// A template that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptTemplate {
    /// Which.
    pub id: TemplateId,
    /// What it says.
    pub template: Template,
}

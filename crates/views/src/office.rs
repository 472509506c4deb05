//! Offices: roles that people hold together.

use crate::{Away, OfficeId, Outside, PersonId};
use serde::{Deserialize, Serialize};

/// An office, as the directory's signatures say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// Which.
    pub id: OfficeId,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// What it is for; may be empty.
    pub note: String,
    /// How it writes the numbers of its register, as `{year}/{office}-{n:5}`; empty: in the usual way. Of one's own organisation alone.
    pub numbers: String,
    /// Who holds it, by name.
    pub holders: Vec<Holder>,
    /// The organisation that it is of, if it is not one's own.
    pub outside: Option<Outside>,
    /// Whether one holds it oneself.
    pub mine: bool,
}

/// Somebody who holds an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Whether he said that he is on duty for it; never of another organisation's.
    pub on_duty: bool,
    /// How he is away, if he is; never of another organisation's.
    pub away: Option<Away>,
}

//! When it is said that something did not happen.

use serde::{Deserialize, Serialize};

/// What this server says, in receipts, did not happen to what was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Receipts {
    /// Hours after which it is said that something was not carried to a partner; up to 8,760, and 0 for never.
    pub not_carried_hours: u32,
    /// Days after which it is said that no device of the organisation fetched something; up to 3,650, and 0 for never.
    pub not_fetched_days: u32,
}

impl Default for Receipts {
    fn default() -> Self {
        Self {
            not_carried_hours: 24,
            not_fetched_days: 7,
        }
    }
}

//! How much anybody may ask for: token buckets per address and per account, on a clock that is told.

/// Allowances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {}

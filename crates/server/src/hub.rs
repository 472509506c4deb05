//! The hub's own signing key, with which it proposes removals.

//! The client core: a state machine over one encrypted store.

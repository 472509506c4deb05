//! What the interface shows and asks.

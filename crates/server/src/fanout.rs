//! Telling everybody online, in the order in which it became durable.

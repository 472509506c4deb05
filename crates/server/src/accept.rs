//! The accept loop: connections in, timeouts on everything, a graceful end.

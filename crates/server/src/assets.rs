//! The web client's files, and the headers that fence them in.

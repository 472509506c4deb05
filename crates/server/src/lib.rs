//! The server: orders, stores, forwards, refuses, and can read nothing.

//! Sign-in by a device key, and what follows from it.

//! MLS sessions for members and public validation for the hub.

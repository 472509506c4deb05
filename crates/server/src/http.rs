//! The service over HTTP and WebSockets.

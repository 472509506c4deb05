//! Suites over whole clients and a whole server.

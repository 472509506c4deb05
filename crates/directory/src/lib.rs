//! Who is who: signed statements, their chain, and the fold over the log.

//! Rooms: their order, their members, their log.

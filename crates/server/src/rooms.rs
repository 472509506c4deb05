//! What is kept in memory of each room, so that sending is cheap.

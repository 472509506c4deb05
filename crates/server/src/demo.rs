//! A lived-in organisation for looking around.

//! The command `valise`.

fn main() {}

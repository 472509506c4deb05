//! What stands in `spec/vectors` for other implementations. `VALISE_BLESS=1` writes what is made now; a change there is a change of the
//! protocol.

#![allow(dead_code)] // Not every test needs all of it.

use std::path::PathBuf;

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../spec/vectors")
        .join(name)
}

/// Tells whether what is made now is to be published.
pub fn is_blessed() -> bool {
    std::env::var_os("VALISE_BLESS").is_some()
}

/// Publishes a file.
pub fn publish(name: &str, made: &str) {
    std::fs::write(path(name), made).unwrap();
}

/// Reads a file.
pub fn text(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap()
}

/// Asserts that a file is what is made now, or makes it so.
pub fn compare(name: &str, made: &str) {
    if is_blessed() {
        publish(name, made);
    }
    let published = std::fs::read_to_string(path(name)).unwrap_or_default();
    assert!(published == made, "{name} is not what is made now");
}

/// Reads a file of lines `name: value`; what begins with `#` is said to whoever reads them.
pub fn lines(name: &str) -> Vec<(String, String)> {
    let text = text(name);
    let lines = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    let split = lines.map(|line| line.split_once(": ").unwrap());
    split
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

//! The files: a line a value, `name: value`; what begins with `#` is said to whoever reads them.

use std::path::PathBuf;

/// A file of vectors that is being made.
pub struct File(String);

impl File {
    pub fn new(head: &str) -> Self {
        Self(format!("# {head}\n"))
    }

    /// Says something about what follows.
    pub fn say(&mut self, words: &str) {
        self.0 += &format!("# {words}\n");
    }

    /// Puts bytes, in hexadecimal digits.
    pub fn put(&mut self, name: &str, bytes: impl AsRef<[u8]>) {
        self.text(name, &hex::encode(bytes));
    }

    /// Puts a text as it is.
    pub fn text(&mut self, name: &str, value: &str) {
        self.0 += &format!("{name}: {value}\n");
    }

    /// Asserts that it is what is published, or publishes it.
    pub fn compare(self, name: &str) {
        if std::env::var_os("VALISE_BLESS").is_some() {
            std::fs::write(path(name), &self.0).unwrap();
        }
        let published = std::fs::read_to_string(path(name)).unwrap_or_default();
        assert!(published == self.0, "{name} is not what is made now");
    }
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../spec/vectors")
        .join(name)
}

/// Reads the names and values of a file.
pub fn lines(name: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(path(name)).unwrap();
    let lines = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    let split = lines.map(|line| line.split_once(": ").unwrap());
    split
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

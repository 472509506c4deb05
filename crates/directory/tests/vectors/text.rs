//! The files: a line a value, `name: value`; what begins with `#` is said to whoever reads them.

#[path = "../../../wire/tests/published/mod.rs"]
mod published;

pub use published::lines;

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
        published::compare(name, &self.0);
    }
}

//! What both sides do: our rooms, and the MLS library alone.

use anyhow::Result;

/// A founder and some readers in a group of many devices. Numbers of readers count from 0.
pub trait Side {
    /// Makes a new group with the founder alone in it; the former one is forgotten.
    fn create(&mut self) -> Result<()>;
    /// Makes the commit that adds everybody, and its welcome, as they are sent.
    fn add_everybody(&mut self) -> Result<()>;
    /// Makes a commit of the founder that renews its keys, as it is sent.
    fn commit(&mut self) -> Result<()>;
    /// Merges the founder's last commit.
    fn confirm(&mut self) -> Result<()>;
    /// Lets a reader join by the welcome.
    fn join(&mut self, reader: usize) -> Result<()>;
    /// Lets a reader process and merge the founder's last commit.
    fn process(&mut self, reader: usize) -> Result<()>;
    /// Lets the founder encrypt something.
    fn encrypt(&mut self, content: &[u8]) -> Result<()>;
    /// Lets a reader decrypt what the founder encrypted last.
    fn decrypt(&mut self, reader: usize) -> Result<Vec<u8>>;
    /// Returns a secret that all who are in one epoch share; reader or founder.
    fn epoch(&self, reader: Option<usize>) -> Result<Vec<u8>>;
}

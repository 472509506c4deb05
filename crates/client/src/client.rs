//! The client: one door in, one door out.

use crate::file::OpenFile;
use crate::{Error, Input, Output};
use rusqlite::Connection;
use std::collections::VecDeque;
use valise_views::FileId;
use valise_wire::Timestamp;

/// One device of one person, over its store.
pub struct Client {
    store: Connection,
    outputs: VecDeque<Output>,
}

impl Client {
    /// Opens a client over its store, making or migrating the store's schema, and resumes what was under way.
    ///
    /// The connection has its key already ([`crate::store::key`]). `seed` is fresh randomness of the driver, different at each
    /// opening: all of the core's randomness is derived from it.
    pub fn open(store: Connection, _seed: [u8; 32], _now: Timestamp) -> Result<Self, Error> {
        Ok(Self {
            store,
            outputs: VecDeque::new(),
        })
    }

    /// Takes one input; all its effects on the store are one transaction.
    ///
    /// An error means that the store itself failed: nothing that a server or member sends is an error here.
    pub fn handle(&mut self, _input: Input, _now: Timestamp) -> Result<(), Error> {
        Ok(())
    }

    /// Returns the next thing to do, until there is none.
    pub fn poll(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// Returns what is needed to show a file, if it is on this device and was checked whole.
    pub fn open_file(&self, _file: &FileId) -> Result<Option<OpenFile>, Error> {
        let _ = &self.store;
        Ok(None)
    }
}

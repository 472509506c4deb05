//! One person: a device with its store, a line, and what stands on the screen.

use super::channel::Channel;
use super::clock::SimClock;
use rusqlite::{Connection, OpenFlags};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use valise_client::{Client, Guards, RequestId};
use valise_views::{NewMessage, Outcome, Shown};
use valise_wire::{BlobId, DeviceId, Timestamp};

/// Names a person of a world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Who(pub usize);

/// A device with its store, a line, and what stands on the screen.
pub struct Person {
    /// The person's name.
    pub name: &'static str,
    /// The running client; none between a crash and the restart.
    pub client: Option<Client>,
    /// Keeps the store in memory while no client has it open, as a disk would.
    pub disk: Connection,
    pub(super) uri: String,
    /// Which server is the person's: 0 for the world's first one.
    pub(super) server: usize,
    /// What its client guards: everything, but where a test shows what something is for.
    pub guards: Guards,
    /// Counts starts: what was on the way to a former run is dropped.
    pub incarnation: u64,
    /// The socket that stands, if one does.
    pub socket: Option<Socket>,
    /// Requests on that socket that have no answer yet.
    pub awaited: BTreeSet<RequestId>,
    /// Whether there is a network.
    pub online: bool,
    /// What the driver sees of the line, if it sees certificates.
    pub channel: Option<Channel>,
    /// What the device's clock shows.
    pub clock: SimClock,
    /// When the client wants to be woken, by the world's clock.
    pub wake: Option<Timestamp>,
    /// What came of commands.
    pub outcomes: HashMap<u64, Outcome>,
    /// What the views show.
    pub shown: BTreeMap<u64, Shown>,
    /// What notifications would have said.
    pub notified: Vec<NewMessage>,
    /// Files that the person chose, by handle.
    pub files: HashMap<u64, Vec<u8>>,
    /// Ciphertext that the driver keeps.
    pub cache: HashMap<BlobId, Vec<u8>>,
    /// Writes into it that succeed before one fails; none fails where there is no number.
    pub cache_fails_after: Option<u32>,
    /// Errors that `handle` returned; there must be none.
    pub errors: Vec<String>,
    /// The device as it signed in, once it has.
    pub device: Option<DeviceId>,
}

/// A standing connection.
pub struct Socket {
    /// Which one; pushes of a former one are dropped.
    pub number: u64,
    /// When the last thing on it arrives: nothing overtakes.
    pub to_client: Timestamp,
    /// The same towards the server.
    pub to_server: Timestamp,
}

impl Person {
    /// Makes a person with an empty device.
    pub fn new(name: &'static str, world: u64, index: usize) -> Self {
        let uri = format!("file:world-{world}-{index}?mode=memory&cache=shared");
        Self::over(name, open(&uri), uri)
    }

    /// Makes a person over a store that is there.
    pub(super) fn over(name: &'static str, disk: Connection, uri: String) -> Self {
        Self {
            name,
            client: None,
            disk,
            uri,
            server: 0,
            guards: Guards::ALL,
            incarnation: 0,
            socket: None,
            awaited: BTreeSet::new(),
            online: true,
            channel: None,
            clock: SimClock::default(),
            wake: None,
            outcomes: HashMap::new(),
            shown: BTreeMap::new(),
            notified: Vec::new(),
            files: HashMap::new(),
            cache: HashMap::new(),
            cache_fails_after: None,
            errors: Vec::new(),
            device: None,
        }
    }

    /// Returns where a copy of the store may lie.
    pub(super) fn uri_of_copy(&self, number: u64) -> String {
        self.uri
            .replacen("file:", &format!("file:copy-{number}-of-"), 1)
    }

    /// Writes the store as it is now to another place, where a person of the same world may take it up.
    pub(super) fn copy_store(&self, to: &str) -> Connection {
        let copy = open(to);
        // An empty database that exists already may be written to.
        self.disk
            .execute("VACUUM INTO ?1", [to])
            .expect("a store can be copied");
        copy
    }

    /// Returns up to where it has read its one room.
    ///
    /// # Panics
    /// If there is none.
    pub fn cursor(&self) -> u64 {
        let cursor = self
            .disk
            .query_row("SELECT cursor FROM room", [], |row| row.get::<_, i64>(0));
        cursor.expect("a room") as u64
    }

    /// Opens the store once more.
    pub fn open_store(&self) -> Connection {
        open(&self.uri)
    }
}

fn open(uri: &str) -> Connection {
    Connection::open_with_flags(uri, OpenFlags::default() | OpenFlags::SQLITE_OPEN_URI)
        .expect("a store in memory opens")
}

//! Signed things as they are kept: byte for byte, each with the message that it came in.

use crate::Error;
use crate::chats::kind;
use crate::state::Cx;
use rusqlite::{Connection, OptionalExtension as _};
use std::collections::BTreeMap;
use valise_evidence::request::Part;
use valise_evidence::sign1::{self, SignedIn};
use valise_evidence::{Act, Binding, Breach, Digest, Object, Party, Request, Response};
use valise_wire::policy::LeafIdentity;
use valise_wire::{AccountId, DeviceId, RequestId, RoomId, Timestamp};

/// What kind of signed thing it is, as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Request = 0,
    Response = 1,
    Act = 2,
}

impl Sort {
    /// Returns what a message is that holds it.
    pub(crate) fn kind(self) -> i64 {
        match self {
            Self::Act => kind::ACT,
            Self::Request | Self::Response => kind::LETTER,
        }
    }
}

/// Whether a signature holds, as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// The key is not known yet.
    Unknown = 0,
    Holds = 1,
    Forged = 2,
}

/// A signed thing that was read.
#[derive(Debug, Clone)]
pub(crate) enum Read {
    Request(Box<SignedIn<Request>>),
    Response(Box<SignedIn<Response>>),
    Act(Box<SignedIn<Act>>),
}

impl Read {
    /// Reads the bytes of whichever it is.
    pub(crate) fn of(bytes: &[u8]) -> Result<Self, Breach> {
        match sign1::read(bytes) {
            Err(Breach::AnotherType) => {}
            read => return read.map(|read| Self::Request(Box::new(read))),
        }
        match sign1::read(bytes) {
            Err(Breach::AnotherType) => {}
            read => return read.map(|read| Self::Response(Box::new(read))),
        }
        sign1::read(bytes).map(|read| Self::Act(Box::new(read)))
    }

    pub(crate) fn sort(&self) -> Sort {
        match self {
            Self::Request(_) => Sort::Request,
            Self::Response(_) => Sort::Response,
            Self::Act(_) => Sort::Act,
        }
    }

    /// Returns the files that it names, in order.
    pub(crate) fn parts(&self) -> &[Part] {
        match self {
            Self::Request(read) => &read.claims().parts,
            Self::Response(read) => &read.claims().parts,
            Self::Act(_) => &[],
        }
    }

    /// Returns who says to have signed it.
    pub(crate) fn party(&self) -> &Party {
        match self {
            Self::Request(read) => &read.claims().issuer,
            Self::Response(read) => &read.claims().signer,
            Self::Act(read) => &read.claims().actor,
        }
    }

    /// Returns the request that it says to belong to.
    pub(crate) fn request(&self) -> RequestId {
        match self {
            Self::Request(read) => read.claims().id,
            Self::Response(read) => read.claims().request,
            Self::Act(read) => read.claims().request,
        }
    }

    /// When it ends by itself, if it is a request that does.
    pub(crate) fn ends(&self) -> Option<Timestamp> {
        match self {
            Self::Request(read) => read.claims().ends,
            Self::Response(_) | Self::Act(_) => None,
        }
    }

    fn key_id(&self) -> [u8; 32] {
        match self {
            Self::Request(read) => read.key_id(),
            Self::Response(read) => read.key_id(),
            Self::Act(read) => read.key_id(),
        }
    }
}

/// A signed thing and the message that it came in.
pub(crate) struct Kept {
    pub(crate) message: i64,
    pub(crate) sender: AccountId,
    /// When the hub took it; of one's own that waits, when it was made.
    pub(crate) at: u64,
    /// Whether it stands in the log.
    pub(crate) settled: bool,
    pub(crate) sort: i64,
    /// None while it waits for its files.
    pub(crate) digest: Option<Digest>,
    pub(crate) bytes: Vec<u8>,
    pub(crate) proven: i64,
    pub(crate) text: String,
}

/// Returns what those are called who signed something on a guest's device.
pub(crate) fn names(store: &Connection) -> Result<BTreeMap<AccountId, String>, Error> {
    let mut query = store.prepare("SELECT body FROM signed WHERE proven = 1 ORDER BY message")?;
    let rows = query.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    let mut names = BTreeMap::new();
    for row in rows {
        if let Ok(read) = Read::of(&row?) {
            let party = read.party();
            names.insert(party.account, party.name.as_str().to_owned());
        }
    }
    Ok(names)
}

impl Cx<'_> {
    /// Returns what was signed in a room, in the order of its log, and then what waits.
    pub(crate) fn signed_in(&self, room: RoomId) -> Result<Vec<Kept>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT signed.message, message.sender, message.at, message.position IS NOT NULL, signed.sort, signed.digest,
                signed.body, signed.proven, message.body
             FROM signed JOIN message ON message.id = signed.message
             WHERE signed.room = ?1 ORDER BY message.position IS NULL, signed.again DESC, message.position, message.id",
        )?;
        let rows = query.query_map([room.0], |row| {
            Ok(Kept {
                message: row.get(0)?,
                sender: AccountId(row.get(1)?),
                at: row.get::<_, i64>(2)? as u64,
                settled: row.get(3)?,
                sort: row.get(4)?,
                digest: row.get::<_, Option<[u8; 32]>>(5)?.map(Digest),
                bytes: row.get(6)?,
                proven: row.get(7)?,
                text: row.get(8)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns the room of the request that a message belongs to, if it is signed.
    pub(crate) fn request_room_of(&self, message: i64) -> Result<Option<RoomId>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT room FROM signed WHERE message = ?1")?;
        let room: Option<[u8; 16]> = query.query_row([message], |row| row.get(0)).optional()?;
        Ok(room.map(RoomId))
    }

    /// Keeps a signed thing with its message.
    pub(crate) fn keep_signed(
        &mut self,
        message: i64,
        room: RoomId,
        device: DeviceId,
        read: &Read,
        bytes: &[u8],
        proof: Proof,
    ) -> Result<(), Error> {
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO signed (message, room, device, sort, digest, body, proven) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute((
                message,
                room.0,
                device.0,
                read.sort() as i64,
                Digest::of(bytes).0,
                bytes,
                proof as i64,
            ))?;
        if proof == Proof::Holds && self.state.roll.guest.is_some() {
            let party = read.party();
            let name = party.name.as_str().to_owned();
            let roll = std::sync::Arc::make_mut(&mut self.state.roll);
            roll.called.insert(party.account, name);
        }
        Ok(())
    }

    /// Judges a signature by the key that the directory names for the device that MLS says sent it: nobody signs for another one.
    pub(crate) fn prove(
        &mut self,
        room: RoomId,
        sender: &LeafIdentity,
        read: &Read,
    ) -> Result<Proof, Error> {
        let party = read.party();
        if party.account != sender.account || party.device != sender.device {
            return Ok(Proof::Forged);
        }
        let roll = self.state.roll.clone();
        let Some(directory) = roll.directory_of(sender.account) else {
            return Ok(Proof::Unknown);
        };
        if directory.side_of(sender.account) != party.organisation {
            return Ok(Proof::Forged);
        }
        let Some(entry) = directory.evidence_key_of(sender.device) else {
            return Ok(Proof::Unknown);
        };
        let has_ended = entry
            .ended
            .is_some_and(|end| party.directory >= end.position);
        if entry.account != sender.account || entry.key.id() != read.key_id() || has_ended {
            return Ok(Proof::Forged);
        }
        let binding = self.binding(room)?;
        let holds = match read.clone() {
            Read::Request(read) => verifies(*read, entry, &binding),
            Read::Response(read) => verifies(*read, entry, &binding),
            Read::Act(read) => verifies(*read, entry, &binding),
        };
        Ok(if holds { Proof::Holds } else { Proof::Forged })
    }

    /// Returns what is signed along in a room: a request lives on the server of whoever asks.
    pub(crate) fn binding(&mut self, room: RoomId) -> Result<Binding, Error> {
        self.room(room)?;
        self.binding_here(room)
    }

    /// The same, where the room is known to be there.
    pub(super) fn binding_here(&self, room: RoomId) -> Result<Binding, Error> {
        let own = self.account()?.organisation;
        let hub = self.state.rooms.get(&room).and_then(|room| room.hub);
        let asks = hub.unwrap_or(own);
        Ok(Binding { asks, room })
    }
}

fn verifies<T: Object>(
    read: SignedIn<T>,
    entry: &valise_directory::fold::EvidenceEntry,
    binding: &Binding,
) -> bool {
    read.verify(&entry.key, binding).is_ok()
}

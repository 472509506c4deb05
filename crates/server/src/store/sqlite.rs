//! The store in one SQLite file: a log that only grows at its end, one writer that gathers what waits, several readers.

mod apply;
mod archives;
mod columns;
mod guests;
mod lockers;
mod partners;
mod reads;
mod receipts;
mod schema;
mod statement;
mod subscriptions;
mod writer;

use super::{
    Appended, ArchiveRow, Batch, DeviceHeads, FollowerRow, GroupRow, LockerUse, MemberRow,
    Observed, Outcome, PartnerUse, RoomRow, Setting, Span, Store, StoreError, SubscriptionRow,
};
use reads::Readers;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::sync::{Arc, Mutex};
use thiserror::Error;
use valise_wire::partner::Introduction;
use valise_wire::push::Event;
use valise_wire::request::{ForeignEntry, InboxPage, RoomHead};
use valise_wire::statement::LogEntry;
use valise_wire::{
    AccountId, ArchiveId, DeviceId, InvitationId, LockerId, Octets, OrganisationId, RequestId,
    RoomId, Timestamp, TransactionId,
};
use writer::Writer;

/// Threads that read.
const READERS: usize = 2;

/// Why a database cannot be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// A newer version of this program wrote it.
    #[error(
        "the database is of version {found}, and this program knows {known}: use the newer program"
    )]
    Newer {
        /// Version of the database.
        found: usize,
        /// Newest version known here.
        known: usize,
    },
    /// It is no database of this program.
    #[error("the file is no database of this program")]
    Foreign,
    /// A thread could not be started.
    #[error("a thread cannot be started: {0}")]
    Thread(#[from] std::io::Error),
    /// SQLite refuses.
    #[error("the database cannot be opened: {0}")]
    Sql(#[from] rusqlite::Error),
}

/// A store in SQLite. In a file it writes and reads on threads of its own; in memory it does everything in the caller, so
/// that a simulation is deterministic.
pub struct SqliteStore {
    writer: Writer,
    readers: Readers,
}

impl SqliteStore {
    /// Opens the database in a file, makes it if there is none, and brings it to the newest version. `generation` names a
    /// new database.
    pub fn open(path: &Path, generation: [u8; 16]) -> Result<Self, OpenError> {
        let mut connection = Connection::open(path)?;
        prepare(&mut connection, generation)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connections = Vec::new();
        for _ in 0..READERS {
            let reader = Connection::open_with_flags(path, flags)?;
            reader.busy_timeout(std::time::Duration::from_secs(10))?;
            reader.set_prepared_statement_cache_capacity(64);
            connections.push(reader);
        }
        Ok(Self {
            writer: Writer::start(connection)?,
            readers: Readers::start(connections)?,
        })
    }

    /// Makes an empty database in memory. Commits and reads are done before the future is first polled to its end.
    pub fn in_memory(generation: [u8; 16]) -> Result<Self, OpenError> {
        let mut connection = Connection::open_in_memory()?;
        prepare(&mut connection, generation)?;
        let connection = Arc::new(Mutex::new(connection));
        Ok(Self {
            writer: Writer::inline(connection.clone()),
            readers: Readers::Inline(connection),
        })
    }
}

fn prepare(connection: &mut Connection, generation: [u8; 16]) -> Result<(), OpenError> {
    schema::configure(connection)?;
    schema::migrate(connection)?;
    let named = "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    connection.execute(
        named,
        rusqlite::params![Setting::Generation.name(), generation.as_slice()],
    )?;
    Ok(())
}

/// Gives the database in a file another generation: it was restored from a backup, and clients must know.
pub fn renew_generation(path: &Path, generation: [u8; 16]) -> Result<(), OpenError> {
    let mut connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    prepare(&mut connection, generation)?;
    let renewed = "UPDATE setting SET value = ?2 WHERE name = ?1";
    connection.execute(
        renewed,
        rusqlite::params![Setting::Generation.name(), generation.as_slice()],
    )?;
    // What nobody had taken then may have been taken since: nobody gets it a second time.
    let taken = "UPDATE archive SET claim = ?1 WHERE claim IS NULL";
    connection.execute(taken, [generation.as_slice()])?;
    Ok(())
}

/// Tells what an error of SQLite means for the store.
fn failure(error: &rusqlite::Error) -> StoreError {
    use rusqlite::ErrorCode::{DatabaseCorrupt, DiskFull, NotADatabase, ReadOnly, SystemIoFailure};
    match error.sqlite_error_code() {
        Some(DiskFull) => StoreError::Full,
        Some(SystemIoFailure | DatabaseCorrupt | NotADatabase | ReadOnly) => {
            StoreError::OutOfService
        }
        _ => StoreError::Corrupt,
    }
}

impl Store for SqliteStore {
    async fn commit(&self, batch: Batch) -> Result<Outcome, StoreError> {
        self.writer.commit(batch).await
    }

    fn is_in_service(&self) -> bool {
        self.writer.is_in_service()
    }

    async fn setting(&self, setting: Setting) -> Result<Option<Vec<u8>>, StoreError> {
        self.readers
            .run(move |connection| reads::setting(connection, setting))
            .await
    }

    async fn statements(&self, after: u64, limit: u32) -> Result<Vec<LogEntry>, StoreError> {
        self.readers
            .run(move |connection| reads::statements(connection, after, limit))
            .await
    }

    async fn room(&self, room: RoomId) -> Result<Option<RoomRow>, StoreError> {
        self.readers
            .run(move |connection| reads::room(connection, room))
            .await
    }

    async fn members(&self, room: RoomId) -> Result<Vec<MemberRow>, StoreError> {
        self.readers
            .run(move |connection| reads::members(connection, room))
            .await
    }

    async fn group(&self, room: RoomId) -> Result<Option<GroupRow>, StoreError> {
        self.readers
            .run(move |connection| reads::group(connection, room))
            .await
    }

    async fn accepted(
        &self,
        room: RoomId,
        device: DeviceId,
        transaction: TransactionId,
    ) -> Result<Option<Appended>, StoreError> {
        self.readers
            .run(move |connection| reads::accepted(connection, room, device, transaction))
            .await
    }

    async fn spans(&self, room: RoomId, device: DeviceId) -> Result<Vec<Span>, StoreError> {
        self.readers
            .run(move |connection| reads::spans(connection, room, device))
            .await
    }

    async fn events(
        &self,
        room: RoomId,
        after: u64,
        up_to: u64,
        limit: u32,
        max_bytes: usize,
    ) -> Result<Vec<Event>, StoreError> {
        self.readers
            .run(move |connection| reads::events(connection, room, after, up_to, limit, max_bytes))
            .await
    }

    async fn rooms_of_device(&self, device: DeviceId) -> Result<Vec<RoomHead>, StoreError> {
        self.readers
            .run(move |connection| reads::rooms_of_device(connection, device))
            .await
    }

    async fn rooms_with(&self, account: AccountId) -> Result<Vec<RoomId>, StoreError> {
        self.readers
            .run(move |connection| reads::rooms_with(connection, account))
            .await
    }

    async fn inbox(
        &self,
        device: DeviceId,
        after: u64,
        max_bytes: usize,
    ) -> Result<InboxPage, StoreError> {
        self.readers
            .run(move |connection| reads::inbox(connection, device, after, max_bytes))
            .await
    }

    async fn device_heads(&self, device: DeviceId) -> Result<DeviceHeads, StoreError> {
        self.readers
            .run(move |connection| reads::device_heads(connection, device))
            .await
    }

    async fn archive(&self, archive: ArchiveId) -> Result<Option<ArchiveRow>, StoreError> {
        self.readers
            .run(move |connection| archives::archive(connection, archive))
            .await
    }

    async fn subscriptions(&self) -> Result<Vec<(DeviceId, SubscriptionRow)>, StoreError> {
        self.readers.run(subscriptions::all).await
    }

    async fn archive_part(
        &self,
        archive: ArchiveId,
        part: u32,
    ) -> Result<Option<Octets>, StoreError> {
        self.readers
            .run(move |connection| archives::part(connection, archive, part))
            .await
    }

    async fn locker_part(&self, locker: LockerId, part: u32) -> Result<Option<Octets>, StoreError> {
        self.readers
            .run(move |connection| lockers::part(connection, locker, part))
            .await
    }

    async fn locker_use(&self, account: AccountId) -> Result<LockerUse, StoreError> {
        self.readers
            .run(move |connection| lockers::used(connection, account))
            .await
    }

    async fn returns(&self, account: AccountId) -> Result<Vec<[u8; 32]>, StoreError> {
        self.readers
            .run(move |connection| lockers::returns(connection, account))
            .await
    }

    async fn foreign(&self, after: u64, limit: u32) -> Result<Vec<ForeignEntry>, StoreError> {
        self.readers
            .run(move |connection| partners::foreign(connection, after, limit))
            .await
    }

    async fn followed(&self) -> Result<Vec<(RoomId, OrganisationId)>, StoreError> {
        self.readers.run(partners::rooms::followed).await
    }

    async fn followers(&self, partner: OrganisationId) -> Result<Vec<FollowerRow>, StoreError> {
        self.readers
            .run(move |connection| partners::rooms::followers(connection, partner))
            .await
    }

    async fn moved(
        &self,
        room: RoomId,
        after: u64,
        up_to: u64,
    ) -> Result<Vec<(u64, DeviceId, AccountId, bool)>, StoreError> {
        self.readers
            .run(move |connection| partners::rooms::moved(connection, room, after, up_to))
            .await
    }

    async fn waiting(&self) -> Result<Vec<DeviceId>, StoreError> {
        self.readers.run(partners::rooms::waiting).await
    }

    async fn carried(&self, device: DeviceId, hub: OrganisationId) -> Result<u64, StoreError> {
        self.readers
            .run(move |connection| partners::rooms::carried(connection, device, hub))
            .await
    }

    async fn partner_use(&self) -> Result<Vec<(OrganisationId, PartnerUse)>, StoreError> {
        self.readers.run(partners::shares::partner_use).await
    }

    async fn shown(&self, partner: OrganisationId) -> Result<Vec<AccountId>, StoreError> {
        self.readers
            .run(move |connection| partners::shown(connection, partner))
            .await
    }

    async fn told(&self, partner: OrganisationId) -> Result<u64, StoreError> {
        self.readers
            .run(move |connection| partners::told(connection, partner))
            .await
    }

    async fn offered(&self, key: [u8; 32]) -> Result<Option<Timestamp>, StoreError> {
        self.readers
            .run(move |connection| partners::offered(connection, &key))
            .await
    }

    async fn noted(
        &self,
        room: RoomId,
        objects: Vec<[u8; 32]>,
    ) -> Result<Vec<(Observed, Option<Octets>)>, StoreError> {
        self.readers
            .run(move |connection| receipts::noted(connection, room, &objects))
            .await
    }

    async fn has_come(
        &self,
        room: RoomId,
        request: RequestId,
        taken: valise_evidence::Event,
        by: Timestamp,
    ) -> Result<bool, StoreError> {
        self.readers
            .run(move |connection| receipts::has_come(connection, room, request, taken, by))
            .await
    }

    async fn uncarried(
        &self,
        before: Timestamp,
        most: u32,
    ) -> Result<Vec<(RoomId, Observed)>, StoreError> {
        self.readers
            .run(move |connection| receipts::uncarried(connection, before, most))
            .await
    }

    async fn guest_tries(&self) -> Result<Vec<(InvitationId, u32)>, StoreError> {
        self.readers.run(guests::tries).await
    }

    async fn introductions(&self, now: Timestamp) -> Result<Vec<Introduction>, StoreError> {
        self.readers
            .run(move |connection| partners::introductions(connection, now))
            .await
    }
}

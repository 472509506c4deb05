//! What a batch does to the database, inside a transaction that is open already.

mod partners;

use super::super::{
    Append, Appended, Assertion, Batch, Committed, Entry, GroupChange, MemberChange, Observed,
    Outcome,
};
use super::columns::{bytes, count, number};
use super::{archives, guests, lockers, receipts, subscriptions};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;
use valise_mls::chain::{Chain, digest};
use valise_wire::request::ClaimedKeyPackage;
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, DeviceId, Octets, RoomId, Timestamp, TransactionId};

/// Why a batch was not done.
pub(super) enum Undone {
    /// An assertion does not hold; nothing was written.
    Failed(Assertion),
    /// The database refused.
    Sql(rusqlite::Error),
}

impl From<rusqlite::Error> for Undone {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

/// Where a room stands inside the running batch.
#[derive(Clone, Copy)]
struct Place {
    id: i64,
    head: u64,
    epoch: u64,
    chain: Chain,
    pending: u32,
}

/// Does a batch. After an error the caller rolls back to where it began.
pub(super) fn apply(connection: &Connection, batch: &Batch) -> Result<Outcome, Undone> {
    let mut run = Run {
        connection,
        places: BTreeMap::new(),
        done: Committed::default(),
    };
    for entry in &batch.entries {
        let Entry::Append(Append {
            room,
            once: Some((device, transaction)),
            ..
        }) = entry
        else {
            continue;
        };
        if let Some(first) = run.repeated(*room, *device, *transaction)? {
            return Ok(Outcome::Repeated(first));
        }
    }
    for assertion in &batch.asserts {
        if !run.holds(assertion)? {
            return Err(Undone::Failed(*assertion));
        }
    }
    for entry in &batch.entries {
        run.entry(entry)?;
    }
    Ok(Outcome::Done(run.done))
}

struct Run<'a> {
    connection: &'a Connection,
    places: BTreeMap<RoomId, Place>,
    done: Committed,
}

impl Run<'_> {
    fn execute(&self, sql: &str, parameters: impl rusqlite::Params) -> rusqlite::Result<usize> {
        self.connection.prepare_cached(sql)?.execute(parameters)
    }

    fn place(&mut self, room: RoomId) -> rusqlite::Result<Option<Place>> {
        if let Some(place) = self.places.get(&room) {
            return Ok(Some(*place));
        }
        let mut select = self.connection.prepare_cached(
            "SELECT id, head, epoch, chain, pending_removals FROM room WHERE room = ?1",
        )?;
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Place {
                id: row.get(0)?,
                head: count(row, 1)?,
                epoch: count(row, 2)?,
                chain: Chain(bytes(row, 3)?),
                pending: row.get(4)?,
            })
        };
        let place = select.query_row([room.0.as_slice()], read).optional()?;
        self.places.extend(place.map(|place| (room, place)));
        Ok(place)
    }

    fn existing(&mut self, room: RoomId) -> rusqlite::Result<Place> {
        self.place(room)?
            .ok_or(rusqlite::Error::QueryReturnedNoRows)
    }

    fn repeated(
        &mut self,
        room: RoomId,
        device: DeviceId,
        transaction: TransactionId,
    ) -> rusqlite::Result<Option<Appended>> {
        let Some(place) = self.place(room)? else {
            return Ok(None);
        };
        first_answer(self.connection, place.id, device, transaction)
    }

    fn holds(&mut self, assertion: &Assertion) -> rusqlite::Result<bool> {
        let counted = |sql: &str, device: &DeviceId| -> rusqlite::Result<u32> {
            self.connection
                .prepare_cached(sql)?
                .query_row([device.0.as_slice()], |row| row.get(0))
        };
        Ok(match assertion {
            Assertion::RoomAbsent(room) => self.place(*room)?.is_none(),
            Assertion::Epoch(room, epoch) => self
                .place(*room)?
                .is_some_and(|place| place.epoch == *epoch),
            Assertion::NothingPending(room) => {
                self.place(*room)?.is_some_and(|place| place.pending == 0)
            }
            Assertion::DirectoryHead(head) => directory_head(self.connection)? == *head,
            Assertion::InboxBelow(device, most) => {
                counted("SELECT COUNT(*) FROM inbox WHERE device = ?1", device)? < *most
            }
            Assertion::KeyPackagesBelow(device, most) => {
                counted(
                    "SELECT COUNT(*) FROM key_package WHERE device = ?1 AND last_resort = 0 AND given_out = 0",
                    device,
                )? < *most
            }
            Assertion::ArchiveClaim(archive, claim) => {
                let row = archives::archive(self.connection, *archive)?;
                row.and_then(|row| row.claim)
                    .is_none_or(|first| Some(first) == *claim)
            }
            Assertion::LockerOwner(locker, account) => {
                let owner = lockers::owner(self.connection, *locker)?;
                owner.is_none_or(|owner| owner == *account)
            }
            Assertion::LockerHolds(locker, part, digest) => {
                lockers::digest(self.connection, *locker, *part)? == Some(*digest)
            }
            Assertion::Unnoted(room, object) => match self.place(*room)? {
                Some(place) => !receipts::is_noted(self.connection, place.id, object)?,
                None => true,
            },
            Assertion::Noted(room) => match self.place(*room)? {
                Some(place) => receipts::is_any_noted(self.connection, place.id)?,
                None => false,
            },
            Assertion::Within(bound) => super::partners::shares::is_within(self.connection, bound)?,
            Assertion::RoomHead(room, head) => {
                self.place(*room)?.is_some_and(|place| place.head == *head)
            }
        })
    }

    fn entry(&mut self, entry: &Entry) -> rusqlite::Result<()> {
        match entry {
            Entry::CreateRoom(room) => self.create_room(*room),
            Entry::Append(append) => self.append(append),
            Entry::Group(change) => self.group(change),
            Entry::GroupState(room, state) => {
                let place = self.existing(*room)?;
                self.execute(
                    "UPDATE room_group SET state = ?2 WHERE room = ?1",
                    params![place.id, state],
                )
                .map(drop)
            }
            Entry::Member(room, change) => self.member(*room, change),
            Entry::Pending(room, more) => self.pending(*room, *more),
            Entry::Welcome(room, devices, welcome) => self.welcome(*room, devices, welcome),
            Entry::ClearInbox(device, up_to) => self.clear_inbox(*device, *up_to),
            Entry::Statement(statement) => self.statement(statement),
            Entry::KeyPackages(device, packages) => packages
                .iter()
                .try_for_each(|package| self.key_package(*device, package, false)),
            Entry::LastResort(device, package) => {
                self.execute(
                    "DELETE FROM key_package WHERE device = ?1 AND last_resort = 1",
                    [device.0.as_slice()],
                )?;
                self.key_package(*device, package, true)
            }
            Entry::Claim(devices) => devices
                .iter()
                .try_for_each(|(account, device)| self.claim(*account, *device, false)),
            Entry::Behind(device, position) => self.put_behind(*device, *position),
            Entry::BeginArchive(archive, row) => archives::begin(self.connection, *archive, row),
            Entry::ArchivePart(archive, part, body) => {
                archives::keep(self.connection, *archive, *part, body)
            }
            Entry::ClaimArchive(archive, claim) => {
                archives::claim(self.connection, *archive, claim)
            }
            Entry::EmptyArchive(archive) => archives::empty(self.connection, *archive),
            Entry::LockerPart(locker, account, part, body) => {
                lockers::put(self.connection, *locker, *account, *part, body)
            }
            Entry::EmptyLocker(locker) => lockers::empty(self.connection, *locker),
            Entry::Returns(account, device, digests) => {
                lockers::keep_returns(self.connection, *account, *device, digests)
            }
            Entry::ForgetReturns(account) => lockers::forget_returns(self.connection, *account),
            Entry::ForgetLockers(account) => lockers::forget(self.connection, *account),
            Entry::Subscription(device, row) => {
                subscriptions::set(self.connection, *device, row.as_ref())
            }
            Entry::ForgetDevice(device) => {
                self.clear_inbox(*device, u64::MAX)?;
                archives::forget(self.connection, *device)?;
                subscriptions::set(self.connection, *device, None)?;
                super::partners::shares::forget_claims(self.connection, *device)?;
                self.execute(
                    "DELETE FROM key_package WHERE device = ?1",
                    [device.0.as_slice()],
                )
                .map(drop)
            }
            Entry::Foreign(..)
            | Entry::Follow(_)
            | Entry::SetBack(..)
            | Entry::Carried(..)
            | Entry::Follower(..)
            | Entry::FollowerLeft(..)
            | Entry::FollowerHas(..)
            | Entry::Counted(..)
            | Entry::ClaimFor(..)
            | Entry::Shown(..)
            | Entry::Told(..)
            | Entry::Offer(..)
            | Entry::Introduced(_) => self.partner_entry(entry),
            Entry::Took(room, seen) => {
                let place = self.existing(*room)?;
                let seq = place.head;
                receipts::note(self.connection, place.id, &Observed { seq, ..*seen })
            }
            Entry::Observed(room, seen) => {
                let place = self.existing(*room)?;
                receipts::note(self.connection, place.id, seen)
            }
            Entry::Receipt(room, object, event, body) => {
                let place = self.existing(*room)?;
                receipts::keep(self.connection, place.id, object, *event, body)
            }
            Entry::WrongCode(pass) => guests::count(self.connection, *pass),
            Entry::Setting(setting, Some(value)) => self
                .execute(
                    "INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)",
                    params![setting.name(), value],
                )
                .map(drop),
            Entry::Setting(setting, None) => self
                .execute("DELETE FROM setting WHERE name = ?1", [setting.name()])
                .map(drop),
        }
    }

    fn create_room(&mut self, room: RoomId) -> rusqlite::Result<()> {
        let chain = Chain::start(room);
        self.execute(
            "INSERT INTO room (room, head, epoch, chain, pending_removals) VALUES (?1, 0, 0, ?2, 0)",
            params![room.0.as_slice(), chain.0.as_slice()],
        )?;
        let id = self.connection.last_insert_rowid();
        self.places.insert(
            room,
            Place {
                id,
                head: 0,
                epoch: 0,
                chain,
                pending: 0,
            },
        );
        Ok(())
    }

    fn append(&mut self, append: &Append) -> rusqlite::Result<()> {
        let mut place = self.existing(append.room)?;
        place.head += 1;
        place.chain = place.chain.next(place.head, append.kind, &append.digest);
        let (device, transaction) = append.once.unzip();
        self.execute(
            "INSERT INTO event (room, seq, kind, at, device, transaction_id, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                place.id,
                number(place.head),
                append.kind as u8,
                number(append.at.0),
                device.as_ref().map(|device| device.0.as_slice()),
                transaction.as_ref().map(|transaction| transaction.0.as_slice()),
                append.body.0,
            ],
        )?;
        self.execute(
            "UPDATE room SET head = ?2, chain = ?3 WHERE id = ?1",
            params![place.id, number(place.head), place.chain.0.as_slice()],
        )?;
        self.places.insert(append.room, place);
        self.done.appended.push(Appended {
            seq: place.head,
            digest: append.digest,
            at: append.at,
        });
        Ok(())
    }

    fn group(&mut self, change: &GroupChange) -> rusqlite::Result<()> {
        let mut place = self.existing(change.room)?;
        (place.epoch, place.pending) = (change.epoch, 0);
        self.execute(
            "UPDATE room SET epoch = ?2, pending_removals = 0 WHERE id = ?1",
            params![place.id, number(place.epoch)],
        )?;
        self.execute(
            "INSERT OR REPLACE INTO room_group (room, seq, chain, state, group_info) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![place.id, number(place.head), place.chain.0.as_slice(), change.state, change.group_info],
        )?;
        self.places.insert(change.room, place);
        Ok(())
    }

    fn member(&mut self, room: RoomId, change: &MemberChange) -> rusqlite::Result<()> {
        let place = self.existing(room)?;
        match change {
            MemberChange::Added(device, account) => self.execute(
                "INSERT INTO membership (device, room, since, account, until) VALUES (?1, ?2, ?3, ?4, NULL)",
                params![device.0.as_slice(), place.id, number(place.head), account.0.as_slice()],
            ),
            MemberChange::Removed(device) => self.execute(
                "UPDATE membership SET until = ?3 WHERE device = ?1 AND room = ?2 AND until IS NULL",
                params![device.0.as_slice(), place.id, number(place.head)],
            ),
        }
        .map(drop)
    }

    fn pending(&mut self, room: RoomId, more: u32) -> rusqlite::Result<()> {
        let mut place = self.existing(room)?;
        place.pending = place.pending.saturating_add(more);
        self.execute(
            "UPDATE room SET pending_removals = ?2 WHERE id = ?1",
            params![place.id, place.pending],
        )?;
        self.places.insert(room, place);
        Ok(())
    }

    fn welcome(
        &mut self,
        room: RoomId,
        devices: &[DeviceId],
        welcome: &Octets,
    ) -> rusqlite::Result<()> {
        let place = self.existing(room)?;
        self.welcome_at(room, devices, welcome, place.head, &place.chain.0)
    }

    fn welcome_at(
        &mut self,
        room: RoomId,
        devices: &[DeviceId],
        welcome: &Octets,
        seq: u64,
        chain: &[u8; 32],
    ) -> rusqlite::Result<()> {
        let place = self.existing(room)?;
        self.execute("INSERT INTO welcome (body) VALUES (?1)", [&welcome.0])?;
        let id = self.connection.last_insert_rowid();
        for device in devices {
            let mut advance = self.connection.prepare_cached(
                "INSERT INTO inbox_head (device, position) VALUES (?1, 1) ON CONFLICT DO UPDATE SET position = position + 1 RETURNING position",
            )?;
            let position = advance.query_row([device.0.as_slice()], |row| count(row, 0))?;
            self.execute(
                "INSERT INTO inbox (device, position, room, seq, chain, welcome) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![device.0.as_slice(), number(position), place.id, number(seq), chain.as_slice(), id],
            )?;
            self.done.inboxes.push((*device, position));
        }
        Ok(())
    }

    /// Gives an item of an inbox the next position; one that is not there stays away.
    fn put_behind(&self, device: DeviceId, position: u64) -> rusqlite::Result<()> {
        let place = params![device.0.as_slice(), number(position)];
        let is_there = "SELECT EXISTS (SELECT 1 FROM inbox WHERE device = ?1 AND position = ?2)";
        let mut is_there = self.connection.prepare_cached(is_there)?;
        if !is_there.query_row(place, |row| row.get(0))? {
            return Ok(());
        }
        self.execute(
            "UPDATE inbox_head SET position = position + 1 WHERE device = ?1",
            [device.0.as_slice()],
        )?;
        self.execute(
            "UPDATE inbox SET position = (SELECT position FROM inbox_head WHERE device = ?1) WHERE device = ?1 AND position = ?2",
            place,
        )
        .map(drop)
    }

    fn clear_inbox(&self, device: DeviceId, up_to: u64) -> rusqlite::Result<()> {
        let mut delete = self.connection.prepare_cached(
            "DELETE FROM inbox WHERE device = ?1 AND position <= ?2 RETURNING welcome",
        )?;
        let welcomes: Vec<i64> = delete
            .query_map(params![device.0.as_slice(), number(up_to)], |row| {
                row.get(0)
            })?
            .collect::<rusqlite::Result<_>>()?;
        for welcome in welcomes {
            self.execute("DELETE FROM welcome WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM inbox WHERE welcome = ?1)", [welcome])?;
        }
        Ok(())
    }

    fn statement(&mut self, statement: &SignedStatement) -> rusqlite::Result<()> {
        let position = directory_head(self.connection)? + 1;
        self.execute(
            "INSERT INTO statement (position, kind, payload, signature) VALUES (?1, ?2, ?3, ?4)",
            params![
                number(position),
                statement.kind as u8,
                statement.payload.0,
                statement.signature.as_slice()
            ],
        )?;
        self.done.statements.push(position);
        Ok(())
    }

    fn key_package(
        &self,
        device: DeviceId,
        package: &Octets,
        last_resort: bool,
    ) -> rusqlite::Result<()> {
        self.execute(
            "INSERT INTO key_package (device, last_resort, given_out, digest, body) VALUES (?1, ?2, 0, ?3, ?4) ON CONFLICT DO NOTHING",
            params![device.0.as_slice(), last_resort, digest(package).as_slice(), package.0],
        )
        .map(drop)
    }

    /// Takes a key package of a device; `last` takes none but that of last resort.
    fn claim(&mut self, account: AccountId, device: DeviceId, last: bool) -> rusqlite::Result<()> {
        let mut select = self
            .connection
            .prepare_cached("SELECT id, last_resort, body FROM key_package WHERE device = ?1 AND last_resort >= ?2 AND given_out = 0 ORDER BY last_resort, id LIMIT 1")?;
        let found: Option<(i64, bool, Vec<u8>)> = select
            .query_row(params![device.0.as_slice(), last], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        let Some((id, last_resort, body)) = found else {
            return Ok(());
        };
        if !last_resort {
            self.execute(
                "UPDATE key_package SET given_out = 1, body = x'' WHERE id = ?1",
                [id],
            )?;
        }
        self.done.claimed.push(ClaimedKeyPackage {
            account,
            device,
            key_package: Octets(body),
        });
        Ok(())
    }
}

/// Returns the last position of the organisation's log.
pub(super) fn directory_head(connection: &Connection) -> rusqlite::Result<u64> {
    connection
        .prepare_cached("SELECT IFNULL(MAX(position), 0) FROM statement")?
        .query_row([], |row| count(row, 0))
}

/// Returns the first answer to what a device wanted done once.
pub(super) fn first_answer(
    connection: &Connection,
    room: i64,
    device: DeviceId,
    transaction: TransactionId,
) -> rusqlite::Result<Option<Appended>> {
    let mut select = connection.prepare_cached(
        "SELECT seq, at, body FROM event WHERE transaction_id = ?1 AND room = ?2 AND device = ?3",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        let digest = digest(row.get_ref(2)?.as_blob()?);
        Ok(Appended {
            seq: count(row, 0)?,
            digest,
            at: Timestamp(count(row, 1)?),
        })
    };
    select
        .query_row(
            params![transaction.0.as_slice(), room, device.0.as_slice()],
            read,
        )
        .optional()
}

//! The client: one door in, one door out.

use crate::archive::Content;
use crate::file::{OpenFile, row};
use crate::guard::Guards;
use crate::io::{Event, Failure, RequestId, Sight};
use crate::state::{Cx, State};
use crate::{Error, Input, Output, evidence, store};
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use valise_directory::keys::EvidenceKey;
use valise_views::FileId;
use valise_wire::Timestamp;

/// One device of one person, over its store.
pub struct Client {
    store: Connection,
    state: State,
    /// What the clock showed last.
    last: Timestamp,
}

/// A clock that goes back by less goes on: what waits, waits so much longer.
const PUT_BACK_MILLIS: u64 = 30_000;

impl Client {
    /// Opens a client over its store, making or migrating the store's schema, and resumes what was under way.
    ///
    /// The connection has its key already ([`crate::store::key`]). `seed` is fresh randomness of the driver, different at
    /// each opening: all of the core's randomness is derived from it.
    pub fn open(store: Connection, seed: [u8; 32], now: Timestamp) -> Result<Self, Error> {
        Self::open_with(store, seed, now, Guards::ALL, Sight::Nothing)
    }

    /// Opens a client whose driver sees with which certificate a server is reached.
    pub fn open_seeing(store: Connection, seed: [u8; 32], now: Timestamp) -> Result<Self, Error> {
        Self::open_with(store, seed, now, Guards::ALL, Sight::Certificates)
    }

    /// Opens a client that leaves some things unguarded, for the tests that show what each is for.
    #[doc(hidden)]
    pub fn open_with(
        store: Connection,
        seed: [u8; 32],
        now: Timestamp,
        guards: Guards,
        sight: Sight,
    ) -> Result<Self, Error> {
        store.set_prepared_statement_cache_capacity(128);
        // Otherwise whatever is compared with a bound value while there is a partial index is planned anew each time.
        store.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        store::migrate(&store)?;
        let state = State::load(&store, seed, guards, sight)?;
        let mut client = Self {
            store,
            state,
            last: now,
        };
        client.handle(Input::Tick, now)?;
        Ok(client)
    }

    /// Takes one input; all its effects on the store are one transaction.
    ///
    /// An error means that the store itself failed: nothing that a server or member sends is an error here. The client
    /// is then as after a crash at that point, and can go on.
    pub fn handle(&mut self, input: Input, now: Timestamp) -> Result<(), Error> {
        if self.last.millis_since(now) > PUT_BACK_MILLIS {
            self.clock_was_put_back();
        }
        self.last = now;
        self.store.execute_batch("BEGIN IMMEDIATE")?;
        let mut cx = Cx {
            db: &self.store,
            state: &mut self.state,
            now,
        };
        let result = cx.run(input);
        let result = result.and_then(|()| Ok(self.store.execute_batch("COMMIT")?));
        if result.is_err() {
            self.recover();
        }
        result
    }

    /// Returns the next thing to do, until there is none.
    pub fn poll(&mut self) -> Option<Output> {
        let next = self.state.outputs.pop_front();
        next.or_else(|| self.state.wake.take().map(Output::Wake))
    }

    /// Returns what is needed to show a file, if it is on this device and was checked whole.
    pub fn open_file(&self, file: &FileId) -> Result<Option<OpenFile>, Error> {
        row::open_file(&self.store, file)
    }

    /// Returns what this device signs with that has to be proven later, once the directory says so.
    pub fn evidence_signer(&self) -> Result<Option<EvidenceKey>, Error> {
        evidence::signer(&self.store, &self.state)
    }

    /// Returns the store, as a crash would leave it.
    #[cfg(test)]
    pub(crate) fn into_store(self) -> Connection {
        self.store
    }

    /// Returns the store.
    #[cfg(test)]
    pub(crate) fn store(&self) -> &Connection {
        &self.store
    }

    /// Begins anew as after a crash: by the clock of before everything would wait until that time has come again.
    fn clock_was_put_back(&mut self) {
        let held = std::mem::take(&mut self.state.held);
        self.recover();
        self.state.held = held;
    }

    /// Goes back to what the store holds: memory may have run ahead of it.
    fn recover(&mut self) {
        if !self.store.is_autocommit() {
            // Fails only if the connection itself is broken, and then the next input says so.
            let _ = self.store.execute_batch("ROLLBACK");
        }
        if self.state.reload(&self.store).is_ok() {
            self.state.outputs.push_back(Output::CloseSocket);
        }
    }
}

impl Cx<'_> {
    fn run(&mut self, input: Input) -> Result<(), Error> {
        self.state.wake = None;
        self.take(input)?;
        self.advance()?;
        self.show()
    }

    fn take(&mut self, input: Input) -> Result<(), Error> {
        match input {
            Input::Command { number, command } => self.command(number, command),
            Input::Watch { number, view } => self.watch(number, view),
            Input::Unwatch { number } => {
                self.state.watches.remove(&number);
                Ok(())
            }
            Input::SocketOpened => self.socket_opened(),
            Input::SocketClosed => self.socket_closed(),
            Input::Reply { id, result } => self.answered(id, result),
            Input::Push(push) => self.pushed(push),
            Input::Certificate(certificate) => {
                self.was_shown(certificate);
                Ok(())
            }
            Input::Http { id, result } => self.http_answered(id, result),
            Input::FileSlice { id, mut result } => {
                if self.bring_read(id, &mut result)? {
                    return Ok(());
                }
                self.file_read(id, result)
            }
            Input::Cached { id, result } => {
                if self.bring_cached(id, &result)? || self.evidence_read(id, &result)? {
                    return Ok(());
                }
                self.cached(id, result)
            }
            Input::Visible(visible) => {
                self.looked(visible)?;
                if visible { Ok(()) } else { self.hurry_drafts() }
            }
            Input::Online(online) => self.set_online(online),
            Input::StorageDurable(durable) => {
                self.state.transient = !durable;
                self.state.dirty.status = true;
                Ok(())
            }
            Input::Tick => Ok(()),
        }
    }

    /// Starts whatever can be started now. Everything here is derived from the state, so that a crash forgets nothing.
    fn advance(&mut self) -> Result<(), Error> {
        self.advance_line()?;
        if self.state.moving.has_left() {
            return self.advance_export();
        }
        self.advance_drafts()?;
        self.advance_joining()?;
        self.advance_linking()?;
        self.advance_recovering()?;
        self.advance_renewing()?;
        self.advance_import(Content::Device)?;
        self.advance_import(Content::Past)?;
        if self.state.line.is_up() && self.state.line.synced {
            self.advance_directory()?;
            self.advance_partners()?;
            self.advance_offices()?;
            self.advance_renewed()?;
            self.advance_evidence()?;
            self.advance_unsaid()?;
            self.advance_heads()?;
            self.advance_key_packages()?;
            self.advance_waking()?;
            // Before the past is here nothing is taken: it would stand in its place.
            if self.state.moving.awaited_past().is_none() {
                self.advance_inbox()?;
                // Before the rooms: what is made of it goes at once.
                self.advance_requests()?;
                self.advance_rooms()?;
            }
            self.advance_files()?;
            self.advance_past()?;
            self.advance_arrival()?;
            self.advance_backup()?;
        } else {
            self.export_without_receipts()?;
        }
        self.advance_held()?;
        self.advance_bringing()?;
        self.advance_forgetting()?;
        self.advance_disappearing()?;
        self.advance_due()?;
        self.advance_availability();
        self.advance_index()?;
        self.advance_typing()?;
        self.advance_presence()
    }

    /// Tells a question's owner that nobody answered.
    pub(crate) fn unanswered(&mut self, id: RequestId) -> Result<(), Error> {
        let file = self
            .state
            .asked
            .get(&id)
            .is_some_and(|asked| matches!(asked.purpose, crate::asked::Purpose::File { .. }));
        if self.bring_read(id, &mut Err(()))? {
            Ok(())
        } else if file {
            self.http_answered(id, Err(Failure::Network))
        } else {
            self.answered(id, Err(Failure::Network))
        }
    }

    /// Tells the interface about a new message.
    pub(crate) fn announce(&mut self, message: valise_views::NewMessage) {
        self.put(Output::Notify(Event::NewMessage(message)));
    }
}

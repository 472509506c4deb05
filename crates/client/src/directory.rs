//! Reading the organisation's log: every statement is verified, folded and stored.

use crate::account::Account;
use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::roll::Roll;
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use rusqlite::{Connection, Rows};
use std::sync::Arc;
use valise_directory::fold::Checks;
use valise_directory::{Change, Directory};
use valise_wire::request::{DirectoryPage, ReadDirectory, Reply};
use valise_wire::statement::LogEntry;
use valise_wire::{AccountId, Timestamp, from_bytes, to_bytes};

/// Reads the directory back out of the store.
pub(crate) fn load(
    store: &Connection,
    account: Option<&Account>,
    checks: Checks,
) -> Result<Roll, Error> {
    let Some(account) = account else {
        return Ok(Roll::empty());
    };
    let is_guest = crate::guest::is_one(store)?;
    let mut directory = begin(account, is_guest, checks);
    let mut query = store.prepare("SELECT position, body FROM statement ORDER BY position")?;
    for entry in entries(query.query([])?)? {
        directory
            .apply_trusted(entry.position, &entry.statement)
            .map_err(|_| Error::Bug("a stored statement is not taken"))?;
    }
    let mut roll = Roll::of(directory);
    roll.guest = is_guest.then_some(account.account);
    if is_guest {
        roll.called = crate::requests::names(store)?;
        roll.called.insert(account.account, account.name.clone());
    }
    crate::foreign::load(store, &mut roll, checks)?;
    Ok(roll)
}

/// Reads rows of a place in a log and the statement there.
pub(crate) fn entries(mut rows: Rows<'_>) -> Result<Vec<LogEntry>, Error> {
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        let body: Vec<u8> = row.get(1)?;
        let statement =
            from_bytes(&body).map_err(|_| Error::Bug("a stored statement cannot be read"))?;
        entries.push(LogEntry {
            position: row.get::<_, i64>(0)? as u64,
            statement,
        });
    }
    Ok(entries)
}

/// Begins the directory of a device before anything of it was read. A guest's is an excerpt, and has no names.
pub(crate) fn begin(account: &Account, is_guest: bool, checks: Checks) -> Directory {
    let organisation = account.organisation;
    if is_guest {
        return Directory::excerpt(organisation, organisation, None).with_checks(checks);
    }
    Directory::new(organisation)
        .with_key(account.directory_key())
        .with_checks(checks)
}

/// How long the end of the directory is waited for, which may explain what was refused. Whoever shows events and keeps the directory
/// back does not put off for ever what has to be said.
const PATIENCE_MILLIS: u64 = 120_000;

/// Something that was refused, and may be right by a directory that is read to its end after that.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Doubt {
    /// Which event of a room or which welcome.
    of: u64,
    /// The reading of the directory that has to be over, if there has to be one.
    reading: Option<u64>,
    since: Timestamp,
}

impl Doubt {
    /// Tells whether it is about this.
    pub(crate) fn is_of(&self, number: u64) -> bool {
        self.of == number
    }
}

impl Cx<'_> {
    /// Tells whether something that was refused deserves another look: once in any case, and when the directory may explain it
    /// until that was read to its end. Returns what to remember of it then.
    pub(crate) fn doubt(
        &mut self,
        former: Option<Doubt>,
        of: u64,
        asks_directory: bool,
    ) -> Result<Option<Doubt>, Error> {
        let former = former.filter(|doubt| doubt.is_of(of));
        let since = former.map_or(self.now, |doubt| doubt.since);
        let is_over = self.now >= since.plus_millis(PATIENCE_MILLIS);
        if former.is_some() && (is_over || !asks_directory) {
            return Ok(None);
        }
        let reading = match former.and_then(|doubt| doubt.reading) {
            Some(reading) if self.has_read_directory(reading)? => return Ok(None),
            Some(reading) => Some(reading),
            None if asks_directory => Some(self.await_directory()?),
            None => None,
        };
        Ok(Some(Doubt { of, reading, since }))
    }

    /// Begins to read the directory's end, and returns the reading that is over when that is known which is there now. One that is
    /// under way may have been answered before.
    fn await_directory(&mut self) -> Result<u64, Error> {
        let under_way = u64::from(self.is_reading_directory());
        self.reread_directory()?;
        Ok(self.state.line.directory_readings + under_way)
    }

    /// Tells whether a reading is over; if not, goes on with it.
    fn has_read_directory(&mut self, reading: u64) -> Result<bool, Error> {
        let is_over = self.state.line.directory_read >= reading;
        if !is_over && self.is_due(self.state.line.directory_retry_at) {
            self.reread_directory()?;
        }
        Ok(is_over)
    }

    pub(crate) fn advance_directory(&mut self) -> Result<(), Error> {
        let (have, head) = (
            self.state.roll.home.head().position,
            self.state.line.directory_head,
        );
        let reading = self.is_reading_directory();
        let retry_at = self.state.line.directory_retry_at;
        let behind = have < head || self.is_behind_others()?;
        if behind && !reading && self.is_due(retry_at) {
            self.read_directory(have)?;
        }
        if have >= head {
            self.give_mandates()?;
        }
        Ok(())
    }

    /// Reads the log's end now: somebody is in a room whom this device does not know yet.
    pub(crate) fn reread_directory(&mut self) -> Result<(), Error> {
        if self.is_reading_directory() {
            return Ok(());
        }
        self.read_directory(self.state.roll.home.head().position)
    }

    fn read_directory(&mut self, after: u64) -> Result<(), Error> {
        self.state.line.directory_asked = self.state.line.directory_head;
        self.state.line.directory_readings += 1;
        // What is known of others comes first, so that a reading that is over knows both.
        if self.knows_others() {
            return self.read_foreign();
        }
        self.ask_home(Purpose::Directory, ReadDirectory { after })
    }

    /// Goes on with one's own log, after what is known of others.
    pub(crate) fn read_home(&mut self) -> Result<(), Error> {
        let after = self.state.roll.home.head().position;
        self.ask_home(Purpose::Directory, ReadDirectory { after })
    }

    /// Tells whether the directory is being read: one's own, or what is known of others.
    pub(crate) fn is_reading_directory(&self) -> bool {
        self.is_asking(|purpose| matches!(purpose, Purpose::Directory | Purpose::Foreign))
    }

    pub(crate) fn took_directory(&mut self, result: Result<Reply, Failure>) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::Directory(page) => Some(page),
            _ => None,
        });
        match picked {
            Got::Reply(page) => self.fold(page),
            Got::Wrong => self.directory_is_wrong(),
            _ => {
                self.state.line.directory_retry_at = self.now.plus_millis(2_000);
                Ok(())
            }
        }
    }

    /// Takes a part of the log by a device that is nobody's yet. Tells whether that was all of it; none if none came.
    pub(crate) fn took_log(
        &mut self,
        result: Result<Reply, Failure>,
    ) -> Result<Option<bool>, Error> {
        let picked = sort(result, |reply| match reply {
            Reply::Directory(page) => Some(page),
            _ => None,
        });
        let Got::Reply(page) = picked else {
            return Ok(None);
        };
        let head = page.head;
        self.fold(page)?;
        Ok(Some(self.state.roll.home.head().position >= head))
    }

    pub(crate) fn fold(&mut self, page: DirectoryPage) -> Result<(), Error> {
        let line = &mut self.state.line;
        line.directory_head = if line.directory_head == line.directory_asked {
            // Told of more than there is: nothing is waited for.
            page.head
        } else {
            // News came after the question was put.
            line.directory_head.max(page.head)
        };
        if self.state.roll.guest.is_some() {
            return self.fold_excerpt(page);
        }
        let before = self.state.roll.home.head().position;
        if page.entries.is_empty() && page.head > before {
            return self.directory_is_wrong();
        }
        for entry in page.entries {
            if entry.position <= self.state.roll.home.head().position {
                continue;
            }
            let taken = Arc::make_mut(&mut self.state.roll)
                .home
                .apply(entry.position, &entry.statement);
            let Ok(change) = taken else {
                return self.directory_is_wrong();
            };
            self.db
                .prepare_cached("INSERT INTO statement (position, body) VALUES (?1, ?2)")?
                .execute((entry.position as i64, to_bytes(&entry.statement)))?;
            self.changed(change)?;
        }
        let position = self.state.roll.home.head().position;
        if position >= page.head {
            self.state.line.directory_read = self.state.line.directory_readings;
        }
        self.rooms_may_be_judged_anew(position > before);
        Ok(())
    }

    pub(crate) fn changed(&mut self, change: Change) -> Result<(), Error> {
        let dirty = &mut self.state.dirty;
        dirty.people = true;
        dirty.status = true;
        dirty.invitations = true;
        match change {
            Change::Partner(partner) => {
                dirty.partners = true;
                self.partner_changed(partner)?;
            }
            Change::Office(_) => self.offices_changed(),
            // A room of others may have a rule that asks it.
            Change::Laws => {
                dirty.partners = true;
                dirty.every_chat = true;
            }
            Change::Keeper(_) => dirty.requests = true,
            Change::RequestPolicy => self.request_policy_changed(),
            Change::Deadlines => self.deadlines_changed()?,
            Change::Availability(_) => self.availability_changed(),
            Change::Pass { room, .. } => self.pass_changed(room),
            Change::Profile(_) => {
                dirty.chats = true;
                dirty.every_chat = true;
            }
            Change::Joined(account) => {
                dirty.chats = true;
                dirty.every_chat = true;
                self.invited_came(account)?;
                self.guest_came(account)?;
            }
            Change::Ended { account, .. } => {
                dirty.chats = true;
                dirty.every_chat = true;
                self.offices_changed();
                self.availability_changed();
                self.account_ended(account)?;
            }
            Change::Renewed {
                account,
                renewal,
                added,
                removed,
            } => {
                dirty.chats = true;
                dirty.every_chat = true;
                if account == self.account()?.account {
                    return self.own_devices_changed(&added, &removed);
                }
                self.say_renewed(account, renewal)?;
            }
            Change::Devices {
                account,
                added,
                removed,
            } if account == self.account()?.account => {
                self.own_devices_changed(&added, &removed)?
            }
            _ => {}
        }
        Ok(())
    }

    /// Opens the chat with somebody who came by an invitation that this account made for one person.
    fn invited_came(&mut self, who: AccountId) -> Result<(), Error> {
        let me = self.account()?.account;
        let roll = &self.state.roll.home;
        let invitation = roll
            .account(who)
            .and_then(|account| roll.invitation(account.invitation));
        let invited = invitation.is_some_and(|invitation| {
            invitation.statement.issuer == me && invitation.statement.uses == 1
        });
        // What stands before this device got its key is no news.
        if invited && who != me && !self.state.renewals.is_waiting() {
            self.direct_chat(who)?;
        }
        Ok(())
    }

    pub(crate) fn directory_is_wrong(&mut self) -> Result<(), Error> {
        self.state.line.directory_retry_at = self.now.plus_millis(30_000);
        // Nothing better is waited for.
        self.state.line.directory_read = self.state.line.directory_readings;
        self.server_misbehaved(ServerMisbehaved::BadDirectory)
    }
}

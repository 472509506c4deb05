//! Reading the organisation's log: every statement is verified, folded and stored.

use crate::account::Account;
use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::roll::Roll;
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use rusqlite::Connection;
use std::sync::Arc;
use valise_directory::fold::Checks;
use valise_directory::{Change, Directory};
use valise_wire::request::{DirectoryPage, ReadDirectory, Reply};
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, from_bytes, to_bytes};

/// Reads the directory back out of the store.
pub(crate) fn load(
    store: &Connection,
    account: Option<&Account>,
    checks: Checks,
) -> Result<Roll, Error> {
    let Some(account) = account else {
        return Ok(Roll::empty());
    };
    let mut directory = Directory::new(account.organisation)
        .with_key(account.directory_key())
        .with_checks(checks);
    let mut query = store.prepare("SELECT position, body FROM statement ORDER BY position")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let body: Vec<u8> = row.get(1)?;
        let statement: SignedStatement =
            from_bytes(&body).map_err(|_| Error::Bug("a stored statement cannot be read"))?;
        directory
            .apply_trusted(row.get::<_, i64>(0)? as u64, &statement)
            .map_err(|_| Error::Bug("a stored statement is not taken"))?;
    }
    Ok(Roll(directory))
}

impl Cx<'_> {
    pub(crate) fn advance_directory(&mut self) -> Result<(), Error> {
        let (have, head) = (
            self.state.roll.0.head().position,
            self.state.line.directory_head,
        );
        let reading = self.is_asking(|purpose| matches!(purpose, Purpose::Directory));
        let retry_at = self.state.line.directory_retry_at;
        if have < head && !reading && self.is_due(retry_at) {
            self.read_directory(have)?;
        }
        if have >= head {
            self.give_mandates()?;
        }
        Ok(())
    }

    /// Reads the log's end now: somebody is in a room whom this device does not know yet.
    pub(crate) fn reread_directory(&mut self) -> Result<(), Error> {
        if self.is_asking(|purpose| matches!(purpose, Purpose::Directory)) {
            return Ok(());
        }
        self.read_directory(self.state.roll.0.head().position)
    }

    fn read_directory(&mut self, after: u64) -> Result<(), Error> {
        self.state.line.directory_asked = self.state.line.directory_head;
        self.ask_home(Purpose::Directory, ReadDirectory { after })
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

    pub(crate) fn fold(&mut self, page: DirectoryPage) -> Result<(), Error> {
        let line = &mut self.state.line;
        line.directory_head = if line.directory_head == line.directory_asked {
            // Told of more than there is: nothing is waited for.
            page.head
        } else {
            // News came after the question was put.
            line.directory_head.max(page.head)
        };
        let before = self.state.roll.0.head().position;
        if page.entries.is_empty() && page.head > before {
            return self.directory_is_wrong();
        }
        for entry in page.entries {
            if entry.position <= self.state.roll.0.head().position {
                continue;
            }
            let taken = Arc::make_mut(&mut self.state.roll)
                .0
                .apply(entry.position, &entry.statement);
            let Ok(change) = taken else {
                return self.directory_is_wrong();
            };
            self.db
                .prepare_cached("INSERT INTO statement (position, body) VALUES (?1, ?2)")?
                .execute((entry.position as i64, to_bytes(&entry.statement)))?;
            self.changed(change)?;
        }
        self.rooms_may_be_judged_anew(self.state.roll.0.head().position > before);
        Ok(())
    }

    fn changed(&mut self, change: Change) -> Result<(), Error> {
        let dirty = &mut self.state.dirty;
        dirty.people = true;
        dirty.status = true;
        dirty.invitations = true;
        match change {
            Change::Profile(_) => {
                dirty.chats = true;
                dirty.every_chat = true;
            }
            Change::Joined(account) => {
                dirty.chats = true;
                dirty.every_chat = true;
                self.guest_came(account)?;
            }
            Change::Ended { account, .. } => {
                dirty.chats = true;
                dirty.every_chat = true;
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
    fn guest_came(&mut self, who: AccountId) -> Result<(), Error> {
        let me = self.account()?.account;
        let roll = &self.state.roll.0;
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

    fn directory_is_wrong(&mut self) -> Result<(), Error> {
        self.state.line.directory_retry_at = self.now.plus_millis(30_000);
        self.server_misbehaved(ServerMisbehaved::BadDirectory)
    }
}

//! Who one is and how things stand.

use crate::Error;
use crate::state::Cx;
use valise_directory::fold::fingerprint;
use valise_directory::guest::digits;
use valise_directory::keys::Signer as _;
use valise_views::state::{AsGuest, Ready};
use valise_views::{Alarm, Past, PersonId, Status};

impl Cx<'_> {
    pub(super) fn status(&self) -> Result<Status, Error> {
        if let Some(link) = self.state.moving.left_by() {
            return Ok(Status::Moved { link });
        }
        let Some(account) = self.state.account.as_deref() else {
            if let Some(past) = self.state.backup.recovering() {
                return Ok(Status::Recovering(past));
            }
            if let Some(linking) = self.state.linking.shown() {
                return Ok(Status::Linking(linking));
            }
            return Ok(if self.state.moving.is_arriving() {
                Status::Joining
            } else {
                Status::Empty
            });
        };
        if let Some(past) = self.state.backup.recovering() {
            return Ok(Status::Recovering(past));
        }
        if let Some(renewal) = self.awaited_renewal() {
            return Ok(Status::Renewing(Box::new(renewal)));
        }
        if !account.joined {
            return Ok(Status::Joining);
        }
        let me = account.account;
        let name = self.state.roll.name(me);
        let mut alarms = self.alarms()?;
        if self.state.transient {
            alarms.push(Alarm::StorageNotPersistent);
        }
        let waiting = "SELECT (SELECT count(*) FROM message WHERE position IS NULL AND failed = 0)
            + (SELECT count(*) FROM outbox WHERE target IS NOT NULL)";
        let telling = "SELECT count(*) FROM outbox WHERE message IS NULL AND target IS NULL";
        let unread = "SELECT ifnull((SELECT sum(unread) FROM chat WHERE muted = 0), 0)
            + (SELECT count(*) FROM unread JOIN chat ON chat.id = unread.chat WHERE mention = 1 AND muted = 1)";
        Ok(Status::Ready(Box::new(Ready {
            me: PersonId(me.to_string()),
            name: if name.is_empty() {
                account.name.clone()
            } else {
                name
            },
            address: account.address.clone(),
            organisation: account.organisation_name.clone(),
            guest: self.state.roll.guest.map(|_| AsGuest {
                digits: digits(&account.account_key().public()),
                fingerprint: fingerprint(account.organisation),
                held: self.is_looked_at(),
            }),
            is_registrar: self.state.roll.home.is_registrar(me),
            revoked: self.is_ended(),
            removed: self.is_removed(),
            past: self
                .state
                .moving
                .awaited_past()
                .map(|(parts, of)| Past { parts, of }),
            connection: self.connection(),
            waiting_to_send: self
                .db
                .prepare_cached(waiting)?
                .query_row([], |row| row.get(0))?,
            telling: self
                .db
                .prepare_cached(telling)?
                .query_row([], |row| row.get(0))?,
            unread: self
                .db
                .prepare_cached(unread)?
                .query_row([], |row| row.get(0))?,
            renewal: self.threatening_renewal(),
            shares_presence: self.shares_presence()?,
            organisations: self.organisations()?,
            backup: self.state.backup.shown(),
            alarms,
        })))
    }
}

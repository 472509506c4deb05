//! What this device was shown of other organisations: verified by their own signatures, as one's own log is.

use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::roll::Roll;
use crate::state::Cx;
use crate::store::Setting;
use crate::{Error, ServerMisbehaved, directory};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::sync::Arc;
use valise_directory::fold::Checks;
use valise_directory::foreign::Foreign;
use valise_wire::request::{ForeignPage, ReadForeign, Reply};
use valise_wire::statement::LogEntry;
use valise_wire::{OrganisationId, to_bytes};

/// Reads what is known of others back out of the store.
pub(crate) fn load(store: &Connection, roll: &mut Roll, checks: Checks) -> Result<(), Error> {
    let mut query = store.prepare("SELECT DISTINCT organisation FROM foreign_statement")?;
    let known = query.query_map([], |row| row.get(0).map(OrganisationId))?;
    let known: Vec<OrganisationId> = known.collect::<Result<_, _>>()?;
    for organisation in known {
        let other = load_one(store, roll, organisation, checks)?;
        roll.others.insert(organisation, other);
    }
    Ok(())
}

fn load_one(
    store: &Connection,
    roll: &Roll,
    organisation: OrganisationId,
    checks: Checks,
) -> Result<Foreign, Error> {
    let mut query = store.prepare_cached(
        "SELECT position, body FROM foreign_statement WHERE organisation = ?1 ORDER BY position",
    )?;
    let entries = directory::entries(query.query([organisation.0])?)?;
    let mut other = begin(roll, organisation, checks);
    other
        .take_trusted(entries)
        .map_err(|_| Error::Bug("a stored statement is not taken"))?;
    Ok(other)
}

fn begin(roll: &Roll, organisation: OrganisationId, checks: Checks) -> Foreign {
    let partner = roll.home.partner(organisation);
    let key = partner.and_then(|partner| partner.key.clone());
    Foreign::new(organisation, roll.home.organisation_id(), key).with_checks(checks)
}

impl Cx<'_> {
    /// Tells whether there is anything to know of others.
    pub(crate) fn knows_others(&self) -> bool {
        self.others_head() > 0 || self.state.roll.home.partners().next().is_some()
    }

    /// Returns up to where others were shown to this device. A guest is shown none of them, whatever the server says.
    fn others_head(&self) -> u64 {
        if self.state.roll.guest.is_some() {
            return 0;
        }
        self.state.line.foreign_head
    }

    /// Tells whether more was shown than this device has read.
    pub(crate) fn is_behind_others(&self) -> Result<bool, Error> {
        let head = self.others_head();
        Ok(head > 0 && self.foreign_read()? < head)
    }

    fn foreign_read(&self) -> Result<u64, Error> {
        Ok(Setting::Foreign.get(self.db)?.unwrap_or(0))
    }

    pub(crate) fn read_foreign(&mut self) -> Result<(), Error> {
        let after = self.foreign_read()?;
        self.ask_home(Purpose::Foreign, ReadForeign { after })
    }

    pub(crate) fn took_foreign(&mut self, result: Result<Reply, Failure>) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::Foreign(page) => Some(page),
            _ => None,
        });
        match picked {
            Got::Reply(page) => self.fold_foreign(page),
            Got::Wrong => self.directory_is_wrong(),
            _ => {
                self.state.line.directory_retry_at = self.now.plus_millis(2_000);
                Ok(())
            }
        }
    }

    fn fold_foreign(&mut self, page: ForeignPage) -> Result<(), Error> {
        let before = self.foreign_read()?;
        let last = page.entries.last().map_or(before, |entry| entry.position);
        let mut by_organisation: BTreeMap<OrganisationId, Vec<LogEntry>> = BTreeMap::new();
        for row in page.entries {
            by_organisation
                .entry(row.organisation)
                .or_default()
                .push(row.entry);
        }
        let mut news = false;
        for (organisation, entries) in by_organisation {
            news |= self.take_foreign(organisation, entries)?;
        }
        Setting::Foreign.set(self.db, &last)?;
        self.state.line.foreign_head = self.state.line.foreign_head.max(page.head);
        if news {
            self.rooms_may_be_judged_anew(true);
        }
        if last < page.head && last > before {
            return self.read_foreign();
        }
        self.read_home()
    }

    /// Takes what was shown of one organisation. What does not verify is left out: the server showed it unchecked.
    fn take_foreign(
        &mut self,
        organisation: OrganisationId,
        entries: Vec<LogEntry>,
    ) -> Result<bool, Error> {
        let roll = self.state.roll.clone();
        if organisation == roll.home.organisation_id() {
            self.server_misbehaved(ServerMisbehaved::BadDirectory)?;
            return Ok(false);
        }
        let checks = self.state.guards.checks;
        let former = roll.others.get(&organisation).cloned();
        let former = former.unwrap_or_else(|| begin(&roll, organisation, checks));
        let mut other = former.clone();
        let Ok(fresh) = other.take(entries) else {
            self.server_misbehaved(ServerMisbehaved::BadDirectory)?;
            return Ok(false);
        };
        for entry in &fresh {
            self.db
                .prepare_cached(
                    "INSERT INTO foreign_statement (organisation, position, body) VALUES (?1, ?2, ?3)",
                )?
                .execute((organisation.0, entry.position as i64, to_bytes(&entry.statement)))?;
        }
        let changed = other.changed_since(former.directory());
        let roll = Arc::make_mut(&mut self.state.roll);
        roll.others.insert(organisation, other);
        for account in changed {
            if !self.state.roll.is_active(account) {
                self.account_ended(account)?;
            }
        }
        self.others_changed();
        Ok(!fresh.is_empty())
    }

    /// Opens with another key what the people of a partner show.
    pub(crate) fn partner_changed(&mut self, partner: OrganisationId) -> Result<(), Error> {
        if self.state.roll.others.contains_key(&partner) {
            let checks = self.state.guards.checks;
            let other = load_one(self.db, &self.state.roll, partner, checks)?;
            let roll = Arc::make_mut(&mut self.state.roll);
            roll.others.insert(partner, other);
        }
        self.others_changed();
        Ok(())
    }

    fn others_changed(&mut self) {
        self.offices_changed();
        let dirty = &mut self.state.dirty;
        dirty.partners = true;
        dirty.people = true;
        dirty.chats = true;
        dirty.every_chat = true;
    }
}

//! Other organisations: a list that leads to their own pages, and holds nothing else of them.

use crate::Error;
use crate::content::{Preference, is_organisation_name};
use crate::state::Cx;
use valise_views::organisation::{Organisation, host_of, origin_of};
use valise_views::{Outcome, Trouble};

/// Most organisations in the list.
const MOST: usize = 20;

impl Cx<'_> {
    /// Puts an organisation into the list, or calls it by another name. Only what the person typed comes in: from a message, a
    /// server or a page of another organisation nothing does.
    pub(crate) fn keep_organisation(
        &mut self,
        number: u64,
        address: &str,
        name: &str,
    ) -> Result<(), Error> {
        let own = self.account()?.origin.clone();
        let Some(origin) = origin_of(address).filter(|origin| *origin != own) else {
            return self.fail(number, Trouble::BadAddress);
        };
        let name = Some(name.trim()).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| host_of(&origin)).to_owned();
        if !is_organisation_name(&name) {
            return self.fail(number, Trouble::BadName);
        }
        let all = self.organisations()?;
        let known = all.iter().find(|other| other.origin == origin);
        if known.is_none() && all.len() >= MOST {
            return self.fail(number, Trouble::NotAllowed);
        }
        if known.is_none_or(|known| known.name != name) {
            self.set_organisation(&origin, Some(&name))?;
            self.tell_devices(&Preference::Organisation(origin, Some(name)))?;
        }
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    pub(crate) fn forget_organisation(&mut self, number: u64, origin: &str) -> Result<(), Error> {
        let all = self.organisations()?;
        if all.iter().all(|known| known.origin != origin) {
            return self.fail(number, Trouble::NotFound);
        }
        self.set_organisation(origin, None)?;
        self.tell_devices(&Preference::Organisation(origin.to_owned(), None))?;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// Keeps what an organisation is called; without that it is out of the list.
    pub(super) fn set_organisation(
        &mut self,
        origin: &str,
        name: Option<&str>,
    ) -> Result<(), Error> {
        match name {
            Some(name) => self
                .db
                .prepare_cached(
                    "INSERT OR REPLACE INTO organisation (origin, name) VALUES (?1, ?2)",
                )?
                .execute((origin, name))?,
            None => self
                .db
                .prepare_cached("DELETE FROM organisation WHERE origin = ?1")?
                .execute([origin])?,
        };
        self.state.dirty.status = true;
        Ok(())
    }

    /// Returns the other organisations by their names.
    pub(crate) fn organisations(&self) -> Result<Vec<Organisation>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT origin, name FROM organisation")?;
        let rows = query.query_map([], |row| {
            Ok(Organisation {
                origin: row.get(0)?,
                name: row.get(1)?,
            })
        })?;
        let mut all: Vec<Organisation> = rows.collect::<Result<_, _>>()?;
        all.sort_by_cached_key(|known| (known.name.to_lowercase(), known.origin.clone()));
        Ok(all)
    }
}

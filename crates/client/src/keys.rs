//! Key packages: others add this device with them, also while it is away.

use crate::Error;
use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::state::Cx;
use crate::store::Setting;
use valise_wire::Octets;
use valise_wire::request::{PublishKeyPackages, Reply};

/// One-time packages that are kept at the server, and those below which new ones are made.
const KEPT: u32 = 40;
const LOW: u32 = 20;
/// Time for which a package may be used; afterwards its secrets are deleted.
const LIFE_MILLIS: u64 = 90 * 24 * 60 * 60 * 1000;
/// Time after which the last resort is replaced.
const LAST_RESORT_MILLIS: u64 = 30 * 24 * 60 * 60 * 1000;

impl Cx<'_> {
    pub(crate) fn advance_key_packages(&mut self) -> Result<(), Error> {
        let Some(left) = self.state.line.key_packages else {
            return Ok(());
        };
        // Before the directory knows this device, the server has nobody to give them out for.
        let account = self.account()?;
        let known = self
            .state
            .roll
            .home
            .device(account.account, account.device)
            .is_some();
        // A guest is brought into one room.
        let is_guest = self.state.roll.guest.is_some();
        let (low, kept) = if is_guest { (1, 1) } else { (LOW, KEPT) };
        if left >= low
            || !known
            || self.is_asking(|purpose| matches!(purpose, Purpose::KeyPackages))
        {
            return Ok(());
        }
        self.retire_key_packages()?;
        let made_at: Option<u64> = Setting::LastResort.get(self.db)?;
        // With none left, the last resort may have been given out, perhaps more than once.
        let old = left == 0
            || made_at.is_none_or(|at| self.now.0.saturating_sub(at) > LAST_RESORT_MILLIS);
        let mut one_time = Vec::new();
        for _ in left..kept {
            one_time.push(self.key_package(false)?);
        }
        let last_resort = if old {
            Some(self.key_package(true)?)
        } else {
            None
        };
        if old {
            Setting::LastResort.set(self.db, &self.now.0)?;
        }
        self.ask_home(
            Purpose::KeyPackages,
            PublishKeyPackages {
                one_time,
                last_resort,
            },
        )
    }

    fn key_package(&mut self, last_resort: bool) -> Result<Octets, Error> {
        let desk = self.desk()?;
        let made = desk
            .member()
            .key_package(self.state.guards.suite, last_resort);
        let package = made.map_err(|_| Error::Bug("a key package cannot be made"))?;
        self.db
            .prepare_cached("INSERT INTO key_package (body, made_at) VALUES (?1, ?2)")?
            .execute((&package, self.now.0 as i64))?;
        Ok(package.into())
    }

    fn retire_key_packages(&mut self) -> Result<(), Error> {
        let oldest = self.now.0.saturating_sub(LIFE_MILLIS) as i64;
        let mut query = self
            .db
            .prepare_cached("DELETE FROM key_package WHERE made_at < ?1 RETURNING body")?;
        let rows = query.query_map([oldest], |row| row.get::<_, Vec<u8>>(0))?;
        let old: Vec<_> = rows.collect::<Result<_, _>>()?;
        let desk = self.desk()?;
        for package in old {
            // One that was used is gone already.
            let _ = desk.member().retire_key_package(&package);
        }
        Ok(())
    }

    pub(crate) fn took_key_packages(
        &mut self,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, |reply| {
            matches!(reply, Reply::Done(_)).then_some(())
        });
        self.state.line.key_packages = match picked {
            Got::Reply(()) => Some(KEPT),
            // Asked for again with the next `Sync`.
            _ => None,
        };
        if self.state.line.key_packages.is_none() {
            return Setting::LastResort.clear(self.db);
        }
        self.is_ready_for_rooms()
    }
}

//! Who is here, who stands in for whom, and who is on duty.

use super::{Change, Check, Directory, Proof};
use crate::Breach;
use crate::availability::{Availability, AvailabilityDetails, Away};
use crate::seal::MAX_SEALED_BYTES;
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, OfficeId, Timestamp};

/// What was said last of somebody's being here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AvailabilityEntry {
    /// Version of what is said.
    pub version: u64,
    /// It, opened; none on the server or if none can be read.
    pub details: Option<AvailabilityDetails>,
    /// Who said it: the account itself, or a registrar.
    pub by: AccountId,
}

impl Directory {
    /// Returns what was said last of somebody's being here.
    pub fn availability(&self, account: AccountId) -> Option<&AvailabilityEntry> {
        self.availability.get(&account)
    }

    /// Returns how somebody is away at `now`; none if he is here, or has ended.
    pub fn away(&self, account: AccountId, now: Timestamp) -> Option<&Away> {
        let is_active = self.account(account).is_some_and(|it| it.is_active());
        let details = self.availability(account)?.details.as_ref()?;
        let away = details.away.as_ref();
        away.filter(|away| is_active && now < away.until)
    }

    /// Returns who stands in for somebody at `now`: the one whom he named, if that one is here himself, and no guest.
    pub fn cover(&self, account: AccountId, now: Timestamp) -> Option<AccountId> {
        let cover = self.away(account, now)?.cover?;
        let entry = self.account(cover)?;
        let may = entry.is_active() && self.check_no_guest(entry).is_ok();
        (may && self.away(cover, now).is_none()).then_some(cover)
    }

    /// Tells whether somebody said that he is on duty for an office, and holds it.
    pub fn is_on_duty(&self, account: AccountId, office: OfficeId) -> bool {
        let entry = self.availability(account);
        let details = entry.and_then(|entry| entry.details.as_ref());
        let says = details.is_some_and(|details| details.duty.contains(&office));
        says && self.holders(office).any(|holder| holder == account)
    }

    /// Returns those who look after an office at `now`: who is on duty and here, or stands in for such a one; where there is none, all who hold
    /// it and are here, and those who stand in; and where there is none of these either, all who hold it. Each once, ascending.
    pub fn looks_after(&self, office: OfficeId, now: Timestamp) -> Vec<AccountId> {
        let present = |holder: AccountId| match self.away(holder, now) {
            // Whoever does not hold it is not where it is written to.
            Some(_) => self
                .cover(holder, now)
                .filter(|it| self.holders(office).any(|holder| holder == *it)),
            None => Some(holder),
        };
        let on_duty = self
            .holders(office)
            .filter(|it| self.is_on_duty(*it, office));
        let mut found: Vec<AccountId> = on_duty.filter_map(present).collect();
        if found.is_empty() {
            found = self.holders(office).filter_map(present).collect();
        }
        if found.is_empty() {
            found = self.holders(office).collect();
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    pub(super) fn take_availability(
        &mut self,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let said: Availability = self.read(signed)?;
        let author = self.accounts.get(&said.by).ok_or(Breach::NoAccount)?;
        self.verify::<Availability>(signed, author.key, proof)?;
        self.check_active(author)?;
        let account = self.accounts.get(&said.account);
        let account = account.ok_or(Breach::NoAccount)?;
        self.check_active(account)?;
        self.check_no_guest(account)?;
        let may = said.by == said.account || self.is_registrar(said.by);
        if self.checks.on(Check::Mandated) && !may {
            return Err(Breach::NotRegistrar);
        }
        let former = self.availability(said.account);
        let version = former.map_or(0, |entry| entry.version);
        if self.checks.on(Check::Version) && said.version <= version {
            return Err(Breach::Version {
                former: version,
                found: said.version,
            });
        }
        self.check_field(said.sealed.len() <= MAX_SEALED_BYTES, "sealed")?;
        let key = self.key.as_ref();
        let opened = key.and_then(|key| key.open_availability(&said).ok());
        let details = opened.or_else(|| former.and_then(|entry| entry.details.clone()));
        let entry = AvailabilityEntry {
            version: said.version,
            details,
            by: said.by,
        };
        self.availability.insert(said.account, entry);
        Ok(Change::Availability(said.account))
    }
}

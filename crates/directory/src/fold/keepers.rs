//! Who may seal in the organisation's name from where to where in the log, and what its requests need.

use super::{Change, Check, Directory, EvidenceEnd, Proof};
use crate::Breach;
use crate::keeper::{Asks, RequestPolicy, SealKeys, SealMandate, SealMandateEnd, check_fields};
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, Octets, Timestamp};

/// One mandate to seal. It stays known after its end: what was sealed before is proven by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeeperEntry {
    /// Where the mandate stands in the log.
    pub position: u64,
    /// What the account seals with; none before it said that.
    pub keys: Option<SealKeysEntry>,
    /// How it ended, if it has: with the account, with a new key of it, or by a registrar.
    pub ended: Option<EvidenceEnd>,
}

/// What an account seals with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealKeysEntry {
    /// Key of the first signature.
    pub ed25519: [u8; 32],
    /// Key of the second one.
    pub ml_dsa_65: Octets,
    /// Where they stand in the log: from there on they count.
    pub position: u64,
}

/// What requests of the organisation need, from its place in the log on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PolicyEntry {
    /// Version of what is said.
    pub version: u64,
    /// Where it stands in the log.
    pub position: u64,
    /// What a request needs before it goes.
    pub asks: Asks,
    /// Whether none goes at all.
    pub stopped: bool,
    /// When, by the registrar's clock.
    pub at: Timestamp,
    /// Registrar who said it.
    pub by: AccountId,
}

impl KeeperEntry {
    /// Tells whether its keys counted at a position of the log.
    pub fn counts_at(&self, position: u64) -> bool {
        let begun = self.keys.as_ref().is_some_and(|it| it.position <= position);
        begun && self.ended.is_none_or(|end| position < end.position)
    }
}

impl Directory {
    /// Returns the mandates to seal that an account has and had, in order.
    pub fn seals_of(&self, account: AccountId) -> &[KeeperEntry] {
        self.keepers.get(&account).map_or(&[], Vec::as_slice)
    }

    /// Returns the mandate to seal that an account has now.
    pub fn keeper(&self, account: AccountId) -> Option<&KeeperEntry> {
        let last = self.seals_of(account).last();
        last.filter(|entry| entry.ended.is_none())
    }

    /// Returns those who may seal now, ascending.
    pub fn keepers(&self) -> impl Iterator<Item = AccountId> {
        self.keepers
            .keys()
            .copied()
            .filter(|account| self.keeper(*account).is_some())
    }

    /// Returns everything that was said of what requests need, in the order of the log.
    pub fn request_policies(&self) -> &[PolicyEntry] {
        &self.policies
    }

    /// Returns what requests need now; none if nothing was ever said, and nothing is needed.
    pub fn request_policy(&self) -> Option<&PolicyEntry> {
        self.policies.last()
    }

    /// Counts what was said of who may seal, with what, until when, and of what requests need: when it stays the same, nothing was.
    pub fn said_of_requests(&self) -> usize {
        let entries = self.keepers.values().flatten();
        let said = entries.map(|entry| {
            1 + usize::from(entry.keys.is_some()) + usize::from(entry.ended.is_some())
        });
        said.sum::<usize>() + self.policies.len()
    }

    pub(super) fn take_seal_mandate(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let mandate: SealMandate = self.read(signed)?;
        self.verify_registrar::<SealMandate>(signed, mandate.by, proof)?;
        let account = self.accounts.get(&mandate.account);
        let account = account.ok_or(Breach::NoAccount)?;
        self.check_active(account)?;
        self.check_no_guest(account)?;
        if self.checks.on(Check::KeeperNew) && self.keeper(mandate.account).is_some() {
            return Err(Breach::KeeperExists);
        }
        let entry = KeeperEntry {
            position,
            keys: None,
            ended: None,
        };
        let entries = self.keepers.entry(mandate.account).or_default();
        entries.push(entry);
        Ok(Change::Keeper(mandate.account))
    }

    pub(super) fn take_seal_mandate_end(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let end: SealMandateEnd = self.read(signed)?;
        self.verify_registrar::<SealMandateEnd>(signed, end.by, proof)?;
        if self.checks.on(Check::Keeper) && self.keeper(end.account).is_none() {
            return Err(Breach::NoKeeper);
        }
        self.end_keeper(end.account, position, end.at);
        Ok(Change::Keeper(end.account))
    }

    pub(super) fn take_seal_keys(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let said: SealKeys = self.read(signed)?;
        let account = self.accounts.get(&said.account).ok_or(Breach::NoAccount)?;
        self.verify::<SealKeys>(signed, account.key, proof)?;
        self.check_active(account)?;
        if self.checks.on(Check::Fields) {
            check_fields(&said)?;
        }
        let keeper = self.keeper(said.account);
        if self.checks.on(Check::Keeper) && keeper.is_none() {
            return Err(Breach::NoKeeper);
        }
        let has = keeper.is_some_and(|entry| entry.keys.is_some());
        if self.checks.on(Check::KeeperNew) && (has || self.is_sealed_with_by_another(&said)) {
            return Err(Breach::KeeperExists);
        }
        let keys = SealKeysEntry {
            ed25519: said.ed25519,
            ml_dsa_65: said.ml_dsa_65,
            position,
        };
        let entries = self.keepers.get_mut(&said.account);
        if let Some(entry) = entries.and_then(|entries| entries.last_mut()) {
            entry.keys = Some(keys);
        }
        Ok(Change::Keeper(said.account))
    }

    pub(super) fn take_request_policy(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let policy: RequestPolicy = self.read(signed)?;
        self.verify_registrar::<RequestPolicy>(signed, policy.by, proof)?;
        let former = self.policies.last().map_or(0, |entry| entry.version);
        if self.checks.on(Check::Version) && policy.version <= former {
            return Err(Breach::Version {
                former,
                found: policy.version,
            });
        }
        self.policies.push(PolicyEntry {
            version: policy.version,
            position,
            asks: policy.asks,
            stopped: policy.stopped,
            at: policy.at,
            by: policy.by,
        });
        Ok(Change::RequestPolicy)
    }

    /// Ends the mandate to seal of an account, if it has one.
    pub(super) fn end_keeper(&mut self, account: AccountId, position: u64, at: Timestamp) {
        let entries = self.keepers.get_mut(&account);
        let last = entries.and_then(|entries| entries.last_mut());
        if let Some(entry) = last.filter(|entry| entry.ended.is_none()) {
            let at = Some(at);
            entry.ended = Some(EvidenceEnd { position, at });
        }
    }

    fn is_sealed_with_by_another(&self, said: &SealKeys) -> bool {
        let others = self.keepers.iter();
        let mut others = others.filter(|(account, _)| **account != said.account);
        others.any(|(_, entries)| {
            let mut keys = entries.iter().filter_map(|entry| entry.keys.as_ref());
            keys.any(|keys| keys.ed25519 == said.ed25519 || keys.ml_dsa_65 == said.ml_dsa_65)
        })
    }
}

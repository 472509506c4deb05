//! Folds the log into who is who.
//!
//! A server folds without the directory key, a client with it; the rules are the same, so whatever a server took honestly
//! no client refuses. What is wrong inside a sealed part is seen by clients alone and must not stop the fold, or one member
//! could blind all others: such a part is left out and the account keeps what it said before.

mod admit;
mod availability;
mod change;
mod checks;
mod deadlines;
mod entries;
mod evidence;
mod excerpt;
mod guests;
mod keepers;
mod offices;
mod partners;
mod people;
mod proof;
mod renewals;
mod residency;
mod rules;

pub use admit::FoundingServer;
pub use availability::AvailabilityEntry;
pub use change::Change;
#[doc(hidden)]
pub use checks::{Check, Checks};
pub use deadlines::DeadlinesEntry;
pub use entries::{AccountEntry, InvitationEntry, MandateEntry};
pub use evidence::{EvidenceEnd, EvidenceEntry};
pub use guests::PassEntry;
pub use keepers::{KeeperEntry, PolicyEntry, SealKeysEntry};
pub use offices::OfficeEntry;
pub use partners::{CardEntry, PartnerEntry};
pub use people::Person;
pub use renewals::{RenewalEntry, RenewalState};

use crate::Breach;
use crate::keys::OrganisationPublicKey;
use crate::seal::{AddressTag, DirectoryKey};
use crate::statement::{self, Device, Role, digest};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, DeviceId, InvitationId, OfficeId, OrganisationId, RenewalId, RoomId};

/// Who is who, as of one position of the log.
#[derive(Clone)]
pub struct Directory {
    pinned: OrganisationId,
    /// Whose log this is a part of, for whom; none if it is the whole log.
    excerpt: Option<partners::Reader>,
    key: Option<DirectoryKey>,
    checks: Checks,
    head: Head,
    chains: Vec<[u8; 32]>,
    organisation: Option<statement::Organisation>,
    mandates: BTreeMap<AccountId, MandateEntry>,
    invitations: BTreeMap<InvitationId, InvitationEntry>,
    passes: BTreeMap<InvitationId, PassEntry>,
    guest_sides: BTreeMap<OrganisationId, RoomId>,
    renewals: BTreeMap<RenewalId, RenewalEntry>,
    accounts: BTreeMap<AccountId, AccountEntry>,
    addresses: BTreeMap<AddressTag, AccountId>,
    devices: BTreeMap<DeviceId, AccountId>,
    partners: BTreeMap<OrganisationId, PartnerEntry>,
    offices: BTreeMap<OfficeId, OfficeEntry>,
    laws: residency::Laws,
    /// All that was said of them, the newest last.
    deadlines: Vec<DeadlinesEntry>,
    trails: excerpt::Trails,
    evidence: BTreeMap<DeviceId, EvidenceEntry>,
    keepers: BTreeMap<AccountId, Vec<KeeperEntry>>,
    policies: Vec<PolicyEntry>,
    availability: BTreeMap<AccountId, AvailabilityEntry>,
}

/// How far a log was read. Devices that compare their heads notice when a server shows them different logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Head {
    /// Last position that was taken; 0 before the first.
    pub position: u64,
    /// SHA-256 over the former value and the statement's digest; zeros before the first.
    pub chain: [u8; 32],
}

impl Head {
    /// Returns the head after one more statement.
    pub fn next(self, position: u64, signed: &SignedStatement) -> Self {
        let chain = Sha256::new()
            .chain_update(self.chain)
            .chain_update(digest(signed))
            .finalize();
        Self {
            position,
            chain: chain.into(),
        }
    }
}

impl Directory {
    /// Begins an empty directory of the organisation that a link or a founding names.
    pub fn new(organisation: OrganisationId) -> Self {
        Self {
            pinned: organisation,
            excerpt: None,
            key: None,
            checks: Checks::ALL,
            head: Head::default(),
            chains: Vec::new(),
            organisation: None,
            mandates: BTreeMap::new(),
            invitations: BTreeMap::new(),
            passes: BTreeMap::new(),
            guest_sides: BTreeMap::new(),
            renewals: BTreeMap::new(),
            accounts: BTreeMap::new(),
            addresses: BTreeMap::new(),
            devices: BTreeMap::new(),
            partners: BTreeMap::new(),
            offices: BTreeMap::new(),
            laws: residency::Laws::default(),
            deadlines: Vec::new(),
            trails: excerpt::Trails::default(),
            evidence: BTreeMap::new(),
            keepers: BTreeMap::new(),
            policies: Vec::new(),
            availability: BTreeMap::new(),
        }
    }

    /// Gives the directory the key that opens names and addresses; before the first statement.
    pub fn with_key(mut self, key: DirectoryKey) -> Self {
        self.key = Some(key);
        self
    }

    /// Switches checks off, for the tests that show what each is for.
    #[doc(hidden)]
    pub fn with_checks(mut self, checks: Checks) -> Self {
        self.checks = checks;
        self
    }

    /// Takes the statement at the next position of the log.
    pub fn apply(&mut self, position: u64, signed: &SignedStatement) -> Result<Change, Breach> {
        self.take(position, signed, Proof::Signature)
    }

    /// Takes a statement that this device verified before and read back out of its own store: all but the signature is
    /// checked again.
    pub fn apply_trusted(
        &mut self,
        position: u64,
        signed: &SignedStatement,
    ) -> Result<Change, Breach> {
        self.take(position, signed, Proof::Stored)
    }

    fn take(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let expected = self.head.position + 1;
        // An excerpt has gaps, but not before the organisation's own statement.
        let follows = if self.excerpt.is_some() && expected > 1 {
            position >= expected
        } else {
            position == expected
        };
        if self.checks.on(Check::Position) && !follows {
            return Err(Breach::Position {
                expected,
                found: position,
            });
        }
        let change = self.change(position, signed, proof)?;
        self.trails
            .follow(position, signed, &change, &self.renewals);
        self.head = self.head.next(position, signed);
        self.chains.push(self.head.chain);
        Ok(change)
    }

    /// Returns how far the log was read.
    pub fn head(&self) -> Head {
        self.head
    }

    /// Returns the head as it was at an earlier position: what another device that has read so far must have.
    pub fn head_at(&self, position: u64) -> Option<Head> {
        let before = usize::try_from(position.checked_sub(1)?).ok()?;
        let chain = *self.chains.get(before)?;
        Some(Head { position, chain })
    }

    /// Returns the organisation's id.
    pub fn organisation_id(&self) -> OrganisationId {
        self.pinned
    }

    /// Returns the organisation, once its statement was taken.
    pub fn organisation(&self) -> Option<&statement::Organisation> {
        self.organisation.as_ref()
    }

    /// Returns the key that opens names and addresses, if this directory has it.
    pub fn key(&self) -> Option<&DirectoryKey> {
        self.key.as_ref()
    }

    /// Returns an account, whether it has ended or not.
    pub fn account(&self, account: AccountId) -> Option<&AccountEntry> {
        self.accounts.get(&account)
    }

    /// Returns all accounts, those that have ended among them.
    pub fn accounts(&self) -> impl Iterator<Item = &AccountEntry> {
        self.accounts.values()
    }

    /// Returns a device of an account that has not ended.
    pub fn device(&self, account: AccountId, device: DeviceId) -> Option<&Device> {
        let account = self
            .accounts
            .get(&account)
            .filter(|account| account.is_active())?;
        account
            .devices
            .iter()
            .find(|candidate| candidate.id == device)
    }

    /// Tells whether an account may act as registrar.
    pub fn is_registrar(&self, account: AccountId) -> bool {
        self.mandates
            .get(&account)
            .is_some_and(|mandate| mandate.active)
    }

    /// Returns the accounts that were invited as registrars and still lack the mandate, for whoever holds the
    /// organisation key.
    pub fn awaiting_mandate(&self) -> impl Iterator<Item = &AccountEntry> {
        self.accounts
            .values()
            .filter(|account| account.is_active() && account.invited_as == Role::Registrar)
            .filter(|account| !self.mandates.contains_key(&account.id))
    }

    /// Returns an invitation.
    pub fn invitation(&self, invitation: InvitationId) -> Option<&InvitationEntry> {
        self.invitations.get(&invitation)
    }

    /// Returns all invitations, those that are over among them.
    pub fn invitations(&self) -> impl Iterator<Item = (InvitationId, &InvitationEntry)> {
        self.invitations.iter().map(|(id, entry)| (*id, entry))
    }

    /// Returns the positions of what an invited person has to see before joining: organisation, mandate, invitation, and
    /// the issuer's profile if there is one.
    pub fn invitation_positions(&self, invitation: InvitationId) -> Option<Vec<u64>> {
        let invitation = self.invitations.get(&invitation)?;
        let issuer = invitation.statement.issuer;
        let mut positions = vec![1, self.mandates.get(&issuer)?.position, invitation.position];
        positions.extend(
            self.accounts
                .get(&issuer)
                .map(|issuer| issuer.profile_position)
                .filter(|at| *at > 0),
        );
        Some(positions)
    }

    /// Returns the groups of digits by which people compare organisations, see [`fingerprint`].
    pub fn fingerprint(&self) -> String {
        fingerprint(self.pinned)
    }

    fn organisation_key(&self) -> Result<OrganisationPublicKey, Breach> {
        self.organisation
            .as_ref()
            .map(|organisation| organisation.key)
            .ok_or(Breach::Founding)
    }
}

/// Writes an organisation's id as six groups of five digits, for two people to compare (some 99 bits).
pub fn fingerprint(organisation: OrganisationId) -> String {
    let group = |bytes: &[u8]| {
        bytes
            .iter()
            .fold(0u64, |value, byte| value << 8 | u64::from(*byte))
            % 100_000
    };
    let groups: Vec<String> = organisation.0[..30]
        .chunks(5)
        .map(|bytes| format!("{:05}", group(bytes)))
        .collect();
    groups.join(" ")
}

/// Why a statement's author is believed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Proof {
    /// Its signature has to be verified.
    Signature,
    /// This device verified it before and kept it.
    Stored,
}

//! Folds the log into who is who.
//!
//! A server folds without the directory key, a client with it; the rules are the same, so whatever a server took honestly
//! no client refuses. What is wrong inside a sealed part is seen by clients alone and must not stop the fold, or one member
//! could blind all others: such a part is left out and the account keeps what it said before.

mod admit;
mod availability;
mod checks;
mod deadlines;
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
#[doc(hidden)]
pub use checks::{Check, Checks};
pub use deadlines::DeadlinesEntry;
pub use evidence::{EvidenceEnd, EvidenceEntry};
pub use guests::PassEntry;
pub use keepers::{KeeperEntry, PolicyEntry, SealKeysEntry};
pub use offices::OfficeEntry;
pub use partners::{CardEntry, PartnerEntry};
pub use people::Person;
pub use renewals::{RenewalEntry, RenewalState};

use crate::Breach;
use crate::keys::{AccountPublicKey, OrganisationPublicKey, RegistrarPublicKey};
use crate::seal::{AddressTag, DirectoryKey, InvitationDetails, ProfileDetails};
use crate::statement::{self, Device, Role, digest};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use valise_wire::statement::SignedStatement;
use valise_wire::{
    AccountId, DeviceId, InvitationId, OfficeId, OrganisationId, RenewalId, RoomId, Timestamp,
};

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

/// A registrar's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MandateEntry {
    /// The key that counts.
    pub registrar_key: RegistrarPublicKey,
    /// Where the mandate stands in the log.
    pub position: u64,
    /// Whether it still counts.
    pub active: bool,
}

/// An invitation and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationEntry {
    /// What was signed.
    pub statement: statement::Invitation,
    /// Where it stands in the log.
    pub position: u64,
    /// The sealed part, opened; none on the server or if it cannot be read.
    pub details: Option<InvitationDetails>,
    /// How many accounts it made.
    pub used: u32,
    /// Whether it was revoked, by itself or with its issuer.
    pub revoked: bool,
}

impl InvitationEntry {
    /// Tells whether it could make an account at `now`.
    pub fn is_open(&self, now: Timestamp) -> bool {
        !self.revoked && self.used < self.statement.uses && now <= self.statement.not_after
    }
}

/// An account and what it says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountEntry {
    /// Its id.
    pub id: AccountId,
    /// Its key.
    pub key: AccountPublicKey,
    /// Keys that it had before it was renewed; none comes back.
    pub former_keys: Vec<AccountPublicKey>,
    /// When it was last renewed, by the new device's clock.
    pub renewed_at: Option<Timestamp>,
    /// What it acts as registrar with, if it is one; a guest has none.
    pub registrar_key: Option<RegistrarPublicKey>,
    /// What it was invited with: an invitation, or a guest's pass.
    pub invitation: InvitationId,
    /// What its invitation says it is meant to be.
    pub invited_as: Role,
    /// The only room in which it may be, if it is a guest.
    pub guest_of: Option<RoomId>,
    /// Tag of its address; a guest has none.
    pub address_tag: Option<AddressTag>,
    /// When it joined, by its own clock.
    pub created_at: Timestamp,
    /// Version of its device list; 0 before the first.
    pub devices_version: u64,
    /// Digest of its device list.
    pub devices_digest: Option<[u8; 32]>,
    /// Where that stands in the log; 0 before the first.
    pub devices_position: u64,
    /// Its devices; empty once it has ended.
    pub devices: Vec<Device>,
    /// Ids of devices that it had; none comes back.
    pub former_devices: BTreeSet<DeviceId>,
    /// What it shows to partners.
    pub cards: BTreeMap<OrganisationId, CardEntry>,
    /// Version of its profile; 0 before the first.
    pub profile_version: u64,
    /// Where its profile stands in the log; 0 before the first.
    pub profile_position: u64,
    /// Its profile, opened; none on the server or if none can be read.
    pub profile: Option<ProfileDetails>,
    /// When it ended, by the registrar's clock.
    pub ended_at: Option<Timestamp>,
    /// Where that stands in the log; 0 before.
    pub ended_position: u64,
}

impl AccountEntry {
    /// Begins the entry of a member without anything that it said of itself.
    fn begin(
        id: AccountId,
        key: AccountPublicKey,
        invitation: InvitationId,
        created_at: Timestamp,
    ) -> Self {
        Self {
            id,
            key,
            former_keys: Vec::new(),
            renewed_at: None,
            registrar_key: None,
            invitation,
            invited_as: Role::Member,
            guest_of: None,
            address_tag: None,
            created_at,
            devices_version: 0,
            devices_digest: None,
            devices_position: 0,
            devices: Vec::new(),
            former_devices: BTreeSet::new(),
            cards: BTreeMap::new(),
            profile_version: 0,
            profile_position: 0,
            profile: None,
            ended_at: None,
            ended_position: 0,
        }
    }

    /// Tells whether the account has not ended.
    pub fn is_active(&self) -> bool {
        self.ended_at.is_none()
    }
}

/// What a statement changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The organisation exists.
    Founded(OrganisationId),
    /// The account is a registrar.
    Mandated(AccountId),
    /// An invitation exists.
    Invited(InvitationId),
    /// Somebody may come into a room as a guest, or no longer.
    Pass {
        /// By which pass.
        pass: InvitationId,
        /// Into which room.
        room: RoomId,
    },
    /// The account exists.
    Joined(AccountId),
    /// The account's devices are others.
    Devices {
        /// Whose.
        account: AccountId,
        /// Those that are new.
        added: Vec<Device>,
        /// Those that are gone: their sessions end and their leaves have to leave every room.
        removed: Vec<Device>,
    },
    /// The account's profile is another.
    Profile(AccountId),
    /// The account has ended.
    Ended {
        /// Whose.
        account: AccountId,
        /// The devices that it had: their sessions end and their leaves have to leave every room.
        removed: Vec<Device>,
    },
    /// The invitation makes no more accounts.
    InvitationEnded(InvitationId),
    /// A registrar offered, or a second one confirmed, that an account gets a new key; or it came to nothing.
    Renewal(RenewalId),
    /// The organisation works with another one, in another way or no longer.
    Partner(OrganisationId),
    /// An office exists, is held by others, or is no more; or shows itself to a partner.
    Office(OfficeId),
    /// The organisation stands under another law, takes something else, or works with others.
    Laws,
    /// Deadlines are counted in another way.
    Deadlines,
    /// The account is away or here again, or on duty for other offices.
    Availability(AccountId),
    /// The account shows itself to a partner.
    Card {
        /// Who.
        account: AccountId,
        /// To whom.
        partner: OrganisationId,
    },
    /// A device of the account has its evidence key.
    EvidenceKey {
        /// Whose.
        account: AccountId,
        /// Which.
        device: DeviceId,
    },
    /// The account may seal in the organisation's name, says with what, or may no longer.
    Keeper(AccountId),
    /// Requests of the organisation need something else, or there are none, or again some.
    RequestPolicy,
    /// The account has a new key and a new device.
    Renewed {
        /// Whose.
        account: AccountId,
        /// By which offer.
        renewal: RenewalId,
        /// The new device.
        added: Vec<Device>,
        /// The devices that it had: their sessions end and their leaves have to leave every room.
        removed: Vec<Device>,
    },
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

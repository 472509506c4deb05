//! The rules of a room: one pure function that judges every change, for members and hub alike.

mod case;
mod check;
mod links;
mod residency;

pub use check::check_change;
pub use residency::{is_narrower, is_within};

use thiserror::Error;
use valise_wire::policy::{LeafIdentity, RoomKind, RoomPolicy, ShownLink};
use valise_wire::{AccountId, OrganisationId, RoomId, Timestamp};

/// Tells who may be a leaf. An implementation answers from statements it verified, and answers the same for as long as a
/// [`crate::Room`] borrows it.
pub trait Directory {
    /// Tells what is known of a device.
    fn standing(&self, leaf: &LeafIdentity) -> Standing;
    /// Tells whether an account ended.
    fn is_ended(&self, account: &AccountId) -> bool;
    /// Returns the only room in which an account may be; none if it is no guest.
    fn guest_of(&self, _account: &AccountId) -> Option<RoomId> {
        None
    }
    /// Returns for whom an account speaks; none if nobody knows it.
    fn side_of(&self, _account: &AccountId) -> Option<Side<'_>> {
        None
    }
}

/// For whom somebody speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Side<'a> {
    /// The organisation, or what stands for a guest's.
    pub organisation: OrganisationId,
    /// Under whose law it stands, by what it says of itself: codes of ISO 3166-1; empty if it says nothing.
    pub jurisdictions: &'a [String],
}

/// What the directory says of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing: it never was, or this directory is behind.
    Unknown,
    /// It is in the newest device list of an account that is active, with this leaf key.
    Valid([u8; 32]),
    /// It was in a device list once, or its account ended; with its leaf key as far as that is still known.
    Revoked(Option<[u8; 32]>),
}

/// Tells what is known of a device, with what is known of its account: no device outlives its account.
pub fn standing(directory: &dyn Directory, leaf: &LeafIdentity) -> Standing {
    match directory.standing(leaf) {
        Standing::Valid(key) if directory.is_ended(&leaf.account) => Standing::Revoked(Some(key)),
        Standing::Unknown if directory.is_ended(&leaf.account) => Standing::Revoked(None),
        standing => standing,
    }
}

/// Tells whether a device may be in no room any more.
pub fn is_revoked(directory: &dyn Directory, leaf: &LeafIdentity) -> bool {
    matches!(standing(directory, leaf), Standing::Revoked(_))
}

/// A member device in a room's tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// Place in the tree; kept for as long as the device stays.
    pub index: u32,
    /// Who it is.
    pub identity: LeafIdentity,
    /// Ed25519 key that signs what it says.
    pub key: [u8; 32],
}

/// A room as the rules see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomView {
    /// What its members agreed.
    pub policy: RoomPolicy,
    /// Members, by ascending index.
    pub leaves: Vec<Leaf>,
}

/// Judging as the change is made (own commit, hub), or following what was accepted before.
///
/// Room and directory have no common order: who catches up holds a newer directory than the committer did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The directory of this instant decides: everybody touched must be valid, and nobody revoked may stay.
    Now(Timestamp),
    /// A device must be known; one that was revoked since is accepted here, and keeps the room from sending until it is
    /// removed ([`crate::room::Room::must_commit`]).
    Past,
}

/// Who makes a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A member by a commit.
    Member(LeafIdentity),
    /// A device that comes (back) by an external commit.
    Newcomer(LeafIdentity),
    /// Nobody by a commit: a state that has none before it, of a new room, a welcome, or a group information.
    State {
        /// Who signed it.
        by: LeafIdentity,
        /// Who joins by it, in a welcome.
        me: Option<LeafIdentity>,
    },
    /// The hub by a proposal alone.
    Hub,
    /// A member by a proposal alone.
    Proposer(LeafIdentity),
}

/// A device that a change adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    /// Who.
    pub identity: LeafIdentity,
    /// Its leaf key.
    pub key: [u8; 32],
    /// Seconds since 1970 between which its key package may be used; `None` where there was no key package.
    pub lifetime: Option<(u64, u64)>,
}

/// How a device goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The committer removes it.
    Committer,
    /// It said that it leaves.
    Leave,
    /// The hub proposed it.
    Hub,
}

/// A device that a change removes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// Who.
    pub leaf: Leaf,
    /// How.
    pub cause: Cause,
}

/// A link that a newcomer shows, with what its signature has to be over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The link's key and signature.
    pub link: ShownLink,
    /// Room, epoch, device and leaf key of the commit, as they are signed.
    pub signed: Vec<u8>,
}

/// A change before it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedChange {
    /// In which room.
    pub room: RoomId,
    /// Who makes it.
    pub origin: Origin,
    /// Who comes.
    pub added: Vec<Addition>,
    /// Who goes.
    pub removed: Vec<Removal>,
    /// The committer's leaf as it becomes, if it renews its keys.
    pub renewed: Option<(LeafIdentity, [u8; 32])>,
    /// The policy after the change.
    pub policy: RoomPolicy,
    /// What no change may have: numbers of proposal and extension types.
    pub foreign: Vec<u16>,
    /// The link by which a newcomer comes in, if it shows one.
    pub shown: Option<Shown>,
}

/// The rules, each with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Rule {
    /// Every added device stands in the directory with just this key.
    KnownDevice,
    /// Nobody revoked acts or is added, and after a commit nobody revoked is left.
    NobodyRevoked,
    /// A key package is used within its time.
    KeyPackageTime,
    /// A device is in a room once.
    OneLeafADevice,
    /// Who may add.
    Add,
    /// Who may remove.
    Remove,
    /// An account that leaves goes with all its devices.
    LeaveWhole,
    /// Who may change the policy.
    Policy,
    /// Owners are in the room, in order, each once, and never none.
    Owners,
    /// A direct room has the two accounts that its policy names.
    Direct,
    /// A room stays direct or not direct.
    Kind,
    /// The organisation stays.
    Organisation,
    /// The protocol floor does not sink.
    Floor,
    /// A newcomer's account is in the room or it shows a link, and it takes its own old leaf away and does nothing else.
    Newcomer,
    /// The hub proposes nothing but to remove who was revoked.
    HubProposal,
    /// Members propose nothing but to leave.
    MemberProposal,
    /// A device keeps its identity and its leaf key.
    SameLeaf,
    /// No other proposals, no other extensions.
    Foreign,
    /// Who made the state that one joins was allowed to.
    Inviter,
    /// Authenticated data names the room.
    RoomBinding,
    /// A link that a stranger shows is one of the room's, within its time, and was signed with for just this.
    ShownLink,
    /// What links a room may have, and that none outlives the removal of somebody.
    Links,
    /// A guest is in the room of his request alone, and owns nothing.
    Guest,
    /// Nobody comes of an organisation that the room's rule leaves out, and no rule is made that leaves out who stays.
    Residency,
}

/// A change breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the change breaks the rule {rule:?}")]
pub struct Breach {
    /// Which rule.
    pub rule: Rule,
    /// Whom it concerns, where it is one device.
    pub leaf: Option<LeafIdentity>,
}

impl Breach {
    /// Tells whether the rule asks the directory: then it may be behind, and is read to its end before anybody is blamed.
    pub fn asks_directory(&self) -> bool {
        match self.rule {
            Rule::KnownDevice | Rule::NobodyRevoked | Rule::Remove | Rule::HubProposal => true,
            // Whoever may not remove may not settle the owners either.
            Rule::Policy => true,
            // Links stay when somebody goes who was revoked.
            Rule::Links => true,
            // What an organisation says of its law stands there.
            Rule::Residency => true,
            _ => false,
        }
    }
}

/// Which rules are kept: all of them. Tests leave one out to prove that it is what refuses.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules(u32);

impl Rules {
    /// Every rule.
    pub const ALL: Self = Self(u32::MAX);
    /// No rule: how a member behaves who does not care.
    pub const NONE: Self = Self(0);

    /// Leaves a rule out.
    pub const fn without(self, rule: Rule) -> Self {
        Self(self.0 & !(1 << rule as u8))
    }

    /// Tells whether a rule is kept.
    pub const fn keeps(self, rule: Rule) -> bool {
        self.0 & (1 << rule as u8) != 0
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self::ALL
    }
}

/// Tells whether an account may post content in a room with this policy: in an announcement room owners alone.
pub fn may_post(policy: &RoomPolicy, account: &AccountId) -> bool {
    policy.kind != RoomKind::Announcement || policy.owners.contains(account)
}

/// Returns the policy that a room falls to when these accounts are left in it, by ascending leaf index: owners who are gone
/// are no owners, and when none is left the first account that remains becomes one.
///
/// Any committer may, and must, make this change together with the removal that asks for it. In a direct room the list
/// names the two sides, or the one whose own it is, and never changes.
pub fn settled_policy(policy: &RoomPolicy, remaining: &[AccountId]) -> RoomPolicy {
    let mut settled = policy.clone();
    if policy.kind != RoomKind::Direct {
        settled.owners.retain(|owner| remaining.contains(owner));
        if settled.owners.is_empty() {
            settled.owners.extend(remaining.first());
        }
    }
    settled
}

#[cfg(test)]
pub(crate) use check::trace;
#[cfg(test)]
mod tests;

//! A room as its hub holds it: the public half, with which it refuses what would break the room.

use crate::rules::{Breach, Directory, Leaf, RoomView, Rules};
use ed25519_dalek::SigningKey;
use thiserror::Error;
use valise_wire::policy::{LeafIdentity, RoomPolicy};
use valise_wire::{RoomId, Timestamp};
use zeroize::Zeroizing;

/// The hub's own signing key, with which it proposes removals.
pub struct HubKey {
    signing: SigningKey,
}

impl HubKey {
    /// Reads a secret.
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        Self { signing: SigningKey::from_bytes(secret) }
    }

    /// Returns the secret half.
    pub fn secret(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.signing.to_bytes())
    }

    /// Returns the public half, an external sender of every room.
    pub fn public(&self) -> [u8; 32] {
        self.signing.verifying_key().to_bytes()
    }
}

/// Why the hub does not take something.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// Not an MLS message of the kind that belongs here.
    #[error("malformed")]
    Malformed,
    /// It is of another room.
    #[error("of another room")]
    ForeignRoom,
    /// It is of another epoch: read what came in between and make it again.
    #[error("of epoch {theirs}, the room is in epoch {ours}")]
    WrongEpoch {
        /// Epoch of the message.
        theirs: u64,
        /// Epoch of the room.
        ours: u64,
    },
    /// MLS refuses it, so members would, too.
    #[error("not valid: {0}")]
    Invalid(&'static str),
    /// It breaks a rule.
    #[error(transparent)]
    Breach(#[from] Breach),
    /// Somebody else made it than the device that handed it over.
    #[error("made by another device")]
    ForeignSender,
    /// The group information or the welcome does not belong to the commit.
    #[error("the group information does not fit: {0}")]
    GroupInfo(&'static str),
    /// A proposal waits: a commit has to come before a message.
    #[error("a commit has to come first")]
    CommitFirst,
    /// The stored state cannot be read.
    #[error("the stored state cannot be read")]
    State,
}

/// A change that the hub took. The room is in the new epoch already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The epoch that it began.
    pub epoch: u64,
    /// Who made it.
    pub committer: LeafIdentity,
    /// Who came.
    pub added: Vec<LeafIdentity>,
    /// Who went.
    pub removed: Vec<LeafIdentity>,
    /// To whom the welcome goes; empty without one.
    pub welcomed: Vec<LeafIdentity>,
    /// The policy after the change.
    pub policy: RoomPolicy,
}

/// A proposal that the hub took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedProposal {
    /// The epoch in which it waits.
    pub epoch: u64,
    /// Who is to go.
    pub leaf: LeafIdentity,
}

/// A commit as it was uploaded.
#[derive(Debug, Clone, Copy)]
pub struct CommitIn<'a> {
    /// MLS PublicMessage.
    pub commit: &'a [u8],
    /// MLS GroupInfo message of the new epoch, without the tree.
    pub group_info: &'a [u8],
    /// MLS Welcome message.
    pub welcome: Option<&'a [u8]>,
}

/// A room as its hub holds it.
///
/// Accepting changes it in memory; the caller stores [`Self::to_bytes`] in the same batch as the event, and drops the value
/// when that fails.
pub struct HubRoom {
    room: RoomId,
    group_info: Vec<u8>,
    proposals: Vec<Vec<u8>>,
    policy: RoomPolicy,
    #[allow(dead_code)]
    rules: Rules,
}

impl HubRoom {
    /// Takes a new room: epoch 0, `creator` alone in it, a policy that keeps to the rules, the hub's own key as the only
    /// external sender.
    pub fn open(
        room: RoomId,
        group_info: &[u8],
        tree: &[u8],
        creator: &LeafIdentity,
        hub_key: &[u8; 32],
        directory: &dyn Directory,
        now: Timestamp,
    ) -> Result<Self, Refused> {
        let _ = (room, group_info, tree, creator, hub_key, directory, now);
        Err(Refused::State)
    }

    /// Reads what [`Self::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Refused> {
        let _ = bytes;
        Err(Refused::State)
    }

    /// Writes the state down: standard MLS structures in deterministic CBOR, nothing of the library.
    pub fn to_bytes(&self) -> Vec<u8> {
        Vec::new()
    }

    /// Leaves rules out, for tests.
    #[doc(hidden)]
    pub fn with_rules(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    /// Tells which room it is.
    pub fn id(&self) -> RoomId {
        self.room
    }

    /// Tells the epoch.
    pub fn epoch(&self) -> u64 {
        0
    }

    /// Returns what the members agreed.
    pub fn policy(&self) -> &RoomPolicy {
        &self.policy
    }

    /// Returns who is in the room, by ascending leaf index.
    pub fn roster(&self) -> Vec<Leaf> {
        Vec::new()
    }

    /// Returns the room as the rules see it.
    pub fn view(&self) -> RoomView {
        RoomView { policy: self.policy.clone(), leaves: self.roster() }
    }

    /// Returns the MLS GroupInfo message of this epoch, without the tree.
    pub fn group_info(&self) -> &[u8] {
        &self.group_info
    }

    /// Returns the ratchet tree of this epoch.
    pub fn tree(&self) -> Vec<u8> {
        Vec::new()
    }

    /// Returns the proposals of this epoch that nobody committed.
    pub fn proposals(&self) -> &[Vec<u8>] {
        &self.proposals
    }

    /// Takes a commit that `from` handed over, or says why not. A refusal changes nothing.
    pub fn check_commit(&mut self, upload: CommitIn<'_>, from: &LeafIdentity, directory: &dyn Directory, now: Timestamp) -> Result<Accepted, Refused> {
        let _ = (upload, from, directory, now);
        Err(Refused::State)
    }

    /// Takes a member's proposal to leave that `from` handed over, or says why not. A refusal changes nothing.
    pub fn check_proposal(&mut self, proposal: &[u8], from: &LeafIdentity, directory: &dyn Directory, now: Timestamp) -> Result<AcceptedProposal, Refused> {
        let _ = (proposal, from, directory, now);
        Err(Refused::State)
    }

    /// Tells whether a message is an application message of this room and epoch. Reads its head alone, so that the cost
    /// does not grow with the room.
    pub fn check_message(&self, message: &[u8]) -> Result<(), Refused> {
        let _ = message;
        Err(Refused::State)
    }

    /// Proposes to remove every leaf that the directory says is revoked and that no proposal removes yet. The proposals
    /// are stored here; the caller makes an event of each.
    pub fn propose_removals(&mut self, key: &HubKey, directory: &dyn Directory, now: Timestamp) -> Result<Vec<Vec<u8>>, Refused> {
        let _ = (key, directory, now);
        Err(Refused::State)
    }
}

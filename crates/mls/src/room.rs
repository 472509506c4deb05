//! A room as one of its members holds it.

use crate::error::Error;
use crate::member::Member;
use crate::rules::{Leaf, RoomView};
use crate::settings::Suite;
use valise_wire::RoomId;
use valise_wire::policy::{LeafIdentity, RoomPolicy};
use valise_wire::push::EventKind;

/// A room, loaded from the store for the length of one input. Every change goes through to the store at once.
pub struct Room<'a> {
    #[allow(dead_code)]
    member: Member<'a>,
    id: RoomId,
    policy: RoomPolicy,
}

/// What a member wants to change; nothing of it renews the member's own keys alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Change {
    /// Key packages of the devices to add.
    pub add: Vec<Vec<u8>>,
    /// Leaf indices of the devices to remove.
    pub remove: Vec<u32>,
    /// The policy to have afterwards, if it is to be another one.
    pub policy: Option<RoomPolicy>,
}

/// A commit that waits for the hub's answer; it is in the store, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingCommit {
    /// Epoch that it ends.
    pub epoch: u64,
    /// MLS PublicMessage.
    pub commit: Vec<u8>,
    /// MLS GroupInfo message of the new epoch, without the tree.
    pub group_info: Vec<u8>,
    /// MLS Welcome message with the tree in it, when somebody is added.
    pub welcome: Option<Vec<u8>>,
}

/// A change that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The epoch that it began.
    pub epoch: u64,
    /// Who made it.
    pub committer: LeafIdentity,
    /// Who came; a device that came back by itself is here and in `removed`.
    pub added: Vec<LeafIdentity>,
    /// Who went.
    pub removed: Vec<LeafIdentity>,
    /// The policy before.
    pub policy_before: RoomPolicy,
    /// The policy after.
    pub policy_after: RoomPolicy,
    /// Whether this device is out of the room with it.
    pub self_removed: bool,
}

/// What an event turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Processed {
    /// Content from another device.
    Message {
        /// Who sent it, as MLS authenticated it.
        sender: LeafIdentity,
        /// Whether the room's policy lets the sender's account post ([`crate::rules::may_post`]).
        may_post: bool,
        /// The epoch in which it was sent.
        epoch: u64,
        /// What the sender authenticated beside it.
        aad: Vec<u8>,
        /// The content, without padding.
        plaintext: Vec<u8>,
    },
    /// A content of this device came back; only the sender holds what it says.
    OwnMessage {
        /// The epoch in which it was sent.
        epoch: u64,
    },
    /// Another device's commit; it is merged.
    Change(Changed),
    /// The commit of this device was accepted; it is merged.
    OwnCommit(Changed),
    /// Somebody is to go; it is stored, and nothing can be sent until somebody commits it.
    Proposal {
        /// Who is to go.
        leaf: LeafIdentity,
        /// Whether it said so itself; otherwise the hub did.
        leaves: bool,
    },
}

impl<'a> Room<'a> {
    /// Tells which room it is.
    pub fn id(&self) -> RoomId {
        self.id
    }

    /// Tells the epoch.
    pub fn epoch(&self) -> u64 {
        0
    }

    /// Tells whether this device is a member still.
    pub fn is_active(&self) -> bool {
        false
    }

    /// Tells the ciphersuite.
    pub fn suite(&self) -> Result<Suite, Error> {
        Err(Error::Bug("not written yet"))
    }

    /// Returns what the members agreed.
    pub fn policy(&self) -> &RoomPolicy {
        &self.policy
    }

    /// Returns who is in the room, by ascending leaf index.
    pub fn roster(&self) -> Result<Vec<Leaf>, Error> {
        Ok(self.view()?.leaves)
    }

    /// Returns the room as the rules see it.
    pub fn view(&self) -> Result<RoomView, Error> {
        Err(Error::Bug("not written yet"))
    }

    /// Returns a value that all members of one epoch share, and nobody else of another: forks differ in it.
    pub fn epoch_authenticator(&self) -> Vec<u8> {
        Vec::new()
    }

    /// Returns a secret of this epoch for another purpose; `label` and `context` keep purposes apart (RFC 9420 §8.5).
    pub fn export_secret(&self, label: &str, context: &[u8], length: usize) -> Result<Vec<u8>, Error> {
        let _ = (label, context, length);
        Err(Error::Bug("not written yet"))
    }

    /// Returns the MLS GroupInfo message of this epoch, without the tree.
    pub fn group_info(&self) -> Result<Vec<u8>, Error> {
        Err(Error::Bug("not written yet"))
    }

    /// Returns the ratchet tree of this epoch.
    pub fn tree(&self) -> Result<Vec<u8>, Error> {
        Err(Error::Bug("not written yet"))
    }

    /// Encrypts content for the room, padded. `aad` travels readable and authenticated.
    pub fn encrypt(&mut self, plaintext: &[u8], aad: &[u8]) -> Result<Vec<u8>, Error> {
        let _ = (plaintext, aad);
        Err(Error::Bug("not written yet"))
    }

    /// Tells whether a commit has to come before anything can be sent: a proposal waits, or somebody was revoked.
    pub fn must_commit(&self) -> Result<bool, Error> {
        Err(Error::Bug("not written yet"))
    }

    /// Makes a commit, which also carries out every stored proposal and removes everybody who was revoked.
    pub fn commit(&mut self, change: Change) -> Result<PendingCommit, Error> {
        let _ = change;
        Err(Error::Bug("not written yet"))
    }

    /// Tells whether an own commit waits for the hub's answer.
    pub fn has_pending_commit(&self) -> bool {
        false
    }

    /// Merges the own commit: the hub accepted it.
    pub fn confirm_commit(&mut self) -> Result<Changed, Error> {
        Err(Error::Bug("not written yet"))
    }

    /// Forgets the own commit: the hub refused it, or another one came first.
    pub fn abandon_commit(&mut self) -> Result<(), Error> {
        Err(Error::Bug("not written yet"))
    }

    /// Proposes that this device's account leaves (an MLS PublicMessage with SelfRemove). Somebody else commits it.
    pub fn propose_leave(&mut self) -> Result<Vec<u8>, Error> {
        Err(Error::Bug("not written yet"))
    }

    /// Processes an event of the room's log.
    pub fn process(&mut self, kind: EventKind, body: &[u8]) -> Result<Processed, Error> {
        let _ = (kind, body);
        Err(Error::Bug("not written yet"))
    }

    /// Seals a signal (typing) for the members of this epoch.
    pub fn seal_signal(&self, plaintext: &[u8]) -> Result<Vec<u8>, Error> {
        let _ = plaintext;
        Err(Error::Bug("not written yet"))
    }

    /// Opens a signal and tells who sent it.
    pub fn open_signal(&self, sealed: &[u8]) -> Result<(LeafIdentity, Vec<u8>), Error> {
        let _ = sealed;
        Err(Error::Bug("not written yet"))
    }
}

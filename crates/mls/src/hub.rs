//! A room as its hub holds it: the public half, with which it refuses what would break the room.

mod accept;
mod state;

use crate::extract;
use crate::group_info::application_head;
use crate::rules::{Breach, Leaf, RoomView, Rules};
use ed25519_dalek::{Signer as _, SigningKey};
use openmls::prelude::PublicGroup;
use openmls_rust_crypto::RustCrypto;
use openmls_traits::signatures::SignerError;
use openmls_traits::types::SignatureScheme;
use thiserror::Error;
use valise_wire::RoomId;
use valise_wire::policy::{LeafIdentity, RoomPolicy};
use zeroize::Zeroizing;

/// The hub's own signing key, with which it proposes removals.
pub struct HubKey {
    signing: SigningKey,
}

impl HubKey {
    /// Reads a secret.
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        Self {
            signing: SigningKey::from_bytes(secret),
        }
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

impl openmls_traits::signatures::Signer for HubKey {
    fn sign(&self, payload: &[u8]) -> Result<Vec<u8>, SignerError> {
        Ok(self.signing.sign(payload).to_bytes().to_vec())
    }

    fn signature_scheme(&self) -> SignatureScheme {
        SignatureScheme::ED25519
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
    group: PublicGroup,
    policy: RoomPolicy,
    group_info: Vec<u8>,
    tree: Vec<u8>,
    proposals: Vec<Vec<u8>>,
    crypto: RustCrypto,
    rules: Rules,
}

impl HubRoom {
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
        self.group.group_context().epoch().as_u64()
    }

    /// Returns what the members agreed.
    pub fn policy(&self) -> &RoomPolicy {
        &self.policy
    }

    /// Returns who is in the room, by ascending leaf index.
    pub fn roster(&self) -> Vec<Leaf> {
        // Every leaf was read before it was taken.
        extract::leaves(self.group.members()).unwrap_or_default()
    }

    /// Tells whether a device is in the room.
    pub fn contains(&self, leaf: &LeafIdentity) -> bool {
        self.roster().iter().any(|member| member.identity == *leaf)
    }

    /// Returns the room as the rules see it.
    pub fn view(&self) -> RoomView {
        RoomView {
            policy: self.policy.clone(),
            leaves: self.roster(),
        }
    }

    /// Returns the MLS GroupInfo message of this epoch, without the tree.
    pub fn group_info(&self) -> &[u8] {
        &self.group_info
    }

    /// Returns the ratchet tree of this epoch.
    pub fn tree(&self) -> &[u8] {
        &self.tree
    }

    /// Returns the proposals of this epoch that nobody committed.
    pub fn proposals(&self) -> &[Vec<u8>] {
        &self.proposals
    }

    /// Tells whether a message is an application message of this room and epoch. Reads its head alone, so that the cost
    /// does not grow with the room.
    pub fn check_message(&self, message: &[u8]) -> Result<(), Refused> {
        let (group, theirs) = application_head(message).ok_or(Refused::Malformed)?;
        if group != self.room.0 {
            return Err(Refused::ForeignRoom);
        }
        let ours = self.epoch();
        if theirs != ours {
            return Err(Refused::WrongEpoch { theirs, ours });
        }
        if self.proposals.is_empty() {
            Ok(())
        } else {
            Err(Refused::CommitFirst)
        }
    }
}

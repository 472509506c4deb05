//! A room as one of its members holds it.

mod commit;
mod process;
mod signal;

pub use signal::MAX_SIGNAL_BYTES;

use crate::error::{Error, Refusal};
use crate::extract;
use crate::member::{Member, to_bytes};
use crate::rules::{Breach, Leaf, RoomView, Rule, is_revoked, is_within};
use crate::settings::{self, Suite};
use openmls::prelude::{MlsGroup, OpenMlsProvider as _};
use std::cell::OnceCell;
use tls_codec::Serialize as _;
use valise_wire::RoomId;
use valise_wire::policy::{LeafIdentity, RoomPolicy};

/// A room, loaded from the store for the length of one input. Every change goes through to the store at once.
pub struct Room<'a> {
    member: Member<'a>,
    id: RoomId,
    pub(crate) group: MlsGroup,
    policy: RoomPolicy,
    /// Who is in the room, once somebody asked: reading it costs more than encrypting. Forgotten with every change.
    leaves: OnceCell<Vec<Leaf>>,
    /// Whether one of them was revoked, once somebody asked: a thousand questions before each message cost as much as the
    /// message. Forgotten with every change; the directory is borrowed, and stays what it is ([`crate::rules::Directory`]).
    holds_revoked: OnceCell<bool>,
    /// Who of them the room's rule leaves out, once somebody asked, in the same way.
    outside: OnceCell<Option<LeafIdentity>>,
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
    /// Whether the committer was a stranger, and came in by a link.
    pub by_link: bool,
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
    pub(crate) fn of(member: Member<'a>, id: RoomId, group: MlsGroup) -> Result<Self, Error> {
        let policy = settings::policy_of(group.extensions()).map_err(Error::Bug)?;
        Ok(Self {
            member,
            id,
            group,
            policy,
            leaves: OnceCell::new(),
            holds_revoked: OnceCell::new(),
            outside: OnceCell::new(),
        })
    }

    /// Tells which room it is.
    pub fn id(&self) -> RoomId {
        self.id
    }

    /// Tells the epoch.
    pub fn epoch(&self) -> u64 {
        self.group.epoch().as_u64()
    }

    /// Tells whether this device is a member still.
    pub fn is_active(&self) -> bool {
        self.group.is_active()
    }

    /// Tells the ciphersuite.
    pub fn suite(&self) -> Result<Suite, Error> {
        Suite::from_mls(self.group.ciphersuite()).ok_or(Error::Bug("a room of an unknown suite"))
    }

    /// Returns what the members agreed.
    pub fn policy(&self) -> &RoomPolicy {
        &self.policy
    }

    /// Returns who is in the room, by ascending leaf index.
    pub fn roster(&self) -> Result<Vec<Leaf>, Error> {
        self.leaves().map(<[Leaf]>::to_vec)
    }

    fn leaves(&self) -> Result<&[Leaf], Error> {
        if let Some(known) = self.leaves.get() {
            return Ok(known);
        }
        let leaves = extract::leaves(self.group.members()).map_err(Error::Bug)?;
        Ok(self.leaves.get_or_init(|| leaves))
    }

    /// Returns the room as the rules see it.
    pub fn view(&self) -> Result<RoomView, Error> {
        Ok(RoomView {
            policy: self.policy.clone(),
            leaves: self.roster()?,
        })
    }

    /// Returns this device's place in the tree.
    pub fn own_index(&self) -> u32 {
        self.group.own_leaf_index().u32()
    }

    /// Returns a value that all members of one epoch share, and nobody else of another: forks differ in it.
    pub fn epoch_authenticator(&self) -> Vec<u8> {
        self.group.epoch_authenticator().as_slice().to_vec()
    }

    /// Returns a secret of this epoch for another purpose; `label` and `context` keep purposes apart (RFC 9420 §8.5).
    pub fn export_secret(
        &self,
        label: &str,
        context: &[u8],
        length: usize,
    ) -> Result<Vec<u8>, Error> {
        self.require_member()?;
        let secret =
            self.group
                .export_secret(self.member.provider().crypto(), label, context, length);
        secret.map_err(|_| Error::Bug("a secret cannot be exported"))
    }

    /// Returns the MLS GroupInfo message of this epoch, without the tree.
    pub fn group_info(&self) -> Result<Vec<u8>, Error> {
        self.require_member()?;
        let info = self.group.export_group_info(
            self.member.provider().crypto(),
            self.member.device,
            false,
        );
        to_bytes(&info.map_err(|_| Error::Bug("a group information cannot be made"))?)
    }

    /// Returns the ratchet tree of this epoch.
    pub fn tree(&self) -> Result<Vec<u8>, Error> {
        self.group
            .export_ratchet_tree()
            .tls_serialize_detached()
            .map_err(|_| Error::Bug("a tree cannot be written"))
    }

    /// Encrypts content for the room, padded. `aad` travels readable and authenticated. Refused while a commit has to come first, and while
    /// somebody is in the room whom its rule leaves out ([`Self::outside`]).
    ///
    /// The ratchet has moved when this returns: what it returned is sent, or never shown to anybody.
    pub fn encrypt(&mut self, plaintext: &[u8], aad: &[u8]) -> Result<Vec<u8>, Error> {
        self.require_member()?;
        if self.must_commit()? {
            return Err(Error::Refused(Refusal::CommitFirst));
        }
        self.require_nobody_outside()?;
        self.group.set_aad(room_binding(self.id, aad));
        let message =
            self.group
                .create_message(&self.member.provider(), self.member.device, plaintext);
        to_bytes(&message.map_err(|_| Error::Bug("a message cannot be made"))?)
    }

    /// Tells whether a commit has to come before anything can be sent: a proposal waits, or somebody was revoked.
    pub fn must_commit(&self) -> Result<bool, Error> {
        Ok(self.group.has_pending_proposals() || self.holds_revoked()?)
    }

    fn holds_revoked(&self) -> Result<bool, Error> {
        if let Some(known) = self.holds_revoked.get() {
            return Ok(*known);
        }
        let mut leaves = self.leaves()?.iter();
        let found = leaves.any(|leaf| self.is_revoked(&leaf.identity));
        Ok(*self.holds_revoked.get_or_init(|| found))
    }

    /// Returns somebody in the room whom its rule leaves out ([`is_within`]): while he is there, nothing is sent. Whoever let him in did not care,
    /// or what his organisation says of its law has changed since.
    pub fn outside(&self) -> Result<Option<&LeafIdentity>, Error> {
        if let Some(known) = self.outside.get() {
            return Ok(known.as_ref());
        }
        let (rule, own) = (&self.policy.residency, self.policy.organisation);
        let who = self.member.directory;
        let is_outside = |leaf: &&Leaf| !is_within(rule, own, who, &leaf.identity.account);
        let asks = self.member.rules.keeps(Rule::Residency);
        let mut leaves = self.leaves()?.iter().filter(|_| asks);
        let found = leaves.find(is_outside).map(|leaf| leaf.identity.clone());
        Ok(self.outside.get_or_init(|| found).as_ref())
    }

    fn require_nobody_outside(&self) -> Result<(), Error> {
        match self.outside()?.cloned() {
            None => Ok(()),
            leaf => Err(Error::Refused(Refusal::Breach(Breach {
                rule: Rule::Residency,
                leaf,
            }))),
        }
    }

    /// Forgets what was read of the members: a change makes others of them.
    fn forget_members(&mut self) {
        self.leaves.take();
        self.holds_revoked.take();
        self.outside.take();
    }

    fn is_revoked(&self, leaf: &LeafIdentity) -> bool {
        is_revoked(self.member.directory, leaf)
    }

    fn require_member(&self) -> Result<(), Error> {
        if self.group.is_active() {
            Ok(())
        } else {
            Err(Error::Refused(Refusal::NotMember))
        }
    }
}

/// Begins the authenticated data of everything that members of a room send.
const BINDING: &[u8] = b"valise/1 room\0";

/// Returns the authenticated data that binds a message to a room, with what the sender adds.
pub(crate) fn room_binding(room: RoomId, aad: &[u8]) -> Vec<u8> {
    [BINDING, &room.0, aad].concat()
}

/// Returns what the sender added, if the authenticated data names this room.
pub fn bound_aad(room: RoomId, aad: &[u8]) -> Option<&[u8]> {
    aad.strip_prefix(BINDING)?.strip_prefix(&room.0)
}

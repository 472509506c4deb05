//! A device at work: makes key packages, makes and joins rooms.

use crate::device::Device;
use crate::error::Error;
use crate::random::Random;
use crate::room::Room;
use crate::rules::{Directory, Leaf, Rules};
use crate::settings::Suite;
use crate::store::KeyValue;
use valise_wire::policy::{LeafIdentity, RoomPolicy};
use valise_wire::{RoomId, Timestamp};

/// Everything that an operation of a device needs from outside, for the length of one input.
#[derive(Clone, Copy)]
pub struct Member<'a> {
    /// Its keys.
    pub device: &'a Device,
    /// Where its state lies, within the caller's transaction.
    pub store: &'a dyn KeyValue,
    /// Its randomness.
    pub random: &'a Random,
    /// Who is who, as this device could verify it.
    pub directory: &'a dyn Directory,
    /// The time of the input.
    pub now: Timestamp,
    /// Which rules it keeps.
    #[doc(hidden)]
    pub rules: Rules,
}

impl<'a> Member<'a> {
    /// Joins the parts. All rules are kept.
    pub fn new(device: &'a Device, store: &'a dyn KeyValue, random: &'a Random, directory: &'a dyn Directory, now: Timestamp) -> Self {
        Self { device, store, random, directory, now, rules: Rules::ALL }
    }

    /// Makes a key package with which others add this device (an MLS key package message); its secrets go to the store.
    ///
    /// One that is a last resort may be used more than once.
    pub fn key_package(&self, suite: Suite, last_resort: bool) -> Result<Vec<u8>, Error> {
        let _ = (suite, last_resort);
        Err(Error::Bug("not written yet"))
    }

    /// Makes a room with this device alone in it, at epoch 0. [`Room::group_info`] and [`Room::tree`] are for the hub.
    pub fn create(&self, room: RoomId, policy: &RoomPolicy, hub_key: &[u8; 32], suite: Suite) -> Result<Room<'a>, Error> {
        let _ = (room, policy, hub_key, suite);
        Err(Error::Bug("not written yet"))
    }

    /// Loads a room, if it is in the store.
    pub fn load(&self, room: RoomId) -> Result<Option<Room<'a>>, Error> {
        let _ = room;
        Err(Error::Bug("not written yet"))
    }

    /// Opens and checks a welcome. The key package is used up by it, whatever comes of it: a caller that wants to try again
    /// (after reading the directory, on [`crate::Rule::KnownDevice`]) rolls back.
    ///
    /// A room that is active here is only replaced when `replace` says so: for a device that cannot follow it any more.
    pub fn open_welcome(&self, welcome: &[u8], replace: bool) -> Result<Invitation<'a>, Error> {
        let _ = (welcome, replace);
        Err(Error::Bug("not written yet"))
    }

    /// Comes (back) into a room by an external commit against the hub's state, which must be of `at_least` this epoch.
    ///
    /// The old state of the room in the store, if any, is replaced. The commit must be accepted by the hub before
    /// anything is sent; when it is refused, the caller rolls back, or calls [`Self::forget`] and tries with a newer state.
    pub fn rejoin(&self, room: RoomId, group_info: &[u8], tree: &[u8], at_least: u64) -> Result<(Room<'a>, Rejoined), Error> {
        let _ = (room, group_info, tree, at_least);
        Err(Error::Bug("not written yet"))
    }

    /// Deletes everything that the store holds of a room.
    pub fn forget(&self, room: RoomId) -> Result<(), Error> {
        let _ = room;
        Err(Error::Bug("not written yet"))
    }
}

/// A welcome that was opened and kept to the rules, before it is accepted.
pub struct Invitation<'a> {
    member: Member<'a>,
    pub(crate) room: RoomId,
    pub(crate) inviter: LeafIdentity,
    pub(crate) epoch: u64,
    pub(crate) policy: RoomPolicy,
    pub(crate) roster: Vec<Leaf>,
}

impl<'a> Invitation<'a> {
    /// Tells which room it is.
    pub fn room(&self) -> RoomId {
        self.room
    }

    /// Tells who added this device.
    pub fn inviter(&self) -> &LeafIdentity {
        &self.inviter
    }

    /// Tells the epoch in which one joins.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Returns what the room's members agreed.
    pub fn policy(&self) -> &RoomPolicy {
        &self.policy
    }

    /// Returns who is in the room, this device included.
    pub fn roster(&self) -> &[Leaf] {
        &self.roster
    }

    /// Joins.
    pub fn join(self) -> Result<Room<'a>, Error> {
        let _ = self.member;
        Err(Error::Bug("not written yet"))
    }
}

/// What a hub needs to let a device back in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejoined {
    /// MLS PublicMessage.
    pub commit: Vec<u8>,
    /// MLS GroupInfo message of the new epoch, without the tree.
    pub group_info: Vec<u8>,
    /// Epoch that the commit ends, as the hub wants to hear it.
    pub epoch: u64,
}

//! Joining by a welcome, in two steps: look, then join.

use super::{Member, group_id, malformed, unreadable};
use crate::error::{Error, Misdeed, Misdelivery};
use crate::extract;
use crate::room::Room;
use crate::rules::{Breach, Leaf, Rule, When};
use crate::settings::{self, Suite};
use crate::store::StoreError;
use openmls::prelude::{
    MlsGroup, MlsMessageBodyIn, MlsMessageIn, OpenMlsProvider as _, ProcessedWelcome,
    StagedWelcome, Welcome, WelcomeError,
};
use tls_codec::DeserializeBytes as _;
use valise_wire::RoomId;
use valise_wire::policy::{LeafIdentity, RoomPolicy};

/// A welcome that was opened and keeps to the rules, before it is accepted.
pub struct Invitation<'a> {
    member: Member<'a>,
    staged: StagedWelcome,
    room: RoomId,
    inviter: LeafIdentity,
    policy: RoomPolicy,
    roster: Vec<Leaf>,
}

impl<'a> Member<'a> {
    /// Opens and checks a welcome. The key package is used up by it, whatever comes of it: a caller that wants to try again
    /// (after reading the directory, on [`Rule::KnownDevice`]) rolls back.
    ///
    /// A room that is active here is only replaced when `replace` says so: for a device that cannot follow it any more.
    pub fn open_welcome(&self, welcome: &[u8], replace: bool) -> Result<Invitation<'a>, Error> {
        let provider = self.provider();
        let (processed, room) = self.open(welcome)?;
        self.make_place(room, replace)?;
        let staged = processed
            .into_staged_welcome(&provider, None)
            .map_err(fault)?;
        let roster = extract::leaves(staged.members()).map_err(unreadable)?;
        Suite::from_mls(staged.group_context().ciphersuite())
            .ok_or_else(|| unreadable("a room of an unknown suite"))?;
        let me = self.device.identity().clone();
        let change = extract::state(
            &roster,
            staged.group_context(),
            staged.welcome_sender_index().u32(),
            Some(me),
        )
        .map_err(unreadable)?;
        self.check(None, &change, When::Past).map_err(breach)?;
        let crate::rules::Origin::State { by: inviter, .. } = change.origin else {
            return Err(Error::Bug("a state of nobody"));
        };
        Ok(Invitation {
            member: *self,
            staged,
            room,
            inviter,
            policy: change.policy,
            roster,
        })
    }

    /// Decrypts a welcome and reads which room it is for.
    fn open(&self, welcome: &[u8]) -> Result<(ProcessedWelcome, RoomId), Error> {
        let provider = self.provider();
        let processed = ProcessedWelcome::new_from_welcome(
            &provider,
            &settings::join_config(),
            read_welcome(welcome)?,
        )
        .map_err(fault)?;
        if self.rules.keeps(Rule::Foreign) && !processed.psks().is_empty() {
            return Err(breach(Breach {
                rule: Rule::Foreign,
                leaf: None,
            }));
        }
        let group = processed.unverified_group_info().group_id().clone();
        let room = RoomId::from_slice(group.as_slice())
            .ok_or_else(|| unreadable("a room without a room id"))?;
        Ok((processed, room))
    }

    /// Makes sure that no state of the room is in the way.
    fn make_place(&self, room: RoomId, replace: bool) -> Result<(), Error> {
        let Some(existing) = MlsGroup::load(self.provider().storage(), &group_id(room))? else {
            return Ok(());
        };
        if existing.is_active() && !replace {
            return Err(Error::ServerMisbehaved(Misdelivery::AlreadyActive));
        }
        self.forget(room)
    }
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
        self.staged.group_context().epoch().as_u64()
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
        let group = self
            .staged
            .into_group(&self.member.provider())
            .map_err(fault)?;
        Room::of(self.member, self.room, group)
    }
}

fn read_welcome(bytes: &[u8]) -> Result<Welcome, Error> {
    let message = MlsMessageIn::tls_deserialize_exact_bytes(bytes).map_err(|_| malformed())?;
    match message.extract() {
        MlsMessageBodyIn::Welcome(welcome) => Ok(welcome),
        _ => Err(malformed()),
    }
}

fn breach(breach: Breach) -> Error {
    Error::MemberMisbehaved(Misdeed::Breach(breach))
}

fn fault(error: WelcomeError<StoreError>) -> Error {
    match error {
        WelcomeError::StorageError(error) => Error::Storage(error),
        WelcomeError::NoMatchingKeyPackage
        | WelcomeError::NoMatchingEncryptionKey
        | WelcomeError::PrivateInitKeyNotFound => {
            Error::ServerMisbehaved(Misdelivery::UnknownKeyPackage)
        }
        WelcomeError::UnableToDecrypt
        | WelcomeError::MalformedWelcomeMessage
        | WelcomeError::NotAWelcomeMessage => malformed(),
        _ => unreadable("a welcome that MLS refuses"),
    }
}

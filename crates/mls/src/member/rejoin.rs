//! Coming (back) into a room by an external commit.

use super::{Member, group_id, malformed, to_bytes, unreadable};
use crate::error::{Error, Misdelivery, Refusal};
use crate::extract;
use crate::group_info::GroupInfoIn;
use crate::link::LinkKey;
use crate::room::{Room, bound_aad, room_binding};
use crate::rules::{RoomView, When};
use crate::settings::{self, Suite};
use crate::storage::{Nowhere, Storage};
use openmls::messages::group_info::VerifiableGroupInfo;
use openmls::prelude::{
    LeafNodeParameters, MlsGroup, MlsMessageBodyIn, MlsMessageIn, OpenMlsProvider as _,
    ProcessedMessageContent, ProposalStore, PublicGroup, RatchetTreeIn,
};
use tls_codec::DeserializeBytes as _;
use valise_wire::RoomId;

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

impl<'a> Member<'a> {
    /// Comes (back) into a room by an external commit against the hub's state, which must be of `at_least` this epoch.
    ///
    /// The old state of the room in the store, if any, is replaced. The commit must be accepted by the hub before
    /// anything is sent; when it is refused, the caller rolls back, or calls [`Self::forget`] and tries with a newer state.
    pub fn rejoin(
        &self,
        room: RoomId,
        group_info: &[u8],
        tree: &[u8],
        at_least: u64,
    ) -> Result<(Room<'a>, Rejoined), Error> {
        self.come_in(State::read(room, group_info, tree, at_least)?, &[])
    }

    /// Comes into a room by a link, as [`Self::rejoin`] comes back. It needs no link where the own account is in it by now.
    pub fn join_by_link(
        &self,
        room: RoomId,
        group_info: &[u8],
        tree: &[u8],
        link: &LinkKey,
    ) -> Result<(Room<'a>, Rejoined), Error> {
        let state = State::read(room, group_info, tree, 0)?;
        let (epoch, who) = (state.info.epoch().as_u64(), self.device.identity());
        let shown = link.show(room, epoch, who, &self.device.leaf_key());
        self.come_in(state, &valise_wire::to_bytes(&shown))
    }

    /// Looks at a room as the hub shows it to who is not in it, judged like a state to come back to. Nothing is kept.
    pub fn look(&self, room: RoomId, group_info: &[u8], tree: &[u8]) -> Result<RoomView, Error> {
        let public = self.check_state(&State::read(room, group_info, tree, 0)?)?;
        extract::view(&public).map_err(unreadable)
    }

    /// Comes in with what the commit says beside the room's binding.
    pub(crate) fn come_in(&self, state: State, aad: &[u8]) -> Result<(Room<'a>, Rejoined), Error> {
        let public = self.check_state(&state)?;
        let room = state.room;
        self.forget(room)?;
        let (group, commit) = self.external_commit(state, aad)?;
        self.check_own(room, &public, &commit)?;
        let room = Room::of(*self, room, group)?;
        let group_info = room.group_info()?;
        Ok((
            room,
            Rejoined {
                commit,
                group_info,
                epoch: public.group_context().epoch().as_u64(),
            },
        ))
    }

    /// Makes the commit, and with it the room.
    fn external_commit(&self, state: State, aad: &[u8]) -> Result<(MlsGroup, Vec<u8>), Error> {
        let provider = self.provider();
        let State {
            room, info, tree, ..
        } = state;
        let parameters = LeafNodeParameters::builder()
            .with_capabilities(settings::capabilities())
            .build();
        let builder = MlsGroup::external_commit_builder()
            .with_config(settings::join_config())
            .with_ratchet_tree(tree)
            .with_aad(room_binding(room, aad))
            .build_group(&provider, info, self.credential())
            .map_err(|_| unreadable("a state that MLS refuses"))?;
        let (group, bundle) = builder
            .leaf_node_parameters(parameters)
            .load_psks(provider.storage())
            .and_then(|builder| {
                builder.build(provider.rand(), provider.crypto(), self.device, |_| true)
            })
            .map_err(|_| unreadable("a state that nobody can come back to"))?
            .finalize(&provider)
            .map_err(|_| Error::Bug("an external commit cannot be finished"))?;
        Ok((group, to_bytes(bundle.commit())?))
    }

    /// Checks the state that one is to come back to.
    fn check_state(&self, state: &State) -> Result<PublicGroup, Error> {
        Suite::from_mls(state.info.ciphersuite())
            .ok_or_else(|| unreadable("a room of an unknown suite"))?;
        let (public, _) = PublicGroup::from_external(
            self.provider().crypto(),
            &Storage(&Nowhere),
            state.tree.clone(),
            state.info.clone(),
            ProposalStore::new(),
        )
        .map_err(|_| Error::ServerMisbehaved(Misdelivery::Forged))?;
        let leaves = extract::leaves(public.members()).map_err(unreadable)?;
        let change = extract::state(&leaves, public.group_context(), state.signer, None)
            .map_err(unreadable)?;
        self.check(None, &change, When::Past)
            .map_err(|breach| Error::ServerMisbehaved(Misdelivery::Breach(breach)))?;
        Ok(public)
    }

    /// Reads the own commit as everybody else will, and judges it.
    fn check_own(&self, room: RoomId, public: &PublicGroup, commit: &[u8]) -> Result<(), Error> {
        let message = MlsMessageIn::tls_deserialize_exact_bytes(commit)
            .ok()
            .and_then(|message| message.try_into_protocol_message().ok());
        let message = message.ok_or(Error::Bug("an own commit cannot be read"))?;
        let processed = public
            .process_message(self.provider().crypto(), message)
            .map_err(|_| Error::Bug("an own commit is not valid"))?;
        let sender = processed.sender().clone();
        let aad = processed.aad().to_vec();
        let ProcessedMessageContent::StagedCommitMessage(staged) = processed.into_content() else {
            return Err(Error::Bug("an own commit is none"));
        };
        let before = extract::view(public).map_err(unreadable)?;
        let aad = bound_aad(room, &aad).unwrap_or_default();
        let change = extract::commit(public, &staged, &sender, aad).map_err(unreadable)?;
        self.check(Some(&before), &change, When::Now(self.now))
            .map_err(|breach| Error::Refused(Refusal::Breach(breach)))
    }
}

/// A room's state as a hub shows it.
pub(crate) struct State {
    room: RoomId,
    info: VerifiableGroupInfo,
    tree: RatchetTreeIn,
    /// Leaf index of who signed it.
    signer: u32,
}

impl State {
    pub(crate) fn read(
        room: RoomId,
        group_info: &[u8],
        tree: &[u8],
        at_least: u64,
    ) -> Result<Self, Error> {
        let info = read_group_info(group_info)?;
        let tree = RatchetTreeIn::tls_deserialize_exact_bytes(tree).map_err(|_| malformed())?;
        if *info.group_id() != group_id(room) || info.epoch().as_u64() < at_least {
            return Err(Error::ServerMisbehaved(Misdelivery::StaleState));
        }
        let signer = GroupInfoIn::read(group_info).ok_or_else(malformed)?.signer;
        Ok(Self {
            room,
            info,
            tree,
            signer,
        })
    }
}

fn read_group_info(bytes: &[u8]) -> Result<VerifiableGroupInfo, Error> {
    let message = MlsMessageIn::tls_deserialize_exact_bytes(bytes).map_err(|_| malformed())?;
    match message.extract() {
        MlsMessageBodyIn::GroupInfo(info) => Ok(info),
        _ => Err(malformed()),
    }
}

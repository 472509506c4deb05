//! Taking a new room, and keeping its state: standard MLS structures, nothing of the library.

use super::{HubRoom, Refused};
use crate::extract;
use crate::group_info::{EXTERNAL_PUB, GroupInfoIn};
use crate::rules::{Directory, Origin, Rules, When, check_change};
use crate::settings::{self, Suite};
use crate::storage::{Nowhere, Storage};
use openmls::messages::group_info::VerifiableGroupInfo;
use openmls::prelude::{
    MlsMessageBodyIn, MlsMessageIn, ProcessedMessageContent, ProposalStore, ProtocolMessage,
    PublicGroup, RatchetTreeIn,
};
use openmls_rust_crypto::RustCrypto;
use tls_codec::{DeserializeBytes as _, Serialize as _};
use valise_wire::policy::LeafIdentity;
use valise_wire::{Octets, RoomId, Timestamp, record};

record! {
    /// What a hub stores of a room.
    pub struct HubState {
        /// Form of this record.
        pub form: u16,
        /// Which room.
        pub room: RoomId,
        /// MLS GroupInfo message.
        pub group_info: Octets,
        /// Ratchet tree.
        pub tree: Octets,
        /// Proposals that wait.
        pub proposals: Vec<Octets>,
    }
}

/// The form of [`HubState`] that this crate writes and reads.
const FORM: u16 = 1;

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
        let opened = Self::build(room, group_info, tree)?;
        let info = GroupInfoIn::read(group_info).ok_or(Refused::Malformed)?;
        if opened.epoch() != 0 {
            return Err(Refused::WrongEpoch {
                theirs: opened.epoch(),
                ours: 0,
            });
        }
        if !info.extension_types().eq([EXTERNAL_PUB]) {
            return Err(Refused::GroupInfo(
                "it has other extensions than the external key",
            ));
        }
        let senders = opened.group.group_context().extensions().external_senders();
        if senders.is_none_or(|senders| *senders != [settings::external_sender(hub_key)]) {
            return Err(Refused::GroupInfo("its external sender is not this hub"));
        }
        let leaves = opened.roster();
        let change = extract::state(&leaves, opened.group.group_context(), info.signer, None)
            .map_err(Refused::Invalid)?;
        let Origin::State { by, .. } = &change.origin else {
            return Err(Refused::State);
        };
        if by != creator || leaves.len() != 1 {
            return Err(Refused::ForeignSender);
        }
        check_change(opened.rules, None, &change, directory, When::Now(now))?;
        Ok(opened)
    }

    /// Reads what [`Self::to_bytes`] wrote, and verifies it again.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Refused> {
        let state: HubState = valise_wire::from_bytes(bytes).map_err(|_| Refused::State)?;
        if state.form != FORM {
            return Err(Refused::State);
        }
        let mut room =
            Self::build(state.room, &state.group_info, &state.tree).map_err(|_| Refused::State)?;
        for proposal in state.proposals {
            room.restore_proposal(proposal.0)
                .map_err(|_| Refused::State)?;
        }
        Ok(room)
    }

    /// Writes the state down.
    pub fn to_bytes(&self) -> Vec<u8> {
        valise_wire::to_bytes(&HubState {
            form: FORM,
            room: self.room,
            group_info: self.group_info.clone().into(),
            tree: self.tree.clone().into(),
            proposals: self.proposals.iter().cloned().map(Octets).collect(),
        })
    }

    fn build(room: RoomId, group_info: &[u8], tree: &[u8]) -> Result<Self, Refused> {
        let info = read_group_info(group_info)?;
        if info.group_id().as_slice() != room.0 {
            return Err(Refused::ForeignRoom);
        }
        Suite::from_mls(info.ciphersuite()).ok_or(Refused::Invalid("an unknown suite"))?;
        let ratchet_tree =
            RatchetTreeIn::tls_deserialize_exact_bytes(tree).map_err(|_| Refused::Malformed)?;
        let crypto = RustCrypto::default();
        let (group, _) = PublicGroup::from_external(
            &crypto,
            &Storage(&Nowhere),
            ratchet_tree,
            info,
            ProposalStore::new(),
        )
        .map_err(|_| Refused::Invalid("a state that MLS refuses"))?;
        let policy = extract::view(&group).map_err(Refused::Invalid)?.policy;
        Ok(Self {
            room,
            group,
            policy,
            group_info: group_info.to_vec(),
            tree: tree.to_vec(),
            proposals: Vec::new(),
            crypto,
            rules: Rules::ALL,
        })
    }

    fn restore_proposal(&mut self, bytes: Vec<u8>) -> Result<(), Refused> {
        let message = read_public(&bytes)?;
        let processed = self
            .group
            .process_message(&self.crypto, message)
            .map_err(|_| Refused::State)?;
        let ProcessedMessageContent::ProposalMessage(queued) = processed.into_content() else {
            return Err(Refused::State);
        };
        self.group
            .add_proposal(&Storage(&Nowhere), *queued)
            .map_err(|_| Refused::State)?;
        self.proposals.push(bytes);
        Ok(())
    }

    /// Puts back the state before a commit that was merged too early.
    pub(super) fn restore(&mut self) -> Result<(), Refused> {
        let rules = self.rules;
        *self = Self::from_bytes(&self.to_bytes())?.with_rules(rules);
        Ok(())
    }

    /// Takes over what belongs to a new epoch.
    pub(super) fn advance(&mut self, group_info: &[u8]) -> Result<(), Refused> {
        self.tree = self
            .group
            .export_ratchet_tree()
            .tls_serialize_detached()
            .map_err(|_| Refused::State)?;
        self.policy = extract::view(&self.group).map_err(Refused::Invalid)?.policy;
        self.group_info = group_info.to_vec();
        self.proposals.clear();
        Ok(())
    }
}

fn read_group_info(bytes: &[u8]) -> Result<VerifiableGroupInfo, Refused> {
    let message =
        MlsMessageIn::tls_deserialize_exact_bytes(bytes).map_err(|_| Refused::Malformed)?;
    match message.extract() {
        MlsMessageBodyIn::GroupInfo(info) => Ok(info),
        _ => Err(Refused::Malformed),
    }
}

/// Reads a handshake message as far as it can be read without the room.
pub(super) fn read_public(bytes: &[u8]) -> Result<ProtocolMessage, Refused> {
    let message =
        MlsMessageIn::tls_deserialize_exact_bytes(bytes).map_err(|_| Refused::Malformed)?;
    match message.try_into_protocol_message() {
        Ok(message @ ProtocolMessage::PublicMessage(_)) => Ok(message),
        _ => Err(Refused::Malformed),
    }
}

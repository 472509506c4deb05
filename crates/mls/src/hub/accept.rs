//! Taking commits and proposals, or saying why not.

use super::state::read_public;
use super::{Accepted, AcceptedProposal, CommitIn, HubKey, HubRoom, Refused};
use crate::extract;
use crate::group_info::{EXTERNAL_PUB, GroupInfoIn};
use crate::member::group_id;
use crate::room::bound_aad;
use crate::rules::{
    Breach, Directory, Origin, ProposedChange, Rule, When, check_change, is_revoked,
};
use crate::storage::{Nowhere, Provider, Storage};
use openmls::prelude::{
    ContentType, ExternalProposal, KeyPackageRef, LeafNodeIndex, MlsMessageBodyIn, MlsMessageIn,
    OpenMlsCrypto as _, ProcessedMessage, ProcessedMessageContent, QueuedProposal, Sender,
    SenderExtensionIndex, SignatureScheme, StagedCommit,
};
use std::collections::BTreeSet;
use tls_codec::{DeserializeBytes as _, Serialize as _};
use valise_wire::Timestamp;
use valise_wire::policy::LeafIdentity;

impl HubRoom {
    /// Takes a commit that `from` handed over, or says why not. A refusal changes nothing.
    ///
    /// The group information must be the one of the new epoch, signed by the committer, and the welcome must be for those
    /// who are added; so whoever joins or comes back can rely on what is stored here.
    pub fn check_commit(
        &mut self,
        upload: CommitIn<'_>,
        from: &LeafIdentity,
        directory: &dyn Directory,
        now: Timestamp,
    ) -> Result<Accepted, Refused> {
        let processed = self.process(upload.commit, ContentType::Commit)?;
        let sender = processed.sender().clone();
        let aad = bound_aad(self.room, processed.aad()).map_or_else(Vec::new, <[u8]>::to_vec);
        let ProcessedMessageContent::StagedCommitMessage(staged) = processed.into_content() else {
            return Err(Refused::Breach(Breach {
                rule: Rule::Foreign,
                leaf: None,
            }));
        };
        let change =
            extract::commit(&self.group, &staged, &sender, &aad).map_err(Refused::Invalid)?;
        let committer = match &change.origin {
            Origin::Member(committer) | Origin::Newcomer(committer) => committer.clone(),
            _ => return Err(Refused::Malformed),
        };
        if committer != *from {
            return Err(Refused::ForeignSender);
        }
        check_change(
            self.rules,
            Some(&self.view()),
            &change,
            directory,
            When::Now(now),
        )?;
        let welcomed = self.check_welcome(upload.welcome, &change, &staged)?;
        self.merge(*staged, &committer, upload.group_info)?;
        Ok(accepted(self.epoch(), committer, welcomed, change))
    }

    /// Takes a member's proposal to leave that `from` handed over, or says why not. A refusal changes nothing.
    pub fn check_proposal(
        &mut self,
        proposal: &[u8],
        from: &LeafIdentity,
        directory: &dyn Directory,
        now: Timestamp,
    ) -> Result<AcceptedProposal, Refused> {
        let processed = self.process(proposal, ContentType::Proposal)?;
        let ProcessedMessageContent::ProposalMessage(queued) = processed.into_content() else {
            return Err(Refused::Malformed);
        };
        let change = extract::proposal(&self.group, &queued).map_err(Refused::Invalid)?;
        if change.origin != Origin::Proposer(from.clone()) {
            return Err(Refused::ForeignSender);
        }
        self.take_proposal(*queued, proposal, &change, directory, now)
    }

    /// Proposes to remove every leaf that the directory says is revoked and that no proposal removes yet. The proposals
    /// are stored here; the caller makes an event of each.
    pub fn propose_removals(
        &mut self,
        key: &HubKey,
        directory: &dyn Directory,
        now: Timestamp,
    ) -> Result<Vec<Vec<u8>>, Refused> {
        let mut made = Vec::new();
        for leaf in self
            .roster()
            .into_iter()
            .filter(|leaf| is_revoked(directory, &leaf.identity))
        {
            let bytes = self.removal(key, leaf.index)?;
            let processed = self.process(&bytes, ContentType::Proposal)?;
            let ProcessedMessageContent::ProposalMessage(queued) = processed.into_content() else {
                return Err(Refused::Malformed);
            };
            if self.proposals.contains(&bytes) {
                continue;
            }
            let change = extract::proposal(&self.group, &queued).map_err(Refused::Invalid)?;
            self.take_proposal(*queued, &bytes, &change, directory, now)?;
            made.push(bytes);
        }
        Ok(made)
    }

    fn removal(&self, key: &HubKey, leaf: u32) -> Result<Vec<u8>, Refused> {
        let epoch = self.group.group_context().epoch();
        ExternalProposal::new_remove::<Provider<'_>>(
            LeafNodeIndex::new(leaf),
            group_id(self.room),
            epoch,
            key,
            SenderExtensionIndex::new(0),
        )
        .ok()
        .and_then(|message| message.tls_serialize_detached().ok())
        .ok_or(Refused::Invalid("a removal that cannot be proposed"))
    }

    /// Reads a handshake message of this room and epoch and lets MLS verify it.
    fn process(&self, bytes: &[u8], content: ContentType) -> Result<ProcessedMessage, Refused> {
        let message = read_public(bytes)?;
        if message.content_type() != content {
            return Err(Refused::Malformed);
        }
        if *message.group_id() != group_id(self.room) {
            return Err(Refused::ForeignRoom);
        }
        let (theirs, ours) = (message.epoch().as_u64(), self.epoch());
        if theirs != ours {
            return Err(Refused::WrongEpoch { theirs, ours });
        }
        let processed = self
            .group
            .process_message(&self.crypto, message)
            .map_err(|_| Refused::Invalid("a message that MLS refuses"))?;
        let external = matches!(processed.sender(), Sender::External(_));
        if self.rules.keeps(Rule::RoomBinding)
            && !external
            && bound_aad(self.room, processed.aad()).is_none()
        {
            return Err(Refused::Breach(Breach {
                rule: Rule::RoomBinding,
                leaf: None,
            }));
        }
        Ok(processed)
    }

    fn take_proposal(
        &mut self,
        queued: QueuedProposal,
        bytes: &[u8],
        change: &ProposedChange,
        directory: &dyn Directory,
        now: Timestamp,
    ) -> Result<AcceptedProposal, Refused> {
        check_change(
            self.rules,
            Some(&self.view()),
            change,
            directory,
            When::Now(now),
        )?;
        let removal = change.removed.first().ok_or(Refused::Malformed)?;
        let accepted = AcceptedProposal {
            epoch: self.epoch(),
            leaf: removal.leaf.identity.clone(),
        };
        if !self.proposals.iter().any(|known| known == bytes) {
            self.group
                .add_proposal(&Storage(&Nowhere), queued)
                .map_err(|_| Refused::State)?;
            self.proposals.push(bytes.to_vec());
        }
        Ok(accepted)
    }

    /// Checks that there is a welcome for just those whom the commit adds.
    fn check_welcome(
        &self,
        welcome: Option<&[u8]>,
        change: &ProposedChange,
        staged: &StagedCommit,
    ) -> Result<Vec<LeafIdentity>, Refused> {
        let packages = staged
            .add_proposals()
            .map(|add| add.add_proposal().key_package().hash_ref(&self.crypto));
        let added: Vec<KeyPackageRef> = packages
            .collect::<Result<_, _>>()
            .map_err(|_| Refused::Invalid("a key package without a reference"))?;
        let invited = match welcome {
            Some(bytes) => read_invited(bytes)?,
            None => Vec::new(),
        };
        let references = |list: &[KeyPackageRef]| {
            list.iter()
                .map(|reference| reference.as_slice().to_vec())
                .collect::<BTreeSet<_>>()
        };
        if invited.len() != added.len() || references(&invited) != references(&added) {
            return Err(Refused::GroupInfo(
                "the welcome is not for those who are added",
            ));
        }
        let come = |_: &&crate::rules::Addition| !added.is_empty();
        Ok(change
            .added
            .iter()
            .filter(come)
            .map(|addition| addition.identity.clone())
            .collect())
    }

    fn merge(
        &mut self,
        staged: StagedCommit,
        committer: &LeafIdentity,
        group_info: &[u8],
    ) -> Result<(), Refused> {
        self.group
            .merge_commit(&Storage(&Nowhere), staged)
            .map_err(|_| Refused::State)?;
        match self.check_group_info(group_info, committer) {
            Ok(()) => self.advance(group_info),
            Err(refused) => {
                self.restore()?;
                Err(refused)
            }
        }
    }

    /// Checks that a group information is that of the state that was just reached, and made by the committer.
    fn check_group_info(&self, group_info: &[u8], committer: &LeafIdentity) -> Result<(), Refused> {
        let info = GroupInfoIn::read(group_info).ok_or(Refused::Malformed)?;
        let context = self
            .group
            .group_context()
            .tls_serialize_detached()
            .map_err(|_| Refused::State)?;
        let tag = self
            .group
            .confirmation_tag()
            .tls_serialize_detached()
            .map_err(|_| Refused::State)?;
        if info.context != context || info.tag != tag {
            return Err(Refused::GroupInfo("it is of another state"));
        }
        if !info.extension_types().eq([EXTERNAL_PUB]) {
            return Err(Refused::GroupInfo(
                "it has other extensions than the external key",
            ));
        }
        let signer = extract::leaf(&self.group, LeafNodeIndex::new(info.signer))
            .map_err(Refused::Invalid)?;
        if signer.identity != *committer {
            return Err(Refused::GroupInfo("it is not signed by the committer"));
        }
        let verified = self.crypto.verify_signature(
            SignatureScheme::ED25519,
            &info.signed(),
            &signer.key,
            info.signature,
        );
        verified.map_err(|_| Refused::GroupInfo("its signature is wrong"))
    }
}

fn accepted(
    epoch: u64,
    committer: LeafIdentity,
    welcomed: Vec<LeafIdentity>,
    change: ProposedChange,
) -> Accepted {
    Accepted {
        epoch,
        committer,
        added: change
            .added
            .into_iter()
            .map(|addition| addition.identity)
            .collect(),
        removed: change
            .removed
            .into_iter()
            .map(|removal| removal.leaf.identity)
            .collect(),
        welcomed,
        policy: change.policy,
    }
}

fn read_invited(bytes: &[u8]) -> Result<Vec<KeyPackageRef>, Refused> {
    let message =
        MlsMessageIn::tls_deserialize_exact_bytes(bytes).map_err(|_| Refused::Malformed)?;
    let MlsMessageBodyIn::Welcome(welcome) = message.extract() else {
        return Err(Refused::Malformed);
    };
    Ok(welcome
        .secrets()
        .iter()
        .map(|secrets| secrets.new_member())
        .collect())
}

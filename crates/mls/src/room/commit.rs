//! Changing a room: making a commit, and what becomes of it.

use super::{Change, Changed, PendingCommit, Room, room_binding};
use crate::error::{Error, Refusal};
use crate::group_info::strip_tree;
use crate::member::{read_key_package, to_bytes, unreadable};
use crate::rules::{Cause, Origin, ProposedChange, RoomView, When, settled_policy};
use crate::{extract, settings};
use openmls::prelude::{
    CommitMessageBundle, Extensions, GroupContext, KeyPackage, LeafNodeIndex, MlsMessageOut,
    OpenMlsProvider as _, Proposal, QueuedProposal, Sender,
};
use std::collections::BTreeSet;
use valise_wire::AccountId;
use valise_wire::policy::RoomPolicy;

impl Room<'_> {
    /// Makes a commit, which also carries out every stored proposal, removes everybody who was revoked, and renews this
    /// device's keys. It waits in the store until [`Self::confirm_commit`] or [`Self::abandon_commit`].
    ///
    /// When removals leave owners out, the policy is settled ([`settled_policy`]) unless `change` brings one. Links that let
    /// somebody back in who is put out go in the same commit, and with an owner's commit those that are over.
    pub fn commit(&mut self, change: Change) -> Result<PendingCommit, Error> {
        self.require_member()?;
        if self.has_pending_commit() {
            return Err(Error::Refused(Refusal::CommitPending));
        }
        let before = self.view()?;
        let added = self.read_packages(&change.add)?;
        let queued = self.queued_removals()?;
        let removed = self.removals(&before, &change.remove, &queued);
        let gone = queued
            .iter()
            .map(|(index, _)| *index)
            .chain(removed.iter().copied())
            .collect();
        let leaving = queued
            .iter()
            .filter_map(|(index, leaves)| leaves.then_some(*index))
            .collect();
        let policy = self.policy_after(&before, change.policy, gone, &leaving)?;
        let bundle = self.build(Plan {
            added,
            removed,
            policy,
            leaving,
        })?;
        if let Err(breach) = self.check_pending(&before)? {
            self.abandon_commit()?;
            return Err(Error::Refused(Refusal::Breach(breach)));
        }
        self.pending(bundle)
    }

    /// Tells whether an own commit waits for the hub's answer.
    pub fn has_pending_commit(&self) -> bool {
        self.group.pending_commit().is_some()
    }

    /// Merges the own commit: the hub accepted it.
    pub fn confirm_commit(&mut self) -> Result<Changed, Error> {
        let before = self.view()?;
        let staged = self
            .group
            .pending_commit()
            .ok_or(Error::Misuse("no commit waits"))?;
        let sender = Sender::Member(self.group.own_leaf_index());
        let change =
            extract::commit(self.group.public_group(), staged, &sender, &[]).map_err(unreadable)?;
        self.group
            .merge_pending_commit(&self.member.provider())
            .map_err(|_| Error::Bug("an own commit cannot be merged"))?;
        self.changed(before, change)
    }

    /// Forgets the own commit: the hub refused it, or another one came first.
    pub fn abandon_commit(&mut self) -> Result<(), Error> {
        Ok(self
            .group
            .clear_pending_commit(self.member.provider().storage())?)
    }

    /// Proposes that this device's account leaves (an MLS PublicMessage with SelfRemove). Somebody else commits it, and
    /// takes all devices of the account away with it.
    ///
    /// Nothing can be sent afterwards. The last owner of a group is refused: it makes another owner first.
    pub fn propose_leave(&mut self) -> Result<Vec<u8>, Error> {
        self.require_member()?;
        let before = self.view()?;
        let own = self.group.own_leaf_index().u32();
        let leaf = before
            .leaves
            .iter()
            .find(|leaf| leaf.index == own)
            .ok_or(Error::Bug("the own leaf is missing"))?
            .clone();
        if before
            .leaves
            .iter()
            .all(|other| other.identity.account == leaf.identity.account)
        {
            return Err(Error::Misuse("nobody would be left to commit it"));
        }
        let change = ProposedChange {
            room: self.id,
            origin: Origin::Proposer(leaf.identity.clone()),
            added: Vec::new(),
            removed: vec![crate::rules::Removal {
                leaf,
                cause: Cause::Leave,
            }],
            renewed: None,
            policy: before.policy.clone(),
            foreign: Vec::new(),
            shown: None,
        };
        self.member
            .check(Some(&before), &change, When::Now(self.member.now))
            .map_err(|breach| Error::Refused(Refusal::Breach(breach)))?;
        self.group.set_aad(room_binding(self.id, &[]));
        let message = self
            .group
            .leave_group_via_self_remove(&self.member.provider(), self.member.device);
        to_bytes(&message.map_err(|_| Error::Bug("a proposal to leave cannot be made"))?)
    }

    /// Follows every merge: what was known of the room before it is forgotten.
    pub(super) fn changed(
        &mut self,
        before: RoomView,
        change: ProposedChange,
    ) -> Result<Changed, Error> {
        self.forget_members();
        self.policy = settings::policy_of(self.group.extensions()).map_err(Error::Bug)?;
        let (Origin::Member(committer) | Origin::Newcomer(committer)) = change.origin else {
            return Err(Error::Bug("a commit of nobody"));
        };
        let mut leaves = before.leaves.iter();
        let was_in = leaves.any(|leaf| leaf.identity.account == committer.account);
        Ok(Changed {
            epoch: self.epoch(),
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
            by_link: change.shown.is_some() && !was_in,
            policy_before: before.policy,
            policy_after: change.policy,
            self_removed: !self.group.is_active(),
        })
    }

    fn read_packages(&self, packages: &[Vec<u8>]) -> Result<Vec<KeyPackage>, Error> {
        let provider = self.member.provider();
        let refused = |why| Error::Refused(Refusal::KeyPackage(why));
        let read = |bytes: &Vec<u8>| {
            let package = read_key_package(provider.crypto(), bytes).map_err(refused)?;
            if package.ciphersuite() == self.group.ciphersuite() {
                Ok(package)
            } else {
                Err(refused("of another suite"))
            }
        };
        packages.iter().map(read).collect()
    }

    /// Leaves that stored proposals remove, and whether their owners said so themselves.
    fn queued_removals(&self) -> Result<Vec<(u32, bool)>, Error> {
        self.group
            .pending_proposals()
            .map(queued_removal)
            .collect::<Option<_>>()
            .ok_or(Error::Bug("a stored proposal removes nobody"))
    }

    /// Leaves that the commit itself has to remove: those asked for, those revoked, and the other devices of an account
    /// that leaves; without those that a stored proposal removes.
    fn removals(&self, before: &RoomView, asked: &[u32], queued: &[(u32, bool)]) -> Vec<u32> {
        let own = self.group.own_leaf_index().u32();
        let leaving: BTreeSet<AccountId> = before
            .leaves
            .iter()
            .filter(|leaf| queued.contains(&(leaf.index, true)))
            .map(|leaf| leaf.identity.account)
            .collect();
        let mut removed: BTreeSet<u32> = asked.iter().copied().collect();
        let goes = |leaf: &&crate::Leaf| {
            leaving.contains(&leaf.identity.account)
                || (self.member.rules.keeps(crate::Rule::NobodyRevoked)
                    && self.is_revoked(&leaf.identity))
        };
        removed.extend(before.leaves.iter().filter(goes).map(|leaf| leaf.index));
        removed.retain(|index| *index != own && !queued.iter().any(|(queued, _)| queued == index));
        removed.into_iter().collect()
    }

    fn policy_after(
        &self,
        before: &RoomView,
        asked: Option<RoomPolicy>,
        gone: BTreeSet<u32>,
        leaving: &BTreeSet<u32>,
    ) -> Result<Option<Extensions<GroupContext>>, Error> {
        let remaining = before
            .leaves
            .iter()
            .filter(|leaf| !gone.contains(&leaf.index));
        let remaining: Vec<AccountId> = remaining.map(|leaf| leaf.identity.account).collect();
        let mut policy = asked.unwrap_or_else(|| settled_policy(&before.policy, &remaining));
        self.drop_links(before, &mut policy, &remaining, leaving);
        if policy == before.policy {
            return Ok(None);
        }
        settings::with_policy(self.group.extensions(), &policy)
            .map(Some)
            .ok_or(Error::Bug("a policy is no extension"))
    }

    /// Takes the links out that may not stay ([`crate::Rule::Links`]), and those that are over.
    fn drop_links(
        &self,
        before: &RoomView,
        policy: &mut RoomPolicy,
        remaining: &[AccountId],
        leaving: &BTreeSet<u32>,
    ) {
        let leaves = before.leaves.iter();
        let left: BTreeSet<AccountId> = leaves
            .filter(|leaf| leaving.contains(&leaf.index))
            .map(|leaf| leaf.identity.account)
            .collect();
        let is_put_out = |leaf: &crate::Leaf| {
            let account = &leaf.identity.account;
            !remaining.contains(account)
                && !left.contains(account)
                && !self.is_revoked(&leaf.identity)
        };
        let me = &self.member.device.identity().account;
        if self.member.rules.keeps(crate::Rule::Links) && before.leaves.iter().any(is_put_out) {
            policy.links.clear();
        } else if before.policy.owners.contains(me) {
            let now = self.member.now;
            policy
                .links
                .retain(|link| link.not_after.is_none_or(|end| now <= end));
        }
    }

    fn build(&mut self, plan: Plan) -> Result<CommitMessageBundle, Error> {
        let provider = self.member.provider();
        self.group.set_aad(room_binding(self.id, &[]));
        let mut builder = self
            .group
            .commit_builder()
            .consume_proposal_store(true)
            .force_self_update(true)
            .propose_adds(plan.added)
            .propose_removals(plan.removed.iter().map(|index| LeafNodeIndex::new(*index)));
        if let Some(extensions) = plan.policy {
            builder = builder
                .propose_group_context_extensions(extensions)
                .map_err(|_| Error::Bug("a policy cannot be proposed"))?;
        }
        // Of two proposals that take one leaf away, only one may be in a commit: who leaves, leaves.
        let takes_leaver_away = |queued: &QueuedProposal| matches!(queued.proposal(), Proposal::Remove(remove) if plan.leaving.contains(&remove.removed().u32()));
        builder
            .load_psks(provider.storage())
            .and_then(|builder| {
                builder.build(
                    provider.rand(),
                    provider.crypto(),
                    self.member.device,
                    |queued| !takes_leaver_away(queued),
                )
            })
            .map_err(|_| Error::Refused(Refusal::Invalid))?
            .stage_commit(&provider)
            .map_err(|_| Error::Bug("a commit cannot be stored"))
    }

    fn check_pending(&self, before: &RoomView) -> Result<Result<(), crate::Breach>, Error> {
        let staged = self
            .group
            .pending_commit()
            .ok_or(Error::Bug("the own commit is missing"))?;
        let sender = Sender::Member(self.group.own_leaf_index());
        let change =
            extract::commit(self.group.public_group(), staged, &sender, &[]).map_err(Error::Bug)?;
        Ok(self
            .member
            .check(Some(before), &change, When::Now(self.member.now)))
    }

    fn pending(&self, bundle: CommitMessageBundle) -> Result<PendingCommit, Error> {
        let welcome = bundle
            .to_welcome_msg()
            .map(|welcome| to_bytes(&welcome))
            .transpose()?;
        let commit = to_bytes(bundle.commit())?;
        let info = bundle
            .into_group_info()
            .ok_or(Error::Bug("a commit without group information"))?;
        let group_info = strip_tree(&to_bytes(&MlsMessageOut::from(info))?, self.member.device);
        Ok(PendingCommit {
            epoch: self.epoch(),
            commit,
            group_info: group_info.ok_or(Error::Bug("an own group information cannot be read"))?,
            welcome,
        })
    }
}

/// What a commit is made of, beside the stored proposals.
struct Plan {
    added: Vec<KeyPackage>,
    removed: Vec<u32>,
    policy: Option<Extensions<GroupContext>>,
    /// Leaves whose devices said that they leave.
    leaving: BTreeSet<u32>,
}

fn queued_removal(queued: &QueuedProposal) -> Option<(u32, bool)> {
    match (queued.proposal(), queued.sender()) {
        (Proposal::Remove(remove), _) => Some((remove.removed().u32(), false)),
        (Proposal::SelfRemove, Sender::Member(index)) => Some((index.u32(), true)),
        _ => None,
    }
}

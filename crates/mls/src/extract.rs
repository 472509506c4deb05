//! What the MLS library holds, in the terms of the rules.

use crate::identity;
use crate::link;
use crate::point::is_small;
use crate::rules::{Addition, Cause, Leaf, Origin, ProposedChange, Removal, RoomView, Shown};
use crate::settings;
use openmls::prelude::{
    AddProposal, Extension, GroupContext, GroupId, LeafNode, LeafNodeIndex, Member, Proposal,
    PublicGroup, QueuedProposal, Sender, StagedCommit,
};
use tls_codec::Serialize as _;
use valise_wire::RoomId;
use valise_wire::policy::LeafIdentity;

/// Why something cannot be put into the terms of the rules: it names nobody, or says nothing.
type Unreadable = &'static str;

/// What stands for a key that is none among the numbers of foreign things; RFC 9420 keeps it free.
const NO_KEY: u16 = 0;

const NOBODY: Unreadable = "a leaf names nobody";

/// Reads a list of members.
pub(crate) fn leaves(members: impl Iterator<Item = Member>) -> Result<Vec<Leaf>, Unreadable> {
    members
        .map(|member| {
            identity::leaf(
                member.index.u32(),
                &member.credential,
                &member.signature_key,
            )
            .ok_or(NOBODY)
        })
        .collect()
}

/// Reads a room.
pub(crate) fn view(group: &PublicGroup) -> Result<RoomView, Unreadable> {
    Ok(RoomView {
        policy: settings::policy_of(group.group_context().extensions())?,
        leaves: leaves(group.members())?,
    })
}

/// Reads which room a group is.
fn room_of(group: &GroupId) -> Result<RoomId, Unreadable> {
    RoomId::from_slice(group.as_slice()).ok_or("a group that is no room")
}

/// Reads one leaf of a room.
pub(crate) fn leaf(group: &PublicGroup, index: LeafNodeIndex) -> Result<Leaf, Unreadable> {
    let node = group.leaf(index).ok_or("a leaf that does not exist")?;
    identity::leaf(
        index.u32(),
        node.credential(),
        node.signature_key().as_slice(),
    )
    .ok_or(NOBODY)
}

/// Reads a state that has none before it: everybody in it is an addition.
pub(crate) fn state(
    members: &[Leaf],
    context: &GroupContext,
    by: u32,
    me: Option<LeafIdentity>,
) -> Result<ProposedChange, Unreadable> {
    let by = members
        .iter()
        .find(|leaf| leaf.index == by)
        .ok_or("a leaf that does not exist")?
        .identity
        .clone();
    let added = members.iter().map(|leaf| Addition {
        identity: leaf.identity.clone(),
        key: leaf.key,
        lifetime: None,
    });
    Ok(ProposedChange {
        room: room_of(context.group_id())?,
        origin: Origin::State { by, me },
        added: added.collect(),
        removed: Vec::new(),
        renewed: None,
        policy: settings::policy_of(context.extensions())?,
        foreign: settings::foreign_extensions(context.extensions(), None),
        shown: None,
    })
}

/// Reads a commit that was staged on a room. `aad` is what its sender added to the room's binding.
pub(crate) fn commit(
    group: &PublicGroup,
    staged: &StagedCommit,
    sender: &Sender,
    aad: &[u8],
) -> Result<ProposedChange, Unreadable> {
    let before = group.group_context().extensions();
    let after = staged.group_context().extensions();
    let mut change = ProposedChange {
        room: room_of(group.group_id())?,
        origin: committer(group, staged, sender)?,
        added: Vec::new(),
        removed: Vec::new(),
        renewed: None,
        policy: settings::policy_of(after)?,
        foreign: settings::foreign_extensions(after, Some(before)),
        shown: None,
    };
    for queued in staged.queued_proposals() {
        read_proposal(&mut change, group, queued)?;
    }
    if let Some(node) = staged.update_path_leaf_node() {
        read_path(&mut change, node)?;
        change.shown = shown(group, node, aad);
    }
    Ok(change)
}

/// Reads the link that a newcomer shows. What is none is as good as nothing.
fn shown(group: &PublicGroup, node: &LeafNode, aad: &[u8]) -> Option<Shown> {
    let link = valise_wire::from_bytes(aad).ok()?;
    let context = group.group_context();
    let room = RoomId::from_slice(context.group_id().as_slice())?;
    let own = identity::leaf(0, node.credential(), node.signature_key().as_slice())?;
    let signed = link::join(room, context.epoch().as_u64(), &own.identity, &own.key);
    Some(Shown { link, signed })
}

/// Reads a proposal that came alone.
pub(crate) fn proposal(
    group: &PublicGroup,
    queued: &QueuedProposal,
) -> Result<ProposedChange, Unreadable> {
    let origin = match queued.sender() {
        Sender::Member(index) => Origin::Proposer(leaf(group, *index)?.identity),
        Sender::External(_) => Origin::Hub,
        Sender::NewMemberProposal | Sender::NewMemberCommit => {
            return Err("a proposal of nobody in the room");
        }
    };
    let policy = settings::policy_of(group.group_context().extensions())?;
    let mut change = ProposedChange {
        room: room_of(group.group_id())?,
        origin,
        added: Vec::new(),
        removed: Vec::new(),
        renewed: None,
        policy,
        foreign: Vec::new(),
        shown: None,
    };
    read_proposal(&mut change, group, queued)?;
    Ok(change)
}

fn committer(
    group: &PublicGroup,
    staged: &StagedCommit,
    sender: &Sender,
) -> Result<Origin, Unreadable> {
    match sender {
        Sender::Member(index) => Ok(Origin::Member(leaf(group, *index)?.identity)),
        Sender::NewMemberCommit => {
            let node = staged
                .update_path_leaf_node()
                .ok_or("an external commit without a leaf")?;
            Ok(Origin::Newcomer(
                identity::identity(node.credential()).ok_or(NOBODY)?,
            ))
        }
        Sender::External(_) | Sender::NewMemberProposal => Err("a commit of nobody in the room"),
    }
}

fn read_proposal(
    change: &mut ProposedChange,
    group: &PublicGroup,
    queued: &QueuedProposal,
) -> Result<(), Unreadable> {
    let proposal = queued.proposal();
    match proposal {
        Proposal::Add(add) => read_add(change, add)?,
        Proposal::Remove(remove) => {
            let cause = match queued.sender() {
                Sender::External(_) => Cause::Hub,
                _ => Cause::Committer,
            };
            change.removed.push(Removal {
                leaf: leaf(group, remove.removed())?,
                cause,
            });
        }
        Proposal::SelfRemove => {
            let Sender::Member(index) = queued.sender() else {
                return Err("somebody leaves who is not in the room");
            };
            change.removed.push(Removal {
                leaf: leaf(group, *index)?,
                cause: Cause::Leave,
            });
        }
        Proposal::ExternalInit(_) if matches!(change.origin, Origin::Newcomer(_)) => {}
        // In a commit: its effect was read from the context. Alone it is nothing that anybody may propose.
        Proposal::GroupContextExtensions(_) if matches!(change.origin, Origin::Member(_)) => {}
        other => change.foreign.push(other.proposal_type().into()),
    }
    Ok(())
}

fn read_add(change: &mut ProposedChange, add: &AddProposal) -> Result<(), Unreadable> {
    let package = add.key_package();
    let node = package.leaf_node();
    let added =
        identity::leaf(0, node.credential(), node.signature_key().as_slice()).ok_or(NOBODY)?;
    let time = package
        .extensions()
        .unknown(settings::KEY_PACKAGE_TIME_EXTENSION);
    let unlimited = *package.life_time() == settings::leaf_lifetime();
    let lifetime = time
        .filter(|_| unlimited)
        .and_then(|time| settings::read_key_package_time(&time.0));
    change.added.push(Addition {
        identity: added.identity,
        key: added.key,
        lifetime,
    });
    let known = |extension: &&Extension| match extension {
        Extension::LastResort(_) => false,
        Extension::Unknown(number, _) => *number != settings::KEY_PACKAGE_TIME_EXTENSION,
        _ => true,
    };
    change.foreign.extend(
        package
            .extensions()
            .iter()
            .filter(known)
            .map(|extension| u16::from(extension.extension_type())),
    );
    read_leaf_extensions(change, node);
    Ok(())
}

fn read_path(change: &mut ProposedChange, node: &LeafNode) -> Result<(), Unreadable> {
    let own =
        identity::leaf(0, node.credential(), node.signature_key().as_slice()).ok_or(NOBODY)?;
    read_leaf_extensions(change, node);
    match change.origin {
        Origin::Newcomer(_) => change.added.push(Addition {
            identity: own.identity,
            key: own.key,
            lifetime: None,
        }),
        _ => change.renewed = Some((own.identity, own.key)),
    }
    Ok(())
}

fn read_leaf_extensions(change: &mut ProposedChange, node: &LeafNode) {
    // Nobody could encrypt to it: the next commit of everybody else would fail.
    let key = node.encryption_key().tls_serialize_detached();
    if key.is_ok_and(|key| is_small(&key)) {
        change.foreign.push(NO_KEY);
    }
    change.foreign.extend(
        node.extensions()
            .iter()
            .map(|extension| u16::from(extension.extension_type())),
    );
}

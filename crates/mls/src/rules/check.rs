//! [`check_change`] and its rules, one function each.

use super::case::Case;
use super::links::{links, shown_link};
use super::residency::residency;
use super::{
    Addition, Breach, Cause, Directory, Origin, ProposedChange, Removal, RoomView, Rule, Rules,
    Standing, When, settled_policy, standing,
};
use crate::settings::{CLOCK_MARGIN_SECONDS, KEY_PACKAGE_SECONDS};
use valise_wire::AccountId;
use valise_wire::policy::{LeafIdentity, RoomKind};

/// A rule's answer: kept, or broken by somebody.
pub(super) type Verdict = Result<(), Option<LeafIdentity>>;

type Check = fn(&Case<'_>) -> Verdict;

const CHECKS: [(Rule, Check); 23] = [
    (Rule::Foreign, foreign),
    (Rule::SameLeaf, same_leaf),
    (Rule::KnownDevice, known_device),
    (Rule::NobodyRevoked, nobody_revoked),
    (Rule::KeyPackageTime, key_package_time),
    (Rule::OneLeafADevice, one_leaf_a_device),
    (Rule::Add, add),
    (Rule::Remove, remove),
    (Rule::LeaveWhole, leave_whole),
    (Rule::Newcomer, newcomer),
    (Rule::ShownLink, shown_link),
    (Rule::Inviter, inviter),
    (Rule::HubProposal, hub_proposal),
    (Rule::MemberProposal, member_proposal),
    (Rule::Kind, kind),
    (Rule::Organisation, organisation),
    (Rule::Floor, floor),
    (Rule::Policy, policy),
    (Rule::Direct, direct),
    (Rule::Owners, owners),
    (Rule::Links, links),
    (Rule::Guest, guest),
    (Rule::Residency, residency),
];

/// Judges a change on the state before it; `before` is absent where there is none ([`Origin::State`]).
///
/// Members ask it for their own commits, for what arrives live or is caught up, for welcomes and for what they come back
/// to; the hub for everything that it takes. A breach may also mean that the directory is behind: a caller reads it and
/// asks once more before it blames anybody.
pub fn check_change(
    rules: Rules,
    before: Option<&RoomView>,
    change: &ProposedChange,
    directory: &dyn Directory,
    when: When,
) -> Result<(), Breach> {
    #[cfg(test)]
    trace::count();
    let case = Case::new(before, change, directory, when);
    for (rule, check) in CHECKS {
        if rules.keeps(rule) {
            check(&case).map_err(|leaf| Breach { rule, leaf })?;
        }
    }
    Ok(())
}

pub(super) fn require(kept: bool, by: &LeafIdentity) -> Verdict {
    if kept { Ok(()) } else { Err(Some(by.clone())) }
}

fn foreign(case: &Case<'_>) -> Verdict {
    if case.change.foreign.is_empty() {
        Ok(())
    } else {
        Err(None)
    }
}

fn same_leaf(case: &Case<'_>) -> Verdict {
    let (Some((identity, key)), Origin::Member(committer)) =
        (&case.change.renewed, &case.change.origin)
    else {
        return Ok(());
    };
    let Some(before) = case.before else {
        return Err(None);
    };
    let kept = before
        .leaves
        .iter()
        .any(|leaf| leaf.identity == *committer && leaf.identity == *identity && leaf.key == *key);
    require(kept, committer)
}

fn known_device(case: &Case<'_>) -> Verdict {
    case.change
        .added
        .iter()
        .try_for_each(|Addition { identity, key, .. }| {
            let known = match standing(case.directory, identity) {
                Standing::Unknown => false,
                Standing::Valid(listed) | Standing::Revoked(Some(listed)) => listed == *key,
                Standing::Revoked(None) => true,
            };
            require(known, identity)
        })
}

fn nobody_revoked(case: &Case<'_>) -> Verdict {
    let When::Now(_) = case.when else {
        return Ok(());
    };
    if let Origin::Member(actor) | Origin::Newcomer(actor) | Origin::Proposer(actor) =
        &case.change.origin
    {
        require(case.is_valid(actor), actor)?;
    }
    case.change
        .added
        .iter()
        .try_for_each(|addition| require(case.is_valid(&addition.identity), &addition.identity))?;
    match case.change.origin {
        Origin::Member(_) => case
            .stay
            .iter()
            .try_for_each(|leaf| require(!case.is_revoked(&leaf.identity), &leaf.identity)),
        _ => Ok(()),
    }
}

fn key_package_time(case: &Case<'_>) -> Verdict {
    let Origin::Member(_) = case.change.origin else {
        return Ok(());
    };
    case.change.added.iter().try_for_each(|addition| {
        let Some((not_before, not_after)) = addition.lifetime else {
            return Err(Some(addition.identity.clone()));
        };
        let bounded =
            not_after.saturating_sub(not_before) <= KEY_PACKAGE_SECONDS + CLOCK_MARGIN_SECONDS;
        let timely = match case.when {
            When::Now(now) => not_before <= now.as_seconds() && now.as_seconds() < not_after,
            When::Past => true,
        };
        require(bounded && timely, &addition.identity)
    })
}

fn one_leaf_a_device(case: &Case<'_>) -> Verdict {
    let mut devices: Vec<&LeafIdentity> = case.after().collect();
    devices.sort_by_key(|leaf| (leaf.account, leaf.device));
    devices
        .windows(2)
        .try_for_each(|pair| require(pair[0] != pair[1], pair[1]))
}

fn add(case: &Case<'_>) -> Verdict {
    let Origin::Member(committer) = &case.change.origin else {
        return Ok(());
    };
    // In a direct room both sides may add devices of either side: a side that lost all of its devices cannot do it.
    let direct = case.standing_policy().kind == RoomKind::Direct;
    case.change.added.iter().try_for_each(|addition| {
        let own = addition.identity.account == committer.account;
        let side = direct
            && case
                .standing_policy()
                .owners
                .contains(&addition.identity.account);
        require(own || side || case.owns(committer), committer)
    })
}

fn remove(case: &Case<'_>) -> Verdict {
    let Origin::Member(committer) = &case.change.origin else {
        return Ok(());
    };
    let by_committer = case
        .change
        .removed
        .iter()
        .filter(|removal| removal.cause == Cause::Committer);
    by_committer
        .map(|removal| &removal.leaf.identity)
        .try_for_each(|removed| {
            let own = removed.account == committer.account;
            require(
                own || case.owns(committer)
                    || case.is_revoked(removed)
                    || case.leaves(&removed.account),
                committer,
            )
        })
}

fn leave_whole(case: &Case<'_>) -> Verdict {
    // A proposal alone takes nobody else along; the commit does.
    if matches!(case.change.origin, Origin::Proposer(_)) {
        return Ok(());
    }
    let leaving = case
        .change
        .removed
        .iter()
        .filter(|removal| removal.cause == Cause::Leave);
    leaving
        .map(|removal| &removal.leaf.identity)
        .try_for_each(|leaf| require(!case.remains(&leaf.account), leaf))
}

fn newcomer(case: &Case<'_>) -> Verdict {
    let Origin::Newcomer(newcomer) = &case.change.origin else {
        return Ok(());
    };
    let Some(before) = case.before else {
        return Err(Some(newcomer.clone()));
    };
    let known = case.was_in(&newcomer.account) || case.change.shown.is_some();
    let alone = case
        .change
        .added
        .iter()
        .all(|addition| addition.identity == *newcomer)
        && case.change.added.len() == 1;
    let own =
        |removal: &Removal| removal.cause == Cause::Committer && removal.leaf.identity == *newcomer;
    let old = before
        .leaves
        .iter()
        .filter(|leaf| leaf.identity == *newcomer)
        .count();
    require(
        known && alone && case.change.removed.iter().all(own) && case.change.removed.len() == old,
        newcomer,
    )
}

fn inviter(case: &Case<'_>) -> Verdict {
    let Origin::State { by, me: Some(me) } = &case.change.origin else {
        return Ok(());
    };
    let direct = case.change.policy.kind == RoomKind::Direct;
    require(direct || by.account == me.account || case.owns(by), by)
}

fn hub_proposal(case: &Case<'_>) -> Verdict {
    if case.change.origin == Origin::Hub {
        let removes = case.change.added.is_empty()
            && case
                .change
                .removed
                .iter()
                .all(|removal| removal.cause == Cause::Hub);
        if !removes {
            return Err(None);
        }
    }
    let by_hub = case
        .change
        .removed
        .iter()
        .filter(|removal| removal.cause == Cause::Hub);
    by_hub
        .map(|removal| &removal.leaf.identity)
        .try_for_each(|leaf| require(case.is_revoked(leaf), leaf))
}

fn member_proposal(case: &Case<'_>) -> Verdict {
    let Origin::Proposer(proposer) = &case.change.origin else {
        return Ok(());
    };
    let leaves =
        |removal: &Removal| removal.cause == Cause::Leave && removal.leaf.identity == *proposer;
    require(
        case.change.added.is_empty()
            && case.change.removed.len() == 1
            && case.change.removed.iter().all(leaves),
        proposer,
    )
}

fn kind(case: &Case<'_>) -> Verdict {
    let (before, after) = (case.standing_policy().kind, case.change.policy.kind);
    let talks = |kind| matches!(kind, RoomKind::Group | RoomKind::Announcement);
    if before == after || talks(before) && talks(after) {
        Ok(())
    } else {
        Err(None)
    }
}

fn organisation(case: &Case<'_>) -> Verdict {
    if case.standing_policy().organisation == case.change.policy.organisation {
        Ok(())
    } else {
        Err(None)
    }
}

fn floor(case: &Case<'_>) -> Verdict {
    if case.standing_policy().protocol_floor <= case.change.policy.protocol_floor {
        Ok(())
    } else {
        Err(None)
    }
}

fn policy(case: &Case<'_>) -> Verdict {
    let Some(before) = case.before else {
        return Ok(());
    };
    if before.policy == case.change.policy {
        return Ok(());
    }
    let Origin::Member(committer) = &case.change.origin else {
        return Err(None);
    };
    let remaining: Vec<AccountId> = case.stay.iter().map(|leaf| leaf.identity.account).collect();
    require(
        case.owns(committer) || case.change.policy == settled_policy(&before.policy, &remaining),
        committer,
    )
}

fn direct(case: &Case<'_>) -> Verdict {
    let policy = &case.change.policy;
    if policy.kind != RoomKind::Direct {
        return Ok(());
    }
    // One owner: the room of an account's own devices.
    if !matches!(policy.owners.len(), 1 | 2) {
        return Err(None);
    }
    case.after()
        .try_for_each(|leaf| require(policy.owners.contains(&leaf.account), leaf))
}

fn owners(case: &Case<'_>) -> Verdict {
    let owners = &case.change.policy.owners;
    if owners.is_empty() || !owners.windows(2).all(|pair| pair[0] < pair[1]) {
        return Err(None);
    }
    if case.change.policy.kind == RoomKind::Direct {
        return Ok(());
    }
    match &case.change.origin {
        // Whoever would leave a room without an owner must make another one first.
        Origin::Proposer(proposer) => {
            let others = case
                .stay
                .iter()
                .any(|leaf| leaf.identity.account != proposer.account);
            require(
                !others || owners.iter().any(|owner| *owner != proposer.account),
                proposer,
            )
        }
        // The commit that carries it out settles the owners.
        Origin::Hub => Ok(()),
        _ => {
            if owners.iter().all(|owner| case.remains(owner)) {
                Ok(())
            } else {
                Err(None)
            }
        }
    }
}

fn guest(case: &Case<'_>) -> Verdict {
    let policy = &case.change.policy;
    case.after().try_for_each(|leaf| {
        let Some(room) = case.directory.guest_of(&leaf.account) else {
            return Ok(());
        };
        let is_his = room == case.change.room && policy.kind == RoomKind::Request;
        require(is_his && !policy.owners.contains(&leaf.account), leaf)
    })
}

/// How often the rules were asked, so that a test can tell whether a path asks them at all.
#[cfg(test)]
pub(crate) mod trace {
    use std::cell::Cell;

    thread_local! {
        static ASKED: Cell<u32> = const { Cell::new(0) };
    }

    pub(super) fn count() {
        ASKED.set(ASKED.get() + 1);
    }

    pub(crate) fn asked() -> u32 {
        ASKED.get()
    }
}

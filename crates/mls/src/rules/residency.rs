//! The rule about whose people may be in a room.

use super::case::Case;
use super::check::{Verdict, require};
use super::{Directory, Origin, When};
use valise_wire::policy::{LeafIdentity, MAX_RESIDENCY, RoomKind, RoomPolicy, is_jurisdiction};
use valise_wire::{AccountId, OrganisationId};

/// Tells whether a rule (codes, ascending; empty if there is none) lets somebody be in a room of an organisation: of that organisation
/// everybody; of another one, whoever's organisation says under whose law it stands, where all of that stands in the rule. A guest's says nothing.
pub fn is_within(
    rule: &[String],
    own: OrganisationId,
    directory: &dyn Directory,
    account: &AccountId,
) -> bool {
    if rule.is_empty() {
        return true;
    }
    directory.side_of(account).is_some_and(|side| {
        let allows = |code| rule.binary_search(code).is_ok();
        let said = !side.jurisdictions.is_empty();
        side.organisation == own || said && side.jurisdictions.iter().all(allows)
    })
}

/// Tells whether a rule leaves out what another one did not.
pub fn is_narrower(rule: &[String], before: &[String]) -> bool {
    let keeps = |code| rule.binary_search(code).is_ok();
    !rule.is_empty() && (before.is_empty() || !before.iter().all(keeps))
}

/// Documents change, so that who was let in is not judged again: as long as somebody is outside, nothing is sent
/// ([`crate::Room::outside`]).
pub(super) fn residency(case: &Case<'_>) -> Verdict {
    let policy = &case.change.policy;
    if !is_sound(policy) {
        return Err(None);
    }
    let When::Now(_) = case.when else {
        return Ok(());
    };
    let within = |leaf: &LeafIdentity| {
        let (rule, own) = (&policy.residency, policy.organisation);
        let is_within = is_within(rule, own, case.directory, &leaf.account);
        require(is_within, leaf)
    };
    let added = case.change.added.iter().map(|addition| &addition.identity);
    let mut came = added.filter(|leaf| !case.was_in(&leaf.account));
    came.try_for_each(within)?;
    let before = case.before.map(|before| &before.policy.residency);
    let Some(before) = before.filter(|before| **before != policy.residency) else {
        return Ok(());
    };
    // Whom a rule leaves out would let himself in again.
    if let Origin::Member(committer) = &case.change.origin {
        let side = case.directory.side_of(&committer.account);
        let is_own = side.is_some_and(|side| side.organisation == policy.organisation);
        require(is_own, committer)?;
    }
    match is_narrower(&policy.residency, before) {
        true => case.after().try_for_each(within),
        false => Ok(()),
    }
}

/// Tells whether the codes can be a rule: of the form of codes, ascending, each once, not too many, and none in a direct room.
fn is_sound(policy: &RoomPolicy) -> bool {
    let codes = &policy.residency;
    codes.len() <= MAX_RESIDENCY
        && codes.iter().all(|code| is_jurisdiction(code))
        && codes.windows(2).all(|pair| pair[0] < pair[1])
        && (codes.is_empty() || policy.kind != RoomKind::Direct)
}

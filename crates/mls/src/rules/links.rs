//! The rules of links: who comes in by one, and which a room may have.

use super::case::Case;
use super::check::{Verdict, require};
use super::{Origin, When};
use crate::link;
use crate::settings::{MAX_CARD_BYTES, MAX_LINKS};
use valise_wire::policy::RoomKind;

/// Who is in the room needs no link; who shows none is judged by the rule `Newcomer`.
pub(super) fn shown_link(case: &Case<'_>) -> Verdict {
    let (Origin::Newcomer(newcomer), Some(shown)) = (&case.change.origin, &case.change.shown)
    else {
        return Ok(());
    };
    if case.was_in(&newcomer.account) {
        return Ok(());
    }
    let links = &case.standing_policy().links;
    let Some(link) = links.iter().find(|link| link.key == shown.link.key) else {
        return Err(Some(newcomer.clone()));
    };
    let timely = match case.when {
        When::Now(now) => link.not_after.is_none_or(|end| now <= end),
        When::Past => true,
    };
    require(
        timely && link::verifies(&link.key, &shown.link.signature, &shown.signed),
        newcomer,
    )
}

pub(super) fn links(case: &Case<'_>) -> Verdict {
    let links = &case.change.policy.links;
    if links.is_empty() {
        return Ok(());
    }
    let kind = case.change.policy.kind;
    let fits = matches!(kind, RoomKind::Group | RoomKind::Announcement)
        && links.len() <= MAX_LINKS
        && links.windows(2).all(|pair| pair[0].key < pair[1].key)
        && links.iter().all(|link| link.card.len() <= MAX_CARD_BYTES);
    if !fits {
        return Err(None);
    }
    // Whoever was put out knows the links.
    case.put_out().try_for_each(|leaf| Err(Some(leaf.clone())))
}

//! Looking at a room, and coming into it, by a link.

use super::{commit, group_info, identity};
use crate::fanout::Owner;
use crate::rooms::Snapshot;
use crate::service::Service;
use crate::store::Store;
use valise_mls::link::may_look;
use valise_wire::request::{GetGroupByLink, JoinByLink, Reply};
use valise_wire::{Problem, ProblemCode, Timestamp};

/// Returns a room's public group state to a device that shows a link into it.
pub(crate) async fn group_by_link<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: GetGroupByLink,
    now: Timestamp,
) -> Result<Reply, Problem> {
    let anybody = !service.settings.protections.links;
    group_info::state(service, request.room, |room| {
        anybody || shows_link(room, who, &request, now)
    })
    .await
}

/// Takes the commit by which a device comes in. Whether the link lets it in is for the rules to say; that it has one at all is
/// looked at first, because judging a commit costs much.
pub(crate) async fn join_by_link<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: JoinByLink,
    now: Timestamp,
) -> Result<Reply, Problem> {
    let JoinByLink { shown, commit } = request;
    if shown.room != commit.room {
        return Err(Problem::new(ProblemCode::Malformed));
    }
    let anybody = !service.settings.protections.links;
    commit::take(service, who, commit, now, |room| {
        anybody || shows_link(room, who, &shown, now)
    })
    .await
}

/// Whose account came in meanwhile, by another device or by an answer that was lost, needs no link any more.
fn shows_link(room: &Snapshot, who: Owner, shown: &GetGroupByLink, now: Timestamp) -> bool {
    let mut links = room.policy.links.iter();
    let holds = links.any(|link| {
        link.key == shown.link
            && link.not_after.is_none_or(|end| now <= end)
            && may_look(&link.key, &shown.signature, shown.room, &identity(who))
    });
    holds || room.has_account(who.account)
}

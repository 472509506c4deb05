//! Rooms: their order, their members, their log. One file for each thing that can be done.

mod by_link;
mod commit;
mod create_room;
mod group_info;
mod header;
mod inbox;
mod propose;
mod publish;
mod read_events;
mod remove_ended;
mod send;
mod signal;
mod sync;

pub(crate) use by_link::{group_by_link, join_by_link};
pub(crate) use commit::commit;
pub(crate) use create_room::create_room;
pub(crate) use group_info::group_info;
pub(crate) use header::mark_of;
pub(crate) use inbox::{clear_inbox, read_inbox};
pub(crate) use propose::propose;
pub(crate) use read_events::read_events;
pub(crate) use remove_ended::remove_ended;
pub(crate) use send::send;
pub(crate) use signal::signal;
pub(crate) use sync::sync;

use crate::fanout::Owner;
use crate::service::Service;
use crate::store::{Appended, Outcome, Store, StoreError};
use valise_wire::policy::LeafIdentity;
use valise_wire::request::{Accepted, Reply};
use valise_wire::{Problem, ProblemCode, RoomId, TransactionId};

/// Not found or not allowed: nobody learns which.
fn refused() -> Problem {
    Problem::new(ProblemCode::Refused)
}

fn identity(who: Owner) -> LeafIdentity {
    LeafIdentity {
        account: who.account,
        device: who.device,
    }
}

fn accepted(room: RoomId, appended: Appended) -> Reply {
    Accepted {
        room,
        seq: appended.seq,
        digest: appended.digest,
        at: appended.at,
    }
    .into()
}

/// Answers with the place of the batch's only event, now or the first time.
fn answer(room: RoomId, outcome: Outcome) -> Result<Reply, Problem> {
    match outcome {
        Outcome::Repeated(first) => Ok(accepted(room, first)),
        Outcome::Done(committed) => committed
            .appended
            .first()
            .map(|place| accepted(room, *place))
            .ok_or(StoreError::Corrupt.into()),
    }
}

/// Looks for a first answer before a repetition is refused for what happened since.
async fn first_answer<S: Store>(
    service: &Service<S>,
    who: Owner,
    room: RoomId,
    transaction: TransactionId,
    otherwise: Problem,
) -> Result<Reply, Problem> {
    match service
        .store
        .accepted(room, who.device, transaction)
        .await?
    {
        Some(first) => Ok(accepted(room, first)),
        None => Err(otherwise),
    }
}

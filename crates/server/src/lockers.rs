//! Lockers: sealed things of an account under names that nobody can guess, for a device that comes back with nothing but a
//! secret (`spec/backup.md`). What they are, the server cannot tell.

use crate::fanout::Owner;
use crate::service::Service;
use crate::store::{Assertion, Batch, Entry, Store};
use valise_wire::request::{
    Done, EmptyLocker, LockerPart, MAX_LOCKER_BYTES, MAX_LOCKER_PART_BYTES, MAX_LOCKER_PARTS,
    PutLocker, ReadLocker, Reply,
};
use valise_wire::{Problem, ProblemCode};

/// Keeps a part for the account that asks, as long as there is room for it.
pub(crate) async fn put<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: PutLocker,
) -> Result<Reply, Problem> {
    let PutLocker {
        locker,
        part,
        body,
        over,
    } = request;
    if body.is_empty() {
        return Err(Problem::new(ProblemCode::Malformed));
    }
    if body.len() > MAX_LOCKER_PART_BYTES || part >= MAX_LOCKER_PARTS {
        return Err(Problem::new(ProblemCode::TooLarge));
    }
    let used = service.store.locker_use(who.account).await?;
    if used.parts >= MAX_LOCKER_PARTS || used.bytes + body.len() as u64 > MAX_LOCKER_BYTES {
        return Err(Problem::new(ProblemCode::StorageFull));
    }
    let mut batch = Batch::new();
    if service.settings.protections.locker_owner {
        batch = batch.assert(Assertion::LockerOwner(locker, who.account));
    }
    if let Some(over) = over {
        batch = batch.assert(Assertion::LockerHolds(locker, part, over));
    }
    let batch = batch.entry(Entry::LockerPart(locker, who.account, part, body));
    service.store.commit(batch).await?;
    Ok(Done {}.into())
}

/// Hands out a part to whoever knows the name.
pub(crate) async fn read<S: Store>(
    service: &Service<S>,
    request: ReadLocker,
) -> Result<Reply, Problem> {
    let found = service.store.locker_part(request.locker, request.part);
    let body = found.await?.ok_or(Problem::new(ProblemCode::Refused))?;
    Ok(LockerPart { body }.into())
}

/// Empties a locker of the account that asks; an empty one is done already.
pub(crate) async fn empty<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: EmptyLocker,
) -> Result<Reply, Problem> {
    let mut batch = Batch::new();
    if service.settings.protections.locker_owner {
        batch = batch.assert(Assertion::LockerOwner(request.locker, who.account));
    }
    let batch = batch.entry(Entry::EmptyLocker(request.locker));
    service.store.commit(batch).await?;
    Ok(Done {}.into())
}

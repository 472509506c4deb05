//! What devices ask about being woken.

use super::endpoint::is_public_key;
use crate::fanout::Owner;
use crate::service::Service;
use crate::store::{Batch, Entry, Store, SubscriptionRow};
use valise_wire::request::{
    Done, KeepSubscription, MAX_ENDPOINT_BYTES, MAX_SILENT_ROOMS, PushKey, Reply,
};
use valise_wire::{Octets, Problem, ProblemCode};

/// Hands out the key by which push services know this server.
pub(crate) fn key<S: Store>(service: &Service<S>) -> Reply {
    let key = service.waking.key.as_ref();
    PushKey {
        key: key.map(|key| Octets(key.public().to_vec())),
    }
    .into()
}

/// Keeps the subscription of whoever asks.
pub(crate) async fn keep<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: KeepSubscription,
) -> Result<Reply, Problem> {
    let KeepSubscription {
        endpoint,
        key,
        auth,
        silent,
    } = request;
    if endpoint.len() > MAX_ENDPOINT_BYTES || silent.len() > MAX_SILENT_ROOMS {
        return Err(Problem::new(ProblemCode::TooLarge));
    }
    if !is_public_key(&key) {
        return Err(Problem::new(ProblemCode::Malformed));
    }
    if service.waking.key.is_none() || !service.waking.allowed.allows(&endpoint) {
        return Err(Problem::new(ProblemCode::Refused));
    }
    let row = SubscriptionRow {
        account: who.account,
        endpoint,
        key: key.0,
        auth,
        silent,
    };
    set(service, who, Some(row)).await
}

/// Forgets the subscription of whoever asks.
pub(crate) async fn forget<S: Store>(service: &Service<S>, who: Owner) -> Result<Reply, Problem> {
    set(service, who, None).await
}

async fn set<S: Store>(
    service: &Service<S>,
    who: Owner,
    row: Option<SubscriptionRow>,
) -> Result<Reply, Problem> {
    let waking = service.waking.clone();
    let kept = row.clone();
    let batch = Batch::new()
        .entry(Entry::Subscription(who.device, row))
        .then(move |_| waking.set(who.device, kept));
    service.store.commit(batch).await?;
    Ok(Done {}.into())
}

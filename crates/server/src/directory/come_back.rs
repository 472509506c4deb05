//! The way back for a person whose devices are all lost: a new device shows a word that only the person's passkey or printed
//! code gives, reads the log, and is put on the account's list by the account's own key.
//!
//! The word is what keeps out a device that was removed: it has the account's key still, and never had the word.

use super::publish::publish;
use super::read::page;
use crate::fanout::Owner;
use crate::service::Service;
use crate::store::{Batch, Entry, Store};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use valise_wire::request::{Done, KeepReturns, MAX_RETURNS, Publish, ReadReturning, Reply, Return};
use valise_wire::statement::StatementKind;
use valise_wire::{AccountId, Problem, ProblemCode, Timestamp};

/// Keeps by which words the person may come back, in place of those that this device kept before.
pub(crate) async fn keep_returns<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: KeepReturns,
) -> Result<Reply, Problem> {
    if request.digests.len() > MAX_RETURNS {
        return Err(Problem::new(ProblemCode::TooLarge));
    }
    let entry = Entry::Returns(who.account, who.device, request.digests);
    service.store.commit(Batch::new().entry(entry)).await?;
    Ok(Done {}.into())
}

/// Reads the log for whoever comes back.
pub(crate) async fn read_returning<S: Store>(
    service: &Service<S>,
    request: ReadReturning,
) -> Result<Reply, Problem> {
    check(service, request.account, &request.word).await?;
    page(service, request.after, service.directory.position()).await
}

/// Puts the device on the list.
pub(crate) async fn come_back<S: Store>(
    service: &Service<S>,
    request: Return,
    now: Timestamp,
) -> Result<Reply, Problem> {
    let Return {
        account,
        word,
        statement,
    } = request;
    if statement.kind != StatementKind::DeviceList {
        return Err(Problem::new(ProblemCode::Malformed));
    }
    check(service, account, &word).await?;
    publish(service, Publish { statement }, now).await?;
    Ok(Done {}.into())
}

/// Whatever is wrong, the answer is the same: nobody learns whether there is such an account.
async fn check<S: Store>(
    service: &Service<S>,
    account: AccountId,
    word: &[u8; 32],
) -> Result<(), Problem> {
    let refused = || Problem::new(ProblemCode::Refused);
    let directory = service.directory.current().ok_or_else(refused)?;
    let is_active = directory
        .account(account)
        .is_some_and(|entry| entry.is_active());
    let digest: [u8; 32] = Sha256::digest(word).into();
    let known = service.store.returns(account).await?;
    let is_known = known.iter().any(|known| bool::from(known.ct_eq(&digest)));
    let needed = service.settings.protections.return_word;
    (is_active && (is_known || !needed))
        .then_some(())
        .ok_or_else(refused)
}

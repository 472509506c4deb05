//! Handing key packages over.

use crate::fanout::Owner;
use crate::service::Service;
use crate::store::{Assertion, Batch, Entry, Store};
use valise_wire::request::{Done, MAX_KEY_PACKAGES, PublishKeyPackages, Reply};
use valise_wire::{Octets, Problem, ProblemCode};

/// Most bytes of one key package.
const MAX_KEY_PACKAGE_BYTES: usize = 32 << 10;
/// Each begins as MLS 1.0 (RFC 9420 §6): version 1, wire format 5.
const HEAD: [u8; 4] = [0, 1, 0, 5];

/// Takes a device's key packages. One that was handed over before, and even one that was given out, is not taken again.
pub(crate) async fn publish<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: PublishKeyPackages,
) -> Result<Reply, Problem> {
    let count = request.one_time.len();
    let all = || request.one_time.iter().chain(request.last_resort.as_ref());
    if count > MAX_KEY_PACKAGES || all().any(|package| package.len() > MAX_KEY_PACKAGE_BYTES) {
        return Err(Problem::new(ProblemCode::TooLarge));
    }
    if !all().all(is_key_package) {
        return Err(Problem::new(ProblemCode::Malformed));
    }
    let mut batch = Batch::new();
    if count > 0 {
        // The most that may lie there before, so that it is not too many afterwards; a repetition of all of them fits.
        let below = u32::try_from(2 * MAX_KEY_PACKAGES - count + 1).unwrap_or(u32::MAX);
        batch = batch.assert(Assertion::KeyPackagesBelow(who.device, below));
        batch = batch.entry(Entry::KeyPackages(who.device, request.one_time));
    }
    if let Some(package) = request.last_resort {
        batch = batch.entry(Entry::LastResort(who.device, package));
    }
    service.store.commit(batch).await?;
    Ok(Done {}.into())
}

fn is_key_package(package: &Octets) -> bool {
    package.starts_with(&HEAD)
}

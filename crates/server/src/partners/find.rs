//! What a device is told of the people of other organisations.

use super::foreign::{refused, take};
use super::relay;
use crate::service::Service;
use crate::store::Store;
use std::collections::{BTreeMap, BTreeSet};
use valise_wire::partner::{FindAccount, PartnerReply, PartnerRequest};
use valise_wire::request::{
    ClaimKeyPackages, ClaimedKeyPackage, FindForeign, ForeignPage, FoundForeign, ReadForeign, Reply,
};
use valise_wire::{AccountId, OrganisationId, Problem, ProblemCode, Timestamp};

/// Most statements of one answer.
const MAX_STATEMENTS: u32 = 200;
/// Most bytes of their payloads beyond the first.
const MAX_BYTES: usize = 2 << 20;

/// Reads a part of what was shown.
pub(crate) async fn read<S: Store>(
    service: &Service<S>,
    request: ReadForeign,
) -> Result<Reply, Problem> {
    let head = service.partners.head();
    let mut entries = service.store.foreign(request.after, MAX_STATEMENTS).await?;
    entries.retain(|entry| entry.position <= head);
    let mut size = 0;
    let fitting = entries.iter().take_while(|row| {
        size += row.entry.statement.payload.len();
        size <= MAX_BYTES
    });
    let count = fitting.count().max(1);
    entries.truncate(count);
    Ok(ForeignPage { entries, head }.into())
}

/// Looks for somebody of a partner, there.
pub(crate) async fn find<S: Store>(
    service: &Service<S>,
    request: FindForeign,
    now: Timestamp,
) -> Result<Reply, Problem> {
    let asked = PartnerRequest::FindAccount(FindAccount {
        address_tag: request.address_tag,
    });
    match relay::ask(service, request.partner, asked).await {
        Ok(PartnerReply::Excerpt(excerpt)) => {
            take(service, request.partner, excerpt.entries, now).await?;
            let account = excerpt.account;
            Ok(FoundForeign { account }.into())
        }
        Err(Some(problem)) if problem.code == ProblemCode::Refused => Err(refused()),
        // There this organisation is no partner: not yet, or no longer.
        Err(Some(problem)) if problem.code == ProblemCode::Unauthenticated => {
            Err(Problem::new(ProblemCode::Gone))
        }
        _ => Err(Problem::new(ProblemCode::Unavailable)),
    }
}

/// Takes key packages of accounts of others, each from its own server. Who cannot be reached has none for now.
pub(crate) async fn claim<S: Store>(
    service: &Service<S>,
    accounts: &BTreeSet<AccountId>,
) -> Vec<ClaimedKeyPackage> {
    let mut by_partner: BTreeMap<OrganisationId, Vec<AccountId>> = BTreeMap::new();
    for account in accounts {
        if let Some(partner) = service.partners.organisation_of(*account) {
            by_partner.entry(partner).or_default().push(*account);
        }
    }
    let mut packages = Vec::new();
    for (partner, accounts) in by_partner {
        let asked = PartnerRequest::ClaimKeyPackages(ClaimKeyPackages {
            accounts: accounts.clone(),
        });
        if let Ok(PartnerReply::KeyPackages(claimed)) = relay::ask(service, partner, asked).await {
            let own = claimed
                .packages
                .into_iter()
                .filter(|package| accounts.contains(&package.account));
            packages.extend(own);
        }
    }
    packages
}

//! What a device is told of the people and offices of other organisations.

use super::answer::is_partner;
use super::ask;
use super::foreign::{refused, take};
use crate::service::Service;
use crate::store::Store;
use std::collections::{BTreeMap, BTreeSet};
use valise_wire::partner::{FindAccount, PartnerReply, PartnerRequest, ReadOffices};
use valise_wire::request::{
    ClaimKeyPackages, ClaimedKeyPackage, Done, FindForeign, ForeignPage, FoundForeign, GetReceipts,
    ReadForeign, ReadForeignOffices, Receipts, Reply,
};
use valise_wire::{AccountId, OrganisationId, Problem, ProblemCode, Timestamp};

/// Most statements of one answer.
const MAX_STATEMENTS: u32 = 200;
/// Most parts in which the offices of one partner are read at once.
const MOST_PAGES: usize = 100;
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
    match ask::ask_for_device(service, request.partner, asked, now).await {
        Ok(PartnerReply::Excerpt(excerpt)) => {
            take(service, request.partner, excerpt.entries, now).await?;
            let account = excerpt.account;
            Ok(FoundForeign { account }.into())
        }
        Err(failure) => Err(not_found(failure)),
        Ok(_) => Err(Problem::new(ProblemCode::Unavailable)),
    }
}

/// Asks a partner for its offices, unless somebody did a moment ago.
pub(crate) async fn read_offices<S: Store>(
    service: &Service<S>,
    request: ReadForeignOffices,
    now: Timestamp,
) -> Result<Reply, Problem> {
    let partner = request.partner;
    if !is_partner(service, partner) {
        return Err(refused());
    }
    if ask::left_alone(service, partner, now).is_some() {
        return Err(Problem::new(ProblemCode::Unavailable));
    }
    if !service.partners.may_ask_for_offices(partner, now) {
        return Ok(Done {}.into());
    }
    let mut after = None;
    for _ in 0..MOST_PAGES {
        let asked = PartnerRequest::ReadOffices(ReadOffices { after });
        let page = match ask::ask(service, partner, asked).await {
            Ok(PartnerReply::Offices(page)) => page,
            Ok(_) => return Err(Problem::new(ProblemCode::Unavailable)),
            Err(failure) => return Err(not_found(failure)),
        };
        take(service, partner, page.entries, now).await?;
        // Whoever goes round in a circle is left.
        after = page
            .next
            .filter(|next| after.is_none_or(|after| *next > after));
        if after.is_none() {
            break;
        }
    }
    Ok(Done {}.into())
}

/// Asks a partner's server for its receipts; none if it cannot be reached.
pub(crate) async fn ask_for_receipts<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    request: GetReceipts,
    now: Timestamp,
) -> Option<Receipts> {
    match ask::ask_for_device(service, partner, request.into(), now).await {
        Ok(PartnerReply::Receipts(receipts)) => Some(receipts),
        _ => None,
    }
}

/// What a device is told when a partner did not answer what was asked.
fn not_found(failure: ask::Failure) -> Problem {
    match failure.map(|problem| problem.code) {
        Some(ProblemCode::Refused) => refused(),
        // There this organisation is no partner: not yet, or no longer.
        Some(ProblemCode::Unauthenticated) => Problem::new(ProblemCode::Gone),
        _ => Problem::new(ProblemCode::Unavailable),
    }
}

/// Takes key packages of accounts of others, each from its own server. Who cannot be reached has none for now.
pub(crate) async fn claim<S: Store>(
    service: &Service<S>,
    accounts: &BTreeSet<AccountId>,
    now: Timestamp,
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
        let claimed = ask::ask_for_device(service, partner, asked, now).await;
        if let Ok(PartnerReply::KeyPackages(claimed)) = claimed {
            let own = claimed
                .packages
                .into_iter()
                .filter(|package| accounts.contains(&package.account));
            packages.extend(own);
        }
    }
    packages
}

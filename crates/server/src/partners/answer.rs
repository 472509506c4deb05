//! Answering another server. Who asks was found by its signature; what is asked walks the same path as a device's request.

use super::bounds::{self, Scale};
use super::foreign::{refused, take};
use super::{excerpt, files, follow, residency, third};
use crate::fanout::{Owner, Wakeups, frame};
use crate::receipts;
use crate::service::{Caller, Service, SessionId};
use crate::store::{Batch, Entry, Outcome, Store, StoreError};
use valise_directory::AddressTag;
use valise_directory::partner::check_introduction;
use valise_wire::partner::{
    Answered, Carry, Excerpt, FindAccount, Introduction, MAX_ACCOUNTS, MAX_STATEMENTS, OnBehalf,
    PartnerReply, PartnerRequest, ReadAccounts, ShowStatements,
};
use valise_wire::push::{Introduced, Signalled};
use valise_wire::request::{ClaimKeyPackages, ClaimedKeyPackages, Done, Request};
use valise_wire::{
    AccountId, DeviceId, Octets, OrganisationId, Problem, ProblemCode, Timestamp, from_bytes,
    to_bytes,
};

/// Answers a partner.
pub(crate) async fn answer<S: Store>(
    service: &Service<S>,
    from: OrganisationId,
    request: PartnerRequest,
    now: Timestamp,
) -> Result<PartnerReply, Problem> {
    if service.settings.protections.partners && !is_partner(service, from) {
        return Err(refused());
    }
    match request {
        PartnerRequest::Introduction(introduction) => introduced(service, introduction, now).await,
        PartnerRequest::ReadAccounts(request) => read_accounts(service, from, request).await,
        PartnerRequest::FindAccount(request) => find_account(service, from, request).await,
        PartnerRequest::ShowStatements(request) => shown(service, from, request, now).await,
        PartnerRequest::ClaimKeyPackages(request) => claimed(service, from, request, now).await,
        PartnerRequest::OnBehalf(request) => on_behalf(service, from, request, now).await,
        PartnerRequest::FollowRoom(request) => follow::events(service, from, request, now).await,
        PartnerRequest::Welcome(request) => follow::welcome(service, from, request, now).await,
        PartnerRequest::Carry(request) => carried(service, from, request).await,
        PartnerRequest::ReadBlob(request) => files::give(service, request).await,
        PartnerRequest::GetReceipts(request) => {
            receipts::for_partner(service, from, request, now).await
        }
        PartnerRequest::ReadOffices(request) => {
            Ok(excerpt::of_offices(service, from, request.after)
                .await?
                .into())
        }
    }
}

/// Tells whether an organisation is a partner: everybody else is nobody.
pub(super) fn is_partner<S: Store>(service: &Service<S>, organisation: OrganisationId) -> bool {
    let home = service.directory.current();
    home.is_some_and(|home| home.partners().any(|(partner, _)| partner == organisation))
}

/// Keeps an introduction by a link of one's own, until a registrar looks.
pub(crate) async fn introduced<S: Store>(
    service: &Service<S>,
    introduction: Introduction,
    now: Timestamp,
) -> Result<PartnerReply, Problem> {
    let home = service.directory.current().ok_or_else(refused)?;
    let offered = service.store.offered(introduction.key).await?;
    if offered.is_none_or(|not_after| now > not_after) {
        return Err(refused());
    }
    check_introduction(&introduction, home.organisation_id())
        .map_err(|breach| Problem::new(breach.problem()))?;
    let bus = service.bus.clone();
    let batch = Batch::new()
        .entry(Entry::Introduced(introduction))
        .then(move |_| bus.tell_all(frame(Introduced {})));
    service.store.commit(batch).await?;
    Ok(Done {}.into())
}

async fn read_accounts<S: Store>(
    service: &Service<S>,
    from: OrganisationId,
    request: ReadAccounts,
) -> Result<PartnerReply, Problem> {
    if request.accounts.len() > MAX_ACCOUNTS {
        return Err(Problem::new(ProblemCode::TooLarge));
    }
    // Whom the partner does not know already, it has to find, unless it met him in a room of a third one.
    let known = service.store.shown(from).await?;
    let mut accounts = Vec::new();
    for account in request.accounts {
        if known.contains(&account) || third::is_met_elsewhere(service, account).await? {
            accounts.push(account);
        }
    }
    let entries = excerpt::of(service, from, &accounts).await?;
    excerpt::remember(service, from, &accounts).await?;
    let account = None;
    Ok(Excerpt { account, entries }.into())
}

async fn find_account<S: Store>(
    service: &Service<S>,
    from: OrganisationId,
    request: FindAccount,
) -> Result<PartnerReply, Problem> {
    let home = service.directory.current().ok_or_else(refused)?;
    let account = home.shown_as(from, AddressTag(request.address_tag));
    let accounts: Vec<AccountId> = account.into_iter().collect();
    let entries = excerpt::of(service, from, &accounts).await?;
    excerpt::remember(service, from, &accounts).await?;
    Ok(Excerpt { account, entries }.into())
}

async fn shown<S: Store>(
    service: &Service<S>,
    from: OrganisationId,
    request: ShowStatements,
    now: Timestamp,
) -> Result<PartnerReply, Problem> {
    if request.entries.len() > MAX_STATEMENTS {
        return Err(Problem::new(ProblemCode::TooLarge));
    }
    // Of a third organisation only what is one's own partner, too: its statements prove themselves.
    if request.organisation != from && !is_partner(service, request.organisation) {
        return Err(refused());
    }
    take(service, request.organisation, request.entries, now).await?;
    if request.organisation != from {
        // What those of whom it is show of themselves, they say to this server alone.
        service.partners.wake([request.organisation]);
    }
    Ok(Done {}.into())
}

async fn claimed<S: Store>(
    service: &Service<S>,
    from: OrganisationId,
    request: ClaimKeyPackages,
    now: Timestamp,
) -> Result<PartnerReply, Problem> {
    if request.accounts.len() > MAX_ACCOUNTS {
        return Err(Problem::new(ProblemCode::TooLarge));
    }
    if residency::is_shut_out(service, from) {
        return Err(refused());
    }
    let home = service.directory.current().ok_or_else(refused)?;
    // A guessed id is good for nothing: whom the partner does not know, it has to find.
    let shown = service.store.shown(from).await?;
    let active = request
        .accounts
        .iter()
        .filter(|account| shown.contains(account))
        .filter_map(|account| home.account(*account))
        .filter(|account| account.is_active());
    let devices: Vec<(AccountId, DeviceId)> = active
        .flat_map(|account| account.devices.iter().map(|device| (account.id, device.id)))
        .collect();
    let batch = Scale::new(service, from, now).claim(devices);
    let done = service.store.commit(batch).await;
    match done.map_err(|error| bounds::refusal(service, error, now))? {
        Outcome::Done(committed) => Ok(ClaimedKeyPackages {
            packages: committed.claimed,
        }
        .into()),
        Outcome::Repeated(_) => Err(StoreError::Corrupt.into()),
    }
}

/// Does for a partner's device what the hub does for a device of its own.
async fn on_behalf<S: Store>(
    service: &Service<S>,
    from: OrganisationId,
    request: OnBehalf,
    now: Timestamp,
) -> Result<PartnerReply, Problem> {
    let others = service.partners.others();
    let directory = others.get(&from).map(|other| other.directory());
    let own = directory
        .is_some_and(|directory| directory.device(request.account, request.device).is_some());
    if service.settings.protections.behalf && !own {
        return Err(refused());
    }
    let asked: Request =
        from_bytes(&request.request).map_err(|_| Problem::new(ProblemCode::Malformed))?;
    let carried = matches!(
        asked,
        Request::Commit(_)
            | Request::Send(_)
            | Request::Propose(_)
            | Request::GetGroupInfo(_)
            | Request::Signal(_)
    );
    // Nobody asks by one server what lives on a third.
    if !carried || service.partners.hub_of(&asked).is_some() {
        return Err(refused());
    }
    let who = Owner {
        account: request.account,
        device: request.device,
        session: SessionId([0; 32]),
    };
    let caller = Caller::Device {
        account: who.account,
        device: who.device,
        session: who.session,
    };
    service.allow(&caller, &asked, now)?;
    let reply = Box::pin(service.answer_device(who, asked, now)).await?;
    let reply = Octets(to_bytes(&reply));
    Ok(Answered { reply }.into())
}

/// Tells devices of one's own what somebody signals in a room that lives there.
async fn carried<S: Store>(
    service: &Service<S>,
    from: OrganisationId,
    request: Carry,
) -> Result<PartnerReply, Problem> {
    if !follow::lives_there(service, request.room, from) {
        return Err(refused());
    }
    let members = service.store.members(request.room).await?;
    let told: Vec<DeviceId> = members
        .into_iter()
        .map(|member| member.device)
        .filter(|device| request.devices.contains(device))
        .collect();
    let signal = frame(Signalled {
        room: request.room,
        sealed: request.sealed,
    });
    service.bus.tell(&told, signal);
    Ok(Done {}.into())
}

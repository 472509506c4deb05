//! People of a third organisation: whoever is in a room with them has to know them, though their own server does not see that he is.

use super::answer::is_partner;
use super::ask::{Failure, ask};
use super::foreign::take;
use super::told::is_due;
use crate::service::Service;
use crate::store::Store;
use std::collections::{BTreeMap, BTreeSet};
use valise_wire::partner::{
    MAX_ACCOUNTS, MAX_STATEMENTS, PartnerReply, ReadAccounts, ShowStatements,
};
use valise_wire::{AccountId, OrganisationId, ProblemCode, Timestamp};

/// Time in which a partner is asked once for what its people show.
const AGAIN_MILLIS: u64 = 60_000;

/// What was shown of third organisations, and who was asked for. Forgotten at a restart: the same again changes nothing.
#[derive(Default)]
pub(super) struct Thirds {
    /// Positions that a partner was shown of a third organisation's log.
    shown: BTreeMap<(OrganisationId, OrganisationId), BTreeSet<u64>>,
    /// When a partner was last asked for an account.
    asked: BTreeMap<AccountId, Timestamp>,
}

/// Shows a partner those members of a room of here who are of neither organisation, as far as this server was shown them itself.
pub(super) async fn show<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    members: &BTreeSet<AccountId>,
) -> Result<(), Failure> {
    let others = service.partners.others();
    for (third, other) in others.iter().filter(|(third, _)| **third != partner) {
        let directory = other.directory();
        let proofs = members
            .iter()
            .filter_map(|account| directory.excerpt_of(*account, None));
        let positions: BTreeSet<u64> = proofs.flatten().collect();
        if service.partners.knows_third(partner, *third, &positions) {
            continue;
        }
        for part in other.entries_at(&positions).chunks(MAX_STATEMENTS) {
            let shown = ShowStatements {
                organisation: *third,
                entries: part.to_vec(),
            };
            match ask(service, partner, shown.into()).await {
                // Those two are no partners: the one takes nothing of the other from anybody.
                Err(Some(problem)) if problem.code == ProblemCode::Refused => return Ok(()),
                answer => answer.map(drop)?,
            }
        }
        service.partners.third_is_known(partner, *third, positions);
    }
    Ok(())
}

/// Asks a partner what those of its people show of themselves of whom this server knows nothing but that they are.
pub(super) async fn get_to_know<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    now: Timestamp,
) -> Result<(), Failure> {
    let Some(home) = service.organisation_id() else {
        return Ok(());
    };
    let others = service.partners.others();
    let Some(other) = others
        .get(&partner)
        .filter(|_| is_partner(service, partner))
    else {
        return Ok(());
    };
    let unknown = other
        .directory()
        .accounts()
        .filter(|account| account.is_active() && !account.cards.contains_key(&home))
        .map(|account| account.id);
    let accounts = service.partners.to_be_asked_for(unknown, now);
    if accounts.is_empty() {
        return Ok(());
    }
    match ask(service, partner, ReadAccounts { accounts }.into()).await {
        Ok(PartnerReply::Excerpt(excerpt)) => take(service, partner, excerpt.entries, now)
            .await
            .map_err(Some),
        Ok(_) | Err(Some(_)) => Ok(()),
        Err(None) => {
            service
                .partners
                .nobody_answered(other.directory().accounts().map(|it| it.id));
            Err(None)
        }
    }
}

/// Tells whether somebody of one's own is in a room that lives elsewhere: whoever can name him was shown him there.
pub(super) async fn is_met_elsewhere<S: Store>(
    service: &Service<S>,
    account: AccountId,
) -> Result<bool, crate::store::StoreError> {
    let home = service.directory.current();
    let entry = home.as_ref().and_then(|home| home.account(account));
    for device in entry.into_iter().flat_map(|entry| &entry.devices) {
        let rooms = service.store.rooms_of_device(device.id).await?;
        let mut rooms = rooms.iter().filter(|room| room.active);
        if rooms.any(|room| service.partners.hub(room.room).is_some()) {
            return Ok(true);
        }
    }
    Ok(false)
}

impl super::Partners {
    fn knows_third(
        &self,
        partner: OrganisationId,
        third: OrganisationId,
        positions: &BTreeSet<u64>,
    ) -> bool {
        let waiting = self.waiting();
        let shown = waiting.thirds.shown.get(&(partner, third));
        positions.len() <= 1 || shown.is_some_and(|shown| positions.is_subset(shown))
    }

    fn third_is_known(
        &self,
        partner: OrganisationId,
        third: OrganisationId,
        positions: BTreeSet<u64>,
    ) {
        let mut waiting = self.waiting();
        let shown = waiting.thirds.shown.entry((partner, third)).or_default();
        shown.extend(positions);
    }

    /// Returns whom to ask for now, and takes it that they are.
    fn to_be_asked_for(
        &self,
        accounts: impl Iterator<Item = AccountId>,
        now: Timestamp,
    ) -> Vec<AccountId> {
        let mut waiting = self.waiting();
        let asked = &mut waiting.thirds.asked;
        let due = |account: &AccountId| {
            let last = asked.get(account);
            last.is_none_or(|last| is_due(*last, AGAIN_MILLIS, now))
        };
        let due: Vec<AccountId> = accounts.filter(due).take(MAX_ACCOUNTS).collect();
        asked.extend(due.iter().map(|account| (*account, now)));
        due
    }

    fn nobody_answered(&self, accounts: impl Iterator<Item = AccountId>) {
        let mut waiting = self.waiting();
        for account in accounts {
            waiting.thirds.asked.remove(&account);
        }
    }
}

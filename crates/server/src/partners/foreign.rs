//! What this server was shown of the logs of others, and the one way in which it grows.

use super::{Known, Others, Partners};
use crate::fanout::frame;
use crate::service::{OpenError, Service};
use crate::store::{Batch, Entry, Store};
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};
use valise_directory::foreign::Foreign;
use valise_wire::push::ForeignMoved;
use valise_wire::statement::LogEntry;
use valise_wire::{OrganisationId, Problem, ProblemCode, Timestamp};

/// Statements that are read at once at the start.
const PAGE: u32 = 500;
/// Most statements that are kept of one organisation.
const MOST_STATEMENTS: usize = 200_000;

/// Folds what the store holds.
pub(super) async fn load<S: Store>(
    store: &S,
    home: OrganisationId,
) -> Result<(Others, u64), OpenError> {
    let mut entries: BTreeMap<OrganisationId, Vec<LogEntry>> = BTreeMap::new();
    let mut head = 0;
    loop {
        let page = store.foreign(head, PAGE).await?;
        let Some(last) = page.last() else {
            break;
        };
        head = last.position;
        for row in page {
            entries.entry(row.organisation).or_default().push(row.entry);
        }
    }
    let mut others = Others::new();
    for (organisation, entries) in entries {
        let position = entries.last().map_or(0, |entry| entry.position);
        let mut other = Foreign::new(organisation, home, None);
        other
            .take_trusted(entries)
            .map_err(|breach| OpenError::Directory { position, breach })?;
        others.insert(organisation, other);
    }
    Ok((others, head))
}

/// Takes more of another organisation's log: verified, then durable, then told. The same again changes nothing.
pub(super) async fn take<S: Store>(
    service: &Service<S>,
    organisation: OrganisationId,
    entries: Vec<LogEntry>,
    now: Timestamp,
) -> Result<(), Problem> {
    let home = service.directory.current().ok_or_else(refused)?;
    if organisation == home.organisation_id() {
        return Err(refused());
    }
    let _turn = service.partners.turn.lock().await;
    let others = service.partners.others();
    let former = others.get(&organisation).cloned();
    let former = former.unwrap_or_else(|| Foreign::new(organisation, home.organisation_id(), None));
    let mut next = former.clone();
    let fresh = next.take(entries).map_err(|breach| {
        tracing::warn!(%breach, "a partner showed statements that cannot be taken");
        Problem::new(breach.problem())
    })?;
    if fresh.is_empty() {
        return Ok(());
    }
    if next.statements() > MOST_STATEMENTS {
        return Err(Problem::new(ProblemCode::TooLarge));
    }
    let changed = next.changed_since(former.directory());
    let count = fresh.len() as u64;
    let entries = fresh
        .into_iter()
        .map(|entry| Entry::Foreign(organisation, entry));
    let mut batch = Batch::new();
    batch.entries.extend(entries);
    let (partners, bus) = (service.partners.clone(), service.bus.clone());
    let (due, directory) = (service.due.clone(), service.directory.clone());
    let keeps_guests = service.settings.protections.guests;
    let batch = batch.then(move |_| {
        let head = partners.move_to(organisation, next, count);
        due.add(changed);
        let meant = |account| !(keeps_guests && directory.is_guest(account));
        bus.tell_those(meant, &frame(ForeignMoved { head }));
    });
    service.store.commit(batch).await?;
    crate::delivery::remove_ended(service, now).await;
    Ok(())
}

impl Partners {
    fn move_to(&self, organisation: OrganisationId, other: Foreign, more: u64) -> u64 {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let mut others = Others::clone(&known.others);
        others.insert(organisation, other);
        *known = Known {
            others: Arc::new(others),
            head: known.head + more,
        };
        known.head
    }
}

/// Not found or not allowed: nobody learns which.
pub(super) fn refused() -> Problem {
    Problem::new(ProblemCode::Refused)
}

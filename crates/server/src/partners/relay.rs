//! Carrying to partners what they are to get, until they have it.

use super::ask::{Failure, ask, origin};
use super::backoff::Waits;
use super::foreign::take;
use super::line::Unreachable;
use super::patience::tell_that_it_is_back;
use super::told::is_due;
use super::{Partners, acquainted, bounds, excerpt, logs, pinned, set_back, third, welcomes};
use crate::clock::Clock;
use crate::metrics::name;
use crate::receipts::silence;
use crate::service::Service;
use crate::store::{Batch, Entry, Store};
use futures_util::future::{FutureExt, join_all};
use futures_util::stream::{FuturesUnordered, StreamExt};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use valise_wire::partner::{MAX_STATEMENTS, ShowStatements};
use valise_wire::statement::LogEntry;
use valise_wire::{OrganisationId, Timestamp};

/// Time after which everybody is looked at though nobody said so.
const LOOK_MILLIS: u64 = 20_000;

/// The task that carries.
pub struct Relay {
    clock: Arc<dyn Clock>,
}

impl Relay {
    /// Makes one.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock }
    }

    /// Carries as long as it is polled. To each partner by itself: one that answers slowly, or never, holds up no other one.
    pub async fn run<S: Store>(self, service: Arc<Service<S>>) {
        let mut under_way = FuturesUnordered::new();
        let mut busy = BTreeSet::new();
        let mut measured = None;
        loop {
            let now = self.clock.now();
            if measured != Some(now.as_seconds() / 60) {
                measured = Some(now.as_seconds() / 60);
                bounds::measure(&service).await;
            }
            silence::note(&service, now).await;
            for partner in due(&service, &busy, now) {
                busy.insert(partner);
                let carried = all(&service, partner, now);
                under_way.push(carried.map(move |outcome| (partner, outcome)));
            }
            let next = service.partners.next_try(now);
            let wait = next.map_or(LOOK_MILLIS, |next| next.millis_since(now));
            let wait = Duration::from_millis(wait.clamp(50, LOOK_MILLIS));
            let woken = tokio::time::timeout(wait, service.partners.woken.notified());
            tokio::select! {
                Some((partner, outcome)) = under_way.next() => {
                    busy.remove(&partner);
                    settle(&service, partner, outcome, self.clock.now());
                }
                _ = woken => {}
            }
        }
    }
}

/// Carries what is due, to all partners at once. Returns when the next one may be called again that did not answer.
pub async fn relay<S: Store>(service: &Service<S>, now: Timestamp) -> Option<Timestamp> {
    silence::note(service, now).await;
    let due = due(service, &BTreeSet::new(), now);
    join_all(due.into_iter().map(async |partner| {
        let outcome = all(service, partner, now).await;
        settle(service, partner, outcome, now);
    }))
    .await;
    service.partners.next_try(now)
}

fn due<S: Store>(
    service: &Service<S>,
    busy: &BTreeSet<OrganisationId>,
    now: Timestamp,
) -> Vec<OrganisationId> {
    let Some(home) = service.directory.current() else {
        return Vec::new();
    };
    let partners = home.partners().map(|(partner, _)| partner);
    service.partners.take_due(partners, busy, now)
}

/// Takes what came of carrying to a partner.
fn settle<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    outcome: Result<(), Failure>,
    now: Timestamp,
) {
    let failure = match outcome {
        Ok(()) => {
            if service.partners.recovered(partner) {
                tell_that_it_is_back(service);
            }
            return;
        }
        Err(failure) => failure,
    };
    let outcome = if failure.is_some() {
        "refused"
    } else {
        "unreachable"
    };
    metrics::counter!(name::PARTNER_FAILURES, "outcome" => outcome).increment(1);
    let mut chance = [0];
    (service.settings.entropy)(&mut chance);
    service.partners.failed(partner, now, chance[0]);
}

async fn all<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    now: Timestamp,
) -> Result<(), Failure> {
    meet(service, partner, now).await?;
    // First, so that of another one that stands there the operator hears, and not only that nothing is answered.
    if let Some(origin) = origin(service, partner) {
        set_back::look(service, partner, &origin, now).await?;
    }
    tell(service, partner).await?;
    third::get_to_know(service, partner, now).await?;
    acquainted::ask_after_others(service, partner, now).await?;
    let first = logs::carry(service, partner, now).await?;
    welcomes::carry(service, partner, now).await?;
    for signal in service.partners.take_signals(partner) {
        ask(service, partner, signal.into())
            .await
            .map(drop)
            .or_else(|failure| {
                // A signal that is late or refused is worth nothing.
                if failure.is_some() {
                    Ok(())
                } else {
                    Err(failure)
                }
            })?;
    }
    first
}

/// Gets to know a partner: its first statement, which proves itself by the id that a registrar pinned.
async fn meet<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    now: Timestamp,
) -> Result<(), Failure> {
    if service.partners.others().contains_key(&partner) {
        return Ok(());
    }
    let origin = origin(service, partner).ok_or(None)?;
    let record = service.settings.line.meet(&origin).await;
    let record = record.map_err(|Unreachable| None)?;
    if !pinned::is_it(service, partner, &record, now) {
        return Err(None);
    }
    let statement = record.statement.ok_or(None)?;
    let entry = LogEntry {
        position: 1,
        statement,
    };
    take(service, partner, vec![entry], now).await.map_err(Some)
}

/// Tells a partner what became of those whom it was shown, and of the offices that show themselves to it.
pub(super) async fn tell<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
) -> Result<(), Failure> {
    let head = service.directory.position();
    let told = service.store.told(partner).await.map_err(own)?;
    if told >= head {
        return Ok(());
    }
    let shown = service.store.shown(partner).await.map_err(own)?;
    let entries = excerpt::since(service, partner, &shown, told)
        .await
        .map_err(Some)?;
    show(service, partner, entries).await?;
    let mut batch = Batch::new().entry(Entry::Told(partner, head));
    if let Some(home) = service.directory.current() {
        let holders = excerpt::holders(&home, partner);
        let fresh = holders.into_iter().filter(|holder| !shown.contains(holder));
        let fresh = fresh.map(|holder| Entry::Shown(partner, holder));
        batch.entries.extend(fresh);
    }
    service.store.commit(batch).await.map_err(own)?;
    Ok(())
}

/// Shows a partner statements of here.
pub(super) async fn show<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    entries: Vec<LogEntry>,
) -> Result<(), Failure> {
    let Some(home) = service.directory.current() else {
        return Ok(());
    };
    for part in entries.chunks(MAX_STATEMENTS) {
        let shown = ShowStatements {
            organisation: home.organisation_id(),
            entries: part.to_vec(),
        };
        ask(service, partner, shown.into()).await?;
    }
    Ok(())
}

/// A failure of one's own store is none of the partner's.
pub(super) fn own(error: crate::store::StoreError) -> Failure {
    Some(error.into())
}

impl Partners {
    /// Tells whether nobody has looked for a while at what was not carried.
    pub(crate) fn is_to_look(&self, now: Timestamp) -> bool {
        let mut waiting = self.waiting();
        let is_time = is_due(waiting.silence_at, LOOK_MILLIS, now);
        if is_time {
            waiting.silence_at = now;
        }
        is_time
    }

    fn take_due(
        &self,
        partners: impl Iterator<Item = OrganisationId>,
        busy: &BTreeSet<OrganisationId>,
        now: Timestamp,
    ) -> Vec<OrganisationId> {
        let mut waiting = self.waiting();
        let long_ago = is_due(waiting.looked_at, LOOK_MILLIS, now);
        let all = std::mem::take(&mut waiting.all) || long_ago;
        if all {
            waiting.looked_at = now;
        }
        let due = std::mem::take(&mut waiting.due);
        let mut taken = Vec::new();
        for partner in partners {
            let failed = waiting.backoffs.has(partner, Waits::All);
            if !(all || failed || due.contains(&partner)) {
                continue;
            }
            if busy.contains(&partner) {
                // What came meanwhile, the carrying that is under way may have gone past.
                waiting.due.insert(partner);
                continue;
            }
            if waiting.backoffs.until(partner, Waits::All, now).is_none() {
                taken.push(partner);
            }
        }
        taken
    }

    fn take_signals(&self, partner: OrganisationId) -> Vec<valise_wire::partner::Carry> {
        let mut waiting = self.waiting();
        let signals = std::mem::take(&mut waiting.signals);
        let (own, others): (Vec<_>, Vec<_>) = signals
            .into_iter()
            .partition(|(whose, _)| *whose == partner);
        waiting.signals = others;
        own.into_iter().map(|(_, signal)| signal).collect()
    }

    /// Takes it that a partner answered. Tells whether it had not before.
    fn recovered(&self, partner: OrganisationId) -> bool {
        self.waiting().backoffs.done(partner, Waits::All)
    }

    fn failed(&self, partner: OrganisationId, now: Timestamp, chance: u8) {
        let mut waiting = self.waiting();
        waiting
            .backoffs
            .failed(partner, Waits::All, None, now, chance);
    }

    fn next_try(&self, now: Timestamp) -> Option<Timestamp> {
        self.waiting().backoffs.next(now)
    }
}

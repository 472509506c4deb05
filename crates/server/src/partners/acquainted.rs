//! Whether partners of here are one another's: in a room of strangers, each would find the other's people to be unknown devices.

use super::Partners;
use super::ask::{Failure, ask};
use super::told::is_due;
use crate::service::Service;
use crate::store::Store;
use std::collections::{BTreeMap, BTreeSet};
use valise_wire::partner::ShowStatements;
use valise_wire::{OrganisationId, Problem, ProblemCode, Timestamp};

/// Time in which one is not asked again after the same other one.
const AGAIN_MILLIS: u64 = 60_000;
/// Time after which the question is worth being put again whose answer is waited for.
const WAIT_MILLIS: u64 = 500;

/// What partners said of each other. Forgotten at a restart, and asked again.
#[derive(Default)]
pub(super) struct Acquainted {
    /// Who was asked after whom, when, and whether that is his partner.
    said: BTreeMap<(OrganisationId, OrganisationId), (Timestamp, bool)>,
    /// Who is to be asked after whom.
    questions: BTreeSet<(OrganisationId, OrganisationId)>,
}

/// Checks that whoever comes into a room, and those of other organisations who are there then, are each other's partners. What is not known
/// is asked, and the answer waited for.
pub(crate) fn check_acquainted<S: Store>(
    service: &Service<S>,
    coming: &BTreeSet<OrganisationId>,
    there: &BTreeSet<OrganisationId>,
    now: Timestamp,
) -> Result<(), Problem> {
    if !service.settings.protections.strangers {
        return Ok(());
    }
    let pairs = coming
        .iter()
        .flat_map(|one| there.iter().map(move |other| (*one, *other)));
    let pairs = pairs.filter(|(one, other)| one != other);
    let both = pairs.flat_map(|(one, other)| [(one, other), (other, one)]);
    let mut unknown = BTreeSet::new();
    for pair in both {
        match service.partners.is_partner_of(pair, now) {
            Some(true) => {}
            Some(false) => return Err(Problem::new(ProblemCode::Strangers)),
            None => drop(unknown.insert(pair)),
        }
    }
    if unknown.is_empty() {
        return Ok(());
    }
    service.partners.find_out(unknown);
    Err(Problem {
        code: ProblemCode::Unavailable,
        retry_after_ms: Some(WAIT_MILLIS),
    })
}

/// Asks a partner what there is to be asked of others. Who is shown nothing of an organisation says only whether he would take it.
pub(super) async fn ask_after_others<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    now: Timestamp,
) -> Result<(), Failure> {
    for other in service.partners.questions_to(partner) {
        let nothing = ShowStatements {
            organisation: other,
            entries: Vec::new(),
        };
        let knows = match ask(service, partner, nothing.into()).await {
            Ok(_) => true,
            Err(Some(problem)) if problem.code == ProblemCode::Refused => false,
            Err(failure) => return Err(failure),
        };
        service.partners.is_said((partner, other), knows, now);
    }
    Ok(())
}

impl Partners {
    /// Tells whether the second is a partner of the first; none if that has to be asked. Who was, counts as one until he was asked again.
    fn is_partner_of(
        &self,
        pair: (OrganisationId, OrganisationId),
        now: Timestamp,
    ) -> Option<bool> {
        let mut waiting = self.waiting();
        let (at, knows) = *waiting.acquainted.said.get(&pair)?;
        let is_fresh = !is_due(at, AGAIN_MILLIS, now);
        if !is_fresh {
            waiting.acquainted.questions.insert(pair);
            waiting.due.insert(pair.0);
        }
        (is_fresh || knows).then_some(knows)
    }

    fn find_out(&self, pairs: BTreeSet<(OrganisationId, OrganisationId)>) {
        let asked: BTreeSet<OrganisationId> = pairs.iter().map(|(asked, _)| *asked).collect();
        self.waiting().acquainted.questions.extend(pairs);
        self.wake(asked);
    }

    fn questions_to(&self, partner: OrganisationId) -> Vec<OrganisationId> {
        let waiting = self.waiting();
        let questions = waiting.acquainted.questions.iter();
        let to_him = questions.filter(|(asked, _)| *asked == partner);
        to_him.map(|(_, other)| *other).collect()
    }

    fn is_said(&self, pair: (OrganisationId, OrganisationId), knows: bool, now: Timestamp) {
        let mut waiting = self.waiting();
        waiting.acquainted.questions.remove(&pair);
        waiting.acquainted.said.insert(pair, (now, knows));
    }
}

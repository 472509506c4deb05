//! A partner that does not answer: how much it is asked at once, and that it is there again.

use super::Partners;
use crate::fanout::frame;
use crate::service::Service;
use crate::store::Store;
use valise_wire::OrganisationId;
use valise_wire::push::ForeignMoved;

/// Questions to one partner that wait for an answer at once, at most: one that takes connections and never answers holds so many.
const MOST_QUESTIONS: usize = 256;

/// Tells devices that a partner is there again, by the number that they know: what they could not have of it they can ask for now.
pub(super) fn tell_that_it_is_back<S: Store>(service: &Service<S>) {
    let meant = |account| !service.keeps_guest(account);
    let head = service.partners.head();
    service.bus.tell_those(meant, &frame(ForeignMoved { head }));
}

/// A question that waits for its answer.
pub(super) struct Question<'a> {
    partners: &'a Partners,
    partner: OrganisationId,
}

impl Partners {
    /// Begins to ask a partner something; none if too much that it was asked waits for an answer already.
    pub(super) fn question(&self, partner: OrganisationId, bounded: bool) -> Option<Question<'_>> {
        let mut waiting = self.waiting();
        let open = waiting.questions.entry(partner).or_default();
        if bounded && *open >= MOST_QUESTIONS {
            return None;
        }
        *open += 1;
        Some(Question {
            partners: self,
            partner,
        })
    }
}

impl Drop for Question<'_> {
    fn drop(&mut self) {
        let mut waiting = self.partners.waiting();
        if let Some(open) = waiting.questions.get_mut(&self.partner) {
            *open -= 1;
        }
    }
}

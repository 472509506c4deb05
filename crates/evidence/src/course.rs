//! The course of a request: where it stands, folded from the chain of acts. The same acts give the same course on all sides.
//!
//! Every act names the one before. What does not hang on the chain is not part of it; what hangs on it and may not be done there
//! stays in it and changes nothing. So nobody has to agree with anybody about what counts.

mod state;

pub use state::{Finding, Rule, State, Timing};

use crate::act::Side;
use crate::{Act, ActKind, Digest, Request, Response, ResponseKind};
use std::collections::{BTreeMap, BTreeSet};
use valise_directory::Name;
use valise_wire::{RequestId, Timestamp};

/// Verified requests and answers, by their digests.
#[derive(Default)]
pub struct Objects<'a> {
    /// All revisions.
    pub requests: BTreeMap<Digest, &'a Request>,
    /// All answers.
    pub responses: BTreeMap<Digest, &'a Response>,
}

/// Where a request stands, and how it came there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// Where it stands.
    pub state: State,
    /// By when an answer is due, with all time that was given.
    pub due: Timestamp,
    /// Last instant of it while it is open; none where nobody set one, and none any more once it is answered or refused.
    pub ends: Option<Timestamp>,
    /// Until when more time was asked for, if that is open.
    pub asked_until: Option<Timestamp>,
    /// The addressee's number.
    pub number: Option<Name>,
    /// The newest revision.
    pub revision: Digest,
    /// When it was received.
    pub received: Option<Timing>,
    /// When it was last answered or refused.
    pub answered: Option<Timing>,
    /// Whether the deadline of its time passed once without an answer. It stays so, whatever is given later.
    pub was_late: bool,
    /// The end of the chain, which the next act has to name.
    pub tip: Digest,
    /// Acts in the chain.
    pub acts: usize,
    without: Option<Rule>,
    id: RequestId,
    sides: [valise_wire::OrganisationId; 2],
    acknowledge_by: Option<Timestamp>,
    chain: BTreeSet<Digest>,
    before_question: State,
}

impl Course {
    /// Begins with the first revision of a request.
    pub fn new(digest: Digest, request: &Request) -> Self {
        Self {
            state: State::Submitted,
            due: request.deadline.due,
            ends: request.ends,
            asked_until: None,
            number: None,
            revision: digest,
            received: None,
            answered: None,
            was_late: false,
            tip: digest,
            acts: 0,
            without: None,
            id: request.id,
            sides: [request.issuer.organisation, request.addressee.organisation],
            acknowledge_by: request.deadline.acknowledge_by,
            chain: BTreeSet::from([digest]),
            before_question: State::Submitted,
        }
    }

    /// Leaves a rule out, for the tests that show what each is for.
    #[doc(hidden)]
    pub fn without(mut self, rule: Rule) -> Self {
        self.without = Some(rule);
        self
    }

    /// Takes the next act, whose signature was verified; `observed` is when a server saw it, if one did.
    pub fn take(
        &mut self,
        digest: Digest,
        act: &Act,
        objects: &Objects<'_>,
        observed: Option<Timestamp>,
    ) -> Result<(), Finding> {
        self.check_link(digest, act)?;
        self.tip = digest;
        self.chain.insert(digest);
        self.acts += 1;
        // Whoever does something: that the instant was over is as true of what may not be done.
        self.run_out(observed.unwrap_or(act.at));
        self.check_side(act)?;
        if self.state.is_final() && self.keeps(Rule::End) {
            return Err(Finding::AfterTheEnd);
        }
        if !self.has_place(act) && self.keeps(Rule::Place) {
            return Err(Finding::OutOfPlace);
        }
        self.check_object(act, objects)?;
        let timing = self.timing(act, observed);
        self.change(act, timing, objects);
        Ok(())
    }

    /// Ends it by itself if it is still open after its last instant; in the very instant it is open. Acts that are not known here may
    /// have been in time: of a course that goes on this is said in a copy.
    pub fn run_out(&mut self, now: Timestamp) {
        let is_over = self.ends.is_some_and(|ends| now > ends);
        if is_over && self.state.is_open() && self.keeps(Rule::Ends) {
            self.state = State::Expired;
            self.asked_until = None;
            self.was_late |= self.keeps(Rule::Late);
        }
    }

    /// Tells whether an act of a kind can be done where the request stands, whatever instant or object it names.
    pub fn takes(&self, kind: ActKind) -> bool {
        !self.state.is_final() && self.takes_now(kind)
    }

    /// Tells whether it is open after its deadline.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.state.is_open() && now > self.due
    }

    fn keeps(&self, rule: Rule) -> bool {
        self.without != Some(rule)
    }

    fn check_link(&self, digest: Digest, act: &Act) -> Result<(), Finding> {
        if act.request != self.id {
            return Err(Finding::AnotherRequest);
        }
        if self.chain.contains(&digest) {
            return Err(Finding::Repeated);
        }
        if act.previous == self.tip || !self.keeps(Rule::Chain) {
            Ok(())
        } else if self.chain.contains(&act.previous) {
            Err(Finding::Fork)
        } else {
            Err(Finding::Gap)
        }
    }

    fn check_side(&self, act: &Act) -> Result<(), Finding> {
        let [issuer, addressee] = self.sides;
        let expected = match act.kind.side() {
            Side::Issuer => issuer,
            Side::Addressee => addressee,
        };
        if act.actor.organisation != expected && self.keeps(Rule::Side) {
            return Err(Finding::WrongSide);
        }
        Ok(())
    }

    fn has_place(&self, act: &Act) -> bool {
        let instant = match act.kind {
            ActKind::ExtensionAsked => act.until.is_some_and(|until| until > self.due),
            // What is given is what was asked for: both sides signed the same instant.
            ActKind::ExtensionGranted => act.until == self.asked_until,
            _ => true,
        };
        instant && self.takes_now(act.kind)
    }

    fn takes_now(&self, kind: ActKind) -> bool {
        use State::*;
        match kind {
            ActKind::Received => self.received.is_none() && self.state.is_open(),
            ActKind::Registered => self.number.is_none() && self.state.is_open(),
            ActKind::Questioned => self.state.is_open() && self.state != Questioned,
            ActKind::Clarified => self.state == Questioned,
            ActKind::ExtensionAsked => self.state.is_open() && self.asked_until.is_none(),
            ActKind::ExtensionGranted | ActKind::ExtensionDenied => self.asked_until.is_some(),
            ActKind::Confirmed | ActKind::Disputed => {
                matches!(self.state, Answered | Refused)
            }
            ActKind::Closed => !self.state.is_final(),
            ActKind::Assigned
            | ActKind::PartlyAnswered
            | ActKind::Answered
            | ActKind::Refused
            | ActKind::Withdrawn
            | ActKind::Amended
            | ActKind::Vouched => self.state.is_open(),
        }
    }

    fn check_object(&self, act: &Act, objects: &Objects<'_>) -> Result<(), Finding> {
        let Some(named) = act.object.filter(|_| self.keeps(Rule::Object)) else {
            return Ok(());
        };
        let fits = match kind_of_answer(act.kind) {
            Some(kind) => {
                let answer = objects.responses.get(&named).ok_or(Finding::NoObject)?;
                answer.kind == kind
                    && answer.request == self.id
                    && answer.revision == self.revision
                    && answer.signer.organisation == act.actor.organisation
            }
            None => {
                let next = objects.requests.get(&named).ok_or(Finding::NoObject)?;
                let now = objects.requests.get(&self.revision);
                let [issuer, addressee] = self.sides;
                next.id == self.id
                    && next.previous == Some(self.revision)
                    && now.is_some_and(|now| Some(next.revision) == now.revision.checked_add(1))
                    && next.issuer.organisation == issuer
                    && next.addressee.organisation == addressee
            }
        };
        if fits {
            Ok(())
        } else {
            Err(Finding::WrongObject)
        }
    }

    /// What a server saw decides, where one did. In the very instant is in time.
    fn timing(&self, act: &Act, observed: Option<Timestamp>) -> Timing {
        let at = observed.unwrap_or(act.at);
        let due = match act.kind {
            ActKind::Received => self.acknowledge_by.unwrap_or(self.due),
            _ => self.due,
        };
        Timing {
            at,
            is_observed: observed.is_some(),
            is_late: at > due,
        }
    }

    fn change(&mut self, act: &Act, timing: Timing, objects: &Objects<'_>) {
        // Whatever is done after the deadline shows that it passed, but for what the asking side does about its own request.
        let passed = self.state.is_open() && timing.at > self.due;
        self.was_late |= passed && self.keeps(Rule::Late);
        match act.kind {
            ActKind::Received => self.receive(timing),
            ActKind::Registered => {
                self.number.clone_from(&act.number);
                self.go_on_to(State::Registered);
            }
            ActKind::Assigned => self.go_on_to(State::InWork),
            ActKind::Questioned => {
                self.before_question = self.state;
                self.state = State::Questioned;
            }
            ActKind::Clarified => self.state = self.before_question,
            ActKind::ExtensionAsked => self.asked_until = act.until,
            ActKind::ExtensionGranted => {
                self.due = self.asked_until.take().unwrap_or(self.due);
                // Nothing ends before it is due.
                self.ends = self.ends.map(|ends| ends.max(self.due));
            }
            ActKind::ExtensionDenied => self.asked_until = None,
            ActKind::PartlyAnswered => self.state = State::PartlyAnswered,
            ActKind::Answered => self.state = State::Answered,
            ActKind::Refused => self.state = State::Refused,
            ActKind::Confirmed => self.state = State::Confirmed,
            ActKind::Disputed => self.state = State::Disputed,
            ActKind::Withdrawn => self.state = State::Withdrawn,
            ActKind::Closed => self.state = State::Closed,
            ActKind::Amended => self.amend(act, objects),
            ActKind::Vouched => {}
        }
        if act.kind.is_answer() {
            self.answered = Some(timing);
        }
        if !self.state.is_open() {
            self.asked_until = None;
            self.ends = None;
        }
    }

    fn receive(&mut self, timing: Timing) {
        self.received = Some(timing);
        if self.state == State::Submitted {
            self.state = State::Received;
        }
    }

    /// Goes on, and never back: who is already further stays there.
    fn go_on_to(&mut self, next: State) {
        let rank = |state| match state {
            State::Submitted => 0,
            State::Received => 1,
            State::Registered => 2,
            _ => 3,
        };
        if rank(self.state) < rank(next) || self.state == State::Disputed {
            self.state = next;
        }
    }

    fn amend(&mut self, act: &Act, objects: &Objects<'_>) {
        let Some(named) = act.object else {
            return;
        };
        self.revision = named;
        self.asked_until = None;
        if let Some(next) = objects.requests.get(&named) {
            self.due = next.deadline.due;
            self.ends = next.ends;
            self.acknowledge_by = next.deadline.acknowledge_by;
        }
        if self.state == State::Questioned {
            self.state = self.before_question;
        }
    }
}

fn kind_of_answer(kind: ActKind) -> Option<ResponseKind> {
    match kind {
        ActKind::Questioned => Some(ResponseKind::Question),
        ActKind::Clarified => Some(ResponseKind::Clarification),
        ActKind::PartlyAnswered => Some(ResponseKind::Partial),
        ActKind::Answered => Some(ResponseKind::Full),
        ActKind::Refused => Some(ResponseKind::Refusal),
        _ => None,
    }
}

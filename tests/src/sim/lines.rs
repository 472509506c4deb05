//! The lines between the servers of organisations: who is where, and which of them are cut.

use futures_util::future::BoxFuture;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, Weak};
use valise_server::Service;
use valise_server::partners::{Line, Unreachable, Whom, nearby};
use valise_server::store::SqliteStore;
use valise_wire::partner::{PartnerReply, PartnerRequest};
use valise_wire::request::OrganisationRecord;
use valise_wire::{OrganisationId, Problem, Timestamp};

/// All servers of a world, by their addresses.
#[derive(Clone, Default)]
pub struct Lines(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    servers: BTreeMap<String, Weak<Service<SqliteStore>>>,
    now: Timestamp,
    cut: BTreeSet<String>,
    /// Ways on which nothing comes through: from where, and where to.
    ways: BTreeSet<(String, String)>,
    lost: u64,
    calls: u64,
    /// Every which question gets no answer though it was done; 0 for none.
    answers_lost: u64,
    /// How many questions come through before all lines are cut; nobody cuts them if there is no number.
    left: Option<u64>,
    /// Whether the first question behind those is done, and only its answer is lost.
    done: bool,
    /// Whether a question came behind those.
    was_cut: bool,
}

impl Lines {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("nobody panics with it")
    }

    /// Puts a server at an address.
    pub fn put(&self, origin: &str, service: &Arc<Service<SqliteStore>>) {
        let service = Arc::downgrade(service);
        self.state().servers.insert(origin.to_owned(), service);
    }

    /// Moves the clock that servers go by.
    pub fn set_now(&self, now: Timestamp) {
        self.state().now = now;
    }

    /// Cuts a server off from all others, or connects it again.
    pub fn cut(&self, origin: &str, cut: bool) {
        let mut state = self.state();
        if cut {
            state.cut.insert(origin.to_owned());
        } else {
            state.cut.remove(origin);
        }
    }

    /// Lets nothing through that one server asks of another, or everything again. What the other one asks is another way.
    pub fn cut_way(&self, from: &str, to: &str, cut: bool) {
        let way = (from.to_owned(), to.to_owned());
        let mut state = self.state();
        if cut {
            state.ways.insert(way);
        } else {
            state.ways.remove(&way);
        }
    }

    /// Cuts all lines after so many further questions: at the next one, or, if that one is still `done`, before its answer.
    pub fn cut_after(&self, questions: u64, done: bool) {
        let mut state = self.state();
        state.left = Some(questions);
        state.done = done;
        state.was_cut = false;
    }

    /// Tells whether [`Lines::cut_after`] came so far that it cut.
    pub fn were_cut(&self) -> bool {
        self.state().was_cut
    }

    /// Connects everybody with everybody again.
    pub fn heal(&self) {
        let mut state = self.state();
        state.cut.clear();
        state.ways.clear();
        state.left = None;
    }

    /// Tells whether a server is not cut off.
    pub fn is_whole(&self, origin: &str) -> bool {
        !self.state().cut.contains(origin)
    }

    /// Lets every `which` question be done and its answer be lost; 0 for none.
    pub fn lose_answers(&self, which: u64) {
        self.state().answers_lost = which;
    }

    /// Returns how many questions were put, and how many found nobody. Who somebody is, is none: servers look once a minute.
    pub fn counted(&self) -> (u64, u64) {
        let state = self.state();
        (state.calls, state.lost)
    }

    /// Returns the line of the server at an address.
    pub fn line_of(&self, origin: &str) -> Arc<dyn Line> {
        Arc::new(SimLine {
            lines: self.clone(),
            own: origin.to_owned(),
        })
    }
}

struct SimLine {
    lines: Lines,
    own: String,
}

impl SimLine {
    fn reach(&self, origin: &str) -> Result<(Arc<Service<SqliteStore>>, Timestamp), Unreachable> {
        let mut state = self.lines.state();
        let way = (self.own.clone(), origin.to_owned());
        let cut = state.cut.contains(origin) || state.cut.contains(&self.own);
        let apart = cut || state.ways.contains(&way);
        let service = state.servers.get(origin).and_then(Weak::upgrade);
        match service.filter(|_| !apart) {
            Some(service) => Ok((service, state.now)),
            None => {
                state.lost += 1;
                Err(Unreachable)
            }
        }
    }

    /// Counts a question. Tells whether it comes through, and whether its answer does.
    fn passes(&self) -> (bool, bool) {
        let mut state = self.lines.state();
        match state.left {
            None => (true, true),
            Some(0) => {
                let first = !std::mem::replace(&mut state.was_cut, true);
                (first && state.done, false)
            }
            Some(left) => {
                state.left = Some(left - 1);
                (true, true)
            }
        }
    }

    fn answer_comes(&self) -> bool {
        let state = self.lines.state();
        state.answers_lost == 0 || !state.calls.is_multiple_of(state.answers_lost)
    }
}

impl Line for SimLine {
    fn meet<'a>(
        &'a self,
        origin: &'a str,
    ) -> BoxFuture<'a, Result<OrganisationRecord, Unreachable>> {
        Box::pin(async move {
            let (service, now) = self.reach(origin)?;
            nearby::meet(&service, now).await
        })
    }

    fn call<'a>(
        &'a self,
        from: OrganisationId,
        origin: &'a str,
        whom: Option<Whom>,
        request: PartnerRequest,
    ) -> BoxFuture<'a, Result<Result<PartnerReply, Problem>, Unreachable>> {
        Box::pin(async move {
            self.lines.state().calls += 1;
            let (service, now) = self.reach(origin)?;
            let (passes, answered) = self.passes();
            if !passes {
                self.lines.state().lost += 1;
                return Err(Unreachable);
            }
            let reply = nearby::call(&service, from, whom, request, now).await?;
            if answered && self.answer_comes() {
                Ok(reply)
            } else {
                Err(Unreachable)
            }
        })
    }
}

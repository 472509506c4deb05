//! Where a request stands: folded from what was signed in its room, in the order of the room's log.

use super::signed::{Kept, Proof, Read, Sort};
use crate::Error;
use crate::state::Cx;
use std::collections::BTreeMap;
use valise_evidence::act::Side;
use valise_evidence::course::{Course, Finding, Objects, State};
use valise_evidence::{Act, Digest, Request, Response};
use valise_wire::{AccountId, OrganisationId, RoomId, Timestamp, from_bytes};

/// A request with all that became of it.
pub(crate) struct Case {
    /// Its newest revision.
    pub(crate) request: Request,
    /// The message with the newest revision.
    pub(crate) message: i64,
    /// Its text.
    pub(crate) text: String,
    /// Whether the hub has it.
    pub(crate) settled: bool,
    /// Whether one's own organisation asks.
    pub(crate) is_ours: bool,
    /// What it has in common with those that were asked with it.
    pub(crate) common: [u8; 16],
    /// All its wordings, the newest last.
    pub(crate) revisions: Vec<Revision>,
    /// Where it stands now; none before it is signed.
    pub(crate) course: Option<Course>,
    /// Where it stands by what was done alone: it may have run out since, by this device's clock.
    pub(crate) state: State,
    /// What was done, in order.
    pub(crate) done: Vec<Done>,
    /// Answers and questions, with their messages and texts.
    pub(crate) letters: BTreeMap<Digest, (i64, Response, String)>,
}

/// A request in one of its wordings.
pub(crate) struct Revision {
    pub(crate) digest: Digest,
    pub(crate) request: Request,
    pub(crate) text: String,
    /// When the hub took it.
    pub(crate) at: u64,
}

/// Something that was done with a request.
pub(crate) struct Done {
    pub(crate) message: i64,
    pub(crate) act: Act,
    pub(crate) digest: Digest,
    pub(crate) sender: AccountId,
    pub(crate) at: u64,
    pub(crate) outcome: Outcome,
    /// Whether that was after the deadline of its time.
    pub(crate) is_late: bool,
}

/// What came of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Counts,
    /// It is one's own, and not in the log yet.
    Waits,
    Found(Finding),
    /// Its signature does not hold, or cannot be checked yet.
    Unproven,
}

impl Case {
    /// Returns the side of one's own organisation.
    pub(crate) fn side(&self) -> Side {
        if self.is_ours {
            Side::Issuer
        } else {
            Side::Addressee
        }
    }

    /// Tells whether something was said to a wording that was changed since.
    pub(crate) fn is_former(&self, response: &Response) -> bool {
        let newest = self.course.as_ref().map(|course| course.revision);
        newest.is_some_and(|newest| newest != response.revision)
    }

    /// Returns who works on it, as the addressee said last.
    pub(crate) fn assignee(&self) -> Option<&Done> {
        let assigned = |done: &&Done| {
            done.act.kind == valise_evidence::ActKind::Assigned && done.outcome == Outcome::Counts
        };
        self.done.iter().rfind(assigned)
    }
}

/// What was signed in a room, by its kind.
#[derive(Default)]
struct Sorted {
    requests: BTreeMap<Digest, (Said, Request)>,
    letters: BTreeMap<Digest, (i64, Response, String)>,
    acts: Vec<(Said, Digest, Act)>,
    /// The first revision that is the word of whoever asks in the room.
    first: Option<Digest>,
    /// A request of one's own that waits for its files.
    draft: Option<(Said, Request)>,
}

/// What is known of the message that something was signed in.
#[derive(Clone)]
struct Said {
    message: i64,
    sender: AccountId,
    at: u64,
    settled: bool,
    holds: bool,
    text: String,
}

impl Sorted {
    fn put(&mut self, kept: Kept, asks: OrganisationId) {
        let said = Said {
            message: kept.message,
            sender: kept.sender,
            at: kept.at,
            settled: kept.settled,
            holds: kept.proven == Proof::Holds as i64,
            text: kept.text,
        };
        let Some(digest) = kept.digest else {
            if kept.sort == Sort::Request as i64 {
                let draft = from_bytes(&kept.bytes).ok();
                self.draft = draft.map(|request| (said, request));
            }
            return;
        };
        match Read::of(&kept.bytes) {
            Ok(Read::Request(read)) if said.holds => {
                let request = read.claims().clone();
                let is_theirs = request.issuer.organisation == asks;
                if self.first.is_none() && request.revision == 1 && is_theirs {
                    self.first = Some(digest);
                }
                self.requests.insert(digest, (said, request));
            }
            Ok(Read::Response(read)) if said.holds => {
                let letter = (said.message, read.claims().clone(), said.text);
                self.letters.insert(digest, letter);
            }
            Ok(Read::Act(read)) => self.acts.push((said, digest, read.claims().clone())),
            _ => {}
        }
    }

    /// Returns the wordings up to one, each of which names the one before.
    fn revisions(&self, newest: Digest) -> Vec<Revision> {
        let mut all = Vec::new();
        let mut next = Some(newest);
        while let Some((digest, (said, request))) =
            next.and_then(|digest| Some((digest, self.requests.get(&digest)?)))
        {
            next = request.previous;
            all.push(Revision {
                digest,
                request: request.clone(),
                text: said.text.clone(),
                at: said.at,
            });
        }
        all.reverse();
        all
    }

    /// Takes the acts in the order of the log; returns what became of each.
    fn fold(&self, course: &mut Course) -> Vec<Done> {
        let objects = Objects {
            requests: self
                .requests
                .iter()
                .map(|(id, (_, it))| (*id, it))
                .collect(),
            responses: self
                .letters
                .iter()
                .map(|(id, (_, it, _))| (*id, it))
                .collect(),
        };
        let acts = self.acts.iter();
        acts.map(|(said, digest, act)| {
            let at = Timestamp(said.at);
            let is_late = course.state.is_open() && at > course.due;
            let outcome = match () {
                () if !said.settled => Outcome::Waits,
                () if !said.holds => Outcome::Unproven,
                () => match course.take(*digest, act, &objects, Some(at)) {
                    Ok(()) => Outcome::Counts,
                    Err(finding) => Outcome::Found(finding),
                },
            };
            Done {
                message: said.message,
                act: act.clone(),
                digest: *digest,
                sender: said.sender,
                at: said.at,
                outcome,
                is_late,
            }
        })
        .collect()
    }
}

impl Cx<'_> {
    /// Folds a request; none before there is one in the room.
    pub(crate) fn case(&self, room: RoomId) -> Result<Option<Case>, Error> {
        let own = self.account()?.organisation;
        let hub = self.state.rooms.get(&room).and_then(|room| room.hub);
        let mut sorted = Sorted::default();
        for kept in self.signed_in(room)? {
            sorted.put(kept, hub.unwrap_or(own));
        }
        let asked = sorted.first.and_then(|digest| sorted.requests.get(&digest));
        let asked = asked.or(sorted.draft.as_ref());
        let common = asked.map(|(_, request)| super::together::of(request));
        let first = sorted.first.and_then(|digest| {
            let (_, request) = sorted.requests.get(&digest)?;
            Some(Course::new(digest, request))
        });
        let (course, done, state) = match first {
            Some(mut course) => {
                let done = sorted.fold(&mut course);
                let state = course.state;
                course.run_out(self.now);
                (Some(course), done, state)
            }
            None => (None, Vec::new(), State::Submitted),
        };
        let newest = course.as_ref().map(|course| course.revision);
        let revisions = newest.map_or_else(Vec::new, |newest| sorted.revisions(newest));
        let newest = newest.and_then(|newest| sorted.requests.remove(&newest));
        let Some((said, request)) = newest.or(sorted.draft) else {
            return Ok(None);
        };
        Ok(Some(Case {
            is_ours: request.issuer.organisation == self.state.roll.own_side(),
            common: common.unwrap_or_default(),
            request,
            message: said.message,
            text: said.text,
            settled: said.settled,
            revisions,
            state,
            course,
            done,
            letters: sorted.letters,
        }))
    }
}

//! Where a request stands: folded from what was signed in its room, in the order of the room's log.

use super::signed::{Kept, Proof, Read, Sort};
use crate::Error;
use crate::state::Cx;
use std::collections::BTreeMap;
use valise_evidence::act::Side;
use valise_evidence::course::{Course, Finding, Objects};
use valise_evidence::{Act, Digest, Request, Response};
use valise_wire::{AccountId, RoomId, Timestamp, from_bytes};

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
    /// Where it stands; none before it is signed.
    pub(crate) course: Option<Course>,
    /// What was done, in order.
    pub(crate) done: Vec<Done>,
    /// Answers and questions, with their messages and texts.
    pub(crate) letters: BTreeMap<Digest, (i64, Response, String)>,
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

    /// Returns who works on it, as the addressee said last.
    pub(crate) fn assignee(&self) -> Option<&Done> {
        let assigned = |done: &&Done| {
            done.act.kind == valise_evidence::ActKind::Assigned && done.outcome == Outcome::Counts
        };
        self.done.iter().rfind(assigned)
    }
}

impl Cx<'_> {
    /// Folds a request; none before there is one in the room.
    pub(crate) fn case(&self, room: RoomId) -> Result<Option<Case>, Error> {
        let own = self.account()?.organisation;
        let kept = self.signed_in(room)?;
        let mut requests = BTreeMap::new();
        let mut letters: BTreeMap<Digest, (i64, Response, String)> = BTreeMap::new();
        let mut first: Option<(&Kept, Request)> = None;
        let mut draft: Option<(&Kept, Request)> = None;
        let mut acts = Vec::new();
        for kept in &kept {
            let Some(digest) = kept.digest else {
                if kept.sort == Sort::Request as i64 {
                    draft = from_bytes(&kept.bytes).ok().map(|request| (kept, request));
                }
                continue;
            };
            let holds = kept.proven == Proof::Holds as i64;
            match Read::of(&kept.bytes) {
                Ok(Read::Request(read)) if holds => {
                    let request = read.claims();
                    let asks = request.issuer.organisation == self.asks(room)?;
                    if first.is_none() && request.revision == 1 && asks {
                        first = Some((kept, request.clone()));
                    }
                    requests.insert(digest, (kept, request.clone()));
                }
                Ok(Read::Response(read)) if holds => {
                    let letter = (kept.message, read.claims().clone(), kept.text.clone());
                    letters.insert(digest, letter);
                }
                Ok(Read::Act(read)) => acts.push((kept, digest, read.claims().clone())),
                _ => {}
            }
        }
        let Some((first, request)) = first else {
            return Ok(draft.map(|(kept, request)| Case {
                is_ours: request.issuer.organisation == own,
                request,
                message: kept.message,
                text: kept.text.clone(),
                settled: false,
                course: None,
                done: Vec::new(),
                letters,
            }));
        };
        let objects = Objects {
            requests: requests.iter().map(|(id, (_, it))| (*id, it)).collect(),
            responses: letters.iter().map(|(id, (_, it, _))| (*id, it)).collect(),
        };
        let mut course = Course::new(first.digest.unwrap_or(Digest([0; 32])), &request);
        let mut done = Vec::new();
        for (kept, digest, act) in acts {
            let due = course.due;
            let was_open = course.state.is_open();
            let outcome = if !kept.settled {
                Outcome::Waits
            } else if kept.proven != Proof::Holds as i64 {
                Outcome::Unproven
            } else {
                match course.take(digest, &act, &objects, Some(Timestamp(kept.at))) {
                    Ok(()) => Outcome::Counts,
                    Err(finding) => Outcome::Found(finding),
                }
            };
            done.push(Done {
                message: kept.message,
                act,
                digest,
                sender: kept.sender,
                at: kept.at,
                is_late: was_open && Timestamp(kept.at) > due,
                outcome,
            });
        }
        let (newest, request) = requests
            .get(&course.revision)
            .map_or((first, request), |(kept, request)| (*kept, request.clone()));
        Ok(Some(Case {
            is_ours: request.issuer.organisation == own,
            request,
            message: newest.message,
            text: newest.text.clone(),
            settled: newest.settled,
            course: Some(course),
            done,
            letters,
        }))
    }

    /// Returns the organisation that asks in a room.
    fn asks(&self, room: RoomId) -> Result<valise_wire::OrganisationId, Error> {
        let own = self.account()?.organisation;
        let hub = self.state.rooms.get(&room).and_then(|room| room.hub);
        Ok(hub.unwrap_or(own))
    }
}

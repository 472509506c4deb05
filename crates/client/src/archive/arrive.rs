//! Arriving: a device takes an archive part by part. An empty one becomes the device that moves in it; one that was linked to
//! others of its account gets what was said before.

use super::{ArchiveKey, Arriving, Content, Unusable, rows, seal};
use crate::Error;
use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::state::Cx;
use crate::store::Setting;
use crate::view::Dirty;
use valise_directory::link::ArchiveLink;
use valise_views::link::ArchivePreview;
use valise_views::{Outcome, Trouble};
use valise_wire::request::{
    ArchivePart, ForgetArchive, MAX_ARCHIVE_PART_BYTES, MAX_ARCHIVE_PARTS, Reply, TakeArchive,
};
use valise_wire::{ArchiveId, Problem, ProblemCode, Timestamp};

/// Shortest and longest time between two tries.
const FIRST_PAUSE_MILLIS: u64 = 500;
const LONGEST_PAUSE_MILLIS: u64 = 30_000;
/// Time between two looks whether another device has made the past.
const PAST_PAUSE_MILLIS: u64 = 1_500;

/// An archive on its way to this device.
pub(crate) struct Arrival {
    record: Arriving,
    got: Vec<u8>,
    next: u32,
    parts: Option<u32>,
    failures: u32,
    retry_at: Timestamp,
    /// Who waits for it.
    number: Option<u64>,
}

impl Arrival {
    pub(super) fn new(record: Arriving) -> Self {
        Self {
            record,
            got: Vec::new(),
            next: 0,
            parts: None,
            failures: 0,
            retry_at: Timestamp(0),
            number: None,
        }
    }

    /// Returns how many parts are here, and how many there are.
    pub(super) fn progress(&self) -> (u32, Option<u32>) {
        (self.next, self.parts)
    }

    /// Takes a part; tells whether it was the last, or none if no server of ours sends such a part.
    fn take(&mut self, part: &ArchivePart) -> Option<bool> {
        let fits = (1..=MAX_ARCHIVE_PARTS).contains(&part.parts)
            && self.parts.is_none_or(|parts| parts == part.parts)
            && part.body.len() <= MAX_ARCHIVE_PART_BYTES;
        if !fits {
            return None;
        }
        self.parts = Some(part.parts);
        self.got.extend_from_slice(&part.body);
        self.next += 1;
        self.failures = 0;
        Some(self.next == part.parts)
    }
}

impl Cx<'_> {
    /// Looks at the label of an archive, which does not use it up.
    pub(crate) fn inspect_archive(&mut self, number: u64, link: &str) -> Result<(), Error> {
        let Ok(link) = ArchiveLink::parse(link) else {
            return self.fail(number, Trouble::BadLink);
        };
        let (origin, archive) = (link.origin.clone(), link.archive);
        let purpose = Purpose::InspectArchive {
            number,
            link: Box::new(link),
        };
        let request = TakeArchive {
            archive,
            claim: None,
            part: 0,
        };
        self.ask(purpose, &origin, request);
        Ok(())
    }

    pub(crate) fn took_archive_label(
        &mut self,
        number: u64,
        link: &ArchiveLink,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let label = match sort(result, part) {
            Got::Reply(part) => seal::label(&part.body, &ArchiveKey(link.key)).map_err(trouble_of),
            Got::Refused(problem) => Err(refusal(&problem).unwrap_or(Trouble::Offline)),
            Got::Offline => Err(Trouble::Offline),
            Got::Wrong => Err(Trouble::ServerMisbehaved),
        };
        let outcome = match label {
            Ok(label) => Outcome::Archive(ArchivePreview {
                organisation: label.organisation,
                name: label.name,
                address: label.address,
                made_at: label.made_at.0,
            }),
            Err(trouble) => Outcome::Failed(trouble),
        };
        self.outcome(number, outcome);
        Ok(())
    }

    /// Begins to take an archive. The claim is durable before it is made, so that a crash does not lose what it took.
    pub(crate) fn import(&mut self, number: u64, link: &str) -> Result<(), Error> {
        if self.state.is_taken() {
            return self.fail(number, Trouble::AlreadyJoined);
        }
        let Ok(link) = ArchiveLink::parse(link) else {
            return self.fail(number, Trouble::BadLink);
        };
        let record = Arriving {
            origin: link.origin.clone(),
            archive: link.archive,
            key: ArchiveKey(link.key),
            claim: self.random(),
        };
        Setting::Arriving.set(self.db, &record)?;
        self.state.moving.arriving = Some(Arrival {
            number: Some(number),
            ..Arrival::new(record)
        });
        self.state.dirty.status = true;
        Ok(())
    }

    /// Begins to take the past of a device that was just linked.
    pub(crate) fn await_past(&mut self, record: Arriving) -> Result<(), Error> {
        Setting::Past.set(self.db, &record)?;
        self.state.moving.past = Some(Arrival::new(record));
        self.state.dirty.status = true;
        Ok(())
    }

    /// Asks for the next part.
    pub(crate) fn advance_import(&mut self, content: Content) -> Result<(), Error> {
        let Some(arrival) = self.state.moving.arrival(content) else {
            return Ok(());
        };
        let request = TakeArchive {
            archive: arrival.record.archive,
            claim: Some(arrival.record.claim),
            part: arrival.next,
        };
        let (origin, retry_at) = (arrival.record.origin.clone(), arrival.retry_at);
        let asking = self.is_asking(
            |purpose| matches!(purpose, Purpose::TakeArchive { content: of } if *of == content),
        );
        if !asking && self.is_due(retry_at) {
            self.ask(Purpose::TakeArchive { content }, &origin, request);
        }
        Ok(())
    }

    pub(crate) fn took_archive_part(
        &mut self,
        content: Content,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        self.state.dirty.status = true;
        let Some(arrival) = self.state.moving.arrival(content) else {
            return Ok(());
        };
        match sort(result, part) {
            Got::Reply(part) => match arrival.take(&part) {
                Some(true) => self.unpack(content),
                Some(false) => Ok(()),
                None => self.give_up(content, Trouble::ServerMisbehaved),
            },
            Got::Refused(problem) => match refusal(&problem) {
                // The other device has not made it yet.
                Some(Trouble::LinkGone) if content == Content::Past => {
                    arrival.failures = 0;
                    self.take_later(content, PAST_PAUSE_MILLIS)
                }
                Some(trouble) => self.give_up(content, trouble),
                None => self.take_later(content, problem.retry_after_ms.unwrap_or_default()),
            },
            Got::Offline => self.take_later(content, 0),
            Got::Wrong => self.give_up(content, Trouble::ServerMisbehaved),
        }
    }

    fn take_later(&mut self, content: Content, at_least: u64) -> Result<(), Error> {
        let now = self.now;
        if let Some(arrival) = self.state.moving.arrival(content) {
            let pause = (FIRST_PAUSE_MILLIS << arrival.failures.min(6)).min(LONGEST_PAUSE_MILLIS);
            arrival.failures = arrival.failures.saturating_add(1);
            arrival.retry_at = now.plus_millis(pause.max(at_least));
        }
        Ok(())
    }

    /// Becomes the device in the archive, or takes its past; or stays as before.
    fn unpack(&mut self, content: Content) -> Result<(), Error> {
        let Some(arrival) = self.state.moving.arrival_of(content).take() else {
            return Ok(());
        };
        let number = arrival.number;
        let unpacked = self.attempt(|| -> Result<(), rows::Trouble> {
            let purpose = match content {
                Content::Device => seal::DEVICE,
                Content::Past => seal::PAST,
            };
            let rows = seal::open(purpose, &arrival.got, &arrival.record.key)
                .map_err(rows::Trouble::Archive)?;
            match content {
                Content::Device => rows::bring_in(self.db, &rows)?,
                Content::Past => rows::bring_in_past(self.db, &rows)?,
            }
            self.index_anew()?;
            self.files_stay_behind()?;
            Ok(())
        })?;
        match unpacked {
            Ok(()) => {}
            Err(rows::Trouble::Archive(unusable)) => {
                *self.state.moving.arrival_of(content) = Some(arrival);
                return self.give_up(content, trouble_of(unusable));
            }
            Err(rows::Trouble::Store(error)) => return Err(error),
        }
        content.setting().clear(self.db)?;
        Setting::Arrived.set(self.db, &arrival.record.archive)?;
        match content {
            Content::Device => self.state.reload(self.db)?,
            Content::Past => {
                self.state.moving.arrived = Some(arrival.record.archive);
                self.state.unindexed = true;
                self.look_for_what_is_over();
                self.state.dirty = Dirty::everything();
            }
        }
        if let Some(number) = number {
            self.outcome(number, Outcome::Done);
        }
        Ok(())
    }

    /// Files stay at the server; what was kept of them on the former device did not come along.
    pub(crate) fn files_stay_behind(&self) -> Result<(), Error> {
        self.db.execute(
            "UPDATE file SET state = 8, done = 0 WHERE state = 4 AND remote IS NULL",
            [],
        )?;
        self.db.execute(
            "UPDATE file SET state = 0, done = 0, paused = 0, handle = NULL WHERE state IN (3, 4) AND remote IS NOT NULL",
            [],
        )?;
        Ok(())
    }

    /// Begins without what was said before.
    pub(crate) fn skip_past(&mut self, number: u64) -> Result<(), Error> {
        if self.state.moving.past.is_none() {
            return self.fail(number, Trouble::NotFound);
        }
        self.give_up(Content::Past, Trouble::NotFound)?;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    fn give_up(&mut self, content: Content, trouble: Trouble) -> Result<(), Error> {
        let arrival = self.state.moving.arrival_of(content).take();
        content.setting().clear(self.db)?;
        self.state.dirty.status = true;
        if let Some(number) = arrival.and_then(|arrival| arrival.number) {
            self.outcome(number, Outcome::Failed(trouble));
        }
        Ok(())
    }

    /// Lets the server forget the archive that this device came in.
    pub(crate) fn advance_arrival(&mut self) -> Result<(), Error> {
        let Some(archive) = self.state.moving.arrived else {
            return Ok(());
        };
        if self.is_asking(|purpose| matches!(purpose, Purpose::ForgetArchive)) {
            return Ok(());
        }
        self.ask_home(Purpose::ForgetArchive, ForgetArchive { archive })
    }

    pub(crate) fn took_forgotten_archive(
        &mut self,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let again = match sort(result, Some) {
            Got::Reply(_) | Got::Wrong => false,
            Got::Refused(problem) => {
                problem.is_transient() || problem.code == ProblemCode::Unauthenticated
            }
            Got::Offline => true,
        };
        if !again {
            Setting::Arrived.clear(self.db)?;
            self.state.moving.arrived = None::<ArchiveId>;
        }
        Ok(())
    }
}

fn part(reply: Reply) -> Option<ArchivePart> {
    match reply {
        Reply::ArchivePart(part) => Some(part),
        _ => None,
    }
}

/// Returns what a refusal means; none if another try makes sense.
fn refusal(problem: &Problem) -> Option<Trouble> {
    match problem.code {
        _ if problem.is_transient() => None,
        ProblemCode::Gone => Some(Trouble::LinkUsed),
        ProblemCode::Refused => Some(Trouble::LinkGone),
        _ => Some(Trouble::ServerMisbehaved),
    }
}

fn trouble_of(unusable: Unusable) -> Trouble {
    match unusable {
        Unusable::WrongKey => Trouble::BadLink,
        Unusable::Damaged => Trouble::BadArchive,
        Unusable::Newer => Trouble::NewerVersion,
    }
}

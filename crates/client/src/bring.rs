//! Bringing chats over from another messenger: out of its export, into chats that are there to be read and searched.
//!
//! The person's own driver reads the export slice by slice; nothing of it goes to the server. It is read twice: once to see
//! what is in it, then to take the messages, a transaction for each slice, and after them photos and files, each sealed
//! into the cache like one that was received. What an export says once has one name ([`identity`]), so that the same
//! export again, or a newer one of the same chat, adds only what is not here yet: that is how an import goes on after a
//! break.

mod chat;
mod files;
mod forget;
mod gate;
mod identity;
mod names;
mod read;
mod shown;
mod source;
mod take;
#[cfg(test)]
mod tests;

pub(crate) use names::{brought_from, marked};

use crate::asked::Purpose;
use crate::io::{CacheReply, Output, RequestId};
use crate::state::Cx;
use crate::{Error, store};
use source::{Bundle, Flow};
use std::ops::Range;
use valise_import::zip::{Opening, Refused};
use valise_views::bringing::{Bringing as Shown, DateOrder, ExportFile, Stage, WallClock};
use valise_views::{Outcome, Trouble};

/// An export at work; in memory alone.
pub(crate) struct Bringing {
    bundle: Bundle,
    step: Step,
    /// What is told of it.
    shown: Shown,
    /// Who waits for what comes of it.
    number: Option<u64>,
    /// What was found in the first reading.
    survey: Option<read::Surveyed>,
}

/// What is being done.
enum Step {
    /// The list of an archive is read.
    Opening(Opening),
    /// All is read once.
    Reading(Box<read::Reading>),
    /// The person is asked who he is.
    Asking,
    /// Messages are taken.
    Taking(Box<take::Taking>),
    /// Photos and files are taken.
    Filing(Box<files::Filing>),
    /// There is nothing more to do.
    Ended,
}

/// Why a step was not done.
enum Fault {
    /// It is the export, or the place that it is to go to.
    Export(Trouble),
    /// It is the store.
    Store(Error),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        Self::Export(match refused {
            Refused::NotZip => Trouble::NoExport,
            Refused::Damaged => Trouble::ExportDamaged,
            Refused::Locked => Trouble::ExportLocked,
            Refused::Unknown => Trouble::ExportUnknown,
            Refused::TooMany | Refused::Bomb => Trouble::ExportBomb,
            Refused::BadPath => Trouble::ExportBadPath,
        })
    }
}

/// What comes back from outside.
enum Came {
    /// Bytes of the export.
    Slice(Vec<u8>),
    /// The cache has what it was given.
    Written,
}

impl Bringing {
    /// Ends it where it stands. What is here stays here.
    pub(crate) fn stop(&mut self, why: Option<Trouble>) {
        if !matches!(self.shown.stage, Stage::Done) {
            self.shown.stage = Stage::Stopped(why);
        }
        self.step = Step::Ended;
    }

    fn is_at_work(&self) -> bool {
        !matches!(self.step, Step::Ended | Step::Asking)
    }
}

impl Cx<'_> {
    pub(crate) fn inspect_export(
        &mut self,
        number: u64,
        files: Vec<ExportFile>,
    ) -> Result<(), Error> {
        let at_work = self
            .state
            .bringing
            .as_ref()
            .is_some_and(|bringing| bringing.is_at_work());
        if at_work {
            return self.fail(number, Trouble::ExportUnderWay);
        }
        self.state.dirty.bringing = true;
        self.state.bringing = Some(Box::new(Bringing {
            step: Step::Ended,
            bundle: Bundle::new(files),
            shown: shown::empty(),
            number: Some(number),
            survey: None,
        }));
        self.with_bringing(|cx, bringing| cx.open_export(bringing))
    }

    pub(crate) fn bring_chats(
        &mut self,
        number: u64,
        me: Option<String>,
        order: Option<DateOrder>,
        clock: WallClock,
    ) -> Result<(), Error> {
        let asks = |bringing: &Bringing| matches!(bringing.step, Step::Asking);
        if !self.state.bringing.as_deref().is_some_and(asks) {
            return self.fail(number, Trouble::NotFound);
        }
        self.with_bringing(|cx, bringing| {
            bringing.number = Some(number);
            cx.begin_taking(bringing, take::Wish { me, order, clock })
        })
    }

    pub(crate) fn pause_bringing(&mut self, number: u64, on: bool) -> Result<(), Error> {
        if let Some(bringing) = &mut self.state.bringing {
            bringing.shown.paused = on && bringing.is_at_work();
        }
        self.state.dirty.bringing = true;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    pub(crate) fn stop_bringing(&mut self, number: u64) -> Result<(), Error> {
        self.forget_asking(|purpose| matches!(purpose, Purpose::Bring));
        if let Some(bringing) = &mut self.state.bringing {
            bringing.stop(None);
        }
        self.answer_stopped();
        self.state.dirty.bringing = true;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// Asks for what an export at work needs next.
    pub(crate) fn advance_bringing(&mut self) -> Result<(), Error> {
        self.answer_stopped();
        let rests = |bringing: &Bringing| bringing.shown.paused || !bringing.is_at_work();
        // A step that asks for nothing is followed by the next one.
        while !self.state.bringing.as_deref().is_none_or(rests)
            && !self.is_asking(|purpose| matches!(purpose, Purpose::Bring))
        {
            self.with_bringing(|cx, bringing| cx.ask_next(bringing))?;
        }
        Ok(())
    }

    /// Tells whether an answer is for an export, and takes it then.
    pub(crate) fn bring_read(
        &mut self,
        id: RequestId,
        result: &mut Result<Vec<u8>, ()>,
    ) -> Result<bool, Error> {
        if !self.awaits_brought(id) {
            return Ok(false);
        }
        let result = std::mem::replace(result, Err(()));
        self.with_bringing(|cx, bringing| match result {
            Ok(bytes) => cx.came(bringing, Came::Slice(bytes)),
            Err(()) => Err(Fault::Export(Trouble::ExportGone)),
        })?;
        Ok(true)
    }

    /// The same of an answer of the cache.
    pub(crate) fn bring_cached(
        &mut self,
        id: RequestId,
        result: &CacheReply,
    ) -> Result<bool, Error> {
        if !self.awaits_brought(id) {
            return Ok(false);
        }
        self.with_bringing(|cx, bringing| match result {
            CacheReply::Written => cx.came(bringing, Came::Written),
            _ => Err(Fault::Export(Trouble::StorageFull)),
        })?;
        Ok(true)
    }

    fn awaits_brought(&mut self, id: RequestId) -> bool {
        let asked = self.state.asked.get(&id);
        let is_ours = asked.is_some_and(|asked| matches!(asked.purpose, Purpose::Bring));
        if is_ours {
            self.state.asked.remove(&id);
        }
        is_ours
    }

    fn came(&mut self, bringing: &mut Bringing, came: Came) -> Result<(), Fault> {
        match (&bringing.step, came) {
            (Step::Opening(_), Came::Slice(bytes)) => self.took_list(bringing, &bytes),
            (Step::Reading(_), Came::Slice(bytes)) => self.took_to_read(bringing, &bytes),
            (Step::Taking(_), Came::Slice(bytes)) => self.took_messages(bringing, &bytes),
            (Step::Filing(_), came) => self.took_file_part(bringing, came),
            _ => Ok(()),
        }
    }

    fn ask_next(&mut self, bringing: &mut Bringing) -> Result<(), Fault> {
        match &mut bringing.step {
            Step::Opening(opening) => {
                let wanted = opening.wants();
                self.ask_bytes(&bringing.bundle, 0, wanted);
                Ok(())
            }
            Step::Reading(reading) => match reading.flow.wants(read::SLICE_BYTES) {
                Some(wanted) => {
                    self.ask_bytes(&bringing.bundle, reading.flow.file(), wanted);
                    Ok(())
                }
                None => self.finish_reading(bringing),
            },
            Step::Taking(taking) => match taking.flow.wants(take::slice_bytes(&taking.flow)) {
                Some(wanted) => {
                    self.ask_bytes(&bringing.bundle, taking.flow.file(), wanted);
                    Ok(())
                }
                None => self.finish_messages(bringing),
            },
            Step::Filing(_) => self.ask_for_file(bringing),
            Step::Asking | Step::Ended => Ok(()),
        }
    }

    fn ask_bytes(&mut self, bundle: &Bundle, file: usize, wanted: Range<u64>) {
        let id = self.expect(Purpose::Bring, false);
        self.put(Output::ReadFile {
            id,
            handle: bundle.handle(file),
            offset: wanted.start,
            length: (wanted.end - wanted.start) as u32,
        });
    }

    /// Works at the export. What it cannot do ends it, and leaves no half of a step in the store.
    fn with_bringing(
        &mut self,
        work: impl FnOnce(&mut Self, &mut Bringing) -> Result<(), Fault>,
    ) -> Result<(), Error> {
        let Some(mut bringing) = self.state.bringing.take() else {
            return Ok(());
        };
        let db = self.db;
        let done = store::attempt(db, || work(self, &mut bringing));
        self.state.dirty.bringing = true;
        let fault = match done {
            Ok(Ok(())) => None,
            Ok(Err(fault)) => Some(fault),
            Err(error) => Some(Fault::Store(error)),
        };
        let why = match &fault {
            None => None,
            Some(Fault::Export(trouble)) => Some(*trouble),
            Some(Fault::Store(_)) => Some(Trouble::Internal),
        };
        if why.is_some() {
            bringing.stop(why);
        }
        self.state.bringing = Some(bringing);
        match fault {
            Some(Fault::Store(error)) => Err(error),
            _ => {
                self.answer_stopped();
                Ok(())
            }
        }
    }

    /// Answers whoever waits for an export that has ended too early.
    fn answer_stopped(&mut self) {
        let Some(bringing) = &mut self.state.bringing else {
            return;
        };
        if let (Stage::Stopped(why), Some(number)) = (bringing.shown.stage, bringing.number) {
            bringing.number = None;
            // Whoever stopped it knows why.
            let outcome = why.map_or(Outcome::Done, Outcome::Failed);
            self.outcome(number, outcome);
        }
    }

    fn answer_bringing(&mut self, bringing: &mut Bringing, outcome: Outcome) {
        if let Some(number) = bringing.number.take() {
            self.outcome(number, outcome);
        }
    }
}

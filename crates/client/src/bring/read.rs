//! The first reading: what is in an export.

use super::{Bringing, Fault, Flow, Step, shown};
use crate::state::Cx;
use valise_import::export::{self, Found};
use valise_import::whatsapp::Order;
use valise_import::zip::Opening;
use valise_import::{ChatInfo, Event, Reader, Survey};
use valise_views::bringing::{DateOrder, ExportPreview, OldWriter, Stage};
use valise_views::{Outcome, Trouble};

/// Bytes that are read at once.
pub(super) const SLICE_BYTES: u64 = 256 << 10;
/// Most chats of one export.
const MAX_CHATS: usize = 20_000;

/// The first reading at work.
pub(super) struct Reading {
    pub(super) flow: Flow,
    found: Found,
    reader: Reader,
    survey: Survey,
    chats: Vec<ChatInfo>,
}

/// What came of it.
pub(super) struct Surveyed {
    pub(super) found: Found,
    pub(super) order: Order,
    /// In the order in which they stand.
    pub(super) chats: Vec<ChatInfo>,
    pub(super) writers: Vec<String>,
}

impl Cx<'_> {
    /// Begins with what was chosen.
    pub(super) fn open_export(&mut self, bringing: &mut Bringing) -> Result<(), Fault> {
        bringing.shown.stage = Stage::Reading;
        match bringing.bundle.archive_bytes() {
            Some(length) => {
                bringing.step = Step::Opening(Opening::new(length));
                Ok(())
            }
            None => self.begin_reading(bringing),
        }
    }

    pub(super) fn took_list(&mut self, bringing: &mut Bringing, bytes: &[u8]) -> Result<(), Fault> {
        let Step::Opening(opening) = &mut bringing.step else {
            return Ok(());
        };
        if let Some(entries) = opening.take(bytes)? {
            bringing.bundle.set_entries(entries);
            return self.begin_reading(bringing);
        }
        Ok(())
    }

    fn begin_reading(&mut self, bringing: &mut Bringing) -> Result<(), Fault> {
        let found = export::find(&bringing.bundle.paths(), bringing.bundle.name());
        let found = found.ok_or(Fault::Export(Trouble::NoExport))?;
        bringing.shown.messenger = Some(shown::messenger(found.source));
        bringing.step = Step::Reading(Box::new(Reading {
            flow: bringing.bundle.flow(found.file),
            reader: Reader::new(found.source, None),
            found,
            survey: Survey::default(),
            chats: Vec::new(),
        }));
        Ok(())
    }

    pub(super) fn took_to_read(
        &mut self,
        bringing: &mut Bringing,
        bytes: &[u8],
    ) -> Result<(), Fault> {
        let Step::Reading(reading) = &mut bringing.step else {
            return Ok(());
        };
        reading.reader.push(reading.flow.take(bytes)?);
        reading.count()?;
        (bringing.shown.done, bringing.shown.of) = reading.flow.progress();
        bringing.shown.messages = reading.survey.messages;
        Ok(())
    }

    pub(super) fn finish_reading(&mut self, bringing: &mut Bringing) -> Result<(), Fault> {
        let Step::Reading(mut reading) = std::mem::replace(&mut bringing.step, Step::Ended) else {
            return Ok(());
        };
        reading.reader.finish();
        reading.count()?;
        if reading.survey.chats == 0 || reading.survey.messages == 0 {
            return Err(Fault::Export(Trouble::NoExport));
        }
        let preview = reading.preview();
        bringing.shown.stage = Stage::Asking;
        bringing.shown.preview = Some(preview.clone());
        bringing.step = Step::Asking;
        bringing.survey = Some(Surveyed {
            order: reading.reader.order().0,
            writers: preview
                .writers
                .iter()
                .map(|writer| writer.key.clone())
                .collect(),
            found: reading.found,
            chats: reading.chats,
        });
        self.answer_bringing(bringing, Outcome::Export(Box::new(preview)));
        Ok(())
    }
}

impl Reading {
    fn count(&mut self) -> Result<(), Fault> {
        while let Some(event) = self.reader.next_event() {
            self.survey.add(&event);
            if let Event::Closes(info) = event {
                self.chats.push(info);
            }
            if self.chats.len() > MAX_CHATS {
                return Err(Fault::Export(Trouble::ExportBomb));
            }
        }
        Ok(())
    }

    fn preview(&self) -> ExportPreview {
        let (order, is_guess) = self.reader.order();
        let only = (self.chats.len() == 1)
            .then(|| self.chats[0].title.clone())
            .flatten();
        let writers = self.survey.writers().into_iter();
        let instant = |millis: i64| u64::try_from(millis).unwrap_or(0);
        ExportPreview {
            messenger: shown::messenger(self.found.source),
            title: only.or_else(|| self.found.title.clone()),
            chats: self.survey.chats,
            messages: self.survey.messages,
            writers: writers
                .map(|(writer, messages)| OldWriter {
                    key: writer.key,
                    name: writer.name,
                    messages,
                })
                .collect(),
            me: self.reader.me(),
            unsure_order: is_guess.then_some(match order {
                Order::DayFirst => DateOrder::DayFirst,
                Order::MonthFirst => DateOrder::MonthFirst,
            }),
            span: self
                .reader
                .span()
                .or(self.survey.span)
                .map(|(first, last)| (instant(first), instant(last))),
            left_out: self.survey.skipped,
        }
    }
}

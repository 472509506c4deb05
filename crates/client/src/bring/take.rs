//! The second reading: messages come into chats, a transaction for each slice of the export.

use super::identity::Namer;
use super::read::Surveyed;
use super::{Bringing, Fault, Flow, Step, chat, files, shown};
use crate::chats::{Incoming, kind};
use crate::state::Cx;
use std::collections::{HashSet, VecDeque};
use valise_import::export::Places;
use valise_import::time::Moment;
use valise_import::whatsapp::Order;
use valise_import::{Event, Message, Reader};
use valise_views::bringing::{DateOrder, Stage, WallClock};
use valise_views::{ChatId, Outcome, Trouble};
use valise_wire::Timestamp;

/// Bytes that are read at once, packed and as they are: some hundred messages, for which nobody has to wait long.
const PACKED_BYTES: u64 = 8 << 10;
const PLAIN_BYTES: u64 = 32 << 10;

/// What the person said about an export.
pub(super) struct Wish {
    pub(super) me: Option<String>,
    pub(super) order: Option<DateOrder>,
    pub(super) clock: WallClock,
}

/// The second reading at work.
pub(super) struct Taking {
    pub(super) flow: Flow,
    reader: Reader,
    wish: Wish,
    survey: Surveyed,
    /// Which of the export's chats is being read, from 1.
    number: usize,
    current: Option<chat::Current>,
    namer: Namer,
    /// Photos and files to come when all messages are here.
    pub(super) wanted: VecDeque<files::Wanted>,
    places: Places,
    /// Files that some message has already: none is kept twice.
    used: HashSet<usize>,
}

/// Returns how much is read at once.
pub(super) fn slice_bytes(flow: &Flow) -> u64 {
    if flow.is_packed() {
        PACKED_BYTES
    } else {
        PLAIN_BYTES
    }
}

impl Cx<'_> {
    pub(super) fn begin_taking(
        &mut self,
        bringing: &mut Bringing,
        wish: Wish,
    ) -> Result<(), Fault> {
        let Some(survey) = bringing.survey.take() else {
            return Err(Fault::Export(Trouble::NotFound));
        };
        let me = wish.me.as_ref();
        if me.is_some_and(|me| !survey.writers.contains(me)) {
            return Err(Fault::Export(Trouble::NotFound));
        }
        let order = match wish.order {
            Some(DateOrder::DayFirst) => Order::DayFirst,
            Some(DateOrder::MonthFirst) => Order::MonthFirst,
            None => survey.order,
        };
        let places = Places::new(&bringing.bundle.paths(), survey.found.file);
        bringing.shown.stage = Stage::Messages;
        bringing.shown.preview = None;
        bringing.shown.messages = 0;
        bringing.shown.done = 0;
        bringing.step = Step::Taking(Box::new(Taking {
            flow: bringing.bundle.flow(survey.found.file),
            reader: Reader::new(survey.found.source, Some(order)),
            wish,
            survey,
            number: 0,
            current: None,
            namer: Namer::default(),
            wanted: VecDeque::new(),
            places,
            used: HashSet::new(),
        }));
        Ok(())
    }

    pub(super) fn took_messages(
        &mut self,
        bringing: &mut Bringing,
        bytes: &[u8],
    ) -> Result<(), Fault> {
        let Step::Taking(mut taking) = std::mem::replace(&mut bringing.step, Step::Ended) else {
            return Ok(());
        };
        let plain = taking.flow.take(bytes)?;
        taking.reader.push(plain);
        self.take_brought(bringing, &mut taking)?;
        (bringing.shown.done, bringing.shown.of) = taking.flow.progress();
        bringing.step = Step::Taking(taking);
        Ok(())
    }

    pub(super) fn finish_messages(&mut self, bringing: &mut Bringing) -> Result<(), Fault> {
        let Step::Taking(mut taking) = std::mem::replace(&mut bringing.step, Step::Ended) else {
            return Ok(());
        };
        taking.reader.finish();
        self.take_brought(bringing, &mut taking)?;
        if taking.wanted.is_empty() {
            return self.finish_bringing(bringing);
        }
        bringing.shown.stage = Stage::Files;
        bringing.shown.done = 0;
        bringing.shown.of = taking.wanted.len() as u64;
        bringing.step = Step::Filing(Box::new(files::Filing::new(taking.wanted)));
        Ok(())
    }

    pub(super) fn finish_bringing(&mut self, bringing: &mut Bringing) -> Result<(), Fault> {
        bringing.shown.stage = Stage::Done;
        bringing.step = Step::Ended;
        self.answer_bringing(bringing, Outcome::Done);
        Ok(())
    }

    fn take_brought(&mut self, bringing: &mut Bringing, taking: &mut Taking) -> Result<(), Fault> {
        while let Some(event) = taking.reader.next_event() {
            match event {
                Event::Opens => {
                    taking.number += 1;
                    taking.current = None;
                    taking.namer = Namer::default();
                }
                Event::Message(message) => self.take_message(bringing, taking, &message)?,
                Event::Skipped(skipped) => shown::leave_out(&mut bringing.shown, skipped),
                Event::Closes(_) => taking.current = None,
            }
        }
        Ok(())
    }

    fn take_message(
        &mut self,
        bringing: &mut Bringing,
        taking: &mut Taking,
        message: &Message,
    ) -> Result<(), Fault> {
        if taking.current.is_none() {
            let info = taking.survey.chats.get(taking.number.wrapping_sub(1));
            let current = self.open_brought(&taking.survey, info, &taking.wish, message)?;
            let id = ChatId(current.key.clone());
            if !bringing.shown.chats.contains(&id) {
                bringing.shown.chats.push(id);
            }
            taking.current = Some(current);
        }
        let Some(current) = &mut taking.current else {
            return Ok(());
        };
        bringing.shown.messages += 1;
        let name = taking.namer.name(&current.key, message);
        let known = self.known(&name)?;
        let id = match known {
            Some(id) => {
                bringing.shown.known += 1;
                id
            }
            None => self.put_message(current, &taking.wish, message, name)?,
        };
        let Some(media) = &message.media else {
            return Ok(());
        };
        let key = current.key.clone();
        let named = media
            .path
            .as_deref()
            .and_then(|path| taking.places.find(path));
        let held = named.filter(|file| !taking.used.contains(file));
        if let Some(wanted) = self.want_file(&key, id, media, held, known.is_none())? {
            taking.used.insert(wanted.file);
            taking.wanted.push_back(wanted);
        } else if held.is_none() {
            bringing.shown.missing += 1;
        }
        if known.is_none() {
            self.index(id)?;
        }
        Ok(())
    }

    /// Finds a message that is here already.
    fn known(&self, name: &[u8; 32]) -> Result<Option<i64>, Fault> {
        use rusqlite::OptionalExtension as _;
        let mut query = self
            .db
            .prepare_cached("SELECT id FROM message WHERE mimi = ?1")?;
        Ok(query.query_row([name], |row| row.get(0)).optional()?)
    }

    fn put_message(
        &mut self,
        current: &mut chat::Current,
        wish: &Wish,
        message: &Message,
        name: [u8; 32],
    ) -> Result<i64, Fault> {
        let (sender, mine) = self.brought_sender(current, wish, message)?;
        let at = instant(message.at, &wish.clock);
        let origin = match &message.forwarded {
            Some(who) => Some((
                self.brought_writer(current, &format!("\u{0}{who}"), who)?,
                at,
            )),
            None => None,
        };
        let (id, _) = self.add_message(&Incoming {
            chat: &current.key,
            room: None,
            mimi: Some(name),
            sender,
            mine,
            at,
            kind: match (&message.writer, &message.media) {
                (None, _) => kind::NOTICE,
                (Some(_), Some(_)) => kind::FILES,
                (Some(_), None) => kind::TEXT,
            },
            body: &message.text,
            notice: None,
            reply: message
                .reply
                .map(|reply| super::identity::numbered(&current.key, reply)),
            origin,
            gap: false,
            people: 0,
        })?;
        if message.edited || message.deleted {
            let deleted = if message.deleted { 2 } else { 0 };
            self.db
                .prepare_cached("UPDATE message SET edited = ?2, deleted = ?3 WHERE id = ?1")?
                .execute((id, message.edited, deleted))?;
        }
        if message.media.is_none() {
            self.index(id)?;
        }
        Ok(id)
    }
}

/// Returns when a message was written. What is before 1970 by the person's own clock is at its beginning.
fn instant(at: Moment, clock: &WallClock) -> Timestamp {
    let millis = match at {
        Moment::Utc(millis) => millis,
        Moment::Local(millis) => clock.instant(millis),
    };
    Timestamp(u64::try_from(millis).unwrap_or(0))
}

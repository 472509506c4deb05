//! What the list of requests shows of each, kept so that nothing has to be folded to show it.

use super::case::Case;
use crate::Error;
use crate::state::Cx;
use std::collections::BTreeSet;
use valise_evidence::course::State;
use valise_views::request::Doubt;
use valise_wire::{AccountId, OfficeId, OrganisationId, RoomId, Timestamp};

/// A row of the table.
pub(crate) struct RequestEntry {
    pub(crate) room: RoomId,
    pub(crate) chat: String,
    pub(crate) message: i64,
    pub(crate) number: String,
    pub(crate) theirs: Option<String>,
    pub(crate) subject: String,
    pub(crate) incoming: bool,
    pub(crate) other: OrganisationId,
    pub(crate) office: Option<String>,
    pub(crate) asking: Option<String>,
    pub(crate) state: State,
    pub(crate) issued_at: u64,
    pub(crate) due: u64,
    pub(crate) asked_until: Option<u64>,
    /// When it ends by itself, or did.
    pub(crate) ends: Option<u64>,
    pub(crate) late: bool,
    pub(crate) opened: bool,
    pub(crate) assignee: Option<AccountId>,
    pub(crate) confidential: bool,
    /// What it has in common with those that were asked with it; none of what others ask.
    pub(crate) common: Option<[u8; 16]>,
    /// Why it may be none of the organisation that it names.
    pub(crate) doubt: Option<Doubt>,
    /// The office of one's own that it was given to last.
    pub(crate) given: Option<OfficeId>,
}

const STATES: [State; 13] = [
    State::Submitted,
    State::Received,
    State::Registered,
    State::InWork,
    State::Questioned,
    State::PartlyAnswered,
    State::Answered,
    State::Refused,
    State::Disputed,
    State::Confirmed,
    State::Withdrawn,
    State::Closed,
    State::Expired,
];

const COLUMNS: &str = "room, chat, message, number, theirs, subject, incoming, other, office, state, issued_at, due, asked_until, late,
    opened, assignee, confidential, asking, together, doubt, given, ends";

impl Cx<'_> {
    /// Folds a request anew, for the list.
    pub(crate) fn request_changed(&mut self, room: RoomId) -> Result<(), Error> {
        self.state.dirty.requests = true;
        self.state.requests.has_deeds = true;
        self.state.requests.next_due = None;
        self.attest_soon(room);
        let chat = self.room(room)?.chat.clone();
        self.state.dirty.chat(&chat);
        let Some(case) = self.case(room)? else {
            return Ok(());
        };
        let other = if case.is_ours {
            case.request.addressee.organisation
        } else {
            case.request.issuer.organisation
        };
        let course = case.course.as_ref();
        let number = STATES.iter().position(|known| *known == case.state);
        let ends = course.map_or(case.request.ends, |course| course.ends);
        let due = course.map_or(case.request.deadline.due, |course| course.due);
        self.db
            .prepare_cached(&format!(
                "INSERT OR REPLACE INTO request ({COLUMNS}, next_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)"
            ))?
            .execute(rusqlite::params![
                room.0,
                chat,
                case.message,
                case.request.number.as_str(),
                course
                    .and_then(|course| course.number.as_ref())
                    .map(|number| number.as_str()),
                case.request.subject.as_str(),
                !case.is_ours,
                other.0,
                case.request
                    .addressee
                    .office
                    .as_ref()
                    .map(|office| office.as_str()),
                number.unwrap_or(0) as i64,
                case.request.issued_at.0 as i64,
                due.0 as i64,
                course
                    .and_then(|course| course.asked_until)
                    .map(|until| until.0 as i64),
                course.is_some_and(|course| course.was_late),
                course.is_some_and(|course| course.received.is_some()),
                self.assignee(&case)?.map(|account| account.0),
                case.request.is_confidential,
                case.request
                    .issuer
                    .capacity
                    .as_ref()
                    .map(|office| office.as_str()),
                case.is_ours.then_some(case.common),
                super::doubt::to_row(self.doubt_of(room, &case)?),
                self.given_to(&case).map(|office| office.0),
                ends.map(|ends| ends.0 as i64),
                self.next_at(case.state.is_open(), due, ends)
                    .map(|at| at as i64),
            ])?;
        self.state.requests.guests_changed |= case.is_ours && case.state.is_final();
        self.deadline_stands(room, due)?;
        self.tend_first(room)
    }

    /// Tells whether the request of a room has come to its end.
    pub(crate) fn is_request_over(&self, room: RoomId) -> Result<bool, Error> {
        let entry = self.request_in(room)?;
        Ok(entry.is_some_and(|entry| entry.state.is_final()))
    }

    /// Returns the request of a room.
    pub(super) fn request_in(&self, room: RoomId) -> Result<Option<RequestEntry>, Error> {
        self.entry_where("room = ?1", room.0)
    }

    /// Returns who works on a request: whom the last act that says so mentions, or who did it.
    fn assignee(&self, case: &Case) -> Result<Option<AccountId>, Error> {
        let Some(done) = case.assignee() else {
            return Ok(None);
        };
        let note = done.act.note.as_ref().map_or("", |note| note.as_str());
        if self.state.roll.office_named(note).is_some() {
            return Ok(None);
        }
        let named = self.state.roll.account_named(note);
        Ok(Some(named.unwrap_or(done.sender)))
    }

    /// Returns the requests that this device knows.
    pub(crate) fn request_entries(&self) -> Result<Vec<RequestEntry>, Error> {
        let mut query = self
            .db
            .prepare_cached(&format!("SELECT {COLUMNS} FROM request"))?;
        let rows = query.query_map([], |row| read(row, self.now))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns the requests whose deadlines are nearer than they were.
    pub(super) fn entries_due(&self) -> Result<Vec<RequestEntry>, Error> {
        let mut query = self.db.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM request WHERE next_at <= ?1"
        ))?;
        let rows = query.query_map([self.now.0 as i64], |row| read(row, self.now))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns the request of a chat.
    pub(crate) fn request_entry(&self, chat: &str) -> Result<Option<RequestEntry>, Error> {
        self.entry_where("chat = ?1", chat)
    }

    fn entry_where(
        &self,
        which: &str,
        value: impl rusqlite::ToSql,
    ) -> Result<Option<RequestEntry>, Error> {
        use rusqlite::OptionalExtension as _;
        let select = format!("SELECT {COLUMNS} FROM request WHERE {which}");
        let mut query = self.db.prepare_cached(&select)?;
        let entry = query.query_row([value], |row| read(row, self.now));
        Ok(entry.optional()?)
    }

    /// Tells whether one of some chats is that of a request.
    pub(crate) fn is_any_request(&self, chats: &BTreeSet<String>) -> Result<bool, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM request WHERE chat = ?1)")?;
        for chat in chats {
            if query.query_row([chat], |row| row.get(0))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Returns the number of a chat's request; empty if there is none.
    pub(crate) fn request_number(&self, chat: &str) -> Result<String, Error> {
        Ok(self
            .request_entry(chat)?
            .map_or_else(String::new, |entry| entry.number))
    }
}

/// Reads a row as it stands now: what ends by itself does so without anybody's doing anything.
fn read(row: &rusqlite::Row<'_>, now: Timestamp) -> rusqlite::Result<RequestEntry> {
    let state = row.get::<_, i64>(9)? as usize;
    let state = STATES.get(state).copied().unwrap_or(State::Submitted);
    let ends = row.get::<_, Option<i64>>(21)?.map(|ends| ends as u64);
    let has_run_out = state.is_open() && ends.is_some_and(|ends| now.0 > ends);
    let asked_until = row.get::<_, Option<i64>>(12)?.map(|until| until as u64);
    Ok(RequestEntry {
        room: RoomId(row.get(0)?),
        chat: row.get(1)?,
        message: row.get(2)?,
        number: row.get(3)?,
        theirs: row.get(4)?,
        subject: row.get(5)?,
        incoming: row.get(6)?,
        other: OrganisationId(row.get(7)?),
        office: row.get(8)?,
        state: if has_run_out { State::Expired } else { state },
        issued_at: row.get::<_, i64>(10)? as u64,
        due: row.get::<_, i64>(11)? as u64,
        asked_until: asked_until.filter(|_| !has_run_out),
        ends,
        late: row.get::<_, bool>(13)? || has_run_out,
        opened: row.get(14)?,
        assignee: row.get::<_, Option<[u8; 16]>>(15)?.map(AccountId),
        confidential: row.get(16)?,
        asking: row.get(17)?,
        common: row.get(18)?,
        doubt: super::doubt::from_row(row.get(19)?),
        given: row.get::<_, Option<[u8; 16]>>(20)?.map(OfficeId),
    })
}

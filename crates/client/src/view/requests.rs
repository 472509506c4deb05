//! The list of requests.

use crate::Error;
use crate::requests::RequestEntry;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use std::collections::HashMap;
use valise_evidence::course::State;
use valise_views::request::{Reached, RequestCounts, Together};
use valise_views::{ChatId, Nearness, Outside, RequestFilter, RequestList, RequestRow, request};
use valise_wire::{AccountId, OfficeId, OrganisationId, Timestamp};

/// A request's message, and its chat.
const BESIDE: &str =
    "SELECT request.message, message.position IS NOT NULL, message.mine, chat.unread
    FROM request JOIN message ON message.id = request.message JOIN chat ON chat.id = message.chat";
/// Who has a request.
const SEEN: &str = "SELECT request.message, seen.account, request.other
    FROM request JOIN seen ON seen.message = request.message";

/// What stands beside a request in the store.
#[derive(Default)]
pub(super) struct Beside {
    /// Whether it stands in the log.
    settled: bool,
    /// Whether one wrote it oneself.
    mine: bool,
    /// How many messages in its chat are unread.
    unread: u32,
    /// Whether a device of the addressee has it.
    arrived: bool,
    /// Those with which it was asked.
    together: Option<Together>,
}

impl Cx<'_> {
    pub(super) fn request_list(
        &self,
        filter: RequestFilter,
        search: &str,
    ) -> Result<RequestList, Error> {
        let search = search.trim().to_lowercase();
        let mut list = RequestList {
            releases: self.release_rows()?,
            is_stopped: self.state.roll.guest.is_none() && self.are_requests_stopped(),
            ..RequestList::default()
        };
        let together = self.all_together()?;
        let mut beside = self.all_beside()?;
        for entry in self.request_entries()? {
            let mut beside = beside.remove(&entry.message).unwrap_or_default();
            let common = entry.common.and_then(|common| together.get(&common));
            beside.together = common.copied();
            let row = self.request_row(entry, beside)?;
            let fits = |filter| fits(&row, filter);
            count(&mut list.counts, fits);
            if fits(filter) && is_called(&row, &search) {
                list.rows.push(row);
            }
        }
        list.rows.sort_by(|a, b| {
            let ended = a.state.is_final().cmp(&b.state.is_final());
            let order = if a.state.is_final() {
                b.issued_at.cmp(&a.issued_at)
            } else {
                a.due.cmp(&b.due)
            };
            ended.then(order).then_with(|| a.chat.cmp(&b.chat))
        });
        Ok(list)
    }

    pub(super) fn request_row(
        &self,
        entry: RequestEntry,
        beside: Beside,
    ) -> Result<RequestRow, Error> {
        let me = self.account()?.account;
        let state = shown_state(entry.state);
        let is_open = entry.state.is_open();
        let asks_time = entry.asked_until.is_some();
        let is_given_away = self.is_given_away(&entry)?;
        let nearness = self.nearness(&entry);
        let given = entry.given.filter(|_| entry.incoming);
        let office = given.and_then(|office| self.office_name(office));
        let guest_waits = self.guest_waits(&entry)?;
        let is_for_us = if entry.incoming {
            is_open && !is_given_away && entry.state != State::Questioned && !asks_time
        } else {
            let has_answer = matches!(entry.state, State::Answered | State::Refused);
            let asks_back = entry.state == State::Questioned || is_open && asks_time;
            has_answer || asks_back || guest_waits
        };
        let reached = match () {
            () if entry.opened => Reached::Opened,
            () if !beside.settled => Reached::Waiting,
            () if entry.incoming || beside.arrived => Reached::Delivered,
            () => Reached::Sent,
        };
        let held = if entry.incoming || beside.settled {
            None
        } else {
            self.held(entry.message)?
        };
        let own_number = match entry.incoming {
            true => entry.theirs.as_deref(),
            false => Some(entry.number.as_str()),
        };
        let is_number_double = match own_number {
            Some(number) => self.is_taken(number, entry.room)?,
            None => false,
        };
        Ok(RequestRow {
            chat: ChatId(entry.chat),
            is_number_double,
            number: entry.number,
            their_number: entry.theirs,
            subject: entry.subject,
            is_incoming: entry.incoming,
            other: self.marked(entry.other),
            office: office.or(entry.office),
            state,
            reached,
            due: entry.due,
            ends: entry.ends,
            nearness,
            is_given_away,
            is_overdue: is_open && self.now > Timestamp(entry.due),
            was_late: entry.late,
            assignee: entry.assignee.map(|who| self.state.roll.name(who)),
            assignee_away: entry.assignee.and_then(|who| self.away(who)),
            is_mine: if entry.incoming {
                self.is_his(entry.assignee, me)
            } else {
                beside.mine
            },
            is_for_us,
            unread: beside.unread,
            issued_at: entry.issued_at,
            is_confidential: entry.confidential,
            together: beside.together,
            held,
            guest_waits,
            doubt: entry.doubt,
        })
    }

    fn office_name(&self, office: OfficeId) -> Option<String> {
        let roll = &self.state.roll;
        let office = roll.office(roll.home.organisation_id(), office)?;
        Some(office.details.name.as_str().to_owned())
    }

    /// Returns how the other organisation is marked, even if nothing is known of it any more.
    fn marked(&self, organisation: OrganisationId) -> Outside {
        self.outside_of(organisation).unwrap_or_else(|| Outside {
            organisation: String::new(),
            domain: String::new(),
            is_guest: false,
        })
    }

    /// Returns what stands beside each request, by the message that it is in: two questions for all of them.
    fn all_beside(&self) -> Result<HashMap<i64, Beside>, Error> {
        let mut query = self.db.prepare_cached(BESIDE)?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, read_beside(row)?)))?;
        let mut all: HashMap<i64, Beside> = rows.collect::<Result<_, _>>()?;
        let mut query = self.db.prepare_cached(&format!(
            "{SEEN} WHERE request.incoming = 0 AND request.opened = 0"
        ))?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(beside) = all.get_mut(&row.get(0)?) {
                beside.arrived = beside.arrived || self.is_of(row)?;
            }
        }
        Ok(all)
    }

    /// Returns what stands beside one request.
    pub(super) fn beside(&self, entry: &RequestEntry) -> Result<Beside, Error> {
        let mut query = self
            .db
            .prepare_cached(&format!("{BESIDE} WHERE request.room = ?1"))?;
        let found = query.query_row([entry.room.0], read_beside).optional()?;
        let mut beside = found.unwrap_or_default();
        let mut query = self
            .db
            .prepare_cached(&format!("{SEEN} WHERE request.room = ?1"))?;
        let mut rows = query.query([entry.room.0])?;
        while let Some(row) = rows.next()? {
            beside.arrived = beside.arrived || self.is_of(row)?;
        }
        if let Some(common) = entry.common {
            beside.together = self.together(common)?;
        }
        Ok(beside)
    }

    /// Tells whether who has a request is of the organisation that it is for.
    fn is_of(&self, row: &rusqlite::Row<'_>) -> rusqlite::Result<bool> {
        let (account, other) = (AccountId(row.get(1)?), OrganisationId(row.get(2)?));
        Ok(self.state.roll.outsider(account) == Some(other))
    }
}

fn read_beside(row: &rusqlite::Row<'_>) -> rusqlite::Result<Beside> {
    Ok(Beside {
        settled: row.get(1)?,
        mine: row.get(2)?,
        unread: row.get(3)?,
        ..Beside::default()
    })
}

fn fits(row: &RequestRow, filter: RequestFilter) -> bool {
    let is_over = row.state.is_final();
    if row.doubt.is_some() != (filter == RequestFilter::InDoubt) {
        return false;
    }
    match filter {
        RequestFilter::Open => !is_over,
        RequestFilter::ForUs => row.is_for_us,
        RequestFilter::Mine => row.is_mine && !is_over,
        RequestFilter::Waiting => !is_over && !row.is_for_us,
        RequestFilter::Urgent => row.nearness > Nearness::Far && !row.is_given_away,
        RequestFilter::Escalated => row.nearness == Nearness::Escalated && row.is_incoming,
        RequestFilter::Ended => is_over,
        RequestFilter::InDoubt => true,
        RequestFilter::Together(id) => row.together.is_some_and(|together| together.id == id),
    }
}

fn count(counts: &mut RequestCounts, fits: impl Fn(RequestFilter) -> bool) {
    counts.open += u32::from(fits(RequestFilter::Open));
    counts.for_us += u32::from(fits(RequestFilter::ForUs));
    counts.mine += u32::from(fits(RequestFilter::Mine));
    counts.waiting += u32::from(fits(RequestFilter::Waiting));
    counts.urgent += u32::from(fits(RequestFilter::Urgent));
    counts.in_doubt += u32::from(fits(RequestFilter::InDoubt));
    counts.escalated += u32::from(fits(RequestFilter::Escalated));
    counts.ended += u32::from(fits(RequestFilter::Ended));
}

fn is_called(row: &RequestRow, search: &str) -> bool {
    let texts = [
        Some(&row.number),
        row.their_number.as_ref(),
        Some(&row.subject),
        Some(&row.other.organisation),
        row.office.as_ref(),
        row.assignee.as_ref(),
    ];
    let mut texts = texts.into_iter().flatten();
    search.is_empty() || texts.any(|text| text.to_lowercase().contains(search))
}

pub(super) fn shown_state(state: State) -> request::RequestState {
    use request::RequestState as Shown;
    match state {
        State::Submitted => Shown::Submitted,
        State::Received => Shown::Received,
        State::Registered => Shown::Registered,
        State::InWork => Shown::InWork,
        State::Questioned => Shown::Questioned,
        State::PartlyAnswered => Shown::PartlyAnswered,
        State::Answered => Shown::Answered,
        State::Refused => Shown::Refused,
        State::Disputed => Shown::Disputed,
        State::Confirmed => Shown::Confirmed,
        State::Withdrawn => Shown::Withdrawn,
        State::Closed => Shown::Closed,
        State::Expired => Shown::Expired,
    }
}

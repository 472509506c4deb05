//! The list of requests.

use crate::Error;
use crate::requests::RequestEntry;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_evidence::course::State;
use valise_views::request::{Reached, RequestCounts, Together};
use valise_views::{
    ChatId, Outside, RequestFilter, RequestList, RequestRow, RequestState, request,
};
use valise_wire::{OrganisationId, Timestamp};

/// What is due within so much is urgent.
const URGENT_MILLIS: u64 = 3 * 24 * 60 * 60 * 1_000;

impl Cx<'_> {
    pub(super) fn request_list(
        &self,
        filter: RequestFilter,
        search: &str,
    ) -> Result<RequestList, Error> {
        let search = search.trim().to_lowercase();
        let mut list = RequestList::default();
        let together = self.all_together()?;
        for entry in self.request_entries()? {
            let together = entry.common.and_then(|common| together.get(&common));
            let row = self.request_row(&entry, together.copied())?;
            let fits = |filter| fits(&row, filter, self.now);
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
        entry: &RequestEntry,
        together: Option<Together>,
    ) -> Result<RequestRow, Error> {
        let me = self.account()?.account;
        let (settled, mine, unread) = self.request_message(entry)?;
        let state = shown_state(entry.state);
        let is_open = entry.state.is_open();
        let asks_time = entry.asked_until.is_some();
        let is_for_us = if entry.incoming {
            is_open && entry.state != State::Questioned && !asks_time
        } else {
            let has_answer = matches!(entry.state, State::Answered | State::Refused);
            has_answer || entry.state == State::Questioned || is_open && asks_time
        };
        let reached = match () {
            () if entry.opened => Reached::Opened,
            () if !settled => Reached::Waiting,
            () if entry.incoming || self.has_arrived(entry)? => Reached::Delivered,
            () => Reached::Sent,
        };
        Ok(RequestRow {
            chat: ChatId(entry.chat.clone()),
            number: entry.number.clone(),
            their_number: entry.theirs.clone(),
            subject: entry.subject.clone(),
            is_incoming: entry.incoming,
            other: self.marked(entry.other),
            office: entry.office.clone(),
            state,
            reached,
            due: entry.due,
            is_overdue: is_open && self.now > Timestamp(entry.due),
            was_late: entry.late,
            assignee: entry.assignee.map(|who| self.state.roll.name(who)),
            is_mine: if entry.incoming {
                entry.assignee == Some(me)
            } else {
                mine
            },
            is_for_us,
            unread,
            issued_at: entry.issued_at,
            is_confidential: entry.confidential,
            together,
        })
    }

    /// Returns how the other organisation is marked, even if nothing is known of it any more.
    fn marked(&self, organisation: OrganisationId) -> Outside {
        self.outside_of(organisation).unwrap_or_else(|| Outside {
            organisation: String::new(),
            domain: String::new(),
        })
    }

    /// Returns whether a request stands in the log, whether one wrote it oneself, and how many messages in its chat are unread.
    fn request_message(&self, entry: &RequestEntry) -> Result<(bool, bool, u32), Error> {
        let mut query = self.db.prepare_cached(
            "SELECT message.position IS NOT NULL, message.mine, chat.unread FROM message JOIN chat ON chat.id = message.chat WHERE message.id = ?1",
        )?;
        let found = query
            .query_row([entry.message], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        Ok(found.unwrap_or_default())
    }

    /// Tells whether a device of the addressee has a request that one sent.
    fn has_arrived(&self, entry: &RequestEntry) -> Result<bool, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT account FROM seen WHERE message = ?1")?;
        let accounts = query.query_map([entry.message], |row| {
            row.get(0).map(valise_wire::AccountId)
        })?;
        let accounts: Vec<_> = accounts.collect::<Result<_, _>>()?;
        let is_theirs = |account| self.state.roll.outsider(account) == Some(entry.other);
        Ok(accounts.into_iter().any(is_theirs))
    }
}

fn fits(row: &RequestRow, filter: RequestFilter, now: Timestamp) -> bool {
    let is_over = row.state.is_final();
    let is_answered = matches!(row.state, RequestState::Answered | RequestState::Refused);
    match filter {
        RequestFilter::Open => !is_over,
        RequestFilter::ForUs => row.is_for_us,
        RequestFilter::Mine => row.is_mine && !is_over,
        RequestFilter::Waiting => !is_over && !row.is_for_us,
        RequestFilter::Urgent => !is_over && !is_answered && row.due < now.0 + URGENT_MILLIS,
        RequestFilter::Ended => is_over,
        RequestFilter::Together(id) => row.together.is_some_and(|together| together.id == id),
    }
}

fn count(counts: &mut RequestCounts, fits: impl Fn(RequestFilter) -> bool) {
    counts.open += u32::from(fits(RequestFilter::Open));
    counts.for_us += u32::from(fits(RequestFilter::ForUs));
    counts.mine += u32::from(fits(RequestFilter::Mine));
    counts.waiting += u32::from(fits(RequestFilter::Waiting));
    counts.urgent += u32::from(fits(RequestFilter::Urgent));
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
    }
}

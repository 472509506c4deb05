//! The messages of a chat, by position.

use crate::Error;
use crate::bring::brought_from;
use crate::chats::kind;
use crate::inbound::one_line;
use crate::requests::Case;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use std::collections::{HashMap, HashSet};
use valise_views::conversation::Seen;
use valise_views::{
    Body, ChatId, Conversation, ConversationWindow, Message, MessageId, Notice, Origin, PersonId,
    Poll, Quote, Reaction, Tick,
};
use valise_wire::AccountId;
use valise_wire::policy::RoomKind;

/// Most messages that one window shows.
const MAX_WINDOW: i64 = 500;

/// A message's row.
pub(super) struct MessageRow {
    id: i64,
    pub(super) sender: AccountId,
    pub(super) mine: bool,
    pub(super) at: u64,
    pub(super) kind: i64,
    pub(super) body: String,
    pub(super) notice: Option<Vec<u8>>,
    settled: bool,
    failed: bool,
    people: u32,
    delivered: u32,
    read: u32,
    gap: bool,
    reply: Option<[u8; 32]>,
    edited: bool,
    pub(super) deleted: bool,
    pub(super) disappeared: bool,
    expires: Option<u64>,
    origin: Option<(AccountId, u64)>,
}

/// What stands beside the messages of a window; asked for once, not once a message.
struct Beside {
    group: bool,
    pinned: HashSet<i64>,
    reactions: HashMap<i64, Vec<Reaction>>,
    polls: HashMap<i64, Poll>,
    /// The request that lives in the chat, if something of it is shown.
    case: Option<Case>,
}

impl MessageRow {
    /// Tells whether something signed is in it.
    fn is_formal(&self) -> bool {
        matches!(self.kind, kind::LETTER | kind::ACT)
    }

    /// Tells how far one's own message got.
    pub(super) fn tick(&self) -> Option<Tick> {
        if !self.mine || self.kind == kind::NOTICE {
            return None;
        }
        let all = self.people > 0;
        Some(match self {
            Self { failed: true, .. } => Tick::Failed,
            Self { settled: false, .. } => Tick::Waiting,
            _ if all && self.read >= self.people => Tick::Read,
            _ if all && self.delivered >= self.people => Tick::Delivered,
            _ => Tick::Accepted,
        })
    }
}

const COLUMNS: &str = "id, sender, mine, at, kind, body, notice, position IS NOT NULL, failed, people, delivered, read, gap,
    reply, edited, deleted > 0, origin, origin_at, deleted = 3, expires";

impl Cx<'_> {
    pub(super) fn message_row(&self, id: i64) -> Result<MessageRow, Error> {
        let mut query = self
            .db
            .prepare_cached(&format!("SELECT {COLUMNS} FROM message WHERE id = ?1"))?;
        Ok(query.query_row([id], read)?)
    }

    /// Returns the position of the first unread message of a chat.
    pub(super) fn first_unread(&self, chat: &str) -> Result<Option<i64>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT min(position) FROM unread WHERE chat = ?1")?;
        Ok(query.query_row([chat], |row| row.get(0))?)
    }

    pub(super) fn conversation(
        &self,
        chat: &ChatId,
        window: &ConversationWindow,
        divider: Option<i64>,
    ) -> Result<Option<Conversation>, Error> {
        let Some(row) = self.chat_row(&chat.0)? else {
            return Ok(None);
        };
        let waiting: i64 = self
            .db
            .prepare_cached("SELECT count(*) FROM message WHERE chat = ?1 AND position IS NULL")?
            .query_row([&chat.0], |row| row.get(0))?;
        let total = row.settled + waiting;
        let (start, count) = self.window(window, total, row.settled, divider, &chat.0)?;
        let rows = self.window_rows(&chat.0, start, count, row.settled)?;
        let group = row.kind != RoomKind::Direct;
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let mut beside = Beside {
            group,
            pinned: self.pinned_among(&ids)?,
            reactions: self.reactions(&ids)?,
            polls: self.polls(&ids)?,
            case: self.case_among(&rows)?,
        };
        let messages = rows
            .into_iter()
            .map(|row| self.message(&chat.0, row, &mut beside))
            .collect::<Result<_, _>>()?;
        let blocked = self.blocked(&chat.0)?;
        let room = self.state.rooms.values().find(|room| room.chat == chat.0);
        let first_unread = match divider {
            Some(position) => self.message_at(&chat.0, position)?,
            None => None,
        };
        Ok(Some(Conversation {
            chat: chat.clone(),
            kind: self.shown_kind(&row),
            title: self.title(&row),
            members: if group {
                room.map_or(1, |room| room.people)
            } else {
                1 + u32::from(self.other_side(&row).is_some())
            },
            start: start as u32,
            total: total as u32,
            messages,
            first_unread,
            draft: row.draft,
            typing: self
                .state
                .typing
                .of(&chat.0)
                .map(|who| self.state.roll.name(who))
                .collect(),
            away: row.peer.filter(|_| !group).and_then(|peer| self.away(peer)),
            presence: match row.peer {
                Some(peer) if !group => self.presence_of(peer)?,
                _ => None,
            },
            may_send: blocked.is_none() && !self.is_in_doubt(&chat.0)?,
            blocked,
            left_out: self.left_out(&chat.0)?,
            pinned: self.pinned(&chat.0)?,
            may_pin: self.may_pin_in(chat)?,
        }))
    }

    fn message_at(&self, chat: &str, position: i64) -> Result<Option<MessageId>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT id FROM message WHERE chat = ?1 AND position = ?2")?;
        let id: Option<i64> = query
            .query_row((chat, position), |row| row.get(0))
            .optional()?;
        Ok(id.map(|id| MessageId(id.to_string())))
    }

    /// Returns the first place and the number of messages of a window.
    fn window(
        &self,
        window: &ConversationWindow,
        total: i64,
        settled: i64,
        divider: Option<i64>,
        chat: &str,
    ) -> Result<(i64, i64), Error> {
        let around = |place: i64, count: i64| (place - count / 2).max(0);
        let (start, count) = match window {
            ConversationWindow::Newest { count } => (total - i64::from(*count), i64::from(*count)),
            ConversationWindow::Unread { count } => {
                let count = i64::from(*count).min(MAX_WINDOW);
                (
                    divider.map_or(total - count, |divider| {
                        around(divider, count).min(total - count)
                    }),
                    count,
                )
            }
            ConversationWindow::Range { start, count } => (i64::from(*start), i64::from(*count)),
            ConversationWindow::Around { message, count } => {
                let count = i64::from(*count).min(MAX_WINDOW);
                let place = self.place_of(chat, message, settled)?;
                (
                    place.map_or(total - count, |place| around(place, count)),
                    count,
                )
            }
        };
        let start = start.clamp(0, total);
        Ok((start, count.min(total - start)))
    }

    fn place_of(
        &self,
        chat: &str,
        message: &MessageId,
        settled: i64,
    ) -> Result<Option<i64>, Error> {
        let Ok(id) = message.0.parse::<i64>() else {
            return Ok(None);
        };
        let mut query = self.db.prepare_cached(
            "SELECT ifnull(position, ?3 + (SELECT count(*) FROM message AS other
                WHERE other.chat = ?1 AND other.position IS NULL AND other.id < message.id))
             FROM message WHERE id = ?2 AND chat = ?1",
        )?;
        Ok(query
            .query_row((chat, id, settled), |row| row.get(0))
            .optional()?)
    }

    fn window_rows(
        &self,
        chat: &str,
        start: i64,
        count: i64,
        settled: i64,
    ) -> Result<Vec<MessageRow>, Error> {
        let mut rows = Vec::new();
        let mut query = self.db.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM message WHERE chat = ?1 AND position >= ?2 AND position < ?3 ORDER BY position"
        ))?;
        for row in query.query_map((chat, start, (start + count).min(settled)), read)? {
            rows.push(row?);
        }
        let end = start + count;
        if end > settled {
            let skip = (start - settled).max(0);
            let mut query = self.db.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM message WHERE chat = ?1 AND position IS NULL ORDER BY id LIMIT ?2 OFFSET ?3"
            ))?;
            for row in query.query_map((chat, end - settled - skip, skip), read)? {
                rows.push(row?);
            }
        }
        Ok(rows)
    }

    fn message(&self, chat: &str, row: MessageRow, beside: &mut Beside) -> Result<Message, Error> {
        let tick = row.tick().filter(|_| brought_from(chat).is_none());
        let seen = Seen {
            delivered: row.delivered,
            read: row.read,
            people: row.people,
        };
        let mentions = match row.kind {
            kind::TEXT | kind::FILES if !row.deleted => self.mentions(chat, &row.body)?,
            _ => Vec::new(),
        };
        let body = match (row.kind, &row.notice) {
            (kind::NOTICE, Some(notice)) => Body::Notice(self.notice(notice)?),
            (kind::NOTICE, None) => Body::Notice(Notice::Imported { text: row.body }),
            _ if row.disappeared => Body::Disappeared,
            _ if row.deleted => Body::Deleted,
            (kind::TEXT, _) => Body::Text(row.body),
            (kind::FILES, _) => Body::Files {
                files: self.files_of(row.id)?,
                text: row.body,
            },
            (kind::POLL, _) => match beside.polls.remove(&row.id) {
                Some(poll) => Body::Poll(poll),
                None => Body::Unsupported,
            },
            (kind::CARD, _) => Body::Card(self.carded(row.id)?.map(Box::new)),
            (kind::LETTER | kind::ACT, _) => {
                self.formal_body(row.id, row.body, beside.case.as_ref())?
            }
            _ => Body::Unsupported,
        };
        Ok(Message {
            id: MessageId(row.id.to_string()),
            sender: PersonId(row.sender.to_string()),
            sender_name: self.name_in(chat, row.sender)?,
            is_mine: row.mine,
            at: row.at,
            body,
            mentions,
            reply: match row.reply {
                Some(reply) if !row.deleted => Some(self.quote(chat, reply)?),
                _ => None,
            },
            origin: match row.origin.filter(|_| !row.deleted) {
                Some((sender, at)) => Some(Origin {
                    sender_name: self.name_in(chat, sender)?,
                    at,
                }),
                None => None,
            },
            edited: row.edited && !row.deleted,
            pinned: beside.pinned.contains(&row.id),
            reactions: if row.deleted {
                Vec::new()
            } else {
                beside.reactions.remove(&row.id).unwrap_or_default()
            },
            tick,
            seen: (beside.group && row.settled && tick.is_some()).then_some(seen),
            gap_before: row.gap,
            expires: row.expires,
            imported: brought_from(chat).is_some(),
            outside: self.outside(row.sender),
        })
    }

    /// Folds the request of which a window shows something; none if it shows nothing of any.
    fn case_among(&self, rows: &[MessageRow]) -> Result<Option<Case>, Error> {
        let mut formal = rows.iter().filter(|row| row.is_formal());
        match formal.next() {
            Some(row) => match self.request_room_of(row.id)? {
                Some(room) => self.case(room),
                None => Ok(None),
            },
            None => Ok(None),
        }
    }

    /// Returns a message as one that answers it shows it.
    fn quote(&self, chat: &str, mimi: [u8; 32]) -> Result<Quote, Error> {
        let Some(found) = self.named(chat, valise_wire::MessageId(mimi))? else {
            return Ok(Quote {
                message: None,
                sender: PersonId(String::new()),
                sender_name: String::new(),
                is_mine: false,
                text: String::new(),
                is_poll: false,
                is_card: false,
                thumbnail: None,
            });
        };
        let file = match found.kind {
            kind::FILES if !found.deleted => self.files_of(found.id)?.into_iter().next(),
            _ => None,
        };
        let (name, thumbnail) =
            file.map_or_else(Default::default, |file| (file.in_a_line(), file.thumbnail));
        let text = match found.body.as_str() {
            _ if found.deleted => String::new(),
            "" if found.kind == kind::CARD => self.without_words(found.id)?,
            "" => name,
            body => one_line(&self.spoken(chat, body)?),
        };
        Ok(Quote {
            message: Some(MessageId(found.id.to_string())),
            sender: PersonId(found.sender.to_string()),
            sender_name: self.name_in(chat, found.sender)?,
            is_mine: found.mine,
            text,
            is_poll: found.kind == kind::POLL && !found.deleted,
            is_card: found.kind == kind::CARD && !found.deleted,
            thumbnail,
        })
    }
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<MessageRow> {
    Ok(MessageRow {
        id: row.get(0)?,
        sender: AccountId(row.get(1)?),
        mine: row.get(2)?,
        at: row.get::<_, i64>(3)? as u64,
        kind: row.get(4)?,
        body: row.get(5)?,
        notice: row.get(6)?,
        settled: row.get(7)?,
        failed: row.get(8)?,
        people: row.get(9)?,
        delivered: row.get(10)?,
        read: row.get(11)?,
        gap: row.get(12)?,
        reply: row.get(13)?,
        edited: row.get(14)?,
        deleted: row.get(15)?,
        origin: row
            .get::<_, Option<[u8; 16]>>(16)?
            .map(AccountId)
            .zip(row.get::<_, Option<i64>>(17)?.map(|at| at as u64)),
        disappeared: row.get(18)?,
        expires: row.get::<_, Option<i64>>(19)?.map(|at| at as u64),
    })
}

//! The list of chats.

use crate::Error;
use crate::bring::{brought_from, marked};
use crate::chats::kind;
use crate::inbound::one_line;
use crate::own_room::is_own_name;
use crate::rooms::{Stage, kind_of};
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_views::{
    ChatFilter, ChatId, ChatKind, ChatList, ChatRow, LabelId, Notice, PersonId, Preview,
};
use valise_wire::AccountId;
use valise_wire::policy::RoomKind;

/// A chat's row.
pub(crate) struct Row {
    pub(crate) id: String,
    pub(super) kind: RoomKind,
    pub(super) peer: Option<AccountId>,
    pub(super) title: String,
    pub(super) picture: Option<Vec<u8>>,
    pub(super) draft: String,
    pub(super) muted: bool,
    pub(super) pinned: bool,
    pub(super) archived: bool,
    pub(super) unread: u32,
    pub(super) settled: i64,
}

const COLUMNS: &str =
    "id, kind, peer, title, picture, draft, muted, pinned, unread, settled, archived";

impl Cx<'_> {
    pub(crate) fn chat_row(&self, chat: &str) -> Result<Option<Row>, Error> {
        let mut query = self
            .db
            .prepare_cached(&format!("SELECT {COLUMNS} FROM chat WHERE id = ?1"))?;
        Ok(query.query_row([chat], read).optional()?)
    }

    pub(super) fn chat_list(&self, filter: ChatFilter, search: &str) -> Result<ChatList, Error> {
        let search = search.trim().to_lowercase();
        let mut query = self.db.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM chat WHERE shown = 1 AND kind <> 3 ORDER BY pinned DESC, touched_at DESC, id"
        ))?;
        let rows = query.query_map([], read)?;
        let (mut list, mut archived) = (Vec::new(), 0);
        let labels = self.labels()?;
        let mut labelled = self.labelled(&labels)?;
        for row in rows {
            let row = row?;
            archived += u32::from(row.archived);
            let own_labels = labelled.remove(&row.id).unwrap_or_default();
            let fits = match filter {
                // Who looks for a chat finds it wherever it is.
                ChatFilter::All => !row.archived || !search.is_empty(),
                ChatFilter::Unread => row.unread > 0 && !row.archived,
                ChatFilter::Groups => {
                    row.kind != RoomKind::Direct && !row.archived && brought_from(&row.id).is_none()
                }
                ChatFilter::Archived => row.archived,
                ChatFilter::Labelled(label) => !row.archived && own_labels.contains(&label),
            };
            let title = self.title(&row);
            let is_called = title.to_lowercase().contains(&search)
                || self.is_own(&row.id) && is_own_name(|own| own.to_lowercase().contains(&search));
            if fits && is_called {
                list.push(self.list_row(row, title, own_labels)?);
            }
        }
        Ok(ChatList {
            rows: list,
            archived,
            labels,
        })
    }

    fn list_row(&self, row: Row, title: String, labels: Vec<LabelId>) -> Result<ChatRow, Error> {
        let typing = self
            .state
            .typing
            .of(&row.id)
            .map(|who| self.state.roll.name(who))
            .collect();
        Ok(ChatRow {
            kind: self.shown_kind(&row),
            title,
            picture: self.picture(&row),
            person: self.other_side(&row).map(|peer| PersonId(peer.to_string())),
            preview: self.preview(&row.id)?,
            mentions: self.unread_mentions(&row)?,
            unread: row.unread,
            muted: row.muted,
            pinned: row.pinned,
            archived: row.archived,
            labels,
            typing,
            active: self.is_active(&row),
            may_send: self.blocked(&row.id)?.is_none(),
            outside: self.outsiders(&row.id)?,
            draft: self.spoken(&row.id, &row.draft)?,
            chat: ChatId(row.id),
        })
    }

    /// Returns the kind as it is shown.
    pub(crate) fn shown_kind(&self, row: &Row) -> ChatKind {
        if let Some(messenger) = brought_from(&row.id) {
            return ChatKind::Imported(messenger);
        }
        match row.kind {
            RoomKind::Direct if self.is_own(&row.id) => ChatKind::Saved,
            RoomKind::Direct => ChatKind::Direct,
            RoomKind::Group => ChatKind::Group,
            RoomKind::Announcement => ChatKind::Announcement,
            RoomKind::Request => ChatKind::Request,
        }
    }

    /// Returns the other side of a direct chat.
    pub(super) fn other_side(&self, row: &Row) -> Option<AccountId> {
        row.peer.filter(|_| !self.is_own(&row.id))
    }

    fn unread_mentions(&self, row: &Row) -> Result<u32, Error> {
        if row.unread == 0 {
            return Ok(0);
        }
        let mut query = self
            .db
            .prepare_cached("SELECT count(*) FROM unread WHERE chat = ?1 AND mention = 1")?;
        Ok(query.query_row([&row.id], |row| row.get(0))?)
    }

    pub(crate) fn title(&self, row: &Row) -> String {
        match (row.peer, brought_from(&row.id)) {
            (Some(peer), _) => self.state.roll.name(peer),
            (None, Some(messenger)) => marked(&row.title, messenger),
            (None, None) => row.title.clone(),
        }
    }

    pub(super) fn picture(&self, row: &Row) -> Option<Vec<u8>> {
        let Some(peer) = row.peer else {
            return row.picture.clone();
        };
        let person = self.state.roll.person(peer)?;
        person.avatar.map(<[u8]>::to_vec)
    }

    /// Tells whether one is still in a chat. A direct chat without a room waits for its first message.
    pub(super) fn is_active(&self, row: &Row) -> bool {
        row.kind == RoomKind::Direct
            || brought_from(&row.id).is_some()
            || self
                .state
                .rooms
                .values()
                .any(|room| room.chat == row.id && room.stage != Stage::Out && room.leaving == 0)
    }

    fn preview(&self, chat: &str) -> Result<Option<Preview>, Error> {
        let waiting =
            "SELECT id FROM message WHERE chat = ?1 AND position IS NULL ORDER BY id DESC LIMIT 1";
        let settled = "SELECT id FROM message WHERE chat = ?1 AND position IS NOT NULL ORDER BY position DESC LIMIT 1";
        for query in [waiting, settled] {
            let id: Option<i64> = self
                .db
                .prepare_cached(query)?
                .query_row([chat], |row| row.get(0))
                .optional()?;
            if let Some(id) = id {
                return self.preview_of(chat, id).map(Some);
            }
        }
        Ok(None)
    }

    fn preview_of(&self, chat: &str, id: i64) -> Result<Preview, Error> {
        let row = self.message_row(id)?;
        let text = match row.kind {
            _ if row.deleted => String::new(),
            kind::FILES | kind::CARD if row.body.is_empty() => self.without_words(id)?,
            _ => one_line(&self.spoken(chat, &row.body)?),
        };
        let notice = match &row.notice {
            Some(notice) => Some(self.notice(notice)?),
            None if row.kind == kind::NOTICE => Some(Notice::Imported { text: text.clone() }),
            None => None,
        };
        let sender = if row.mine || notice.is_some() {
            None
        } else {
            Some(self.name_in(chat, row.sender)?)
        };
        Ok(Preview {
            sender,
            text,
            is_poll: row.kind == kind::POLL && !row.deleted,
            is_card: row.kind == kind::CARD && !row.deleted,
            deleted: row.deleted,
            disappeared: row.disappeared,
            notice,
            tick: row.tick().filter(|_| brought_from(chat).is_none()),
            at: row.at,
        })
    }
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        id: row.get(0)?,
        kind: kind_of(row.get(1)?),
        peer: row.get::<_, Option<[u8; 16]>>(2)?.map(AccountId),
        title: row.get(3)?,
        picture: row.get(4)?,
        draft: row.get(5)?,
        muted: row.get(6)?,
        pinned: row.get(7)?,
        unread: row.get(8)?,
        settled: row.get(9)?,
        archived: row.get(10)?,
    })
}

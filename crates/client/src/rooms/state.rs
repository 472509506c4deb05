//! A room as it is held in memory, and the row that it is read from and written to.

use crate::Error;
use crate::directory::Doubt;
use crate::state::Cx;
use rusqlite::Connection;
use std::collections::BTreeMap;
use valise_wire::policy::RoomKind;
use valise_wire::request::ClaimedKeyPackage;
use valise_wire::{AccountId, OrganisationId, RoomId, Timestamp};

/// Where a room stands with its hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The hub does not have it yet.
    New = 0,
    /// This device is in it.
    Member = 1,
    /// This device is out of it.
    Out = 2,
}

/// A room in memory: its row, and what is only known here.
#[derive(Clone)]
pub(crate) struct RoomState {
    pub(crate) chat: String,
    pub(crate) kind: RoomKind,
    pub(crate) stage: Stage,
    pub(crate) cursor: u64,
    pub(crate) head: u64,
    pub(crate) chain: Option<[u8; 32]>,
    pub(crate) epoch: u64,
    pub(crate) people: u32,
    pub(crate) number: u64,
    pub(crate) frozen: bool,
    pub(crate) refused: bool,
    pub(crate) lost: bool,
    pub(crate) leaving: u8,
    pub(crate) fresh: bool,
    /// Whether the log had what this device sent and did not know.
    pub(crate) set_back: bool,
    /// The organisation on whose server it lives; none if it is one's own.
    pub(crate) hub: Option<OrganisationId>,
    /// Its rule about whose people are in it, as its policy says and as this device wants it.
    pub(crate) residency: Vec<String>,
    pub(crate) residency_wanted: Option<Vec<String>>,
    /// Event up to which the past has brought everything.
    pub(crate) past: u64,
    /// Memory only, from here on. Whether something was said of its end since the last look.
    pub(crate) told: bool,
    /// No reading before this.
    pub(crate) read_at: Timestamp,
    /// The same as that, while the echo of something is awaited that may come by itself.
    pub(crate) echo_at: Timestamp,
    /// No sending or changing before this.
    pub(crate) retry_at: Timestamp,
    /// A commit has to be made at this time.
    pub(crate) commit_at: Option<Timestamp>,
    /// Last event that was taken when the hub was last asked: an answer that knows of less is of a hub that lost something.
    /// One that knows of less than was taken since may only have been overtaken by a push.
    pub(crate) asked_from: u64,
    /// Where the room stood when this device asked to come back, and the epoch that this begins.
    pub(crate) rejoining: Option<(u64, [u8; 32], u64)>,
    /// The event that is looked at again.
    pub(crate) judged: Option<Doubt>,
    /// Whether the last event was refused for good: in a flood of them, not each is fetched twice.
    pub(crate) rubbish: bool,
    /// Key packages for a commit to come.
    pub(crate) claimed: Vec<ClaimedKeyPackage>,
    /// No look at the wishes before this, and how often that was put off.
    pub(crate) wishes_at: Timestamp,
    pub(crate) put_off: u32,
    /// Accounts that had no key package lately.
    pub(crate) unclaimed: Vec<AccountId>,
    pub(crate) has_outbox: bool,
    pub(crate) has_intents: bool,
    pub(crate) has_pending: bool,
    /// When collected receipts are to be sent.
    pub(crate) receipts_at: Option<Timestamp>,
    /// When a checkpoint is due if nothing happens until then.
    pub(crate) checkpoint_at: Option<Timestamp>,
    /// Failures of the hub in a row.
    pub(crate) failures: u32,
    /// Commits that the hub refused in a row, and whether that was given up.
    pub(crate) refusals: u32,
    pub(crate) stuck: bool,
    /// Whether nothing is known of it but that the account is in it: not written yet.
    pub(crate) blank: bool,
    /// Whether a person said to take the room as the hub has it now.
    pub(crate) accepted: bool,
}

impl RoomState {
    /// Makes the memory of a room that is new here.
    pub(crate) fn new(chat: String, kind: RoomKind, stage: Stage) -> Self {
        Self {
            chat,
            kind,
            stage,
            cursor: 0,
            head: 0,
            chain: None,
            epoch: 0,
            people: 1,
            number: 0,
            frozen: false,
            refused: false,
            lost: false,
            leaving: 0,
            fresh: false,
            set_back: false,
            hub: None,
            residency: Vec::new(),
            residency_wanted: None,
            past: 0,
            told: false,
            read_at: Timestamp(0),
            echo_at: Timestamp(0),
            retry_at: Timestamp(0),
            commit_at: None,
            asked_from: 0,
            rejoining: None,
            judged: None,
            rubbish: false,
            claimed: Vec::new(),
            wishes_at: Timestamp(0),
            put_off: 0,
            unclaimed: Vec::new(),
            has_outbox: false,
            has_intents: false,
            has_pending: false,
            receipts_at: None,
            checkpoint_at: None,
            failures: 0,
            refusals: 0,
            stuck: false,
            blank: false,
            accepted: false,
        }
    }

    /// Tells whether there are events to read.
    pub(crate) fn is_behind(&self) -> bool {
        self.stage == Stage::Member && self.head > self.cursor && !self.frozen
    }

    /// Tells whether its log is read on: also while this device cannot follow, to know what it comes back to.
    pub(crate) fn is_readable(&self) -> bool {
        self.stage == Stage::Member && !self.frozen
    }

    /// Lets a change that was given up be tried again, once.
    pub(crate) fn try_once_more(&mut self) {
        if std::mem::take(&mut self.stuck) {
            self.refusals = super::change::MOST_REFUSALS - 1;
            self.retry_at = Timestamp(0);
        }
    }

    /// Tells whether something can be done in it.
    pub(crate) fn is_usable(&self) -> bool {
        self.stage == Stage::Member && !self.frozen && !self.lost
    }
}

/// Reads the codes of a rule.
fn codes(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// Reads a room's kind.
pub(crate) fn kind_of(number: i64) -> RoomKind {
    match number {
        0 => RoomKind::Direct,
        1 => RoomKind::Group,
        2 => RoomKind::Announcement,
        _ => RoomKind::Request,
    }
}

/// Reads all rooms.
pub(crate) fn load(store: &Connection) -> Result<BTreeMap<RoomId, RoomState>, Error> {
    let mut query = store.prepare(
        "SELECT id, chat, kind, stage, cursor, head, chain, epoch, people, number, frozen, refused, lost, leaving, fresh,
            EXISTS (SELECT 1 FROM outbox WHERE outbox.chat = room.chat),
            EXISTS (SELECT 1 FROM intent WHERE intent.room = room.id),
            EXISTS (SELECT 1 FROM pending WHERE pending.room = room.id),
            EXISTS (SELECT 1 FROM receipt WHERE receipt.room = room.id),
            ifnull((SELECT seq FROM past WHERE past.room = room.id), 0), set_back, hub, residency,
            residency_wanted
         FROM room",
    )?;
    let rows = query.query_map([], |row| {
        let stage = match row.get::<_, i64>(3)? {
            0 => Stage::New,
            1 => Stage::Member,
            _ => Stage::Out,
        };
        let mut state = RoomState::new(row.get(1)?, kind_of(row.get(2)?), stage);
        state.cursor = row.get::<_, i64>(4)? as u64;
        state.head = row.get::<_, i64>(5)? as u64;
        state.chain = row.get(6)?;
        state.epoch = row.get::<_, i64>(7)? as u64;
        state.people = row.get(8)?;
        state.number = row.get::<_, i64>(9)? as u64;
        state.frozen = row.get(10)?;
        state.refused = row.get(11)?;
        state.lost = row.get(12)?;
        state.leaving = row.get(13)?;
        state.fresh = row.get(14)?;
        state.has_outbox = row.get(15)?;
        state.has_intents = row.get(16)?;
        state.has_pending = row.get(17)?;
        state.receipts_at = row.get::<_, bool>(18)?.then_some(Timestamp(0));
        state.past = row.get::<_, i64>(19)? as u64;
        state.set_back = row.get(20)?;
        state.hub = row.get::<_, Option<[u8; 32]>>(21)?.map(OrganisationId);
        state.residency = codes(&row.get::<_, String>(22)?);
        state.residency_wanted = row.get::<_, Option<String>>(23)?.as_deref().map(codes);
        state.checkpoint_at = state.fresh.then_some(Timestamp(0));
        // A proposal may wait in a room since before the restart.
        state.commit_at = (stage == Stage::Member).then_some(Timestamp(0));
        Ok((RoomId(row.get(0)?), state))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl Cx<'_> {
    /// Writes a room's row.
    pub(crate) fn save_room(&mut self, id: RoomId) -> Result<(), Error> {
        let room = self
            .state
            .rooms
            .get(&id)
            .ok_or(Error::Bug("a room is not known"))?;
        self.db
            .prepare_cached(
                "INSERT INTO room (id, chat, kind, stage, cursor, head, chain, epoch, people, number, frozen, refused, lost,
                    leaving, fresh, set_back, hub, residency, residency_wanted)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
                 ON CONFLICT (id) DO UPDATE SET chat = ?2, kind = ?3, stage = ?4, cursor = ?5, head = ?6, chain = ?7,
                    epoch = ?8, people = ?9, number = ?10, frozen = ?11, refused = ?12, lost = ?13, leaving = ?14, fresh = ?15,
                    set_back = ?16, hub = ?17, residency = ?18, residency_wanted = ?19",
            )?
            .execute(rusqlite::params![
                id.0,
                room.chat,
                room.kind as i64,
                room.stage as i64,
                room.cursor as i64,
                room.head as i64,
                room.chain,
                room.epoch as i64,
                room.people,
                room.number as i64,
                room.frozen,
                room.refused,
                room.lost,
                room.leaving,
                room.fresh,
                room.set_back,
                room.hub.map(|hub| hub.0),
                room.residency.join(" "),
                room.residency_wanted.as_ref().map(|codes| codes.join(" ")),
            ])?;
        let chat = room.chat.clone();
        self.state.dirty.chat(&chat);
        Ok(())
    }
}

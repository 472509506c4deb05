//! Making rooms.

use super::residency::rule_of;
use super::{RoomState, Stage, Wanted};
use crate::asked::{Got, Purpose, sort};
use crate::content::Meaning;
use crate::io::Failure;
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use valise_directory::residency::Accepts;
use valise_mls::Chain;
use valise_views::{ChatId, Outcome, PersonId, Trouble};
use valise_wire::policy::{RoomKind, RoomPolicy};
use valise_wire::push::EventKind;
use valise_wire::request::{CreateRoom, Reply, Request};
use valise_wire::{AccountId, ProblemCode, RoomId, from_bytes, to_bytes};

/// Version of the protocol that a new room asks for.
const FLOOR: u16 = valise_wire::PROTOCOL_VERSION;
/// Most bytes of a room's name.
const MAX_TITLE: usize = 200;

/// Returns the chat of a group's room.
pub(crate) fn group_key(room: RoomId) -> String {
    format!("g{room}")
}

/// Returns the chat with a person, whatever rooms it has.
pub(crate) fn direct_key(peer: AccountId) -> String {
    format!("d{peer}")
}

impl Cx<'_> {
    /// Opens the chat with a person, making it if there is none; its room is made with the first message.
    pub(crate) fn direct_chat(&mut self, peer: AccountId) -> Result<ChatId, Error> {
        let key = direct_key(peer);
        self.add_chat(&key, RoomKind::Direct, Some(peer), "")?;
        Ok(ChatId(key))
    }

    pub(crate) fn open_direct(&mut self, number: u64, person: &PersonId) -> Result<(), Error> {
        let peer =
            AccountId::from_hex(&person.0).filter(|peer| self.state.roll.account(*peer).is_some());
        let Some(peer) = peer else {
            return self.fail(number, Trouble::NotFound);
        };
        let is_new = !self.has_chat(&ChatId(direct_key(peer)))?;
        if let Some(trouble) = self.barred([peer], Accepts::Rooms).filter(|_| is_new) {
            return self.fail(number, trouble);
        }
        let chat = self.direct_chat(peer)?;
        self.outcome(number, Outcome::Chat(chat));
        Ok(())
    }

    pub(crate) fn create_group(
        &mut self,
        number: u64,
        title: &str,
        people: &[PersonId],
        announcement: bool,
        residency: Vec<String>,
    ) -> Result<(), Error> {
        let Some(title) = clean_title(title) else {
            return self.fail(number, Trouble::BadName);
        };
        let Some(people) = self.active_people(people) else {
            return self.fail(number, Trouble::NotFound);
        };
        if let Some(trouble) = self.barred(people.iter().copied(), Accepts::Rooms) {
            return self.fail(number, trouble);
        }
        let Some(residency) = rule_of(residency) else {
            return self.fail(number, Trouble::BadJurisdictions);
        };
        let home = self.state.roll.home.organisation_id();
        if let Some(trouble) = self.left_out_by(home, &residency, people.iter().copied()) {
            return self.fail(number, trouble);
        }
        let kind = if announcement {
            RoomKind::Announcement
        } else {
            RoomKind::Group
        };
        let me = self.account()?.account;
        let Some(room) = self.create_room(kind, vec![me], None, residency)? else {
            return self.fail(number, Trouble::Offline);
        };
        let chat = group_key(room);
        self.db.execute(
            "UPDATE chat SET title = ?2, profile_version = 1 WHERE id = ?1",
            (&chat, &title),
        )?;
        for person in people.into_iter().filter(|person| *person != me) {
            self.want(room, Wanted::Add(person))?;
        }
        self.outcome(number, Outcome::Chat(ChatId(chat)));
        Ok(())
    }

    /// Reads people; none if one of them is not active.
    pub(crate) fn active_people(&self, people: &[PersonId]) -> Option<Vec<AccountId>> {
        let account = |person: &PersonId| {
            AccountId::from_hex(&person.0).filter(|id| self.state.roll.is_active(*id))
        };
        people.iter().map(account).collect()
    }

    /// Makes a room with this device alone in it. `None` before the directory was read.
    pub(crate) fn create_room(
        &mut self,
        kind: RoomKind,
        mut owners: Vec<AccountId>,
        peer: Option<AccountId>,
        residency: Vec<String>,
    ) -> Result<Option<RoomId>, Error> {
        let account = self.account()?;
        let Some(hub_key) = self
            .state
            .roll
            .home
            .organisation()
            .map(|organisation| organisation.hub_key)
        else {
            return Ok(None);
        };
        owners.sort();
        owners.dedup();
        let id = RoomId(self.random());
        let policy = RoomPolicy {
            kind,
            organisation: account.organisation,
            owners,
            protocol_floor: FLOOR,
            links: Vec::new(),
            residency,
        };
        let suite = self.state.guards.suite;
        let desk = self.desk()?;
        let member = desk.member();
        let made = self.attempt(|| {
            let room = member.create(id, &policy, &hub_key, suite)?;
            Ok::<_, valise_mls::Error>((room.group_info()?, room.tree()?))
        })?;
        // Refused as long as the directory does not know this very device.
        let Ok((group_info, tree)) = made else {
            return Ok(None);
        };
        let key = peer.map_or_else(|| group_key(id), direct_key);
        self.add_chat(&key, kind, peer, "")?;
        let mut state = RoomState::new(key.clone(), kind, Stage::New);
        state.chain = Some(Chain::start(id).0);
        state.has_outbox = true;
        self.state.rooms.insert(id, state);
        self.save_room(id)?;
        self.keep_chain(id, EventKind::Commit)?;
        let request: Request = CreateRoom {
            room: id,
            group_info: group_info.into(),
            tree: tree.into(),
        }
        .into();
        self.db.execute(
            "UPDATE room SET creation = ?2 WHERE id = ?1",
            (id.0, to_bytes(&request)),
        )?;
        self.set_members(id, &policy, [account.account])?;
        for device in self.other_devices() {
            self.want(id, Wanted::Device(device))?;
        }
        if peer.is_none() {
            let created = super::notice::Stored::Created(account.account);
            self.add_notice(&key, Some(id), account.account, &created)?;
        }
        Ok(Some(id))
    }

    pub(super) fn advance_creation(&mut self, id: RoomId, room: &RoomState) -> Result<(), Error> {
        let asking = self
            .is_asking(|purpose| matches!(purpose, Purpose::CreateRoom { room } if *room == id));
        if asking || !self.is_due(room.retry_at) {
            return Ok(());
        }
        let bytes: Vec<u8> =
            self.db
                .query_row("SELECT creation FROM room WHERE id = ?1", [id.0], |row| {
                    row.get(0)
                })?;
        let request: Request =
            from_bytes(&bytes).map_err(|_| Error::Bug("a stored request cannot be read"))?;
        self.ask_home(Purpose::CreateRoom { room: id }, request)
    }

    pub(crate) fn took_created(
        &mut self,
        id: RoomId,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, |reply| {
            matches!(reply, Reply::Done(_)).then_some(())
        });
        match picked {
            Got::Reply(()) => {
                self.room(id)?.stage = Stage::Member;
                self.save_room(id)?;
                self.db
                    .execute("UPDATE room SET creation = NULL WHERE id = ?1", [id.0])?;
                Ok(())
            }
            Got::Refused(problem) if problem.code == ProblemCode::Conflict => {
                self.server_misbehaved(ServerMisbehaved::WrongReply)?;
                self.room_failed(id, Some(30_000))
            }
            Got::Refused(problem) => self.room_failed(id, problem.retry_after_ms),
            Got::Offline | Got::Wrong => self.room_failed(id, None),
        }
    }

    /// Makes the room of a direct chat in which something waits and which has none.
    pub(super) fn advance_new_chats(&mut self) -> Result<(), Error> {
        if self.state.roll.home.head().position < self.state.line.directory_head {
            return Ok(());
        }
        let db = self.db;
        let mut query = db.prepare_cached(
            // Each chat that has something to send is found by one look into the index, however much it has.
            "WITH RECURSIVE busy (chat) AS (
               SELECT min(chat) FROM outbox WHERE ready = 1
               UNION ALL SELECT (SELECT min(chat) FROM outbox WHERE ready = 1 AND chat > busy.chat) FROM busy WHERE chat IS NOT NULL)
             SELECT chat.peer FROM busy JOIN chat ON chat.id = busy.chat
             WHERE chat.peer IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM room WHERE room.chat = chat.id AND room.stage < 2 AND (room.frozen = 0 OR chat.peer = ?1))",
        )?;
        // What devices tell each other waits where the room of one's own is closed: going on is for the person to say.
        let me = self.account()?.account;
        let peers = query.query_map([me.0], |row| row.get(0).map(AccountId))?;
        let peers: Vec<AccountId> = peers.collect::<Result<_, _>>()?;
        let roll = self.state.roll.clone();
        for peer in peers.into_iter().filter(|peer| roll.is_active(*peer)) {
            let room =
                self.create_room(RoomKind::Direct, vec![me, peer], Some(peer), Vec::new())?;
            if let Some(room) = room.filter(|_| peer != me) {
                self.want(room, Wanted::Add(peer))?;
            }
        }
        Ok(())
    }

    /// Says in the room what it is called: after a change, and whenever somebody came who cannot read it.
    pub(crate) fn post_profile(&mut self, id: RoomId) -> Result<(), Error> {
        let room = self.room(id)?;
        if room.kind == RoomKind::Direct {
            return Ok(());
        }
        let chat = room.chat.clone();
        let (version, title, picture) = self.db.query_row(
            "SELECT profile_version, title, picture FROM chat WHERE id = ?1",
            [&chat],
            |row| Ok((row.get::<_, i64>(0)? as u64, row.get(1)?, row.get(2)?)),
        )?;
        if version == 0 {
            return Ok(());
        }
        self.post(
            &chat,
            Some(id),
            &Meaning::RoomProfile {
                version,
                title,
                picture,
            },
        )
    }
}

/// Returns a name without characters that deceive.
pub(crate) fn clean_title(title: &str) -> Option<String> {
    let title = title.trim();
    let deceives = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    (!title.is_empty() && title.len() <= MAX_TITLE && !title.chars().any(deceives))
        .then(|| title.to_owned())
}

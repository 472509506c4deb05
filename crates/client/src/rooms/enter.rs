//! Coming into a group by a link. Nobody has to be there: the device makes the commit itself, and shows in it that it holds the link.

use super::{RoomState, Stage, clean_title, group_key};
use crate::account::Secret;
use crate::asked::{Got, Purpose, sort};
use crate::content::Timer;
use crate::io::Failure;
use crate::state::Cx;
use crate::store::Setting;
use crate::{Error, ServerMisbehaved};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use valise_directory::link::GroupLink;
use valise_directory::room_link::{LinkSecret, RoomCard};
use valise_mls::{Breach, LinkKey, RoomView, Rule};
use valise_views::link::GroupPreview;
use valise_views::{ChatId, Outcome, Trouble};
use valise_wire::policy::{LeafIdentity, RoomKind, RoomLink, RoomPolicy};
use valise_wire::request::{Commit, GetGroupByLink, GroupState, JoinByLink, Reply, Request};
use valise_wire::{AccountId, ProblemCode, RoomId, Timestamp, record};

/// Tries after which a state that does not fit the directory is not tried again.
const TRIES: u32 = 6;

record! {
    /// A link by which this device comes into a room.
    pub struct Entrance {
        /// Into which.
        pub room: RoomId,
        /// What stands in the link.
        pub secret: Secret,
    }
}

/// What is known in memory of rooms that this device comes into.
#[derive(Default)]
pub(crate) struct Entering {
    entrances: BTreeMap<RoomId, Secret>,
    /// Commands that wait for it.
    asked: BTreeMap<RoomId, Vec<u64>>,
}

impl Entering {
    /// Reads it from the store.
    pub(crate) fn load(store: &Connection) -> Result<Self, Error> {
        let stored: Option<Vec<Entrance>> = Setting::Entering.get(store)?;
        let entrances = stored.unwrap_or_default().into_iter();
        Ok(Self {
            entrances: entrances
                .map(|entrance| (entrance.room, entrance.secret))
                .collect(),
            asked: BTreeMap::new(),
        })
    }
}

/// Goes on coming into rooms after a restart: nothing is stored of them until this device is in.
pub(crate) fn resume_entering(entering: &Entering, rooms: &mut BTreeMap<RoomId, RoomState>) {
    for id in entering.entrances.keys() {
        stand_before(*id, rooms);
    }
}

/// Makes a room one that is taken as the hub has it.
fn stand_before(id: RoomId, rooms: &mut BTreeMap<RoomId, RoomState>) {
    let room = rooms.entry(id).or_insert_with(|| {
        let mut room = RoomState::new(group_key(id), RoomKind::Group, Stage::Member);
        room.blank = true;
        room
    });
    room.stage = Stage::Member;
    (room.lost, room.accepted) = (true, true);
    (room.frozen, room.refused) = (false, false);
    room.failures = 0;
    room.retry_at = Timestamp(0);
}

impl Cx<'_> {
    /// Looks at a group before one is in it.
    pub(crate) fn inspect_group(&mut self, number: u64, link: &str) -> Result<(), Error> {
        let link = match self.own_group_link(link)? {
            Ok(link) => link,
            Err(trouble) => return self.fail(number, trouble),
        };
        let request = self.look_request(link.room, &link.secret)?;
        let link = Box::new(link);
        self.ask_home(Purpose::LookByLink { number, link }, request)
    }

    /// Comes into a group; the command is answered once this device is in it.
    pub(crate) fn join_group(&mut self, number: u64, link: &str) -> Result<(), Error> {
        let link = match self.own_group_link(link)? {
            Ok(link) => link,
            Err(trouble) => return self.fail(number, trouble),
        };
        let known = self.state.rooms.get(&link.room);
        let entering = self.state.entering.entrances.contains_key(&link.room);
        if let Some(room) = known.filter(|room| room.stage != Stage::Out && !entering) {
            let chat = ChatId(room.chat.clone());
            self.outcome(number, Outcome::Chat(chat));
            return Ok(());
        }
        let asked = self.state.entering.asked.entry(link.room).or_default();
        asked.push(number);
        if entering {
            return Ok(());
        }
        let secret = Secret(*link.secret.to_bytes());
        self.state.entering.entrances.insert(link.room, secret);
        self.save_entering()?;
        stand_before(link.room, &mut self.state.rooms);
        Ok(())
    }

    /// Reads a link into a group of one's own organisation.
    fn own_group_link(&self, link: &str) -> Result<Result<GroupLink, Trouble>, Error> {
        let Ok(link) = GroupLink::parse(link) else {
            return Ok(Err(Trouble::BadLink));
        };
        if link.origin != self.account()?.origin {
            return Ok(Err(Trouble::OtherOrganisation));
        }
        Ok(Ok(link))
    }

    fn look_request(&self, room: RoomId, secret: &LinkSecret) -> Result<GetGroupByLink, Error> {
        let account = self.account()?;
        let who = LeafIdentity {
            account: account.account,
            device: account.device,
        };
        let key = LinkKey::from_seed(&secret.key_seed());
        Ok(GetGroupByLink {
            room,
            link: key.public(),
            signature: key.look(room, &who),
        })
    }

    /// Shows what a link leads into.
    pub(crate) fn took_look(
        &mut self,
        number: u64,
        link: &GroupLink,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let state = match sort(result, group) {
            Got::Reply(state) => state,
            Got::Refused(problem) if problem.code == ProblemCode::Refused => {
                return self.fail(number, Trouble::GroupLinkOver);
            }
            Got::Refused(_) | Got::Offline => return self.fail(number, Trouble::Offline),
            Got::Wrong => return self.fail(number, Trouble::ServerMisbehaved),
        };
        let seen = match self.judge_look(link.room, &state)? {
            Ok(seen) => seen,
            Err(trouble) => return self.fail(number, trouble),
        };
        match self.led_to(link, &seen)? {
            Some(preview) => self.outcome(number, Outcome::Group(Box::new(preview))),
            None => self.fail(number, Trouble::GroupLinkOver)?,
        }
        Ok(())
    }

    fn judge_look(
        &mut self,
        room: RoomId,
        state: &GroupState,
    ) -> Result<Result<RoomView, Trouble>, Error> {
        let desk = self.desk()?;
        match desk.member().look(room, &state.group_info, &state.tree) {
            Ok(seen) => Ok(Ok(seen)),
            Err(error) if error.breach().is_some_and(Breach::asks_directory) => {
                self.reread_directory()?;
                Ok(Err(Trouble::Offline))
            }
            Err(_) => {
                self.server_misbehaved(ServerMisbehaved::BadKeys)?;
                Ok(Err(Trouble::ServerMisbehaved))
            }
        }
    }

    /// Says what a link leads into; none if the room has no such link.
    fn led_to(&self, link: &GroupLink, seen: &RoomView) -> Result<Option<GroupPreview>, Error> {
        let Some((stands, card)) = self.read_card(link.room, &link.secret, &seen.policy)? else {
            return Ok(None);
        };
        let leaves = seen.leaves.iter();
        let people: BTreeSet<AccountId> = leaves.map(|leaf| leaf.identity.account).collect();
        let me = self.account()?.account;
        let room = self.state.rooms.get(&link.room);
        let chat = room.filter(|_| people.contains(&me));
        Ok(Some(GroupPreview {
            title: clean_title(&card.title).unwrap_or_default(),
            by: self.state.roll.name(card.by),
            people: people.len() as u32,
            announcement: seen.policy.kind == RoomKind::Announcement,
            disappears_after: card.lasts,
            until: stands.not_after.map(|end| end.0),
            chat: chat.map(|room| ChatId(room.chat.clone())),
        }))
    }

    /// Finds a link in a policy, and opens its card.
    fn read_card(
        &self,
        room: RoomId,
        secret: &LinkSecret,
        policy: &RoomPolicy,
    ) -> Result<Option<(RoomLink, RoomCard)>, Error> {
        let key = LinkKey::from_seed(&secret.key_seed()).public();
        let link = policy.links.iter().find(|link| link.key == key);
        let organisation = self.account()?.organisation;
        Ok(link.and_then(|link| {
            let card = secret.open_card(organisation, room, &link.card).ok()?;
            Some((link.clone(), card))
        }))
    }

    /// Returns the secret of the link by which this device comes into a room, if it does.
    pub(super) fn entrance(&self, room: RoomId) -> Option<LinkSecret> {
        let secret = self.state.entering.entrances.get(&room)?;
        Some(LinkSecret::from_bytes(&secret.0))
    }

    /// Asks for the state of a room to come into.
    pub(super) fn ask_to_enter(&mut self, id: RoomId, secret: &LinkSecret) -> Result<(), Error> {
        let request = self.look_request(id, secret)?;
        self.ask_home(Purpose::Group { room: id }, request)
    }

    /// Comes into a room as the hub has it. Nothing of it is shown before the hub took the commit.
    pub(super) fn make_entrance(
        &mut self,
        id: RoomId,
        secret: &LinkSecret,
        state: &GroupState,
    ) -> Result<(), Error> {
        let key = LinkKey::from_seed(&secret.key_seed());
        let desk = self.desk()?;
        let member = desk.member();
        let made = self.attempt(|| {
            let (room, made) = member.join_by_link(id, &state.group_info, &state.tree, &key)?;
            Ok::<_, valise_mls::Error>((room.epoch(), made))
        })?;
        let (epoch, made) = match made {
            Ok(made) => made,
            Err(error) => return self.entrance_is_impossible(id, &error),
        };
        let shown = self.look_request(id, secret)?;
        self.room(id)?.rejoining = Some((state.seq, state.chain, epoch));
        let digest = valise_mls::chain::digest(&made.commit);
        let commit = Commit {
            room: id,
            transaction: valise_wire::TransactionId(self.random()),
            epoch: made.epoch,
            commit: made.commit.into(),
            group_info: made.group_info.into(),
            welcome: None,
        };
        let request: Request = JoinByLink { shown, commit }.into();
        self.store_change(id, request, digest, true)
    }

    /// The link went between two answers, or the directory is behind, or the hub shows what is none.
    fn entrance_is_impossible(
        &mut self,
        id: RoomId,
        error: &valise_mls::Error,
    ) -> Result<(), Error> {
        let breach = error.breach();
        if breach.is_some_and(|breach| matches!(breach.rule, Rule::ShownLink | Rule::Newcomer)) {
            return self.cannot_enter(id, Trouble::GroupLinkOver);
        }
        let may_be_behind = breach.is_some_and(Breach::asks_directory);
        if may_be_behind && self.room(id)?.failures < TRIES {
            self.reread_directory()?;
            return self.room_failed(id, Some(500));
        }
        self.server_misbehaved(ServerMisbehaved::BadKeys)?;
        self.cannot_enter(id, Trouble::ServerMisbehaved)
    }

    /// Gives a link up, and everything as it was before.
    pub(super) fn cannot_enter(&mut self, id: RoomId, trouble: Trouble) -> Result<(), Error> {
        self.forget_change(id)?;
        if self.room(id)?.blank {
            let desk = self.desk()?;
            desk.member()
                .forget(id)
                .map_err(|_| Error::Bug("a room cannot be forgotten"))?;
            self.state.rooms.remove(&id);
        } else {
            self.left(id)?;
        }
        for number in self.forget_entrance(id)? {
            self.fail(number, trouble)?;
        }
        Ok(())
    }

    /// This device is in: the room gets its chat, with what the card says until an owner says more.
    pub(super) fn settle_in(&mut self, id: RoomId, secret: &LinkSecret) -> Result<(), Error> {
        let desk = self.desk()?;
        let Ok(Some(room)) = desk.member().load(id) else {
            return Err(Error::Bug("a room that was come into is not there"));
        };
        let policy = room.policy().clone();
        let roster = room
            .roster()
            .map_err(|_| Error::Bug("a room without members"))?;
        if self.room(id)?.blank {
            self.name_room(id, &policy)?;
        }
        let people: BTreeSet<AccountId> = roster.iter().map(|leaf| leaf.identity.account).collect();
        self.set_members(id, &policy, people)?;
        let chat = self.room(id)?.chat.clone();
        if let Some((_, card)) = self.read_card(id, secret, &policy)? {
            self.take_card(&chat, &card)?;
        }
        for device in self.other_devices() {
            if !roster.iter().any(|leaf| leaf.identity.device == device) {
                self.bring_in(id, device, 0)?;
            }
        }
        for number in self.forget_entrance(id)? {
            self.outcome(number, Outcome::Chat(ChatId(chat.clone())));
        }
        Ok(())
    }

    fn take_card(&mut self, chat: &str, card: &RoomCard) -> Result<(), Error> {
        if let (Some(title), Ok(version)) = (clean_title(&card.title), i64::try_from(card.version))
        {
            self.db.execute(
                "UPDATE chat SET title = ?2, profile_version = ?3 WHERE id = ?1 AND profile_version < ?3",
                (chat, title, version),
            )?;
        }
        if Timer::is_fit(card.lasts) && card.lasts_version <= i64::MAX as u64 {
            let timer = Timer {
                version: card.lasts_version,
                seconds: card.lasts,
            };
            self.keep_newer_timer(chat, timer, card.by)?;
        }
        Ok(())
    }

    fn forget_entrance(&mut self, id: RoomId) -> Result<Vec<u64>, Error> {
        self.state.entering.entrances.remove(&id);
        self.save_entering()?;
        Ok(self.state.entering.asked.remove(&id).unwrap_or_default())
    }

    fn save_entering(&mut self) -> Result<(), Error> {
        let entrances = &self.state.entering.entrances;
        if entrances.is_empty() {
            return Setting::Entering.clear(self.db);
        }
        let stored: Vec<Entrance> = entrances
            .iter()
            .map(|(room, secret)| Entrance {
                room: *room,
                secret: secret.clone(),
            })
            .collect();
        Setting::Entering.set(self.db, &stored)
    }
}

fn group(reply: Reply) -> Option<GroupState> {
    match reply {
        Reply::Group(state) => Some(state),
        _ => None,
    }
}

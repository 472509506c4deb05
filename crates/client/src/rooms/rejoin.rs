//! Coming back into a room that cannot be followed any more: by an external commit, which removes this device's own old leaf.

use super::{RoomState, Stage};
use crate::alarm;
use crate::asked::{Got, Purpose, sort};
use crate::guard::Guard;
use crate::io::Failure;
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use std::collections::BTreeSet;
use valise_mls::chain::digest;
use valise_views::{ChatId, Outcome, Trouble};
use valise_wire::policy::RoomKind;
use valise_wire::push::EventKind;
use valise_wire::request::{Commit, GetGroupInfo, GroupState, Reply};
use valise_wire::{AccountId, ProblemCode, RoomId, Timestamp, TransactionId};

impl Cx<'_> {
    pub(super) fn advance_rejoin(&mut self, id: RoomId, room: &RoomState) -> Result<(), Error> {
        let asking = self.is_asking(|purpose| match purpose {
            Purpose::Group { room } | Purpose::Change { room } => *room == id,
            _ => false,
        });
        if !asking && self.is_due(room.retry_at) {
            if let Some(secret) = self.entrance(id) {
                return self.ask_to_enter(id, &secret);
            }
            self.ask_home(Purpose::Group { room: id }, GetGroupInfo { room: id })?;
        }
        Ok(())
    }

    pub(crate) fn took_group(
        &mut self,
        id: RoomId,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, group);
        match picked {
            Got::Reply(state) => self.come_back(id, state),
            Got::Refused(problem)
                if problem.code == ProblemCode::Refused && self.entrance(id).is_some() =>
            {
                self.cannot_enter(id, Trouble::GroupLinkOver)
            }
            // Not in the room any more: somebody removed this device meanwhile.
            Got::Refused(problem) if problem.code == ProblemCode::Refused => {
                if self.room(id)?.blank {
                    self.state.rooms.remove(&id);
                    return Ok(());
                }
                self.left(id)
            }
            Got::Refused(problem) => self.room_failed(id, problem.retry_after_ms),
            Got::Offline | Got::Wrong => self.room_failed(id, None),
        }
    }

    fn come_back(&mut self, id: RoomId, state: GroupState) -> Result<(), Error> {
        let room = self.room(id)?;
        if !room.lost {
            return Ok(());
        }
        if state.room != id {
            self.server_misbehaved(ServerMisbehaved::WrongReply)?;
            return self.room_failed(id, Some(30_000));
        }
        if state.seq > room.cursor && !room.accepted {
            // The room moved on meanwhile: what leads to this state is read first.
            room.head = room.head.max(state.seq);
            return self.room_failed(id, None);
        }
        if !self.continues(id, &state)? {
            let chat = self.room(id)?.chat.clone();
            self.alarm(alarm::Kind::Forked, Some(&chat))?;
            return self.freeze(id);
        }
        match self.entrance(id) {
            Some(secret) => self.make_entrance(id, &secret, &state),
            None => self.make_return(id, state),
        }
    }

    /// Tells whether the hub's state stands where this device's own log has the same past.
    fn continues(&mut self, id: RoomId, state: &GroupState) -> Result<bool, Error> {
        if !self.keeps(Guard::Continues) || self.room(id)?.accepted {
            return Ok(true);
        }
        Ok(self.chain_at(id, state.seq)? == Some(state.chain))
    }

    fn make_return(&mut self, id: RoomId, state: GroupState) -> Result<(), Error> {
        let room = self.room(id)?;
        let accepted = room.accepted;
        let at_least = if accepted { 0 } else { room.epoch };
        let terms = self.terms(id)?;
        let anything = accepted || !self.keeps(Guard::SameTerms);
        let desk = self.desk()?;
        let member = desk.member();
        let made = self.attempt(|| -> Result<_, Option<valise_mls::Error>> {
            let (room, back) = member
                .rejoin(id, &state.group_info, &state.tree, at_least)
                .map_err(Some)?;
            let found = Terms::of(&room).map_err(Some)?;
            if anything || terms.allow(&found) {
                Ok((back, room.policy().clone(), found.people, room.epoch()))
            } else {
                Err(None)
            }
        })?;
        let (back, policy, people, epoch) = match made {
            Ok(made) => made,
            // Somebody is in it or rules it whom no commit that could be checked let in: a person has to say so.
            Err(None) => return self.freeze(id),
            Err(Some(_)) => {
                self.server_misbehaved(ServerMisbehaved::BadKeys)?;
                self.reread_directory()?;
                return self.room_failed(id, Some(5_000));
            }
        };
        let digest = digest(&back.commit);
        let request = Commit {
            room: id,
            transaction: TransactionId(self.random()),
            epoch: back.epoch,
            commit: back.commit.into(),
            group_info: back.group_info.into(),
            welcome: None,
        };
        if self.room(id)?.blank {
            self.name_room(id, &policy)?;
        }
        self.set_members(id, &policy, people)?;
        self.room(id)?.rejoining = Some((state.seq, state.chain, epoch));
        self.store_change(id, request.into(), digest, true)
    }

    /// Reads under which terms this device last knew a room.
    fn terms(&mut self, id: RoomId) -> Result<Terms, Error> {
        let kind = self.room(id)?.kind;
        let mut query = self
            .db
            .prepare_cached("SELECT account, owner FROM member WHERE room = ?1")?;
        let rows = query.query_map([id.0], |row| {
            Ok((AccountId(row.get(0)?), row.get::<_, bool>(1)?))
        })?;
        let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
        let links = self.known_links(id)?.into_iter().collect();
        let residency = self.room(id)?.residency.clone();
        let owners = rows.iter().filter(|(_, owner)| *owner);
        Ok(Terms {
            kind,
            owners: owners.map(|(account, _)| *account).collect(),
            links,
            residency,
            people: rows.iter().map(|(account, _)| *account).collect(),
        })
    }

    /// The hub answered the commit that comes back.
    pub(super) fn came_back(
        &mut self,
        id: RoomId,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::Accepted(accepted) => Some(accepted),
            _ => None,
        });
        let pending = self.pending_digest(id)?;
        let rejoining = self.room(id)?.rejoining.take();
        self.forget_change(id)?;
        match (picked, rejoining) {
            (Got::Reply(accepted), Some((seq, chain, epoch)))
                if pending == Some(accepted.digest) && accepted.seq > seq =>
            {
                self.is_back(id, (seq, chain), epoch, accepted.seq)
            }
            // Nothing is kept of the try: it begins again with a newer state.
            _ => self.room_failed(id, None),
        }
    }

    /// Is in the room again. What came since the state, and the commit itself, is read and passed by: it is of epochs that
    /// are over, and makes the chain.
    fn is_back(
        &mut self,
        id: RoomId,
        (seq, chain): (u64, [u8; 32]),
        epoch: u64,
        own: u64,
    ) -> Result<(), Error> {
        let accepted = std::mem::take(&mut self.room(id)?.accepted);
        let renewed = self.state.renewals.is_returning();
        let entrance = self.entrance(id);
        if let Some(secret) = &entrance {
            self.settle_in(id, secret)?;
        }
        if accepted && (renewed || entrance.is_some() || self.state.backup.is_returning()) {
            self.begin_log_anew(id, own)?;
        } else if accepted {
            self.begin_log(id, seq, chain)?;
        }
        let room = self.room(id)?;
        room.lost = false;
        room.refused = false;
        room.stage = Stage::Member;
        room.head = room.head.max(own);
        room.epoch = epoch;
        room.failures = 0;
        room.has_outbox = true;
        let chat = room.chat.clone();
        self.save_room(id)?;
        self.db
            .execute("DELETE FROM sender WHERE room = ?1", [id.0])?;
        // What was encrypted for the old state and not seen in the log is encrypted anew.
        self.unseal_outbox(id)?;
        if self.is_own(&chat) && !self.is_listed(&chat)? {
            return Ok(());
        }
        let me = self.account()?.account;
        let notice = match self.own_renewal() {
            _ if entrance.is_some() => super::notice::Stored::CameByLink(me),
            Some(registrars) if renewed => super::notice::Stored::Renewed(me, registrars),
            _ => super::notice::Stored::CameBack,
        };
        self.add_notice(&chat, Some(id), me, &notice)
    }

    /// Begins to follow the hub's log at a number, whatever was known before.
    fn begin_log(&mut self, id: RoomId, seq: u64, chain: [u8; 32]) -> Result<(), Error> {
        self.db.execute("DELETE FROM log WHERE room = ?1", [id.0])?;
        let room = self.room(id)?;
        (room.cursor, room.head, room.chain) = (seq, seq, Some(chain));
        self.keep_chain(id, EventKind::Commit)
    }

    /// Begins to follow the hub's log at this device's own commit: a device that is new in the room gets nothing from before it. The
    /// chain there is asked for.
    fn begin_log_anew(&mut self, id: RoomId, own: u64) -> Result<(), Error> {
        self.db.execute("DELETE FROM log WHERE room = ?1", [id.0])?;
        let room = self.room(id)?;
        (room.cursor, room.head, room.chain) = (own, own, None);
        self.ask_home(Purpose::Chain { room: id }, GetGroupInfo { room: id })
    }

    /// Takes the chain as it is at the commit by which this device came in, unless something came behind it already: a chain that
    /// does not begin there is no use.
    pub(crate) fn took_chain(
        &mut self,
        id: RoomId,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, group);
        let Got::Reply(state) = picked else {
            return Ok(());
        };
        let room = self.room(id)?;
        if state.room != id || room.chain.is_some() || room.cursor != state.seq {
            return Ok(());
        }
        room.chain = Some(state.chain);
        self.save_room(id)?;
        self.keep_chain(id, EventKind::Commit)
    }

    /// Goes on in a chat that was closed: comes back into its room as the hub has it now.
    pub(crate) fn reopen(&mut self, number: u64, chat: &ChatId) -> Result<(), Error> {
        let closed: Vec<RoomId> = self
            .state
            .rooms
            .iter()
            .filter(|(_, room)| room.chat == chat.0 && room.is_member())
            .filter(|(_, room)| room.frozen || room.lost)
            .map(|(id, _)| *id)
            .collect();
        if closed.is_empty() {
            return self.fail(number, Trouble::NotFound);
        }
        for id in closed {
            let room = self.room(id)?;
            room.frozen = false;
            room.lost = true;
            room.accepted = true;
            (room.head, room.retry_at) = (room.cursor, Timestamp(0));
            self.save_room(id)?;
        }
        self.settle_alarm(alarm::Kind::Closed, &chat.0)?;
        self.outcome(number, Outcome::Done);
        Ok(())
    }
}

fn group(reply: Reply) -> Option<GroupState> {
    match reply {
        Reply::Group(state) => Some(state),
        _ => None,
    }
}

/// Who is in a room, and under what rules.
struct Terms {
    kind: RoomKind,
    owners: BTreeSet<AccountId>,
    /// Keys of links: whoever holds one can come in.
    links: BTreeSet<[u8; 32]>,
    /// The rule about whose people are in it.
    residency: Vec<String>,
    people: BTreeSet<AccountId>,
}

impl Terms {
    fn of(room: &valise_mls::Room<'_>) -> Result<Self, valise_mls::Error> {
        let people = room
            .roster()?
            .iter()
            .map(|leaf| leaf.identity.account)
            .collect();
        let policy = room.policy();
        Ok(Self {
            kind: policy.kind,
            owners: policy.owners.iter().copied().collect(),
            links: policy.links.iter().map(|link| link.key).collect(),
            residency: policy.residency.clone(),
            people,
        })
    }

    /// Tells whether a state that could not be followed gives nobody more than he had.
    fn allow(&self, found: &Self) -> bool {
        self.kind == found.kind
            && found.owners.is_subset(&self.owners)
            && found.links.is_subset(&self.links)
            && found.people.is_subset(&self.people)
            && !valise_mls::rules::is_narrower(&self.residency, &found.residency)
    }
}

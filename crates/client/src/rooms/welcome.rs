//! Being added to a room.

use super::{RoomState, Stage, direct_key, group_key};
use crate::asked::{Got, Purpose, sort};
use crate::guard::Guard;
use crate::io::Failure;
use crate::state::Cx;
use crate::store::Setting;
use crate::{Error, ServerMisbehaved};
use rusqlite::OptionalExtension as _;
use std::collections::BTreeSet;
use valise_mls::Rule;
use valise_mls::error::Misdeed;
use valise_wire::policy::{LeafIdentity, RoomKind, RoomPolicy};
use valise_wire::push::EventKind;
use valise_wire::request::{ClearInbox, InboxItem, ReadInbox, Reply};
use valise_wire::{AccountId, RoomId};

/// Time that whoever added this device has to add the account's others, too.
const SETTLE_MILLIS: u64 = 5_000;

impl Cx<'_> {
    pub(crate) fn advance_inbox(&mut self) -> Result<(), Error> {
        let have = self.inbox_position()?;
        let told = self.state.line.inbox_head;
        let retry_at = self.state.line.inbox_retry_at;
        if have < told && !self.is_reading_inbox() && self.is_due(retry_at) {
            self.ask_home(Purpose::Inbox { told }, ReadInbox { after: have })?;
        }
        Ok(())
    }

    pub(crate) fn is_reading_inbox(&self) -> bool {
        self.is_asking(|purpose| matches!(purpose, Purpose::Inbox { .. }))
    }

    fn inbox_position(&self) -> Result<u64, Error> {
        Ok(Setting::Inbox.get(self.db)?.unwrap_or(0))
    }

    pub(crate) fn took_inbox(
        &mut self,
        told: u64,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::Inbox(page) => Some(page),
            _ => None,
        });
        let Got::Reply(page) = picked else {
            self.state.line.inbox_retry_at = self.now.plus_millis(2_000);
            return Ok(());
        };
        let mut have = self.inbox_position()?;
        let before = have;
        for item in page.items {
            if item.position <= have {
                continue;
            }
            let position = item.position;
            if !self.welcome(item)? {
                break;
            }
            have = position;
            Setting::Inbox.set(self.db, &have)?;
        }
        if have > before {
            self.ask_home(Purpose::ClearInbox, ClearInbox { up_to: have })?;
        } else {
            self.state.line.inbox_retry_at = self.now.plus_millis(1_000);
        }
        // Told of more than there is: nothing is waited for. What was told meanwhile is not in the page's word.
        let head = &mut self.state.line.inbox_head;
        if *head == told {
            *head = page.head;
        }
        Ok(())
    }

    /// Joins a room. Tells whether the welcome is dealt with; otherwise it is looked at again.
    fn welcome(&mut self, item: InboxItem) -> Result<bool, Error> {
        if self.waits_for_the_log(&item) {
            return Ok(false);
        }
        let known = self.state.rooms.get(&item.room);
        let replace = known.is_some_and(|room| room.lost || room.stage == Stage::Out);
        let replace = replace || !self.keeps(Guard::ActiveRoom);
        if known.is_some() && !replace {
            self.server_misbehaved(ServerMisbehaved::BadKeys)?;
            return Ok(true);
        }
        let desk = self.desk()?;
        let member = desk.member();
        let joined = self.attempt(|| {
            let invitation = member.open_welcome(&item.welcome, replace)?;
            if invitation.room() != item.room && self.keeps(Guard::WelcomedRoom) {
                return Err(valise_mls::Error::Misuse("a welcome into another room"));
            }
            let (inviter, policy) = (invitation.inviter().account, invitation.policy().clone());
            let leaves: Vec<LeafIdentity> = invitation
                .roster()
                .iter()
                .map(|leaf| leaf.identity.clone())
                .collect();
            let room = invitation.join()?;
            Ok((inviter, policy, leaves, room.epoch()))
        })?;
        match joined {
            Ok((inviter, policy, leaves, epoch)) => {
                self.came_in(&item, &policy, epoch)?;
                let accounts: BTreeSet<AccountId> =
                    leaves.iter().map(|leaf| leaf.account).collect();
                self.set_members(item.room, &policy, accounts)?;
                for device in self.other_devices() {
                    if !leaves.iter().any(|leaf| leaf.device == device) {
                        self.bring_in(item.room, device, SETTLE_MILLIS)?;
                    }
                }
                self.say_came_in(item.room, inviter)?;
                Ok(true)
            }
            Err(valise_mls::Error::MemberMisbehaved(Misdeed::Breach(breach)))
                if breach.rule == Rule::KnownDevice =>
            {
                let former = self.state.line.judged_inbox;
                self.state.line.judged_inbox = self.doubt(former, item.position, true)?;
                match self.state.line.judged_inbox {
                    Some(_) => Ok(false),
                    None => self
                        .server_misbehaved(ServerMisbehaved::BadKeys)
                        .map(|()| true),
                }
            }
            // A key package that was used or forgotten, or keys of nobody: whoever added this device will see that
            // nothing comes of it, and this device comes in by itself if the room lists it.
            Err(_) => {
                self.server_misbehaved(ServerMisbehaved::BadKeys)?;
                Ok(true)
            }
        }
    }

    /// Tells whether a welcome has to wait: who was taken out of a room and added again while away reads in its log first that
    /// he went. A hub whose log ends before the welcome gets no second chance.
    fn waits_for_the_log(&mut self, item: &InboxItem) -> bool {
        let now = self.now;
        let is_new = self.state.line.awaited_inbox != item.position;
        let Some(room) = self
            .state
            .rooms
            .get_mut(&item.room)
            .filter(|room| room.is_usable() && room.cursor < item.seq)
        else {
            return false;
        };
        if is_new {
            room.head = room.head.max(item.seq);
            room.read_at = now;
        }
        let waits = room.is_behind();
        self.state.line.awaited_inbox = item.position;
        waits
    }

    /// Makes the room that a welcome leads into. It is written with its members ([`Self::set_members`]).
    fn came_in(&mut self, item: &InboxItem, policy: &RoomPolicy, epoch: u64) -> Result<(), Error> {
        let me = self.account()?.account;
        let other = policy.owners.iter().find(|owner| **owner != me).copied();
        // Where there is no other side, it is the room of one's own.
        let peer = (policy.kind == RoomKind::Direct).then(|| other.unwrap_or(me));
        let key = peer.map_or_else(|| group_key(item.room), direct_key);
        self.add_chat(&key, policy.kind, peer, "")?;
        let mut state = RoomState::new(key, policy.kind, Stage::Member);
        state.cursor = item.seq;
        state.head = item.seq;
        state.chain = Some(item.chain);
        state.epoch = epoch;
        state.has_outbox = true;
        state.past = self.brought_past(item.room)?;
        state.commit_at = Some(self.now);
        // Pushes for the room may have come before the welcome.
        state.head = state
            .head
            .max(self.state.rooms.get(&item.room).map_or(0, |room| room.head));
        state.number = self
            .state
            .rooms
            .get(&item.room)
            .map_or(0, |room| room.number);
        self.state.rooms.insert(item.room, state);
        self.db
            .execute("DELETE FROM sender WHERE room = ?1", [item.room.0])?;
        self.keep_chain(item.room, EventKind::Commit)?;
        // What happened between the welcome and now.
        self.look_again(item.room)
    }

    /// Returns the event up to which the past tells of a room.
    fn brought_past(&self, room: RoomId) -> Result<u64, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT seq FROM past WHERE room = ?1")?;
        let seq: Option<i64> = query.query_row([room.0], |row| row.get(0)).optional()?;
        Ok(seq.unwrap_or(0) as u64)
    }

    fn say_came_in(&mut self, id: RoomId, inviter: AccountId) -> Result<(), Error> {
        let me = self.account()?.account;
        let room = self.room(id)?;
        if room.kind == RoomKind::Direct || inviter == me {
            return Ok(());
        }
        let chat = room.chat.clone();
        self.add_notice(
            &chat,
            Some(id),
            inviter,
            &super::notice::Stored::Added(inviter, vec![me]),
        )
    }
}

//! Taking a room's log, event by event, in order, each once.

use super::{RoomState, Stage};
use crate::alarm;
use crate::asked::{Got, sort};
use crate::guard::Guard;
use crate::io::Failure;
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use valise_mls::chain::digest;
use valise_mls::{Chain, Member, Processed, Room};
use valise_wire::push::{Event, EventKind};
use valise_wire::request::Reply;
use valise_wire::{ProblemCode, RoomId};

/// What became of an event.
enum Taken {
    /// The log goes on behind it.
    Next,
    /// It has to be looked at again later.
    Wait,
}

impl<'s> Cx<'s> {
    /// Takes an event that was pushed.
    pub(crate) fn took_event(&mut self, id: RoomId, event: Event) -> Result<(), Error> {
        let anything = !self.keeps(Guard::Numbers);
        let Some(room) = self.state.rooms.get_mut(&id) else {
            return Ok(());
        };
        room.head = room.head.max(event.seq);
        room.told = true;
        let is_next = event.seq == room.cursor + 1;
        if room.is_readable() && (is_next || anything) {
            self.take_events(id, vec![event])?;
        }
        Ok(())
    }

    /// Takes a page of the log.
    pub(crate) fn took_events(
        &mut self,
        id: RoomId,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::Events(page) => Some(page),
            _ => None,
        });
        let now = self.now;
        let anything = !self.keeps(Guard::Numbers);
        let Some(room) = self.state.rooms.get_mut(&id) else {
            return Ok(());
        };
        match picked {
            Got::Reply(page) => {
                let head = page.head;
                let first = page.events.first().map(|event| event.seq);
                if page.room != id || !(anything || follows(&page.events, room.cursor)) {
                    room.read_at = now.plus_millis(5_000);
                    return self.server_misbehaved(ServerMisbehaved::BrokenPage);
                }
                if first.is_none() {
                    return self.nothing_to_read(id, head);
                }
                room.failures = 0;
                room.head = room.head.max(head);
                let before = room.cursor;
                self.take_events(id, page.events)?;
                let room = self.room(id)?;
                if room.cursor == before {
                    // Nothing new in it, or nothing that can be taken yet: not asked for again at once.
                    room.read_at = room.read_at.max(now.plus_millis(500));
                }
                Ok(())
            }
            Got::Refused(problem) if problem.code == ProblemCode::Refused => {
                // Out of the room, or so the hub says: the commit that removed this device was not shown.
                room.read_at = now.plus_millis(30_000);
                if room.lost {
                    // What cannot be read is not waited for: the hub's state says whether one is out.
                    room.head = room.cursor;
                }
                Ok(())
            }
            _ => {
                room.read_at = now.plus_millis(1_000);
                Ok(())
            }
        }
    }

    /// The hub has less than it said.
    fn nothing_to_read(&mut self, id: RoomId, head: u64) -> Result<(), Error> {
        let now = self.now;
        let room = self.room(id)?;
        let (asked_from, chat) = (room.asked_from, room.chat.clone());
        if room.told {
            // It was said while the look was under way, which saw less: it is looked again.
            room.read_at = now;
        } else {
            room.head = head.max(room.cursor);
            room.read_at = now.plus_millis(1_000);
            // It moved on just behind that look, perhaps: whoever says so is believed at once.
            room.echo_at = room.read_at;
        }
        if head < asked_from && self.keeps(Guard::Rollback) {
            self.rolled_back(id, head, &chat)
        } else {
            Ok(())
        }
    }

    pub(crate) fn rolled_back(&mut self, id: RoomId, head: u64, chat: &str) -> Result<(), Error> {
        // It is read again from the first chain that is kept, not from its end: what stands there now may be something else already.
        let known = self.chain_before(id, head)?;
        let room = self.room(id)?;
        room.head = head;
        match known {
            Some((seq, chain)) => (room.cursor, room.chain) = (seq, Some(chain)),
            None => (room.cursor, room.chain) = (head, None),
        }
        self.save_room(id)?;
        self.unseal_outbox(id)?;
        self.alarm(alarm::Kind::RolledBack, Some(chat))
    }

    fn take_events(&mut self, id: RoomId, events: Vec<Event>) -> Result<(), Error> {
        let desk = self.desk()?;
        let member = desk.member();
        let anything = !self.keeps(Guard::Numbers);
        let mut room = None;
        for event in events {
            let state = self.room(id)?;
            if event.seq <= state.cursor && !anything {
                continue;
            }
            if (event.seq != state.cursor + 1 && !anything) || !state.is_readable() {
                break;
            }
            if !self.is_as_before(id, &event)? {
                break;
            }
            let taken = if self.room(id)?.lost {
                self.pass_by(id, &event)?
            } else {
                self.take_event(id, &member, &mut room, &event)?
            };
            match taken {
                Taken::Next => self.step_over(id, &event)?,
                Taken::Wait => break,
            }
        }
        self.save_room(id)
    }

    /// Takes of an event that cannot be opened what its bytes say: that it is one's own, and its place in the log.
    fn pass_by(&mut self, id: RoomId, event: &Event) -> Result<Taken, Error> {
        if event.kind == EventKind::Message {
            self.took_echo(id, &digest(&event.body), event)?;
        }
        Ok(Taken::Next)
    }

    fn step_over(&mut self, id: RoomId, event: &Event) -> Result<(), Error> {
        let state = self.room(id)?;
        state.cursor = event.seq;
        state.head = state.head.max(event.seq);
        state.chain = state.chain.map(|chain| {
            Chain(chain)
                .next(event.seq, event.kind, &digest(&event.body))
                .0
        });
        state.judged = None;
        self.keep_chain(id, event.kind)
    }

    fn take_event<'a>(
        &mut self,
        id: RoomId,
        member: &Member<'a>,
        held: &mut Option<Room<'a>>,
        event: &Event,
    ) -> Result<Taken, Error> {
        let digest = digest(&event.body);
        if event.kind == EventKind::Message && self.took_echo(id, &digest, event)? {
            return Ok(Taken::Next);
        }
        let own = event.kind != EventKind::Message && self.pending_digest(id)? == Some(digest);
        if own && event.kind == EventKind::Proposal {
            self.forget_change(id)?;
            self.room(id)?.leaving = 2;
            return Ok(Taken::Next);
        }
        if event.kind == EventKind::Commit && !own && self.room(id)?.has_pending {
            *held = None;
            self.drop_change(id, false)?;
        }
        let room = match held.take() {
            Some(room) => Some(room),
            None => member.load(id).ok().flatten(),
        };
        let Some(mut room) = room else {
            self.cannot_follow(id)?;
            return Ok(Taken::Wait);
        };
        match self.attempt(|| room.process(event.kind, &event.body))? {
            Ok(processed) => {
                self.room(id)?.rubbish = false;
                let adds = own && self.pending_adds(id)?;
                if own {
                    self.forget_change(id)?;
                }
                let taken = self.took_processed(id, &room, processed, event, adds);
                *held = Some(room);
                taken.map(|()| Taken::Next)
            }
            Err(error) => self.judge(id, event, error),
        }
    }

    fn pending_adds(&self, id: RoomId) -> Result<bool, Error> {
        use rusqlite::OptionalExtension as _;
        let mut query = self
            .db
            .prepare_cached("SELECT adds FROM pending WHERE room = ?1")?;
        Ok(query
            .query_row([id.0], |row| row.get(0))
            .optional()?
            .unwrap_or(false))
    }

    fn took_processed(
        &mut self,
        id: RoomId,
        room: &Room<'_>,
        processed: Processed,
        event: &Event,
        adds: bool,
    ) -> Result<(), Error> {
        match processed {
            Processed::Message {
                sender,
                may_post,
                plaintext,
                aad,
                ..
            } => self.took_message(id, &sender, may_post, (&plaintext, &aad), event),
            Processed::OwnMessage { .. } => self.took_own(id, &digest(&event.body)),
            Processed::Change(changed) => {
                self.took_changed(id, room, &changed, false)?;
                self.touch_checkpoint(id)
            }
            Processed::OwnCommit(changed) => {
                self.took_changed(id, room, &changed, adds)?;
                self.touch_checkpoint(id)
            }
            Processed::Proposal { leaf, leaves } => {
                if leaves {
                    self.state.leavers.insert((id, leaf.account));
                }
                if leaves && leaf.account == self.account()?.account {
                    // Another device of this account leaves for all of them, and nobody commits his own leaving.
                    self.room(id)?.leaving = 2;
                    return Ok(());
                }
                self.schedule_commit(id)
            }
        }
    }

    /// Decides what an event that was refused means.
    fn judge(
        &mut self,
        id: RoomId,
        event: &Event,
        error: valise_mls::Error,
    ) -> Result<Taken, Error> {
        use valise_mls::Error as Mls;
        let chat = self.room(id)?.chat.clone();
        match error {
            Mls::Replay => Ok(Taken::Next),
            Mls::Forgotten if self.keeps(Guard::SetBack) => {
                self.is_set_back(id).map(|()| Taken::Next)
            }
            Mls::WrongEpoch { theirs, ours } if theirs < ours => Ok(Taken::Next),
            Mls::WrongEpoch { .. } => {
                self.cannot_follow(id)?;
                Ok(Taken::Wait)
            }
            Mls::Storage(_) => Err(Error::Bug("the room's store failed")),
            _ if self.deserves_another_look(id, event, &error)? => Ok(Taken::Wait),
            Mls::MemberMisbehaved(_) => {
                self.room(id)?.refused |= event.kind == EventKind::Commit;
                self.alarm(alarm::Kind::Member, Some(&chat))?;
                self.refused_event(id, event)
            }
            _ => {
                self.server_misbehaved(ServerMisbehaved::Forged)?;
                self.refused_event(id, event)
            }
        }
    }

    /// Goes on behind an event that was refused. A commit that the hub took begins an epoch in which this device is not.
    fn refused_event(&mut self, id: RoomId, event: &Event) -> Result<Taken, Error> {
        if event.kind == EventKind::Commit && self.keeps(Guard::ComeBack) {
            self.cannot_follow(id)?;
        }
        Ok(Taken::Next)
    }

    /// An event that was refused is fetched anew: it may have been damaged on its way, or be right by a directory that is read to its
    /// end.
    fn deserves_another_look(
        &mut self,
        id: RoomId,
        event: &Event,
        error: &valise_mls::Error,
    ) -> Result<bool, Error> {
        let unknown = error.breach().is_some_and(|breach| breach.asks_directory());
        let state = self.room(id)?;
        let (former, in_a_row) = (state.judged, state.rubbish && !unknown);
        let doubt = match in_a_row {
            true => None,
            false => self.doubt(former, event.seq, unknown)?,
        };
        let Some(doubt) = doubt else {
            self.room(id)?.rubbish = true;
            return Ok(false);
        };
        let now = self.now;
        let room = self.room(id)?;
        room.judged = Some(doubt);
        room.head = room.head.max(event.seq);
        room.read_at = if unknown { now.plus_millis(500) } else { now };
        Ok(true)
    }

    /// A room went on without this device: it comes back by itself, unless that would launder what it refused.
    pub(super) fn cannot_follow(&mut self, id: RoomId) -> Result<(), Error> {
        let room = self.room(id)?;
        if room.refused {
            return self.freeze(id);
        }
        room.lost = true;
        self.save_room(id)
    }

    /// Closes a room that the server broke.
    pub(crate) fn freeze(&mut self, id: RoomId) -> Result<(), Error> {
        let room = self.room(id)?;
        if room.frozen {
            return Ok(());
        }
        room.frozen = true;
        let chat = room.chat.clone();
        self.save_room(id)?;
        self.alarm(alarm::Kind::Closed, Some(&chat))?;
        let me = self.account()?.account;
        self.add_notice(&chat, Some(id), me, &super::notice::Stored::Frozen)
    }

    /// Awaits the echo of something that the hub says it took; if it does not come by itself, it is read.
    pub(crate) fn expect_event(&mut self, id: RoomId, seq: u64) -> Result<(), Error> {
        let at = self.now.plus_millis(1_500);
        let room = self.room(id)?;
        if seq > room.cursor {
            if !room.is_behind() {
                (room.read_at, room.echo_at) = (at, at);
            }
            room.head = room.head.max(seq);
        }
        Ok(())
    }

    /// Asks where the room stands: it moved on, says the hub.
    pub(crate) fn look_again(&mut self, id: RoomId) -> Result<(), Error> {
        let now = self.now;
        let room = self.room(id)?;
        room.retry_at = now.plus_millis(100);
        room.read_at = now;
        room.head = room.head.max(room.cursor + 1);
        Ok(())
    }
}

/// Tells whether events have their numbers without a gap, and none after what was taken.
fn follows(events: &[Event], cursor: u64) -> bool {
    let gapless = events
        .iter()
        .zip(events.iter().skip(1))
        .all(|(a, b)| a.seq.checked_add(1) == Some(b.seq));
    let first = events.first().map(|event| event.seq);
    gapless && first.is_none_or(|first| first <= cursor + 1)
}

impl RoomState {
    /// Tells whether this device is in it by now.
    pub(crate) fn is_member(&self) -> bool {
        self.stage == Stage::Member
    }
}

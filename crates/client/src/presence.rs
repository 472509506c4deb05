//! Who is here. By choice: only who shows it sees it of others. Told by sealed signals between two people of whom one looks at
//! their chat; the server stores none of it, and no group hears of it.

use crate::Error;
use crate::rooms::RoomState;
use crate::state::Cx;
use crate::store::Setting;
use std::collections::BTreeMap;
use valise_views::conversation::Presence as Shown;
use valise_views::{ChatId, Outcome};
use valise_wire::policy::RoomKind;
use valise_wire::{AccountId, RoomId, Timestamp, record};

/// "I am here and look at our chat: are you there?"
const LOOK: &[u8] = b"look";
/// "I am here."
const HERE: &[u8] = b"here";
/// "I am here no longer."
const GONE: &[u8] = b"gone";
/// Time after which a device says again that it looks.
const EVERY_MILLIS: u64 = 40_000;
/// Time for which somebody counts as here who said so.
const SHOWN_MILLIS: u64 = 90_000;
/// Shortest time between two answers.
const ANSWER_EVERY_MILLIS: u64 = 10_000;
/// When somebody was here is kept no more exactly than this.
const GRAIN_MILLIS: u64 = 60_000;
/// Most people of whom it is kept.
const MOST_KEPT: usize = 500;

record! {
    /// When somebody was last here.
    pub struct LastHere {
        /// Who.
        pub account: AccountId,
        /// When, to the minute.
        pub at: Timestamp,
    }
}

/// Who is here, in memory.
#[derive(Default)]
pub(crate) struct Presence {
    /// Until when somebody counts as here, and in which chat it is shown.
    here: BTreeMap<AccountId, (Timestamp, String)>,
    /// When each room was last told that one looks, and when it was last answered.
    looked: BTreeMap<RoomId, Timestamp>,
    answered: BTreeMap<RoomId, Timestamp>,
}

impl Cx<'_> {
    /// Tells whether the person shows when he is here.
    pub(crate) fn shares_presence(&self) -> Result<bool, Error> {
        Ok(Setting::Presence.get(self.db)?.unwrap_or(false))
    }

    /// Chooses it. Who shows it no longer says so, and forgets what was seen of others.
    pub(crate) fn share_presence(&mut self, number: u64, shares: bool) -> Result<(), Error> {
        if !shares {
            self.be_gone()?;
            let shown = std::mem::take(&mut self.state.presence.here);
            for (_, chat) in shown.into_values() {
                self.state.dirty.chat(&chat);
            }
            Setting::LastHere.clear(self.db)?;
        }
        Setting::Presence.set(self.db, &shares)?;
        self.state.dirty.status = true;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// The person looks at a chat.
    pub(crate) fn look_at(&mut self, number: u64, chat: &ChatId) -> Result<(), Error> {
        if self.state.visible && self.shares_presence()? {
            let fits = |room: &RoomState| room.chat == chat.0 && is_of_two(room);
            let room = self.state.rooms.iter().find(|(_, room)| fits(room));
            if let Some(id) = room.map(|(id, _)| *id) {
                self.say_here(id, LOOK)?;
            }
        }
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// The person looks at Valise, or no longer.
    pub(crate) fn looked(&mut self, visible: bool) -> Result<(), Error> {
        let left = self.state.visible && !visible;
        self.state.visible = visible;
        if left { self.be_gone() } else { Ok(()) }
    }

    /// Says that one is here, once in a while.
    fn say_here(&mut self, id: RoomId, what: &[u8]) -> Result<(), Error> {
        let presence = &mut self.state.presence;
        let (said, pause) = if what == LOOK {
            (&mut presence.looked, EVERY_MILLIS)
        } else {
            (&mut presence.answered, ANSWER_EVERY_MILLIS)
        };
        let is_time = said
            .get(&id)
            .is_none_or(|last| self.now.millis_since(*last) >= pause);
        if is_time && self.state.line.is_up() {
            said.insert(id, self.now);
            self.signal(id, what)?;
        }
        Ok(())
    }

    /// Takes back what was said to those who may still believe it.
    fn be_gone(&mut self) -> Result<(), Error> {
        let presence = &mut self.state.presence;
        let mut told = std::mem::take(&mut presence.answered);
        for (id, at) in std::mem::take(&mut presence.looked) {
            let last = told.entry(id).or_insert(at);
            *last = at.max(*last);
        }
        for (id, at) in told {
            let known = self.state.rooms.get(&id).is_some_and(is_of_two);
            if known && self.state.line.is_up() && self.now.millis_since(at) < SHOWN_MILLIS {
                self.signal(id, GONE)?;
            }
        }
        Ok(())
    }

    /// Takes what another one's signal says of his being here; who shows nothing hears nothing.
    pub(crate) fn took_presence(
        &mut self,
        id: RoomId,
        sender: AccountId,
        said: &[u8],
    ) -> Result<(), Error> {
        let room = self.state.rooms.get(&id).filter(|room| is_of_two(room));
        let Some(chat) = room.map(|room| room.chat.clone()) else {
            return Ok(());
        };
        if ![LOOK, HERE, GONE].contains(&said) || !self.shares_presence()? {
            return Ok(());
        }
        self.keep_last_here(sender)?;
        if said == GONE {
            self.state.presence.here.remove(&sender);
        } else {
            let until = self.now.plus_millis(SHOWN_MILLIS);
            let here = &mut self.state.presence.here;
            here.insert(sender, (until, chat.clone()));
        }
        self.state.dirty.chat(&chat);
        if said == LOOK && self.state.visible {
            self.say_here(id, HERE)?;
        }
        Ok(())
    }

    fn keep_last_here(&mut self, account: AccountId) -> Result<(), Error> {
        let at = Timestamp(self.now.0 - self.now.0 % GRAIN_MILLIS);
        let mut kept: Vec<LastHere> = Setting::LastHere.get(self.db)?.unwrap_or_default();
        if kept.last() == Some(&LastHere { account, at }) {
            return Ok(());
        }
        kept.retain(|last| last.account != account);
        kept.push(LastHere { account, at });
        let before = kept.len().saturating_sub(MOST_KEPT);
        kept.drain(..before);
        Setting::LastHere.set(self.db, &kept)
    }

    /// Returns what is shown of somebody.
    pub(crate) fn presence_of(&self, account: AccountId) -> Result<Option<Shown>, Error> {
        if !self.shares_presence()? {
            return Ok(None);
        }
        if self.state.presence.here.contains_key(&account) {
            return Ok(Some(Shown::Here));
        }
        let kept: Vec<LastHere> = Setting::LastHere.get(self.db)?.unwrap_or_default();
        let last = kept.iter().find(|last| last.account == account);
        Ok(last.map(|last| Shown::Last(last.at.0)))
    }

    /// Lets go of those who said nothing any more.
    pub(crate) fn advance_presence(&mut self) -> Result<(), Error> {
        let here = &self.state.presence.here;
        let ends: Vec<_> = here
            .iter()
            .map(|(who, (until, _))| (*who, *until))
            .collect();
        for (who, until) in ends {
            if self.is_due(until)
                && let Some((_, chat)) = self.state.presence.here.remove(&who)
            {
                self.state.dirty.chat(&chat);
            }
        }
        Ok(())
    }
}

fn is_of_two(room: &RoomState) -> bool {
    room.kind == RoomKind::Direct && room.people == 2 && room.is_usable()
}

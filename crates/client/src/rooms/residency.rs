//! The rule of a room about whose people are in it: what owners want of it, whom it leaves out, and that nothing is said while one of those is
//! there.

use super::{RoomState, Wanted};
use crate::Error;
use crate::alarm;
use crate::partner::public_name;
use crate::state::Cx;
use std::collections::BTreeSet;
use valise_directory::residency::is_code;
use valise_mls::rules::{is_narrower, is_within};
use valise_mls::{Directory, Leaf, Rule};
use valise_views::{LeftOut, Trouble};
use valise_wire::policy::{MAX_RESIDENCY, RoomPolicy};
use valise_wire::{AccountId, OrganisationId, RoomId};

/// Returns codes as a rule has them; none if they are no codes, or too many.
pub(crate) fn rule_of(mut codes: Vec<String>) -> Option<Vec<String>> {
    codes.sort();
    codes.dedup();
    let fits = codes.len() <= MAX_RESIDENCY && codes.iter().all(|code| is_code(code));
    fits.then_some(codes)
}

impl Cx<'_> {
    /// Wants another rule in a room, or none. Refused while somebody whom it would leave out is in it, comes, or is awaited.
    pub(crate) fn rule_room(
        &mut self,
        room: RoomId,
        codes: Vec<String>,
    ) -> Result<Result<(), Trouble>, Error> {
        let Some(rule) = rule_of(codes) else {
            return Ok(Err(Trouble::BadJurisdictions));
        };
        let (own, now) = self.rule_now(room)?;
        if own != self.state.roll.home.organisation_id() {
            return Ok(Err(Trouble::NotAllowed));
        }
        if is_narrower(&rule, &now) {
            let people = self.people_to_come(room)?;
            if let Some(trouble) = self.left_out_by(own, &rule, people) {
                return Ok(Err(trouble));
            }
            if self.has_guest(room)? {
                return Ok(Err(Trouble::RoomResidencyUnsaid));
            }
        }
        self.forget_rule_wish(room)?;
        self.room(room)?.residency_wanted = Some(rule);
        self.save_room(room)?;
        self.want(room, Wanted::Residency).map(Ok)
    }

    /// Returns why the rule of a room, as it will be, leaves out one of some people; none if it leaves out none.
    pub(crate) fn ruled_out(
        &mut self,
        room: RoomId,
        people: impl IntoIterator<Item = AccountId>,
    ) -> Result<Option<Trouble>, Error> {
        let (own, now) = self.rule_now(room)?;
        let wanted = self.room(room)?.residency_wanted.clone();
        Ok(self.left_out_by(own, &wanted.unwrap_or(now), people))
    }

    /// Returns why a rule of a room of an organisation leaves out one of some people.
    pub(crate) fn left_out_by(
        &self,
        own: OrganisationId,
        rule: &[String],
        people: impl IntoIterator<Item = AccountId>,
    ) -> Option<Trouble> {
        if !self.state.guards.rules.keeps(Rule::Residency) {
            return None;
        }
        let roll = &*self.state.roll;
        let mut people = people.into_iter();
        let outside = people.find(|person| !is_within(rule, own, roll, person))?;
        let said = Directory::side_of(roll, &outside);
        Some(
            match said.is_some_and(|side| !side.jurisdictions.is_empty()) {
                true => Trouble::RoomResidencyOutside,
                false => Trouble::RoomResidencyUnsaid,
            },
        )
    }

    /// Returns why nothing may be said in a room: somebody is in it whom its rule leaves out, by what is known now.
    pub(crate) fn silenced(&self, id: RoomId, room: &RoomState) -> Result<Option<Trouble>, Error> {
        if room.residency.is_empty() {
            return Ok(None);
        }
        let members = self.members_of(id)?;
        Ok(self.left_out_by(self.organisation_of(room), &room.residency, members))
    }

    /// Tells whether nothing may be said in a room yet: the server has more to show than was read, and whom its rule leaves out can stand there.
    pub(crate) fn is_rule_unread(&self, room: &RoomState) -> Result<bool, Error> {
        if room.residency.is_empty() || !self.state.guards.rules.keeps(Rule::Residency) {
            return Ok(false);
        }
        let read = self.state.roll.home.head().position;
        Ok(read < self.state.line.directory_head || self.is_behind_others()?)
    }

    /// Returns why nothing may be said in a chat in whose room somebody is left out.
    pub(crate) fn left_out_trouble(&self, chat: &str) -> Result<Trouble, Error> {
        let left_out = self.left_out(chat)?;
        let unsaid = left_out.iter().all(|it| it.jurisdictions.is_empty());
        Ok(match unsaid {
            true => Trouble::RoomResidencyUnsaid,
            false => Trouble::RoomResidencyOutside,
        })
    }

    /// Returns whom the rule of a chat's room leaves out who are in it, each organisation once.
    pub(crate) fn left_out(&self, chat: &str) -> Result<Vec<LeftOut>, Error> {
        let mut rooms = self.state.rooms.iter();
        let found = rooms
            .find(|(_, room)| room.chat == chat && room.is_usable() && !room.residency.is_empty());
        let Some((id, room)) = found else {
            return Ok(Vec::new());
        };
        let own = self.organisation_of(room);
        let mut left_out = BTreeSet::new();
        for member in self.members_of(*id)? {
            if self.left_out_by(own, &room.residency, [member]).is_some() {
                left_out.insert(self.shown_left_out(member));
            }
        }
        Ok(left_out.into_iter().collect())
    }

    fn shown_left_out(&self, member: AccountId) -> LeftOut {
        let roll = &*self.state.roll;
        let side = Directory::side_of(roll, &member);
        let known = side.and_then(|side| roll.organisation(side.organisation)?.organisation());
        let jurisdictions = side.map(|side| side.jurisdictions.to_vec());
        LeftOut {
            name: known.map_or_else(|| roll.name(member), public_name),
            jurisdictions: jurisdictions.unwrap_or_default(),
        }
    }

    fn organisation_of(&self, room: &RoomState) -> OrganisationId {
        room.hub
            .unwrap_or_else(|| self.state.roll.home.organisation_id())
    }

    /// Returns whose room it is, and its rule by its policy.
    fn rule_now(&mut self, room: RoomId) -> Result<(OrganisationId, Vec<String>), Error> {
        let state = self.room(room)?.clone();
        Ok((self.organisation_of(&state), state.residency))
    }

    /// Tells whether the rule of a request's room leaves out somebody who waits for it to go.
    pub(crate) fn leaves_out_awaited(&self, id: RoomId) -> Result<bool, Error> {
        let room = self.state.rooms.get(&id);
        let Some(room) = room.filter(|room| !room.residency.is_empty()) else {
            return Ok(false);
        };
        let awaited = self.awaited(id)?;
        let trouble = self.left_out_by(self.organisation_of(room), &room.residency, awaited);
        Ok(trouble.is_some())
    }

    /// Returns who is brought in when the request of a room goes.
    fn awaited(&self, room: RoomId) -> Result<Vec<AccountId>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT account FROM awaited WHERE room = ?1")?;
        let awaited = query.query_map([room.0], |row| row.get(0).map(AccountId))?;
        Ok(awaited.collect::<Result<_, _>>()?)
    }

    /// Returns who will be in a room: who is and does not go, who is being brought in, and who is awaited until a letter may go.
    fn people_to_come(&self, room: RoomId) -> Result<BTreeSet<AccountId>, Error> {
        let mut people: BTreeSet<AccountId> = self.members_of(room)?.into_iter().collect();
        people.extend(self.awaited(room)?);
        for (_, wanted) in self.wishes(room)? {
            match wanted {
                Wanted::Add(who) => people.insert(who),
                Wanted::Remove(who) => people.remove(&who),
                _ => false,
            };
        }
        Ok(people)
    }

    /// Returns the rule that a change is to make: the one that is wanted, unless somebody stays whom it leaves out. Then it is said, and with
    /// nothing to change the wish is over.
    pub(super) fn plan_residency(
        &mut self,
        id: RoomId,
        policy: &RoomPolicy,
        roster: &[Leaf],
        wishes: &[(i64, Wanted)],
    ) -> Result<Vec<String>, Error> {
        let now = &policy.residency;
        let asks = wishes.iter().any(|(_, it)| *it == Wanted::Residency);
        let wanted = self.room(id)?.residency_wanted.clone();
        let Some(wanted) = wanted.filter(|_| asks) else {
            return Ok(now.clone());
        };
        let goes = |who| wishes.iter().any(|(_, it)| *it == Wanted::Remove(who));
        let roster = roster.iter().map(|leaf| leaf.identity.account);
        let stay = roster.filter(|who| !goes(*who));
        let leaves_out = self
            .left_out_by(policy.organisation, &wanted, stay)
            .is_some();
        if is_narrower(&wanted, now) && leaves_out {
            let chat = self.room(id)?.chat.clone();
            self.alarm(alarm::Kind::LeftOut, Some(&chat))?;
            return Ok(now.clone());
        }
        Ok(wanted)
    }

    /// Tells whether the rule of a policy keeps somebody out who was to be brought in; then it is said.
    pub(super) fn is_kept_out(
        &mut self,
        id: RoomId,
        policy: &RoomPolicy,
        who: AccountId,
    ) -> Result<bool, Error> {
        let keeps = self.left_out_by(policy.organisation, &policy.residency, [who]);
        if keeps.is_some() {
            let chat = self.room(id)?.chat.clone();
            self.alarm(alarm::Kind::LeftOut, Some(&chat))?;
        }
        Ok(keeps.is_some())
    }

    fn forget_rule_wish(&mut self, room: RoomId) -> Result<(), Error> {
        self.db.execute(
            "DELETE FROM intent WHERE room = ?1 AND kind = ?2",
            (room.0, Wanted::RESIDENCY),
        )?;
        Ok(())
    }

    /// Forgets which rule is wanted, once nothing wants one any more.
    pub(super) fn settle_rule(&mut self, id: RoomId) -> Result<(), Error> {
        if self.room(id)?.residency_wanted.is_none() {
            return Ok(());
        }
        let is_wanted: bool = self.db.query_row(
            "SELECT EXISTS (SELECT 1 FROM intent WHERE room = ?1 AND kind = ?2)",
            (id.0, Wanted::RESIDENCY),
            |row| row.get(0),
        )?;
        if !is_wanted {
            self.room(id)?.residency_wanted = None;
            self.save_room(id)?;
        }
        Ok(())
    }
}

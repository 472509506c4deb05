//! What is left to do of what this device wants.

use super::Wanted;
use crate::Error;
use crate::alarm;
use crate::state::Cx;
use std::collections::BTreeSet;
use valise_mls::Leaf;
use valise_wire::policy::{RoomKind, RoomPolicy};
use valise_wire::{AccountId, DeviceId, RoomId};

/// People that one commit adds at most, so that it and its welcome stay small.
const PEOPLE_PER_COMMIT: usize = 50;
/// How long a new device of one's own is waited for.
const PATIENCE_MILLIS: u64 = 7 * 24 * 60 * 60 * 1000;
/// What is left to do.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) add: Vec<AccountId>,
    pub(super) remove: Vec<u32>,
    pub(super) policy: Option<RoomPolicy>,
}

impl Cx<'_> {
    /// People without key packages come online some time and make some; then they are added.
    pub(super) fn put_off_wishes(&mut self, id: RoomId) -> Result<(), Error> {
        let now = self.now;
        let room = self.room(id)?;
        let pause = (2_000u64 << room.put_off.min(5)).min(60_000);
        room.put_off += 1;
        room.wishes_at = now.plus_millis(pause);
        let at = room.wishes_at;
        self.wake_at(at);
        Ok(())
    }

    pub(crate) fn wishes(&self, id: RoomId) -> Result<Vec<(i64, Wanted)>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT id, kind, account FROM intent WHERE room = ?1 ORDER BY id")?;
        let rows = query.query_map([id.0], |row| {
            Ok((row.get(0)?, Wanted::from_row(row.get(1)?, row.get(2)?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Derives what of the wishes is left to do, and forgets those that are fulfilled or cannot be.
    pub(super) fn plan_change(
        &mut self,
        id: RoomId,
        policy: &RoomPolicy,
        roster: &[Leaf],
        wishes: &[(i64, Wanted)],
    ) -> Result<Plan, Error> {
        let mut accounts: BTreeSet<AccountId> =
            roster.iter().map(|leaf| leaf.identity.account).collect();
        let mut plan = Plan::default();
        let me = self.account()?.account;
        let mut wanted_policy = policy.clone();
        wanted_policy.residency = self.plan_residency(id, policy, roster, wishes)?;
        let mut over = Vec::new();
        for (wish, wanted) in wishes {
            let fulfilled = match wanted {
                Wanted::Add(who) => {
                    let idle = accounts.contains(who)
                        || !self.state.roll.is_active(*who)
                        || self.is_kept_out(id, &wanted_policy, *who)?;
                    let later = self.room(id)?.unclaimed.contains(who)
                        || plan.add.len() >= PEOPLE_PER_COMMIT;
                    if !idle && !later {
                        plan.add.push(*who);
                        accounts.insert(*who);
                    }
                    idle
                }
                Wanted::Device(device) => {
                    let inside = roster
                        .iter()
                        .any(|leaf| leaf.identity.account == me && leaf.identity.device == *device);
                    let later = self.room(id)?.unclaimed.contains(&me);
                    let over = inside || !self.may_come(me, *device);
                    if !over && !later && !plan.add.contains(&me) {
                        plan.add.push(me);
                    }
                    over
                }
                Wanted::Remove(who) => {
                    let leaves = roster
                        .iter()
                        .filter(|leaf| leaf.identity.account == *who)
                        .map(|leaf| leaf.index);
                    let before = plan.remove.len();
                    plan.remove.extend(leaves);
                    wanted_policy.owners.retain(|owner| owner != who);
                    plan.remove.len() == before
                }
                Wanted::Owner(who, true) => {
                    let is_in = accounts.contains(who);
                    let comes = wishes.iter().any(|(_, it)| *it == Wanted::Add(*who));
                    let idle = policy.owners.contains(who) || !is_in && !comes;
                    if is_in && !idle {
                        wanted_policy.owners.push(*who);
                    }
                    idle
                }
                Wanted::Owner(who, false) => {
                    wanted_policy.owners.retain(|owner| owner != who);
                    !policy.owners.contains(who)
                }
                Wanted::Announcement(on) => {
                    let kind = if *on {
                        RoomKind::Announcement
                    } else {
                        RoomKind::Group
                    };
                    wanted_policy.kind = kind;
                    policy.kind == kind
                }
                Wanted::Link(link) => self.plan_link(id, *link, policy, &mut wanted_policy)?,
                Wanted::NoLink => {
                    wanted_policy.links.clear();
                    policy.links.is_empty()
                }
                Wanted::Residency => wanted_policy.residency == policy.residency,
            };
            if fulfilled {
                over.push(*wish);
            }
        }
        wanted_policy.owners.sort();
        wanted_policy.owners.dedup();
        self.tend_links(id, &mut wanted_policy)?;
        plan.policy = (wanted_policy != *policy).then_some(wanted_policy);
        for wish in over {
            self.db
                .execute("DELETE FROM intent WHERE id = ?1", [wish])?;
        }
        self.count_wishes(id)?;
        Ok(plan)
    }

    /// Tells whether a device of one's own may still come into rooms: one that has never made key packages is not waited for
    /// for ever.
    fn may_come(&self, me: AccountId, device: DeviceId) -> bool {
        let listed = self.state.roll.home.device(me, device);
        listed.is_some_and(|listed| self.now.millis_since(listed.added_at) < PATIENCE_MILLIS)
    }

    pub(super) fn count_wishes(&mut self, id: RoomId) -> Result<(), Error> {
        let left: bool = self.db.query_row(
            "SELECT EXISTS (SELECT 1 FROM intent WHERE room = ?1)",
            [id.0],
            |row| row.get(0),
        )?;
        self.settle_rule(id)?;
        let room = self.room(id)?;
        room.has_intents = left;
        let chat = room.chat.clone();
        self.state.dirty.chat(&chat);
        Ok(())
    }

    /// Two organisations would meet in the room that are no partners of one another: of neither anybody is brought in, and it is said.
    pub(super) fn strangers_stay_out(&mut self, id: RoomId) -> Result<(), Error> {
        for (wish, wanted) in self.wishes(id)? {
            if let Wanted::Add(who) = wanted
                && self.state.roll.outsider(who).is_some()
            {
                self.db
                    .execute("DELETE FROM intent WHERE id = ?1", [wish])?;
            }
        }
        self.room(id)?.claimed.clear();
        self.count_wishes(id)?;
        let chat = self.room(id)?.chat.clone();
        self.alarm(alarm::Kind::Strangers, Some(&chat))
    }

    pub(super) fn give_up_wishes(&mut self, id: RoomId) -> Result<(), Error> {
        self.db
            .execute("DELETE FROM intent WHERE room = ?1", [id.0])?;
        self.count_wishes(id)
    }
}

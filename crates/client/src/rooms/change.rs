//! Making commits: what is wanted, what the hub proposes, who was revoked. One at a time in a room.

use super::{RoomState, Wanted};
use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use valise_mls::{Change, Changed, Leaf, Room};
use valise_wire::policy::{RoomKind, RoomPolicy};
use valise_wire::request::{ClaimKeyPackages, Commit, Reply, Request};
use valise_wire::{AccountId, ProblemCode, RoomId, TransactionId, from_bytes, to_bytes};

/// People that one commit adds at most, so that it and its welcome stay small.
const PEOPLE_PER_COMMIT: usize = 50;
/// Refusals after which a wish is given up.
const TRIES: i64 = 4;

/// What is left to do.
#[derive(Default)]
struct Plan {
    add: Vec<AccountId>,
    remove: Vec<u32>,
    policy: Option<RoomPolicy>,
}

impl Cx<'_> {
    /// Does what the room's group needs. Tells whether nothing else can be done in the room until then.
    pub(super) fn advance_change(&mut self, id: RoomId, room: &RoomState) -> Result<bool, Error> {
        let asking = self.is_asking(|purpose| match purpose {
            Purpose::Change { room } | Purpose::Claim { room, .. } => *room == id,
            _ => false,
        });
        if asking {
            return Ok(room.has_pending);
        }
        if room.has_pending {
            if self.is_due(room.retry_at) {
                self.repeat_change(id)?;
            }
            return Ok(true);
        }
        let commit_due = match room.commit_at {
            Some(at) => self.is_due(at),
            None => false,
        };
        if !(room.has_intents || commit_due || room.leaving == 1) || !self.is_due(room.retry_at) {
            return Ok(false);
        }
        if room.leaving == 1 {
            return self.make_leave(id);
        }
        self.make_change(id)
    }

    fn make_change(&mut self, id: RoomId) -> Result<bool, Error> {
        let desk = self.desk()?;
        let member = desk.member();
        let Ok(Some(mut room)) = member.load(id) else {
            return self.cannot_follow(id).map(|()| true);
        };
        let roster = room.roster().unwrap_or_default();
        let wishes = self.wishes(id)?;
        let plan = self.plan_change(id, room.policy(), &roster, &wishes)?;
        let must = room.must_commit().unwrap_or(false);
        let state = self.room(id)?;
        state.commit_at = None;
        if plan.add.is_empty() && plan.remove.is_empty() && plan.policy.is_none() && !must {
            return Ok(false);
        }
        if self.claim(id, &plan.add)? {
            return Ok(false);
        }
        let packages = self.packages(id, &plan.add)?;
        let had = packages.len();
        let change = Change { add: packages, remove: plan.remove, policy: plan.policy };
        if change == Change::default() && !must {
            return Ok(false);
        }
        let made = self.attempt(|| room.commit(change.clone()))?;
        match made {
            Ok(pending) => {
                let request = Commit {
                    room: id,
                    transaction: TransactionId(self.random()),
                    epoch: pending.epoch,
                    commit: pending.commit.into(),
                    group_info: pending.group_info.into(),
                    welcome: pending.welcome.map(Into::into),
                };
                let digest = Sha256::digest(&*request.commit).into();
                self.store_change(id, request.into(), digest, had > 0)?;
                Ok(true)
            }
            Err(_) => {
                drop(room);
                self.change_is_impossible(id, change, must)
            }
        }
    }

    /// A commit cannot be made: bad key packages are left out, then wishes are given up.
    fn change_is_impossible(&mut self, id: RoomId, change: Change, must: bool) -> Result<bool, Error> {
        let desk = self.desk()?;
        let member = desk.member();
        let mut bad = 0;
        for package in &change.add {
            let alone = Change { add: vec![package.clone()], ..Change::default() };
            // The outer attempt always fails, so that trying leaves nothing behind.
            let mut good = false;
            self.attempt(|| {
                if let Ok(Some(mut room)) = member.load(id) {
                    good = room.commit(alone.clone()).is_ok();
                }
                Err::<(), ()>(())
            })?
            .ok();
            if !good {
                bad += 1;
                self.room(id)?.claimed.retain(|claimed| claimed.key_package.0 != *package);
            }
        }
        if bad > 0 && bad < change.add.len() {
            self.server_misbehaved(ServerMisbehaved::BadKeys)?;
            return Ok(true);
        }
        self.give_up_wishes(id)?;
        if must {
            self.room_failed(id, Some(5_000))?;
            self.schedule_commit(id)?;
        }
        Ok(false)
    }

    fn wishes(&self, id: RoomId) -> Result<Vec<(i64, Wanted)>, Error> {
        let mut query = self.db.prepare_cached("SELECT id, kind, account FROM intent WHERE room = ?1 ORDER BY id")?;
        let rows = query.query_map([id.0], |row| Ok((row.get(0)?, Wanted::from_row(row.get(1)?, row.get(2)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Derives what of the wishes is left to do, and forgets those that are fulfilled or cannot be.
    fn plan_change(
        &mut self,
        id: RoomId,
        policy: &RoomPolicy,
        roster: &[Leaf],
        wishes: &[(i64, Wanted)],
    ) -> Result<Plan, Error> {
        let mut accounts: BTreeSet<AccountId> = roster.iter().map(|leaf| leaf.identity.account).collect();
        let mut plan = Plan::default();
        let mut wanted_policy = policy.clone();
        let mut over = Vec::new();
        for (wish, wanted) in wishes {
            let fulfilled = match wanted {
                Wanted::Add(who) => {
                    let idle = accounts.contains(who) || !self.state.roll.is_active(*who);
                    let later = self.room(id)?.unclaimed.contains(who) || plan.add.len() >= PEOPLE_PER_COMMIT;
                    if !idle && !later {
                        plan.add.push(*who);
                        accounts.insert(*who);
                    }
                    idle
                }
                Wanted::Remove(who) => {
                    let leaves = roster.iter().filter(|leaf| leaf.identity.account == *who).map(|leaf| leaf.index);
                    let before = plan.remove.len();
                    plan.remove.extend(leaves);
                    wanted_policy.owners.retain(|owner| owner != who);
                    plan.remove.len() == before
                }
                Wanted::Owner(who, true) => {
                    let idle = policy.owners.contains(who) || !accounts.contains(who);
                    if !idle {
                        wanted_policy.owners.push(*who);
                    }
                    idle
                }
                Wanted::Owner(who, false) => {
                    wanted_policy.owners.retain(|owner| owner != who);
                    !policy.owners.contains(who)
                }
                Wanted::Announcement(on) => {
                    let kind = if *on { RoomKind::Announcement } else { RoomKind::Group };
                    wanted_policy.kind = kind;
                    policy.kind == kind
                }
            };
            if fulfilled {
                over.push(*wish);
            }
        }
        wanted_policy.owners.sort();
        wanted_policy.owners.dedup();
        plan.policy = (wanted_policy != *policy).then_some(wanted_policy);
        for wish in over {
            self.db.execute("DELETE FROM intent WHERE id = ?1", [wish])?;
        }
        self.count_wishes(id)?;
        Ok(plan)
    }

    fn count_wishes(&mut self, id: RoomId) -> Result<(), Error> {
        let left: bool =
            self.db.query_row("SELECT EXISTS (SELECT 1 FROM intent WHERE room = ?1)", [id.0], |row| row.get(0))?;
        let room = self.room(id)?;
        room.has_intents = left;
        let chat = room.chat.clone();
        self.state.dirty.chat(&chat);
        Ok(())
    }

    fn give_up_wishes(&mut self, id: RoomId) -> Result<(), Error> {
        self.db.execute("DELETE FROM intent WHERE room = ?1", [id.0])?;
        self.count_wishes(id)
    }

    /// Asks for key packages that are missing. Tells whether it did.
    fn claim(&mut self, id: RoomId, people: &[AccountId]) -> Result<bool, Error> {
        let claimed: BTreeSet<AccountId> = self.room(id)?.claimed.iter().map(|package| package.account).collect();
        let missing: Vec<AccountId> = people.iter().filter(|who| !claimed.contains(who)).copied().collect();
        if missing.is_empty() {
            return Ok(false);
        }
        let purpose = Purpose::Claim { room: id, accounts: missing.clone() };
        self.ask_home(purpose, ClaimKeyPackages { accounts: missing })?;
        Ok(true)
    }

    pub(crate) fn took_claimed(
        &mut self,
        id: RoomId,
        accounts: Vec<AccountId>,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::KeyPackages(claimed) => Some(claimed.packages),
            _ => None,
        });
        match picked {
            Got::Reply(packages) => {
                let roll = self.state.roll.clone();
                let asked = |account: &AccountId| accounts.contains(account);
                let (good, bad): (Vec<_>, Vec<_>) = packages.into_iter().partition(|package| {
                    asked(&package.account) && roll.0.device(package.account, package.device).is_some()
                });
                if !bad.is_empty() {
                    self.server_misbehaved(ServerMisbehaved::BadKeys)?;
                }
                let room = self.room(id)?;
                room.claimed.extend(good);
                let without = |who: &&AccountId| !room.claimed.iter().any(|package| package.account == **who);
                let without: Vec<AccountId> = accounts.iter().filter(without).copied().collect();
                room.unclaimed.extend(without.iter().copied());
                if !without.is_empty() {
                    // They come online some time and make key packages; then they are added.
                    let at = self.now.plus_millis(60_000);
                    self.room(id)?.commit_at = Some(at);
                }
                Ok(())
            }
            Got::Refused(problem) => self.room_failed(id, problem.retry_after_ms),
            Got::Offline | Got::Wrong => self.room_failed(id, None),
        }
    }

    fn packages(&mut self, id: RoomId, people: &[AccountId]) -> Result<Vec<Vec<u8>>, Error> {
        let claimed = &self.room(id)?.claimed;
        let wanted = claimed.iter().filter(|package| people.contains(&package.account));
        Ok(wanted.map(|package| package.key_package.0.clone()).collect())
    }

    /// Stores a commit or proposal of one's own, and sends it.
    pub(super) fn store_change(
        &mut self,
        id: RoomId,
        request: Request,
        digest: [u8; 32],
        adds: bool,
    ) -> Result<(), Error> {
        self.db.execute(
            "INSERT OR REPLACE INTO pending (room, request, digest, adds) VALUES (?1, ?2, ?3, ?4)",
            (id.0, to_bytes(&request), digest, adds),
        )?;
        self.room(id)?.has_pending = true;
        self.ask_home(Purpose::Change { room: id }, request)
    }

    fn repeat_change(&mut self, id: RoomId) -> Result<(), Error> {
        let bytes: Vec<u8> =
            self.db.query_row("SELECT request FROM pending WHERE room = ?1", [id.0], |row| row.get(0))?;
        let request: Request = from_bytes(&bytes).map_err(|_| Error::Bug("a stored request cannot be read"))?;
        self.ask_home(Purpose::Change { room: id }, request)
    }

    pub(crate) fn took_change(&mut self, id: RoomId, result: Result<Reply, Failure>) -> Result<(), Error> {
        if self.room(id)?.lost {
            return self.came_back(id, result);
        }
        let picked = sort(result, |reply| match reply {
            Reply::Accepted(accepted) => Some(accepted),
            _ => None,
        });
        let now = self.now;
        match picked {
            Got::Reply(accepted) => {
                let pending = self.pending_digest(id)?;
                if accepted.room != id || pending.is_some_and(|digest| digest != accepted.digest) {
                    self.server_misbehaved(ServerMisbehaved::WrongAcknowledgement)?;
                    return self.room_failed(id, None);
                }
                let room = self.room(id)?;
                room.failures = 0;
                room.retry_at = now.plus_millis(crate::asked::PATIENCE_MILLIS);
                self.expect_event(id, accepted.seq)
            }
            Got::Refused(problem) => match problem.code {
                ProblemCode::StaleEpoch | ProblemCode::CommitPending => {
                    self.drop_change(id, false)?;
                    self.look_again(id)
                }
                _ if problem.is_transient() || problem.code == ProblemCode::Unauthenticated => {
                    self.room_failed(id, problem.retry_after_ms)
                }
                _ => {
                    self.drop_change(id, true)?;
                    self.room_failed(id, None)
                }
            },
            Got::Offline | Got::Wrong => self.room_failed(id, None),
        }
    }

    pub(super) fn pending_digest(&self, id: RoomId) -> Result<Option<[u8; 32]>, Error> {
        use rusqlite::OptionalExtension as _;
        let mut query = self.db.prepare_cached("SELECT digest FROM pending WHERE room = ?1")?;
        Ok(query.query_row([id.0], |row| row.get(0)).optional()?)
    }

    /// Forgets a commit or proposal of one's own that will not be accepted; what was wanted stays wanted.
    pub(super) fn drop_change(&mut self, id: RoomId, refused: bool) -> Result<(), Error> {
        let desk = self.desk()?;
        if let Ok(Some(mut room)) = desk.member().load(id)
            && room.has_pending_commit()
        {
            room.abandon_commit().map_err(|_| Error::Bug("a commit cannot be given up"))?;
        }
        self.forget_change(id)?;
        if refused {
            self.db.execute("UPDATE intent SET tries = tries + 1 WHERE room = ?1", [id.0])?;
            self.db.execute("DELETE FROM intent WHERE room = ?1 AND tries >= ?2", (id.0, TRIES))?;
            self.room(id)?.claimed.clear();
            self.count_wishes(id)?;
        }
        Ok(())
    }

    /// Forgets the row of a commit or proposal that is over.
    pub(super) fn forget_change(&mut self, id: RoomId) -> Result<(), Error> {
        self.db.execute("DELETE FROM pending WHERE room = ?1", [id.0])?;
        self.room(id)?.has_pending = false;
        Ok(())
    }

    /// Takes over what a commit changed, one's own or another's.
    pub(super) fn took_changed(
        &mut self,
        id: RoomId,
        room: &Room<'_>,
        changed: &Changed,
        adds: bool,
    ) -> Result<(), Error> {
        let now = self.now;
        let state = self.room(id)?;
        state.epoch = changed.epoch;
        state.kind = changed.policy_after.kind;
        state.commit_at = Some(now);
        state.retry_at = now;
        if state.leaving == 2 {
            state.leaving = 1;
        }
        state.claimed.retain(|package| {
            !changed.added.iter().any(|leaf| leaf.account == package.account && leaf.device == package.device)
        });
        if changed.self_removed {
            self.left(id)?;
        } else {
            let roster = room.roster().map_err(|_| Error::Bug("a room without members"))?;
            let accounts: BTreeSet<AccountId> = roster.iter().map(|leaf| leaf.identity.account).collect();
            self.set_members(id, &changed.policy_after, accounts)?;
        }
        self.notice_change(id, changed)?;
        if adds && !changed.self_removed {
            self.post_profile(id)?;
        }
        self.count_wishes(id)
    }

    /// Stores who is in a room.
    pub(super) fn set_members(
        &mut self,
        id: RoomId,
        policy: &RoomPolicy,
        accounts: impl IntoIterator<Item = AccountId>,
    ) -> Result<(), Error> {
        self.db.execute("DELETE FROM member WHERE room = ?1", [id.0])?;
        let mut insert = self.db.prepare_cached("INSERT INTO member (room, account, owner) VALUES (?1, ?2, ?3)")?;
        let mut people = 0;
        for account in accounts {
            insert.execute((id.0, account.0, policy.owners.contains(&account)))?;
            people += 1;
        }
        drop(insert);
        let room = self.room(id)?;
        room.people = people;
        room.kind = policy.kind;
        let chat = room.chat.clone();
        self.db.execute("UPDATE chat SET kind = ?2 WHERE id = ?1", (&chat, policy.kind as i64))?;
        self.state.dirty.chat(&chat);
        Ok(())
    }
}

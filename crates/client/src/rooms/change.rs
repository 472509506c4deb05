//! Making commits: what is wanted, what the hub proposes, who was revoked. One at a time in a room.

use super::RoomState;
use crate::alarm;
use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use rusqlite::OptionalExtension as _;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use valise_mls::{Change, Changed, Room};
use valise_wire::policy::RoomPolicy;
use valise_wire::request::{Commit, Reply, Request};
use valise_wire::{AccountId, ProblemCode, RoomId, TransactionId, from_bytes, to_bytes};

/// Time before the next look for somebody who is on the way back with a new key.
const AWAIT_MILLIS: u64 = 2_000;
/// Refusals after which a wish is given up.
const TRIES: i64 = 4;
/// Refusals after which a commit that has to be made is given up, until something changes or a person asks again.
pub(super) const MOST_REFUSALS: u32 = 6;

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
        let wishes_due = room.has_intents && self.is_due(room.wishes_at);
        if wishes_due {
            self.room(id)?.unclaimed.clear();
        }
        if !(wishes_due || commit_due || room.leaving == 1) || !self.is_due(room.retry_at) {
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
        if self.awaits_renewed(&roster) {
            let later = self.now.plus_millis(AWAIT_MILLIS);
            let state = self.room(id)?;
            (state.commit_at, state.wishes_at) = (Some(later), later);
            self.wake_at(later);
            return Ok(false);
        }
        let wishes = self.wishes(id)?;
        let plan = self.plan_change(id, room.policy(), &roster, &wishes)?;
        let must = room.must_commit().unwrap_or(false);
        let state = self.room(id)?;
        state.commit_at = None;
        if plan.add.is_empty() && plan.remove.is_empty() && plan.policy.is_none() && !must {
            self.put_off_wishes(id)?;
            return Ok(false);
        }
        if self.claim(id, &plan.add)? {
            return Ok(false);
        }
        let packages = self.packages(id, &plan.add)?;
        let had = packages.len();
        let change = Change {
            add: packages,
            remove: plan.remove,
            policy: plan.policy,
        };
        if change == Change::default() && !must {
            self.put_off_wishes(id)?;
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
    fn change_is_impossible(
        &mut self,
        id: RoomId,
        change: Change,
        must: bool,
    ) -> Result<bool, Error> {
        let desk = self.desk()?;
        let member = desk.member();
        let mut bad = 0;
        for package in &change.add {
            let alone = Change {
                add: vec![package.clone()],
                policy: change.policy.clone(),
                ..Change::default()
            };
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
                self.room(id)?
                    .claimed
                    .retain(|claimed| claimed.key_package.0 != *package);
            }
        }
        if bad > 0 {
            self.server_misbehaved(ServerMisbehaved::BadKeys)?;
        }
        if bad > 0 && bad < change.add.len() {
            return Ok(true);
        }
        self.give_up_wishes(id)?;
        if must {
            self.room_failed(id, Some(5_000))?;
            self.schedule_commit(id)?;
        }
        Ok(false)
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
        let bytes: Vec<u8> = self.db.query_row(
            "SELECT request FROM pending WHERE room = ?1",
            [id.0],
            |row| row.get(0),
        )?;
        let request: Request =
            from_bytes(&bytes).map_err(|_| Error::Bug("a stored request cannot be read"))?;
        self.ask_home(Purpose::Change { room: id }, request)
    }

    pub(crate) fn took_change(
        &mut self,
        id: RoomId,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
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
                // Its event may have come before this answer: then nothing is waited for.
                if pending.is_some() {
                    room.retry_at = now.plus_millis(crate::asked::PATIENCE_MILLIS);
                }
                self.expect_event(id, accepted.seq)
            }
            Got::Refused(problem) => match problem.code {
                ProblemCode::StaleEpoch | ProblemCode::CommitPending => {
                    self.drop_change(id, false)?;
                    self.look_again(id)
                }
                ProblemCode::Strangers => {
                    self.drop_change(id, false)?;
                    self.strangers_stay_out(id)
                }
                _ if problem.is_transient() || problem.code == ProblemCode::Unauthenticated => {
                    self.room_failed(id, problem.retry_after_ms)
                }
                _ => {
                    self.drop_change(id, true)?;
                    self.change_refused(id)
                }
            },
            Got::Offline | Got::Wrong => self.room_failed(id, None),
        }
    }

    /// The hub refuses what this device holds for right: one of the two directories is behind, or it never will take it.
    fn change_refused(&mut self, id: RoomId) -> Result<(), Error> {
        self.reread_directory()?;
        let now = self.now;
        let room = self.room(id)?;
        room.refusals += 1;
        room.retry_at = now.plus_millis(1_000 << room.refusals.min(MOST_REFUSALS));
        if room.refusals < MOST_REFUSALS {
            return Ok(());
        }
        room.stuck = true;
        let chat = room.chat.clone();
        self.alarm(alarm::Kind::Change, Some(&chat))?;
        self.fail_waiting(&chat)
    }

    pub(super) fn pending_digest(&self, id: RoomId) -> Result<Option<[u8; 32]>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT digest FROM pending WHERE room = ?1")?;
        Ok(query.query_row([id.0], |row| row.get(0)).optional()?)
    }

    /// Forgets a commit or proposal of one's own that will not be accepted; what was wanted stays wanted.
    pub(super) fn drop_change(&mut self, id: RoomId, refused: bool) -> Result<(), Error> {
        let desk = self.desk()?;
        if let Ok(Some(mut room)) = desk.member().load(id)
            && room.has_pending_commit()
        {
            room.abandon_commit()
                .map_err(|_| Error::Bug("a commit cannot be given up"))?;
        }
        self.forget_change(id)?;
        if refused {
            self.db.execute(
                "UPDATE intent SET tries = tries + 1 WHERE room = ?1",
                [id.0],
            )?;
            let given_up = self.db.execute(
                "DELETE FROM intent WHERE room = ?1 AND tries >= ?2",
                (id.0, TRIES),
            )?;
            if given_up > 0 {
                let chat = self.room(id)?.chat.clone();
                self.alarm(alarm::Kind::Change, Some(&chat))?;
            }
            self.room(id)?.claimed.clear();
            self.count_wishes(id)?;
        }
        Ok(())
    }

    /// Forgets the row of a commit or proposal that is over.
    pub(super) fn forget_change(&mut self, id: RoomId) -> Result<(), Error> {
        self.db
            .execute("DELETE FROM pending WHERE room = ?1", [id.0])?;
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
        let former = self.accounts_in(id)?;
        let state = self.room(id)?;
        state.epoch = changed.epoch;
        (state.refusals, state.stuck) = (0, false);
        state.kind = changed.policy_after.kind;
        state.commit_at = Some(now);
        state.retry_at = now;
        if state.leaving == 2 {
            state.leaving = 1;
        }
        state.claimed.retain(|package| {
            !changed
                .added
                .iter()
                .any(|leaf| leaf.account == package.account && leaf.device == package.device)
        });
        let mut inside = BTreeSet::new();
        self.forget_sent(id)?;
        if changed.self_removed && self.is_by_this_device(changed)? {
            self.is_set_back(id)?;
            inside.clone_from(&former);
        } else if changed.self_removed {
            self.left(id)?;
        } else {
            let roster = room
                .roster()
                .map_err(|_| Error::Bug("a room without members"))?;
            inside.extend(roster.iter().map(|leaf| leaf.identity.account));
            self.set_members(id, &changed.policy_after, inside.iter().copied())?;
        }
        self.notice_change(id, changed, &former, &inside)?;
        if (adds || self.tells_newcomer(id, changed)?) && !changed.self_removed {
            self.tell_newcomers(id)?;
        }
        self.count_wishes(id)
    }

    /// Tells whether somebody came by himself who knows nothing of the room, and this account is the first of its owners who can tell
    /// him.
    fn tells_newcomer(&self, id: RoomId, changed: &Changed) -> Result<bool, Error> {
        let who = changed.committer.account;
        let entry = self.state.roll.account(who);
        let is_renewed = entry.is_some_and(|entry| entry.renewed_at.is_some())
            && changed.added.contains(&changed.committer);
        let is_new = is_renewed || changed.by_link;
        if !is_new {
            return Ok(false);
        }
        let mut query = self.db.prepare_cached(
            "SELECT account FROM member WHERE room = ?1 AND owner = 1 AND account <> ?2 ORDER BY account LIMIT 1",
        )?;
        let first: Option<[u8; 16]> = query
            .query_row((id.0, who.0), |row| row.get(0))
            .optional()?;
        let me = self.account()?.account;
        Ok(first.is_some_and(|first| first == me.0))
    }

    /// Tells whether somebody with a new key is on the way back into the room: a commit now would take the account out of it.
    fn awaits_renewed(&self, roster: &[valise_mls::Leaf]) -> bool {
        let is_in = |device| roster.iter().any(|leaf| leaf.identity.device == device);
        let mut accounts = roster.iter().map(|leaf| leaf.identity.account);
        accounts.any(|account| {
            let roll = &self.state.roll.home;
            roll.awaits_renewed(account, is_in, self.now)
        })
    }

    /// Returns who is in a room, as it is stored.
    fn accounts_in(&self, id: RoomId) -> Result<BTreeSet<AccountId>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT account FROM member WHERE room = ?1")?;
        let rows = query.query_map([id.0], |row| row.get(0).map(AccountId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Stores who is in a room.
    pub(super) fn set_members(
        &mut self,
        id: RoomId,
        policy: &RoomPolicy,
        accounts: impl IntoIterator<Item = AccountId>,
    ) -> Result<(), Error> {
        self.db
            .execute("DELETE FROM member WHERE room = ?1", [id.0])?;
        let mut insert = self
            .db
            .prepare_cached("INSERT INTO member (room, account, owner) VALUES (?1, ?2, ?3)")?;
        let mut people = 0;
        for account in accounts {
            insert.execute((id.0, account.0, policy.owners.contains(&account)))?;
            people += 1;
        }
        drop(insert);
        let home = self.state.roll.home.organisation_id();
        self.keep_links(id, &policy.links)?;
        let room = self.room(id)?;
        room.people = people;
        room.kind = policy.kind;
        let is_other_rule = room.residency != policy.residency;
        room.residency.clone_from(&policy.residency);
        room.hub = Some(policy.organisation).filter(|hub| *hub != home);
        let chat = room.chat.clone();
        if is_other_rule {
            self.state.requests.look_again();
        }
        self.db.execute(
            "UPDATE chat SET kind = ?2 WHERE id = ?1",
            (&chat, policy.kind as i64),
        )?;
        // With its size: a room of one says nothing to anybody.
        self.save_room(id)
    }
}

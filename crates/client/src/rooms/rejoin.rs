//! Coming back into a room that cannot be followed any more: by an external commit, which removes this device's own old leaf.

use super::{RoomState, Stage};
use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use sha2::{Digest as _, Sha256};
use valise_wire::request::{Commit, GetGroupInfo, GroupState, Reply};
use valise_wire::{ProblemCode, RoomId, TransactionId};

impl Cx<'_> {
    pub(super) fn advance_rejoin(&mut self, id: RoomId, room: &RoomState) -> Result<(), Error> {
        let asking = self.is_asking(|purpose| match purpose {
            Purpose::Group { room } | Purpose::Change { room } => *room == id,
            _ => false,
        });
        if !asking && self.is_due(room.retry_at) {
            self.ask_home(Purpose::Group { room: id }, GetGroupInfo { room: id })?;
        }
        Ok(())
    }

    pub(crate) fn took_group(
        &mut self,
        id: RoomId,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::Group(state) => Some(state),
            _ => None,
        });
        match picked {
            Got::Reply(state) => self.come_back(id, state),
            // Not in the room any more: somebody removed this device meanwhile.
            Got::Refused(problem) if problem.code == ProblemCode::Refused => self.left(id),
            Got::Refused(problem) => self.room_failed(id, problem.retry_after_ms),
            Got::Offline | Got::Wrong => self.room_failed(id, None),
        }
    }

    fn come_back(&mut self, id: RoomId, state: GroupState) -> Result<(), Error> {
        let room = self.room(id)?;
        if !room.lost {
            return Ok(());
        }
        let at_least = room.epoch;
        if state.room != id || state.seq < room.cursor {
            self.server_misbehaved(ServerMisbehaved::RolledBack)?;
            return self.room_failed(id, Some(30_000));
        }
        let desk = self.desk()?;
        let member = desk.member();
        let made = self.attempt(|| {
            let (room, back) = member.rejoin(id, &state.group_info, &state.tree, at_least)?;
            let accounts: std::collections::BTreeSet<_> = room
                .roster()?
                .iter()
                .map(|leaf| leaf.identity.account)
                .collect();
            Ok::<_, valise_mls::Error>((back, room.policy().clone(), accounts, room.epoch()))
        })?;
        let Ok((back, policy, accounts, epoch)) = made else {
            self.server_misbehaved(ServerMisbehaved::BadKeys)?;
            self.reread_directory()?;
            return self.room_failed(id, Some(5_000));
        };
        let digest: [u8; 32] = Sha256::digest(&back.commit).into();
        let request = Commit {
            room: id,
            transaction: TransactionId(self.random()),
            epoch: back.epoch,
            commit: back.commit.into(),
            group_info: back.group_info.into(),
            welcome: None,
        };
        self.set_members(id, &policy, accounts)?;
        let room = self.room(id)?;
        room.rejoining = Some((state.seq, state.chain, epoch));
        self.store_change(id, request.into(), digest, true)
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
                let chat = {
                    let room = self.room(id)?;
                    room.lost = false;
                    room.stage = Stage::Member;
                    room.cursor = accepted.seq;
                    room.head = room.head.max(accepted.seq);
                    room.epoch = epoch;
                    // Only known without looking if nothing came between.
                    room.chain = (accepted.seq == seq + 1).then_some(chain);
                    room.failures = 0;
                    room.has_outbox = true;
                    room.chat.clone()
                };
                let room = self.room(id)?;
                if let Some(chain) = room.chain {
                    let mut next = sha2::Sha256::new();
                    next.update(chain);
                    next.update(accepted.seq.to_be_bytes());
                    next.update([valise_wire::push::EventKind::Commit as u8]);
                    next.update(accepted.digest);
                    room.chain = Some(next.finalize().into());
                }
                self.save_room(id)?;
                self.db
                    .execute("DELETE FROM sender WHERE room = ?1", [id.0])?;
                // What was encrypted for the old state and not seen in the log is encrypted anew.
                self.unseal_outbox(id)?;
                let me = self.account()?.account;
                self.add_notice(&chat, Some(id), me, &super::notice::Stored::CameBack)
            }
            // Nothing is kept of the try: it begins again with a newer state.
            _ => self.room_failed(id, None),
        }
    }
}

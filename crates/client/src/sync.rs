//! Where everything stands, after each new connection.

use crate::alarm;
use crate::asked::{Got, sort};
use crate::guard::Guard;
use crate::io::Failure;
use crate::rooms::Stage;
use crate::state::Cx;
use crate::store::Setting;
use crate::{Error, ServerMisbehaved};
use valise_wire::request::{Reply, RoomHead, SyncState};

impl Cx<'_> {
    pub(crate) fn took_sync(&mut self, result: Result<Reply, Failure>) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::Sync(state) => Some(state),
            _ => None,
        });
        match picked {
            Got::Reply(state) => self.synced(state),
            Got::Wrong => self.server_misbehaved(ServerMisbehaved::WrongReply),
            _ => self.restart_socket(),
        }
    }

    fn synced(&mut self, state: SyncState) -> Result<(), Error> {
        let known: Option<[u8; 16]> = Setting::Generation.get(self.db)?;
        if known.is_some_and(|known| known != state.generation) {
            self.alarm(alarm::Kind::RolledBack, None)?;
            // Positions of another history mean nothing.
            Setting::Inbox.clear(self.db)?;
            Setting::Foreign.clear(self.db)?;
            self.state.line.key_packages = Some(0);
        }
        Setting::Generation.set(self.db, &state.generation)?;
        if state.directory_head < self.state.roll.home.head().position {
            self.alarm(alarm::Kind::RolledBack, None)?;
        }
        let inbox: Option<u64> = Setting::Inbox.get(self.db)?;
        if inbox.is_some_and(|have| state.inbox_head < have) {
            Setting::Inbox.clear(self.db)?;
        }
        let line = &mut self.state.line;
        line.synced = true;
        self.state.waking.tell_again();
        let line = &mut self.state.line;
        line.directory_head = state.directory_head;
        line.foreign_head = state.foreign_head;
        self.state.partners.look = true;
        let line = &mut self.state.line;
        line.inbox_head = state.inbox_head;
        line.key_packages = Some(state.key_packages);
        self.line_works();
        for head in state.rooms {
            self.took_head(&head)?;
        }
        Ok(())
    }

    fn took_head(&mut self, head: &RoomHead) -> Result<(), Error> {
        let now = self.now;
        let Some(room) = self.state.rooms.get_mut(&head.room) else {
            // Its welcome lies in the inbox.
            return Ok(());
        };
        if room.stage == Stage::New && head.active {
            // Made, though the answer was lost: asking again is harmless and says so.
            return Ok(());
        }
        if !room.is_member() || !self.state.guards.keeps(Guard::Heads) {
            return Ok(());
        }
        room.read_at = now;
        room.retry_at = now;
        room.head = room.head.max(head.head);
        let (asked_from, chat) = (room.asked_from, room.chat.clone());
        if head.head < asked_from && self.keeps(Guard::Rollback) {
            return self.rolled_back(head.room, head.head, &chat);
        }
        Ok(())
    }
}

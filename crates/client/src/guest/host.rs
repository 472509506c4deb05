//! The side that asks: the pass of a request's guest, and who comes by it.

use crate::asked::{Got, Purpose};
use crate::guard::Guard;
use crate::io::Failure;
use crate::rooms::{Stage, Wanted};
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use rusqlite::OptionalExtension as _;
use valise_directory::Name;
use valise_directory::fold::PassEntry;
use valise_directory::guest::{self, GuestCard, GuestPass, Host, Plan};
use valise_directory::statement::read;
use valise_views::{ChatId, Trouble};
use valise_wire::request::{Publish, Reply};
use valise_wire::statement::{SignedStatement, StatementKind};
use valise_wire::{AccountId, RoomId, Timestamp, from_bytes, to_bytes};

/// For how long one can come by a link.
const PASS_MILLIS: u64 = 30 * 24 * 60 * 60 * 1000;
/// Time that a guest's device needs before it can be brought in.
const ARRIVAL_MILLIS: u64 = 600;
/// Time after which a statement is offered again that the server did not take.
const RETRY_MILLIS: u64 = 5_000;

/// What is decided about a guest.
#[derive(Debug, Clone)]
pub(crate) struct Invited {
    pub(crate) name: Name,
    pub(crate) office: Option<Name>,
    pub(crate) held: bool,
    /// When the request ends by itself, if it does: nobody comes by the link after that.
    pub(crate) ends: Option<Timestamp>,
}

impl Cx<'_> {
    /// Makes a pass into the room of a request.
    pub(crate) fn make_pass(
        &mut self,
        room: RoomId,
        invited: &Invited,
    ) -> Result<Result<(), Trouble>, Error> {
        let me = self.account()?.account;
        let Ok(asks) = Name::typed(&self.state.roll.name(me)) else {
            return Ok(Err(Trouble::BadName));
        };
        let longest = self.now.plus_millis(PASS_MILLIS);
        let plan = Plan {
            room,
            not_after: invited.ends.map_or(longest, |ends| ends.min(longest)),
            held: invited.held,
            name: invited.name.clone(),
            card: GuestCard {
                asks,
                office: invited.office.clone(),
                guest: invited.name.clone(),
            },
            now: self.now,
        };
        let id = guest::pass_id(&mut self.state.rng);
        let statement = self.as_host(|host, rng| guest::pass(host, id, &plan, rng))?;
        self.say_when_possible(&statement)?;
        Ok(Ok(()))
    }

    pub(super) fn as_host<T>(
        &mut self,
        work: impl FnOnce(&Host<'_>, &mut rand_chacha::ChaCha20Rng) -> T,
    ) -> Result<T, Error> {
        let account = self.account()?;
        let (account_key, directory_key) = (account.account_key(), account.directory_key());
        let host = Host {
            organisation: account.organisation,
            account: account.account,
            account_key: &account_key,
            directory_key: &directory_key,
        };
        Ok(work(&host, &mut self.state.rng))
    }

    /// Keeps a statement until it stands in the log.
    pub(super) fn say_when_possible(&mut self, statement: &SignedStatement) -> Result<(), Error> {
        self.db.execute(
            "INSERT INTO unsaid (statement) VALUES (?1)",
            [to_bytes(statement)],
        )?;
        self.state.line.unsaid_retry_at = self.now;
        Ok(())
    }

    /// Has what waits put into the log, one after the other.
    pub(crate) fn advance_unsaid(&mut self) -> Result<(), Error> {
        let asking = self.is_asking(|purpose| matches!(purpose, Purpose::Unsaid(_)));
        if asking || !self.is_due(self.state.line.unsaid_retry_at) {
            return Ok(());
        }
        let next: Option<(i64, Vec<u8>)> = self
            .db
            .prepare_cached("SELECT id, statement FROM unsaid ORDER BY id LIMIT 1")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((id, statement)) = next else {
            return Ok(());
        };
        let statement =
            from_bytes(&statement).map_err(|_| Error::Bug("an own statement cannot be read"))?;
        self.ask_home(Purpose::Unsaid(id), Publish { statement })
    }

    pub(crate) fn took_unsaid(
        &mut self,
        id: i64,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = self.sort_published(result);
        match picked {
            Got::Reply(()) => self.forget_unsaid(id),
            // Said by somebody else meanwhile, or of no use any more.
            Got::Refused(problem) if !problem.is_transient() => self.forget_unsaid(id),
            Got::Refused(_) | Got::Offline => {
                self.state.line.unsaid_retry_at = self.now.plus_millis(RETRY_MILLIS);
                Ok(())
            }
            Got::Wrong => {
                self.state.line.unsaid_retry_at = self.now.plus_millis(RETRY_MILLIS);
                self.server_misbehaved(ServerMisbehaved::WrongReply)
            }
        }
    }

    fn forget_unsaid(&mut self, id: i64) -> Result<(), Error> {
        self.db.execute("DELETE FROM unsaid WHERE id = ?1", [id])?;
        self.state.dirty.requests = true;
        self.state.dirty.every_chat = true;
        Ok(())
    }

    /// Tells whether a room is that of a request to a guest.
    pub(crate) fn has_guest(&self, room: RoomId) -> Result<bool, Error> {
        let side = guest::guest_side(self.account()?.organisation, room);
        let said = self.state.roll.home.room_of_side(side).is_some();
        Ok(said || self.unsaid_pass(room)?.is_some())
    }

    /// Returns the pass of a room that does not stand in the log yet.
    pub(super) fn unsaid_pass(&self, room: RoomId) -> Result<Option<GuestPass>, Error> {
        let unsaid = self.unsaid_of(StatementKind::GuestPass)?;
        if unsaid.is_empty() {
            return Ok(None);
        }
        let ended = self.unsaid_ends()?;
        let mut passes = unsaid.iter().filter_map(|it| read::<GuestPass>(it).ok());
        Ok(passes.find(|pass| pass.room == room && !ended.contains(&pass.id)))
    }

    /// Returns what does not stand in the log yet of one kind, the newest first.
    pub(super) fn unsaid_of(&self, kind: StatementKind) -> Result<Vec<SignedStatement>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT statement FROM unsaid ORDER BY id DESC")?;
        let rows = query.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
        let rows: Vec<Vec<u8>> = rows.collect::<Result<_, _>>()?;
        let statements = rows.iter().filter_map(|row| from_bytes(row).ok());
        Ok(statements
            .filter(|statement: &SignedStatement| statement.kind == kind)
            .collect())
    }

    /// Looks again at a room whose pass is another one, or is over.
    pub(crate) fn pass_changed(&mut self, room: RoomId) {
        self.state.dirty.requests = true;
        self.state.requests.guests_changed = true;
        if let Some(room) = self.state.rooms.get(&room) {
            let chat = room.chat.clone();
            self.state.dirty.chat(&chat);
        }
    }

    /// Brings in who came by a pass into a room of which one is an owner, unless somebody has to look at him first.
    pub(crate) fn guest_came(&mut self, who: AccountId) -> Result<(), Error> {
        let home = &self.state.roll.home;
        let Some(room) = home.guest_room(who) else {
            return Ok(());
        };
        let pass = home
            .account(who)
            .and_then(|entry| home.pass(entry.invitation));
        let held = pass.is_none_or(|pass| pass.statement.held);
        self.pass_changed(room);
        self.state.requests.came.insert(who);
        if held {
            return Ok(());
        }
        self.let_in(room, who).map(|_| ())
    }

    /// Brings in the guest of a request that goes now, if he came before and nobody has to look at him.
    pub(crate) fn guest_may_come(&mut self, room: RoomId) -> Result<(), Error> {
        self.state.requests.guests_changed = true;
        let pass = self.newest_pass(room).filter(|pass| !pass.statement.held);
        match pass.and_then(|pass| pass.guest) {
            Some(guest) => self.let_in(room, guest).map(|_| ()),
            None => Ok(()),
        }
    }

    /// Tells whether this device lets guests into a room. That it cannot be changed now is no reason: the wish waits for it.
    pub(super) fn is_host(&self, room: RoomId) -> Result<bool, Error> {
        let me = self.account()?.account;
        let state = self.state.rooms.get(&room);
        let is_in = state.is_some_and(|it| it.stage != Stage::Out);
        Ok(is_in && self.is_owner(room, me)?)
    }

    /// Tells what keeps a guest out who came: he comes when the request has gone, which may have to be released, not while all are stopped,
    /// and to what has ended no more.
    pub(super) fn keeps_guest_out(&self, room: RoomId) -> Result<Option<Trouble>, Error> {
        if !self.keeps(Guard::LetIn) {
            return Ok(None);
        }
        if self.is_request_over(room)? {
            return Ok(Some(Trouble::OutOfPlace));
        }
        let may = self.has_request_gone(room)? && !self.are_requests_stopped();
        Ok((!may).then_some(Trouble::NotAllowed))
    }

    pub(super) fn let_in(
        &mut self,
        room: RoomId,
        who: AccountId,
    ) -> Result<Result<(), Trouble>, Error> {
        if !self.is_host(room)? || !self.state.roll.is_active(who) {
            return Ok(Ok(()));
        }
        if let Some(trouble) = self.keeps_guest_out(room)? {
            return Ok(Err(trouble));
        }
        if let Some(trouble) = self.ruled_out(room, [who])? {
            return Ok(Err(trouble));
        }
        self.want(room, Wanted::Add(who))?;
        // His device hands over its keys just now.
        let soon = self.now.plus_millis(ARRIVAL_MILLIS);
        self.room(room)?.wishes_at = soon;
        self.wake_at(soon);
        Ok(Ok(()))
    }

    /// Returns what the guest of a room is called.
    pub(crate) fn guest_name(&self, room: RoomId) -> String {
        let pass = self.newest_pass(room);
        called(pass.as_ref().and_then(|pass| pass.details.as_ref()))
    }

    /// Returns the newest pass of a request's room.
    pub(super) fn newest_pass(&self, room: RoomId) -> Option<PassEntry> {
        let passes = self.state.roll.home.passes_into(room);
        passes.last().map(|entry| (*entry).clone())
    }

    pub(crate) fn let_guest_in(&mut self, number: u64, chat: &ChatId) -> Result<(), Error> {
        let Some(room) = self.guest_room_of(chat)? else {
            return self.fail(number, Trouble::NotFound);
        };
        match self.newest_pass(room).and_then(|pass| pass.guest) {
            Some(guest) => match self.let_in(room, guest)? {
                Ok(()) => self.done(number),
                Err(trouble) => self.fail(number, trouble),
            },
            None => self.fail(number, Trouble::NobodyThere),
        }
    }
}

pub(super) fn called(details: Option<&valise_directory::InvitationDetails>) -> String {
    let name = details.and_then(|details| details.display_name.as_ref());
    name.map(|name| name.as_str().to_owned())
        .unwrap_or_default()
}

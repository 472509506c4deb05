//! The side that asks: the pass of a request's guest, and who comes by it.

use crate::asked::{Got, Purpose};
use crate::io::Failure;
use crate::rooms::{Stage, Wanted};
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use rusqlite::OptionalExtension as _;
use valise_directory::Name;
use valise_directory::fold::PassEntry;
use valise_directory::guest::{
    self, GuestCard, GuestCode, GuestLink, GuestPass, GuestSecret, Host, Plan,
};
use valise_directory::statement::read;
use valise_evidence::course::State;
use valise_views::request::{Guest, GuestStands};
use valise_views::{ChatId, Trouble};
use valise_wire::request::{Publish, Reply};
use valise_wire::statement::{SignedStatement, StatementKind};
use valise_wire::{AccountId, InvitationId, RoomId, Timestamp, from_bytes, to_bytes};

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

    fn as_host<T>(
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
    fn say_when_possible(&mut self, statement: &SignedStatement) -> Result<(), Error> {
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
    fn unsaid_pass(&self, room: RoomId) -> Result<Option<GuestPass>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT statement FROM unsaid ORDER BY id DESC")?;
        let rows = query.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
        for row in rows {
            let Ok(statement) = from_bytes::<SignedStatement>(&row?) else {
                continue;
            };
            if statement.kind != StatementKind::GuestPass {
                continue;
            }
            let pass = read::<GuestPass>(&statement).ok();
            if let Some(pass) = pass.filter(|pass| pass.room == room) {
                return Ok(Some(pass));
            }
        }
        Ok(None)
    }

    /// Looks again at a room whose pass is another one, or is over.
    pub(crate) fn pass_changed(&mut self, room: RoomId) {
        self.state.dirty.requests = true;
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
        if held {
            return Ok(());
        }
        self.let_in(room, who)
    }

    /// Brings in the guest of a request that goes now, if he came before and nobody has to look at him.
    pub(crate) fn guest_may_come(&mut self, room: RoomId) -> Result<(), Error> {
        let pass = self.newest_pass(room).filter(|pass| !pass.statement.held);
        match pass.and_then(|pass| pass.guest) {
            Some(guest) => self.let_in(room, guest),
            None => Ok(()),
        }
    }

    fn let_in(&mut self, room: RoomId, who: AccountId) -> Result<(), Error> {
        let me = self.account()?.account;
        // A room that cannot be changed now is no reason: the wish waits for it.
        let state = self.state.rooms.get(&room);
        let is_in = state.is_some_and(|it| it.stage != Stage::Out);
        if !is_in || !self.is_owner(room, me)? || !self.state.roll.is_active(who) {
            return Ok(());
        }
        // He comes when the request has gone, which may have to be released.
        if !self.has_request_gone(room)? {
            return Ok(());
        }
        self.want(room, Wanted::Add(who))?;
        // His device hands over its keys just now.
        let soon = self.now.plus_millis(ARRIVAL_MILLIS);
        self.room(room)?.wishes_at = soon;
        self.wake_at(soon);
        Ok(())
    }

    /// Returns what the guest of a room is called.
    pub(crate) fn guest_name(&self, room: RoomId) -> String {
        let pass = self.newest_pass(room);
        called(pass.as_ref().and_then(|pass| pass.details.as_ref()))
    }

    /// Returns the newest pass of a request's room.
    fn newest_pass(&self, room: RoomId) -> Option<PassEntry> {
        let passes = self.state.roll.home.passes_into(room);
        passes.last().map(|entry| (*entry).clone())
    }

    pub(crate) fn let_guest_in(&mut self, number: u64, chat: &ChatId) -> Result<(), Error> {
        let Some(room) = self.guest_room_of(chat)? else {
            return self.fail(number, Trouble::NotFound);
        };
        match self.newest_pass(room).and_then(|pass| pass.guest) {
            Some(guest) => {
                self.let_in(room, guest)?;
                self.done(number)
            }
            None => self.fail(number, Trouble::NobodyThere),
        }
    }

    /// Ends pass and guest of a request.
    pub(crate) fn end_guest(&mut self, number: u64, chat: &ChatId) -> Result<(), Error> {
        let Some(room) = self.guest_room_of(chat)? else {
            return self.fail(number, Trouble::NotFound);
        };
        self.end_passes(room)?;
        self.done(number)
    }

    fn end_passes(&mut self, room: RoomId) -> Result<(), Error> {
        let roll = self.state.roll.clone();
        let now = self.now;
        for pass in roll.home.passes_into(room) {
            if pass.ended_at.is_none() {
                let id = pass.statement.id;
                let statement = self.as_host(|host, _| guest::end(host, id, now))?;
                self.say_when_possible(&statement)?;
            }
        }
        Ok(())
    }

    /// Ends the pass that there is, and makes another one of the same kind: the guest lost his device, or somebody else came.
    pub(crate) fn renew_guest(&mut self, number: u64, chat: &ChatId) -> Result<(), Error> {
        let Some(room) = self.guest_room_of(chat)? else {
            return self.fail(number, Trouble::NotFound);
        };
        let former = self.newest_pass(room);
        let name = former.as_ref().and_then(|pass| {
            let details = pass.details.as_ref()?;
            details.display_name.clone()
        });
        let (Some(former), Some(name)) = (former, name) else {
            return self.fail(number, Trouble::NotFound);
        };
        let entry = self.request_entry(&chat.0)?;
        if entry.as_ref().is_some_and(|it| it.state == State::Expired) {
            return self.fail(number, Trouble::OutOfPlace);
        }
        let ends = entry.as_ref().and_then(|it| it.ends.map(Timestamp));
        let office = entry.and_then(|entry| Name::typed(&entry.asking?).ok());
        self.end_passes(room)?;
        let invited = Invited {
            name,
            office,
            held: former.statement.held,
            ends,
        };
        match self.make_pass(room, &invited)? {
            Ok(()) => self.done(number),
            Err(trouble) => self.fail(number, trouble),
        }
    }

    /// Returns the room of a request to a guest, if this device may say who comes there.
    fn guest_room_of(&self, chat: &ChatId) -> Result<Option<RoomId>, Error> {
        let me = self.account()?.account;
        let Some(entry) = self.request_entry(&chat.0)? else {
            return Ok(None);
        };
        let is_ours = !entry.incoming && self.is_owner(entry.room, me)?;
        Ok(Some(entry.room).filter(|_| is_ours))
    }

    /// Returns how it stands with the guest of a request.
    pub(crate) fn shown_guest(&self, room: RoomId) -> Result<Option<Guest>, Error> {
        let account = self.account()?;
        if self.state.roll.guest.is_some() {
            return Ok(None);
        }
        if let Some(pass) = self.unsaid_pass(room)? {
            let name = account.directory_key();
            let name = name.open_invitation(account.organisation, pass.id, &pass.sealed);
            return Ok(Some(Guest {
                name: called(name.ok().as_ref()),
                stands: GuestStands::Making,
                link: None,
                code: None,
                until: pass.not_after.0,
                digits: None,
                fingerprint: self.state.roll.home.fingerprint(),
            }));
        }
        let Some(pass) = self.newest_pass(room) else {
            return Ok(None);
        };
        let stands = self.guest_stands(room, &pass)?;
        let shows = stands == GuestStands::Awaited && pass.statement.by == account.account;
        let made = shows.then(|| self.link_of(pass.statement.id)).transpose()?;
        let (link, code) = made.unzip();
        let came = pass.guest.and_then(|guest| self.state.roll.account(guest));
        Ok(Some(Guest {
            name: called(pass.details.as_ref()),
            stands,
            link,
            code,
            until: pass.statement.not_after.0,
            digits: came.map(|entry| guest::digits(&entry.key)),
            fingerprint: self.state.roll.home.fingerprint(),
        }))
    }

    fn guest_stands(&self, room: RoomId, pass: &PassEntry) -> Result<GuestStands, Error> {
        let Some(guest) = pass.guest.filter(|_| pass.ended_at.is_none()) else {
            let is_open = pass.is_open(self.now);
            return Ok(if is_open {
                GuestStands::Awaited
            } else {
                GuestStands::Over
            });
        };
        if !self.state.roll.is_active(guest) {
            return Ok(GuestStands::Over);
        }
        if self.members_of(room)?.contains(&guest) {
            return Ok(GuestStands::In);
        }
        let wished: bool = self
            .db
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM intent WHERE room = ?1 AND account = ?2)",
            )?
            .query_row((room.0, guest.0), |row| row.get(0))?;
        Ok(if wished {
            GuestStands::Comes
        } else {
            GuestStands::Waits
        })
    }

    /// Makes link and code of a pass of one's own again.
    fn link_of(&self, pass: InvitationId) -> Result<(String, String), Error> {
        let account = self.account()?;
        let key = account.account_key();
        let link = GuestLink {
            origin: account.origin.clone(),
            pass,
            secret: GuestSecret::derive(&key, pass),
            organisation: account.organisation,
        };
        let code = GuestCode::derive(&key, pass).to_text().to_string();
        Ok((link.to_url(), code))
    }
}

fn called(details: Option<&valise_directory::InvitationDetails>) -> String {
    let name = details.and_then(|details| details.display_name.as_ref());
    name.map(|name| name.as_str().to_owned())
        .unwrap_or_default()
}

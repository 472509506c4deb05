//! How passes end: because somebody says so, or because there is nothing to come to any more.

use super::Invited;
use crate::Error;
use crate::guard::Guard;
use crate::state::Cx;
use std::collections::BTreeSet;
use valise_directory::Name;
use valise_directory::fold::PassEntry;
use valise_directory::guest::{self, GuestEnd};
use valise_directory::statement::read;
use valise_views::request::GuestStands;
use valise_views::{ChatId, Connection, NewMessage, Reminder, Trouble};
use valise_wire::statement::StatementKind;
use valise_wire::{AccountId, InvitationId, RoomId, Timestamp};

impl Cx<'_> {
    /// Ends pass and guest of a request.
    pub(crate) fn end_guest(&mut self, number: u64, chat: &ChatId) -> Result<(), Error> {
        let Some(room) = self.guest_room_of(chat)? else {
            return self.fail(number, Trouble::NotFound);
        };
        self.end_passes(room)?;
        self.done(number)
    }

    /// Ends all passes into a room, also those that do not stand in the log yet.
    fn end_passes(&mut self, room: RoomId) -> Result<(), Error> {
        let roll = self.state.roll.clone();
        let passes = roll.home.passes_into(room).into_iter();
        let open = passes.filter(|pass| pass.ended_at.is_none());
        let mut open: BTreeSet<InvitationId> = open.map(|pass| pass.statement.id).collect();
        open.extend(self.unsaid_pass(room)?.map(|pass| pass.id));
        for pass in open {
            self.end_pass(pass)?;
        }
        Ok(())
    }

    /// Says that a pass has ended, once.
    fn end_pass(&mut self, pass: InvitationId) -> Result<(), Error> {
        if self.unsaid_ends()?.contains(&pass) {
            return Ok(());
        }
        let now = self.now;
        let statement = self.as_host(|host, _| guest::end(host, pass, now))?;
        self.say_when_possible(&statement)
    }

    /// Returns the passes whose ends do not stand in the log yet.
    pub(super) fn unsaid_ends(&self) -> Result<BTreeSet<InvitationId>, Error> {
        let unsaid = self.unsaid_of(StatementKind::GuestEnd)?;
        let ends = unsaid.iter().filter_map(|it| read::<GuestEnd>(it).ok());
        Ok(ends.map(|end| end.pass).collect())
    }

    /// Ends the passes of a request that its person took back before it went: nobody can come to it.
    pub(crate) fn guest_is_asked_no_more(&mut self, room: RoomId) -> Result<(), Error> {
        if self.keeps(Guard::LinkEnds) {
            self.end_passes(room)?;
        }
        Ok(())
    }

    /// Ends the pass that there is, and makes another one of the same kind: the guest lost his device, or somebody else came.
    pub(crate) fn renew_guest(&mut self, number: u64, chat: &ChatId) -> Result<(), Error> {
        let Some(room) = self.guest_room_of(chat)? else {
            return self.fail(number, Trouble::NotFound);
        };
        if self.is_request_over(room)? && self.keeps(Guard::LinkEnds) {
            return self.fail(number, Trouble::OutOfPlace);
        }
        let former = self.newest_pass(room);
        let name = former.as_ref().and_then(|pass| {
            let details = pass.details.as_ref()?;
            details.display_name.clone()
        });
        let (Some(former), Some(name)) = (former, name) else {
            return self.fail(number, Trouble::NotFound);
        };
        let entry = self.request_entry(&chat.0)?;
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

    /// Looks after the passes of requests of which one is an owner, once nothing more is to be read: who may come in is brought in, of who has
    /// to be looked at people are told, and what leads nowhere any more ends.
    pub(crate) fn tend_guests(&mut self) -> Result<(), Error> {
        let is_changed = self.state.requests.guests_changed && self.state.roll.guest.is_none();
        if !is_changed || self.connection() != Connection::Online {
            return Ok(());
        }
        self.state.requests.guests_changed = false;
        let roll = self.state.roll.clone();
        for pass in roll.home.passes().filter(|pass| pass.ended_at.is_none()) {
            self.tend_guest(pass)?;
        }
        Ok(())
    }

    fn tend_guest(&mut self, pass: &PassEntry) -> Result<(), Error> {
        let room = pass.statement.room;
        if !self.is_host(room)? {
            return Ok(());
        }
        if self.is_request_over(room)? {
            return self.end_unused(room, pass);
        }
        // Whoever was in and was put out again came long ago, and stays out.
        let came = pass
            .guest
            .filter(|guest| self.state.requests.came.contains(guest));
        let Some(guest) = came else {
            return Ok(());
        };
        match self.guest_stands(room, pass)? {
            GuestStands::Waits if pass.statement.held => self.tell_of_guest(room, guest),
            GuestStands::Waits => self.let_in(room, guest).map(|_| ()),
            _ => {
                self.state.requests.came.remove(&guest);
                Ok(())
            }
        }
    }

    /// Ends the pass of a request that has come to its end, unless its guest is in: he stays, and takes his receipt. Whoever made it does, or
    /// any owner if that one is there no more.
    fn end_unused(&mut self, room: RoomId, pass: &PassEntry) -> Result<(), Error> {
        let members = self.members_of(room)?;
        let by = pass.statement.by;
        let is_ours = by == self.account()?.account || !members.contains(&by);
        let is_in = pass.guest.is_some_and(|guest| members.contains(&guest));
        if is_ours && !is_in && self.keeps(Guard::LinkEnds) {
            self.end_pass(pass.statement.id)?;
        }
        Ok(())
    }

    /// Tells the person of this device, once, that somebody came who waits to be let in.
    fn tell_of_guest(&mut self, room: RoomId, guest: AccountId) -> Result<(), Error> {
        let is_kept_out = self.keeps_guest_out(room)?.is_some();
        if is_kept_out || !self.state.requests.came.remove(&guest) {
            return Ok(());
        }
        let chat = self.room(room)?.chat.clone();
        if let Some(entry) = self.request_entry(&chat)? {
            self.announce(NewMessage {
                chat: ChatId(chat),
                title: entry.number,
                sender: self.guest_name(room),
                outside: None,
                preview: entry.subject,
                is_poll: false,
                is_card: false,
                reminds: Some(Reminder::GuestWaits),
            });
        }
        Ok(())
    }
}

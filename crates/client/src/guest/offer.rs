//! What those who ask are shown of a guest: how far he is, and what is to be handed over to him, once it may be.

use super::host::called;
use crate::Error;
use crate::guard::Guard;
use crate::requests::RequestEntry;
use crate::state::Cx;
use valise_directory::fold::PassEntry;
use valise_directory::guest::{self, GuestCode, GuestLink, GuestSecret};
use valise_views::ChatId;
use valise_views::request::{Guest, GuestStands, Held, NotYet};
use valise_wire::{AccountId, InvitationId, RoomId};

impl Cx<'_> {
    /// Returns the room of a request to a guest, if this device may say who comes there.
    pub(super) fn guest_room_of(&self, chat: &ChatId) -> Result<Option<RoomId>, Error> {
        let me = self.account()?.account;
        let Some(entry) = self.request_entry(&chat.0)? else {
            return Ok(None);
        };
        let is_ours = !entry.incoming && self.is_owner(entry.room, me)?;
        Ok(Some(entry.room).filter(|_| is_ours))
    }

    /// Returns how it stands with the guest of a request.
    pub(crate) fn shown_guest(&self, room: RoomId, message: i64) -> Result<Option<Guest>, Error> {
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
                not_yet: None,
                until: pass.not_after.0,
                digits: None,
                fingerprint: self.state.roll.home.fingerprint(),
            }));
        }
        let Some(pass) = self.newest_pass(room) else {
            return Ok(None);
        };
        let stands = self.guest_stands(room, &pass)?;
        let hands = stands == GuestStands::Awaited && pass.statement.by == account.account;
        let not_yet = match hands || stands == GuestStands::Waits {
            true => self.not_yet(room, message)?,
            false => None,
        };
        let shows = hands && not_yet.is_none();
        let made = shows.then(|| self.link_of(pass.statement.id)).transpose()?;
        let (link, code) = made.unzip();
        let came = pass.guest.and_then(|guest| self.state.roll.account(guest));
        Ok(Some(Guest {
            name: called(pass.details.as_ref()),
            stands,
            link,
            code,
            not_yet,
            until: pass.statement.not_after.0,
            digits: came.map(|entry| guest::digits(&entry.key)),
            fingerprint: self.state.roll.home.fingerprint(),
        }))
    }

    /// Tells why nothing is handed over to the guest of a request yet, on paper neither: what leaves by another way than the room has to wait
    /// for the same.
    fn not_yet(&self, room: RoomId, message: i64) -> Result<Option<NotYet>, Error> {
        if !self.keeps(Guard::Handed) {
            return Ok(None);
        }
        if self.are_requests_stopped() {
            return Ok(Some(NotYet::Stopped));
        }
        if self.has_request_arrived(room)? {
            return Ok(None);
        }
        Ok(Some(match self.held(message)? {
            Some(Held::SentBack { .. }) => NotYet::SentBack,
            Some(Held::Waits | Held::Nobody) => NotYet::Release,
            Some(Held::LeftOut) => NotYet::Sending,
            Some(Held::Stopped) => NotYet::Stopped,
            Some(Held::Over) => NotYet::Over,
            None => NotYet::Sending,
        }))
    }

    /// Tells whether the guest of a request came and waits until a person lets him in, which oneself can do now. Who was in and was put out
    /// again waits for nothing.
    pub(crate) fn guest_waits(&self, entry: &RequestEntry) -> Result<bool, Error> {
        let home = &self.state.roll.home;
        let is_asking = !entry.incoming && home.room_of_side(entry.other).is_some();
        if !is_asking || entry.state.is_final() {
            return Ok(false);
        }
        let pass = self.newest_pass(entry.room);
        let Some((pass, guest)) = pass.and_then(|pass| pass.guest.map(|guest| (pass, guest)))
        else {
            return Ok(false);
        };
        let waits = self.guest_stands(entry.room, &pass)? == GuestStands::Waits;
        let is_new = waits && !self.has_written(&entry.chat, guest)?;
        Ok(is_new && self.is_host(entry.room)? && self.keeps_guest_out(entry.room)?.is_none())
    }

    /// Tells whether somebody said something in a chat. A guest's device says that it opened the request.
    fn has_written(&self, chat: &str, who: AccountId) -> Result<bool, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM message WHERE chat = ?1 AND sender = ?2)",
        )?;
        Ok(query.query_row((chat, who.0), |row| row.get(0))?)
    }

    pub(super) fn guest_stands(
        &self,
        room: RoomId,
        pass: &PassEntry,
    ) -> Result<GuestStands, Error> {
        let is_over = self.is_request_over(room)? && self.keeps(Guard::LinkEnds);
        let Some(guest) = pass.guest.filter(|_| pass.ended_at.is_none()) else {
            let is_open = pass.is_open(self.now) && !is_over;
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
        if is_over {
            return Ok(GuestStands::Over);
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

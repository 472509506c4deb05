//! The link into a group, as its owners have it: one at a time. Its secret is kept nowhere: the devices of the account that made it make
//! it again of the account's key and what stands in the policy.

use super::Wanted;
use crate::Error;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_directory::link::GroupLink;
use valise_directory::room_link::{LinkSecret, RoomCard};
use valise_mls::LinkKey;
use valise_views::link as views;
use valise_views::{ChatId, Millis, Trouble};
use valise_wire::policy::{LinkRole, RoomKind, RoomLink, RoomPolicy};
use valise_wire::{RoomId, Timestamp};

impl Cx<'_> {
    /// Wants a new link in the place of the one that there is.
    pub(crate) fn make_link(
        &mut self,
        room: RoomId,
        until: Option<Millis>,
    ) -> Result<Result<(), Trouble>, Error> {
        if until.is_some_and(|until| Timestamp(until) <= self.now || until > i64::MAX as u64) {
            return Ok(Err(Trouble::NotAllowed));
        }
        if self.room(room)?.kind == RoomKind::Request {
            return Ok(Err(Trouble::NotAllowed));
        }
        let id: [u8; 16] = self.random();
        let key = LinkKey::from_seed(&self.link_secret(room, &id)?.key_seed());
        self.forget_link_wishes(room)?;
        self.db.execute(
            "INSERT INTO room_link (room, id, key, until, wanted) VALUES (?1, ?2, ?3, ?4, 1)",
            (room.0, id, key.public(), until.map(|until| until as i64)),
        )?;
        self.want(room, Wanted::Link(id)).map(Ok)
    }

    /// Wants no link.
    pub(crate) fn end_link(&mut self, room: RoomId) -> Result<Result<(), Trouble>, Error> {
        self.forget_link_wishes(room)?;
        self.want(room, Wanted::NoLink).map(Ok)
    }

    fn forget_link_wishes(&mut self, room: RoomId) -> Result<(), Error> {
        self.db.execute(
            "DELETE FROM intent WHERE room = ?1 AND kind IN (?2, ?3)",
            (room.0, Wanted::LINK, Wanted::NO_LINK),
        )?;
        self.db.execute(
            "DELETE FROM room_link WHERE room = ?1 AND wanted = 1",
            [room.0],
        )?;
        Ok(())
    }

    /// Plans a link that is wanted. Tells whether it is there, or not wanted any more.
    pub(super) fn plan_link(
        &mut self,
        room: RoomId,
        id: [u8; 16],
        policy: &RoomPolicy,
        wanted: &mut RoomPolicy,
    ) -> Result<bool, Error> {
        let row: Option<Option<i64>> = self
            .db
            .prepare_cached(
                "SELECT until FROM room_link WHERE room = ?1 AND id = ?2 AND wanted = 1",
            )?
            .query_row((room.0, id), |row| row.get(0))
            .optional()?;
        let Some(until) = row.filter(|_| !policy.links.iter().any(|link| link.id == id)) else {
            return Ok(true);
        };
        let secret = self.link_secret(room, &id)?;
        let card = self.card(room)?;
        let organisation = self.account()?.organisation;
        wanted.links = vec![RoomLink {
            key: LinkKey::from_seed(&secret.key_seed()).public(),
            id,
            not_after: until.map(|until| Timestamp(until as u64)),
            role: LinkRole::Member,
            card: secret.seal_card(organisation, room, &card, &mut self.state.rng),
        }];
        Ok(false)
    }

    /// What an owner's device does by itself: a link that is over goes, and a card of one's own that is behind is made anew.
    pub(super) fn tend_links(
        &mut self,
        room: RoomId,
        wanted: &mut RoomPolicy,
    ) -> Result<(), Error> {
        let account = self.account()?;
        if wanted.links.is_empty() || !wanted.owners.contains(&account.account) {
            return Ok(());
        }
        let now = self.now;
        wanted
            .links
            .retain(|link| link.not_after.is_none_or(|end| now <= end));
        let card = self.card(room)?;
        for link in &mut wanted.links {
            let secret = self.link_secret(room, &link.id)?;
            let is_own = LinkKey::from_seed(&secret.key_seed()).public() == link.key;
            let shown = secret.open_card(account.organisation, room, &link.card);
            if is_own && shown.as_ref() != Ok(&card) {
                link.card =
                    secret.seal_card(account.organisation, room, &card, &mut self.state.rng);
            }
        }
        Ok(())
    }

    /// Looks soon whether the card of a link is behind, after what it shows has changed.
    pub(crate) fn card_may_be_behind(&mut self, chat: &str) -> Result<(), Error> {
        let mut query = self.db.prepare_cached(
            "SELECT room.id FROM room JOIN room_link ON room_link.room = room.id WHERE room.chat = ?1 AND room.stage = 1",
        )?;
        let rooms = query.query_map([chat], |row| row.get(0).map(RoomId))?;
        let rooms: Vec<RoomId> = rooms.collect::<Result<_, _>>()?;
        for room in rooms {
            let me = self.account()?.account;
            if self.is_owner(room, me)? {
                self.schedule_commit(room)?;
            }
        }
        Ok(())
    }

    /// Stores which links stand in a room's policy.
    pub(super) fn keep_links(&mut self, room: RoomId, links: &[RoomLink]) -> Result<(), Error> {
        self.db
            .prepare_cached("DELETE FROM room_link WHERE room = ?1 AND wanted = 0")?
            .execute([room.0])?;
        let mut insert = self.db.prepare_cached(
            "INSERT OR REPLACE INTO room_link (room, id, key, until, wanted) VALUES (?1, ?2, ?3, ?4, 0)",
        )?;
        for link in links {
            // A moment beyond what is counted is no end.
            let until = link.not_after.and_then(|end| i64::try_from(end.0).ok());
            insert.execute((room.0, link.id, link.key, until))?;
        }
        Ok(())
    }

    /// Returns the keys of the links that a room was last known to have.
    pub(super) fn known_links(&self, room: RoomId) -> Result<Vec<[u8; 32]>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT key FROM room_link WHERE room = ?1 AND wanted = 0")?;
        let rows = query.query_map([room.0], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns a group's link for its owners: the one that is to be, otherwise the one that there is.
    pub(crate) fn shown_link(&self, room: RoomId) -> Result<Option<views::GroupLink>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT id, key, until, wanted FROM room_link WHERE room = ?1 AND (wanted = 0 OR EXISTS
                (SELECT 1 FROM intent WHERE room = ?1 AND kind = ?2 AND account = room_link.id))
             ORDER BY wanted DESC, key LIMIT 1",
        )?;
        let row = query.query_row((room.0, Wanted::LINK), |row| {
            let until: Option<i64> = row.get(2)?;
            let (id, key): ([u8; 16], [u8; 32]) = (row.get(0)?, row.get(1)?);
            Ok((id, key, until, row.get::<_, bool>(3)?))
        });
        let Some((id, key, until, wanted)) = row.optional()? else {
            return Ok(None);
        };
        let account = self.account()?;
        let secret = self.link_secret(room, &id)?;
        let is_own = LinkKey::from_seed(&secret.key_seed()).public() == key;
        let link = is_own.then(|| GroupLink {
            origin: account.origin.clone(),
            room,
            secret,
        });
        let until = until.map(|until| until as u64);
        Ok(Some(views::GroupLink {
            url: link.map(|link| link.to_url()),
            until,
            over: until.is_some_and(|until| self.now > Timestamp(until)),
            works: !wanted,
        }))
    }

    fn link_secret(&self, room: RoomId, id: &[u8; 16]) -> Result<LinkSecret, Error> {
        let account = self.account()?;
        Ok(LinkSecret::derive(&account.account_key(), room, id))
    }

    /// Makes the card of a room as it is here.
    fn card(&mut self, room: RoomId) -> Result<RoomCard, Error> {
        let by = self.account()?.account;
        let chat = ChatId(self.room(room)?.chat.clone());
        let mut query = self.db.prepare_cached(
            "SELECT title, profile_version, timer, timer_version FROM chat WHERE id = ?1",
        )?;
        Ok(query.query_row([&chat.0], |row| {
            Ok(RoomCard {
                title: row.get(0)?,
                version: row.get::<_, i64>(1)? as u64,
                lasts: row.get(2)?,
                lasts_version: row.get::<_, i64>(3)? as u64,
                by,
            })
        })?)
    }
}

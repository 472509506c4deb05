//! What a room is called, as its owners say.

use crate::Error;
use crate::alarm;
use crate::chats::MAX_PICTURE_BYTES;
use crate::guard::Guard;
use crate::rooms::{Stored, clean_title};
use crate::state::Cx;
use valise_wire::policy::RoomKind;
use valise_wire::{AccountId, RoomId};

impl Cx<'_> {
    /// Takes the name and the picture of a room: of owners.
    pub(super) fn took_profile(
        &mut self,
        room: RoomId,
        sender: AccountId,
        version: u64,
        title: &str,
        picture: Option<Vec<u8>>,
    ) -> Result<(), Error> {
        let state = self.room(room)?;
        let (chat, kind) = (state.chat.clone(), state.kind);
        let title = clean_title(title);
        let large = picture
            .as_ref()
            .is_some_and(|picture| picture.len() > MAX_PICTURE_BYTES);
        let (Some(title), false, false) = (title, kind == RoomKind::Direct, large) else {
            return self.alarm(alarm::Kind::Member, Some(&chat));
        };
        let (had, former, shown): (i64, String, Option<Vec<u8>>) = self.db.query_row(
            "SELECT profile_version, title, picture FROM chat WHERE id = ?1",
            [&chat],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        if !self.is_owner(room, sender)? && self.keeps(Guard::Naming) {
            return match self.repeats(&chat, sender, version > had as u64)? {
                Repeat::ToOneself => self.name(&chat, &title, picture.as_deref(), version),
                Repeat::ToOthers => Ok(()),
                Repeat::No => self.alarm(alarm::Kind::Member, Some(&chat)),
            };
        }
        if version < had as u64 || version > i64::MAX as u64 {
            return Ok(());
        }
        self.name(&chat, &title, picture.as_deref(), version)?;
        if had > 0 && former != title {
            self.add_notice(&chat, Some(room), sender, &Stored::Renamed(sender, title))?;
        }
        // Who came in by a link knows the name from its card, and not the picture.
        let is_news = version > had as u64 || shown.is_some();
        if had > 0 && shown != picture && is_news {
            self.add_notice(&chat, Some(room), sender, &Stored::Picture(sender))?;
        }
        Ok(())
    }

    fn name(
        &mut self,
        chat: &str,
        title: &str,
        picture: Option<&[u8]>,
        version: u64,
    ) -> Result<(), Error> {
        self.db.execute(
            "UPDATE chat SET title = ?2, picture = ?3, profile_version = ?4 WHERE id = ?1",
            (chat, title, picture, version as i64),
        )?;
        self.state.dirty.chat(chat);
        self.card_may_be_behind(chat)
    }

    /// Tells whether what somebody says of a group who owns nothing, newer than what is known or not, only repeats what owners said
    /// before: he brought a device of his own in, and tells it. A device that is new itself cannot know, and suspects nobody.
    pub(crate) fn repeats(
        &self,
        chat: &str,
        sender: AccountId,
        is_newer: bool,
    ) -> Result<Repeat, Error> {
        let is_new_here: bool = self.db.query_row(
            "SELECT profile_version = 0 FROM chat WHERE id = ?1",
            [chat],
            |row| row.get(0),
        )?;
        Ok(match is_new_here {
            true if sender == self.account()?.account => Repeat::ToOneself,
            true => Repeat::ToOthers,
            false if is_newer => Repeat::No,
            false => Repeat::ToOthers,
        })
    }
}

/// What a member says of a group who owns nothing.
pub(crate) enum Repeat {
    /// What another device of one's own account says to this one, which knows nothing of the group yet.
    ToOneself,
    /// What is known, for somebody who is new.
    ToOthers,
    /// Something else.
    No,
}

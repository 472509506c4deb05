//! What is set of a chat: for oneself, or for everybody in it.

use crate::Error;
use crate::content::{ChatName, Preference};
use crate::rooms::Wanted;
use crate::state::Cx;
use valise_views::{ChatId, Outcome, Trouble};
use valise_wire::RoomId;

/// Most bytes of a room's picture.
pub(crate) const MAX_PICTURE_BYTES: usize = 32 << 10;

impl Cx<'_> {
    /// Sets a switch of a chat, and tells the other devices.
    pub(crate) fn switch(
        &mut self,
        number: u64,
        chat: &ChatId,
        column: &'static str,
        preference: fn(ChatName, bool) -> Preference,
        on: bool,
    ) -> Result<(), Error> {
        if !self.has_chat(chat)? {
            return self.fail(number, Trouble::NotFound);
        }
        let changed = self
            .db
            .prepare_cached(&format!(
                "UPDATE chat SET {column} = ?2 WHERE id = ?1 AND {column} <> ?2"
            ))?
            .execute((&chat.0, on))?;
        if let Some(name) = ChatName::of_key(&chat.0).filter(|_| changed > 0) {
            self.keep_in_sight(&chat.0)?;
            self.tell_devices(&preference(name, on))?;
        }
        self.state.dirty.chat(&chat.0);
        self.state.dirty.status = true;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    pub(crate) fn rename(
        &mut self,
        room: RoomId,
        title: &str,
    ) -> Result<Result<(), Trouble>, Error> {
        let Some(title) = crate::rooms::clean_title(title) else {
            return Ok(Err(Trouble::BadName));
        };
        let chat = self.room(room)?.chat.clone();
        self.db.execute(
            "UPDATE chat SET title = ?2, profile_version = profile_version + 1 WHERE id = ?1",
            (&chat, &title),
        )?;
        let me = self.account()?.account;
        self.add_notice(
            &chat,
            Some(room),
            me,
            &crate::rooms::Stored::Renamed(me, title),
        )?;
        self.card_may_be_behind(&chat)?;
        self.post_profile(room)?;
        Ok(Ok(()))
    }

    pub(crate) fn set_picture(
        &mut self,
        room: RoomId,
        picture: Option<Vec<u8>>,
    ) -> Result<Result<(), Trouble>, Error> {
        if picture
            .as_ref()
            .is_some_and(|picture| picture.len() > MAX_PICTURE_BYTES)
        {
            return Ok(Err(Trouble::FileTooLarge));
        }
        let chat = self.room(room)?.chat.clone();
        self.db.execute(
            "UPDATE chat SET picture = ?2, profile_version = profile_version + 1 WHERE id = ?1",
            (&chat, picture),
        )?;
        let me = self.account()?.account;
        self.add_notice(&chat, Some(room), me, &crate::rooms::Stored::Picture(me))?;
        self.post_profile(room)?;
        Ok(Ok(()))
    }

    pub(crate) fn set_owner(
        &mut self,
        room: RoomId,
        person: &valise_views::PersonId,
        owner: bool,
    ) -> Result<Result<(), Trouble>, Error> {
        self.want_of(room, person, |who| Wanted::Owner(who, owner))
    }
}

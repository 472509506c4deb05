//! Handing messages on: their files stay where they are at the server, and are named again.

use crate::Error;
use crate::changes::Standing;
use crate::chats::{Waiting, kind};
use crate::content::{Attachment, Meaning};
use crate::outbox::{Refers, Role};
use crate::state::Cx;
use valise_views::{ChatId, MessageId, Outcome, Trouble};
use valise_wire::{AccountId, Timestamp};

/// Most messages that are handed on at once.
const MAX_MESSAGES: usize = 100;

impl Cx<'_> {
    pub(crate) fn forward(
        &mut self,
        number: u64,
        messages: &[MessageId],
        chats: &[ChatId],
    ) -> Result<(), Error> {
        if messages.is_empty() || messages.len() > MAX_MESSAGES {
            return self.fail(number, Trouble::NotAllowed);
        }
        let mut chosen = Vec::new();
        for message in messages {
            let found = self.standing(message)?.filter(|found| {
                !found.deleted
                    && matches!(
                        found.kind,
                        kind::TEXT | kind::FILES | kind::POLL | kind::CARD
                    )
            });
            let Some(found) = found else {
                return self.fail(number, Trouble::NotFound);
            };
            let files = match found.kind {
                kind::FILES => self.attachments(found.id, None)?,
                _ => Some(Vec::new()),
            };
            let Some(files) = files else {
                return self.fail(number, Trouble::NotFound);
            };
            chosen.push((found, files));
        }
        for chat in chats {
            if let Err(trouble) = self.may_send(chat)? {
                return self.fail(number, trouble);
            }
        }
        for chat in chats {
            for (message, files) in &chosen {
                self.hand_on(chat, message, files)?;
            }
        }
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    fn hand_on(
        &mut self,
        chat: &ChatId,
        message: &Standing,
        files: &[Attachment],
    ) -> Result<(), Error> {
        let refers = Refers {
            origin: Some(self.first_said(message)?),
            lasts: self.lasts(&chat.0)?,
            ..Refers::default()
        };
        if let Some(kept) = self.kept_poll(message.id)? {
            // Who chose what there is not told here: the poll begins anew.
            return self.add_poll(&chat.0, &kept.poll, refers).map(drop);
        }
        if let Some(account) = self.kept_card(message.id)? {
            return self.add_card(&chat.0, &account, refers).map(drop);
        }
        // Who was mentioned there is not called here.
        let body = self.spoken(&message.chat, &message.body)?;
        if message.kind == kind::TEXT {
            return self.add_text(&chat.0, &body, refers).map(drop);
        }
        let waiting = Waiting {
            kind: kind::FILES,
            body: &body,
            refers: refers.clone(),
        };
        let id = self.add_waiting(&chat.0, &waiting)?;
        self.add_remote_files(id, files)?;
        let (files, text) = (files.to_vec(), body);
        let content = self.compose(&Meaning::Files { files, text }, refers)?;
        self.enqueue(&chat.0, None, Role::Message(id), &content, true)?;
        self.index(id)
    }

    /// Returns who wrote a message first, and when.
    fn first_said(&self, message: &Standing) -> Result<(AccountId, Timestamp), Error> {
        let mut query = self.db.prepare_cached(
            "SELECT ifnull(origin, sender), ifnull(origin_at, at) FROM message WHERE id = ?1",
        )?;
        Ok(query.query_row([message.id], |row| {
            Ok((
                AccountId(row.get(0)?),
                Timestamp(row.get::<_, i64>(1)? as u64),
            ))
        })?)
    }
}

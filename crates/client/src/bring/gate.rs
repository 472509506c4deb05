//! Nothing is said in a chat that was brought: everything that would is refused with that reason.

use super::brought_from;
use crate::Error;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_views::{ChatId, Command, MessageId};

impl Cx<'_> {
    /// Tells whether a command would write into a chat that was brought, change a message there, or hand one on.
    pub(crate) fn writes_to_brought(&self, command: &Command) -> Result<bool, Error> {
        let is_brought = |chat: &ChatId| brought_from(&chat.0).is_some();
        Ok(match command {
            Command::SendText { chat, .. }
            | Command::SendFile { chat, .. }
            | Command::SendPoll { chat, .. }
            | Command::SendCard { chat, .. }
            | Command::SetDraft { chat, .. }
            | Command::Typing(chat)
            | Command::Leave(chat)
            | Command::Reopen(chat)
            | Command::AddMembers { chat, .. }
            | Command::RemoveMember { chat, .. }
            | Command::Rename { chat, .. }
            | Command::SetPicture { chat, .. }
            | Command::SetOwner { chat, .. }
            | Command::SetTimer { chat, .. }
            | Command::MakeGroupLink { chat, .. }
            | Command::EndGroupLink(chat)
            | Command::SetAnnouncement { chat, .. } => is_brought(chat),
            Command::Edit { message, .. }
            | Command::Delete(message)
            | Command::Vote { message, .. }
            | Command::ClosePoll(message)
            | Command::React { message, .. }
            | Command::PinMessage { message, .. } => self.stands_in_brought(message)?,
            // Handed on, it would look as if somebody of the organisation vouched for it.
            Command::Forward { messages, chats } => {
                let mut any = chats.iter().any(is_brought);
                for message in messages {
                    any = any || self.stands_in_brought(message)?;
                }
                any
            }
            _ => false,
        })
    }

    fn stands_in_brought(&self, message: &MessageId) -> Result<bool, Error> {
        let Ok(id) = message.0.parse::<i64>() else {
            return Ok(false);
        };
        let mut query = self
            .db
            .prepare_cached("SELECT chat FROM message WHERE id = ?1")?;
        let chat: Option<String> = query.query_row([id], |row| row.get(0)).optional()?;
        Ok(chat.is_some_and(|chat| brought_from(&chat).is_some()))
    }
}

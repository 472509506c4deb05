//! Votes as others send them: what counts is what the poll offers, in its room, while it is open.

use super::Checked;
use crate::Error;
use crate::alarm;
use crate::changes::Standing;
use crate::chats::kind;
use crate::guard::Guard;
use crate::state::Cx;
use valise_wire::MessageId;

impl Cx<'_> {
    /// Takes what somebody chooses in a poll.
    pub(super) fn took_vote(
        &mut self,
        checked: &Checked<'_>,
        poll: Option<MessageId>,
        options: &[u16],
    ) -> Result<(), Error> {
        let chat = self.count_change(checked)?;
        let Some(target) = self.poll_named(&chat, poll)? else {
            return Ok(());
        };
        let kept = match target.kind {
            kind::POLL => self.kept_poll(target.id)?,
            _ => None,
        };
        match kept {
            None if target.deleted && target.kind == kind::POLL => Ok(()),
            None => self.alarm(alarm::Kind::Member, Some(&chat)),
            Some(kept) if !kept.poll.takes(options) && self.keeps(Guard::Voting) => {
                self.alarm(alarm::Kind::Member, Some(&chat))
            }
            // Who voted had not seen yet that it is closed: nobody's fault.
            Some(kept) if kept.is_closed() && self.keeps(Guard::Closing) => Ok(()),
            Some(_) => {
                let (by, at) = (checked.sender.account, checked.event.at);
                self.set_vote(target.id, by, options, at)?;
                self.state.dirty.chat(&target.chat);
                Ok(())
            }
        }
    }

    /// Takes that a poll is closed: of its author.
    pub(super) fn took_poll_end(
        &mut self,
        checked: &Checked<'_>,
        poll: Option<MessageId>,
    ) -> Result<(), Error> {
        let chat = self.count_change(checked)?;
        let Some(target) = self.poll_named(&chat, poll)? else {
            return Ok(());
        };
        let is_authors = target.sender == checked.sender.account || !self.keeps(Guard::Closing);
        if target.kind != kind::POLL || !is_authors {
            return self.alarm(alarm::Kind::Member, Some(&chat));
        }
        self.end_poll(target.id)?;
        self.state.dirty.chat(&target.chat);
        Ok(())
    }

    /// Finds the poll in the room in which somebody votes: nobody votes from outside of it. One that is not on this
    /// device needs no votes.
    fn poll_named(&self, chat: &str, poll: Option<MessageId>) -> Result<Option<Standing>, Error> {
        let Some(poll) = poll else {
            return Ok(None);
        };
        if self.keeps(Guard::Voting) {
            self.named(chat, poll)
        } else {
            self.named_anywhere(poll)
        }
    }
}

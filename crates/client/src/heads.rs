//! Comparing directories: members tell each other, inside the encryption, how far they have read the organisation's log, and
//! what it says up to there. So a server that keeps something back from some, or shows them another log, is found out.

use crate::Error;
use crate::alarm;
use crate::guard::Guard;
use crate::state::Cx;
use valise_directory::fold::Head;
use valise_wire::Timestamp;

/// Time that the server has for showing this device what it has shown another member.
const GRACE_MILLIS: u64 = 30_000;

/// What another member has read and this device has not.
pub(crate) struct Ahead {
    head: Head,
    chat: String,
    until: Timestamp,
}

impl Cx<'_> {
    /// Compares another member's directory with one's own.
    pub(crate) fn took_head_of_directory(&mut self, chat: &str, theirs: Head) -> Result<(), Error> {
        if !self.keeps(Guard::DirectoryHeads) || theirs.position == 0 {
            return Ok(());
        }
        match self.state.roll.home.head_at(theirs.position) {
            Some(own) if own == theirs => Ok(()),
            Some(_) => self.alarm(alarm::Kind::Directory, Some(chat)),
            None => self.read_up_to(chat, theirs),
        }
    }

    fn read_up_to(&mut self, chat: &str, theirs: Head) -> Result<(), Error> {
        let until = self.now.plus_millis(GRACE_MILLIS);
        let further = |ahead: &Ahead| theirs.position > ahead.head.position;
        if self.state.ahead.as_ref().is_none_or(further) {
            self.state.ahead = Some(Ahead {
                head: theirs,
                chat: chat.to_owned(),
                until,
            });
        }
        self.wake_at(until);
        self.reread_directory()
    }

    /// Looks whether the directory has come up to where another member is.
    pub(crate) fn advance_heads(&mut self) -> Result<(), Error> {
        let Some(ahead) = self.state.ahead.take() else {
            return Ok(());
        };
        let reading = self.is_reading_directory();
        match self.state.roll.home.head_at(ahead.head.position) {
            Some(own) if own == ahead.head => Ok(()),
            None if reading || !self.is_due(ahead.until) => {
                self.state.ahead = Some(ahead);
                Ok(())
            }
            _ => self.alarm(alarm::Kind::Directory, Some(&ahead.chat)),
        }
    }
}

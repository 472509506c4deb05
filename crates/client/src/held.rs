//! What cannot be done without a line and was asked for while one was being made: it waits for how that ends.

use crate::Error;
use crate::state::Cx;
use valise_views::{Command, Trouble};

/// Tries that failed in a row, above which nobody is kept waiting.
const HOPEFUL: u32 = 1;

impl Cx<'_> {
    /// Does a command that needs the server and the directory, once they are there.
    pub(crate) fn with_line(&mut self, number: u64, command: Command) -> Result<(), Error> {
        if !self.knows_itself() && self.is_hopeful() {
            self.state.held.push((number, command));
            return Ok(());
        }
        self.line_command(number, command)
    }

    /// Does what waited, or says that there is no line.
    pub(crate) fn advance_held(&mut self) -> Result<(), Error> {
        if self.state.held.is_empty() || (!self.knows_itself() && self.is_hopeful()) {
            return Ok(());
        }
        for (number, command) in std::mem::take(&mut self.state.held) {
            if self.knows_itself() {
                self.line_command(number, command)?;
            } else {
                self.fail(number, Trouble::Offline)?;
            }
        }
        Ok(())
    }

    /// Tells whether the server answers and the directory says who this is.
    fn knows_itself(&self) -> bool {
        let me = self.state.account.as_ref().map(|account| account.account);
        let known = me.is_some_and(|me| self.state.roll.home.account(me).is_some());
        known && self.state.line.is_up() && self.state.line.synced
    }

    fn is_hopeful(&self) -> bool {
        let line = &self.state.line;
        line.online && line.failures <= HOPEFUL && !self.is_revoked()
    }
}

//! Deadlines that pass while nothing else happens.

use crate::Error;
use crate::state::Cx;
use valise_wire::Timestamp;

/// No deadline is ahead.
const NEVER: Timestamp = Timestamp(u64::MAX);

impl Cx<'_> {
    /// Shows that a deadline has passed, in the moment after it.
    pub(crate) fn advance_due(&mut self) -> Result<(), Error> {
        let next = match self.state.requests.next_due {
            Some(next) => next,
            None => self.look_for_due()?,
        };
        if next != NEVER && self.is_due(next.plus_millis(1)) {
            self.state.dirty.requests = true;
            self.state.dirty.every_chat = true;
            let after = self.look_for_due()?;
            if after != NEVER {
                self.wake_at(after.plus_millis(1));
            }
        }
        Ok(())
    }

    fn look_for_due(&mut self) -> Result<Timestamp, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT min(due) FROM request WHERE due >= ?1")?;
        let next: Option<i64> = query.query_row([self.now.0 as i64], |row| row.get(0))?;
        let next = next.map_or(NEVER, |due| Timestamp(due as u64));
        self.state.requests.next_due = Some(next);
        Ok(next)
    }
}

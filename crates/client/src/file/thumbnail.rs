//! A small picture of a file that came without one: of another messenger's export, or of a sender who made none.

use super::transfer::State;
use super::upload::MAX_THUMBNAIL_BYTES;
use crate::Error;
use crate::state::Cx;
use valise_views::{FileId, Outcome, Trouble};

impl Cx<'_> {
    /// Keeps it on this device. A label that says *confidential* means that nothing of the file is shown in passing.
    pub(crate) fn keep_thumbnail(
        &mut self,
        number: u64,
        file: &FileId,
        picture: &[u8],
    ) -> Result<(), Error> {
        if picture.len() > MAX_THUMBNAIL_BYTES {
            return self.fail(number, Trouble::FileTooLarge);
        }
        let kept = self.db.execute(
            "UPDATE file SET thumbnail = ?2 WHERE id = ?1 AND state = ?3 AND thumbnail IS NULL AND NOT confidential",
            (&file.0, picture, State::Here as i64),
        )?;
        let row = self.file_row(&file.0)?.filter(|_| kept > 0);
        let Some(row) = row else {
            return self.fail(number, Trouble::NotFound);
        };
        self.file_changed(row.message)?;
        self.outcome(number, Outcome::Done);
        Ok(())
    }
}

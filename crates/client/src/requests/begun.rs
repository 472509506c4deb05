//! What one began to say to a request, or to word otherwise in it: kept on this device until something is said, or it is given up.

use super::kinds::{numbered, shown_kind, spoken};
use crate::Error;
use crate::state::Cx;
use rusqlite::{OptionalExtension as _, Row};
use valise_evidence::ActKind;
use valise_views::{ActKind as ShownKind, AnswerDraft, ChatId, Outcome, Trouble};

/// Most bytes of all that was typed.
const MAX_BYTES: usize = 256 << 10;

impl Cx<'_> {
    /// Keeps what one began to say to a request, or forgets it.
    pub(crate) fn keep_answer_draft(
        &mut self,
        number: u64,
        chat: &ChatId,
        draft: Option<&AnswerDraft>,
    ) -> Result<(), Error> {
        let Some(draft) = draft else {
            self.forget_begun(chat)?;
            return self.done(number);
        };
        if self.request_entry(&chat.0)?.is_none() {
            return self.fail(number, Trouble::NotFound);
        }
        let reworded = (draft.kind == ShownKind::Amended).then_some(ActKind::Amended);
        let Some(kind) = spoken(draft.kind).or(reworded) else {
            return self.fail(number, Trouble::OutOfPlace);
        };
        let typed = [
            &draft.text,
            &draft.ground,
            &draft.subject,
            &draft.days,
            &draft.day,
        ];
        if typed.iter().map(|typed| typed.len()).sum::<usize>() > MAX_BYTES {
            return self.fail(number, Trouble::BadText);
        }
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO begun (chat, kind, text, ground, subject, days, day, confidential, files)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute((
                &chat.0,
                kind as i64,
                &draft.text,
                &draft.ground,
                &draft.subject,
                &draft.days,
                &draft.day,
                draft.is_confidential,
                draft.files,
            ))?;
        self.done(number)
    }

    /// Tells what one began to say to a request.
    pub(crate) fn read_answer_draft(&mut self, number: u64, chat: &ChatId) -> Result<(), Error> {
        let mut query = self.db.prepare_cached(
            "SELECT kind, text, ground, confidential, files, subject, days, day FROM begun WHERE chat = ?1",
        )?;
        let draft = query.query_row([&chat.0], read).optional()?.flatten();
        drop(query);
        self.outcome(number, Outcome::AnswerDraft(draft.map(Box::new)));
        Ok(())
    }

    /// Something was said to a request, or nothing is to be said.
    pub(super) fn forget_begun(&mut self, chat: &ChatId) -> Result<(), Error> {
        self.db
            .prepare_cached("DELETE FROM begun WHERE chat = ?1")?
            .execute([&chat.0])?;
        Ok(())
    }
}

/// Reads a row; none if it is of a kind that nobody says any more.
fn read(row: &Row<'_>) -> Result<Option<AnswerDraft>, rusqlite::Error> {
    let kind: i64 = row.get(0)?;
    let (text, ground) = (row.get(1)?, row.get(2)?);
    let (is_confidential, files) = (row.get(3)?, row.get(4)?);
    let (subject, days, day) = (row.get(5)?, row.get(6)?, row.get(7)?);
    Ok(numbered(kind).map(|kind| AnswerDraft {
        kind: shown_kind(kind),
        subject,
        text,
        ground,
        days,
        day,
        is_confidential,
        files,
    }))
}

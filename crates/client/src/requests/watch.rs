//! Who of an office looks after a request: who is on duty hears of it, and who stands in for somebody does his work.

use super::row::RequestEntry;
use crate::Error;
use crate::state::Cx;
use valise_wire::AccountId;

impl Cx<'_> {
    /// Tells whether what one person works on is another one's to do now: his own, or that of somebody for whom he stands in.
    pub(crate) fn is_his(&self, assignee: Option<AccountId>, who: AccountId) -> bool {
        let cover = |assignee| self.state.roll.home.cover(assignee, self.now);
        assignee.is_some_and(|assignee| assignee == who || cover(assignee) == Some(who))
    }

    /// Tells whether a chat is that of a request of others which colleagues look after now, so that oneself is not told of what is said
    /// there; it counts as unread all the same. Only where somebody said that he is on duty.
    pub(crate) fn is_others_watch(&self, chat: &str) -> Result<bool, Error> {
        let entry = self.request_entry(chat)?;
        let Some(entry) = entry.filter(|entry| entry.incoming) else {
            return Ok(false);
        };
        let me = self.account()?.account;
        Ok(!self.is_his(entry.assignee, me) && self.others_are_on_duty(&entry, me)?)
    }

    /// Tells whether colleagues are on duty for the office that a request of others is for.
    pub(super) fn others_are_on_duty(
        &self,
        entry: &RequestEntry,
        me: AccountId,
    ) -> Result<bool, Error> {
        let Some(office) = self.office_of(entry)? else {
            return Ok(false);
        };
        let home = &self.state.roll.home;
        let has_duty = home.holders(office).any(|it| home.is_on_duty(it, office));
        Ok(has_duty && !home.looks_after(office, self.now).contains(&me))
    }
}

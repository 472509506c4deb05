//! What a change of members looks like in the chat.

use super::notice::Stored;
use crate::Error;
use crate::chats::kind;
use crate::state::Cx;
use std::collections::BTreeSet;
use valise_mls::Changed;
use valise_wire::policy::{RoomKind, RoomPolicy};
use valise_wire::{AccountId, RoomId, Timestamp};

/// Time within which one chat says the same thing once.
const JUST_NOW_MILLIS: u64 = 300_000;

impl Cx<'_> {
    /// Says in the chat what a commit changed; `former` are the accounts that were in the room before, `inside` those that are in
    /// it now, as far as this device is.
    pub(super) fn notice_change(
        &mut self,
        id: RoomId,
        changed: &Changed,
        former: &BTreeSet<AccountId>,
        inside: &BTreeSet<AccountId>,
    ) -> Result<(), Error> {
        let room = self.room(id)?;
        if room.cursor < room.past {
            return Ok(());
        }
        let (chat, kind) = (room.chat.clone(), room.kind);
        self.notice_devices(id, &chat, changed, former)?;
        if kind == RoomKind::Direct {
            return Ok(());
        }
        let by = changed.committer.account;
        let came: BTreeSet<AccountId> = changed.added.iter().map(|leaf| leaf.account).collect();
        let went: BTreeSet<AccountId> = changed.removed.iter().map(|leaf| leaf.account).collect();
        let added: Vec<AccountId> = came.difference(former).copied().collect();
        let gone: Vec<AccountId> = went.difference(inside).copied().collect();
        if changed.by_link {
            self.add_notice(&chat, Some(id), by, &Stored::CameByLink(by))?;
        } else if !added.is_empty() {
            self.add_notice(&chat, Some(id), by, &Stored::Added(by, added))?;
        }
        let (ended, others): (Vec<_>, Vec<_>) = gone
            .into_iter()
            .partition(|account| !self.state.roll.is_active(*account));
        if !ended.is_empty() {
            self.add_notice(&chat, Some(id), by, &Stored::Removed(None, ended))?;
        }
        let (left, removed): (Vec<_>, Vec<_>) = others.into_iter().partition(|account| {
            changed.policy_before.owners.binary_search(&by).is_err()
                || self.said_leave(id, *account)
        });
        for person in left {
            self.add_notice(&chat, Some(id), person, &Stored::Left(person))?;
        }
        if !removed.is_empty() {
            self.add_notice(&chat, Some(id), by, &Stored::Removed(Some(by), removed))?;
        }
        let (before, after) = (&changed.policy_before, &changed.policy_after);
        if before.owners != after.owners && went.is_empty() {
            self.add_notice(
                &chat,
                Some(id),
                by,
                &Stored::Owners(by, after.owners.clone()),
            )?;
        }
        if before.kind != after.kind {
            let on = after.kind == RoomKind::Announcement;
            self.add_notice(&chat, Some(id), by, &Stored::Announcement(by, on))?;
        }
        if before.residency != after.residency {
            let codes = after.residency.join(" ");
            self.add_notice(&chat, Some(id), by, &Stored::Residency(by, codes))?;
        }
        if let Some(on) = link_change(before, after, self.now).filter(|on| *on || went.is_empty()) {
            self.add_notice(&chat, Some(id), by, &Stored::Link(by, on))?;
        }
        self.state.leavers.retain(|(room, _)| *room != id);
        Ok(())
    }

    /// Says who uses another device from here on: whoever is let in under a name that is known already is not overlooked. What
    /// one's own devices are is said elsewhere.
    fn notice_devices(
        &mut self,
        id: RoomId,
        chat: &str,
        changed: &Changed,
        former: &BTreeSet<AccountId>,
    ) -> Result<(), Error> {
        let me = self.account()?.account;
        let more: BTreeSet<AccountId> = changed
            .added
            .iter()
            .filter(|leaf| !changed.removed.contains(leaf))
            .map(|leaf| leaf.account)
            .filter(|account| *account != me && former.contains(account))
            .collect();
        for account in more {
            let notice = Stored::NewDevice(account);
            if !self.was_said_just_now(chat, &notice)? {
                self.add_notice(chat, Some(id), account, &notice)?;
            }
        }
        Ok(())
    }

    /// Tells whether a chat says this already: two rooms of one direct chat change at about the same time.
    fn was_said_just_now(&self, chat: &str, notice: &Stored) -> Result<bool, Error> {
        let since = self.now.0.saturating_sub(JUST_NOW_MILLIS) as i64;
        let mut query = self.db.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM message WHERE chat = ?1 AND kind = ?2 AND notice = ?3 AND at >= ?4)",
        )?;
        let asked = (chat, kind::NOTICE, notice.to_bytes(), since);
        Ok(query.query_row(asked, |row| row.get(0))?)
    }

    fn said_leave(&self, id: RoomId, account: AccountId) -> bool {
        self.state.leavers.contains(&(id, account))
    }
}

/// Tells whether there is another link than before, or none any more. A new card is no new link, and that one has ended by itself no
/// news.
fn link_change(before: &RoomPolicy, after: &RoomPolicy, now: Timestamp) -> Option<bool> {
    let had = |key: [u8; 32]| before.links.iter().any(|link| link.key == key);
    if after.links.iter().any(|link| !had(link.key)) {
        return Some(true);
    }
    let mut ended = before.links.iter();
    let stood = ended.any(|link| link.not_after.is_none_or(|end| now <= end));
    (after.links.is_empty() && stood).then_some(false)
}

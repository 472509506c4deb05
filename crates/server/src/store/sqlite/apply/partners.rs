//! What a batch does about other organisations.

use super::super::super::Entry;
use super::super::partners;
use super::Run;

impl Run<'_> {
    pub(super) fn partner_entry(&mut self, entry: &Entry) -> rusqlite::Result<()> {
        let connection = self.connection;
        match entry {
            Entry::Foreign(organisation, entry) => {
                partners::keep_foreign(connection, *organisation, entry)
            }
            Entry::Follow(followed) => {
                self.places.remove(&followed.room);
                partners::rooms::follow(connection, followed)
            }
            Entry::SetBack(room, seq, chain) => {
                let place = self.existing(*room)?;
                self.places.remove(room);
                partners::rooms::set_back(connection, place.id, *seq, chain)
            }
            Entry::Carried(hub, device, item) => {
                partners::rooms::carry(connection, *device, *hub, item.position)?;
                self.welcome_at(item.room, &[*device], &item.welcome, item.seq, &item.chain)
            }
            Entry::Follower(room, partner) => {
                let place = self.existing(*room)?;
                partners::rooms::add_follower(connection, place.id, *partner)
            }
            Entry::FollowerLeft(room, partner) => {
                let place = self.existing(*room)?;
                partners::rooms::end_follower(connection, place.id, *partner)
            }
            Entry::FollowerHas(room, partner, seq) => {
                let place = self.existing(*room)?;
                partners::rooms::follower_has(connection, place.id, *partner, *seq)
            }
            Entry::Counted(partner, share, day, more) => {
                partners::shares::count_today(connection, *partner, *share, *day, *more)
            }
            Entry::ClaimFor(partner, day, most, devices) => {
                devices.iter().try_for_each(|(account, device)| {
                    let taken = partners::shares::count_claim(connection, *partner, *device, *day)?;
                    self.claim(*account, *device, taken > *most)
                })
            }
            Entry::Shown(partner, account) => partners::show(connection, *partner, *account),
            Entry::Told(partner, position) => partners::tell(connection, *partner, *position),
            Entry::Offer(key, not_after, now) => partners::offer(connection, key, *not_after, *now),
            Entry::Introduced(said) => partners::introduce(connection, said),
            _ => Ok(()),
        }
    }
}

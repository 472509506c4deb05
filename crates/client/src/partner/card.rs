//! What one shows of oneself to partners.

use crate::Error;
use crate::asked::Purpose;
use crate::state::Cx;
use valise_directory::AddressTag;
use valise_directory::partner::{self, Card};
use valise_views::Outcome;
use valise_wire::Octets;

impl Cx<'_> {
    /// Shows oneself to partners that have not seen one's newest profile.
    pub(super) fn show_cards(&mut self) -> Result<(), Error> {
        let account = self.account()?;
        let roll = self.state.roll.clone();
        let Some(own) = roll.home.account(account.account) else {
            return Ok(());
        };
        let Some(profile) = &own.profile else {
            return Ok(());
        };
        let unseen = roll.home.partners().find_map(|(partner, entry)| {
            let (seen, at) = own
                .cards
                .get(&partner)
                .map_or((0, 0), |card| (card.version, card.position));
            let key = entry.key.as_ref()?;
            // Sealed with the key of this partnership, and not with that of one that ended.
            let is_old = at < own.profile_position.max(entry.position);
            is_old.then_some((partner, key, own.profile_version.max(seen + 1)))
        });
        let Some((partner, key, version)) = unseen else {
            return Ok(());
        };
        let at = self.state.partners.cards_at;
        let publishing =
            self.is_asking(|purpose| matches!(purpose, Purpose::Publish { number: None, .. }));
        if publishing || !self.is_due(at) {
            return Ok(());
        }
        // The other devices of the account want the same: who is first says it for all.
        self.state.partners.cards_at = self.now.plus_millis(5_000 + self.jitter(5_000));
        let card = Card {
            organisation: account.organisation,
            account: account.account,
            partner,
            version,
            address_tag: AddressTag([0; 32]),
            sealed: Octets::default(),
        };
        let rng = &mut self.state.rng;
        let statement = partner::card(card, profile, key, &account.account_key(), rng);
        self.publish(None, Outcome::Done, statement)
    }
}

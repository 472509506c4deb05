//! What offices show to partners. Any registrar's device says it; none is named, so that none can be missing.

use crate::Error;
use crate::asked::Purpose;
use crate::state::Cx;
use valise_directory::fold::OfficeEntry;
use valise_directory::office::{self, OfficeDetails};
use valise_directory::partner::PartnerKey;
use valise_views::Outcome;
use valise_wire::{OfficeId, OrganisationId, Timestamp};

/// Time in which the devices of registrars say a card in place of the one that said the office.
const OTHERS_MILLIS: u64 = 20_000;
/// Time in which that one does.
const AT_ONCE_MILLIS: u64 = 30_000;
/// Time after which a card is said again that was not taken.
const AGAIN_MILLIS: u64 = 10_000;

/// What is held in memory of saying cards.
#[derive(Default)]
pub(super) struct Cards {
    /// The card that was said last, until it is there.
    said: Option<(OfficeId, OrganisationId, u64)>,
    /// When this device may say one; none while all of them are there.
    at: Option<Timestamp>,
    /// Until when this device does not wait: it said of what cards are due.
    at_once_until: Timestamp,
}

/// A card that is to be said.
struct Due<'a> {
    office: OfficeId,
    version: u64,
    partner: OrganisationId,
    key: &'a PartnerKey,
    details: &'a OfficeDetails,
}

impl Cx<'_> {
    /// Shows an office to a partner who has not seen it as it is.
    pub(super) fn show_office_cards(&mut self) -> Result<(), Error> {
        let account = self.account()?;
        let roll = self.state.roll.clone();
        let home = &roll.home;
        let is_behind = home.head().position < self.state.line.directory_head;
        if is_behind || !home.is_registrar(account.account) {
            return Ok(());
        }
        let mut due = home.offices().filter_map(|entry| {
            let mut partners = home.partners();
            partners.find_map(|(partner, partnership)| {
                let key = partnership.key.as_ref()?;
                due(entry, partner, partnership.position, key)
            })
        });
        let Some(due) = due.next() else {
            let cards = &mut self.state.offices.cards;
            (cards.said, cards.at) = (None, None);
            return Ok(());
        };
        if !self.may_say(&due) {
            return Ok(());
        }
        let said = (due.office, due.version);
        let rng = &mut self.state.rng;
        let statement = account
            .as_issuer(|issuer| office::card(issuer, said, due.partner, due.details, due.key, rng));
        self.publish(None, Outcome::Done, statement)
    }

    /// Notes that this device said something of which cards are due.
    pub(crate) fn says_cards(&mut self) {
        let cards = &mut self.state.offices.cards;
        (cards.at, cards.at_once_until) = (None, self.now.plus_millis(AT_ONCE_MILLIS));
    }

    /// Tells whether the time of this device has come: by chance, so that two seldom say the same.
    fn may_say(&mut self, due: &Due<'_>) -> bool {
        if self.is_asking(|purpose| matches!(purpose, Purpose::Publish { number: None, .. })) {
            return false;
        }
        let card = (due.office, due.partner, due.version);
        let at_once = self.now < self.state.offices.cards.at_once_until;
        let spread = if at_once { 0 } else { OTHERS_MILLIS };
        let by_chance = self.now.plus_millis(self.jitter(spread));
        let cards = &mut self.state.offices.cards;
        if cards.said == Some(card) {
            // It was not taken.
            (cards.said, cards.at) = (None, Some(by_chance.plus_millis(AGAIN_MILLIS)));
        }
        let at = *cards.at.get_or_insert(by_chance);
        let may = self.is_due(at);
        if may {
            self.state.offices.cards.said = Some(card);
        }
        may
    }
}

fn due<'a>(
    entry: &'a OfficeEntry,
    partner: OrganisationId,
    since: u64,
    key: &'a PartnerKey,
) -> Option<Due<'a>> {
    let seen = entry.cards.get(&partner);
    let (seen, at) = seen.map_or((0, 0), |card| (card.version, card.position));
    // Sealed with the key of this partnership, and not with that of one that ended.
    let is_old = at < entry.position.max(since);
    is_old.then_some(Due {
        office: entry.id,
        version: entry.version.max(seen + 1),
        partner,
        key,
        details: entry.details.as_ref()?,
    })
}

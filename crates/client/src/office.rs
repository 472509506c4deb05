//! Offices: how registrars make them, what they show to partners, and who holds which.

mod ask;
mod card;
mod say;
mod shown;

pub(crate) use say::Wish;
pub(crate) use shown::OfficeShown;

use crate::Error;
use crate::state::Cx;

/// What is held in memory of offices.
#[derive(Default)]
pub(crate) struct Offices {
    asking: ask::Asking,
    cards: card::Cards,
}

impl Cx<'_> {
    /// Notes that an office, or who holds one, may be another.
    pub(crate) fn offices_changed(&mut self) {
        self.state.dirty.offices = true;
    }

    /// Does what offices need now.
    pub(crate) fn advance_offices(&mut self) -> Result<(), Error> {
        self.ask_for_offices()?;
        self.show_office_cards()
    }
}

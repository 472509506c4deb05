//! Asking partners for the offices that they show. What becomes of them afterwards comes by itself.

use crate::Error;
use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::state::Cx;
use crate::{ServerMisbehaved, view};
use std::collections::BTreeMap;
use valise_views::View;
use valise_wire::request::{ReadForeignOffices, Reply};
use valise_wire::{OrganisationId, Timestamp};

/// Time after which a partner is asked again though nobody looks.
const DAY_MILLIS: u64 = 24 * 60 * 60 * 1000;
/// Time after which it is asked again for somebody who does.
const LOOK_MILLIS: u64 = 60_000;
/// Time after which one is asked again that did not answer.
const RETRY_MILLIS: u64 = 10 * 60_000;
/// Time over which the devices of an organisation spread their first question to a new partner.
const SPREAD_MILLIS: u64 = 10_000;

/// What is held in memory of asking.
#[derive(Default)]
pub(super) struct Asking {
    /// Whether somebody looks.
    look: bool,
    /// When each partner was asked, and when it is to be asked again.
    partners: BTreeMap<OrganisationId, (Timestamp, Timestamp)>,
}

impl Cx<'_> {
    /// Notes that somebody looks at offices, if a view is one of them.
    pub(crate) fn looks_for_offices(&mut self, view: &View) {
        self.state.offices.asking.look |= view::shows_offices(view);
    }

    /// Asks the partners that are new, were asked long ago, or are looked at.
    pub(super) fn ask_for_offices(&mut self) -> Result<(), Error> {
        let look = std::mem::take(&mut self.state.offices.asking.look);
        let roll = self.state.roll.clone();
        for (partner, _) in roll.home.partners() {
            let soon = self.now.plus_millis(self.jitter(SPREAD_MILLIS));
            let partners = &mut self.state.offices.asking.partners;
            let (asked, next) = *partners.entry(partner).or_insert((Timestamp(0), soon));
            let early = asked.plus_millis(LOOK_MILLIS);
            if !self.is_due(if look { next.min(early) } else { next }) {
                continue;
            }
            let again = (self.now, self.now.plus_millis(DAY_MILLIS));
            self.state.offices.asking.partners.insert(partner, again);
            self.ask_home(Purpose::Offices { partner }, ReadForeignOffices { partner })?;
        }
        Ok(())
    }

    pub(crate) fn took_offices(
        &mut self,
        partner: OrganisationId,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, |reply| {
            matches!(reply, Reply::Done(_)).then_some(())
        });
        match picked {
            Got::Reply(()) => Ok(()),
            Got::Wrong => self.server_misbehaved(ServerMisbehaved::WrongReply),
            Got::Refused(_) | Got::Offline => {
                let next = self.now.plus_millis(RETRY_MILLIS);
                let partners = &mut self.state.offices.asking.partners;
                if let Some(known) = partners.get_mut(&partner) {
                    known.1 = next;
                }
                Ok(())
            }
        }
    }
}

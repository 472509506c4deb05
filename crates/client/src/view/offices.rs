//! Offices, as they are shown.

use crate::office::OfficeShown;
use crate::state::Cx;
use valise_directory::Note;
use valise_views::{Holder, Office, PersonId};
use valise_wire::{AccountId, OrganisationId};

impl Cx<'_> {
    pub(super) fn offices(&self) -> Vec<Office> {
        let Some(me) = self.state.account.as_ref().map(|own| own.account) else {
            return Vec::new();
        };
        let held = self.state.roll.offices_of(me);
        let all = self.state.roll.offices();
        let mut offices: Vec<Office> = all
            .map(|office| Office {
                mine: held.contains(&office.id) && self.is_home(office.organisation),
                ..self.office(&office)
            })
            .collect();
        offices.sort_by_cached_key(|office| {
            (
                office.outside.clone(),
                office.name.to_lowercase(),
                office.id.clone(),
            )
        });
        offices
    }

    fn office(&self, office: &OfficeShown<'_>) -> Office {
        let roll = &self.state.roll;
        let is_home = self.is_home(office.organisation);
        let holder = |account: &AccountId| Holder {
            id: PersonId(account.to_string()),
            name: roll.name(*account),
            on_duty: is_home && roll.home.is_on_duty(*account, office.id),
            away: self.away(*account),
        };
        let holders = office.holders.iter().map(holder);
        // Of others only those who show themselves.
        let mut holders: Vec<Holder> = holders.filter(|holder| !holder.name.is_empty()).collect();
        holders.sort_by_cached_key(|holder| (holder.name.to_lowercase(), holder.id.clone()));
        let text = |note: &Option<Note>| {
            let note = note.as_ref();
            note.map_or_else(String::new, |note| note.as_str().to_owned())
        };
        Office {
            id: office_called(office.organisation, office.id),
            name: office.details.name.as_str().to_owned(),
            address: office.details.address.as_str().to_owned(),
            note: text(&office.details.note),
            numbers: text(&office.details.numbers),
            holders,
            outside: self.outside_of(office.organisation),
            mine: false,
        }
    }

    fn is_home(&self, organisation: OrganisationId) -> bool {
        organisation == self.state.roll.home.organisation_id()
    }
}

/// Names an office for the interface: two organisations may have one of the same id.
pub(crate) fn office_called(
    organisation: OrganisationId,
    office: valise_wire::OfficeId,
) -> valise_views::OfficeId {
    valise_views::OfficeId(format!("{office}@{organisation}"))
}

/// Reads such a name.
pub(crate) fn office_named(
    office: &valise_views::OfficeId,
) -> Option<(OrganisationId, valise_wire::OfficeId)> {
    let (office, organisation) = office.0.split_once('@')?;
    let organisation = OrganisationId::from_hex(organisation)?;
    Some((organisation, valise_wire::OfficeId::from_hex(office)?))
}

//! Offices of anybody, as far as the directories say.

use crate::roll::Roll;
use valise_directory::Directory;
use valise_directory::foreign::Foreign;
use valise_directory::office::OfficeDetails;
use valise_wire::{AccountId, OfficeId, OrganisationId};

/// An office that there is, and that can be read.
pub(crate) struct OfficeShown<'a> {
    /// Whose.
    pub(crate) organisation: OrganisationId,
    /// Which.
    pub(crate) id: OfficeId,
    /// What it is called.
    pub(crate) details: &'a OfficeDetails,
    /// Who holds it and has not ended, ascending.
    pub(crate) holders: Vec<AccountId>,
}

impl Roll {
    /// Returns an office of one's own organisation or of one that shows it.
    pub(crate) fn office(
        &self,
        organisation: OrganisationId,
        office: OfficeId,
    ) -> Option<OfficeShown<'_>> {
        let directory = self.organisation(organisation)?;
        let entry = directory.office(office).filter(|entry| entry.is_open())?;
        Some(OfficeShown {
            organisation,
            id: office,
            details: entry.details.as_ref()?,
            holders: directory.holders(office).collect(),
        })
    }

    /// Returns all of them: of one's own organisation, and of those who are its partners.
    pub(crate) fn offices(&self) -> impl Iterator<Item = OfficeShown<'_>> {
        let partners = self.home.partners().map(|(partner, _)| partner);
        let others = partners.filter_map(|partner| self.others.get(&partner));
        let all = std::iter::once(&self.home).chain(others.map(Foreign::directory));
        all.flat_map(move |directory: &Directory| {
            let organisation = directory.organisation_id();
            let open = directory.offices();
            open.filter_map(move |entry| self.office(organisation, entry.id))
        })
    }

    /// Returns the offices that somebody holds.
    pub(crate) fn offices_of(&self, account: AccountId) -> Vec<OfficeId> {
        let directory = self.directory_of(account);
        directory
            .map(|directory| directory.offices_of(account).collect())
            .unwrap_or_default()
    }
}

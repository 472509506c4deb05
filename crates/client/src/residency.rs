//! With whom one's people may work: what registrars say of it, and what is refused by it before anything leaves the device.

use crate::Error;
use crate::guard::Guard;
use crate::state::Cx;
use std::collections::BTreeSet;
use valise_directory::residency::{
    Accepts, Barred, Document, Exception, MAX_JURISDICTIONS, Residency, document, is_code,
    residency,
};
use valise_views::{OrganisationDocument, Outcome, ResidencyRule, Trouble};
use valise_wire::policy::RoomKind;
use valise_wire::{AccountId, OrganisationId};

impl Cx<'_> {
    /// Returns why some people are not worked with; none if all of them may be. A guest is of no organisation that could be barred.
    pub(crate) fn barred(
        &self,
        people: impl IntoIterator<Item = AccountId>,
        wanted: Accepts,
    ) -> Option<Trouble> {
        let roll = &self.state.roll;
        let outsiders: BTreeSet<OrganisationId> = people
            .into_iter()
            .filter_map(|person| roll.outsider(person))
            .filter(|side| roll.others.contains_key(side))
            .collect();
        let mut barred = outsiders
            .into_iter()
            .filter_map(|other| self.barred_from(other, wanted));
        barred.next().filter(|_| self.keeps(Guard::Residency))
    }

    /// Returns why the people of an organisation are not worked with; none if they may be.
    pub(crate) fn barred_from(&self, other: OrganisationId, wanted: Accepts) -> Option<Trouble> {
        let roll = &self.state.roll;
        let theirs = roll.organisation(other);
        let barred = roll.home.check_work_with(other, theirs, wanted).err()?;
        Some(match barred {
            Barred::Unsaid => Trouble::ResidencyUnsaid,
            Barred::Outside => Trouble::ResidencyOutside,
            Barred::NotAccepted(Accepts::Requests) => Trouble::RequestsNotAccepted,
            Barred::NotAccepted(Accepts::Rooms) => Trouble::RoomsNotAccepted,
        })
    }

    /// Says under whose law the organisation stands, and what it takes from others.
    pub(crate) fn set_document(
        &mut self,
        number: u64,
        said: OrganisationDocument,
    ) -> Result<(), Error> {
        if let Some(trouble) = self.registrar_trouble(true) {
            return self.fail(number, trouble);
        }
        let few = (1..=MAX_JURISDICTIONS).contains(&said.jurisdictions.len());
        if !few || !said.jurisdictions.iter().all(|code| is_code(code)) {
            return self.fail(number, Trouble::BadJurisdictions);
        }
        let former = self.state.roll.home.document().map_or(0, |it| it.version);
        let accepts = [
            (said.requests, Accepts::Requests),
            (said.rooms, Accepts::Rooms),
        ];
        let accepts = accepts.into_iter().filter(|(taken, _)| *taken);
        let accepts = accepts.map(|(_, accepts)| accepts).collect();
        let (account, now) = (self.account()?, self.now);
        let statement =
            account.as_issuer(|issuer| document(issuer, former, said.jurisdictions, accepts, now));
        self.publish(Some(number), Outcome::Done, statement)
    }

    /// Says with whom the organisation's people may work.
    pub(crate) fn set_residency(&mut self, number: u64, rule: ResidencyRule) -> Result<(), Error> {
        if let Some(trouble) = self.registrar_trouble(true) {
            return self.fail(number, trouble);
        }
        if !rule.allowed.iter().all(|code| is_code(code)) {
            return self.fail(number, Trouble::BadJurisdictions);
        }
        let exception = |(partner, allowed): &(String, bool)| {
            let partner = OrganisationId::from_hex(partner)?;
            let allowed = *allowed;
            self.state.roll.home.partner(partner)?;
            Some(Exception { partner, allowed })
        };
        let exceptions: Option<Vec<Exception>> = rule.exceptions.iter().map(exception).collect();
        let Some(exceptions) = exceptions else {
            return self.fail(number, Trouble::NotFound);
        };
        let former = self.state.roll.home.residency().map_or(0, |it| it.version);
        let (account, now) = (self.account()?, self.now);
        let statement =
            account.as_issuer(|issuer| residency(issuer, former, rule.allowed, exceptions, now));
        self.publish(Some(number), Outcome::Done, statement)
    }
}

/// Returns what somebody takes who comes into a room.
pub(crate) fn taken_in(kind: RoomKind) -> Accepts {
    match kind {
        RoomKind::Request => Accepts::Requests,
        _ => Accepts::Rooms,
    }
}

/// Returns a document as it is shown.
pub(crate) fn document_shown(document: &Document) -> OrganisationDocument {
    OrganisationDocument {
        jurisdictions: document.jurisdictions.clone(),
        requests: document.accepts.contains(&Accepts::Requests),
        rooms: document.accepts.contains(&Accepts::Rooms),
    }
}

/// Returns a rule as it is shown.
pub(crate) fn rule_shown(rule: &Residency) -> ResidencyRule {
    let exceptions = rule.exceptions.iter();
    ResidencyRule {
        allowed: rule.allowed.clone(),
        exceptions: exceptions
            .map(|it| (it.partner.to_string(), it.allowed))
            .collect(),
    }
}

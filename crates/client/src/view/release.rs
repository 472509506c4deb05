//! What waits to be released: exactly what the other side will see.

use crate::Error;
use crate::requests::Waiting;
use crate::state::Cx;
use valise_views::request::{ReleaseDetails, ReleaseId, ReleaseRow};

impl Cx<'_> {
    pub(super) fn release_rows(&self) -> Result<Vec<ReleaseRow>, Error> {
        let waiting = self.waiting_for_me()?;
        let open = waiting.iter().filter(|one| !one.request.is_over(self.now));
        Ok(open.map(|one| self.release_row(one)).collect())
    }

    pub(super) fn release_details(&self, id: &ReleaseId) -> Result<Option<ReleaseDetails>, Error> {
        let Some(waiting) = self.waiting_called(id)? else {
            return Ok(None);
        };
        let request = &waiting.request;
        let text = |note: Option<&str>| note.map(std::borrow::ToOwned::to_owned);
        let fields = request.fields.iter();
        Ok(Some(ReleaseDetails {
            row: self.release_row(&waiting),
            letter: self.letter(waiting.message, &waiting.text)?,
            legal_basis: text(request.legal_basis.as_ref().map(|it| it.as_str())),
            classification: text(request.classification.as_ref().map(|it| it.as_str())),
            fields: fields
                .map(|it| (it.name.as_str().to_owned(), it.value.as_str().to_owned()))
                .collect(),
        }))
    }

    fn release_row(&self, waiting: &Waiting) -> ReleaseRow {
        let request = &waiting.request;
        let office = request.addressee.office.as_ref();
        ReleaseRow {
            id: ReleaseId(waiting.message.to_string()),
            subject: request.subject.as_str().to_owned(),
            number: request.number.as_str().to_owned(),
            by: self.signer(&request.issuer),
            addressee: request.addressee.name.as_str().to_owned(),
            office: office.map(|office| office.as_str().to_owned()),
            at: waiting.at,
            due: request.deadline.due.0,
            ends: request.ends.map(|ends| ends.0),
            is_confidential: request.is_confidential,
        }
    }
}

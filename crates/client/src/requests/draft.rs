//! What was begun of a request: kept on this device until it is sent or given up.

use crate::Error;
use crate::state::Cx;
use crate::store::Setting;
use valise_views::request::RequestTo;
use valise_views::{OfficeId, Outcome, PersonId, RequestDraft, Trouble};
use valise_wire::{choice, record, to_bytes};

/// Most bytes of it.
const MAX_BYTES: usize = 256 << 10;

record! {
    /// [`RequestDraft`], as it is stored.
    pub struct Kept {
        pub to: Vec<KeptTo>,
        pub subject: String,
        pub text: String,
        pub legal_basis: String,
        pub classification: String,
        pub number: String,
        pub is_confidential: bool,
        pub days: String,
        pub day: String,
        pub fields: Vec<KeptField>,
        pub files: u32,
    } and perhaps {
        pub ends: Option<String>,
        pub residency: Option<String>,
    }
}

record! {
    /// A field of a form.
    pub struct KeptField {
        pub name: String,
        pub value: String,
    }
}

choice! {
    /// Whom it is for.
    pub enum KeptTo {
        /// Somebody, as the interface names him.
        1 => Person(KeptPerson),
        /// An office, as the interface names it.
        2 => Office(KeptOffice),
        /// Somebody of no organisation.
        3 => Guest(KeptGuest),
    }
}

record! {
    /// Somebody, by his name for the interface.
    pub struct KeptPerson {
        pub id: String,
    }
}

record! {
    /// An office, by its name for the interface.
    pub struct KeptOffice {
        pub id: String,
    }
}

record! {
    /// Somebody of no organisation.
    pub struct KeptGuest {
        pub name: String,
        pub held: bool,
    }
}

impl Cx<'_> {
    /// Keeps what was begun of a request, or forgets it.
    pub(crate) fn keep_request_draft(
        &mut self,
        number: u64,
        draft: Option<RequestDraft>,
    ) -> Result<(), Error> {
        let Some(draft) = draft else {
            Setting::RequestDraft.clear(self.db)?;
            return self.done(number);
        };
        let kept = Kept::from(draft);
        if to_bytes(&kept).len() > MAX_BYTES {
            return self.fail(number, Trouble::BadText);
        }
        Setting::RequestDraft.set(self.db, &kept)?;
        self.done(number)
    }

    /// Tells what was begun of a request.
    pub(crate) fn read_request_draft(&mut self, number: u64) -> Result<(), Error> {
        let kept: Option<Kept> = Setting::RequestDraft.get(self.db)?;
        let draft = kept.map(|kept| Box::new(kept.into()));
        self.outcome(number, Outcome::RequestDraft(draft));
        Ok(())
    }
}

impl From<RequestDraft> for Kept {
    fn from(draft: RequestDraft) -> Self {
        let to = |to| match to {
            RequestTo::Person(id) => KeptTo::Person(KeptPerson { id: id.0 }),
            RequestTo::Office(id) => KeptTo::Office(KeptOffice { id: id.0 }),
            RequestTo::Guest { name, held } => KeptTo::Guest(KeptGuest { name, held }),
        };
        let field = |(name, value)| KeptField { name, value };
        Self {
            to: draft.to.into_iter().map(to).collect(),
            subject: draft.subject,
            text: draft.text,
            legal_basis: draft.legal_basis,
            classification: draft.classification,
            number: draft.number,
            is_confidential: draft.is_confidential,
            days: draft.days,
            day: draft.day,
            fields: draft.fields.into_iter().map(field).collect(),
            files: draft.files,
            ends: Some(draft.ends).filter(|ends| !ends.is_empty()),
            residency: Some(draft.residency).filter(|codes| !codes.is_empty()),
        }
    }
}

impl From<Kept> for RequestDraft {
    fn from(kept: Kept) -> Self {
        let to = |to| match to {
            KeptTo::Person(it) => RequestTo::Person(PersonId(it.id)),
            KeptTo::Office(it) => RequestTo::Office(OfficeId(it.id)),
            KeptTo::Guest(KeptGuest { name, held }) => RequestTo::Guest { name, held },
        };
        let field = |field: KeptField| (field.name, field.value);
        Self {
            to: kept.to.into_iter().map(to).collect(),
            subject: kept.subject,
            text: kept.text,
            legal_basis: kept.legal_basis,
            classification: kept.classification,
            number: kept.number,
            is_confidential: kept.is_confidential,
            days: kept.days,
            day: kept.day,
            fields: kept.fields.into_iter().map(field).collect(),
            files: kept.files,
            ends: kept.ends.unwrap_or_default(),
            residency: kept.residency.unwrap_or_default(),
        }
    }
}

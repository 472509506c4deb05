//! A request: what one organisation formally asks of another.

use crate::{Breach, Digest, Object};
use std::collections::BTreeSet;
use valise_directory::{Name, Note};
use valise_wire::{AccountId, DeviceId, OrganisationId, RequestId, Timestamp, code, record};

/// Most files of a request or answer.
pub const MAX_PARTS: usize = 200;
/// Most form fields of a request.
pub const MAX_FIELDS: usize = 100;

code! {
    /// What has to have happened for the request to count as delivered; fixed when it is sent.
    pub enum Grade {
        /// The addressee's server handed it to a device of the addressee.
        Availability = 1,
        /// A device of the addressee opened it and found it whole.
        Verification = 2,
        /// The addressee registered it.
        Acceptance = 3,
    }
}

record! {
    /// Who signs, as he says himself; who he is, the organisation's directory says.
    pub struct Party {
        /// For which organisation.
        pub organisation: OrganisationId,
        /// Whose account.
        pub account: AccountId,
        /// On which device.
        pub device: DeviceId,
        /// How far this device had read its organisation's directory: its key counts by that state.
        pub directory: u64,
        /// Name to be shown.
        pub name: Name,
        /// In what capacity: "head of department".
        pub capacity: Option<Name>,
    }
}

record! {
    /// Whom a request is for.
    pub struct Addressee {
        /// Which organisation.
        pub organisation: OrganisationId,
        /// Its name.
        pub name: Name,
        /// Which office of it.
        pub office: Option<Name>,
    }
}

record! {
    /// One file as it was before it was encrypted.
    pub struct Part {
        /// SHA-256 of its bytes.
        pub digest: Digest,
        /// How many these are.
        pub length: u64,
        /// What it is.
        pub media_type: String,
        /// What it is called.
        pub name: Option<Name>,
    }
}

record! {
    /// By when an answer is due. What counts is the instant; it is found when the request is made and never moves by what the
    /// addressee's devices do.
    pub struct Deadline {
        /// Last instant at which an answer is in time.
        pub due: Timestamp,
        /// Last instant at which receiving it is.
        pub acknowledge_by: Option<Timestamp>,
        /// How it was found, if by working days.
        pub working: Option<WorkingDays>,
    }
}

record! {
    /// A time in working days.
    pub struct WorkingDays {
        /// How many.
        pub days: u32,
        /// SHA-256 of the [`crate::calendar::Calendar`] that says which those are.
        pub calendar: Digest,
    }
}

record! {
    /// One field of a form.
    pub struct Field {
        /// Its name.
        pub name: Name,
        /// What was filled in.
        pub value: Note,
    }
}

record! {
    /// The addressee's published rules by which it takes requests.
    pub struct Policy {
        /// Which version.
        pub version: u32,
        /// SHA-256 of it.
        pub digest: Digest,
    }
}

record! {
    /// A request, in one of its revisions.
    pub struct Request {
        /// Random; the same in all revisions.
        pub id: RequestId,
        /// Its number in the register of whoever asks.
        pub number: Name,
        /// Counts from 1.
        pub revision: u32,
        /// The revision before; none in the first.
        pub previous: Option<Digest>,
        /// Who asks.
        pub issuer: Party,
        /// Whom.
        pub addressee: Addressee,
        /// What about.
        pub subject: Note,
        /// SHA-256 of the text, in UTF-8.
        pub body: Digest,
        /// Files.
        pub parts: Vec<Part>,
        /// When it was signed, by the device's clock.
        pub issued_at: Timestamp,
        /// By when an answer is due.
        pub deadline: Deadline,
        /// What counts as delivery.
        pub grade: Grade,
        /// On what grounds it is asked.
        pub legal_basis: Option<Note>,
        /// How secret it is, in the words of whoever asks.
        pub classification: Option<Name>,
        /// Whether the person whom it is about must not hear of it.
        pub is_confidential: bool,
        /// An earlier request that it refers to.
        pub refers_to: Option<RequestId>,
        /// The addressee's rules in force.
        pub policy: Option<Policy>,
        /// Language of the text (BCP 47).
        pub language: Option<String>,
        /// What was filled into a form.
        pub fields: Vec<Field>,
    } and perhaps {
        /// Last instant of it: an answer that is not there by then comes to a request that has ended by itself. Not before it is due.
        pub ends: Option<Timestamp>,
    }
}

impl Request {
    /// Tells whether it has ended by itself. In its last instant it has not.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.ends.is_some_and(|ends| now > ends)
    }
}

impl Object for Request {
    const TYPE: &'static str = "application/valise-request";

    fn check(&self) -> Result<(), Breach> {
        check_parts(&self.parts)?;
        check(self.fields.len() <= MAX_FIELDS, "fields")?;
        let names: BTreeSet<&str> = self
            .fields
            .iter()
            .map(|field| field.name.as_str())
            .collect();
        check(names.len() == self.fields.len(), "fields")?;
        check(self.revision > 0, "revision")?;
        check((self.revision == 1) == self.previous.is_none(), "previous")?;
        let is_tag = |tag: &String| (2..=35).contains(&tag.len()) && tag.bytes().all(is_tag_byte);
        check(self.language.as_ref().is_none_or(is_tag), "language")?;
        let Deadline {
            due,
            acknowledge_by,
            working,
        } = &self.deadline;
        check(*due >= self.issued_at, "due")?;
        check(acknowledge_by.is_none_or(|by| by <= *due), "acknowledge by")?;
        check(self.ends.is_none_or(|ends| ends >= *due), "ends")?;
        let days = working.as_ref().map_or(1, |working| working.days);
        check((1..=crate::calendar::MAX_DAYS).contains(&days), "days")
    }
}

pub(crate) fn check(fits: bool, field: &'static str) -> Result<(), Breach> {
    if fits {
        Ok(())
    } else {
        Err(Breach::Field(field))
    }
}

pub(crate) fn check_parts(parts: &[Part]) -> Result<(), Breach> {
    check(parts.len() <= MAX_PARTS, "parts")?;
    let is_type = |part: &Part| {
        let length = part.media_type.len();
        (3..=127).contains(&length) && part.media_type.bytes().all(is_type_byte)
    };
    check(parts.iter().all(is_type), "media type")
}

fn is_tag_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

fn is_type_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/.+-_;= ".contains(&byte)
}

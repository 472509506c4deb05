//! A template of requests, as a person's devices tell it to one another.

use std::collections::BTreeSet;
use valise_directory::{Name, Note};
use valise_evidence::request::MAX_FIELDS;
use valise_wire::{AccountId, OfficeId, OrganisationId, choice, from_bytes, record, to_bytes};

/// Most bytes of a template.
const MAX_BYTES: usize = 40 << 10;
/// Most working days.
const MAX_DAYS: u32 = valise_evidence::calendar::MAX_DAYS;

record! {
    /// What a request begins with that is made from it.
    pub struct Template {
        /// What the person calls it.
        pub name: Name,
        /// What is asked about.
        pub subject: Option<Note>,
        /// What is asked; may be empty.
        pub text: String,
        /// On what grounds.
        pub legal_basis: Option<Note>,
        /// How secret it is, in words.
        pub classification: Option<Name>,
        /// Whether the person whom it is about must not hear of it.
        pub is_confidential: bool,
        /// In how many working days an answer is due.
        pub working_days: Option<u32>,
        /// Whom it is usually for.
        pub to: Option<Usual>,
        /// What is to be filled into a form.
        pub fields: Vec<Blank>,
    }
}

record! {
    /// One field of the form.
    pub struct Blank {
        /// Its name.
        pub name: Name,
        /// What usually stands in it.
        pub value: Option<Note>,
    }
}

choice! {
    /// Whom a template is usually for.
    pub enum Usual {
        /// Somebody of a partner.
        1 => Person(AccountId),
        /// An office of a partner.
        2 => Office(UsualOffice),
    }
}

record! {
    /// An office of an organisation.
    pub struct UsualOffice {
        /// Which organisation.
        pub organisation: OrganisationId,
        /// Which of its offices.
        pub office: OfficeId,
    }
}

impl Template {
    /// Tells whether it keeps to the limits.
    pub(crate) fn is_sound(&self) -> bool {
        let names: BTreeSet<&str> = self.fields.iter().map(|it| it.name.as_str()).collect();
        let days = self.working_days.unwrap_or(1);
        names.len() == self.fields.len()
            && names.len() <= MAX_FIELDS
            && (1..=MAX_DAYS).contains(&days)
            && to_bytes(self).len() <= MAX_BYTES
    }

    /// Reads one; none if it is malformed.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        if bytes.len() > MAX_BYTES {
            return None;
        }
        let template: Self = from_bytes(bytes).ok()?;
        template.is_sound().then_some(template)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn template() -> Template {
        let blank = |name: &str, value: Option<&str>| Blank {
            name: Name::parse(name).unwrap(),
            value: value.map(|value| Note::parse(value).unwrap()),
        };
        Template {
            name: Name::parse("Accounts of a person").unwrap(),
            subject: Some(Note::parse("Accounts").unwrap()),
            text: "Which accounts?".into(),
            legal_basis: Some(Note::parse("Art. 93").unwrap()),
            classification: None,
            is_confidential: true,
            working_days: Some(5),
            to: Some(Usual::Office(UsualOffice {
                organisation: OrganisationId([1; 32]),
                office: OfficeId([2; 16]),
            })),
            fields: vec![blank("Passport", None), blank("On the day", Some("today"))],
        }
    }

    #[test]
    fn what_is_kept_is_what_is_read() {
        let kept = template();
        assert_eq!(Template::read(&to_bytes(&kept)), Some(kept));
    }

    #[test]
    fn what_goes_beyond_the_limits_is_none() {
        let read = |change: &dyn Fn(&mut Template)| {
            let mut template = template();
            change(&mut template);
            Template::read(&to_bytes(&template))
        };
        let field = |name: String| Blank {
            name: Name::parse(&name).unwrap(),
            value: None,
        };
        let fields = |count: usize| (0..count).map(|at| field(format!("Field {at}"))).collect();
        assert!(read(&|it| it.fields = fields(MAX_FIELDS)).is_some());
        assert!(read(&|it| it.fields = fields(MAX_FIELDS + 1)).is_none());
        assert!(read(&|it| it.fields = vec![field("a".into()), field("a".into())]).is_none());
        assert!(read(&|it| it.working_days = Some(0)).is_none());
        assert!(read(&|it| it.working_days = Some(MAX_DAYS + 1)).is_none());
        assert!(read(&|it| it.text = "x".repeat(MAX_BYTES)).is_none());
        let bytes = to_bytes(&template());
        for length in 0..bytes.len() {
            assert_eq!(Template::read(&bytes[..length]), None, "{length}");
        }
    }
}

//! What a template does to a request that is being written, and what is kept of one.

use super::draft::{PROPOSED_DAYS, one_line, said};
use valise_views::Template;
use valise_views::request::RequestTo;

/// What stands in the form, as far as a template can fill it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What is asked about.
    pub subject: String,
    /// What is asked.
    pub text: String,
    /// On what grounds.
    pub legal_basis: String,
    /// How secret it is.
    pub classification: String,
    /// Whether the person whom it is about must not hear of it.
    pub is_confidential: bool,
    /// Working days, as they are typed.
    pub days: String,
    /// Fields of a form: names and values.
    pub fields: Vec<(String, String)>,
}

impl Sheet {
    /// What a template fills in; without one what stands in an empty form.
    fn of(template: Option<&Template>) -> Self {
        let empty = Template::default();
        let template = template.unwrap_or(&empty);
        let days = template.working_days.unwrap_or(PROPOSED_DAYS);
        Self {
            subject: template.subject.clone(),
            text: template.text.clone(),
            legal_basis: template.legal_basis.clone().unwrap_or_default(),
            classification: template.classification.clone().unwrap_or_default(),
            is_confidential: template.is_confidential,
            days: days.to_string(),
            fields: template.fields.clone(),
        }
    }

    /// Puts one template in the place of another one, or of none. What the person typed stays.
    pub fn with(self, former: Option<&Template>, next: Option<&Template>) -> Self {
        let (was, next) = (Self::of(former), Self::of(next));
        let text = |typed: String, was: String, next: String| {
            let is_own = !typed.trim().is_empty() && typed != was;
            if is_own { typed } else { next }
        };
        let is_own_label = self.is_confidential != was.is_confidential;
        Self {
            subject: text(self.subject, was.subject, next.subject),
            text: text(self.text, was.text, next.text),
            legal_basis: text(self.legal_basis, was.legal_basis, next.legal_basis),
            classification: text(self.classification, was.classification, next.classification),
            is_confidential: if is_own_label {
                self.is_confidential
            } else {
                next.is_confidential
            },
            days: text(self.days, was.days, next.days),
            fields: with_fields(self.fields, &was.fields, next.fields),
        }
    }

    /// Tells whether nothing was typed that a template did not fill in.
    pub fn is_untouched(&self, template: Option<&Template>) -> bool {
        let filled = Self::of(template);
        let is_filled = |typed: &str, was: &str| typed.trim().is_empty() || typed == was;
        is_filled(&self.subject, &filled.subject) && is_filled(&self.text, &filled.text)
    }

    /// What is kept of it. What was filled into a form is about this one case, and stays out unless the template had it already.
    pub fn kept(&self, name: &str, former: Option<&Template>, to: Option<RequestTo>) -> Template {
        let usual = |(name, value): &(String, String)| {
            let name = one_line(name);
            let was = former.and_then(|former| value_of(&former.fields, &name));
            let value = was.filter(|was| *was == value).unwrap_or_default();
            (name, value.to_owned())
        };
        Template {
            name: one_line(name),
            subject: one_line(&self.subject),
            text: self.text.trim().to_owned(),
            legal_basis: said(&self.legal_basis),
            classification: said(&one_line(&self.classification)),
            is_confidential: self.is_confidential,
            working_days: self.days.trim().parse().ok(),
            to,
            fields: self.fields.iter().map(usual).collect(),
        }
    }
}

fn value_of<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = fields.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str())
}

/// The fields of the next template, with what was typed into those of the same name, and those that are nobody's but the person's.
fn with_fields(
    typed: Vec<(String, String)>,
    was: &[(String, String)],
    next: Vec<(String, String)>,
) -> Vec<(String, String)> {
    let is_own = |(name, value): &(String, String)| value_of(was, name) != Some(value);
    let own: Vec<(String, String)> = typed.into_iter().filter(is_own).collect();
    let mut fields: Vec<(String, String)> = next
        .into_iter()
        .map(|(name, value)| {
            let typed = value_of(&own, &name).filter(|typed| !typed.trim().is_empty());
            let value = typed.map_or(value, str::to_owned);
            (name, value)
        })
        .collect();
    for (name, value) in own {
        if value_of(&fields, &name).is_none() {
            fields.push((name, value));
        }
    }
    fields
}

/// Why a form cannot go out yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldFault {
    /// Nothing stands in the field of this name.
    Empty(String),
    /// A field has no name.
    NoName,
    /// Two fields have this name.
    Twice(String),
}

/// Reads a form. A field of one's own with neither name nor value is none.
pub fn filled(fields: &[(String, String)]) -> Result<Vec<(String, String)>, FieldFault> {
    let mut read: Vec<(String, String)> = Vec::new();
    for (name, value) in fields {
        let (name, value) = (one_line(name), value.trim().to_owned());
        match (name.is_empty(), value.is_empty()) {
            (true, true) => continue,
            (true, false) => return Err(FieldFault::NoName),
            (false, true) => return Err(FieldFault::Empty(name)),
            (false, false) if value_of(&read, &name).is_some() => {
                return Err(FieldFault::Twice(name));
            }
            (false, false) => read.push((name, value)),
        }
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.into(), value.into())
    }

    fn accounts() -> Template {
        Template {
            name: "Accounts".into(),
            subject: "Accounts of a person".into(),
            text: "Which accounts?".into(),
            legal_basis: Some("Art. 93".into()),
            classification: None,
            is_confidential: true,
            working_days: Some(5),
            to: None,
            fields: vec![pair("Passport", ""), pair("On the day", "today")],
        }
    }

    fn calls() -> Template {
        Template {
            name: "Calls".into(),
            subject: "Calls of a number".into(),
            text: "Whom did it call?".into(),
            fields: vec![pair("Number", ""), pair("On the day", "")],
            ..Template::default()
        }
    }

    fn empty() -> Sheet {
        Sheet::of(None)
    }

    #[test]
    fn a_template_fills_what_is_empty_and_leaves_what_was_typed() {
        let typed = Sheet {
            subject: "Mr. Petrov".into(),
            ..empty()
        };
        let filled = typed.with(None, Some(&accounts()));
        assert_eq!(filled.subject, "Mr. Petrov");
        assert_eq!((&*filled.text, &*filled.days), ("Which accounts?", "5"));
        assert!(filled.is_confidential);
        assert_eq!(filled.fields, accounts().fields);
    }

    #[test]
    fn another_template_takes_the_place_of_the_former_one_alone() {
        let mut sheet = empty().with(None, Some(&accounts()));
        sheet.text = "Which accounts, and since when?".into();
        sheet.fields[0].1 = "40 01 123456".into();
        sheet.fields.push(pair("Court", "Kyiv"));
        let other = sheet.with(Some(&accounts()), Some(&calls()));
        assert_eq!(other.subject, "Calls of a number");
        assert_eq!(other.text, "Which accounts, and since when?");
        assert_eq!((&*other.days, other.is_confidential), ("10", false));
        let fields = [
            pair("Number", ""),
            pair("On the day", ""),
            pair("Passport", "40 01 123456"),
            pair("Court", "Kyiv"),
        ];
        assert_eq!(other.fields, fields);
    }

    #[test]
    fn taking_a_template_away_leaves_an_empty_form() {
        let filled = empty().with(None, Some(&accounts()));
        assert!(filled.is_untouched(Some(&accounts())));
        assert!(!filled.is_untouched(None));
        assert_eq!(filled.with(Some(&accounts()), None), empty());
    }

    #[test]
    fn what_was_filled_in_for_one_case_is_not_kept() {
        let mut sheet = empty().with(None, Some(&accounts()));
        sheet.fields[0].1 = "40 01 123456".into();
        sheet.fields.push(pair(" Court ", "Kyiv"));
        let kept = sheet.kept(" Accounts  2 ", Some(&accounts()), None);
        assert_eq!(kept.name, "Accounts 2");
        let fields = [
            pair("Passport", ""),
            pair("On the day", "today"),
            pair("Court", ""),
        ];
        assert_eq!(kept.fields, fields);
        assert_eq!(kept.working_days, Some(5));
    }

    #[test]
    fn a_form_goes_out_filled() {
        let form = [pair(" Passport ", " 40 01 "), pair("", " ")];
        assert_eq!(filled(&form), Ok(vec![pair("Passport", "40 01")]));
        let empty = filled(&[pair("Passport", " ")]);
        assert_eq!(empty, Err(FieldFault::Empty("Passport".into())));
        assert_eq!(filled(&[pair("", "x")]), Err(FieldFault::NoName));
        let twice = filled(&[pair("A", "1"), pair("A ", "2")]);
        assert_eq!(twice, Err(FieldFault::Twice("A".into())));
    }
}

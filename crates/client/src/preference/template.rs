//! Templates: what a person keeps to ask the same again.

use crate::Error;
use crate::content::{Blank, Preference, Template, Usual, UsualOffice};
use crate::state::Cx;
use crate::view::{office_called, office_named};
use valise_directory::{Name, Note};
use valise_views::request::RequestTo;
use valise_views::template::{KeptTemplate, MOST, TemplateId};
use valise_views::{Outcome, PersonId, Trouble, template};
use valise_wire::{AccountId, from_bytes, to_bytes};

impl Cx<'_> {
    /// Keeps a template under a name that no other one has: a new one, or in the place of one that is there.
    pub(crate) fn keep_template(
        &mut self,
        number: u64,
        id: Option<TemplateId>,
        typed: &template::Template,
    ) -> Result<(), Error> {
        let all = self.templates()?;
        let known = id.map(|id| all.iter().find(|kept| kept.id == id));
        if known == Some(None) {
            return self.fail(number, Trouble::NotFound);
        }
        if known.is_none() && all.len() >= MOST {
            return self.fail(number, Trouble::NotAllowed);
        }
        let name = typed.name.trim().to_lowercase();
        let is_another =
            |kept: &KeptTemplate| Some(kept.id) != id && kept.template.name.to_lowercase() == name;
        let written = match written(typed) {
            Ok(_) if all.iter().any(is_another) => Err(Trouble::BadName),
            written => written,
        };
        let written = match written {
            Ok(written) => written,
            Err(trouble) => return self.fail(number, trouble),
        };
        let id = id.unwrap_or_else(|| TemplateId(self.random()));
        self.set_template(id.0, Some(&written))?;
        self.tell_devices(&Preference::Template(id.0, Some(Box::new(written))))?;
        self.outcome(number, Outcome::Template(id));
        Ok(())
    }

    pub(crate) fn forget_template(&mut self, number: u64, id: TemplateId) -> Result<(), Error> {
        if self.templates()?.iter().all(|kept| kept.id != id) {
            return self.fail(number, Trouble::NotFound);
        }
        self.set_template(id.0, None)?;
        self.tell_devices(&Preference::Template(id.0, None))?;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// Keeps what a template says; without that it is gone.
    pub(super) fn set_template(
        &mut self,
        id: [u8; 16],
        template: Option<&Template>,
    ) -> Result<(), Error> {
        match template {
            Some(template) => self
                .db
                .prepare_cached("INSERT OR REPLACE INTO template (id, body) VALUES (?1, ?2)")?
                .execute((id, to_bytes(template)))?,
            None => self
                .db
                .prepare_cached("DELETE FROM template WHERE id = ?1")?
                .execute([id])?,
        };
        self.state.dirty.templates = true;
        Ok(())
    }

    /// Returns one's templates by their names.
    pub(crate) fn templates(&self) -> Result<Vec<KeptTemplate>, Error> {
        let mut query = self.db.prepare_cached("SELECT id, body FROM template")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut all = Vec::new();
        for row in rows {
            let (id, body): ([u8; 16], Vec<u8>) = row?;
            let template = from_bytes(&body);
            let template = template.map_err(|_| Error::Bug("a kept template cannot be read"))?;
            all.push(KeptTemplate {
                id: TemplateId(id),
                template: shown(template),
            });
        }
        all.sort_by_cached_key(|kept| (kept.template.name.to_lowercase(), kept.id));
        Ok(all)
    }
}

/// Reads what was typed.
fn written(typed: &template::Template) -> Result<Template, Trouble> {
    let name = Name::typed(&typed.name).map_err(|_| Trouble::BadName)?;
    let to = typed.to.as_ref().map(usual).transpose()?;
    let template = Template {
        name,
        subject: note(&typed.subject)?,
        text: typed.text.clone(),
        legal_basis: note(typed.legal_basis.as_deref().unwrap_or_default())?,
        classification: match typed.classification.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(typed) => Some(Name::typed(typed).map_err(|_| Trouble::BadText)?),
        },
        is_confidential: typed.is_confidential,
        working_days: typed.working_days,
        to,
        fields: typed.fields.iter().map(blank).collect::<Result<_, _>>()?,
    };
    let is_sound = template.is_sound();
    is_sound.then_some(template).ok_or(Trouble::BadText)
}

fn note(typed: &str) -> Result<Option<Note>, Trouble> {
    Note::typed(typed).map_err(|_| Trouble::BadText)
}

fn blank((name, value): &(String, String)) -> Result<Blank, Trouble> {
    Ok(Blank {
        name: Name::typed(name).map_err(|_| Trouble::BadText)?,
        value: note(value)?,
    })
}

fn usual(to: &RequestTo) -> Result<Usual, Trouble> {
    let read = match to {
        RequestTo::Person(person) => AccountId::from_hex(&person.0).map(Usual::Person),
        RequestTo::Office(office) => office_named(office).map(|(organisation, office)| {
            Usual::Office(UsualOffice {
                organisation,
                office,
            })
        }),
        // A guest is asked once.
        RequestTo::Guest { .. } => None,
    };
    read.ok_or(Trouble::NotFound)
}

fn shown(template: Template) -> template::Template {
    let text = |note: Option<Note>| note.map(|note| note.as_str().to_owned());
    let field = |blank: Blank| {
        let name = blank.name.as_str().to_owned();
        (name, text(blank.value).unwrap_or_default())
    };
    template::Template {
        name: template.name.as_str().to_owned(),
        subject: text(template.subject).unwrap_or_default(),
        text: template.text,
        legal_basis: text(template.legal_basis),
        classification: template.classification.map(|name| name.as_str().to_owned()),
        is_confidential: template.is_confidential,
        working_days: template.working_days,
        to: template.to.map(|to| match to {
            Usual::Person(account) => RequestTo::Person(PersonId(account.to_string())),
            Usual::Office(of) => RequestTo::Office(office_called(of.organisation, of.office)),
        }),
        fields: template.fields.into_iter().map(field).collect(),
    }
}

//! `valise request ask`: asks an office or somebody of a partner, or a guest.

use super::super::law::codes;
use super::super::offices;
use super::super::send::typed;
use super::{instant, lend, offset_minutes, stand, table, template};
use crate::arguments::{AskRequest, ClientOptions};
use crate::find;
use crate::session::Session;
use crate::stop::Stop;
use anyhow::{Result, bail};
use serde_json::json;
use valise_views::request::{Due, NewRequest, Reached, RequestTo};
use valise_views::{
    ChatId, Command, Office, OfficeId, Outcome, RequestFilter, RequestRow, Template,
};

/// Working days for the answer if nothing is said.
const PROPOSED_DAYS: u32 = 10;

pub async fn run(options: &ClientOptions, how: &AskRequest) -> Result<()> {
    let text = typed(&how.letter.text)?;
    let (mut session, _) = Session::ready(options).await?;
    let template = match &how.template {
        Some(name) => template::named(&mut session, name).await?,
        None => Template::default(),
    };
    let due = due(how, &template)?;
    let offices = offices::all(&mut session).await?;
    let from_office = how.from.as_ref().map(|words| own_office(&offices, words));
    let new = NewRequest {
        to: addressees(&mut session, &offices, how, template.to).await?,
        from_office: from_office.transpose()?,
        number: how.number.clone(),
        subject: how.subject.clone().unwrap_or(template.subject),
        text: if text.is_empty() { template.text } else { text },
        files: lend(&mut session, &how.letter)?,
        legal_basis: how.basis.clone().or(template.legal_basis),
        classification: how.classification.clone().or(template.classification),
        is_confidential: how.confidential || template.is_confidential,
        fields: template::filled(template.fields, &how.fields)?,
        due,
        ends: how.ends.unwrap_or_default(),
        residency: codes(&how.law),
        offset_minutes: offset_minutes(),
    };
    let Outcome::Chat(chat) = session.ask(Command::Request(Box::new(new))).await? else {
        bail!("nothing was asked")
    };
    let rows = sent(&mut session, &chat).await?;
    session.settle().await?;
    rows.iter().try_for_each(|row| asked(&session, row))
}

/// Reads by when an answer is due.
fn due(how: &AskRequest, template: &Template) -> Result<Due> {
    let days = how.time.days.or(template.working_days);
    Ok(match how.time.until {
        Some(until) => Due::At(instant(until)?),
        None => Due::WorkingDays(days.unwrap_or(PROPOSED_DAYS)),
    })
}

fn own_office(offices: &[Office], words: &str) -> Result<OfficeId> {
    let found = offices::own(offices, words);
    let found = found.ok_or_else(|| Stop::NotFound(words.to_owned()))?;
    Ok(found.id.clone())
}

/// Waits until a request is at the server; returns it with those that were asked with it.
async fn sent(session: &mut Session, chat: &ChatId) -> Result<Vec<RequestRow>> {
    let stands = stand::until(session, chat, |details| {
        details.row.reached != Reached::Waiting
    });
    let row = stands.await?.row;
    Ok(match row.together {
        Some(together) => {
            let filter = RequestFilter::Together(together.id);
            stand::list(session, filter, String::new()).await?.rows
        }
        None => vec![row],
    })
}

/// Says that something was asked.
fn asked(session: &Session, row: &RequestRow) -> Result<()> {
    let human = format!(
        "{} {}",
        session.printer.words("asked:", "запрос отправлен:"),
        crate::print::harmless(&row.number)
    );
    let machine = json!({ "chat": row.chat.0, "number": row.number, "due": row.due });
    session.printer.line(&human, &machine)
}

/// Finds all whom a request is for.
async fn addressees(
    session: &mut Session,
    offices: &[Office],
    how: &AskRequest,
    usual: Option<RequestTo>,
) -> Result<Vec<RequestTo>> {
    if let Some(name) = &how.guest {
        let name = name.clone();
        let held = how.hold;
        return Ok(vec![RequestTo::Guest { name, held }]);
    }
    if let Some(file) = &how.all {
        return table::addressees(session, offices, file).await;
    }
    let mut all = match (&how.to, usual) {
        (Some(words), _) => vec![addressee(session, offices, words).await?],
        (None, Some(to)) => vec![to],
        (None, None) => bail!("the template does not say whom it is for"),
    };
    for words in &how.also {
        all.push(addressee(session, offices, words).await?);
    }
    Ok(all)
}

/// Finds whom a request is for: an office that a partner shows, or somebody of it.
async fn addressee(session: &mut Session, offices: &[Office], words: &str) -> Result<RequestTo> {
    match office(offices, words) {
        Some(office) => Ok(RequestTo::Office(office.id.clone())),
        None => Ok(RequestTo::Person(find::person(session, words).await?)),
    }
}

/// Returns the office of a partner that has this address.
fn office<'a>(offices: &'a [Office], words: &str) -> Option<&'a Office> {
    let wanted = words.to_lowercase();
    let mut theirs = offices.iter().filter(|office| office.outside.is_some());
    theirs.find(|office| office.address == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use valise_views::{OfficeId, Outside};

    #[test]
    fn an_office_is_asked_by_its_whole_address_at_a_partner() {
        let office_of = |address: &str, outside: Option<Outside>| Office {
            id: OfficeId(address.into()),
            name: "Registry".into(),
            address: address.into(),
            note: String::new(),
            numbers: String::new(),
            holders: Vec::new(),
            outside,
            mine: false,
        };
        let bank = Outside {
            organisation: "Harbour Bank".into(),
            domain: "bank.example".into(),
            is_guest: false,
        };
        let all = [
            office_of("registry@office.example", None),
            office_of("registry@bank.example", Some(bank)),
        ];
        let found = office(&all, "Registry@Bank.example");
        assert_eq!(
            found.map(|office| &*office.id.0),
            Some("registry@bank.example")
        );
        for words in ["registry", "registry@office.example"] {
            assert!(office(&all, words).is_none(), "{words}");
        }
    }
}

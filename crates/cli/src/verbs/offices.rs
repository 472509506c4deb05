//! `valise offices` and `valise office`: roles that people hold together.

use crate::arguments::{ClientOptions, OfficeVerb, SetOffice};
use crate::find;
use crate::print::{away_machine, harmless, named, outsider};
use crate::session::Session;
use crate::stop::Stop;
use anyhow::Result;
use serde_json::{Value, json};
use valise_views::{Command, Holder, Office, PersonId, Shown, View};

/// Lists those of one's own organisation, and those that partners show.
pub async fn list(options: &ClientOptions) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let offices = all(&mut session).await?;
    offices
        .iter()
        .try_for_each(|office| print(&session, office))
}

/// Does what a registrar asks for.
pub async fn change(options: &ClientOptions, what: &OfficeVerb) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let offices = all(&mut session).await?;
    match what {
        OfficeVerb::Set(how) => {
            let known = own(&offices, &how.office);
            let command = set(&mut session, how, known).await?;
            session.ask(command).await?;
            session.settle().await?;
            session
                .printer
                .done("the office stands", "служба записана", &json!({}))
        }
        OfficeVerb::Close { office } => {
            let known = own(&offices, office).ok_or_else(|| Stop::NotFound(office.clone()))?;
            let command = Command::CloseOffice(known.id.clone());
            session.ask(command).await?;
            session.settle().await?;
            session.printer.done(
                "the office is closed",
                "служба закрыта",
                &json!({ "id": known.id.0 }),
            )
        }
    }
}

async fn set(session: &mut Session, how: &SetOffice, known: Option<&Office>) -> Result<Command> {
    let holders: Vec<PersonId> = if how.holders.is_empty() && !how.nobody {
        let held = known.map(|office| office.holders.iter());
        let held = held.into_iter().flatten();
        held.map(|holder| holder.id.clone()).collect()
    } else {
        find::several(session, &how.holders).await?
    };
    let kept = |typed: &Option<String>, former: fn(&Office) -> &String| match typed {
        Some(typed) => typed.clone(),
        None => known.map(former).cloned().unwrap_or_default(),
    };
    Ok(Command::SetOffice {
        office: known.map(|office| office.id.clone()),
        name: kept(&how.name, |office| &office.name),
        local_part: how
            .address
            .clone()
            .unwrap_or_else(|| local(&how.office).to_owned()),
        note: kept(&how.note, |office| &office.note),
        numbers: kept(&how.numbers, |office| &office.numbers),
        holders,
    })
}

/// Returns those of one's own organisation, and those that partners show.
pub(super) async fn all(session: &mut Session) -> Result<Vec<Office>> {
    // What a partner shows is asked for as soon as there is a line.
    session.quiet().await?;
    session
        .show(View::Offices, |shown| match shown {
            Shown::Offices(offices) => Some(offices),
            _ => None,
        })
        .await
}

/// Finds one of one's own organisation by its address, or the part of it before the @.
pub(super) fn own<'a>(offices: &'a [Office], words: &str) -> Option<&'a Office> {
    let wanted = words.to_lowercase();
    let mut own = offices.iter().filter(|office| office.outside.is_none());
    own.find(|office| office.address == wanted || local(&office.address) == wanted)
}

fn local(address: &str) -> &str {
    address.split('@').next().unwrap_or(address)
}

fn print(session: &Session, office: &Office) -> Result<()> {
    let holders: Vec<String> = office
        .holders
        .iter()
        .map(|holder| held_by(session, holder))
        .collect();
    let mine = match office.mine {
        true => session.printer.words("  (yours)", "  (ваша)"),
        false => "",
    };
    let human = format!(
        "{:<32} {:<32} {}{mine}",
        harmless(&office.address),
        named(&office.name, office.outside.as_ref()),
        holders.join(", "),
    );
    session.printer.line(&human, &machine(office))
}

/// A holder, with what is said of his being here.
fn held_by(session: &Session, holder: &Holder) -> String {
    let duty = session.printer.words("on duty", "дежурит");
    let duty = holder.on_duty.then(|| duty.to_owned());
    let away = holder.away.as_ref().map(|it| session.printer.away(it));
    let notes: Vec<String> = duty.into_iter().chain(away).collect();
    match notes.is_empty() {
        true => harmless(&holder.name),
        false => format!("{} ({})", harmless(&holder.name), notes.join(", ")),
    }
}

fn machine(office: &Office) -> Value {
    let holder = |holder: &Holder| {
        json!({
            "id": holder.id.0,
            "name": holder.name,
            "duty": holder.on_duty,
            "away": holder.away.as_ref().map(away_machine),
        })
    };
    json!({
        "id": office.id.0,
        "name": office.name,
        "address": office.address,
        "note": office.note,
        "numbers": office.numbers,
        "holders": office.holders.iter().map(holder).collect::<Vec<_>>(),
        "outside": office.outside.as_ref().map(outsider),
        "mine": office.mine,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use valise_views::{OfficeId, Outside};

    fn office(address: &str, outside: bool) -> Office {
        Office {
            id: OfficeId(address.into()),
            name: "Registry".into(),
            address: address.into(),
            note: String::new(),
            numbers: String::new(),
            holders: Vec::new(),
            outside: outside.then(|| Outside {
                organisation: "Harbour Bank".into(),
                domain: "bank.example".into(),
                is_guest: false,
            }),
            mine: false,
        }
    }

    #[test]
    fn a_registrar_names_offices_of_the_own_organisation_alone() {
        let all = [
            office("registry@bank.example", true),
            office("registry@office.example", false),
        ];
        for words in ["registry", "Registry", "registry@office.example"] {
            let found = own(&all, words).map(|office| office.address.as_str());
            assert_eq!(found, Some("registry@office.example"), "{words}");
        }
        assert!(own(&all, "registry@bank.example").is_none());
    }
}

//! Under whose law the organisation stands, and with whom its people may work.

use crate::arguments::Exception;
use crate::session::Session;
use crate::verbs::law::codes;
use anyhow::Result;
use serde_json::{Value, json};
use valise_views::{Command, OrganisationDocument, Partners, ResidencyRule};

/// Says where the organisation stands and what it takes.
pub async fn document(
    session: &mut Session,
    countries: &[String],
    requests: bool,
    rooms: bool,
) -> Result<()> {
    let said = OrganisationDocument {
        jurisdictions: codes(countries),
        requests,
        rooms,
    };
    let told = machine(&said);
    session.ask(Command::SetDocument(said)).await?;
    session.settle().await?;
    session.printer.done("said", "сообщено", &told)
}

/// Says with organisations of which countries one works; the exceptions stay.
pub async fn residency(session: &mut Session, countries: &[String]) -> Result<()> {
    let former = super::all(session).await?.residency;
    let rule = ResidencyRule {
        allowed: codes(countries),
        ..former
    };
    say(session, rule).await
}

/// Makes an exception or takes it back; the rule stays.
pub async fn except(session: &mut Session, partner: &str, what: Exception) -> Result<()> {
    let mut rule = super::all(session).await?.residency;
    rule.exceptions.retain(|(known, _)| known != partner);
    match what {
        Exception::Always => rule.exceptions.push((partner.to_owned(), true)),
        Exception::Never => rule.exceptions.push((partner.to_owned(), false)),
        Exception::Ruled => {}
    }
    say(session, rule).await
}

/// Writes what one's own organisation says, and its rule, if there are any.
pub fn print(session: &Session, known: &Partners) -> Result<()> {
    if let Some(said) = &known.document {
        let codes = said.jurisdictions.join(", ");
        let english = format!("under the law of: {codes}");
        session
            .printer
            .note(&english, &format!("по праву: {codes}"))?;
    }
    if !known.residency.allowed.is_empty() {
        let codes = known.residency.allowed.join(", ");
        let english = format!("works only with: {codes}");
        session
            .printer
            .note(&english, &format!("работает только с: {codes}"))?;
    }
    Ok(())
}

/// What a document says, for scripts.
pub fn machine(said: &OrganisationDocument) -> Value {
    json!({
        "jurisdictions": said.jurisdictions,
        "requests": said.requests,
        "rooms": said.rooms,
    })
}

async fn say(session: &mut Session, rule: ResidencyRule) -> Result<()> {
    let told = json!({ "allowed": rule.allowed });
    session.ask(Command::SetResidency(rule)).await?;
    session.settle().await?;
    session.printer.done("said", "сообщено", &told)
}

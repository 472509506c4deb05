//! `valise partners` and `valise partner`: other organisations that this one works with.

mod laws;

use crate::arguments::{ClientOptions, PartnerVerb};
use crate::print::harmless;
use crate::session::Session;
use crate::stop::Stop;
use crate::words::Language;
use anyhow::{Result, bail};
use serde_json::json;
use valise_views::{Command, Outcome, Partner, PartnerOffer, PartnerState, Partners, Shown, View};

/// Lists them, and the links that nobody has answered.
pub async fn list(options: &ClientOptions) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let known = all(&mut session).await?;
    let human = format!(
        "{}: {}",
        session
            .printer
            .words("your own organisation", "ваша организация"),
        known.fingerprint
    );
    let machine = json!({
        "own_fingerprint": known.fingerprint,
        "document": known.document.as_ref().map(laws::machine),
        "residency": { "allowed": known.residency.allowed },
    });
    session.printer.line(&human, &machine)?;
    laws::print(&session, &known)?;
    for partner in &known.partners {
        print(&session, partner)?;
    }
    known
        .offers
        .iter()
        .try_for_each(|offer| print_offer(&session, offer))
}

/// Does what a registrar asks for.
pub async fn change(options: &ClientOptions, what: &PartnerVerb) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    match what {
        PartnerVerb::Offer => offer(&mut session).await,
        PartnerVerb::Inspect { link } => inspect(&mut session, link).await,
        PartnerVerb::Accept { link } => {
            let command = Command::AcceptPartner { link: link.clone() };
            session.ask(command).await?;
            session.settle().await?;
            session.printer.done(
                "agreed; the other registrar has to agree, too",
                "вы согласились; теперь должен согласиться регистратор другой организации",
                &json!({}),
            )
        }
        PartnerVerb::Confirm { partner } => {
            let id = find(&mut session, partner).await?.id;
            let command = Command::ConfirmPartner { id: id.clone() };
            session.ask(command).await?;
            session.settle().await?;
            session.printer.done(
                "you are partners",
                "теперь вы партнёры",
                &json!({ "id": id }),
            )
        }
        PartnerVerb::Document {
            countries,
            no_requests,
            no_rooms,
        } => laws::document(&mut session, countries, !no_requests, !no_rooms).await,
        PartnerVerb::Residency { countries } => laws::residency(&mut session, countries).await,
        PartnerVerb::Except { partner, what } => {
            let id = find(&mut session, partner).await?.id;
            laws::except(&mut session, &id, *what).await
        }
        PartnerVerb::End { partner } => {
            let id = find(&mut session, partner).await?.id;
            session.ask(Command::EndPartner { id: id.clone() }).await?;
            session.settle().await?;
            session.printer.done(
                "you are partners no longer",
                "вы больше не партнёры",
                &json!({ "id": id }),
            )
        }
    }
}

async fn offer(session: &mut Session) -> Result<()> {
    let Outcome::Link(link) = session.ask(Command::OfferPartner).await? else {
        bail!("no link was made")
    };
    session.printer.line(&link, &json!({ "link": link }))
}

async fn inspect(session: &mut Session, link: &str) -> Result<()> {
    let link = link.to_owned();
    let Outcome::Partner(partner) = session.ask(Command::InspectPartner { link }).await? else {
        bail!("nothing is known of it")
    };
    print(session, &partner)?;
    session.printer.note(
        "Before you accept: let the other registrar read these digits to you by telephone.",
        "Прежде чем согласиться, сверьте эти цифры с регистратором другой организации по телефону.",
    )
}

async fn all(session: &mut Session) -> Result<Partners> {
    // Who introduced himself is asked for as soon as there is a line.
    session.quiet().await?;
    session
        .show(View::Partners, |shown| match shown {
            Shown::Partners(partners) => Some(partners),
            _ => None,
        })
        .await
}

/// Finds one by the beginning of its id, its domain, or its name.
async fn find(session: &mut Session, words: &str) -> Result<Partner> {
    let known = all(session).await?.partners;
    let wanted = words.to_lowercase();
    let fits = |partner: &&Partner| {
        partner.domain == wanted
            || partner.name.to_lowercase() == wanted
            || (wanted.len() >= 4 && partner.id.starts_with(&wanted))
    };
    let mut found = known.iter().filter(fits);
    match (found.next(), found.next()) {
        (Some(partner), None) => Ok(partner.clone()),
        (Some(_), Some(_)) => Err(Stop::Ambiguous(words.to_owned()).into()),
        (None, _) => Err(Stop::NotFound(words.to_owned()).into()),
    }
}

fn print(session: &Session, partner: &Partner) -> Result<()> {
    let state = match partner.state {
        PartnerState::Offered => session.printer.words("by this link", "по этой ссылке"),
        PartnerState::Introduced => session
            .printer
            .words("waits for your consent", "ждёт вашего согласия"),
        PartnerState::Partner if partner.domain.is_empty() => session
            .printer
            .words("not reached yet", "связи ещё не было"),
        PartnerState::Partner => session.printer.words("partner", "партнёр"),
    };
    let laws = partner
        .document
        .as_ref()
        .map(|said| said.jurisdictions.join(", "));
    let barred = partner
        .barred
        .map(|why| crate::words::trouble(Language::of_person(), why));
    let more = [laws.as_deref(), barred].into_iter().flatten();
    let more: String = more.map(|text| format!("  {text}")).collect();
    let human = format!(
        "{}  {:<28} {:<24} {}  {}  {state}{more}",
        partner.id.get(..8).unwrap_or(&partner.id),
        harmless(&partner.name),
        harmless(&partner.domain),
        harmless(&partner.origin),
        partner.fingerprint,
    );
    let machine = json!({
        "id": partner.id,
        "name": partner.name,
        "domain": partner.domain,
        "origin": partner.origin,
        "fingerprint": partner.fingerprint,
        "state": match partner.state {
            PartnerState::Offered => "offered",
            PartnerState::Introduced => "introduced",
            PartnerState::Partner => "partner",
        },
        "reached": !partner.domain.is_empty(),
        "document": partner.document.as_ref().map(laws::machine),
        "barred": partner.barred.is_some(),
    });
    session.printer.line(&human, &machine)
}

fn print_offer(session: &Session, offer: &PartnerOffer) -> Result<()> {
    let human = format!(
        "{} {}: {}",
        session.printer.words("link until", "ссылка до"),
        session.printer.time(offer.expires_at),
        offer.link
    );
    let machine = json!({ "link": offer.link, "expires_at": offer.expires_at });
    session.printer.line(&human, &machine)
}

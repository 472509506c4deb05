//! The page of a request: who asks whom for what, and by when. It is the same in the preview and where it is read.

use super::acts::signer_name;
use crate::{
    browser::intl,
    conversation::plain,
    logic::{requests::draft::said, text::harmless},
    parts::{icon, outside},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::request::{Due, RequestDetails};
use valise_views::{Millis, Outside};

/// One side of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// A person, or an office.
    pub name: String,
    /// In what capacity the person signs.
    pub capacity: Option<String>,
    /// The organisation.
    pub organisation: String,
    /// Its mark, if it is another one.
    pub outside: Option<Outside>,
}

/// By when an answer is due, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// At a time, found by counting so many working days.
    At(Millis, Option<u32>),
    /// At the end of so many working days: the time is found when it is signed.
    Days(u32),
}

impl From<Due> for Term {
    fn from(due: Due) -> Self {
        match due {
            Due::WorkingDays(days) => Self::Days(days),
            Due::At(at) => Self::At(at, None),
        }
    }
}

/// What stands on the page besides text and files.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Who asks.
    pub from: Side,
    /// Who is asked.
    pub to: Side,
    /// What it is about.
    pub subject: String,
    /// Its number; none while it has none.
    pub number: Option<String>,
    /// The number that the addressee gave it.
    pub their_number: Option<String>,
    /// On what grounds.
    pub legal_basis: Option<String>,
    /// How secret it is.
    pub classification: Option<String>,
    /// Whether the person whom it is about must not hear of it.
    pub is_confidential: bool,
    /// What was filled into a form.
    pub fields: Vec<(String, String)>,
    /// By when.
    pub term: Term,
    /// When it ends by itself, in words; none where it does not.
    pub ends: Option<String>,
    /// Until when more time is asked for.
    pub asked_until: Option<Millis>,
    /// When it was signed; none while it is not.
    pub issued_at: Option<Millis>,
}

impl Facts {
    /// Those of a request.
    pub fn of(details: &RequestDetails) -> Self {
        let row = &details.row;
        let office = row.office.clone().filter(|office| !office.is_empty());
        let guest = (!row.is_incoming && row.other.is_guest).then(|| details.addressee.clone());
        Self {
            from: Side {
                name: signer_name_alone(details),
                capacity: details.issuer.capacity.clone(),
                organisation: details.issuer.organisation.clone(),
                outside: details.issuer.outside.clone(),
            },
            to: Side {
                name: office.or(guest).unwrap_or_default(),
                capacity: None,
                organisation: details.addressee.clone(),
                outside: (!row.is_incoming).then(|| row.other.clone()),
            },
            subject: row.subject.clone(),
            number: said(&row.number),
            their_number: row.their_number.clone(),
            legal_basis: details.legal_basis.clone(),
            classification: details.classification.clone(),
            is_confidential: row.is_confidential,
            fields: details.fields.clone(),
            term: Term::At(row.due, details.working_days),
            ends: row.ends.map(intl::full),
            asked_until: details.asked_until,
            issued_at: Some(row.issued_at),
        }
    }
}

fn signer_name_alone(details: &RequestDetails) -> String {
    let mut signer = details.issuer.clone();
    // The mark stands beside the name.
    signer.outside = None;
    signer_name(&signer)
}

/// The facts as a list of names and values, under the subject.
pub fn page(facts: Facts) -> impl IntoView {
    let Facts {
        from,
        to,
        subject,
        number,
        their_number,
        legal_basis,
        classification,
        is_confidential,
        fields,
        term,
        ends,
        asked_until,
        issued_at,
    } = facts;
    let numbers = [
        (t("request-number"), number),
        (t("request-their-number"), their_number),
    ];
    let notes = [
        (t("request-basis"), legal_basis),
        (t("request-class"), classification),
    ];
    let line = |(name, value): (String, Option<String>)| {
        value.map(|value| fact(name, harmless_text(&value)))
    };
    view! {
        <h2 class="sheet-subject" dir="auto">{harmless(&subject)}</h2>
        {is_confidential.then(|| view! { <p class="sheet-label">{icon("stamp")}<span>{t("request-confidential-said")}</span></p> })}
        <dl class="sheet-facts">
            {side(t("request-from"), from)}
            {side(t("request-to"), to)}
            {fact(t("request-due"), term_text(term))}
            {ends.map(|ends| fact(t("request-ends-itself"), ends))}
            {asked_until.map(|until| fact(t("request-asked-until"), intl::full(until)))}
            {numbers.into_iter().map(line).collect_view()}
            {issued_at.map(|at| fact(t("request-issued"), intl::full(at)))}
            {notes.into_iter().map(line).collect_view()}
            {fields.into_iter().map(|(name, value)| fact(harmless(&name), harmless_text(&value))).collect_view()}
        </dl>
    }
}

/// A text of a page: a note may have lines.
fn harmless_text(text: &str) -> String {
    crate::logic::text::body(text)
}

fn fact(name: String, value: String) -> impl IntoView {
    view! { <div class="sheet-fact"><dt dir="auto">{name}</dt><dd dir="auto">{value}</dd></div> }
}

fn side(label: String, side: Side) -> impl IntoView {
    let (name, organisation) = (harmless(&side.name), harmless(&side.organisation));
    let capacity = side.capacity.map(|capacity| harmless(&capacity));
    let marked = side.outside.clone();
    let own = marked.is_none().then_some(organisation);
    view! {
        <div class="sheet-fact">
            <dt>{label}</dt>
            <dd>
                {(!name.is_empty()).then(|| view! { <span class="side-name"><bdi>{name}</bdi></span>" " })}
                {capacity.map(|capacity| view! { <span class="side-capacity"><bdi>{capacity}</bdi></span>" " })}
                <span class="side-organisation">{outside(marked.as_ref())}{own.map(|own| view! { <bdi>{own}</bdi> })}</span>
            </dd>
        </div>
    }
}

fn term_text(term: Term) -> String {
    match term {
        Term::At(at, None) => intl::full(at),
        Term::At(at, Some(days)) => format!(
            "{} ({})",
            intl::full(at),
            tw("working-days", [("count", days.into())])
        ),
        Term::Days(days) => tw("request-in-working-days", [("count", days.into())]),
    }
}

/// What is asked, word by word.
pub fn asked(text: &str) -> impl IntoView + use<> {
    let text = text.to_owned();
    (!text.is_empty()).then(|| view! { <div class="sheet-text">{plain(&text)}</div> })
}

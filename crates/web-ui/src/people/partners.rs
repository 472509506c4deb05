//! Other organisations: which there are, and how registrars make and end partnerships.

mod known;
mod laws;
mod link;
mod who;

pub use known::known;
pub use laws::laws;
pub use link::{meet, offer, open_partner_link};

use crate::{
    app::{App, Dialog, app},
    browser::intl,
    logic::text::harmless,
    parts::icon,
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{
    OrganisationDocument, Partner, PartnerOffer, PartnerState, Partners, Shown, Trouble, View,
};

/// Watches the other organisations.
pub fn watch_partners(app: App) -> ReadSignal<Option<Partners>> {
    app.core.watch(
        || View::Partners,
        |shown| match shown {
            Shown::Partners(partners) => Some(partners),
            _ => None,
        },
    )
}

/// The digits of one's own organisation, for the other side to compare.
fn own_fingerprint(partners: ReadSignal<Option<Partners>>) -> Memo<Option<String>> {
    let digits = |partners: &Partners| partners.fingerprint.clone();
    Memo::new(move |_| partners.with(|partners| partners.as_ref().map(digits)))
}

/// Those that introduced themselves and wait for a registrar of this organisation; nothing for anybody else.
pub fn waiting(app: App) -> Memo<Option<Partner>> {
    let partners = watch_partners(app);
    Memo::new(move |_| {
        let is_registrar = app.know(|ready| ready.is_registrar);
        let waits = |partner: &&Partner| partner.state == PartnerState::Introduced;
        partners.with(|partners| {
            let partners = partners.as_ref().filter(|_| is_registrar)?;
            partners.partners.iter().find(waits).cloned()
        })
    })
}

/// The list, and for registrars what can be done; nothing for others where there is none.
pub fn list() -> impl IntoView {
    let app = app();
    let partners = watch_partners(app);
    let is_registrar = Memo::new(move |_| app.know(|ready| ready.is_registrar));
    move || {
        let Partners {
            partners, offers, ..
        } = partners.get().unwrap_or_default();
        let acts = is_registrar.get();
        (acts || !partners.is_empty()).then(|| view! {
            <section class="block" aria-label=t("partners")>
                <h2 class="block-title">{t("partners")}</h2>
                {(acts && partners.is_empty()).then(|| view! { <p class="hint padded">{t("partners-none")}</p> })}
                <ul class="list">
                    {partners.into_iter().map(|partner| row(app, partner, acts)).collect_view()}
                    {offers.into_iter().filter(|_| acts).map(|link| unanswered(app, link)).collect_view()}
                </ul>
                {acts.then(|| view! {
                    <button type="button" class="entry accent" on:click=move |_| app.dialog.set(Some(Dialog::OfferPartner(None)))>{icon("link")}<span>{t("partner-offer")}</span></button>
                    <button type="button" class="entry accent" on:click=move |_| app.dialog.set(Some(Dialog::MeetPartner(None)))>{icon("plus")}<span>{t("partner-meet")}</span></button>
                    <button type="button" class="entry accent" on:click=move |_| app.dialog.set(Some(Dialog::Laws))>{icon("stamp")}<span>{t("laws-title")}</span></button>
                })}
            </section>
        })
    }
}

fn row(app: App, partner: Partner, acts: bool) -> impl IntoView {
    let state = match partner.state {
        PartnerState::Introduced => Some((true, t("partner-waits"))),
        _ if partner.domain.is_empty() => Some((false, t("partner-unanswered"))),
        _ => None,
    };
    let under = match partner.domain.as_str() {
        "" => harmless(&partner.origin),
        domain => harmless(domain),
    };
    let laws = partner.document.as_ref().map(countries);
    let is_ruled_out =
        |why: &Trouble| matches!(why, Trouble::ResidencyUnsaid | Trouble::ResidencyOutside);
    let barred = partner.barred.filter(is_ruled_out);
    let barred = barred.map(|_| t("partner-barred"));
    let body = view! {
        <span class="avatar medium building" aria-hidden="true">{icon("building")}</span>
        <span class="grow clip"><span class="strong"><bdi>{harmless(&partner.name)}</bdi></span><span class="hint"><bdi>{under}</bdi></span>{laws.map(|laws| view! { <span class="hint">{laws}</span> })}</span>
        {barred.map(|word| view! { <span class="chip still amber">{word}</span> })}
        {state.map(|(amber, word)| view! { <span class="chip still" class:amber=amber>{word}</span> })}
    };
    let id = partner.id;
    if acts {
        let open = move |_| app.dialog.set(Some(Dialog::Partner(id.clone())));
        view! { <li><button type="button" class="entry" on:click=open>{body}</button></li> }
            .into_any()
    } else {
        view! { <li class="entry">{body}</li> }.into_any()
    }
}

/// The countries under whose law an organisation says that it stands.
fn countries(document: &OrganisationDocument) -> String {
    let codes = document.jurisdictions.join(", ");
    tw("partner-laws", [("countries", codes.as_str().into())])
}

fn unanswered(app: App, link: PartnerOffer) -> impl IntoView {
    let until = tw(
        "invite-until",
        [("day", intl::short_day(link.expires_at).into())],
    );
    let show = move |_| {
        app.dialog
            .set(Some(Dialog::OfferPartner(Some(link.clone()))))
    };
    view! {
        <li class="entry invitation">
            <span class="grow clip"><span class="strong">{t("partner-link-open")}</span><span class="hint">{until}</span></span>
            <button type="button" class="button small" on:click=show>{icon("qr-code")}<span>{t("show")}</span></button>
        </li>
    }
}

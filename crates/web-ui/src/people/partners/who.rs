//! Who another organisation is, for two registrars to compare.

use crate::{
    logic::{format::in_fives, text::harmless},
    parts::{icon, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::Partner;

/// Name, domain, server, and the digits in large.
pub fn who(partner: &Partner) -> impl IntoView + use<> {
    let name = harmless(&partner.name);
    let of = tw("partner-digits", [("name", (&name).into())]);
    let domain = harmless(&partner.domain);
    let laws = partner
        .document
        .as_ref()
        .map(|said| said.jurisdictions.join(", "));
    view! {
        <div class="organisation">
            <span class="avatar huge building" aria-hidden="true">{icon("building")}</span>
            <p class="details-name"><bdi>{name}</bdi></p>
            <dl class="facts">
                {(!domain.is_empty()).then(|| view! { <div><dt>{t("partner-domain")}</dt><dd dir="ltr">{domain}</dd></div> })}
                <div><dt>{t("partner-server")}</dt><dd dir="ltr">{harmless(&partner.origin)}</dd></div>
                {laws.map(|laws| view! { <div><dt>{t("partner-law")}</dt><dd dir="ltr">{laws}</dd></div> })}
            </dl>
            {partner.barred.map(|why| view! { <p class="problem">{icon("triangle-alert")}<span>{sentence(why)}</span></p> })}
        </div>
        {digits(of, &partner.fingerprint)}
    }
}

/// What to do with the digits, and those of one's own organisation, for the other side.
pub fn comparing(own: &str) -> impl IntoView + use<> {
    view! {
        <p class="prose comparing">{icon("shield-check")} " " {t("partner-compare")}</p>
        {digits(t("partner-own"), own)}
    }
}

/// Digits in large, and whose they are.
pub fn digits(label: String, digits: &str) -> impl IntoView + use<> {
    let groups = in_fives(digits);
    view! {
        <section class="compared" aria-label=label.clone()>
            <h3 class="hint">{label.clone()}</h3>
            <p class="safety large" dir="ltr">{groups.into_iter().map(|five| view! { <span>{five}</span> " " }).collect_view()}</p>
        </section>
    }
}

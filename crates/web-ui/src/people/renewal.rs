//! A new identity for somebody who lost every device, as registrars see it.

use crate::{
    app::App,
    browser::intl,
    logic::text::harmless,
    parts::{handed, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{Command, Outcome, Person, PersonId, Renewal};

/// Where it stands, and what this registrar can do for it.
pub fn part(
    app: App,
    person: ArcRwSignal<Person>,
    trouble: RwSignal<Option<String>>,
) -> impl IntoView {
    let link = RwSignal::new(None::<String>);
    move || {
        let person = person.get();
        let may = app.know(|ready| ready.is_registrar)
            && !person.is_me
            && !person.revoked
            && person.outside.is_none();
        may.then(|| match person.renewal {
            Some(renewal) => open(app, person.id, renewal, link, trouble).into_any(),
            None => offer(app, &person, link, trouble).into_any(),
        })
    }
}

fn offer(
    app: App,
    person: &Person,
    link: RwSignal<Option<String>>,
    trouble: RwSignal<Option<String>>,
) -> impl IntoView + use<> {
    let who = person.id.clone();
    let go = move |_| {
        let command = Command::OfferRenewal(who.clone());
        leptos::task::spawn_local(async move {
            match app.core.ask(command).await {
                Outcome::Link(made) => link.set(Some(made)),
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
                _ => {}
            }
        });
    };
    let name = harmless(&person.name);
    view! {
        <details class="more">
            <summary>{t("renewal-lost")}</summary>
            <p class="hint">{tw("renewal-lost-text", [("name", name.into())])}</p>
            <button type="button" class="button wide" on:click=go>{t("renewal-offer")}</button>
        </details>
    }
}

fn open(
    app: App,
    who: PersonId,
    renewal: Renewal,
    link: RwSignal<Option<String>>,
    trouble: RwSignal<Option<String>>,
) -> impl IntoView {
    let act = move |command: Command| {
        leptos::task::spawn_local(async move {
            if let Outcome::Failed(why) = app.core.ask(command).await {
                trouble.try_set(Some(sentence(why)));
            }
        });
    };
    let stands = match renewal.takes_effect_at {
        Some(at) => tw("renew-waits-time", [("time", intl::full(at).into())]),
        None if renewal.is_mine => t("renew-waits-second"),
        None => t("renewal-waits-you"),
    };
    let asked = tw(
        "renewal-asked",
        [
            ("registrar", harmless(&renewal.asked_by).into()),
            ("time", intl::full(renewal.asked_at).into()),
        ],
    );
    let confirmed = renewal
        .confirmed_by
        .as_ref()
        .map(|name| tw("renew-confirmed-by", [("registrar", harmless(name).into())]));
    let may_confirm = !renewal.is_mine && renewal.confirmed_by.is_none();
    let (confirms, withdraws) = (who.clone(), who);
    let shown = renewal.link.clone().or_else(|| link.get());
    view! {
        <section class="renewal" aria-label=t("renewal-title")>
            <p class="strong">{t("renewal-title")}</p>
            <p>{asked}</p>
            {confirmed.map(|text| view! { <p>{text}</p> })}
            <p>{stands}</p>
            {may_confirm.then(|| view! {
                <p class="hint">{t("renewal-confirm-text")}</p>
                <button type="button" class="button wide primary" on:click=move |_| act(Command::ConfirmRenewal(confirms.clone()))>{t("renewal-confirm")}</button>
            })}
            <button type="button" class="button wide" on:click=move |_| act(Command::WithdrawRenewal(withdraws.clone()))>
                {if may_confirm { t("renewal-decline") } else { t("take-back") }}</button>
            {shown.map(|link| handed(link, t("renewal-link"), t("renewal-link-caution")))}
        </section>
    }
}

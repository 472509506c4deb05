//! Links between two organisations: making one, and looking who made one.

use super::{
    own_fingerprint, watch_partners,
    who::{comparing, digits, who},
};
use crate::{
    app::{App, Dialog, app},
    browser::intl,
    logic::link::Opening,
    parts::{field, handed, icon, made_for, modal, problem, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{Command, Outcome, Partner, PartnerOffer};

/// Makes a link, or shows one that was made.
pub fn offer(made: Option<PartnerOffer>) -> impl IntoView {
    let app = app();
    let partners = watch_partners(app);
    let link = RwSignal::new(made.map(|made| made.link));
    let trouble = RwSignal::new(None::<String>);
    let make = move || {
        trouble.set(None);
        leptos::task::spawn_local(async move {
            match app.core.ask(Command::OfferPartner).await {
                Outcome::Link(made) => {
                    link.try_set(Some(made));
                }
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
                _ => {}
            }
        });
    };
    let own = own_fingerprint(partners);
    let until = move |link: &str| {
        let found = partners.with(|partners| {
            let offers = partners.iter().flat_map(|partners| &partners.offers);
            let mut fitting = offers.filter(|offer| offer.link == link);
            fitting.next().map(|offer| offer.expires_at)
        });
        found.map(|at| tw("invite-until", [("day", intl::short_day(at).into())]))
    };
    modal(
        t("partner-offer"),
        "small",
        move || app.dialog.set(None),
        view! {
            {made_for(move || link.get(), move |made| match made {
                Some(made) => {
                    let shown = made.clone();
                    view! {
                        <div class="modal-body">
                            {handed(made, t("partner-link"), t("partner-link-caution"))}
                            <p class="hint centre">{move || until(&shown)}</p>
                            {move || own.get().map(|own| digits(t("partner-own"), &own))}
                        </div>
                    }.into_any()
                }
                None => view! {
                    <form class="modal-form" on:submit=move |event| { event.prevent_default(); make() }>
                        <div class="modal-body">
                            <p class="prose">{t("partner-offer-text")}</p>
                            {problem(move || trouble.get())}
                        </div>
                        <footer class="modal-foot"><button type="submit" class="button primary" autofocus=true>{icon("link")}<span>{t("invite-make")}</span></button></footer>
                    </form>
                }.into_any(),
            })}
        },
    )
}

#[derive(Clone, PartialEq)]
enum Step {
    Link,
    Looking,
    Compare(Partner),
}

/// Looks who made a link that was pasted or opened here, and agrees.
pub fn meet(link: Option<String>) -> impl IntoView {
    let app = app();
    let close = move || app.dialog.set(None);
    if !app.know(|ready| ready.is_registrar) {
        return not_for_members(close).into_any();
    }
    let typed = RwSignal::new(link.clone().unwrap_or_default());
    let step = RwSignal::new(Step::Link);
    let trouble = RwSignal::new(None::<String>);
    let look = move || {
        let link = typed.get_untracked().trim().to_owned();
        if link.is_empty() || step.get_untracked() != Step::Link {
            return;
        }
        step.set(Step::Looking);
        trouble.set(None);
        leptos::task::spawn_local(async move {
            let next = match app.core.ask(Command::InspectPartner { link }).await {
                Outcome::Partner(partner) => Step::Compare(partner),
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                    Step::Link
                }
                _ => Step::Link,
            };
            step.try_set(next);
        });
    };
    if link.is_some() {
        look();
    }
    modal(
        t("partner-meet-title"),
        "small",
        close,
        made_for(move || step.get(), move |step| match step {
            Step::Link => enter(typed, trouble, look).into_any(),
            Step::Looking => view! {
                <div class="modal-body centre" role="status"><span class="spinner" aria-hidden="true"></span><p class="hint">{t("partner-looking")}</p></div>
            }.into_any(),
            Step::Compare(partner) => agree(app, partner, typed).into_any(),
        }),
    )
    .into_any()
}

fn not_for_members(close: impl Fn() + Copy + 'static) -> impl IntoView {
    modal(
        t("partner-page-title"),
        "small",
        close,
        view! {
            <div class="modal-body"><p class="prose">{t("partner-member-text")}</p></div>
            <footer class="modal-foot"><button type="button" class="button primary" on:click=move |_| close()>{t("close")}</button></footer>
        },
    )
}

fn enter(
    typed: RwSignal<String>,
    trouble: RwSignal<Option<String>>,
    look: impl Fn() + Copy + 'static,
) -> impl IntoView {
    view! {
        <form class="modal-form" on:submit=move |event| { event.prevent_default(); look() }>
            <div class="modal-body">
                {field(t("partner-paste"), Some(t("partner-paste-hint")), "partner-paste", typed, 1_000)}
                {problem(move || trouble.get())}
            </div>
            <footer class="modal-foot"><button type="submit" class="button primary">{t("go-on")}</button></footer>
        </form>
    }
}

fn agree(app: App, partner: Partner, typed: RwSignal<String>) -> impl IntoView {
    let partners = watch_partners(app);
    let own = own_fingerprint(partners);
    let trouble = RwSignal::new(None::<String>);
    let go = move |_| {
        let link = typed.get_untracked().trim().to_owned();
        trouble.set(None);
        leptos::task::spawn_local(async move {
            match app.core.ask(Command::AcceptPartner { link }).await {
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
                _ => {
                    app.say(t("partner-agreed"));
                    app.dialog.set(None);
                }
            }
        });
    };
    view! {
        <div class="modal-body" tabindex="0">
            {who(&partner)}
            {move || own.get().map(|own| comparing(&own))}
            {problem(move || trouble.get())}
        </div>
        <footer class="modal-foot">
            <button type="button" class="button" on:click=move |_| app.dialog.set(None)>{t("partner-later")}</button>
            <button type="button" class="button primary" on:click=go>{t("partner-agree")}</button>
        </footer>
    }
}

/// Goes on with a link that was opened here.
pub fn open_partner_link(app: App) {
    if let Opening::Partner(link) = app.opening.get_untracked() {
        app.opening.set(Opening::Plain);
        app.dialog.set(Some(Dialog::MeetPartner(Some(link))));
    }
}

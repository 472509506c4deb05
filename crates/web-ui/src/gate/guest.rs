//! The door of a guest: who asks, the code that came another way, one button.

use super::{door, main_button, open_new_store};
use crate::{
    app::{App, app},
    browser::intl,
    logic::{link::Opening, text::harmless},
    parts::{field, icon, problem, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::link::GuestPreview;
use valise_views::{Command, Outcome, Trouble};

/// Letters of a code with its hyphens, and room for blanks around them.
const MAX_CODE: u32 = 24;

/// What is known of the link.
#[derive(Clone, PartialEq)]
enum Known {
    Looking,
    Asked(Box<GuestPreview>),
    Bad(Trouble),
}

/// Shows who asks, and lets the guest in.
pub fn guest() -> impl IntoView {
    let app = app();
    let known = RwSignal::new(Known::Looking);
    let look = move || {
        let Opening::Guest(link) = app.opening.get_untracked() else {
            return;
        };
        known.set(Known::Looking);
        leptos::task::spawn_local(async move {
            known.try_set(match app.core.ask(Command::InspectGuest { link }).await {
                Outcome::Guest(preview) => Known::Asked(preview),
                Outcome::Failed(why) => Known::Bad(why),
                _ => Known::Bad(Trouble::Internal),
            });
        });
    };
    look();
    move || match known.get() {
        Known::Looking => door(
            t("guest-looking"),
            view! { <div class="spinner" aria-hidden="true"></div> },
        )
        .into_any(),
        Known::Bad(why) => bad_link(app, why, look).into_any(),
        Known::Asked(preview) => asked(app, *preview).into_any(),
    }
}

/// The page was opened anew after it had taken the secret out of its address, as phones do with a page that nobody looked at for a while.
pub fn guest_again() -> impl IntoView {
    door(
        t("guest-again-title"),
        view! {
            <p class="lead">{t("guest-again-text")}</p>
            <ul class="points">
                <li>{icon("mail-open")}<span>{t("guest-again-mail")}</span></li>
                <li>{icon("qr-code")}<span>{t("guest-again-paper")}</span></li>
            </ul>
        },
    )
}

fn bad_link(app: App, why: Trouble, again: impl Fn() + 'static) -> impl IntoView {
    let button = if why == Trouble::Offline {
        view! { <button type="button" class="button primary wide" on:click=move |_| again()>{t("try-again")}</button> }.into_any()
    } else {
        view! { <button type="button" class="button wide" on:click=move |_| app.opening.set(Opening::Plain)>{t("go-on")}</button> }.into_any()
    };
    door(
        t("guest-bad-title"),
        view! {
            <p class="lead" role="alert">{sentence(why)}</p>
            <p class="hint">{t("guest-bad-text")}</p>
            {button}
        },
    )
}

fn asked(app: App, preview: GuestPreview) -> impl IntoView {
    let code = RwSignal::new(String::new());
    let trouble = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let name = preview.guest.clone();
    let go = move || {
        let Opening::Guest(link) = app.opening.get_untracked() else {
            return;
        };
        let typed = code.get_untracked().trim().to_owned();
        if busy.get_untracked() {
            return;
        }
        if typed.is_empty() {
            trouble.set(Some(t("guest-code-missing")));
            return;
        }
        busy.set(true);
        trouble.set(None);
        let name = name.clone();
        leptos::task::spawn_local(async move {
            if open_new_store(app, &name, trouble).await {
                let command = Command::ComeAsGuest { link, code: typed };
                match app.core.ask(command).await {
                    Outcome::Done => {
                        app.opening.try_set(Opening::Plain);
                    }
                    Outcome::Failed(why) => {
                        trouble.try_set(Some(sentence(why)));
                    }
                    _ => {}
                }
            }
            busy.try_set(false);
        });
    };
    let title = tw(
        "guest-title",
        [("organisation", harmless(&preview.organisation).into())],
    );
    door(
        title,
        view! {
            {identity(&preview)}
            <form class="form" on:submit=move |event| { event.prevent_default(); go() }>
                {field(t("guest-code"), Some(t("guest-code-hint")), "guest-code", code, MAX_CODE)}
                {problem(move || trouble.get())}
                {main_button(t("guest-go"), t("guest-busy"), busy, "mail-open")}
                <p class="hint centre">{t("guest-passkey-hint")}</p>
            </form>
            <p class="sealed-note">{icon("lock")}<span>{t("guest-sealed")}</span></p>
            {sureness(&preview.fingerprint, &preview.domain)}
        },
    )
}

/// Who asks, and whom.
fn identity(preview: &GuestPreview) -> impl IntoView + use<> {
    let office = preview.office.as_deref().map(harmless);
    let until = tw("guest-until", [("day", intl::full(preview.until).into())]);
    view! {
        <dl class="identity">
            <dt>{t("guest-asks")}</dt>
            <dd class="strong"><bdi>{harmless(&preview.asks)}</bdi></dd>
            {office.map(|office| view! { <dd><bdi>{office}</bdi></dd> })}
            <dt>{t("guest-asked")}</dt>
            <dd class="strong"><bdi>{harmless(&preview.guest)}</bdi></dd>
            <dd class="hint">{until}</dd>
            {preview.held.then(|| view! { <dd class="hint">{t("guest-held")}</dd> })}
        </dl>
    }
}

/// How sure one can be of this page, and how to check it.
fn sureness(fingerprint: &str, domain: &str) -> impl IntoView + use<> {
    view! {
        <details class="sureness">
            <summary>{icon("shield-check")}<span>{t("guest-sure")}</span></summary>
            <div class="prose">{sure_text(fingerprint, domain)}</div>
        </details>
    }
}

/// Where the page comes from, and what to compare.
pub fn sure_text(fingerprint: &str, domain: &str) -> impl IntoView + use<> {
    let fingerprint = fingerprint.to_owned();
    view! {
        <p>{tw("guest-sure-text", [("domain", harmless(domain).into())])}</p>
        <p class="fingerprint" dir="ltr">{fingerprint}</p>
    }
}

//! A new identity for whoever lost every device: the page of the link, and waiting.

use super::{door, main_button, open_new_store};
use crate::{
    app::app,
    browser,
    browser::intl,
    logic::{link::Opening, text::harmless},
    parts::{icon, problem, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{Command, Outcome, Renewal, RenewalState, Status};

/// Says what happens, and begins.
pub fn renewal() -> impl IntoView {
    let app = app();
    let trouble = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let go = move || {
        let Opening::Renewal(link) = app.opening.get_untracked() else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        leptos::task::spawn_local(async move {
            if open_new_store(app, &t("device-passkey"), trouble).await {
                let name = browser::device_name();
                match app.core.ask(Command::OpenRenewal { link, name }).await {
                    Outcome::Failed(why) => {
                        trouble.try_set(Some(sentence(why)));
                    }
                    _ => app.opening.set(Opening::Plain),
                }
            }
            busy.try_set(false);
        });
    };
    door(
        t("renew-title"),
        view! {
            <p class="lead">{t("renew-text")}</p>
            <p>{t("renew-no-messages")}</p>
            <form class="form" on:submit=move |event| { event.prevent_default(); go() }>
                {problem(move || trouble.get())}
                {main_button(t("renew-go"), t("renew-busy"), busy, "key-round")}
                <p class="hint centre">{t("passkey-hint")}</p>
            </form>
        },
    )
}

/// While the new identity waits for the second registrar, and for its time.
pub fn renewing() -> impl IntoView {
    let app = app();
    let renewal = Memo::new(move |_| {
        app.status.with(|status| match status {
            Some(Status::Renewing(renewal)) => Some((**renewal).clone()),
            _ => None,
        })
    });
    let wipe = move |_| app.core.tell(Command::Wipe);
    let over = move || {
        let state = renewal.with(|renewal| renewal.as_ref().map(|renewal| renewal.state));
        matches!(state, Some(RenewalState::Stopped | RenewalState::Over))
    };
    door(
        t("renew-title"),
        view! {
            <div role="status">{move || renewal.get().map(|renewal| stands(&renewal))}</div>
            <p>{t("renew-no-messages")}</p>
            {move || over().then(|| view! { <button type="button" class="button wide" on:click=wipe>{t("renew-forget")}</button> })}
        },
    )
}

fn stands(renewal: &Renewal) -> impl IntoView + use<> {
    let text = match (renewal.state, renewal.takes_effect_at) {
        (RenewalState::Reading, _) => t("renew-reading"),
        (RenewalState::Stopped, _) => t("renew-stopped"),
        (RenewalState::Over, _) => t("renew-over"),
        (RenewalState::Open, None) => t("renew-waits-second"),
        (RenewalState::Open, Some(at)) => tw("renew-waits-time", [("time", intl::full(at).into())]),
    };
    let asked = (renewal.state != RenewalState::Reading).then(|| {
        tw(
            "renew-asked-by",
            [
                ("person", harmless(&renewal.person).into()),
                ("organisation", harmless(&renewal.organisation).into()),
                ("registrar", harmless(&renewal.asked_by).into()),
            ],
        )
    });
    let confirmed = renewal
        .confirmed_by
        .as_ref()
        .map(|name| tw("renew-confirmed-by", [("registrar", harmless(name).into())]));
    let open = renewal.state == RenewalState::Open;
    view! {
        {asked.map(|text| view! { <p class="lead">{text}</p> })}
        {confirmed.map(|text| view! { <p>{text}</p> })}
        <p class="strong">{icon(if open { "clock-3" } else { "triangle-alert" })} " " {text}</p>
        {open.then(|| view! { <p class="hint">{t("renew-by-itself")}</p> })}
    }
}

//! Joining from an invitation: who invites, as whom, one button.

use super::{door, main_button, open_new_store};
use crate::{
    app::{App, app},
    logic::{address::suggest, link::Opening, text::harmless},
    parts::{field, icon, problem, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::link::InvitationPreview;
use valise_views::{Command, Outcome, Trouble};

/// What is known of the invitation.
#[derive(Clone, PartialEq)]
enum Known {
    Looking,
    Invited(InvitationPreview),
    /// The link cannot be looked at before there is a store, or there is no line.
    Unread,
    Bad(Trouble),
}

/// Shows the invitation and joins.
pub fn join() -> impl IntoView {
    let app = app();
    let known = RwSignal::new(Known::Looking);
    if let Opening::Invitation(link) = app.opening.get_untracked() {
        leptos::task::spawn_local(async move {
            let seen = match app.core.ask(Command::InspectInvitation { link }).await {
                Outcome::Invitation(preview) => Known::Invited(preview),
                Outcome::Failed(Trouble::Offline) => Known::Unread,
                Outcome::Failed(why) => Known::Bad(why),
                _ => Known::Unread,
            };
            known.try_set(seen);
        });
    }
    move || match known.get() {
        Known::Looking => door(
            t("joining-look"),
            view! { <div class="spinner" aria-hidden="true"></div> },
        )
        .into_any(),
        Known::Bad(why) => bad_link(app, why).into_any(),
        Known::Unread => invited(app, None).into_any(),
        Known::Invited(preview) => invited(app, Some(preview)).into_any(),
    }
}

fn bad_link(app: App, why: Trouble) -> impl IntoView {
    door(
        t("join-bad-title"),
        view! {
            <p class="lead">{sentence(why)}</p>
            <p class="hint">{t("join-bad-text")}</p>
            <button type="button" class="button wide" on:click=move |_| app.opening.set(Opening::Plain)>{t("go-on")}</button>
        },
    )
}

fn invited(app: App, preview: Option<InvitationPreview>) -> impl IntoView {
    let given_name = preview.as_ref().map(|p| p.name.clone()).unwrap_or_default();
    let given_address = preview
        .as_ref()
        .map(|p| p.address.clone())
        .unwrap_or_default();
    let (asks_name, asks_address) = (given_name.is_empty(), given_address.is_empty());
    let name = RwSignal::new(given_name.clone());
    let trouble = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let go = move || {
        let Opening::Invitation(link) = app.opening.get_untracked() else {
            return;
        };
        let own = name.get_untracked().trim().to_owned();
        if busy.get_untracked() {
            return;
        }
        if own.is_empty() {
            trouble.set(Some(t("join-name-missing")));
            return;
        }
        busy.set(true);
        trouble.set(None);
        let local_part = if asks_address {
            suggest(&own)
        } else {
            String::new()
        };
        leptos::task::spawn_local(async move {
            if open_new_store(app, &own, trouble).await {
                match app
                    .core
                    .ask(Command::Join {
                        link,
                        name: own,
                        local_part,
                    })
                    .await
                {
                    Outcome::Chat(chat) => app.open_chat(chat),
                    Outcome::Failed(why) => {
                        trouble.try_set(Some(sentence(why)));
                    }
                    _ => {}
                }
            }
            busy.try_set(false);
        });
    };
    let title = match &preview {
        Some(preview) => tw(
            "join-title",
            [
                ("inviter", (&preview.inviter).into()),
                ("organisation", (&preview.organisation).into()),
            ],
        ),
        None => t("join-title-unknown"),
    };
    door(
        title,
        view! {
            {preview.map(|preview| identity(&preview))}
            <form class="form" on:submit=move |event| { event.prevent_default(); go() }>
                {asks_name.then(|| field(t("your-name"), None, "own-name", name, 80))}
                {problem(move || trouble.get())}
                {main_button(t("join-go"), t("join-busy"), busy, "key-round")}
                <p class="hint centre">{t("passkey-hint")}</p>
            </form>
            <p class="sealed-note">{icon("lock")}<span>{t("join-sealed")}</span></p>
        },
    )
}

/// As whom one is invited.
fn identity(preview: &InvitationPreview) -> impl IntoView + use<> {
    let (name, address) = (harmless(&preview.name), harmless(&preview.address));
    (!name.is_empty() || !address.is_empty()).then(|| view! {
        <dl class="identity">
            <dt>{t("join-as")}</dt>
            {(!name.is_empty()).then(|| view! { <dd class="strong"><bdi>{name}</bdi></dd> })}
            {(!address.is_empty()).then(|| view! { <dd><bdi>{address}</bdi></dd> })}
            {preview.is_registrar.then(|| view! { <dd><span class="chip">{t("registrar")}</span></dd> })}
        </dl>
    })
}

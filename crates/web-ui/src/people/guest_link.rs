//! A guest's link that is opened where somebody has an account: whom it is for, and the two ways from here. Looking spends nothing.

use crate::{
    app::{App, Dialog, app},
    logic::{link::Opening, text::harmless},
    parts::{copy_button, icon, modal, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::link::GuestPreview;
use valise_views::{ChatId, Command, Outcome, Trouble};

/// Shows the link with which the page was opened, if it is a guest's.
pub fn open_guest_link(app: App) {
    if let Opening::Guest(link) = app.opening.get_untracked() {
        app.opening.set(Opening::Plain);
        app.dialog.set(Some(Dialog::GuestLink(link)));
    }
}

/// What is known of the link.
#[derive(Clone, PartialEq)]
enum Known {
    Looking,
    Of(Box<GuestPreview>),
    Bad(Trouble),
}

/// The dialog.
pub fn guest_link(link: String) -> impl IntoView {
    let app = app();
    let known = RwSignal::new(Known::Looking);
    let command = Command::InspectGuest { link: link.clone() };
    leptos::task::spawn_local(async move {
        known.try_set(match app.core.ask(command).await {
            Outcome::Guest(preview) => Known::Of(preview),
            Outcome::Failed(why) => Known::Bad(why),
            _ => Known::Bad(Trouble::Internal),
        });
    });
    modal(
        t("guest-link-title"),
        "small",
        move || app.dialog.set(None),
        move || {
            match known.get() {
            Known::Looking => view! { <div class="modal-body"><p role="status">{t("guest-looking")}</p></div> }.into_any(),
            Known::Bad(why) => view! {
                <div class="modal-body prose"><p role="alert">{sentence(why)}</p><p>{t("guest-bad-text")}</p></div>
            }
            .into_any(),
            Known::Of(preview) => shown(app, link.clone(), *preview).into_any(),
        }
        },
    )
}

fn shown(app: App, link: String, preview: GuestPreview) -> impl IntoView {
    let guest = harmless(&preview.guest);
    let (name, organisation) = app.know(|ready| (ready.name.clone(), ready.organisation.clone()));
    let you = tw(
        "guest-link-you",
        [
            ("name", harmless(&name).into()),
            ("organisation", harmless(&organisation).into()),
        ],
    );
    let asked = tw(
        "guest-link-asked",
        [
            ("asks", harmless(&preview.asks).into()),
            ("guest", guest.clone().into()),
        ],
    );
    let is_in = preview.chat.is_some();
    view! {
        <div class="modal-body prose">
            <p class="strong" dir="auto">{asked}</p>
            <p dir="auto">{you}</p>
            <p>{if is_in { t("guest-link-in") } else { t("guest-link-out") }}</p>
            <p dir="auto">{tw("guest-link-private", [("guest", guest.into())])}</p>
        </div>
        <footer class="modal-foot">
            {copy_button(link, t("guest-link-copy"))}
            {preview.chat.map(|chat| opens(app, chat))}
        </footer>
    }
}

fn opens(app: App, chat: ChatId) -> impl IntoView {
    let open = move |_| {
        app.dialog.set(None);
        app.open_request(chat.clone());
    };
    view! { <button type="button" class="button primary" autofocus=true on:click=open>{icon("file-check")}<span>{t("guest-link-open")}</span></button> }
}

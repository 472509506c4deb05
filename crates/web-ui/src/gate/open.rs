//! Opening the link in which a device moves: whose it is, one button.

use super::{door, main_button, open_new_store};
use crate::{
    app::{App, app},
    logic::{link::Opening, text::harmless},
    parts::{handed, icon, problem, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::link::ArchivePreview;
use valise_views::{Command, Outcome, Status, Trouble};

/// What is known of the link.
#[derive(Clone, PartialEq)]
enum Known {
    Looking,
    Of(ArchivePreview),
    Bad(Trouble),
}

/// Shows whose device moves in the link, and becomes it.
pub fn open() -> impl IntoView {
    let app = app();
    let known = RwSignal::new(Known::Looking);
    let look = move || {
        let Opening::Archive(link) = app.opening.get_untracked() else {
            return;
        };
        known.set(Known::Looking);
        leptos::task::spawn_local(async move {
            let seen = match app.core.ask(Command::InspectArchive { link }).await {
                Outcome::Archive(preview) => Known::Of(preview),
                Outcome::Failed(why) => Known::Bad(why),
                _ => Known::Bad(Trouble::Internal),
            };
            known.try_set(seen);
        });
    };
    look();
    move || {
        match known.get() {
        Known::Looking => door(
            t("open-look"),
            view! { <div class="spinner" aria-hidden="true"></div> },
        )
        .into_any(),
        Known::Bad(Trouble::Offline) => door(
            t("open-offline-title"),
            view! {
                <p class="lead">{sentence(Trouble::Offline)}</p>
                <button type="button" class="button primary wide" on:click=move |_| look()>{t("try-again")}</button>
            },
        )
        .into_any(),
        Known::Bad(why) => refused(app, why).into_any(),
        Known::Of(preview) => offer(app, &preview).into_any(),
    }
    }
}

fn refused(app: App, why: Trouble) -> impl IntoView {
    let title = match why {
        Trouble::LinkUsed => t("open-used-title"),
        _ => t("open-bad-title"),
    };
    door(
        title,
        view! {
            <p class="lead">{sentence(why)}</p>
            <button type="button" class="button wide" on:click=move |_| app.opening.set(Opening::Plain)>{t("go-on")}</button>
        },
    )
}

fn offer(app: App, preview: &ArchivePreview) -> impl IntoView + use<> {
    let name = preview.name.clone();
    let trouble = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let go = move || {
        let Opening::Archive(link) = app.opening.get_untracked() else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        let name = name.clone();
        leptos::task::spawn_local(async move {
            if open_new_store(app, &name, trouble).await
                && let Outcome::Failed(why) = app.core.ask(Command::Import { link }).await
            {
                trouble.try_set(Some(sentence(why)));
            }
            busy.try_set(false);
        });
    };
    let (whose, address, organisation) = (
        harmless(&preview.name),
        harmless(&preview.address),
        harmless(&preview.organisation),
    );
    door(
        tw("open-title", [("name", (&preview.name).into())]),
        view! {
            <dl class="identity">
                <dt><bdi>{organisation}</bdi></dt>
                <dd class="strong"><bdi>{whose}</bdi></dd>
                <dd><bdi>{address}</bdi></dd>
            </dl>
            <form class="form" on:submit=move |event| { event.prevent_default(); go() }>
                {problem(move || trouble.get())}
                {main_button(t("open-go"), t("open-busy"), busy, "key-round")}
                <p class="hint centre">{t("passkey-hint")}</p>
            </form>
            <p class="sealed-note">{icon("lock")}<span>{t("open-once")}</span></p>
        },
    )
}

/// This device has moved: where to, only its link knows.
pub fn moved() -> impl IntoView {
    let app = app();
    let link = Memo::new(move |_| {
        app.status.with(|status| match status {
            Some(Status::Moved { link }) => link.clone(),
            _ => None,
        })
    });
    door(
        t("moved-title"),
        view! {
            <p class="lead">{sentence(Trouble::Moved)}</p>
            {move || match link.get() {
                Some(link) => handed(link, t("move-label"), t("move-link")).into_any(),
                None => view! { <p class="prose"><span class="spinner small" aria-hidden="true"></span>" "{t("move-busy")}</p> }.into_any(),
            }}
        },
    )
}

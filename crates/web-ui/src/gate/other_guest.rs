//! A guest's link that is opened where another guest's conversation lives: a browser holds one. Whom the link is for, what
//! became of the other conversation, and what to do. Looking spends nothing.

use super::{door, starting};
use crate::{
    app::{App, app},
    guest,
    logic::{link::Opening, text::harmless},
    parts::{copy_button, icon, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::link::GuestPreview;
use valise_views::{Command, Outcome, Trouble};

/// What is known of the link.
#[derive(Clone, PartialEq)]
enum Known {
    Looking,
    For(Box<GuestPreview>),
    Bad(Trouble),
}

/// Shows whom the link is for. By the one by which one came oneself one goes to one's request at once.
pub fn other_guest() -> impl IntoView {
    let app = app();
    let Opening::Guest(link) = app.opening.get_untracked() else {
        return ().into_any();
    };
    let known = RwSignal::new(Known::Looking);
    let asked = link.clone();
    let look = move || {
        known.set(Known::Looking);
        let command = Command::InspectGuest {
            link: asked.clone(),
        };
        leptos::task::spawn_local(async move {
            let found = match app.core.ask(command).await {
                Outcome::Guest(preview) => Known::For(preview),
                Outcome::Failed(why) => Known::Bad(why),
                _ => return go_back(app),
            };
            known.try_set(found);
        });
    };
    look();
    view! {
        {move || match known.get() {
            Known::Looking => starting().into_any(),
            Known::For(preview) => for_another(app, link.clone(), *preview).into_any(),
            Known::Bad(why) => opens_nothing(app, why, look.clone()).into_any(),
        }}
    }
    .into_any()
}

/// Leaves the link, and shows the conversation that lives here.
fn go_back(app: App) {
    app.opening.try_set(Opening::Plain);
}

fn for_another(app: App, link: String, preview: GuestPreview) -> impl IntoView {
    let guest = harmless(&preview.guest);
    let asked = tw(
        "guest-link-asked",
        [
            ("asks", harmless(&preview.asks).into()),
            ("guest", guest.clone().into()),
        ],
    );
    let how = tw("guest-other-how", [("guest", guest.clone().into())]);
    door(
        tw("guest-other-title", [("guest", guest.into())]),
        view! {
            <p class="lead" dir="auto">{asked}</p>
            {lives_here(app)}
            <p class="prose" dir="auto">{how}</p>
            {copy_button(link, t("guest-link-copy"))}
            {back_button(app)}
        },
    )
}

fn opens_nothing(app: App, why: Trouble, again: impl Fn() + 'static) -> impl IntoView {
    let again = (why == Trouble::Offline).then(|| {
        view! { <button type="button" class="button wide" on:click=move |_| again()>{t("try-again")}</button> }
    });
    door(
        t("guest-bad-title"),
        view! {
            <p class="lead" role="alert">{sentence(why)}</p>
            <p class="hint">{t("guest-bad-text")}</p>
            {lives_here(app)}
            {again}
            {back_button(app)}
        },
    )
}

/// Whose conversation is here, and that nothing became of it; if it was ended, the way to make room.
fn lives_here(app: App) -> impl IntoView {
    let (name, organisation) = app.know(|ready| (ready.name.clone(), ready.organisation.clone()));
    let here = tw(
        "guest-other-here",
        [
            ("name", harmless(&name).into()),
            ("organisation", harmless(&organisation).into()),
        ],
    );
    let is_over = Memo::new(move |_| app.know(|ready| ready.revoked));
    view! {
        <p class="prose" dir="auto">{here}</p>
        {move || is_over.get().then(|| guest::over(app))}
    }
}

fn back_button(app: App) -> impl IntoView {
    let name = app.know(|ready| harmless(&ready.name));
    view! {
        <button type="button" class="button primary wide" on:click=move |_| go_back(app)>
            {icon("file-check")}<span dir="auto">{tw("guest-other-back", [("name", name.into())])}</span></button>
    }
}

//! What stands beside a chat that was brought over from another messenger.

use super::{Asking, Details, Over, part, shared, switches};
use crate::{
    app::App,
    logic::text::harmless,
    parts::{confirm, icon, old_avatar, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{ChatDetails, Command, OldMessenger, Outcome};

/// Where it comes from, its files, and how to be rid of it.
pub(super) fn content(app: App, details: Details, old: OldMessenger, over: Over) -> impl IntoView {
    let asking = over.asking;
    view! {
        <div class="details-top">
            {old_avatar("huge")}
            {part(details, |details| harmless(&details.title), |title| view! { <h3 class="details-name"><bdi>{title}</bdi></h3> })}
            <p class="under">{tw("imported-from", [("messenger", old.name().into())])}</p>
            <p class="hint centre">{t("imported-text")}</p>
        </div>
        {switches(app, details)}
        {shared(app, details, over)}
        <section class="block"><button type="button" class="entry danger" on:click=move |_| asking.set(Some(Asking::Forget))>{icon("trash-2")}<span>{t("imported-forget")}</span></button></section>
    }
}

/// Asks before the chat is forgotten.
pub(super) fn forget(
    app: App,
    details: ChatDetails,
    close: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let trouble = RwSignal::new(None::<String>);
    let chat = details.chat;
    let go = move || {
        let chat = chat.clone();
        leptos::task::spawn_local(async move {
            match app.core.ask(Command::ForgetChat(chat)).await {
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
                _ => {
                    app.say(t("imported-forgotten"));
                    app.details.set(false);
                    app.back();
                }
            }
        });
    };
    confirm(
        tw("imported-forget-title", [("title", details.title.into())]),
        t("imported-forget-text"),
        t("imported-forget"),
        trouble,
        close,
        go,
    )
}

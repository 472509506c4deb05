//! Messages that were found, below the chats that were.

use crate::{
    app::App,
    browser::{intl, now, offset_minutes},
    logic::text::harmless,
    parts::{chat_name, icon, outside},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::search::{Found, Hit, Piece};
use valise_views::{Shown, View};

/// Messages that are shown at first, and that each press on "more" adds.
const STEP: u32 = 30;

/// What was said that fits what was typed; follows both.
pub fn messages(app: App, typed: RwSignal<String>) -> impl IntoView {
    let count = RwSignal::new(STEP);
    Effect::new(move |_| {
        typed.track();
        count.set(STEP);
    });
    let found = app.core.watch(
        move || View::Search {
            typed: typed.get(),
            chat: None,
            offset_minutes: -offset_minutes(now()),
            count: count.get(),
        },
        |shown| match shown {
            Shown::Found(found) => Some(found),
            _ => None,
        },
    );
    move || {
        if typed.with(|typed| typed.trim().is_empty()) {
            return ().into_any();
        }
        found
            .with(|found| found.as_ref().map(|found| list(app, found, count)))
            .into_any()
    }
}

fn list(app: App, found: &Found, count: RwSignal<u32>) -> impl IntoView + use<> {
    let hits = found.hits.iter().map(|hit| row(app, hit)).collect_view();
    let number = found.hits.len();
    let more = found.more;
    view! {
        <section class="found" aria-label=t("messages")>
            <h3 class="block-title" aria-live="polite">
                {if more { tw("found-more", [("count", number.into())]) } else { tw("found", [("count", number.into())]) }}
            </h3>
            {found.preparing.then(|| view! { <p class="found-note">{icon("clock-3")}<span>{t("found-preparing")}</span></p> })}
            <ul class="list">{hits}</ul>
            {more.then(|| view! { <button type="button" class="entry accent" on:click=move |_| count.update(|count| *count += STEP)>{icon("chevron-down")}<span>{t("found-show-more")}</span></button> })}
            <p class="found-note hint">{t("found-hint")}</p>
        </section>
    }
}

fn row(app: App, hit: &Hit) -> impl IntoView + use<> {
    let (chat, message) = (hit.chat.clone(), hit.message.clone());
    let sender = if hit.is_mine {
        t("you")
    } else {
        harmless(&hit.sender)
    };
    let (title, at) = (chat_name(hit.kind, &hit.title), hit.at);
    let of = outside(hit.outside.as_ref().filter(|_| !hit.is_mine));
    let file = hit.file.is_some();
    let pieces = hit.text.iter().map(piece).collect_view();
    view! {
        <li>
            <button type="button" class="hit" on:click=move |_| app.open_message(chat.clone(), message.clone())>
                <span class="hit-head"><bdi class="hit-title">{title}</bdi><time title=intl::full(at)>{intl::stamp(at)}</time></span>
                <span class="hit-text" dir="auto">
                    <span class="sender"><bdi>{sender}</bdi>{of}": "</span>
                    {file.then(|| icon("paperclip"))}
                    {pieces}
                </span>
            </button>
        </li>
    }
}

fn piece(piece: &Piece) -> AnyView {
    let text = harmless(&piece.text);
    if piece.is_match {
        view! { <mark>{text}</mark> }.into_any()
    } else {
        text.into_any()
    }
}

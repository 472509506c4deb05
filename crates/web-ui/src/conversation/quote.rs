//! The message that another one answers, as the answer shows it.

use super::{Sort, line_of, talk::Talk, thumbnail};
use crate::{
    logic::{
        acts::one_line,
        rows::Row,
        text::{colour, harmless},
    },
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::Quote;

/// The quote at the top of a bubble; a press goes to the message.
pub fn quote(talk: Talk, row: ArcRwSignal<Row>, stop: Memo<bool>) -> impl IntoView {
    let quote = Memo::new(move |_| row.with(|row| row.message.reply.clone()));
    move || quote.get().map(|quote| shown(talk, quote, stop))
}

fn shown(talk: Talk, quote: Quote, stop: Memo<bool>) -> AnyView {
    let line = words(&quote);
    let Some(message) = quote.message.clone() else {
        return view! { <div class="quote gone"><span class="quote-lines"><span class="quote-text">{line}</span></span></div> }
            .into_any();
    };
    let (name, class) = author(&quote);
    let label = tw(
        "quote-label",
        [("name", (&name).into()), ("text", (&line).into())],
    );
    view! {
        <button type="button" class=format!("quote {class}") tabindex=move || if stop.get() { "0" } else { "-1" }
            on:click=move |_| talk.go_to(message.clone())>
            <span class="unseen">{label}</span>
            <span class="quote-lines" aria-hidden="true">
                <span class="quote-who"><bdi>{name}</bdi></span>
                <span class="quote-text" dir="auto">{line}</span>
            </span>
            {picture(&quote)}
        </button>
    }
    .into_any()
}

/// Who wrote it, and the class of the colour.
pub fn author(quote: &Quote) -> (String, String) {
    if quote.is_mine {
        (t("you"), "hue-text-own".into())
    } else {
        (
            harmless(&quote.sender_name),
            format!("hue-text-{}", colour(&quote.sender.0)),
        )
    }
}

/// What it says, or why it says nothing.
pub fn words(quote: &Quote) -> String {
    match (&quote.message, quote.text.is_empty()) {
        (None, _) => t("quote-gone"),
        (Some(_), _) if quote.is_card => line_of(&one_line(&quote.text), Sort::Card),
        (Some(_), true) if quote.thumbnail.is_none() => t("deleted-message"),
        (Some(_), _) if quote.is_poll => line_of(&one_line(&quote.text), Sort::Poll),
        (Some(_), _) => one_line(&quote.text),
    }
}

/// The small picture of its file.
pub fn picture(quote: &Quote) -> Option<impl IntoView + use<>> {
    let url = thumbnail(quote.thumbnail.as_ref())?;
    Some(view! { <img class="quote-picture" src=url alt="" draggable="false"/> })
}

//! The dialogs about messages: what one said before, whether to take it back, which sign to give it, where to hand it on to, which day to go to, polls and cards.

use super::{
    card, day, forward, picker, poll,
    prose::prose,
    talk::{Dialog, Talk},
};
use crate::{
    browser::intl,
    parts::{confirm, made_for, modal, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{Command, MessageId, Outcome, Shown, Version, View};

/// The dialog that is open, if one is.
pub fn layer(talk: Talk) -> impl IntoView {
    let make = move |dialog| match dialog {
        Dialog::Versions(message) => versions(talk, message).into_any(),
        Dialog::Delete(messages) => delete(talk, messages).into_any(),
        Dialog::Sign(message) => picker::dialog(talk, message).into_any(),
        Dialog::Forward(messages) => forward::dialog(talk, messages).into_any(),
        Dialog::Poll => poll::ask(talk).into_any(),
        Dialog::Card => card::ask(talk).into_any(),
        Dialog::Votes(message) => poll::votes(talk, message).into_any(),
        Dialog::ClosePoll(message) => poll::close(talk, message).into_any(),
        Dialog::Day(at) => day::dialog(talk, at).into_any(),
    };
    made_for(move || talk.dialog.get(), move |dialog| dialog.map(make))
}

/// What the message said, the newest first.
fn versions(talk: Talk, message: MessageId) -> impl IntoView {
    let all = talk.app.core.watch(
        move || View::Versions {
            chat: talk.chat(),
            message: message.clone(),
        },
        |shown| match shown {
            Shown::Versions(versions) => Some(versions),
            _ => None,
        },
    );
    let list = move || {
        let all = all.get().unwrap_or_default();
        let last = all.len().saturating_sub(1);
        let newest_first = all.into_iter().enumerate().rev();
        newest_first
            .map(|(at, version)| entry(version, at == last))
            .collect_view()
    };
    modal(
        t("versions"),
        "versions",
        move || talk.dialog.set(None),
        view! { <div class="modal-body" tabindex="0" autofocus=true><ol class="version-list" reversed>{list}</ol></div> },
    )
}

fn entry(version: Version, is_last: bool) -> impl IntoView {
    let text = if version.text.is_empty() {
        view! { <p class="text muted">{t("version-empty")}</p> }.into_any()
    } else {
        prose(&version.text, &version.mentions)
    };
    view! {
        <li class="version">
            <p class="version-head">
                <time>{intl::full(version.at)}</time>
                {is_last.then(|| view! { <span class="chip still">{t("version-now")}</span> })}
            </p>
            {text}
        </li>
    }
}

fn delete(talk: Talk, messages: Vec<MessageId>) -> impl IntoView {
    let trouble = RwSignal::new(None::<String>);
    let close = move || talk.dialog.set(None);
    let count = messages.len();
    let go = move || {
        let messages = messages.clone();
        leptos::task::spawn_local(async move {
            for message in messages {
                if let Outcome::Failed(why) = talk.app.core.ask(Command::Delete(message)).await {
                    trouble.try_set(Some(sentence(why)));
                    return;
                }
            }
            close();
            talk.has_acted();
        });
    };
    let (title, text) = match count {
        1 => (t("delete-title"), t("delete-text")),
        count => (
            tw("delete-several", [("count", count.into())]),
            t("delete-several-text"),
        ),
    };
    confirm(title, text, t("delete-for-all"), trouble, close, go)
}

//! A link into a group: what it leads into, and one button.

use crate::{
    app::{App, Dialog, app},
    browser::intl,
    conversation::after_text,
    logic::{link::Opening, text::harmless},
    parts::{icon, modal, problem, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::link::GroupPreview;
use valise_views::{ChatId, Command, Outcome, Trouble};

/// Follows the link with which the page was opened, if it leads into a group.
pub fn open_group_link(app: App) {
    if let Opening::Group(link) = app.opening.get_untracked() {
        app.opening.set(Opening::Plain);
        app.dialog.set(Some(Dialog::EnterGroup(link)));
    }
}

/// What is known of the link.
#[derive(Clone, PartialEq)]
enum Known {
    Looking,
    Of(Box<GroupPreview>),
    Bad(Trouble),
}

/// The dialog that shows what the link leads into.
pub fn enter_group(link: String) -> impl IntoView {
    let app = app();
    let close = move || app.dialog.set(None);
    let known = RwSignal::new(Known::Looking);
    let command = Command::InspectGroup { link: link.clone() };
    leptos::task::spawn_local(async move {
        known.try_set(match app.core.ask(command).await {
            Outcome::Group(preview) => Known::Of(preview),
            Outcome::Failed(why) => Known::Bad(why),
            _ => Known::Bad(Trouble::Internal),
        });
    });
    let link = StoredValue::new(link);
    move || {
        match known.get() {
        Known::Looking => modal(
            t("enter-door-title"),
            "small",
            close,
            view! { <div class="modal-body"><p role="status">{t("enter-look")}</p></div> },
        )
        .into_any(),
        Known::Bad(why) => modal(
            t("enter-door-title"),
            "small",
            close,
            view! { <div class="modal-body"><p class="prose" role="alert">{sentence(why)}</p></div> },
        )
        .into_any(),
        Known::Of(preview) => {
            let title = tw("enter-title", [("title", (&preview.title).into())]);
            modal(title, "small", close, shown(app, link, *preview)).into_any()
        }
    }
    }
}

fn shown(app: App, link: StoredValue<String>, preview: GroupPreview) -> impl IntoView {
    let chat = preview.chat.clone();
    view! {
        <div class="modal-body prose">
            <p class="strong">{tw("members", [("count", preview.people.into())])}</p>
            <p dir="auto">{tw("enter-by", [("name", harmless(&preview.by).into())])}</p>
            {preview.announcement.then(|| view! { <p>{t("announcement-hint")}</p> })}
            {(preview.disappears_after > 0).then(|| view! { <p>{tw("timer-is", [("after", after_text(preview.disappears_after).into())])}</p> })}
            {preview.until.map(|until| view! { <p class="hint">{tw("group-link-until", [("day", intl::full(until).into())])}</p> })}
            <p class="hint">{if chat.is_some() { t("enter-in") } else { t("enter-history") }}</p>
        </div>
        {match chat {
            Some(chat) => opens(app, chat).into_any(),
            None => joins(app, link).into_any(),
        }}
    }
}

fn opens(app: App, chat: ChatId) -> impl IntoView {
    let open = move |_| {
        app.dialog.set(None);
        app.open_chat(chat.clone());
    };
    view! { <footer class="modal-foot"><button type="button" class="button primary" autofocus=true on:click=open>{t("enter-open")}</button></footer> }
}

fn joins(app: App, link: StoredValue<String>) -> impl IntoView {
    let trouble = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let go = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        let link = link.get_value();
        leptos::task::spawn_local(async move {
            match app.core.ask(Command::JoinGroup { link }).await {
                Outcome::Chat(chat) => {
                    app.dialog.set(None);
                    app.open_chat(chat);
                }
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
                _ => {}
            }
            busy.try_set(false);
        });
    };
    view! {
        <footer class="modal-foot">
            {problem(move || trouble.get())}
            <button type="button" class="button primary" autofocus=true aria-disabled=move || busy.get().to_string() on:click=go>
                {icon("users")}<span aria-live="polite">{move || if busy.get() { t("enter-busy") } else { t("enter-go") }}</span></button>
        </footer>
    }
}

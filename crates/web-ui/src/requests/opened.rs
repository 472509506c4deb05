//! A request that is open: the document, and beside it what is said of it.

use super::{document, row::standing, unsent::Unsent};
use crate::{
    app::{App, Tab, app},
    browser, conversation,
    logic::text::harmless,
    parts::{icon, icon_button, made_for},
    words::t,
};
use leptos::prelude::*;
use valise_views::request::RequestDetails;
use valise_views::{ChatId, RequestRow, Shown, View};

/// From this width on both parts have room beside the list.
const WIDE: &str = "(min-width: 1081px)";

/// The parts of a request, of which a narrow screen shows one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Document,
    Talk,
}

/// A request that is looked at.
#[derive(Clone, Copy)]
pub struct Opened {
    /// The shared state.
    pub app: App,
    chat: StoredValue<ChatId>,
    /// The whole request; none until it has come.
    pub details: Memo<Option<RequestDetails>>,
    /// What one writes to it.
    pub unsent: Unsent,
}

impl Opened {
    /// The chat in which it lives.
    pub fn chat(self) -> ChatId {
        self.chat.get_value()
    }

    /// One thing about it.
    pub fn know<P>(
        self,
        pick: impl Fn(&RequestDetails) -> P + Send + Sync + 'static,
    ) -> Memo<Option<P>>
    where
        P: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.details.with(|details| details.as_ref().map(&pick)))
    }

    /// A part of the page, made anew only when what it is made of is another: the focus stays on what has not changed.
    pub fn part<P, V>(
        self,
        pick: impl Fn(&RequestDetails) -> P + Send + Sync + 'static,
        make: impl Fn(P) -> V + Send + 'static,
    ) -> impl IntoView
    where
        P: PartialEq + Clone + Send + Sync + 'static,
        V: IntoView + 'static,
    {
        let picked = self.know(pick);
        made_for(move || picked.get(), move |picked| picked.map(&make))
    }

    /// What the list shows of it.
    pub fn row(self) -> Option<RequestRow> {
        self.details
            .with_untracked(|details| details.as_ref().map(|details| details.row.clone()))
    }
}

/// What is open: a request with its chat, or a chat alone.
pub fn opened(chat: ChatId) -> impl IntoView {
    let app = app();
    let watched = chat.clone();
    let shown = app.core.watch(
        move || View::Request {
            chat: watched.clone(),
        },
        |shown| match shown {
            Shown::Request(details) => Some(details.map(|details| *details)),
            _ => None,
        },
    );
    let details = Memo::new(move |_| shown.get().flatten());
    let opened = Opened {
        app,
        chat: StoredValue::new(chat.clone()),
        details,
        unsent: Unsent::new(app, chat.clone(), move || details.with(Option::is_some)),
    };
    let expected = app.tab.get_untracked() == Tab::Requests;
    // Before the answer has come it is taken for what the list says that it is.
    let is_request =
        Memo::new(move |_| shown.with(|shown| shown.as_ref().map_or(expected, Option::is_some)));
    go_to_its_section(app, is_request);
    let part = RwSignal::new(Part::Document);
    let is_wide = watch_width();
    let shows_document =
        Memo::new(move |_| is_request.get() && (is_wide.get() || part.get() == Part::Document));
    let shows_talk =
        Memo::new(move |_| !is_request.get() || is_wide.get() || part.get() == Part::Talk);
    view! {
        <div class="opened" class:request=move || is_request.get()>
            {made_for(move || is_request.get(), move |is_request| is_request.then(|| head(opened, part)))}
            <div class="opened-parts">
                {made_for(move || shows_document.get(), move |shows| shows.then(|| document::document(opened)))}
                {made_for(move || shows_talk.get(), move |shows| shows.then(|| conversation::pane(chat.clone())))}
            </div>
        </div>
    }
}

/// Whoever comes to a request from somewhere else finds it in the list of requests.
fn go_to_its_section(app: App, is_request: Memo<bool>) {
    Effect::new(move |went: Option<bool>| {
        let went = went.unwrap_or_default();
        if is_request.get() && !went && app.tab.get_untracked() == Tab::Chats {
            app.tab.set(Tab::Requests);
        }
        went || is_request.get()
    });
}

/// Whether both parts have room beside one another.
fn watch_width() -> ReadSignal<bool> {
    let (is_wide, set_wide) = signal(browser::matches(WIDE));
    let handle = window_event_listener(leptos::ev::resize, move |_| {
        let now = browser::matches(WIDE);
        if is_wide.try_get_untracked() != Some(now) {
            set_wide.try_set(now);
        }
    });
    on_cleanup(move || handle.remove());
    is_wide
}

/// Over both parts where only one is seen: what it is about, and the way to the other part.
fn head(opened: Opened, part: RwSignal<Part>) -> impl IntoView {
    let app = opened.app;
    // A guest has nothing to go back to, and nobody to manage.
    let is_guest = app.is_guest();
    let unread = opened.know(|details| details.row.unread);
    let choose = move |which: Part, name: &'static str, label: String| {
        let count = move || {
            unread
                .get()
                .filter(|count| *count > 0 && which == Part::Talk)
        };
        view! {
            <button type="button" class="request-part" aria-pressed=move || (part.get() == which).to_string() on:click=move |_| part.set(which)>
                {icon(name)}<span>{label}</span>
                {move || count().map(|count| view! { <span class="badge">{crate::logic::format::badge(count)}</span> })}
            </button>
        }
    };
    view! {
        <header class="request-head">
            <div class="request-head-line">
                {(!is_guest).then(|| view! { <span class="only-narrow">{icon_button("chevron-left", t("back"), move || app.back())}</span> })}
                {opened.part(|details| details.row.clone(), |row| view! {
                    <div class="who"><p class="name"><bdi>{harmless(&row.subject)}</bdi></p><p class="under"><bdi>{harmless(&row.number)}</bdi></p></div>
                    {standing(&row)}
                })}
                {(!is_guest).then(|| icon_button("info", t("show-details"), move || app.details.update(|open| *open = !*open)))}
            </div>
            <div class="request-parts" role="group" aria-label=t("request-parts")>
                {choose(Part::Document, "file-check", t("request-document"))}
                {choose(Part::Talk, "message-circle", t("request-talk"))}
            </div>
        </header>
    }
}

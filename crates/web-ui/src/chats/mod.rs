//! The list of chats.

mod found;
mod row;

use crate::{
    app::{Dialog, app},
    browser::rove,
    parts::{Keyed, icon, icon_button},
    words::t,
};
use leptos::{html, prelude::*};
use valise_views::{ChatFilter, ChatId, ChatRow, Shown, View};

/// What the arrow keys go through.
const ROWS: &str = ".chat-row, .hit";

/// Heading, search, filters, list.
pub fn pane() -> impl IntoView {
    let app = app();
    let search = RwSignal::new(String::new());
    let filter = RwSignal::new(ChatFilter::All);
    let list = app.core.watch(
        move || View::Chats {
            filter: filter.get(),
            search: search.get(),
        },
        |shown| match shown {
            Shown::Chats(list) => Some(list.rows),
            _ => None,
        },
    );
    let rows = Keyed::<ChatId, ChatRow>::new();
    let (count, set_count) = signal(None::<usize>);
    Effect::new(move |_| {
        list.with(|list| {
            if let Some(list) = list {
                rows.show(
                    list.iter()
                        .map(|row| (row.chat.clone(), row.clone()))
                        .collect(),
                );
                set_count.set(Some(list.len()));
            }
        });
    });
    let organisation = Memo::new(move |_| app.know(|ready| ready.organisation.clone()));
    let list_ref = NodeRef::<html::Div>::new();
    view! {
        <div class="pane chats">
            <header class="pane-head">
                <div class="titles"><h2>{t("chats")}</h2><p class="under" dir="auto">{move || crate::logic::text::harmless(&organisation.get())}</p></div>
                {icon_button("plus", t("new-chat"), move || app.dialog.set(Some(Dialog::NewChat)))}
            </header>
            <div class="search">
                {icon("search")}
                <input id="chat-search" type="search" autocomplete="off" spellcheck="false" placeholder=t("search-chats") aria-label=t("search-chats") bind:value=search
                    on:keydown=move |event| if event.key() == "ArrowDown" && let Some(list) = list_ref.get_untracked() { rove(&event, &list, ROWS) }/>
            </div>
            <div class="chips" role="group" aria-label=t("filter")>
                {[(ChatFilter::All, t("filter-all")), (ChatFilter::Unread, t("filter-unread")), (ChatFilter::Groups, t("filter-groups"))]
                    .map(|(which, label)| view! {
                        <button type="button" class="chip" aria-pressed=move || (filter.get() == which).to_string() on:click=move |_| filter.set(which)>{label}</button>
                    }).collect_view()}
            </div>
            <div class="scroll" node_ref=list_ref
                on:keydown=move |event| if let Some(list) = list_ref.get_untracked() && !event.alt_key() { rove(&event, &list, ROWS) }>
                <ul class="list" aria-label=t("chats")>
                    <For each=move || rows.order.get() key=ChatId::clone children=move |chat| rows.get(&chat).map(|row| row::row(app, row))/>
                </ul>
                {found::messages(app, search)}
            </div>
            {move || match count.get() {
                Some(0) if search.with(String::is_empty) && filter.get() == ChatFilter::All => view! {
                    <div class="empty">
                        {icon("message-circle")}
                        <p>{t("chats-empty")}</p>
                        <button type="button" class="button primary" on:click=move |_| app.dialog.set(Some(Dialog::NewChat))>{t("new-chat")}</button>
                    </div>
                }.into_any(),
                Some(0) if search.with(String::is_empty) => view! { <div class="empty"><p>{t("nothing-found")}</p></div> }.into_any(),
                _ => ().into_any(),
            }}
        </div>
    }
}

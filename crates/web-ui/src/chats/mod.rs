//! The list of chats.

mod found;
mod head;
mod labels;
mod menu;
mod row;

use crate::{
    app::{App, Dialog, app},
    browser::{self, rove},
    logic::text::harmless,
    parts::{Keyed, icon, icon_button, made_for},
    words::{t, tw},
};
use leptos::{html, prelude::*};
use valise_views::{ChatFilter, ChatId, ChatList, ChatRow, Label, Shown, View};

/// What the arrow keys go through.
const ROWS: &str = ".archived-entry, .chat-row, .hit";

/// What the list shows, and by what it is chosen.
#[derive(Clone, Copy)]
struct Chosen {
    app: App,
    search: RwSignal<String>,
    filter: RwSignal<ChatFilter>,
    list: ReadSignal<Option<ChatList>>,
    rows: Keyed<ChatId, ChatRow>,
    /// How many there are; none until the list has come.
    count: RwSignal<Option<usize>>,
    labels: Memo<Vec<Label>>,
    archived: Memo<u32>,
    is_away: Memo<bool>,
}

impl Chosen {
    fn all(app: App) -> Self {
        let search = RwSignal::new(String::new());
        let filter = RwSignal::new(ChatFilter::All);
        let list = app.core.watch(
            move || View::Chats {
                filter: filter.get(),
                search: search.get(),
            },
            |shown| match shown {
                Shown::Chats(list) => Some(list),
                _ => None,
            },
        );
        let rows = Keyed::new();
        let by_chat = |list: &ChatList| {
            let rows = list.rows.iter();
            rows.map(|row| (row.chat.clone(), row.clone())).collect()
        };
        let known = move |list: &Option<ChatList>| list.as_ref().map(|list| list.labels.clone());
        Self {
            app,
            search,
            filter,
            list,
            rows,
            count: rows.follow(list, by_chat),
            labels: Memo::new(move |_| list.with(known).unwrap_or_default()),
            archived: Memo::new(move |_| {
                list.with(|list| list.as_ref().map_or(0, |list| list.archived))
            }),
            is_away: Memo::new(move |_| filter.get() == ChatFilter::Archived),
        }
    }

    /// Shows all chats where there is nothing left to choose by.
    fn fall_back(self) {
        // The label was removed: there is nothing to filter by.
        Effect::new(move |_| {
            let is_gone = |id| {
                self.labels
                    .with(|labels| labels.iter().all(|label| label.id != id))
            };
            if let ChatFilter::Labelled(id) = self.filter.get()
                && self.list.with(Option::is_some)
                && is_gone(id)
            {
                self.filter.set(ChatFilter::All);
            }
        });
        // The last one came back: there is nothing to look at here.
        Effect::new(move |_| {
            if self.is_away.get() && self.archived.get() == 0 {
                self.filter.set(ChatFilter::All);
            }
        });
    }

    /// Whether nothing is left out.
    fn is_all(self) -> bool {
        self.search.with(String::is_empty) && self.filter.get() == ChatFilter::All
    }
}

/// Heading, search, filters, list.
pub fn pane() -> impl IntoView {
    let chosen = Chosen::all(app());
    chosen.fall_back();
    let Chosen {
        app,
        filter,
        rows,
        labels,
        is_away,
        ..
    } = chosen;
    let menus = menu::Menus::new(app, rows);
    let list = NodeRef::<html::Div>::new();
    view! {
        <div class="pane chats" on:keydown=move |event| if event.key() == "Escape" && is_away.get_untracked() && !event.default_prevented() {
            event.prevent_default();
            come_back(filter);
        }>
            {head::head(app)}
            {search(chosen.search, list)}
            {move || if is_away.get() { away_head(filter).into_any() } else { chips(filter, labels).into_any() }}
            {scroll(chosen, menus, list)}
            {empty(chosen)}
            {menu::layer(menus)}
            {made_for(move || menus.labelling.get(), move |chat| {
                let row = chat.and_then(|chat| rows.get(&chat));
                row.map(|row| labels::dialog(app, row, labels, move || menus.labelling.set(None)))
            })}
        </div>
    }
}

/// The field by which chats and messages are looked for.
fn search(search: RwSignal<String>, list: NodeRef<html::Div>) -> impl IntoView {
    view! {
        <div class="search">
            {icon("search")}
            <input id="chat-search" type="search" autocomplete="off" spellcheck="false" placeholder=t("search-chats") aria-label=t("search-chats") bind:value=search
                on:keydown=move |event| if event.key() == "ArrowDown" && let Some(list) = list.get_untracked() { rove(&event, &list, ROWS) }/>
        </div>
    }
}

/// The chats, and the messages that were found.
fn scroll(chosen: Chosen, menus: menu::Menus, list: NodeRef<html::Div>) -> impl IntoView {
    let Chosen {
        app,
        search,
        filter,
        rows,
        labels,
        archived,
        ..
    } = chosen;
    view! {
        <div class="scroll" node_ref=list
            on:pointerdown=move |event| menus.down(&event) on:pointermove=move |event| menus.hold.moved(&event)
            on:pointerup=move |_| menus.hold.stop() on:pointercancel=move |_| menus.hold.stop()
            on:click:capture=move |event| menus.click(&event) on:contextmenu=move |event| menus.context(&event)
            on:keydown=move |event| {
                if menus.key(&event) {
                    event.prevent_default();
                } else if let Some(list) = list.get_untracked() && !event.alt_key() {
                    rove(&event, &list, ROWS)
                }
            }>
            {move || (archived.get() > 0 && chosen.is_all()).then(|| entry(filter, archived))}
            <ul class="list" aria-label=t("chats")>
                <For each=move || rows.order.get() key=ChatId::clone children=move |chat| rows.get(&chat).map(|row| row::row(app, menus, labels, row))/>
            </ul>
            {found::messages(app, search)}
        </div>
    }
}

/// What stands there where no chat does.
fn empty(chosen: Chosen) -> impl IntoView {
    let app = chosen.app;
    move || {
        match chosen.count.get() {
        Some(0) if chosen.is_all() && chosen.archived.get() > 0 => ().into_any(),
        Some(0) if chosen.is_all() => view! {
            <div class="empty">
                {icon("message-circle")}
                <p>{t("chats-empty")}</p>
                <button type="button" class="button primary" on:click=move |_| app.dialog.set(Some(Dialog::NewChat))>{t("new-chat")}</button>
            </div>
        }
        .into_any(),
        Some(0) if chosen.search.with(String::is_empty) => {
            view! { <div class="empty"><p>{t("nothing-found")}</p></div> }.into_any()
        }
        _ => ().into_any(),
    }
    }
}

fn chips(filter: RwSignal<ChatFilter>, labels: Memo<Vec<Label>>) -> impl IntoView {
    let pressed = move |which| move || (filter.get() == which).to_string();
    view! {
        <div class="chips" role="group" aria-label=t("filter")>
            {[(ChatFilter::All, t("filter-all")), (ChatFilter::Unread, t("filter-unread")), (ChatFilter::Groups, t("filter-groups"))]
                .map(|(which, label)| view! {
                    <button type="button" class="chip" aria-pressed=pressed(which) on:click=move |_| filter.set(which)>{label}</button>
                }).collect_view()}
            {move || labels.get().into_iter().map(|label| {
                let which = ChatFilter::Labelled(label.id);
                // Once more, and all chats are there again.
                let press = move |_| filter.set(if filter.get_untracked() == which { ChatFilter::All } else { which });
                view! {
                    <button type="button" class="chip" aria-pressed=pressed(which) on:click=press>{labels::dot(label.colour)}<bdi>{harmless(&label.name)}</bdi></button>
                }
            }).collect_view()}
        </div>
    }
}

/// Leads to the chats that were put away.
fn entry(filter: RwSignal<ChatFilter>, archived: Memo<u32>) -> impl IntoView {
    let open = move |_| {
        filter.set(ChatFilter::Archived);
        browser::soon(|| browser::focus(".archived-head .icon-button"));
    };
    view! {
        <button type="button" class="archived-entry" on:click=open>
            {icon("archive")}
            <span class="grow">{t("archived")}</span>
            <span aria-hidden="true">{move || archived.get()}</span>
            <span class="unseen">{move || tw("archived-count", [("count", archived.get().into())])}</span>
        </button>
    }
}

/// Over the chats that were put away: where one is, and the way back.
fn away_head(filter: RwSignal<ChatFilter>) -> impl IntoView {
    view! {
        <div class="archived-head">
            {icon_button("chevron-left", t("back"), move || come_back(filter))}
            <h3>{t("archived")}</h3>
        </div>
    }
}

/// Goes from the chats that were put away back to the others.
fn come_back(filter: RwSignal<ChatFilter>) {
    filter.set(ChatFilter::All);
    browser::soon(|| browser::focus(".archived-entry"));
}

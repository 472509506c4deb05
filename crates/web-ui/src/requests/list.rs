//! The list of requests, as a good mail client has it.

use super::{register, release, row};
use crate::{
    app::{App, Dialog, app},
    browser::{self, intl, rove},
    logic::{
        requests::{
            FILTERS, count,
            lines::{Key, lines},
        },
        text::harmless,
    },
    parts::{Keyed, icon, icon_button, made_for},
    words::{t, tw},
};
use leptos::{html, prelude::*};
use std::time::Duration;
use valise_views::request::RequestCounts;
use valise_views::{RequestFilter, RequestList, RequestRow, Shown, View};

/// How often it is looked whether another day has begun.
const A_MINUTE: Duration = Duration::from_secs(60);

/// What the list shows, and by what it is chosen.
#[derive(Clone, Copy)]
struct Chosen {
    app: App,
    search: RwSignal<String>,
    filter: RwSignal<RequestFilter>,
    rows: Keyed<Key, RequestRow>,
    /// What the core shows.
    list: ReadSignal<Option<RequestList>>,
    /// How many there are; none until the list has come.
    count: RwSignal<Option<usize>>,
    counts: Memo<RequestCounts>,
}

impl Chosen {
    /// Saves what is listed, each for itself, as a table.
    fn keep(self) {
        self.list.with_untracked(|list| {
            if let Some(list) = list {
                register::keep(self.app, &list.rows);
            }
        });
    }

    fn open(app: App) -> Self {
        let search = RwSignal::new(String::new());
        let filter = RwSignal::new(RequestFilter::Open);
        let list = app.core.watch(
            move || View::Requests {
                filter: filter.get(),
                search: search.get().trim().to_owned(),
            },
            |shown| match shown {
                Shown::Requests(list) => Some(list),
                _ => None,
            },
        );
        let rows = Keyed::new();
        let by_key = move |list: &RequestList| {
            let is_searching = search.with(|search| !search.trim().is_empty());
            lines(&list.rows, filter.get(), is_searching)
        };
        let counts = move |list: &Option<RequestList>| list.as_ref().map(|list| list.counts);
        Self {
            app,
            search,
            filter,
            rows,
            list,
            count: rows.follow(list, by_key),
            counts: Memo::new(move |_| list.with(counts).unwrap_or_default()),
        }
    }
}

/// Heading, search, filters, list.
pub fn pane() -> impl IntoView {
    let chosen = Chosen::open(app());
    let (app, rows) = (chosen.app, chosen.rows);
    let today = today();
    let list = NodeRef::<html::Div>::new();
    let go = move |event: &web_sys::KeyboardEvent| {
        if let Some(list) = list.get_untracked()
            && !event.alt_key()
        {
            rove(event, &list, ".request-row");
        }
    };
    view! {
        <div class="pane requests">
            <header class="pane-head">
                <div class="titles"><h2>{t("requests")}</h2></div>
                {icon_button("file-down", t("requests-save"), move || chosen.keep())}
                {icon_button("plus", t("request-new"), move || app.dialog.set(Some(Dialog::NewRequest)))}
            </header>
            <div class="search">{icon("search")}
                <input id="request-search" type="search" autocomplete="off" spellcheck="false" placeholder=t("search-requests") aria-label=t("search-requests") bind:value=chosen.search
                    on:keydown=move |event| if event.key() == "ArrowDown" { go(&event) }/></div>
            {chips(chosen)}
            {made_for(move || matches!(chosen.filter.get(), RequestFilter::Together(_)), move |is| is.then(|| overview(chosen)))}
            {stopped(chosen)}
            {release::block(app, move || chosen.list.with(|list| list.as_ref().map(|list| list.releases.clone()).unwrap_or_default()))}
            <div class="scroll" node_ref=list on:keydown=move |event| go(&event)>
                {move || chosen.count.get().is_some_and(|count| count > 0).then(columns)}
                <ul class="list" aria-label=t("requests")>
                    <For each=move || rows.order.get() key=Key::clone children=move |key| rows.get(&key).map(|row| match key {
                        Key::One(_) => row::row(app, row, today).into_any(),
                        Key::Together(id) => row::group(row, move || chosen.filter.set(RequestFilter::Together(id))).into_any(),
                    })/>
                </ul>
                {empty(chosen)}
            </div>
        </div>
    }
}

/// The line that says that no request goes.
fn stopped(chosen: Chosen) -> impl IntoView {
    let is_stopped = Memo::new(move |_| {
        let list = chosen.list;
        list.with(|list| list.as_ref().is_some_and(|list| list.is_stopped))
    });
    view! {
        <div role="status">{move || is_stopped.get().then(|| view! { <p class="requests-stopped">{icon("pause")}<span>{t("requests-stopped")}</span></p> })}</div>
    }
}

/// What stands over all that were asked together: how many were answered, and the way back.
fn overview(chosen: Chosen) -> impl IntoView {
    browser::soon(|| browser::focus(".overview .icon-button"));
    let first = move || {
        chosen
            .list
            .with(|list| list.as_ref()?.rows.first().cloned())
    };
    let subject = move || first().map_or_else(String::new, |row| harmless(&row.subject));
    let answered = move || first().and_then(|row| row.together).map(row::answered_text);
    view! {
        <div class="overview">
            {icon_button("chevron-left", t("requests-all"), move || chosen.filter.set(RequestFilter::Open))}
            <div class="grow clip"><p class="strong"><bdi>{subject}</bdi></p><p class="hint" role="status">{answered}</p></div>
        </div>
    }
}

/// The number of today, which is another one after midnight.
fn today() -> ReadSignal<i64> {
    let now = || intl::day_number(browser::now());
    let (today, set_today) = signal(now());
    let look = move || {
        if today.try_get_untracked() != Some(now()) {
            set_today.try_set(now());
        }
    };
    if let Ok(interval) = set_interval_with_handle(look, A_MINUTE) {
        on_cleanup(move || interval.clear());
    }
    today
}

fn chips(chosen: Chosen) -> impl IntoView {
    let Chosen { filter, counts, .. } = chosen;
    let chip = move |(which, word): (RequestFilter, &'static str)| {
        let count = Memo::new(move |_| Some(count(counts.get(), which)).filter(|count| *count > 0));
        view! {
            <button type="button" class="chip" aria-pressed=move || (filter.get() == which).to_string() on:click=move |_| filter.set(which)>
                <span>{t(word)}</span>
                {move || count.get().map(|count| view! {
                    <span class="chip-count" aria-hidden="true">{count}</span><span class="unseen">{tw("request-count", [("count", count.into())])}</span>
                })}
            </button>
        }
    };
    view! { <div class="chips" role="group" aria-label=t("filter")>{FILTERS.map(chip).collect_view()}</div> }
}

/// What stands over the columns where there is room for them. A screen reader hears the words in the rows.
fn columns() -> impl IntoView {
    view! {
        <div class="request-columns" aria-hidden="true">
            <span>{t("request-subject")}</span><span>{t("request-number")}</span><span>{t("request-with")}</span>
            <span>{t("request-state")}</span><span>{t("request-assignee")}</span><span>{t("request-due")}</span>
        </div>
    }
}

/// What stands there where no request does.
fn empty(chosen: Chosen) -> impl IntoView {
    let app = chosen.app;
    move || {
        match chosen.count.get() {
        None => view! { <div class="empty" aria-busy="true"><div class="spinner" aria-hidden="true"></div><p class="unseen">{t("loading")}</p></div> }.into_any(),
        Some(0) if !chosen.search.with(String::is_empty) => view! { <div class="empty"><p>{t("nothing-found")}</p></div> }.into_any(),
        Some(0) if chosen.filter.get() == RequestFilter::Open => view! {
            <div class="empty">
                {icon("file-check")}
                <p>{t("requests-empty")}</p>
                <button type="button" class="button primary" on:click=move |_| app.dialog.set(Some(Dialog::NewRequest))>{t("request-new")}</button>
            </div>
        }
        .into_any(),
        Some(0) => view! { <div class="empty">{icon("circle-check")}<p>{t("requests-none-here")}</p></div> }.into_any(),
        Some(_) => ().into_any(),
    }
    }
}

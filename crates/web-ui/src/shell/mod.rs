//! The three panes, and what lies over them.

mod keys;
mod notes;

pub use notes::toast;

use crate::{
    app::{App, Dialog, Tab, app},
    chats, conversation, details,
    logic::format::badge,
    parts::{Face, avatar, icon, made_for, sign},
    people,
    requests::{self, watch_requests},
    settings,
    words::{t, tw},
};
use leptos::prelude::*;

/// List, conversation, details.
pub fn shell() -> impl IntoView {
    let app = app();
    let burning = watch_requests(app);
    provide_context(requests::Draft::new(app));
    keys::listen(app);
    settings::open_device_link(app);
    people::open_letter(app);
    people::open_group_link(app);
    people::open_guest_link(app);
    people::open_partner_link(app);
    let has_chat = move || app.chat.with(Option::is_some);
    // Opening a chat sets it, too, and must not make a list of hundreds of chats anew.
    let tab = Memo::new(move |_| app.tab.get());
    // While no request is open the list has the whole width: then its parts stand in columns.
    let is_list_alone = move || app.tab.get() == Tab::Requests && !has_chat();
    view! {
        <a class="skip" href="#main">{t("skip-to-chat")}</a>
        <main class="shell" class:has-chat=has_chat class:list-alone=is_list_alone class:in-requests=move || app.tab.get() == Tab::Requests class:has-details=move || has_chat() && app.details.get()>
            <h1 class="unseen">"Valise"</h1>
            <section class="side" aria-label=t("lists")>
                {notes::connection(app)}
                {notes::news(app)}
                {made_for(move || tab.get(), |tab| match tab {
                    Tab::Chats => chats::pane().into_any(),
                    Tab::Requests => requests::pane().into_any(),
                    Tab::People => people::pane().into_any(),
                    Tab::Settings => settings::pane().into_any(),
                })}
                {tabs(app, burning)}
            </section>
            <div class="main" id="main" tabindex="-1">
                {notes::renewal(app)}
                {notes::alarms(app)}
                {made_for(move || app.chat.get(), move |chat| match chat {
                    Some(chat) => requests::opened(chat).into_any(),
                    None => nothing_open(app).into_any(),
                })}
            </div>
            <Show when=move || has_chat() && app.details.get()>
                {made_for(move || app.chat.get(), |chat| chat.map(details::pane))}
            </Show>
        </main>
        {made_for(move || app.dialog.get(), move |dialog| match dialog {
            Some(Dialog::NewChat) => people::new_chat().into_any(),
            Some(Dialog::NewGroup) => people::new_group().into_any(),
            Some(Dialog::NewRequest) => requests::new_request().into_any(),
            Some(Dialog::Templates) => requests::templates().into_any(),
            Some(Dialog::Release(id)) => requests::release(id).into_any(),
            Some(Dialog::RequestRules) => requests::rules().into_any(),
            Some(Dialog::Invite) => people::invite().into_any(),
            Some(Dialog::OfferPartner(made)) => people::offer_partner(made).into_any(),
            Some(Dialog::MeetPartner(link)) => people::meet_partner(link).into_any(),
            Some(Dialog::Partner(id)) => people::partner(id).into_any(),
            Some(Dialog::Laws) => people::laws().into_any(),
            Some(Dialog::Office(id)) => people::office(id).into_any(),
            Some(Dialog::Away(id)) => people::away(id).into_any(),
            Some(Dialog::ChangeOffice(office)) => people::change_office(office).into_any(),
            Some(Dialog::Keys) => keys::help(app).into_any(),
            Some(Dialog::Devices) => settings::devices().into_any(),
            Some(Dialog::Organisations) => settings::organisations().into_any(),
            Some(Dialog::Deadlines) => settings::deadlines().into_any(),
            Some(Dialog::Bring) => settings::bring().into_any(),
            Some(Dialog::AnswerHere) => settings::answer_here().into_any(),
            Some(Dialog::EnterGroup(link)) => people::enter_group(link).into_any(),
            Some(Dialog::GuestLink(link)) => people::guest_link(link).into_any(),
            Some(Dialog::LinkDevice(link)) => settings::link_device(link).into_any(),
            None => ().into_any(),
        })}
        {over_all(app)}
    }
}

/// What lies over whatever is shown: what is asked before a file leaves, a short word, and what a screen reader is told.
pub fn over_all(app: App) -> impl IntoView {
    view! {
        {conversation::asking_to_save(app)}
        {notes::toast(app)}
        <div class="unseen" aria-live="polite">{move || app.announcement.get()}</div>
    }
}

fn nothing_open(app: App) -> impl IntoView {
    let what = move || match app.tab.get() {
        Tab::Requests => t("nothing-open-request"),
        _ => t("nothing-open"),
    };
    view! {
        <div class="nothing">
            {sign()}
            <p>{what}</p>
            <p class="hint">{icon("lock")} " " {t("nothing-open-sealed")}</p>
        </div>
    }
}

fn tabs(app: App, burning: Memo<u32>) -> impl IntoView {
    let tab = move |tab: Tab, name: &'static str, label: String| {
        view! {
            <button type="button" class="tab" aria-current=move || (app.tab.get() == tab).then_some("page") on:click=move |_| app.tab.set(tab)>
                {icon(name)}<span>{label}</span>
            </button>
        }
    };
    let me = settings::me(app);
    let face = Memo::new(move |_| Face {
        id: app.know(|ready| ready.me.0.clone()),
        name: app.know(|ready| ready.name.clone()),
        picture: me.get().and_then(|me| me.picture),
        outside: false,
    });
    view! {
        <nav class="tabs" aria-label=t("sections")>
            {tab(Tab::Chats, "message-circle", t("chats"))}
            {requests_tab(app, burning)}
            {tab(Tab::People, "users", t("people"))}
            <button type="button" class="tab" aria-current=move || (app.tab.get() == Tab::Settings).then_some("page") on:click=move |_| app.tab.set(Tab::Settings)>
                {move || avatar(face.get(), "tiny")}
                <span>{t("settings")}</span>
            </button>
        </nav>
    }
}

/// The section of requests, with how many want something of one's own side or are late.
fn requests_tab(app: App, burning: Memo<u32>) -> impl IntoView {
    let count = move |count: u32| {
        view! {
            <span class="badge" aria-hidden="true">{badge(count)}</span><span class="unseen">{tw("requests-burning", [("count", count.into())])}</span>
        }
    };
    view! {
        <button type="button" class="tab" aria-current=move || (app.tab.get() == Tab::Requests).then_some("page") on:click=move |_| app.tab.set(Tab::Requests)>
            {icon("file-check")}<span>{t("requests")}</span>
            {move || Some(burning.get()).filter(|burning| *burning > 0).map(count)}
        </button>
    }
}

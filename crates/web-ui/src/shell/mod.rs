//! The three panes, and what lies over them.

mod keys;
mod notes;

use crate::{
    app::{App, Dialog, Tab, app},
    chats, conversation, details,
    parts::{Face, avatar, icon, made_for, sign},
    people, settings,
    words::t,
};
use leptos::prelude::*;

/// List, conversation, details.
pub fn shell() -> impl IntoView {
    let app = app();
    keys::listen(app);
    settings::open_device_link(app);
    people::open_letter(app);
    people::open_group_link(app);
    people::open_partner_link(app);
    let has_chat = move || app.chat.with(Option::is_some);
    view! {
        <a class="skip" href="#main">{t("skip-to-chat")}</a>
        <main class="shell" class:has-chat=has_chat class:has-details=move || has_chat() && app.details.get()>
            <h1 class="unseen">"Valise"</h1>
            <section class="side" aria-label=t("lists")>
                {notes::connection(app)}
                {notes::news(app)}
                {made_for(move || app.tab.get(), |tab| match tab {
                    Tab::Chats => chats::pane().into_any(),
                    Tab::People => people::pane().into_any(),
                    Tab::Settings => settings::pane().into_any(),
                })}
                {tabs(app)}
            </section>
            <div class="main" id="main" tabindex="-1">
                {notes::renewal(app)}
                {notes::alarms(app)}
                {made_for(move || app.chat.get(), |chat| match chat {
                    Some(chat) => conversation::pane(chat).into_any(),
                    None => nothing_open().into_any(),
                })}
            </div>
            <Show when=move || has_chat() && app.details.get()>
                {made_for(move || app.chat.get(), |chat| chat.map(details::pane))}
            </Show>
        </main>
        {made_for(move || app.dialog.get(), move |dialog| match dialog {
            Some(Dialog::NewChat) => people::new_chat().into_any(),
            Some(Dialog::NewGroup) => people::new_group().into_any(),
            Some(Dialog::Invite) => people::invite().into_any(),
            Some(Dialog::OfferPartner(made)) => people::offer_partner(made).into_any(),
            Some(Dialog::MeetPartner(link)) => people::meet_partner(link).into_any(),
            Some(Dialog::Partner(id)) => people::partner(id).into_any(),
            Some(Dialog::Office(id)) => people::office(id).into_any(),
            Some(Dialog::ChangeOffice(office)) => people::change_office(office).into_any(),
            Some(Dialog::Keys) => keys::help(app).into_any(),
            Some(Dialog::Devices) => settings::devices().into_any(),
            Some(Dialog::Organisations) => settings::organisations().into_any(),
            Some(Dialog::Bring) => settings::bring().into_any(),
            Some(Dialog::AnswerHere) => settings::answer_here().into_any(),
            Some(Dialog::EnterGroup(link)) => people::enter_group(link).into_any(),
            Some(Dialog::LinkDevice(link)) => settings::link_device(link).into_any(),
            None => ().into_any(),
        })}
        {conversation::asking_to_save(app)}
        {notes::toast(app)}
        <div class="unseen" aria-live="polite">{move || app.announcement.get()}</div>
    }
}

fn nothing_open() -> impl IntoView {
    view! {
        <div class="nothing">
            {sign()}
            <p>{t("nothing-open")}</p>
            <p class="hint">{icon("lock")} " " {t("nothing-open-sealed")}</p>
        </div>
    }
}

fn tabs(app: App) -> impl IntoView {
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
            {tab(Tab::People, "users", t("people"))}
            <button type="button" class="tab" aria-current=move || (app.tab.get() == Tab::Settings).then_some("page") on:click=move |_| app.tab.set(Tab::Settings)>
                {move || avatar(face.get(), "tiny")}
                <span>{t("settings")}</span>
            </button>
        </nav>
    }
}

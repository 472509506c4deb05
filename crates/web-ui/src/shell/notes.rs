//! What is said without being asked: how the line is, alarms, and short confirmations.

use crate::{
    app::{App, Dialog, Tab},
    browser::intl,
    id,
    logic::notices::Telling,
    parts::icon,
    people,
    reach::{self, Leave},
    words::{t, tw},
};
use leptos::prelude::*;
use std::time::Duration;
use valise_views::{Alarm, ChatId, Command, Connection, Outcome};

/// A thin line while there is no line.
pub fn connection(app: App) -> impl IntoView {
    let state = Memo::new(move |_| {
        app.status.with(|_| {
            app.ready()
                .map(|ready| (ready.connection, ready.waiting_to_send))
        })
    });
    view! {
        <div role="status" class="line-slot">
            {move || state.get().and_then(|(connection, waiting)| {
                let text = match (connection, waiting) {
                    (Connection::Online, _) => return None,
                    (Connection::CatchingUp, _) => t("line-catching-up"),
                    (Connection::Connecting, _) => t("line-connecting"),
                    (Connection::Offline, 0) => t("line-offline"),
                    (Connection::Offline, waiting) => tw("line-offline-waiting", [("count", waiting.into())]),
                };
                let offline = connection == Connection::Offline;
                Some(view! { <p class="line" class:offline=offline>{icon(if offline { "cloud-off" } else { "rotate-cw" })}<span>{text}</span></p> })
            })}
        </div>
    }
}

/// What Valise itself would like to know or to do: one thing at a time, and never twice.
pub fn news(app: App) -> impl IntoView {
    let reach = app.reach;
    let asks = move || {
        reach.telling.get().is_none()
            && matches!(reach.leave.get(), Leave::Open | Leave::Given)
            && app.tab.get() == Tab::Chats
    };
    let partner = people::waiting_partner(app);
    move || {
        if let Some(partner) = partner.get() {
            let text = tw("partner-news", [("name", (&partner.name).into())]);
            let open = move |_| app.dialog.set(Some(Dialog::Partner(partner.id.clone())));
            let acts = view! { <button type="button" class="button small primary" on:click=open>{t("partner-look")}</button> };
            return Some(line_of_news("building", text, acts).into_any());
        }
        if reach.has_update.get() {
            let acts = view! { <button type="button" class="button small primary" on:click=move |_| reach::update()>{t("update-go")}</button> };
            return Some(line_of_news("rotate-cw", t("update"), acts).into_any());
        }
        if reach.shared.with(Option::is_some) {
            let acts = view! { <button type="button" class="button small" on:click=move |_| reach.shared.set(None)>{t("cancel")}</button> };
            return Some(line_of_news("share-2", t("shared"), acts).into_any());
        }
        asks().then(|| {
            let acts = view! {
                <button type="button" class="button small primary" on:click=move |_| reach.choose(Telling::Something)>{t("notices-offer-go")}</button>
                <button type="button" class="button small" on:click=move |_| reach.choose(Telling::Nothing)>{t("notices-offer-no")}</button>
            };
            line_of_news("bell", t("notices-offer"), acts).into_any()
        })
    }
}

fn line_of_news(sign: &'static str, text: String, acts: impl IntoView) -> impl IntoView {
    let label = text.clone();
    view! {
        <div class="news" role="group" aria-label=label>
            {icon(sign)}<p>{text}</p><div class="news-acts">{acts}</div>
        </div>
    }
}

/// Somebody wants a new identity for this account: nothing but stopping it takes this away.
pub fn renewal(app: App) -> impl IntoView {
    let renewal = Memo::new(move |_| app.know(|ready| ready.renewal.clone()));
    let stop = move |_| {
        leptos::task::spawn_local(async move {
            match app.core.ask(Command::StopRenewal).await {
                Outcome::Failed(why) => app.say(crate::parts::sentence(why)),
                _ => app.say(t("renewal-stopped")),
            }
        });
    };
    view! {
        <div role="alert" class="alarm-slot">
            {move || renewal.get().map(|renewal| {
                let registrar = |name: &str| crate::logic::text::harmless(name);
                let what = match (&renewal.confirmed_by, renewal.takes_effect_at) {
                    (Some(second), Some(at)) => tw("renewal-alarm-both", [
                        ("first", registrar(&renewal.asked_by).into()),
                        ("second", registrar(second).into()),
                        ("time", intl::full(at).into()),
                    ]),
                    _ => tw("renewal-alarm-one", [("first", registrar(&renewal.asked_by).into())]),
                };
                view! {
                    <section class="alarm red">
                        {icon("shield-alert")}
                        <div>
                            <p class="strong">{t("renewal-alarm")}</p>
                            <p>{what}</p>
                        </div>
                        <div class="alarm-acts">
                            <button type="button" class="button danger" on:click=stop>{t("renewal-stop")}</button>
                        </div>
                    </section>
                }
            })}
        </div>
    }
}

/// Alarms about security, until somebody takes note.
pub fn alarms(app: App) -> impl IntoView {
    let alarms = Memo::new(move |_| app.know(|ready| ready.alarms.clone()));
    view! {
        <div role="alert" class="alarm-slot">
            {move || alarms.with(|alarms| alarms.first().cloned().map(|first| (first, alarms.len()))).map(|(first, count)| {
                let chat = chat_of(&first);
                let red = !matches!(first, Alarm::StorageNotPersistent);
                view! {
                    <section class="alarm" class:red=red>
                        {icon(if red { "shield-alert" } else { "triangle-alert" })}
                        <div>
                            <p class="strong">{sentence(&first)}</p>
                            <p>{advice(&first)} {moment(&first).map(|at| format!(" {}", intl::full(at)))}</p>
                            {(count > 1).then(|| view! { <p>{tw("alarm-more", [("count", (count - 1).into())])}</p> })}
                        </div>
                        <div class="alarm-acts">
                            {chat.map(|chat| view! { <button type="button" class="button small" on:click=move |_| app.open_chat(chat.clone())>{t("alarm-open")}</button> })}
                            <button type="button" class="button small" on:click=move |_| app.core.tell(Command::DismissAlarms)>{t("alarm-noted")}</button>
                        </div>
                    </section>
                }
            })}
        </div>
    }
}

fn sentence(alarm: &Alarm) -> String {
    t(match alarm {
        Alarm::ServerRolledBack { .. } => id!("alarm-rolled-back"),
        Alarm::ServerForked { .. } => id!("alarm-forked"),
        Alarm::MessagesMissing { .. } => id!("alarm-missing"),
        Alarm::ServerMisbehaved { .. } => id!("alarm-misbehaved"),
        Alarm::MemberMisbehaved { .. } => id!("alarm-member"),
        Alarm::ChatClosed { .. } => id!("alarm-closed"),
        Alarm::ChangeRefused { .. } => id!("alarm-change"),
        Alarm::Strangers { .. } => id!("alarm-strangers"),
        Alarm::LeftOut { .. } => id!("alarm-left-out"),
        Alarm::DirectoryDiffers { .. } => id!("alarm-directory"),
        Alarm::DeviceAdded { .. } => id!("alarm-device"),
        Alarm::SetBack { .. } => id!("alarm-set-back"),
        Alarm::Relayed { .. } => id!("alarm-relayed"),
        Alarm::StorageNotPersistent => id!("alarm-not-persistent"),
        Alarm::StorageFull => id!("alarm-full"),
    })
}

fn advice(alarm: &Alarm) -> String {
    t(match alarm {
        Alarm::ServerRolledBack { .. } => id!("alarm-rolled-back-advice"),
        Alarm::ServerForked { .. }
        | Alarm::MessagesMissing { .. }
        | Alarm::ServerMisbehaved { .. } => id!("alarm-server-advice"),
        Alarm::MemberMisbehaved { .. } => id!("alarm-member-advice"),
        Alarm::ChatClosed { .. } => id!("alarm-closed-advice"),
        Alarm::ChangeRefused { .. } => id!("alarm-change-advice"),
        Alarm::Strangers { .. } => id!("alarm-strangers-advice"),
        Alarm::LeftOut { .. } => id!("alarm-left-out-advice"),
        Alarm::DirectoryDiffers { .. } => id!("alarm-directory-advice"),
        Alarm::DeviceAdded { .. } => id!("alarm-device-advice"),
        Alarm::SetBack { .. } => id!("alarm-set-back-advice"),
        Alarm::Relayed { .. } => id!("alarm-relayed-advice"),
        Alarm::StorageNotPersistent => id!("alarm-not-persistent-advice"),
        Alarm::StorageFull => id!("alarm-full-advice"),
    })
}

fn moment(alarm: &Alarm) -> Option<u64> {
    match alarm {
        Alarm::ServerRolledBack { at }
        | Alarm::ServerForked { at, .. }
        | Alarm::MessagesMissing { at, .. }
        | Alarm::ServerMisbehaved { at }
        | Alarm::MemberMisbehaved { at, .. }
        | Alarm::ChatClosed { at, .. }
        | Alarm::ChangeRefused { at, .. }
        | Alarm::Strangers { at, .. }
        | Alarm::LeftOut { at, .. }
        | Alarm::DirectoryDiffers { at, .. }
        | Alarm::DeviceAdded { at }
        | Alarm::SetBack { at }
        | Alarm::Relayed { at } => Some(*at),
        Alarm::StorageNotPersistent | Alarm::StorageFull => None,
    }
}

fn chat_of(alarm: &Alarm) -> Option<ChatId> {
    match alarm {
        Alarm::ServerForked { chat, .. }
        | Alarm::MessagesMissing { chat, .. }
        | Alarm::MemberMisbehaved { chat, .. }
        | Alarm::ChatClosed { chat, .. }
        | Alarm::ChangeRefused { chat, .. }
        | Alarm::Strangers { chat, .. }
        | Alarm::LeftOut { chat, .. }
        | Alarm::DirectoryDiffers { chat, .. } => Some(chat.clone()),
        _ => None,
    }
}

/// A short confirmation that goes by itself.
pub fn toast(app: App) -> impl IntoView {
    Effect::new(move |_| {
        if let Some(text) = app.toast.get() {
            let reading_time = reading_time(&text);
            let gone = move || {
                if app
                    .toast
                    .with_untracked(|shown| shown.as_deref() == Some(&text))
                {
                    app.toast.set(None);
                }
            };
            set_timeout(gone, reading_time);
        }
    });
    view! {
        <div class="toast-slot" role="status">
            {move || app.toast.get().map(|text| view! { <p class="toast">{text}</p> })}
        </div>
    }
}

/// For how long a short word stands there: so long that somebody who reads slowly has read it.
fn reading_time(text: &str) -> Duration {
    let letters = text.chars().count() as u64;
    Duration::from_millis((letters * 70).clamp(6_000, 30_000))
}

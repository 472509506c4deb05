//! Showing notifications, and taking them away when what they tell of was seen.

use super::{Leave, worker};
use crate::{
    app::App,
    browser::{self, object::object},
    conversation::{Sort, line_of},
    id,
    logic::notices::{Notice, Quiet, Telling, gather},
    parts::named,
    words::{t, tw},
};
use leptos::prelude::*;
use std::{cell::RefCell, rc::Rc, time::Duration};
use valise_views::bridge::Gate;
use valise_views::{ChatId, Nearness, NewMessage, Reminder};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Notification, NotificationOptions, ServiceWorkerRegistration};

/// Messages that come within this time become one notification a chat.
const GATHER: Duration = Duration::from_millis(400);

/// What a notification that tells of no chat is known by.
const SEVERAL: &str = "several";

/// Shows a notification for what comes while nobody looks.
pub fn start(app: App) {
    let waiting = Rc::new(RefCell::new(Vec::<NewMessage>::new()));
    app.core.driver().on_message(Box::new(move |mut message| {
        if let Some(what) = message.reminds {
            // What it is about stands in the list: the number says which it is.
            message.preview = t(reminder(what));
            message.sender = message.title.clone();
        }
        message.preview = line_of(&message.preview, Sort::of(message.is_poll, message.is_card));
        let name = named(&message.sender, message.outside.as_ref());
        if message.title == message.sender {
            message.title = name.clone();
        }
        message.sender = name;
        let is_first = waiting.borrow().is_empty();
        waiting.borrow_mut().push(message);
        if is_first {
            let waiting = waiting.clone();
            set_timeout(move || show(app, waiting.take()), GATHER);
        }
    }));
    take_away(app);
}

fn show(app: App, came: Vec<NewMessage>) {
    let reach = app.reach;
    let telling = reach.telling.get_untracked().unwrap_or(Telling::Nothing);
    let minute = browser::minute_of_day();
    let is_quiet = reach
        .quiet
        .get_untracked()
        .is_some_and(|quiet| quiet.covers(minute));
    let is_locked = app.gate.get_untracked() != Some(Gate::Open);
    if is_quiet || is_locked || reach.leave.get_untracked() != Leave::Given {
        return;
    }
    for notice in gather(telling, came) {
        let shown = Shown::new(notice, telling);
        leptos::task::spawn_local(async move { shown.show(app).await });
    }
}

/// A notification in words.
struct Shown {
    chat: Option<ChatId>,
    /// Whether it leads to the list of requests: what waits for a release is in no chat.
    is_listed: bool,
    title: String,
    body: String,
}

impl Shown {
    fn new(notice: Notice, telling: Telling) -> Self {
        match notice {
            Notice::Several { count } => Self {
                chat: None,
                is_listed: false,
                title: "Valise".to_owned(),
                body: tw("notice-messages", [("count", count.into())]),
            },
            Notice::Chat {
                chat,
                title,
                sender,
                preview,
                count,
                reminds,
            } => {
                let is_of_one = title == sender;
                let body = match (telling, is_of_one) {
                    _ if reminds.is_some() => preview,
                    (Telling::Words, true) if !preview.is_empty() => preview,
                    (Telling::Words, false) if !preview.is_empty() => tw(
                        "notice-words",
                        [("name", sender.into()), ("text", preview.into())],
                    ),
                    (_, false) if count == 1 => tw("notice-from", [("name", sender.into())]),
                    _ => tw("notice-messages", [("count", count.into())]),
                };
                Self {
                    chat: Some(chat),
                    is_listed: reminds == Some(Reminder::Release),
                    title,
                    body,
                }
            }
        }
    }

    /// Through the service worker where there is one: phones know no other way, and it outlives the page.
    async fn show(&self, app: App) {
        let options = NotificationOptions::new();
        let tag = self.chat.as_ref().map_or(SEVERAL, |chat| chat.0.as_str());
        options.set_tag(tag);
        options.set_body(&self.body);
        options.set_icon("/icon.svg");
        let led = self.chat.as_ref().filter(|_| !self.is_listed);
        let chat = led.map(|chat| chat.0.as_str());
        options.set_data(&object(&[
            ("chat", chat.into()),
            ("listed", self.is_listed.into()),
        ]));
        if let Some(registration) = worker::registration().await {
            let shown = registration.show_notification_with_options(&self.title, &options);
            if let Ok(promise) = shown {
                let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
            }
            return;
        }
        let Ok(shown) = Notification::new_with_options(&self.title, &options) else {
            return;
        };
        let (chat, closing) = (led.cloned(), shown.clone());
        let is_listed = self.is_listed;
        let press = Closure::once_into_js(move || {
            closing.close();
            let _ = window().focus();
            chat.into_iter().for_each(|chat| app.open_chat(chat));
            if is_listed {
                app.open_list_of_requests();
            }
        });
        shown.set_onclick(Some(press.unchecked_ref()));
    }
}

/// The id of the sentence that says what is to be done about a request.
fn reminder(what: Reminder) -> &'static str {
    match what {
        Reminder::Due(Nearness::Far | Nearness::Soon) => id!("remind-soon"),
        Reminder::Due(Nearness::Today) => id!("remind-today"),
        Reminder::Due(Nearness::Overdue) => id!("remind-overdue"),
        Reminder::Due(Nearness::Escalated) => id!("remind-escalated"),
        Reminder::Release => id!("remind-release"),
        Reminder::SentBack => id!("remind-sent-back"),
        Reminder::GuestWaits => id!("remind-guest-waits"),
    }
}

/// What was seen needs no notification any more: neither a chat that was opened, nor anything once all is read or locked.
fn take_away(app: App) {
    Effect::new(move |_| {
        if let Some(chat) = app.chat.get() {
            leptos::task::spawn_local(close(Some(chat.0)));
        }
    });
    let nothing_left = Memo::new(move |_| {
        app.gate.get() != Some(Gate::Open) || app.know(|ready| ready.unread) == 0
    });
    Effect::new(move |_| {
        if nothing_left.get() {
            leptos::task::spawn_local(close(None));
        }
    });
}

/// Takes away the notifications of a chat, or all.
async fn close(tag: Option<String>) {
    let Some(registration) = worker::registration().await else {
        return;
    };
    for notification in shown(&registration).await {
        let is = |tag: &str| notification.tag().as_deref() == Some(tag);
        if tag.as_deref().is_none_or(|tag| is(tag) || is(SEVERAL)) {
            notification.close();
        }
    }
}

async fn shown(registration: &ServiceWorkerRegistration) -> Vec<Notification> {
    let Ok(promise) = registration.get_notifications() else {
        return Vec::new();
    };
    let list = wasm_bindgen_futures::JsFuture::from(promise).await;
    let list: js_sys::Array = list.unwrap_or(JsValue::NULL).unchecked_into();
    if !js_sys::Array::is_array(&list) {
        return Vec::new();
    }
    list.iter()
        .filter(|found| !found.is_undefined())
        .map(JsCast::unchecked_into)
        .collect()
}

/// What the service worker says when it wakes alone, and when it says it without a sound: it knows no words of its own.
pub fn words_for_worker(quiet: Option<Quiet>) -> JsValue {
    let mut words = vec![
        ("title", "Valise".into()),
        ("body", t("notice-something").into()),
    ];
    if let Some(quiet) = quiet {
        words.extend([("from", quiet.from.into()), ("to", quiet.to.into())]);
    }
    object(&words)
}

//! The service worker as the page sees it.

use super::{notices, share};
use crate::{
    app::App,
    browser::{
        self,
        object::{get, object},
    },
};
use leptos::prelude::*;
use std::time::Duration;
use valise_views::ChatId;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, ServiceWorkerContainer, ServiceWorkerRegistration};

/// The script; the page's policy for script addresses lets it through.
const SCRIPT: &str = "/sw.js";

/// So long after the person is in, what the first screen shows is there: what is kept for the next start shall not take the
/// line from what is needed now.
const AFTER_START: Duration = Duration::from_secs(2);

/// So long after it, what few people need at once is kept as well.
const AFTER_FIRST_CHAT: Duration = Duration::from_secs(30);

/// How often a page that stays open looks for a new version.
const LOOK_AGAIN: Duration = Duration::from_secs(6 * 3600);

/// Registers the service worker, hears what it says, and notices new versions.
pub fn start(app: App, is_in: Memo<bool>) {
    let Some(container) = container() else {
        return;
    };
    hear(app, &container);
    reload_when_another_takes_over(&container);
    Effect::new(move |has_begun: Option<bool>| {
        let begins = is_in.get();
        if begins && has_begun != Some(true) {
            let begin = move || leptos::task::spawn_local(register(app));
            set_timeout(move || when_idle(begin), AFTER_START);
            set_timeout(|| when_idle(keep_the_rest), AFTER_FIRST_CHAT);
        }
        begins || has_begun == Some(true)
    });
    Effect::new(move |_| {
        app.language.track();
        app.reach.quiet.track();
        leptos::task::spawn_local(async move {
            if let Some(registration) = registration().await {
                give_words(app, &registration);
                keep_catalogue(app, &registration);
            }
        });
    });
}

/// None where the browser has none, or where the page came over a line that could be tampered with.
fn container() -> Option<ServiceWorkerContainer> {
    let has = js_sys::Reflect::has(&window().navigator(), &"serviceWorker".into());
    has.unwrap_or(false)
        .then(|| window().navigator().service_worker())
}

/// Does something when the browser has nothing else to do, or at once where it does not say when that is.
fn when_idle(action: impl Fn() + 'static) {
    if browser::has("requestIdleCallback") {
        request_idle_callback(action);
    } else {
        action();
    }
}

/// Lets the worker keep what its version has beyond what a start needs.
fn keep_the_rest() {
    leptos::task::spawn_local(async {
        let ready = container().and_then(|container| container.ready().ok());
        let Some(ready) = ready else { return };
        if let Ok(ready) = JsFuture::from(ready).await {
            let ready: ServiceWorkerRegistration = ready.unchecked_into();
            if let Some(active) = ready.active() {
                let _ = active.post_message(&message("keep-rest"));
            }
        }
    });
}

/// The registration, if there is one with a worker at work.
pub async fn registration() -> Option<ServiceWorkerRegistration> {
    let found = JsFuture::from(container()?.get_registration()).await.ok()?;
    let registration: ServiceWorkerRegistration = found.dyn_into().ok()?;
    registration.active().is_some().then_some(registration)
}

async fn register(app: App) {
    let Some(container) = container() else {
        return;
    };
    let Ok(registered) = JsFuture::from(container.register(SCRIPT)).await else {
        return;
    };
    let registration: ServiceWorkerRegistration = registered.unchecked_into();
    notice_update(app, &registration);
    let found = {
        let registration = registration.clone();
        Closure::<dyn FnMut()>::new(move || follow_install(app, &registration))
    };
    registration.set_onupdatefound(Some(found.as_ref().unchecked_ref()));
    found.forget();
    let again = registration.clone();
    let _ = set_interval_with_handle(
        move || {
            let _ = again.update();
        },
        LOOK_AGAIN,
    );
    if let Ok(ready) = container.ready()
        && let Ok(ready) = JsFuture::from(ready).await
    {
        let ready: ServiceWorkerRegistration = ready.unchecked_into();
        give_words(app, &ready);
        keep_catalogue(app, &ready);
        app.reach.is_working.set(true);
    }
}

/// A worker that waits beside one that works is a new version; a first one takes over by itself.
fn notice_update(app: App, registration: &ServiceWorkerRegistration) {
    let is_new = registration.waiting().is_some() && registration.active().is_some();
    app.reach.has_update.set(is_new);
}

fn follow_install(app: App, registration: &ServiceWorkerRegistration) {
    let Some(installing) = registration.installing() else {
        return;
    };
    let registration = registration.clone();
    let changed = Closure::<dyn FnMut()>::new(move || notice_update(app, &registration));
    installing.set_onstatechange(Some(changed.as_ref().unchecked_ref()));
    changed.forget();
}

/// Lets the version that waits take over. Every page of Valise in this browser then begins anew.
pub fn update() {
    leptos::task::spawn_local(async {
        let Some(registration) = registration().await else {
            return;
        };
        if let Some(waiting) = registration.waiting() {
            let _ = waiting.post_message(&message("take-over"));
        }
    });
}

/// Pages and workers of two builds do not understand each other.
fn reload_when_another_takes_over(container: &ServiceWorkerContainer) {
    if container.controller().is_none() {
        return;
    }
    let reload = Closure::<dyn FnMut()>::new(move || {
        let _ = window().location().reload();
    });
    container.set_oncontrollerchange(Some(reload.as_ref().unchecked_ref()));
    reload.forget();
}

fn hear(app: App, container: &ServiceWorkerContainer) {
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data();
        match get(&data, "tag").as_string().as_deref() {
            Some("open") => {
                if let Some(chat) = get(&data, "chat").as_string() {
                    app.open_chat(ChatId(chat));
                }
                if get(&data, "listed").is_truthy() {
                    app.open_list_of_requests();
                }
            }
            Some("shared") => share::took(app, &data),
            _ => {}
        }
    });
    container.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
}

fn give_words(app: App, registration: &ServiceWorkerRegistration) {
    let words = notices::words_for_worker(app.reach.quiet.get_untracked());
    let message = object(&[("tag", "words".into()), ("words", words)]);
    if let Some(active) = registration.active() {
        let _ = active.post_message(&message);
    }
}

/// A first version takes the catalogues in its second step; the one that is spoken came before there was a version, and must be
/// here at the next start.
fn keep_catalogue(app: App, registration: &ServiceWorkerRegistration) {
    let address = browser::catalogue::address(app.language.get_untracked());
    if let (Some(address), Some(active)) = (address, registration.active()) {
        let message = object(&[("tag", "keep".into()), ("path", address.into())]);
        let _ = active.post_message(&message);
    }
}

/// A message to the service worker.
pub fn message(tag: &str) -> JsValue {
    object(&[("tag", tag.into())])
}

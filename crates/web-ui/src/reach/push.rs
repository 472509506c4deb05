//! Being woken by the browser's push service while no page of Valise runs.

use super::{Leave, worker};
use crate::{app::App, browser, logic::notices::Telling};
use leptos::prelude::*;
use valise_views::bridge::Gate;
use valise_views::{Command, Outcome, PushSubscription};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Keeps the subscription in step with what the person chose, at every start and at every change.
pub fn start(app: App) {
    let wish = Memo::new(move |_| {
        let is_ready = app.gate.get() == Some(Gate::Open)
            && app.know(|ready| !ready.revoked && !ready.removed && ready.past.is_none());
        let is_member = app.know(|ready| !ready.address.is_empty());
        let telling = app.reach.telling.get();
        let is_told = telling.is_some_and(|telling| telling != Telling::Nothing)
            && app.reach.leave.get() == Leave::Given;
        (is_ready && is_member && app.reach.is_working.get()).then_some(is_told)
    });
    Effect::new(move |_| {
        let Some(is_told) = wish.get() else {
            return;
        };
        leptos::task::spawn_local(async move {
            if is_told {
                subscribe(app).await;
            } else if browser::choice("pushed").is_some() {
                unsubscribe(app).await;
            }
        });
    });
}

/// Subscribes, or finds the subscription that there is. Where the browser, its maker's service or our server will not, Valise is
/// told of messages while it is open, as before.
async fn subscribe(app: App) -> Option<()> {
    let manager = manager().await?;
    let Outcome::PushKey(Some(key)) = app.core.ask(Command::PushKey).await else {
        return None;
    };
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"userVisibleOnly".into(), &true.into());
    let key = js_sys::Uint8Array::from(key.as_slice());
    let _ = js_sys::Reflect::set(&options, &"applicationServerKey".into(), &key);
    let subscription = match ask(&manager, "subscribe", Some(&options)).await {
        Some(subscription) => subscription,
        // One of another server key stands in the way, as after the server was set up anew.
        None => {
            let old = ask(&manager, "getSubscription", None).await?;
            ask(&old, "unsubscribe", None).await;
            ask(&manager, "subscribe", Some(&options)).await?
        }
    };
    let subscription = read(&subscription)?;
    browser::keep_choice("pushed", "yes");
    app.core.tell(Command::WakeBy(Some(subscription)));
    Some(())
}

async fn unsubscribe(app: App) -> Option<()> {
    app.core.tell(Command::WakeBy(None));
    let manager = manager().await?;
    let subscription = ask(&manager, "getSubscription", None).await?;
    ask(&subscription, "unsubscribe", None).await;
    Some(())
}

async fn manager() -> Option<JsValue> {
    let registration = worker::registration().await?;
    let manager = js_sys::Reflect::get(&registration, &"pushManager".into()).ok()?;
    manager.is_object().then_some(manager)
}

/// Calls a method that promises something; none if it fails or promises nothing.
async fn ask(object: &JsValue, method: &str, argument: Option<&JsValue>) -> Option<JsValue> {
    let method: js_sys::Function = js_sys::Reflect::get(object, &method.into())
        .ok()?
        .dyn_into()
        .ok()?;
    let promise = match argument {
        Some(argument) => method.call1(object, argument),
        None => method.call0(object),
    };
    let promise: js_sys::Promise = promise.ok()?.dyn_into().ok()?;
    let found = JsFuture::from(promise).await.ok()?;
    (!found.is_null() && !found.is_undefined()).then_some(found)
}

fn read(subscription: &JsValue) -> Option<PushSubscription> {
    let key = |name: &str| {
        let method: js_sys::Function = js_sys::Reflect::get(subscription, &"getKey".into())
            .ok()?
            .dyn_into()
            .ok()?;
        let bytes = method.call1(subscription, &name.into()).ok()?;
        Some(js_sys::Uint8Array::new(&bytes).to_vec())
    };
    Some(PushSubscription {
        endpoint: browser::text_of(subscription, "endpoint")?,
        key: key("p256dh")?,
        auth: key("auth")?.try_into().ok()?,
    })
}

//! Being woken by the browser's push service while no page of Valise runs.

use super::{Leave, worker};
use crate::{
    app::App,
    browser::{
        self,
        object::{ask, call, get, object},
    },
    logic::notices::Telling,
};
use leptos::prelude::*;
use valise_views::bridge::Gate;
use valise_views::{Command, Outcome, PushSubscription};
use wasm_bindgen::JsValue;

/// Keeps the subscription in step with what the person chose, at every start and at every change.
pub fn start(app: App) {
    let wish = Memo::new(move |_| {
        let is_ready = app.gate.get() == Some(Gate::Open)
            && app.know(|ready| !ready.revoked && !ready.removed && ready.past.is_none());
        let telling = app.reach.telling.get();
        let is_told = telling.is_some_and(|telling| telling != Telling::Nothing)
            && app.reach.leave.get() == Leave::Given;
        (is_ready && app.reach.is_working.get()).then_some(is_told)
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
    let options = object(&[
        ("userVisibleOnly", true.into()),
        (
            "applicationServerKey",
            js_sys::Uint8Array::from(key.as_slice()).into(),
        ),
    ]);
    let subscription = match ask(&manager, "subscribe", &options).await {
        Some(subscription) => subscription,
        // One of another server key stands in the way, as after the server was set up anew.
        None => {
            let old = ask(&manager, "getSubscription", &JsValue::UNDEFINED).await?;
            ask(&old, "unsubscribe", &JsValue::UNDEFINED).await;
            ask(&manager, "subscribe", &options).await?
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
    let subscription = ask(&manager, "getSubscription", &JsValue::UNDEFINED).await?;
    ask(&subscription, "unsubscribe", &JsValue::UNDEFINED).await;
    Some(())
}

async fn manager() -> Option<JsValue> {
    let manager = get(&worker::registration().await?.into(), "pushManager");
    manager.is_object().then_some(manager)
}

fn read(subscription: &JsValue) -> Option<PushSubscription> {
    let key = |name: &str| {
        let bytes = call(subscription, "getKey", &name.into())?;
        Some(js_sys::Uint8Array::new(&bytes).to_vec())
    };
    Some(PushSubscription {
        endpoint: get(subscription, "endpoint").as_string()?,
        key: key("p256dh")?,
        auth: key("auth")?.try_into().ok()?,
    })
}

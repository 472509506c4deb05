//! One writer among all tabs: a Web Lock, which the browser passes on when its holder ends in whatever way.

use crate::browser::{Once, call, call_now, get, object, scope};
use crate::exchange::Tab;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;

/// Whoever holds it has the store open.
const STORE: &str = "valise-store";

/// The lock on the store. Dropping it does not release it; a worker that ends does.
pub struct StoreLock(Rc<Once>);

impl StoreLock {
    /// Lets the next tab have the store.
    pub fn release(self) {
        self.0.happen();
    }
}

/// Waits until this worker has the lock on the store.
pub async fn wait_for_store() -> StoreLock {
    let (granted, released) = (Once::new(), Once::new());
    request(STORE, granted.clone(), released.clone());
    granted.wait().await;
    StoreLock(released)
}

/// Tells whether some tab has the store open.
pub async fn is_store_held() -> bool {
    let Ok(snapshot) = call(&locks(), "query", &[]).await else {
        return false;
    };
    let held: js_sys::Array = get(&snapshot, "held").unchecked_into();
    held.iter()
        .any(|lock| get(&lock, "name").as_string().as_deref() == Some(STORE))
}

/// Shows the other tabs that this one is there, as long as it is.
pub fn show_presence(me: Tab) {
    request(&presence(me), Once::new(), Once::new());
}

/// Waits until a tab has ended.
pub async fn wait_for_end_of(tab: Tab) {
    let (granted, released) = (Once::new(), Once::new());
    request(&presence(tab), granted.clone(), released.clone());
    granted.wait().await;
    released.happen();
}

fn presence(tab: Tab) -> String {
    format!("valise-tab-{}", tab.0)
}

/// Asks for a lock; `granted` happens when it is had, and it is held until `released` happens.
fn request(name: &str, granted: Rc<Once>, released: Rc<Once>) {
    let callback = Closure::once_into_js(move |_lock: JsValue| -> JsValue {
        granted.happen();
        released.promise().into()
    });
    let options = object(&[("mode", "exclusive".into())]);
    let name = JsValue::from(name);
    if let Ok(promise) = call_now(&locks(), "request", &[&name, &options, &callback]) {
        spawn_local(async move {
            // The promise ends with the lock; how it ends is of no interest.
            let _ = wasm_bindgen_futures::JsFuture::from(js_sys::Promise::resolve(&promise)).await;
        });
    }
}

fn locks() -> JsValue {
    get(&scope().navigator(), "locks")
}

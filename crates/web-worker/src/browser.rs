//! The few things of the browser that have no typed binding.

use js_sys::{Function, Object, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::DedicatedWorkerGlobalScope;

/// The global object of this worker.
pub fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Reads a property; undefined if there is none.
pub fn get(of: &JsValue, name: &str) -> JsValue {
    if of.is_undefined() || of.is_null() {
        return JsValue::UNDEFINED;
    }
    Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// Makes an object.
pub fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

/// Calls a method that returns a promise, and waits for it.
pub async fn call(of: &JsValue, method: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let promise = call_now(of, method, arguments)?;
    JsFuture::from(Promise::resolve(&promise)).await
}

/// Calls a method.
pub fn call_now(of: &JsValue, method: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = get(of, method).dyn_into()?;
    let list: js_sys::Array = arguments.iter().copied().collect();
    function.apply(of, &list)
}

/// Reads the name of a DOMException or error.
pub fn error_name(error: &JsValue) -> String {
    get(error, "name").as_string().unwrap_or_default()
}

/// Writes a failure to the browser's console. Never anything that somebody wrote.
pub fn complain(failure: &JsValue) {
    let _ = call_now(&get(&scope(), "console"), "error", &[failure]);
}

/// Milliseconds since 1970.
pub fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}

/// Milliseconds on a clock that never jumps.
pub fn monotonic_ms() -> f64 {
    scope()
        .performance()
        .map_or_else(js_sys::Date::now, |clock| clock.now())
}

/// Waits; the resolution of a browser's timer is a few milliseconds.
pub async fn sleep_ms(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        let _ =
            scope().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    let _ = JsFuture::from(promise).await;
}

/// Returns 32 random bytes.
pub fn random_bytes() -> Result<[u8; 32], JsValue> {
    let mut bytes = [0; 32];
    scope()
        .crypto()?
        .get_random_values_with_u8_array(&mut bytes)?;
    Ok(bytes)
}

/// Returns a random number that JavaScript represents exactly.
pub fn random_number() -> u64 {
    (js_sys::Math::random() * 9_007_199_254_740_991.0) as u64
}

/// Something that is awaited and happens once.
pub struct Once {
    promise: Promise,
    resolve: RefCell<Option<Function>>,
}

impl Once {
    /// Makes one that has not happened.
    pub fn new() -> Rc<Self> {
        let mut resolver = None;
        let promise = Promise::new(&mut |resolve, _| resolver = Some(resolve));
        Rc::new(Self {
            promise,
            resolve: RefCell::new(resolver),
        })
    }

    /// Makes it happen; harmless the second time.
    pub fn happen(&self) {
        if let Some(resolve) = self.resolve.borrow_mut().take() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    }

    /// The promise that waits for it.
    pub fn promise(&self) -> Promise {
        self.promise.clone()
    }

    /// Waits for it.
    pub async fn wait(&self) {
        let _ = JsFuture::from(self.promise.clone()).await;
    }
}

/// Runs a function in a later turn of the event loop, after everything that waits there now.
pub struct Later {
    port: web_sys::MessagePort,
    receiver: web_sys::MessagePort,
    _closure: Closure<dyn FnMut()>,
}

impl Later {
    /// Prepares it; none only in a browser without message channels.
    pub fn new(run: impl FnMut() + 'static) -> Option<Self> {
        let channel = web_sys::MessageChannel::new().ok()?;
        let closure = Closure::<dyn FnMut()>::new(run);
        let receiver = channel.port1();
        receiver.set_onmessage(Some(closure.as_ref().unchecked_ref()));
        Some(Self {
            port: channel.port2(),
            receiver,
            _closure: closure,
        })
    }

    /// Asks for a run. A timer would be slowed down to 4 ms a turn.
    pub fn ask(&self) {
        let _ = self.port.post_message(&JsValue::NULL);
    }
}

/// A message may be on its way to the closure.
impl Drop for Later {
    fn drop(&mut self) {
        self.receiver.set_onmessage(None);
        self.receiver.close();
    }
}

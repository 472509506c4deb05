//! Objects of the browser for which there are no types: read, made, and asked to do something.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Reads a property; undefined if there is none, or nothing that could have any.
pub fn get(of: &JsValue, name: &str) -> JsValue {
    if of.is_undefined() || of.is_null() {
        return JsValue::UNDEFINED;
    }
    Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// Makes an object of properties.
pub fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

/// Calls a method with one argument; none if there is no such method, or if it throws. A missing argument is undefined.
pub fn call(of: &JsValue, method: &str, argument: &JsValue) -> Option<JsValue> {
    let method: Function = get(of, method).dyn_into().ok()?;
    method.call1(of, argument).ok()
}

/// Calls a method that promises something; none if it does not keep it, or gives nothing.
pub async fn ask(of: &JsValue, method: &str, argument: &JsValue) -> Option<JsValue> {
    let promise: Promise = call(of, method, argument)?.dyn_into().ok()?;
    let found = JsFuture::from(promise).await.ok()?;
    (!found.is_null() && !found.is_undefined()).then_some(found)
}

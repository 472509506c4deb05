//! The worker in which pages are worked on. It lives as long as its dialog.

use crate::browser::{
    now,
    object::{get, object},
};
use futures_channel::oneshot;
use leptos::prelude::set_timeout;
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
    time::Duration,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Blob, MessageEvent, Worker, WorkerOptions, WorkerType};

/// Script that starts it; the page's policy for script addresses lets it through.
const SCRIPT: &str = "/paper-worker.js";

/// Why nothing came of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is no picture that is read here.
    Unreadable,
    /// It is larger than any camera makes, or took too long.
    TooLarge,
}

/// Speaks to the worker.
#[derive(Default)]
pub struct Desk {
    running: RefCell<Option<Running>>,
    waiting: Rc<RefCell<BTreeMap<u32, oneshot::Sender<JsValue>>>>,
    last: Cell<u32>,
    /// When the worker last answered, in milliseconds since 1970.
    heard: Rc<Cell<u64>>,
}

/// A running worker. Dropping it ends the worker.
struct Running {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Desk {
    /// Asks for something under a tag. The answer is an object; its fields depend on the tag. A worker that is
    /// silent for longer than `patience` is ended, and with it what it was decoding.
    pub async fn ask(
        self: Rc<Self>,
        tag: &str,
        fields: &[(&str, JsValue)],
        patience: Duration,
    ) -> Result<JsValue, Why> {
        let id = self.last.get() + 1;
        self.last.set(id);
        let (sender, answer) = oneshot::channel();
        self.waiting.borrow_mut().insert(id, sender);
        let question = object(fields);
        for (name, value) in [("id", id.into()), ("tag", JsValue::from_str(tag))] {
            // Setting a property of a fresh object cannot fail.
            let _ = js_sys::Reflect::set(&question, &name.into(), &value);
        }
        self.post(&question).ok_or(Why::Unreadable)?;
        self.give_up_after(id, patience);
        let answer = answer.await.map_err(|_| Why::TooLarge)?;
        match get(&answer, "trouble").as_string().as_deref() {
            None => Ok(answer),
            Some("too-large") => Err(Why::TooLarge),
            Some(_) => Err(Why::Unreadable),
        }
    }

    /// Ends a worker that was silent for so long while somebody waits, and with it everything that waits behind it.
    fn give_up_after(self: &Rc<Self>, id: u32, patience: Duration) {
        let desk = Rc::downgrade(self);
        let look = move || {
            let Some(desk) = desk.upgrade() else { return };
            if !desk.waiting.borrow().contains_key(&id) {
                return;
            }
            let silent = Duration::from_millis(now().saturating_sub(desk.heard.get()));
            if silent < patience {
                // It was busy with what others asked before.
                return desk.give_up_after(id, patience - silent);
            }
            desk.running.take();
            desk.waiting.borrow_mut().clear();
        };
        set_timeout(look, patience);
    }

    fn post(&self, question: &JsValue) -> Option<()> {
        let mut running = self.running.borrow_mut();
        if running.is_none() {
            *running = Some(self.start()?);
        }
        running.as_ref()?.worker.post_message(question).ok()
    }

    fn start(&self) -> Option<Running> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(SCRIPT, &options).ok()?;
        let (waiting, heard) = (Rc::clone(&self.waiting), Rc::clone(&self.heard));
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let answer = event.data();
            heard.set(now());
            let id = get(&answer, "id").as_f64().unwrap_or_default() as u32;
            let asked = waiting.borrow_mut().remove(&id);
            if let Some(asked) = asked {
                // Nobody waits any more if the dialog was closed.
                let _ = asked.send(answer);
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Some(Running {
            worker,
            _on_message: on_message,
        })
    }
}

/// A picture in an answer.
pub fn picture(answer: &JsValue, name: &str) -> Option<Blob> {
    get(answer, name).dyn_into().ok()
}

/// A number in an answer.
pub fn number(answer: &JsValue, name: &str) -> u32 {
    get(answer, name).as_f64().unwrap_or_default() as u32
}

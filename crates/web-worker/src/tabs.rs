//! What the workers of several tabs say to each other.

use crate::browser::get;
use crate::exchange::Tab;
use js_sys::{Array, Uint8Array};
use valise_views::bridge::{FromCore, ToCore};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Blob, BroadcastChannel, CryptoKey, MessageEvent};

const CHANNEL: &str = "valise";

/// Addressee of what is for every tab.
const EVERYBODY: f64 = -1.0;

mod tag {
    pub const WHO_LEADS: f64 = 0.0;
    pub const LEADS: f64 = 1.0;
    pub const TO_CORE: f64 = 2.0;
    pub const FROM_CORE: f64 = 3.0;
    pub const FILE: f64 = 4.0;
    pub const OPENED: f64 = 5.0;
    pub const TAKEN: f64 = 6.0;
    pub const LOCKED: f64 = 7.0;
    pub const ERASED: f64 = 8.0;
}

/// One word between tabs.
pub enum Word {
    /// Asks who has the store open.
    WhoLeads,
    /// The sender has it open. The key, which cannot be read out, lets the receiver open it when the sender ends.
    Leads(CryptoKey),
    /// A page's word to the core.
    ToCore(ToCore),
    /// The core's word to a page.
    FromCore(FromCore),
    /// A file that a page wants to send.
    File {
        /// The page's name for it.
        handle: u64,
        /// The file.
        blob: Blob,
    },
    /// A file that a page wanted to see.
    Opened {
        /// The question's number.
        number: u64,
        /// The file.
        blob: Blob,
    },
    /// The core has a command.
    Taken {
        /// The command's number.
        number: u64,
    },
    /// The store was closed because somebody asked for it.
    Locked,
    /// The store was deleted because the person signed off.
    Erased,
}

/// The channel to the other tabs.
pub struct Tabs {
    me: Tab,
    channel: BroadcastChannel,
}

impl Tabs {
    /// Joins the other tabs, and listens as long as the worker lives.
    pub fn join(me: Tab, heard: impl Fn(Tab, Word) + 'static) -> Result<Self, JsValue> {
        let channel = BroadcastChannel::new(CHANNEL)?;
        let closure = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some((from, word)) = read(me, &event.data()) {
                heard(from, word);
            }
        });
        channel.set_onmessage(Some(closure.as_ref().unchecked_ref()));
        closure.forget();
        Ok(Self { me, channel })
    }

    /// Says something to one tab.
    pub fn tell(&self, to: Tab, word: &Word) {
        self.post(to.0 as f64, word);
    }

    /// Says something to all other tabs.
    pub fn tell_all(&self, word: &Word) {
        self.post(EVERYBODY, word);
    }

    fn post(&self, to: f64, word: &Word) {
        let Some((tag, first, second)) = write(word) else {
            return;
        };
        let message: Array = [
            JsValue::from_f64(to),
            JsValue::from_f64(self.me.0 as f64),
            tag.into(),
            first,
            second,
        ]
        .into_iter()
        .collect();
        let _ = self.channel.post_message(&message);
    }
}

fn write(word: &Word) -> Option<(f64, JsValue, JsValue)> {
    let none = || JsValue::NULL;
    let bytes = |bytes: Vec<u8>| JsValue::from(Uint8Array::from(bytes.as_slice()));
    Some(match word {
        Word::WhoLeads => (tag::WHO_LEADS, none(), none()),
        Word::Leads(key) => (tag::LEADS, key.into(), none()),
        Word::ToCore(message) => (
            tag::TO_CORE,
            bytes(postcard::to_stdvec(message).ok()?),
            none(),
        ),
        Word::FromCore(message) => (
            tag::FROM_CORE,
            bytes(postcard::to_stdvec(message).ok()?),
            none(),
        ),
        Word::File { handle, blob } => (tag::FILE, (*handle as f64).into(), blob.into()),
        Word::Opened { number, blob } => (tag::OPENED, (*number as f64).into(), blob.into()),
        Word::Taken { number } => (tag::TAKEN, (*number as f64).into(), none()),
        Word::Locked => (tag::LOCKED, none(), none()),
        Word::Erased => (tag::ERASED, none(), none()),
    })
}

fn read(me: Tab, data: &JsValue) -> Option<(Tab, Word)> {
    let parts = data.dyn_ref::<Array>()?;
    let to = parts.get(0).as_f64()?;
    if to != EVERYBODY && to != me.0 as f64 {
        return None;
    }
    let from = Tab(parts.get(1).as_f64()? as u64);
    let which = parts.get(2).as_f64()?;
    let (first, second) = (parts.get(3), parts.get(4));
    let number = || first.as_f64().map(|number| number as u64);
    let bytes = || first.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec);
    let blob = || second.dyn_into::<Blob>().ok();
    let word = if which == tag::WHO_LEADS {
        Word::WhoLeads
    } else if which == tag::LEADS {
        // A key object keeps its class across tabs; anything else is no key.
        (!get(&first, "algorithm").is_undefined()).then(|| Word::Leads(first.unchecked_into()))?
    } else if which == tag::TO_CORE {
        Word::ToCore(postcard::from_bytes(&bytes()?).ok()?)
    } else if which == tag::FROM_CORE {
        Word::FromCore(postcard::from_bytes(&bytes()?).ok()?)
    } else if which == tag::FILE {
        Word::File {
            handle: number()?,
            blob: blob()?,
        }
    } else if which == tag::OPENED {
        Word::Opened {
            number: number()?,
            blob: blob()?,
        }
    } else if which == tag::TAKEN {
        Word::Taken { number: number()? }
    } else if which == tag::LOCKED {
        Word::Locked
    } else if which == tag::ERASED {
        Word::Erased
    } else {
        return None;
    };
    Some((from, word))
}

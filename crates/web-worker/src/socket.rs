//! The one WebSocket to the server.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use valise_client::{Failure, Input, RequestId};
use valise_wire::frame::{Ask, ClientFrame, Hello, ServerFrame};
use valise_wire::request::Request;
use valise_wire::{PROTOCOL_VERSION, from_bytes, to_bytes};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{BinaryType, MessageEvent, WebSocket};

/// Takes what the socket brings.
pub type Feed = Rc<dyn Fn(Input)>;

/// A connection. Dropping it closes it, and nothing more comes from it.
pub struct Socket {
    inner: Rc<Inner>,
    _opened: Closure<dyn FnMut()>,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _closed: Closure<dyn FnMut()>,
}

struct Inner {
    socket: WebSocket,
    feed: Feed,
    token: [u8; 32],
    is_welcome: Cell<bool>,
    has_ended: Cell<bool>,
    asked: RefCell<BTreeSet<u64>>,
}

impl Socket {
    /// Begins to connect; none if the address is no address.
    pub fn open(origin: &str, token: [u8; 32], feed: Feed) -> Option<Self> {
        let address = origin
            .strip_prefix("http")
            .map(|rest| format!("ws{rest}/v1/socket"))?;
        let socket = WebSocket::new(&address).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let inner = Rc::new(Inner {
            socket,
            feed,
            token,
            is_welcome: Cell::new(false),
            has_ended: Cell::new(false),
            asked: RefCell::default(),
        });
        let (opening, receiving, closing) = (inner.clone(), inner.clone(), inner.clone());
        let opened = Closure::<dyn FnMut()>::new(move || opening.greet());
        let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            receiving.receive(&event)
        });
        let closed = Closure::<dyn FnMut()>::new(move || closing.end());
        inner
            .socket
            .set_onopen(Some(opened.as_ref().unchecked_ref()));
        inner
            .socket
            .set_onmessage(Some(message.as_ref().unchecked_ref()));
        inner
            .socket
            .set_onclose(Some(closed.as_ref().unchecked_ref()));
        Some(Self {
            inner,
            _opened: opened,
            _message: message,
            _closed: closed,
        })
    }

    /// Asks over the connection; false if it does not stand.
    pub fn ask(&self, id: RequestId, request: &Request) -> bool {
        if !self.inner.is_welcome.get() || self.inner.has_ended.get() {
            return false;
        }
        let frame = ClientFrame::Ask(Ask {
            number: id.0,
            request: request.clone(),
        });
        if self
            .inner
            .socket
            .send_with_u8_array(&to_bytes(&frame))
            .is_err()
        {
            return false;
        }
        self.inner.asked.borrow_mut().insert(id.0);
        true
    }

    /// Ends the connection as if the network had.
    pub fn cut(&self) {
        self.inner.end();
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.inner.silence();
    }
}

impl Inner {
    fn greet(&self) {
        let hello = ClientFrame::Hello(Hello {
            version: PROTOCOL_VERSION,
            token: self.token,
        });
        let _ = self.socket.send_with_u8_array(&to_bytes(&hello));
    }

    fn receive(&self, event: &MessageEvent) {
        let Ok(buffer) = event.data().dyn_into::<js_sys::ArrayBuffer>() else {
            return self.end();
        };
        let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
        match from_bytes::<ServerFrame>(&bytes) {
            Ok(ServerFrame::Welcome(_)) if !self.is_welcome.replace(true) => {
                (self.feed)(Input::SocketOpened)
            }
            Ok(ServerFrame::Answer(answer)) => self.answer(answer.number, Ok(answer.reply)),
            Ok(ServerFrame::Refusal(refusal)) => {
                self.answer(refusal.number, Err(Failure::Problem(refusal.problem)))
            }
            Ok(ServerFrame::Push(push)) => (self.feed)(Input::Push(push)),
            // Not of this protocol: a connection on which that happens is worth nothing.
            Ok(ServerFrame::Welcome(_)) | Err(_) => self.end(),
        }
    }

    fn answer(&self, number: u64, result: Result<valise_wire::request::Reply, Failure>) {
        if self.asked.borrow_mut().remove(&number) {
            (self.feed)(Input::Reply {
                id: RequestId(number),
                result,
            });
        }
    }

    /// Tells that the connection is gone, once.
    fn end(&self) {
        if self.has_ended.replace(true) {
            return;
        }
        self.silence();
        for number in std::mem::take(&mut *self.asked.borrow_mut()) {
            (self.feed)(Input::Reply {
                id: RequestId(number),
                result: Err(Failure::Network),
            });
        }
        (self.feed)(Input::SocketClosed);
    }

    fn silence(&self) {
        self.has_ended.set(true);
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        let _ = self.socket.close();
    }
}

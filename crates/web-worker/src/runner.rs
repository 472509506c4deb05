//! The core at work: its inputs in one queue, its outputs carried out.

use crate::browser::{Later, call, monotonic_ms, now_ms, random_bytes, scope};
use crate::cache::Cache;
use crate::exchange::{Exchange, Tab, Taken};
use crate::socket::Socket;
use crate::store::StoreTrouble;
use crate::{files, http};
use rusqlite::Connection;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use valise_client::{Client, Input, Output, RequestId};
use valise_views::bridge::{FromCore, ToCore};
use valise_wire::request::Request;
use valise_wire::{BlobId, Timestamp};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::Blob;

/// How long the core may work before the event loop gets a turn, in milliseconds.
const TURN_MS: f64 = 8.0;

/// After a pause of this length the worker may have been frozen, and another may have taken its place.
const FROZEN_AFTER_MS: f64 = 5_000.0;

/// The longest time that a browser's timer takes.
const LONGEST_TIMER_MS: u64 = i32::MAX as u64;

/// What the core needs of the worker around it.
pub trait Surroundings {
    /// Carries an answer to a tab.
    fn tell(&self, tab: Tab, message: FromCore);
    /// Carries a file to a tab.
    fn give_file(&self, tab: Tab, number: u64, file: Blob);
    /// A file that a page gave to be sent.
    fn file_to_send(&self, handle: u64) -> Option<Blob>;
    /// The person signed off: the store is to be deleted.
    fn erase(&self);
    /// The core holds, because it slept so long that another may write: it waits for [`Core::go_on`].
    fn slept(&self);
    /// The store failed; the core cannot go on.
    fn broken(&self, error: &valise_client::Error);
}

/// A client at work.
pub struct Core {
    client: RefCell<Option<Client>>,
    exchange: RefCell<Exchange>,
    inputs: RefCell<VecDeque<Input>>,
    socket: RefCell<Option<Socket>>,
    cache: Rc<Cache>,
    cache_work: RefCell<VecDeque<CacheWork>>,
    is_caching: Cell<bool>,
    is_pumping: Cell<bool>,
    /// While the right to write is being checked nothing is taken.
    is_held: Cell<bool>,
    last_step_ms: Cell<f64>,
    later: RefCell<Option<Later>>,
    timer: Cell<Option<i32>>,
    timer_closure: RefCell<Option<Closure<dyn FnMut()>>>,
    around: Weak<dyn Surroundings>,
    this: Weak<Core>,
}

enum CacheWork {
    Write {
        id: RequestId,
        blob: BlobId,
        offset: u64,
        bytes: Vec<u8>,
    },
    Read {
        id: RequestId,
        blob: BlobId,
        offset: u64,
        length: u32,
    },
    Drop {
        blob: BlobId,
    },
    Show {
        tab: Tab,
        number: u64,
        file: Box<valise_client::file::OpenFile>,
    },
}

/// A timer that is left behind would call a closure that is gone, and that ends the whole worker.
impl Drop for Core {
    fn drop(&mut self) {
        self.close();
    }
}

impl Core {
    /// Sets a client to work over an opened store.
    pub fn start(
        store: Connection,
        around: Weak<dyn Surroundings>,
    ) -> Result<Rc<Self>, StoreTrouble> {
        let seed = random_bytes().map_err(|_| StoreTrouble::Unsupported)?;
        let client = Client::open(store, seed, Timestamp(now_ms()))?;
        let core = Rc::new_cyclic(|this: &Weak<Self>| Self {
            client: RefCell::new(Some(client)),
            exchange: RefCell::default(),
            inputs: RefCell::default(),
            socket: RefCell::default(),
            cache: Rc::default(),
            cache_work: RefCell::default(),
            is_caching: Cell::default(),
            is_pumping: Cell::default(),
            is_held: Cell::default(),
            last_step_ms: Cell::new(monotonic_ms()),
            later: RefCell::default(),
            timer: Cell::default(),
            timer_closure: RefCell::default(),
            around,
            this: this.clone(),
        });
        core.prepare_turns();
        core.pump();
        Ok(core)
    }

    /// Tells the core whether the browser has promised to keep the store.
    pub fn look_at_storage(&self) {
        self.answer_later(async move {
            let storage: JsValue = scope().navigator().storage().into();
            let promised = call(&storage, "persisted", &[]).await;
            Input::StorageDurable(promised.is_ok_and(|promised| promised.is_truthy()))
        });
    }

    /// Sets a client to work that keeps nothing: for what may be asked before there is a store.
    pub fn start_without_store(around: Weak<dyn Surroundings>) -> Result<Rc<Self>, StoreTrouble> {
        Self::start(Connection::open_in_memory()?, around)
    }

    /// Takes what a tab says.
    pub fn take(&self, tab: Tab, message: ToCore) {
        let taken = self.exchange.borrow_mut().take(tab, message);
        match taken {
            Taken::Input(input) => self.feed(input),
            Taken::Known(answer) => self.tell(tab, answer),
            Taken::OpenFile { number, file } => self.open_file(tab, number, &file),
            Taken::Nothing => {}
        }
    }

    /// Forgets a tab that has ended.
    pub fn forget(&self, tab: Tab) {
        let inputs = self.exchange.borrow_mut().forget(tab);
        inputs.into_iter().for_each(|input| self.feed(input));
    }

    /// Gives the core an input, and works as long as a turn allows.
    pub fn feed(&self, input: Input) {
        self.inputs.borrow_mut().push_back(input);
        self.pump();
    }

    /// Takes inputs again after [`Surroundings::slept`].
    pub fn go_on(&self) {
        self.is_held.set(false);
        self.last_step_ms.set(monotonic_ms());
        self.pump();
    }

    /// Says how the network is.
    pub fn online(&self, is_online: bool) {
        if !is_online {
            // A browser notices a dead connection only after minutes.
            if let Some(socket) = &*self.socket.borrow() {
                socket.cut();
            }
        }
        self.feed(Input::Online(is_online));
    }

    /// Ends the client; the store is closed when this returns.
    pub fn close(&self) {
        self.client.borrow_mut().take();
        self.socket.borrow_mut().take();
        self.inputs.borrow_mut().clear();
        self.cache_work.borrow_mut().clear();
        self.cache.let_go();
        if let Some(timer) = self.timer.take() {
            scope().clear_timeout_with_handle(timer);
        }
    }

    fn prepare_turns(&self) {
        let (turn, tick) = (self.this.clone(), self.this.clone());
        let later = Later::new(move || {
            if let Some(core) = turn.upgrade() {
                core.pump();
            }
        });
        self.later.replace(later);
        let closure = Closure::<dyn FnMut()>::new(move || {
            if let Some(core) = tick.upgrade() {
                core.timer.set(None);
                core.feed(Input::Tick);
            }
        });
        self.timer_closure.replace(Some(closure));
    }

    /// Works through what waits until there is nothing or the turn is over. An input that arrives meanwhile waits.
    fn pump(&self) {
        if self.is_pumping.replace(true) {
            return;
        }
        let end = monotonic_ms() + TURN_MS;
        while self.step() {
            if monotonic_ms() > end {
                if let Some(later) = &*self.later.borrow() {
                    later.ask();
                }
                break;
            }
        }
        self.is_pumping.set(false);
    }

    /// Carries out all outputs and takes one input; false if there was none.
    fn step(&self) -> bool {
        loop {
            let output = self.client.borrow_mut().as_mut().and_then(Client::poll);
            let Some(output) = output else { break };
            self.carry_out(output);
        }
        if !self.may_write() {
            return false;
        }
        let Some(input) = self.inputs.borrow_mut().pop_front() else {
            return false;
        };
        let handled = match &mut *self.client.borrow_mut() {
            Some(client) => client.handle(input, Timestamp(now_ms())),
            None => return false,
        };
        if let Err(error) = handled
            && let Some(around) = self.around.upgrade()
        {
            around.broken(&error);
        }
        true
    }

    /// Holds after a sleep, until the fencing number was looked at: a stale writer's write is refused (FT-44).
    fn may_write(&self) -> bool {
        if self.is_held.get() || self.inputs.borrow().is_empty() {
            return false;
        }
        let now = monotonic_ms();
        if now - self.last_step_ms.replace(now) > FROZEN_AFTER_MS {
            self.is_held.set(true);
            self.around
                .upgrade()
                .into_iter()
                .for_each(|around| around.slept());
            return false;
        }
        true
    }

    fn carry_out(&self, output: Output) {
        match output {
            Output::Send {
                id,
                origin,
                token,
                request,
            } => self.send(id, origin, token, request),
            // A browser chooses and shows nobody which connection it uses.
            Output::Bind { .. } => {}
            Output::OpenSocket { origin, token } => self.open_socket(&origin, token),
            Output::CloseSocket => {
                self.socket.borrow_mut().take();
            }
            Output::Http { id, request } => {
                self.answer_later(async move {
                    Input::Http {
                        id,
                        result: http::send(request).await,
                    }
                });
            }
            Output::ReadFile {
                id,
                handle,
                offset,
                length,
            } => self.read_file(id, handle, offset, length),
            Output::CacheWrite {
                id,
                blob,
                offset,
                bytes,
            } => {
                self.cache_later(CacheWork::Write {
                    id,
                    blob,
                    offset,
                    bytes,
                });
            }
            Output::CacheRead {
                id,
                blob,
                offset,
                length,
            } => {
                self.cache_later(CacheWork::Read {
                    id,
                    blob,
                    offset,
                    length,
                });
            }
            Output::CacheDrop { blob } => self.cache_later(CacheWork::Drop { blob }),
            Output::Erase => self
                .around
                .upgrade()
                .into_iter()
                .for_each(|around| around.erase()),
            Output::Notify(event) => {
                let given = self.exchange.borrow_mut().give(event);
                if let Some((tab, message)) = given {
                    self.tell(tab, message);
                }
            }
            Output::Wake(at) => self.wake(at),
        }
    }

    fn send(&self, id: RequestId, origin: String, token: Option<[u8; 32]>, request: Request) {
        if !request.is_public() && !request.is_bulky() {
            let sent = self
                .socket
                .borrow()
                .as_ref()
                .is_some_and(|socket| socket.ask(id, &request));
            if sent {
                return;
            }
        }
        self.answer_later(async move {
            let result = http::ask(&origin, token, &request).await;
            Input::Reply { id, result }
        });
    }

    fn open_socket(&self, origin: &str, token: [u8; 32]) {
        let core = self.this.clone();
        let feed = Rc::new(move |input| {
            if let Some(core) = core.upgrade() {
                core.feed(input);
            }
        });
        let socket = Socket::open(origin, token, feed);
        if socket.is_none() {
            self.inputs.borrow_mut().push_back(Input::SocketClosed);
        }
        self.socket.replace(socket);
    }

    fn read_file(&self, id: RequestId, handle: u64, offset: u64, length: u32) {
        let file = self
            .around
            .upgrade()
            .and_then(|around| around.file_to_send(handle));
        self.answer_later(async move {
            let result = match file {
                Some(file) => files::read(&file, offset, length).await.ok_or(()),
                None => Err(()),
            };
            Input::FileSlice { id, result }
        });
    }

    fn open_file(&self, tab: Tab, number: u64, file: &valise_views::FileId) {
        let opened = self
            .client
            .borrow()
            .as_ref()
            .and_then(|client| client.open_file(file).ok().flatten());
        match opened {
            Some(file) => self.cache_later(CacheWork::Show {
                tab,
                number,
                file: Box::new(file),
            }),
            None => self.tell(tab, FromCore::FileUrl { number, url: None }),
        }
    }

    fn wake(&self, at: Timestamp) {
        if let Some(timer) = self.timer.take() {
            scope().clear_timeout_with_handle(timer);
        }
        let delay = at.millis_since(Timestamp(now_ms())).min(LONGEST_TIMER_MS) as i32;
        if let Some(closure) = &*self.timer_closure.borrow() {
            let function = closure.as_ref().unchecked_ref();
            self.timer.set(
                scope()
                    .set_timeout_with_callback_and_timeout_and_arguments_0(function, delay)
                    .ok(),
            );
        }
    }

    fn answer_later(&self, work: impl Future<Output = Input> + 'static) {
        let core = self.this.clone();
        spawn_local(async move {
            let input = work.await;
            if let Some(core) = core.upgrade() {
                core.feed(input);
            }
        });
    }

    /// Puts work at the cache in line; it is done in order.
    fn cache_later(&self, work: CacheWork) {
        self.cache_work.borrow_mut().push_back(work);
        if self.is_caching.replace(true) {
            return;
        }
        let core = self.this.clone();
        spawn_local(async move {
            while let Some(core) = core.upgrade() {
                let Some(work) = core.cache_work.borrow_mut().pop_front() else {
                    core.is_caching.set(false);
                    break;
                };
                core.do_cache_work(work).await;
            }
        });
    }

    async fn do_cache_work(&self, work: CacheWork) {
        match work {
            CacheWork::Write {
                id,
                blob,
                offset,
                bytes,
            } => {
                let result = self.cache.write(blob, offset, &bytes).await;
                self.feed(Input::Cached { id, result });
            }
            CacheWork::Read {
                id,
                blob,
                offset,
                length,
            } => {
                let result = self.cache.read(blob, offset, length).await;
                self.feed(Input::Cached { id, result });
            }
            CacheWork::Drop { blob } => self.cache.forget(blob).await,
            CacheWork::Show { tab, number, file } => match files::show(&self.cache, &file).await {
                Some(blob) => {
                    if let Some(around) = self.around.upgrade() {
                        around.give_file(tab, number, blob);
                    }
                }
                None => self.tell(tab, FromCore::FileUrl { number, url: None }),
            },
        }
    }

    fn tell(&self, tab: Tab, message: FromCore) {
        if let Some(around) = self.around.upgrade() {
            around.tell(tab, message);
        }
    }
}

//! The worker of one tab: it opens the store, or speaks to the tab that has it open.
//!
//! A tab that was unlocked waits for the lock on the store. Whoever has it *leads*: opens the store and runs the core.
//! The others *follow*: they send their page's words to the leader. When the leader ends, the browser passes the lock on,
//! and the next tab opens the store, without asking the person, with the wrapping key that the leader had given it.

mod carry;
mod lead;
mod unlock;

use crate::browser::{random_number, scope, sleep_ms};
use crate::cache::Cache;
use crate::database::Database;
use crate::desk::Desk;
use crate::exchange::Tab;
use crate::keys;
use crate::lock::{self, StoreLock};
use crate::page::{self, FromPage};
use crate::runner::{Core, Surroundings};
use crate::store::Files;
use crate::tabs::{Tabs, Word};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::{Rc, Weak};
use valise_views::bridge::{FromCore, Gate, ToCore};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Blob, CryptoKey};

/// How long a tab that holds the lock has to answer before the person is asked to unlock here.
const LEADER_ANSWER_MS: i32 = 1_000;

/// The worker of this tab.
pub struct Worker {
    me: Tab,
    this: Weak<Worker>,
    database: Database,
    tabs: Tabs,
    gate: Cell<Option<Gate>>,
    desk: RefCell<Desk>,
    credential: RefCell<Option<Vec<u8>>>,
    /// Files that pages want to send: this tab's own, and as a leader those of the others.
    files: RefCell<BTreeMap<u64, Blob>>,
    own_files: RefCell<BTreeSet<u64>>,
    /// Present while this tab is unlocked.
    wrapping: RefCell<Option<CryptoKey>>,
    is_waiting_for_store: Cell<bool>,
    /// Whom this tab follows; itself when it leads.
    leader: Cell<Option<Tab>>,
    led: RefCell<Option<Led>>,
    followers: RefCell<BTreeSet<Tab>>,
    /// A core without a store, for what may be asked before there is one.
    porter: RefCell<Option<Rc<Core>>>,
}

/// What a leader has.
struct Led {
    core: Rc<Core>,
    files: Files,
    lock: StoreLock,
    fence: u64,
}

impl Worker {
    /// Starts the worker of this tab.
    pub async fn start() -> Result<(), JsValue> {
        let database = match Database::open().await {
            Ok(database) => database,
            Err(_) => {
                page::say(&FromCore::Gate(Gate::Unsupported));
                return Ok(());
            }
        };
        let me = Tab(random_number());
        let slot: Rc<RefCell<Weak<Worker>>> = Rc::default();
        let hearing = slot.clone();
        let tabs = Tabs::join(me, move |from, word| {
            let worker = hearing.borrow().upgrade();
            if let Some(worker) = worker {
                worker.hear(from, word);
            }
        })?;
        let worker = Rc::new_cyclic(|this| Self {
            me,
            this: this.clone(),
            database,
            tabs,
            gate: Cell::default(),
            desk: RefCell::default(),
            credential: RefCell::default(),
            files: RefCell::default(),
            own_files: RefCell::default(),
            wrapping: RefCell::default(),
            is_waiting_for_store: Cell::default(),
            leader: Cell::default(),
            led: RefCell::default(),
            followers: RefCell::default(),
            porter: RefCell::default(),
        });
        slot.replace(Rc::downgrade(&worker));
        lock::show_presence(me);
        worker.clone().listen();
        worker.look_around().await;
        Ok(())
    }

    /// The worker lives as long as its thread: this is the reference that keeps it.
    fn listen(self: Rc<Self>) {
        for (event, is_online) in [("online", true), ("offline", false)] {
            let worker = self.clone();
            let closure = Closure::<dyn FnMut()>::new(move || worker.online(is_online));
            let _ =
                scope().add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
            closure.forget();
        }
        page::listen(move |message| self.receive(message));
    }

    /// Finds out whether there is a store and whether another tab has it open.
    async fn look_around(&self) {
        let gate = keys::gate(&self.database).await.unwrap_or(Gate::Broken);
        if let Some(id) = keys::credential(&self.database).await {
            page::give_credential(&id);
            self.credential.replace(Some(id));
        }
        if lock::is_store_held().await {
            self.tabs.tell_all(&Word::WhoLeads);
            sleep_ms(LEADER_ANSWER_MS).await;
        }
        if self.gate.get().is_none() {
            self.set_gate(gate);
        }
    }

    fn receive(&self, message: FromPage) {
        match message {
            FromPage::Core(ToCore::Unlock { secret }) => {
                self.spawn(|worker| async move { worker.unlock(secret).await })
            }
            FromPage::Core(ToCore::Lock) => self.lock_all(),
            FromPage::Core(message) => self.pass_on(message),
            FromPage::File { handle, blob } => {
                self.own_files.borrow_mut().insert(handle);
                self.files.borrow_mut().insert(handle, blob.clone());
                self.share_file(handle, &blob);
            }
            FromPage::Credential(id) => {
                self.credential.replace(Some(id));
            }
            FromPage::Frozen(true) => self.step_down(),
            FromPage::Frozen(false) => self.line_up(),
        }
    }

    fn hear(&self, from: Tab, word: Word) {
        match word {
            Word::WhoLeads => {
                if self.led.borrow().is_some()
                    && let Some(wrapping) = &*self.wrapping.borrow()
                {
                    self.tabs.tell(from, &Word::Leads(wrapping.clone()));
                }
            }
            Word::Leads(wrapping) => self.follow(from, wrapping),
            Word::ToCore(message) => self.serve(from, message),
            Word::File { handle, blob } => {
                self.files.borrow_mut().insert(handle, blob);
            }
            Word::FromCore(message) if self.leader.get() == Some(from) => self.to_page(&message),
            Word::Opened { number, blob } if self.leader.get() == Some(from) => {
                self.file_to_page(number, &blob)
            }
            Word::Taken { number } => self.desk.borrow_mut().taken(number),
            Word::Locked => self.locked(),
            Word::Erased => self.erased(),
            Word::FromCore(_) | Word::Opened { .. } => {}
        }
    }
}

impl Surroundings for Worker {
    fn tell(&self, tab: Tab, message: FromCore) {
        if tab == self.me {
            self.to_page(&message);
        } else {
            self.tabs.tell(tab, &Word::FromCore(message));
        }
    }

    fn give_file(&self, tab: Tab, number: u64, file: Blob) {
        if tab == self.me {
            self.file_to_page(number, &file);
        } else {
            self.tabs.tell(tab, &Word::Opened { number, blob: file });
        }
    }

    fn file_to_send(&self, handle: u64) -> Option<Blob> {
        self.files.borrow().get(&handle).cloned()
    }

    /// First the keys: without them nothing that a crash leaves behind can be opened.
    fn erase(&self) {
        self.spawn(|worker| async move {
            let _ = worker.database.forget_keys().await;
            worker.tabs.tell_all(&Word::Erased);
            let (files, lock) = match worker.led.take() {
                Some(led) => {
                    led.core.close();
                    (Ok(led.files), led.lock)
                }
                None => {
                    let lock = lock::wait_for_store().await;
                    (Files::take().await, lock)
                }
            };
            if let Ok(files) = files {
                let _ = files.erase();
                let _ = files.let_go();
            }
            Cache::default().erase().await;
            lock.release();
            worker.erased();
        });
    }

    fn slept(&self) {
        self.spawn(|worker| async move { worker.check_fence().await });
    }

    fn broken(&self, error: &valise_client::Error) {
        crate::browser::complain(&error.to_string().into());
        self.spawn(|worker| async move {
            worker.step_down();
            worker.wrapping.take();
            worker.tabs.tell_all(&Word::Locked);
            worker.set_gate(Gate::Broken);
        });
    }
}

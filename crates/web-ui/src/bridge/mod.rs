//! The interface's side of the message port to the worker that runs the core.
//!
//! A message of the port is an array: a tag and what belongs to it. `ToCore` and `FromCore` travel as bytes; files
//! travel as the browser's own objects, so that their content is never copied.

mod passkey;
mod port;

use crate::{
    browser::blob_at,
    driver::{Driver, Local, UnlockTrouble},
};
use futures_channel::oneshot;
use port::{FromWorker, Port};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    future::Future,
    rc::Rc,
};
use valise_views::bridge::{FromCore, Gate, ToCore, UnlockSecret};
use valise_views::{Command, FileId, NewMessage, Outcome, PasskeySecret, Shown, Trouble, View};

/// Starts the worker and returns how to speak to it.
pub fn start() -> Rc<dyn Driver> {
    let bridge = Rc::new(Bridge::default());
    bridge.clone().connect();
    Rc::new(Handle(bridge))
}

/// A watch of the interface: what it shows, and whom to tell.
struct Watch {
    view: View,
    sink: Rc<dyn Fn(Shown)>,
}

/// Whom to tell how it stands with the store.
type GateSink = Rc<dyn Fn(Gate)>;
/// Whom to tell of messages.
type MessageSink = Box<dyn Fn(NewMessage)>;

#[derive(Default)]
struct Bridge {
    port: RefCell<Option<Port>>,
    gate: Cell<Option<Gate>>,
    gate_sinks: RefCell<Vec<GateSink>>,
    message_sink: RefCell<Option<MessageSink>>,
    /// Waiting for the answer to the secret.
    unlocking: RefCell<Option<oneshot::Sender<Gate>>>,
    last_number: Cell<u64>,
    asked: RefCell<BTreeMap<u64, oneshot::Sender<Outcome>>>,
    watches: RefCell<BTreeMap<u64, Watch>>,
    opening: RefCell<BTreeMap<u64, oneshot::Sender<Option<String>>>>,
    /// URLs that were made for files, so that a file has one however often it is opened.
    urls: RefCell<BTreeMap<FileId, String>>,
    /// Files to send. Kept here, because the worker that has them can end before this page does.
    files: RefCell<BTreeMap<u64, web_sys::Blob>>,
    /// Whether the browser's own key opens the store, and no passkey.
    by_browser_key: Cell<bool>,
    /// The passkey that opens the store, for the browser to find it.
    credential: RefCell<Option<Vec<u8>>>,
    /// What the passkey gave for a backup when it opened the store, until somebody takes it.
    backup: RefCell<Option<PasskeySecret>>,
}

impl Bridge {
    /// Starts a worker; called again if it ends.
    fn connect(self: Rc<Self>) {
        let (incoming, failed) = (Rc::downgrade(&self), Rc::downgrade(&self));
        let port = Port::open(
            move |message| {
                if let Some(bridge) = incoming.upgrade() {
                    bridge.receive(message);
                }
            },
            move || {
                if let Some(bridge) = failed.upgrade() {
                    bridge.worker_failed();
                }
            },
        );
        match port {
            Some(port) => {
                for (handle, file) in self.files.borrow().iter() {
                    port.give_file(*handle, file);
                }
                self.port.replace(Some(port));
            }
            None => self.set_gate(Gate::Unsupported),
        }
    }

    /// What was asked of the worker got lost with it. It is said so, and not asked again: it may have been done.
    fn worker_failed(&self) {
        self.port.replace(None);
        for (_, waiting) in std::mem::take(&mut *self.asked.borrow_mut()) {
            let _ = waiting.send(Outcome::Failed(Trouble::Internal));
        }
        self.opening.borrow_mut().clear();
        self.set_gate(Gate::Broken);
    }

    fn receive(&self, message: FromWorker) {
        match message {
            FromWorker::Core(FromCore::Gate(gate)) => self.set_gate(gate),
            FromWorker::Core(FromCore::Outcome { number, outcome }) => {
                if let Some(waiting) = self.asked.borrow_mut().remove(&number) {
                    let _ = waiting.send(outcome);
                }
            }
            FromWorker::Core(FromCore::Shown { number, shown }) => {
                let sink = self
                    .watches
                    .borrow()
                    .get(&number)
                    .map(|watch| watch.sink.clone());
                if let Some(sink) = sink {
                    sink(*shown);
                }
            }
            FromWorker::Core(FromCore::FileUrl { number, url }) => self.opened(number, url),
            FromWorker::Core(FromCore::NewMessage(message)) => {
                if let Some(sink) = &*self.message_sink.borrow() {
                    sink(message);
                }
            }
            FromWorker::File { number, blob } => {
                self.opened(
                    number,
                    web_sys::Url::create_object_url_with_blob(&blob).ok(),
                );
            }
            FromWorker::Credential(id) => {
                self.credential.replace(Some(id));
            }
        }
    }

    fn opened(&self, number: u64, url: Option<String>) {
        if let Some(waiting) = self.opening.borrow_mut().remove(&number) {
            let _ = waiting.send(url);
        }
    }

    fn set_gate(&self, gate: Gate) {
        let before = self.gate.replace(Some(gate));
        if let Gate::Locked { passkey } = gate {
            self.by_browser_key.set(!passkey);
        }
        if gate == Gate::Open {
            for (number, watch) in self.watches.borrow().iter() {
                self.send(&ToCore::Watch {
                    number: *number,
                    view: watch.view.clone(),
                });
            }
        }
        if !matches!(gate, Gate::Empty | Gate::Locked { .. })
            && let Some(waiting) = self.unlocking.borrow_mut().take()
        {
            let _ = waiting.send(gate);
        }
        if before != Some(gate) {
            let sinks = self.gate_sinks.borrow().clone();
            sinks.iter().for_each(|sink| sink(gate));
        }
    }

    fn send(&self, message: &ToCore) -> bool {
        self.port
            .borrow()
            .as_ref()
            .is_some_and(|port| port.send(message))
    }

    fn next_number(&self) -> u64 {
        self.last_number.set(self.last_number.get() + 1);
        self.last_number.get()
    }

    /// Makes a passkey and a store that it opens.
    async fn create(self: Rc<Self>, name: String) -> Result<(), UnlockTrouble> {
        ask_to_keep().await;
        let made = passkey::create(&name).await?;
        self.make_with(made).await
    }

    /// Makes a store that a passkey opens which there is already.
    async fn find_passkey(self: Rc<Self>) -> Result<Option<PasskeySecret>, UnlockTrouble> {
        ask_to_keep().await;
        let found = passkey::secret_of(None).await?;
        let backup = found.backup.clone();
        if self.gate.get() != Some(Gate::Open) {
            self.make_with(found).await?;
        }
        Ok(backup)
    }

    async fn make_with(&self, made: passkey::Made) -> Result<(), UnlockTrouble> {
        if let (Some(id), Some(port)) = (&made.credential, &*self.port.borrow()) {
            port.give_credential(id);
        }
        self.credential.replace(made.credential);
        self.backup.replace(made.backup);
        self.open_with(made.secret).await
    }

    /// Opens the store, with the passkey's secret or the browser's own key, whichever made it.
    async fn unlock(self: Rc<Self>) -> Result<(), UnlockTrouble> {
        if self.port.borrow().is_none() {
            self.clone().connect();
            return Err(UnlockTrouble::Failed);
        }
        if self.gate.get() == Some(Gate::Open) {
            return Ok(());
        }
        let credential = self.credential.borrow().clone();
        let secret = match self.by_browser_key.get() {
            true => UnlockSecret::BrowserKey,
            false => {
                let found = passkey::secret_of(credential).await?;
                self.backup.replace(found.backup);
                found.secret
            }
        };
        self.open_with(secret).await
    }

    /// Asks the passkey for what opens a backup; none if the browser's own key opens the store.
    async fn backup_secret(self: Rc<Self>) -> Result<Option<PasskeySecret>, UnlockTrouble> {
        if self.by_browser_key.get() {
            return Ok(None);
        }
        let credential = self.credential.borrow().clone();
        Ok(passkey::secret_of(credential).await?.backup)
    }

    async fn open_with(&self, secret: UnlockSecret) -> Result<(), UnlockTrouble> {
        let (answer, waiting) = oneshot::channel();
        self.unlocking.replace(Some(answer));
        if !self.send(&ToCore::Unlock { secret }) {
            return Err(UnlockTrouble::Failed);
        }
        match waiting.await {
            Ok(Gate::Open) => Ok(()),
            Ok(Gate::WrongSecret) => Err(UnlockTrouble::WrongSecret),
            _ => Err(UnlockTrouble::Failed),
        }
    }

    fn ask(&self, command: Command) -> impl Future<Output = Outcome> + 'static + use<> {
        let number = self.next_number();
        let (answer, waiting) = oneshot::channel();
        self.asked.borrow_mut().insert(number, answer);
        if !self.send(&ToCore::Ask {
            number,
            command: Box::new(command),
        }) {
            self.asked.borrow_mut().remove(&number);
        }
        async move { waiting.await.unwrap_or(Outcome::Failed(Trouble::Internal)) }
    }

    async fn open_file(self: Rc<Self>, file: FileId) -> Option<String> {
        if let Some(url) = self.urls.borrow().get(&file) {
            return Some(url.clone());
        }
        let url = self.url_of(&file).await?;
        self.urls.borrow_mut().insert(file, url.clone());
        Some(url)
    }

    async fn read_file(self: Rc<Self>, file: FileId) -> Option<web_sys::Blob> {
        let open = self.urls.borrow().get(&file).cloned();
        if let Some(url) = open {
            return blob_at(&url).await;
        }
        let url = self.url_of(&file).await?;
        let blob = blob_at(&url).await;
        let _ = web_sys::Url::revoke_object_url(&url);
        blob
    }

    /// Asks for a new address of a file.
    async fn url_of(&self, file: &FileId) -> Option<String> {
        let number = self.next_number();
        let (answer, waiting) = oneshot::channel();
        self.opening.borrow_mut().insert(number, answer);
        if !self.send(&ToCore::OpenFile {
            number,
            file: file.clone(),
        }) {
            self.opening.borrow_mut().remove(&number);
        }
        waiting.await.ok().flatten()
    }

    fn add_file(&self, file: web_sys::Blob) -> u64 {
        let handle = random_handle();
        if let Some(port) = &*self.port.borrow() {
            port.give_file(handle, &file);
        }
        self.files.borrow_mut().insert(handle, file);
        handle
    }

    /// Nothing that was decrypted stays reachable from a closed store.
    fn lock(&self) {
        self.backup.replace(None);
        for url in std::mem::take(&mut *self.urls.borrow_mut()).into_values() {
            let _ = web_sys::Url::revoke_object_url(&url);
        }
        self.send(&ToCore::Lock);
    }
}

/// Asks the browser not to delete what is stored when space gets short. Only a page may ask; the worker sees the answer.
async fn ask_to_keep() {
    let Some(window) = web_sys::window() else {
        return;
    };
    if let Ok(promise) = window.navigator().storage().persist() {
        let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
    }
}

/// Returns a number that no other tab has given to a file, exactly representable as a JavaScript number.
fn random_handle() -> u64 {
    (js_sys::Math::random() * 9_007_199_254_740_991.0) as u64
}

/// The bridge as the interface has it.
struct Handle(Rc<Bridge>);

impl Driver for Handle {
    fn on_gate(&self, sink: Box<dyn Fn(Gate)>) {
        if let Some(gate) = self.0.gate.get() {
            sink(gate);
        }
        self.0.gate_sinks.borrow_mut().push(Rc::from(sink));
    }

    fn create(&self, name: &str) -> Local<Result<(), UnlockTrouble>> {
        Box::pin(self.0.clone().create(name.to_owned()))
    }

    fn unlock(&self) -> Local<Result<(), UnlockTrouble>> {
        Box::pin(self.0.clone().unlock())
    }

    fn find_passkey(&self) -> Local<Result<Option<PasskeySecret>, UnlockTrouble>> {
        Box::pin(self.0.clone().find_passkey())
    }

    fn backup_secret(&self) -> Local<Result<Option<PasskeySecret>, UnlockTrouble>> {
        Box::pin(self.0.clone().backup_secret())
    }

    fn take_backup_secret(&self) -> Option<PasskeySecret> {
        self.0.backup.borrow_mut().take()
    }

    fn lock(&self) {
        self.0.lock();
    }

    fn ask(&self, command: Command) -> Local<Outcome> {
        Box::pin(self.0.ask(command))
    }

    fn watch(&self, view: View, sink: Rc<dyn Fn(Shown)>) -> u64 {
        let number = self.0.next_number();
        self.0
            .watches
            .borrow_mut()
            .insert(number, Watch { view, sink });
        self.rewatch_known(number);
        number
    }

    fn rewatch(&self, number: u64, view: View) {
        if let Some(watch) = self.0.watches.borrow_mut().get_mut(&number) {
            watch.view = view;
        }
        self.rewatch_known(number);
    }

    fn unwatch(&self, number: u64) {
        if self.0.watches.borrow_mut().remove(&number).is_some() {
            self.0.send(&ToCore::Unwatch { number });
        }
    }

    fn open_file(&self, file: FileId) -> Local<Option<String>> {
        Box::pin(self.0.clone().open_file(file))
    }

    fn read_file(&self, file: FileId) -> Local<Option<web_sys::Blob>> {
        Box::pin(self.0.clone().read_file(file))
    }

    fn add_file(&self, file: web_sys::Blob) -> u64 {
        self.0.add_file(file)
    }

    fn on_message(&self, sink: MessageSink) {
        self.0.message_sink.replace(Some(sink));
    }

    fn visible(&self, visible: bool) {
        self.0.send(&ToCore::Visible(visible));
    }
}

impl Handle {
    /// Before the store is open a watch is only remembered; all are sent when it opens.
    fn rewatch_known(&self, number: u64) {
        if self.0.gate.get() != Some(Gate::Open) {
            return;
        }
        let view = self
            .0
            .watches
            .borrow()
            .get(&number)
            .map(|watch| watch.view.clone());
        if let Some(view) = view {
            self.0.send(&ToCore::Watch { number, view });
        }
    }
}

//! What the interface needs from whoever runs the core: the browser's worker in the product, canned views in the preview.
//!
//! [`Driver`] is the seam. Components never see it; they use [`Core`], which turns its callbacks into signals.

use leptos::prelude::*;
use std::{cell::RefCell, future::Future, pin::Pin, rc::Rc};
use valise_views::bridge::Gate;
use valise_views::{Command, FileId, NewMessage, Outcome, PasskeySecret, Shown, View};

/// A future that stays on the browser's one thread.
pub type Local<T> = Pin<Box<dyn Future<Output = T>>>;

/// Runs the core for the interface.
pub trait Driver {
    /// Calls back with how it stands with the store, now and at each change.
    fn on_gate(&self, sink: Box<dyn Fn(Gate)>);

    /// Makes the device's passkey under a name that the person will recognise, and a store that it opens.
    fn create(&self, name: &str) -> Local<Result<(), UnlockTrouble>>;

    /// Opens the store with the passkey that made it.
    fn unlock(&self) -> Local<Result<(), UnlockTrouble>>;

    /// Makes a store that a passkey opens which there is already, whichever the person chooses; gives what it has for a backup.
    fn find_passkey(&self) -> Local<Result<Option<PasskeySecret>, UnlockTrouble>>;

    /// Asks the passkey for what opens a backup; none where there is no such passkey.
    fn backup_secret(&self) -> Local<Result<Option<PasskeySecret>, UnlockTrouble>>;

    /// Takes what the passkey gave for a backup when it opened the store, once.
    fn take_backup_secret(&self) -> Option<PasskeySecret>;

    /// Closes the store.
    fn lock(&self);

    /// Does something. `InspectInvitation`, `InspectArchive` and `InspectGuest` are answered even before there is a store.
    fn ask(&self, command: Command) -> Local<Outcome>;

    /// Keeps a view up to date until [`Driver::unwatch`]; returns the watch's number.
    fn watch(&self, view: View, sink: Rc<dyn Fn(Shown)>) -> u64;

    /// Replaces what a watch shows.
    fn rewatch(&self, number: u64, view: View);

    /// Lets a watch go.
    fn unwatch(&self, number: u64);

    /// Gives a `blob:` URL of a file that is on this device; none if it is not.
    fn open_file(&self, file: FileId) -> Local<Option<String>>;

    /// Reads a file that is on this device, and keeps nothing of it in reach afterwards; none if it is not here.
    fn read_file(&self, file: FileId) -> Local<Option<web_sys::Blob>>;

    /// Keeps the bytes of a file to send; returns the handle for `NewFile`.
    fn add_file(&self, file: web_sys::Blob) -> u64;

    /// Calls back with each message that came while the person did not look.
    fn on_message(&self, sink: Box<dyn Fn(NewMessage)>);

    /// Says whether the person looks at the interface.
    fn visible(&self, visible: bool);
}

/// Why the store was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnlockTrouble {
    /// The person said no, or waited too long.
    Cancelled,
    /// The browser has no passkeys.
    NoPasskeys,
    /// The passkey is not the one that made the store.
    WrongSecret,
    /// Something else; trying again may help.
    Failed,
}

/// The core, as components use it.
#[derive(Clone, Copy)]
pub struct Core(StoredValue<Rc<dyn Driver>, LocalStorage>);

impl Core {
    /// Wraps a driver.
    pub fn new(driver: Rc<dyn Driver>) -> Self {
        Self(StoredValue::new_local(driver))
    }

    /// The driver itself.
    pub fn driver(self) -> Rc<dyn Driver> {
        self.0.get_value()
    }

    /// Does something.
    pub async fn ask(self, command: Command) -> Outcome {
        self.driver().ask(command).await
    }

    /// Does something of which no answer is awaited.
    pub fn tell(self, command: Command) {
        let answer = self.driver().ask(command);
        leptos::task::spawn_local(async move {
            answer.await;
        });
    }

    /// Shows a view as long as the calling owner lives, changing the watch whenever `view` changes.
    ///
    /// The signal is empty until the first answer. An answer to a former view can arrive after the change: whoever
    /// shows one of several things has to look at which it is.
    pub fn watch<T, P>(self, view: impl Fn() -> View + 'static, pick: P) -> ReadSignal<Option<T>>
    where
        T: Send + Sync + 'static,
        P: Fn(Shown) -> Option<T> + 'static,
    {
        let (shown, set_shown) = signal(None);
        let sink: Rc<dyn Fn(Shown)> = Rc::new(move |answer| {
            if let Some(value) = pick(answer) {
                set_shown.try_set(Some(value));
            }
        });
        let watch = Rc::new(RefCell::new(None::<u64>));
        let number = watch.clone();
        Effect::new(move |_| {
            let wanted = view();
            let known = *number.borrow();
            match known {
                Some(known) => self.driver().rewatch(known, wanted),
                None => {
                    let new = self.driver().watch(wanted, sink.clone());
                    *number.borrow_mut() = Some(new);
                }
            }
        });
        let watch = StoredValue::new_local(watch);
        on_cleanup(move || {
            let number = watch
                .try_with_value(|watch| watch.borrow_mut().take())
                .flatten();
            if let (Some(number), Some(driver)) = (number, self.0.try_get_value()) {
                driver.unwatch(number);
            }
        });
        shown
    }
}

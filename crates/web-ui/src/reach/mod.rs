//! How Valise reaches the person who is not looking, and how it stands on the device like a program of its own:
//! notifications, the service worker, a start without a line.

mod install;
mod notices;
mod push;
mod share;
mod worker;

use crate::{
    app::App,
    browser,
    logic::notices::{Quiet, Telling},
};
use leptos::prelude::*;
use web_sys::{Notification, NotificationPermission};

/// What the person chose about being reached, and what the browser allows.
#[derive(Clone, Copy)]
pub struct Reach {
    /// How much a notification says; none until it was chosen.
    pub telling: RwSignal<Option<Telling>>,
    /// Hours without notifications.
    pub quiet: RwSignal<Option<Quiet>>,
    /// Whether the browser lets us show any.
    pub leave: RwSignal<Leave>,
    /// Whether the service worker is at work.
    pub is_working: RwSignal<bool>,
    /// Whether a new version of the client waits to take over.
    pub has_update: RwSignal<bool>,
    /// What another program shared, until a chat was chosen for it.
    pub shared: RwSignal<Option<Shared>, LocalStorage>,
    /// Whether the browser offers to install the client.
    pub may_install: RwSignal<bool>,
}

/// What the browser says of notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leave {
    /// It has none.
    Unknown,
    /// It was not asked yet.
    Open,
    /// It shows them.
    Given,
    /// The person told the browser to show none.
    Refused,
}

impl Reach {
    /// As it was kept on this device.
    pub fn kept() -> Self {
        Self {
            telling: RwSignal::new(
                browser::choice("notices").and_then(|name| Telling::from_name(&name)),
            ),
            quiet: RwSignal::new(
                browser::choice("quiet-hours").and_then(|written| Quiet::read(&written)),
            ),
            leave: RwSignal::new(leave()),
            is_working: RwSignal::new(false),
            has_update: RwSignal::new(false),
            shared: RwSignal::new_local(None),
            may_install: RwSignal::new(false),
        }
    }

    /// Chooses how much is said, and asks the browser for its leave if it was not asked yet.
    ///
    /// Called out of a click: a browser asks only then.
    pub fn choose(self, telling: Telling) {
        browser::keep_choice("notices", telling.name());
        self.telling.set(Some(telling));
        if telling == Telling::Nothing || self.leave.get_untracked() != Leave::Open {
            return;
        }
        leptos::task::spawn_local(async move {
            if let Ok(asked) = Notification::request_permission() {
                let _ = wasm_bindgen_futures::JsFuture::from(asked).await;
            }
            self.leave.try_set(leave());
        });
    }

    /// Chooses the quiet hours.
    pub fn be_quiet(self, quiet: Option<Quiet>) {
        browser::keep_choice(
            "quiet-hours",
            &quiet.map(Quiet::written).unwrap_or_default(),
        );
        self.quiet.set(quiet);
    }
}

/// Reads what the browser allows.
fn leave() -> Leave {
    if !browser::has("Notification") {
        return Leave::Unknown;
    }
    match Notification::permission() {
        NotificationPermission::Granted => Leave::Given,
        NotificationPermission::Denied => Leave::Refused,
        _ => Leave::Open,
    }
}

/// Begins to reach the person, as long as the page lives. What can wait until the person is in
/// does.
pub fn start(app: App, is_in: Memo<bool>) {
    notices::start(app);
    worker::start(app, is_in);
    push::start(app);
    install::start(app);
    share::start();
}

pub use install::install;
pub use share::Shared;
pub use worker::update;

//! The state that all screens share, and which screen is shown.

mod places;

pub use places::{Dialog, Tab, Theme};

use crate::{
    browser,
    driver::{Core, Driver},
    gate, guest,
    logic::link::{Opening, opening},
    parts::made_for,
    reach::{self, Reach},
    shell, words,
    words::Language,
};
use leptos::prelude::*;
use std::rc::Rc;
use valise_views::bridge::Gate;
use valise_views::state::Ready;
use valise_views::{ChatId, File, MessageId, PersonId, Shown, Status, View};
use wasm_bindgen::JsValue;

/// What every component can reach.
#[derive(Clone, Copy)]
pub struct App {
    /// The core.
    pub core: Core,
    /// How it stands with the store; none until the driver has said so.
    pub gate: RwSignal<Option<Gate>>,
    /// Who one is; none until the store is open.
    pub status: RwSignal<Option<Status>>,
    /// Why the page was opened.
    pub opening: RwSignal<Opening>,
    /// Whether the organisation was founded just now: its first screen invites a colleague.
    pub just_founded: RwSignal<bool>,
    /// What the left column shows.
    pub tab: RwSignal<Tab>,
    /// The chat that is open.
    pub chat: RwSignal<Option<ChatId>>,
    /// The message that is to be shown in it.
    pub sought: RwSignal<Option<MessageId>>,
    /// Whether the details stand beside the chat.
    pub details: RwSignal<bool>,
    /// The dialog that is open.
    pub dialog: RwSignal<Option<Dialog>>,
    /// A confidential file that somebody wants to save outside.
    pub saving: RwSignal<Option<File>>,
    /// A short word at the bottom that goes by itself.
    pub toast: RwSignal<Option<String>>,
    /// What a screen reader is told.
    pub announcement: RwSignal<String>,
    /// The interface's language.
    pub language: RwSignal<Language>,
    /// The language that was chosen last: its words may still be on their way.
    pub wanted: RwSignal<Language>,
    /// The chosen colours.
    pub theme: RwSignal<Theme>,
    /// How the person is reached who is not looking.
    pub reach: Reach,
    /// The way back of somebody who has lost every device.
    pub way_back: gate::WayBack,
}

impl App {
    fn new(driver: Rc<dyn Driver>, language: Language) -> Self {
        Self {
            core: Core::new(driver),
            gate: RwSignal::new(None),
            status: RwSignal::new(None),
            opening: RwSignal::new(take_opening()),
            just_founded: RwSignal::new(false),
            tab: RwSignal::new(Tab::Chats),
            chat: RwSignal::new(None),
            sought: RwSignal::new(None),
            details: RwSignal::new(false),
            dialog: RwSignal::new(None),
            saving: RwSignal::new(None),
            toast: RwSignal::new(None),
            announcement: RwSignal::new(String::new()),
            language: RwSignal::new(language),
            wanted: RwSignal::new(language),
            theme: RwSignal::new(Theme::kept()),
            reach: Reach::kept(),
            way_back: gate::WayBack::new(),
        }
    }

    /// Who one is, once the device belongs to somebody.
    pub fn ready(self) -> Option<Ready> {
        self.status.with(|status| match status {
            Some(Status::Ready(ready)) => Some((**ready).clone()),
            _ => None,
        })
    }

    /// One thing about who one is; the default until the device belongs to somebody.
    pub fn know<T: Default>(self, pick: impl Fn(&Ready) -> T) -> T {
        self.status.with(|status| match status {
            Some(Status::Ready(ready)) => pick(ready),
            _ => T::default(),
        })
    }

    /// Tells whether one is a guest, as one is from beginning to end.
    pub fn is_guest(self) -> bool {
        untrack(|| self.know(|ready| ready.guest.is_some()))
    }

    /// Returns how oneself is named.
    pub fn me(self) -> PersonId {
        PersonId(self.know(|ready| ready.me.0.clone()))
    }

    /// Opens a chat, as one step that "back" undoes.
    pub fn open_chat(self, chat: ChatId) {
        self.open_in(Tab::Chats, chat);
    }

    /// Opens a request, as one step that "back" undoes.
    pub fn open_request(self, chat: ChatId) {
        self.open_in(Tab::Requests, chat);
    }

    /// Shows the list of requests, and what waits above it.
    pub fn open_list_of_requests(self) {
        self.dialog.set(None);
        self.back();
        self.tab.set(Tab::Requests);
    }

    fn open_in(self, section: Tab, chat: ChatId) {
        let was_open = self.chat.with_untracked(Option::is_some);
        self.dialog.set(None);
        self.details.set(false);
        self.tab.set(section);
        self.chat.set(Some(chat));
        if !was_open && let Ok(history) = window().history() {
            // The address stays: it names nothing. Only the step is recorded.
            let _ = history.push_state_with_url(&JsValue::from_str("chat"), "", None);
        }
    }

    /// Opens a chat at one of its messages.
    pub fn open_message(self, chat: ChatId, message: MessageId) {
        self.sought.set(Some(message));
        // Opened anew even if it is open: then it begins there.
        self.open_chat(chat);
    }

    /// Goes one step back: details, then the chat.
    pub fn back(self) {
        if self.details.get_untracked() {
            self.details.set(false);
        } else if self.chat.with_untracked(Option::is_some)
            && let Ok(history) = window().history()
        {
            let _ = history.back();
        }
    }

    /// Says something short.
    pub fn say(self, text: String) {
        self.toast.set(Some(text));
    }
}

/// The shared state.
pub fn app() -> App {
    expect_context::<App>()
}

/// Reads why the page was opened, and takes the secret out of the address bar and the history at once.
fn take_opening() -> Opening {
    let location = window().location();
    let read = location
        .href()
        .map(|address| opening(&address))
        .unwrap_or(Opening::Plain);
    if read != Opening::Plain
        && let (Ok(history), Ok(path)) = (window().history(), location.pathname())
    {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    }
    read
}

/// The screens, of which one is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Screen {
    Starting,
    Unsupported,
    Broken,
    Landing,
    GroupDoor,
    Guest,
    GuestAgain,
    GuestPage,
    OtherGuest,
    SetUp,
    Join,
    Open,
    Moved,
    Unlock,
    Joining,
    Linking,
    Past,
    Recovering,
    Renewal,
    Renewing,
    Partner,
    FirstInvitation,
    Main,
}

fn screen(app: App) -> Screen {
    match app.gate.get() {
        None => Screen::Starting,
        Some(Gate::Unsupported) => Screen::Unsupported,
        Some(Gate::Broken) => Screen::Broken,
        Some(Gate::Locked { .. } | Gate::WrongSecret) => Screen::Unlock,
        Some(Gate::Empty) => at_the_door(app),
        Some(Gate::Open) => app.status.with(|status| match status {
            // While founding or joining the store opens before there is anything in it: the door's screen stays.
            None if app.opening.with(Opening::is_for_the_door) => at_the_door(app),
            None => Screen::Starting,
            Some(Status::Empty) => at_the_door(app),
            Some(Status::Linking(_)) => Screen::Linking,
            Some(Status::Renewing(_)) => Screen::Renewing,
            Some(Status::Recovering(_)) => Screen::Recovering,
            Some(Status::Joining) if app.opening.with(Opening::is_for_the_door) => at_the_door(app),
            Some(Status::Joining) => Screen::Joining,
            Some(Status::Moved { .. }) => Screen::Moved,
            Some(Status::Ready(ready)) if ready.past.is_some() => Screen::Past,
            Some(Status::Ready(ready)) if ready.guest.is_some() => with_a_guest(app),
            Some(Status::Ready(_)) if app.just_founded.get() => Screen::FirstInvitation,
            Some(Status::Ready(_)) => Screen::Main,
        }),
    }
}

fn at_the_door(app: App) -> Screen {
    app.opening.with(|opening| match opening {
        Opening::Plain | Opening::Device(_) | Opening::Write(_) => Screen::Landing,
        Opening::Group(_) => Screen::GroupDoor,
        Opening::Guest(_) => Screen::Guest,
        Opening::GuestAgain => Screen::GuestAgain,
        Opening::SetUp(_) => Screen::SetUp,
        Opening::Invitation(_) => Screen::Join,
        Opening::Archive(_) => Screen::Open,
        Opening::Renewal(_) => Screen::Renewal,
        Opening::Partner(_) => Screen::Partner,
    })
}

/// A guest's page, but for a link that was opened beside it.
fn with_a_guest(app: App) -> Screen {
    app.opening.with(|opening| match opening {
        Opening::Guest(_) => Screen::OtherGuest,
        _ => Screen::GuestPage,
    })
}

/// The whole interface, in a language whose words are here.
pub fn root(driver: Rc<dyn Driver>, language: Language) -> impl IntoView {
    let app = App::new(driver.clone(), language);
    provide_context(app);
    driver.on_gate(Box::new(move |gate| app.gate.set(Some(gate))));
    watch_status(app);
    mirror_choices(app);
    tell_visibility(app);
    crate::settings::keep_by_itself(app);
    let screen = Memo::new(move |_| screen(app));
    let is_in = move || matches!(screen.get(), Screen::FirstInvitation | Screen::Main);
    reach::start(app, Memo::new(move |_| is_in()));
    let state = move || (app.language.get(), screen.get());
    made_for(state, |(language, screen)| {
        words::speak(language);
        if screen != Screen::Starting {
            browser::end_first_screen();
        }
        match screen {
            Screen::Starting => gate::starting().into_any(),
            Screen::Unsupported => gate::unsupported().into_any(),
            Screen::Broken => gate::broken().into_any(),
            Screen::Landing => gate::landing().into_any(),
            Screen::GroupDoor => gate::group_door().into_any(),
            Screen::Guest => gate::guest().into_any(),
            Screen::GuestAgain => gate::guest_again().into_any(),
            Screen::GuestPage => guest::page().into_any(),
            Screen::OtherGuest => gate::other_guest().into_any(),
            Screen::SetUp => gate::set_up().into_any(),
            Screen::Join => gate::join().into_any(),
            Screen::Open => gate::open().into_any(),
            Screen::Moved => gate::moved().into_any(),
            Screen::Unlock => gate::unlock().into_any(),
            Screen::Joining => gate::joining().into_any(),
            Screen::Linking => gate::linking().into_any(),
            Screen::Renewal => gate::renewal().into_any(),
            Screen::Renewing => gate::renewing().into_any(),
            Screen::Partner => gate::partner().into_any(),
            Screen::Recovering => gate::coming_back().into_any(),
            Screen::Past => gate::past().into_any(),
            Screen::FirstInvitation => gate::first_invitation().into_any(),
            Screen::Main => shell::shell().into_any(),
        }
    })
}

/// Watches who one is as long as the store is open.
fn watch_status(app: App) {
    let sink: Rc<dyn Fn(Shown)> = Rc::new(move |shown| {
        if let Shown::Status(status) = shown {
            app.status.set(Some(status));
        }
    });
    let is_open = Memo::new(move |_| app.gate.get() == Some(Gate::Open));
    Effect::new(move |watching: Option<Option<u64>>| {
        let driver = app.core.driver();
        if let Some(number) = watching.flatten() {
            driver.unwatch(number);
        }
        if is_open.get() {
            return Some(driver.watch(View::Status, sink.clone()));
        }
        app.status.set(None);
        app.chat.set(None);
        app.details.set(false);
        app.dialog.set(None);
        None
    });
}

/// Keeps the document in step with language and colours.
fn mirror_choices(app: App) {
    Effect::new(move |_| {
        let Some(html) = document().document_element() else {
            return;
        };
        let _ = html.set_attribute("lang", app.language.get().tag());
        let _ = html.set_attribute("data-theme", app.theme.get().name());
    });
    Effect::new(move |_| {
        let unread = app.know(|ready| ready.unread);
        document().set_title(&if unread == 0 {
            "Valise".to_owned()
        } else {
            format!("({unread}) Valise")
        });
        browser::badge(unread);
    });
}

fn tell_visibility(app: App) {
    let tell = move || app.core.driver().visible(browser::is_looked_at());
    Effect::new(move |_| {
        if app.gate.get() == Some(Gate::Open) {
            tell();
        }
    });
    for event in ["visibilitychange", "focus", "blur"] {
        let handle = window_event_listener_untyped(event, move |_| tell());
        on_cleanup(move || handle.remove());
    }
    let back = window_event_listener(leptos::ev::popstate, move |_| {
        app.details.set(false);
        app.chat.set(None);
    });
    on_cleanup(move || back.remove());
}

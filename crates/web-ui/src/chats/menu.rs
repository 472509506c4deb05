//! The menu of a chat in the list: by the right button, a finger that rests, the menu key, or the button beside it.

use crate::{
    app::App,
    browser,
    logic::menu::Area,
    parts::{
        Hold, Keyed, area, closest, icon, is_by_finger, is_menu_key, menu, menu_item, pointed_at,
        sentence,
    },
    words::t,
};
use leptos::{html, prelude::*};
use valise_views::{ChatId, ChatKind, ChatRow, Command, Outcome};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent};

/// The menu of the list, and what opens it.
#[derive(Clone, Copy)]
pub struct Menus {
    app: App,
    rows: Keyed<ChatId, ChatRow>,
    /// The finger on the list, which may move and be lifted.
    pub hold: Hold,
    open: RwSignal<Option<(ChatId, Area)>>,
    /// The chat whose labels are chosen.
    pub labelling: RwSignal<Option<ChatId>>,
}

impl Menus {
    /// None is open.
    pub fn new(app: App, rows: Keyed<ChatId, ChatRow>) -> Self {
        Self {
            app,
            rows,
            hold: Hold::new(),
            open: RwSignal::new(None),
            labelling: RwSignal::new(None),
        }
    }

    /// A finger comes down: if it rests, the menu opens.
    pub fn down(self, event: &PointerEvent) {
        let row = row_of(event);
        let open = move || row.as_ref().is_some_and(|row| self.open_at(row, area(row)));
        self.hold.down(event, open);
    }

    /// A press: swallowed if it is the end of a long one.
    pub fn click(self, event: &MouseEvent) {
        self.hold.click(event);
    }

    /// The right button, a browser's own long press, or the menu key.
    pub fn context(self, event: &MouseEvent) {
        let Some(row) = row_of(event) else { return };
        let at = match event.button() {
            2 => pointed_at(event),
            _ => area(&row),
        };
        // A finger's own timer opens the menu.
        if is_by_finger(event) || self.open_at(&row, at) {
            event.prevent_default();
        }
    }

    /// The menu key on a chat; says whether it opened its menu.
    pub fn key(self, event: &KeyboardEvent) -> bool {
        is_menu_key(event) && row_of(event).is_some_and(|row| self.open_at(&row, area(&row)))
    }

    fn open_at(self, row: &Element, at: Area) -> bool {
        let Some(chat) = row.get_attribute("data-chat").map(ChatId) else {
            return false;
        };
        self.open.set(Some((chat, at)));
        true
    }
}

/// The button that opens the menu of a chat, for those who point with a mouse.
pub fn opener(menus: Menus, chat: ChatId) -> impl IntoView {
    let press = move |event: MouseEvent| {
        let button = event
            .current_target()
            .and_then(|button| button.dyn_into::<Element>().ok());
        if let Some(button) = button {
            menus.open.set(Some((chat.clone(), area(&button))));
        }
    };
    view! {
        <button type="button" class="row-more" tabindex="-1" aria-label=t("chat-actions") title=t("chat-actions") aria-haspopup="menu" on:click=press>{icon("chevron-down")}</button>
    }
}

/// The menu that is open, if one is.
pub fn layer(menus: Menus) -> impl IntoView {
    move || {
        let (chat, at) = menus.open.get()?;
        let row = menus.rows.get(&chat)?.get_untracked();
        Some(shown(menus, &row, at))
    }
}

fn shown(menus: Menus, row: &ChatRow, at: Area) -> impl IntoView + use<> {
    let dialog = NodeRef::<html::Dialog>::new();
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
        menus.open.set(None);
    };
    let does = move |command: Command| {
        move || {
            close();
            run(menus.app, command.clone());
        }
    };
    let chat = row.chat.clone();
    let (pin, mute, archive) = (!row.pinned, !row.muted, !row.archived);
    let (pinned, muted, put_away) = (chat.clone(), chat.clone(), chat.clone());
    let labelled = chat.clone();
    let content = view! {
        {(row.unread > 0).then(|| menu_item("check-check", t("mark-read"), does(Command::MarkAllRead(chat))))}
        {menu_item(if pin { "pin" } else { "pin-off" }, if pin { t("pin") } else { t("unpin") }, does(Command::Pin { chat: pinned, on: pin }))}
        {(row.kind != ChatKind::Saved).then(|| menu_item(if mute { "bell-off" } else { "bell" }, if mute { t("mute") } else { t("unmute") }, does(Command::Mute { chat: muted, on: mute })))}
        {menu_item("tag", t("labels-choose"), move || {
            close();
            menus.labelling.set(Some(labelled.clone()));
        })}
        {menu_item(if archive { "archive" } else { "archive-restore" }, if archive { t("archive") } else { t("unarchive") }, move || {
            close();
            put(menus.app, put_away.clone(), archive);
        })}
    };
    menu(dialog, at, t("chat-actions"), close, content)
}

/// Does something, and says so if it could not be done.
fn run(app: App, command: Command) {
    leptos::task::spawn_local(async move {
        if let Outcome::Failed(why) = app.core.ask(command).await {
            app.say(sentence(why));
        }
    });
}

/// Puts a chat away or back; the keyboard goes on with the one that takes its place.
fn put(app: App, chat: ChatId, away: bool) {
    let next = neighbour();
    leptos::task::spawn_local(async move {
        match app.core.ask(Command::Archive { chat, on: away }).await {
            Outcome::Failed(why) => app.say(sentence(why)),
            _ => {
                app.say(if away {
                    t("archive-done")
                } else {
                    t("unarchive-done")
                });
                browser::soon(move || match next {
                    Some(next) => drop(next.focus()),
                    None => browser::focus("#chat-search"),
                });
            }
        }
    });
}

/// The chat below the one that has the focus, or above it.
fn neighbour() -> Option<HtmlElement> {
    let item = document().active_element()?.closest("li").ok().flatten()?;
    let beside = item
        .next_element_sibling()
        .or_else(|| item.previous_element_sibling())?;
    let row = beside.query_selector(".chat-row").ok().flatten()?;
    row.dyn_into().ok()
}

fn row_of(event: &Event) -> Option<Element> {
    closest(event, ".chat-row")
}

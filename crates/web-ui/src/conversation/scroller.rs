//! The messages: of a hundred thousand, only those near the screen are on the page.
//!
//! The page holds one block of rendered rows, placed by the summed heights of what stands above. Rows are measured when
//! they are laid out; when that moves what the person looks at, the scroll position follows before the frame is painted.

use super::{
    announcer::Announcer,
    bubble,
    gestures::{self, Gestures},
    talk::Talk,
};
use crate::{
    browser::{self, observe},
    logic::{
        format::badge,
        rows::{Row, rows},
        scroll::{Near, Scroll},
        window::{PAGE, Span},
    },
    parts::{Keyed, Rows, icon},
    words::{t, tw},
};
use leptos::{html, prelude::*};
use valise_views::{Command, Conversation, ConversationWindow, MessageId};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

#[derive(Clone, Copy)]
struct Scroller {
    talk: Talk,
    /// Where it stands; none until the first part has come.
    scroll: StoredValue<Option<Scroll>>,
    rows: Keyed<MessageId, Row>,
    /// Those that are on the page.
    rendered: Rows<MessageId>,
    /// Pixels above the rendered rows, and of all rows, as the page has them.
    place: StoredValue<(f64, f64)>,
    /// How many messages came in below the screen; none at the end.
    away: RwSignal<Option<u32>>,
    gestures: Gestures,
    announcer: Announcer,
    /// Where we scrolled to last: the browser tells us of it as if the person had scrolled.
    own_top: StoredValue<i32>,
    log: NodeRef<html::Div>,
    space: NodeRef<html::Div>,
    block: NodeRef<html::Div>,
}

/// The scrolled list of messages.
pub fn scroller(talk: Talk) -> impl IntoView {
    let list = Scroller {
        talk,
        scroll: StoredValue::new(None),
        rows: Keyed::new(),
        rendered: Rows::new(),
        place: StoredValue::new((-1.0, -1.0)),
        away: RwSignal::new(None),
        gestures: Gestures::new(talk),
        announcer: Announcer::new(talk),
        own_top: StoredValue::new(-1),
        log: NodeRef::new(),
        space: NodeRef::new(),
        block: NodeRef::new(),
    };
    list.follow();
    let gestures = list.gestures;
    let empty = Memo::new(move |_| {
        talk.shown
            .with(|shown| shown.as_ref().is_some_and(|shown| shown.total == 0))
    });
    view! {
        <div class="log-wrap">
            <div class="log" node_ref=list.log on:scroll=move |_| list.scrolled() on:keydown=move |event| list.key(&event)
                on:pointerover=move |event| gestures.over(&event) on:pointerleave=move |_| gestures.leave()
                on:pointerdown=move |event| gestures.down(&event) on:pointermove=move |event| gestures.hold.moved(&event)
                on:pointerup=move |_| gestures.hold.stop() on:pointercancel=move |_| gestures.hold.stop()
                on:click:capture=move |event| gestures.click(&event) on:contextmenu=move |event| gestures.context(&event)
                role=move || if empty.get() { "group" } else { "feed" } aria-label=t("messages") aria-busy=move || talk.shown.with(Option::is_none).to_string()>
                <div class="log-space" node_ref=list.space><div class="log-block" node_ref=list.block></div></div>
            </div>
            {move || empty.get().then(|| view! { <p class="log-empty">{icon("lock")}<span>{t("talk-empty")}</span></p> })}
            {move || list.away.get().map(|count| view! {
                <button type="button" class="to-end" aria-label=if count == 0 { t("to-newest") } else { tw("to-newest-count", [("count", count.into())]) }
                    on:click=move |_| list.jump_to_end()>
                    {icon("chevron-down")}
                    {(count > 0).then(|| view! { <span class="badge" aria-hidden="true">{badge(count)}</span> })}
                </button>
            })}
        </div>
    }
}

impl Scroller {
    /// Follows what the core gives, what the person wishes, and the sizes of things.
    fn follow(self) {
        let talk = self.talk;
        Effect::new(move |_| {
            talk.shown.with(|shown| {
                if let Some(shown) = shown {
                    self.take(shown);
                }
            })
        });
        Effect::new(move |before: Option<u32>| {
            let now = talk.to_end.get();
            if before.is_some_and(|before| before != now) {
                self.jump_to_end();
            }
            now
        });
        Effect::new(move |_| {
            if talk.sought.with(Option::is_some) {
                self.seek();
            }
        });
        Effect::new(move |_| {
            let (Some(log), Some(block)) = (self.log.get(), self.block.get()) else {
                return;
            };
            observe::sizes(&[&log, &block], move || self.measure_and_refresh());
            self.refresh();
        });
        let looked = window_event_listener_untyped("focus", move |_| self.mark_read());
        on_cleanup(move || looked.remove());
    }

    /// Takes a new part of the chat in.
    fn take(self, shown: &Conversation) {
        if self.scroll.with_value(Option::is_none) {
            self.begin(shown);
        } else {
            self.announcer.follow(shown);
        }
        let unread = self.talk.first_unread.get_value();
        let made = rows(shown, unread.as_ref(), browser::offset_minutes);
        let ids = shown
            .messages
            .iter()
            .map(|message| message.id.clone())
            .collect();
        self.scroll.update_value(|scroll| {
            if let Some(scroll) = scroll {
                scroll.hold(shown.start, shown.total, ids);
            }
        });
        self.rows
            .fill(made.into_iter().map(|row| (row.message.id.clone(), row)));
        self.find_sought();
        self.refresh();
        browser::soon(move || self.measure_and_refresh());
    }

    /// Finds the place at which the chat opens.
    fn begin(self, shown: &Conversation) {
        self.talk.first_unread.set_value(shown.first_unread.clone());
        self.announcer.begin(shown);
        let place = |id: &MessageId| shown.messages.iter().position(|message| &message.id == id);
        let unread = shown
            .first_unread
            .as_ref()
            .and_then(|id| Some((id.clone(), shown.start + place(id)? as u32)));
        self.scroll
            .set_value(Some(Scroll::open(shown.total, unread)));
    }

    fn with<T>(self, change: impl FnOnce(&mut Scroll) -> T) -> Option<T> {
        self.scroll
            .try_update_value(|scroll| scroll.as_mut().map(change))
            .flatten()
    }

    /// Renders what is near the screen, asks for what is missing, and scrolls so that the anchor keeps its place.
    fn refresh(self) {
        let Some(log) = self.log.try_get_untracked().flatten() else {
            return;
        };
        let Some(near) = self
            .with(|scroll| scroll.near(f64::from(log.client_height())))
            .flatten()
        else {
            return;
        };
        // Looked at before anything is changed: afterwards the browser would have to lay everything out to answer.
        let top = f64::from(log.scroll_top());
        self.render(&near);
        if (top - near.top).abs() >= 1.0 {
            log.set_scroll_top(near.top.round() as i32);
            self.own_top.set_value(log.scroll_top());
        }
    }

    fn render(self, near: &Near) {
        if let Some(block) = self.block.get_untracked() {
            self.rendered.arrange(&block, &near.ids, |id| {
                let row = self.rows.get(id)?;
                Some(bubble::row(self.talk, row).into_any())
            });
        }
        self.put(near.above, near.all);
        if let Some(span) = near.ask {
            self.ask(span);
        }
        let away = self.with(|scroll| scroll.see(near.end)).flatten();
        if self.away.get_untracked() != away {
            self.away.set(away);
        }
        self.mark_read();
    }

    /// Places the block. At once, not by a signal: the scroll position that follows must already fit.
    fn put(self, above: f64, all: f64) {
        let (Some(space), Some(block)) = (self.space.get_untracked(), self.block.get_untracked())
        else {
            return;
        };
        if self.place.get_value() != (above, all) {
            self.place.set_value((above, all));
            // Setting a known property to a number of pixels does not fail.
            let _ = HtmlElement::style(&space).set_property("height", &format!("{all}px"));
            let _ = HtmlElement::style(&block)
                .set_property("transform", &format!("translateY({above}px)"));
        }
    }

    /// Goes to the message that is sought, or asks for the part of the chat that it is in.
    fn seek(self) {
        if self.find_sought() {
            self.refresh();
        } else if let Some(message) = self.talk.sought.get_untracked() {
            self.talk.window.set(ConversationWindow::Around {
                message,
                count: PAGE,
            });
        }
    }

    /// Goes to the message that is sought if it is held; says whether it is.
    fn find_sought(self) -> bool {
        let sought = self.talk.sought.get_untracked();
        let (Some(id), Some(log)) = (sought, self.log.try_get_untracked().flatten()) else {
            return false;
        };
        let height = f64::from(log.client_height());
        if self.with(|scroll| scroll.go_to(&id, height)) != Some(true) {
            return false;
        }
        self.talk.sought.set(None);
        self.talk.marks.focused.set(Some(id.clone()));
        browser::soon(move || {
            self.measure();
            self.with(|scroll| scroll.settle(height));
            self.refresh();
            self.talk.flash(id.clone());
            self.focus_on(&id);
        });
        true
    }

    /// Puts the focus on a message that is rendered, without scrolling to it.
    fn focus_on(self, id: &MessageId) {
        let Some(block) = self.block.try_get_untracked().flatten() else {
            return;
        };
        let children = block.children();
        let found = (0..children.length())
            .filter_map(|at| children.item(at))
            .find(|row| gestures::message_of(row).as_ref() == Some(id));
        if let Some(row) = found {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = row
                .unchecked_into::<HtmlElement>()
                .focus_with_options(&options);
        }
    }

    fn ask(self, span: Span) {
        // What is sought is asked for already, and what stands here meanwhile will be left.
        if self.talk.sought.with_untracked(Option::is_some) {
            return;
        }
        let total = self
            .talk
            .shown
            .with_untracked(|shown| shown.as_ref().map_or(0, |shown| shown.total));
        let window = if span.end >= total {
            ConversationWindow::Newest { count: span.len() }
        } else {
            ConversationWindow::Range {
                start: span.start,
                count: span.len(),
            }
        };
        if self.talk.window.with_untracked(|asked| *asked != window) {
            self.talk.window.set(window);
        }
    }

    fn measure_and_refresh(self) {
        if !self.measure() {
            self.refresh();
        }
    }

    /// Measures the rendered rows; what moved is put right before the frame is painted. Says whether anything did.
    fn measure(self) -> bool {
        let Some(block) = self.block.try_get_untracked().flatten() else {
            return false;
        };
        let children = block.children();
        let mut moved = false;
        for at in 0..children.length() {
            let Some(element) = children.item(at).map(JsCast::unchecked_into::<HtmlElement>) else {
                continue;
            };
            let place = element
                .get_attribute("aria-posinset")
                .and_then(|place| place.parse::<u32>().ok());
            if let Some(place) = place.and_then(|place| place.checked_sub(1)) {
                let height = element.get_bounding_client_rect().height() as f32;
                moved |= self.with(|scroll| scroll.measure(place, height)) == Some(true);
            }
        }
        if moved {
            self.refresh();
        }
        moved
    }

    /// The person scrolled, or we did.
    fn scrolled(self) {
        let Some(log) = self.log.get_untracked() else {
            return;
        };
        self.gestures.rolled();
        let (top, height) = (f64::from(log.scroll_top()), f64::from(log.client_height()));
        let left = f64::from(log.scroll_height()) - height - top;
        let is_own = self.own_top.get_value() == log.scroll_top();
        if !is_own {
            self.stop_seeking();
        }
        let near = self.with(|scroll| {
            if !is_own {
                scroll.scrolled(top, left);
            }
            scroll.near(height)
        });
        if let Some(near) = near.flatten() {
            self.render(&near);
        }
    }

    /// Whoever scrolls meanwhile no longer wants to go there.
    fn stop_seeking(self) {
        if self.talk.sought.with_untracked(Option::is_some) {
            self.talk.sought.set(None);
        }
    }

    fn jump_to_end(self) {
        self.stop_seeking();
        self.with(Scroll::go_to_end);
        self.refresh();
    }

    fn mark_read(self) {
        if !browser::is_looked_at() {
            return;
        }
        if let Some(message) = self.with(Scroll::take_read).flatten() {
            self.talk.app.core.tell(Command::MarkRead {
                chat: self.talk.chat(),
                message,
            });
        }
    }

    /// One stop of the tab key; arrows go from message to message.
    fn key(self, event: &web_sys::KeyboardEvent) {
        let Some(block) = self.block.get_untracked() else {
            return;
        };
        if event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        if self.gestures.key(event) {
            return event.prevent_default();
        }
        match event.key().as_str() {
            "ArrowUp" | "ArrowDown" => browser::rove(event, &block, ".row"),
            "End" => {
                event.prevent_default();
                self.jump_to_end();
            }
            _ => {}
        }
    }
}

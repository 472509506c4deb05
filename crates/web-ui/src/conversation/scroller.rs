//! The messages: of a hundred thousand, only those near the screen are on the page.
//!
//! The page holds one block of rendered rows, placed by the summed heights of what stands above. Rows are measured when
//! they are laid out; when that moves what the person looks at, the scroll position follows before the frame is painted.

use super::{bubble, talk::Talk};
use crate::{
    browser::{self, observe},
    logic::{
        format::badge,
        heights::Heights,
        rows::{Row, rows},
        window::{Span, wanted},
    },
    parts::{Keyed, icon},
    words::{t, tw},
};
use leptos::{html, prelude::*};
use std::collections::HashMap;
use valise_views::{Body, Command, Conversation, ConversationWindow, MessageId};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Height that a row is taken to have until it is measured, in pixels.
const ESTIMATE: f32 = 56.0;
/// Pixels beyond the screen that are rendered.
const OVERSCAN: f64 = 700.0;
/// Pixels from the end within which one is at the end.
const AT_END: f64 = 48.0;

/// What stays where it is on the screen when heights change.
#[derive(Debug, Clone, PartialEq)]
enum Anchor {
    /// The end.
    End,
    /// A message, so many pixels above the upper edge.
    Message {
        id: Option<MessageId>,
        place: u32,
        above: f64,
    },
}

/// What is known of the list outside the page.
struct State {
    heights: Heights,
    measured: HashMap<MessageId, f32>,
    held: Span,
    ids: Vec<MessageId>,
    anchor: Anchor,
    opened: bool,
    /// Messages up to here were on the screen.
    seen_to: u32,
    /// Messages up to here were said to be read.
    read_to: u32,
    last: Option<MessageId>,
}

#[derive(Clone, Copy)]
struct Scroller {
    talk: Talk,
    state: StoredValue<State>,
    rows: Keyed<MessageId, Row>,
    /// Pixels above the rendered rows, and of all rows.
    place: RwSignal<(f64, f64)>,
    /// How many messages came in below the screen; none at the end.
    away: RwSignal<Option<u32>>,
    /// The message that the keyboard is on.
    focused: RwSignal<Option<MessageId>>,
    log: NodeRef<html::Div>,
    block: NodeRef<html::Div>,
}

/// The scrolled list of messages.
pub fn scroller(talk: Talk) -> impl IntoView {
    let state = State {
        heights: Heights::new(0, ESTIMATE),
        measured: HashMap::new(),
        held: Span::default(),
        ids: Vec::new(),
        anchor: Anchor::End,
        opened: false,
        seen_to: 0,
        read_to: 0,
        last: None,
    };
    let list = Scroller {
        talk,
        state: StoredValue::new(state),
        rows: Keyed::new(),
        place: RwSignal::new((0.0, 0.0)),
        away: RwSignal::new(None),
        focused: RwSignal::new(None),
        log: NodeRef::new(),
        block: NodeRef::new(),
    };
    Effect::new(move |_| {
        talk.shown.with(|shown| {
            if let Some(shown) = shown {
                list.take(shown)
            }
        })
    });
    Effect::new(move |before: Option<u32>| {
        let now = talk.to_end.get();
        if before.is_some_and(|before| before != now) {
            list.jump_to_end();
        }
        now
    });
    list.follow_sizes();
    let looked = window_event_listener_untyped("focus", move |_| list.mark_read());
    on_cleanup(move || looked.remove());
    let empty = Memo::new(move |_| {
        talk.shown
            .with(|shown| shown.as_ref().is_some_and(|shown| shown.total == 0))
    });
    view! {
        <div class="log-wrap">
            <div class="log" node_ref=list.log on:scroll=move |_| list.scrolled() on:keydown=move |event| list.key(&event)
                role="feed" aria-label=t("messages") aria-busy=move || talk.shown.with(Option::is_none).to_string()>
                <div class="log-space" style:height=move || format!("{}px", list.place.get().1)>
                    <div class="log-block" node_ref=list.block style:transform=move || format!("translateY({}px)", list.place.get().0)>
                        <For each=move || list.rows.order.get() key=MessageId::clone
                            children=move |id| list.rows.get(&id).map(|row| bubble::row(talk, row, list.focused))/>
                    </div>
                </div>
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
    /// Takes a new part of the chat in.
    fn take(self, shown: &Conversation) {
        let first = self.state.try_update_value(|state| {
            let first = !state.opened;
            state.opened = true;
            state.heights.resize(shown.total as usize);
            first
        });
        if first == Some(true) {
            self.begin(shown);
        }
        let unread = self.talk.first_unread.get_value();
        let made = rows(shown, unread.as_ref(), browser::offset_minutes);
        self.state.update_value(|state| {
            state.held = Span {
                start: shown.start,
                end: shown.start + shown.messages.len() as u32,
            };
            state.ids = shown
                .messages
                .iter()
                .map(|message| message.id.clone())
                .collect();
            for (at, id) in state.ids.iter().enumerate() {
                if let Some(height) = state.measured.get(id) {
                    state.heights.set(shown.start as usize + at, *height);
                }
            }
            // Messages can come in above the one that is looked at: it keeps its place on the screen.
            if let Anchor::Message {
                id: Some(id),
                place,
                ..
            } = &mut state.anchor
                && let Some(at) = state.ids.iter().position(|known| known == id)
            {
                *place = shown.start + at as u32;
            }
        });
        if first == Some(false) {
            self.announce(shown);
        }
        self.rows
            .fill(made.into_iter().map(|row| (row.message.id.clone(), row)));
        self.render(shown.total);
        self.restore();
        browser::soon(move || self.measure());
    }

    /// Finds the place at which the chat opens: its first unread message, or its end.
    fn begin(self, shown: &Conversation) {
        self.talk.first_unread.set_value(shown.first_unread.clone());
        let unread = shown
            .first_unread
            .as_ref()
            .and_then(|id| shown.messages.iter().position(|message| &message.id == id));
        self.state.update_value(|state| {
            state.last = shown.messages.last().map(|message| message.id.clone());
            let place = unread.map_or(shown.total, |at| shown.start + at as u32);
            state.read_to = place;
            state.seen_to = if unread.is_some() { place } else { shown.total };
            if unread.is_some() {
                state.anchor = Anchor::Message {
                    id: shown.first_unread.clone(),
                    place,
                    above: -72.0,
                };
            }
        });
    }

    /// Tells a screen reader what came in at the end.
    fn announce(self, shown: &Conversation) {
        let Some(message) = shown
            .messages
            .last()
            .filter(|_| shown.start + shown.messages.len() as u32 == shown.total)
        else {
            return;
        };
        let is_new = self.state.try_update_value(|state| {
            state.last.replace(message.id.clone()).as_ref() != Some(&message.id)
        });
        if is_new != Some(true) || message.is_mine {
            return;
        }
        let text = match &message.body {
            Body::Text(text) => text.clone(),
            Body::Files { files, .. } => files
                .first()
                .map(|file| file.name.clone())
                .unwrap_or_default(),
            Body::Notice(_) | Body::Unsupported => return,
        };
        let said = tw(
            "announce",
            [
                ("name", (&message.sender_name).into()),
                ("text", text.into()),
            ],
        );
        self.talk.app.announcement.set(said);
    }

    /// What is on the screen, in rows.
    fn on_screen(self) -> Option<(Span, f64, f64)> {
        let log = self.log.get_untracked()?;
        let height = f64::from(log.client_height());
        self.state.with_value(|state| {
            let last = state.heights.total() - height;
            let top = match &state.anchor {
                Anchor::End => last,
                Anchor::Message { place, above, .. } => {
                    (state.heights.offset(*place as usize) + above).min(last)
                }
            }
            .max(0.0);
            let start = state.heights.row_at(top)? as u32;
            let end = state.heights.row_at(top + height)? as u32 + 1;
            Some((Span { start, end }, top, height))
        })
    }

    /// Renders what is near the screen, and asks for more when the held part ends.
    fn render(self, total: u32) {
        let Some((screen, top, height)) = self.on_screen() else {
            return;
        };
        let (order, above, all, ask) = self.state.with_value(|state| {
            let row_at = |offset: f64| state.heights.row_at(offset).unwrap_or_default() as u32;
            let near = Span {
                start: row_at(top - OVERSCAN),
                end: row_at(top + height + OVERSCAN) + 1,
            }
            .both(state.held);
            let from = near.start.saturating_sub(state.held.start) as usize;
            let order: Vec<MessageId> = state
                .ids
                .iter()
                .skip(from)
                .take(near.len() as usize)
                .cloned()
                .collect();
            let above = state.heights.offset(near.start as usize);
            (
                order,
                above,
                state.heights.total(),
                wanted(state.held, screen, total),
            )
        });
        self.rows.arrange(order);
        if self.place.get_untracked() != (above, all) {
            self.place.set((above, all));
        }
        if let Some(span) = ask {
            self.ask(span, total);
        }
        self.note_seen(screen.end.min(total), total);
    }

    fn ask(self, span: Span, total: u32) {
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

    /// Scrolls so that the anchor stands where it stood.
    fn restore(self) {
        let (Some(log), Some((_, top, _))) = (self.log.get_untracked(), self.on_screen()) else {
            return;
        };
        if (f64::from(log.scroll_top()) - top).abs() >= 1.0 {
            log.set_scroll_top(top.round() as i32);
        }
    }

    /// Measures the rendered rows; what moved is put right before the frame is painted.
    fn measure(self) {
        let Some(block) = self.block.try_get_untracked().flatten() else {
            return;
        };
        let children = block.children();
        let mut moved = false;
        self.state.try_update_value(|state| {
            for at in 0..children.length() {
                let Some(element) = children.item(at).map(JsCast::unchecked_into::<HtmlElement>)
                else {
                    continue;
                };
                let place = element
                    .get_attribute("aria-posinset")
                    .and_then(|place| place.parse::<u32>().ok());
                let Some(place) = place.and_then(|place| place.checked_sub(1)) else {
                    continue;
                };
                let height = element.get_bounding_client_rect().height() as f32;
                moved |= state.heights.set(place as usize, height);
                let id = place
                    .checked_sub(state.held.start)
                    .and_then(|at| state.ids.get(at as usize));
                if let Some(id) = id {
                    state.measured.insert(id.clone(), height);
                }
            }
        });
        if moved {
            self.refresh();
        }
    }

    fn refresh(self) {
        let total = self
            .talk
            .shown
            .with_untracked(|shown| shown.as_ref().map_or(0, |shown| shown.total));
        self.render(total);
        self.restore();
    }

    fn follow_sizes(self) {
        Effect::new(move |_| {
            let (Some(log), Some(block)) = (self.log.get(), self.block.get()) else {
                return;
            };
            observe::sizes(&[&log, &block], move || {
                self.measure();
                self.restore();
            });
            self.refresh();
        });
    }

    /// The person scrolled, or we did.
    fn scrolled(self) {
        let Some(log) = self.log.get_untracked() else {
            return;
        };
        let top = f64::from(log.scroll_top());
        let below = f64::from(log.scroll_height() - log.client_height()) - top;
        let total = self
            .talk
            .shown
            .with_untracked(|shown| shown.as_ref().map_or(0, |shown| shown.total));
        self.state.update_value(|state| {
            state.anchor = if below < AT_END {
                Anchor::End
            } else {
                let place = state.heights.row_at(top).unwrap_or_default() as u32;
                let id = place
                    .checked_sub(state.held.start)
                    .and_then(|at| state.ids.get(at as usize))
                    .cloned();
                Anchor::Message {
                    id,
                    place,
                    above: top - state.heights.offset(place as usize),
                }
            };
        });
        self.render(total);
    }

    fn jump_to_end(self) {
        self.state.update_value(|state| state.anchor = Anchor::End);
        self.refresh();
    }

    /// Counts what was on the screen, for the button and for the sender's ticks.
    fn note_seen(self, to: u32, total: u32) {
        let away = self.state.try_update_value(|state| {
            state.seen_to = state.seen_to.max(to).min(total);
            (state.anchor != Anchor::End && total.saturating_sub(to) > 3)
                .then(|| total - state.seen_to)
        });
        if let Some(away) = away
            && self.away.get_untracked() != away
        {
            self.away.set(away);
        }
        self.mark_read();
    }

    fn mark_read(self) {
        if !browser::is_looked_at() {
            return;
        }
        let read = self.state.try_update_value(|state| {
            let last = state
                .seen_to
                .checked_sub(1)
                .filter(|_| state.seen_to > state.read_to)?;
            let id = last
                .checked_sub(state.held.start)
                .and_then(|at| state.ids.get(at as usize))
                .cloned()?;
            state.read_to = state.seen_to;
            Some(id)
        });
        if let Some(message) = read.flatten() {
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

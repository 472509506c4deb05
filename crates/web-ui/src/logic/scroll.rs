//! Where a conversation stands on the screen: what is rendered, what keeps its place, what was seen.

use super::{
    heights::Heights,
    window::{Span, wanted},
};
use std::collections::HashMap;
use valise_views::MessageId;

/// Height that a row is taken to have until it is measured, in pixels.
const ESTIMATE: f32 = 56.0;
/// Pixels beyond the screen that are rendered.
const OVERSCAN: f64 = 700.0;
/// Pixels from the end within which one is at the end.
const AT_END: f64 = 48.0;
/// Pixels between the upper edge and the first unread message when a chat is opened.
const ABOVE_UNREAD: f64 = 72.0;
/// With more rows than this below the screen, the way to the end is offered.
const FAR: u32 = 3;

/// What stays where it is on the screen when heights change.
#[derive(Debug, Clone, PartialEq)]
enum Anchor {
    /// The end.
    End,
    /// A message: the upper edge lies so many pixels below its top.
    Message {
        id: Option<MessageId>,
        place: u32,
        below: f64,
    },
}

/// The state of one scrolled conversation.
#[derive(Debug)]
pub struct Scroll {
    heights: Heights,
    measured: HashMap<MessageId, f32>,
    held: Span,
    ids: Vec<MessageId>,
    anchor: Anchor,
    /// Messages before this place were on the screen.
    seen_to: u32,
    /// Messages before this place were said to be read.
    read_to: u32,
}

/// What is to be rendered.
#[derive(Debug, PartialEq)]
pub struct Near {
    /// Messages in order.
    pub ids: Vec<MessageId>,
    /// Pixels of the rows above them.
    pub above: f64,
    /// Pixels of all rows.
    pub all: f64,
    /// Where the scroll position belongs.
    pub top: f64,
    /// Row after the last one on the screen.
    pub end: u32,
    /// What to ask for, if what is held will not do.
    pub ask: Option<Span>,
}

impl Scroll {
    /// Opens a chat of so many messages at the first unread one, or at its end.
    pub fn open(total: u32, first_unread: Option<(MessageId, u32)>) -> Self {
        let place = first_unread.as_ref().map_or(total, |(_, place)| *place);
        let anchor = match first_unread {
            Some((id, place)) => Anchor::Message {
                id: Some(id),
                place,
                below: -ABOVE_UNREAD,
            },
            None => Anchor::End,
        };
        Self {
            heights: Heights::new(total as usize, ESTIMATE),
            measured: HashMap::new(),
            held: Span::default(),
            ids: Vec::new(),
            anchor,
            seen_to: place,
            read_to: place,
        }
    }

    /// Takes another part of the chat in.
    pub fn hold(&mut self, start: u32, total: u32, ids: Vec<MessageId>) {
        self.heights.resize(total as usize);
        self.held = Span {
            start,
            end: start + ids.len() as u32,
        };
        self.ids = ids;
        for (at, id) in self.ids.iter().enumerate() {
            let height = self.measured.get(id).copied().unwrap_or(ESTIMATE);
            self.heights.set(start as usize + at, height);
        }
        // Messages can come in above the one that is looked at: it keeps its place on the screen.
        if let Anchor::Message {
            id: Some(id),
            place,
            ..
        } = &mut self.anchor
            && let Some(at) = self.ids.iter().position(|known| known == id)
        {
            *place = start + at as u32;
        }
    }

    /// What is to be rendered on a screen of that height; none if there is nothing.
    pub fn near(&self, height: f64) -> Option<Near> {
        let total = self.heights.len() as u32;
        let top = self.top(height);
        let row_at = |offset: f64| self.heights.row_at(offset).map(|row| row as u32);
        let screen = Span {
            start: row_at(top)?,
            end: row_at(top + height)? + 1,
        };
        let near = Span {
            start: row_at(top - OVERSCAN)?,
            end: row_at(top + height + OVERSCAN)? + 1,
        }
        .both(self.held);
        let from = near.start.saturating_sub(self.held.start) as usize;
        Some(Near {
            ids: self
                .ids
                .iter()
                .skip(from)
                .take(near.len() as usize)
                .cloned()
                .collect(),
            above: self.heights.offset(near.start as usize),
            all: self.heights.total(),
            top,
            end: screen.end.min(total),
            ask: wanted(self.held, screen, total),
        })
    }

    /// Takes note of where the person, or we, scrolled to, and how many pixels are left below.
    pub fn scrolled(&mut self, top: f64, left_below: f64) {
        if left_below < AT_END {
            self.anchor = Anchor::End;
            return;
        }
        let place = self.heights.row_at(top).unwrap_or_default() as u32;
        let below = top - self.heights.offset(place as usize);
        self.anchor = Anchor::Message {
            id: self.id_at(place).cloned(),
            place,
            below,
        };
    }

    /// Goes to the end and stays there.
    pub fn go_to_end(&mut self) {
        self.anchor = Anchor::End;
    }

    /// Goes to a message and puts it into the middle of a screen of that height; says whether it is held.
    ///
    /// What is whole on the screen already stays where it is.
    pub fn go_to(&mut self, id: &MessageId, height: f64) -> bool {
        let Some(at) = self.ids.iter().position(|known| known == id) else {
            return false;
        };
        let place = self.held.start + at as u32;
        let (top, bottom) = (
            self.heights.offset(place as usize),
            self.heights.offset(place as usize + 1),
        );
        let screen = self.top(height);
        if top < screen || bottom > screen + height {
            // Of what is higher than the screen, the beginning is shown.
            let above = ((height - (bottom - top)) / 2.0).max(ABOVE_UNREAD);
            self.anchor = Anchor::Message {
                id: Some(id.clone()),
                place,
                below: -above,
            };
        }
        true
    }

    /// Stays at the end from now on, if that is what one sees after having gone somewhere.
    pub fn settle(&mut self, height: f64) {
        if self.heights.total() - height - self.top(height) < AT_END {
            self.anchor = Anchor::End;
        }
    }

    /// Takes note of a rendered row's height; returns whether that moved anything.
    pub fn measure(&mut self, place: u32, height: f32) -> bool {
        if let Some(id) = self.id_at(place).cloned() {
            self.measured.insert(id, height);
        }
        self.heights.set(place as usize, height)
    }

    /// Takes note that everything before a place was on the screen.
    ///
    /// Returns how many messages below were not, if one is far from the end.
    pub fn see(&mut self, end: u32) -> Option<u32> {
        let total = self.heights.len() as u32;
        self.seen_to = self.seen_to.max(end).min(total);
        let far = self.anchor != Anchor::End && total.saturating_sub(end) > FAR;
        far.then(|| total - self.seen_to)
    }

    /// The last message that was seen, if it was not said to be read yet. Says it once.
    pub fn take_read(&mut self) -> Option<MessageId> {
        let last = self
            .seen_to
            .checked_sub(1)
            .filter(|_| self.seen_to > self.read_to)?;
        let id = self.id_at(last)?.clone();
        self.read_to = self.seen_to;
        Some(id)
    }

    /// Where the upper edge of a screen of that height belongs.
    fn top(&self, height: f64) -> f64 {
        let last = self.heights.total() - height;
        let top = match &self.anchor {
            Anchor::End => last,
            Anchor::Message { place, below, .. } => {
                (self.heights.offset(*place as usize) + below).min(last)
            }
        };
        top.max(0.0)
    }

    fn id_at(&self, place: u32) -> Option<&MessageId> {
        self.ids.get(place.checked_sub(self.held.start)? as usize)
    }
}

#[cfg(test)]
mod tests;

//! Boxes over what nobody is to see: drawn, moved, taken away. What is under them is painted over when the page is made.

use super::{Work, stage::place};
use crate::{
    logic::paper::{Cover, Place, step},
    words::{t, tw},
};
use leptos::{html, prelude::*};
use web_sys::KeyboardEvent;

/// Puts a box in the middle of the page, for whoever does not point.
pub(super) fn add(work: Work) {
    work.set_covers(|covers| covers.push(Cover::MIDDLE));
}

/// The boxes of the page that is looked at, and the place to draw more of them.
pub(super) fn covers(work: Work) -> impl IntoView {
    let layer = NodeRef::<html::Div>::new();
    let began = RwSignal::new(None::<Place>);
    let drawn = RwSignal::new(None::<Cover>);
    let count = move || work.sheets.seen(|sheet| sheet.covers.len()).unwrap_or(0);
    let end = move || {
        began.set(None);
        let cover = drawn.get_untracked();
        drawn.set(None);
        if let Some(cover) = cover.filter(Cover::is_meant) {
            work.set_covers(|covers| covers.push(cover));
        }
    };
    view! {
        <div class="paper-over drawing" node_ref=layer
            on:pointerdown=move |event: web_sys::PointerEvent| if let Some(layer) = layer.get_untracked() && event.target() == event.current_target() {
                // Refused only for a pointer that is gone already.
                let _ = layer.set_pointer_capture(event.pointer_id());
                began.set(Some(place(&event, &layer)));
            }
            on:pointermove=move |event| if let (Some(from), Some(layer)) = (began.get_untracked(), layer.get_untracked()) { drawn.set(Some(Cover::between(from, place(&event, &layer)))) }
            on:pointerup=move |_| end() on:pointercancel=move |_| { began.set(None); drawn.set(None) }>
            <For each=move || 0..count() key=|at| *at children=move |at| one(work, at)/>
            {move || drawn.get().map(|cover| view! {
                <div class="paper-cover" style:left=percent(cover.left) style:top=percent(cover.top) style:width=percent(cover.right - cover.left) style:height=percent(cover.bottom - cover.top)></div>
            })}
        </div>
    }
}

fn one(work: Work, at: usize) -> impl IntoView {
    let label = tw("cover-box", [("number", (at + 1).into())]);
    let cover = Memo::new(move |before: Option<&Cover>| {
        let found = work.sheets.seen(|sheet| {
            let cover = sheet.covers.get(at)?;
            Some(cover.turned(sheet.turns))
        });
        // One that goes keeps its place until it is gone.
        found.flatten().or(before.copied()).unwrap_or(Cover::MIDDLE)
    });
    let side = move |read: fn(Cover) -> f32| move || percent(read(cover.get()));
    view! {
        <div class="paper-cover" style:left=side(|cover| cover.left) style:top=side(|cover| cover.top)
            style:width=side(|cover| cover.right - cover.left) style:height=side(|cover| cover.bottom - cover.top)>
            <button type="button" class="paper-uncover" aria-label=label title=t("cover-remove") on:click=move |_| uncover(work, at)
                on:keydown=move |event| key(work, at, &event)>"×"</button>
        </div>
    }
}

fn uncover(work: Work, at: usize) {
    work.set_covers(|covers| {
        if at < covers.len() {
            covers.remove(at);
        }
    });
}

/// Arrow keys move a box, with Shift they stretch it; Delete takes it away.
fn key(work: Work, at: usize, event: &KeyboardEvent) {
    let key = event.key();
    if matches!(key.as_str(), "Delete" | "Backspace") {
        event.prevent_default();
        uncover(work, at);
    } else if let Some((across, down)) = step(&key, event.alt_key()) {
        event.prevent_default();
        work.set_covers(|covers| {
            if let Some(cover) = covers.get_mut(at) {
                *cover = if event.shift_key() {
                    cover.stretched(across, down)
                } else {
                    cover.moved(across, down)
                };
            }
        });
    }
}

fn percent(part: f32) -> String {
    format!("{}%", part * 100.0)
}

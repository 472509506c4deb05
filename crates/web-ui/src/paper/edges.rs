//! Corners of the sheet over its photograph, to be dragged or moved by the arrow keys.

use super::{Work, sheets::Sheet, stage::place};
use crate::{
    id,
    logic::paper::{Place, WHOLE, dragged, step},
    words::t,
};
use leptos::{html, prelude::*};

/// Words for the corners, clockwise.
const CORNERS: [&str; 4] = [
    id!("corner-upper-left"),
    id!("corner-upper-right"),
    id!("corner-lower-right"),
    id!("corner-lower-left"),
];

/// How much larger the photograph is beneath the magnifying glass, and half of the glass's width, in pixels.
const LARGER: f32 = 2.5;
const GLASS: f32 = 56.0;

/// The outline, and a handle at each corner.
pub(super) fn edges(work: Work) -> impl IntoView {
    let key = work.sheets.at.get_untracked();
    let (first, size) = work
        .sheets
        .one(key, |sheet| (sheet.corners, sheet.size))
        .unwrap_or((WHOLE, (1, 1)));
    let source = |sheet: &Sheet| sheet.source.as_ref().map(|source| source.url.clone());
    let url = work.sheets.one(key, source).flatten();
    // Moved here while one drags; the page is made anew when one lets go.
    let corners = RwSignal::new(first);
    let held = RwSignal::new(None::<usize>);
    let layer = NodeRef::<html::Div>::new();
    let keep = move || {
        let corners = corners.get_untracked();
        work.sheets.set(key, |sheet| {
            (sheet.corners, sheet.is_cut) = (corners, corners != WHOLE);
        });
    };
    let go_to = move |which: usize, to: Place| {
        corners.update(|now| {
            if let Some(then) = dragged(*now, which, to, size) {
                *now = then;
            }
        });
    };
    let outline = move || {
        let points = corners
            .get()
            .map(|(x, y)| format!("{},{}", x * 100.0, y * 100.0));
        points.join(" ")
    };
    let shade = move || format!("M0 0H100V100H0Z M{}Z", outline().replace(' ', "L"));
    let handle = move |which: usize| {
        let at = move || corners.get()[which];
        view! {
            <button type="button" class="paper-corner" aria-label=t(CORNERS[which]) style:left=move || format!("{}%", at().0 * 100.0) style:top=move || format!("{}%", at().1 * 100.0)
                on:pointerdown=move |event: web_sys::PointerEvent| {
                    held.set(Some(which));
                    if let Some(layer) = layer.get_untracked() {
                        // Refused only for a pointer that is gone already.
                        let _ = layer.set_pointer_capture(event.pointer_id());
                    }
                }
                on:keydown=move |event| if let Some((across, down)) = step(&event.key(), event.shift_key()) {
                    event.prevent_default();
                    let (x, y) = corners.get_untracked()[which];
                    go_to(which, (x + across, y + down));
                    keep();
                }></button>
        }
    };
    view! {
        <div class="paper-over" node_ref=layer
            on:pointermove=move |event| if let (Some(which), Some(layer)) = (held.get_untracked(), layer.get_untracked()) { go_to(which, place(&event, &layer)) }
            on:pointerup=move |_| if held.get_untracked().is_some() { held.set(None); keep() }
            on:pointercancel=move |_| held.set(None)>
            <svg class="paper-outline" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
                <path class="outside" d=shade fill-rule="evenodd"></path>
                <polygon points=outline></polygon>
            </svg>
            {(0..4).map(handle).collect_view()}
            {move || held.get().and_then(|which| Some(glass(url.clone()?, corners, which, layer)))}
        </div>
    }
}

/// What lies beneath the finger, larger, on the side where the finger is not.
fn glass(
    url: String,
    corners: RwSignal<[Place; 4]>,
    which: usize,
    layer: NodeRef<html::Div>,
) -> impl IntoView {
    let (wide, high) = layer.get_untracked().map_or((1.0, 1.0), |layer| {
        let side = |pixels: i32| pixels as f32 * LARGER;
        (side(layer.client_width()), side(layer.client_height()))
    });
    let at = move || corners.get()[which];
    let shift = move || {
        let (x, y) = at();
        format!("{}px {}px", GLASS - x * wide, GLASS - y * high)
    };
    let is_right = move || at().0 >= 0.5;
    view! {
        <div class="paper-glass" class:left=is_right aria-hidden="true" style:background-image=format!("url({url})")
            style:background-size=format!("{wide}px {high}px") style:background-position=shift></div>
    }
}

//! Choosing any emoji as a sign: search, those used lately, all of them.

use super::talk::Talk;
use crate::{
    browser::{choice, keep_choice},
    logic::emoji::{Emoji, find, recent, used},
    parts::{icon, modal},
    words::{spoken, t},
};
use leptos::{html, prelude::*};
use valise_views::MessageId;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// The name under which those used lately are kept on this device.
const KEPT: &str = "signs";

/// Keeps a sign among those used lately.
pub fn remember(sign: &str) {
    let kept = choice(KEPT).unwrap_or_default();
    keep_choice(KEPT, &used(&kept, sign));
}

/// The dialog in which one chooses a sign for a message.
pub fn dialog(talk: Talk, message: MessageId) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let grid = NodeRef::<html::Div>::new();
    let lately = recent(&choice(KEPT).unwrap_or_default());
    let close = move || talk.dialog.set(None);
    let message = StoredValue::new(message);
    let pick = move |sign: &str| {
        let found = talk.message(&message.get_value());
        close();
        if let Some(found) = found {
            talk.react(&found, sign);
        }
    };
    let found = Memo::new(move |_| find(&search.get()));
    let first = move || found.with_untracked(|found| found.first().map(|emoji| emoji.sign));
    let at_search = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            if let Some(sign) = first().filter(|_| !search.with_untracked(String::is_empty)) {
                pick(sign);
            }
        }
        "ArrowDown" => go(&event, grid),
        _ => {}
    };
    modal(
        t("react"),
        "emoji",
        close,
        view! {
            <div class="modal-body emoji-body">
                <div class="search">
                    {icon("search")}
                    <input type="search" autofocus=true autocomplete="off" placeholder=t("search-emoji") aria-label=t("search-emoji") bind:value=search on:keydown=at_search/>
                </div>
                <div class="emoji-all" node_ref=grid on:keydown=move |event| go(&event, grid)>
                    {move || (search.with(String::is_empty) && !lately.is_empty()).then(|| group(t("emoji-recent"), lately.clone(), pick))}
                    {move || group(t("emoji-all"), found.get(), pick)}
                    {move || found.with(Vec::is_empty).then(|| view! { <p class="muted centre">{t("nothing-found")}</p> })}
                </div>
            </div>
        },
    )
}

fn group(label: String, all: Vec<Emoji>, pick: impl Fn(&str) + Copy + 'static) -> impl IntoView {
    let spoken = spoken();
    let button = move |(at, emoji): (usize, Emoji)| {
        let (name, language) = emoji.name(spoken);
        let lang = (language != spoken).then(|| language.tag());
        view! {
            <button type="button" class="emoji-sign" lang=lang aria-label=name title=name tabindex=if at == 0 { "0" } else { "-1" }
                on:click=move |_| pick(emoji.sign)>{emoji.sign}</button>
        }
    };
    let buttons = all.into_iter().enumerate().map(button).collect_view();
    view! {
        <div role="group" class="emoji-group" aria-label=label.clone()>
            <h3 class="emoji-head" aria-hidden="true">{label.clone()}</h3>
            <div class="emoji-grid">{buttons}</div>
        </div>
    }
}

/// Arrow keys go in the grid as it lies on the screen.
fn go(event: &KeyboardEvent, grid: NodeRef<html::Div>) {
    let Some(grid) = grid.get_untracked() else {
        return;
    };
    let Ok(found) = grid.query_selector_all(".emoji-sign") else {
        return;
    };
    let all: Vec<HtmlElement> = (0..found.length())
        .filter_map(|at| found.get(at))
        .map(JsCast::unchecked_into)
        .collect();
    let active = document().active_element();
    let here = all
        .iter()
        .position(|sign| active.as_deref() == Some(sign.as_ref()));
    // The nearest one below or above, whatever group it is in.
    let beyond = |here: usize, down: bool| {
        let from = &all[here];
        let (top, left) = (from.offset_top(), from.offset_left());
        let rows = all.iter().enumerate().filter(|(_, sign)| {
            if down {
                sign.offset_top() > top
            } else {
                sign.offset_top() < top
            }
        });
        let near = rows.min_by_key(|(_, sign)| {
            (
                (sign.offset_top() - top).abs(),
                (sign.offset_left() - left).abs(),
            )
        });
        near.map(|(at, _)| at)
    };
    let next = match (event.key().as_str(), here) {
        ("ArrowRight", Some(here)) => Some(here + 1),
        ("ArrowLeft", Some(here)) => here.checked_sub(1),
        ("ArrowDown", None) => Some(0),
        ("ArrowDown", Some(here)) => beyond(here, true),
        ("ArrowUp", Some(here)) => beyond(here, false),
        _ => return,
    };
    event.prevent_default();
    if let Some(sign) = next.and_then(|next| all.get(next)) {
        let _ = sign.focus();
    }
}

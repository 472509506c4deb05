//! Dialogs, by the browser's own `<dialog>`: it traps and restores the focus and closes on Escape.

use super::{icon_button, problem};
use crate::words::t;
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

/// A dialog with a heading, open as long as it is rendered.
pub fn modal(
    title: String,
    class: &'static str,
    close: impl Fn() + Clone + 'static,
    body: impl IntoView,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    open_over(dialog, focus_first);
    let (on_cancel, on_button, on_backdrop) = (close.clone(), close.clone(), close);
    view! {
        <dialog node_ref=dialog class=format!("modal {class}") aria-labelledby="modal-title"
            on:cancel=move |event: web_sys::Event| { event.prevent_default(); on_cancel() }
            on:pointerdown=move |event: web_sys::PointerEvent| {
                // Only a press beside the dialog's own box lands on the element itself.
                if event.target() == event.current_target() { on_backdrop() }
            }>
            <div class="modal-box">
                <header class="modal-head">
                    <h2 id="modal-title" tabindex="-1" dir="auto">{title}</h2>
                    {icon_button("x", t("close"), on_button)}
                </header>
                {body}
            </div>
        </dialog>
    }
}

/// Opens a dialog over everything else as soon as it is rendered, does something with it then, and closes it when it goes.
pub fn open_over(
    dialog: NodeRef<html::Dialog>,
    opened: impl Fn(&web_sys::HtmlDialogElement) + 'static,
) {
    let shown = StoredValue::new_local(None::<web_sys::HtmlDialogElement>);
    dialog.on_load(move |dialog| {
        shown.set_value(Some(dialog.clone()));
        // Refused only for one that is not in the document yet: then after the frame.
        if dialog.show_modal().is_ok() {
            opened(&dialog);
        } else {
            crate::browser::soon(move || {
                let _ = dialog.show_modal();
                opened(&dialog);
            });
        }
    });
    // Closed before it goes: that gives the focus back to where it came from.
    on_cleanup(move || {
        shown.try_with_value(|shown| shown.as_ref().map(web_sys::HtmlDialogElement::close));
    });
}

/// Puts the focus where the work begins, not on the button that closes.
fn focus_first(dialog: &web_sys::HtmlDialogElement) {
    let begin = [
        ".modal-body input[type=text]",
        "[autofocus]",
        ".modal-body button, .modal-foot button",
    ];
    let first = begin
        .iter()
        .find_map(|selector| dialog.query_selector(selector).ok().flatten());
    if let Some(first) = first {
        let _ = first.unchecked_into::<web_sys::HtmlElement>().focus();
    }
}

/// Asks before something that cannot be undone.
pub fn confirm(
    title: String,
    text: String,
    action: String,
    trouble: RwSignal<Option<String>>,
    close: impl Fn() + Clone + 'static,
    go: impl Fn() + 'static,
) -> impl IntoView {
    let cancel = close.clone();
    modal(
        title,
        "small",
        close,
        view! {
            <div class="modal-body"><p class="prose">{text}</p>{problem(move || trouble.get())}</div>
            <footer class="modal-foot">
                <button type="button" class="button" autofocus=true on:click=move |_| cancel()>{t("cancel")}</button>
                <button type="button" class="button danger" on:click=move |_| go()>{action}</button>
            </footer>
        },
    )
}

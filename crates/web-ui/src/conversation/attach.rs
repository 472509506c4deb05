//! The button beside the field, and its menu: a file, paper, a poll, or somebody's card.

use super::talk::{Dialog, Talk};
use crate::{
    browser::{self, capture},
    paper::{PICTURES, Task},
    parts::{Hanging, icon, icon_button, menu, menu_item},
    words::t,
};
use leptos::{html, prelude::*};

type Picker = NodeRef<html::Input>;

/// The button, its menu, and the browser's own choosers behind it.
pub fn attach(talk: Talk) -> impl IntoView {
    let (files, pages) = (Picker::new(), Picker::new());
    let button = NodeRef::<html::Button>::new();
    let open = RwSignal::new(false);
    view! {
        <input type="file" multiple node_ref=files class="unseen" tabindex="-1" aria-hidden="true" id="file-picker"
            on:change:target=move |event| { talk.offer(event.target().files()); event.target().set_value("") }/>
        <input type="file" multiple accept=PICTURES node_ref=pages class="unseen" tabindex="-1" aria-hidden="true" id="scan-picker"
            on:change:target=move |event| { talk.pile.scan(event.target().files()); event.target().set_value("") }/>
        <button type="button" class="icon-button" node_ref=button aria-label=t("attach") title=t("attach") aria-haspopup="menu" on:click=move |_| open.set(true)>{icon("paperclip")}</button>
        {move || open.get().then(|| choices(talk, button, open, [files, pages]))}
    }
}

/// The camera at one tap, for who holds a telephone.
pub fn photograph(talk: Talk) -> impl IntoView {
    let has_camera = capture::has_camera();
    let press = move || talk.pile.task.set(Some(Task::Photograph));
    move || {
        let shown = has_camera.get() && !browser::has_mouse();
        shown.then(|| icon_button("camera", t("attach-camera"), press))
    }
}

fn choices(
    talk: Talk,
    button: NodeRef<html::Button>,
    open: RwSignal<bool>,
    [files, pages]: [Picker; 2],
) -> impl IntoView {
    let hanging = Hanging::at(button, open);
    let close = move || hanging.close();
    let choose = move |picker: Picker| {
        move || {
            close();
            if let Some(picker) = picker.get_untracked() {
                picker.click();
            }
        }
    };
    let poll = move || {
        close();
        talk.dialog.set(Some(Dialog::Poll));
    };
    let photograph = move || {
        close();
        talk.pile.task.set(Some(Task::Photograph));
    };
    let has_camera = capture::has_camera();
    let card = move || {
        close();
        talk.dialog.set(Some(Dialog::Card));
    };
    let content = view! {
        {menu_item("file", t("attach-file"), choose(files))}
        {menu_item("scan-text", t("attach-scan"), choose(pages))}
        {move || has_camera.get().then(|| menu_item("camera", t("attach-camera"), photograph))}
        {menu_item("chart-bar", t("poll"), poll)}
        {menu_item("contact", t("card"), card)}
    };
    menu(hanging.dialog, hanging.at, t("attach"), close, content)
}

//! Files of a letter that is being written: chosen, dropped, pasted, photographed or scanned.

use crate::{
    browser::capture,
    conversation::{offered, prepared},
    paper::{self, PICTURES, Pile, Task},
    parts::{icon, icon_button},
    words::{t, tw},
};
use leptos::{html, prelude::*};
use valise_views::file::NewFile;

/// What lies on the pile, and the ways to put more on it.
pub fn files(pile: Pile) -> impl IntoView {
    let (any, pages) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let press = |picker: NodeRef<html::Input>| {
        if let Some(picker) = picker.get_untracked() {
            picker.click();
        }
    };
    let has_camera = capture::has_camera();
    view! {
        <fieldset class="letter-files">
            <legend class="label">{t("request-files")}</legend>
            {move || list(pile)}
            <input type="file" multiple node_ref=any class="unseen" tabindex="-1" aria-hidden="true" id="letter-picker"
                on:change:target=move |event| { pile.add(event.target().files()); event.target().set_value("") }/>
            <input type="file" multiple accept=PICTURES node_ref=pages class="unseen" tabindex="-1" aria-hidden="true" id="letter-scan-picker"
                on:change:target=move |event| { pile.scan(event.target().files()); event.target().set_value("") }/>
            <div class="letter-ways">
                <button type="button" class="button small" on:click=move |_| press(any)>{icon("paperclip")}<span>{t("attach-file")}</span></button>
                <button type="button" class="button small" on:click=move |_| press(pages)>{icon("scan-text")}<span>{t("attach-scan")}</span></button>
                {move || has_camera.get().then(|| view! {
                    <button type="button" class="button small" on:click=move |_| pile.task.set(Some(Task::Photograph))>{icon("camera")}<span>{t("attach-camera")}</span></button>
                })}
            </div>
        </fieldset>
        {paper::layer(pile, None)}
    }
}

fn list(pile: Pile) -> Option<impl IntoView> {
    let files = pile.files.get();
    let item = move |(at, file): (usize, &web_sys::File)| {
        let label = tw("request-file-remove", [("name", file.name().into())]);
        let remove = move || {
            pile.files.update(|files| {
                files.remove(at);
            });
        };
        offered(pile, at, file, icon_button("x", label, remove))
    };
    (!files.is_empty()).then(|| {
        view! { <ul class="letter-list">{files.iter().enumerate().map(item).collect_view()}</ul> }
    })
}

/// Takes files that are dropped or pasted onto a form.
pub fn take(pile: Pile, data: Option<web_sys::DataTransfer>) -> bool {
    let files = data.and_then(|data| data.files());
    let has_some = files.as_ref().is_some_and(|files| files.length() > 0);
    if has_some {
        pile.add(files);
    }
    has_some
}

/// Makes all of them ready, in their order; says why one cannot go out.
pub async fn ready(pile: Pile, confidential: bool) -> Result<Vec<NewFile>, String> {
    let mut ready = Vec::new();
    for file in pile.files.get_untracked() {
        // As it is: what is signed is not made smaller.
        ready.push(prepared(pile.app, &file, false, confidential).await?);
    }
    Ok(ready)
}

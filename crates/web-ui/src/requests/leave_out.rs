//! Choosing which files do not go along with the evidence.

use super::export::{self, Waits};
use super::opened::Opened;
use crate::{
    browser::intl,
    logic::{requests::files, text::harmless},
    parts::{icon, modal},
    words::t,
};
use leptos::prelude::*;
use valise_views::{File, FileId};

/// Asks which; all of them go along unless they are ticked.
pub fn dialog(opened: Opened, waits: RwSignal<Waits>, open: RwSignal<bool>) -> impl IntoView {
    let ticked = RwSignal::new(Vec::<FileId>::new());
    let known = opened.details.with_untracked(|details| {
        let details = details.as_ref();
        details.map(|it| files(it).cloned().collect::<Vec<File>>())
    });
    let close = move || {
        open.try_set(false);
    };
    let go = move || {
        close();
        export::begin(opened, waits, ticked.get_untracked());
    };
    modal(
        t("request-export-without"),
        "small",
        close,
        view! {
            <form class="modal-form" on:submit=move |event| { event.prevent_default(); go() }>
                <div class="modal-body form">
                    <p class="prose">{t("evidence-without-text")}</p>
                    <fieldset class="field">
                        <legend>{t("evidence-leave-out")}</legend>
                        {known.unwrap_or_default().into_iter().map(|file| choice(file, ticked)).collect_view()}
                    </fieldset>
                </div>
                <footer class="modal-foot">
                    <button type="button" class="button" on:click=move |_| close()>{t("cancel")}</button>
                    <button type="submit" class="button primary">{icon("file-down")}<span>{t("request-export")}</span></button>
                </footer>
            </form>
        },
    )
}

fn choice(file: File, ticked: RwSignal<Vec<FileId>>) -> impl IntoView {
    let name = match harmless(&file.name) {
        name if name.is_empty() => t("file-unnamed"),
        name => name,
    };
    let (id, size) = (file.id, intl::size(file.size_bytes));
    let shown = id.clone();
    let turn = move |on: bool| {
        ticked.update(|all| {
            all.retain(|known| *known != id);
            if on {
                all.push(id.clone());
            }
        });
    };
    view! {
        <label class="check"><input type="checkbox" class="tickbox" prop:checked=move || ticked.with(|all| all.contains(&shown))
            on:change:target=move |event| turn(event.target().checked())/><span><bdi>{name}</bdi><span class="hint">{size}</span></span></label>
    }
}

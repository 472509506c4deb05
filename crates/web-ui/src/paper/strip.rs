//! All pages, small and in order.

use super::{PICTURES, Work, sheets::Stage};
use crate::{
    browser::capture,
    parts::icon,
    words::{t, tw},
};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::FileList;

/// The pages, and a button for more of them.
pub(super) fn strip(work: Work) -> impl IntoView {
    let sheets = work.sheets;
    let keys = Memo::new(move |_| {
        sheets
            .all
            .with(|all| all.iter().map(|sheet| sheet.key).collect::<Vec<_>>())
    });
    let more = work.covers.is_none().then(|| more(work));
    view! {
        <div class="paper-strip">
            <ol class="paper-pages" aria-label=t("paper-pages")>
                <For each=move || keys.get() key=|key| *key children=move |key| small(work, keys, key)/>
            </ol>
            {more}
        </div>
    }
}

fn small(work: Work, keys: Memo<Vec<u32>>, key: u32) -> impl IntoView {
    let sheets = work.sheets;
    let number = move || {
        keys.with(|keys| keys.iter().position(|other| *other == key))
            .map_or(0, |at| at + 1)
    };
    let url = Memo::new(move |_| {
        sheets.all.with(|all| {
            let sheet = all.iter().find(|sheet| sheet.key == key)?;
            sheet.done.as_ref().map(|done| done.url.clone())
        })
    });
    let failed = Memo::new(move |_| {
        sheets.all.with(|all| {
            let sheet = all.iter().find(|sheet| sheet.key == key);
            sheet.is_some_and(|sheet| matches!(sheet.stage, Stage::Failed(_)))
        })
    });
    view! {
        <li>
            <button type="button" class="paper-small" aria-current=move || (sheets.at.get() == key).to_string()
                aria-label=move || tw("paper-page", [("number", number().into())]) on:click=move |_| sheets.at.set(key)>
                {move || match (url.get(), failed.get()) {
                    (Some(url), _) => view! { <img src=url alt="" draggable="false"/> }.into_any(),
                    (None, true) => icon("triangle-alert").into_any(),
                    (None, false) => view! { <span class="spinner" aria-hidden="true"></span> }.into_any(),
                }}
                <span class="paper-number" aria-hidden="true">{number}</span>
            </button>
        </li>
    }
}

fn more(work: Work) -> impl IntoView {
    let picker = NodeRef::<html::Input>::new();
    let take = move |files: Option<FileList>| {
        let Some(files) = files else { return };
        let files = (0..files.length()).filter_map(|at| files.get(at));
        work.add(files.map(JsCast::unchecked_into).collect());
    };
    let pick = move |_| {
        if let Some(input) = picker.get_untracked() {
            input.click();
        }
    };
    let has_camera = capture::has_camera();
    view! {
        <input type="file" multiple accept=PICTURES node_ref=picker id="page-picker" class="unseen" tabindex="-1" aria-hidden="true"
            on:change:target=move |event| { take(event.target().files()); event.target().set_value("") }/>
        <button type="button" class="paper-more" on:click=pick>{icon("plus")}<span>{t("paper-add")}</span></button>
        {move || (has_camera.get() && !work.camera.get()).then(|| view! {
            <button type="button" class="paper-more" on:click=move |_| work.camera.set(true)>{icon("camera")}<span>{t("paper-photograph")}</span></button>
        })}
    }
}

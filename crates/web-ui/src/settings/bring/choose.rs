//! Choosing an export: how to make one, and where to put it.

use super::said;
use crate::{
    app::App,
    browser::{self, object::get},
    parts::icon,
    words::{t, tw},
};
use leptos::{html, prelude::*};
use valise_views::OldMessenger;
use valise_views::bringing::ExportFile;
use web_sys::{DragEvent, File, FileList};

/// Most files of a folder that are handed over.
const MOST_FILES: u32 = 60_000;

/// The two messengers, what to do in each, and the place for the file.
pub(super) fn pane(
    app: App,
    trouble: RwSignal<Option<String>>,
    look: impl Fn(Vec<ExportFile>) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let old = RwSignal::new(OldMessenger::WhatsApp);
    let over = RwSignal::new(false);
    let offer = move |files: Option<FileList>| {
        let files = offered(app, files);
        if !files.is_empty() {
            look(files);
        }
    };
    let drop = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        offer(event.data_transfer().and_then(|data| data.files()));
    };
    view! {
        <div class="modal-body">
            <fieldset class="segments two"><legend class="unseen">{t("bring-from")}</legend>
                {[OldMessenger::WhatsApp, OldMessenger::Telegram].map(|one| view! {
                    <label><input type="radio" name="messenger" prop:checked=move || old.get() == one on:change=move |_| old.set(one)/><span>{one.name()}</span></label>
                }).collect_view()}
            </fieldset>
            {move || steps(old.get())}
            <div class="bring-drop" class:over=move || over.get()
                on:dragover=move |event: DragEvent| { event.prevent_default(); over.set(true) }
                on:dragleave=move |_| over.set(false) on:drop=drop>
                {icon("archive-restore")}
                <p class="bring-drop-text">{t("bring-drop")}</p>
                <div class="pair">
                    {picker(false, t("bring-file"), offer)}
                    {move || (old.get() == OldMessenger::Telegram).then(|| picker(true, t("bring-folder"), offer))}
                </div>
            </div>
            {said(trouble)}
            <p class="hint">{icon("shield-check")} " " {t("bring-local")}</p>
        </div>
    }
}

fn steps(old: OldMessenger) -> impl IntoView {
    let lines = match old {
        OldMessenger::WhatsApp => [
            t("bring-whatsapp-open"),
            t("bring-whatsapp-export"),
            t("bring-whatsapp-choose"),
        ],
        OldMessenger::Telegram => [
            t("bring-telegram-open"),
            t("bring-telegram-export"),
            t("bring-telegram-choose"),
        ],
    };
    view! { <ol class="steps">{lines.map(|line| view! { <li>{line}</li> }).collect_view()}</ol> }
}

/// A button that chooses a file, or a folder with all that is in it.
fn picker(
    is_folder: bool,
    label: String,
    offer: impl Fn(Option<FileList>) + Copy + 'static,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    input.on_load(move |input| {
        if is_folder {
            let _ = input.set_attribute("webkitdirectory", "");
        }
    });
    let (name, class, sign) = if is_folder {
        ("export-folder", "button", "archive")
    } else {
        ("export-file", "button primary", "plus")
    };
    view! {
        <input type="file" id=name node_ref=input class="unseen" tabindex="-1" aria-hidden="true"
            accept=(!is_folder).then_some(".zip,.txt,.json")
            on:change:target=move |event| { offer(event.target().files()); event.target().set_value("") }/>
        <button type="button" class=class on:click=move |_| if let Some(input) = input.get_untracked() { input.click() }>{icon(sign)}<span>{label}</span></button>
    }
}

/// Hands the files to the driver; names alone go to the core.
fn offered(app: App, files: Option<FileList>) -> Vec<ExportFile> {
    let Some(files) = files else {
        return Vec::new();
    };
    if files.length() > MOST_FILES {
        app.say(tw("bring-too-many", [("count", MOST_FILES.into())]));
        return Vec::new();
    }
    let driver = app.core.driver();
    let chosen = (0..files.length()).filter_map(|at| files.get(at));
    chosen
        .map(|file| ExportFile {
            path: path_of(&file),
            size_bytes: file.size() as u64,
            handle: driver.add_file(file.into()),
        })
        .collect()
}

/// The path within the folder that was chosen; the name alone of a single file.
fn path_of(file: &File) -> String {
    let path = get(file, "webkitRelativePath").as_string();
    let path = path.filter(|path| !path.is_empty());
    path.unwrap_or_else(|| file.name())
}

/// This place's clock for the time of an export.
pub(super) fn clock(span: Option<(u64, u64)>) -> valise_views::bringing::WallClock {
    const DAY: i64 = 86_400_000;
    let (first, last) = span.unwrap_or_default();
    let instant = |millis: u64| i64::try_from(millis).unwrap_or_default();
    valise_views::bringing::WallClock::between(instant(first) - DAY, instant(last) + DAY, |at| {
        -browser::offset_minutes(u64::try_from(at).unwrap_or_default())
    })
}

//! Paper: photographs become a document, and what nobody is to see is covered before it is sent.
//!
//! All work on pixels is done in a worker of its own ([`desk`]), which is started when the dialog opens and ends with it.

mod camera;
mod covers;
mod desk;
mod edges;
mod label;
mod pile;
mod print;
mod send;
mod sheets;
mod stage;
mod strip;
mod tools;

use crate::{
    browser::soon,
    conversation::Talk,
    logic::paper::Cover,
    parts::{icon, icon_button, made_for, problem},
    words::t,
};
use leptos::{html, prelude::*};
use sheets::{Finish, MOST_PAGES, Sheets};
use wasm_bindgen::JsCast;
use web_sys::{Blob, File};

pub use label::{label_box, label_chip, watermark};
pub use pile::Pile;
pub use print::{Printed, print, print_report};
pub use send::is_coverable;

/// Types of pictures that become pages. Telephones that keep pictures in other types hand over JPEG when asked for these.
pub const PICTURES: &str = "image/jpeg,image/png,image/webp";

/// What is to be done.
#[derive(Debug, Clone)]
pub enum Task {
    /// Pictures become pages of one document.
    Scan(Vec<File>),
    /// Pages of one document are photographed.
    Photograph,
    /// Parts of a picture or document that is about to be sent are covered.
    Cover {
        /// Which.
        file: File,
        /// Its place among those that are offered.
        at: usize,
    },
}

/// What one does with the page that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tool {
    /// Look at it.
    None,
    /// Say where its edges are.
    Edges,
    /// Say how it is to look.
    Look,
    /// Cover parts of it.
    Cover,
}

/// The dialog's state.
#[derive(Clone, Copy)]
struct Work {
    pile: Pile,
    /// The chat into which a document is sent at once; none where it is put on the pile.
    talk: Option<Talk>,
    sheets: Sheets,
    tool: RwSignal<Tool>,
    /// Whether the camera stands in the page's place.
    camera: RwSignal<bool>,
    /// How much larger than the stage the page is.
    zoom: RwSignal<f64>,
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
    /// Whether the document is to bear a label.
    confidential: RwSignal<bool>,
    /// The offered file that is covered; none while one scans.
    covers: Option<usize>,
    /// Whether what comes out is a picture and no document.
    is_picture: bool,
}

impl Work {
    fn close(self) {
        self.pile.task.set(None);
    }

    fn add(self, files: Vec<Blob>) {
        let room = MOST_PAGES.saturating_sub(self.sheets.count());
        if files.len() > room {
            self.trouble.set(Some(send::too_many()));
        }
        let files: Vec<Blob> = files.into_iter().take(room).collect();
        leptos::task::spawn_local(self.sheets.add(files));
    }

    /// Changes the boxes on the page that is looked at. They are given, and taken, as they stand on the page as it is seen.
    fn set_covers(self, change: impl FnOnce(&mut Vec<Cover>)) {
        let key = self.sheets.at.get_untracked();
        self.sheets.set(key, |sheet| {
            let turns = sheet.turns;
            let turned = |covers: &[Cover], by: u32| -> Vec<Cover> {
                covers.iter().map(|cover| cover.turned(by)).collect()
            };
            let mut seen = turned(&sheet.covers, turns);
            change(&mut seen);
            sheet.covers = turned(&seen, 4 - turns % 4);
        });
    }
}

/// The dialog, while there is something to do. What is scanned is sent into a chat, or put on the pile where there is none.
pub fn layer(pile: Pile, talk: Option<Talk>) -> impl IntoView {
    made_for(
        move || pile.task.get(),
        move |task| task.map(|task| dialog(pile, talk, task)),
    )
}

fn dialog(pile: Pile, talk: Option<Talk>, task: Task) -> impl IntoView {
    let (covers, is_picture) = match &task {
        Task::Scan(_) | Task::Photograph => (None, false),
        Task::Cover { file, at } => (Some(*at), file.type_() != "application/pdf"),
    };
    let is_scan = covers.is_none();
    let work = Work {
        pile,
        talk,
        sheets: Sheets::new(is_scan),
        tool: RwSignal::new(if is_scan { Tool::None } else { Tool::Cover }),
        camera: RwSignal::new(matches!(task, Task::Photograph)),
        zoom: RwSignal::new(1.0),
        busy: RwSignal::new(false),
        trouble: RwSignal::new(None),
        confidential: RwSignal::new(false),
        covers,
        is_picture,
    };
    match task {
        Task::Photograph => {}
        Task::Scan(files) => work.add(files.into_iter().map(JsCast::unchecked_into).collect()),
        Task::Cover { file, .. } if is_picture => work.add(vec![file.unchecked_into()]),
        Task::Cover { file, .. } => send::take_apart(work, file.unchecked_into()),
    }
    let node = NodeRef::<html::Dialog>::new();
    let shown = StoredValue::new_local(None::<web_sys::HtmlDialogElement>);
    node.on_load(move |dialog| {
        shown.set_value(Some(dialog.clone()));
        soon(move || {
            // Refused only if it is open already.
            let _ = dialog.show_modal();
            if let Ok(Some(title)) = dialog.query_selector("h2") {
                let _ = title.unchecked_into::<web_sys::HtmlElement>().focus();
            }
        });
    });
    // Closed before it goes: that gives the focus back to where it came from.
    on_cleanup(move || {
        shown.try_with_value(|shown| shown.as_ref().map(web_sys::HtmlDialogElement::close));
    });
    let title = if is_scan {
        t("scan-title")
    } else {
        t("cover-title")
    };
    view! {
        <dialog node_ref=node class="paper" aria-labelledby="paper-title" on:cancel=move |event: web_sys::Event| { event.prevent_default(); work.close() }>
            <header class="paper-head">
                {icon_button("x", t("close"), move || work.close())}
                <h2 id="paper-title" tabindex="-1">{title}</h2>
            </header>
            {stage::stage(work)}
            <div class="paper-side">
                {(is_scan || !is_picture).then(|| strip::strip(work))}
                {move || (!work.camera.get()).then(|| tools::tools(work))}
                {foot(work)}
            </div>
        </dialog>
    }
}

fn foot(work: Work) -> impl IntoView {
    let is_sent = work.covers.is_none() && work.talk.is_some();
    let cannot = move || work.busy.get() || !work.sheets.has_pages();
    let label = move || match (work.busy.get(), is_sent) {
        (true, _) => t("preparing"),
        (false, true) => t("send"),
        (false, false) => t("cover-done"),
    };
    view! {
        <footer class="paper-foot">
            {problem(move || work.trouble.get())}
            {is_sent.then(|| label_box(work.confidential))}
            <button type="button" class="button primary wide" aria-disabled=move || cannot().to_string() on:click=move |_| if !untrack(cannot) { send::finish(work) }>
                {icon(if is_sent { "send" } else { "check" })}<span>{label}</span>
            </button>
        </footer>
    }
}

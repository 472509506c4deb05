//! The camera in the place of the page: each press takes one more, and the camera is let go with the last.

use super::{MOST_PAGES, Work, send};
use crate::{
    browser::{
        self,
        capture::{Capture, NoCapture},
        media::still,
    },
    parts::icon,
    words::{t, tw},
};
use leptos::{html, prelude::*};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlVideoElement;

/// How it stands with the camera.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// The person is asked, or it starts.
    Asked,
    /// One sees what it sees.
    On,
    Failed(NoCapture),
}

/// The camera, and what shows what it sees.
#[derive(Clone, Copy)]
struct View {
    video: NodeRef<html::Video>,
    capture: StoredValue<Option<Capture>, LocalStorage>,
    standing: RwSignal<Standing>,
}

impl View {
    /// Opens the camera when there is a place for its picture, and lets it go with that.
    fn open() -> Self {
        let this = Self {
            video: NodeRef::new(),
            capture: StoredValue::new_local(None),
            standing: RwSignal::new(Standing::Asked),
        };
        this.video
            .on_load(move |video| leptos::task::spawn_local(this.begin(video)));
        on_cleanup(move || drop(this.capture.try_update_value(Option::take)));
        this
    }

    async fn begin(self, video: HtmlVideoElement) {
        let opened = match Capture::camera().await {
            Ok(opened) => opened,
            Err(why) => {
                self.standing.try_set(Standing::Failed(why));
                return;
            }
        };
        video.set_src_object(Some(opened.stream()));
        // One who has left meanwhile is not looked at: what was opened is dropped.
        self.capture.try_update_value(|kept| *kept = Some(opened));
        if let Ok(playing) = video.play() {
            // Refused where it has gone already.
            let _ = JsFuture::from(playing).await;
        }
        self.standing.try_set(Standing::On);
        browser::focus(".paper-shutter");
    }

    /// Takes what is seen now as a page.
    fn take(self, work: Work) {
        if self.standing.get_untracked() != Standing::On {
            return;
        }
        if work.sheets.count() >= MOST_PAGES {
            return work.trouble.set(Some(send::too_many()));
        }
        let Some(video) = self.video.get_untracked() else {
            return;
        };
        leptos::task::spawn_local(async move {
            match still(&video).await {
                Some(page) => work.sheets.add_and_look(page).await,
                None => work.trouble.set(Some(t("camera-missing"))),
            }
        });
    }
}

/// What the camera sees, and the button that takes a page.
pub(super) fn camera(work: Work) -> impl IntoView {
    let shown = View::open();
    let (video, standing) = (shown.video, shown.standing);
    let count = move || work.sheets.all.with(Vec::len);
    view! {
        <div class="paper-camera">
            <video node_ref=video aria-label=t("camera-shown") autoplay playsinline prop:muted=true hidden=move || standing.get() != Standing::On></video>
            {move || match standing.get() {
                Standing::Asked => Some(view! { <p class="paper-wait" role="status">{icon("camera")}<span>{t("camera-asked")}</span></p> }.into_any()),
                Standing::Failed(NoCapture::Denied) => Some(failed(t("camera-denied")).into_any()),
                Standing::Failed(NoCapture::Missing) => Some(failed(t("camera-missing")).into_any()),
                Standing::On => None,
            }}
            <div class="paper-shoot">
                <span class="unseen" role="status">{move || (count() > 0).then(|| tw("camera-taken", [("count", count().into())]))}</span>
                <button type="button" class="paper-shutter" aria-label=t("camera-take") title=t("camera-take")
                    aria-disabled=move || (standing.get() != Standing::On).to_string() on:click=move |_| shown.take(work)></button>
                <button type="button" class="button" on:click=move |_| work.camera.set(false)>{move || if count() > 0 { t("camera-done") } else { t("cancel") }}</button>
            </div>
        </div>
    }
}

fn failed(why: String) -> impl IntoView {
    view! { <p class="paper-wait" role="alert">{icon("triangle-alert")}<span>{why}</span></p> }
}

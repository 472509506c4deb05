//! Looking at a picture, a text or a PDF inside the application, and playing sounds and films.

mod pdf;
mod play;
mod text;

use crate::{
    app::App,
    browser::{blob_at, media::is_safe, soon},
    conversation::{file_icon, save_file},
    logic::{
        text::harmless,
        transfer::{Kind, kind},
    },
    paper::{label_chip, watermark},
    parts::{icon, icon_button},
    words::t,
};
use leptos::{html, prelude::*};
use valise_views::File;

/// Zoom steps, in multiples of what fits the screen.
const STEPS: [f64; 6] = [1.0, 1.5, 2.0, 3.0, 4.0, 6.0];

/// Shows a file that is here over everything else.
pub fn viewer(app: App, file: File, close: impl Fn() + Copy + 'static) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let shown = StoredValue::new_local(None::<web_sys::HtmlDialogElement>);
    dialog.on_load(move |dialog| {
        shown.set_value(Some(dialog.clone()));
        soon(move || {
            // Refused only if it is open already.
            let _ = dialog.show_modal();
        });
    });
    // Closed before it goes: that gives the focus back to where it came from.
    on_cleanup(move || {
        shown.try_with_value(|shown| shown.as_ref().map(web_sys::HtmlDialogElement::close));
    });
    let content = RwSignal::new(Content::Waiting);
    let opened = app.core.driver().open_file(file.id.clone());
    let shown_as = kind(&file.media_type);
    leptos::task::spawn_local(async move {
        content.try_set(look_at(shown_as, opened.await).await);
    });
    let can_zoom = !matches!(shown_as, Kind::Sound | Kind::Film);
    let zoom = RwSignal::new(0_usize);
    let zoom_by = move |step: isize| {
        zoom.update(|at| *at = at.saturating_add_signed(step).min(STEPS.len() - 1))
    };
    let name = harmless(&file.name);
    let (label, confidential) = (name.clone(), file.confidential);
    let (media_type, saved) = (file.media_type.clone(), file);
    view! {
        <dialog node_ref=dialog class="viewer" aria-label=label on:cancel=move |event: web_sys::Event| { event.prevent_default(); close() }
            on:keydown=move |event| match event.key().as_str() {
                "+" | "=" => zoom_by(1),
                "-" => zoom_by(-1),
                "0" => zoom.set(0),
                _ => {}
            }>
            <header class="viewer-head">
                <h2 class="viewer-name"><bdi>{name.clone()}</bdi></h2>
                {confidential.then(label_chip)}
                {can_zoom.then(|| view! {
                    {icon_button("zoom-out", t("zoom-out"), move || zoom_by(-1))}
                    {icon_button("zoom-in", t("zoom-in"), move || zoom_by(1))}
                })}
                {icon_button("download", t("save"), move || save_file(app, saved.clone()))}
                {icon_button("x", t("close"), close)}
            </header>
            <div class="viewer-content">
                {move || match content.get() {
                    Content::Waiting => view! { <div class="viewer-wait"><div class="spinner" aria-hidden="true"></div></div> }.into_any(),
                    Content::Gone => view! { <p class="viewer-wait">{icon(file_icon(&media_type))} " " {t("file-not-here")}</p> }.into_any(),
                    Content::Refused => view! { <p class="viewer-wait" role="alert">{icon("triangle-alert")} " " {t("picture-refused")}</p> }.into_any(),
                    Content::Picture(url) => picture(url, name.clone(), zoom).into_any(),
                    Content::Text(read) => text::page(read, zoom).into_any(),
                    Content::Pdf(url) => pdf::pages(url, zoom).into_any(),
                    Content::Sound(url) => play::sound(url).into_any(),
                    Content::Film(url) => play::film(url, confidential).into_any(),
                }}
                {confidential.then(|| watermark(app))}
            </div>
        </dialog>
    }
}

/// What there is to see.
#[derive(Clone, PartialEq)]
enum Content {
    Waiting,
    /// It is not on this device.
    Gone,
    /// A picture that is not decoded: see [`is_safe`].
    Refused,
    Picture(String),
    Text(text::Read),
    Pdf(String),
    Sound(String),
    Film(String),
}

async fn look_at(shown_as: Kind, url: Option<String>) -> Content {
    let Some(url) = url else {
        return Content::Gone;
    };
    match shown_as {
        Kind::Pdf => return Content::Pdf(url),
        Kind::Sound => return Content::Sound(url),
        Kind::Film => return Content::Film(url),
        _ => {}
    }
    match blob_at(&url).await {
        None => Content::Gone,
        Some(blob) if shown_as == Kind::Text => {
            text::read(&blob).await.map_or(Content::Gone, Content::Text)
        }
        Some(blob) if is_safe(&blob).await => Content::Picture(url),
        Some(_) => Content::Refused,
    }
}

/// How much is shown larger than what fits.
fn scale(zoom: RwSignal<usize>) -> f64 {
    STEPS.get(zoom.get()).copied().unwrap_or(1.0)
}

fn picture(url: String, name: String, zoom: RwSignal<usize>) -> impl IntoView {
    let stage = NodeRef::<html::Div>::new();
    let grabbed = StoredValue::new(None::<(i32, i32)>);
    view! {
        <div class="viewer-stage" node_ref=stage tabindex="0" class:zoomed=move || zoom.get() != 0
            on:pointerdown=move |event: web_sys::PointerEvent| grabbed.set_value(Some((event.client_x(), event.client_y())))
            on:pointerup=move |_| grabbed.set_value(None) on:pointerleave=move |_| grabbed.set_value(None)
            on:pointermove=move |event: web_sys::PointerEvent| {
                if event.pointer_type() == "mouse" && let (Some((x, y)), Some(stage)) = (grabbed.get_value(), stage.get_untracked()) {
                    stage.scroll_by_with_x_and_y(f64::from(x - event.client_x()), f64::from(y - event.client_y()));
                    grabbed.set_value(Some((event.client_x(), event.client_y())));
                }
            }
            on:dblclick=move |_| zoom.update(|at| *at = if *at == 0 { 2 } else { 0 })>
            <img src=url alt=name draggable="false" style:width=move || format!("{}%", scale(zoom) * 100.0) style:height=move || format!("{}%", scale(zoom) * 100.0)/>
        </div>
    }
}

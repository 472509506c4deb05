//! The page that is looked at, as large as there is room.

use super::{Tool, Work, camera, covers, desk::Why, edges, send::said, sheets::Stage};
use crate::{logic::paper::zoomed, parts::icon, words::t};
use leptos::prelude::*;

/// What is to be seen. The keys keep a page's handles and boxes from becoming another page's.
#[derive(Clone, Copy, PartialEq)]
enum Seen {
    /// What the camera sees.
    Camera,
    Waiting,
    Failed(Why),
    /// The photograph, with corners to drag.
    Source(u32),
    /// The page.
    Page(u32),
}

/// The page, the photograph that it is made of, or why there is neither.
pub(super) fn stage(work: Work) -> impl IntoView {
    let seen = Memo::new(move |_| {
        if work.camera.get() {
            return Seen::Camera;
        }
        let edges = work.tool.get() == Tool::Edges;
        let found = work.sheets.seen(|sheet| match sheet.stage {
            Stage::Failed(why) => Seen::Failed(why),
            _ if edges && sheet.source.is_some() => Seen::Source(sheet.key),
            _ if sheet.done.is_some() => Seen::Page(sheet.key),
            _ => Seen::Waiting,
        });
        found.unwrap_or(Seen::Waiting)
    });
    view! {
        <div class="paper-room">
        <div class="paper-stage">{move || match seen.get() {
            Seen::Camera => camera::camera(work).into_any(),
            Seen::Waiting => view! { <div class="paper-wait" role="status"><div class="spinner" aria-hidden="true"></div><p>{t("paper-working")}</p></div> }.into_any(),
            Seen::Failed(why) => view! { <p class="paper-wait" role="alert">{icon("triangle-alert")}<span>{said(why)}</span></p> }.into_any(),
            Seen::Source(_) => frame(work, true, edges::edges(work)).into_any(),
            Seen::Page(_) => frame(work, false, move || (work.tool.get() == Tool::Cover).then(|| covers::covers(work))).into_any(),
        }}</div>
        {move || matches!(seen.get(), Seen::Source(_) | Seen::Page(_)).then(|| zoom(work))}
        </div>
    }
}

/// Larger and smaller: a name in small print is covered exactly only if one sees it. Two fingers do the same where there is a touch screen.
fn zoom(work: Work) -> impl IntoView {
    let step = move |name: &'static str, label: String, by: i32| {
        let after = move || zoomed(work.zoom.get(), by);
        let is_end = move || (after() - work.zoom.get()).abs() < f64::EPSILON;
        let press = move |_| work.zoom.update(|zoom| *zoom = zoomed(*zoom, by));
        view! {
            <button type="button" class="icon-button" aria-label=label.clone() title=label aria-disabled=move || is_end().to_string() on:click=press>{icon(name)}</button>
        }
    };
    view! {
        <div class="paper-zoom" role="group" aria-label=t("paper-zoom")>
            {step("minus", t("paper-smaller"), -1)}
            {step("plus", t("paper-larger"), 1)}
        </div>
    }
}

/// A picture, and what lies over it. It stays the same element while its page is made anew, so that what has the focus keeps it.
fn frame(work: Work, is_source: bool, over: impl IntoView) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let found = work.sheets.seen(|sheet| {
            let shown = if is_source {
                &sheet.source
            } else {
                &sheet.done
            };
            shown.as_ref().map(|shown| (shown.url.clone(), shown.ratio))
        });
        found.flatten()
    });
    let ratio = move || shown.with(|shown| shown.as_ref().map_or(1.0, |(_, ratio)| *ratio));
    let url = move || shown.with(|shown| shown.as_ref().map(|(url, _)| url.clone()));
    view! {
        <div class="paper-frame" style:aspect-ratio=move || ratio().to_string() style=("--ratio", move || ratio().to_string())
            style=("--zoom", move || work.zoom.get().to_string())>
            <img src=url alt=if is_source { String::new() } else { t("paper-shown") } draggable="false"/>
            {over}
        </div>
    }
}

/// Where in an element one points, as parts of its width and height.
pub(super) fn place(event: &web_sys::PointerEvent, element: &web_sys::Element) -> (f32, f32) {
    let area = element.get_bounding_client_rect();
    let part = |at: f64, from: f64, length: f64| ((at - from) / length.max(1.0)) as f32;
    (
        part(f64::from(event.client_x()), area.left(), area.width()),
        part(f64::from(event.client_y()), area.top(), area.height()),
    )
}

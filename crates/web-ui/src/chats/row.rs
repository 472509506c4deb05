//! One chat in the list.

use super::labels::dot;
use super::menu::{Menus, opener};
use crate::{
    app::App,
    browser::intl,
    conversation::{Sort, line_of, notice_text, tick_icon, tick_word},
    logic::{format::badge, text},
    parts::{Face, chat_avatar, chat_name, icon, outsides},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{ChatKind, ChatRow, Label};

/// A row that follows its chat.
pub fn row(
    app: App,
    menus: Menus,
    labels: Memo<Vec<Label>>,
    row: ArcRwSignal<ChatRow>,
) -> impl IntoView {
    let chat = row.with_untracked(|row| row.chat.clone());
    let (here, opened, named) = (chat.clone(), chat.clone(), chat.0.clone());
    let face = {
        let row = row.clone();
        Memo::new(move |_| {
            row.with(|row| Face {
                id: row
                    .person
                    .as_ref()
                    .map_or_else(|| row.chat.0.clone(), |person| person.0.clone()),
                name: row.title.clone(),
                picture: row.picture.clone(),
                outside: !row.outside.is_empty(),
            })
        })
    };
    let kind = {
        let row = row.clone();
        Memo::new(move |_| row.with(|row| row.kind))
    };
    let outside = {
        let row = row.clone();
        Memo::new(move |_| row.with(|row| row.outside.clone()))
    };
    let (for_body, for_end, for_class) = (row.clone(), row.clone(), row);
    view! {
        <li class="chat-line">
            <button type="button" class="chat-row" data-chat=named class:unread=move || for_class.with(|row| row.unread > 0)
                aria-current=move || app.chat.with(|open| open.as_ref() == Some(&here)).then_some("true")
                on:click=move |_| app.open_chat(opened.clone())>
                {move || chat_avatar(kind.get(), face.get(), "large")}
                <span class="middle">
                    <span class="title">
                        {move || (kind.get() == ChatKind::Announcement).then(|| icon("megaphone"))}
                        <bdi>{move || face.with(|face| chat_name(kind.get(), &face.name))}</bdi>
                        {move || outside.with(|outside| outsides(outside))}
                    </span>
                    <span class="preview" dir="auto">{move || for_body.with(preview)}</span>
                </span>
                <span class="end">{move || for_end.with(|row| labels.with(|labels| end(row, labels)))}</span>
            </button>
            {opener(menus, chat)}
        </li>
    }
}

fn preview(row: &ChatRow) -> AnyView {
    if !row.typing.is_empty() {
        return view! { <span class="typing">{crate::conversation::typing_text(row.kind, &row.typing)}</span> }.into_any();
    }
    if !row.draft.is_empty() {
        return view! { <span class="draft">{t("draft")}</span> " " {text::harmless(&row.draft)} }
            .into_any();
    }
    let Some(preview) = &row.preview else {
        return ().into_any();
    };
    if let Some(notice) = &preview.notice {
        return notice_text(notice).into_any();
    }
    let line = if preview.disappeared {
        view! { <span class="gone">{icon("timer")} " " {t("disappeared-message")}</span> }
            .into_any()
    } else if preview.deleted {
        view! { <span class="gone">{icon("ban")} " " {t("deleted-message")}</span> }.into_any()
    } else if preview.text.is_empty() && !preview.is_card {
        t("file-unnamed").into_any()
    } else {
        line_of(&preview.text, Sort::of(preview.is_poll, preview.is_card)).into_any()
    };
    let tick = preview.tick.filter(|_| !preview.deleted).map(|tick| view! { <span class="tick">{tick_icon(tick)}<span class="unseen">{tick_word(tick, None)}": "</span></span> });
    match &preview.sender {
        Some(sender) if row.kind.has_many() => {
            view! { {tick}<span class="sender">{tw("preview-sender", [("name", sender.into())])}</span>" "{line} }.into_any()
        }
        _ => view! { {tick}{line} }.into_any(),
    }
}

/// The spots of a chat's labels, in one order everywhere.
fn dots(row: &ChatRow, labels: &[Label]) -> impl IntoView + use<> {
    let of_row = labels.iter().filter(|label| row.labels.contains(&label.id));
    of_row
        .map(|label| {
            let name = text::harmless(&label.name);
            let title = name.clone();
            view! { <span class="row-label" title=title>{dot(label.colour)}<span class="unseen">{name}</span></span> }
        })
        .collect_view()
}

fn end(row: &ChatRow, labels: &[Label]) -> impl IntoView + use<> {
    let dots = dots(row, labels);
    let time = row.preview.as_ref().map(|preview| preview.at);
    let (unread, mentions) = (row.unread, row.mentions);
    let class = if row.muted { "badge quiet" } else { "badge" };
    let (muted, pinned, archived) = (row.muted, row.pinned, row.archived);
    view! {
        {time.map(|at| view! { <time>{intl::stamp(at)}</time> })}
        <span class="marks">
            {dots}
            {archived.then(|| view! { {icon("archive")}<span class="unseen">{t("archived-chat")}</span> })}
            {muted.then(|| view! { {icon("bell-off")}<span class="unseen">{t("muted")}</span> })}
            {pinned.then(|| view! { {icon("pin")}<span class="unseen">{t("pinned")}</span> })}
            {(mentions > 0).then(|| view! { <span class="badge at">{icon("at-sign")}<span class="unseen">{tw("mention-count", [("count", mentions.into())])}</span></span> })}
            {(unread > 0).then(|| view! { <span class=class><span aria-hidden="true">{badge(unread)}</span><span class="unseen">{tw("unread-count", [("count", unread.into())])}</span></span> })}
        </span>
    }
}

//! One chat: its heading, its messages, and the place to write.

mod about;
mod aim;
mod announcer;
mod attach;
mod bubble;
mod card;
mod composer;
mod day;
mod draft;
mod files;
mod formal;
mod forward;
mod gestures;
mod mentioning;
mod menu;
mod outside;
mod phrases;
mod picker;
mod pinned;
mod player;
mod poll;
mod presence;
mod prose;
mod quote;
mod recording;
mod scroller;
mod select;
mod sending;
mod signs;
mod small;
mod talk;
mod tools;
mod voice;

pub use files::{asking_to_save, attached, file_icon, save_file};
pub use formal::{broken, former, marks};
pub use phrases::{
    Sort, after_text, left_out_text, line_of, notice_text, tick_icon, tick_word, typing_text,
};
pub use prose::plain;
pub use sending::{offered, prepared, profile_picture};
pub use small::Smalls;
pub use talk::Talk;

use crate::{
    app::app,
    browser::{self, picture_url},
    logic::text,
    parts::{Face, chat_avatar, chat_name, icon, icon_button, made_for, outsides},
    words::{t, tw},
};
use leptos::prelude::*;
use talk::Dialog;
use valise_views::{ChatDetails, ChatId, ChatKind};

/// The conversation of a chat.
pub fn pane(chat: ChatId) -> impl IntoView {
    let talk = Talk::open(app(), chat);
    presence::look(talk);
    let over = RwSignal::new(false);
    let is_offering = Memo::new(move |_| talk.pile.files.with(|files| !files.is_empty()));
    let has_files = |event: &web_sys::DragEvent| {
        event
            .data_transfer()
            .is_some_and(|data| data.types().includes(&"Files".into(), 0))
    };
    view! {
        <section class="talk" class:over=move || over.get() class:selecting=move || talk.is_selecting() aria-label=t("conversation")
            on:keydown=move |event| select::key(talk, &event)
            on:dragover=move |event| if has_files(&event) && talk.may_send() { event.prevent_default(); over.set(true) }
            on:dragleave=move |event| if event.target() == event.current_target() || event.related_target().is_none() { over.set(false) }
            on:drop=move |event| if has_files(&event) {
                event.prevent_default();
                over.set(false);
                if talk.may_send() { talk.offer(event.data_transfer().and_then(|data| data.files())) }
            }>
            {heading(talk)}
            {outside::banner(talk)}
            {pinned::bar(talk)}
            {scroller::scroller(talk)}
            {aim::bar(talk)}
            {composer::composer(talk)}
            {select::bar(talk)}
            <div class="drop-hint" aria-hidden="true">{icon("paperclip")}<span>{t("drop-files")}</span></div>
            {made_for(move || is_offering.get(), move |it| it.then(|| sending::dialog(talk)))}
            {crate::paper::layer(talk.pile, Some(talk))}
            {menu::layer(talk)}
            {about::layer(talk)}
        </section>
    }
}

/// Name, who is in it, who writes.
fn heading(talk: Talk) -> impl IntoView {
    let (app, details) = (talk.app, talk.details);
    let face = Memo::new(move |_| details.with(|details| details.as_ref().map(face_of)));
    let kind = Memo::new(move |_| talk.head.with(|head| head.as_ref().map(|head| head.kind)));
    let is_imported = Memo::new(move |_| talk.is_imported());
    let timer = Memo::new(move |_| {
        details.with(|details| {
            let seconds = details.as_ref().map(|details| details.disappears_after);
            seconds.filter(|seconds| *seconds > 0)
        })
    });
    let of_others = Memo::new(move |_| {
        details.with(|details| {
            details
                .as_ref()
                .map(|details| details.outside.clone())
                .unwrap_or_default()
        })
    });
    let under = move || {
        talk.head.with(|head| {
            let Some(head) = head else {
                return String::new();
            };
            if !head.typing.is_empty() {
                return typing_text(head.kind, &head.typing);
            }
            if let Some(away) = &head.away {
                return crate::people::away_text(away);
            }
            if let Some(presence) = head.presence {
                return presence::presence_text(presence);
            }
            match head.kind {
                ChatKind::Direct => details
                    .with(|details| details.as_ref().and_then(other_address).unwrap_or_default()),
                ChatKind::Saved => t("saved-under"),
                ChatKind::Group | ChatKind::Request => {
                    tw("members", [("count", head.members.into())])
                }
                ChatKind::Announcement => {
                    tw("announcement-members", [("count", head.members.into())])
                }
                ChatKind::Imported(old) => tw("imported-from", [("messenger", old.name().into())]),
            }
        })
    };
    view! {
        <header class="talk-head">
            <span class="only-narrow">{icon_button("chevron-left", t("back"), move || app.back())}</span>
            <button type="button" class="talk-who" aria-expanded=move || app.details.get().to_string() title=t("show-details")
                on:click=move |_| if !app.is_guest() { app.details.update(|open| *open = !*open) }>
                {move || face.get().zip(kind.get()).map(|(face, kind)| chat_avatar(kind, face, "medium"))}
                <span class="who">
                    <h2 class="name"><bdi>{move || talk.head.with(|head| head.as_ref().map(|head| chat_name(head.kind, &head.title)))}</bdi></h2>
                    <span class="under" class:typing=move || talk.head.with(|head| head.as_ref().is_some_and(|head| !head.typing.is_empty())) dir="auto">{move || of_others.with(|of_others| outsides(of_others))}{under}</span>
                </span>
            </button>
            {move || if is_imported.get() {
                view! { <span class="sealed" title=t("imported-tip")>{icon("history")}<span>{t("imported")}</span></span> }.into_any()
            } else {
                view! { <span class="sealed" title=t("sealed-tip")>{icon("lock")}<span>{t("sealed")}</span></span> }.into_any()
            }}
            {move || timer.get().map(|seconds| view! {
                <span class="sealed" title=tw("timer-is", [("after", after_text(seconds).into())])>{icon("timer")}<span>{after_text(seconds)}</span></span>
            })}
            {icon_button("calendar-days", t("day-go-to"), move || talk.dialog.set(Some(Dialog::Day(browser::now()))))}
            {(!app.is_guest()).then(|| icon_button("info", t("show-details"), move || app.details.update(|open| *open = !*open)))}
        </header>
    }
}

/// The face of a chat: the group's, or the other person's.
pub fn face_of(details: &ChatDetails) -> Face {
    let other = details
        .members
        .iter()
        .find(|member| !member.is_me)
        .filter(|_| details.kind == ChatKind::Direct);
    Face {
        id: other.map_or_else(|| details.chat.0.clone(), |member| member.person.0.clone()),
        name: details.title.clone(),
        picture: details
            .picture
            .clone()
            .or_else(|| other.and_then(|member| member.picture.clone())),
        outside: !details.outside.is_empty(),
    }
}

fn other_address(details: &ChatDetails) -> Option<String> {
    details
        .members
        .iter()
        .find(|member| !member.is_me)
        .map(|member| text::harmless(&member.address))
}

/// A small picture that came with a file.
pub fn thumbnail(bytes: Option<&Vec<u8>>) -> Option<String> {
    bytes.and_then(|bytes| picture_url(bytes))
}

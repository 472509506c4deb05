//! One message.

use super::{
    card, files, formal, notice_text, poll,
    prose::{plain, prose},
    quote, select,
    signs::signs,
    talk::{Dialog, Talk},
    tick_icon, tick_word,
    tools::tools,
};
use crate::{
    browser::intl,
    logic::{
        rows::Row,
        text::{self, colour},
    },
    parts::{Face, avatar, icon, named, outside},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::mention::Mention;
use valise_views::request::SealShown;
use valise_views::{ActKind, Body, Command, Message, MessageId, Millis, Origin, Person, Tick};

/// A row that follows its message.
pub fn row(talk: Talk, row: ArcRwSignal<Row>) -> impl IntoView {
    let first = row.get_untracked();
    let message = first.message.clone();
    let id = message.id.clone();
    let (is_mine, at) = (message.is_mine, message.at);
    let is_notice = matches!(message.body, Body::Notice(_) | Body::Act(_));
    let parts = {
        let row = row.clone();
        Memo::new(move |_| {
            row.with(|row| {
                (
                    row.new_day,
                    row.unread_from_here,
                    row.message.gap_before,
                    row.first,
                    row.last,
                )
            })
        })
    };
    let place = {
        let row = row.clone();
        Memo::new(move |_| row.with(|row| (row.place, row.total)))
    };
    // The row that the keyboard is on, or the last one, is the list's one tab stop.
    let stop = {
        let id = id.clone();
        Memo::new(move |_| {
            talk.marks.focused.with(|focused| match focused {
                Some(focused) => *focused == id,
                None => place.get().0 + 1 == place.get().1,
            })
        })
    };
    let is_gone = {
        let row = row.clone();
        Memo::new(move |_| row.with(|row| row.message.body == Body::Disappeared))
    };
    let flashed = {
        let id = id.clone();
        move || {
            talk.marks
                .flashed
                .with(|flashed| flashed.as_ref() == Some(&id))
        }
    };
    let named = id.0.clone();
    let chosen = {
        let id = id.clone();
        move || talk.is_selected(&id)
    };
    let label = if is_notice {
        intl::full(at)
    } else {
        tw(
            "message-label",
            [
                ("name", sender(&message).into()),
                ("time", intl::full(at).into()),
            ],
        )
    };
    view! {
        <article class="row" class:mine=is_mine class:notice-row=is_notice class:first=move || parts.get().3 class:last=move || parts.get().4 class:flash=flashed class:chosen=chosen class:gone=move || is_gone.get()
            data-message=named aria-posinset=move || (place.get().0 + 1).to_string() aria-setsize=move || place.get().1.to_string() aria-label=label
            tabindex=move || if stop.get() { "0" } else { "-1" } on:focusin=move |_| talk.marks.focused.set(Some(id.clone()))>
            {move || parts.get().0.then(|| view! {
                <div class="day"><button type="button" tabindex="-1" title=t("day-go-to") on:click=move |_| talk.dialog.set(Some(Dialog::Day(at)))><time>{intl::day_name(at)}</time></button></div>
            })}
            {move || parts.get().2.then(|| view! { <p class="gap">{icon("triangle-alert")}<span>{t("gap")}</span></p> })}
            {move || parts.get().1.then(|| view! { <div class="unread-line"><span>{t("new-messages")}</span></div> })}
            {move || row_body(talk, row.clone(), is_notice, message.clone(), stop)}
        </article>
    }
}

fn sender(message: &Message) -> String {
    if message.is_mine {
        t("you")
    } else {
        named(&message.sender_name, message.outside.as_ref())
    }
}

fn row_body(
    talk: Talk,
    row: ArcRwSignal<Row>,
    is_notice: bool,
    message: Message,
    stop: Memo<bool>,
) -> AnyView {
    if let Body::Act(_) = message.body {
        return formal::act(row).into_any();
    }
    if is_notice {
        let text = move || {
            row.with(|row| match &row.message.body {
                Body::Notice(notice) => notice_text(notice),
                _ => String::new(),
            })
        };
        return view! { <p class="notice" dir="auto">{text}</p> }.into_any();
    }
    let is_group = move || {
        talk.head
            .with(|head| head.as_ref().is_some_and(|head| head.kind.has_many()))
    };
    let shows_name = !message.is_mine && is_group();
    // A face would look like that of somebody whom the directory vouches for.
    let shows_face = shows_name && !message.imported;
    let edges = {
        let row = row.clone();
        Memo::new(move |_| row.with(|row| (row.first, row.last)))
    };
    let (author, author_name) = (message.sender.clone(), message.sender_name.clone());
    let (of, is_outside) = (message.outside.clone(), message.outside.is_some());
    let face = move || Face {
        id: author.0.clone(),
        name: author_name.clone(),
        picture: talk.picture_of(&author),
        outside: is_outside,
    };
    let name_class = format!("author hue-text-{}", colour(&message.sender.0));
    let name = text::harmless(&message.sender_name);
    let failed = {
        let row = row.clone();
        Memo::new(move |_| row.with(|row| row.message.tick == Some(Tick::Failed)))
    };
    let id = message.id.clone();
    let named = tw(
        "message-select",
        [
            ("name", sender(&message).into()),
            ("time", intl::full(message.at).into()),
        ],
    );
    view! {
        <div class="bubble-line">
            {select::tick_box(talk, id.clone(), named, stop)}
            {shows_face.then(|| view! { <span class="face-slot">{move || edges.get().1.then(|| avatar(face(), "small"))}</span> })}
            <div class="bubble-stack">
                <div class="bubble">
                    {shows_name.then(|| view! { {move || edges.get().0.then(|| view! { <p class=name_class.clone()><bdi>{name.clone()}</bdi>{outside(of.as_ref())}</p> })} })}
                    {origin(row.clone())}
                    {quote::quote(talk, row.clone(), stop)}
                    {body(talk, row.clone(), stop)}
                    {meta(talk, row.clone(), stop)}
                </div>
                {signs(talk, id.clone(), row.clone(), stop)}
                {tools(talk, id.clone(), row)}
            </div>
        </div>
        {move || failed.get().then(|| unsent(talk, id.clone()))}
    }
    .into_any()
}

/// From where the message was handed on, as its sender says.
fn origin(row: ArcRwSignal<Row>) -> impl IntoView {
    let origin = Memo::new(move |_| row.with(|row| row.message.origin.clone()));
    let shown = |Origin { sender_name, at }: Origin| {
        let label = if sender_name.is_empty() {
            t("forwarded")
        } else {
            tw("forwarded-from", [("name", (&sender_name).into())])
        };
        view! { <p class="origin" title=intl::full(at)>{icon("forward")}<span>{label}</span></p> }
    };
    move || origin.get().map(shown)
}

fn body(talk: Talk, row: ArcRwSignal<Row>, stop: Memo<bool>) -> impl IntoView {
    let (shape, files_row) = {
        let kind = row.clone();
        (
            Memo::new(move |_| {
                kind.with(|row| match &row.message.body {
                    Body::Text(text) => Shape::Text(said(text, &row.message)),
                    Body::Files { files, text } => {
                        Shape::Files(files.len(), said(text, &row.message))
                    }
                    Body::Letter { kind, letter, seal } => Shape::Letter(Paper {
                        text: letter.text.clone(),
                        files: letter.files.len(),
                        kind: *kind,
                        seal: seal.clone(),
                        is_whole: letter.is_whole,
                        is_former: letter.is_former,
                    }),
                    Body::Poll(_) => Shape::Poll,
                    Body::Card(person) => Shape::Card(person.clone()),
                    Body::Deleted => Shape::Deleted,
                    Body::Disappeared => Shape::Disappeared,
                    Body::Unsupported | Body::Notice(_) | Body::Act(_) => Shape::Unsupported,
                })
            }),
            row,
        )
    };
    move || match shape.get() {
        Shape::Text(said) => prose(&said.text, &said.mentions),
        Shape::Files(count, said) => view! {
            {(0..count).map(|at| files::file(talk, files_row.clone(), at)).collect_view()}
            {(!said.text.is_empty()).then(|| prose(&said.text, &said.mentions))}
        }
        .into_any(),
        Shape::Letter(paper) => view! {
            {formal::heading(paper.kind)}
            {paper.seal.as_ref().map(|seal| formal::seal(seal, paper.kind.is_some()))}
            {formal::former(paper.is_former, paper.kind.is_some())}
            {(!paper.text.is_empty()).then(|| plain(&paper.text))}
            {(0..paper.files).map(|at| files::file(talk, files_row.clone(), at)).collect_view()}
            {formal::broken(paper.is_whole)}
        }
        .into_any(),
        Shape::Poll => poll::poll(talk, files_row.clone(), stop),
        Shape::Card(person) => card::card(talk, person.as_deref(), stop),
        Shape::Deleted => {
            view! { <p class="text muted">{icon("ban")} " " {t("deleted-message")}</p> }.into_any()
        }
        Shape::Disappeared => {
            view! { <p class="text muted">{icon("timer")} " " {t("disappeared-message")}</p> }
                .into_any()
        }
        Shape::Unsupported => {
            view! { <p class="text muted">{icon("info")} " " {t("unsupported-message")}</p> }
                .into_any()
        }
    }
}

#[derive(Clone, PartialEq)]
enum Shape {
    Text(Said),
    Files(usize, Said),
    Letter(Paper),
    Poll,
    Card(Option<Box<Person>>),
    Deleted,
    Disappeared,
    Unsupported,
}

/// A letter of a request.
#[derive(Clone, PartialEq)]
struct Paper {
    text: String,
    files: usize,
    kind: Option<ActKind>,
    seal: Option<SealShown>,
    is_whole: bool,
    is_former: bool,
}

#[derive(Clone, PartialEq)]
struct Said {
    text: String,
    mentions: Vec<Mention>,
}

fn said(text: &str, message: &Message) -> Said {
    Said {
        text: text.to_owned(),
        mentions: message.mentions.clone(),
    }
}

/// Whether it was said anew, time, and how far it got.
fn meta(talk: Talk, row: ArcRwSignal<Row>, stop: Memo<bool>) -> impl IntoView {
    let (at, id) = row.with_untracked(|row| (row.message.at, row.message.id.clone()));
    let state = Memo::new(move |_| {
        row.with(|row| {
            let is_gone = matches!(row.message.body, Body::Deleted | Body::Disappeared);
            // How far it got is nothing to say of what is no longer there.
            let tick = row.message.tick.filter(|_| !is_gone);
            (
                tick,
                row.message.seen,
                row.message.edited,
                row.message.pinned,
                row.message.expires,
            )
        })
    });
    let expires = Memo::new(move |_| state.get().4);
    let edited = Memo::new(move |_| state.get().2);
    let pinned = Memo::new(move |_| state.get().3);
    view! {
        <span class="meta">
            {move || pinned.get().then(|| view! { <span class="pinned" title=t("pinned-message")>{icon("pin")}<span class="unseen">{t("pinned-message")}</span></span> })}
            {move || {
                let id = id.clone();
                edited.get().then(|| view! {
                    <button type="button" class="edited" aria-label=t("edited-show") title=t("edited-show") tabindex=move || if stop.get() { "0" } else { "-1" }
                        on:click=move |_| talk.dialog.set(Some(Dialog::Versions(id.clone())))>{t("edited")}</button>
                })
            }}
            {move || expires.get().map(|until| view! { <span class="expires" title=expiry(until)>{icon("timer")}<span class="unseen">{expiry(until)}</span></span> })}
            <time title=intl::full(at)>{intl::clock(at)}</time>
            {move || {
                let (tick, seen, ..) = state.get();
                tick.map(|tick| view! { <span title=tick_word(tick, seen)>{tick_icon(tick)}<span class="unseen">{tick_word(tick, seen)}</span></span> })
            }}
        </span>
    }
}

fn expiry(until: Millis) -> String {
    tw("disappears-at", [("time", intl::full(until).into())])
}

fn unsent(talk: Talk, id: MessageId) -> impl IntoView {
    let (again, gone) = (id.clone(), id);
    view! {
        <p class="unsent">
            <span>{t("not-sent")}</span>
            <button type="button" class="link-button" on:click=move |_| talk.app.core.tell(Command::Retry(again.clone()))>{t("try-again")}</button>
            <button type="button" class="link-button" on:click=move |_| talk.app.core.tell(Command::Discard(gone.clone()))>{t("discard")}</button>
        </p>
    }
}

//! What stands beside a chat: members, files, settings.

mod imported;
mod members;

pub use members::open_direct;

use crate::{
    app::{App, app},
    browser::intl,
    conversation::{face_of, file_icon, profile_picture, save_file},
    logic::{format::in_fives, text::harmless},
    parts::{avatar, confirm, icon, icon_button, modal, problem, sentence},
    viewer,
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::lists::SharedFile;
use valise_views::{ChatDetails, ChatId, ChatKind, Command, FileState, Outcome, Shown, View};

/// What is asked before it is done.
#[derive(Debug, Clone, PartialEq)]
enum Asking {
    Rename,
    Leave,
    AddPeople,
    Forget,
}

/// The pane of a chat.
pub fn pane(chat: ChatId) -> impl IntoView {
    let app = app();
    let watched = chat.clone();
    let details = app.core.watch(
        move || View::Details {
            chat: watched.clone(),
        },
        |shown| match shown {
            Shown::Details(details) => details,
            _ => None,
        },
    );
    let asking = RwSignal::new(None::<Asking>);
    crate::browser::soon(|| crate::browser::focus(".details .icon-button"));
    view! {
        <aside class="details" aria-label=t("details")>
            <header class="pane-head"><h2 class="grow">{t("details")}</h2>{icon_button("x", t("close"), move || app.details.set(false))}</header>
            <div class="scroll">
                {move || details.get().map(|details| content(app, details, asking))}
            </div>
            {move || asking.get().zip(details.get_untracked()).map(|(what, details)| ask(app, what, details, asking))}
        </aside>
    }
}

fn content(app: App, details: ChatDetails, asking: RwSignal<Option<Asking>>) -> AnyView {
    if let Some(old) = details.kind.brought_from() {
        return imported::content(app, details, old, asking).into_any();
    }
    let is_group = details.kind != ChatKind::Direct;
    let manages = details.may_manage && is_group && details.active;
    let count = details.members.len();
    let under = if is_group {
        tw("members", [("count", count.into())])
    } else {
        details
            .members
            .iter()
            .find(|member| !member.is_me)
            .map(|member| harmless(&member.address))
            .unwrap_or_default()
    };
    view! {
        <div class="details-top">
            {avatar(face_of(&details), "huge")}
            <h3 class="details-name"><bdi>{harmless(&details.title)}</bdi></h3>
            <p class="under" dir="auto">{under}</p>
            {details.changing.then(|| view! { <p class="hint" role="status">{icon("clock-3")} " " {t("changing")}</p> })}
            {manages.then(|| manage(app, details.chat.clone(), asking))}
        </div>
        {switches(app, &details)}
        {details.safety_number.as_deref().map(safety)}
        {is_group.then(|| members::list(app, &details, move || asking.set(Some(Asking::AddPeople))))}
        {shared(app, details.files)}
        {(is_group && details.active).then(|| view! {
            <section class="block"><button type="button" class="entry danger" on:click=move |_| asking.set(Some(Asking::Leave))>{icon("log-out")}<span>{t("leave")}</span></button></section>
        })}
    }
    .into_any()
}

fn manage(app: App, chat: ChatId, asking: RwSignal<Option<Asking>>) -> impl IntoView {
    let set = move |bytes: Vec<u8>, chat: ChatId| {
        run(
            app,
            Command::SetPicture {
                chat,
                picture: Some(bytes),
            },
        )
    };
    let chat = StoredValue::new(chat);
    view! {
        <div class="pair">
            <button type="button" class="button" on:click=move |_| asking.set(Some(Asking::Rename))>{icon("pencil")}<span>{t("rename")}</span></button>
            {profile_picture(app, t("picture"), move |bytes| set(bytes, chat.get_value()))}
        </div>
    }
}

/// Does something, and says so if it was not done.
fn run(app: App, command: Command) {
    leptos::task::spawn_local(async move {
        if let Outcome::Failed(why) = app.core.ask(command).await {
            app.say(sentence(why));
        }
    });
}

fn switches(app: App, details: &ChatDetails) -> impl IntoView + use<> {
    let chat = details.chat.clone();
    let (mute, pin, announce) = (chat.clone(), chat.clone(), chat);
    let may_announce = details.may_manage && details.kind != ChatKind::Direct;
    let (muted, pinned, announcement) = (
        details.muted,
        details.pinned,
        details.kind == ChatKind::Announcement,
    );
    view! {
        <section class="block">
            {switch("bell-off", t("mute"), None, muted, move |on| run(app, Command::Mute { chat: mute.clone(), on }))}
            {switch("pin", t("pin"), None, pinned, move |on| run(app, Command::Pin { chat: pin.clone(), on }))}
            {may_announce.then(|| switch("megaphone", t("announcement"), Some(t("announcement-hint")), announcement, move |on| run(app, Command::SetAnnouncement { chat: announce.clone(), on })))}
        </section>
    }
}

/// A switch with its words.
fn switch(
    icon_name: &'static str,
    label: String,
    hint: Option<String>,
    on: bool,
    set: impl Fn(bool) + 'static,
) -> impl IntoView {
    view! {
        <label class="entry switch-line">
            {icon(icon_name)}
            <span class="grow">{label}{hint.map(|hint| view! { <span class="hint">{hint}</span> })}</span>
            <input type="checkbox" role="switch" class="switch" prop:checked=on on:change:target=move |event| set(event.target().checked())/>
        </label>
    }
}

fn safety(digits: &str) -> impl IntoView + use<> {
    let groups = in_fives(digits);
    view! {
        <section class="block padded">
            <h3 class="block-title">{icon("shield-check")} " " {t("safety-title")}</h3>
            <p class="hint">{t("safety-text")}</p>
            <p class="safety" dir="ltr">{groups.into_iter().map(|five| view! { <span>{five}</span> " " }).collect_view()}</p>
        </section>
    }
}

fn shared(app: App, files: Vec<SharedFile>) -> impl IntoView {
    let viewed = RwSignal::new(None::<valise_views::File>);
    (!files.is_empty()).then(|| view! {
        <section class="block">
            <h3 class="block-title">{t("shared-files")}</h3>
            <ul class="list">{files.into_iter().map(|shared| shared_row(app, shared, viewed)).collect_view()}</ul>
            {move || viewed.get().map(|file| viewer::viewer(app, file, move || viewed.set(None)))}
        </section>
    })
}

fn shared_row(
    app: App,
    shared: SharedFile,
    viewed: RwSignal<Option<valise_views::File>>,
) -> impl IntoView {
    use crate::logic::transfer::{Press, press};
    let file = shared.file;
    let under = format!(
        "{} · {} · {}",
        intl::size(file.size_bytes),
        harmless(&shared.sender),
        intl::stamp(shared.at)
    );
    let (name, icon_name, remote) = (
        harmless(&file.name),
        file_icon(&file.media_type),
        file.state == FileState::Remote,
    );
    let act = move |_| match press(&file) {
        Press::Fetch => app.core.tell(Command::Fetch(file.id.clone())),
        Press::View => viewed.set(Some(file.clone())),
        Press::Save => save_file(app, file.clone()),
        Press::Nothing => {}
    };
    view! {
        <li><button type="button" class="entry" on:click=act>
            <span class="card-icon">{icon(icon_name)}</span>
            <span class="grow clip"><span class="strong"><bdi>{name}</bdi></span><span class="hint" dir="auto">{under}</span></span>
            {remote.then(|| view! { {icon("download")}<span class="unseen">{t("download")}</span> })}
        </button></li>
    }
}

fn ask(app: App, what: Asking, details: ChatDetails, asking: RwSignal<Option<Asking>>) -> AnyView {
    let close = move || asking.set(None);
    let trouble = RwSignal::new(None::<String>);
    match what {
        Asking::Rename => rename(app, details, close).into_any(),
        Asking::AddPeople => members::add(app, details, close).into_any(),
        Asking::Forget => imported::forget(app, details, close).into_any(),
        Asking::Leave => {
            let chat = details.chat;
            let leave = move || {
                let chat = chat.clone();
                leptos::task::spawn_local(async move {
                    match app.core.ask(Command::Leave(chat)).await {
                        Outcome::Failed(why) => {
                            trouble.try_set(Some(sentence(why)));
                        }
                        _ => close(),
                    }
                });
            };
            confirm(
                tw("leave-title", [("title", details.title.into())]),
                t("leave-text"),
                t("leave"),
                trouble,
                close,
                leave,
            )
            .into_any()
        }
    }
}

fn rename(app: App, details: ChatDetails, close: impl Fn() + Copy + 'static) -> impl IntoView {
    let title = RwSignal::new(details.title);
    let trouble = RwSignal::new(None::<String>);
    let chat = StoredValue::new(details.chat);
    let go = move || {
        let command = Command::Rename {
            chat: chat.get_value(),
            title: title.get_untracked().trim().to_owned(),
        };
        leptos::task::spawn_local(async move {
            match app.core.ask(command).await {
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
                _ => close(),
            }
        });
    };
    modal(
        t("rename"),
        "small",
        close,
        view! {
            <form on:submit=move |event| { event.prevent_default(); go() }>
                <div class="modal-body">{crate::parts::field(t("group-name"), None, "group-title", title, 80)}{problem(move || trouble.get())}</div>
                <footer class="modal-foot"><button type="submit" class="button primary">{t("save")}</button></footer>
            </form>
        },
    )
}

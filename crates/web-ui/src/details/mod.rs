//! What stands beside a chat: members, files, settings.

mod imported;
mod link;
mod members;
mod rule;
mod timer;

pub use members::open_direct;
pub use rule::{allowed as rule_field, rule_text};

use crate::{
    app::{App, app},
    browser::intl,
    conversation::{face_of, file_icon, profile_picture, save_file},
    logic::{format::in_fives, text::harmless},
    parts::{
        Face, chat_avatar, chat_name, confirm, icon, icon_button, made_for, modal, outsides,
        problem, sentence,
    },
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
    Link,
    Rule,
    Forget,
}

type Details = ReadSignal<Option<ChatDetails>>;

/// What is open over the pane.
#[derive(Clone, Copy)]
struct Over {
    asking: RwSignal<Option<Asking>>,
    viewed: RwSignal<Option<valise_views::File>>,
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
    let over = Over {
        asking: RwSignal::new(None),
        viewed: RwSignal::new(None),
    };
    let Over { asking, viewed } = over;
    crate::browser::soon(|| crate::browser::focus(".details .icon-button"));
    view! {
        <aside class="details" aria-label=t("details")>
            <header class="pane-head"><h2 class="grow">{t("details")}</h2>{icon_button("x", t("close"), move || app.details.set(false))}</header>
            <div class="scroll">
                {part(details, |details| details.kind.brought_from(), move |old| match old {
                    Some(old) => imported::content(app, details, old, over).into_any(),
                    None => content(app, details, over).into_any(),
                })}
            </div>
            {made_for(move || asking.get(), move |what| what.zip(details.get_untracked()).map(|(what, shown)| match what {
                Asking::Link => link::dialog(app, details, move || asking.set(None)).into_any(),
                what => ask(app, what, shown, asking),
            }))}
            {made_for(move || viewed.get(), move |file| file.map(|file| viewer::viewer(app, file, move || viewed.set(None))))}
        </aside>
    }
}

/// A part of the pane, made anew only when what it is made of is another: the focus stays on what has not changed.
fn part<P, V>(
    details: Details,
    pick: impl Fn(&ChatDetails) -> P + Send + Sync + 'static,
    make: impl Fn(P) -> V + Send + 'static,
) -> impl IntoView
where
    P: PartialEq + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let picked = told(details, pick);
    made_for(move || picked.get(), move |picked| picked.map(&make))
}

/// One thing about a chat, as soon as anything is known of it.
fn told<P>(
    details: Details,
    pick: impl Fn(&ChatDetails) -> P + Send + Sync + 'static,
) -> Memo<Option<P>>
where
    P: PartialEq + Send + Sync + 'static,
{
    Memo::new(move |_| details.with(|details| details.as_ref().map(&pick)))
}

fn content(app: App, details: Details, over: Over) -> impl IntoView {
    let asking = over.asking;
    let manages = move |details: &ChatDetails| {
        (details.may_manage && is_group(details) && details.active).then(|| details.chat.clone())
    };
    view! {
        <div class="details-top">
            {part(details, |details| (details.kind, face_of(details), under(details)), top)}
            {part(details, |details| details.outside.clone(), |others| outsides(&others))}
            {part(details, |details| details.changing, |changing| changing.then(|| view! { <p class="hint" role="status">{icon("clock-3")} " " {t("changing")}</p> }))}
            {part(details, manages, move |chat| chat.map(|chat| manage(app, chat, asking)))}
        </div>
        {switches(app, details)}
        {timer::timer(app, details)}
        {part(details, |details| details.safety_number.clone(), |digits| digits.as_deref().map(safety))}
        {link::line(details, asking)}
        {rule::line(details, asking)}
        {part(details, is_group, move |is_group| is_group.then(|| members::list(app, details, move || asking.set(Some(Asking::AddPeople)))))}
        {shared(app, details, over)}
        {part(details, move |details| is_group(details) && details.active, move |may_leave| may_leave.then(|| view! {
            <section class="block"><button type="button" class="entry danger" on:click=move |_| asking.set(Some(Asking::Leave))>{icon("log-out")}<span>{t("leave")}</span></button></section>
        }))}
    }
}

fn top((kind, face, under): (ChatKind, Face, String)) -> impl IntoView {
    let name = chat_name(kind, &face.name);
    view! {
        {chat_avatar(kind, face, "huge")}
        <h3 class="details-name"><bdi>{name}</bdi></h3>
        <p class="under" dir="auto">{under}</p>
    }
}

fn is_group(details: &ChatDetails) -> bool {
    details.kind.has_many()
}

/// How many a group has; the other one's address; what the chat with oneself is for.
fn under(details: &ChatDetails) -> String {
    let members = &details.members;
    if is_group(details) {
        return tw("members", [("count", members.len().into())]);
    }
    if details.kind == ChatKind::Saved {
        return t("saved-under");
    }
    let other = members.iter().find(|member| !member.is_me);
    other.map_or_else(String::new, |other| harmless(&other.address))
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

fn switches(app: App, details: Details) -> impl IntoView {
    let muted = told(details, |details| details.muted);
    let pinned = told(details, |details| details.pinned);
    let announces = told(details, |details| details.kind == ChatKind::Announcement);
    let may_announce = |details: &ChatDetails| {
        let may = is_group(details) && details.may_manage;
        (details.chat.clone(), may, details.kind != ChatKind::Saved)
    };
    part(
        details,
        may_announce,
        move |(chat, may_announce, may_mute)| {
            let (mute, pin, announce) = (chat.clone(), chat.clone(), chat);
            view! {
                <section class="block">
                    {may_mute.then(|| switch("bell-off", t("mute"), None, muted, move |on| run(app, Command::Mute { chat: mute.clone(), on })))}
                    {switch("pin", t("pin"), None, pinned, move |on| run(app, Command::Pin { chat: pin.clone(), on }))}
                    {may_announce.then(|| switch("megaphone", t("announcement"), Some(t("announcement-hint")), announces, move |on| run(app, Command::SetAnnouncement { chat: announce.clone(), on })))}
                </section>
            }
        },
    )
}

/// A switch with its words.
fn switch(
    icon_name: &'static str,
    label: String,
    hint: Option<String>,
    on: Memo<Option<bool>>,
    set: impl Fn(bool) + 'static,
) -> impl IntoView {
    view! {
        <label class="entry switch-line">
            {icon(icon_name)}
            <span class="grow">{label}{hint.map(|hint| view! { <span class="hint">{hint}</span> })}</span>
            <input type="checkbox" role="switch" class="switch" prop:checked=move || on.get() == Some(true) on:change:target=move |event| set(event.target().checked())/>
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

fn shared(app: App, details: Details, over: Over) -> impl IntoView {
    part(
        details,
        |details| details.files.clone(),
        move |files: Vec<SharedFile>| {
            (!files.is_empty()).then(|| view! {
            <section class="block">
                <h3 class="block-title">{t("shared-files")}</h3>
                <ul class="list">{files.into_iter().map(|shared| shared_row(app, shared, over.viewed)).collect_view()}</ul>
            </section>
        })
        },
    )
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
        Asking::Rule => rule::dialog(app, details, close).into_any(),
        Asking::Forget => imported::forget(app, details, close).into_any(),
        Asking::Link => ().into_any(),
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

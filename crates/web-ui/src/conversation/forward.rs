//! The dialog that hands messages on: chats and people to choose from, one button.

use super::talk::Talk;
use crate::{
    app::App,
    browser::rove,
    logic::{
        targets::{Place, Saved, Target, targets, toggle},
        text::harmless,
    },
    parts::{Face, Keyed, avatar, icon, modal, outsides, problem, saved_avatar, sentence},
    people::{elsewhere, watch_people},
    words::{names, t, tw},
};
use leptos::{html, prelude::*};
use valise_views::{ChatFilter, ChatId, Command, MessageId, Outcome, Person, Shown, Trouble, View};
use web_sys::KeyboardEvent;

#[derive(Clone, Copy)]
struct Choice {
    search: RwSignal<String>,
    rows: Keyed<Place, Target>,
    people: ReadSignal<Option<Vec<Person>>>,
    chosen: RwSignal<Vec<Target>>,
    list: NodeRef<html::Ul>,
}

/// Asks where to, and hands the messages on.
pub fn dialog(talk: Talk, messages: Vec<MessageId>) -> impl IntoView {
    let app = talk.app;
    let search = RwSignal::new(String::new());
    let people = watch_people(search);
    let choice = Choice {
        search,
        rows: watch_targets(app, search, people),
        people,
        chosen: RwSignal::new(Vec::new()),
        list: NodeRef::new(),
    };
    let chosen = choice.chosen;
    let trouble = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let title = tw("forward-title", [("count", messages.len().into())]);
    let close = move || talk.dialog.set(None);
    let go = move || {
        let to = chosen.get_untracked();
        if to.is_empty() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        let messages = messages.clone();
        leptos::task::spawn_local(async move {
            match hand_on(app, messages, &to).await {
                Ok(()) => {
                    app.say(done(&to));
                    talk.dialog.try_set(None);
                    talk.has_acted();
                }
                Err(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
            }
            busy.try_set(false);
        });
    };
    modal(
        title,
        "tall",
        close,
        view! {
            <form class="modal-form" on:submit=move |event| { event.prevent_default(); go() }>
                <div class="modal-body flush">{list(choice)}</div>
                <footer class="modal-foot">
                    {problem(move || trouble.get())}
                    <p class="chosen" aria-live="polite" dir="auto">{move || chosen.with(|chosen| joined(chosen))}</p>
                    <button type="submit" class="button primary" aria-disabled=move || (busy.get() || chosen.with(Vec::is_empty)).to_string()>{icon("forward")}<span>{t("forward")}</span></button>
                </footer>
            </form>
        },
    )
}

fn list(choice: Choice) -> impl IntoView {
    let Choice {
        search,
        rows,
        people,
        list,
        ..
    } = choice;
    let go = move |event: &KeyboardEvent| {
        if let Some(list) = list.get_untracked() {
            rove(event, &list, ".tickbox");
        }
    };
    view! {
        <div class="search">{icon("search")}
            <input type="search" autocomplete="off" spellcheck="false" autofocus=true placeholder=t("forward-search") aria-label=t("forward-search") bind:value=search
                on:keydown=move |event| match event.key().as_str() {
                    "ArrowDown" => go(&event),
                    "Enter" if !event.is_composing() => choose_first(choice, &event),
                    _ => {}
                }/>
        </div>
        {elsewhere(search, people)}
        <ul class="list picker" node_ref=list aria-label=t("forward-to") on:keydown=move |event| go(&event)>
            <For each=move || rows.order.get() key=Place::clone children=move |place| rows.get(&place).map(|target| row(choice, target))/>
        </ul>
        {move || rows.order.with(Vec::is_empty).then(|| view! { <div class="empty"><p>{t("nothing-found")}</p></div> })}
    }
}

/// Enter chooses the first that was found, and the next search begins; with nothing typed it sends the form.
fn choose_first(choice: Choice, event: &KeyboardEvent) {
    if choice
        .search
        .with_untracked(|typed| typed.trim().is_empty())
    {
        return;
    }
    event.prevent_default();
    let first = choice
        .rows
        .order
        .with_untracked(|order| order.first().cloned());
    if let Some(target) = first.and_then(|place| choice.rows.get(&place)) {
        let target = target.get_untracked();
        choice.chosen.update(|chosen| toggle(chosen, &target));
        choice.search.set(String::new());
    }
}

fn row(choice: Choice, target: ArcRwSignal<Target>) -> impl IntoView {
    let chosen = choice.chosen;
    let place = target.with_untracked(|target| target.place.clone());
    let is_chosen = move || chosen.with(|chosen| chosen.iter().any(|target| target.place == place));
    let toggled = target.clone();
    let press = move |_| {
        let target = toggled.get_untracked();
        chosen.update(|chosen| toggle(chosen, &target));
    };
    view! {
        <li><label class="entry person">
            {move || target.with(line)}
            <input type="checkbox" class="tickbox" prop:checked=is_chosen on:change=press/>
        </label></li>
    }
}

fn line(target: &Target) -> impl IntoView + use<> {
    let face = Face {
        id: target.face.clone(),
        name: target.name.clone(),
        picture: target.picture.clone(),
        outside: !target.outside.is_empty(),
    };
    let (name, address) = (harmless(&target.name), harmless(&target.address));
    view! {
        {if target.is_saved { saved_avatar("medium").into_any() } else { avatar(face, "medium").into_any() }}
        <span class="grow clip">
            <span class="strong"><bdi>{name}</bdi>{outsides(&target.outside)}</span>
            {(!address.is_empty()).then(|| view! { <span class="hint" dir="auto">{address}</span> })}
        </span>
    }
}

/// Watches the chats and people whose name fits what is typed.
fn watch_targets(
    app: App,
    search: RwSignal<String>,
    people: ReadSignal<Option<Vec<Person>>>,
) -> Keyed<Place, Target> {
    let chats = app.core.watch(
        move || View::Chats {
            filter: ChatFilter::All,
            search: search.get(),
        },
        |shown| match shown {
            Shown::Chats(list) => Some(list.rows),
            _ => None,
        },
    );
    let rows = Keyed::new();
    Effect::new(move |_| {
        let (Some(chats), Some(people)) = (chats.get(), people.get()) else {
            return;
        };
        let saved = Saved {
            me: app.me(),
            name: t("saved-messages"),
        };
        let all = targets(&search.get(), saved, &chats, &people);
        rows.show(
            all.into_iter()
                .map(|target| (target.place.clone(), target))
                .collect(),
        );
    });
    rows
}

async fn hand_on(app: App, messages: Vec<MessageId>, to: &[Target]) -> Result<(), Trouble> {
    let mut chats: Vec<ChatId> = Vec::new();
    for target in to {
        match &target.place {
            Place::Chat(chat) => chats.push(chat.clone()),
            Place::Person(person) => {
                match app.core.ask(Command::OpenDirect(person.clone())).await {
                    Outcome::Chat(chat) => chats.push(chat),
                    Outcome::Failed(why) => return Err(why),
                    _ => {}
                }
            }
        }
    }
    match app.core.ask(Command::Forward { messages, chats }).await {
        Outcome::Failed(why) => Err(why),
        _ => Ok(()),
    }
}

fn done(to: &[Target]) -> String {
    match to {
        [one] => tw("forwarded-to", [("name", (&one.name).into())]),
        several => tw("forwarded-to-several", [("count", several.len().into())]),
    }
}

fn joined(chosen: &[Target]) -> String {
    let all: Vec<String> = chosen.iter().map(|target| target.name.clone()).collect();
    names(&all)
}

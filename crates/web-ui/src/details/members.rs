//! Who is in a group, and what can be done about it.

use super::{Details, part, run};
use crate::{
    app::App,
    logic::text::harmless,
    parts::{Face, avatar, icon, modal, outside, problem, sentence},
    people::picker,
    words::{t, tw},
};
use leptos::prelude::*;
use std::collections::BTreeSet;
use valise_views::{ChatDetails, ChatId, Command, Member, MemberRole, Outcome, PersonId};

/// The members, owners first.
pub(super) fn list(
    app: App,
    details: Details,
    add: impl Fn() + Copy + Send + 'static,
) -> impl IntoView {
    let shown = |details: &ChatDetails| {
        let manages = details.may_manage && details.active;
        let linked = details.link.is_some();
        (
            details.chat.clone(),
            details.members.clone(),
            manages,
            linked,
        )
    };
    part(details, shown, move |(chat, members, manages, linked)| {
        let count = members.len();
        let rows = members
            .into_iter()
            .map(|member| row(app, chat.clone(), member, manages, linked))
            .collect_view();
        view! {
            <section class="block">
                <h3 class="block-title">{tw("members", [("count", count.into())])}</h3>
                {manages.then(|| view! { <button type="button" class="entry accent" on:click=move |_| add()>{icon("user-plus")}<span>{t("add-people")}</span></button> })}
                <ul class="list">{rows}</ul>
            </section>
        }
    })
}

fn row(app: App, chat: ChatId, member: Member, manages: bool, linked: bool) -> impl IntoView {
    let face = Face {
        id: member.person.0.clone(),
        name: member.name.clone(),
        picture: member.picture.clone(),
        outside: member.outside.is_some(),
    };
    let is_owner = member.role == MemberRole::Owner;
    let acts = manages && !member.is_me;
    let body = view! {
        {avatar(face, "medium")}
        <span class="grow clip">
            <span class="strong"><bdi>{harmless(&member.name)}</bdi>{member.is_me.then(|| format!(" ({})", t("you")))}{outside(member.outside.as_ref())}</span>
            <span class="hint"><bdi>{harmless(&member.address)}</bdi></span>
        </span>
        {is_owner.then(|| view! { <span class="chip still">{t("owner")}</span> })}
    };
    if !acts {
        let person = member.person.clone();
        let open = move |_| open_direct(app, person.clone());
        return view! { <li>{if member.is_me { view! { <div class="entry">{body}</div> }.into_any() } else { view! { <button type="button" class="entry" on:click=open>{body}</button> }.into_any() }}</li> }.into_any();
    }
    let (write, owner) = (member.person.clone(), member.person.clone());
    let out = put_out(app, chat.clone(), member, linked);
    view! {
        <li><details class="entry-details">
            <summary class="entry">{body}{icon("chevron-down")}</summary>
            <div class="entry-acts">
                <button type="button" class="button small" on:click=move |_| open_direct(app, write.clone())>{icon("message-circle")}<span>{t("write-to")}</span></button>
                <button type="button" class="button small" on:click=move |_| run(app, Command::SetOwner { chat: chat.clone(), person: owner.clone(), owner: !is_owner })>
                    {icon("crown")}<span>{if is_owner { t("owner-end") } else { t("owner-make") }}</span></button>
                <button type="button" class="button small danger" on:click=move |_| out()>
                    {icon("user-minus")}<span>{t("remove")}</span></button>
            </div>
        </details></li>
    }
    .into_any()
}

/// Takes somebody out of a group, and says what becomes of its link, which he knows.
fn put_out(app: App, chat: ChatId, member: Member, linked: bool) -> impl Fn() {
    let name = harmless(&member.name);
    move || {
        let command = Command::RemoveMember {
            chat: chat.clone(),
            person: member.person.clone(),
        };
        let name = name.clone();
        leptos::task::spawn_local(async move {
            match app.core.ask(command).await {
                Outcome::Failed(why) => app.say(sentence(why)),
                _ if linked => app.say(tw("group-link-went", [("name", name.into())])),
                _ => {}
            }
        });
    }
}

/// Opens the chat with a person.
pub fn open_direct(app: App, person: PersonId) {
    leptos::task::spawn_local(async move {
        match app.core.ask(Command::OpenDirect(person)).await {
            Outcome::Chat(chat) => app.open_chat(chat),
            Outcome::Failed(why) => app.say(sentence(why)),
            _ => {}
        }
    });
}

/// The dialog that brings people in.
pub fn add(app: App, details: ChatDetails, close: impl Fn() + Copy + 'static) -> impl IntoView {
    let there: BTreeSet<PersonId> = details
        .members
        .iter()
        .map(|member| member.person.clone())
        .collect();
    let chosen = RwSignal::new(Vec::<PersonId>::new());
    let trouble = RwSignal::new(None::<String>);
    let chat = StoredValue::new(details.chat);
    let go = move || {
        let people = chosen.get_untracked();
        if people.is_empty() {
            return;
        }
        leptos::task::spawn_local(async move {
            match app
                .core
                .ask(Command::AddMembers {
                    chat: chat.get_value(),
                    people,
                })
                .await
            {
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
                _ => close(),
            }
        });
    };
    modal(
        t("add-people"),
        "tall",
        close,
        view! {
            <div class="modal-body flush">{picker::several(there, chosen)}</div>
            <footer class="modal-foot">
                {problem(move || trouble.get())}
                <button type="button" class="button primary" aria-disabled=move || chosen.with(Vec::is_empty).to_string() on:click=move |_| go()>
                    {move || tw("add-count", [("count", chosen.with(Vec::len).into())])}</button>
            </footer>
        },
    )
}

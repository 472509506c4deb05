//! The link into a group: made, shown, made anew and switched off by its owners.

use super::{Asking, Details, part, run, told};
use crate::{
    app::App,
    browser::{focus, intl, now, share, soon},
    id,
    parts::{handed, icon, made_for, modal},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::link::GroupLink;
use valise_views::{ChatDetails, ChatId, Command};

const DAY_MILLIS: u64 = 24 * 3_600_000;
/// Days for which a link is offered; 0 until it is switched off.
const DAYS: [u32; 4] = [1, 7, 30, 0];

/// The line in the pane, with how it stands.
pub(super) fn line(details: Details, asking: RwSignal<Option<Asking>>) -> impl IntoView {
    let shown = |details: &ChatDetails| {
        let may = details.may_manage && details.active && details.kind.has_many();
        may.then(|| details.link.clone())
    };
    part(details, shown, move |link: Option<Option<GroupLink>>| {
        link.map(|link| view! {
            <section class="block">
                <button type="button" class="entry" on:click=move |_| asking.set(Some(Asking::Link))>
                    {icon("link")}<span class="grow">{t("group-link")}<span class="hint">{standing(link.as_ref())}</span></span>
                </button>
            </section>
        })
    })
}

fn standing(link: Option<&GroupLink>) -> String {
    match link {
        None => t("group-link-off"),
        Some(link) if link.over => t("group-link-over"),
        Some(link) if !link.works => t("changing"),
        Some(GroupLink {
            until: Some(until), ..
        }) => tw("group-link-until", [("day", intl::full(*until).into())]),
        Some(_) => t("group-link-on"),
    }
}

/// The dialog with the link, or with what makes one.
pub(super) fn dialog(
    app: App,
    details: Details,
    close: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let shown = told(details, |details| {
        (details.chat.clone(), details.link.clone(), details.changing)
    });
    let body = made_for(
        move || shown.get(),
        move |shown| {
            shown.map(|(chat, link, changing)| match link {
                Some(link) if link.works && !changing => there(app, chat, link).into_any(),
                _ if changing => {
                    view! { <div class="modal-body"><p role="status">{t("changing")}</p></div> }
                        .into_any()
                }
                _ => none(app, chat).into_any(),
            })
        },
    );
    modal(t("group-link"), "small", close, body)
}

fn none(app: App, chat: ChatId) -> impl IntoView {
    let days = RwSignal::new(7_u32);
    soon(|| focus(".modal-foot .button.primary"));
    view! {
        <div class="modal-body form">
            <p class="prose">{t("group-link-text")}</p>
            <p class="hint">{t("group-link-removal")}</p>
            {length(days)}
        </div>
        <footer class="modal-foot"><button type="button" class="button primary" on:click=move |_| make(app, chat.clone(), days)>{icon("link")}<span>{t("group-link-make")}</span></button></footer>
    }
}

fn there(app: App, chat: ChatId, link: GroupLink) -> impl IntoView {
    let standing = standing(Some(&link));
    let (off, days) = (chat.clone(), RwSignal::new(7_u32));
    let url = link.url.filter(|_| !link.over);
    // What was pressed is gone.
    soon(|| focus(".handed .button"));
    let shared = url.clone().filter(|_| share::can_share());
    view! {
        <div class="modal-body form">
            <p class="strong centre" role="status">{standing}</p>
            {match url {
                Some(url) => handed(url, t("group-link"), t("group-link-text")).into_any(),
                None if link.over => ().into_any(),
                None => view! { <p class="prose">{t("group-link-others")}</p> }.into_any(),
            }}
            {shared.map(|url| view! { <button type="button" class="button wide" on:click=move |_| share::share(&url)>{icon("share-2")}<span>{t("share")}</span></button> })}
            <p class="hint">{t("group-link-removal")}</p>
            <details class="more">
                <summary>{t("group-link-new")}</summary>
                <p class="hint">{t("group-link-new-hint")}</p>
                {length(days)}
                <button type="button" class="button wide" on:click=move |_| make(app, chat.clone(), days)>{icon("link")}<span>{t("group-link-make")}</span></button>
            </details>
        </div>
        <footer class="modal-foot"><button type="button" class="button danger" on:click=move |_| run(app, Command::EndGroupLink(off.clone()))>{t("group-link-end")}</button></footer>
    }
}

/// For how long the link to be made works.
fn length(days: RwSignal<u32>) -> impl IntoView {
    let option = move |count: u32| {
        let label = match count {
            0 => t("group-link-forever"),
            count => tw(id!("days"), [("count", count.into())]),
        };
        view! { <option value=count.to_string() selected=move || days.get_untracked() == count>{label}</option> }
    };
    view! {
        <div class="field"><label for="group-link-days">{t("group-link-valid")}</label>
            <select id="group-link-days" on:change:target=move |event| days.set(event.target().value().parse().unwrap_or(7))>{DAYS.map(option).collect_view()}</select></div>
    }
}

fn make(app: App, chat: ChatId, days: RwSignal<u32>) {
    let days = u64::from(days.get_untracked());
    let until = (days > 0).then(|| now() + days * DAY_MILLIS);
    run(app, Command::MakeGroupLink { chat, until });
}

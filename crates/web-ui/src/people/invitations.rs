//! Invitations: making one, handing it over, taking it back.

use crate::{
    app::{App, Dialog, app},
    browser::{intl, now},
    id,
    logic::{address::suggest, text::harmless},
    parts::{field, handed, icon, made_for, modal, problem, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{Command, Invitation, InvitationState, Outcome, PersonRole, Shown, View};

const DAY_MILLIS: u64 = 24 * 3_600_000;
const DAYS: [u32; 4] = [1, 7, 30, 90];

/// The link of an invitation, to hand over.
pub fn invitation(link: String) -> impl IntoView {
    handed(link, t("invite-link"), t("handed-text"))
}

/// The invitations, the open ones with their links.
pub fn list() -> impl IntoView {
    let app = app();
    let invitations = app.core.watch(
        || View::Invitations,
        |shown| match shown {
            Shown::Invitations(invitations) => Some(invitations),
            _ => None,
        },
    );
    let shown = RwSignal::new(None::<String>);
    view! {
        <section class="block">
            <h2 class="block-title">{t("invitations")}</h2>
            <button type="button" class="entry accent" on:click=move |_| app.dialog.set(Some(Dialog::Invite))>{icon("user-plus")}<span>{t("invite")}</span></button>
            <ul class="list">{move || invitations.get().unwrap_or_default().into_iter().map(|invitation| row(app, invitation, shown)).collect_view()}</ul>
            {made_for(move || shown.get(), move |link| link.map(|link| modal(t("invite-ready"), "small", move || shown.set(None), view! { <div class="modal-body">{invitation(link)}</div> })))}
        </section>
    }
}

fn row(app: App, invitation: Invitation, shown: RwSignal<Option<String>>) -> impl IntoView {
    let open = invitation.state == InvitationState::Open;
    let name = [&invitation.name, &invitation.address]
        .into_iter()
        .find(|text| !text.is_empty())
        .map_or_else(|| t("invite-anybody"), |text| harmless(text));
    let state = match invitation.state {
        InvitationState::Open => tw(
            "invite-until",
            [("day", intl::short_day(invitation.expires_at).into())],
        ),
        InvitationState::Used => t("invite-used"),
        InvitationState::Expired => t("invite-expired"),
        InvitationState::Revoked => t("invite-revoked"),
    };
    let uses = (invitation.uses > 1).then(|| {
        tw(
            "invite-uses-of",
            [
                ("used", invitation.used.into()),
                ("count", invitation.uses.into()),
            ],
        )
    });
    let under = uses.map_or(state.clone(), |uses| format!("{state} · {uses}"));
    let (link, revoked) = (invitation.link.filter(|_| open), invitation.id);
    let take_back = move |_| {
        let command = Command::RevokeInvitation(revoked.clone());
        leptos::task::spawn_local(async move {
            match app.core.ask(command).await {
                Outcome::Failed(why) => app.say(sentence(why)),
                _ => app.say(t("invite-taken-back")),
            }
        });
    };
    view! {
        <li class="entry invitation" class:over=!open>
            <span class="grow clip"><span class="strong"><bdi>{name}</bdi></span><span class="hint">{under}</span></span>
            {link.map(|link| view! { <button type="button" class="button small" on:click=move |_| shown.set(Some(link.clone()))>{icon("qr-code")}<span>{t("show")}</span></button> })}
            {open.then(|| view! { <button type="button" class="button small" on:click=take_back>{t("take-back")}</button> })}
        </li>
    }
}

/// The dialog that makes an invitation.
pub fn invite() -> impl IntoView {
    let app = app();
    let link = RwSignal::new(None::<String>);
    let close = move || app.dialog.set(None);
    view! {
        {move || match link.get() {
            Some(link) => modal(t("invite-ready"), "small", close, view! { <div class="modal-body">{invitation(link)}</div> }).into_any(),
            None => modal(t("invite"), "small", close, form(app, link)).into_any(),
        }}
    }
}

fn form(app: App, link: RwSignal<Option<String>>) -> impl IntoView {
    let (name, office, address) = (
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
    );
    let (days, registrar, many) = (
        RwSignal::new(7_u32),
        RwSignal::new(false),
        RwSignal::new(false),
    );
    let trouble = RwSignal::new(None::<String>);
    let make = move || {
        let several = many.get_untracked();
        let text = |signal: RwSignal<String>| {
            if several {
                String::new()
            } else {
                signal.get_untracked().trim().to_owned()
            }
        };
        let (given, typed) = (text(name), text(address));
        let command = Command::Invite {
            local_part: if typed.is_empty() {
                suggest(&given)
            } else {
                typed
            },
            name: given,
            office: office.get_untracked().trim().to_owned(),
            role: if registrar.get_untracked() && !several {
                PersonRole::Registrar
            } else {
                PersonRole::Member
            },
            expires_at: now() + u64::from(days.get_untracked()) * DAY_MILLIS,
            uses: if several { 50 } else { 1 },
        };
        trouble.set(None);
        leptos::task::spawn_local(async move {
            match app.core.ask(command).await {
                Outcome::Link(made) => {
                    link.try_set(Some(made));
                }
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
                _ => {}
            }
        });
    };
    view! {
        <form class="modal-form" on:submit=move |event| { event.prevent_default(); make() }>
            <div class="modal-body form">
                {move || (!many.get()).then(|| view! {
                    {field(t("colleague-name"), Some(t("invite-name-hint")), "invite-name", name, 80)}
                    <details class="more"><summary>{t("more")}</summary>
                        {field(t("invite-address"), Some(t("invite-address-hint")), "invite-address", address, 40)}
                        {check(registrar, t("invite-registrar"), Some(t("invite-registrar-hint")))}
                    </details>
                })}
                {field(t("invite-office"), None, "invite-office", office, 80)}
                <div class="field"><label for="invite-days">{t("invite-valid")}</label>
                    <select id="invite-days" on:change:target=move |event| days.set(event.target().value().parse().unwrap_or(7))>
                        {DAYS.map(|count| view! { <option value=count.to_string() selected={count == 7}>{tw(id!("days"), [("count", count.into())])}</option> }).collect_view()}
                    </select></div>
                {check(many, t("invite-many"), Some(t("invite-many-hint")))}
                {problem(move || trouble.get())}
            </div>
            <footer class="modal-foot"><button type="submit" class="button primary">{icon("link")}<span>{t("invite-make")}</span></button></footer>
        </form>
    }
}

fn check(value: RwSignal<bool>, label: String, hint: Option<String>) -> impl IntoView {
    view! {
        <label class="check"><input type="checkbox" class="tickbox" prop:checked=move || value.get() on:change:target=move |event| value.set(event.target().checked())/>
            <span>{label}{hint.map(|hint| view! { <span class="hint">{hint}</span> })}</span></label>
    }
}

//! One other organisation, large: who it is, and agreeing or ending.

use super::{
    own_fingerprint, watch_partners,
    who::{comparing, digits, who},
};
use crate::{
    app::app,
    parts::{icon, made_for, modal, problem, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{Command, Outcome, Partner, PartnerState};

/// The dialog of the one with this id; it follows what becomes of it.
pub fn known(id: String) -> impl IntoView {
    let partners = watch_partners(app());
    let own = own_fingerprint(partners);
    let shown = Memo::new(move |_| {
        partners.with(|partners| {
            let partners = partners.as_ref()?.partners.iter();
            partners.clone().find(|partner| partner.id == id).cloned()
        })
    });
    made_for(
        move || shown.get().zip(own.get()),
        |shown| shown.map(|(partner, own)| dialog(&partner, &own)),
    )
}

fn dialog(partner: &Partner, own: &str) -> impl IntoView + use<> {
    let app = app();
    let close = move || app.dialog.set(None);
    let trouble = RwSignal::new(None::<String>);
    let ending = RwSignal::new(false);
    let own = own.to_owned();
    let waits = partner.state == PartnerState::Introduced;
    let name = partner.name.clone();
    let act = move |command: Command, done: String| {
        trouble.set(None);
        leptos::task::spawn_local(async move {
            match app.core.ask(command).await {
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
                _ => {
                    app.say(done);
                    close();
                }
            }
        });
    };
    let (confirmed, ended) = (partner.id.clone(), partner.id.clone());
    let (confirmed_name, ended_name, asked_name) = (name.clone(), name.clone(), name);
    let confirm = move |_| {
        let done = tw("partner-confirmed", [("name", (&confirmed_name).into())]);
        act(
            Command::ConfirmPartner {
                id: confirmed.clone(),
            },
            done,
        );
    };
    let end = move |_| {
        if !ending.get_untracked() {
            ending.set(true);
            return;
        }
        let done = tw("partner-ended", [("name", (&ended_name).into())]);
        act(Command::EndPartner { id: ended.clone() }, done);
    };
    let title = if waits {
        t("partner-waits-title")
    } else {
        t("partner-title")
    };
    modal(
        title,
        "small",
        close,
        view! {
            <div class="modal-body" tabindex="0">
                {who(partner)}
                {move || (!ending.get()).then(|| if waits { comparing(&own).into_any() } else { digits(t("partner-own"), &own).into_any() })}
                {move || ending.get().then(|| view! { <p class="problem">{icon("triangle-alert")}<span>{tw("partner-end-text", [("name", (&asked_name).into())])}</span></p> })}
                {problem(move || trouble.get())}
            </div>
            <footer class="modal-foot">
                {if waits {
                    view! {
                        <button type="button" class="button" on:click=move |_| close()>{t("partner-later")}</button>
                        <button type="button" class="button primary" on:click=confirm>{t("partner-agree")}</button>
                    }.into_any()
                } else {
                    view! { <button type="button" class="button danger" on:click=end>{move || if ending.get() { t("partner-end-sure") } else { t("partner-end") }}</button> }.into_any()
                }}
            </footer>
        },
    )
}

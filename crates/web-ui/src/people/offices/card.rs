//! One office, large: what it is for, who holds it, and for registrars changing and closing it.

use super::{duty, sign, watch_offices};
use crate::people::away_text;
use crate::{
    app::{App, Dialog, app},
    details::open_direct,
    logic::text::harmless,
    parts::{Face, avatar, icon, made_for, modal, outside, problem, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{Command, Holder, Office, OfficeId, Outcome};

/// The dialog of the one with this id; it follows what becomes of it, and ends with it.
pub fn card(id: OfficeId) -> impl IntoView {
    let app = app();
    let offices = watch_offices(app);
    let shown = Memo::new(move |_| {
        offices.with(|offices| {
            let mut offices = offices.as_ref()?.iter();
            offices.find(|office| office.id == id).cloned()
        })
    });
    made_for(
        move || shown.get(),
        move |office| office.map(|office| dialog(app, office)),
    )
}

fn dialog(app: App, office: Office) -> impl IntoView {
    let close = move || app.dialog.set(None);
    let (closing, trouble) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let is_outside = office.outside.is_some();
    let acts = !is_outside && app.know(|ready| ready.is_registrar);
    let verified = if is_outside {
        t("office-verified-outside")
    } else {
        t("office-verified")
    };
    let title = office.name.clone();
    let warning = move || {
        let text = tw("office-close-text", [("name", harmless(&title).into())]);
        closing
            .get()
            .then(|| view! { <p class="problem">{icon("triangle-alert")}<span>{text}</span></p> })
    };
    modal(
        harmless(&office.name),
        "small",
        close,
        view! {
            <div class="modal-body centre-column">
                {sign(is_outside, "huge")}
                {outside(office.outside.as_ref())}
                <p class="under"><bdi>{harmless(&office.address)}</bdi></p>
                {(!office.note.is_empty()).then(|| view! { <p class="prose office-note" dir="auto">{harmless(&office.note)}</p> })}
                {office.mine.then(|| view! { <p class="chips-line"><span class="chip still">{t("office-mine")}</span></p> })}
                {holders(app, &office)}
                {duty::part(app, &office, trouble)}
                <p class="hint">{icon("shield-check")} " " {verified}</p>
                {warning}
                {problem(move || trouble.get())}
            </div>
            {acts.then(|| foot(app, office, closing, trouble))}
        },
    )
}

fn holders(app: App, office: &Office) -> impl IntoView + use<> {
    let is_outside = office.outside.is_some();
    let all = office.holders.clone();
    let none = all.is_empty();
    view! {
        <section class="office-holders" aria-label=t("office-holders")>
            <h3 class="block-title">{t("office-holders")}</h3>
            {none.then(|| view! { <p class="hint">{t("office-holders-none")}</p> })}
            <ul class="list">{all.into_iter().map(|holder| row(app, holder, is_outside)).collect_view()}</ul>
        </section>
    }
}

fn row(app: App, holder: Holder, is_outside: bool) -> impl IntoView {
    let face = Face {
        id: holder.id.0.clone(),
        name: holder.name.clone(),
        picture: None,
        outside: is_outside,
    };
    let is_me = holder.id == app.me();
    let away = holder.away.as_ref().map(away_text);
    let body = view! {
        {avatar(face, "small")}
        <span class="grow clip"><span class="strong"><bdi>{harmless(&holder.name)}</bdi>{is_me.then(|| format!(" ({})", t("you")))}</span>
            {away.map(|away| view! { <span class="hint" dir="auto">{away}</span> })}</span>
        {holder.on_duty.then(|| view! { <span class="chip still">{t("duty")}</span> })}
    };
    if is_me {
        return view! { <li class="entry">{body}</li> }.into_any();
    }
    let open = move |_| {
        app.dialog.set(None);
        open_direct(app, holder.id.clone());
    };
    view! { <li><button type="button" class="entry" title=t("write-to") on:click=open>{body}{icon("message-circle")}</button></li> }.into_any()
}

fn foot(
    app: App,
    office: Office,
    closing: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
) -> impl IntoView {
    let (id, name) = (office.id.clone(), office.name.clone());
    let end = move || {
        let command = Command::CloseOffice(id.clone());
        let done = tw("office-closed", [("name", harmless(&name).into())]);
        leptos::task::spawn_local(async move {
            match app.core.ask(command).await {
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
                _ => {
                    app.say(done);
                    app.dialog.set(None);
                }
            }
        });
    };
    let office = Box::new(office);
    let change = move |_| {
        let office = Some(office.clone());
        app.dialog.set(Some(Dialog::ChangeOffice(office)));
    };
    view! {
        <footer class="modal-foot">
            <button type="button" class="button danger" on:click=move |_| if closing.get_untracked() { end() } else { closing.set(true) }>
                {move || if closing.get() { t("office-close-sure") } else { t("office-close") }}</button>
            <button type="button" class="button primary" on:click=change>{icon("pencil")}<span>{t("office-change")}</span></button>
        </footer>
    }
}

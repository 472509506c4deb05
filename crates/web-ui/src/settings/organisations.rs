//! The organisations of a person: the one that is open here, and the way to the pages of the others.

use crate::{
    app::{App, app},
    browser,
    logic::text::harmless,
    parts::{field, icon, icon_button, modal, problem, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{
    Command, Organisation, Outcome, Trouble,
    organisation::{MAX_NAME, is_origin},
};

/// Most letters of what is pasted as an address: an invitation is longer than one.
const MAX_TYPED: u32 = 1_000;

/// The form in which an organisation is added, or called by another name.
#[derive(Clone, Copy)]
struct Form {
    app: App,
    /// The organisation that is changed; none while a new one is added.
    changed: RwSignal<Option<String>>,
    typed: RwSignal<String>,
    name: RwSignal<String>,
    trouble: RwSignal<Option<String>>,
}

impl Form {
    fn take_up(self, organisation: &Organisation) {
        self.changed.set(Some(organisation.origin.clone()));
        self.name.set(organisation.name.clone());
        self.trouble.set(None);
        browser::soon(|| browser::focus("#elsewhere-name"));
    }

    fn empty(self) {
        self.changed.set(None);
        self.typed.set(String::new());
        self.name.set(String::new());
        self.trouble.set(None);
        // What was pressed may be gone.
        browser::soon(|| browser::focus("#elsewhere-address"));
    }

    /// Where the organisation is that the form is about.
    fn origin(self) -> Option<String> {
        match self.changed.get() {
            Some(origin) => Some(origin),
            None => self.typed.with(|typed| browser::origin_in(typed)),
        }
    }

    /// Adds the organisation, or changes the one that was taken up.
    fn go(self) {
        let address = match untrack(|| self.origin()) {
            Some(origin) if origin == browser::origin() => {
                return self.trouble.set(Some(t("elsewhere-same")));
            }
            Some(origin) => origin,
            None => return self.trouble.set(Some(t("elsewhere-bad-address"))),
        };
        let name = self.name.get_untracked();
        leptos::task::spawn_local(async move {
            let keep = Command::KeepOrganisation { address, name };
            match self.app.core.ask(keep).await {
                Outcome::Failed(Trouble::NotAllowed) => {
                    self.trouble.try_set(Some(t("elsewhere-full")));
                }
                Outcome::Failed(why) => {
                    self.trouble.try_set(Some(sentence(why)));
                }
                _ => self.empty(),
            }
        });
    }

    fn remove(self) {
        if let Some(origin) = self.changed.get_untracked() {
            self.app.core.tell(Command::ForgetOrganisation(origin));
            self.empty();
        }
    }
}

/// The list, to go from one to the other and to change.
pub fn organisations() -> impl IntoView {
    let app = app();
    let form = Form {
        app,
        changed: RwSignal::new(None),
        typed: RwSignal::new(String::new()),
        name: RwSignal::new(String::new()),
        trouble: RwSignal::new(None),
    };
    forget_secrets(form);
    let others = Memo::new(move |_| app.know(|ready| ready.organisations.clone()));
    if !others.with_untracked(Vec::is_empty) {
        // Most come to go, and a field would bring up the keyboard of a phone.
        browser::soon(|| browser::focus(".elsewhere"));
    }
    let close = move || app.dialog.set(None);
    modal(
        t("organisations"),
        "small",
        close,
        view! {
            <div class="modal-body flush">
                <ul class="list organisations" aria-label=t("organisations")>
                    {here(app)}
                    {move || others.get().into_iter().filter(|other| is_origin(&other.origin)).map(|other| line(form, other)).collect_view()}
                </ul>
                <p class="hint padded">{t("organisations-about")}</p>
                {edit(form)}
            </div>
            <footer class="modal-foot"><button type="button" class="button" on:click=move |_| close()>{t("close")}</button></footer>
        },
    )
}

/// Of a link only the address is of use here: what stands behind the `#` opens another organisation's door, and is no business
/// of a page that this one's server gave.
fn forget_secrets(form: Form) {
    Effect::new(move |_| {
        let begin = form.typed.with(|typed| typed.find('#'));
        if let Some(begin) = begin {
            form.typed.update(|typed| typed.truncate(begin));
        }
    });
}

/// The one that is open.
fn here(app: App) -> impl IntoView {
    let name = Memo::new(move |_| app.know(|ready| ready.organisation.clone()));
    view! {
        <li class="entry">
            {icon("building-2")}
            <span class="grow"><bdi class="strong">{move || harmless(&name.get())}</bdi><span class="hint" dir="ltr">{browser::origin()}</span></span>
            <span class="chip still">{t("elsewhere-here")}</span>
        </li>
    }
}

/// Another one: the whole address stands there before anybody goes to it.
fn line(form: Form, other: Organisation) -> impl IntoView {
    let name = harmless(&other.name);
    let change = tw("elsewhere-change", [("name", (&name).into())]);
    let close = move |_| form.app.dialog.set(None);
    let origin = other.origin.clone();
    view! {
        <li class="label-line">
            // Neither learns of the other by it: no address of this page goes along, and no handle on its window.
            <a class="entry elsewhere" href=format!("{origin}/") target="_blank" rel="noopener noreferrer" on:click=close>
                {icon("building-2")}
                <span class="grow"><bdi class="strong">{name}</bdi><span class="hint address" dir="ltr">{origin.clone()}</span></span>
                {icon("external-link")}
                <span class="unseen">{t("elsewhere-window")}</span>
            </a>
            {icon_button("pencil", change, move || form.take_up(&other))}
        </li>
    }
}

fn edit(form: Form) -> impl IntoView {
    let is_change = Memo::new(move |_| form.changed.with(Option::is_some));
    let leads = move || {
        let origin = form.origin().filter(|_| !is_change.get());
        origin.map(|origin| tw("elsewhere-leads", [("address", origin.into())]))
    };
    view! {
        <form class="label-form padded" on:submit=move |event| { event.prevent_default(); form.go() }>
            <h3 class="block-title">{move || if is_change.get() { t("elsewhere-edit") } else { t("elsewhere-new") }}</h3>
            {move || (!is_change.get()).then(|| field(t("elsewhere-address"), Some(t("elsewhere-address-hint")), "elsewhere-address", form.typed, MAX_TYPED))}
            <p class="hint address" aria-live="polite">{leads}</p>
            {field(t("elsewhere-name"), None, "elsewhere-name", form.name, MAX_NAME as u32)}
            {problem(move || form.trouble.get())}
            <div class="pair">
                <button type="submit" class="button primary">{move || if is_change.get() { t("save") } else { t("elsewhere-add") }}</button>
                {move || is_change.get().then(|| view! {
                    <button type="button" class="button danger" on:click=move |_| form.remove()>{icon("trash-2")}<span>{t("elsewhere-remove")}</span></button>
                })}
            </div>
        </form>
    }
}

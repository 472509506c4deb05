//! Whom a request is for: an office of a partner, somebody there, or somebody of no organisation, by a link.

use crate::{
    browser::{self, rove},
    logic::{
        requests::draft::{is_found, one_line},
        text::harmless,
    },
    parts::{field, icon, outside, problem},
    people::{elsewhere, line, watch_people},
    words::t,
};
use leptos::{html, prelude::*};
use valise_views::addressee::Addressee;
use valise_views::request::RequestTo;
use valise_views::{Office, Outside, Person};

/// Most letters of a guest's name.
const MAX_NAME: u32 = 80;

/// Somebody who can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// As the core has it.
    pub to: RequestTo,
    /// The name.
    pub name: String,
    /// The organisation.
    pub outside: Outside,
}

impl Recipient {
    /// Somebody of another organisation.
    pub fn person(person: &Person) -> Option<Self> {
        Some(Self {
            to: RequestTo::Person(person.id.clone()),
            name: harmless(&person.name),
            outside: person.outside.clone()?,
        })
    }

    /// An office of another organisation.
    pub fn office(office: &Office) -> Option<Self> {
        let outside = office.outside.clone()?;
        Some(Self {
            to: RequestTo::Office(office.id.clone()),
            name: harmless(&office.name),
            outside,
        })
    }

    /// Somebody of no organisation.
    pub(super) fn guest(name: &str, held: bool) -> Self {
        let outside = Outside {
            organisation: name.to_owned(),
            domain: String::new(),
            is_guest: true,
        };
        Self {
            to: RequestTo::Guest {
                name: name.to_owned(),
                held,
            },
            name: name.to_owned(),
            outside,
        }
    }

    /// The office or guest who stands on the request; none if it is for somebody of an organisation, of whom it says nothing.
    pub fn name_on_it(&self) -> Option<String> {
        (!matches!(self.to, RequestTo::Person(_))).then(|| self.name.clone())
    }
}

impl From<Addressee> for Recipient {
    fn from(addressee: Addressee) -> Self {
        Self {
            to: addressee.to,
            name: harmless(&addressee.name),
            outside: addressee.outside,
        }
    }
}

/// Asks for whom: the offices of partners, who is known of them, and whoever is found there by the address.
pub fn choose(
    offices: Memo<Vec<Office>>,
    choose: impl Fn(Recipient) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let people = watch_people(search);
    let list = NodeRef::<html::Div>::new();
    let go = move |event: &web_sys::KeyboardEvent| {
        if let Some(list) = list.get_untracked() {
            rove(event, &list, ".entry");
        }
    };
    let found = Memo::new(move |_| {
        let fits = |office: &Office| {
            office.outside.as_ref().is_some_and(|of| {
                let parts = [&office.name, &office.address, &of.organisation];
                is_found(&search.get(), &parts)
            })
        };
        let mut offices = offices.get();
        offices.retain(fits);
        offices
    });
    let of_others = move || {
        let mut people = people.get().unwrap_or_default();
        people.retain(|person| person.outside.is_some() && !person.revoked);
        people
    };
    let is_empty = move || found.with(Vec::is_empty) && of_others().is_empty();
    view! {
        <div class="search">{icon("search")}
            <input type="search" autocomplete="off" spellcheck="false" autofocus=true placeholder=t("request-whom") aria-label=t("request-whom") bind:value=search
                on:keydown=move |event| if event.key() == "ArrowDown" { go(&event) }/></div>
        {elsewhere(search, people)}
        <div class="picker" node_ref=list on:keydown=move |event| go(&event)>
            {move || block(t("request-offices"), found.get(), Recipient::office, office_line, choose)}
            {move || block(t("people"), of_others(), Recipient::person, |person| line(person).into_any(), choose)}
            {move || is_empty().then(|| view! { <div class="empty"><p>{t("nothing-found")}</p></div> })}
        </div>
        {by_link(search, choose)}
    }
}

/// Asks somebody who has nothing but a browser, or a sheet of paper.
fn by_link(
    search: RwSignal<String>,
    choose: impl Fn(Recipient) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let name = RwSignal::new(String::new());
    let held = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let begin = move |_| {
        name.set(search.get_untracked());
        open.set(true);
        browser::soon(|| browser::focus("#guest-name"));
    };
    let go = move || {
        let typed = one_line(&name.get_untracked());
        if typed.is_empty() {
            return trouble.set(Some(t("guest-name-missing")));
        }
        choose(Recipient::guest(&typed, held.get_untracked()));
    };
    let form = move || {
        view! {
            <form class="form padded" on:submit=move |event| { event.prevent_default(); go() }>
                {field(t("guest-name"), Some(t("guest-name-hint")), "guest-name", name, MAX_NAME)}
                <label class="check"><input type="checkbox" class="tickbox" prop:checked=move || held.get()
                    on:change:target=move |event| held.set(event.target().checked())/><span>{t("guest-hold")}<span class="hint">{t("guest-hold-hint")}</span></span></label>
                {problem(move || trouble.get())}
                <button type="submit" class="button primary">{t("go-on")}{icon("chevron-right")}</button>
            </form>
        }
    };
    view! {
        <div class="guest-ask">
            {move || if open.get() { form().into_any() } else { view! {
                <button type="button" class="entry person" on:click=begin>
                    <span class="avatar medium building" aria-hidden="true">{icon("contact")}</span>
                    <span class="grow clip"><span class="strong">{t("guest-by-link")}</span><span class="hint">{t("guest-by-link-hint")}</span></span>
                </button>
            }.into_any() }}
        </div>
    }
}

/// Those of one kind, under their word; nothing where there are none.
fn block<T: Clone + 'static>(
    label: String,
    all: Vec<T>,
    recipient: impl Fn(&T) -> Option<Recipient> + Copy + 'static,
    line: impl Fn(&T) -> AnyView + 'static,
    choose: impl Fn(Recipient) + Copy + 'static,
) -> Option<impl IntoView> {
    let entry = |one: T| {
        let shown = line(&one);
        let press = move |_| {
            if let Some(one) = recipient(&one) {
                choose(one);
            }
        };
        view! { <li><button type="button" class="entry person" on:click=press>{shown}</button></li> }
    };
    (!all.is_empty()).then(|| {
        let named = label.clone();
        view! {
            <h3 class="block-title">{label}</h3>
            <ul class="list" aria-label=named>{all.into_iter().map(entry).collect_view()}</ul>
        }
    })
}

fn office_line(office: &Office) -> AnyView {
    let (name, address) = (harmless(&office.name), harmless(&office.address));
    view! {
        <span class="avatar medium building" aria-hidden="true">{icon("building")}</span>
        <span class="grow clip"><span class="strong"><bdi>{name}</bdi>{outside(office.outside.as_ref())}</span><span class="hint"><bdi>{address}</bdi></span></span>
    }
    .into_any()
}

/// Who was chosen, and the way to another one.
pub fn chosen_line(
    recipient: &Recipient,
    chosen: RwSignal<Option<Recipient>>,
) -> impl IntoView + use<> {
    let name = recipient.name.clone();
    let mark = outside(Some(&recipient.outside));
    view! {
        <div class="recipient">
            {icon("building")}
            <span class="grow clip"><span class="label">{t("request-to")}</span><span class="strong"><bdi>{name}</bdi>{mark}</span></span>
            <button type="button" class="button small" on:click=move |_| chosen.set(None)>{t("request-other-recipient")}</button>
        </div>
    }
}

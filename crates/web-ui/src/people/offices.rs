//! Offices: those of one's own organisation, and those that partners show.

mod card;
mod change;
mod duty;

pub use card::card;
pub use change::change;

use crate::{
    app::{App, Dialog, app},
    logic::text::harmless,
    parts::{icon, outside},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{Office, Shown, View};

/// Watches all of them.
pub fn watch_offices(app: App) -> ReadSignal<Option<Vec<Office>>> {
    app.core.watch(
        || View::Offices,
        |shown| match shown {
            Shown::Offices(offices) => Some(offices),
            _ => None,
        },
    )
}

/// The list of those that have the search in name or address, one's own first; nothing where there are none and none can be made.
pub fn list(search: RwSignal<String>) -> impl IntoView {
    let app = app();
    let offices = watch_offices(app);
    let is_registrar = Memo::new(move |_| app.know(|ready| ready.is_registrar));
    let found = Memo::new(move |_| {
        let wanted = search.get().trim().to_lowercase();
        let fits = |office: &&Office| {
            let texts = [&office.name, &office.address];
            texts
                .iter()
                .any(|text| text.to_lowercase().contains(&wanted))
        };
        let all = offices.get().unwrap_or_default();
        all.iter().filter(fits).cloned().collect::<Vec<_>>()
    });
    let is_searching = Memo::new(move |_| !search.get().trim().is_empty());
    move || {
        let (found, acts) = (found.get(), is_registrar.get() && !is_searching.get());
        let none = acts && found.is_empty();
        (acts || !found.is_empty()).then(|| view! {
            <section class="block" aria-label=t("offices")>
                <h2 class="block-title">{t("offices")}</h2>
                {none.then(|| view! { <p class="hint padded">{t("offices-none")}</p> })}
                <ul class="list">{found.into_iter().map(|office| row(app, office)).collect_view()}</ul>
                {acts.then(|| view! {
                    <button type="button" class="entry accent" on:click=move |_| app.dialog.set(Some(Dialog::ChangeOffice(None)))>{icon("plus")}<span>{t("office-new")}</span></button>
                })}
            </section>
        })
    }
}

fn row(app: App, office: Office) -> impl IntoView {
    let held = tw("office-people", [("count", office.holders.len().into())]);
    let under = format!("{} · {held}", harmless(&office.address));
    let of = outside(office.outside.as_ref());
    let (name, mine, id) = (harmless(&office.name), office.mine, office.id);
    view! {
        <li><button type="button" class="entry" on:click=move |_| app.dialog.set(Some(Dialog::Office(id.clone())))>
            {sign(office.outside.is_some(), "medium")}
            <span class="grow clip"><span class="strong"><bdi>{name}</bdi>{of}</span><span class="hint" dir="auto">{under}</span></span>
            {mine.then(|| view! { <span class="chip still">{t("office-mine")}</span> })}
        </button></li>
    }
}

/// What stands in the place of a face.
fn sign(is_outside: bool, size: &'static str) -> impl IntoView {
    let of = if is_outside {
        "building ring"
    } else {
        "office"
    };
    view! { <span class=format!("avatar {size} {of}") aria-hidden="true">{icon("stamp")}</span> }
}

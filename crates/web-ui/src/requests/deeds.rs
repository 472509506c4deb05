//! What can be done with a request: a few buttons, the rest in a menu.

use super::{compose::Draft, export, opened::Opened};
use crate::{
    browser,
    logic::requests::{Deed, deed, deeds},
    parts::{Hanging, icon, menu, menu_item},
    words::t,
};
use leptos::{html, prelude::*};

/// Where no more than two buttons stand beside one another.
const NARROW: &str = "(max-width: 480px), (min-width: 1081px) and (max-width: 1400px)";

/// The bar under the document.
pub fn bar(opened: Opened, doing: RwSignal<Option<Deed>>) -> impl IntoView {
    let is_under_way = opened.know(|details| details.is_under_way);
    let most = if browser::matches(NARROW) { 2 } else { 3 };
    let waits = export::waiting(opened);
    let draft = expect_context::<Draft>();
    let begin = move |what: Deed| match what {
        Deed::Export => export::begin(opened, waits),
        Deed::Again => opened.details.with_untracked(|details| {
            if let Some(details) = details {
                draft.ask_again(details);
            }
        }),
        what => doing.set(Some(what)),
    };
    view! {
        <footer class="deeds">
            <p class="deeds-state" role="status">{move || is_under_way.get().unwrap_or_default().then(|| view! { {icon("clock-3")}<span>{t("request-under-way")}</span> })}</p>
            {opened.part(move |details| deeds(&details.may, !details.row.is_incoming, most), move |(buttons, menu)| view! {
                {buttons.into_iter().enumerate().map(|(at, what)| button(what, at == 0, begin)).collect_view()}
                {more(menu, begin)}
            })}
        </footer>
    }
}

fn button(what: Deed, is_first: bool, begin: impl Fn(Deed) + Copy + 'static) -> impl IntoView {
    let (name, word) = deed(what);
    view! {
        <button type="button" class="button" class:primary=is_first on:click=move |_| begin(what)>{icon(name)}<span>{t(word)}</span></button>
    }
}

fn more(rest: Vec<Deed>, begin: impl Fn(Deed) + Copy + 'static + Send + Sync) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    let open = RwSignal::new(false);
    view! {
        <button type="button" class="icon-button" node_ref=button aria-label=t("request-more") title=t("request-more") aria-haspopup="menu" on:click=move |_| open.set(true)>{icon("ellipsis-vertical")}</button>
        {move || open.get().then(|| choices(rest.clone(), button, open, begin))}
    }
}

fn choices(
    rest: Vec<Deed>,
    button: NodeRef<html::Button>,
    open: RwSignal<bool>,
    begin: impl Fn(Deed) + Copy + 'static,
) -> impl IntoView {
    let hanging = Hanging::at(button, open);
    let close = move || hanging.close();
    let item = move |what: Deed| {
        let (name, word) = deed(what);
        menu_item(name, t(word), move || {
            close();
            begin(what);
        })
    };
    let items = rest.into_iter().map(item).collect_view();
    menu(hanging.dialog, hanging.at, t("request-more"), close, items)
}

//! What can be done with the page that is looked at.

use super::{Finish, Tool, Work};
use crate::{id, parts::icon, words::t};
use leptos::prelude::*;

/// The looks, with the ids of their words.
const FINISHES: [(Finish, &str); 4] = [
    (Finish::Colour, id!("finish-colour")),
    (Finish::Grey, id!("finish-grey")),
    (Finish::BlackWhite, id!("finish-black-white")),
    (Finish::Plain, id!("finish-plain")),
];

/// The row of tools, and above it what belongs to the one that is in hand.
pub(super) fn tools(work: Work) -> impl IntoView {
    let is_scan = work.covers.is_none();
    let several = Memo::new(move |_| work.sheets.all.with(|all| all.len() > 1));
    let turn = move || {
        let key = work.sheets.at.get_untracked();
        work.sheets
            .set(key, |sheet| sheet.turns = (sheet.turns + 1) % 4);
    };
    view! {
        <div class="paper-under">{move || match work.tool.get() {
            Tool::Look => Some(looks(work).into_any()),
            Tool::Cover => Some(view! {
                <p class="hint">{t("cover-hint")}</p>
                <button type="button" class="button small" on:click=move |_| super::covers::add(work)>{icon("plus")}<span>{t("cover-add")}</span></button>
            }.into_any()),
            Tool::Edges => Some(view! { <p class="hint">{t("edges-hint")}</p> }.into_any()),
            Tool::None => None,
        }}</div>
        <div class="paper-tools" role="toolbar" aria-label=t("paper-tools")>
            {is_scan.then(|| mode(work, Tool::Edges, "crop", t("paper-edges")))}
            {is_scan.then(|| mode(work, Tool::Look, "sun-moon", t("paper-look")))}
            {mode(work, Tool::Cover, "cover", t("paper-cover"))}
            {act("rotate-cw", t("paper-turn"), turn)}
            {move || (is_scan && several.get()).then(|| view! {
                {act("chevron-left", t("paper-earlier"), move || work.sheets.shift(false))}
                {act("chevron-right", t("paper-later"), move || work.sheets.shift(true))}
            })}
            {move || several.get().then(|| act("trash-2", t("paper-remove"), move || work.sheets.remove()))}
        </div>
    }
}

fn mode(work: Work, tool: Tool, name: &'static str, label: String) -> impl IntoView {
    let is_in_hand = move || work.tool.get() == tool;
    let press = move |_| {
        work.tool.update(|now| {
            *now = if *now == tool { Tool::None } else { tool };
        })
    };
    view! { <button type="button" class="paper-tool" aria-pressed=move || is_in_hand().to_string() on:click=press>{icon(name)}<span>{label}</span></button> }
}

fn act(name: &'static str, label: String, press: impl Fn() + 'static) -> impl IntoView {
    view! { <button type="button" class="paper-tool" on:click=move |_| press()>{icon(name)}<span>{label}</span></button> }
}

fn looks(work: Work) -> impl IntoView {
    let now = move || work.sheets.seen(|sheet| sheet.finish);
    let each = move |(finish, id): (Finish, &'static str)| {
        view! {
            <label>
                <input type="radio" name="finish" prop:checked=move || now() == Some(finish) on:change=move |_| work.sheets.set_finish(finish)/>
                <span>{t(id)}</span>
            </label>
        }
    };
    view! { <fieldset class="segments"><legend class="unseen">{t("paper-look")}</legend>{FINISHES.map(each).collect_view()}</fieldset> }
}

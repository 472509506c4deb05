//! Fields of a form: those of a template, and those that are added by hand.

use super::{Draft, form::MAX_LINE};
use crate::{
    browser,
    logic::text::harmless,
    parts::{icon, icon_button},
    words::{t, tw},
};
use leptos::prelude::*;

/// Most letters of a value.
const MAX_VALUE: u32 = 500;
/// Most fields.
const MOST: usize = 100;

/// A field while it is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    /// By which it is found while others come and go.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub value: String,
    /// Whether its name is typed here, too.
    pub is_own: bool,
}

/// All of them, and the way to add one.
pub fn fields(draft: Draft) -> impl IntoView {
    let ids = Memo::new(move |_| {
        let of = |fields: &Vec<Blank>| fields.iter().map(|it| it.id).collect::<Vec<_>>();
        draft.fields.with(of)
    });
    let add = move |_| {
        let id = draft.add_field(String::new(), String::new(), true);
        browser::soon(move || browser::focus(&format!("#field-name-{id}")));
    };
    view! {
        <fieldset class="letter-files form-fields">
            <legend class="label">{t("request-fields")}</legend>
            <For each=move || ids.get() key=|id| *id children=move |id| untrack(|| draft.field(id)).map(|blank| line(draft, &blank))/>
            <div class="letter-ways">
                <button type="button" class="button small" disabled=move || ids.with(|ids| ids.len() >= MOST) on:click=add>{icon("plus")}<span>{t("request-field-add")}</span></button>
            </div>
        </fieldset>
    }
}

fn line(draft: Draft, blank: &Blank) -> impl IntoView + use<> {
    let id = blank.id;
    let name = move || {
        let typed = harmless(&draft.shown(id, |it| it.name)());
        if typed.trim().is_empty() {
            t("request-field")
        } else {
            typed
        }
    };
    let remove = icon_button("x", t("request-field-remove"), move || {
        draft
            .fields
            .update(|fields| fields.retain(|it| it.id != id));
        browser::soon(|| browser::focus(".form-fields .letter-ways .button"));
    });
    let value_id = format!("field-value-{id}");
    let named = blank.is_own.then(|| name_field(draft, id));
    let is_own = blank.is_own;
    view! {
        <div class="form-field" class:own=is_own>
            {named}
            <label class:unseen=is_own for=value_id.clone()><bdi>{name}</bdi></label>
            <input id=value_id class="form-value" type="text" autocomplete="off" dir="auto" maxlength=MAX_VALUE.to_string() placeholder=is_own.then(|| t("request-field-value"))
                prop:value=draft.shown(id, |it| it.value) on:input:target=move |event| draft.set_field(id, |it| it.value = event.target().value())/>
            {remove}
        </div>
    }
}

/// The name of a field that was added by hand.
fn name_field(draft: Draft, id: u64) -> impl IntoView {
    let name_id = format!("field-name-{id}");
    view! {
        <label class="unseen" for=name_id.clone()>{t("request-field-name")}</label>
        <input id=name_id class="form-name" type="text" autocomplete="off" dir="auto" maxlength=MAX_LINE.to_string() placeholder=t("request-field-name")
            prop:value=draft.shown(id, |it| it.name) on:input:target=move |event| draft.set_field(id, |it| it.name = event.target().value())/>
    }
}

impl Draft {
    /// What stands in a part of a field.
    fn shown(self, id: u64, pick: fn(Blank) -> String) -> impl Fn() -> String + Copy {
        move || self.field(id).map_or_else(String::new, pick)
    }
}

/// Says why the form cannot go out yet.
pub fn words(fault: crate::logic::requests::template::FieldFault) -> String {
    use crate::logic::requests::template::FieldFault;
    match fault {
        FieldFault::Empty(name) => tw("request-field-empty", [("name", harmless(&name).into())]),
        FieldFault::NoName => t("request-field-no-name"),
        FieldFault::Twice(name) => tw("request-field-twice", [("name", harmless(&name).into())]),
    }
}

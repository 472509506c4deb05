//! The rule of a group about whose people are in it: told to everybody, changed by its owners; and whom it leaves out who is there.

use super::{Asking, Details, part};
use crate::{
    app::App,
    conversation::left_out_text,
    logic::countries::{MOST_LETTERS, codes},
    parts::{field, icon, modal, problem, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{ChatDetails, Command, LeftOut, Outcome};

/// The line in the pane, with how it stands.
pub(super) fn line(details: Details, asking: RwSignal<Option<Asking>>) -> impl IntoView {
    let shown = |details: &ChatDetails| {
        let may = details.may_rule && details.active && details.kind.has_many();
        (may, details.residency.clone(), details.left_out.clone())
    };
    part(details, shown, move |(may, rule, left_out)| {
        let is_there = may || !rule.is_empty();
        is_there.then(|| {
            let said = rule_text(&rule);
            view! {
                <section class="block">
                    {match may {
                        true => view! {
                            <button type="button" class="entry" on:click=move |_| asking.set(Some(Asking::Rule))>
                                {icon("stamp")}<span class="grow">{t("room-rule")}<span class="hint">{said}</span></span>
                            </button>
                        }.into_any(),
                        false => view! { <p class="entry still">{icon("stamp")}<span class="grow">{t("room-rule")}<span class="hint">{said}</span></span></p> }.into_any(),
                    }}
                    {left_out.iter().map(warning).collect_view()}
                </section>
            }
        })
    })
}

/// What a rule says.
pub fn rule_text(rule: &[String]) -> String {
    match rule {
        [] => t("room-rule-none"),
        rule => tw("room-rule-is", [("countries", rule.join(", ").into())]),
    }
}

fn warning(left_out: &LeftOut) -> impl IntoView + use<> {
    view! { <p class="problem padded">{icon("circle-alert")}<span>{left_out_text(left_out)}</span></p> }
}

/// The dialog in which owners change it.
pub(super) fn dialog(
    app: App,
    details: ChatDetails,
    close: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let typed = RwSignal::new(details.residency.join(" "));
    let trouble = RwSignal::new(None::<String>);
    let chat = StoredValue::new(details.chat);
    let go = move || {
        let command = Command::RuleRoom {
            chat: chat.get_value(),
            residency: codes(&typed.get_untracked()),
        };
        leptos::task::spawn_local(async move {
            match app.core.ask(command).await {
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
                _ => close(),
            }
        });
    };
    modal(
        t("room-rule"),
        "small",
        close,
        view! {
            <form on:submit=move |event| { event.prevent_default(); go() }>
                <div class="modal-body">
                    {allowed("room-rule", typed)}
                    {problem(move || trouble.get())}
                </div>
                <footer class="modal-foot"><button type="submit" class="button primary">{t("save")}</button></footer>
            </form>
        },
    )
}

/// The line in which the rule is typed.
pub fn allowed(name: &'static str, typed: RwSignal<String>) -> impl IntoView {
    let hint = Some(t("room-rule-hint"));
    field(t("room-rule-allowed"), hint, name, typed, MOST_LETTERS)
}

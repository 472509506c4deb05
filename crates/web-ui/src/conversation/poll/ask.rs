//! The dialog in which a poll is written.

use crate::{
    conversation::talk::Talk,
    logic::poll::{Fault, fault, grown, said},
    parts::{icon, modal, problem, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::poll::{MAX_OPTION, MAX_QUESTION, MIN_OPTIONS};
use valise_views::{Command, Outcome};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// A poll while it is written.
#[derive(Clone, Copy)]
struct Draft {
    talk: Talk,
    question: RwSignal<String>,
    /// What was typed into each field; there is always an empty one at the end, while there may be another option.
    options: RwSignal<Vec<String>>,
    several: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

impl Draft {
    fn close(self) {
        self.talk.dialog.set(None);
    }

    fn send(self) {
        let (question, options) = (self.question.get_untracked(), self.options.get_untracked());
        if let Some(fault) = fault(&question, &options) {
            self.trouble.set(Some(words(fault)));
            return;
        }
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let command = Command::SendPoll {
            chat: self.talk.chat(),
            question: question.trim().to_owned(),
            options: said(&options),
            several: self.several.get_untracked(),
        };
        leptos::task::spawn_local(async move {
            match self.talk.app.core.ask(command).await {
                Outcome::Failed(why) => {
                    self.trouble.try_set(Some(sentence(why)));
                }
                _ => {
                    self.talk.go_to_end();
                    self.close();
                }
            }
            self.busy.try_set(false);
        });
    }
}

fn words(fault: Fault) -> String {
    match fault {
        Fault::NoQuestion => t("poll-no-question"),
        Fault::FewOptions => t("poll-few-options"),
        Fault::SameOptions => t("poll-same-options"),
    }
}

/// Asks for the question and what can be chosen; fields for options come as one types.
pub fn dialog(talk: Talk) -> impl IntoView {
    let draft = Draft {
        talk,
        question: RwSignal::new(String::new()),
        options: RwSignal::new(vec![String::new(); MIN_OPTIONS]),
        several: RwSignal::new(false),
        trouble: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    let (question, several) = (draft.question, draft.several);
    modal(
        t("poll-new"),
        "small",
        move || draft.close(),
        view! {
            <form class="modal-form" on:submit=move |event| { event.prevent_default(); draft.send() }>
                <div class="modal-body poll-form">
                    <div class="field">
                        <label for="poll-question">{t("poll-question")}</label>
                        <input id="poll-question" type="text" dir="auto" autocomplete="off" maxlength=MAX_QUESTION.to_string() bind:value=question
                            on:keydown=move |event| next_field(&event)/>
                    </div>
                    {fields(draft)}
                    <label class="check"><input type="checkbox" class="tickbox" prop:checked=move || several.get()
                        on:change:target=move |event| several.set(event.target().checked())/><span>{t("poll-several")}<span class="hint">{t("poll-named")}</span></span></label>
                    {problem(move || draft.trouble.get())}
                </div>
                <footer class="modal-foot">
                    <button type="submit" class="button primary" aria-disabled=move || draft.busy.get().to_string()>{icon("send")}<span>{t("send")}</span></button>
                </footer>
            </form>
        },
    )
}

fn fields(draft: Draft) -> impl IntoView {
    let places = Memo::new(move |_| draft.options.with(Vec::len));
    view! {
        <fieldset class="poll-fields">
            <legend>{t("poll-options")}</legend>
            // A field stays while others come below it, and keeps what is typed and the focus.
            <For each=move || 0..places.get() key=|at| *at children=move |at| field(draft, at)/>
        </fieldset>
    }
}

fn field(draft: Draft, at: usize) -> impl IntoView {
    let label = tw("poll-option", [("number", (at + 1).into())]);
    let typed = move |text: String| {
        draft.options.update(|options| {
            if let Some(option) = options.get_mut(at) {
                *option = text;
            }
            grown(options);
        });
        draft.trouble.set(None);
    };
    view! {
        <input type="text" class="poll-field" dir="auto" autocomplete="off" maxlength=MAX_OPTION.to_string() placeholder=label.clone() aria-label=label
            prop:value=move || draft.options.with(|options| options.get(at).cloned().unwrap_or_default())
            on:input:target=move |event| typed(event.target().value())
            on:keydown=move |event| next_field(&event)/>
    }
}

/// Enter goes on to the next field; from an empty one, or the last, it sends.
fn next_field(event: &KeyboardEvent) {
    if event.key() != "Enter" || event.is_composing() {
        return;
    }
    let here = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let form = here
        .as_ref()
        .and_then(|here| here.closest("form").ok().flatten());
    let (Some(here), Some(form)) = (here, form) else {
        return;
    };
    let is_empty = here
        .dyn_ref::<web_sys::HtmlInputElement>()
        .is_some_and(|field| field.value().trim().is_empty());
    let Ok(found) = form.query_selector_all("input[type=text]") else {
        return;
    };
    let mut fields = (0..found.length()).filter_map(|at| found.get(at));
    let this = here.unchecked_ref::<web_sys::Node>();
    let after = fields
        .find(|field| field.is_same_node(Some(this)))
        .and_then(|_| fields.next());
    if let Some(next) = after.filter(|_| !is_empty) {
        event.prevent_default();
        let _ = next.unchecked_into::<HtmlElement>().focus();
    }
}

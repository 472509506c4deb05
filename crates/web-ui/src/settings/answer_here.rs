//! "Answer me here": a text for another messenger, with a link that brings whoever reads it into the organisation.

use crate::{
    app::app,
    browser::{intl, now},
    logic::text::harmless,
    parts::{copy_button, icon, modal, problem, sentence},
    words::{Argument, t, tw},
};
use leptos::prelude::*;
use valise_views::{Command, Outcome, PersonRole};

const WEEK_MILLIS: u64 = 7 * 24 * 3_600_000;
/// People whom a link for a group lets in.
const GROUP: u32 = 50;

/// The window: for whom, then the text.
pub fn answer_here() -> impl IntoView {
    let app = app();
    let is_group = RwSignal::new(false);
    let text = RwSignal::new(None::<String>);
    let trouble = RwSignal::new(None::<String>);
    // Asked once: a change of how things stand must not begin the window anew.
    let organisation = untrack(|| app.know(|ready| ready.organisation.clone()));
    let named = organisation.clone();
    let make = move || {
        trouble.set(None);
        let organisation = named.clone();
        let expires_at = now() + WEEK_MILLIS;
        let command = Command::Invite {
            name: String::new(),
            local_part: String::new(),
            office: String::new(),
            role: PersonRole::Member,
            expires_at,
            uses: if is_group.get_untracked() { GROUP } else { 1 },
        };
        leptos::task::spawn_local(async move {
            match app.core.ask(command).await {
                Outcome::Link(link) => {
                    let said = tw(
                        "answer-here-text",
                        [
                            ("organisation", organisation.into()),
                            ("link", Argument::Text(link)),
                            ("day", intl::dated_day(expires_at).into()),
                        ],
                    );
                    text.try_set(Some(said));
                }
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
                _ => {}
            }
        });
    };
    modal(
        t("answer-here"),
        "bring",
        move || app.dialog.set(None),
        view! {
            {move || match text.get() {
                Some(said) => ready(said).into_any(),
                None => question(is_group, trouble, harmless(&organisation), make.clone()).into_any(),
            }}
        },
    )
}

fn question(
    is_group: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
    organisation: String,
    make: impl Fn() + 'static,
) -> impl IntoView {
    let one = move |value: bool, label: String, hint: String| {
        view! {
            <label class="radio">
                <input type="radio" name="answer-for" prop:checked=move || is_group.get() == value on:change=move |_| is_group.set(value)/>
                <span><span class="radio-label">{label}</span><span class="hint">{hint}</span></span>
            </label>
        }
    };
    view! {
        <form on:submit=move |event| { event.prevent_default(); make() }>
            <div class="modal-body">
                <p class="prose">{t("answer-here-about")}</p>
                <fieldset class="choice"><legend class="unseen">{t("answer-here-for")}</legend>
                    {one(false, t("answer-here-person"), t("answer-here-person-hint"))}
                    {one(true, t("answer-here-group"), tw("answer-here-group-hint", [("count", GROUP.into())]))}
                </fieldset>
                <p class="hint warn">{icon("triangle-alert")} " " {tw("answer-here-caution", [("organisation", organisation.into())])}</p>
                {problem(move || trouble.get())}
            </div>
            <footer class="modal-foot"><button type="submit" class="button primary">{icon("link")}<span>{t("answer-here-make")}</span></button></footer>
        </form>
    }
}

fn ready(said: String) -> impl IntoView {
    view! {
        <div class="modal-body">
            <p class="hint">{t("answer-here-paste")}</p>
            <textarea class="answer-text" autocomplete="off" rows="9" readonly dir="auto" aria-label=t("answer-here-label") prop:value=said.clone()
                on:focus:target=move |event| event.target().select()></textarea>
        </div>
        <footer class="modal-foot">{copy_button(said, t("copy-text"))}</footer>
    }
}

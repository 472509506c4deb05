//! Requests of the organisation, for registrars: what they need before they go, who may release them, and the stop switch.

use crate::{
    app::{App, app},
    id,
    logic::text::harmless,
    parts::{icon, made_for, modal, problem, sentence},
    people::picker,
    words::t,
};
use leptos::prelude::*;
use valise_views::request::{Asks, Keeper, RequestRules};
use valise_views::{Command, Outcome, PersonId, Shown, View};

const ASKS: [(Asks, &str, &str); 3] = [
    (Asks::Freely, id!("rules-freely"), id!("rules-freely-hint")),
    (Asks::Sealed, id!("rules-sealed"), id!("rules-sealed-hint")),
    (
        Asks::FourEyes,
        id!("rules-four-eyes"),
        id!("rules-four-eyes-hint"),
    ),
];

/// What is being said.
#[derive(Clone, Copy)]
struct Saying {
    app: App,
    trouble: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

impl Saying {
    /// Says several things, one after the other, until one is refused.
    fn go(self, commands: Vec<Command>, done: String, then: impl FnOnce() + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.trouble.set(None);
        leptos::task::spawn_local(async move {
            for command in commands {
                if let Outcome::Failed(why) = self.app.core.ask(command).await {
                    self.trouble.try_set(Some(sentence(why)));
                    self.busy.try_set(false);
                    return;
                }
            }
            self.app.say(done);
            self.busy.try_set(false);
            then();
        });
    }
}

/// The dialog.
pub fn dialog() -> impl IntoView {
    let app = app();
    let rules = app.core.watch(
        || View::RequestRules,
        |shown| match shown {
            Shown::RequestRules(rules) => Some(rules),
            _ => None,
        },
    );
    let saying = Saying {
        app,
        trouble: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    let choosing = RwSignal::new(false);
    let known = Memo::new(move |_| rules.get());
    modal(
        t("rules"),
        "tall",
        move || app.dialog.set(None),
        view! {
            <div class="modal-body rules">
                {problem(move || saying.trouble.get())}
                {made_for(move || (known.get(), choosing.get()), move |(rules, is_choosing)| rules.map(|rules| match is_choosing {
                    true => choose(saying, &rules, choosing).into_any(),
                    false => all(saying, rules, choosing).into_any(),
                }))}
            </div>
        },
    )
}

fn all(saying: Saying, rules: RequestRules, choosing: RwSignal<bool>) -> impl IntoView {
    let lacks = rules.asks != Asks::Freely && rules.keepers.is_empty();
    let (asks, is_stopped) = (rules.asks, rules.is_stopped);
    view! {
        <fieldset class="options">
            <legend class="block-title">{t("rules-asks")}</legend>
            {ASKS.map(|(which, word, hint)| view! {
                <label class="option">
                    <input type="radio" name="rules-asks" prop:checked=which == asks
                        on:change=move |_| saying.go(vec![Command::SetAsks(which)], t("rules-saved"), || ())/>
                    <span>{t(word)}<span class="hint">{t(hint)}</span></span>
                </label>
            }).collect_view()}
        </fieldset>
        <section aria-label=t("rules-keepers")>
            <h3 class="block-title">{t("rules-keepers")}</h3>
            <p class="hint">{t("rules-keepers-hint")}</p>
            {lacks.then(|| view! { <p class="hint warn">{icon("triangle-alert")} " " {t("rules-keepers-needed")}</p> })}
            {(rules.keepers.is_empty() && !lacks).then(|| view! { <p class="hint">{t("rules-keepers-none")}</p> })}
            <ul class="list">{rules.keepers.into_iter().map(keeper).collect_view()}</ul>
            <button type="button" class="entry accent" on:click=move |_| choosing.set(true)>{icon("pencil")}<span>{t("rules-keepers-change")}</span></button>
        </section>
        {stop(saying, is_stopped)}
    }
}

fn keeper(keeper: Keeper) -> impl IntoView {
    let waits =
        (!keeper.is_ready).then(|| view! { <span class="hint">{t("rules-keeper-waits")}</span> });
    view! { <li class="entry">{icon("user-check")}<span class="grow clip"><span class="strong"><bdi>{harmless(&keeper.name)}</bdi></span>{waits}</span></li> }
}

/// One press and a confirmation stop everything.
fn stop(saying: Saying, is_stopped: bool) -> impl IntoView {
    let sure = RwSignal::new(false);
    let press = move |_| match (is_stopped, sure.get_untracked()) {
        (true, _) => {
            let lift = vec![Command::StopRequests(false)];
            saying.go(lift, t("rules-resumed"), || ());
        }
        (false, false) => sure.set(true),
        (false, true) => {
            let stop = vec![Command::StopRequests(true)];
            saying.go(stop, t("rules-stopped"), || ());
        }
    };
    let word = move || match (is_stopped, sure.get()) {
        (true, _) => t("rules-resume"),
        (false, false) => t("rules-stop"),
        (false, true) => t("rules-stop-sure"),
    };
    view! {
        <section class="rules-stop" aria-label=t("rules-stop")>
            <p class="hint" role="status">{if is_stopped { t("requests-stopped") } else { t("rules-stop-text") }}</p>
            <button type="button" class="button" class:danger=!is_stopped on:click=press>
                {icon(if is_stopped { "play" } else { "pause" })}<span>{word}</span></button>
        </section>
    }
}

/// Chooses who may release.
fn choose(saying: Saying, rules: &RequestRules, choosing: RwSignal<bool>) -> impl IntoView {
    let former: Vec<PersonId> = rules.keepers.iter().map(|it| it.person.clone()).collect();
    let chosen = RwSignal::new(former.clone());
    let save = move |_| {
        let now = chosen.get_untracked();
        let say = |person: &PersonId, may| Command::SetKeeper {
            person: person.clone(),
            may,
        };
        let gone = former.iter().filter(|person| !now.contains(person));
        let came = now.iter().filter(|person| !former.contains(person));
        let commands = came
            .map(|person| say(person, true))
            .chain(gone.map(|person| say(person, false)))
            .collect();
        saying.go(commands, t("rules-saved"), move || {
            choosing.try_set(false);
        });
    };
    view! {
        <section class="rules-choose" aria-label=t("rules-keepers-change")>
            {picker::colleagues(chosen)}
            <footer class="rules-choose-foot">
                <button type="button" class="button" on:click=move |_| choosing.set(false)>{t("cancel")}</button>
                <button type="button" class="button primary" aria-disabled=move || saying.busy.get().to_string() on:click=save>{t("rules-keepers-save")}</button>
            </footer>
        </section>
    }
}

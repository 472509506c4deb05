//! Bringing chats over from another messenger: the export is chosen, looked at, taken; the core goes on without this window.

mod ask;
mod choose;
mod report;

use crate::{
    app::{App, app},
    logic::format::percent,
    parts::{icon, made_for, modal, problem, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::bringing::{Bringing, ExportFile, Stage};
use valise_views::{Command, Outcome, Shown, View};

/// What is shown in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Choose,
    Busy,
    Ask,
    Report,
}

/// The window.
pub fn bring() -> impl IntoView {
    let app = app();
    let bringing = app.core.watch(
        || View::Bringing,
        |shown| match shown {
            Shown::Bringing(bringing) => Some(bringing),
            _ => None,
        },
    );
    let bringing = Memo::new(move |_| bringing.get().flatten());
    // Whoever opens it after an import that is over wants another one.
    let again = RwSignal::new(true);
    let trouble = RwSignal::new(None::<String>);
    let step = Memo::new(move |_| {
        bringing.with(
            |bringing| match bringing.as_deref().map(|told| told.stage) {
                Some(Stage::Reading | Stage::Messages | Stage::Files) => Step::Busy,
                Some(Stage::Asking) => Step::Ask,
                Some(Stage::Done) if !again.get() => Step::Report,
                Some(Stage::Stopped(None)) if !again.get() => Step::Report,
                _ => Step::Choose,
            },
        )
    });
    let look = move |files: Vec<ExportFile>| {
        trouble.set(None);
        again.set(false);
        leptos::task::spawn_local(async move {
            if let Outcome::Failed(why) = app.core.ask(Command::InspectExport { files }).await {
                trouble.try_set(Some(sentence(why)));
            }
        });
    };
    Effect::new(move |_| {
        // Seen at work: what comes of it is to be seen, too.
        if step.get() == Step::Busy {
            again.set(false);
        }
    });
    modal(
        t("bring"),
        "bring",
        move || app.dialog.set(None),
        view! {
            {made_for(move || step.get(), move |step| match step {
                Step::Choose => choose::pane(app, trouble, look).into_any(),
                Step::Busy => busy(app, bringing).into_any(),
                Step::Ask => ask::pane(app, bringing, trouble).into_any(),
                Step::Report => report::pane(app, bringing, again).into_any(),
            })}
        },
    )
}

/// How far it is; one bar for the whole way, so that the buttons keep the focus.
fn busy(app: App, bringing: Memo<Option<Box<Bringing>>>) -> impl IntoView {
    let told = move |pick: fn(&Bringing) -> u64| {
        move || bringing.with(|bringing| bringing.as_deref().map_or(0, pick))
    };
    // Nothing of nothing is not yet all.
    let (done, of) = (told(|told| told.done), told(|told| told.of.max(1)));
    let paused =
        Memo::new(move |_| bringing.with(|told| told.as_deref().is_some_and(|told| told.paused)));
    let stage = Memo::new(move |_| bringing.with(|told| told.as_deref().map(|told| told.stage)));
    let title = move || match stage.get() {
        Some(Stage::Files) => t("bring-files"),
        Some(Stage::Messages) => t("bring-messages"),
        _ => t("bring-reading"),
    };
    let counted = move || {
        bringing.with(|bringing| {
            let Some(told) = bringing.as_deref() else {
                return String::new();
            };
            match told.stage {
                Stage::Files => tw(
                    "bring-files-of",
                    [("done", number(told.done)), ("of", number(told.of))],
                ),
                _ => tw("bring-count", [("count", number(told.messages))]),
            }
        })
    };
    view! {
        <div class="modal-body bring-busy">
            <p class="bring-stage" role="status">{title}</p>
            <progress max="100" value=move || percent(done(), of()).to_string() aria-label=t("file-progress")></progress>
            <p class="bring-figures"><span>{counted}</span><span>{move || if paused.get() { t("paused") } else { format!("{} %", percent(done(), of())) }}</span></p>
            <p class="hint">{icon("shield-check")} " " {t("bring-background")}</p>
        </div>
        <footer class="modal-foot">
            <button type="button" class="button" on:click=move |_| app.core.tell(Command::StopBringing)>{icon("x")}<span>{t("bring-stop")}</span></button>
            <button type="button" class="button" on:click=move |_| app.core.tell(Command::PauseBringing(!paused.get_untracked()))>
                {move || if paused.get() { view! { {icon("play")}<span>{t("resume")}</span> }.into_any() } else { view! { {icon("pause")}<span>{t("pause")}</span> }.into_any() }}
            </button>
        </footer>
    }
}

/// A number for a sentence.
fn number(count: u64) -> crate::words::Argument {
    usize::try_from(count).unwrap_or(usize::MAX).into()
}

/// What went wrong, where the window says it.
fn said(trouble: RwSignal<Option<String>>) -> impl IntoView {
    problem(move || trouble.get())
}

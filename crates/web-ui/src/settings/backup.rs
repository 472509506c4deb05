//! The backup: how it stands, what opens it, and how somebody has none.

use crate::{
    app::{App, app},
    browser::{self, intl},
    parts::{confirm, icon, made_for, modal, problem, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{Backup, Command, Outcome, Status};

/// Keeps a backup by itself as soon as a passkey opened the store that can open it again, unless somebody stopped that.
pub fn keep_by_itself(app: App) {
    let is_ready = Memo::new(move |_| {
        app.status
            .with(|status| matches!(status, Some(Status::Ready(ready)) if !ready.revoked && !ready.removed && ready.past.is_none()))
    });
    Effect::new(move |_| {
        if is_ready.get()
            && let Some(passkey) = app.core.driver().take_backup_secret()
        {
            let anew = false;
            app.core.tell(Command::KeepBackup { passkey, anew });
        }
    });
}

/// What is asked before it is done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asking {
    Stop,
    PrintAnew,
}

/// The section of the settings.
pub fn backup(app: App) -> impl IntoView {
    let state = Memo::new(move |_| app.know(|ready| Some(ready.backup.clone())));
    let asking = RwSignal::new(None::<Asking>);
    let code = RwSignal::new(None::<String>);
    let trouble = RwSignal::new(None::<String>);
    let print = move || {
        asking.set(None);
        leptos::task::spawn_local(async move {
            match app.core.ask(Command::PrintCode).await {
                Outcome::Code(made) => {
                    code.try_set(Some(made));
                }
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
                _ => {}
            }
        });
    };
    let want = move |_| match state.with(|it| it.as_ref().and_then(|it| it.code_since)) {
        Some(_) => asking.set(Some(Asking::PrintAnew)),
        None => print(),
    };
    view! {
        <section class="block">
            <h2 class="block-title">{t("backup")}</h2>
            <p class="hint padded" role="status">{move || state.get().map(|state| standing(&state))}</p>
            {problem(move || trouble.get())}
            {move || state.with(|it| it.as_ref().is_some_and(|it| !it.is_on)).then(|| view! {
                <button type="button" class="entry" on:click=move |_| begin(app, trouble)>{icon("key-round")}<span class="grow">{t("backup-begin")}<span class="hint">{t("backup-begin-hint")}</span></span></button>
            })}
            <button type="button" class="entry" on:click=want>{icon("file-text")}<span class="grow">{t("backup-print")}<span class="hint">
                {move || match state.with(|it| it.as_ref().and_then(|it| it.code_since)) {
                    Some(at) => tw("backup-printed-since", [("day", intl::short_day(at).into())]),
                    None => t("backup-print-hint"),
                }}</span></span></button>
            {move || state.with(|it| it.as_ref().is_some_and(|it| it.is_on)).then(|| view! {
                <button type="button" class="entry danger" on:click=move |_| asking.set(Some(Asking::Stop))>{icon("trash-2")}<span>{t("backup-stop")}</span></button>
            })}
            {made_for(move || asking.get(), move |asked| asked.map(|what| match what {
                Asking::Stop => confirm(t("backup-stop-title"), t("backup-stop-text"), t("backup-stop"), trouble,
                    move || asking.set(None), move || { app.core.tell(Command::StopBackup); asking.set(None) }).into_any(),
                Asking::PrintAnew => confirm(t("backup-anew-title"), t("backup-anew-text"), t("backup-print"), trouble,
                    move || asking.set(None), print).into_any(),
            }))}
            {made_for(move || code.get(), move |made| made.map(|made| paper(made, move || code.set(None))))}
        </section>
    }
}

/// How the backup stands, in one sentence or two.
fn standing(state: &Backup) -> String {
    if !state.is_on {
        return t("backup-off");
    }
    if state.is_elsewhere {
        return t("backup-elsewhere");
    }
    let Some(at) = state.kept_at else {
        return t("backup-coming");
    };
    let when = tw(
        "backup-kept",
        [
            ("day", intl::short_day(at).into()),
            ("time", intl::clock(at).into()),
        ],
    );
    let opens = match (state.passkey_since, state.code_since) {
        (Some(_), Some(_)) => t("backup-opens-both"),
        (Some(_), None) => t("backup-opens-passkey"),
        _ => t("backup-opens-code"),
    };
    format!("{when} {opens}")
}

/// Asks the passkey, and keeps a backup that it opens.
fn begin(app: App, trouble: RwSignal<Option<String>>) {
    trouble.set(None);
    leptos::task::spawn_local(async move {
        let done = match app.core.driver().backup_secret().await {
            Ok(Some(passkey)) => {
                let anew = true;
                app.core.ask(Command::KeepBackup { passkey, anew }).await
            }
            Ok(None) => {
                trouble.try_set(Some(t("backup-no-passkey")));
                return;
            }
            Err(why) => {
                trouble.try_set(Some(t(crate::gate::unlock_sentence(why))));
                return;
            }
        };
        if let Outcome::Failed(why) = done {
            trouble.try_set(Some(sentence(why)));
        }
    });
}

/// The code, to be printed or written down. It is shown once.
fn paper(code: String, close: impl Fn() + Clone + 'static) -> impl IntoView {
    let app = app();
    let whose = untrack(|| app.know(|ready| format!("{} · {}", ready.name, ready.address)));
    let done = close.clone();
    modal(
        t("backup-paper-title"),
        "small",
        close,
        view! {
            <div class="modal-body paper">
                <p>{t("backup-paper-text")}</p>
                <p class="code" dir="ltr">{code}</p>
                <p class="hint"><bdi>{whose}</bdi><br/>{browser::origin()}</p>
                <p class="hint">{t("backup-paper-once")}</p>
            </div>
            <footer class="modal-foot">
                <button type="button" class="button" on:click=move |_| browser::print()>{icon("file-text")}<span>{t("backup-paper-print")}</span></button>
                <button type="button" class="button primary" on:click=move |_| done()>{t("close")}</button>
            </footer>
        },
    )
}

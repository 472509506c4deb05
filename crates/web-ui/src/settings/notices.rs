//! How the person wants to be reached.

use crate::{
    app::App,
    id,
    logic::notices::{Quiet, Telling, clock, minute},
    parts::icon,
    reach::{self, Leave},
    words::t,
};
use leptos::prelude::*;

/// Notifications, quiet hours, and Valise as a program of its own.
pub fn notices(app: App) -> impl IntoView {
    let reach = app.reach;
    let chosen = move || reach.telling.get().unwrap_or(Telling::Nothing);
    view! {
        <section class="block padded">
            <h2 class="block-title">{t("notices")}</h2>
            <fieldset class="options"><legend class="unseen">{t("notices")}</legend>
                {Telling::ALL.map(|telling| view! {
                    <label class="option">
                        <input type="radio" name="notices" prop:checked=move || chosen() == telling on:change=move |_| reach.choose(telling)/>
                        <span>{t(label(telling))}</span>
                    </label>
                }).collect_view()}
            </fieldset>
            {move || advice(chosen(), reach.leave.get()).map(|id| view! { <p class="hint" role="status">{t(id)}</p> })}
            {move || (chosen() != Telling::Nothing).then(|| quiet_hours(app))}
            {move || reach.may_install.get().then(|| view! {
                <button type="button" class="entry" on:click=move |_| reach::install(app)>{icon("download")}<span class="grow">{t("install")}<span class="hint">{t("install-hint")}</span></span></button>
            })}
        </section>
    }
}

fn label(telling: Telling) -> &'static str {
    match telling {
        Telling::Nothing => id!("notices-nothing"),
        Telling::Something => id!("notices-something"),
        Telling::Names => id!("notices-names"),
        Telling::Words => id!("notices-words"),
    }
}

/// What has to be known of a choice: that the browser forbids it, or that what is shown lies outside the sealed store.
fn advice(chosen: Telling, leave: Leave) -> Option<&'static str> {
    match (chosen, leave) {
        (Telling::Nothing, _) => None,
        (_, Leave::Unknown) => Some(id!("notices-unknown")),
        (_, Leave::Refused) => Some(id!("notices-refused")),
        (_, Leave::Open) => Some(id!("notices-open")),
        (Telling::Something, Leave::Given) => None,
        (Telling::Names | Telling::Words, Leave::Given) => Some(id!("notices-outside")),
    }
}

fn quiet_hours(app: App) -> impl IntoView {
    let reach = app.reach;
    let set = move |change: fn(Quiet, u16) -> Quiet, text: String| {
        if let (Some(quiet), Some(minute)) = (reach.quiet.get_untracked(), minute(&text)) {
            reach.be_quiet(Some(change(quiet, minute)));
        }
    };
    view! {
        <div class="quiet">
            <label class="option">
                <input type="checkbox" prop:checked=move || reach.quiet.get().is_some()
                    on:change=move |event| reach.be_quiet(event_target_checked(&event).then_some(Quiet::NIGHT))/>
                <span>{t("quiet-hours")}</span>
            </label>
            {move || reach.quiet.get().map(|quiet| view! {
                <div class="quiet-times">
                    <label>{t("quiet-from")}" "<input type="time" required prop:value=clock(quiet.from)
                        on:change=move |event| set(|quiet, from| Quiet { from, ..quiet }, event_target_value(&event))/></label>
                    <label>{t("quiet-to")}" "<input type="time" required prop:value=clock(quiet.to)
                        on:change=move |event| set(|quiet, to| Quiet { to, ..quiet }, event_target_value(&event))/></label>
                </div>
            })}
        </div>
    }
}

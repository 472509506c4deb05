//! After how long the messages of a chat disappear: chosen by who may, told to everybody.

use super::{Details, part, run, told};
use crate::{
    app::App,
    conversation::after_text,
    logic::after::choices,
    parts::icon,
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::Command;

/// The choice, or what was chosen.
pub fn timer(app: App, details: Details) -> impl IntoView {
    let now = told(details, |details| details.disappears_after);
    let shown = move || now.get().unwrap_or_default();
    let whose = |details: &valise_views::ChatDetails| {
        let may = details.may_set_timer && details.active;
        (details.chat.clone(), may)
    };
    part(details, whose, move |(chat, may)| {
        if !may {
            let said = move || tw("timer-is", [("after", after_text(shown()).into())]);
            return view! {
                {move || (shown() > 0).then(|| view! { <section class="block padded"><p class="hint">{icon("timer")} " " {said}</p></section> })}
            }
            .into_any();
        }
        let set = move |seconds: String| {
            if let Ok(seconds) = seconds.parse() {
                let chat = chat.clone();
                run(app, Command::SetTimer { chat, seconds });
            }
        };
        let options = move || {
            let chosen = shown();
            let option = move |seconds: u32| view! { <option value=seconds.to_string() selected=seconds == chosen>{after_text(seconds)}</option> };
            let offered = choices(chosen).into_iter().map(option).collect_view();
            view! { {option(0)} {offered} }
        };
        view! {
            <section class="block padded">
                <div class="field">
                    <label for="chat-timer" class="block-title">{icon("timer")} " " {t("timer")}</label>
                    <select id="chat-timer" aria-describedby="chat-timer-hint" on:change:target=move |event| set(event.target().value())>{options}</select>
                    <p class="hint" id="chat-timer-hint">{t("timer-hint")}</p>
                </div>
            </section>
        }
        .into_any()
    })
}

//! Going to a day of a chat.

use super::talk::Talk;
use crate::{
    browser::{self, intl},
    parts::{modal, problem, sentence},
    words::t,
};
use leptos::prelude::*;
use valise_views::{Command, Millis, Outcome, Trouble};

/// Asks for the day, beginning with that of a moment.
pub fn dialog(talk: Talk, at: Millis) -> impl IntoView {
    let typed = RwSignal::new(intl::typed_day(at));
    let trouble = RwSignal::new(None::<String>);
    let close = move || talk.dialog.set(None);
    let go = move || {
        let Some(at) = typed.with_untracked(|typed| intl::day_begin(typed)) else {
            trouble.set(Some(t("day-missing")));
            return;
        };
        leptos::task::spawn_local(async move {
            let chat = talk.chat();
            match talk.app.core.ask(Command::FindTime { chat, at }).await {
                Outcome::Message(message) => {
                    close();
                    talk.go_to(message);
                }
                // There is no message to go to.
                Outcome::Failed(Trouble::NotFound) => close(),
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
                _ => {}
            }
        });
    };
    modal(
        t("day-go-to"),
        "small",
        close,
        view! {
            <form on:submit=move |event| { event.prevent_default(); go() }>
                <div class="modal-body">
                    <div class="field">
                        <label for="day">{t("day")}</label>
                        <input id="day" type="date" autofocus=true max=intl::typed_day(browser::now()) bind:value=typed/>
                    </div>
                    {problem(move || trouble.get())}
                </div>
                <footer class="modal-foot"><button type="submit" class="button primary">{t("day-show")}</button></footer>
            </form>
        },
    )
}

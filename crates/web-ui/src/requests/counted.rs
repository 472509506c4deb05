//! The day on which so many working days end, while they are typed.

use crate::{
    app::App,
    browser::{self, intl},
    parts::{icon, sentence},
    words::tw,
};
use leptos::prelude::*;
use valise_views::{Command, Outcome};

/// Says by which calendar, and when that is; why it cannot be counted, if it cannot.
pub fn counted(app: App, days: RwSignal<String>) -> impl IntoView {
    let said = RwSignal::new(None::<Result<String, String>>);
    Effect::new(move |_| {
        let Ok(days) = days.with(|days| days.trim().parse::<u32>()) else {
            return said.set(None);
        };
        let command = Command::CountDeadline {
            days,
            offset_minutes: -browser::offset_minutes(browser::now()),
        };
        leptos::task::spawn_local(async move {
            let words = match app.core.ask(command).await {
                Outcome::Counted(counted) => {
                    let time = intl::full(counted.due).into();
                    Some(Ok(match counted.calendar {
                        Some(name) => tw("counted-by", [("time", time), ("name", name.into())]),
                        None => tw("counted-plain", [("time", time)]),
                    }))
                }
                Outcome::Failed(why) => Some(Err(sentence(why))),
                _ => None,
            };
            said.try_set(words);
        });
    });
    let shown = move || {
        said.get().map(|said| match said {
            Ok(words) => view! { <span>{words}</span> }.into_any(),
            Err(why) => view! { {icon("triangle-alert")}<span>{why}</span> }.into_any(),
        })
    };
    view! { <p class="hint counted" role="status">{shown}</p> }
}

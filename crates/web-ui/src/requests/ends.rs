//! Whether a request ends by itself: never, with its deadline, or some days after it.

use crate::words::{t, tw};
use leptos::prelude::*;
use valise_views::request::{Ends, MOST_DAYS_AFTER};

/// Stands for leaving it as it is, where another wording is written.
pub const AS_IT_IS: &str = "=";

/// Days after the deadline that are proposed.
const PROPOSED: &str = "7";

/// The choices, over what is typed: empty for never, 0 with the deadline, and [`AS_IT_IS`] if it is that from the beginning. `name` makes the
/// fields of a form its own.
pub fn ends(typed: RwSignal<String>, name: &'static str) -> impl IntoView {
    let has_end = typed.with_untracked(|typed| typed == AS_IT_IS);
    let group = format!("{name}-ends");
    let is_chosen = move |which: &str| {
        typed.with(|typed| match which {
            "" | "0" | AS_IT_IS => typed == which,
            _ => !matches!(typed.as_str(), "" | "0" | AS_IT_IS),
        })
    };
    let choice = move |which: &'static str, label: String| {
        let group = group.clone();
        view! {
            <label><input type="radio" name=group prop:checked=move || is_chosen(which) on:change=move |_| typed.set(which.into())/><span>{label}</span></label>
        }
    };
    let is_after = Memo::new(move |_| is_chosen(PROPOSED));
    let id = format!("{name}-ends-days");
    view! {
        <div class="deadline">
            <fieldset class="segments"><legend>{t("request-ends-itself")}</legend>
                {has_end.then(|| choice(AS_IT_IS, t("amend-due-same")))}
                {choice("", t("request-ends-never"))}{choice("0", t("request-ends-with"))}{choice(PROPOSED, t("request-ends-after"))}</fieldset>
            {move || is_after.get().then(|| {
                let id = id.clone();
                view! { <input type="number" id=id inputmode="numeric" min="1" max=MOST_DAYS_AFTER.to_string() aria-label=t("request-ends-days") bind:value=typed/> }
            })}
            {move || (!is_chosen("") && !is_chosen(AS_IT_IS)).then(|| view! { <p class="hint">{t("request-ends-hint")}</p> })}
        </div>
    }
}

/// Says when it ends by itself, before there is an instant; nothing if it does not.
pub fn ends_text(ends: Ends) -> Option<String> {
    match ends {
        Ends::Never => None,
        Ends::WithDeadline => Some(t("request-ends-with")),
        Ends::DaysAfter(days) => Some(tw("request-ends-days-after", [("count", days.into())])),
    }
}

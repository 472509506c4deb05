//! What is in an export, and who one is in it.

use super::{choose::clock, number, said};
use crate::{
    app::App,
    browser::intl,
    logic::text::harmless,
    parts::{icon, old_avatar, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::bringing::{Bringing, DateOrder, ExportPreview, OldWriter};
use valise_views::{Command, Outcome};

/// Most names that are offered; more than that nobody looks through.
const MOST_NAMES: usize = 200;

/// What was found, the names to choose from, and the way on.
pub(super) fn pane(
    app: App,
    bringing: Memo<Option<Box<Bringing>>>,
    trouble: RwSignal<Option<String>>,
) -> impl IntoView {
    let preview =
        bringing.with_untracked(|told| told.as_deref().and_then(|told| told.preview.clone()));
    let preview = preview?;
    let span = preview.span;
    let known = preview
        .me
        .clone()
        .filter(|me| preview.writers.iter().any(|writer| writer.key == *me));
    // Asked once: a change of how things stand must not undo a choice.
    let own = untrack(|| app.know(|ready| ready.name.to_lowercase()));
    let by_name = || {
        preview
            .writers
            .iter()
            .find(|writer| writer.name.to_lowercase() == own)
            .map(|writer| writer.key.clone())
    };
    let me = RwSignal::new(known.or_else(by_name));
    let order = RwSignal::new(preview.unsure_order);
    let go = move || {
        trouble.set(None);
        let command = Command::BringChats {
            me: me.get_untracked(),
            order: order.get_untracked(),
            clock: clock(span),
        };
        leptos::task::spawn_local(async move {
            if let Outcome::Failed(why) = app.core.ask(command).await {
                trouble.try_set(Some(sentence(why)));
            }
        });
    };
    Some(view! {
        <form on:submit=move |event| { event.prevent_default(); go() }>
            <div class="modal-body">
                {found(&preview)}
                {names(&preview.writers, me)}
                {preview.unsure_order.map(|_| dates(order))}
                {said(trouble)}
            </div>
            <footer class="modal-foot">
                <button type="button" class="button" on:click=move |_| app.core.tell(Command::StopBringing)>{t("cancel")}</button>
                <button type="submit" class="button primary">{icon("archive-restore")}<span>{t("bring-go")}</span></button>
            </footer>
        </form>
    })
}

/// One line on what it is, and one on how much.
fn found(preview: &ExportPreview) -> impl IntoView + use<> {
    let messenger = preview.messenger.name();
    let title = match preview.title.as_deref().map(harmless) {
        Some(title) if !title.is_empty() => title,
        _ => messenger.to_owned(),
    };
    let count = tw("bring-count", [("count", number(preview.messages))]);
    let chats = (preview.chats > 1).then(|| tw("bring-chats", [("count", preview.chats.into())]));
    let span = preview.span.map(|(first, last)| {
        let days = [
            ("from", intl::dated_day(first).into()),
            ("until", intl::dated_day(last).into()),
        ];
        tw("bring-span", days)
    });
    let parts: Vec<String> = [chats, Some(count), span].into_iter().flatten().collect();
    let left_out =
        (preview.left_out > 0).then(|| tw("bring-left-out", [("count", number(preview.left_out))]));
    view! {
        <div class="bring-found">
            {old_avatar("large")}
            <div class="grow clip"><p class="strong"><bdi>{title}</bdi></p><p class="hint">{messenger}" · "{parts.join(" · ")}</p></div>
        </div>
        {left_out.map(|text| view! { <p class="hint warn">{icon("triangle-alert")} " " {text}</p> })}
    }
}

fn names(writers: &[OldWriter], me: RwSignal<Option<String>>) -> impl IntoView + use<> {
    let rows = writers.iter().take(MOST_NAMES).map(|writer| {
        let count = tw("bring-count", [("count", number(writer.messages))]);
        choice(
            harmless(&writer.name),
            Some(count),
            Some(writer.key.clone()),
            me,
        )
    });
    view! {
        <fieldset class="bring-names">
            <legend>{t("bring-who")}</legend>
            <p class="hint">{t("bring-who-hint")}</p>
            <div class="bring-list">{rows.collect_view()}{choice(t("bring-nobody"), None, None, me)}</div>
        </fieldset>
    }
}

fn choice(
    label: String,
    hint: Option<String>,
    key: Option<String>,
    me: RwSignal<Option<String>>,
) -> impl IntoView {
    let (shown, chosen) = (key.clone(), key);
    view! {
        <label class="radio">
            <input type="radio" name="bring-me" prop:checked=move || me.get() == shown on:change=move |_| me.set(chosen.clone())/>
            <span><span class="radio-label"><bdi>{label}</bdi></span>{hint.map(|hint| view! { <span class="hint">{hint}</span> })}</span>
        </label>
    }
}

/// Asks which number is the day, where nothing in the file tells.
fn dates(order: RwSignal<Option<DateOrder>>) -> impl IntoView {
    let one = move |label: String, value: DateOrder| {
        view! {
            <label><input type="radio" name="bring-dates" prop:checked=move || order.get() == Some(value) on:change=move |_| order.set(Some(value))/><span>{label}</span></label>
        }
    };
    view! {
        <fieldset class="segments bring-dates"><legend>{t("bring-dates")}</legend>
            {one(t("bring-day-first"), DateOrder::DayFirst)}
            {one(t("bring-month-first"), DateOrder::MonthFirst)}
        </fieldset>
    }
}

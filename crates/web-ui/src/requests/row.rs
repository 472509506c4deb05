//! One request in the list.

use super::acts::left_text;
use crate::{
    app::App,
    browser::intl,
    conversation::tick_icon,
    id,
    logic::{
        format::badge,
        requests::{Chip, Left, Tone, chip, reached_word, tick, tone},
        text::harmless,
    },
    parts::{icon, outside},
    people::away_text,
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::request::{Held, Together};
use valise_views::{Away, RequestRow, RequestState};

/// A row that follows its request. In a narrow list its parts stand in three lines, in a wide one in columns.
pub fn row(app: App, row: ArcRwSignal<RequestRow>, today: ReadSignal<i64>) -> impl IntoView {
    let chat = row.with_untracked(|row| row.chat.clone());
    let (here, opened, named) = (chat.clone(), chat.clone(), chat.0);
    let is_unread = {
        let row = row.clone();
        move || row.with(|row| row.unread > 0)
    };
    view! {
        <li>
            <button type="button" class="request-row" data-chat=named class:unread=is_unread
                aria-current=move || app.chat.with(|open| open.as_ref() == Some(&here)).then_some("true")
                on:click=move |_| app.open_request(opened.clone())>
                {move || row.with(|row| content(row, today.get()))}
            </button>
        </li>
    }
}

/// One line for all that were asked together, which leads to them.
pub fn group(row: ArcRwSignal<RequestRow>, open: impl Fn() + 'static) -> impl IntoView {
    view! {
        <li>
            <button type="button" class="request-row together" on:click=move |_| open()>
                {move || row.with(|row| {
                    let count = row.together.map_or(0, |together| together.count);
                    view! {
                        <span class="request-subject">{way(row.is_incoming)}<bdi>{harmless(&row.subject)}</bdi></span>
                        <span class="request-other">{icon("users")}<span>{tw("request-to-many", [("count", count.into())])}</span></span>
                        <span class="request-state"><span class="chip state calm">{icon("rows-3")}<span>{row.together.map(answered_text)}</span></span></span>
                        <span class="request-marks">{icon("chevron-right")}</span>
                    }
                })}
            </button>
        </li>
    }
}

/// How many of those that were asked together were answered.
pub fn answered_text(together: Together) -> String {
    tw(
        "requests-answered",
        [
            ("answered", together.answered.into()),
            ("count", together.count.into()),
        ],
    )
}

fn content(row: &RequestRow, today: i64) -> impl IntoView + use<> {
    let number = harmless(&row.number);
    let office = row.office.as_deref().map(harmless);
    let assignee = row.assignee.as_deref().map(harmless);
    // Of what one asked oneself, somebody of the other side has the work; for whom one stands in, one sees by his name.
    let is_me = row.is_mine && row.is_incoming && row.assignee_away.is_none();
    let away = row.assignee_away.as_ref().map(away_mark);
    let guest = row
        .other
        .is_guest
        .then(|| harmless(&row.other.organisation));
    view! {
        <span class="request-subject">{way(row.is_incoming)}<bdi>{harmless(&row.subject)}</bdi>{row.is_confidential.then(|| view! { {icon("stamp")}<span class="unseen">{t("confidential")}</span> })}</span>
        <span class="request-number"><span class="unseen">{t("request-number")}": "</span><bdi>{number}</bdi></span>
        <span class="request-other">{guest.map(|guest| view! { <bdi>{guest}</bdi> })}{outside(Some(&row.other))}{office.map(|office| view! { <span class="request-office" dir="auto">{office}</span> })}</span>
        <span class="request-state">{standing(row)}</span>
        <span class="request-who">{assignee.map(|assignee| view! { {icon("user")}<span class="unseen">{t("request-assignee")}": "</span><bdi>{if is_me { t("you") } else { assignee }}</bdi> })}{away}</span>
        <span class="request-due">{due(row, today)}</span>
        <span class="request-marks">{reached(row)}{unread(row.unread)}</span>
    }
}

/// That whoever works on it is away.
fn away_mark(away: &Away) -> impl IntoView + use<> {
    let text = away_text(away);
    let title = text.clone();
    view! { <span class="away-mark" title=title>{icon("calendar-clock")}<span class="unseen">{text}</span></span> }
}

/// Whether it comes in or goes out.
pub fn way(is_incoming: bool) -> impl IntoView {
    let (name, word) = match is_incoming {
        true => ("inbox", t("request-incoming")),
        false => ("send", t("request-outgoing")),
    };
    let title = word.clone();
    view! { <span class="request-way" title=title>{icon(name)}<span class="unseen">{word}": "</span></span> }
}

/// The chip that says where a request stands; what keeps one's own here, why one is in doubt, or that a guest waits, stands in its place.
pub fn standing(row: &RequestRow) -> impl IntoView + use<> {
    let kept = match (&row.doubt, &row.held) {
        (Some(_), _) => Some(("shield-alert", id!("chip-in-doubt"), "red")),
        (None, Some(Held::Waits | Held::Nobody)) => {
            Some(("clock-3", id!("chip-waits-release"), "amber"))
        }
        (None, Some(Held::SentBack { .. })) => Some(("undo-2", id!("chip-sent-back"), "red")),
        (None, Some(Held::Stopped)) => Some(("pause", id!("chip-stopped"), "amber")),
        (None, Some(Held::LeftOut)) => Some(("pause", id!("chip-held"), "red")),
        (None, Some(Held::Over)) => Some(("calendar-x", id!("chip-never-went"), "red")),
        (None, None) if row.guest_waits => Some(("bell", id!("guest-waits"), "amber")),
        (None, None) => None,
    };
    match kept {
        Some((name, word, tone)) => {
            let class = format!("chip still state {tone}");
            view! { <span class=class>{icon(name)}<span>{t(word)}</span></span> }.into_any()
        }
        None => state_chip(row.state, row.is_incoming).into_any(),
    }
}

/// The chip of a state.
pub fn state_chip(state: RequestState, is_incoming: bool) -> impl IntoView {
    let Chip {
        icon: name,
        word,
        tone,
    } = chip(state, is_incoming);
    let class = format!("chip still state {}", tone.class());
    view! { <span class=class>{icon(name)}<span>{t(word)}</span></span> }
}

/// What is left of the time; that it was late, where no clock runs any more.
pub fn due(row: &RequestRow, today: i64) -> impl IntoView + use<> {
    let left = Left::of(row, intl::day_number(row.due), today);
    let tone = tone(left, row.nearness);
    let was_late = left == Left::Over && row.was_late;
    let text = match was_late {
        true => t("request-was-late"),
        false => left_text(left),
    };
    let class = format!("left {}", if was_late { Tone::Red } else { tone }.class());
    let title = tw("request-due-by", [("time", intl::full(row.due).into())]);
    (!text.is_empty()).then(|| {
        view! { <span class=class title=title>{(tone == Tone::Red).then(|| icon("circle-alert"))}<span>{text}</span></span> }
    })
}

/// How far one's own request got; of what others ask that is nothing to say.
pub fn reached(row: &RequestRow) -> impl IntoView + use<> {
    let reached = (!row.is_incoming).then_some(row.reached);
    reached.map(|reached| {
        let word = t(reached_word(reached));
        let title = word.clone();
        view! { <span class="request-reached" title=title>{tick_icon(tick(reached))}<span class="unseen">{word}</span></span> }
    })
}

fn unread(count: u32) -> impl IntoView {
    (count > 0).then(|| view! { <span class="badge"><span aria-hidden="true">{badge(count)}</span><span class="unseen">{tw("unread-count", [("count", count.into())])}</span></span> })
}

//! Sentences about what happened in a chat.

use crate::{
    id,
    logic::{
        after::{Unit, whole},
        text::harmless,
    },
    parts::icon,
    words::{Argument, names, t, tw},
};
use leptos::prelude::*;
use valise_views::conversation::{Blocked, Seen};
use valise_views::{ChatKind, LeftOut, Notice, Tick};

/// What kind of thing a line stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A text, or a file by its name.
    Words,
    /// A poll by its question.
    Poll,
    /// A card by the name on it.
    Card,
}

impl Sort {
    /// Reads what a message is said to be.
    pub fn of(is_poll: bool, is_card: bool) -> Self {
        match (is_poll, is_card) {
            (true, _) => Self::Poll,
            (_, true) => Self::Card,
            _ => Self::Words,
        }
    }
}

/// One line that stands for a message: of a poll and of a card it says that it is one.
pub fn line_of(text: &str, sort: Sort) -> String {
    match sort {
        Sort::Poll => tw("poll-line", [("question", text.into())]),
        Sort::Card if text.is_empty() => t("card-line-unknown"),
        Sort::Card => tw("card-line", [("name", text.into())]),
        Sort::Words => crate::logic::text::harmless(text),
    }
}

/// Says what happened.
pub fn notice_text(notice: &Notice) -> String {
    match notice {
        Notice::Created { by } => tw("notice-created", [("by", by.into())]),
        Notice::Added { by, people } => tw(
            "notice-added",
            [("by", by.into()), ("people", Argument::Text(names(people)))],
        ),
        Notice::Removed {
            by: Some(by),
            people,
        } => tw(
            "notice-removed",
            [("by", by.into()), ("people", Argument::Text(names(people)))],
        ),
        Notice::Removed { by: None, people } => tw(
            "notice-gone",
            [
                ("people", Argument::Text(names(people))),
                ("count", people.len().into()),
            ],
        ),
        Notice::CameByLink { person } => tw("notice-came-by-link", [("person", person.into())]),
        Notice::RuleChanged { by, jurisdictions } if jurisdictions.is_empty() => {
            tw("notice-rule-off", [("by", by.into())])
        }
        Notice::RuleChanged { by, jurisdictions } => {
            let countries = jurisdictions.join(", ");
            tw(
                "notice-rule",
                [("by", by.into()), ("countries", countries.into())],
            )
        }
        Notice::LinkChanged { by, on: true } => tw("notice-link", [("by", by.into())]),
        Notice::LinkChanged { by, on: false } => tw("notice-link-off", [("by", by.into())]),
        Notice::Left { person } => tw("notice-left", [("person", person.into())]),
        Notice::Renamed { by, title } => tw(
            "notice-renamed",
            [("by", by.into()), ("title", title.into())],
        ),
        Notice::PictureChanged { by } => tw("notice-picture", [("by", by.into())]),
        Notice::OwnersChanged { by, owners } => tw(
            "notice-owners",
            [("by", by.into()), ("owners", Argument::Text(names(owners)))],
        ),
        Notice::AnnouncementOnly { by, on: true } => tw("notice-announcement", [("by", by.into())]),
        Notice::AnnouncementOnly { by, on: false } => tw("notice-open-again", [("by", by.into())]),
        Notice::Disappearing { by, seconds: 0 } => tw("notice-timer-off", [("by", by.into())]),
        Notice::Disappearing { by, seconds } => tw(
            "notice-timer",
            [("by", by.into()), ("after", after_text(*seconds).into())],
        ),
        Notice::CameBack => t("notice-came-back"),
        Notice::Frozen => t("notice-frozen"),
        Notice::Imported { text } => crate::logic::text::harmless(text),
        Notice::Renewed { person, registrars } => tw(
            "notice-renewed",
            [
                ("person", person.into()),
                ("registrars", Argument::Text(names(registrars))),
            ],
        ),
        Notice::NewDevice { person } => tw("notice-new-device", [("person", person.into())]),
    }
}

/// Says after how long messages disappear: "after 7 days", "never".
pub fn after_text(seconds: u32) -> String {
    let (count, unit) = whole(seconds);
    let id = match unit {
        _ if seconds == 0 => return t("after-never"),
        Unit::Seconds => id!("after-seconds"),
        Unit::Minutes => id!("after-minutes"),
        Unit::Hours => id!("after-hours"),
        Unit::Days => id!("after-days"),
    };
    tw(id, [("count", count.into())])
}

/// Says who is writing.
pub fn typing_text(kind: ChatKind, people: &[String]) -> String {
    match (kind, people) {
        (ChatKind::Direct | ChatKind::Saved, _) | (_, []) => t("typing"),
        (_, [one]) => tw("typing-one", [("name", one.into())]),
        (_, many) => tw("typing-many", [("count", many.len().into())]),
    }
}

/// Says why nothing can be written. A guest has no account that could end.
pub fn blocked_text(blocked: Blocked, is_guest: bool) -> String {
    t(match blocked {
        Blocked::Revoked if is_guest => id!("blocked-guest-over"),
        Blocked::Left => id!("blocked-left"),
        Blocked::OwnersOnly => id!("blocked-owners"),
        Blocked::Frozen => id!("blocked-frozen"),
        Blocked::Revoked => id!("blocked-revoked"),
        Blocked::Removed => id!("blocked-removed"),
        Blocked::PersonLeft => id!("blocked-person-left"),
        Blocked::Imported => id!("blocked-imported"),
        Blocked::InDoubt => id!("blocked-in-doubt"),
        Blocked::NobodyLeft => id!("blocked-nobody-left"),
        Blocked::LeftOut => id!("blocked-left-out"),
    })
}

/// Says why nothing is sent while people of an organisation, or a guest, are in a room.
pub fn left_out_text(left_out: &LeftOut) -> String {
    let organisation = harmless(&left_out.name);
    match &left_out.jurisdictions[..] {
        [] => tw("left-out-unsaid", [("organisation", organisation.into())]),
        codes => tw(
            "left-out-law",
            [
                ("organisation", organisation.into()),
                ("countries", codes.join(", ").into()),
            ],
        ),
    }
}

/// The sign of how far a message got.
pub fn tick_icon(tick: Tick) -> impl IntoView {
    let (name, class) = match tick {
        Tick::Failed => ("circle-alert", "tick failed"),
        Tick::Waiting => ("clock-3", "tick"),
        Tick::Accepted => ("check", "tick"),
        Tick::Delivered => ("check-check", "tick"),
        Tick::Read => ("check-check", "tick read"),
    };
    view! { <span class=class>{icon(name)}</span> }
}

/// The word for how far a message got.
pub fn tick_word(tick: Tick, seen: Option<Seen>) -> String {
    match (tick, seen) {
        (Tick::Accepted | Tick::Delivered, Some(seen)) if seen.read > 0 => tw(
            "tick-read-by",
            [("count", seen.read.into()), ("people", seen.people.into())],
        ),
        (Tick::Accepted, Some(seen)) if seen.delivered > 0 => tw(
            "tick-delivered-to",
            [
                ("count", seen.delivered.into()),
                ("people", seen.people.into()),
            ],
        ),
        (tick, _) => t(match tick {
            Tick::Failed => id!("tick-failed"),
            Tick::Waiting => id!("tick-waiting"),
            Tick::Accepted => id!("tick-accepted"),
            Tick::Delivered => id!("tick-delivered"),
            Tick::Read => id!("tick-read"),
        }),
    }
}

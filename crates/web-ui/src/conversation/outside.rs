//! That people of other organisations are in a chat: said over it every time, and beside the place to write.

use super::talk::Talk;
use crate::{
    logic::outside::{Group, groups},
    parts::icon,
    words::{Argument, names, t, tw},
};
use leptos::prelude::*;

/// Most people who are named.
const MOST: usize = 3;

impl Talk {
    /// Who of other organisations is in the chat.
    pub fn outsiders(self) -> Memo<Vec<Group>> {
        Memo::new(move |_| {
            self.details
                .with(|details| details.as_ref().map(groups).unwrap_or_default())
        })
    }
}

/// The banner, which nothing takes away; none in a chat of one's own people alone.
pub fn banner(talk: Talk) -> impl IntoView {
    let groups = talk.outsiders();
    move || {
        groups.with(|groups| {
            (!groups.is_empty()).then(|| {
                let lines = groups.iter().map(|group| view! { <p dir="auto">{sentence(group)}</p> });
                view! {
                    <section class="outside-banner" aria-label=t("outside-banner")>{icon("building")}<div>{lines.collect_view()}</div></section>
                }
            })
        })
    }
}

fn sentence(group: &Group) -> String {
    if group.outside.is_guest {
        let people = Argument::Text(names(&group.people));
        return tw("guest-here", [("people", people)]);
    }
    let organisation = (&group.outside.organisation).into();
    if group.people.len() <= MOST + 1 {
        let people = Argument::Text(names(&group.people));
        return tw(
            "outside-here",
            [("organisation", organisation), ("people", people)],
        );
    }
    let people = Argument::Text(group.people[..MOST].join(", "));
    let more = group.people.len() - MOST;
    tw(
        "outside-here-many",
        [
            ("organisation", organisation),
            ("people", people),
            ("count", more.into()),
        ],
    )
}

/// What stands in the empty field: who else reads what is written there.
pub fn invitation_to_write(groups: &[Group]) -> String {
    if groups.is_empty() {
        return t("write");
    }
    let organisations = groups
        .iter()
        .map(|group| group.outside.organisation.clone());
    let organisations: Vec<String> = organisations.collect();
    tw(
        "write-outside",
        [("organisations", Argument::Text(names(&organisations)))],
    )
}

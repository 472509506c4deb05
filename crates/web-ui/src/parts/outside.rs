//! The mark of people of other organisations: an icon and the name, in a colour that nothing else has.

use super::icon;
use crate::{
    logic::text::harmless,
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::Outside;

/// The mark of somebody, if they are of another organisation.
pub fn outside(outside: Option<&Outside>) -> impl IntoView + use<> {
    outside.map(|outside| match outside.is_guest {
        true => guest_mark().into_any(),
        false => mark(harmless(&outside.organisation), harmless(&outside.domain)).into_any(),
    })
}

/// The mark of a chat, if people of other organisations are in it.
pub fn outsides(all: &[Outside]) -> impl IntoView + use<> {
    let (first, more) = all.split_first()?;
    let domains: Vec<String> = all.iter().map(|one| harmless(&one.domain)).collect();
    let name = match more.len() {
        0 => harmless(&first.organisation),
        more => format!("{} +{more}", harmless(&first.organisation)),
    };
    Some(mark(name, domains.join(", ")))
}

fn mark(name: String, domain: String) -> impl IntoView {
    let title = tw("outside-title", [("domain", domain.into())]);
    view! { <span class="outside" title=title>{icon("building")}<span class="unseen">{t("outside-word")}" "</span><bdi>{name}</bdi></span> }
}

/// The mark of who is of no organisation.
fn guest_mark() -> impl IntoView {
    view! { <span class="outside" title=t("guest-mark-title")>{icon("contact")}<span>{t("guest-mark")}</span></span> }
}

/// A name, with the organisation if it is another one, where only text can stand.
pub fn named(name: &str, outside: Option<&Outside>) -> String {
    match outside {
        Some(outside) if outside.is_guest => format!("{} ({})", harmless(name), t("guest-mark")),
        Some(outside) => format!("{} ({})", harmless(name), harmless(&outside.organisation)),
        None => name.to_owned(),
    }
}

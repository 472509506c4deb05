//! A link between two organisations, opened where nobody is signed in: mostly by the registrar of the other one.

use super::door;
use crate::{
    app::app,
    logic::link::Opening,
    parts::{copy_button, icon},
    words::t,
};
use leptos::prelude::*;

/// Says what the link is, and hands it over: this page has taken it out of the address bar.
pub fn partner() -> impl IntoView {
    let link = app().opening.with_untracked(|opening| match opening {
        Opening::Partner(link) => link.clone(),
        _ => String::new(),
    });
    door(
        t("partner-page-title"),
        view! {
            <p class="lead">{t("partner-page-text")}</p>
            <ul class="points">
                <li>{icon("key-round")}<span>{t("partner-page-registrar")}</span></li>
                <li>{icon("user")}<span>{t("partner-page-other")}</span></li>
            </ul>
            {copy_button(link, t("copy-link"))}
        },
    )
}

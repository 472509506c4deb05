//! The round picture of a person or a group.

use crate::{
    browser::picture_url,
    logic::text::{colour, harmless, initials},
    parts::icon,
    words::t,
};
use leptos::prelude::*;
use valise_views::ChatKind;

/// Whose picture it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Face {
    /// The id that the colour comes from.
    pub id: String,
    /// The name that the initials come from.
    pub name: String,
    /// The picture, if there is one.
    pub picture: Option<Vec<u8>>,
    /// Whether it is of another organisation, or somebody in the group is: it has a ring.
    pub outside: bool,
}

/// Shows a face; the name stands beside it, so it is nothing to a screen reader.
pub fn avatar(face: Face, size: &'static str) -> impl IntoView {
    let ring = if face.outside { " ring" } else { "" };
    let class = format!("avatar {size} hue-{}{ring}", colour(&face.id));
    match face.picture.as_deref().and_then(picture_url) {
        Some(url) => view! { <span class=class aria-hidden="true"><img src=url alt="" draggable="false"/></span> }.into_any(),
        None => view! { <span class=class aria-hidden="true">{initials(&face.name)}</span> }.into_any(),
    }
}

/// What stands in the place of a face in a chat that was brought over: nobody in it is anybody's account.
pub fn old_avatar(size: &'static str) -> impl IntoView {
    let class = format!("avatar {size} old");
    view! { <span class=class aria-hidden="true">{icon("history")}</span> }
}

/// What stands in the place of a face in the chat with oneself.
pub fn saved_avatar(size: &'static str) -> impl IntoView {
    let class = format!("avatar {size} saved");
    view! { <span class=class aria-hidden="true">{icon("bookmark")}</span> }
}

/// What stands in the place of a face in what is said of a request.
pub fn request_avatar(size: &'static str) -> impl IntoView {
    let class = format!("avatar {size} building");
    view! { <span class=class aria-hidden="true">{icon("file-check")}</span> }
}

/// The picture of a chat.
pub fn chat_avatar(kind: ChatKind, face: Face, size: &'static str) -> AnyView {
    match kind {
        ChatKind::Imported(_) => old_avatar(size).into_any(),
        ChatKind::Saved => saved_avatar(size).into_any(),
        ChatKind::Request => request_avatar(size).into_any(),
        ChatKind::Direct | ChatKind::Group | ChatKind::Announcement => {
            avatar(face, size).into_any()
        }
    }
}

/// The name of a chat: the one with oneself is called the same for everybody.
pub fn chat_name(kind: ChatKind, title: &str) -> String {
    match kind {
        ChatKind::Saved => t("saved-messages"),
        _ => harmless(title),
    }
}

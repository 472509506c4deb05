//! `valise join`: becomes a member.

use super::setup::local_part_of;
use crate::arguments::{ClientOptions, Join};
use crate::print::harmless;
use crate::session::Session;
use anyhow::{Result, bail};
use serde_json::json;
use valise_views::{Command, Outcome};

pub async fn run(options: &ClientOptions, how: &Join) -> Result<()> {
    let mut session = Session::open(options)?;
    let Outcome::Invitation(preview) = session
        .ask(Command::InspectInvitation {
            link: how.link.clone(),
        })
        .await?
    else {
        bail!("the invitation says nothing");
    };
    if preview.name.is_empty() && how.name.is_empty() {
        bail!(
            "{}",
            session
                .printer
                .words("say who you are by --name", "назовите себя через --name")
        );
    }
    let name = if preview.name.is_empty() {
        how.name.clone()
    } else {
        preview.name.clone()
    };
    let local_part = how.address.clone().unwrap_or_else(|| local_part_of(&name));
    session
        .ask(Command::Join {
            link: how.link.clone(),
            name,
            local_part,
        })
        .await?;
    let ready = session.catch_up().await?;
    let organisation = harmless(&preview.organisation);
    let human = match session.printer.words("en", "ru") {
        "en" => format!(
            "You are {} in {organisation}, invited by {}.",
            ready.address,
            harmless(&preview.inviter)
        ),
        _ => format!(
            "Ваш адрес: {}; организация: {organisation}; вас пригласил(а) {}.",
            ready.address,
            harmless(&preview.inviter)
        ),
    };
    session.printer.line(
        &human,
        &json!({ "address": ready.address, "person": ready.me.0 }),
    )
}

//! `valise import`: becomes the device that moves in a link.

use crate::arguments::ClientOptions;
use crate::print::harmless;
use crate::session::Session;
use anyhow::Result;
use serde_json::json;
use valise_views::Command;

pub async fn run(options: &ClientOptions, link: &str) -> Result<()> {
    let mut session = Session::open(options)?;
    let command = Command::Import {
        link: link.to_owned(),
    };
    session.ask(command).await?;
    let ready = session.catch_up().await?;
    let human = format!(
        "{} {} <{}>, {}",
        session.printer.words("You are", "Вы:"),
        harmless(&ready.name),
        harmless(&ready.address),
        harmless(&ready.organisation),
    );
    let machine = json!({
        "address": ready.address,
        "person": ready.me.0,
        "unread": ready.unread,
    });
    session.printer.line(&human, &machine)
}

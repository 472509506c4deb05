//! A lived-in organisation to look at: six people, two groups, a week of conversation.
//!
//! Nothing in it is faked. A real service over a real store is talked to by real clients, end to end encrypted; only the
//! clock is not the machine's, but runs through the past week in a few seconds. At the end every client leaves its device
//! by [`valise_views::Command::Export`], and the link that comes of it opens the account anywhere.
//!
//! `week.txt` is what they say; [`script`] reads it and `play` lets it happen in a `world`.

mod cast;
mod jpeg;
mod paint;
mod paper;
mod play;
pub mod script;
mod server;
mod world;

pub use cast::Language;

use anyhow::{Context, Result};
use play::Play;
use valise_server::config::Config;
use valise_wire::Timestamp;
use world::World;

/// When the week ends.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// The present instant.
    pub now: Timestamp,
    /// Beginning of the present day where the reader is.
    pub midnight: Timestamp,
}

/// Somebody whose account can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// The person's name.
    pub name: String,
    /// What the person does.
    pub office: String,
    /// Opens the account, once.
    pub link: String,
}

/// Makes the organisation in an empty data folder, and returns a link for each of its people.
pub async fn prepare(config: &Config, language: Language, moment: Moment) -> Result<Vec<Ready>> {
    let script = script::parse(include_str!("week.txt"), language).context("week.txt")?;
    let world = World::open(config, moment.now.0.saturating_sub(play::LEAD_MILLIS)).await?;
    let mut play = Play::new(world, language, moment);
    play.gather().await.context("gathering the people")?;
    for act in &script {
        play.act(act)
            .await
            .with_context(|| format!("line {} of week.txt", act.line))?;
    }
    play.end().await.context("leaving the devices")
}

#[cfg(test)]
mod tests;

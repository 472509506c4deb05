//! Two lived-in organisations to look at: ten people, two groups, a week of conversation, and what one asks of the other.
//!
//! Nothing in it is faked. Real services over real stores are talked to by real clients, end to end encrypted, and carry to each
//! other what they have; only the clock is not the machine's, but runs through the past week in a few seconds. At the end every
//! client leaves its device by [`valise_views::Command::Export`], and the link that comes of it opens the account anywhere.
//!
//! `week.txt` is what they say and do; [`script`] reads it and `play` lets it happen in a `world`.

mod cases;
mod cast;
mod jpeg;
mod line;
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
    /// What the clock there is ahead of UTC, in minutes.
    pub offset_minutes: i32,
}

/// Somebody whose account can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// Name of the person's organisation.
    pub organisation: String,
    /// The person's name.
    pub name: String,
    /// What the person does.
    pub office: String,
    /// What there is to see of requests, if the person has to do with them.
    pub sees: Option<String>,
    /// Opens the account, once.
    pub link: String,
}

/// Somebody of no organisation who was asked, and did not come yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// What he is called.
    pub name: String,
    /// Who awaits him: this person's device lets him in.
    pub asked_by: String,
    /// Opens the request in a browser that belongs to none of the people.
    pub link: String,
    /// The code that the link asks for.
    pub code: String,
}

/// Two organisations that have lived for a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lived {
    /// Everybody of both.
    pub people: Vec<Ready>,
    /// The guest of one of them.
    pub guest: Guest,
}

/// Domains of the organisations, in the order of their servers.
pub const DOMAINS: [&str; 2] = ["prosecutor.example", "bank.example"];

/// Makes the organisations in empty data folders, in the order of [`DOMAINS`], and returns a link for each of their people and for a guest.
pub async fn prepare(configs: &[Config; 2], language: Language, moment: Moment) -> Result<Lived> {
    let play = live(configs, language, moment).await?;
    play.end().await.context("leaving the devices")
}

/// Lets the week happen.
async fn live(configs: &[Config; 2], language: Language, moment: Moment) -> Result<Play> {
    let script = script::parse(include_str!("week.txt"), language).context("week.txt")?;
    let world = World::open(configs, moment.now.0.saturating_sub(play::LEAD_MILLIS)).await?;
    let mut play = Play::new(world, language, moment);
    play.gather().await.context("gathering the people")?;
    play.meet().await.context("making partners")?;
    for act in &script {
        play.act(act)
            .await
            .with_context(|| format!("line {} of week.txt", act.line))?;
    }
    Ok(play)
}

#[cfg(test)]
mod tests;

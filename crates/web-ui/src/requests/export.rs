//! Putting what proves a request into one file.

use super::opened::Opened;
use crate::{
    browser::{blob_url, media::bytes_of, save},
    id,
    logic::{
        requests::{Readiness, readiness},
        text::harmless,
    },
    paper::print_report,
    parts::sentence,
    words::{self, t, tw},
};
use leptos::prelude::*;
use valise_views::print::Language;
use valise_views::{Command, FileId, Lacking, Outcome, Trouble};

/// Evidence that was asked for, and waits for files.
#[derive(Clone, Default, PartialEq)]
pub struct Waits {
    stage: Stage,
    without: Vec<FileId>,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Stage {
    /// It waits for nothing.
    #[default]
    Not,
    /// Files were asked for, and it is not seen yet that they come.
    Asked,
    /// They come. When none does any more, it goes on by itself: what cannot be had is said in it.
    Coming,
}

/// Whether the evidence waits for files; goes on by itself when they are here, or never come.
pub fn waiting(opened: Opened) -> RwSignal<Waits> {
    let waits = RwSignal::new(Waits::default());
    let ready = opened.know(readiness);
    Effect::new(move |_| {
        let (stage, without) = waits.with(|it| (it.stage, it.without.clone()));
        match (stage, ready.get()) {
            (Stage::Asked, Some(Readiness::Coming)) => waits.update(|it| it.stage = Stage::Coming),
            (Stage::Coming, Some(Readiness::Here | Readiness::Lost)) => {
                begin(opened, waits, without);
            }
            _ => {}
        }
    });
    waits
}

/// Asks for the evidence without some files, and saves it where the browser saves files.
pub fn begin(opened: Opened, waits: RwSignal<Waits>, without: Vec<FileId>) {
    let app = opened.app;
    waits.set(Waits::default());
    app.say(t("request-exporting"));
    let command = Command::ExportEvidence {
        chat: opened.chat(),
        without: without.clone(),
    };
    leptos::task::spawn_local(async move {
        match app.core.ask(command).await {
            Outcome::Unreported {
                export,
                bundle,
                known,
            } => close(opened, export, &bundle, &known).await,
            // They are fetched now that they were asked for.
            Outcome::Failed(Trouble::FileAway) => {
                app.say(t("request-fetching"));
                let stage = Stage::Asked;
                waits.try_set(Waits { stage, without });
            }
            Outcome::Failed(why) => app.say(sentence(why)),
            _ => {}
        }
    });
}

/// Draws what the evidence says, and has it closed with that in it.
async fn close(opened: Opened, export: u64, bundle: &[u8], known: &[String]) {
    let language = Language::of(words::spoken().tag());
    // What cannot be drawn is left out: the evidence proves the same without.
    let drawn = print_report(bundle, language, known).await.ok();
    let report = match drawn {
        Some(printed) => bytes_of(&printed.pdf).await.map(Into::into),
        None => None,
    };
    let command = Command::FinishEvidence { export, report };
    match opened.app.core.ask(command).await {
        Outcome::Evidence {
            stamped,
            lacking,
            name,
            bytes,
        } => {
            let said = match stamped {
                true => t("request-exported"),
                false => t("request-exported-unstamped"),
            };
            let all = std::iter::once(said).chain(lacks(lacking));
            keep(opened, &name, &bytes, all.collect::<Vec<_>>().join(" "));
        }
        Outcome::Failed(why) => opened.app.say(sentence(why)),
        _ => {}
    }
}

/// Says what is not in it, and why.
fn lacks(lacking: Lacking) -> Vec<String> {
    let counts = [
        (id!("evidence-another"), lacking.another_came),
        (id!("evidence-not-had"), lacking.not_had),
        (id!("evidence-too-large"), lacking.too_large),
        (id!("evidence-left-out"), lacking.left_out),
    ];
    let said = counts.into_iter().filter(|(_, count)| *count > 0);
    said.map(|(word, count)| tw(word, [("count", count.into())]))
        .collect()
}

fn keep(opened: Opened, name: &str, bytes: &[u8], said: String) {
    let Some(url) = blob_url(bytes, "application/octet-stream") else {
        return opened.app.say(sentence(Trouble::Internal));
    };
    save(&url, &harmless(name));
    opened.app.say(said);
}

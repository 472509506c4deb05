//! Putting what proves a request into one file.

use super::opened::Opened;
use crate::{
    browser::{blob_url, media::bytes_of, save},
    logic::{
        requests::{Readiness, readiness},
        text::harmless,
    },
    paper::print_report,
    parts::sentence,
    words::{self, t},
};
use leptos::prelude::*;
use valise_views::print::Language;
use valise_views::{Command, Outcome, Trouble};

/// Whether the evidence waits for files; goes on by itself when they are here.
pub fn waiting(opened: Opened) -> RwSignal<bool> {
    let waits = RwSignal::new(false);
    let ready = opened.know(readiness);
    Effect::new(move |_| {
        if !waits.get() {
            return;
        }
        match ready.get() {
            Some(Readiness::Here) => begin(opened, waits),
            Some(Readiness::Lost) => {
                waits.set(false);
                opened.app.say(sentence(Trouble::FileAway));
            }
            Some(Readiness::Coming) | None => {}
        }
    });
    waits
}

/// Asks for the evidence, and saves it where the browser saves files.
pub fn begin(opened: Opened, waits: RwSignal<bool>) {
    let app = opened.app;
    waits.set(false);
    app.say(t("request-exporting"));
    let command = Command::ExportEvidence(opened.chat());
    leptos::task::spawn_local(async move {
        match app.core.ask(command).await {
            Outcome::Unreported {
                export,
                bundle,
                known,
            } => close(opened, export, &bundle, &known).await,
            // They are fetched now that they were asked for.
            Outcome::Failed(Trouble::FileAway) if is_coming(opened) => {
                app.say(t("request-fetching"));
                waits.try_set(true);
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
            name,
            bytes,
        } => {
            let said = match stamped {
                true => t("request-exported"),
                false => t("request-exported-unstamped"),
            };
            keep(opened, &name, &bytes, said);
        }
        Outcome::Failed(why) => opened.app.say(sentence(why)),
        _ => {}
    }
}

fn is_coming(opened: Opened) -> bool {
    let ready = opened
        .details
        .try_with_untracked(|details| details.as_ref().map(readiness));
    ready.flatten() == Some(Readiness::Coming)
}

fn keep(opened: Opened, name: &str, bytes: &[u8], said: String) {
    let Some(url) = blob_url(bytes, "application/octet-stream") else {
        return opened.app.say(sentence(Trouble::Internal));
    };
    save(&url, &harmless(name));
    opened.app.say(said);
}

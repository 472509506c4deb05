//! Putting what proves a request into one file.

use super::opened::Opened;
use crate::{
    browser::{blob_url, save},
    logic::{
        requests::{Readiness, readiness},
        text::harmless,
    },
    parts::sentence,
    words::t,
};
use leptos::prelude::*;
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
    let command = Command::ExportEvidence {
        chat: opened.chat(),
    };
    leptos::task::spawn_local(async move {
        match app.core.ask(command).await {
            Outcome::Evidence { name, bytes } => keep(opened, &name, &bytes),
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

fn is_coming(opened: Opened) -> bool {
    let ready = opened
        .details
        .try_with_untracked(|details| details.as_ref().map(readiness));
    ready.flatten() == Some(Readiness::Coming)
}

fn keep(opened: Opened, name: &str, bytes: &[u8]) {
    let Some(url) = blob_url(bytes, "application/octet-stream") else {
        return opened.app.say(sentence(Trouble::Internal));
    };
    save(&url, &harmless(name));
    opened.app.say(t("request-exported"));
}

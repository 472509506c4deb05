//! The letter on paper to a guest who has no other way, and the code on a sheet of its own.

use super::opened::Opened;
use crate::{
    browser::{self, intl, save},
    logic::text::harmless,
    paper::{Printed, print},
    parts::{field, icon, problem},
    words::{Language, t},
};
use leptos::prelude::*;
use valise_views::print::{CodeSheet, Document, Language as Written, Letter};
use valise_views::request::{Guest, RequestDetails};

/// Most letters of the line that says where one sits.
const MAX_SENDER: u32 = 120;
/// Most lines that a window shows.
const MAX_LINES: usize = 6;

/// What the envelope says, while it is typed.
#[derive(Clone, Copy)]
struct Envelope {
    opened: Opened,
    addressee: RwSignal<String>,
    sender: RwSignal<String>,
    trouble: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

/// What is asked for a letter, and the two sheets.
pub fn letter(opened: Opened, guest: Guest) -> impl IntoView {
    let envelope = Envelope {
        opened,
        addressee: RwSignal::new(harmless(&guest.name)),
        sender: RwSignal::new(String::new()),
        trouble: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    let (link, code) = (
        guest.link.unwrap_or_default(),
        guest.code.unwrap_or_default(),
    );
    let fingerprint = guest.fingerprint;
    view! {
        <details class="guest-letter">
            <summary>{icon("file-text")}<span>{t("guest-letter")}</span></summary>
            <div class="form">
                <p class="hint">{t("guest-letter-hint")}</p>
                <div class="field">
                    <label for="letter-addressee">{t("guest-letter-to")}</label>
                    <textarea id="letter-addressee" autocomplete="off" dir="auto" rows="4" bind:value=envelope.addressee></textarea>
                </div>
                {field(t("guest-letter-from"), Some(t("guest-letter-from-hint")), "letter-sender", envelope.sender, MAX_SENDER)}
                {problem(move || envelope.trouble.get())}
                <div class="guest-panel-deeds">
                    <button type="button" class="button" aria-disabled=move || envelope.busy.get().to_string()
                        on:click=move |_| envelope.letter(link.clone(), &fingerprint)>{icon("mail-open")}<span>{t("guest-letter-print")}</span></button>
                    <button type="button" class="button" aria-disabled=move || envelope.busy.get().to_string()
                        on:click=move |_| envelope.sheet(code.clone())>{icon("key-round")}<span>{t("guest-letter-code")}</span></button>
                </div>
            </div>
        </details>
    }
}

impl Envelope {
    fn lines(self) -> Result<Vec<String>, String> {
        let typed = self.addressee.get_untracked();
        let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
        let lines: Vec<String> = lines.map(harmless).collect();
        match lines.len() {
            0 => Err(t("guest-letter-no-address")),
            lines if lines > MAX_LINES => Err(t("guest-letter-long-address")),
            _ => Ok(lines),
        }
    }

    fn letter(self, link: String, fingerprint: &str) {
        let details = self.opened.details.get_untracked();
        let (Some(details), Ok(addressee)) = (details, self.told(self.lines())) else {
            return;
        };
        let row = &details.row;
        self.print(
            &row.number,
            Document::Letter(Letter {
                language: language(self.opened),
                organisation: self.organisation(),
                office: details.issuer.capacity.clone(),
                sender: self.sender(),
                addressee,
                number: row.number.clone(),
                date: intl::dated_day(browser::now()),
                due: Some(intl::full(row.due)),
                subject: row.subject.clone(),
                text: said(&details),
                link,
                fingerprint: fingerprint.split(' ').map(str::to_owned).collect(),
            }),
        );
    }

    fn sheet(self, code: String) {
        let details = self.opened.details.get_untracked();
        let (Some(details), Ok(addressee)) = (details, self.told(self.lines())) else {
            return;
        };
        let number = details.row.number.clone();
        let sheet = CodeSheet {
            language: language(self.opened),
            organisation: self.organisation(),
            office: details.issuer.capacity.clone(),
            sender: self.sender(),
            addressee,
            number: number.clone(),
            code,
        };
        self.print(
            &format!("{number} {}", t("guest-hand-code")),
            Document::CodeSheet(sheet),
        );
    }

    fn told<T>(self, read: Result<T, String>) -> Result<T, String> {
        self.trouble.set(read.as_ref().err().cloned());
        read
    }

    fn organisation(self) -> String {
        self.opened.app.know(|ready| ready.organisation.clone())
    }

    fn sender(self) -> String {
        let typed = self.sender.get_untracked();
        match typed.trim() {
            "" => self.organisation(),
            typed => typed.to_owned(),
        }
    }

    fn print(self, name: &str, document: Document) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let name = format!("{}.pdf", name.replace(['/', '\\', ':'], "-"));
        leptos::task::spawn_local(async move {
            match print(&document).await {
                Ok(printed) => self.keep(&printed, &name),
                Err(_) => {
                    self.trouble.try_set(Some(t("guest-letter-failed")));
                }
            }
            self.busy.try_set(false);
        });
    }

    fn keep(self, printed: &Printed, name: &str) {
        let Ok(url) = web_sys::Url::create_object_url_with_blob(&printed.pdf) else {
            self.trouble.try_set(Some(t("guest-letter-failed")));
            return;
        };
        save(&url, name);
        if !printed.missing.is_empty() {
            self.trouble.try_set(Some(t("guest-letter-letters")));
        }
    }
}

/// What is asked, as paper says it: files cannot lie in an envelope, but it can be said that there are some.
fn said(details: &RequestDetails) -> String {
    let mut text = details.letter.text.clone();
    if !details.letter.files.is_empty() {
        let names = details.letter.files.iter().map(|file| harmless(&file.name));
        let names: Vec<String> = names.collect();
        text = format!("{text}\n\n{}: {}", t("request-files"), names.join(", "));
    }
    text
}

fn language(opened: Opened) -> Written {
    match opened.app.language.get_untracked() {
        Language::English => Written::English,
        Language::Russian => Written::Russian,
        Language::German => Written::German,
        Language::French => Written::French,
    }
}

//! Output: lines for people, or one JSON object a line for scripts.
//!
//! Whatever others wrote is made harmless first: a message must not move the cursor, change colours, hide text or turn
//! its direction in somebody's terminal. JSON carries the text as it is, with controls escaped.

mod alarm;
mod away;
mod card;
mod case;
mod machine;
mod outside;
mod own;
mod poll;
pub mod release;
pub mod request;
mod silence;

pub use away::machine as away_machine;
pub use outside::{machine as outsider, named};

use crate::words::{Language, notice, saved};
use anyhow::Result;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Write;
use valise_views::file::minutes;
use valise_views::mention::spoken;
use valise_views::search::Hit;
use valise_views::{
    Alarm, Body, ChatKind, ChatRow, File, FileState, Label, Message, Origin, Person, PersonRole,
    Preview, Quote, Tick,
};

/// Writes to standard output.
pub struct Printer {
    json: bool,
    language: Language,
    zone: TimeZone,
}

impl Printer {
    /// Makes a printer for people, or for scripts.
    pub fn new(json: bool) -> Self {
        Self {
            json,
            language: Language::of_person(),
            zone: TimeZone::system(),
        }
    }

    /// Chooses between a sentence and its translation.
    pub fn words<'a>(&self, english: &'a str, russian: &'a str) -> &'a str {
        self.language.of(english, russian)
    }

    /// Says what nobody must overlook.
    pub fn alarm(&self, alarm: &Alarm) -> String {
        alarm::line(alarm, self.language)
    }

    /// Says what nobody must overlook beside the output.
    pub fn complain(&self, alarm: &Alarm) {
        eprintln!("{}", self.alarm(alarm));
    }

    /// Says something beside the output.
    pub fn warn(&self, english: &str, russian: &str) {
        eprintln!("{}", self.words(english, russian));
    }

    /// Writes something for people alone.
    pub fn note(&self, english: &str, russian: &str) -> Result<()> {
        if !self.json {
            writeln!(std::io::stdout().lock(), "{}", self.words(english, russian))?;
        }
        Ok(())
    }

    /// Writes one thing: a line for people, an object for scripts.
    pub fn line(&self, human: &str, machine: &Value) -> Result<()> {
        let mut out = std::io::stdout().lock();
        if self.json {
            writeln!(out, "{machine}")?
        } else {
            writeln!(out, "{human}")?
        }
        out.flush()?;
        Ok(())
    }

    /// Writes that something is done.
    pub fn done(&self, english: &str, russian: &str, machine: &Value) -> Result<()> {
        self.line(self.words(english, russian), machine)
    }

    /// Writes a chat of the list.
    pub fn chat(&self, row: &ChatRow, labels: &[Label]) -> Result<()> {
        let of_row = labels.iter().filter(|label| row.labels.contains(&label.id));
        let labels: Vec<&String> = of_row.map(|label| &label.name).collect();
        let unread = match (row.unread, row.mentions) {
            (0, _) => String::new(),
            (unread, 0) => format!(" ({unread})"),
            (unread, mentions) => format!(" ({unread}, @{mentions})"),
        };
        let preview = row
            .preview
            .as_ref()
            .map_or_else(String::new, |preview| self.preview(preview));
        let at = row
            .preview
            .as_ref()
            .map_or_else(String::new, |preview| self.time(preview.at));
        let human = format!(
            "{:<28} {:>16}  {}{preview}",
            format!(
                "{}{}{unread}",
                self.title(row.kind, &row.title),
                outside::behind(&row.outside)
            ),
            at,
            labels.iter().fold(String::new(), |all, name| all
                + &format!("#{} ", harmless(name))),
        );
        let machine = json!({
            "chat": row.chat.0,
            "title": row.title,
            "kind": match row.kind {
                ChatKind::Direct => "direct",
                ChatKind::Saved => "saved",
                ChatKind::Group => "group",
                ChatKind::Announcement => "announcement",
                ChatKind::Request => "request",
                ChatKind::Imported(_) => "imported",
            },
            "person": row.person.as_ref().map(|person| &person.0),
            "outside": row.outside.iter().map(outside::machine).collect::<Vec<_>>(),
            "labels": labels,
            "unread": row.unread,
            "mentions": row.mentions,
            "active": row.active,
            "at": row.preview.as_ref().map(|preview| preview.at),
        });
        self.line(human.trim_end(), &machine)
    }

    /// Names a chat.
    fn title(&self, kind: ChatKind, title: &str) -> String {
        match kind {
            ChatKind::Saved => saved(self.language).to_owned(),
            _ => harmless(title),
        }
    }

    fn preview(&self, preview: &Preview) -> String {
        let text = match &preview.notice {
            Some(happened) => notice(self.language, happened),
            None if preview.deleted => self.words("[taken back]", "[удалено]").to_owned(),
            None if preview.is_card => card::line(&preview.text, self.language),
            None if preview.is_poll => poll::line(&preview.text, self.language),
            None => preview.text.clone(),
        };
        let text: String = harmless(&text).chars().take(60).collect();
        match &preview.sender {
            Some(sender) => format!("{}: {text}", harmless(sender)),
            None => text,
        }
    }

    /// Writes a person.
    pub fn person(&self, person: &Person) -> Result<()> {
        let role = match person.role {
            PersonRole::Registrar => self.words("registrar", "регистратор"),
            PersonRole::Member => "",
        };
        let state = match (person.is_me, person.revoked) {
            (true, _) => self.words("you", "это вы"),
            (_, true) => self.words("left", "не состоит"),
            _ => "",
        };
        let away = person.away.as_ref().map(|away| self.away(away));
        let away = away.unwrap_or_default();
        let notes: Vec<&str> = [person.office.as_str(), role, state, &away]
            .into_iter()
            .filter(|note| !note.is_empty())
            .collect();
        let human = format!(
            "{:<28} {:<32} {}",
            outside::named(&person.name, person.outside.as_ref()),
            harmless(&person.address),
            harmless(&notes.join(", "))
        );
        let machine = json!({
            "person": person.id.0,
            "name": person.name,
            "address": person.address,
            "office": person.office,
            "role": if person.role == PersonRole::Registrar { "registrar" } else { "member" },
            "me": person.is_me,
            "active": !person.revoked,
            "away": person.away.as_ref().map(away_machine),
            "outside": person.outside.as_ref().map(outside::machine),
        });
        self.line(human.trim_end(), &machine)
    }

    /// Writes a message that was found.
    pub fn hit(&self, hit: &Hit) -> Result<()> {
        let text: String = hit.text.iter().map(|piece| &*piece.text).collect();
        let human = format!(
            "{}  {} / {}: {}",
            self.time(hit.at),
            self.title(hit.kind, &hit.title),
            outside::named(&hit.sender, hit.outside.as_ref()),
            harmless(&text)
        );
        let machine = json!({
            "message": hit.message.0,
            "chat": hit.chat.0,
            "title": hit.title,
            "name": hit.sender,
            "mine": hit.is_mine,
            "outside": hit.outside.as_ref().map(outside::machine),
            "at": hit.at,
            "text": text,
            "file": hit.file,
        });
        self.line(&human, &machine)
    }

    /// Writes a message, with its number if that is wanted.
    pub fn message(&self, message: &Message, is_numbered: bool) -> Result<()> {
        let gap = if message.gap_before {
            self.words(
                "[something is missing here]\n",
                "[здесь чего-то не хватает]\n",
            )
        } else {
            ""
        };
        let number = if is_numbered {
            format!("#{:<6} ", message.id.0)
        } else {
            String::new()
        };
        let answers = message
            .reply
            .as_ref()
            .map_or_else(String::new, |quote| self.quote(quote));
        let human = format!(
            "{gap}{number}{}  {answers}{}{}{}",
            self.time(message.at),
            message
                .origin
                .as_ref()
                .map_or_else(String::new, |origin| self.origin(origin)),
            self.body(message),
            self.marks(message)
        );
        self.line(&human, &machine::message(message))
    }

    fn quote(&self, quote: &Quote) -> String {
        let text = if quote.is_poll {
            poll::line(&quote.text, self.language)
        } else if quote.is_card {
            card::line(&quote.text, self.language)
        } else {
            harmless(&quote.text)
        };
        let text: String = text.chars().take(40).collect();
        match &quote.message {
            Some(_) if text.is_empty() => self.words("> [taken back] < ", "> [удалено] < ").into(),
            Some(_) => format!("> {}: {text} < ", harmless(&quote.sender_name)),
            None => self
                .words("> [not on this device] < ", "> [нет на этом устройстве] < ")
                .into(),
        }
    }

    /// From where a message was handed on, as its sender says.
    fn origin(&self, origin: &Origin) -> String {
        match harmless(&origin.sender_name) {
            name if name.is_empty() => self.words("[forwarded] ", "[переслано] ").to_owned(),
            name => format!(
                "{} {name}] ",
                self.words("[forwarded from", "[переслано, автор")
            ),
        }
    }

    /// What stands behind a message: that it was changed, and signs.
    fn marks(&self, message: &Message) -> String {
        let mut marks = String::new();
        if message.pinned {
            marks.push_str(self.words(" (pinned)", " (закреплено)"));
        }
        if message.edited {
            marks.push_str(self.words(" (edited)", " (изменено)"));
        }
        for reaction in &message.reactions {
            let _ = write!(
                marks,
                " {}{}",
                harmless(&reaction.emoji),
                reaction.people.len()
            );
        }
        marks
    }

    fn body(&self, message: &Message) -> String {
        let name = outside::named(&message.sender_name, message.outside.as_ref());
        let tick = match message.tick {
            Some(Tick::Failed) => " ✗",
            Some(Tick::Waiting) => " …",
            Some(Tick::Accepted) => " ✓",
            Some(Tick::Delivered) => " ✓✓",
            Some(Tick::Read) => " ✔✔",
            None => "",
        };
        match &message.body {
            Body::Text(text) => {
                let text = spoken(text, &message.mentions);
                format!("{name}: {}{tick}", indented(&text))
            }
            Body::Files { files, text } => {
                let names = files.iter().map(|file| self.file(file));
                let names: Vec<String> = names.collect();
                let text = spoken(text, &message.mentions);
                format!("{name}: {} {}{tick}", names.join(" "), indented(&text))
            }
            Body::Poll(poll) => format!("{name}: {}{tick}", poll::human(poll, self.language)),
            Body::Card(person) => {
                let card = card::human(person.as_deref(), self.language);
                format!("{name}: {card}{tick}")
            }
            Body::Letter { kind, letter, .. } => {
                let names = letter.files.iter().map(|file| self.file(file));
                let names: Vec<String> = names.collect();
                let heading = request::heading(self.language, *kind);
                let text = indented(&harmless(&letter.text));
                format!("{name}: [{heading}] {} {text}{tick}", names.join(" "))
            }
            Body::Act(act) => {
                let act = harmless(&request::act(self.language, act));
                format!("· {name}: {act}")
            }
            Body::Notice(happened) => format!("· {}", harmless(&notice(self.language, happened))),
            Body::Deleted => format!("{name}: {}", self.words("[taken back]", "[удалено]")),
            Body::Disappeared => format!("{name}: {}", self.words("[disappeared]", "[исчезло]")),
            Body::Unsupported => {
                format!(
                    "{name}: {}",
                    self.words("[a newer version shows this]", "[это покажет новая версия]")
                )
            }
        }
    }

    /// A file by its name and length, or that there is none.
    fn file(&self, file: &File) -> String {
        match (file.state, harmless(&file.name)) {
            (FileState::NotExported, name) if name.is_empty() => self
                .words("[media that was not exported]", "[вложения нет в экспорте]")
                .to_owned(),
            (FileState::NotExported, name) => {
                format!("[{name}, {}]", self.words("not exported", "нет в экспорте"))
            }
            (FileState::Another, name) => {
                let words = self.words(
                    "not the file that was signed",
                    "не тот файл, что был подписан",
                );
                format!("[{name}, {words}]")
            }
            _ if let Some(voice) = &file.voice => {
                let word = self.words("voice note", "голосовое сообщение");
                format!("[{word}, {}]", minutes(voice.millis))
            }
            (_, name) if file.confidential => {
                let label = self.words("confidential", "конфиденциально");
                format!("[{name}, {}, {label}]", size(file.size_bytes))
            }
            (_, name) => format!("[{name}, {}]", size(file.size_bytes)),
        }
    }

    /// Writes an instant of this place's clock.
    pub fn time(&self, at: u64) -> String {
        self.at(at, "%Y-%m-%d %H:%M")
    }

    /// Writes its day.
    pub fn day(&self, at: u64) -> String {
        self.at(at, "%Y-%m-%d")
    }

    fn at(&self, at: u64, as_written: &str) -> String {
        let at = i64::try_from(at)
            .ok()
            .and_then(|at| Timestamp::from_millisecond(at).ok());
        at.map_or_else(String::new, |at| {
            at.to_zoned(self.zone.clone())
                .strftime(as_written)
                .to_string()
        })
    }
}

/// Returns a text on one line without anything that a terminal would obey.
pub fn harmless(text: &str) -> String {
    text.chars()
        .map(|character| {
            if obeyed(character) {
                '\u{fffd}'
            } else {
                character
            }
        })
        .collect()
}

/// Returns a text whose further lines cannot be mistaken for other people's messages.
fn indented(text: &str) -> String {
    text.split('\n')
        .map(harmless)
        .collect::<Vec<_>>()
        .join("\n                    | ")
}

fn obeyed(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{feff}')
}

fn size(bytes: u64) -> String {
    match bytes {
        0..=1023 => format!("{bytes} B"),
        1024..=1_048_575 => format!("{} KiB", bytes / 1024),
        _ => format!("{:.1} MiB", bytes as f64 / 1_048_576.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_cannot_command_the_terminal() {
        let attack = "ok\u{1b}[2J\u{1b}]0;title\u{7}\r\u{202e}evil\u{9b}31m";
        let shown = harmless(attack);
        assert!(
            !shown.contains(['\u{1b}', '\u{7}', '\r', '\u{202e}', '\u{9b}']),
            "{shown:?}"
        );
        assert!(attack.contains('\u{1b}'), "unescaped it would");
    }

    #[test]
    fn a_second_line_is_no_other_message() {
        let shown = indented("hello\n2026-01-01 10:00  Boss: pay now");
        assert!(
            shown
                .lines()
                .skip(1)
                .all(|line| line.starts_with("                    | "))
        );
    }

    #[test]
    fn sizes_are_for_people() {
        assert_eq!(size(1), "1 B");
        assert_eq!(size(20 << 20), "20.0 MiB");
    }
}

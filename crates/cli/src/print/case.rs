//! A request with all that belongs to it, as a terminal shows it: where it stands, its letters, what was done.

use super::{Printer, harmless, indented, outside, release, request, silence};
use crate::words::Language;
use anyhow::Result;
use serde_json::{Value, json};
use valise_views::request::{Changes, Letter, Reached, RequestDetails, Revision, Signer};
use valise_views::{Nearness, RequestRow, RequestState};

/// Width of the names of what is shown.
const WIDTH: usize = 16;

impl Printer {
    /// Writes a request of the list.
    pub fn request(&self, row: &RequestRow) -> Result<()> {
        let other = harmless(&row.other.organisation);
        let way = if row.is_incoming { "←" } else { "→" };
        let due = format!("{} {}", self.words("due", "срок"), self.time(row.due));
        let human = format!(
            "{:<24} {way} {other:<28} {:<26} {due}  {}",
            numbers(row),
            self.standing(row),
            harmless(&row.subject)
        );
        self.line(human.trim_end(), &machine_row(row))
    }

    /// Writes a whole request.
    pub fn whole_request(&self, details: &RequestDetails) -> Result<()> {
        let row = &details.row;
        let mut lines = vec![format!("{}  {}", numbers(row), harmless(&row.subject))];
        let mut say = |english, russian, what: String| {
            if !what.is_empty() {
                let name = self.words(english, russian);
                lines.push(format!("{name:<WIDTH$} {what}"));
            }
        };
        let text = |text: &Option<String>| text.as_deref().map_or_else(String::new, harmless);
        let asked_until = details.asked_until;
        say("state", "состояние", self.standing(row));
        if row.is_number_double {
            let word = self.words(
                "another request in your register has it, too",
                "такой же есть у другого запроса в вашем журнале",
            );
            say("number", "номер", word.to_owned());
        }
        say("from", "от кого", signer(&details.issuer));
        if let Some(seal) = &details.seal {
            let name = harmless(&seal.organisation);
            let by = self.words("released by", "отправку разрешил(а)");
            let sealed = format!("{name}, {by} {}", harmless(&seal.by));
            say("in the name of", "от имени", sealed);
        }
        say("to", "кому", self.addressee(details));
        say("due", "срок", self.time(row.due));
        say(
            "ends by itself",
            "закончится сам",
            row.ends.map_or_else(String::new, |ends| self.time(ends)),
        );
        say(
            "asked for until",
            "просят до",
            asked_until.map_or_else(String::new, |until| self.time(until)),
        );
        say("legal basis", "основание", text(&details.legal_basis));
        say("classification", "гриф", text(&details.classification));
        let mut assignee = text(&row.assignee);
        if let Some(away) = &row.assignee_away {
            assignee = format!("{assignee} ({})", self.away(away));
        }
        say("works on it", "исполнитель", assignee);
        if row.is_confidential {
            let word = self.words("yes", "да").to_owned();
            say("confidential", "конфиденциально", word);
        }
        for (name, value) in &details.fields {
            lines.push(format!("{:<WIDTH$} {}", harmless(name), harmless(value)));
        }
        lines.push(format!("\n{}", self.letter(&details.letter)));
        lines.extend(details.revisions.iter().map(|it| self.revision(it)));
        for act in &details.acts {
            let said = harmless(&request::act(self.language, act));
            let mut line = format!("\n{}  {}: {said}", self.time(act.at), signer(&act.signer));
            if let Some(until) = act.until {
                line = format!("{line}, {}", self.time(until));
            }
            if let Some(ground) = &act.ground {
                line = format!("{line}: {}", harmless(ground));
            }
            lines.push(line);
            lines.extend(act.seal.as_ref().map(|seal| release::answer(self, seal)));
            lines.extend(act.letter.as_ref().map(|letter| self.letter(letter)));
        }
        lines.extend(details.not_done.iter().map(|it| silence::line(self, it)));
        self.line(&lines.join("\n"), &machine(details))
    }

    /// Says where a request stands, and what else has to be known at a glance.
    pub fn standing(&self, row: &RequestRow) -> String {
        let mut said = state(self.language, row).to_owned();
        if row.is_overdue {
            said += self.words(", overdue", ", просрочен");
        } else if row.was_late {
            said += self.words(", was late", ", был просрочен");
        }
        if let Some(doubt) = row.doubt {
            said = format!("{} {said}", release::doubt(self, doubt));
        }
        if let Some(held) = &row.held {
            said = format!("{said}, {}", release::held(self, held));
        }
        if row.guest_waits {
            said += self.words(
                ", the guest waits to be let in",
                ", гость ждёт, пока впустят",
            );
        }
        match row.nearness {
            Nearness::Soon => said += self.words(", due soon", ", срок близко"),
            Nearness::Today => said += self.words(", due today", ", срок сегодня"),
            Nearness::Far | Nearness::Overdue | Nearness::Escalated => {}
        }
        if row.is_for_us {
            said += self.words(" (yours to do)", " (ход за вами)");
        }
        said
    }

    /// Says what is other in a wording than in the one before.
    fn revision(&self, revision: &Revision) -> String {
        let Changes {
            subject,
            text,
            due,
            ends,
            added,
        } = &revision.changes;
        let mut lines = vec![format!(
            "\n{}  {}: {} {}",
            self.time(revision.at),
            signer(&revision.signer),
            self.words("wording", "редакция"),
            revision.number
        )];
        let mut say = |english, russian, what: String| {
            lines.push(format!("    {} {what}", self.words(english, russian)));
        };
        if let Some(subject) = subject {
            say("it was about:", "было о:", harmless(subject));
        }
        if let Some(text) = text {
            say("it was asked:", "было написано:", indented(text));
        }
        if let Some((before, after)) = due {
            let dues = format!("{} → {}", self.time(*before), self.time(*after));
            say("due:", "срок:", dues);
        }
        if let Some((before, after)) = ends {
            let never = self.words("never", "никогда");
            let shown = |ends: &Option<u64>| ends.map_or_else(|| never.into(), |it| self.time(it));
            let ends = format!("{} → {}", shown(before), shown(after));
            say("ends by itself:", "закончится сам:", ends);
        }
        if !added.is_empty() {
            say("came with it:", "приложено:", harmless(&added.join(", ")));
        }
        lines.join("\n")
    }

    fn addressee(&self, details: &RequestDetails) -> String {
        let name = harmless(&details.addressee);
        match &details.row.office {
            Some(office) => format!("{} ({name})", harmless(office)),
            None => name,
        }
    }

    /// Writes the text and the names of the files of a letter.
    fn letter(&self, letter: &Letter) -> String {
        let files = letter.files.iter().map(|file| self.file(file));
        let files: Vec<String> = files.collect();
        let mut lines = Vec::new();
        if !letter.text.is_empty() {
            lines.push(format!("    | {}", indented(&letter.text)));
        }
        if !files.is_empty() {
            lines.push(format!("    {}", files.join(" ")));
        }
        if letter.is_former {
            let (english, russian) = (
                "(to a wording that was changed since)",
                "(к прежней редакции)",
            );
            lines.push(format!("    {}", self.words(english, russian)));
        }
        if !letter.is_whole {
            let warning = self.words(
                "[not all of it is what was signed]",
                "[не всё здесь — то, что было подписано]",
            );
            lines.push(format!("    {warning}"));
        }
        lines.join("\n")
    }
}

/// Both numbers of a request.
fn numbers(row: &RequestRow) -> String {
    let number = harmless(&row.number);
    match &row.their_number {
        Some(theirs) => format!("{number} / {}", harmless(theirs)),
        None => number,
    }
}

/// Who signed, for whom, and in what capacity.
fn signer(signer: &Signer) -> String {
    let name = outside::named(&signer.name, signer.outside.as_ref());
    match &signer.capacity {
        Some(capacity) => format!("{name}, {}", harmless(capacity)),
        None => name,
    }
}

/// Where a request stands, in words. How far it got is said as long as nothing else is known of it.
fn state(language: Language, row: &RequestRow) -> &'static str {
    let (english, russian) = match row.state {
        RequestState::Submitted => match row.reached {
            Reached::Waiting => ("still on this device", "ещё на этом устройстве"),
            Reached::Sent => ("sent", "отправлен"),
            Reached::Delivered | Reached::Opened if row.is_incoming => ("new", "новый"),
            Reached::Delivered | Reached::Opened => ("delivered", "доставлен"),
        },
        RequestState::Received => ("received", "получен"),
        RequestState::Registered => ("registered", "зарегистрирован"),
        RequestState::InWork => ("in work", "в работе"),
        RequestState::Questioned => ("asked back", "уточняется"),
        RequestState::PartlyAnswered => ("answered in part", "ответ частичный"),
        RequestState::Answered => ("answered", "есть ответ"),
        RequestState::Refused => ("refused", "отказ"),
        RequestState::Disputed => ("not taken for an answer", "ответ не принят"),
        RequestState::Confirmed => ("done", "исполнен"),
        RequestState::Withdrawn => ("withdrawn", "отозван"),
        RequestState::Closed => ("closed", "закрыт"),
        RequestState::Expired => ("ended by itself", "истёк"),
    };
    language.of(english, russian)
}

fn machine_row(row: &RequestRow) -> Value {
    json!({
        "chat": row.chat.0,
        "number": row.number,
        "their_number": row.their_number,
        "number_is_double": row.is_number_double,
        "subject": row.subject,
        "incoming": row.is_incoming,
        "outside": outside::machine(&row.other),
        "office": row.office,
        "state": request::machine_state(row.state),
        "reached": match row.reached {
            Reached::Waiting => "waiting",
            Reached::Sent => "sent",
            Reached::Delivered => "delivered",
            Reached::Opened => "opened",
        },
        "issued_at": row.issued_at,
        "due": row.due,
        "ends": row.ends,
        "overdue": row.is_overdue,
        "nearness": nearness(row.nearness),
        "given_away": row.is_given_away,
        "late": row.was_late,
        "assignee": row.assignee,
        "mine": row.is_mine,
        "for_us": row.is_for_us,
        "unread": row.unread,
        "confidential": row.is_confidential,
        "doubt": row.doubt.map(release::machine_doubt),
        "held": row.held.as_ref().map(release::machine_held),
        "guest_waits": row.guest_waits,
        "together": row.together.map(|together| json!({ "count": together.count, "answered": together.answered })),
    })
}

fn machine(details: &RequestDetails) -> Value {
    let mut whole = machine_row(&details.row);
    let may = details.may.iter().map(|kind| request::machine_kind(*kind));
    let fields = details.fields.iter();
    let more = json!({
        "by": details.issuer.person.0,
        "name": details.issuer.name,
        "capacity": details.issuer.capacity,
        "addressee": details.addressee,
        "request": request::machine_letter(None, &details.letter),
        "legal_basis": details.legal_basis,
        "classification": details.classification,
        "fields": fields.map(|(name, value)| json!({ "name": name, "value": value })).collect::<Vec<_>>(),
        "working_days": details.working_days,
        "asked_until": details.asked_until,
        "acts": details.acts.iter().map(act).collect::<Vec<_>>(),
        "may": may.collect::<Vec<_>>(),
        "under_way": details.is_under_way,
        "not_done": details.not_done.iter().map(silence::machine).collect::<Vec<_>>(),
    });
    if let (Value::Object(whole), Value::Object(more)) = (&mut whole, more) {
        whole.extend(more);
    }
    whole
}

/// An act with its letter.
fn act(row: &valise_views::request::ActRow) -> Value {
    let mut act = request::machine_act(row);
    act["letter"] = row.letter.as_ref().map_or(Value::Null, |letter| {
        request::machine_letter(Some(row.kind), letter)
    });
    act
}

/// The name of how near a deadline is, for programs.
fn nearness(nearness: Nearness) -> &'static str {
    match nearness {
        Nearness::Far => "far",
        Nearness::Soon => "soon",
        Nearness::Today => "today",
        Nearness::Overdue => "overdue",
        Nearness::Escalated => "escalated",
    }
}

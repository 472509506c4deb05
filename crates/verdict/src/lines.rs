//! A verdict as lines: how sure, what, by whom, when, and what is wrong.

use crate::words::{Said, of};
use crate::{Language, clock, fault, remark, standing, state, subject, time};
use valise_directory::fold::fingerprint;
use valise_evidence::course::State;
use valise_evidence::verify::{Fault, Remark, Row, Standing, Subject, Verdict};

/// One thing of a bundle, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// How sure it is.
    pub standing: Standing,
    /// The same in a word, or that something is wrong.
    pub sure: &'static str,
    /// Whether something is wrong.
    pub is_wrong: bool,
    /// What it is, and by whom.
    pub what: String,
    /// When it was and how sure that is.
    pub when: Option<String>,
    /// Where it stands in the bundle; empty for the whole file.
    pub path: String,
    /// The fingerprint to compare, of an organisation.
    pub fingerprint: Option<String>,
    /// What is wrong.
    pub faults: Vec<String>,
    /// What should be known besides.
    pub remarks: Vec<&'static str>,
}

/// What it comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conclusion {
    /// All that people signed is proven.
    Proven,
    /// Nothing is wrong, and not all is proven.
    Open,
    /// Something is wrong.
    Unsound,
}

impl Conclusion {
    /// Says it in a sentence.
    pub fn said(self, language: Language) -> &'static str {
        let said = match self {
            Self::Proven => [
                "All that people signed is proven.",
                "Всё, что подписали люди, доказано.",
                "Alles, was Menschen unterschrieben haben, ist bewiesen.",
                "Tout ce que des personnes ont signé est prouvé.",
            ],
            Self::Open => [
                "Nothing is wrong, and not all of it is proven.",
                "Ошибок нет, но доказано не всё.",
                "Nichts ist falsch, aber nicht alles ist bewiesen.",
                "Rien n’est faux, mais tout n’est pas prouvé.",
            ],
            Self::Unsound => [
                "Something is wrong.",
                "Есть ошибки.",
                "Etwas stimmt nicht.",
                "Quelque chose ne va pas.",
            ],
        };
        of(language, said)
    }
}

/// Returns what a verdict comes to.
pub fn conclude(verdict: &Verdict) -> Conclusion {
    if !verdict.is_sound() {
        Conclusion::Unsound
    } else if verdict.rows.iter().any(is_open) {
        Conclusion::Open
    } else {
        Conclusion::Proven
    }
}

/// Tells whether something that people signed is not proven. What a server says never is, and what was left out is not there.
fn is_open(row: &Row) -> bool {
    let is_signed = matches!(
        row.subject,
        Subject::Organisation(_)
            | Subject::Manifest
            | Subject::Request(_)
            | Subject::Response(_)
            | Subject::Act(_)
    );
    is_signed && row.what != Standing::Proven
}

/// Says where the request stands, if that can be told.
pub fn summary(language: Language, verdict: &Verdict) -> Option<String> {
    let course = verdict.course.as_ref()?;
    let [request, as_of] = match language {
        Language::English => ["The request:", "as of act"],
        Language::Russian => ["Запрос:", "по состоянию на действие"],
        Language::German => ["Die Anfrage:", "Stand nach Handlung"],
        Language::French => ["La demande :", "à l’acte"],
    };
    let late = [
        "; the deadline was missed",
        "; срок был пропущен",
        "; die Frist wurde versäumt",
        " ; le délai a été dépassé",
    ];
    let late = if course.was_late {
        of(language, late)
    } else {
        ""
    };
    let state = state(language, course.state);
    let over = ran_out(language, verdict).unwrap_or_default();
    Some(format!(
        "{request} {state}, {as_of} {}{over}{late}",
        course.acts
    ))
}

/// Says when a request ended by itself, and by whose clock nothing else had come: what is not in a bundle nobody sees in it.
fn ran_out(language: Language, verdict: &Verdict) -> Option<String> {
    let course = verdict.course.as_ref()?;
    let ends = course.ends.filter(|_| course.state == State::Expired)?;
    let exported = verdict.manifest.as_ref()?.exported_at;
    let [over, export] = match language {
        Language::English => ["it ended on", "as far as whoever exported this had it on"],
        Language::Russian => ["закончился", "по тому, что было у выгрузившего на"],
        Language::German => ["zu Ende am", "nach dem, was beim Export vorlag am"],
        Language::French => ["terminée le", "d’après ce qu’avait l’exportateur le"],
    };
    let (ends, exported) = (time(ends), time(exported));
    Some(format!("; {over} {ends}, {export} {exported}"))
}

/// Says how many texts and files a bundle names and lacks, and why; nothing if all are there. What is missing without a reason is a fault.
pub fn lacking(language: Language, verdict: &Verdict) -> Option<String> {
    let said = [
        (Remark::Withheld, LEFT_OUT),
        (Remark::NotHad, NOT_HAD),
        (Remark::TooLarge, TOO_LARGE),
    ];
    let rows = || verdict.rows.iter();
    let remarked = said.map(|(remark, words)| {
        let with = rows().filter(|row| row.remarks.contains(&remark));
        (with.count(), words)
    });
    let other = rows().filter(|row| row.faults.contains(&Fault::AnotherCame));
    let other = (other.count(), ANOTHER_CAME);
    let counted = std::iter::once(other).chain(remarked);
    let parts: Vec<String> = counted
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{}: {count}", of(language, words)))
        .collect();
    let begin = [
        "Not in it",
        "В пакете нет",
        "Nicht enthalten",
        "N’y figurent pas",
    ];
    let begin = of(language, begin);
    (!parts.is_empty()).then(|| format!("{begin} — {}", parts.join("; ")))
}

const LEFT_OUT: Said = [
    "left out on purpose",
    "намеренно не приложено",
    "absichtlich weggelassen",
    "omis volontairement",
];
const NOT_HAD: Said = [
    "could not be had",
    "получить не удалось",
    "nicht zu bekommen",
    "impossible à obtenir",
];
const TOO_LARGE: Said = [
    "too large to go along",
    "не поместилось",
    "zu groß, um beizuliegen",
    "trop volumineux",
];
const ANOTHER_CAME: Said = [
    "another file came than was signed",
    "пришёл не тот файл, который подписан",
    "andere Datei als unterschrieben",
    "autre fichier que celui signé",
];

/// Returns a verdict's rows in words.
pub fn lines(language: Language, verdict: &Verdict) -> Vec<Line> {
    let rows = verdict.rows.iter();
    rows.map(|row| line(language, row)).collect()
}

fn line(language: Language, row: &Row) -> Line {
    let is_wrong = !row.faults.is_empty();
    let sure = if is_wrong {
        of(language, ["WRONG", "ОШИБКА", "FALSCH", "FAUX"])
    } else {
        standing(language, row.what)
    };
    let fingerprint = match row.subject {
        Subject::Organisation(id) => Some(fingerprint(id)),
        _ => None,
    };
    let when = row.at.map(|at| {
        let sure = standing(language, row.when);
        let clock = harmless(&clock(language, row.clock.as_ref()));
        format!("{} ({sure}; {clock})", time(at))
    });
    let by = row.by.iter().map(|by| harmless(by));
    let parts: Vec<String> = std::iter::once(named(language, &row.subject))
        .chain(by)
        .collect();
    Line {
        standing: row.what,
        sure,
        is_wrong,
        what: parts.join(", "),
        when,
        path: harmless(&row.path),
        fingerprint,
        faults: row.faults.iter().map(|it| fault(language, *it)).collect(),
        remarks: row.remarks.iter().map(|it| remark(language, *it)).collect(),
    }
}

/// Says what a row is about, with the name of a file.
pub(crate) fn named(language: Language, about: &Subject) -> String {
    let said = subject(language, about);
    let Subject::Attachment(Some(name)) = about else {
        return said;
    };
    let name = harmless(name);
    match language {
        Language::English => format!("{said} “{name}”"),
        Language::German => format!("{said} „{name}“"),
        Language::Russian => format!("{said} «{name}»"),
        Language::French => format!("{said} « {name} »"),
    }
}

/// Replaces what would move, hide or turn around what stands beside it: whoever made a bundle chose these words.
pub(crate) fn harmless(text: &str) -> String {
    let steers = |character: char| {
        character.is_control()
            || matches!(character, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}')
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
    };
    let shown = |character| match steers(character) {
        true => '\u{fffd}',
        false => character,
    };
    text.chars().map(shown).collect()
}

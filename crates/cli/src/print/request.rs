//! Requests as a terminal shows them.

use crate::words::Language;
use serde_json::{Value, json};
use valise_views::request::{ActRow, AnswerSeal, Letter, Standing};
use valise_views::{ActKind, ActKind::*, RequestState};

/// What was done, in a word.
pub fn kind(language: Language, kind: ActKind) -> &'static str {
    let (english, russian) = match kind {
        Received => ("received", "получен"),
        Registered => ("registered", "зарегистрирован"),
        Assigned => ("assigned", "назначен исполнитель"),
        Questioned => ("asked back", "запрошено уточнение"),
        Clarified => ("explained", "дано пояснение"),
        ExtensionAsked => ("more time is asked for", "запрошено продление"),
        ExtensionGranted => ("more time is given", "срок продлён"),
        ExtensionDenied => ("no more time is given", "в продлении отказано"),
        PartlyAnswered => ("answered in part", "дан частичный ответ"),
        Answered => ("answered", "дан ответ"),
        Refused => ("refused", "дан отказ"),
        Confirmed => ("confirmed", "ответ принят"),
        Disputed => ("not taken for an answer", "ответ не принят"),
        Withdrawn => ("withdrawn", "отозван"),
        Amended => ("changed", "изменён"),
        Closed => ("closed", "закрыт"),
        Vouched => ("checked by another way", "проверен другим путём"),
    };
    language.of(english, russian)
}

/// The heading of a letter.
pub fn heading(language: Language, said: Option<ActKind>) -> &'static str {
    said.map_or_else(
        || language.of("request", "запрос"),
        |said| kind(language, said),
    )
}

/// An act in one line.
pub fn act(language: Language, act: &ActRow) -> String {
    let mut line = kind(language, act.kind).to_owned();
    if let Some(office) = &act.office {
        line = match office.as_str() {
            "" => language
                .of("given to another office", "передан другой службе")
                .to_owned(),
            office => format!("{}: {office}", language.of("given to", "передан службе")),
        };
    }
    let details = [&act.number, &act.assignee, &act.note];
    for detail in details.into_iter().flatten() {
        line = format!("{line}: {detail}");
    }
    if act.is_late {
        line += language.of(" (late)", " (после срока)");
    }
    match act.standing {
        Standing::Counts => line,
        Standing::UnderWay => line + " …",
        _ => line + language.of(" (does not count)", " (не имеет силы)"),
    }
}

/// The name of a kind of act for programs.
pub fn machine_kind(kind: ActKind) -> &'static str {
    match kind {
        Received => "received",
        Registered => "registered",
        Assigned => "assigned",
        Questioned => "questioned",
        Clarified => "clarified",
        ExtensionAsked => "extension-asked",
        ExtensionGranted => "extension-granted",
        ExtensionDenied => "extension-denied",
        PartlyAnswered => "partly-answered",
        Answered => "answered",
        Refused => "refused",
        Confirmed => "confirmed",
        Disputed => "disputed",
        Withdrawn => "withdrawn",
        Amended => "amended",
        Closed => "closed",
        Vouched => "vouched",
    }
}

/// The name of a state for programs.
pub fn machine_state(state: RequestState) -> &'static str {
    match state {
        RequestState::Submitted => "submitted",
        RequestState::Received => "received",
        RequestState::Registered => "registered",
        RequestState::InWork => "in-work",
        RequestState::Questioned => "questioned",
        RequestState::PartlyAnswered => "partly-answered",
        RequestState::Answered => "answered",
        RequestState::Refused => "refused",
        RequestState::Disputed => "disputed",
        RequestState::Confirmed => "confirmed",
        RequestState::Withdrawn => "withdrawn",
        RequestState::Closed => "closed",
        RequestState::Expired => "expired",
    }
}

/// An act for programs.
pub fn machine_act(act: &ActRow) -> Value {
    json!({
        "act": machine_kind(act.kind),
        "by": act.signer.person.0,
        "name": act.signer.name,
        "at": act.at,
        "late": act.is_late,
        "counts": act.standing == Standing::Counts,
        "note": act.note,
        "assignee": act.assignee,
        "office": act.office,
        "revision": act.revision,
        "until": act.until,
        "number": act.number,
        "ground": act.ground,
        "seal": act.seal.as_ref().map(machine_seal),
        "text": act.letter.as_ref().map(|letter| &letter.text),
    })
}

fn machine_seal(seal: &AnswerSeal) -> Value {
    match seal {
        AnswerSeal::Sealed(seal) => {
            json!({ "organisation": seal.organisation, "by": seal.by, "at": seal.at })
        }
        AnswerSeal::Unsealed { may_seal } => json!({ "may": may_seal.is_some() }),
    }
}

/// A letter for programs.
pub fn machine_letter(said: Option<ActKind>, letter: &Letter) -> Value {
    json!({
        "letter": said.map_or("request", machine_kind),
        "text": letter.text,
        "files": letter.files.iter().map(|file| json!({
            "file": file.id.0,
            "name": file.name,
            "size_bytes": file.size_bytes,
        })).collect::<Vec<_>>(),
    })
}

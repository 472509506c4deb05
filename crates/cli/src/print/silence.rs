//! What servers say did not happen to what was signed.

use super::{Printer, harmless, request};
use serde_json::{Value, json};
use valise_views::request::{NotDone, ServerSays};

/// In a line: by when what had not happened, whose server says so, and when it did after all.
pub fn line(printer: &Printer, says: &ServerSays) -> String {
    let what = match says.what {
        NotDone::Carried => printer.words(
            "not carried to the other side's server",
            "не передано серверу другой стороны",
        ),
        NotDone::Fetched => printer.words(
            "not fetched by any device of the other side",
            "не забрано ни одним устройством другой стороны",
        ),
        NotDone::Answered => printer.words(
            "it ended by itself, and nothing of the other side was there in time",
            "закончился сам, и от другой стороны вовремя ничего не было",
        ),
    };
    let by = match says.is_own {
        true => printer
            .words("your server says so", "так говорит ваш сервер")
            .to_owned(),
        false => {
            let words = printer.words("so says the server of", "так говорит сервер организации");
            format!("{words} {}", harmless(&says.by))
        }
    };
    let about = says.about.map(|kind| request::kind(printer.language, kind));
    let about = about.map_or_else(String::new, |about| format!("{about}: "));
    let mut line = format!("\n{}  {about}{what} ({by})", printer.time(says.at));
    if let Some(at) = says.done_at {
        let later = printer.words("it did later", "произошло позже");
        line = format!("{line}; {later}: {}", printer.time(at));
    }
    line
}

/// The same for programs.
pub fn machine(says: &ServerSays) -> Value {
    json!({
        "what": match says.what {
            NotDone::Carried => "carried",
            NotDone::Fetched => "fetched",
            NotDone::Answered => "answered",
        },
        "by": says.by,
        "own": says.is_own,
        "at": says.at,
        "about": says.about.map(request::machine_kind),
        "done_at": says.done_at,
    })
}

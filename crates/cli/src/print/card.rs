//! Contact cards: who it is, as this device's directory says.

use super::harmless;
use crate::words::Language;
use serde_json::{Value, json};
use valise_views::Person;

/// Returns a card on one line, by the name on it; nobody knows an account without one.
pub(super) fn line(name: &str, language: Language) -> String {
    let name = match harmless(name) {
        name if name.is_empty() => language
            .of("nobody known here", "неизвестно кто")
            .to_owned(),
        name => name,
    };
    format!("{} {name}", language.of("[contact]", "[контакт]"))
}

/// Returns a card for people.
pub(super) fn human(person: Option<&Person>, language: Language) -> String {
    let Some(person) = person else {
        return line("", language);
    };
    let ended = if person.revoked {
        language.of(" (left)", " (в организации больше нет)")
    } else {
        ""
    };
    let address = harmless(&person.address);
    format!("{} <{address}>{ended}", line(&person.name, language))
}

/// Returns it for scripts; null for nobody.
pub(super) fn machine(person: Option<&Person>) -> Value {
    person.map_or(Value::Null, |person| {
        json!({
            "person": person.id.0,
            "name": person.name,
            "address": person.address,
            "active": !person.revoked,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use valise_views::{PersonId, PersonRole};

    #[test]
    fn a_card_says_who_it_is_or_that_nobody_knows() {
        let person = Person {
            away: None,
            outside: None,
            id: PersonId("01".into()),
            name: "Ada\u{1b}".into(),
            address: "ada@office.example".into(),
            office: String::new(),
            role: PersonRole::Member,
            picture: None,
            is_me: false,
            revoked: false,
            renewal: None,
            chat: None,
        };
        let shown = human(Some(&person), Language::English);
        assert_eq!(shown, "[contact] Ada\u{fffd} <ada@office.example>");
        let nobody = human(None, Language::English);
        assert_eq!(nobody, "[contact] nobody known here");
        assert_eq!(machine(None), Value::Null);
    }
}

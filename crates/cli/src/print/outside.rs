//! People of other organisations, marked wherever their names stand.

use super::harmless;
use serde_json::{Value, json};
use valise_views::Outside;

/// A name, with the organisation if it is another one.
pub fn named(name: &str, outside: Option<&Outside>) -> String {
    match outside {
        Some(outside) if outside.is_guest => harmless(name),
        Some(outside) => format!("{} ({})", harmless(name), harmless(&outside.organisation)),
        None => harmless(name),
    }
}

/// What stands behind the title of a chat: the other organisations whose people are in it.
pub(super) fn behind(outside: &[Outside]) -> String {
    let names = outside.iter().map(|one| harmless(&one.organisation));
    let names: Vec<String> = names.collect();
    match names.is_empty() {
        true => String::new(),
        false => format!(" [{}]", names.join(", ")),
    }
}

/// Another organisation as an object.
pub fn machine(outside: &Outside) -> Value {
    json!({ "organisation": outside.organisation, "domain": outside.domain, "guest": outside.is_guest })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bank(name: &str) -> Outside {
        Outside {
            organisation: name.into(),
            domain: "bank.example".into(),
            is_guest: false,
        }
    }

    #[test]
    fn outsiders_are_named_with_their_organisation() {
        assert_eq!(named("Boris", None), "Boris");
        assert_eq!(
            named("Clara\u{1b}", Some(&bank("Harbour\u{202e}"))),
            "Clara\u{fffd} (Harbour\u{fffd})"
        );
        assert_eq!(behind(&[]), "");
        assert_eq!(behind(&[bank("Harbour Bank")]), " [Harbour Bank]");
    }
}

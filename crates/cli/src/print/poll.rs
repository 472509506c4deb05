//! Polls: the question, and under it each option with those who chose it.

use super::harmless;
use crate::words::Language;
use serde_json::{Value, json};
use valise_views::Poll;

/// Returns the question on one line.
pub(super) fn line(question: &str, language: Language) -> String {
    format!(
        "{} {}",
        language.of("[poll]", "[опрос]"),
        harmless(question)
    )
}

/// Returns a poll for people, after the name of who asks.
pub(super) fn human(poll: &Poll, language: Language) -> String {
    let mut shown = line(&poll.question, language);
    if poll.closed {
        shown.push_str(language.of(" (closed)", " (закрыт)"));
    } else if poll.several {
        shown.push_str(language.of(" (several)", " (несколько)"));
    }
    for (number, option) in (1..).zip(&poll.options) {
        let mark = if option.mine { '*' } else { ' ' };
        let people: Vec<String> = option.people.iter().map(|name| harmless(name)).collect();
        let (text, count) = (harmless(&option.text), people.len());
        let line = format!("{mark}{number}. {text}  {count}  {}", people.join(", "));
        shown.push_str("\n                    | ");
        shown.push_str(line.trim_end());
    }
    shown
}

/// Returns it for scripts.
pub(super) fn machine(poll: &Poll) -> Value {
    json!({
        "question": poll.question,
        "options": poll.options.iter().map(|option| json!({
            "text": option.text,
            "people": option.people,
            "mine": option.mine,
        })).collect::<Vec<_>>(),
        "several": poll.several,
        "closed": poll.closed,
        "voters": poll.voters,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use valise_views::poll::Choice;

    #[test]
    fn options_are_numbered_and_nobodys_name_commands_the_terminal() {
        let choice = |text: &str, people: &[&str], mine| Choice {
            text: text.into(),
            people: people.iter().map(ToString::to_string).collect(),
            mine,
        };
        let poll = Poll {
            question: "When?".into(),
            options: vec![
                choice("Monday", &["Ada", "Bo\u{1b}ris"], true),
                choice("Friday", &[], false),
            ],
            several: false,
            closed: true,
            voters: 2,
        };
        let lines = [
            "[poll] When? (closed)",
            "                    | *1. Monday  2  Ada, Bo\u{fffd}ris",
            "                    |  2. Friday  0",
        ];
        assert_eq!(human(&poll, Language::English), lines.join("\n"));
    }
}

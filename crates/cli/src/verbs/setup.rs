//! `valise setup`: founds the organisation.

use crate::arguments::{ClientOptions, Setup};
use crate::session::Session;
use anyhow::Result;
use serde_json::json;
use valise_views::Command;

pub async fn run(options: &ClientOptions, how: &Setup) -> Result<()> {
    let mut session = Session::open(options)?;
    let local_part = how
        .address
        .clone()
        .unwrap_or_else(|| local_part_of(&how.name));
    let command = Command::Found {
        link: how.link.clone(),
        organisation: how.organisation.clone(),
        name: how.name.clone(),
        local_part,
    };
    session.ask(command).await?;
    let ready = session.catch_up().await?;
    let human = format!(
        "{} {}",
        session.printer.words(
            "The organisation is founded. You are",
            "Организация создана. Ваш адрес:"
        ),
        ready.address
    );
    session.printer.line(
        &human,
        &json!({ "address": ready.address, "person": ready.me.0 }),
    )
}

/// Makes the part of an address before the @ out of a name: words joined by dots.
pub fn local_part_of(name: &str) -> String {
    let words = name
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_makes_an_address() {
        assert_eq!(super::local_part_of("Ivan  Petrov"), "ivan.petrov");
        assert_eq!(super::local_part_of("Анна-Мария О."), "анна.мария.о");
    }
}

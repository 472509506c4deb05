//! The interface's words, from one catalogue a language.
//!
//! A sentence is named by an id and may have arguments; plural forms are the catalogue's business. Names that people
//! gave are made harmless on their way in. What a catalogue lacks is said in English, which stands in the module itself;
//! the other catalogues are files of their own, of which a person needs one at most.

mod language;

pub use language::Language;

use crate::logic::text;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use std::cell::{Cell, OnceCell};

type Bundle = FluentBundle<FluentResource>;

thread_local! {
    static LANGUAGE: Cell<Language> = const { Cell::new(Language::English) };
    static BUNDLES: [OnceCell<Bundle>; Language::ALL.len()] = const { [const { OnceCell::new() }; Language::ALL.len()] };
}

const ENGLISH: &str = include_str!("en.ftl");

/// Takes the catalogue of a language, once.
pub fn learn(language: Language, catalogue: &str) {
    BUNDLES.with(|bundles| {
        bundles[language as usize].get_or_init(|| bundle(language.tag(), catalogue));
    });
}

/// Tells whether the catalogue of a language is here.
pub fn knows(language: Language) -> bool {
    language == Language::English
        || BUNDLES.with(|bundles| bundles[language as usize].get().is_some())
}

/// Makes a language the one that [`t`] and [`tw`] speak.
pub fn speak(language: Language) {
    LANGUAGE.set(language);
}

/// The language that is spoken.
pub fn spoken() -> Language {
    LANGUAGE.get()
}

/// Marks a string as the id of a sentence, so that the tests find it where it is not said at once.
#[macro_export]
macro_rules! id {
    ($id:literal) => {
        $id
    };
}

/// Says a sentence.
pub fn t(id: &'static str) -> String {
    format(id, None)
}

/// Says a sentence with arguments.
pub fn tw<const N: usize>(id: &'static str, arguments: [(&'static str, Argument); N]) -> String {
    let mut given = FluentArgs::with_capacity(N);
    for (name, value) in arguments {
        match value {
            Argument::Text(text) => given.set(name, text),
            Argument::Number(number) => given.set(name, FluentValue::from(number)),
        }
    }
    format(id, Some(&given))
}

/// Something to put into a sentence.
pub enum Argument {
    /// A name or other text, made harmless.
    Text(String),
    /// A number, which chooses plural forms.
    Number(f64),
}

impl From<&str> for Argument {
    fn from(value: &str) -> Self {
        Self::Text(text::within(value))
    }
}

impl From<String> for Argument {
    fn from(value: String) -> Self {
        value.as_str().into()
    }
}

impl From<&String> for Argument {
    fn from(value: &String) -> Self {
        value.as_str().into()
    }
}

impl From<u32> for Argument {
    fn from(value: u32) -> Self {
        Self::Number(f64::from(value))
    }
}

impl From<usize> for Argument {
    fn from(value: usize) -> Self {
        Self::Number(value as f64)
    }
}

/// Names joined as a sentence joins them: "Anna, Boris and Clara".
pub fn names(people: &[String]) -> String {
    match people {
        [] => String::new(),
        [one] => text::within(one),
        [head @ .., last] => {
            let head: Vec<String> = head.iter().map(|name| text::within(name)).collect();
            tw(
                "names-joined",
                [
                    ("head", Argument::Text(head.join(", "))),
                    ("last", last.into()),
                ],
            )
        }
    }
}

fn format(id: &'static str, arguments: Option<&FluentArgs<'_>>) -> String {
    learn(Language::English, ENGLISH);
    BUNDLES.with(|bundles| {
        let order = [spoken(), Language::English];
        let order = order
            .iter()
            .filter_map(|language| bundles[*language as usize].get());
        // The tests see to it that English has every sentence; the id is still better than nothing.
        say(order, id, arguments).unwrap_or_else(|| id.to_owned())
    })
}

/// Says a sentence in the first language that has it.
fn say<'a>(
    bundles: impl IntoIterator<Item = &'a Bundle>,
    id: &str,
    arguments: Option<&FluentArgs<'_>>,
) -> Option<String> {
    bundles.into_iter().find_map(|bundle| {
        let pattern = bundle.get_message(id)?.value()?;
        let mut problems = Vec::new();
        let said = bundle.format_pattern(pattern, arguments, &mut problems);
        Some(said.into_owned())
    })
}

fn bundle(tag: &str, catalogue: &str) -> Bundle {
    let resource = match FluentResource::try_new(catalogue.to_owned()) {
        Ok(resource) => resource,
        // What could be read is kept; the tests refuse a catalogue with a mistake.
        Err((resource, _)) => resource,
    };
    let tag: unic_langid::LanguageIdentifier = tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![tag]);
    // Only what can turn a sentence around is isolated, by `text::within`.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
mod tests;

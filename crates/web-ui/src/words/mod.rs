//! The interface's words, from one catalogue a language.
//!
//! A sentence is named by an id and may have arguments; plural forms are the catalogue's business. Names that people
//! gave are made harmless on their way in.

use crate::logic::text;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use std::cell::{Cell, OnceCell};

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Russian.
    Russian,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::English, Self::Russian];

    /// Its tag for the browser.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Russian => "ru",
        }
    }

    /// Its own name for itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Russian => "Русский",
        }
    }

    /// The language of a tag such as `ru-RU`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let main = tag.split(['-', '_']).next()?.to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|language| language.tag() == main)
    }

    fn catalogue(self) -> &'static str {
        match self {
            Self::English => include_str!("en.ftl"),
            Self::Russian => include_str!("ru.ftl"),
        }
    }
}

thread_local! {
    static LANGUAGE: Cell<Language> = const { Cell::new(Language::English) };
    static ENGLISH: OnceCell<FluentBundle<FluentResource>> = const { OnceCell::new() };
    static RUSSIAN: OnceCell<FluentBundle<FluentResource>> = const { OnceCell::new() };
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
    let language = spoken();
    let say = |bundles: &OnceCell<FluentBundle<FluentResource>>| {
        let bundle = bundles.get_or_init(|| bundle(language));
        let pattern = bundle.get_message(id).and_then(|message| message.value())?;
        let mut problems = Vec::new();
        Some(
            bundle
                .format_pattern(pattern, arguments, &mut problems)
                .into_owned(),
        )
    };
    let said = match language {
        Language::English => ENGLISH.with(say),
        Language::Russian => RUSSIAN.with(say),
    };
    // The tests see to it that every id has its sentence; the id is still better than nothing.
    said.unwrap_or_else(|| id.to_owned())
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let resource = match FluentResource::try_new(language.catalogue().to_owned()) {
        Ok(resource) => resource,
        // What could be read is kept; the tests refuse a catalogue with a mistake.
        Err((resource, _)) => resource,
    };
    let tag: unic_langid::LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![tag]);
    // Only what can turn a sentence around is isolated, by `text::within`.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
mod tests;

//! What is printed, as plain data: whoever draws it needs nothing else.

use serde::{Deserialize, Serialize};

/// Languages of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English.
    English,
    /// Russian.
    Russian,
    /// German.
    German,
    /// French.
    French,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::English, Self::Russian, Self::German, Self::French];

    /// Returns its tag (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Russian => "ru",
            Self::German => "de",
            Self::French => "fr",
        }
    }

    /// Returns the language of a tag such as `ru-RU` or `ru_RU.UTF-8`; English, if documents are not written in it.
    pub fn of(tag: &str) -> Self {
        let main = tag.split(['-', '_', '.']).next().unwrap_or_default();
        let mut all = Self::ALL.into_iter();
        all.find(|language| language.tag().eq_ignore_ascii_case(main))
            .unwrap_or(Self::English)
    }
}

/// Something to print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Document {
    /// The letter to an addressee who lives on paper.
    Letter(Letter),
    /// The sheet with the code that opens a letter's link; it goes another way than the letter.
    CodeSheet(CodeSheet),
    /// The readable report of a bundle of evidence.
    Report(Report),
}

/// A letter. Times are written as its reader writes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// In which language.
    pub language: Language,
    /// Who asks.
    pub organisation: String,
    /// Which office of it.
    pub office: Option<String>,
    /// Where it sits, in one line, for the window.
    pub sender: String,
    /// Whom it asks, line by line; at most six.
    pub addressee: Vec<String>,
    /// Number of the request.
    pub number: String,
    /// Day of the letter.
    pub date: String,
    /// By when an answer is wanted.
    pub due: Option<String>,
    /// What it is about.
    pub subject: String,
    /// What is asked. Empty lines are between paragraphs.
    pub text: String,
    /// The link to the page where it is answered, with its secret.
    pub link: String,
    /// Groups of the organisation's fingerprint, as the page shows them.
    pub fingerprint: Vec<String>,
}

/// A sheet with a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeSheet {
    /// In which language.
    pub language: Language,
    /// Who asks.
    pub organisation: String,
    /// Which office of it.
    pub office: Option<String>,
    /// Where it sits, in one line, for the window.
    pub sender: String,
    /// Whom it asks, line by line; at most six.
    pub addressee: Vec<String>,
    /// Number of the request.
    pub number: String,
    /// The code, as it is typed.
    pub code: String,
}

/// How sure something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// Signatures show it, whoever tells it.
    Proven,
    /// A server says so, and nobody else.
    Asserted,
    /// Nothing shows it, or what should does not.
    NotProven,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// When, as the reader writes times.
    pub time: String,
    /// Who did it.
    pub who: String,
    /// What.
    pub what: String,
    /// Digest of what it is about, if it is about something.
    pub digest: Option<String>,
    /// How sure it is.
    pub verdict: Verdict,
}

/// What a report says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// In which language.
    pub language: Language,
    /// Of what it is a report.
    pub title: String,
    /// What is to be known before the list: names and values.
    pub facts: Vec<(String, String)>,
    /// What happened, in order.
    pub items: Vec<Item>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_names_a_language_and_an_unknown_one_means_english() {
        for language in Language::ALL {
            assert_eq!(Language::of(language.tag()), language);
        }
        assert_eq!(Language::of("ru_RU.UTF-8"), Language::Russian);
        assert_eq!(Language::of("DE-at"), Language::German);
        assert_eq!(Language::of("pt-BR"), Language::English);
        assert_eq!(Language::of(""), Language::English);
    }
}

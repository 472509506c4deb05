//! What documents say, in every language that the interface speaks.

mod english;
mod french;
mod german;
mod russian;

use crate::Language;

/// Returns the sentences of a language.
pub(crate) fn words_of(language: Language) -> &'static Words {
    match language {
        Language::English => &english::WORDS,
        Language::Russian => &russian::WORDS,
        Language::German => &german::WORDS,
        Language::French => &french::WORDS,
    }
}

/// The sentences of a language. `{names}` in braces are filled in.
pub(crate) struct Words {
    pub(crate) request: &'static str,
    pub(crate) number: &'static str,
    pub(crate) date: &'static str,
    pub(crate) due: &'static str,
    pub(crate) how: &'static str,
    pub(crate) steps: [&'static str; 3],
    pub(crate) sealed: &'static str,
    pub(crate) typed: &'static str,
    pub(crate) right_page: &'static str,
    pub(crate) check: &'static str,
    pub(crate) page: &'static str,
    pub(crate) code_for: &'static str,
    pub(crate) code_how: &'static str,
    pub(crate) code_apart: &'static str,
    pub(crate) code_nobody_asks: &'static str,
    pub(crate) report: &'static str,
    pub(crate) time: &'static str,
    pub(crate) who: &'static str,
    pub(crate) what: &'static str,
    pub(crate) proven: &'static str,
    pub(crate) asserted: &'static str,
    pub(crate) not_proven: &'static str,
    pub(crate) meanings: [&'static str; 3],
    pub(crate) digests: &'static str,
}

impl Words {
    pub(crate) fn page_of(&self, page: usize, count: usize) -> String {
        let (page, count) = (page.to_string(), count.to_string());
        fill(self.page, &[("page", &page), ("count", &count)])
    }
}

/// Puts values in the places of their names.
pub(crate) fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            break;
        };
        let found = values.iter().find(|(key, _)| *key == name);
        out.push_str(found.map_or("", |(_, value)| value));
        rest = behind;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(words: &Words) -> Vec<&'static str> {
        let Words {
            request,
            number,
            date,
            due,
            how,
            steps,
            sealed,
            typed,
            right_page,
            check,
            page,
            code_for,
            code_how,
            code_apart,
            code_nobody_asks,
            report,
            time,
            who,
            what,
            proven,
            asserted,
            not_proven,
            meanings,
            digests,
        } = *words;
        let alone = [
            request,
            number,
            date,
            due,
            how,
            sealed,
            typed,
            right_page,
            check,
            page,
            code_for,
            code_how,
            code_apart,
            code_nobody_asks,
            report,
            time,
            who,
            what,
            proven,
            asserted,
            not_proven,
            digests,
        ];
        alone.into_iter().chain(steps).chain(meanings).collect()
    }

    fn names(sentence: &str) -> Vec<&str> {
        let parts = sentence.split('{').skip(1);
        parts
            .filter_map(|part| part.split_once('}'))
            .map(|(name, _)| name)
            .collect()
    }

    #[test]
    fn every_language_says_everything_with_the_same_names_and_no_other_letters() {
        let english = all(words_of(Language::English));
        let font = crate::font::Weight::Regular.font();
        for language in Language::ALL {
            let sentences = all(words_of(language));
            for (sentence, english) in sentences.iter().zip(&english) {
                assert!(!sentence.is_empty());
                let (mut found, mut wanted) = (names(sentence), names(english));
                found.sort_unstable();
                wanted.sort_unstable();
                assert_eq!(found, wanted, "{sentence}");
                let missing = sentence.chars().find(|c| font.glyph(*c).is_none());
                assert_eq!(missing, None, "{sentence}");
            }
        }
    }

    #[test]
    fn values_are_filled_in_and_never_read_as_names() {
        let filled = fill("{a} of {b}", &[("a", "{b}"), ("b", "2")]);
        assert_eq!(filled, "{b} of 2");
        assert_eq!(fill("{unknown}!", &[]), "!");
    }
}

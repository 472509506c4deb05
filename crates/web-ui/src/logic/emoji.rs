//! The emoji that are offered, and finding one by a word.

use crate::words::Language;
use std::sync::LazyLock;

/// One line each: the emoji; its name and more words, in English; the same in Russian.
const LINES: &str = include_str!("../conversation/emoji.txt");
/// How many are remembered as used lately.
const RECENT: usize = 12;

/// An emoji that is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Emoji {
    /// The emoji itself.
    pub sign: &'static str,
    english: &'static str,
    russian: &'static str,
}

impl Emoji {
    /// Its name in a language, or else in English; and the language that it is in.
    pub fn name(&self, language: Language) -> (&'static str, Language) {
        let (words, language) = match language {
            Language::Russian => (self.russian, language),
            _ => (self.english, Language::English),
        };
        (words.split(',').next().unwrap_or_default(), language)
    }
}

/// All of them, as they are offered.
pub static ALL: LazyLock<Vec<Emoji>> = LazyLock::new(|| LINES.lines().filter_map(parse).collect());

fn parse(line: &'static str) -> Option<Emoji> {
    let mut parts = line.split(';');
    Some(Emoji {
        sign: parts.next()?,
        english: parts.next()?,
        russian: parts.next()?,
    })
}

/// Those with words that begin as the words that are sought do, in either language; all if none are sought.
pub fn find(sought: &str) -> Vec<Emoji> {
    let sought = plain(sought);
    let sought: Vec<&str> = sought.split_whitespace().collect();
    let fits = |emoji: &&Emoji| {
        let known = plain(&format!("{} {}", emoji.english, emoji.russian));
        let known: Vec<&str> = known
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        sought
            .iter()
            .all(|part| *part == emoji.sign || known.iter().any(|word| word.starts_with(part)))
    };
    ALL.iter().filter(fits).copied().collect()
}

/// Nobody types an ё to search.
fn plain(text: &str) -> String {
    text.to_lowercase().replace('ё', "е")
}

/// Those that were used lately, as they were kept, the last one first.
pub fn recent(kept: &str) -> Vec<Emoji> {
    let known = |sign: &str| ALL.iter().find(|emoji| emoji.sign == sign).copied();
    kept.split(' ').filter_map(known).take(RECENT).collect()
}

/// What to keep after one more was used.
pub fn used(kept: &str, sign: &str) -> String {
    let others = recent(kept).into_iter().map(|emoji| emoji.sign);
    let all = std::iter::once(sign).chain(others.filter(|known| *known != sign));
    all.take(RECENT).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_line_is_whole_and_no_emoji_stands_twice() {
        assert_eq!(ALL.len(), LINES.lines().count());
        let signs: BTreeSet<&str> = ALL.iter().map(|emoji| emoji.sign).collect();
        assert_eq!(signs.len(), ALL.len());
        for language in Language::ALL {
            let names: BTreeSet<&str> = ALL.iter().map(|emoji| emoji.name(language).0).collect();
            assert!(!names.contains(""));
            assert_eq!(names.len(), ALL.len(), "a name tells them apart");
        }
    }

    #[test]
    fn an_emoji_is_found_by_the_beginning_of_a_word_in_both_languages() {
        let found = |sought| {
            let found = find(sought);
            found.iter().map(|emoji| emoji.sign).collect::<Vec<_>>()
        };
        assert!(found("thum").contains(&"👍"));
        assert!(found("СПАС").contains(&"🙏"));
        assert!(found("слез").contains(&"😂"), "слёзы without the dots");
        assert_eq!(found("red hea"), ["❤️"]);
        assert_eq!(found("🔥"), ["🔥"]);
        assert_eq!(found("qwxz"), Vec::<&str>::new());
        assert_eq!(found(" ").len(), ALL.len());
    }

    #[test]
    fn the_last_used_stands_first_and_once() {
        let kept = used(&used(&used("", "👍"), "🎉"), "👍");
        assert_eq!(kept, "👍 🎉");
        assert_eq!(recent("🎉 nonsense 👍").len(), 2);
        let many = ALL
            .iter()
            .fold(String::new(), |kept, emoji| used(&kept, emoji.sign));
        assert_eq!(recent(&many).len(), RECENT);
    }
}

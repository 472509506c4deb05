use super::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The sentences of a catalogue: id and lines.
fn sentences(catalogue: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut last = "";
    for line in catalogue.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|c: char| c.is_ascii_lowercase()) {
            last = line.split_once(" =").expect("an id and a sentence").0;
            assert!(!found.contains_key(last), "{last} stands once");
        }
        if !line.is_empty() {
            found.entry(last).or_default().push(line);
        }
    }
    found
}

/// Speaks a language as somebody does who has its catalogue.
fn begin(language: Language) {
    learn(language, language.catalogue());
    speak(language);
}

fn ids(language: Language) -> BTreeSet<&'static str> {
    sentences(language.catalogue()).into_keys().collect()
}

fn arguments<'a>(lines: &[&'a str]) -> BTreeSet<&'a str> {
    let names = lines.iter().flat_map(|line| line.split('$').skip(1));
    names
        .filter_map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next())
        .collect()
}

/// What a sentence chooses by: `0`, `one`, `other`.
fn choices<'a>(lines: &[&'a str]) -> BTreeSet<&'a str> {
    let choice = |line: &&'a str| {
        let rest = line.trim_start().trim_start_matches('*');
        Some(rest.strip_prefix('[')?.split_once(']')?.0)
    };
    lines.iter().filter_map(choice).collect()
}

/// The plural forms that a language has for whole numbers.
fn forms(language: Language) -> BTreeSet<String> {
    let form = bundle(
        language.tag(),
        "form = { $count ->\n    [zero] zero\n    [one] one\n    [two] two\n    [few] few\n    [many] many\n   *[other] other\n}",
    );
    let of = |count: u32| {
        let mut given = FluentArgs::new();
        given.set("count", count);
        say([&form], "form", Some(&given))
    };
    (0..=1000).filter_map(of).collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of ours") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && !path.ends_with("words/tests.rs")
        {
            found.push(path);
        }
    }
    found
}

/// Ids that the code says: the literals in `t("…")`, `tw("…"`, and `id!("…")`.
fn said() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let source: String = fs::read_to_string(path)
            .expect("a source of ours")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        for call in ["t(\"", "tw(\"", "tw( \"", "t( \"", "id!(\""] {
            for (at, _) in source.match_indices(call) {
                let before = source[..at].chars().next_back();
                if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                    continue;
                }
                let id = source[at + call.len()..]
                    .split('"')
                    .next()
                    .unwrap_or_default();
                found.insert(id.to_owned());
            }
        }
    }
    found
}

#[test]
fn english_and_russian_are_complete() {
    assert_eq!(ids(Language::English), ids(Language::Russian));
}

#[test]
fn no_catalogue_has_a_sentence_that_english_lacks() {
    let known = ids(Language::English);
    for language in Language::ALL {
        let own: Vec<_> = ids(language).difference(&known).copied().collect();
        assert!(own.is_empty(), "{}: {own:?}", language.tag());
    }
}

/// Shows what each catalogue lacks, and fails for none of it: `cargo test -p valise-web-ui lacks -- --nocapture`.
#[test]
fn what_each_language_lacks_is_counted() {
    let known = ids(Language::English);
    for language in Language::ALL {
        let own = ids(language);
        let missing: Vec<_> = known.difference(&own).copied().collect();
        let (count, all, tag) = (missing.len(), known.len(), language.tag());
        println!("{tag} lacks {count} of {all} sentences {missing:?}");
        assert_eq!(own.len() + count, all, "{tag}");
    }
}

#[test]
fn what_a_language_lacks_is_said_in_english() {
    let catalogue = "close = Schließen\npages = { $count ->\n    [one] eine Seite\n   *[other] { $count } Seiten\n}";
    let unfinished = bundle("de", catalogue);
    let english = bundle("en", Language::English.catalogue());
    let say = |id, count: u32| {
        let mut given = FluentArgs::new();
        given.set("count", count);
        say([&unfinished, &english], id, Some(&given))
    };
    assert_eq!(say("close", 0).as_deref(), Some("Schließen"));
    assert_eq!(say("pages", 1).as_deref(), Some("eine Seite"));
    assert_eq!(say("cancel", 0).as_deref(), Some("Cancel"));
    assert_eq!(say("pdf-count", 1).as_deref(), Some("1 page"));
    assert_eq!(say("no-such-sentence", 0), None);
}

#[test]
fn a_language_whose_catalogue_is_not_here_is_said_in_english() {
    let fresh = std::thread::spawn(|| {
        assert!(knows(Language::English) && !knows(Language::Russian));
        speak(Language::Russian);
        assert_eq!(t("close"), "Close");
        begin(Language::Russian);
        assert!(knows(Language::Russian));
        assert_eq!(t("close"), "Закрыть");
    });
    fresh.join().expect("said");
}

#[test]
fn every_id_that_is_said_exists_and_none_is_idle() {
    let said = said();
    let said: BTreeSet<&str> = said.iter().map(String::as_str).collect();
    let known = ids(Language::English);
    assert!(said.len() > 100, "the search finds the code's ids");
    assert_eq!(
        said.difference(&known).collect::<Vec<_>>(),
        Vec::<&&str>::new(),
        "said, but in no catalogue"
    );
    assert_eq!(
        known.difference(&said).collect::<Vec<_>>(),
        Vec::<&&str>::new(),
        "in the catalogue, but never said"
    );
}

#[test]
fn the_catalogues_have_no_mistake_and_the_arguments_of_english() {
    let english = sentences(Language::English.catalogue());
    for language in Language::ALL {
        let resource = FluentResource::try_new(language.catalogue().to_owned());
        let mistakes = resource.err().map(|(_, errors)| errors);
        assert_eq!(mistakes, None, "{}", language.tag());
        for (id, lines) in sentences(language.catalogue()) {
            assert_eq!(
                arguments(&lines),
                arguments(&english[id]),
                "{id} in {}",
                language.tag()
            );
        }
    }
}

#[test]
fn plurals_have_the_forms_of_their_language() {
    let english = sentences(Language::English.catalogue());
    for language in Language::ALL {
        let forms = forms(language);
        let is_number = |choice: &str| choice.parse::<u32>().is_ok();
        for (id, lines) in sentences(language.catalogue()) {
            let (chosen, tag) = (choices(&lines), language.tag());
            let idle: Vec<_> = chosen
                .iter()
                .filter(|choice| {
                    !is_number(choice) && **choice != "other" && !forms.contains(**choice)
                })
                .collect();
            assert!(idle.is_empty(), "{id} in {tag}: never {idle:?}");
            // Where Russian says the same for some or many, it says it once.
            let told_apart = choices(&english[id]).contains("one");
            if told_apart && language != Language::Russian {
                let missing: Vec<_> = forms
                    .iter()
                    .filter(|form| !chosen.contains(form.as_str()))
                    .collect();
                assert!(missing.is_empty(), "{id} in {tag} lacks {missing:?}");
            }
        }
    }
}

#[test]
fn where_a_sentence_names_a_button_it_is_the_word_on_it() {
    for language in Language::ALL {
        begin(language);
        let known = ids(language);
        for (sentence, words) in [
            (
                t("link-step-devices"),
                &["settings", "devices", "device-link"][..],
            ),
            (t("alarm-device-advice"), &["settings", "devices"]),
            (t("alarm-set-back-advice"), &["settings", "devices"]),
            (t("link-compare-hint"), &["device-refuse"]),
            (t("device-step-press"), &["device-have"]),
        ] {
            for word in words.iter().filter(|word| known.contains(**word)) {
                assert!(sentence.contains(&t(word)), "{word}: {sentence}");
            }
        }
    }
    speak(Language::English);
}

#[test]
fn the_page_itself_says_the_first_sentence_of_each_catalogue() {
    let page = include_str!("../../static/index.html");
    for language in Language::ALL {
        begin(language);
        let (tag, sentence) = (language.tag(), t("starting-first"));
        let line = format!("<p lang=\"{tag}\" hidden>{sentence}</p>");
        assert!(page.contains(&line), "{line}");
    }
    speak(Language::English);
}

#[test]
fn french_keeps_its_marks_beside_their_words() {
    let catalogue = Language::French.catalogue();
    assert!(!catalogue.contains('\''), "’ is the apostrophe");
    for (id, lines) in sentences(catalogue) {
        for line in lines {
            let letters: Vec<char> = line.chars().collect();
            for (at, mark) in letters.iter().enumerate() {
                let before = at.checked_sub(1).map(|at| letters[at]);
                let behind = letters.get(at + 1).copied();
                let ends = behind.is_none_or(char::is_whitespace);
                let is_narrow = match mark {
                    ';' | '!' | '?' | '»' => before == Some('\u{202f}'),
                    ':' if ends => before == Some('\u{202f}'),
                    '«' => behind == Some('\u{202f}'),
                    _ => true,
                };
                assert!(is_narrow, "{id}: {line}");
            }
        }
    }
}

#[test]
fn plural_forms_follow_the_language() {
    let count = |n: u32| tw("members", [("count", n.into())]);
    speak(Language::English);
    assert_eq!([count(1), count(2)], ["1 member", "2 members"]);
    begin(Language::Russian);
    assert_eq!(
        [count(1), count(3), count(5), count(21)],
        ["1 участник", "3 участника", "5 участников", "21 участник"]
    );
    begin(Language::German);
    assert_eq!(
        [count(0), count(1), count(2)],
        ["0 Mitglieder", "1 Mitglied", "2 Mitglieder"]
    );
    begin(Language::French);
    assert_eq!(
        [count(0), count(1), count(2)],
        ["0 membre", "1 membre", "2 membres"]
    );
    speak(Language::English);
}

#[test]
fn names_are_joined_as_a_sentence_does() {
    speak(Language::English);
    let people: Vec<String> = ["Anna", "Boris", "Clara"].map(String::from).to_vec();
    assert_eq!(names(&people), "Anna, Boris and Clara");
    assert_eq!(names(&people[..1]), "Anna");
}

#[test]
fn languages_are_told_by_their_tags() {
    assert_eq!(Language::from_tag("ru-RU"), Some(Language::Russian));
    assert_eq!(Language::from_tag("EN_gb"), Some(Language::English));
    assert_eq!(Language::from_tag("de-AT"), Some(Language::German));
    assert_eq!(Language::from_tag("fr"), Some(Language::French));
    assert_eq!(Language::from_tag("tlh"), None);
    for language in Language::ALL {
        assert_eq!(Language::from_tag(language.tag()), Some(language));
    }
}

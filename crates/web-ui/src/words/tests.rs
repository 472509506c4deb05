use super::*;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn ids(catalogue: &str) -> BTreeSet<String> {
    catalogue
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" ="))
        .map(|(id, _)| id.to_owned())
        .collect()
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
fn both_catalogues_have_the_same_ids() {
    assert_eq!(
        ids(Language::English.catalogue()),
        ids(Language::Russian.catalogue())
    );
}

#[test]
fn every_id_that_is_said_exists_and_none_is_idle() {
    let (said, known) = (said(), ids(Language::English.catalogue()));
    assert!(said.len() > 100, "the search finds the code's ids");
    assert_eq!(
        said.difference(&known).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "said, but in no catalogue"
    );
    assert_eq!(
        known.difference(&said).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "in the catalogue, but never said"
    );
}

#[test]
fn the_catalogues_have_no_mistake_and_no_idle_argument() {
    for language in Language::ALL {
        let resource = FluentResource::try_new(language.catalogue().to_owned());
        assert!(
            resource.is_ok(),
            "{}: {:?}",
            language.tag(),
            resource.err().map(|(_, errors)| errors)
        );
    }
    let arguments = |catalogue: &str| -> Vec<(String, BTreeSet<String>)> {
        let mut found: Vec<(String, BTreeSet<String>)> = Vec::new();
        for line in catalogue.lines() {
            if let Some((id, _)) = line
                .split_once(" =")
                .filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
            {
                found.push((id.to_owned(), BTreeSet::new()));
            }
            for part in line.split('$').skip(1) {
                let name: String = part
                    .chars()
                    .take_while(char::is_ascii_alphanumeric)
                    .collect();
                if let Some((_, names)) = found.last_mut() {
                    names.insert(name);
                }
            }
        }
        found.sort();
        found
    };
    assert_eq!(
        arguments(Language::English.catalogue()),
        arguments(Language::Russian.catalogue())
    );
}

#[test]
fn plural_forms_follow_the_language() {
    let count = |n: u32| tw("members", [("count", n.into())]);
    speak(Language::English);
    assert_eq!([count(1), count(2)], ["1 member", "2 members"]);
    speak(Language::Russian);
    assert_eq!(
        [count(1), count(3), count(5), count(21)],
        ["1 участник", "3 участника", "5 участников", "21 участник"]
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
    assert_eq!(Language::from_tag("de"), None);
}

//! The whole week on a real server's data folder.

use super::*;
use crate::script::Deed;
use std::path::PathBuf;
use valise_server::config::Overrides;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let mut random = [0; 8];
        getrandom_04::fill(&mut random).unwrap();
        let name = format!("valise-{name}-{:x}", u64::from_be_bytes(random));
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn both_languages_tell_the_same_week() {
    let text = include_str!("week.txt");
    let [english, russian] =
        [Language::English, Language::Russian].map(|language| script::parse(text, language));
    let (english, russian) = (english.unwrap(), russian.unwrap());
    assert_eq!(english.len(), russian.len());
    let messages = english
        .iter()
        .filter(|act| matches!(act.deed, Deed::Says(_)))
        .count();
    assert!(messages > 60, "a week is more than {messages} messages");
}

#[test]
fn a_script_with_a_mistake_is_refused_with_its_line() {
    let wrong = |text: &str| {
        let error = script::parse(text, Language::English).unwrap_err();
        format!("{error:#}")
    };
    for (text, expected) in [
        ("09:00 helen comes", "a day comes first"),
        ("day 1\n25:00 helen comes", "there is no such time"),
        ("day 1\n09:00 nobody comes", "nobody is called nobody"),
        ("day 1\n09:00 helen reads attic", "no chat is called attic"),
        ("day 1\n09:00 helen dances duty", "nobody can dances"),
        ("day 1\n09:00 helen says duty\n  en Hello", "both languages"),
        ("day 1\n09:00 helen reads duty\n  en a\n  ru б", "no words"),
    ] {
        assert!(wrong(text).contains(expected), "{text}: {}", wrong(text));
    }
}

#[test]
fn pictures_and_paper_are_what_they_say() {
    for name in ["harbour", "cat", "kettle", "sunrise", "duty"] {
        let pixels = paint::scene(name, 480, 360).unwrap();
        let bytes = jpeg::encode(480, 360, &pixels, 70);
        assert!(bytes.starts_with(&[0xff, 0xd8, 0xff]) && bytes.ends_with(&[0xff, 0xd9]));
        assert!(bytes.len() < 24 << 10, "{name}: {} bytes", bytes.len());
    }
    for language in [Language::English, Language::Russian] {
        let paper = String::from_utf8(paper::hearings(language)).unwrap();
        let table: usize = paper
            .rsplit("startxref\n")
            .next()
            .and_then(|rest| rest.lines().next()?.parse().ok())
            .unwrap();
        assert!(paper[table..].starts_with("xref\n"));
    }
}

/// Everybody leaves at the end, so what the server holds is all there is; that a browser finds the week in it, the browser
/// suite shows.
#[test]
fn the_week_takes_place_and_every_account_can_be_opened() {
    let folder = Folder::new("demo");
    let overrides = Overrides {
        data_dir: Some(folder.0.clone()),
        public_url: Some("http://localhost:8440".into()),
        ..Overrides::default()
    };
    let config = Config::load(None, &overrides).unwrap();
    let now = Timestamp(1_790_000_000_000);
    let moment = Moment {
        now,
        midnight: Timestamp(now.0 - 15 * 3_600_000),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let ready = runtime.block_on(prepare(&config, Language::English, moment));
    let ready = ready.unwrap();
    assert_eq!(ready.len(), 6);
    for person in &ready {
        assert!(person.link.starts_with("http://localhost:8440/open#"));
    }
    let mut disk = Vec::new();
    for entry in std::fs::read_dir(&folder.0).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            disk.extend(std::fs::read(path).unwrap());
        }
    }
    assert!(disk.len() > 100_000);
    for word in ["thermos", "Duty desk", "Helen Ward", "hearings.pdf"] {
        let found = disk.windows(word.len()).any(|part| part == word.as_bytes());
        assert!(!found, "the server holds {word:?}");
    }
}

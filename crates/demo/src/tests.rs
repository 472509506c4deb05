//! The whole week on a real server's data folder.

use super::*;
use crate::script::Deed;
use std::path::PathBuf;
use valise_server::config::Overrides;
use valise_views::RequestFilter;
use valise_views::request::RequestState;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let mut random = [0; 8];
        getrandom_04::fill(&mut random).unwrap();
        let name = format!("valise-{name}-{:x}", u64::from_be_bytes(random));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir(&folder).unwrap();
        Self(folder)
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
        ("day 1\n09:00 helen dances owner", "nobody can dances"),
        ("day 1\n09:00 helen asks duty", "nobody can asks"),
        ("day 1\n09:00 helen refuses owner", "refuses: words"),
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
    let configs = [8440, 8441].map(|port| {
        let overrides = Overrides {
            data_dir: Some(folder.0.join(port.to_string())),
            public_url: Some(format!("http://localhost:{port}")),
            ..Overrides::default()
        };
        let mut config = Config::load(None, &overrides).unwrap();
        config.domain = Some(DOMAINS[port - 8440].to_owned());
        config
    });
    let now = Timestamp(1_790_000_000_000);
    let moment = Moment {
        now,
        midnight: Timestamp(now.0 - 15 * 3_600_000),
        offset_minutes: 60,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let lived = runtime.block_on(async {
        let mut play = live(&configs, Language::English, moment).await.unwrap();
        requests_stand(&mut play).await;
        templates_are_kept(&mut play).await;
        play.end().await.unwrap()
    });
    let guest = &lived.guest;
    assert!(guest.link.starts_with("http://localhost:8440/guest#"));
    assert_eq!(guest.code.replace('-', "").len(), 12);
    assert_eq!(lived.people.len(), 10);
    for person in &lived.people {
        let port = if person.organisation == "Harbour Bank" {
            8441
        } else {
            8440
        };
        assert!(
            person
                .link
                .starts_with(&format!("http://localhost:{port}/open#"))
        );
    }
    let mut disk = Vec::new();
    let folders = configs.iter().map(|config| &config.data_dir);
    for entry in folders.flat_map(|folder| std::fs::read_dir(folder).unwrap()) {
        let path = entry.unwrap().path();
        if path.is_file() {
            disk.extend(std::fs::read(path).unwrap());
        }
    }
    assert!(disk.len() > 100_000);
    for word in [
        "thermos",
        "Duty desk",
        "Helen Ward",
        "hearings.pdf",
        "pistachio",
        "Nina Frost",
        "safe-deposit",
        "Ice-cream Stand",
    ] {
        let found = disk.windows(word.len()).any(|part| part == word.as_bytes());
        assert!(!found, "the server holds {word:?}");
    }
}

/// Looks at the requests as one of those who ask and one of those who are asked.
async fn requests_stand(play: &mut Play) {
    let mut seen = Vec::new();
    for key in ["oscar", "victor"] {
        let device = cast::person(key).unwrap();
        let mut rows = Vec::new();
        for filter in [RequestFilter::Open, RequestFilter::Ended] {
            rows.extend(play.requests(device, filter).await.unwrap());
        }
        rows.sort_by_key(|row| row.issued_at);
        let rows = rows.into_iter();
        seen.push(rows.map(|row| (row.subject, row.state, row.is_overdue)));
    }
    let [office, counter]: [Vec<_>; 2] = [seen.remove(0).collect(), seen.remove(0).collect()];
    let stands = |key: &str| {
        let subject = cases::case(key).unwrap().subject(Language::English);
        let row = office.iter().find(|row| row.0 == subject);
        row.map(|(_, state, is_overdue)| (*state, *is_overdue))
    };
    for (key, state, is_overdue) in [
        ("opening", RequestState::Confirmed, false),
        ("diary", RequestState::Refused, false),
        ("owner", RequestState::InWork, true),
        ("transfers", RequestState::PartlyAnswered, false),
        ("statement", RequestState::Answered, false),
        ("foghorn", RequestState::Questioned, false),
        ("freeze", RequestState::InWork, false),
        ("genuine", RequestState::Submitted, false),
        ("camera", RequestState::Submitted, false),
        ("whistle", RequestState::Submitted, false),
    ] {
        assert_eq!(stands(key), Some((state, is_overdue)), "{key}");
    }
    let shared: Vec<_> = office
        .into_iter()
        .filter(|row| counter.contains(row))
        .collect();
    assert_eq!(shared.len(), counter.len(), "both sides see the same");
    assert_eq!(counter.len(), 4);
}

/// Looks at what the clerks keep to ask it again.
async fn templates_are_kept(play: &mut Play) {
    for (key, count) in [("nina", 2), ("victor", 1), ("oscar", 0)] {
        let device = cast::person(key).unwrap();
        let kept = play.templates(device).await.unwrap();
        assert_eq!(kept.len(), count, "{key}");
        assert!(kept.iter().all(|kept| kept.template.to.is_some()), "{key}");
    }
}

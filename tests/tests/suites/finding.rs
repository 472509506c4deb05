//! What was said is found again: by beginnings, other forms, names, days, files; what was changed or taken back is not.

use valise_tests::sim::{Who, World};
use valise_views::search::Found;
use valise_views::{ChatId, Command, Outcome, Shown, Trouble, View};

fn finds(world: &mut World, who: Who, typed: &str) -> Found {
    in_chat(world, who, typed, None)
}

fn in_chat(world: &mut World, who: Who, typed: &str, chat: Option<ChatId>) -> Found {
    let view = View::Search {
        typed: typed.into(),
        chat,
        offset_minutes: 0,
        count: 20,
    };
    match world.look(who, view) {
        Shown::Found(found) => found,
        other => panic!("not what was found but {other:?}"),
    }
}

fn texts(world: &mut World, who: Who, typed: &str) -> Vec<String> {
    let hits = finds(world, who, typed).hits.into_iter();
    let text = |pieces: Vec<valise_views::search::Piece>| -> String {
        pieces.into_iter().map(|piece| piece.text).collect()
    };
    hits.map(|hit| text(hit.text)).collect()
}

#[test]
fn words_are_found_by_their_beginning_and_in_other_forms() {
    let mut world = World::new(1);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let chat = world.direct(ada, boris);
    for text in [
        "Договор подписан",
        "The contracts are ready",
        "Wir haben den Vertrag",
        "Łódź, naïve Straße",
        "東京タワーで会う",
        "a ½ share, item ⑴",
        "हिन्दी में",
        "\u{1e900}\u{1e901}",
    ] {
        world.says(ada, &chat, text);
    }
    world.settle();
    for (typed, found) in [
        ("договорами", "Договор подписан"),
        ("дог под", "Договор подписан"),
        ("contract READY", "The contracts are ready"),
        ("Verträge", "Wir haben den Vertrag"),
        ("lodz strasse naive", "Łódź, naïve Straße"),
        ("タワー", "東京タワーで会う"),
        ("\"contracts are\"", "The contracts are ready"),
        // Letters that are several ones, and letters that are younger than the index.
        ("½", "a ½ share, item ⑴"),
        ("⑴ share", "a ½ share, item ⑴"),
        ("हिन्दी", "हिन्दी में"),
        ("\u{1e900}", "\u{1e900}\u{1e901}"),
    ] {
        for who in [ada, boris] {
            assert_eq!(texts(&mut world, who, typed), [found], "{typed}");
        }
    }
    for typed in [
        "",
        "  ",
        "contract договор",
        "\"are contracts\"",
        "ontract",
        "* OR a",
        "\"",
        "words:",
        "\u{301}",
    ] {
        assert!(texts(&mut world, boris, typed).is_empty(), "{typed}");
    }
}

#[test]
fn names_chats_and_files_narrow_it_down() {
    let mut world = World::new(2);
    let [ada, boris, clara] = world.team(["Ada", "Boris", "Clara"]);
    let chat = world.group(ada, "Case 7", &[boris, clara]);
    let direct = world.direct(boris, ada);
    world.settle();
    world.says(ada, &chat, "the report is late");
    world.says(clara, &chat, "which report? see https://example.org");
    world.says(boris, &direct, "a report for you alone");
    world.settle();
    world.sends_file(boris, &chat, "annual-report.pdf", b"%PDF-1.7".to_vec());
    world.settle();
    let count = |world: &mut World, typed: &str| finds(world, boris, typed).hits.len();
    for (typed, expected) in [
        ("report", 4),
        ("report from:clara", 1),
        ("report from:Boris", 2),
        ("report in:case", 3),
        ("report in:\"case 7\" from:ada", 1),
        ("report has:file", 1),
        ("has:файл", 1),
        ("has:photo", 0),
        ("report has:link", 1),
        ("from:nobody", 0),
        ("annual", 1),
        ("report before:1971-01-01", 0),
        ("report after:1971-01-01", 4),
    ] {
        assert_eq!(count(&mut world, typed), expected, "{typed}");
    }
    assert_eq!(
        in_chat(&mut world, boris, "report", Some(direct))
            .hits
            .len(),
        1
    );
    let hits = finds(&mut world, boris, "report").hits;
    assert_eq!(
        hits[0].file.as_deref(),
        Some("annual-report.pdf"),
        "the newest is the first"
    );
    let is_first = |hit: &valise_views::search::Hit| hit.sender == "Ada" && hit.title == "Case 7";
    assert!(hits.iter().any(is_first), "{hits:?}");
}

#[test]
fn what_is_changed_or_taken_back_is_found_as_it_is_now() {
    let mut world = World::new(3);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let chat = world.direct(ada, boris);
    let message = world.says(ada, &chat, "meet at the bridge");
    world.settle();
    let edit = Command::Edit {
        message: message.clone(),
        text: "meet at the station".into(),
    };
    assert_eq!(world.tell(ada, edit), Outcome::Done);
    world.settle();
    for who in [ada, boris] {
        assert!(texts(&mut world, who, "bridge").is_empty());
        assert_eq!(texts(&mut world, who, "station"), ["meet at the station"]);
    }
    assert_eq!(world.tell(ada, Command::Delete(message)), Outcome::Done);
    world.settle();
    for who in [ada, boris] {
        assert!(texts(&mut world, who, "station").is_empty());
    }
}

#[test]
fn a_day_of_a_chat_is_found() {
    let mut world = World::new(9);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let chat = world.direct(ada, boris);
    let mut said = Vec::new();
    for text in ["Monday", "Tuesday", "Wednesday"] {
        said.push((world.now.0, world.says(ada, &chat, text)));
        world.advance(86_400_000);
    }
    let mut find = |at| {
        world.tell(
            ada,
            Command::FindTime {
                chat: chat.clone(),
                at,
            },
        )
    };
    for (at, message) in &said {
        let there = Outcome::Message(message.clone());
        assert_eq!(find(*at), there);
        assert_eq!(
            find(at - 3_600_000),
            there,
            "the next one, if there is none"
        );
    }
    let (last, nowhere) = (
        Outcome::Message(said[2].1.clone()),
        ChatId("nowhere".into()),
    );
    assert_eq!(find(u64::MAX), last, "the last one, if it was long ago");
    let at = said[0].0;
    let outcome = world.tell(ada, Command::FindTime { chat: nowhere, at });
    assert_eq!(outcome, Outcome::Failed(Trouble::NotFound));
}

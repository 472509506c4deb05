//! What other implementations are given of the directory, of guests and of deadlines: `spec/vectors/directory-*.txt`, `guests-*.txt` and
//! `deadlines-*.txt`, good and bad.
//!
//! `VALISE_BLESS=1 cargo test -p valise-directory --test vectors` writes them anew; a change in them is a change of the protocol.

#[path = "../world/mod.rs"]
mod world;

mod calendars;
mod guests;
mod introductions;
mod refused;
mod refused_devices;
mod refused_people;
mod refused_registrars;
mod story;
mod text;

use story::Story;
use text::{File, lines};
use valise_directory::fold::fingerprint;
use valise_directory::statement::{digest, label};
use valise_directory::{Breach, Directory};
use valise_wire::statement::SignedStatement;
use valise_wire::{OrganisationId, from_bytes, to_bytes};

#[test]
fn the_log_is_what_it_was() {
    let story = Story::told();
    let organisation = story.world.founded.organisation;
    let mut file = File::new(
        "The log of an organisation in which every kind of statement stands, made with fixed keys by crates/directory/tests/vectors.",
    );
    file.put("organisation", organisation.0);
    file.text("fingerprint", &fingerprint(organisation));
    file.put(
        "directory-key",
        *story.world.founded.directory_key.to_bytes(),
    );
    file.put("partner", story::PARTNER.0);
    file.put("partner-key", *story::partner_key().to_bytes());
    file.say("Each statement, `[kind, payload, signature]`, with its place and its label.");
    for (position, statement) in (1..).zip(&story.world.log) {
        let name = format!("{position} {}", label(statement.kind));
        file.put(&name, to_bytes(statement));
    }
    file.say(
        "What stands in the sealed parts, by the places of the statements, without the padding.",
    );
    for (position, plain) in &story.plain {
        file.put(&format!("opened {position}"), plain);
    }
    file.say("The digest of the last statement, and the chain up to it.");
    file.put("digest", digest(story.world.log.last().unwrap()));
    file.put("chain", story.world.server().head().chain);
    file.compare("directory-good.txt");
}

/// A reader who has the file alone takes all of it.
#[test]
fn the_log_is_taken_as_it_stands_there() {
    let all = lines("directory-good.txt");
    let one = |wanted: &str| {
        let (_, value) = all.iter().find(|(name, _)| name == wanted).unwrap();
        hex::decode(value).unwrap()
    };
    let organisation = OrganisationId::from_slice(&one("organisation")).unwrap();
    let mut directory = Directory::new(organisation);
    let mut kinds = Vec::new();
    for (position, statement) in log(&all) {
        kinds.push(statement.kind as u64);
        assert!(directory.apply(position, &statement).is_ok(), "{position}");
    }
    assert_eq!(directory.head().chain.to_vec(), one("chain"));
    kinds.sort_unstable();
    kinds.dedup();
    // 14 was never used.
    let every: Vec<u64> = (0..30).filter(|kind| *kind != 14).collect();
    assert_eq!(kinds, every);
}

fn log(all: &[(String, String)]) -> Vec<(u64, SignedStatement)> {
    let entry = |(name, value): &(String, String)| {
        let position = name.split_once(' ')?.0.parse().ok()?;
        let statement = from_bytes(&hex::decode(value).ok()?).ok()?;
        Some((position, statement))
    };
    all.iter().filter_map(entry).collect()
}

/// Why a statement is refused, as the files name it.
fn reason(breach: &Breach) -> String {
    let all = format!("{breach:?}").replace('"', "");
    all.split(" {").next().unwrap_or_default().to_owned()
}

#[test]
fn what_is_refused_is_what_it_was() {
    let story = Story::told();
    let mut file = File::new(
        "What a reader refuses. Each line: how many statements of the log in directory-good.txt he took before; what this one is; why it is refused; its bytes.",
    );
    for case in refused::all(&story) {
        let breach = story.refuses(case.after, &case.statement, case.why);
        file.say(case.why);
        let kind = label(case.statement.kind);
        let name = format!("{} {kind} {}", case.after, reason(&breach));
        file.put(&name, to_bytes(&case.statement));
    }
    file.compare("directory-bad.txt");
}

/// A reader who has the two files alone refuses each for its reason, and nothing changes by it.
#[test]
fn each_bad_one_is_refused_after_what_stands_before_it() {
    let good = lines("directory-good.txt");
    let (_, organisation) = good
        .iter()
        .find(|(name, _)| name == "organisation")
        .unwrap();
    let organisation = OrganisationId::from_slice(&hex::decode(organisation).unwrap()).unwrap();
    let mut directories = vec![Directory::new(organisation)];
    for (position, statement) in log(&good) {
        let mut next = directories[position as usize - 1].clone();
        next.apply(position, &statement).unwrap();
        directories.push(next);
    }
    let bad = lines("directory-bad.txt");
    assert!(bad.len() > 100);
    for (name, value) in bad {
        let words: Vec<&str> = name.splitn(3, ' ').collect();
        let before = &directories[words[0].parse::<usize>().unwrap()];
        let statement: SignedStatement = from_bytes(&hex::decode(&value).unwrap()).unwrap();
        let mut directory = before.clone();
        let refused = directory.apply(before.head().position + 1, &statement);
        assert_eq!(reason(&refused.unwrap_err()), words[2], "{name}");
        assert_eq!(directory.head(), before.head());
    }
}

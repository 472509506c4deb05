//! Two organisations, each with a server of its own: terminals make them partners, write to each other, and lose nothing when a
//! server is killed.

use crate::stage::{Folder, LOOKS, Person, Server};
use serde_json::Value;
use std::time::{Duration, Instant};

/// One organisation.
pub struct Side {
    pub server: Server,
    pub registrar: Person,
    pub member: Person,
    _folder: Folder,
}

impl Side {
    /// Founds it, and lets a second one join; `config` is more of its server's configuration.
    pub fn new(domain: &str, organisation: &str, people: [&str; 2], config: &str) -> Self {
        let folder = Folder::new(domain);
        let mut server = Server::new(&folder, &format!("domain = \"{domain}\"\n{config}"));
        server.line.record();
        server.start();
        let people = people.map(|name| (name, Person::new(&folder, name)));
        let [(first, registrar), (second, member)] = people;
        registrar.found(&server, first, organisation);
        member.join(&registrar, second);
        Self {
            server,
            registrar,
            member,
            _folder: folder,
        }
    }
}

/// Makes partners with one link, as two registrars do who have a telephone. Returns the link.
pub fn make_partners(one: &Person, other: &Person) -> String {
    let said = one.run(&["partner", "offer"]);
    let link = said[0]["link"].as_str().unwrap().to_owned();
    let shown = other.run(&["partner", "inspect", &link]);
    let own = one.run(&["partners"]);
    assert_eq!(shown[0]["fingerprint"], own[0]["own_fingerprint"]);
    other.run(&["partner", "accept", &link]);
    let waiting = until_partner(one, |partner| partner["state"] == "introduced");
    let theirs = other.run(&["partners"]);
    assert_eq!(waiting["fingerprint"], theirs[0]["own_fingerprint"]);
    one.run(&["partner", "confirm", waiting["id"].as_str().unwrap()]);
    for person in [one, other] {
        until_partner(person, |partner| {
            partner["state"] == "partner" && partner["reached"] == true
        });
    }
    link
}

fn until_partner(person: &Person, fits: impl Fn(&Value) -> bool) -> Value {
    let mut looks = (0..LOOKS).flat_map(|_| person.run(&["partners"]));
    looks.find(fits).expect("the partner stands as expected")
}

/// Waits until somebody of a partner is found: he shows himself when his device hears of the partnership.
pub fn until_found(person: &Person, other: &Person, address: &str) {
    let mut looks = (0..LOOKS).map(|_| {
        other.run(&["status"]);
        person.output(&["people", address]).status.success()
    });
    assert!(looks.any(|found| found), "{address} is not found");
}

/// Two organisations that are partners; the members of both are found.
pub fn pair() -> (Side, Side) {
    let office = Side::new("office.example", "Northern Office", ["anna", "boris"], "");
    let bank = Side::new("bank.example", "Harbour Bank", ["clara", "dora"], "");
    make_partners(&office.registrar, &bank.registrar);
    until_found(&office.member, &bank.member, "dora@bank.example");
    (office, bank)
}

fn outside(object: &Value) -> &str {
    object["outside"]["organisation"]
        .as_str()
        .unwrap_or_default()
}

#[test]
fn people_of_two_organisations_write_to_each_other() {
    let (office, bank) = pair();
    let (boris, dora) = (&office.member, &bank.member);
    boris.run(&["send", "dora@bank.example", "Is Mr. Petrov with you?"]);
    let read = dora.until_reads("boris", "Is Mr. Petrov with you?");
    assert_eq!(read, ["Is Mr. Petrov with you?"]);
    dora.run(&["send", "boris", "He is."]);
    assert_eq!(
        boris.until_reads("dora", "He is."),
        ["Is Mr. Petrov with you?", "He is."]
    );

    // They are marked wherever they appear.
    let messages = boris.messages("dora");
    let theirs = messages.iter().find(|message| message["mine"] == false);
    assert_eq!(outside(theirs.unwrap()), "Harbour Bank");
    let people = boris.run(&["people", "dora"]);
    assert_eq!(outside(&people[0]), "Harbour Bank");
    let rooms = dora.run(&["rooms"]);
    assert_eq!(rooms[0]["outside"][0]["domain"], "office.example");
    let line = String::from_utf8(boris.impatient(&["rooms"]).stdout).unwrap();
    assert!(line.starts_with("dora [Harbour Bank]"), "{line}");

    assert_eq!(
        boris
            .output(&["send", "nobody@bank.example", "x"])
            .status
            .code(),
        Some(3)
    );
    assert_eq!(dora.output(&["partner", "offer"]).status.code(), Some(77));
}

#[test]
fn a_server_that_is_killed_loses_and_doubles_nothing_for_the_other() {
    let (mut office, mut bank) = pair();
    let (boris, dora) = (office.member.clone(), bank.member.clone());
    boris.run(&["group", "Case 41", "dora@bank.example", "anna"]);
    dora.until_in("Case 41");
    boris.run(&["send", "Case 41", "one"]);
    dora.until_reads("Case 41", "one");

    // The follower dies: the hub's people go on.
    bank.server.kill();
    boris.run(&["send", "Case 41", "two"]);
    bank.server.start();
    dora.until_reads("Case 41", "two");

    // The hub dies: what is said at the follower waits on the device and says so.
    office.server.kill();
    let kept = dora.impatient(&["send", "Case 41", "three"]);
    assert_eq!(kept.status.code(), Some(75), "kept for later");
    let read = String::from_utf8(dora.impatient(&["read", "Case 41"]).stdout).unwrap();
    assert!(read.trim_end().ends_with("dora: three …"), "{read}");
    office.server.start();
    let mut looks = (0..LOOKS).map(|_| dora.messages("Case 41").pop().unwrap());
    assert!(looks.any(|message| message["tick"] != "waiting"));

    let all = ["one", "two", "three"];
    for person in [&boris, &dora, &office.registrar] {
        assert_eq!(person.until_reads("Case 41", "three"), all);
    }
}

#[test]
fn a_partnership_that_ended_brings_nobody_any_further() {
    let (office, bank) = pair();
    let (boris, dora) = (&office.member, &bank.member);
    boris.run(&["send", "dora@bank.example", "hello"]);
    dora.until_reads("boris", "hello");
    let clara = &bank.registrar;
    clara.run(&["partner", "end", "Northern Office"]);
    assert_eq!(clara.run(&["partners"]).len(), 1, "its own digits alone");
    // Nobody who is not known yet is found there any more, and it says so.
    let said = boris.impatient(&["send", "clara@bank.example", "and you?"]);
    let why = String::from_utf8(said.stderr).unwrap();
    assert!(why.contains("has ended the partnership"), "{why}");
    // The link of then opens nothing any more.
    let waiting = office.registrar.run(&["partners"]);
    assert!(
        waiting
            .iter()
            .all(|partner| partner["state"] != "introduced")
    );
}

/// The id of a side's organisation: what its server calls itself towards others.
fn id_at(person: &Person, organisation: &str) -> String {
    let partners = person.run(&["partners"]);
    let found = partners.iter().find(|it| it["name"] == organisation);
    let id = found.and_then(|it| it["id"].as_str());
    id.expect("a partner has an id").to_owned()
}

/// What waited is there so long after the line is: the longest wait between two tries is 24 s.
const CONVERGED: Duration = Duration::from_secs(30);
/// Looks, a process each, that a loaded machine may take besides.
const SLACK: u32 = 30;

/// FT-21, FT-23: three organisations, of which two cannot reach each other, and one way between two others is cut for a while. Everybody
/// reads the same in the same order, half a minute after the line is whole.
#[test]
fn ft_23_three_organisations_come_together_again() {
    let (office, bank) = pair();
    let court = Side::new("court.example", "Court", ["erik", "frida"], "");
    make_partners(&bank.registrar, &court.registrar);
    make_partners(&office.registrar, &court.registrar);
    until_found(&bank.member, &court.member, "frida@court.example");
    let (boris, dora, frida) = (&office.member, &bank.member, &court.member);
    let of_office = id_at(&bank.registrar, "Northern Office");
    let of_court = id_at(&bank.registrar, "Court");
    let of_bank = id_at(&office.registrar, "Harbour Bank");

    // The office and the court do not reach each other from here on; they meet in a room of the bank.
    office.server.line.refuse(&of_court, true);
    court.server.line.refuse(&of_office, true);
    until_found(dora, boris, "boris@office.example");
    dora.run(&[
        "group",
        "Case 41",
        "boris@office.example",
        "frida@court.example",
    ]);
    for person in [boris, frida] {
        person.until_in("Case 41");
    }
    dora.run(&["send", "Case 41", "one"]);
    boris.until_reads("Case 41", "one");
    boris.run(&["send", "Case 41", "two"]);
    frida.until_reads("Case 41", "two");

    // The bank's server is not let through to the office's any more; the other way is open.
    office.server.line.refuse(&of_bank, true);
    frida.run(&["send", "Case 41", "three"]);
    dora.until_reads("Case 41", "three");
    boris.impatient(&["send", "Case 41", "four"]);
    dora.run(&["send", "Case 41", "five"]);
    frida.until_reads("Case 41", "five");
    let begin = Instant::now();
    assert!(!boris.texts("Case 41").contains(&"five".to_owned()));
    let look = begin.elapsed();

    let begin = Instant::now();
    office.server.line.refuse(&of_bank, false);
    for text in ["four", "five"] {
        for person in [boris, dora, frida] {
            person.until_reads("Case 41", text);
        }
    }
    let took = begin.elapsed();
    println!("converged_after_ms: {}", took.as_millis());
    assert!(
        took <= CONVERGED + SLACK * look,
        "{took:?}, a look {look:?}"
    );
    let seen = dora.texts("Case 41");
    assert_eq!(seen.len(), 5, "{seen:?}");
    for person in [boris, frida] {
        assert_eq!(person.texts("Case 41"), seen);
    }
}

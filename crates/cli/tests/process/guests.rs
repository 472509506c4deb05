//! Somebody of no organisation answers from a terminal, by a link and a code; the server is killed while he is on his way in.

use crate::stage::{Folder, LOOKS, Person, Server, VALISE};
use serde_json::Value;
use std::process::Command;

fn listed(person: &Person, state: &str) -> Option<Value> {
    let mut rows = person.run(&["requests", "--filter", "open"]).into_iter();
    rows.find(|row| row["state"] == state)
}

fn until_listed(person: &Person, other: &Person, state: &str) -> Value {
    // Somebody of those who ask has to be there to let him in: a terminal is there while it runs.
    let mut looks = (0..LOOKS).filter_map(|_| {
        other.run(&["requests"]);
        listed(person, state)
    });
    looks.next().expect("the request stands as expected")
}

#[test]
fn a_guest_comes_reads_answers_and_keeps_what_proves_it() {
    let folder = Folder::new("guests");
    let mut server = Server::running(&folder);
    let boris = Person::new(&folder, "boris");
    boris.found(&server, "Boris", "Northern Office");
    let taras = Person::new(&folder, "taras");

    let ask = ["request", "ask", "--guest", "Taras Kovalenko", "--subject"];
    let said = ["the accident", "--text", "What did you see?"];
    let asked = boris.run(&[&ask[..], &said].concat());
    let number = asked[0]["number"].as_str().unwrap();
    let guest = boris.run(&["request", "guest", number]);
    let (link, code) = (
        guest[0]["link"].as_str().unwrap(),
        guest[0]["code"].as_str().unwrap(),
    );
    assert_eq!(guest[0]["stands"], "awaited");

    let seen = taras.run(&["guest", link]);
    assert_eq!(seen[0]["asks"], "Boris");
    let wrong = taras.output(&["guest", link, "--code", "AAAA-AAAA-AAAA"]);
    assert_eq!(wrong.status.code(), Some(1));
    server.kill();
    let away = taras.impatient(&["guest", link, "--code", code]);
    assert_ne!(away.status.code(), Some(0));
    server.start();
    let came = taras.run(&["guest", link, "--code", code]);
    let digits = came[0]["digits"].as_str().unwrap();
    until_listed(&taras, &boris, "submitted");
    let shown = taras.run(&["request", "show", number]);
    assert_eq!(shown[0]["request"]["text"], "What did you see?");
    let guest = boris.run(&["request", "guest", number]);
    assert_eq!(guest[0]["stands"], "in");
    assert_eq!(guest[0]["digits"], digits);

    taras.run(&["request", "answer", number, "--text", "A red lorry."]);
    until_listed(&boris, &taras, "answered");
    let bundle = folder.join("receipt.evb");
    taras.run(&["request", "export", number, bundle.to_str().unwrap()]);
    let fingerprint = seen[0]["fingerprint"].as_str().unwrap();
    let verdict = Command::new(VALISE)
        .args([
            "verify",
            bundle.to_str().unwrap(),
            "--fingerprint",
            fingerprint,
        ])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&verdict.stdout);
    assert_eq!(verdict.status.code(), Some(0), "{said}");

    boris.run(&["request", "guest", number, "--end"]);
    let late = taras.impatient(&["request", "question", number, "--text", "And now?"]);
    assert_ne!(late.status.code(), Some(0), "he is out");
}

//! Working days, another wording and handing on, from terminals.

use crate::partners::pair;
use crate::stage::Folder;
use std::fs;

#[test]
fn a_calendar_counts_and_a_request_is_changed_and_given_on() {
    let (office, bank) = pair();
    let (boris, dora) = (&office.member, &bank.member);
    let folder = Folder::new("deadlines");
    let days = folder.join("days.ics");
    let event = |day: &str| {
        format!("BEGIN:VEVENT\r\nSUMMARY:Off\r\nDTSTART;VALUE=DATE:{day}\r\nEND:VEVENT\r\n")
    };
    let events = [event("20991225"), event("20991226")].concat();
    let file = format!("BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n");
    fs::write(&days, file).unwrap();
    let set = ["calendar", "--name", "Office year", "--until", "2099-12-31"];
    let more = ["--holidays", days.to_str().unwrap(), "--remind", "1,3"];
    let refused = boris.output(&[&set[..], &more].concat());
    assert_eq!(refused.status.code(), Some(77), "he is no registrar");
    office.registrar.run(&[&set[..], &more].concat());
    let shown = boris.run(&["calendar"]);
    assert_eq!(shown[0]["name"], "Office year");
    assert_eq!(shown[0]["holidays"][1], "2099-12-26");
    assert_eq!(shown[0]["remind"][1], 3);

    let said = ["--subject", "the account", "--text", "One account."];
    let ask = ["request", "ask", "dora@bank.example", "--days", "5"];
    let asked = boris.run(&[&ask[..], &said].concat());
    let number = asked[0]["number"].as_str().unwrap();
    dora.until_listed(&[], |row| row["number"] == number);
    dora.run(&["request", "show", number]);
    let early = boris.output(&["request", "remind", number]);
    assert_eq!(early.status.code(), Some(77), "there is time");

    let amend = ["request", "amend", number, "--text", "All accounts."];
    boris.run(&[&amend[..], &["--days", "9"]].concat());
    dora.until_listed(&[], |row| row["due"] != asked[0]["due"]);
    let changed = dora.run(&["request", "show", number]);
    assert_eq!(changed[0]["request"]["text"], "All accounts.");
    let acts = changed[0]["acts"].as_array().unwrap();
    let amended = acts.iter().find(|act| act["act"] == "amended").unwrap();
    assert_eq!(amended["revision"], 2);

    let note = ["--note", "You know him."];
    let give = ["request", "forward", number, "clara"];
    dora.run(&[&give[..], &note].concat());
    bank.registrar.until_listed(&[], |row| row["mine"] == true);
    let seen = boris.run(&["request", "show", number]);
    assert!(!seen[0].to_string().contains("You know him."));
}

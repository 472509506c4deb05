//! A request between two organisations with a server each, from terminals: asked, answered with a file, confirmed, exported, and
//! verified by whoever has the file and two fingerprints.

use crate::others::{containers_agree, openssl_agrees};
use crate::partners::{Side, pair};
use crate::read::text;
use crate::stage::{Folder, LOOKS, Person, VALISE, objects};
use serde_json::{Value, json};
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Bits of the bundle that are flipped, one after the other.
const FLIPS: usize = 16;

/// What a reader of a bundle knows: organisations by their fingerprints, and authorities by their certificates.
#[derive(Default)]
struct Known {
    fingerprints: Vec<String>,
    authorities: Vec<PathBuf>,
}

fn verify(bundle: &Path, known: &Known) -> Output {
    let mut command = Command::new(VALISE);
    command
        .env("LANG", "C")
        .args(["--json", "verify"])
        .arg(bundle);
    for fingerprint in &known.fingerprints {
        command.args(["--fingerprint", fingerprint]);
    }
    for authority in &known.authorities {
        command.arg("--authority").arg(authority);
    }
    command.output().unwrap()
}

fn fingerprint(person: &Person) -> String {
    let partners = person.run(&["partners"]);
    partners[0]["own_fingerprint"].as_str().unwrap().to_owned()
}

#[test]
fn a_request_is_asked_answered_confirmed_and_proven() {
    let (office, bank) = pair();
    let (boris, dora) = (&office.member, &bank.member);
    let folder = Folder::new("requests");
    let scan = folder.join("statement.pdf");
    fs::write(&scan, vec![7; 300_000]).unwrap();
    let subject = "the account of Mr. Petrov";

    let text = "Please tell us all of it.";
    let ask = ["request", "ask", "dora@bank.example", "--days", "5"];
    let said = ["--subject", subject, "--text", text, "--basis", "Art. 93"];
    let asked = boris.run(&[&ask[..], &said].concat());
    let number = asked[0]["number"].as_str().unwrap();
    let theirs = dora.until_listed(&["--filter", "for-us", "petrov"], |row| {
        row["number"] == number
    });
    assert_eq!(theirs["incoming"], true);
    assert_eq!(theirs["outside"]["organisation"], "Northern Office");

    let shown = dora.run(&["request", "show", number]);
    assert_eq!(shown[0]["request"]["text"], text);
    assert_eq!(shown[0]["legal_basis"], "Art. 93");
    assert_eq!(shown[0]["working_days"], 5);
    let registered = dora.run(&["request", "register", number, "BANK 7"]);
    assert_eq!(registered[0]["state"], "registered");
    // Nothing is there yet that could be confirmed, and the answer is the addressee's to give.
    let early = boris.output(&["request", "confirm", number]);
    assert_eq!(early.status.code(), Some(1));
    let wrong = boris.output(&["request", "answer", number, "--text", "x"]);
    assert_eq!(wrong.status.code(), Some(77));

    // From here on by the number that the addressee gave.
    let answer = ["request", "answer", "bank 7", "--text", "Here it is."];
    let file = ["--file", scan.to_str().unwrap()];
    let answered = dora.run(&[&answer[..], &file].concat());
    assert_eq!(answered[0]["state"], "answered");
    boris.until_listed(&["--filter", "for-us", subject], |row| {
        row["state"] == "answered"
    });
    let read = boris.run(&["request", "show", "BANK 7"]);
    let acts = read[0]["acts"].as_array().unwrap();
    let kinds: Vec<&Value> = acts.iter().map(|act| &act["act"]).collect();
    assert_eq!(kinds, ["received", "registered", "answered"]);
    assert_eq!(acts[2]["letter"]["files"][0]["name"], "statement.pdf");
    boris.run(&["request", "confirm", "BANK 7"]);
    dora.until_listed(&["--filter", "ended", subject], |row| {
        row["state"] == "confirmed"
    });

    // Whoever answered has it that the act was fetched once the other side asks again.
    let known = Known {
        fingerprints: [&office.registrar, &bank.registrar]
            .map(fingerprint)
            .to_vec(),
        authorities: vec![
            authority(&office, &folder, "office.der"),
            authority(&bank, &folder, "bank.der"),
        ],
    };
    for (person, name) in [(boris, "asked.evb"), (dora, "answered.evb")] {
        let bundle = folder.join(name);
        let saved = person.run(&["request", "export", number, bundle.to_str().unwrap()]);
        assert_eq!(saved[0]["stamped"], true);
        proves(&bundle, &known);
        openssl_agrees(&bundle, &folder, &known.authorities);
        containers_agree(&bundle, &folder);
    }
    leaves_out(boris, number, &folder, &known);
}

/// Exports without the file: it is not there, and whoever verifies hears that it was left out.
fn leaves_out(person: &Person, number: &str, folder: &Folder, known: &Known) {
    let bundle = folder.join("without.evb");
    let export = ["request", "export", number, bundle.to_str().unwrap()];
    let none = person.output(&[&export[..], &["--without", "nothing.pdf"]].concat());
    let why = String::from_utf8_lossy(&none.stderr).into_owned();
    assert!(
        !none.status.success() && why.contains("nothing.pdf"),
        "{why}"
    );
    assert!(!bundle.exists());
    let saved = person.run(&[&export[..], &["--without", "statement.pdf"]].concat());
    assert_eq!(saved[0]["lacking"]["left_out"], 1);
    let bytes = fs::read(&bundle).unwrap();
    assert!(!bytes.windows(1_000).any(|part| part == [7; 1_000]));
    let whole = verify(&bundle, known);
    let rows = objects(&whole);
    assert_eq!(whole.status.code(), Some(0), "{rows:#?}");
    let mut remarks = rows.iter().map(|row| &row["remarks"]);
    assert!(remarks.any(|all| *all == json!(["Withheld"])), "{rows:#?}");
    let mut lacking = rows.iter().map(|row| &row["lacking"]["left_out"]);
    assert!(lacking.any(|count| *count == 1), "{rows:#?}");
}

#[test]
fn an_answer_is_sealed_by_who_may() {
    let (office, bank) = pair();
    let (boris, dora) = (&office.member, &bank.member);
    let ask = ["request", "ask", "dora@bank.example", "--days", "5"];
    let said = ["--subject", "the letter", "--text", "Which letter?"];
    let asked = boris.run(&[&ask[..], &said].concat());
    let number = asked[0]["number"].as_str().unwrap();
    dora.until_listed(&["--filter", "for-us", "letter"], |row| {
        row["number"] == number
    });
    dora.run(&["request", "answer", number, "--text", "This one."]);
    boris.until_listed(&["--filter", "for-us", "letter"], |row| {
        row["state"] == "answered"
    });
    let seal = |person: &Person| {
        let read = person.run(&["request", "show", number]);
        let acts = read[0]["acts"].as_array().unwrap();
        acts.last().unwrap()["seal"].clone()
    };
    assert_eq!(seal(boris), Value::Null, "nobody of the bank may seal");
    let nothing = dora.output(&["request", "seal", number]);
    assert_ne!(nothing.status.code(), Some(0));
    bank.registrar
        .run(&["request", "rules", "--keeper", "dora"]);
    // Her device says by itself what it seals with.
    let may = (0..LOOKS).map(|_| seal(dora));
    let mut may = may.filter(|seal| seal["may"] == true);
    assert!(may.next().is_some(), "she may now");
    dora.run(&["request", "seal", number]);
    let mut sealed = (0..LOOKS).map(|_| seal(boris));
    let sealed = sealed.find(|seal| seal["by"] == "dora");
    assert_eq!(sealed.expect("a seal")["organisation"], "Harbour Bank");
}

#[test]
fn a_table_names_whom_to_ask_and_the_register_becomes_one() {
    let (office, bank) = pair();
    let (boris, dora) = (&office.member, &bank.member);
    let folder = Folder::new("tables");
    let table = folder.join("all.csv");
    let ask = |more: &[&str]| {
        let begin = ["request", "ask", "--all", table.to_str().unwrap()];
        let said = ["--subject", "=all of them", "--text", "Please."];
        boris.output(&[&begin[..], &said, more].concat())
    };
    fs::write(&table, "clara@bank.example\nnobody@bank.example\n").unwrap();
    let wrong = ask(&[]);
    let why = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert!(
        !wrong.status.success() && why.contains("line 2: nobody@bank.example"),
        "{why}"
    );
    assert!(boris.run(&["requests"]).is_empty(), "nothing went out");

    fs::write(
        &table,
        "\u{feff}clara@bank.example;Harbour Bank\nDORA@bank.example\n",
    )
    .unwrap();
    let asked = ask(&["--field", "Passport=40 01"]);
    assert!(asked.status.success(), "{asked:?}");
    assert_eq!(objects(&asked).len(), 2);
    let listed = boris.until_listed(&["--filter", "open", "all of them"], |row| {
        row["office"].is_null()
    });
    assert_eq!(listed["together"]["count"], 2);
    let came = dora.until_listed(&["--filter", "for-us", "all of them"], |row| {
        row["incoming"] == true
    });
    assert!(
        came["together"].is_null(),
        "who is asked sees nothing of it"
    );
    let shown = dora.run(&["request", "show", came["number"].as_str().unwrap()]);
    assert_eq!(shown[0]["fields"][0]["name"], "Passport");

    let register = folder.join("register.csv");
    boris.run(&["requests", "--csv", register.to_str().unwrap()]);
    let text = fs::read_to_string(register).unwrap();
    assert!(
        text.starts_with('\u{feff}'),
        "office software reads it as what it is"
    );
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(
        lines[1..]
            .iter()
            .all(|line| line.contains(",'=all of them,")),
        "{text}"
    );
    assert!(boris.run(&["request", "templates"]).is_empty());
}

/// Fetches the certificate of a server's authority into a file.
fn authority(side: &Side, folder: &Folder, name: &str) -> PathBuf {
    let path = folder.join(name);
    let mut stream = TcpStream::connect(side.server.line.address()).unwrap();
    let ask = b"GET /v1/timestamp HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    stream.write_all(ask).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer
        .windows(4)
        .position(|part| part == b"\r\n\r\n")
        .unwrap();
    fs::write(&path, &answer[end + 4..]).unwrap();
    path
}

/// All that people signed is proven, and so are texts and files, and when it was; what servers say is asserted. No bit can be another one.
fn proves(bundle: &Path, known: &Known) {
    let whole = verify(bundle, known);
    let rows = objects(&whole);
    assert_eq!(whole.status.code(), Some(0), "{rows:#?}");
    let is_for_reading = |row: &&Value| row["remarks"][0] == "ForReading";
    assert_eq!(rows.iter().filter(is_for_reading).count(), 2);
    let of = |kind: &str| {
        let is_of = |row: &&Value| {
            row["subject"]
                .as_str()
                .is_some_and(|it| it.starts_with(kind))
        };
        rows.iter().filter(is_of).collect::<Vec<_>>()
    };
    let people = ["Request", "Response", "Act"].map(of).concat();
    assert_eq!(people.len(), 6);
    for thing in people {
        assert_eq!(
            (&thing["what"], &thing["when"]),
            (&json!("Proven"), &json!("Proven"))
        );
        assert!(thing["clock"]["authority"].is_string(), "{thing:#}");
    }
    let whole = of("Whole");
    assert_eq!(whole.len(), 1, "it was stamped when it was closed");
    assert_eq!(
        (&whole[0]["what"], &whole[0]["when"]),
        (&json!("Proven"), &json!("Proven"))
    );
    assert!(whole[0]["clock"]["authority"].is_string());
    let receipts = of("Receipt");
    assert!(receipts.len() >= 12, "of each thing one by either server");
    for receipt in receipts {
        assert_eq!(
            (&receipt["what"], &receipt["when"]),
            (&json!("Asserted"), &json!("Proven"))
        );
    }
    // The server's word without the authority's.
    let fingerprints = known.fingerprints.clone();
    let rows = objects(&verify(
        bundle,
        &Known {
            fingerprints,
            ..Known::default()
        },
    ));
    let request = rows
        .iter()
        .find(|row| row["path"] == "requests/0000.cose")
        .unwrap();
    assert_eq!(
        (&request["what"], &request["when"]),
        (&json!("Proven"), &json!("Asserted"))
    );
    let course = rows.iter().find(|row| row["acts"] == 4).expect("a course");
    assert_eq!(course["state"], "Confirmed");
    assert_eq!(
        verify(bundle, &Known::default()).status.code(),
        Some(4),
        "of nobody known"
    );

    let bytes = fs::read(bundle).unwrap();
    reports(&bytes, &known.fingerprints);
    let changed = bundle.with_extension("changed");
    for flip in 0..FLIPS {
        let mut bytes = bytes.clone();
        let at = (bytes.len() - 1) * flip / (FLIPS - 1);
        bytes[at] ^= 1 << (flip % 8);
        fs::write(&changed, bytes).unwrap();
        let verdict = verify(&changed, known);
        assert_eq!(verdict.status.code(), Some(1), "a bit at {at}");
    }
}

/// The report says who asked whom for what, what was done, and what to compare.
fn reports(bundle: &[u8], fingerprints: &[String]) {
    let find = |part: &[u8]| bundle.windows(part.len()).position(|found| found == part);
    let from = find(b"%PDF-").expect("a report");
    let to = find(b"%%EOF").expect("its end") + 5;
    let said = text(&bundle[from..to]);
    let parts = [
        "Report of evidence",
        "Asked by",
        "answer accepted",
        "as of act 4",
    ];
    let fingerprints = fingerprints.iter().map(String::as_str);
    for part in parts.into_iter().chain(fingerprints) {
        assert!(said.contains(part), "{part}: {said}");
    }
}

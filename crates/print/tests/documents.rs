//! What is asked for as plain data is what is printed.

mod read;

use read::text;
use valise_print::{Error, Language, Verdict, document};
use valise_views::print::{CodeSheet, Document, Item, Letter, Report};

fn letter() -> Letter {
    Letter {
        language: Language::English,
        organisation: "Harbour Bank".into(),
        office: Some("Registry".into()),
        sender: "Harbour Bank, Quay 1, 20457 Hamburg".into(),
        addressee: vec!["Ms Anna Berg".into(), "Long Lane 7".into()],
        number: "HB-2026/00007".into(),
        date: "29 November 2026".into(),
        due: Some("15 December 2026".into()),
        subject: "Account statements".into(),
        text: "Please send us the statements.\n\nThank you.".into(),
        link: "https://harbour.example/g#0123456789abcdef".into(),
        fingerprint: vec!["12345".into(), "67890".into()],
    }
}

#[test]
fn a_letter_says_all_that_was_asked_for() {
    let printed = document(&Document::Letter(letter())).unwrap();
    let said = text(&printed.pdf);
    for part in [
        "Harbour Bank",
        "Registry",
        "Quay 1",
        "Ms Anna Berg",
        "Long Lane 7",
        "HB-2026/00007",
        "29 November 2026",
        "15 December 2026",
        "Account statements",
        "Please send us the statements.",
        "https://harbour.example/g#0123456789abcdef",
        "12345 67890",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn a_code_stands_on_a_sheet_without_the_link() {
    let printed = document(&Document::CodeSheet(CodeSheet {
        language: Language::Russian,
        organisation: "Harbour Bank".into(),
        office: None,
        sender: "Harbour Bank".into(),
        addressee: vec!["Ms Anna Berg".into()],
        number: "HB-2026/00007".into(),
        code: "4821 9037".into(),
    }));
    let said = text(&printed.unwrap().pdf);
    assert!(said.contains("4821 9037") && said.contains("HB-2026/00007"));
    assert!(!said.contains("https://"));
}

#[test]
fn a_report_has_its_facts_and_items() {
    let printed = document(&Document::Report(Report {
        language: Language::German,
        title: "HB-2026/00007".into(),
        facts: vec![("Fragt".into(), "Harbour Bank".into())],
        items: vec![Item {
            time: "2026-11-29 10:15:03 UTC".into(),
            who: "Anna Petrova".into(),
            what: "beantwortet".into(),
            digest: None,
            verdict: Verdict::Proven,
        }],
    }));
    let said = text(&printed.unwrap().pdf);
    for part in ["Harbour Bank", "Anna Petrova", "beantwortet", "bewiesen"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn what_does_not_fit_a_window_is_refused() {
    let mut long = letter();
    long.addressee = vec!["line".into(); 7];
    assert_eq!(document(&Document::Letter(long)), Err(Error::Address));
}

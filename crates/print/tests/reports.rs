//! Reports: every item is there once, in order, with one verdict, over as many pages as it needs.

mod read;

use read::{joined, pages, text};
use valise_print::{Error, Item, Language, Report, Verdict, report};

const DIGEST: &str = "5bb27fb86c807b2ff46917449e038a93779fe33ceae2ffc4c843c00c718e4183";

fn items(count: usize) -> Vec<(String, Verdict)> {
    let verdicts = [
        Verdict::Proven,
        Verdict::Proven,
        Verdict::Asserted,
        Verdict::NotProven,
    ];
    (1..=count)
        .map(|number| {
            (
                format!("Act {number} of this request was signed"),
                verdicts[number % 4],
            )
        })
        .collect()
}

fn printed(language: Language, items: &[(String, Verdict)]) -> Vec<u8> {
    let items: Vec<Item<'_>> = items
        .iter()
        .map(|(what, verdict)| Item {
            time: "29 Nov 2026, 10:15:03",
            who: "Anna Petrova, Registry, Northern Prosecutor’s Office",
            what,
            digest: Some(DIGEST),
            verdict: *verdict,
        })
        .collect();
    let printed = report(&Report {
        language,
        title: "Request NP-2026/00417",
        facts: &[
            ("Asked by", "Northern Prosecutor’s Office, Registry"),
            ("Asked of", "Harbour Bank, Enquiries"),
            ("Bundle", DIGEST),
        ],
        items: &items,
    });
    let printed = printed.unwrap();
    assert_eq!(printed.missing, []);
    read::keep(
        &format!("report-{}-{}.pdf", language.tag(), items.len()),
        &printed.pdf,
    );
    printed.pdf
}

#[test]
fn every_item_is_there_once_and_in_order() {
    for language in Language::ALL {
        let items = items(200);
        let pdf = printed(language, &items);
        assert!(pages(&pdf).len() > 10);
        // Column by column: the texts of one column follow one another.
        let mut column = String::new();
        for page in pages(&pdf) {
            for line in page
                .lines
                .iter()
                .filter(|line| (85.0..87.0).contains(&line.x_mm))
            {
                column.push_str(&line.text);
                column.push(' ');
            }
        }
        let column = joined(&column);
        let mut rest = column.as_str();
        for (what, _) in &items {
            let at = rest.find(what.as_str());
            let at = at.unwrap_or_else(|| panic!("{language:?}: {what} is lost or out of order"));
            rest = &rest[at + what.len()..];
        }
        assert!(!rest.contains("was signed"), "an item twice");
        assert_eq!(column.replace(' ', "").matches(DIGEST).count(), items.len());
    }
}

#[test]
fn a_verdict_stands_in_its_column_and_in_no_other() {
    let items = items(40);
    let pdf = printed(Language::English, &items);
    let in_column = |word: &str, from: f64| {
        let is_it = |line: &&read::Line| {
            line.text == word && (line.x_mm - from).abs() < 0.5 && line.size > 7.0
        };
        let lines = pages(&pdf);
        let all = lines.iter().flat_map(|page| &page.lines);
        all.filter(is_it).filter(|line| line.is_coloured).count()
    };
    let count = |verdict| items.iter().filter(|(_, found)| *found == verdict).count();
    assert_eq!(in_column("proven", 132.5), count(Verdict::Proven));
    assert_eq!(in_column("asserted", 151.0), count(Verdict::Asserted));
    assert_eq!(in_column("not proven", 170.0), count(Verdict::NotProven));
    for (word, wrong) in [("proven", 151.0), ("proven", 170.0), ("asserted", 132.5)] {
        assert_eq!(in_column(word, wrong), 0);
    }
}

#[test]
fn every_page_says_what_the_columns_are_and_which_page_it_is() {
    let pdf = printed(Language::Russian, &items(60));
    let pages = pages(&pdf);
    for (at, page) in pages.iter().enumerate() {
        let text: String = page
            .lines
            .iter()
            .map(|line| format!("{} ", line.text))
            .collect();
        let number = format!("Страница {} из {}", at + 1, pages.len());
        assert!(text.contains(&number), "{text}");
        let has_rows = text.contains("was signed");
        assert!(
            !has_rows || text.contains("Когда") || text.contains("Время"),
            "{text}"
        );
    }
}

#[test]
fn an_item_longer_than_a_page_goes_on_and_an_empty_report_is_one() {
    let long: String = (1..=400).map(|number| format!("word{number} ")).collect();
    let pdf = printed(Language::English, &[(long.clone(), Verdict::Proven)]);
    let said = text(&pdf);
    assert!((1..=400).all(|number| said.contains(&format!("word{number} "))));
    assert_eq!(pages(&printed(Language::English, &[])).len(), 1);
}

#[test]
fn what_nobody_prints_is_refused() {
    let items: Vec<Item<'_>> = (0..20_000)
        .map(|_| Item {
            time: "",
            who: "",
            what: "the same",
            digest: None,
            verdict: Verdict::Proven,
        })
        .collect();
    let refused = report(&Report {
        language: Language::English,
        title: "Too much",
        facts: &[],
        items: &items,
    });
    assert_eq!(refused, Err(Error::TooLong));
}

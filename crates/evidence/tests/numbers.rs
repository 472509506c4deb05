//! Ways to write numbers, as they stand in `spec/vectors/numbers-*.txt` for other implementations.
//!
//! `VALISE_BLESS=1 cargo test -p valise-evidence --test numbers` writes them anew.

#[path = "../../wire/tests/published/mod.rs"]
mod published;

use published::compare;
use std::fmt::Write as _;
use valise_evidence::number::Scheme;

/// What stands for the office in all of them.
const OFFICE: &str = "NB";
const YEAR: i32 = 2026;
/// Counts that are written.
const COUNTS: [u64; 5] = [1, 42, 99_999, 1_234_567, u64::MAX];

/// A scheme, and what is no number of it.
const GOOD: [(&str, &[&str]); 11] = [
    (
        "{year}/{office}-{n:5}",
        &[
            "2026/NB-",
            "2026/NB-42",
            "2026/NB-0000042",
            "2026/NB-0000x",
            "2026/XY-00042",
            "2026/nb-00042",
            "26/NB-00042",
            "+026/NB-00042",
            "2026/NB-18446744073709551616",
            " 2026/NB-00042",
        ],
    ),
    ("{n}", &["", "01", "+1", "-1", "1.0"]),
    ("{n:1}", &["01"]),
    ("{n:9}", &["42"]),
    ("{n}/{year}", &["42/26", "042/2026"]),
    ("{office} {n:3}.{year}", &["NB 42.2026", "NB  042.2026"]),
    ("{year}{n}", &["2026", "202601"]),
    ("{n:2}{year}", &["12026"]),
    ("{year}-{n}-{year}", &["2026-7-2025"]),
    ("Исх-{n:3}", &["исх-042", "Исх-42"]),
    ("a/b.c_d-e {n}", &["a/b.c_d-e  1"]),
];

/// What is no scheme.
const BAD: [(&str, &str); 20] = [
    ("No count.", "{year}"),
    ("Nothing.", "-"),
    ("Two counts.", "{n}{n}"),
    ("Two counts of other widths.", "{n:2}-{n:3}"),
    ("A width of nothing.", "{n:0}"),
    ("A width of two digits.", "{n:10}"),
    ("A width that begins with a zero.", "{n:05}"),
    ("A width with a sign.", "{n:+5}"),
    ("No width.", "{n:}"),
    ("A width that is no number.", "{n:x}"),
    ("A blank in the braces.", "{ n }"),
    ("Capitals in the braces.", "{N}"),
    ("Something else in braces.", "{month}-{n}"),
    ("Braces in braces.", "{{n}}"),
    ("A brace that nothing closes.", "{n"),
    ("A brace that nothing opens.", "n}-{n}"),
    ("A character that no number has.", "#{n}"),
    ("A colon.", "a:{n}"),
    ("Another character that no number has.", "№{n}"),
    (
        "61 characters.",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx{n}",
    ),
];

#[test]
fn numbers_are_what_they_were() {
    let mut out = String::from(
        "# Ways to write numbers (requests.md §5), and the numbers of the office NB by each in 2026: `write COUNT: NUMBER`. Each is read back as that count; `not` is none of the scheme above it.\n",
    );
    for (text, others) in GOOD {
        let scheme = Scheme::parse(text).unwrap();
        writeln!(out, "scheme: {text}").unwrap();
        let year = scheme.counts_by_year().then_some(YEAR);
        for count in COUNTS {
            let number = scheme.write(YEAR, OFFICE, count);
            assert_eq!(scheme.read(OFFICE, &number), Some((year, count)), "{text}");
            writeln!(out, "write {count}: {number}").unwrap();
        }
        for other in others {
            assert_eq!(scheme.read(OFFICE, other), None, "{text}: {other}");
            writeln!(out, "not: {other}").unwrap();
        }
    }
    compare("numbers-good.txt", &out);
}

#[test]
fn what_is_no_scheme_is_what_it_was() {
    let mut out = String::from(
        "# What is no way to write numbers (requests.md §5). Before the colon: why it is refused.\n",
    );
    for (why, text) in BAD {
        let error = Scheme::parse(text).expect_err(why);
        writeln!(out, "# {why}\n{error:?}: {text}").unwrap();
    }
    compare("numbers-bad.txt", &out);
}

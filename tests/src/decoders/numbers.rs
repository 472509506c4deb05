//! How an office writes numbers, as a registrar of it said, and the numbers that people typed.

use super::vectors::values;
use valise_evidence::number::Scheme;

/// What other implementations are given as well.
const GOOD: &str = include_str!("../../../spec/vectors/numbers-good.txt");
const BAD: &str = include_str!("../../../spec/vectors/numbers-bad.txt");

/// A scheme, and behind a line feed an office and a number.
pub(super) fn numbers(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let mut lines = text.splitn(3, '\n');
    let mut line = || lines.next().unwrap_or_default();
    let (scheme, office, number) = (line(), line(), line());
    let Ok(scheme) = Scheme::parse(scheme) else {
        return;
    };
    for count in [0, 1, 9_999, u64::MAX] {
        let written = scheme.write(2026, office, count);
        let (year, read) = scheme
            .read(office, &written)
            .expect("what is written is read");
        assert_eq!((year.unwrap_or(2026), read), (2026, count), "{written}");
        assert!(written.starts_with(&scheme.before(2026, office)));
    }
    if let Some((year, count)) = scheme.read(office, number) {
        let again = scheme.write(year.unwrap_or_default(), office, count);
        assert_eq!(again, number, "a second way to write a number was read");
        let next = scheme.after(office, number);
        let next = next.and_then(|next| scheme.read(office, &next));
        assert_eq!(next, count.checked_add(1).map(|count| (year, count)));
    }
}

pub(super) fn honest() -> Vec<(&'static str, Vec<u8>)> {
    let mut scheme = "";
    let mut inputs = Vec::new();
    for (name, value) in values(GOOD) {
        match name {
            "scheme" => scheme = value,
            _ => inputs.push(format!("{scheme}\nNB\n{value}")),
        }
    }
    inputs.extend(values(BAD).map(|(_, value)| format!("{value}\nNB\n1")));
    let input = |text: String| ("numbers", text.into_bytes());
    inputs.into_iter().map(input).collect()
}

//! Days off as other calendar programs hand them over.

use valise_import::days::read;

/// Bytes that are said to be days.
pub(super) fn days(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Some(found) = read(text) {
        assert!(found.days.is_sorted_by(|left, right| left < right));
        assert!(found.days.len() <= 4_000);
    }
}

/// Honest inputs.
pub(super) fn honest() -> Vec<(&'static str, Vec<u8>)> {
    let texts = [
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:May Day\r\nDTSTART;VALUE=DATE:20260501\r\nDTEND;VALUE=DATE:20260502\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        "2027-01-01\tНовый год\n31.12.2027\n",
        "2027-01-01 New Year\n7.1.2027; 08.03.2027, 2027-05-09\n",
    ];
    let input = |text: &str| ("days", text.as_bytes().to_vec());
    texts.into_iter().map(input).collect()
}

//! Exports as other messengers make them, for tests and benchmarks.

use miniz_oxide::deflate::compress_to_vec;
use std::fmt::Write as _;

/// Packs files into a ZIP archive, as telephones do: deflated, without anything special.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let packed = compress_to_vec(content, 6);
        let mut about = vec![20, 0, 0, 8, 8, 0, 0, 0, 0, 0];
        about.extend(crc32fast::hash(content).to_le_bytes());
        about.extend((packed.len() as u32).to_le_bytes());
        about.extend((content.len() as u32).to_le_bytes());
        about.extend((name.len() as u16).to_le_bytes());
        about.extend([0, 0]);
        list.extend(b"PK\x01\x02\x14\0");
        list.extend(&about);
        list.extend([0; 10]);
        list.extend((bytes.len() as u32).to_le_bytes());
        list.extend(name.as_bytes());
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&about);
        bytes.extend(name.as_bytes());
        bytes.extend(packed);
    }
    let begin = bytes.len() as u32;
    let count = (files.len() as u16).to_le_bytes();
    bytes.extend(&list);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count, count].concat());
    bytes.extend((list.len() as u32).to_le_bytes());
    bytes.extend(begin.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

/// Writes a chat of three people as WhatsApp does, so many lines of it.
pub fn whatsapp(lines: usize) -> String {
    let mut text = String::new();
    for line in 0..lines {
        // A String takes everything.
        let _ = writeln!(
            text,
            "{} - {}: {}",
            moment(line, ", "),
            name(line),
            said(line)
        );
    }
    text
}

/// Writes the same as Telegram Desktop does.
pub fn telegram(messages: usize) -> String {
    let mut text = String::from(
        "{\n \"name\": \"Shift\",\n \"type\": \"private_group\",\n \"id\": 4711,\n \"messages\": [",
    );
    for line in 0..messages {
        let comma = if line == 0 { "" } else { "," };
        let _ = write!(
            text,
            "{comma}\n  {{\n   \"id\": {},\n   \"type\": \"message\",\n   \"date\": \"2024-01-05T09:01:00\",\n   \"date_unixtime\": \"{}\",\n   \"from\": \"{}\",\n   \"from_id\": \"user{}\",\n   \"text\": \"{}\",\n   \"text_entities\": [\n    {{\n     \"type\": \"plain\",\n     \"text\": \"{}\"\n    }}\n   ]\n  }}",
            line + 1,
            1_672_531_200 + line * 37,
            name(line),
            line % NAMES.len(),
            said(line),
            said(line),
        );
    }
    text.push_str("\n ]\n}\n");
    text
}

const NAMES: [&str; 3] = ["Anna Berg", "Иван Петров", "+49 151 1234567"];
const WORDS: [&str; 16] = [
    "report",
    "documents",
    "today",
    "meeting",
    "please",
    "договор",
    "завтра",
    "подпись",
    "the",
    "and",
    "case",
    "number",
    "сегодня",
    "ready",
    "office",
    "спасибо",
];

fn name(line: usize) -> &'static str {
    NAMES[(line * 7 + line / 5) % NAMES.len()]
}

/// Between one and twenty words, and a number, so that no two are the same.
fn said(line: usize) -> String {
    let mut text = format!("{line}");
    for word in 0..1 + line * 31 % 20 {
        text.push(' ');
        text.push_str(WORDS[(line * 13 + word * 7 + line / 16) % WORDS.len()]);
    }
    text
}

/// A minute later each time, from the first of January 2023.
fn moment(line: usize, between: &str) -> String {
    let (minute, day) = (line % 1440, line / 1440);
    let (month, day) = (day / 28 % 12 + 1, day % 28 + 1);
    let year = 23 + line / (1440 * 28 * 12);
    format!(
        "{day:02}/{month:02}/{year:02}{between}{:02}:{:02}",
        minute / 60,
        minute % 60
    )
}

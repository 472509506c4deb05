//! Exports of other messengers: archives, texts and JSON that anybody may have made.

use crate::export;
use valise_import::stream::Stream;
use valise_import::whatsapp::Order;
use valise_import::zip::{Entry, Opening, Refused};
use valise_import::{Event, Reader, Source, export as found, picture};

/// Most that is unpacked of one input.
const MOST_BYTES: usize = 8 << 20;

/// Bytes that are said to be an export, or a file in one.
pub(super) fn exports(bytes: &[u8]) {
    for source in [Source::WhatsApp, Source::Telegram] {
        for order in [None, Some(Order::DayFirst), Some(Order::MonthFirst)] {
            let whole = read(source, order, bytes, bytes.len().max(1));
            let parts = read(source, order, bytes, 7);
            assert!(whole == parts, "where slices end makes a difference");
        }
    }
    let _ = picture::dimensions(bytes);
    let _ = picture::media_type(bytes, "file.jpg");
    if let Ok(entries) = list(bytes) {
        let paths: Vec<&str> = entries.iter().map(|entry| &*entry.name).collect();
        let _ = found::find(&paths, "export.zip");
        for entry in &entries {
            unpack(entry, bytes);
        }
    }
}

/// Honest inputs.
pub(super) fn honest() -> Vec<(&'static str, Vec<u8>)> {
    let text = export::whatsapp(20);
    let iphone = "\u{200e}[05.01.2024, 9:00:03] Иван: \u{200e}<прикреплено: 00000003-PHOTO.jpg>\r\n[05.01.2024, 9:00:04] Иван: \u{200e}image omitted\r\n";
    let american = "12/31/23, 11:59\u{202f}PM - Bob: happy\nnew year\n1/1/24, 12:00\u{202f}AM - Bob: This message was deleted\n";
    let archive = export::zip(&[
        ("_chat.txt", text.as_bytes()),
        ("IMG-20240105-WA0001.jpg", &[0xff; 300]),
    ]);
    vec![
        ("exports", text.into_bytes()),
        ("exports", iphone.as_bytes().to_vec()),
        ("exports", american.as_bytes().to_vec()),
        ("exports", export::telegram(5).into_bytes()),
        ("exports", archive),
    ]
}

fn read(source: Source, order: Option<Order>, bytes: &[u8], slice: usize) -> Vec<Event> {
    let mut reader = Reader::new(source, order);
    let mut events = Vec::new();
    for part in bytes.chunks(slice) {
        reader.push(part);
        events.extend(std::iter::from_fn(|| reader.next_event()));
    }
    reader.finish();
    events.extend(std::iter::from_fn(|| reader.next_event()));
    events
}

fn list(bytes: &[u8]) -> Result<Vec<Entry>, Refused> {
    let mut opening = Opening::new(bytes.len() as u64);
    loop {
        let wanted = opening.wants();
        let slice = bytes.get(wanted.start as usize..wanted.end as usize);
        if let Some(entries) = opening.take(slice.ok_or(Refused::Damaged)?)? {
            return Ok(entries);
        }
    }
}

/// What comes out whole is as long as the list says.
fn unpack(entry: &Entry, bytes: &[u8]) {
    let (mut stream, mut out) = (Stream::packed(entry), Vec::new());
    while let Some(wanted) = stream.wants(4 << 10) {
        let Some(slice) = bytes.get(wanted.start as usize..wanted.end as usize) else {
            return;
        };
        if stream.take(slice, &mut out).is_err() || out.len() > MOST_BYTES {
            return;
        }
    }
    assert_eq!(out.len() as u64, entry.size_bytes);
}

use super::*;
use crate::message::Message;
use crate::time::Moment;

fn read(text: &str) -> Vec<Event> {
    let mut parser = Parser::default();
    for byte in text.as_bytes().chunks(1) {
        parser.push(byte);
    }
    parser.finish();
    std::iter::from_fn(|| parser.next_event()).collect()
}

fn messages(events: &[Event]) -> Vec<&Message> {
    events
        .iter()
        .filter_map(|event| match event {
            Event::Message(message) => Some(&**message),
            _ => None,
        })
        .collect()
}

fn left_out(events: &[Event]) -> Vec<(u64, Why)> {
    events
        .iter()
        .filter_map(|event| match event {
            Event::Skipped(skipped) => Some((skipped.line, skipped.why)),
            _ => None,
        })
        .collect()
}

const ONE: &str = r#"{
 "name": "Отдел \"7\"",
 "type": "private_group",
 "id": 4711,
 "messages": [
  {"id": 1, "type": "service", "date": "2024-01-05T09:00:00", "date_unixtime": "1704445200", "actor": "Anna", "actor_id": "user1", "action": "create_group", "title": "Отдел", "members": ["Anna", null, "Ivan"], "text": ""},
  {"id": 2, "type": "message", "date": "2024-01-05T09:01:00", "date_unixtime": "1704445260", "from": "Anna", "from_id": "user1",
   "text": ["see ", {"type": "link", "text": "https://a.example"}, " and ", {"type": "text_link", "text": "this", "href": "https://b.example"}], "text_entities": [{"type":"plain","text":"{[\"]}"}]},
  {"id": 3, "type": "message", "date": "2024-01-05T09:02:00", "from": null, "from_id": "user9", "reply_to_message_id": 2, "edited": "2024-01-05T09:03:00", "text": "ok"},
  {"id": 4, "type": "message", "date": "2024-01-05T09:04:00", "date_unixtime": "1704445440", "from": "Ivan", "from_id": "user2", "photo": "photos/photo_1@05-01-2024.jpg", "width": 640, "height": 480, "text": "the yard"},
  {"id": 5, "type": "message", "date": "2024-01-05T09:05:00", "date_unixtime": "1704445500", "from": "Ivan", "from_id": "user2", "file": "(File not included. Change data exporting settings to download.)", "file_name": "плaн.pdf", "text": "", "forwarded_from": "Olga"}
 ]
}"#;

#[test]
fn one_chat() {
    let events = read(ONE);
    assert_eq!(events.first(), Some(&Event::Opens));
    let info = ChatInfo {
        title: Some("Отдел \"7\"".into()),
        id: Some(4711),
    };
    assert_eq!(events.last(), Some(&Event::Closes(info)));
    assert_eq!(left_out(&events), []);
    let messages = messages(&events);
    assert_eq!(messages[0].text, "Anna · create group · Отдел · Anna, Ivan");
    assert_eq!(messages[0].writer, None);
    assert_eq!(
        messages[1].text,
        "see https://a.example and this (https://b.example)"
    );
    assert_eq!(messages[1].at, Moment::Utc(1_704_445_260_000));
    let writer = messages[2].writer.as_ref().unwrap();
    assert_eq!((&*writer.name, &*writer.key), ("user9", "user9"));
    assert_eq!((messages[2].reply, messages[2].edited), (Some(2), true));
    assert!(matches!(messages[2].at, Moment::Local(_)));
    let media = messages[3].media.as_ref().unwrap();
    assert_eq!(media.path.as_deref(), Some("photos/photo_1@05-01-2024.jpg"));
    assert_eq!(media.dimensions, Some((640, 480)));
    let media = messages[4].media.as_ref().unwrap();
    assert_eq!(
        (media.path.as_deref(), media.name.as_deref()),
        (None, Some("плaн.pdf"))
    );
    assert_eq!(messages[4].forwarded.as_deref(), Some("Olga"));
}

#[test]
fn all_chats_with_keys_in_any_order() {
    let events = read(
        r#"{"about": "x", "personal_information": {"user_id": 42, "first_name": "Me"},
           "chats": {"about": "y", "list": [
             {"messages": [{"date": "2024-01-05T09:02:00", "text": "one", "from": "A", "type": "message", "id": 1}], "id": 7, "name": "First"},
             {"name": null, "id": 8, "type": "saved_messages", "messages": []},
             {"name": "Third", "messages": [{"id": 1, "type": "message", "date": "2024-01-05T09:02:00", "from": "B", "text": "two"}], "id": 9}]},
           "left_chats": {"list": []}}"#,
    );
    let closes: Vec<(Option<&str>, Option<i64>)> = events
        .iter()
        .filter_map(|event| match event {
            Event::Closes(info) => Some((info.title.as_deref(), info.id)),
            _ => None,
        })
        .collect();
    assert_eq!(
        closes,
        [
            (Some("First"), Some(7)),
            (None, Some(8)),
            (Some("Third"), Some(9))
        ]
    );
    assert_eq!(messages(&events).len(), 2);
}

#[test]
fn what_is_no_message_is_named_by_its_line_and_left_out() {
    let events = read(
        "{\"name\": \"x\", \"messages\": [\n{\"type\": \"message\"},\n17, {\"id\": 1, \"type\": \"message\", \"date\": \"2024-01-05T09:02:00\", \"text\": \"one\"},\n\"text\", null, [1, 2],\n{\"id\": \"seven\", \"type\": \"message\", \"date\": \"2024-01-05T09:02:00\"}]}",
    );
    let bad = Why::BadMessage;
    assert_eq!(
        left_out(&events),
        [(2, bad), (3, bad), (4, bad), (4, bad), (4, bad), (5, bad)]
    );
    assert_eq!(messages(&events).len(), 1);
}

#[test]
fn a_file_that_is_cut_off_or_broken_keeps_what_came_before() {
    for length in 1..ONE.len() {
        if !ONE.is_char_boundary(length) {
            continue;
        }
        let events = read(&ONE[..length]);
        let last = left_out(&events).pop();
        assert_eq!(last.map(|(_, why)| why), Some(Why::CutOff), "{length}");
    }
    let events = read(&ONE.replacen("{\"id\": 3", "}{\"id\": 3", 1));
    assert_eq!(left_out(&events), [(9, Why::Broken)]);
    assert_eq!(messages(&events).len(), 2);
    for wrong in ["<html>", "", "[", "}", "{]", "17"] {
        assert_eq!(left_out(&read(wrong)).len(), 1, "{wrong}");
    }
    let deep = format!("{{\"messages\": {}", "[".repeat(10_000));
    assert_eq!(left_out(&read(&deep)), [(1, Why::Broken)]);
}

#[test]
fn a_message_without_end_takes_no_memory() {
    let mut parser = Parser::default();
    parser.push(b"{\"messages\": [{\"text\": \"");
    for _ in 0..100 {
        parser.push(&[b'x'; 64 << 10]);
    }
    parser.push(
        b"\"}, {\"type\": \"message\", \"date\": \"2024-01-05T09:02:00\", \"text\": \"next\"}]}",
    );
    parser.finish();
    let events: Vec<Event> = std::iter::from_fn(|| parser.next_event()).collect();
    assert_eq!(left_out(&events), [(1, Why::TooLong)]);
    assert_eq!(messages(&events)[0].text, "next");
}

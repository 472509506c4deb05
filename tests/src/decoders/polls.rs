//! What is said of a poll that stands in the room, and another one.

use rusqlite::Connection;
use valise_client::content::{Content, Meaning, Poll};
use valise_wire::MessageId;

/// Contents of a member, as his client writes them.
pub(super) fn contents(disk: &Connection, domain: &str, sender: &str, room: &str) -> Vec<Vec<u8>> {
    let sql = "SELECT mimi FROM message WHERE poll IS NOT NULL";
    let asked = disk.query_row(sql, [], |row| row.get(0));
    let asked = MessageId(asked.expect("a poll stands there"));
    let poll = Poll {
        question: "Where do we meet?".into(),
        options: vec!["Here".into(), "В парке".into()],
        several: true,
    };
    let content = |meaning: &Meaning, in_reply_to| Content {
        salt: [8; 16],
        replaces: None,
        topic: Vec::new(),
        expires: None,
        in_reply_to,
        sender_uri: sender.into(),
        room_uri: room.into(),
        sequence: 1_000,
        origin: None,
        confidential: false,
        part: meaning.to_part(domain),
    };
    let all = [
        content(&Meaning::Poll(poll), None),
        content(&Meaning::Vote(vec![1]), Some(asked)),
        content(&Meaning::PollEnd, Some(asked)),
    ];
    all.iter().map(Content::to_bytes).collect()
}

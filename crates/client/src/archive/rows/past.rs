//! The rows that a device which was linked gets: what was said, and nothing that another device owes.

use super::{Trouble, insert_rows, known_columns, known_count, nothing_is_on_its_way, read_rows};
use crate::Error;
use rusqlite::Connection;
use valise_wire::cbor::{Decoder, Encoder};
use zeroize::Zeroizing;

/// What goes into the past, table by table: settled messages and what belongs to them, chats as they are set, labels, other organisations, templates, what the
/// account's devices are called, and up to where in each room all this tells.
const PAST: [(&str, &str); 21] = [
    ("chat", "chat"),
    (
        "device",
        "(SELECT id, name, NULL AS archive, NULL AS key FROM device)",
    ),
    (
        "file",
        "file WHERE message IN (SELECT id FROM message WHERE position IS NOT NULL AND chat IN (SELECT id FROM chat))",
    ),
    (
        "message",
        "message WHERE position IS NOT NULL AND chat IN (SELECT id FROM chat)",
    ),
    (
        "past",
        "(SELECT id AS room, cursor AS seq FROM room WHERE stage = 1)",
    ),
    ("pin", "pin"),
    ("reaction", "reaction WHERE mimi IS NOT NULL"),
    (
        "seen",
        "seen WHERE message IN (SELECT id FROM message WHERE position IS NOT NULL)",
    ),
    ("unread", "unread"),
    ("version", "version WHERE entry IS NULL"),
    ("writer", "writer"),
    ("vote", "vote WHERE entry = 0"),
    ("label", "label"),
    ("labelled", "labelled"),
    ("told", "told"),
    ("organisation", "organisation"),
    (
        "signed",
        "signed WHERE message IN (SELECT id FROM message WHERE position IS NOT NULL)",
    ),
    (
        "request",
        "request WHERE message IN (SELECT id FROM message WHERE position IS NOT NULL)",
    ),
    ("template", "template"),
    (
        "attestation",
        "attestation WHERE message IN (SELECT id FROM message WHERE position IS NOT NULL)",
    ),
    (
        "seal",
        "seal WHERE message IN (SELECT id FROM message WHERE position IS NOT NULL)",
    ),
];

/// Tables of the first version. Later ones stand behind them, so that what an older version made can be taken.
const FIRST_PAST: usize = 11;

/// The chats that were not brought over from another messenger.
pub(crate) const OWN_CHATS: &str = "(SELECT * FROM chat WHERE id NOT GLOB '[wt]*') AS chat";

/// What can be left out of the past when it is more than an archive can hold.
#[derive(Clone, Copy)]
pub(in crate::archive) struct Extent {
    /// The small pictures of files, which come back with them.
    pub(in crate::archive) thumbnails: bool,
    /// Chats that were brought over, of which there is the export.
    pub(in crate::archive) brought: bool,
}

/// Reads what a device that was linked is to get, as far as it is to go.
pub(in crate::archive) fn read_past(
    store: &Connection,
    extent: Extent,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut to = Encoder::default();
    to.array(PAST.len());
    for (table, rows) in PAST {
        let without = (!extent.thumbnails && table == "file").then_some("thumbnail");
        let rows = match table {
            _ if extent.brought => format!("FROM {rows}"),
            "chat" => format!("FROM {OWN_CHATS}"),
            "writer" => "FROM writer WHERE 0".to_owned(),
            _ => format!(
                "FROM {}",
                rows.replace(
                    "SELECT id FROM chat",
                    &format!("SELECT id FROM {OWN_CHATS}")
                )
            ),
        };
        read_rows(store, table, &rows, without, &mut to)?;
    }
    Ok(Zeroizing::new(to.into_bytes()))
}

/// Brings the past into a store in which nothing was said yet, inside the transaction that is open. A column that an older
/// version lacks has what its schema gives it; one that is unknown here is of a newer version.
pub(in crate::archive) fn bring_in_past(store: &Connection, rows: &[u8]) -> Result<(), Trouble> {
    let mut from = Decoder::new(rows);
    let count = known_count(&mut from, FIRST_PAST, PAST.len())?;
    for (table, _) in PAST.into_iter().take(count) {
        from.array_of(3)?;
        let named = known_columns(store, table, &mut from)?;
        store.execute(&format!("DELETE FROM {table}"), [])?;
        insert_rows(store, table, &named, &mut from)?;
        from.leave();
    }
    from.leave();
    from.finish()?;
    // What its author is taking back on the other device comes as such when it is done.
    nothing_is_on_its_way(store)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Unusable;
    use crate::store::migrate;

    const ALL: Extent = Extent {
        thumbnails: true,
        brought: true,
    };

    fn store() -> Connection {
        let store = Connection::open_in_memory().unwrap();
        migrate::migrate(&store).unwrap();
        store
    }

    /// A store in which one message stands in its log and another one waits to be sent.
    fn talked() -> Connection {
        let store = store();
        store
            .execute_batch(
                "INSERT INTO chat (id, kind, touched_at) VALUES ('c', 1, 0);
                 INSERT INTO message (chat, position, sender, mine, at, kind, body) VALUES ('c', 0, x'01', 1, 0, 0, 'said');
                 INSERT INTO message (chat, sender, mine, at, kind, body) VALUES ('c', x'01', 1, 0, 0, 'waits');
                 INSERT INTO device (id, name, archive, key) VALUES (x'02', 'Phone', x'03', x'04');",
            )
            .unwrap();
        store
    }

    fn texts(store: &Connection) -> Vec<String> {
        let mut query = store.prepare("SELECT body FROM message").unwrap();
        let rows = query.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn the_past_is_what_was_said_and_nothing_that_is_owed() {
        let (rows, other) = (read_past(&talked(), ALL).unwrap(), store());
        bring_in_past(&other, &rows).unwrap();
        assert_eq!(texts(&other), ["said"]);
        let owed = "SELECT name, archive FROM device";
        let owed: (String, Option<Vec<u8>>) = other
            .query_row(owed, [], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap();
        assert_eq!(owed, ("Phone".to_owned(), None));
    }

    #[test]
    fn a_past_that_is_cut_longer_or_of_other_tables_is_refused() {
        let rows = read_past(&talked(), ALL).unwrap();
        let refusal = |rows: &[u8]| match bring_in_past(&store(), rows) {
            Err(Trouble::Archive(unusable)) => Some(unusable),
            other => panic!("taken: {other:?}"),
        };
        for length in 0..rows.len() {
            assert_eq!(
                refusal(&rows[..length]),
                Some(Unusable::Damaged),
                "{length}"
            );
        }
        let longer = [&rows[..], &[0]].concat();
        assert_eq!(refusal(&longer), Some(Unusable::Damaged));
        // Another table in the place of the first, and a column that this version does not have.
        let swapped = |from: &[u8], to: &[u8]| {
            let at = rows.windows(from.len()).position(|part| part == from);
            let mut rows = rows.to_vec();
            rows[at.unwrap()..][..to.len()].copy_from_slice(to);
            rows
        };
        let other = swapped(b"chat", b"room");
        assert_eq!(refusal(&other), Some(Unusable::Damaged));
        let newer = swapped(b"draft", b"graft");
        assert_eq!(refusal(&newer), Some(Unusable::Newer));
    }

    #[test]
    fn a_past_of_before_there_were_polls_is_taken_and_a_later_one_is_not() {
        let store = talked();
        let vote = "INSERT INTO vote (message, account, entry, options, at) VALUES (1, x'01', ?1, x'00', 0)";
        for entry in [0, 7] {
            store.execute(vote, [entry]).unwrap();
        }
        let votes = |store: &Connection| -> i64 {
            let count = "SELECT count(*) FROM vote";
            store.query_row(count, [], |row| row.get(0)).unwrap()
        };
        let rows = read_past(&store, ALL).unwrap();
        let other = self::store();
        bring_in_past(&other, &rows).unwrap();
        assert_eq!(votes(&other), 1, "what is on its way stays behind");
        // The head of the list, without the table at its end.
        let at = rows.windows(4).rposition(|part| part == b"vote").unwrap() - 2;
        let older = [&[0x80 | FIRST_PAST as u8], &rows[1..at]].concat();
        let other = self::store();
        bring_in_past(&other, &older).unwrap();
        assert_eq!((texts(&other).len(), votes(&other)), (1, 0));
        let more = [&[0x80 | (PAST.len() + 1) as u8], &rows[1..]].concat();
        let refused = bring_in_past(&self::store(), &more);
        assert!(matches!(refused, Err(Trouble::Archive(Unusable::Newer))));
    }
}

//! Reads everything and says what is wrong.

use super::manifest::{Entry, Manifest};
use super::{AdminError, DATABASE, HUB_KEY, Progress, Watcher, of};
use crate::blobs;
use rusqlite::{Connection, OpenFlags};
use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;
use valise_mls::chain::{Chain, digest};
use valise_wire::{BlobId, RoomId};

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Rooms that were read.
    pub rooms: u64,
    /// Events that were read.
    pub events: u64,
    /// Statements in the organisation's log.
    pub statements: u64,
    /// Complete attachments.
    pub blobs: u64,
    /// Everything that is wrong, for people. Nothing is, if this is empty.
    pub problems: Vec<String>,
}

impl Report {
    fn problem(&mut self, text: impl Into<String>) {
        self.problems.push(text.into());
    }
}

/// Checks a data folder, also of a running server, or a backup: both databases, every log for gaps, every chain anew, every
/// attachment; of a backup every file's SHA-256.
pub fn check(folder: &Path, watcher: Watcher<'_>) -> Result<Report, AdminError> {
    let mut report = Report::default();
    if Manifest::is_in(folder) {
        check_manifest(folder, &mut report, watcher)?;
    }
    if !folder.join(HUB_KEY).exists() {
        report.problem(format!(
            "{HUB_KEY} is missing: clients will refuse this server"
        ));
    }
    let main = folder.join(DATABASE);
    if let Some(connection) = open(&main, &mut report) {
        let checked = check_main(&connection, &mut report, watcher);
        note_sql(&main, checked, &mut report);
    }
    let ledger = folder.join(blobs::DATABASE);
    if let Some(connection) = open(&ledger, &mut report) {
        let checked = check_blobs(&connection, folder, &mut report, watcher);
        note_sql(&ledger, checked, &mut report);
    }
    watcher(Progress {
        doing: "done",
        done: 1,
        total: 1,
    });
    Ok(report)
}

fn note_sql(path: &Path, result: rusqlite::Result<()>, report: &mut Report) {
    if let Err(error) = result {
        report.problem(format!("{}: {error}", path.display()));
    }
}

fn check_manifest(
    folder: &Path,
    report: &mut Report,
    watcher: Watcher<'_>,
) -> Result<(), AdminError> {
    let manifest = Manifest::read(folder)?;
    for (done, (name, entry)) in manifest.files.iter().enumerate() {
        watcher(Progress {
            doing: "files",
            done: done as u64,
            total: manifest.files.len() as u64,
        });
        match Entry::of(&folder.join(name)) {
            Ok(found) if found == *entry => {}
            Ok(_) => report.problem(format!("{name} is not what was backed up")),
            Err(error) => report.problem(error.to_string()),
        }
    }
    Ok(())
}

/// Opens a database for reading one state of it, and asks SQLite for its own opinion.
fn open(path: &Path, report: &mut Report) -> Option<Connection> {
    let read = || {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.busy_timeout(Duration::from_secs(30))?;
        connection.execute_batch("PRAGMA query_only = ON; BEGIN")?;
        let mut statement = connection.prepare("PRAGMA integrity_check")?;
        let said = statement
            .query_map([], |row| row.get::<_, String>(0))?
            .collect::<Result<Vec<_>, _>>()?;
        drop(statement);
        let orphans = connection.prepare("PRAGMA foreign_key_check")?.exists([])?;
        Ok((connection, said, orphans))
    };
    match of(path, read()) {
        Ok((connection, said, orphans)) => {
            for line in said.iter().filter(|line| *line != "ok") {
                report.problem(format!("{}: {line}", path.display()));
            }
            if orphans {
                report.problem(format!(
                    "{}: a row refers to one that is not there",
                    path.display()
                ));
            }
            Some(connection)
        }
        Err(error) => {
            report.problem(error.to_string());
            None
        }
    }
}

fn check_main(
    connection: &Connection,
    report: &mut Report,
    watcher: Watcher<'_>,
) -> rusqlite::Result<()> {
    let counts = "SELECT count(*), coalesce(max(position), 0) FROM statement";
    let (statements, last): (u64, u64) =
        connection.query_row(counts, [], |row| Ok((count(row, 0)?, count(row, 1)?)))?;
    report.statements = statements;
    if statements != last {
        report.problem("the organisation's log has a gap");
    }
    let sql = "SELECT room.id, room.room, head, room.chain, room_group.seq, room_group.chain \
               FROM room LEFT JOIN room_group ON room_group.room = room.id ORDER BY room.id";
    let mut statement = connection.prepare(sql)?;
    let rooms = statement
        .query_map([], read_room)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    for (done, room) in rooms.iter().enumerate() {
        watcher(Progress {
            doing: "rooms",
            done: done as u64,
            total: rooms.len() as u64,
        });
        check_room(connection, room, report)?;
    }
    let strays = "SELECT count(*) FROM event WHERE room NOT IN (SELECT id FROM room)";
    if connection.query_row(strays, [], |row| count(row, 0))? != 0 {
        report.problem("there are events of a room that is not there");
    }
    Ok(())
}

struct Room {
    id: i64,
    room: RoomId,
    head: u64,
    chain: [u8; 32],
    group: Option<(u64, [u8; 32])>,
}

fn read_room(row: &rusqlite::Row<'_>) -> rusqlite::Result<Room> {
    let group = match row.get::<_, Option<i64>>(4)? {
        Some(_) => Some((count(row, 4)?, row.get(5)?)),
        None => None,
    };
    Ok(Room {
        id: row.get(0)?,
        room: RoomId(row.get(1)?),
        head: count(row, 2)?,
        chain: row.get(3)?,
        group,
    })
}

/// Walks through a room's log as its members do.
fn check_room(connection: &Connection, room: &Room, report: &mut Report) -> rusqlite::Result<()> {
    report.rooms += 1;
    let (mut chain, mut seq) = (Chain::start(room.room), 0);
    let mut group_holds = room.group.is_none_or(|group| group == (0, chain.0));
    let mut statement = connection
        .prepare_cached("SELECT seq, kind, body FROM event WHERE room = ?1 ORDER BY seq")?;
    let mut rows = statement.query([room.id])?;
    while let Some(row) = rows.next()? {
        report.events += 1;
        seq += 1;
        if count(row, 0)? != seq {
            report.problem(format!("room {}: event {seq} is missing", room.room));
            return Ok(());
        }
        let Some(kind) = kind(row.get(1)?) else {
            report.problem(format!(
                "room {}: event {seq} is of an unknown kind",
                room.room
            ));
            return Ok(());
        };
        let body = row.get_ref(2)?.as_blob().unwrap_or_default();
        chain = chain.next(seq, kind, &digest(body));
        group_holds |= room.group.is_some_and(|group| group == (seq, chain.0));
    }
    if seq != room.head {
        report.problem(format!(
            "room {}: the log ends at {seq} and not at {}",
            room.room, room.head
        ));
    } else if chain.0 != room.chain {
        report.problem(format!(
            "room {}: the log was changed, its chain is another",
            room.room
        ));
    } else if !group_holds {
        report.problem(format!(
            "room {}: the group's state belongs to another log",
            room.room
        ));
    }
    Ok(())
}

fn kind(number: i64) -> Option<valise_wire::push::EventKind> {
    use valise_wire::push::EventKind::{Commit, Message, Proposal};
    [Message, Commit, Proposal]
        .into_iter()
        .find(|kind| *kind as i64 == number)
}

fn check_blobs(
    connection: &Connection,
    folder: &Path,
    report: &mut Report,
    watcher: Watcher<'_>,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("SELECT id, length, stored FROM blob")?;
    let read = |row: &rusqlite::Row<'_>| Ok((BlobId(row.get(0)?), count(row, 1)?, count(row, 2)?));
    let rows = statement
        .query_map([], read)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let mut known = HashSet::new();
    for (done, (blob, length, stored)) in rows.iter().copied().enumerate() {
        watcher(Progress {
            doing: "attachments",
            done: done as u64,
            total: rows.len() as u64,
        });
        let name = blobs::file_name(blob);
        let found = std::fs::metadata(folder.join(&name))
            .map(|file| file.len())
            .ok();
        report.blobs += u64::from(stored == length);
        match found {
            Some(bytes) if stored == length && bytes != length => {
                report.problem(format!(
                    "attachment {blob} has {bytes} bytes and not {length}"
                ));
            }
            Some(bytes) if bytes < stored => {
                report.problem(format!("attachment {blob} lost what was durable"))
            }
            None if stored > 0 => report.problem(format!("attachment {blob} is missing")),
            _ => {}
        }
        known.insert(name);
    }
    for stray in strays(folder, &known) {
        report.problem(format!(
            "{stray} belongs to no attachment; it can be deleted"
        ));
    }
    Ok(())
}

fn strays(folder: &Path, known: &HashSet<String>) -> Vec<String> {
    let list = |path: &Path| std::fs::read_dir(path).into_iter().flatten().flatten();
    let name = |entry: &std::fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let mut strays = Vec::new();
    for shelf in list(&folder.join(blobs::FOLDER)) {
        for file in list(&shelf.path()) {
            let path = format!("{}/{}/{}", blobs::FOLDER, name(&shelf), name(&file));
            if !known.contains(&path) {
                strays.push(path);
            }
        }
    }
    strays
}

fn count(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(|value| value.max(0) as u64)
}

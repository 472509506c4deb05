use super::*;
use crate::blobs::{self, Blobs};
use crate::clock::SystemClock;
use crate::config::Config;
use crate::scratch::Folder;
use crate::store::SqliteStore;
use rusqlite::{Connection, params};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use valise_mls::chain::{Chain, digest};
use valise_wire::push::EventKind;
use valise_wire::{BlobId, RoomId};

/// A server's data: one room with three events, one attachment, one upload under way.
fn data(folder: &Path) {
    drop(SqliteStore::open(&folder.join(DATABASE), [1; 16]).unwrap());
    drop(Blobs::open(folder, &Config::default(), Arc::new(SystemClock)).unwrap());
    fs::write(folder.join(HUB_KEY), [7; 32]).unwrap();
    let main = Connection::open(folder.join(DATABASE)).unwrap();
    let (room, mut chain) = (RoomId([5; 16]), Chain::start(RoomId([5; 16])));
    for seq in 1..=3_u64 {
        let body = seq.to_be_bytes();
        chain = chain.next(seq, EventKind::Message, &digest(&body));
        let sql = "INSERT INTO event (room, seq, kind, at, body) VALUES (1, ?1, 0, 0, ?2)";
        main.execute(sql, params![seq as i64, body.as_slice()])
            .unwrap();
    }
    let sql = "INSERT INTO room (id, room, head, epoch, chain, pending_removals) VALUES (1, ?1, 3, 0, ?2, 0)";
    main.execute(sql, params![room.0.as_slice(), chain.0.as_slice()])
        .unwrap();
    let ledger = Connection::open(folder.join(blobs::DATABASE)).unwrap();
    for (id, stored) in [(1_u8, 5), (2, 3)] {
        let name = folder.join(blobs::file_name(BlobId([id; 16])));
        fs::create_dir_all(name.parent().unwrap()).unwrap();
        fs::write(name, &b"01234"[..stored]).unwrap();
        let sql =
            "INSERT INTO blob (id, account, length, stored, touched) VALUES (?1, ?2, 5, ?3, 0)";
        ledger
            .execute(
                sql,
                params![[id; 16].as_slice(), [9_u8; 16].as_slice(), stored as i64],
            )
            .unwrap();
    }
}

fn quietly() -> impl FnMut(Progress) {
    |_| {}
}

fn problems(folder: &Path) -> Vec<String> {
    check(folder, &mut quietly()).unwrap().problems
}

fn generation(folder: &Path) -> Vec<u8> {
    let connection = Connection::open(folder.join(DATABASE)).unwrap();
    let sql = "SELECT value FROM setting WHERE name = 'generation'";
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn a_backup_comes_back_whole_with_another_generation() {
    let folder = Folder::new("admin");
    let [data_dir, copy, back] = ["data", "copy", "back"].map(|name| folder.path().join(name));
    fs::create_dir(&data_dir).unwrap();
    data(&data_dir);
    // Somebody writes while the copy is taken, as a running server does.
    let busy = SqliteStore::open(&data_dir.join(DATABASE), [1; 16]).unwrap();
    assert_eq!(problems(&data_dir), Vec::<String>::new());
    let mut steps = Vec::new();
    let manifest = backup(&data_dir, &copy, &mut |step| steps.push(step.doing)).unwrap();
    drop(busy);
    assert_eq!(
        manifest.files.len(),
        4,
        "two databases, the key, one attachment: {manifest:?}"
    );
    assert!(steps.contains(&"attachments") && steps.last() == Some(&"done"));
    assert_eq!(problems(&copy), Vec::<String>::new());

    restore(&copy, &back, &mut quietly()).unwrap();
    let report = check(&back, &mut quietly()).unwrap();
    assert_eq!((report.rooms, report.events, report.blobs), (1, 3, 1));
    assert_eq!(report.problems, Vec::<String>::new());
    assert_ne!(generation(&back), generation(&data_dir));
    assert_eq!(
        problems(&copy),
        Vec::<String>::new(),
        "restoring changes nothing in the copy"
    );
}

#[test]
fn nothing_is_overwritten() {
    let folder = Folder::new("admin-over");
    let [data_dir, copy] = ["data", "copy"].map(|name| folder.path().join(name));
    fs::create_dir(&data_dir).unwrap();
    data(&data_dir);
    backup(&data_dir, &copy, &mut quietly()).unwrap();
    assert!(matches!(
        backup(&data_dir, &copy, &mut quietly()),
        Err(AdminError::NotEmpty(_))
    ));
    assert!(matches!(
        restore(&copy, &data_dir, &mut quietly()),
        Err(AdminError::NotEmpty(_))
    ));
    assert!(matches!(
        restore(&data_dir, &folder.path().join("new"), &mut quietly()),
        Err(AdminError::NoBackup(_))
    ));
}

#[test]
fn a_damaged_backup_is_found_and_not_restored() {
    let folder = Folder::new("admin-damage");
    let [data_dir, copy, back] = ["data", "copy", "back"].map(|name| folder.path().join(name));
    fs::create_dir(&data_dir).unwrap();
    data(&data_dir);
    backup(&data_dir, &copy, &mut quietly()).unwrap();
    let blob = blobs::file_name(BlobId([1; 16]));
    for name in [DATABASE, blobs::DATABASE, HUB_KEY, &blob] {
        let path = copy.join(name);
        let good = fs::read(&path).unwrap();
        let mut bad = good.clone();
        *bad.last_mut().unwrap() ^= 1;
        // Replaced and not written into: an attachment is one file with the server's own.
        fs::remove_file(&path).unwrap();
        fs::write(&path, bad).unwrap();
        assert!(
            problems(&copy).iter().any(|problem| problem.contains(name)),
            "{name}"
        );
        assert!(
            matches!(
                restore(&copy, &back, &mut quietly()),
                Err(AdminError::Damaged(_))
            ),
            "{name}"
        );
        assert!(!back.exists());
        fs::write(&path, good).unwrap();
    }
    assert_eq!(problems(&copy), Vec::<String>::new());
    fs::remove_file(copy.join(&blob)).unwrap();
    assert!(restore(&copy, &back, &mut quietly()).is_err() && !back.exists());
}

/// Changes something in a server's data, and returns what a check then says.
fn after(sql: &str, database: &str) -> Vec<String> {
    let folder = Folder::new("admin-check");
    data(folder.path());
    Connection::open(folder.path().join(database))
        .unwrap()
        .execute_batch(sql)
        .unwrap();
    problems(folder.path())
}

#[test]
fn a_check_finds_each_kind_of_loss() {
    assert_eq!(after("", DATABASE), Vec::<String>::new(), "the control");
    let cases = [
        (
            "DELETE FROM event WHERE seq = 2",
            DATABASE,
            "event 2 is missing",
        ),
        (
            "DELETE FROM event WHERE seq = 3",
            DATABASE,
            "the log ends at 2",
        ),
        (
            "UPDATE event SET body = x'00' WHERE seq = 2",
            DATABASE,
            "its chain is another",
        ),
        (
            "UPDATE event SET kind = 1 WHERE seq = 2",
            DATABASE,
            "its chain is another",
        ),
        (
            "UPDATE event SET kind = 9 WHERE seq = 2",
            DATABASE,
            "unknown kind",
        ),
        ("DELETE FROM room", DATABASE, "a room that is not there"),
        (
            "INSERT INTO room_group VALUES (1, 3, zeroblob(32), x'', x'')",
            DATABASE,
            "another log",
        ),
        (
            "INSERT INTO statement VALUES (2, 0, x'', x'')",
            DATABASE,
            "has a gap",
        ),
        (
            "UPDATE blob SET length = 6, stored = 6 WHERE stored = 5",
            blobs::DATABASE,
            "has 5 bytes and not 6",
        ),
        (
            "UPDATE blob SET stored = 4 WHERE stored = 3",
            blobs::DATABASE,
            "lost what was durable",
        ),
        (
            "DELETE FROM blob WHERE stored = 5",
            blobs::DATABASE,
            "belongs to no attachment",
        ),
        (
            "INSERT INTO blob VALUES (zeroblob(16), zeroblob(16), 9, 9, 0)",
            blobs::DATABASE,
            "is missing",
        ),
    ];
    for (sql, database, part) in cases {
        let found = after(sql, database);
        assert!(
            found.iter().any(|problem| problem.contains(part)),
            "{sql}: {found:?}"
        );
    }
}

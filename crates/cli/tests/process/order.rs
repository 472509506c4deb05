//! FT-42: what leaves a device lies on its disk before. Seen from outside, in the order of the system calls: no byte goes to a
//! socket while something that was written to the database is not synced.

use crate::stage::{Folder, Person, Server};
use crate::trace::{self, writing_down};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What was seen in one process.
#[derive(Debug, Default)]
struct Order {
    sends: usize,
    syncs: usize,
    /// Calls that sent while something was not synced.
    early: Vec<String>,
}

#[test]
fn ft_42_nothing_leaves_a_device_before_it_lies_on_its_disk() {
    if !trace::is_there() {
        return;
    }
    let folder = Folder::new("order");
    let calls = folder.join("calls");
    let server = Server::running(&folder);
    let (ivan, anna) = (Person::new(&folder, "ivan"), Person::new(&folder, "anna"));
    ivan.found(&server, "Ivan", "Ministry");
    anna.join(&ivan, "Anna");
    for text in ["one", "two", "three"] {
        let under = writing_down(&calls);
        let sent = anna
            .command_under(&trace::words(&under), &["send", "Ivan", text])
            .output();
        assert!(sent.unwrap().status.success());
        check(&calls);
    }
    assert_eq!(ivan.until_reads("Anna", "three"), ["one", "two", "three"]);
}

fn check(calls: &Path) {
    let order = Order::of(&String::from_utf8_lossy(&fs::read(calls).unwrap()));
    assert!(
        order.early.is_empty(),
        "sent before it was synced: {:#?}",
        order.early
    );
    assert!(order.sends >= 3 && order.syncs >= 3, "{order:?}");
}

impl Order {
    /// Reads what `strace -f -y` wrote down.
    fn of(calls: &str) -> Self {
        let mut order = Self::default();
        // Files that were written since their last sync, and syncs that threads are in the middle of.
        let (mut unsynced, mut syncing) = (BTreeSet::new(), BTreeMap::new());
        // Another thread sends: what it sends may have been synced while the next thing is being written already. If nothing was
        // since the last send, it was not.
        let mut syncs_before = 0;
        for line in calls.lines() {
            let Some((thread, call)) = line.split_once(' ') else {
                continue;
            };
            let call = call.trim_start();
            let file = file_of(call);
            if call.starts_with("<... fdatasync resumed") {
                let file = syncing.remove(thread);
                order.syncs += usize::from(file.is_some_and(|file| unsynced.remove(file)));
            } else if call.starts_with("pwrite64") && is_database(file) {
                unsynced.insert(file);
            } else if call.starts_with("fdatasync") && call.contains("unfinished") {
                syncing.insert(thread, file);
            } else if call.starts_with("fdatasync") {
                order.syncs += usize::from(unsynced.remove(file));
            } else if ["sendto", "writev", "sendmsg"]
                .iter()
                .any(|send| call.starts_with(send))
                && file.starts_with("socket")
                && !is_sign_of_life(call)
            {
                order.sends += 1;
                if !unsynced.is_empty() && order.syncs == syncs_before {
                    order.early.push(line.to_owned());
                }
                syncs_before = order.syncs;
            }
        }
        order
    }
}

/// A WebSocket's ping or pong that holds nothing: header, and the mask over no bytes. It goes by a clock of its own, also in the
/// middle of a write, and says no more than that somebody is there.
fn is_sign_of_life(call: &str) -> bool {
    let bytes = call.split_once(", ").map_or("", |(_, bytes)| bytes);
    ["\"\\211\\200", "\"\\212\\200"]
        .iter()
        .any(|head| bytes.starts_with(head))
        && bytes.contains("\", 6, ")
}

/// A device's store or its log.
fn is_database(file: &str) -> bool {
    file.ends_with(".db") || file.ends_with(".db-wal")
}

/// The file that a call is about: it stands behind the number, in angle brackets.
fn file_of(call: &str) -> &str {
    let after = call.split_once('<').map_or("", |(_, after)| after);
    after.split_once('>').map_or("", |(file, _)| file)
}

#[test]
fn a_send_before_its_sync_is_found() {
    let (write, sync) = (
        "7 pwrite64(5</a/store.db-wal>, 9) = 9",
        "7 fdatasync(5</a/store.db-wal>) = 0",
    );
    let send = "7 sendto(6<socket:[1]>, 9) = 9";
    assert!(Order::of(&[write, sync, send].join("\n")).early.is_empty());
    assert_eq!(Order::of(&[write, send, sync].join("\n")).early, [send]);
    let begun = "7 fdatasync(5</a/store.db-wal> <unfinished ...>";
    let other = "8 sendto(6<socket:[1]>, 9) = 9";
    let done = "7 <... fdatasync resumed>) = 0";
    assert_eq!(
        Order::of(&[write, begun, other, done].join("\n")).early,
        [other]
    );
    assert!(
        Order::of(&[write, begun, done, other].join("\n"))
            .early
            .is_empty()
    );
    // A ping says nothing; one with something in it does, and so does what only looks like one.
    for (bytes, is_early) in [
        (r#""\211\200\6;lp", 6"#, false),
        (r#""\212\200\6;lp", 6"#, false),
        (r#""\211\201\6;lp.", 7"#, true),
        (r#""\202\200\6;lp", 6"#, true),
        (r#""\211\200\6;lp\202\376"..., 900"#, true),
    ] {
        let sent = format!("8 sendto(6<socket:[1]>, {bytes}, MSG_NOSIGNAL, NULL, 0) = 6");
        let calls = [write, &sent, sync].join("\n");
        assert_eq!(!Order::of(&calls).early.is_empty(), is_early, "{bytes}");
    }
    // What is sent was synced; the next transaction is on its way.
    let next = [write, sync, write, other, sync, write, send];
    assert!(Order::of(&next[..5].join("\n")).early.is_empty());
    assert!(Order::of(&next.join("\n")).early.is_empty());
    assert_eq!(
        Order::of(&[write, sync, send, write, send].join("\n")).early,
        [send]
    );
}

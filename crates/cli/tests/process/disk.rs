//! FT-02 and FT-03: the server is killed at a chosen system call, or the call fails.

use crate::stage::{Folder, Server};
use crate::trace::{self, LEAVING, failing, killed_at, points, words};
use crate::writers::Team;

/// Messages after which a fault that did not come will not come.
const ENOUGH: usize = 40;

#[test]
fn ft_02_a_server_that_is_killed_at_any_write_sync_or_answer_loses_nothing() {
    if !trace::is_there() {
        return;
    }
    let folder = Folder::new("kill-points");
    let mut server = Server::running(&folder);
    let team = Team::new(&folder, &server, &["Ada", "Boris"]);
    let mut load = team.write();
    let mut killed = LEAVING.map(|call| (call, 0));
    for (call, times) in &mut killed {
        for n in points(60) {
            if server.try_start(&words(&killed_at(call, n))) {
                load.go_on_for(ENOUGH, || server.has_ended());
            }
            if !server.has_ended() {
                // No thread of it makes so many of these calls, nor more of them.
                break;
            }
            *times += 1;
        }
    }
    server.start();
    let verdict = team.verdict(load);
    assert!(verdict.is_clean(), "{verdict}");
    println!("killed at calls, so often: {killed:?}");
    // How many calls fall to one thread is chance; that there is a first of each kind is not. By `sendto` this server answers pings
    // alone, and nobody is so long without a word that one comes.
    let must = |(call, _): &&(&str, usize)| *call != "sendto";
    let never: Vec<_> = killed
        .iter()
        .filter(must)
        .filter(|(_, times)| *times == 0)
        .collect();
    assert!(never.is_empty(), "never killed at {never:?}");
}

#[test]
fn ft_03_a_disk_that_fails_makes_nothing_be_taken_that_is_not_kept() {
    if !trace::is_there() {
        return;
    }
    let folder = Folder::new("disk-fails");
    let mut server = Server::running(&folder);
    let team = Team::new(&folder, &server, &["Ada", "Boris"]);
    let mut load = team.write();
    let mut left_service = 0;
    for (call, error) in [
        ("fdatasync", "EIO"),
        ("pwrite64", "EIO"),
        ("pwrite64", "ENOSPC"),
    ] {
        for n in points(24) {
            // One call that fails, and a disk that stays broken from there on.
            for when in [format!("{n}"), format!("{n}+")] {
                if server.try_start(&words(&failing(call, error, &when))) {
                    load.go_on_for(ENOUGH, || !server.is_ready());
                    left_service += usize::from(!server.is_ready());
                }
            }
        }
    }
    // After a failed sync nobody knows what is on the disk: a server that went on would only pretend.
    println!("left service {left_service} times");
    assert!(left_service >= 4, "left service only {left_service} times");
    server.start();
    let verdict = team.verdict(load);
    assert!(verdict.is_clean(), "{verdict}");
}

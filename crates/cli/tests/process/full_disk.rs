//! FT-06: the server's disk fills up, and is freed.

use crate::stage::{Folder, Server};
use crate::writers::{GROUP, Team};
use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

/// Mounts a small disk where the first word says, for nobody but the command that follows.
const ON_A_SMALL_DISK: &str = r#"mount -t tmpfs -o size=32m none "$0" && exec "$@""#;

#[test]
fn ft_06_on_a_full_disk_people_read_on_and_what_they_write_waits() {
    let tried = Command::new("unshare")
        .args(["-m", "sh", "-c", ON_A_SMALL_DISK, "/mnt", "true"])
        .output();
    if !tried.as_ref().is_ok_and(|output| output.status.success()) {
        println!("skipped: no disk can be mounted here: {tried:?}");
        return;
    }
    let folder = Folder::new("full-disk");
    let mut server = Server::new(&folder, "");
    fs::create_dir(server.data()).unwrap();
    let data = server.data();
    let under = [
        "unshare",
        "-m",
        "sh",
        "-c",
        ON_A_SMALL_DISK,
        data.to_str().unwrap(),
    ];
    assert!(server.try_start(&under));
    let team = Team::new(&folder, &server, &["Ada", "Boris"]);
    let mut load = team.write();
    for _ in 0..2 {
        load.go_on(10);
        let ballast = Ballast::fill(&server);
        // The database has some room inside; then nothing is taken any more.
        load.go_on_for(usize::MAX, || false);
        let before = team
            .owner
            .run(&["read", GROUP, "--quietly", "--last", "1000"])
            .len();
        assert!(before >= 10, "people read on, and see {before} messages");
        drop(ballast);
        load.go_on(10);
    }
    assert!(!server.has_ended(), "it went on without a restart");
    let verdict = team.verdict(load);
    assert!(verdict.is_clean(), "{verdict}");
}

/// A file that takes all the room there is.
struct Ballast(PathBuf);

impl Ballast {
    fn fill(server: &Server) -> Self {
        let data = server.data();
        let inside = data.strip_prefix("/").unwrap();
        let path = PathBuf::from(format!("/proc/{}/root", server.pid()))
            .join(inside)
            .join("ballast");
        let mut file = File::create(&path).unwrap();
        // To the last byte: first in large pieces, then one by one.
        for piece in [65_536, 4_096, 1] {
            while file.write_all(&vec![0; piece]).is_ok() {}
        }
        Self(path)
    }
}

impl Drop for Ballast {
    fn drop(&mut self) {
        fs::remove_file(&self.0).unwrap();
    }
}

//! FT-11: a server that is asked to stop lets everything come to its end.

use crate::stage::{Folder, Server};
use crate::writers::Team;

#[test]
fn ft_11_a_server_that_is_stopped_under_load_ends_well_and_loses_nothing() {
    let folder = Folder::new("stops");
    let mut server = Server::running(&folder);
    let team = Team::new(&folder, &server, &["Ada", "Boris"]);
    let mut load = team.write();
    for _ in 0..5 {
        load.go_on(12);
        let status = server.stop();
        assert!(status.success(), "{status}");
        server.start();
    }
    let verdict = team.verdict(load);
    assert!(verdict.is_clean(), "{verdict}");
}

#[test]
fn ft_11_two_servers_never_share_a_folder() {
    let folder = Folder::new("shared");
    let server = Server::running(&folder);
    let second = std::process::Command::new(crate::stage::VALISE)
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(server.data())
        .output()
        .unwrap();
    assert!(!second.status.success());
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(said.contains("another server runs on"), "{said}");
}

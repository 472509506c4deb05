//! HS-67: somebody between a terminal and its server, with a certificate that the terminal's authorities vouch for.

use crate::certificates::{Authority, Names};
use crate::relay::Relay;
use crate::stage::{Folder, Person, Server, VALISE, objects};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

/// What a terminal says then.
const SAID: &str = "Somebody stands between you and your server";

/// A person whose terminal trusts the authority.
struct Terminal {
    person: Person,
    authority: PathBuf,
}

impl Terminal {
    fn new(folder: &Folder, name: &str, authority: &Authority) -> Self {
        Self {
            person: Person::new(folder, name),
            authority: authority.file(),
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.person.command(arguments);
        command.env("VALISE_AUTHORITY", &self.authority);
        command
    }

    fn run(&self, arguments: &[&str]) -> Vec<Value> {
        let output = self.command(arguments).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {errors}");
        assert!(!errors.contains(SAID), "{arguments:?}: {errors}");
        objects(&output)
    }

    /// Runs a command for people that waits ten seconds for the server.
    fn tries(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(VALISE);
        command
            .env("LANG", "C")
            .env("VALISE_HOME", &self.person.0)
            .env("VALISE_AUTHORITY", &self.authority)
            .stdin(Stdio::null())
            .args(["--wait", "10"])
            .args(arguments);
        command.output().unwrap()
    }

    /// Waits until a text is there.
    fn until_reads(&self, room: &str, text: &str) {
        let mut looks = (0..100).map(|_| self.run(&["read", room, "--last", "1000"]));
        assert!(
            looks.any(|messages| messages.iter().any(|message| message["text"] == text)),
            "{text}"
        );
    }
}

/// Ivan, who founded the organisation, and Anna, who has read of him.
fn two(folder: &Folder, server: &Server, authority: &Authority) -> [Terminal; 2] {
    let [ivan, anna] = ["ivan", "anna"].map(|name| Terminal::new(folder, name, authority));
    let set_up = server.setup_link();
    ivan.run(&[
        "setup",
        set_up,
        "--name",
        "Ivan",
        "--organisation",
        "Ministry",
    ]);
    let link = ivan.run(&["invite", "--name", "Anna"]);
    anna.run(&["join", link[0]["link"].as_str().unwrap()]);
    ivan.run(&["send", "Anna", "hello"]);
    anna.until_reads("Ivan", "hello");
    [ivan, anna]
}

fn from_files(own: &Names) -> String {
    format!(
        "[tls]\nmode = \"files\"\ncertificate = {:?}\nkey = {:?}",
        own.certificate, own.key
    )
}

/// Sends something while somebody is in between: it waits, he gets nothing, and it is said.
fn nothing_crosses(ivan: &Terminal, relay: &Relay, text: &str) {
    let tried = ivan.tries(&["send", "Anna", text]);
    let errors = String::from_utf8_lossy(&tried.stderr);
    assert!(!tried.status.success() && errors.contains(SAID), "{errors}");
    let requests = relay.requests();
    assert!(!requests.is_empty(), "the terminal came this way");
    let harmless = |name: &&str| ["GetChannel", "GetOrganisation"].contains(name);
    assert!(requests.iter().all(harmless), "{requests:?}");
    let heard = String::from_utf8_lossy(&relay.heard()).to_lowercase();
    assert!(!heard.contains("bearer") && !heard.contains("/v1/socket"));
}

#[test]
fn hs_67_a_relay_with_an_accepted_certificate_gets_no_session_and_what_is_sent_waits() {
    let folder = Folder::new("relayed");
    let authority = Authority::new(&folder);
    let [own, his] = ["own", "his"].map(|name| authority.certify(name));
    let mut server = Server::secured(&folder, &from_files(&own));
    server.start();
    let [ivan, anna] = two(&folder, &server, &authority);
    let relay = Relay::before(server.address(), true, &his, &authority);
    server.line.lead_to(Some(relay.address()));
    nothing_crosses(&ivan, &relay, "past the relay");
    // Without him it goes at once, by itself.
    server.line.lead_to(Some(server.address()));
    ivan.run(&["status"]);
    anna.until_reads("Ivan", "past the relay");
    let status = &ivan.run(&["status"])[0];
    assert_eq!(status["connection"], "online");
    assert_eq!(status["waiting_to_send"], 0);
    assert_eq!(
        status["alarms"].as_array().unwrap().len(),
        1,
        "it is said until somebody takes note"
    );
}

#[test]
fn hs_67_what_stands_in_front_is_believed_for_what_the_server_was_told() {
    let folder = Folder::new("fronted");
    let authority = Authority::new(&folder);
    let [front, his] = ["front", "his"].map(|name| authority.certify(name));
    let behind = "trusted_proxies = [\"127.0.0.1\"]";
    let mut server = Server::secured(&folder, behind);
    server.start();
    // The twin: a server that was told nothing names nothing, and the very same relay hears sessions.
    let proxy = Relay::before(server.address(), false, &front, &authority);
    server.line.lead_to(Some(proxy.address()));
    let [ivan, anna] = two(&folder, &server, &authority);
    assert!(proxy.requests().contains(&"SignIn"));
    let heard = String::from_utf8_lossy(&proxy.heard()).to_lowercase();
    assert!(heard.contains("bearer") && heard.contains("/v1/socket"));
    // Told of its proxy, it goes on with it, and with nobody else.
    let told = format!(
        "{behind}\n[tls]\nshown = [{:?}]\n[metrics]\nenabled = false\n",
        front.certificate
    );
    fs::write(folder.join("valise.toml"), told).unwrap();
    server.start();
    let relay = Relay::before(server.address(), false, &his, &authority);
    server.line.lead_to(Some(relay.address()));
    nothing_crosses(&ivan, &relay, "past the false one");
    let proxy = Relay::before(server.address(), false, &front, &authority);
    server.line.lead_to(Some(proxy.address()));
    ivan.run(&["send", "Anna", "through the proxy"]);
    anna.until_reads("Ivan", "past the false one");
    anna.until_reads("Ivan", "through the proxy");
    assert!(proxy.requests().contains(&"SignIn"));
}

#[test]
fn a_renewed_certificate_is_taken_without_a_word() {
    let folder = Folder::new("renewed");
    let authority = Authority::new(&folder);
    let own = authority.certify("own");
    let mut server = Server::secured(&folder, &from_files(&own));
    server.start();
    let [ivan, anna] = two(&folder, &server, &authority);
    let mut process = ivan
        .command(&["send", "Anna", "-", "--each-line"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = process.stdin.take().unwrap();
    let mut taken = BufReader::new(process.stdout.take().unwrap()).lines();
    writeln!(lines, "by the old certificate").unwrap();
    taken.next().unwrap().unwrap();
    authority.certify("own");
    let pid = server.pid().to_string();
    assert!(
        Command::new("kill")
            .args(["-HUP", &pid])
            .status()
            .unwrap()
            .success()
    );
    while !fs::read_to_string(server.log_path())
        .unwrap()
        .contains("the certificate was read again")
    {
        thread::sleep(Duration::from_millis(5));
    }
    // What stands goes on; what comes after a break is by the new one.
    writeln!(lines, "on the old connection").unwrap();
    taken.next().unwrap().unwrap();
    server.line.cut();
    writeln!(lines, "by the new certificate").unwrap();
    taken.next().unwrap().unwrap();
    drop(lines);
    let output = process.wait_with_output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && !errors.contains(SAID),
        "{errors}"
    );
    anna.until_reads("Ivan", "by the new certificate");
    for terminal in [&ivan, &anna] {
        assert_eq!(
            terminal.run(&["status"])[0]["alarms"]
                .as_array()
                .unwrap()
                .len(),
            0
        );
    }
}

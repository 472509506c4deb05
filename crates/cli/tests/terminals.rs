//! People in terminals talk through a real `valise serve`: one process for the server, one for every command.

use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

const VALISE: &str = env!("CARGO_BIN_EXE_valise");

/// A folder of its own for every test, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("valise-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A running server.
struct Server {
    process: Child,
    setup_link: String,
    // Kept open: a server whose output is gone could not say anything any more.
    _output: BufReader<ChildStdout>,
}

impl Server {
    fn start(folder: &Folder) -> Self {
        let config = folder.join("valise.toml");
        std::fs::write(&config, "[metrics]\nenabled = false\n").unwrap();
        let mut process = Command::new(VALISE)
            .args(["serve", "--json", "--listen", "127.0.0.1:0", "--config"])
            .arg(config)
            .arg("--data")
            .arg(folder.join("data"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).expect("the server says where it is");
        let setup_link = said["setup_link"].as_str().unwrap_or_default().to_owned();
        Self {
            process,
            setup_link,
            _output: output,
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A person at a terminal.
struct Person(PathBuf);

impl Person {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(VALISE);
        command
            .env("LANG", "C")
            .env("VALISE_HOME", &self.0)
            .args(["--json", "--wait", "60"])
            .args(arguments);
        command
    }

    fn output(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs a command that must succeed and returns the objects that it wrote.
    fn run(&self, arguments: &[&str]) -> Vec<Value> {
        let output = self.output(arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "{arguments:?}: {:?}: {errors}",
            output.status
        );
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    fn texts(&self, room: &str) -> Vec<String> {
        let messages = self.run(&["read", room]);
        messages
            .iter()
            .filter_map(|message| message["text"].as_str().map(str::to_owned))
            .collect()
    }
}

#[test]
fn two_terminals_talk_through_a_server() {
    let folder = Folder::new("talk");
    let server = Server::start(&folder);
    let (ivan, anna) = (Person(folder.join("ivan")), Person(folder.join("anna")));
    ivan.run(&[
        "setup",
        &server.setup_link,
        "--name",
        "Ivan Petrov",
        "--address",
        "ivan",
        "--organisation",
        "Ministry",
    ]);
    let link = ivan.run(&["invite", "--name", "Anna Novak", "--address", "anna"]);
    anna.run(&["join", link[0]["link"].as_str().unwrap()]);

    // Each by the other's name: the chat is made by the first text.
    ivan.run(&["send", "anna", "Good morning"]);
    assert_eq!(anna.texts("Ivan Petrov"), ["Good morning"]);
    anna.run(&["send", "ivan", "Доброе утро"]);
    assert_eq!(ivan.texts("Anna Novak"), ["Good morning", "Доброе утро"]);

    // A group, and a file in it.
    ivan.run(&["group", "Night shift", "anna"]);
    anna.run(&["send", "Night shift", "I am here"]);
    assert_eq!(ivan.texts("Night shift"), ["I am here"]);
    let plan = folder.join("plan.txt");
    std::fs::write(&plan, "the whole plan\n".repeat(50_000)).unwrap();
    ivan.run(&["attach", "Night shift", plan.to_str().unwrap()]);
    let saved = folder.join("saved.txt");
    anna.run(&["save", "Night shift", "--to", saved.to_str().unwrap()]);
    assert_eq!(std::fs::read(saved).unwrap(), std::fs::read(plan).unwrap());

    let people = anna.run(&["people"]);
    assert_eq!(people.len(), 2);
    assert!(
        people
            .iter()
            .any(|person| person["address"] == "ivan@localhost" && person["role"] == "registrar")
    );
    anna.run(&["leave", "Night shift"]);
}

#[test]
fn wrong_words_and_links_have_their_own_exit_codes() {
    let folder = Folder::new("codes");
    let server = Server::start(&folder);
    let (ivan, nobody) = (Person(folder.join("ivan")), Person(folder.join("nobody")));
    assert_eq!(
        nobody.output(&["rooms"]).status.code(),
        Some(3),
        "nobody has joined"
    );
    assert_eq!(
        nobody.output(&["join", "https://a.b/join#x"]).status.code(),
        Some(1)
    );
    assert_eq!(nobody.output(&["fly"]).status.code(), Some(2));
    ivan.run(&[
        "setup",
        &server.setup_link,
        "--name",
        "Ivan",
        "--organisation",
        "Ministry",
    ]);
    assert_eq!(
        ivan.output(&["send", "bob", "hello"]).status.code(),
        Some(3)
    );
    assert_eq!(
        nobody
            .output(&[
                "setup",
                &server.setup_link,
                "--name",
                "Eve",
                "--organisation",
                "Other"
            ])
            .status
            .code(),
        Some(1),
        "founded once"
    );
    let one = ivan.run(&["status"]);
    assert_eq!(one[0]["connection"], "online");
    ivan.run(&["wipe", "--yes"]);
    assert_eq!(ivan.output(&["status"]).status.code(), Some(3));
}

#[test]
fn one_folder_has_one_process() {
    let folder = Folder::new("busy");
    let ivan = Person(folder.join("ivan"));
    std::fs::create_dir(&ivan.0).unwrap();
    let lock = std::fs::File::create(ivan.0.join("lock")).unwrap();
    lock.lock().unwrap();
    assert_eq!(ivan.output(&["status"]).status.code(), Some(75));
    lock.unlock().unwrap();
    assert_eq!(
        ivan.output(&["status"]).status.code(),
        Some(3),
        "free, and nobody has joined"
    );
}

#[test]
fn a_device_moves_and_its_link_works_once() {
    let folder = Folder::new("move");
    let server = Server::start(&folder);
    let [old, new, late] = ["old", "new", "late"].map(|name| Person(folder.join(name)));
    old.run(&[
        "setup",
        &server.setup_link,
        "--name",
        "Olga",
        "--organisation",
        "Office",
    ]);
    let invited = old.run(&["invite", "--name", "Ivan"]);
    let ivan = Person(folder.join("ivan"));
    ivan.run(&["join", invited[0]["link"].as_str().unwrap()]);
    ivan.run(&["send", "Olga", "before the move"]);
    old.run(&["send", "Ivan", "an answer"]);
    let exported = old.run(&["export"]);
    let link = exported[0]["link"].as_str().unwrap();
    assert_eq!(old.run(&["export"]), exported, "asking again is the same");
    let refused = old.output(&["send", "Ivan", "two of one"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("this device has moved"));
    new.run(&["import", link]);
    assert_eq!(new.texts("Ivan"), ["before the move", "an answer"]);
    new.run(&["send", "Ivan", "from the new one"]);
    assert_eq!(ivan.texts("Olga").last().unwrap(), "from the new one");
    let again = late.output(&["import", link]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("the link was used"));
    let refused = new.output(&["import", link]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("belongs to somebody already"));
}

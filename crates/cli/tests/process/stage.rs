//! A server and people's devices, each a process of its own.

use crate::line::Line;
use serde_json::Value;
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};

/// The binary under test.
pub const VALISE: &str = env!("CARGO_BIN_EXE_valise");

/// Looks at something that another process brings about, a process each.
pub const LOOKS: usize = 200;

/// A folder of its own for every test, gone with it.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("valise-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("kept for a look: {}", self.0.display());
            return;
        }
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A server behind a line that keeps its address while the process comes and goes.
pub struct Server {
    /// The way to it.
    pub line: Line,
    folder: PathBuf,
    /// Whether people reach it by TLS, whoever ends that.
    is_secured: bool,
    running: Option<Running>,
}

struct Running {
    process: Child,
    address: Option<SocketAddr>,
    setup_link: String,
    output: BufReader<ChildStdout>,
}

impl Running {
    /// Waits for the end of the process, and of whoever watches it: they share its output.
    fn wait(mut self) -> ExitStatus {
        let status = self.process.wait().unwrap();
        std::io::copy(&mut self.output, &mut std::io::sink()).unwrap();
        status
    }
}

impl Server {
    /// Makes a server's folder without starting it; `config` is the beginning of its configuration.
    pub fn new(folder: &Folder, config: &str) -> Self {
        let folder = folder.path().to_owned();
        let text = format!("{config}\n[metrics]\nenabled = false\n");
        fs::write(folder.join("valise.toml"), text).unwrap();
        Self {
            line: Line::new(),
            folder,
            is_secured: false,
            running: None,
        }
    }

    /// Makes one that people reach by TLS; `config` says who ends it.
    pub fn secured(folder: &Folder, config: &str) -> Self {
        let mut server = Self::new(folder, config);
        server.is_secured = true;
        server
    }

    /// Returns the address at which people know it.
    fn origin(&self) -> String {
        let origin = self.line.origin();
        match self.is_secured {
            true => origin.replacen("http", "https", 1),
            false => origin,
        }
    }

    /// Returns where the process itself listens.
    pub fn address(&self) -> SocketAddr {
        self.running.as_ref().unwrap().address.unwrap()
    }

    /// Makes and starts one.
    pub fn running(folder: &Folder) -> Self {
        let mut server = Self::new(folder, "");
        server.start();
        server
    }

    /// Starts the process; people reach it when this returns.
    pub fn start(&mut self) {
        assert!(self.try_start(&[]), "the server does not start");
    }

    /// Starts the process by another command, which gets the server's as its last words. Tells whether it came so far that
    /// people can connect.
    pub fn try_start(&mut self, under: &[&str]) -> bool {
        self.end();
        let mut words: Vec<&str> = under.to_vec();
        words.extend([VALISE, "serve", "--json", "--listen", "127.0.0.1:0"]);
        let mut process = Command::new(words[0])
            .args(&words[1..])
            .args(["--public-url", &self.origin(), "--config"])
            .arg(self.folder.join("valise.toml"))
            .arg("--data")
            .arg(self.data())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(self.open_log())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut text = String::new();
        output.read_line(&mut text).unwrap();
        let said: Value = serde_json::from_str(&text).unwrap_or_default();
        let address = said["address"].as_str().map(|text| text.parse().unwrap());
        if address.is_none() {
            // It closed its output and says nothing more: it ends, which under a tracer takes a moment.
            process.wait().unwrap();
        }
        self.running = Some(Running {
            process,
            address,
            setup_link: said["setup_link"].as_str().unwrap_or_default().to_owned(),
            output,
        });
        self.line.lead_to(address);
        address.is_some()
    }

    fn open_log(&self) -> File {
        let mut options = OpenOptions::new();
        options
            .create(true)
            .append(true)
            .open(self.log_path())
            .unwrap()
    }

    /// Returns the file in which the server's log is.
    pub fn log_path(&self) -> PathBuf {
        self.folder.join("server.log")
    }

    /// Returns the server's data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Returns the link that founds the organisation.
    pub fn setup_link(&self) -> &str {
        &self.running.as_ref().unwrap().setup_link
    }

    /// Returns the process's number.
    pub fn pid(&self) -> u32 {
        self.running.as_ref().unwrap().process.id()
    }

    /// Tells whether the server says that it can work.
    pub fn is_ready(&self) -> bool {
        let ask = || {
            let mut stream = TcpStream::connect(self.line.address())?;
            stream.write_all(
                b"GET /readyz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n",
            )?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer)?;
            std::io::Result::Ok(answer)
        };
        ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
    }

    /// Tells whether the process has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        let running = self.running.as_mut();
        running.is_none_or(|running| running.process.try_wait().unwrap().is_some())
    }

    /// Kills the process as a power cut would: without a word.
    pub fn kill(&mut self) {
        self.line.lead_to(None);
        self.end();
    }

    /// Asks the process to stop, and waits until it did.
    pub fn stop(&mut self) -> ExitStatus {
        let running = self.running.take().unwrap();
        let pid = running.process.id().to_string();
        let told = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        assert!(told.success());
        let status = running.wait();
        self.line.lead_to(None);
        status
    }

    fn end(&mut self) {
        if let Some(mut running) = self.running.take() {
            let _ = running.process.kill();
            running.wait();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A person at a terminal.
#[derive(Clone)]
pub struct Person(pub PathBuf);

impl Person {
    pub fn new(folder: &Folder, name: &str) -> Self {
        Self(folder.join(name))
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(VALISE);
        self.dress(&mut command);
        command.args(arguments);
        command
    }

    /// The same, by another command, which gets this one as its last words.
    pub fn command_under(&self, under: &[&str], arguments: &[&str]) -> Command {
        let mut command = Command::new(under[0]);
        command.args(&under[1..]).arg(VALISE);
        self.dress(&mut command);
        command.args(arguments);
        command
    }

    fn dress(&self, command: &mut Command) {
        command
            .env("LANG", "C")
            .env("VALISE_HOME", &self.0)
            .stdin(Stdio::null())
            .args(["--json", "--wait", "120"]);
    }

    pub fn output(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs a command that writes for people, not for scripts, and does not wait long for the server.
    pub fn impatient(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(VALISE);
        command
            .env("LANG", "C")
            .env("VALISE_HOME", &self.0)
            .stdin(Stdio::null())
            .args(["--wait", "3"])
            .args(arguments);
        command.output().unwrap()
    }

    /// Runs a command that must succeed and returns the objects that it wrote.
    pub fn run(&self, arguments: &[&str]) -> Vec<Value> {
        let output = self.output(arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "{arguments:?}: {:?}: {errors}",
            output.status
        );
        objects(&output)
    }

    /// Founds the organisation.
    pub fn found(&self, server: &Server, name: &str, organisation: &str) {
        let link = server.setup_link();
        self.run(&[
            "setup",
            link,
            "--name",
            name,
            "--organisation",
            organisation,
        ]);
    }

    /// Makes an account with a link of somebody who may invite.
    pub fn join(&self, registrar: &Self, name: &str) {
        let link = registrar.run(&["invite", "--name", name]);
        self.run(&["join", link[0]["link"].as_str().unwrap()]);
    }

    /// Waits until a chat is on this device: a command may end before every welcome was opened.
    pub fn until_in(&self, room: &str) {
        let mut looks = (0..100).map(|_| self.run(&["rooms"]));
        let is_in = looks.any(|rooms| rooms.iter().any(|known| known["title"] == room));
        assert!(is_in, "{room} is not there");
    }

    /// Waits in the same way until a text is there, and returns all that are.
    pub fn until_reads(&self, room: &str, text: &str) -> Vec<String> {
        let mut looks = (0..100).map(|_| self.texts(room));
        let found = looks.find(|texts| texts.iter().any(|there| there == text));
        found.unwrap_or_else(|| panic!("{text} is not there"))
    }

    /// Waits in the same way until a request stands in the list as `fits` wants it; `wanted` is what of the list is asked for.
    pub fn until_listed(&self, wanted: &[&str], fits: impl Fn(&Value) -> bool) -> Value {
        let listed = [&["requests"][..], wanted].concat();
        let mut looks = (0..LOOKS).flat_map(|_| self.run(&listed));
        looks.find(fits).expect("the request stands as expected")
    }

    /// Everything that stands in a chat, notices too.
    pub fn messages(&self, room: &str) -> Vec<Value> {
        self.run(&["read", room, "--last", "1000000"])
    }

    /// The texts of a chat.
    pub fn texts(&self, room: &str) -> Vec<String> {
        let messages = self.messages(room);
        let texts = messages
            .iter()
            .filter_map(|message| message["text"].as_str());
        texts.map(str::to_owned).collect()
    }
}

pub fn two(folder: &Folder, server: &Server) -> (Person, Person) {
    let (ivan, anna) = (Person::new(folder, "ivan"), Person::new(folder, "anna"));
    ivan.found(server, "Ivan", "Ministry");
    anna.join(&ivan, "Anna");
    ivan.run(&["send", "Anna", "hello"]);
    assert_eq!(anna.until_reads("Ivan", "hello"), ["hello"]);
    (ivan, anna)
}

/// The objects that a command wrote.
pub fn objects(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

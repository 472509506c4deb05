//! People who write without pause, each by one long-lived `valise send`, and the count of what came of it.

use crate::journal::{Journal, Name, Seen, Verdict};
use crate::stage::{Folder, Person, Server};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

/// The group in which they write.
pub const GROUP: &str = "Night shift";

/// Lines that each has under way at once.
const UNDER_WAY: u64 = 4;

/// Longest wait for one message: over this, something hangs.
const PATIENCE: Duration = Duration::from_secs(120);

/// Time between two looks at whether something has ended.
const GLANCE: Duration = Duration::from_millis(20);

/// Time without a message after which a faulty server is given up: people call again, but not at once.
const MOMENT: Duration = Duration::from_secs(12);

/// The registrar and owner of the group, and the writers.
pub struct Team {
    pub owner: Person,
    pub writers: Vec<(Name, Person)>,
    pub journal: Journal,
}

impl Team {
    /// Founds an organisation with a group of so many writers.
    pub fn new(folder: &Folder, server: &Server, names: &[Name]) -> Self {
        let owner = Person::new(folder, "owner");
        owner.found(server, "Owner", "Ministry");
        let join = |name: &Name| {
            let person = Person::new(folder, name);
            person.join(&owner, name);
            (*name, person)
        };
        let writers: Vec<_> = names.iter().map(join).collect();
        let mut group = vec!["group", GROUP];
        group.extend(names);
        owner.run(&group);
        writers
            .iter()
            .for_each(|(_, person)| person.until_in(GROUP));
        Self {
            owner,
            writers,
            journal: Journal::default(),
        }
    }

    /// Lets all write without pause.
    pub fn write(&self) -> Load {
        let (sender, heard) = channel();
        let start = |(index, (name, person)): (usize, &(Name, Person))| {
            Writer::start(index, name, person, &sender)
        };
        let mut load = Load {
            writers: self.writers.iter().enumerate().map(start).collect(),
            heard,
        };
        for writer in &mut load.writers {
            (0..UNDER_WAY).for_each(|_| writer.write());
        }
        load
    }

    /// Ends a load, reads what everybody sees, and counts.
    pub fn verdict(mut self, load: Load) -> Verdict {
        let mut names: Vec<Name> = self.writers.iter().map(|(name, _)| *name).collect();
        names.push("Owner");
        for (name, texts) in load.end() {
            for text in texts {
                self.journal.wrote(GROUP, name, &text, names.clone());
            }
        }
        self.count()
    }

    /// Reads what everybody sees, and counts.
    pub fn count(mut self) -> Verdict {
        let owner = ("Owner", self.owner.clone());
        // Everybody says a last word, so that a fork is a loss; then everybody looks.
        let people: Vec<(Name, Person)> = self.writers.iter().cloned().chain([owner]).collect();
        let names: Vec<Name> = people.iter().map(|(name, _)| *name).collect();
        for (name, person) in &people {
            let text = format!("{name} says goodnight");
            person.run(&["send", GROUP, &text]);
            self.journal.wrote(GROUP, name, &text, names.clone());
        }
        for (name, person) in &people {
            look(&mut self.journal, name, person);
        }
        self.journal.verdict()
    }
}

/// Notes what somebody sees in the group, and whether anything is the matter.
pub fn look(journal: &mut Journal, name: Name, person: &Person) {
    let messages = person.messages(GROUP);
    let text = |message: &Value, field: &str| message[field].as_str().map(str::to_owned);
    let seen = messages.iter().filter_map(|message| {
        Some(Seen {
            author: text(message, "name")?,
            text: text(message, "text")?,
        })
    });
    journal.saw(name, GROUP, seen.collect());
    for message in &messages {
        if message["gap_before"] == true || message["unsupported"] == true {
            journal.stuck(format!("{name} cannot read on at {message}"));
        }
        if message["mine"] == true && message["tick"] == "failed" {
            journal.stuck(format!("{name} could not send {message}"));
        }
    }
    let status = &person.run(&["status"])[0];
    if status["alarms"]
        .as_array()
        .is_none_or(|all| !all.is_empty())
        || status["waiting_to_send"] != 0
    {
        journal.stuck(format!("{name}: {status}"));
    }
}

/// Writers at work.
pub struct Load {
    writers: Vec<Writer>,
    heard: Receiver<Heard>,
}

/// A line that the server took.
struct Heard {
    writer: usize,
    line: u64,
}

impl Load {
    /// Waits until the server took so many more messages; for each, its writer writes another.
    pub fn go_on(&mut self, messages: usize) {
        for _ in 0..messages {
            let writer = self.hear();
            self.writers[writer].write();
        }
    }

    /// The same, but for as long as `is_over` says no and, if nothing is taken any more, no longer than a moment.
    pub fn go_on_for(&mut self, messages: usize, mut is_over: impl FnMut() -> bool) {
        let (mut taken, mut quiet) = (0, Duration::ZERO);
        while taken < messages && quiet < MOMENT && !is_over() {
            match self.heard.recv_timeout(GLANCE) {
                Ok(heard) => {
                    let writer = self.note(heard);
                    self.writers[writer].write();
                    (taken, quiet) = (taken + 1, Duration::ZERO);
                }
                Err(_) => quiet += GLANCE,
            }
        }
    }

    fn hear(&mut self) -> usize {
        let heard = self.heard.recv_timeout(PATIENCE);
        self.note(heard.expect("messages go on being taken"))
    }

    fn note(&mut self, Heard { writer, line }: Heard) -> usize {
        let waiting = &mut self.writers[writer].waiting;
        assert!(waiting.remove(&line).is_some(), "line {line} is told once");
        writer
    }

    /// Lets everybody come to an end and returns what each wrote, in order; all of it was taken.
    fn end(mut self) -> Vec<(Name, Vec<String>)> {
        self.writers
            .iter_mut()
            .for_each(|writer| writer.input = None);
        while self.writers.iter().any(|writer| !writer.waiting.is_empty()) {
            self.hear();
        }
        let end = |mut writer: Writer| {
            let status = writer.process.wait().unwrap();
            assert!(status.success(), "{}: {status}", writer.name);
            (writer.name, std::mem::take(&mut writer.written))
        };
        std::mem::take(&mut self.writers)
            .into_iter()
            .map(end)
            .collect()
    }
}

struct Writer {
    name: Name,
    process: Child,
    input: Option<ChildStdin>,
    written: Vec<String>,
    waiting: BTreeMap<u64, String>,
}

impl Writer {
    fn start(index: usize, name: Name, person: &Person, heard: &Sender<Heard>) -> Self {
        let mut process = person
            .command(&["send", GROUP, "-", "--each-line"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        let heard = heard.clone();
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let said: Value = serde_json::from_str(&line).unwrap();
                let line = said["line"].as_u64().unwrap();
                // A test that failed listens no more.
                let _ = heard.send(Heard {
                    writer: index,
                    line,
                });
            }
        });
        Self {
            name,
            input: process.stdin.take(),
            process,
            written: Vec::new(),
            waiting: BTreeMap::new(),
        }
    }

    fn write(&mut self) {
        let number = self.written.len() as u64 + 1;
        let text = format!("{} {number}", self.name);
        let input = self.input.as_mut().unwrap();
        writeln!(input, "{text}").unwrap();
        self.waiting.insert(number, text.clone());
        self.written.push(text);
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

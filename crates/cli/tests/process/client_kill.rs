//! FT-40 to FT-44: a device's process is killed, frozen and doubled. One transaction holds everything that one input
//! changes, so every message is there once, and no key is used twice: its second use would be unreadable.

use crate::stage::{Folder, Person, Server, two};
use crate::trace::{self, LEAVING, killed_at, points, words};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

/// Calls of one command that are tried.
const MOST_CALLS: usize = 200;

/// Exit code of a command that found another process at work.
const BUSY: i32 = 75;

/// Runs a command that is killed at the n-th such call; tells whether it came so far.
fn is_killed(person: &Person, arguments: &[&str], call: &str, n: usize) -> bool {
    let under = killed_at(call, n);
    let output = person
        .command_under(&words(&under), arguments)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    let is_killed = output.status.signal() == Some(9);
    assert!(
        is_killed || output.status.success(),
        "{arguments:?} {call} {n}: {errors}"
    );
    is_killed
}

/// Lets two people do something again and again, killed at another call each time, and looks at what came of it. `deed` does
/// it under the n-th such call and tells whether that killed: if not, the call is made no more often.
fn kill_at_every_call(
    name: &str,
    mut deed: impl FnMut(&Person, &Person, &str, usize) -> bool,
    look: impl FnOnce(&Person, &Person),
) {
    if !trace::is_there() {
        return;
    }
    let folder = Folder::new(name);
    let server = Server::running(&folder);
    let (ivan, anna) = two(&folder, &server);
    let mut killed = 0;
    for call in LEAVING {
        for n in points(MOST_CALLS) {
            if !deed(&ivan, &anna, call, n) {
                break;
            }
            killed += 1;
        }
    }
    look(&ivan, &anna);
    println!("killed {killed} times");
    assert!(killed >= 12, "killed only {killed} times");
}

#[test]
fn ft_40_42_who_is_killed_while_sending_sends_it_once() {
    let wrote = RefCell::new(vec!["hello".to_owned()]);
    kill_at_every_call(
        "sender-killed",
        |ivan, _, call, n| {
            let text = format!("killed at {call} {n}");
            let is_killed = is_killed(ivan, &["send", "Anna", &text], call, n);
            // Killed before it was stored: nobody ever wrote it. Otherwise it goes out by itself, and once.
            if is_killed && !ivan.texts("Anna").contains(&text) {
                ivan.run(&["send", "Anna", &text]);
            }
            wrote.borrow_mut().push(text);
            is_killed
        },
        |ivan, anna| {
            assert_eq!(ivan.texts("Anna"), *wrote.borrow());
            assert_eq!(anna.texts("Ivan"), *wrote.borrow());
        },
    );
}

#[test]
fn ft_40_who_is_killed_while_receiving_shows_it_once() {
    let wrote = RefCell::new(vec!["hello".to_owned()]);
    kill_at_every_call(
        "receiver-killed",
        |ivan, anna, call, n| {
            let text = format!("to be read at {call} {n}");
            ivan.run(&["send", "Anna", &text]);
            wrote.borrow_mut().push(text);
            is_killed(anna, &["read", "Ivan"], call, n)
        },
        |ivan, anna| {
            assert_eq!(anna.texts("Ivan"), *wrote.borrow());
            // Everything was acknowledged once it was shown.
            let ticks = ivan.messages("Anna");
            let unread = ticks
                .iter()
                .filter(|message| message["tick"] != "read")
                .count();
            assert_eq!(unread, 0, "{ticks:?}");
        },
    );
}

#[test]
fn ft_41_who_is_killed_while_making_a_group_makes_it_once_and_it_works() {
    kill_at_every_call(
        "committer-killed",
        |ivan, anna, call, n| {
            let name = format!("Group of {call} {n}");
            let is_killed = is_killed(ivan, &["group", &name, "Anna"], call, n);
            if is_killed {
                let rooms = ivan.run(&["rooms"]);
                if !rooms.iter().any(|room| room["title"] == *name) {
                    ivan.run(&["group", &name, "Anna"]);
                }
            }
            ivan.run(&["send", &name, "is anybody there?"]);
            anna.until_in(&name);
            assert_eq!(anna.texts(&name), ["is anybody there?"]);
            anna.run(&["send", &name, "yes"]);
            let rooms = anna.run(&["rooms"]);
            let so_called = rooms.iter().filter(|room| room["title"] == *name);
            assert_eq!(so_called.count(), 1, "{name}");
            is_killed
        },
        |_, _| {},
    );
}

#[test]
fn ft_43_who_takes_over_from_a_killed_process_goes_on_where_it_was() {
    let folder = Folder::new("taken-over");
    let server = Server::running(&folder);
    let (ivan, anna) = two(&folder, &server);
    let mut random = ChaCha8Rng::seed_from_u64(43);
    let mut wrote = vec!["hello".to_owned()];
    for round in 0..16 {
        let lines: Vec<String> = (0..6).map(|line| format!("{round}: {line}")).collect();
        kill_while_writing(&ivan, &lines, &mut random);
        // At once: whoever comes next has the folder, and everything that was stored.
        let there = ivan.texts("Anna");
        for line in &lines {
            if !there.contains(line) {
                ivan.run(&["send", "Anna", line]);
            }
        }
        wrote.extend(lines);
    }
    assert_eq!(ivan.texts("Anna"), wrote);
    assert_eq!(anna.texts("Ivan"), wrote);
}

/// Begins to send lines and is killed after some of them were taken.
fn kill_while_writing(person: &Person, lines: &[String], random: &mut ChaCha8Rng) {
    let mut process = person
        .command(&["send", "Anna", "-", "--each-line"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = process.stdin.take().unwrap();
    lines
        .iter()
        .for_each(|line| writeln!(input, "{line}").unwrap());
    let output = BufReader::new(process.stdout.take().unwrap());
    let taken = 1 + random.next_u32() as usize % (lines.len() - 1);
    assert_eq!(
        output.lines().map_while(Result::ok).take(taken).count(),
        taken
    );
    // Not to wait for anything: to kill at another point of the work each time.
    thread::sleep(Duration::from_micros(u64::from(random.next_u32() % 20_000)));
    process.kill().unwrap();
    process.wait().unwrap();
}

#[test]
fn ft_43_of_many_processes_at_once_one_works_and_the_others_say_so() {
    let folder = Folder::new("many-at-once");
    let server = Server::running(&folder);
    let (ivan, anna) = two(&folder, &server);
    let start = |number| {
        let text = format!("by process {number}");
        let process = ivan
            .command(&["send", "Anna", &text])
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .spawn();
        (text, process.unwrap())
    };
    let started: Vec<_> = (0..8).map(start).collect();
    let mut sent = vec!["hello".to_owned()];
    for (text, mut process) in started {
        match process.wait().unwrap().code() {
            Some(0) => sent.push(text),
            code => assert_eq!(code, Some(BUSY), "{text}"),
        }
    }
    let mut there = anna.texts("Ivan");
    assert_eq!(ivan.texts("Anna"), there);
    there.sort();
    sent.sort();
    assert_eq!(there, sent);
    assert!(sent.len() >= 2, "one of them worked");
}

#[test]
fn ft_44_a_frozen_process_keeps_its_folder_and_goes_on_when_it_thaws() {
    let folder = Folder::new("frozen");
    let server = Server::running(&folder);
    let (ivan, anna) = two(&folder, &server);
    let mut process = ivan
        .command(&["send", "Anna", "-", "--each-line"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = process.stdin.take().unwrap();
    let mut output = BufReader::new(process.stdout.take().unwrap());
    let mut line = String::new();
    writeln!(input, "before").unwrap();
    output.read_line(&mut line).unwrap();
    let tell = |signal: &str| {
        let told = Command::new("kill")
            .args([signal, &process.id().to_string()])
            .status();
        assert!(told.unwrap().success());
    };
    tell("-STOP");
    server.line.cut();
    assert_eq!(
        ivan.output(&["send", "Anna", "meanwhile"]).status.code(),
        Some(BUSY)
    );
    tell("-CONT");
    writeln!(input, "after").unwrap();
    drop(input);
    assert!(process.wait().unwrap().success());
    assert_eq!(anna.texts("Ivan"), ["hello", "before", "after"]);
}

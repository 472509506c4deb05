//! FT-48: somebody comes back after weeks. `VALISE_CATCH_UP=10000` lets her miss so many messages, and a twentieth of that in
//! changes of the group.

use crate::stage::{Folder, Person, Server};
use std::fs;
use std::io::Write;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Messages that are missed when nobody says otherwise.
const USUAL: usize = 400;

/// Most memory that catching up may take (FT-48).
const MOST_KIB: u64 = 300 << 10;

#[test]
fn ft_48_who_comes_back_after_weeks_gets_everything_in_order_and_in_little_memory() {
    let missed = std::env::var("VALISE_CATCH_UP");
    let missed: usize = missed.map_or(USUAL, |text| text.parse().expect("a number"));
    let folder = Folder::new("catch-up");
    let server = Server::running(&folder);
    let [ivan, anna, guest] = ["ivan", "anna", "guest"].map(|name| Person::new(&folder, name));
    ivan.found(&server, "Ivan", "Ministry");
    anna.join(&ivan, "Anna");
    guest.join(&ivan, "Guest");
    ivan.run(&["group", "Office", "Anna"]);
    anna.until_in("Office");

    let texts: Vec<String> = (1..=missed)
        .map(|number| format!("message {number}"))
        .collect();
    let changes = missed / 20;
    for (number, part) in texts.chunks(missed.div_ceil(changes.max(1))).enumerate() {
        write(&ivan, part);
        let verb = if number % 2 == 0 { "add" } else { "remove" };
        ivan.run(&[verb, "Office", "Guest"]);
    }

    let begin = Instant::now();
    let last = missed.to_string();
    let process = anna
        .command(&["read", "Office", "--last", &last])
        .stdout(Stdio::null())
        .spawn();
    let peak = peak_kib(process.unwrap());
    println!(
        "{missed} messages and {changes} changes: {:?}, {peak} KiB",
        begin.elapsed()
    );
    assert_eq!(anna.texts("Office"), texts);
    assert!(peak > 0 && peak <= MOST_KIB, "{peak} KiB");
}

fn write(person: &Person, texts: &[String]) {
    let mut process = person
        .command(&["send", "Office", "-", "--each-line"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = process.stdin.take().unwrap();
    texts
        .iter()
        .for_each(|text| writeln!(input, "{text}").unwrap());
    drop(input);
    assert!(process.wait().unwrap().success());
}

/// Waits for a process and returns the most memory that it had.
fn peak_kib(mut process: Child) -> u64 {
    let mut peak = 0;
    while process.try_wait().unwrap().is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", process.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(kib.unwrap_or(0));
        thread::sleep(Duration::from_millis(5));
    }
    assert!(process.wait().unwrap().success());
    peak
}

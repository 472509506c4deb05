//! What lies in the memory of a process of ours.

use super::{Words, needles};
use crate::needles::Needles;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

/// Looks at a process's memory again and again.
pub struct Watch {
    over: Arc<AtomicBool>,
    thread: JoinHandle<BTreeSet<String>>,
}

impl Watch {
    /// Begins to look for words.
    pub fn start(pid: u32, words: Words) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&over);
        let thread = thread::spawn(move || {
            let needles = needles(&words);
            let mut seen = BTreeSet::new();
            while !told.load(Ordering::Relaxed) {
                seen.extend(found(pid, &needles));
            }
            seen
        });
        Self { over, thread }
    }

    /// Returns what was found.
    pub fn stop(self) -> BTreeSet<String> {
        self.over.store(true, Ordering::Relaxed);
        self.thread.join().unwrap()
    }
}

/// Returns the words that stand in a process's memory at this moment: heap, stacks, and everything else that it can write.
pub fn found(pid: u32, needles: &Needles) -> BTreeSet<String> {
    let memory = File::open(format!("/proc/{pid}/mem"));
    let memory = memory.expect("the memory of a process of one's own can be read");
    let mut found = BTreeSet::new();
    let mut read_bytes = 0;
    for (start, end) in writable(pid) {
        let mut bytes = vec![0; usize::try_from(end - start).unwrap()];
        // A part may go away between being listed and being read.
        if let Ok(length) = memory.read_at(&mut bytes, start) {
            read_bytes += length;
            found.extend(needles.found_in(&bytes[..length]));
        }
    }
    assert!(
        read_bytes > 1 << 20,
        "only {read_bytes} bytes of memory could be read"
    );
    found
}

/// Lists the parts of a process's memory that it may write: what it only reads came from its files.
fn writable(pid: u32) -> Vec<(u64, u64)> {
    let maps = fs::read_to_string(format!("/proc/{pid}/maps")).unwrap();
    let part = |line: &str| {
        let mut words = line.split_whitespace();
        let (start, end) = words.next()?.split_once('-')?;
        let is_writable = words.next()?.starts_with("rw");
        let number = |digits| u64::from_str_radix(digits, 16).ok();
        is_writable.then_some((number(start)?, number(end)?))
    };
    maps.lines().filter_map(part).collect()
}

//! Crates that decide and remember, but never look at a clock, open a file or socket, or start a
//! thread: what they need is handed to them, so they run the same in a browser and in a simulation.

use super::report;
use crate::{paths, process::run, wasm};
use anyhow::Result;
use std::fs;

const PURE: [&str; 11] = [
    "client",
    "directory",
    "evidence",
    "import",
    "mls",
    "paper",
    "print",
    "verdict",
    "timestamp",
    "views",
    "wire",
];

const FORBIDDEN: [&str; 8] = [
    "SystemTime",
    "std::time::Instant",
    "Instant::now",
    "std::net",
    "std::fs",
    "std::thread",
    "thread_rng",
    "tokio",
];

/// Reads the sources of the pure crates and compiles them for the browser.
pub fn check(tracked: &[String]) -> Result<()> {
    let mut found = Vec::new();
    for path in tracked.iter().filter(|path| is_pure_source(path)) {
        found.extend(breaches(
            path,
            &fs::read_to_string(paths::root().join(path))?,
        ));
    }
    report(found)?;
    let mut command = wasm::prepare()?.cargo(&["check", "--profile", "web-dev"]);
    for name in PURE
        .iter()
        .filter(|name| paths::root().join("crates").join(name).is_dir())
    {
        command.args(["--package", &format!("valise-{name}")]);
    }
    run(&mut command)
}

fn is_pure_source(path: &str) -> bool {
    path.ends_with(".rs")
        && PURE
            .iter()
            .any(|name| path.starts_with(&format!("crates/{name}/src/")))
}

/// Lists forbidden names in a source, apart from comments and the tests at its end.
fn breaches(path: &str, source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (index, line) in source.lines().enumerate() {
        if line.starts_with("#[cfg(test)]") {
            break;
        }
        let code = line.split("//").next().unwrap_or_default();
        for name in FORBIDDEN.iter().filter(|name| contains_word(code, name)) {
            found.push(format!("{path}:{}: {name}", index + 1));
        }
    }
    found
}

/// Finds a name that is no part of a longer one.
fn contains_word(code: &str, name: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(name)
        .any(|(at, _)| !code[..at].ends_with(joins) && !code[at + name.len()..].starts_with(joins))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_in_a_pure_crate_is_found() {
        let source = "fn now() -> u64 {\n    std::time::SystemTime::now()\n}\n";
        assert_eq!(breaches("a.rs", source), ["a.rs:2: SystemTime"]);
    }

    #[test]
    fn comments_tests_and_longer_names_are_not() {
        let source =
            "/// Not tokio.\nlet std_tokio_like = 1; // std::fs\n#[cfg(test)]\nuse std::fs;\n";
        assert!(breaches("a.rs", source).is_empty());
    }

    #[test]
    fn only_sources_of_pure_crates_are_read() {
        assert!(is_pure_source("crates/wire/src/frame.rs"));
        assert!(!is_pure_source("crates/server/src/lib.rs"));
        assert!(!is_pure_source("crates/wire/tests/golden.rs"));
    }
}

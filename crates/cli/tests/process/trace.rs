//! Faults at chosen system calls, by `strace`: kill the process at the n-th, or let the n-th fail.

use std::path::Path;
use std::process::{Command, Stdio};

/// Calls with which a program of ours leaves something on a disk or on a line.
pub const LEAVING: [&str; 4] = ["pwrite64", "fdatasync", "writev", "sendto"];

/// Tells whether faults can be made on this machine; says why not.
pub fn is_there() -> bool {
    let tried = Command::new("strace")
        .args([
            "-D",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            "inject=fsync:error=EIO",
            "true",
        ])
        .stdin(Stdio::null())
        .output();
    let why = match tried {
        Ok(output) if output.status.success() => return true,
        Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
        Err(error) => error.to_string(),
    };
    println!("skipped: no faults can be made, strace does not work here: {why}");
    false
}

/// The words of a command under which the n-th such call of a thread kills the process.
pub fn killed_at(call: &str, n: usize) -> Vec<String> {
    under(call, &format!("inject={call}:signal=SIGKILL:when={n}"))
}

/// The words of a command under which such calls fail with an error; `when` is the n-th, `n..m`, or `n+` for all from there on.
pub fn failing(call: &str, error: &str, when: &str) -> Vec<String> {
    under(call, &format!("inject={call}:error={error}:when={when}"))
}

/// The words of a command whose calls of this kind are written down in a file, in order.
pub fn writing_down(path: &Path) -> Vec<String> {
    let calls = "trace=pwrite64,fdatasync,fsync,writev,sendto,sendmsg";
    let path = path.to_str().unwrap();
    let words = [
        "strace",
        "-D",
        "-f",
        "-y",
        "-qq",
        "--seccomp-bpf",
        "-e",
        calls,
        "-o",
        path,
    ];
    words.map(str::to_owned).into()
}

fn under(call: &str, inject: &str) -> Vec<String> {
    // With -D the process that is started is ours, and strace is its child: it is our child that is killed and waited for.
    let trace = format!("trace={call}");
    let words = ["strace", "-D", "-f", "-qq", "-o", "/dev/null"];
    let rules = ["-e", &trace, "-e", inject];
    words
        .iter()
        .chain(&rules)
        .map(|word| (*word).to_owned())
        .collect()
}

/// Borrows words.
pub fn words(all: &[String]) -> Vec<&str> {
    all.iter().map(String::as_str).collect()
}

/// Which of the n-th calls to try: ever fewer, or all with `VALISE_FAULTS=all`.
pub fn points(most: usize) -> Vec<usize> {
    if std::env::var("VALISE_FAULTS").is_ok_and(|value| value == "all") {
        return (1..=most).collect();
    }
    let mut points = vec![1];
    let mut next = 2;
    while next <= most {
        points.push(next);
        next = 2 * next + 1;
    }
    points
}

//! `valise verify` as a program: exit codes and words, on the bundle that other implementations are given.

use std::path::PathBuf;
use std::process::{Command, Output};

const VECTORS: &str = include_str!("../../../spec/vectors/evidence-good.txt");

fn values(wanted: &str) -> Vec<&'static str> {
    let lines = VECTORS.lines().filter_map(|line| line.split_once(": "));
    let values = lines.filter(|(name, _)| *name == wanted);
    values.map(|(_, value)| value).collect()
}

fn bundle() -> Vec<u8> {
    hex::decode(values("bundle")[0]).expect("digits")
}

/// Runs the command on these bytes, in this language, with these fingerprints.
fn verify(name: &str, bytes: &[u8], language: &str, fingerprints: &[&str]) -> Output {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join(format!("{name}.evb"));
    std::fs::write(&file, bytes).expect("a folder for tests");
    let mut command = Command::new(env!("CARGO_BIN_EXE_valise"));
    command.env("LC_ALL", language).arg("verify").arg(&file);
    for fingerprint in fingerprints {
        command.args(["--fingerprint", fingerprint]);
    }
    command.output().expect("it runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn what_is_proven_ends_with_nothing() {
    let output = verify("whole", &bundle(), "C", &values("fingerprint"));
    let text = said(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(
        text.contains("The request: answer accepted, as of act 4"),
        "{text}"
    );
    assert!(
        text.contains("server says    taken by the sender's server"),
        "{text}"
    );
    assert!(
        text.contains("proven         seal of the organisation, Anna Novak"),
        "{text}"
    );
}

#[test]
fn without_a_fingerprint_it_is_sound_and_not_proven() {
    let output = verify("unknown", &bundle(), "ru_RU.UTF-8", &[]);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(4), "{text}");
    assert!(text.contains("сверьте отпечаток"), "{text}");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.contains("ошибок нет, но доказано не всё"), "{error}");
}

#[test]
fn what_was_changed_is_named() {
    let mut bytes = bundle();
    let at = bytes.windows(9).position(|part| part == b"Enclosed.");
    bytes[at.expect("the answer's text")] ^= 1;
    let output = verify("changed", &bytes, "C", &values("fingerprint"));
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(
        text.contains("WRONG") && text.contains("it was changed"),
        "{text}"
    );
    let other = "11111 11111 11111 11111 11111 11111";
    let output = verify("other", &bundle(), "C", &[other]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let output = verify("none", b"no bundle at all", "C", &[]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
}

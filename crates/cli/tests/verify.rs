//! `valise verify` as a program: exit codes and words, on the bundle that other implementations are given.

use std::fs::File;
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

/// T123 (BI-50): a gigabyte that is a hole is no bundle; no more of it is read than its end, so that less memory than it is long suffices.
#[test]
fn t123_a_hole_of_a_gigabyte_is_no_bundle_and_is_not_read() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join("hole.evb");
    let most = 1 << 30;
    for (length, said) in [
        (most, "it is no ZIP file, or not a whole one"),
        (most + 1, "the file is too large"),
    ] {
        let made = File::create(&file).expect("a folder for tests");
        made.set_len(length).expect("a hole costs nothing");
        let output = Command::new("sh")
            .args(["-c", "ulimit -v 524288; exec \"$0\" verify \"$1\""])
            .arg(env!("CARGO_BIN_EXE_valise"))
            .arg(&file)
            .env("LC_ALL", "C")
            .output()
            .expect("it runs");
        let text = [&*output.stdout, &*output.stderr].concat();
        let text = String::from_utf8_lossy(&text).into_owned();
        assert!(!output.status.success() && text.contains(said), "{text}");
    }
    std::fs::remove_file(file).expect("it is there");
}

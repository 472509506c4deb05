//! An organisation's log, of which somebody shows the next statement: he has no key.

use super::vectors::{octets, values};
use std::sync::LazyLock;
use valise_directory::Directory;
use valise_directory::statement::digest;
use valise_wire::statement::SignedStatement;
use valise_wire::{OrganisationId, from_bytes, to_bytes};

/// What other implementations are given as well.
const GOOD: &str = include_str!("../../../spec/vectors/directory-good.txt");
const BAD: &str = include_str!("../../../spec/vectors/directory-bad.txt");

/// The log of the vectors, as a reader has it after none of it, one, two, ….
static LOGS: LazyLock<(Vec<Directory>, Vec<SignedStatement>)> = LazyLock::new(|| {
    let organisation = values(GOOD).next().map(|(_, digits)| octets(digits));
    let organisation = organisation.and_then(|bytes| OrganisationId::from_slice(&bytes));
    let mut directory = Directory::new(organisation.expect("an organisation"));
    let (mut directories, mut log) = (vec![directory.clone()], Vec::new());
    for statement in said() {
        let next = directory.head().position + 1;
        directory.apply(next, &statement).expect("an honest one");
        directories.push(directory.clone());
        log.push(statement);
    }
    (directories, log)
});

fn said() -> impl Iterator<Item = SignedStatement> {
    let lines = values(GOOD).filter(|(name, _)| name.starts_with(|it: char| it.is_ascii_digit()));
    lines.filter_map(|(_, digits)| from_bytes(&octets(digits)).ok())
}

/// The first byte says how many statements were read before; the rest is the next one. Only what was signed is taken.
pub(super) fn logs(bytes: &[u8]) {
    let Some((&after, rest)) = bytes.split_first() else {
        return;
    };
    let Ok(statement) = from_bytes::<SignedStatement>(rest) else {
        return;
    };
    assert!(to_bytes(&statement) == rest, "a second encoding was taken");
    let (directories, log) = &*LOGS;
    let mut directory = directories[usize::from(after) % directories.len()].clone();
    let before = directory.head();
    let taken = directory.apply(before.position + 1, &statement);
    match taken {
        Ok(_) => assert!(was_said(log, &statement), "nobody signed that"),
        Err(_) => assert_eq!(directory.head(), before, "what is refused changes nothing"),
    }
}

/// Tells whether it is one of the log, or one of those that are refused elsewhere and good here.
fn was_said(log: &[SignedStatement], statement: &SignedStatement) -> bool {
    let known = digest(statement);
    log.iter().any(|said| digest(said) == known)
        || bad().any(|(_, said)| said == to_bytes(statement))
}

/// What is refused, with how many statements were read before.
fn bad() -> impl Iterator<Item = (u8, Vec<u8>)> {
    values(BAD).filter_map(|(name, digits)| {
        let after = name.split_once(' ')?.0.parse().ok()?;
        Some((after, octets(digits)))
    })
}

pub(super) fn honest() -> Vec<(&'static str, Vec<u8>)> {
    let good = (0..)
        .zip(said())
        .map(|(after, said)| (after, to_bytes(&said)));
    // Of those that every kind has in common a few are enough.
    let inputs = good.chain(bad().step_by(5));
    let inputs = inputs.filter(|(_, bytes)| bytes.len() < 2_000);
    inputs
        .map(|(after, bytes): (u8, _)| ("logs", [&[after], &bytes[..]].concat()))
        .collect()
}

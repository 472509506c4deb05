//! An organisation's log, of which somebody shows the next statement: he has no key.

use super::vectors::{octets, values};
use std::sync::LazyLock;
use valise_directory::statement::digest;
use valise_directory::{Directory, DirectoryKey};
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, OfficeId, OrganisationId, Timestamp, from_bytes, to_bytes};

/// What other implementations are given as well.
const GOOD: &str = include_str!("../../../spec/vectors/directory-good.txt");
const BAD: &str = include_str!("../../../spec/vectors/directory-bad.txt");

/// When everything of the log was said, and to whom something of it is shown.
const NOW: Timestamp = Timestamp(1_790_000_000_000);
const PARTNER: OrganisationId = OrganisationId([77; 32]);

/// The log of the vectors, as its people have it after none of it, one, two, ….
static LOGS: LazyLock<(Vec<Directory>, Vec<SignedStatement>)> = LazyLock::new(|| {
    let one = |wanted: &str| {
        let mut found = values(GOOD).filter(|(name, _)| *name == wanted);
        found.next().map(|(_, digits)| octets(digits))
    };
    let organisation = one("organisation").and_then(|bytes| OrganisationId::from_slice(&bytes));
    let key = one("directory-key").and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let key = DirectoryKey::from_bytes(&key.expect("a key"));
    let mut directory = Directory::new(organisation.expect("an organisation")).with_key(key);
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

/// The first byte says how many statements were read before; the rest is the next one. Only what was signed is taken, and what somebody
/// signs who may, but means harm, does none to whoever reads.
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
    insider(directory.clone(), &statement);
    let taken = directory.apply(before.position + 1, &statement);
    match taken {
        Ok(_) => assert!(was_said(log, &statement), "nobody signed that"),
        Err(_) => assert_eq!(directory.head(), before, "what is refused changes nothing"),
    }
}

/// Takes a statement as if whoever it has to be by had signed it, and asks after everybody.
fn insider(mut directory: Directory, statement: &SignedStatement) {
    let before = directory.head();
    let next = before.position + 1;
    if directory.apply_trusted(next, statement).is_err() {
        assert_eq!(directory.head(), before, "what is refused changes nothing");
        return;
    }
    assert_eq!(directory.head().position, next);
    let accounts: Vec<AccountId> = directory.accounts().map(|entry| entry.id).collect();
    for account in accounts {
        let _ = (directory.person(account), directory.side_of(account));
        let _ = (directory.away(account, NOW), directory.cover(account, NOW));
        for partner in [None, Some(PARTNER)] {
            let shown = directory.excerpt_of(account, partner).unwrap_or_default();
            assert!(shown.iter().all(|place| *place <= next));
        }
    }
    let offices: Vec<OfficeId> = directory.offices().map(|office| office.id).collect();
    for office in offices {
        let _ = directory.excerpt_of_office(office, Some(PARTNER));
        assert!(directory.looks_after(office, NOW).is_sorted());
    }
    if let Some(entry) = directory.deadlines() {
        let _ = entry.said.calendar.due(NOW, 1_000);
        let _ = entry.said.calendar.before(NOW, 60);
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

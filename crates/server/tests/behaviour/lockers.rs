//! Lockers, and the word by which a person comes back.

use crate::stage::*;
use sha2::{Digest, Sha256};
use valise_directory::update;
use valise_server::service::Protections;
use valise_wire::request::*;
use valise_wire::statement::SignedStatement;
use valise_wire::{LockerId, Octets, ProblemCode};

const LOCKER: LockerId = LockerId([5; 16]);
const WORD: [u8; 32] = [7; 32];

fn put(part: u32, body: &[u8]) -> PutLocker {
    PutLocker {
        locker: LOCKER,
        part,
        body: Octets(body.to_vec()),
        over: None,
    }
}

fn read(part: u32) -> ReadLocker {
    ReadLocker {
        locker: LOCKER,
        part,
    }
}

#[test]
fn whoever_knows_the_name_reads_and_the_account_alone_writes() {
    let written = |protections| {
        let mut stage = Stage::with(protections);
        let boris = stage.join(2, "boris");
        stage.call(&stage.founder.caller, put(0, b"mine")).unwrap();
        let Ok(Reply::LockerPart(part)) = stage.call(&STRANGER, read(0)) else {
            panic!()
        };
        assert_eq!(&*part.body, b"mine");
        stage.call(&boris.caller, put(0, b"his"))
    };
    assert_eq!(code(written(Protections::default())), ProblemCode::Refused);
    let without = Protections {
        locker_owner: false,
        ..Protections::default()
    };
    assert!(written(without).is_ok(), "whose it is is what refuses");
}

#[test]
fn a_part_is_replaced_only_over_what_was_expected() {
    let stage = Stage::new();
    let founder = &stage.founder.caller;
    stage.call(founder, put(0, b"one")).unwrap();
    let over = |expected: &[u8], body: &[u8]| PutLocker {
        over: Some(Sha256::digest(expected).into()),
        ..put(0, body)
    };
    stage.call(founder, over(b"one", b"two")).unwrap();
    assert_eq!(
        code(stage.call(founder, over(b"one", b"three"))),
        ProblemCode::Conflict
    );
    let Ok(Reply::LockerPart(part)) = stage.call(&STRANGER, read(0)) else {
        panic!()
    };
    assert_eq!(&*part.body, b"two");
}

#[test]
fn an_emptied_locker_is_gone_and_nobodys() {
    let mut stage = Stage::new();
    let boris = stage.join(2, "boris");
    stage.call(&stage.founder.caller, put(0, b"a")).unwrap();
    stage.call(&stage.founder.caller, put(3, b"b")).unwrap();
    let empty = EmptyLocker { locker: LOCKER };
    assert_eq!(
        code(stage.call(&boris.caller, empty.clone())),
        ProblemCode::Refused
    );
    stage.call(&stage.founder.caller, empty.clone()).unwrap();
    stage.call(&stage.founder.caller, empty).unwrap();
    for part in [0, 3] {
        assert_eq!(
            code(stage.call(&STRANGER, read(part))),
            ProblemCode::Refused
        );
    }
    assert!(stage.call(&boris.caller, put(0, b"his")).is_ok());
}

#[test]
fn too_much_and_nothing_are_refused() {
    let stage = Stage::new();
    let founder = &stage.founder.caller;
    assert_eq!(
        code(stage.call(founder, put(0, b""))),
        ProblemCode::Malformed
    );
    let large = vec![0; MAX_LOCKER_PART_BYTES + 1];
    assert_eq!(
        code(stage.call(founder, put(0, &large))),
        ProblemCode::TooLarge
    );
    assert_eq!(
        code(stage.call(founder, put(MAX_LOCKER_PARTS, b"a"))),
        ProblemCode::TooLarge
    );
    assert_eq!(
        code(stage.call(&STRANGER, put(0, b"a"))),
        ProblemCode::Unauthenticated
    );
}

/// The founder's list with another device on it, signed by the account's key: a device that was taken off it could make that.
fn with_another_device(stage: &Stage) -> SignedStatement {
    let known = stage.directory();
    let founder = &stage.founder;
    let entry = known.0.account(founder.account).unwrap();
    let mut devices = entry.devices.clone();
    devices.push(listed(9));
    update::devices(
        known.0.organisation_id(),
        entry,
        devices,
        &founder.account_key,
    )
}

fn returns(stage: &Stage, word: [u8; 32]) -> Result<Reply, valise_wire::Problem> {
    let request = Return {
        account: stage.founder.account,
        word,
        statement: with_another_device(stage),
    };
    stage.call(&STRANGER, request)
}

fn keep_word(stage: &Stage) {
    let digests = vec![Sha256::digest(WORD).into()];
    stage
        .call(&stage.founder.caller, KeepReturns { digests })
        .unwrap();
}

#[test]
fn who_comes_back_needs_the_word() {
    let tried = |protections, word| {
        let stage = Stage::with(protections);
        keep_word(&stage);
        returns(&stage, word)
    };
    assert!(tried(Protections::default(), WORD).is_ok());
    assert_eq!(
        code(tried(Protections::default(), [8; 32])),
        ProblemCode::Refused
    );
    let without = Protections {
        return_word: false,
        ..Protections::default()
    };
    assert!(tried(without, [8; 32]).is_ok(), "the word is what refuses");
}

#[test]
fn the_log_is_read_with_the_word_alone() {
    let stage = Stage::new();
    let read = |word| ReadReturning {
        account: stage.founder.account,
        word,
        after: 0,
    };
    assert_eq!(
        code(stage.call(&STRANGER, read(WORD))),
        ProblemCode::Refused
    );
    keep_word(&stage);
    let Ok(Reply::Directory(page)) = stage.call(&STRANGER, read(WORD)) else {
        panic!()
    };
    assert_eq!(page.entries.len() as u64, page.head);
}

#[test]
fn words_are_forgotten_when_a_device_is_taken_off_the_list() {
    let stage = Stage::new();
    keep_word(&stage);
    returns(&stage, WORD).unwrap();
    // The device that came back is taken off again: whoever had it in hand may have kept a word of his own.
    let known = stage.directory();
    let entry = known.0.account(stage.founder.account).unwrap();
    let mut devices = entry.devices.clone();
    devices.retain(|device| device.id != listed(9).id);
    let statement = update::devices(
        known.0.organisation_id(),
        entry,
        devices,
        &stage.founder.account_key,
    );
    stage
        .call(&stage.founder.caller, Publish { statement })
        .unwrap();
    assert_eq!(code(returns(&stage, WORD)), ProblemCode::Refused);
}

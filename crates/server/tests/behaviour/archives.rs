use crate::stage::*;
use valise_server::service::Protections;
use valise_wire::request::*;
use valise_wire::{ArchiveId, Octets, ProblemCode};

const ARCHIVE: ArchiveId = ArchiveId([5; 16]);
const BORIS: [u8; 16] = [6; 16];
const THIEF: [u8; 16] = [7; 16];

fn part(part: u32, parts: u32) -> KeepArchive {
    let length = if part + 1 == parts {
        100
    } else {
        MAX_ARCHIVE_PART_BYTES
    };
    KeepArchive {
        archive: ARCHIVE,
        part,
        parts,
        body: Octets(vec![part as u8; length]),
    }
}

fn take(part: u32, claim: Option<[u8; 16]>) -> TakeArchive {
    TakeArchive {
        archive: ARCHIVE,
        claim,
        part,
    }
}

/// Whoever opened the link first has a part of it; then somebody else opens it.
fn opened_twice(protections: Protections) -> Result<Reply, valise_wire::Problem> {
    let stage = Stage::with(protections);
    stage.call(&stage.founder.caller, part(0, 1)).unwrap();
    stage.call(&STRANGER, take(0, Some(BORIS))).unwrap();
    stage.call(&STRANGER, take(0, Some(THIEF)))
}

#[test]
fn an_archive_is_handed_out_to_one_claim() {
    assert_eq!(
        code(opened_twice(Protections::default())),
        ProblemCode::Gone
    );
    let without = Protections {
        archive_once: false,
        ..Protections::default()
    };
    assert!(
        opened_twice(without).is_ok(),
        "looking at the claim is what refuses"
    );
}

#[test]
fn whoever_claimed_it_may_repeat_and_go_on_until_it_is_forgotten() {
    let stage = Stage::new();
    let founder = &stage.founder.caller;
    stage.call(founder, part(0, 2)).unwrap();
    assert_eq!(
        code(stage.call(&STRANGER, take(0, None))),
        ProblemCode::Refused,
        "half an archive is none"
    );
    stage.call(founder, part(1, 2)).unwrap();
    stage.call(founder, part(1, 2)).unwrap();
    assert!(stage.call(&STRANGER, take(0, None)).is_ok());
    assert_eq!(
        code(stage.call(&STRANGER, take(1, None))),
        ProblemCode::Malformed,
        "only the label is for looking"
    );
    for number in [0, 0, 1] {
        let Ok(Reply::ArchivePart(got)) = stage.call(&STRANGER, take(number, Some(BORIS))) else {
            panic!()
        };
        assert_eq!((got.parts, got.body), (2, part(number, 2).body));
    }
    assert_eq!(
        code(stage.call(&STRANGER, take(0, None))),
        ProblemCode::Gone
    );
    assert_eq!(
        code(stage.call(founder, part(0, 2))),
        ProblemCode::Gone,
        "nothing changes under whoever takes it"
    );
    stage
        .call(founder, ForgetArchive { archive: ARCHIVE })
        .unwrap();
    for claim in [Some(BORIS), Some(THIEF), None] {
        assert_eq!(
            code(stage.call(&STRANGER, take(0, claim))),
            ProblemCode::Gone
        );
    }
}

#[test]
fn nobody_touches_the_archive_of_another_device() {
    let mut stage = Stage::new();
    let boris = stage.join(2, "boris");
    stage.call(&stage.founder.caller, part(0, 1)).unwrap();
    assert_eq!(
        code(stage.call(&boris.caller, part(0, 1))),
        ProblemCode::Refused
    );
    stage.call(&STRANGER, take(0, Some(BORIS))).unwrap();
    let forget = ForgetArchive { archive: ARCHIVE };
    assert_eq!(
        code(stage.call(&boris.caller, forget.clone())),
        ProblemCode::Refused
    );
    assert!(stage.call(&stage.founder.caller, forget).is_ok());
}

#[test]
fn a_part_is_of_its_length_and_an_unknown_name_is_refused() {
    let stage = Stage::new();
    let founder = &stage.founder.caller;
    let with = |change: fn(&mut KeepArchive)| {
        let mut request = part(0, 2);
        change(&mut request);
        code(stage.call(founder, request))
    };
    assert_eq!(with(|part| part.part = 2), ProblemCode::Malformed);
    assert_eq!(with(|part| part.body.0.truncate(9)), ProblemCode::Malformed);
    assert_eq!(with(|part| part.body.0.push(0)), ProblemCode::TooLarge);
    assert_eq!(
        with(|part| part.parts = MAX_ARCHIVE_PARTS + 1),
        ProblemCode::TooLarge
    );
    assert_eq!(
        with(|part| part.part = 1),
        ProblemCode::Refused,
        "the first part comes first"
    );
    assert_eq!(
        code(stage.call(&STRANGER, take(0, Some(BORIS)))),
        ProblemCode::Refused
    );
}

#[test]
fn an_ended_account_leaves_no_archive() {
    let mut stage = Stage::new();
    let boris = stage.join(2, "boris");
    stage.call(&boris.caller, part(0, 1)).unwrap();
    stage.end_account(&boris);
    assert_eq!(
        code(stage.call(&STRANGER, take(0, Some(BORIS)))),
        ProblemCode::Refused
    );
}

use crate::stage::*;
use valise_mls::Change;
use valise_wire::policy::RoomKind;
use valise_wire::request::*;
use valise_wire::{Octets, ProblemCode, TransactionId};

/// Where the first length of an MLS message stands: behind version and wire format.
const FIRST_LENGTH: usize = 4;

/// What an MLS message is not: cut off, with something behind it, of another kind, and with lengths that lie.
fn spoiled(honest: &[u8]) -> Vec<Vec<u8>> {
    let cut = [0, 1, 2, 3, 4, 5, 20, honest.len() / 2, honest.len() - 1];
    let mut bad: Vec<Vec<u8>> = cut.iter().map(|end| honest[..*end].to_vec()).collect();
    bad.push([honest, &[0]].concat());
    // Versions that do not exist, and one that is meant to be stumbled over (GREASE).
    for version in [0, 2, 0x0a0a, 0xffff_u16] {
        bad.push([&version.to_be_bytes(), &honest[2..]].concat());
    }
    for wire_format in [0, 6, 0x0a0a, 0xffff_u16] {
        let head = [&honest[..2], &wire_format.to_be_bytes()].concat();
        bad.push([&head, &honest[4..]].concat());
    }
    // The edges of one, two and four bytes (RFC 9420 §2.1.2), longer than needed, and the prefix that is not allowed.
    let lengths: [&[u8]; 6] = [
        b"\x3f",
        b"\x40\x10",
        b"\x7f\xff",
        b"\x80\x00\x00\x10",
        b"\xbf\xff\xff\xff",
        b"\xff\xff\xff\xff\xff\xff\xff\xff",
    ];
    for length in lengths {
        let (head, rest) = honest.split_at(FIRST_LENGTH);
        bad.push([head, length, &rest[1..]].concat());
    }
    bad
}

fn is_refused(answer: Result<Reply, valise_wire::Problem>) -> bool {
    let codes = [
        ProblemCode::Malformed,
        ProblemCode::Invalid,
        ProblemCode::Refused,
    ];
    answer.is_err_and(|problem| codes.contains(&problem.code))
}

#[test]
fn bi_14_mls_messages_that_are_none_are_refused_and_change_nothing() {
    let mut stage = Stage::new();
    let boris = stage.join(2, "boris");
    stage.room(RoomKind::Group, &[&boris]);
    let head = stage.events(&boris.caller, 0).unwrap().head;
    let message = stage.message(&boris, 1, "text");
    for bad in spoiled(&message.message.0) {
        let request = Send {
            transaction: TransactionId([100; 16]),
            message: bad.clone().into(),
            ..message.clone()
        };
        assert!(is_refused(stage.call(&boris.caller, request)), "{bad:02x?}");
    }
    let clara = stage.join(3, "clara");
    let add = vec![stage.key_package(&clara).0];
    let pending = stage.at(&stage.founder, |room| {
        room.commit(Change {
            add,
            ..Change::default()
        })
        .unwrap()
    });
    let honest = commit(&pending, 2);
    let welcome = honest.welcome.clone().unwrap();
    let spoil = |bytes: &Octets, put: &dyn Fn(&mut Commit, Octets)| {
        for bad in spoiled(&bytes.0) {
            let mut request = honest.clone();
            request.transaction = TransactionId([101; 16]);
            put(&mut request, bad.clone().into());
            let answer = stage.call(&stage.founder.caller, request);
            assert!(is_refused(answer), "{:02x?}", &bad[..bad.len().min(40)]);
        }
    };
    spoil(&honest.commit, &|request, bad| request.commit = bad);
    spoil(&honest.group_info, &|request, bad| request.group_info = bad);
    spoil(&welcome, &|request, bad| request.welcome = Some(bad));
    assert_eq!(
        stage.events(&boris.caller, 0).unwrap().head,
        head,
        "nothing came of it"
    );
    accepted(stage.call(&boris.caller, message));
    accepted(stage.call(&stage.founder.caller, honest));
}

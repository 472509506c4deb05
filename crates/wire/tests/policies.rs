//! The last fields of a policy: written up to the last one that says something, and read in no other way.

use valise_wire::cbor::Encoder;
use valise_wire::policy::{LinkRole, RoomKind, RoomLink, RoomPolicy, is_jurisdiction};
use valise_wire::{AccountId, DecodeError, OrganisationId, from_bytes, to_bytes};

fn policy(links: Vec<RoomLink>, residency: &[&str]) -> RoomPolicy {
    RoomPolicy {
        kind: RoomKind::Group,
        organisation: OrganisationId([12; 32]),
        owners: vec![AccountId([4; 16])],
        protocol_floor: 1,
        links,
        residency: residency.iter().map(|code| (*code).to_owned()).collect(),
    }
}

fn link() -> RoomLink {
    RoomLink {
        key: [20; 32],
        id: [21; 16],
        not_after: None,
        role: LinkRole::Member,
        card: vec![22; 4].into(),
    }
}

/// The four first fields under a head that promises so many, and what follows them.
fn written(fields: usize, rest: impl Fn(&mut Encoder)) -> Vec<u8> {
    let short = to_bytes(&policy(Vec::new(), &[]));
    let mut to = Encoder::default();
    to.array(fields);
    let mut bytes = to.into_bytes();
    bytes.extend(&short[1..]);
    let mut to = Encoder::default();
    rest(&mut to);
    bytes.extend(to.into_bytes());
    bytes
}

fn read(bytes: &[u8]) -> Result<RoomPolicy, DecodeError> {
    from_bytes(bytes)
}

#[test]
fn what_says_nothing_behind_the_last_field_is_not_written() {
    let first = |policy: &RoomPolicy| to_bytes(policy)[0];
    let cases = [
        (policy(Vec::new(), &[]), 0x84),
        (policy(vec![link()], &[]), 0x85),
        (policy(Vec::new(), &["DE"]), 0x86),
        (policy(vec![link()], &["DE", "FR"]), 0x86),
    ];
    for (policy, head) in cases {
        assert_eq!(first(&policy), head, "{policy:?}");
        assert_eq!(read(&to_bytes(&policy)), Ok(policy));
    }
}

#[test]
fn there_is_one_encoding_of_each_policy() {
    let none = |to: &mut Encoder| to.array(0);
    let rule = |to: &mut Encoder| {
        to.array(1);
        to.text("DE");
    };
    // A fifth field may be empty before a sixth, and in no other place.
    let both = written(6, |to| {
        none(to);
        rule(to);
    });
    assert_eq!(read(&both), Ok(policy(Vec::new(), &["DE"])));
    let empty_links = written(5, none);
    let empty_rule = written(6, |to| {
        none(to);
        none(to);
    });
    for wrong in [&empty_links, &empty_rule] {
        assert_eq!(read(wrong), Err(DecodeError::OutOfRange));
    }
    let seven = written(7, |to| {
        none(to);
        rule(to);
        rule(to);
    });
    let long = written(4, rule);
    let short = written(6, none);
    let mut three = written(3, |_| {});
    three.truncate(three.len() - 1);
    assert_eq!(read(&seven), Err(DecodeError::UnexpectedType));
    assert_eq!(read(&three), Err(DecodeError::UnexpectedType));
    for wrong in [&long, &short] {
        read(wrong).unwrap_err();
    }
}

#[test]
fn a_jurisdiction_is_two_capital_letters() {
    assert!(is_jurisdiction("DE"));
    for wrong in ["", "D", "de", "DEU", "D1", "Д"] {
        assert!(!is_jurisdiction(wrong), "{wrong}");
    }
}

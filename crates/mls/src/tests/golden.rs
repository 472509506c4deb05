//! Stored forms that must stay readable: a member's store, and a hub's state.

use super::stage::{Person, ROOM, Register, START, Stage};
use crate::{HubRoom, Member, Processed, Standing};
use std::collections::BTreeMap;
use valise_wire::push::EventKind;

const MEMBER: &[u8] = include_bytes!("golden/member-1.cbor");
const MESSAGE: &[u8] = include_bytes!("golden/message-1.bin");
const HUB: &[u8] = include_bytes!("golden/hub-1.cbor");

#[test]
fn a_store_of_an_older_version_is_read() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let register = Register::default();
    for person in [&ann, &ben] {
        register.set(person, Standing::Valid(person.device.leaf_key()));
    }
    let stored: BTreeMap<Vec<u8>, Vec<u8>> = cbor4ii::serde::from_slice(MEMBER).unwrap();
    ben.store.restore(stored);
    let member = Member::new(&ben.device, &ben.store, &ben.random, &register, START);
    let mut room = member.load(ROOM).unwrap().unwrap();
    let Processed::Message {
        sender, plaintext, ..
    } = room.process(EventKind::Message, MESSAGE).unwrap()
    else {
        panic!("not a message")
    };
    assert_eq!((sender, &plaintext[..]), (ann.identity(), &b"kept"[..]));
    room.encrypt(b"and on", b"").unwrap();
    room.commit(crate::Change::default()).unwrap();
}

#[test]
fn a_hub_state_of_an_older_version_is_read() {
    let hub = HubRoom::from_bytes(HUB).unwrap();
    assert_eq!(
        (
            hub.id(),
            hub.epoch(),
            hub.roster().len(),
            hub.proposals().len()
        ),
        (ROOM, 1, 2, 1)
    );
    assert_eq!(hub.to_bytes(), HUB);
}

/// Makes the files anew, for a version with another form: `cargo test -p valise-mls golden -- --ignored`.
#[cfg(test)]
#[test]
#[ignore = "writes the golden files"]
fn write_golden_files() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let mut stage = Stage::group(&ann, &[&ben]);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/golden");
    let mut member = Vec::new();
    cbor4ii::serde::to_writer(&mut member, &ben.store.snapshot()).unwrap();
    let message = stage.room(&ann).encrypt(b"kept", b"").unwrap();
    let proposal = stage.room(&ben).propose_leave().unwrap();
    stage.take_proposal(&ben, &proposal).unwrap();
    for (name, bytes) in [
        ("member-1.cbor", member),
        ("message-1.bin", message),
        ("hub-1.cbor", stage.hub.to_bytes()),
    ] {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}

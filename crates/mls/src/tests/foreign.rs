//! What nobody in the room may have made: proposals of a strange hub, tags that are wrong or missing, keys that are none, and what a
//! copy of a device says after the device has renewed its keys.

use super::stage::{Person, ROOM, Stage};
use crate::error::Misdelivery;
use crate::member::group_id;
use crate::storage::Provider;
use crate::{Change, Error, HubKey, Member, Processed, Refused, Rule, Rules};
use openmls::prelude::{ExternalProposal, LeafNodeIndex, SenderExtensionIndex};
use openmls_traits::signatures::Signer as _;
use tls_codec::Serialize as _;
use valise_wire::push::EventKind;

/// Proposes to remove somebody, signed by a key of a place among the room's external senders.
fn removal(stage: &Stage, key: &HubKey, place: u32, leaf: u32) -> Vec<u8> {
    let message = ExternalProposal::new_remove::<Provider<'_>>(
        LeafNodeIndex::new(leaf),
        group_id(ROOM),
        stage.hub.epoch().into(),
        key,
        SenderExtensionIndex::new(place),
    );
    message.unwrap().tls_serialize_detached().unwrap()
}

#[test]
fn hs_28_who_is_not_the_rooms_hub_proposes_nothing() {
    let (ann, ben, cem) = (Person::new(1, 1), Person::new(2, 2), Person::new(3, 3));
    let stage = Stage::group(&ann, &[&ben, &cem]);
    // Cem was revoked, so that the hub itself may propose this.
    stage.register.revoke(&cem);
    let leaf = super::stage::leaf_of(&stage.room(&ann), &cem);
    let before = ben.store.snapshot();
    let other = HubKey::from_secret(&[201; 32]);
    for (key, place) in [(&other, 0), (&other, 1), (&stage.hub_key, 1)] {
        let proposal = removal(&stage, key, place, leaf);
        let seen = stage.process(&ben, EventKind::Proposal, &proposal);
        assert_eq!(
            seen,
            Err(Error::ServerMisbehaved(Misdelivery::Forged)),
            "{place}"
        );
        assert_eq!(ben.store.snapshot(), before);
    }
    let proposal = removal(&stage, &stage.hub_key, 0, leaf);
    let seen = stage.process(&ben, EventKind::Proposal, &proposal).unwrap();
    assert!(matches!(seen, Processed::Proposal { leaves: false, .. }));
}

/// Bytes of a tag in a public message.
const TAG: usize = 32;

#[test]
fn hs_30_a_commit_with_a_wrong_a_shorter_or_no_tag_is_refused_and_the_true_one_taken() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let stage = Stage::group(&ann, &[&ben]);
    let commit = stage.room(&ann).commit(Change::default()).unwrap().commit;
    // At the end stand the confirmation tag and the membership tag, each with its length before it.
    let membership = commit.len() - TAG;
    let confirmation = membership - 1 - TAG;
    assert_eq!((commit[membership - 1], commit[confirmation - 1]), (32, 32));
    let mut wrong = Vec::new();
    for at in [membership, commit.len() - 1, confirmation, membership - 2] {
        let mut changed = commit.clone();
        changed[at] ^= 1;
        wrong.push(changed);
    }
    for (at, left) in [
        (membership, 0),
        (membership, 31),
        (confirmation, 0),
        (confirmation, 31),
    ] {
        let mut shorter = commit.clone();
        shorter[at - 1] = left;
        shorter.drain(at + usize::from(left)..at + TAG);
        wrong.push(shorter);
    }
    let before = ben.store.snapshot();
    for changed in &wrong {
        let seen = stage.process(&ben, EventKind::Commit, changed);
        assert!(seen.is_err(), "{seen:?}");
        ben.store.restore(before.clone());
        assert_eq!(stage.room(&ben).epoch(), 1);
    }
    stage.process(&ben, EventKind::Commit, &commit).unwrap();
    assert_eq!(stage.room(&ben).epoch(), 2);
}

/// Points of X25519 whose product with anything is nothing.
const SMALL: [[u8; 32]; 4] = {
    let mut one = [0; 32];
    one[0] = 1;
    // p - 1 and p, which is another way to write 0.
    let mut less = [0xff; 32];
    less[0] = 0xec;
    less[31] = 0x7f;
    let mut zero = [0xff; 32];
    zero[0] = 0xed;
    zero[31] = 0x7f;
    [[0; 32], one, less, zero]
};

/// Where a key package says its key for a Welcome, and its leaf's key.
const INIT_KEY: std::ops::Range<usize> = 9..41;
const LEAF_KEY: std::ops::Range<usize> = 42..74;
const SIGNATURE: usize = 64;

/// Signs a structure in place of the signature behind it, as RFC 9420 §5.1.2 says.
fn sign(person: &Person, label: &str, bytes: &mut [u8], from: usize, signature: usize) {
    let label = format!("MLS 1.0 {label}");
    let mut content = vec![label.len() as u8];
    content.extend(label.bytes());
    let signed = &bytes[from..signature - 2];
    content.extend((0x4000 | signed.len() as u16).to_be_bytes());
    content.extend(signed);
    let made = person.device.sign(&content).unwrap();
    bytes[signature..signature + SIGNATURE].copy_from_slice(&made);
}

/// Puts another key into a key package, and signs it anew: its owner did that.
fn with_key(
    person: &Person,
    package: &[u8],
    at: std::ops::Range<usize>,
    key: &[u8; 32],
) -> Vec<u8> {
    let mut package = package.to_vec();
    let end = package.len() - SIGNATURE;
    // The leaf's signature stands before the extensions of the package, which reach to the signature of the whole.
    let is_leafs = |at: &usize| {
        let length = usize::from(package[at + SIGNATURE]);
        package[at - 2..*at] == [0x40, 0x40] && at + SIGNATURE + 1 + length == end - 2
    };
    let leaf = (76..end - SIGNATURE)
        .find(is_leafs)
        .expect("a leaf is signed");
    package[at].copy_from_slice(key);
    sign(person, "LeafNodeTBS", &mut package, INIT_KEY.end, leaf);
    sign(person, "KeyPackageTBS", &mut package, 4, end);
    package
}

#[test]
fn hs_36_keys_that_are_none_add_nobody() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let stage = Stage::group(&ann, &[]);
    stage
        .register
        .set(&ben, crate::Standing::Valid(ben.device.leaf_key()));
    let package = stage.package(&ben);
    let adds = |package: Vec<u8>| {
        let before = ann.store.snapshot();
        let change = Change {
            add: vec![package],
            ..Change::default()
        };
        let made = stage.room(&ann).commit(change).map(drop);
        ann.store.restore(before);
        made
    };
    for at in [INIT_KEY, LEAF_KEY] {
        // The control: the same key, put in and signed in the same way.
        let own: [u8; 32] = package[at.clone()].try_into().unwrap();
        adds(with_key(&ben, &package, at.clone(), &own)).unwrap();
        for key in &SMALL {
            let made = adds(with_key(&ben, &package, at.clone(), key));
            assert!(made.is_err(), "{at:?} {key:02x?}");
        }
    }
    // Without the rule, such a leaf is let in, and nobody can renew anything behind it.
    let careless = Member {
        rules: Rules::ALL.without(Rule::Foreign),
        ..stage.member(&ann)
    };
    let mut room = careless.load(ROOM).unwrap().unwrap();
    let add = vec![with_key(&ben, &package, LEAF_KEY, &SMALL[0])];
    let change = Change {
        add,
        ..Change::default()
    };
    room.commit(change).unwrap();
    room.confirm_commit().unwrap();
    assert!(room.commit(Change::default()).is_err());
}

#[test]
fn ft_66_a_copy_of_a_device_opens_nothing_once_the_device_has_renewed_its_keys() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let mut stage = Stage::group(&ann, &[&ben]);
    let stolen = ben.store.snapshot();
    let before = stage.room(&ann).encrypt(b"before", b"").unwrap();
    let renewal = stage.commit(&ben, Change::default(), &[&ann]).unwrap();
    let after = stage.room(&ann).encrypt(b"after", b"").unwrap();
    ben.store.restore(stolen);
    let seen = stage.process(&ben, EventKind::Message, &before);
    assert!(
        matches!(seen, Ok(Processed::Message { .. })),
        "until then it opens everything"
    );
    let seen = stage.process(&ben, EventKind::Commit, &renewal.commit);
    assert_eq!(seen, Err(Error::Forgotten));
    let seen = stage.process(&ben, EventKind::Message, &after);
    assert_eq!(seen, Err(Error::WrongEpoch { theirs: 2, ours: 1 }));
    // And what it says, the hub does not take.
    let said = stage.room(&ben).encrypt(b"it is me", b"").unwrap();
    assert!(matches!(
        stage.hub.check_message(&said),
        Err(Refused::WrongEpoch { .. })
    ));
}

//! Signals: who can read them, and who can have sent them.

use super::stage::{Person, Stage};
use crate::error::Misdelivery;
use crate::room::MAX_SIGNAL_BYTES;
use crate::{Change, Error};

const FORGED: Error = Error::ServerMisbehaved(Misdelivery::Forged);

#[test]
fn a_signal_reaches_the_members_of_its_epoch() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let mut stage = Stage::group(&ann, &[&ben]);
    let sealed = stage.room(&ann).seal_signal(b"typing").unwrap();
    assert_eq!(
        stage.room(&ben).open_signal(&sealed),
        Ok((ann.identity(), b"typing".to_vec()))
    );
    assert_ne!(sealed, stage.room(&ann).seal_signal(b"typing").unwrap());
    assert!(
        stage
            .room(&ann)
            .seal_signal(&[0; MAX_SIGNAL_BYTES + 1])
            .is_err()
    );
    stage.commit(&ann, Change::default(), &[&ben]).unwrap();
    assert_eq!(stage.room(&ben).open_signal(&sealed), Err(FORGED));
}

#[test]
fn a_signal_that_was_touched_is_not_opened() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let stage = Stage::group(&ann, &[&ben]);
    let sealed = stage.room(&ann).seal_signal(b"typing").unwrap();
    for index in 0..sealed.len() {
        let mut touched = sealed.clone();
        touched[index] ^= 1;
        assert_eq!(stage.room(&ben).open_signal(&touched), Err(FORGED));
        assert!(stage.room(&ben).open_signal(&sealed[..index]).is_err());
    }
}

#[test]
fn a_member_cannot_signal_as_another() {
    // Cem holds the epoch's key and takes Ann's place in the tree with his own signature.
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let stage = Stage::group(&ann, &[&ben]);
    let impostor = crate::Device::from_secret(ann.identity(), &[9; 32]);
    let member = crate::Member {
        device: &impostor,
        ..stage.member(&ann)
    };
    let sealed = member
        .load(super::stage::ROOM)
        .unwrap()
        .unwrap()
        .seal_signal(b"typing")
        .unwrap();
    assert_eq!(stage.room(&ben).open_signal(&sealed), Err(FORGED));
}

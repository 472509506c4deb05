//! What the hub asks of a new room and of what comes with a commit.

use super::stage::{Person, ROOM, START, Stage, leaf_of, policy};
use crate::settings::Suite;
use crate::{Change, CommitIn, HubRoom, KeyPackageInfo, PendingCommit, Refused, Standing};
use valise_wire::RoomId;
use valise_wire::policy::RoomKind;

fn refuses(stage: &mut Stage, from: &Person, pending: &PendingCommit) -> Refused {
    let before = stage.hub.to_bytes();
    let refused = stage.take(from, pending).unwrap_err();
    assert_eq!(stage.hub.to_bytes(), before);
    assert_eq!(
        stage.hub.view(),
        HubRoom::from_bytes(&before).unwrap().view()
    );
    refused
}

#[test]
fn the_group_information_is_that_of_the_new_epoch_by_the_committer() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let mut stage = Stage::group(&ann, &[&ben]);
    let good = stage.room(&ann).commit(Change::default()).unwrap();
    let other = stage.room(&ben).commit(Change::default()).unwrap();

    let old = PendingCommit {
        group_info: stage.hub.group_info().to_vec(),
        ..good.clone()
    };
    let foreign = PendingCommit {
        group_info: other.group_info.clone(),
        ..good.clone()
    };
    for wrong in [old, foreign] {
        assert_eq!(
            refuses(&mut stage, &ann, &wrong),
            Refused::GroupInfo("it is of another state")
        );
    }
    let mut forged = good.clone();
    *forged.group_info.last_mut().unwrap() ^= 1;
    assert_eq!(
        refuses(&mut stage, &ann, &forged),
        Refused::GroupInfo("its signature is wrong")
    );
    let broken = PendingCommit {
        group_info: vec![0, 1, 0, 4],
        ..good.clone()
    };
    assert_eq!(refuses(&mut stage, &ann, &broken), Refused::Malformed);
    assert_eq!(refuses(&mut stage, &ben, &good), Refused::ForeignSender);
    stage.take(&ann, &good).unwrap();
    assert_eq!(stage.hub.group_info(), good.group_info);
    assert_eq!(
        refuses(&mut stage, &ann, &good),
        Refused::WrongEpoch { theirs: 1, ours: 2 }
    );
}

#[test]
fn the_welcome_is_for_those_who_are_added() {
    let (ann, ben, cem) = (Person::new(1, 1), Person::new(2, 2), Person::new(3, 3));
    let mut stage = Stage::group(&ann, &[]);
    for person in [&ben, &cem] {
        stage
            .register
            .set(person, Standing::Valid(person.device.leaf_key()));
    }
    let for_ben = stage
        .room(&ann)
        .commit(Change {
            add: vec![stage.package(&ben)],
            ..Change::default()
        })
        .unwrap();
    stage.room(&ann).abandon_commit().unwrap();
    let for_cem = stage
        .room(&ann)
        .commit(Change {
            add: vec![stage.package(&cem)],
            ..Change::default()
        })
        .unwrap();
    let wrong = Refused::GroupInfo("the welcome is not for those who are added");
    assert_eq!(
        refuses(
            &mut stage,
            &ann,
            &PendingCommit {
                welcome: None,
                ..for_cem.clone()
            }
        ),
        wrong
    );
    assert_eq!(
        refuses(
            &mut stage,
            &ann,
            &PendingCommit {
                welcome: for_ben.welcome,
                ..for_cem.clone()
            }
        ),
        wrong
    );
    let accepted = stage.take(&ann, &for_cem).unwrap();
    assert_eq!(
        (accepted.welcomed, accepted.epoch),
        (vec![cem.identity()], 1)
    );
}

#[test]
fn a_new_room_is_one_device_and_this_hub() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let stage = Stage::group(&ann, &[]);
    stage.member(&ann).forget(ROOM).unwrap();
    let key = stage.hub_key.public();
    let mut room = stage
        .member(&ann)
        .create(ROOM, &policy(RoomKind::Group, &[1]), &key, Suite::Hybrid)
        .unwrap();
    let (info, tree) = (room.group_info().unwrap(), room.tree().unwrap());
    let open = |id: RoomId, creator: &Person, key: &[u8; 32]| {
        HubRoom::open(
            id,
            &info,
            &tree,
            creator.device.identity(),
            key,
            &stage.register,
            START,
        )
        .err()
    };
    assert_eq!(open(ROOM, &ann, &key), None);
    assert_eq!(
        open(RoomId([1; 16]), &ann, &key),
        Some(Refused::ForeignRoom)
    );
    assert_eq!(open(ROOM, &ben, &key), Some(Refused::ForeignSender));
    assert_eq!(
        open(ROOM, &ann, &[1; 32]),
        Some(Refused::GroupInfo("its external sender is not this hub"))
    );
    room.commit(Change::default()).unwrap();
    room.confirm_commit().unwrap();
    let (info, tree) = (room.group_info().unwrap(), room.tree().unwrap());
    let late = HubRoom::open(
        ROOM,
        &info,
        &tree,
        ann.device.identity(),
        &key,
        &stage.register,
        START,
    )
    .err();
    assert_eq!(late, Some(Refused::WrongEpoch { theirs: 1, ours: 0 }));
}

#[test]
fn only_a_message_of_this_room_and_epoch_is_a_message() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let mut stage = Stage::group(&ann, &[&ben]);
    let message = stage.room(&ann).encrypt(b"x", b"").unwrap();
    stage.hub.check_message(&message).unwrap();
    let pending = stage.room(&ann).commit(Change::default()).unwrap();
    assert_eq!(
        stage.hub.check_message(&pending.commit),
        Err(Refused::Malformed)
    );
    assert_eq!(
        stage.hub.check_message(&message[..message.len() - 1]),
        Err(Refused::Malformed)
    );
    assert_eq!(
        stage.hub.check_message(&[&message[..], &[0]].concat()),
        Err(Refused::Malformed)
    );
    stage.take(&ann, &pending).unwrap();
    assert_eq!(
        stage.hub.check_message(&message),
        Err(Refused::WrongEpoch { theirs: 1, ours: 2 })
    );
}

#[test]
fn a_proposal_is_handed_over_by_who_made_it() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let mut stage = Stage::group(&ann, &[&ben]);
    let proposal = stage.room(&ben).propose_leave().unwrap();
    assert_eq!(
        stage.take_proposal(&ann, &proposal),
        Err(Refused::ForeignSender)
    );
    stage.take_proposal(&ben, &proposal).unwrap();
    stage.take_proposal(&ben, &proposal).unwrap();
    assert_eq!(stage.hub.proposals().len(), 1);
}

#[test]
fn a_key_package_says_whom_it_adds() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let stage = Stage::group(&ann, &[]);
    let package = stage.package(&ben);
    let info = KeyPackageInfo::read(&package).unwrap();
    assert_eq!(
        (info.identity, info.leaf_key, info.suite, info.last_resort),
        (ben.identity(), ben.device.leaf_key(), Suite::Classic, false)
    );
    assert!(info.lifetime.0 <= START.as_seconds() && START.as_seconds() < info.lifetime.1);
    for index in 0..package.len() {
        let mut broken = package.clone();
        broken[index] ^= 1;
        assert!(KeyPackageInfo::read(&broken).is_err(), "byte {index}");
    }
    stage.member(&ben).retire_key_package(&package).unwrap();
    let room = stage.room(&ann).commit(Change {
        remove: vec![99],
        ..Change::default()
    });
    assert!(room.is_err());
    assert_eq!(leaf_of(&stage.room(&ann), &ann), 0);
    let upload = CommitIn {
        commit: &package,
        group_info: &package,
        welcome: None,
    };
    let mut hub = HubRoom::from_bytes(&stage.hub.to_bytes()).unwrap();
    assert_eq!(
        hub.check_commit(upload, ann.device.identity(), &stage.register, START),
        Err(Refused::Malformed)
    );
}

//! What happens in the life of a room.

use super::stage::{Person, ROOM, Stage, account, leaf_of, policy};
use crate::error::{Misdelivery, Refusal};
use crate::settings::Suite;
use crate::{Change, CommitIn, Error, HubRoom, Memory, Processed, Refused, Rule};
use valise_wire::policy::RoomKind;
use valise_wire::push::EventKind;

#[test]
fn a_room_is_made_talked_in_changed_and_left() {
    for suite in [Suite::Hybrid, Suite::Classic] {
        let (ann, ben, cem) = (Person::new(1, 1), Person::new(2, 2), Person::new(3, 3));
        let mut stage = Stage::with_policy(policy(RoomKind::Group, &[1]), suite, &ann, &[&ben]);
        assert_eq!(stage.room(&ann).suite().unwrap(), suite);
        stage
            .register
            .set(&cem, crate::Standing::Valid(cem.device.leaf_key()));
        stage.say(&ann, &[&ben], b"hello");
        stage.say(&ben, &[&ann], b"hello back");
        stage.add(&ann, &[&cem], &[&ben]);
        stage.agree(&[&ann, &ben, &cem]);
        stage.say(&cem, &[&ann, &ben], b"I am here");

        let promoted = Change {
            policy: Some(policy(RoomKind::Announcement, &[1, 2])),
            ..Change::default()
        };
        stage.commit(&ann, promoted, &[&ben, &cem]).unwrap();
        assert_eq!(stage.room(&cem).policy().owners, [account(1), account(2)]);

        let removed = Change {
            remove: vec![leaf_of(&stage.room(&ben), &cem)],
            ..Change::default()
        };
        let pending = stage.room(&ben).commit(removed).unwrap();
        stage.take(&ben, &pending).unwrap();
        stage
            .process(&ben, EventKind::Commit, &pending.commit)
            .unwrap();
        stage
            .process(&ann, EventKind::Commit, &pending.commit)
            .unwrap();
        let Processed::Change(change) = stage
            .process(&cem, EventKind::Commit, &pending.commit)
            .unwrap()
        else {
            panic!()
        };
        assert!(
            change.self_removed
                && change.removed == [cem.identity()]
                && change.committer == ben.identity()
        );
        assert_eq!(
            stage.room(&cem).encrypt(b"x", b""),
            Err(Error::Refused(Refusal::NotMember))
        );
        stage.say(&ann, &[&ben], b"without Cem");
        stage.agree(&[&ann, &ben]);
    }
}

#[test]
fn what_was_sent_comes_back_as_own() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let stage = Stage::group(&ann, &[&ben]);
    let message = stage.room(&ann).encrypt(b"x", b"").unwrap();
    assert_eq!(
        stage.process(&ann, EventKind::Message, &message),
        Ok(Processed::OwnMessage { epoch: 1 })
    );
}

#[test]
fn messages_are_padded() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let stage = Stage::group(&ann, &[&ben]);
    let lengths: Vec<usize> = [1, 20, 60]
        .map(|length| {
            stage
                .room(&ann)
                .encrypt(&vec![1; length], b"")
                .unwrap()
                .len()
        })
        .into();
    assert!(
        lengths.iter().all(|length| *length == lengths[0]),
        "{lengths:?}"
    );
    assert!(stage.room(&ann).encrypt(&[1; 600], b"").unwrap().len() > lengths[0]);
}

#[test]
fn of_two_commits_one_is_taken_and_the_other_made_again() {
    let (ann, ben, cem) = (Person::new(1, 1), Person::new(2, 2), Person::new(3, 3));
    let mut stage = Stage::group(&ann, &[&ben]);
    stage
        .register
        .set(&cem, crate::Standing::Valid(cem.device.leaf_key()));
    let first = stage
        .room(&ann)
        .commit(Change {
            add: vec![stage.package(&cem)],
            ..Change::default()
        })
        .unwrap();
    let second = stage.room(&ben).commit(Change::default()).unwrap();
    assert_eq!(
        stage.room(&ben).commit(Change::default()),
        Err(Error::Refused(Refusal::CommitPending))
    );
    stage.take(&ann, &first).unwrap();
    assert_eq!(
        stage.take(&ben, &second),
        Err(Refused::WrongEpoch { theirs: 1, ours: 2 })
    );
    let Processed::OwnCommit(change) = stage
        .process(&ann, EventKind::Commit, &first.commit)
        .unwrap()
    else {
        panic!()
    };
    assert_eq!(change.added, [cem.identity()]);
    stage
        .process(&ben, EventKind::Commit, &first.commit)
        .unwrap();
    assert!(!stage.room(&ben).has_pending_commit());
    stage.join(&cem, &first).unwrap();
    stage
        .commit(&ben, Change::default(), &[&ann, &cem])
        .unwrap();
    stage.agree(&[&ann, &ben, &cem]);
}

#[test]
fn an_abandoned_commit_leaves_the_room_as_it_was() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let mut stage = Stage::group(&ann, &[&ben]);
    stage.room(&ann).commit(Change::default()).unwrap();
    assert!(stage.room(&ann).has_pending_commit());
    stage.room(&ann).abandon_commit().unwrap();
    stage.say(&ann, &[&ben], b"still here");
    stage.commit(&ann, Change::default(), &[&ben]).unwrap();
    let pending = stage.room(&ann).commit(Change::default()).unwrap();
    stage.take(&ann, &pending).unwrap();
    assert_eq!(stage.room(&ann).confirm_commit().unwrap().epoch, 3);
}

#[test]
fn an_account_leaves_with_all_its_devices() {
    let (ann, ben, ben_too) = (Person::new(1, 1), Person::new(2, 2), Person::new(2, 3));
    let mut stage = Stage::group(&ann, &[&ben, &ben_too]);
    let proposal = stage.room(&ben).propose_leave().unwrap();
    assert_eq!(
        stage.take_proposal(&ben, &proposal).unwrap().leaf,
        ben.identity()
    );
    for person in [&ann, &ben, &ben_too] {
        let seen = stage
            .process(person, EventKind::Proposal, &proposal)
            .unwrap();
        assert_eq!(
            seen,
            Processed::Proposal {
                leaf: ben.identity(),
                leaves: true
            }
        );
        assert_eq!(
            stage.room(person).encrypt(b"x", b""),
            Err(Error::Refused(Refusal::CommitFirst))
        );
    }
    assert!(
        matches!(stage.room(&ben_too).commit(Change::default()), Err(Error::Refused(Refusal::Breach(breach))) if breach.rule == Rule::LeaveWhole)
    );
    stage
        .commit(&ann, Change::default(), &[&ben, &ben_too])
        .unwrap();
    assert!(!stage.room(&ben).is_active() && !stage.room(&ben_too).is_active());
    assert_eq!(stage.hub.roster().len(), 1);
    assert!(stage.hub.proposals().is_empty());
}

#[test]
fn the_last_owner_makes_another_before_leaving() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let mut stage = Stage::group(&ann, &[&ben]);
    assert!(
        matches!(stage.room(&ann).propose_leave(), Err(Error::Refused(Refusal::Breach(breach))) if breach.rule == Rule::Owners)
    );
    stage
        .commit(
            &ann,
            Change {
                policy: Some(policy(RoomKind::Group, &[1, 2])),
                ..Change::default()
            },
            &[&ben],
        )
        .unwrap();
    let proposal = stage.room(&ann).propose_leave().unwrap();
    stage.take_proposal(&ann, &proposal).unwrap();
    stage.process(&ben, EventKind::Proposal, &proposal).unwrap();
    stage.commit(&ben, Change::default(), &[&ann]).unwrap();
    assert_eq!(stage.room(&ben).policy().owners, [account(2)]);
}

#[test]
fn a_revoked_last_owner_is_followed_by_who_was_there_first() {
    let (ann, ben, cem) = (Person::new(1, 1), Person::new(2, 2), Person::new(3, 3));
    let mut stage = Stage::group(&ann, &[&ben, &cem]);
    stage.register.end(1);
    let proposals = stage
        .hub
        .propose_removals(&stage.hub_key, &stage.register, stage.now)
        .unwrap();
    assert_eq!(proposals.len(), 1);
    assert!(
        stage
            .hub
            .propose_removals(&stage.hub_key, &stage.register, stage.now)
            .unwrap()
            .is_empty()
    );
    let late = stage.room(&cem).commit(Change::default());
    stage.room(&cem).abandon_commit().unwrap();
    assert!(
        late.is_ok(),
        "whoever knows the directory needs no proposal"
    );
    for person in [&ben, &cem] {
        let seen = stage
            .process(person, EventKind::Proposal, &proposals[0])
            .unwrap();
        assert_eq!(
            seen,
            Processed::Proposal {
                leaf: ann.identity(),
                leaves: false
            }
        );
    }
    stage.commit(&cem, Change::default(), &[&ben]).unwrap();
    assert_eq!(stage.room(&ben).policy().owners, [account(2)]);
    assert_eq!(stage.hub.policy().owners, [account(2)]);
    stage.say(&cem, &[&ben], b"go on");
}

#[test]
fn a_room_in_hand_knows_who_came_since_it_was_asked() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let stage = Stage::group(&ann, &[]);
    let key = ben.device.leaf_key();
    stage.register.set(&ben, crate::Standing::Valid(key));
    let add = vec![stage.package(&ben)];
    let mut room = stage.room(&ann);
    room.encrypt(b"alone", b"").unwrap();
    let change = Change {
        add,
        ..Change::default()
    };
    room.commit(change).unwrap();
    room.confirm_commit().unwrap();
    assert_eq!(room.roster().unwrap().len(), 2);
    room.encrypt(b"together", b"").unwrap();
    drop(room);
    stage.register.revoke(&ben);
    assert_eq!(
        stage.room(&ann).encrypt(b"x", b""),
        Err(Error::Refused(Refusal::CommitFirst))
    );
}

#[test]
fn nothing_is_sent_while_somebody_revoked_is_in_the_room() {
    let (ann, ben, cem) = (Person::new(1, 1), Person::new(2, 2), Person::new(3, 3));
    let mut stage = Stage::group(&ann, &[&ben, &cem]);
    let message = stage.room(&ben).encrypt(b"before", b"").unwrap();
    stage.register.revoke(&cem);
    assert_eq!(
        stage.room(&ben).encrypt(b"x", b""),
        Err(Error::Refused(Refusal::CommitFirst))
    );
    let proposals = stage
        .hub
        .propose_removals(&stage.hub_key, &stage.register, stage.now)
        .unwrap();
    assert_eq!(stage.hub.check_message(&message), Err(Refused::CommitFirst));
    stage
        .process(&ben, EventKind::Proposal, &proposals[0])
        .unwrap();
    stage
        .process(&ann, EventKind::Proposal, &proposals[0])
        .unwrap();
    stage.commit(&ben, Change::default(), &[&ann]).unwrap();
    stage.say(&ben, &[&ann], b"after");
}

#[test]
fn a_device_that_lost_everything_comes_back() {
    let (ann, mut ben) = (Person::new(1, 1), Person::new(2, 2));
    let mut stage = Stage::group(&ann, &[&ben]);
    ben.store = Memory::default();
    let (info, tree) = (stage.hub.group_info().to_vec(), stage.hub.tree().to_vec());
    let stale = stage.member(&ben).rejoin(ROOM, &info, &tree, 2).err();
    assert_eq!(
        stale,
        Some(Error::ServerMisbehaved(Misdelivery::StaleState))
    );
    let (_, rejoined) = stage.member(&ben).rejoin(ROOM, &info, &tree, 1).unwrap();
    let upload = CommitIn {
        commit: &rejoined.commit,
        group_info: &rejoined.group_info,
        welcome: None,
    };
    let accepted = stage
        .hub
        .check_commit(upload, ben.device.identity(), &stage.register, stage.now)
        .unwrap();
    assert_eq!(
        (accepted.added, accepted.removed, accepted.welcomed),
        (vec![ben.identity()], vec![ben.identity()], vec![])
    );
    let Processed::Change(change) = stage
        .process(&ann, EventKind::Commit, &rejoined.commit)
        .unwrap()
    else {
        panic!()
    };
    assert_eq!(
        (change.committer, change.self_removed),
        (ben.identity(), false)
    );
    stage.agree(&[&ann, &ben]);
    stage.say(&ben, &[&ann], b"back");
    assert_eq!(
        stage.process(&ben, EventKind::Commit, &rejoined.commit),
        Err(Error::WrongEpoch { theirs: 1, ours: 2 })
    );
}

#[test]
fn another_device_of_a_member_comes_by_itself() {
    let (ann, ben, ben_too) = (Person::new(1, 1), Person::new(2, 2), Person::new(2, 3));
    let mut stage = Stage::group(&ann, &[&ben]);
    stage
        .register
        .set(&ben_too, crate::Standing::Valid(ben_too.device.leaf_key()));
    let (info, tree) = (stage.hub.group_info().to_vec(), stage.hub.tree().to_vec());
    let (_, rejoined) = stage
        .member(&ben_too)
        .rejoin(ROOM, &info, &tree, 0)
        .unwrap();
    let upload = CommitIn {
        commit: &rejoined.commit,
        group_info: &rejoined.group_info,
        welcome: None,
    };
    stage
        .hub
        .check_commit(
            upload,
            ben_too.device.identity(),
            &stage.register,
            stage.now,
        )
        .unwrap();
    for person in [&ann, &ben] {
        stage
            .process(person, EventKind::Commit, &rejoined.commit)
            .unwrap();
    }
    stage.agree(&[&ann, &ben, &ben_too]);
    let own_device = Change {
        remove: vec![leaf_of(&stage.room(&ben), &ben_too)],
        ..Change::default()
    };
    stage.commit(&ben, own_device, &[&ann, &ben_too]).unwrap();
}

#[test]
fn a_direct_room_has_two_sides() {
    let (ann, ben, ben_too) = (Person::new(1, 1), Person::new(2, 2), Person::new(2, 3));
    let mut stage = Stage::with_policy(
        policy(RoomKind::Direct, &[1, 2]),
        Suite::Classic,
        &ann,
        &[&ben],
    );
    stage
        .register
        .set(&ben_too, crate::Standing::Valid(ben_too.device.leaf_key()));
    stage.add(&ann, &[&ben_too], &[&ben]);
    stage.say(&ben_too, &[&ann, &ben], b"from my desk");
    stage.register.end(1);
    stage.commit(&ben, Change::default(), &[&ben_too]).unwrap();
    assert_eq!(
        stage.room(&ben).policy(),
        &policy(RoomKind::Direct, &[1, 2])
    );
    assert_eq!(stage.hub.roster().len(), 2);
}

#[test]
fn a_room_of_ones_own_has_ones_devices_and_loses_those_that_are_removed() {
    let (ann, ann_too, tablet) = (Person::new(1, 1), Person::new(1, 2), Person::new(1, 3));
    let own = policy(RoomKind::Direct, &[1]);
    let mut stage = Stage::with_policy(own.clone(), Suite::Classic, &ann, &[&ann_too]);
    stage
        .register
        .set(&tablet, crate::Standing::Valid(tablet.device.leaf_key()));
    stage.add(&ann_too, &[&tablet], &[&ann]);
    stage.say(&tablet, &[&ann, &ann_too], b"milk");
    stage.register.revoke(&ann_too);
    stage.commit(&ann, Change::default(), &[&tablet]).unwrap();
    assert_eq!(stage.room(&ann).policy(), &own);
    assert_eq!(stage.hub.roster().len(), 2);
}

#[test]
fn who_was_away_follows_what_a_newer_directory_would_not_allow() {
    let (ann, ben, cem) = (Person::new(1, 1), Person::new(2, 2), Person::new(3, 3));
    let mut stage = Stage::group(&ann, &[&ben]);
    stage
        .register
        .set(&cem, crate::Standing::Valid(cem.device.leaf_key()));
    let added = stage
        .commit(
            &ann,
            Change {
                add: vec![stage.package(&cem)],
                ..Change::default()
            },
            &[],
        )
        .unwrap();
    stage.register.revoke(&cem);
    let removed = stage.commit(&ann, Change::default(), &[]).unwrap();
    // In hand, so that what was known of the members before a change is not believed after it.
    let mut room = stage.room(&ben);
    room.encrypt(b"nobody revoked yet", b"").unwrap();
    room.process(EventKind::Commit, &added.commit).unwrap();
    assert_eq!(
        room.encrypt(b"x", b""),
        Err(Error::Refused(Refusal::CommitFirst))
    );
    room.process(EventKind::Commit, &removed.commit).unwrap();
    room.encrypt(b"nobody revoked again", b"").unwrap();
    drop(room);
    stage.agree(&[&ann, &ben]);
    stage.say(&ben, &[&ann], b"caught up");
}

#[test]
fn a_hub_takes_up_where_it_was() {
    let (ann, ben, cem) = (Person::new(1, 1), Person::new(2, 2), Person::new(3, 3));
    let mut stage = Stage::group(&ann, &[&ben, &cem]);
    let proposal = stage.room(&ben).propose_leave().unwrap();
    stage.take_proposal(&ben, &proposal).unwrap();
    let bytes = stage.hub.to_bytes();
    stage.hub = HubRoom::from_bytes(&bytes).unwrap();
    assert_eq!(stage.hub.to_bytes(), bytes);
    assert_eq!(stage.hub.proposals(), std::slice::from_ref(&proposal));
    stage.process(&ann, EventKind::Proposal, &proposal).unwrap();
    stage.process(&cem, EventKind::Proposal, &proposal).unwrap();
    stage.commit(&ann, Change::default(), &[&cem]).unwrap();
    stage.agree(&[&ann, &cem]);
    assert_eq!(HubRoom::from_bytes(b"\x80").err(), Some(Refused::State));
}

#[test]
fn a_removed_device_can_be_added_again() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let mut stage = Stage::group(&ann, &[&ben]);
    let removed = Change {
        remove: vec![leaf_of(&stage.room(&ann), &ben)],
        ..Change::default()
    };
    stage.commit(&ann, removed, &[&ben]).unwrap();
    stage.add(&ann, &[&ben], &[]);
    stage.say(&ben, &[&ann], b"again");
}

#[test]
fn a_last_resort_package_works_twice_and_another_once() {
    for last_resort in [true, false] {
        let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
        let mut stage = Stage::group(&ann, &[]);
        stage
            .register
            .set(&ben, crate::Standing::Valid(ben.device.leaf_key()));
        let package = stage
            .member(&ben)
            .key_package(stage.suite, last_resort)
            .unwrap();
        let pending = stage
            .commit(
                &ann,
                Change {
                    add: vec![package.clone()],
                    ..Change::default()
                },
                &[],
            )
            .unwrap();
        stage.join(&ben, &pending).unwrap();
        let out = Change {
            remove: vec![leaf_of(&stage.room(&ann), &ben)],
            ..Change::default()
        };
        stage.commit(&ann, out, &[&ben]).unwrap();
        let pending = stage
            .commit(
                &ann,
                Change {
                    add: vec![package],
                    ..Change::default()
                },
                &[],
            )
            .unwrap();
        let joined = stage.join(&ben, &pending);
        match last_resort {
            true => joined.unwrap(),
            false => assert_eq!(
                joined,
                Err(Error::ServerMisbehaved(Misdelivery::UnknownKeyPackage))
            ),
        }
    }
}

#[test]
fn somebody_who_leaves_and_is_revoked_goes_once() {
    for leave_first in [true, false] {
        let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
        let mut stage = Stage::group(&ann, &[&ben]);
        let leaving = stage.room(&ben).propose_leave().unwrap();
        if leave_first {
            stage.take_proposal(&ben, &leaving).unwrap();
            stage.process(&ann, EventKind::Proposal, &leaving).unwrap();
        }
        stage.register.end(2);
        let removal = stage
            .hub
            .propose_removals(&stage.hub_key, &stage.register, stage.now)
            .unwrap();
        stage
            .process(&ann, EventKind::Proposal, &removal[0])
            .unwrap();
        assert!(
            stage.take_proposal(&ben, &leaving).is_err(),
            "a revoked device proposes nothing"
        );
        stage.commit(&ann, Change::default(), &[]).unwrap();
        assert_eq!(stage.hub.roster().len(), 1);
        stage.say(&ann, &[], b"alone");
    }
}

#[test]
fn one_seed_makes_one_key_package() {
    let stage = Stage::group(&Person::new(9, 9), &[]);
    let package = |account, device| stage.package(&Person::new(account, device));
    assert_eq!(package(1, 1), package(1, 1));
    assert_ne!(package(1, 1), package(1, 2));
}

#[test]
fn what_stands_in_a_group_has_these_bytes() {
    let stage = Stage::group(&Person::new(1, 1), &[]);
    let room = stage.hub.id();
    // Binding: the label, the room id, what the sender adds.
    let binding = [b"valise/1 room\0", &room.0[..], b"more"].concat();
    assert_eq!(crate::room::room_binding(room, b"more"), binding);
    // A credential: an array of two byte strings of 16.
    let identity = Person::new(1, 2).identity();
    let credential = [&[0x82, 0x50][..], &[1; 16], &[0x50], &[2; 16]].concat();
    assert_eq!(valise_wire::to_bytes(&identity), credential);
    // A policy: kind, organisation, owners, floor.
    let written = [
        &[0x84, 0x01, 0x58, 0x20][..],
        &[9; 32],
        &[0x81, 0x50],
        &[1; 16],
        &[0x01],
    ]
    .concat();
    assert_eq!(
        valise_wire::to_bytes(&policy(RoomKind::Group, &[1])),
        written
    );
}

#[test]
fn nothing_is_left_of_a_room_that_is_forgotten() {
    let (ann, ben, cem) = (Person::new(1, 1), Person::new(2, 2), Person::new(3, 3));
    let mut stage = Stage::group(&ann, &[&ben, &cem]);
    stage
        .commit(&ben, Change::default(), &[&ann, &cem])
        .unwrap();
    stage.say(&ann, &[&ben], b"x");
    let proposal = stage.room(&cem).propose_leave().unwrap();
    stage.process(&ann, EventKind::Proposal, &proposal).unwrap();
    stage.room(&ann).commit(Change::default()).unwrap();
    for person in [&ann, &ben, &cem] {
        stage.member(person).forget(ROOM).unwrap();
        let left: Vec<String> = person
            .store
            .snapshot()
            .keys()
            .map(|key| {
                String::from_utf8_lossy(key.split(|byte| *byte == 0).next().unwrap_or_default())
                    .into_owned()
            })
            .collect();
        assert_eq!(left, Vec::<String>::new());
    }
}

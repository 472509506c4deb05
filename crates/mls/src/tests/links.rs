//! Coming in by a link: who holds one of the room's does, at this epoch, on his own device, and nobody else.

use super::stage::{Person, ROOM, Stage, leaf_of};
use crate::error::{Misdeed, Refusal};
use crate::link::may_look;
use crate::member::State;
use crate::{
    Change, CommitIn, Error, HubRoom, LinkKey, Member, Processed, Rejoined, Rule, Rules, Standing,
};
use valise_wire::policy::{LinkRole, RoomLink, RoomPolicy};
use valise_wire::push::EventKind;
use valise_wire::{RoomId, Timestamp};

fn key(number: u8) -> LinkKey {
    LinkKey::from_seed(&[number; 32])
}

fn link(key: &LinkKey, not_after: Option<Timestamp>) -> RoomLink {
    RoomLink {
        key: key.public(),
        id: [1; 16],
        not_after,
        role: LinkRole::Member,
        card: b"card"[..].into(),
    }
}

fn with_links(stage: &Stage, links: Vec<RoomLink>) -> RoomPolicy {
    RoomPolicy {
        links,
        ..stage.hub.policy().clone()
    }
}

fn agree(policy: RoomPolicy) -> Change {
    Change {
        policy: Some(policy),
        ..Change::default()
    }
}

/// A group of Ann, who owns it, and Ben, with a link; and Dan, who is not in it.
fn linked() -> (Stage, Person, Person, Person) {
    let (ann, ben, dan) = (Person::new(1, 1), Person::new(2, 2), Person::new(4, 4));
    let mut stage = Stage::group(&ann, &[&ben]);
    stage
        .register
        .set(&dan, Standing::Valid(dan.device.leaf_key()));
    let policy = with_links(&stage, vec![link(&key(9), None)]);
    stage.commit(&ann, agree(policy), &[&ben]).unwrap();
    (stage, ann, ben, dan)
}

fn state(stage: &Stage) -> (Vec<u8>, Vec<u8>) {
    (stage.hub.group_info().to_vec(), stage.hub.tree().to_vec())
}

fn come(stage: &Stage, who: &Person, key: &LinkKey) -> Result<Rejoined, Error> {
    let (info, tree) = state(stage);
    let member = stage.member(who);
    member
        .join_by_link(ROOM, &info, &tree, key)
        .map(|(_, made)| made)
}

fn upload(made: &Rejoined) -> CommitIn<'_> {
    CommitIn {
        commit: &made.commit,
        group_info: &made.group_info,
        welcome: None,
    }
}

fn is(rule: Rule, error: Option<&crate::Breach>) -> bool {
    error.is_some_and(|breach| breach.rule == rule)
}

/// Hands a commit to the hub, and to a member who hears it from the log, with the rule and without it.
fn refused_by(rule: Rule, stage: &mut Stage, from: &Person, witness: &Person, made: &Rejoined) {
    let (hub, store) = (stage.hub.to_bytes(), witness.store.snapshot());
    for keep in [true, false] {
        let rules = if keep {
            Rules::ALL
        } else {
            Rules::ALL.without(rule)
        };
        stage.hub = HubRoom::from_bytes(&hub).unwrap().with_rules(rules);
        let identity = from.identity();
        let taken = stage
            .hub
            .check_commit(upload(made), &identity, &stage.register, stage.now);
        let breach = match &taken {
            Err(crate::Refused::Breach(breach)) => Some(breach),
            _ => None,
        };
        assert_eq!(is(rule, breach), keep, "hub: {taken:?}");
        assert_eq!(taken.is_ok(), !keep, "hub: {taken:?}");
        let member = Member {
            rules,
            ..stage.member(witness)
        };
        let mut room = member.load(ROOM).unwrap().unwrap();
        let seen = room.process(EventKind::Commit, &made.commit);
        let judged = matches!(&seen, Err(Error::MemberMisbehaved(Misdeed::Breach(_))));
        assert_eq!(judged, keep, "member: {seen:?}");
        assert_eq!(seen.is_ok(), !keep, "member: {seen:?}");
        drop(room);
        witness.store.restore(store.clone());
    }
    stage.hub = HubRoom::from_bytes(&hub).unwrap();
}

#[test]
fn who_holds_a_link_comes_in_by_himself_and_is_a_member_like_others() {
    let (mut stage, ann, ben, dan) = linked();
    let dan_too = Person::new(4, 5);
    let (info, tree) = state(&stage);
    let seen = stage.member(&dan).look(ROOM, &info, &tree).unwrap();
    assert_eq!(seen, stage.hub.view());
    assert!(dan.store.snapshot().is_empty(), "who looks keeps nothing");

    let made = come(&stage, &dan, &key(9)).unwrap();
    let identity = dan.identity();
    let accepted = stage
        .hub
        .check_commit(upload(&made), &identity, &stage.register, stage.now)
        .unwrap();
    assert_eq!((accepted.added, accepted.removed), (vec![identity], vec![]));
    for person in [&ann, &ben] {
        let Processed::Change(change) = stage
            .process(person, EventKind::Commit, &made.commit)
            .unwrap()
        else {
            panic!("not a change")
        };
        assert!(change.by_link);
        assert_eq!(change.policy_before, change.policy_after);
    }
    stage.agree(&[&ann, &ben, &dan]);
    stage.say(&dan, &[&ann, &ben], b"here I am");
    stage.say(&ben, &[&ann, &dan], b"welcome");

    stage
        .register
        .set(&dan_too, Standing::Valid(dan_too.device.leaf_key()));
    stage.add(&dan, &[&dan_too], &[&ann, &ben]);
    let not_his = Change {
        remove: vec![leaf_of(&stage.room(&dan), &ben)],
        ..Change::default()
    };
    let refused = stage.room(&dan).commit(not_his);
    assert!(
        matches!(&refused, Err(Error::Refused(Refusal::Breach(breach))) if breach.rule == Rule::Remove)
    );
}

#[test]
fn a_device_that_comes_back_shows_no_link_and_is_no_stranger() {
    let (mut stage, ann, ben, _) = linked();
    let made = come(&stage, &ben, &key(8)).unwrap();
    let identity = ben.identity();
    stage
        .hub
        .check_commit(upload(&made), &identity, &stage.register, stage.now)
        .unwrap();
    let Processed::Change(change) = stage
        .process(&ann, EventKind::Commit, &made.commit)
        .unwrap()
    else {
        panic!("not a change")
    };
    assert!(!change.by_link);
}

#[test]
fn what_is_shown_is_of_the_room_the_epoch_and_the_device() {
    let other_room = RoomId([8; 16]);
    for number in 0..5 {
        let (mut stage, ann, ben, mut dan) = linked();
        let (who, leaf_key, epoch) = (dan.identity(), dan.device.leaf_key(), stage.hub.epoch());
        let shown = match number {
            0 => key(8).show(ROOM, epoch, &who, &leaf_key),
            1 => key(9).show(other_room, epoch, &who, &leaf_key),
            2 => key(9).show(ROOM, epoch - 1, &who, &leaf_key),
            3 => key(9).show(ROOM, epoch, &Person::new(4, 5).identity(), &leaf_key),
            _ => key(9).show(ROOM, epoch, &who, &ann.device.leaf_key()),
        };
        let aad = valise_wire::to_bytes(&shown);
        let (info, tree) = state(&stage);
        let come = |dan: &Person| {
            let state = State::read(ROOM, &info, &tree, 0)?;
            let (_, made) = stage.member(dan).come_in(state, &aad)?;
            Ok::<_, Error>(made)
        };
        let own = come(&dan).err();
        assert!(
            is(Rule::ShownLink, own.as_ref().and_then(Error::breach)),
            "{own:?}"
        );
        dan.rules = Rules::NONE;
        let made = come(&dan).unwrap();
        refused_by(Rule::ShownLink, &mut stage, &dan, &ben, &made);
    }
}

#[test]
fn a_link_that_was_switched_off_lets_nobody_in() {
    let (mut stage, ann, ben, mut dan) = linked();
    let policy = with_links(&stage, vec![link(&key(7), None)]);
    stage.commit(&ann, agree(policy), &[&ben]).unwrap();
    let own = come(&stage, &dan, &key(9)).err();
    assert!(is(Rule::ShownLink, own.as_ref().and_then(Error::breach)));
    dan.rules = Rules::NONE;
    let made = come(&stage, &dan, &key(9)).unwrap();
    refused_by(Rule::ShownLink, &mut stage, &dan, &ben, &made);
}

#[test]
fn a_link_ends_by_the_hubs_clock_and_goes_with_an_owners_next_commit() {
    let (mut stage, ann, ben, mut dan) = linked();
    let end = stage.now.plus_millis(1_000);
    let policy = with_links(&stage, vec![link(&key(9), Some(end))]);
    stage.commit(&ann, agree(policy), &[&ben]).unwrap();
    let made = come(&stage, &dan, &key(9)).unwrap();
    stage.now = end.plus_millis(1);
    let own = come(&stage, &dan, &key(9)).err();
    assert!(is(Rule::ShownLink, own.as_ref().and_then(Error::breach)));
    dan.rules = Rules::NONE;
    let hub = stage.hub.to_bytes();
    for keep in [true, false] {
        let rules = if keep {
            Rules::ALL
        } else {
            Rules::ALL.without(Rule::ShownLink)
        };
        stage.hub = HubRoom::from_bytes(&hub).unwrap().with_rules(rules);
        let identity = dan.identity();
        let taken = stage
            .hub
            .check_commit(upload(&made), &identity, &stage.register, stage.now);
        assert_eq!(taken.is_ok(), !keep);
    }
    stage.hub = HubRoom::from_bytes(&hub).unwrap();
    // Members cannot tell when it was: what counts for them is that no owner took the link out before.
    stage.commit(&ben, Change::default(), &[&ann]).unwrap();
    assert_eq!(stage.hub.policy().links.len(), 1);
    stage.commit(&ann, Change::default(), &[&ben]).unwrap();
    assert!(stage.hub.policy().links.is_empty());
}

#[test]
fn who_is_put_out_takes_the_links_along() {
    let (mut stage, mut ann, ben, dan) = linked();
    stage.add(&ann, &[&dan], &[&ben]);
    let out = Change {
        remove: vec![leaf_of(&stage.room(&ann), &dan)],
        ..Change::default()
    };
    let honest = stage.room(&ann).commit(out.clone()).unwrap();
    stage.room(&ann).abandon_commit().unwrap();
    ann.rules = Rules::ALL.without(Rule::Links);
    let careless = stage.room(&ann).commit(out).unwrap();
    let made = |pending: &crate::PendingCommit| Rejoined {
        commit: pending.commit.clone(),
        group_info: pending.group_info.clone(),
        epoch: pending.epoch,
    };
    refused_by(Rule::Links, &mut stage, &ann, &ben, &made(&careless));
    stage.room(&ann).abandon_commit().unwrap();
    let taken = stage.take(&ann, &honest).unwrap();
    assert!(taken.policy.links.is_empty());
    let old = come(&stage, &dan, &key(9)).err();
    assert!(is(Rule::ShownLink, old.as_ref().and_then(Error::breach)));
}

#[test]
fn who_leaves_or_whose_account_ended_takes_no_link_along() {
    let (mut stage, ann, ben, dan) = linked();
    stage.add(&ann, &[&dan], &[&ben]);
    let leaving = stage.room(&dan).propose_leave().unwrap();
    stage.take_proposal(&dan, &leaving).unwrap();
    for person in [&ann, &ben] {
        stage
            .process(person, EventKind::Proposal, &leaving)
            .unwrap();
    }
    stage.commit(&ben, Change::default(), &[&ann]).unwrap();
    assert_eq!(
        (stage.hub.roster().len(), stage.hub.policy().links.len()),
        (2, 1)
    );
    stage.register.end(2);
    stage.commit(&ann, Change::default(), &[]).unwrap();
    assert_eq!(
        (stage.hub.roster().len(), stage.hub.policy().links.len()),
        (1, 1)
    );
}

#[test]
fn to_look_a_device_signs_for_itself() {
    let (dan, eve) = (Person::new(4, 4), Person::new(5, 5));
    let signature = key(9).look(ROOM, &dan.identity());
    let public = key(9).public();
    assert!(may_look(&public, &signature, ROOM, &dan.identity()));
    assert!(!may_look(&public, &signature, ROOM, &eve.identity()));
    assert!(!may_look(
        &public,
        &signature,
        RoomId([8; 16]),
        &dan.identity()
    ));
    assert!(!may_look(
        &key(8).public(),
        &signature,
        ROOM,
        &dan.identity()
    ));
    // A point of small order under which anything would verify.
    assert!(!may_look(&[0; 32], &[0; 64], ROOM, &dan.identity()));
}

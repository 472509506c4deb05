//! Every path asks the rules, and it is the rule that refuses: with it left out, the same thing is taken.

use super::stage::{Person, ROOM, START, Stage, account, leaf_of, policy};
use crate::error::{Misdeed, Misdelivery, Refusal};
use crate::rules::trace::asked;
use crate::settings::{KEY_PACKAGE_SECONDS, MAX_CARD_BYTES, MAX_LINKS, Suite};
use crate::{
    Change, CommitIn, Error, HubRoom, Member, PendingCommit, Refused, Rule, Rules, Standing,
};
use valise_wire::policy::{LinkRole, RoomKind, RoomLink};
use valise_wire::push::EventKind;

/// A committer without rules, a witness and a hub: made anew for each question, since a state is used up by it.
struct Case {
    stage: Stage,
    culprit: Person,
    witness: Person,
    change: Change,
}

/// Asks about one breach everywhere, with the rule and without it.
fn refused_by(rule: Rule, member_judges: bool, make: impl Fn() -> Case) {
    let mut own = make();
    own.culprit.rules = Rules::ALL;
    let answer = own.stage.room(&own.culprit).commit(own.change.clone());
    assert!(
        matches!(&answer, Err(Error::Refused(Refusal::Breach(breach))) if breach.rule == rule),
        "own: {answer:?}"
    );
    assert!(!own.stage.room(&own.culprit).has_pending_commit());
    own.culprit.rules = Rules::ALL.without(rule);
    own.stage
        .room(&own.culprit)
        .commit(own.change.clone())
        .unwrap();

    for keep in [true, false] {
        let rules = if keep {
            Rules::ALL
        } else {
            Rules::ALL.without(rule)
        };
        let mut case = make();
        case.culprit.rules = Rules::NONE;
        case.witness.rules = rules;
        let pending = case
            .stage
            .room(&case.culprit)
            .commit(case.change.clone())
            .unwrap();
        case.stage.hub = HubRoom::from_bytes(&case.stage.hub.to_bytes())
            .unwrap()
            .with_rules(rules);
        let before = case.stage.hub.to_bytes();
        let hub = case.stage.take(&case.culprit, &pending);
        let seen = case
            .stage
            .process(&case.witness, EventKind::Commit, &pending.commit);
        if keep {
            assert!(
                matches!(&hub, Err(Refused::Breach(breach)) if breach.rule == rule),
                "hub: {hub:?}"
            );
            assert_eq!(before, case.stage.hub.to_bytes());
            let judged = matches!(&seen, Err(Error::MemberMisbehaved(Misdeed::Breach(breach))) if breach.rule == rule);
            assert_eq!(judged, member_judges, "member: {seen:?}");
        } else {
            hub.unwrap();
            seen.unwrap();
        }
    }
}

/// A group of Ann (owner), Ben and Cem; Ben is the culprit, Ann the witness, or the other way round.
fn group(owner_is_culprit: bool, change: impl Fn(&Stage, &Person) -> Change) -> Case {
    let (ann, ben, cem) = (Person::new(1, 1), Person::new(2, 2), Person::new(3, 3));
    let stage = Stage::group(&ann, &[&ben, &cem]);
    let change = change(&stage, &cem);
    let (culprit, witness) = if owner_is_culprit {
        (ann, ben)
    } else {
        (ben, ann)
    };
    Case {
        stage,
        culprit,
        witness,
        change,
    }
}

fn add(package: Vec<u8>) -> Change {
    Change {
        add: vec![package],
        ..Change::default()
    }
}

fn agreed(policy: valise_wire::policy::RoomPolicy) -> Change {
    Change {
        policy: Some(policy),
        ..Change::default()
    }
}

/// A device that the directory knows.
fn stranger(stage: &Stage) -> Person {
    let dan = Person::new(4, 4);
    stage
        .register
        .set(&dan, Standing::Valid(dan.device.leaf_key()));
    dan
}

#[test]
fn who_is_no_owner_adds_nobody_else() {
    refused_by(Rule::Add, true, || {
        group(false, |stage, _| add(stage.package(&stranger(stage))))
    });
}

#[test]
fn who_is_no_owner_removes_nobody_else() {
    refused_by(Rule::Remove, true, || {
        group(false, |stage, cem| Change {
            remove: vec![leaf_of(&stage.room(cem), cem)],
            ..Change::default()
        })
    });
}

#[test]
fn who_is_no_owner_changes_no_policy() {
    refused_by(Rule::Policy, true, || {
        group(false, |_, _| agreed(policy(RoomKind::Group, &[1, 2])))
    });
}

fn room_link(number: u8) -> RoomLink {
    RoomLink {
        key: [number; 32],
        id: [number; 16],
        not_after: None,
        role: LinkRole::Member,
        card: vec![].into(),
    }
}

#[test]
fn who_is_no_owner_makes_no_link() {
    refused_by(Rule::Policy, true, || {
        group(false, |stage, _| {
            let mut policy = stage.hub.policy().clone();
            policy.links.push(room_link(1));
            agreed(policy)
        })
    });
}

#[test]
fn links_are_few_small_and_in_order() {
    let large = RoomLink {
        card: vec![0; MAX_CARD_BYTES + 1].into(),
        ..room_link(1)
    };
    for links in [
        (0..=MAX_LINKS as u8).map(room_link).collect(),
        vec![room_link(2), room_link(1)],
        vec![room_link(1), room_link(1)],
        vec![large],
    ] {
        refused_by(Rule::Links, true, || {
            group(true, |stage, _| {
                let mut policy = stage.hub.policy().clone();
                policy.links = links.clone();
                agreed(policy)
            })
        });
    }
}

#[test]
fn a_device_that_nobody_certified_is_not_added() {
    refused_by(Rule::KnownDevice, true, || {
        group(true, |stage, _| {
            let dan = Person::new(4, 4);
            // The hub and the owner hold the same directory here; it knows the device under another key.
            stage.register.set(&dan, Standing::Valid([1; 32]));
            add(stage.package(&dan))
        })
    });
}

#[test]
fn a_revoked_device_is_not_added() {
    // A member that follows cannot know whether it was revoked since; it stops sending instead.
    refused_by(Rule::NobodyRevoked, false, || {
        group(true, |stage, _| {
            let dan = stranger(stage);
            let package = stage.package(&dan);
            stage.register.revoke(&dan);
            add(package)
        })
    });
}

#[test]
fn a_revoked_device_does_not_stay() {
    let make = || group(true, |_, _| Change::default());
    for keep in [true, false] {
        let mut case = make();
        let cem = Person::new(3, 3);
        let pending = case
            .stage
            .room(&case.culprit)
            .commit(Change::default())
            .unwrap();
        case.stage.register.revoke(&cem);
        if !keep {
            case.stage.hub = HubRoom::from_bytes(&case.stage.hub.to_bytes())
                .unwrap()
                .with_rules(Rules::ALL.without(Rule::NobodyRevoked));
        }
        let answer = case.stage.take(&case.culprit, &pending);
        assert_eq!(
            matches!(answer, Err(Refused::Breach(breach)) if breach.rule == Rule::NobodyRevoked),
            keep
        );
    }
}

#[test]
fn a_revoked_device_commits_nothing() {
    let mut case = group(false, |_, _| Change::default());
    let pending = case
        .stage
        .room(&case.culprit)
        .commit(Change::default())
        .unwrap();
    case.stage.register.revoke(&case.culprit);
    assert!(
        matches!(case.stage.take(&case.culprit, &pending), Err(Refused::Breach(breach)) if breach.rule == Rule::NobodyRevoked)
    );
}

#[test]
fn an_expired_key_package_adds_nobody() {
    refused_by(Rule::KeyPackageTime, false, || {
        let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
        let mut stage = Stage::group(&ann, &[&ben]);
        let package = stage.package(&stranger(&stage));
        stage.now = START.plus_millis(KEY_PACKAGE_SECONDS * 1000);
        Case {
            stage,
            culprit: ann,
            witness: ben,
            change: add(package),
        }
    });
}

#[test]
fn owners_are_in_the_room() {
    refused_by(Rule::Owners, true, || {
        group(true, |_, _| agreed(policy(RoomKind::Group, &[1, 4])))
    });
    refused_by(Rule::Owners, true, || {
        group(true, |_, _| agreed(policy(RoomKind::Group, &[])))
    });
    refused_by(Rule::Owners, true, || {
        group(true, |_, _| agreed(policy(RoomKind::Group, &[2, 1])))
    });
    refused_by(Rule::Owners, true, || {
        group(true, |_, _| agreed(policy(RoomKind::Group, &[1, 1])))
    });
}

#[test]
fn a_group_never_becomes_a_direct_room() {
    refused_by(Rule::Kind, true, || {
        let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
        let stage = Stage::group(&ann, &[&ben]);
        Case {
            stage,
            culprit: ann,
            witness: ben,
            change: agreed(policy(RoomKind::Direct, &[1, 2])),
        }
    });
}

#[test]
fn a_group_never_becomes_the_room_of_a_request() {
    refused_by(Rule::Kind, true, || {
        group(true, |_, _| agreed(policy(RoomKind::Request, &[1])))
    });
}

#[test]
fn the_organisation_stays() {
    let mut other = policy(RoomKind::Group, &[1]);
    other.organisation.0 = [1; 32];
    refused_by(Rule::Organisation, true, || {
        group(true, |_, _| agreed(other.clone()))
    });
}

#[test]
fn the_floor_never_sinks() {
    let mut lower = policy(RoomKind::Group, &[1]);
    lower.protocol_floor = 0;
    refused_by(Rule::Floor, true, || {
        group(true, |_, _| agreed(lower.clone()))
    });
}

fn direct(change: impl Fn(&Stage, &Person) -> Change) -> Case {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let stage = Stage::with_policy(
        policy(RoomKind::Direct, &[1, 2]),
        Suite::Classic,
        &ann,
        &[&ben],
    );
    let change = change(&stage, &ben);
    Case {
        stage,
        culprit: ann,
        witness: ben,
        change,
    }
}

#[test]
fn a_direct_room_takes_no_third_account() {
    // Two rules stand against it; with one left out the other still holds.
    for left_out in [Rule::Add, Rule::Direct] {
        let mut case = direct(|stage, _| add(stage.package(&stranger(stage))));
        case.culprit.rules = Rules::ALL.without(left_out);
        let answer = case.stage.room(&case.culprit).commit(case.change.clone());
        let other = if left_out == Rule::Add {
            Rule::Direct
        } else {
            Rule::Add
        };
        assert!(
            matches!(answer, Err(Error::Refused(Refusal::Breach(breach))) if breach.rule == other)
        );
        case.culprit.rules = Rules::ALL.without(Rule::Add).without(Rule::Direct);
        case.stage
            .room(&case.culprit)
            .commit(case.change.clone())
            .unwrap();
    }
}

#[test]
fn a_room_of_ones_own_takes_no_second_account() {
    for left_out in [Rule::Add, Rule::Direct] {
        let (ann, ann_too) = (Person::new(1, 1), Person::new(1, 3));
        let own = policy(RoomKind::Direct, &[1]);
        let stage = Stage::with_policy(own, Suite::Classic, &ann, &[&ann_too]);
        let change = add(stage.package(&stranger(&stage)));
        let mut culprit = ann_too;
        culprit.rules = Rules::ALL.without(left_out);
        let answer = stage.room(&culprit).commit(change.clone());
        let breached = |rule| matches!(&answer, Err(Error::Refused(Refusal::Breach(breach))) if breach.rule == rule);
        assert!(breached(Rule::Add) || breached(Rule::Direct));
        culprit.rules = Rules::ALL.without(Rule::Add).without(Rule::Direct);
        stage.room(&culprit).commit(change).unwrap();
    }
}

#[test]
fn a_room_of_ones_own_keeps_its_policy() {
    // Who could name a second owner could let him in.
    for wider in [
        policy(RoomKind::Direct, &[1, 2]),
        policy(RoomKind::Direct, &[2]),
    ] {
        let (ann, ann_too) = (Person::new(1, 1), Person::new(1, 3));
        let own = policy(RoomKind::Direct, &[1]);
        let stage = Stage::with_policy(own, Suite::Classic, &ann, &[&ann_too]);
        let answer = stage.room(&ann_too).commit(agreed(wider));
        assert!(
            matches!(answer, Err(Error::Refused(Refusal::Breach(breach)))
            if breach.rule == Rule::Policy)
        );
    }
}

#[test]
fn a_direct_room_keeps_its_policy() {
    let mut higher = policy(RoomKind::Direct, &[1, 2]);
    higher.protocol_floor = 2;
    refused_by(Rule::Policy, true, || direct(|_, _| agreed(higher.clone())));
}

#[test]
fn a_direct_room_loses_no_side() {
    // Only one account is left to watch, so the witness is another device of the culprit.
    refused_by(Rule::Remove, true, || {
        let (ann, ann_too, ben) = (Person::new(1, 1), Person::new(1, 3), Person::new(2, 2));
        let stage = Stage::with_policy(
            policy(RoomKind::Direct, &[1, 2]),
            Suite::Classic,
            &ann,
            &[&ben, &ann_too],
        );
        let change = Change {
            remove: vec![leaf_of(&stage.room(&ann), &ben)],
            ..Change::default()
        };
        Case {
            stage,
            culprit: ann,
            witness: ann_too,
            change,
        }
    });
}

#[test]
fn a_stranger_does_not_come_by_itself() {
    for keep in [true, false] {
        let rules = if keep {
            Rules::ALL
        } else {
            Rules::ALL.without(Rule::Newcomer)
        };
        let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
        let mut stage = Stage::group(&ann, &[&ben]);
        let mut dan = stranger(&stage);
        let (info, tree) = (stage.hub.group_info().to_vec(), stage.hub.tree().to_vec());
        let own = stage.member(&dan).rejoin(ROOM, &info, &tree, 0).err();
        assert!(
            matches!(own, Some(Error::Refused(Refusal::Breach(breach))) if breach.rule == Rule::Newcomer)
        );
        dan.rules = Rules::NONE;
        let (_, rejoined) = stage.member(&dan).rejoin(ROOM, &info, &tree, 0).unwrap();
        let upload = CommitIn {
            commit: &rejoined.commit,
            group_info: &rejoined.group_info,
            welcome: None,
        };
        stage.hub = HubRoom::from_bytes(&stage.hub.to_bytes())
            .unwrap()
            .with_rules(rules);
        let hub = stage
            .hub
            .check_commit(upload, dan.device.identity(), &stage.register, stage.now);
        let witness = Member {
            rules,
            ..stage.member(&ben)
        };
        let seen = witness
            .load(ROOM)
            .unwrap()
            .unwrap()
            .process(EventKind::Commit, &rejoined.commit);
        assert_eq!(
            matches!(hub, Err(Refused::Breach(breach)) if breach.rule == Rule::Newcomer),
            keep
        );
        assert_eq!(
            matches!(seen, Err(Error::MemberMisbehaved(Misdeed::Breach(breach))) if breach.rule == Rule::Newcomer),
            keep
        );
    }
}

/// A welcome into a room that the culprit made without asking anybody.
fn welcome(
    culprit: &Person,
    stage: &Stage,
    policy: &valise_wire::policy::RoomPolicy,
    people: &[&Person],
) -> PendingCommit {
    let member = Member {
        rules: Rules::NONE,
        ..stage.member(culprit)
    };
    member.forget(ROOM).unwrap();
    let mut room = member
        .create(ROOM, policy, &[3; 32], Suite::Classic)
        .unwrap();
    let add = people.iter().map(|person| stage.package(person)).collect();
    room.commit(Change {
        add,
        policy: Some(policy.clone()),
        ..Change::default()
    })
    .unwrap()
}

#[test]
fn a_welcome_is_judged_before_one_joins() {
    let (ann, ben, ghost) = (Person::new(1, 1), Person::new(2, 2), Person::new(3, 3));
    let stage = Stage::group(&ann, &[]);
    stage
        .register
        .set(&ben, Standing::Valid(ben.device.leaf_key()));
    let group = policy(RoomKind::Group, &[1]);
    let cases = [
        (
            Rule::KnownDevice,
            welcome(&ann, &stage, &group, &[&ben, &ghost]),
        ),
        (
            Rule::Inviter,
            welcome(&ann, &stage, &policy(RoomKind::Group, &[2]), &[&ben]),
        ),
        (
            Rule::Owners,
            welcome(&ann, &stage, &policy(RoomKind::Group, &[1, 5]), &[&ben]),
        ),
        (
            Rule::Direct,
            welcome(&ann, &stage, &policy(RoomKind::Direct, &[1, 5]), &[&ben]),
        ),
    ];
    for (rule, pending) in cases {
        let snapshot = ben.store.snapshot();
        let answer = stage.join(&ben, &pending);
        assert!(
            matches!(&answer, Err(Error::MemberMisbehaved(Misdeed::Breach(breach))) if breach.rule == rule),
            "{rule:?}: {answer:?}"
        );
        ben.store.restore(snapshot.clone());
        let careless = Member {
            rules: Rules::ALL.without(rule),
            ..stage.member(&ben)
        };
        careless
            .open_welcome(pending.welcome.as_ref().unwrap(), false)
            .unwrap()
            .join()
            .unwrap();
        ben.store.restore(snapshot);
    }
}

#[test]
fn a_state_to_come_back_to_is_judged() {
    let (ann, ben, ghost) = (Person::new(1, 1), Person::new(2, 2), Person::new(3, 3));
    let stage = Stage::group(&ann, &[&ben]);
    let careless = Member {
        rules: Rules::NONE,
        ..stage.member(&ann)
    };
    let mut room = careless.load(ROOM).unwrap().unwrap();
    room.commit(Change {
        add: vec![stage.package(&ghost)],
        ..Change::default()
    })
    .unwrap();
    room.confirm_commit().unwrap();
    let (info, tree) = (room.group_info().unwrap(), room.tree().unwrap());
    let answer = stage.member(&ben).rejoin(ROOM, &info, &tree, 0).err();
    assert!(
        matches!(answer, Some(Error::ServerMisbehaved(Misdelivery::Breach(breach))) if breach.rule == Rule::KnownDevice)
    );
    let careless = Member {
        rules: Rules::ALL.without(Rule::KnownDevice),
        ..stage.member(&ben)
    };
    careless.rejoin(ROOM, &info, &tree, 0).map(|_| ()).unwrap();
}

#[test]
fn the_hub_proposes_nobody_but_who_was_revoked() {
    for keep in [true, false] {
        let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
        let mut stage = Stage::group(&ann, &[&ben]);
        let lying = super::stage::Register::default();
        lying.revoke(&ben);
        let honest = stage
            .hub
            .propose_removals(&stage.hub_key, &stage.register, stage.now)
            .unwrap();
        assert!(honest.is_empty());
        let proposals = stage
            .hub
            .propose_removals(&stage.hub_key, &lying, stage.now)
            .unwrap();
        let rules = if keep {
            Rules::ALL
        } else {
            Rules::ALL.without(Rule::HubProposal)
        };
        let witness = Member {
            rules,
            ..stage.member(&ann)
        };
        let seen = witness
            .load(ROOM)
            .unwrap()
            .unwrap()
            .process(EventKind::Proposal, &proposals[0]);
        assert_eq!(
            matches!(seen, Err(Error::ServerMisbehaved(Misdelivery::Breach(breach))) if breach.rule == Rule::HubProposal),
            keep
        );
        assert_eq!(stage.room(&ann).must_commit().unwrap(), !keep);
    }
}

#[test]
fn no_path_forgets_to_ask() {
    let (ann, ben, cem) = (Person::new(1, 1), Person::new(2, 2), Person::new(3, 3));
    let mut stage = Stage::group(&ann, &[&ben]);
    stage
        .register
        .set(&cem, Standing::Valid(cem.device.leaf_key()));
    fn asks<T>(path: &str, step: impl FnOnce() -> T) -> T {
        let before = asked();
        let result = step();
        assert!(asked() > before, "{path} does not ask");
        result
    }
    let pending = asks("an own commit", || {
        stage.room(&ann).commit(add(stage.package(&cem))).unwrap()
    });
    asks("the hub", || stage.take(&ann, &pending).unwrap());
    asks("another's commit", || {
        stage
            .process(&ben, EventKind::Commit, &pending.commit)
            .unwrap()
    });
    stage
        .process(&ann, EventKind::Commit, &pending.commit)
        .unwrap();
    asks("a welcome", || stage.join(&cem, &pending).unwrap());
    let leaving = asks("an own proposal", || {
        stage.room(&ben).propose_leave().unwrap()
    });
    asks("the hub with a proposal", || {
        stage.take_proposal(&ben, &leaving).unwrap()
    });
    asks("another's proposal", || {
        stage.process(&ann, EventKind::Proposal, &leaving).unwrap()
    });
    stage.process(&cem, EventKind::Proposal, &leaving).unwrap();
    stage
        .commit(&ann, Change::default(), &[&cem, &ben])
        .unwrap();
    let (info, tree) = (stage.hub.group_info().to_vec(), stage.hub.tree().to_vec());
    let before = asked();
    stage
        .member(&cem)
        .rejoin(ROOM, &info, &tree, 0)
        .map(|_| ())
        .unwrap();
    assert_eq!(
        asked(),
        before + 2,
        "the state and the own commit are both judged"
    );
    stage.member(&ann).forget(ROOM).unwrap();
    let room = asks("a new room", || {
        stage
            .member(&ann)
            .create(
                ROOM,
                &policy(RoomKind::Group, &[1]),
                &stage.hub_key.public(),
                Suite::Classic,
            )
            .unwrap()
    });
    let (info, tree) = (room.group_info().unwrap(), room.tree().unwrap());
    let open = || {
        HubRoom::open(
            ROOM,
            &info,
            &tree,
            ann.device.identity(),
            &stage.hub_key.public(),
            &stage.register,
            stage.now,
        )
    };
    asks("the hub with a new room", open).unwrap();
    assert_eq!(account(1), ann.identity().account);
}

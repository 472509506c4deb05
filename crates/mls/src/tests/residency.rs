//! The rule of a room about whose people may be in it: who comes is judged now, and nothing is sent while somebody is in it whom it leaves out.

use super::stage::{Person, ROOM, Stage, account, leaf_of, policy};
use crate::error::Refusal;
use crate::rules::{Origin, ProposedChange, When, check_change, is_within};
use crate::settings::Suite;
use crate::{Breach, Change, Error, HubRoom, Member, Refused, Rule, Rules, Standing};
use valise_wire::policy::{MAX_RESIDENCY, RoomKind, RoomPolicy};
use valise_wire::push::EventKind;

/// The organisation of the room, and another one.
const OWN: u8 = 9;
const OTHER: u8 = 8;

fn codes(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn with(stage: &Stage, residency: &str) -> Change {
    let policy = RoomPolicy {
        residency: codes(residency),
        ..stage.hub.policy().clone()
    };
    Change {
        policy: Some(policy),
        ..Change::default()
    }
}

fn adds(stage: &Stage, who: &Person) -> Change {
    Change {
        add: vec![stage.package(who)],
        ..Change::default()
    }
}

fn breaks(made: Result<crate::PendingCommit, Error>) -> Option<Rule> {
    match made {
        Err(Error::Refused(Refusal::Breach(breach))) => Some(breach.rule),
        _ => None,
    }
}

/// A room under the law of DE and FR, of Ann, who owns it; Ben, of another organisation under the law of DE, in it; and Cem, of one under the
/// law of DE and US.
fn ruled() -> (Stage, Person, Person, Person) {
    let (ann, ben, cem) = (Person::new(1, 1), Person::new(2, 2), Person::new(3, 3));
    let mut stage = Stage::group(&ann, &[]);
    for who in [&ben, &cem] {
        let key = who.device.leaf_key();
        stage.register.set(who, Standing::Valid(key));
    }
    stage.register.speaks_for(&ann, OWN, "");
    stage.register.speaks_for(&ben, OTHER, "DE");
    stage.register.speaks_for(&cem, 7, "DE US");
    let rule = with(&stage, "DE FR");
    stage.commit(&ann, rule, &[]).unwrap();
    stage.add(&ann, &[&ben], &[]);
    (stage, ann, ben, cem)
}

fn is_silent(stage: &Stage, who: &Person, rules: Rules) -> bool {
    let member = Member {
        rules,
        ..stage.member(who)
    };
    let mut room = member.load(ROOM).unwrap().unwrap();
    let refused = |error: &Error| matches!(error, Error::Refused(Refusal::Breach(Breach { rule: Rule::Residency, leaf: Some(leaf) })) if room.outside().unwrap() == Some(leaf));
    let signal = room.seal_signal(b"writes").err();
    assert_eq!(
        signal.is_some(),
        signal.as_ref().is_some_and(refused),
        "{signal:?}"
    );
    let said = room.encrypt(b"hello", b"").err();
    assert_eq!(said.is_some(), signal.is_some(), "{said:?}");
    said.is_some()
}

#[test]
fn nobody_comes_whom_the_rule_leaves_out_and_where_somebody_did_nothing_is_said() {
    let (mut stage, mut ann, ben, cem) = ruled();
    stage.say(&ann, &[&ben], b"among us");
    let careless = Rules::ALL.without(Rule::Residency);
    let made = stage.room(&ann).commit(adds(&stage, &cem));
    assert_eq!(breaks(made), Some(Rule::Residency));
    // An owner who does not care makes it; the hub refuses it; and where the hub does not care either, honest members follow and are silent.
    ann.rules = careless;
    let pending = stage.room(&ann).commit(adds(&stage, &cem)).unwrap();
    let refused = stage.take(&ann, &pending);
    assert!(
        matches!(&refused, Err(Refused::Breach(breach)) if breach.rule == Rule::Residency),
        "{refused:?}"
    );
    stage.hub = HubRoom::from_bytes(&stage.hub.to_bytes())
        .unwrap()
        .with_rules(careless);
    stage.take(&ann, &pending).unwrap();
    for who in [&ann, &ben] {
        stage
            .process(who, EventKind::Commit, &pending.commit)
            .unwrap();
    }
    stage.join(&cem, &pending).unwrap();
    assert!(is_silent(&stage, &ben, Rules::ALL));
    assert!(!is_silent(&stage, &ben, careless));
    // Whoever the rule lets in goes on being one who commits: it can be set right.
    ann.rules = Rules::ALL;
    let change = Change {
        remove: vec![leaf_of(&stage.room(&ann), &cem)],
        ..Change::default()
    };
    stage.commit(&ann, change, &[&ben]).unwrap();
    stage.say(&ben, &[&ann], b"alone again");
}

#[test]
fn what_an_organisation_says_later_silences_the_room_until_the_rule_is_wider() {
    let (mut stage, ann, ben, _) = ruled();
    stage.register.speaks_for(&ben, OTHER, "DE US");
    for who in [&ann, &ben] {
        assert!(is_silent(&stage, who, Rules::ALL));
    }
    // He is in it: another device of his brings nobody more, and his own keys are renewed.
    let more = Person::new(2, 4);
    let key = more.device.leaf_key();
    stage.register.set(&more, Standing::Valid(key));
    let change = adds(&stage, &more);
    stage.commit(&ben, change, &[&ann]).unwrap();
    let wider = with(&stage, "DE FR US");
    stage.commit(&ann, wider, &[&ben]).unwrap();
    stage.say(&ann, &[&ben], b"goes on");
    let rule = with(&stage, "");
    stage.register.speaks_for(&ben, OTHER, "");
    assert!(is_silent(&stage, &ann, Rules::ALL));
    stage.commit(&ann, rule, &[&ben]).unwrap();
    stage.say(&ben, &[&ann], b"and without a rule");
}

#[test]
fn no_rule_is_made_that_leaves_out_who_stays() {
    let (mut stage, ann, ben, _) = ruled();
    for narrower in ["FR", "FR US"] {
        let made = stage.room(&ann).commit(with(&stage, narrower));
        assert_eq!(breaks(made), Some(Rule::Residency), "{narrower}");
    }
    let mut careless = stage.member(&ann);
    careless.rules = Rules::ALL.without(Rule::Residency);
    let mut room = careless.load(ROOM).unwrap().unwrap();
    room.commit(with(&stage, "FR")).unwrap();
    room.abandon_commit().unwrap();
    drop(room);
    // Whoever owns nothing changes none.
    let made = stage.room(&ben).commit(with(&stage, "DE"));
    assert_eq!(breaks(made), Some(Rule::Policy));
    let change = Change {
        remove: vec![leaf_of(&stage.room(&ann), &ben)],
        ..with(&stage, "FR")
    };
    stage.commit(&ann, change, &[]).unwrap();
    assert_eq!(stage.hub.policy().residency, ["FR"]);
}

#[test]
fn whoever_goes_and_comes_with_another_device_in_one_change_stays() {
    let (stage, ann, ben, _) = ruled();
    let more = Person::new(2, 4);
    let key = more.device.leaf_key();
    stage.register.set(&more, Standing::Valid(key));
    let change = Change {
        remove: vec![leaf_of(&stage.room(&ann), &ben)],
        add: vec![stage.package(&more)],
        ..with(&stage, "FR")
    };
    let made = stage.room(&ann).commit(change);
    assert_eq!(breaks(made), Some(Rule::Residency));
}

#[test]
fn owners_of_other_organisations_change_no_rule() {
    let (mut stage, ann, mut ben, _) = ruled();
    let mut policy = stage.hub.policy().clone();
    policy.owners = vec![account(1), account(2)];
    let change = Change {
        policy: Some(policy),
        ..Change::default()
    };
    stage.commit(&ann, change, &[&ben]).unwrap();
    // Whom it leaves out would let himself in again.
    stage.register.speaks_for(&ben, OTHER, "DE US");
    for other in ["", "DE FR US", "FR"] {
        let made = stage.room(&ben).commit(with(&stage, other));
        assert_eq!(breaks(made), Some(Rule::Residency), "{other}");
    }
    ben.rules = Rules::ALL.without(Rule::Residency);
    let pending = stage.room(&ben).commit(with(&stage, "")).unwrap();
    let refused = stage.take(&ben, &pending);
    assert!(
        matches!(&refused, Err(Refused::Breach(breach)) if breach.rule == Rule::Residency),
        "{refused:?}"
    );
    stage.hub = HubRoom::from_bytes(&stage.hub.to_bytes())
        .unwrap()
        .with_rules(ben.rules);
    stage.take(&ben, &pending).unwrap();
}

#[test]
fn a_rule_is_codes_in_order_and_in_no_direct_room() {
    let (stage, ann, ..) = ruled();
    let before = stage.hub.view();
    let many: Vec<String> = (0..=MAX_RESIDENCY as u32)
        .map(|number| {
            let letter = |value: u32| char::from(b'A' + (value % 26) as u8);
            format!("{}{}", letter(number / 26), letter(number))
        })
        .collect();
    let mut wrong = vec![codes("de"), codes("DEU"), codes("DE DE"), codes("FR DE")];
    wrong.extend([vec![String::new()], many.clone()]);
    let judge = |residency: Vec<String>, rules, when| {
        let mut change = ProposedChange {
            room: ROOM,
            origin: Origin::Member(ann.identity()),
            added: Vec::new(),
            removed: Vec::new(),
            renewed: None,
            policy: before.policy.clone(),
            foreign: Vec::new(),
            shown: None,
        };
        change.policy.residency = residency;
        check_change(rules, Some(&before), &change, &stage.register, when)
    };
    for when in [When::Now(stage.now), When::Past] {
        for residency in &wrong {
            let refused = judge(residency.clone(), Rules::ALL, when);
            assert_eq!(refused.unwrap_err().rule, Rule::Residency, "{residency:?}");
            let rules = Rules::ALL.without(Rule::Residency);
            judge(residency.clone(), rules, when).unwrap();
        }
        // As many as there can be, the one among them that is needed.
        judge(many[1..].to_vec(), Rules::ALL, when).unwrap();
    }
    let direct = RoomPolicy {
        residency: codes("DE"),
        ..policy(RoomKind::Direct, &[1, 2])
    };
    let made = Stage::create(&ann, &direct, Suite::Classic);
    assert_eq!(made.unwrap_err().rule, Rule::Residency);
}

#[test]
fn all_of_what_an_organisation_says_has_to_be_in_the_rule() {
    let (stage, ann, ben, _) = ruled();
    let rule = stage.hub.policy();
    let (codes, own) = (&rule.residency, rule.organisation);
    let is_in = |who: &Person| is_within(codes, own, &stage.register, &who.identity().account);
    for (said, within) in [("DE", true), ("DE FR", true), ("DE US", false), ("", false)] {
        stage.register.speaks_for(&ben, OTHER, said);
        assert_eq!(is_in(&ben), within, "{said}");
        // Of the room's own organisation everybody is, whatever it says.
        stage.register.speaks_for(&ann, OWN, said);
        assert!(is_in(&ann));
    }
    // Nobody knows him.
    assert!(!is_in(&Person::new(77, 1)));
}

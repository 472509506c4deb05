//! Somebody who comes in by a link that is none, or none any more, with a hub that helps; and who makes or keeps links that he may
//! not. Each case is run honestly, attacked, and attacked without what holds it.

use crate::links::makes_link;
use valise_client::Guards;
use valise_directory::link::GroupLink;
use valise_directory::room_link::LinkSecret;
use valise_mls::{Change, LinkKey, Rule, Rules};
use valise_server::service::Protections;
use valise_tests::case::{Circle, Way};
use valise_tests::says;
use valise_views::{Alarm, Command, Outcome};
use valise_wire::policy::{LinkRole, RoomLink, RoomPolicy};

fn without(rule: Rule) -> Way {
    Way::with(Guards::ALL.with_rules(Rules::ALL.without(rule)))
}

/// A hub that lets anybody look, and keeps to no rule.
fn colluding() -> Protections {
    Protections {
        links: false,
        ..Circle::colluding()
    }
}

/// Lets Ada put Eve out of the group.
fn eve_goes(circle: &mut Circle) {
    let remove = Command::RemoveMember {
        chat: circle.chat.clone(),
        person: circle.eve.person(),
    };
    assert_eq!(circle.world.tell(circle.ada, remove), Outcome::Done);
    circle.world.advance(20_000);
}

/// Lets Eve come in by a link, and tells whether Boris believes it.
fn eve_comes(circle: &mut Circle, link: &GroupLink) -> bool {
    let join = circle.eve.intrude_by_link(&circle.world, link);
    let taken = circle.eve.call(&circle.world, join.into());
    taken.expect("the hub takes it");
    circle.world.advance(20_000);
    eve_is_in(circle)
}

fn eve_is_in(circle: &mut Circle) -> bool {
    let known = circle.boris_knows();
    known.iter().any(|(name, _)| name == "Eve")
}

/// Who was put out knows the link that there was.
#[test]
fn who_was_removed_does_not_come_back_by_the_old_link_whatever_the_hub_says() {
    let run = |way: Way| {
        let mut circle = Circle::new(930, way, colluding());
        let chat = circle.chat.clone();
        let link = makes_link(&mut circle.world, circle.ada, &chat, None);
        let link = GroupLink::parse(&link).unwrap();
        eve_goes(&mut circle);
        let is_in = way.attacked && eve_comes(&mut circle, &link);
        (is_in, circle.boris_hears())
    };
    assert_eq!(run(Way::HONEST), (false, vec![]));
    let (is_in, alarms) = run(Way::ATTACKED);
    assert!(!is_in);
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    assert!(run(without(Rule::ShownLink)).0);
}

#[test]
fn a_link_that_was_switched_off_lets_nobody_in_whatever_the_hub_says() {
    let run = |way: Way| {
        let mut circle = Circle::new(931, way, colluding());
        eve_goes(&mut circle);
        let chat = circle.chat.clone();
        let link = makes_link(&mut circle.world, circle.ada, &chat, None);
        let link = GroupLink::parse(&link).unwrap();
        if way.attacked {
            let off = Command::EndGroupLink(chat);
            assert_eq!(circle.world.tell(circle.ada, off), Outcome::Done);
            circle.world.advance(20_000);
        }
        // Before it is switched off it lets in whoever holds it.
        (eve_comes(&mut circle, &link), circle.boris_hears())
    };
    assert_eq!(run(Way::HONEST), (true, vec![]));
    let (is_in, alarms) = run(Way::ATTACKED);
    assert!(!is_in);
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    assert!(run(without(Rule::ShownLink)).0);
}

#[test]
fn a_link_of_ones_own_making_lets_nobody_in() {
    let run = |way: Way| {
        let mut circle = Circle::new(932, way, colluding());
        eve_goes(&mut circle);
        let chat = circle.chat.clone();
        let link = makes_link(&mut circle.world, circle.ada, &chat, None);
        let mut link = GroupLink::parse(&link).unwrap();
        if way.attacked {
            link.secret = LinkSecret::from_bytes(&[7; 32]);
        }
        (eve_comes(&mut circle, &link), circle.boris_hears())
    };
    assert_eq!(run(Way::HONEST), (true, vec![]));
    let (is_in, alarms) = run(Way::ATTACKED);
    assert!(!is_in);
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    assert!(run(without(Rule::ShownLink)).0);
}

fn links(number: u8) -> Vec<RoomLink> {
    vec![RoomLink {
        key: LinkKey::from_seed(&[number; 32]).public(),
        id: [number; 16],
        not_after: None,
        role: LinkRole::Member,
        card: vec![].into(),
    }]
}

#[test]
fn who_owns_nothing_makes_no_link() {
    let run = |way: Way| {
        let mut circle = Circle::new(933, way, colluding());
        if way.attacked {
            let policy = RoomPolicy {
                links: links(7),
                ..circle.policy()
            };
            circle.eve_commits(Change {
                policy: Some(policy),
                ..Change::default()
            });
        }
        circle.world.advance(20_000);
        (circle.is_closed(), circle.boris_hears())
    };
    assert_eq!(run(Way::HONEST), (false, vec![]));
    let (closed, alarms) = run(Way::ATTACKED);
    assert!(closed);
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    let (closed, alarms) = run(without(Rule::Policy));
    assert!(!closed, "{alarms:?}");
}

#[test]
fn an_owner_who_puts_somebody_out_keeps_no_link_for_him() {
    let run = |way: Way| {
        let mut circle = Circle::new(934, way, colluding());
        circle.trust_eve();
        circle.eve.follow(&circle.world);
        let policy = RoomPolicy {
            links: links(7),
            ..circle.policy()
        };
        circle.eve_commits(Change {
            policy: Some(policy),
            ..Change::default()
        });
        if way.attacked {
            let ada = circle.world.id_of(circle.ada, circle.ada);
            let ada = valise_wire::AccountId::from_hex(&ada.0).unwrap();
            let member = circle.eve.member(circle.world.now);
            let roster = member.load(circle.room).unwrap().unwrap().roster().unwrap();
            let remove = roster.iter().filter(|leaf| leaf.identity.account == ada);
            let remove = remove.map(|leaf| leaf.index).collect();
            // Her client settles the owners, and takes no link out.
            circle.eve_commits(Change {
                remove,
                ..Change::default()
            });
        }
        circle.world.advance(20_000);
        (circle.is_closed(), circle.boris_hears())
    };
    assert_eq!(run(Way::HONEST), (false, vec![]));
    let (closed, alarms) = run(Way::ATTACKED);
    assert!(closed);
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    let (closed, alarms) = run(without(Rule::Links));
    assert!(!closed, "{alarms:?}");
}

/// Members cannot tell when a commit was made: that a link has ended is the hub's to say, and the next owner's.
#[test]
fn a_link_that_has_ended_lets_nobody_in_at_an_honest_hub() {
    let run = |way: Way, protections: Protections| {
        let mut circle = Circle::new(935, Way::HONEST, protections);
        eve_goes(&mut circle);
        let chat = circle.chat.clone();
        let until = circle.world.now.0 + 60_000;
        let link = makes_link(&mut circle.world, circle.ada, &chat, Some(until));
        let link = GroupLink::parse(&link).unwrap();
        let join = circle.eve.intrude_by_link(&circle.world, &link);
        if way.attacked {
            circle.world.advance(120_000);
        }
        let taken = circle.eve.call(&circle.world, join.into()).is_ok();
        circle.world.advance(20_000);
        (taken, eve_is_in(&mut circle))
    };
    assert_eq!(run(Way::HONEST, Protections::default()), (true, true));
    assert_eq!(run(Way::ATTACKED, Protections::default()), (false, false));
    // The hub looks at the link before it judges the commit, and then by the rule.
    let careless = Protections {
        links: false,
        ..Protections::default()
    };
    assert_eq!(run(Way::ATTACKED, careless), (false, false));
    let careless = Protections {
        rules: Rules::ALL.without(Rule::ShownLink),
        ..careless
    };
    assert_eq!(run(Way::ATTACKED, careless), (true, true));
}

/// A state of before the link was switched off is of an epoch that is over: nobody follows who comes in by it.
#[test]
fn a_hub_that_shows_an_old_state_lets_nobody_in() {
    let mut circle = Circle::new(937, Way::HONEST, Protections::default());
    eve_goes(&mut circle);
    let chat = circle.chat.clone();
    let link = makes_link(&mut circle.world, circle.ada, &chat, None);
    let parsed = GroupLink::parse(&link).unwrap();
    let old = circle.eve.intrude_by_link(&circle.world, &parsed);
    let off = Command::EndGroupLink(chat);
    assert_eq!(circle.world.tell(circle.ada, off), Outcome::Done);
    circle.world.advance(20_000);
    assert!(circle.eve.call(&circle.world, old.into()).is_err());
    circle.world.advance(20_000);
    assert!(!eve_is_in(&mut circle));
    assert_eq!(circle.boris_hears(), vec![]);
}

//! A member and a hub that helps her, against the rules of a room: who is in it, who rules it, and which log it has. Each
//! case is run honestly, attacked, and attacked without the rule that holds it.

use valise_client::{Guard, Guards};
use valise_mls::{Change, Rule, Rules};
use valise_server::service::Protections;
use valise_tests::case::{Circle, Ghost, Pair, Way, swaps_two};
use valise_tests::says;
use valise_tests::sim::{Answers, Insider, Shows, World};
use valise_views::{Alarm, Command, Outcome};
use valise_wire::push::{Event, EventKind};
use valise_wire::request::{Reply, Request};
use valise_wire::{AccountId, DeviceId};

fn without(rule: Rule) -> Way {
    Way::with(Guards::ALL.with_rules(Rules::ALL.without(rule)))
}

fn names(known: &[(String, bool)]) -> Vec<&str> {
    known.iter().map(|(name, _)| name.as_str()).collect()
}

/// The same for every way: nothing changed, the group is closed, and it is said.
fn assert_refused(circle: &mut Circle, before: &[(String, bool)]) {
    assert_eq!(circle.boris_knows(), before);
    assert!(circle.is_closed());
    let alarms = circle.boris_hears();
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    assert!(says!(alarms, Alarm::ChatClosed { .. }), "{alarms:?}");
}

#[test]
fn hs_18_a_user_that_the_server_made_is_not_let_in() {
    let run = |way: Way| {
        let mut circle = Circle::new(18, way, Circle::colluding());
        circle.trust_eve();
        let before = circle.boris_knows();
        let ghost = Ghost::new(AccountId([8; 16]), DeviceId([9; 16]));
        let package = ghost.key_package(circle.world.now);
        let add = if way.attacked {
            vec![package]
        } else {
            Vec::new()
        };
        circle.eve_commits(Change {
            add,
            ..Change::default()
        });
        (circle, before)
    };
    let (mut honest, before) = run(Way::HONEST);
    assert_eq!(honest.boris_knows(), before);
    assert!(!honest.is_closed());

    let (mut attacked, before) = run(Way::ATTACKED);
    assert_refused(&mut attacked, &before);

    let (mut twin, before) = run(without(Rule::KnownDevice));
    assert_eq!(twin.boris_knows().len(), before.len() + 1);
}

#[test]
fn hs_20_a_stranger_does_not_come_in_by_what_the_server_gives_out() {
    let run = |way: Way| {
        let protections = Protections {
            membership: false,
            ..Circle::colluding()
        };
        let mut circle = Circle::new(20, way, protections);
        let link = circle.world.invite(circle.ada, "Mallory");
        let mut mallory = Insider::join(&mut circle.world, &link, "Mallory");
        let before = circle.boris_knows();
        if way.attacked {
            let commit = mallory.intrude(&circle.world, circle.room);
            mallory
                .call(&circle.world, commit.into())
                .expect("the hub takes it");
        }
        circle.world.advance(20_000);
        (circle, before)
    };
    let (mut honest, before) = run(Way::HONEST);
    assert_eq!(honest.boris_knows(), before);

    let (mut attacked, before) = run(Way::ATTACKED);
    assert_refused(&mut attacked, &before);

    let (mut twin, _) = run(without(Rule::Newcomer));
    assert!(names(&twin.boris_knows()).contains(&"Mallory"));
}

/// When the victim meets the commit.
#[derive(Clone, Copy, PartialEq)]
enum Path {
    Live,
    CaughtUp,
    AfterRestart,
}

#[test]
fn hs_27_who_owns_nothing_changes_no_roles_on_any_path() {
    let run = |way: Way, path: Path| {
        let mut circle = Circle::new(27, way, Circle::colluding());
        let before = circle.boris_knows();
        match path {
            Path::Live => {}
            Path::CaughtUp => circle.world.set_online(circle.boris, false),
            Path::AfterRestart => circle.world.crash(circle.boris),
        }
        let mut policy = circle.policy();
        if way.attacked {
            policy.owners = vec![circle.eve.account];
        }
        circle.eve_commits(Change {
            policy: Some(policy),
            ..Change::default()
        });
        match path {
            Path::Live => {}
            Path::CaughtUp => circle.world.set_online(circle.boris, true),
            Path::AfterRestart => circle.world.start(circle.boris),
        }
        circle.world.advance(60_000);
        (circle, before)
    };
    let (mut honest, before) = run(Way::HONEST, Path::Live);
    assert_eq!(honest.boris_knows(), before);
    assert!(!honest.is_closed());
    for path in [Path::Live, Path::CaughtUp, Path::AfterRestart] {
        let (mut attacked, before) = run(Way::ATTACKED, path);
        assert_refused(&mut attacked, &before);
    }
    let (mut twin, _) = run(without(Rule::Policy), Path::Live);
    let known = twin.boris_knows();
    assert!(known.contains(&("Eve".to_owned(), true)), "{known:?}");
}

#[test]
fn hs_61_the_protocol_floor_of_a_room_does_not_sink() {
    let run = |way: Way| {
        let mut circle = Circle::new(61, way, Circle::colluding());
        circle.trust_eve();
        let before = circle.boris_knows();
        let mut policy = circle.policy();
        if way.attacked {
            policy.protocol_floor = 0;
        }
        circle.eve_commits(Change {
            policy: Some(policy),
            ..Change::default()
        });
        (circle, before)
    };
    let (mut honest, _) = run(Way::HONEST);
    assert!(!honest.is_closed());
    let (mut attacked, before) = run(Way::ATTACKED);
    assert_refused(&mut attacked, &before);
    let (mut twin, _) = run(without(Rule::Floor));
    assert!(!twin.is_closed());
    assert_eq!(twin.boris_hears(), []);
}

#[test]
fn hs_23_a_welcome_does_not_replace_a_room_that_is_alive() {
    let run = |way: Way| {
        let mut circle = Circle::new(23, way, Protections::default());
        let mut policy = circle.policy();
        policy.owners = vec![circle.eve.account];
        let add = vec![circle.eve_claims_boris()];
        // A room of Eve's own under the same id.
        let item = circle.eve_makes(circle.room, &policy, add);
        if way.attacked {
            circle.puts_into_inbox(item);
        }
        circle.world.advance(20_000);
        circle.ada_says("we are still here");
        circle.world.advance(10_000);
        circle
    };
    let mut honest = run(Way::HONEST);
    assert_eq!(honest.boris_reads(), ["we are still here"]);

    let mut attacked = run(Way::ATTACKED);
    assert_eq!(attacked.boris_reads(), ["we are still here"]);
    assert_eq!(names(&attacked.boris_knows()), ["Ada", "Boris", "Eve"]);
    let alarms = attacked.boris_hears();
    assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");

    let mut twin = run(Way::without(Guard::ActiveRoom));
    assert_eq!(
        names(&twin.boris_knows()),
        ["Boris", "Eve"],
        "Eve's own room"
    );
}

#[test]
fn a_welcome_leads_into_the_room_that_it_is_said_to_be_for() {
    let run = |way: Way| {
        let mut world = World::new(124);
        let [ada, boris] = world.team(["Ada", "Boris"]);
        world.guard(boris, way.guards);
        let other = valise_wire::RoomId([6; 16]);
        if way.attacked {
            world.saboteur = Box::new(Answers(move |_, _: &Request, mut reply| {
                if let Reply::Inbox(page) = &mut reply {
                    page.items.iter_mut().for_each(|item| item.room = other);
                }
                reply
            }));
        }
        let chat = world.group(ada, "Registry", &[boris]);
        world.settle();
        let said = world.alarms(boris);
        let true_one = world.conversation(boris, &chat).is_some();
        let false_one = valise_views::ChatId(format!("g{other}"));
        (
            true_one,
            world.conversation(boris, &false_one).is_some(),
            said,
        )
    };
    assert_eq!(run(Way::HONEST), (true, false, vec![]));
    let (_, false_one, alarms) = run(Way::ATTACKED);
    assert!(!false_one);
    assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
    assert!(run(Way::without(Guard::WelcomedRoom)).1);
}

/// Shows the first commit that passes twice, and everything behind it one number later.
fn repeats_a_commit() -> impl FnMut(valise_wire::RoomId, Vec<Event>) -> Vec<Event> {
    let mut first: Option<u64> = None;
    move |_, events| {
        let mut shown = Vec::new();
        for mut event in events {
            if first.is_none() && event.kind == EventKind::Commit {
                first = Some(event.seq);
                shown.push(event.clone());
            }
            if first.is_some_and(|first| event.seq >= first) {
                event.seq += 1;
            }
            shown.push(event);
        }
        shown
    }
}

#[test]
fn hs_31_a_commit_that_comes_again_changes_nothing_and_is_noticed() {
    let run = |way: Way, everybody: Guards| {
        let mut circle = Circle::new(31, way, Protections::default());
        for who in [circle.ada, circle.boris] {
            circle.world.guard(who, everybody);
        }
        let (to, change) = (circle.boris, repeats_a_commit());
        if way.attacked {
            circle.world.saboteur = Box::new(Shows { to, change });
        }
        circle.trust_eve();
        let known = circle.boris_knows();
        circle.ada_says("after it");
        circle.world.settle();
        let alarms = [circle.boris_hears(), circle.world.alarms(circle.ada)].concat();
        (known, circle.boris_reads(), alarms)
    };
    let (honest, _, alarms) = run(Way::HONEST, Guards::ALL);
    assert_eq!(alarms, []);
    let (known, read, alarms) = run(Way::ATTACKED, Guards::ALL);
    assert_eq!(known, honest);
    assert_eq!(read, ["after it"]);
    assert!(says!(alarms, Alarm::ServerForked { .. }), "{alarms:?}");
    let silent = Guards::ALL.without(Guard::Checkpoints);
    let alarms = run(Way::ATTACKED, silent).2;
    assert!(!says!(alarms, Alarm::ServerForked { .. }), "{alarms:?}");
}

#[test]
fn hs_13_two_logs_of_one_room_are_found_out_and_the_chat_is_closed_until_a_person_says_so() {
    let run = |way: Way| {
        let mut pair = Pair::new(113, way, |pair| pair.boris);
        pair.world.guard(pair.ada, way.guards);
        let (to, change) = (pair.boris, swaps_two());
        pair.attack(way, Shows { to, change });
        pair.ada_says("no");
        pair.ada_says("yes");
        pair.world.settle();
        pair
    };
    let mut honest = run(Way::HONEST);
    assert_eq!([honest.ada_hears(), honest.boris_hears()].concat(), []);

    let mut attacked = run(Way::ATTACKED);
    let alarms = [attacked.ada_hears(), attacked.boris_hears()].concat();
    assert!(says!(alarms, Alarm::ServerForked { .. }), "{alarms:?}");
    assert!(says!(alarms, Alarm::ChatClosed { .. }), "{alarms:?}");
    // Both asked each other, and go on with what the server has.
    attacked.relent();
    for (who, chat) in [
        (attacked.ada, attacked.at_ada.clone()),
        (attacked.boris, attacked.at_boris.clone()),
    ] {
        let outcome = attacked.world.tell(who, Command::Reopen(chat));
        assert!(matches!(
            outcome,
            Outcome::Done | Outcome::Failed(valise_views::Trouble::NotFound)
        ));
        attacked.world.advance(30_000);
    }
    attacked.ada_says("together again");
    attacked.world.settle();
    assert_eq!(attacked.boris_reads().last().unwrap(), "together again");
    let alarms = [attacked.ada_hears(), attacked.boris_hears()].concat();
    assert!(!says!(alarms, Alarm::ChatClosed { .. }), "{alarms:?}");

    let mut twin = run(Way::without(Guard::Checkpoints));
    let alarms = [twin.ada_hears(), twin.boris_hears()].concat();
    assert!(!says!(alarms, Alarm::ServerForked { .. }), "{alarms:?}");
}

//! A server that gives out one key package twice, uses them all up, or gives out such as are over or not yet good.

use std::cell::RefCell;
use std::rc::Rc;
use valise_client::Guards;
use valise_mls::{KeyPackageInfo, Rule, Rules};
use valise_tests::case::{Circle, Way};
use valise_tests::says;
use valise_tests::sim::{Answers, Insider, Saboteur, Verdict, Who, World};
use valise_views::{Alarm, Tick};
use valise_wire::request::{ClaimKeyPackages, Reply, Request};
use valise_wire::{AccountId, Octets, Timestamp};

#[test]
fn hs_38_a_key_package_that_was_used_lets_nobody_in_a_second_time_and_it_is_said() {
    let run = |way: Way| {
        let mut world = World::new(38);
        let [ada, boris, clara] = world.team(["Ada", "Boris", "Clara"]);
        if way.guards != Guards::ALL {
            world.guard(boris, way.guards);
        }
        if way.attacked {
            let mut first: Option<Octets> = None;
            world.saboteur = Box::new(Answers(move |_, _: &Request, mut reply| {
                if let Reply::KeyPackages(claimed) = &mut reply {
                    for package in &mut claimed.packages {
                        package.key_package = first
                            .get_or_insert_with(|| package.key_package.clone())
                            .clone();
                    }
                }
                reply
            }));
        }
        let one = world.group(ada, "Of Ada", &[boris]);
        world.settle();
        let two = world.group(clara, "Of Clara", &[boris]);
        world.settle();
        let alarms = world.alarms(boris);
        world.saboteur = Box::new(valise_tests::sim::Honest);
        world.advance(600_000);
        world.says(ada, &one, "one");
        let message = world.says(clara, &two, "two");
        world.settle();
        let tick = world.tick(clara, &two, &message);
        let read = [one, two].map(|chat| world.texts(boris, &chat));
        (read, tick, alarms)
    };
    let both = [vec!["one".to_owned()], vec!["two".to_owned()]];
    let (read, tick, alarms) = run(Way::HONEST);
    assert_eq!(
        (&read, tick, alarms),
        (&both, Some(Tick::Delivered), vec![])
    );
    let (read, tick, alarms) = run(Way::ATTACKED);
    assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
    assert_eq!(read[0], both[0], "where it was used first");
    assert!(read[1].is_empty());
    assert_eq!(
        tick,
        Some(Tick::Accepted),
        "and Clara sees that he has nothing"
    );
    let silent = Guards::ALL.without(valise_client::Guard::Blame);
    assert_eq!(run(Way::with(silent)).2, []);
}

/// What a device hands over: how many packages for once, and whether a last resort.
type Handed = Rc<RefCell<Vec<(usize, bool)>>>;

/// Writes down what one person's device hands over.
struct Counts(Who, Handed);

impl Saboteur for Counts {
    fn request(&mut self, from: Who, request: Request, _now: Timestamp) -> Verdict {
        if let (true, Request::PublishKeyPackages(packages)) = (from == self.0, &request) {
            let handed = (packages.one_time.len(), packages.last_resort.is_some());
            self.1.borrow_mut().push(handed);
        }
        Verdict::Pass(request)
    }
}

#[test]
fn hs_39_who_is_drained_of_key_packages_makes_new_ones_and_another_last_resort() {
    let run = |claims: usize| {
        let mut circle = Circle::new(
            39,
            Way::HONEST,
            valise_server::service::Protections::default(),
        );
        let handed = Handed::default();
        circle.world.saboteur = Box::new(Counts(circle.boris, Rc::clone(&handed)));
        let boris = circle.world.id_of(circle.ada, circle.boris);
        let boris = AccountId::from_hex(&boris.0).unwrap();
        let mut seen = Vec::new();
        for _ in 0..claims {
            let accounts = vec![boris];
            let claim = ClaimKeyPackages { accounts };
            if let Ok(Reply::KeyPackages(claimed)) = circle.eve.call(&circle.world, claim.into()) {
                seen.extend(
                    claimed
                        .packages
                        .into_iter()
                        .map(|package| package.key_package),
                );
            }
        }
        // The last resort is what is given out again and again.
        let again = seen.len() - seen.iter().collect::<std::collections::BTreeSet<_>>().len();
        circle.world.set_online(circle.boris, false);
        circle.world.advance(5_000);
        circle.world.set_online(circle.boris, true);
        circle.world.settle();
        (again > 0, handed.take())
    };
    assert_eq!(run(3), (false, vec![]), "nothing is missing yet");
    let (again, handed) = run(30);
    assert!(!again);
    assert!(matches!(handed[..], [(1.., false)]), "{handed:?}");
    let (again, handed) = run(60);
    assert!(again);
    assert!(
        matches!(handed[..], [(1.., true)]),
        "what was used more than once goes: {handed:?}"
    );
}

const DAY: u64 = 86_400_000;

/// Lets Ada add Eve by a package that Eve made at another time. Tells whether she is in.
fn added_by_a_package_of(days: i64, way: Way) -> (bool, Vec<Alarm>) {
    let mut world = World::with(40, Circle::colluding());
    let ada = world.found("Ada");
    world.guard(ada, way.guards);
    let link = world.invite(ada, "Eve");
    let eve = Insider::join(&mut world, &link, "Eve");
    if way.attacked {
        let made_at = Timestamp(world.now.0.saturating_add_signed(days * DAY as i64));
        let package: Octets = eve.package_of(made_at);
        assert!(
            KeyPackageInfo::read(&package).is_ok(),
            "it is hers, and whole"
        );
        world.saboteur = Box::new(Answers(move |_, _: &Request, mut reply| {
            if let Reply::KeyPackages(claimed) = &mut reply {
                for claimed in &mut claimed.packages {
                    claimed.key_package = package.clone();
                }
            }
            reply
        }));
    }
    let chat = world.group_of(ada, "Registry", vec![eve.person()]);
    world.advance(120_000);
    let details = world.details(ada, &chat).expect("her group");
    let is_in = details.members.iter().any(|member| member.name == "Eve");
    (is_in, world.alarms(ada))
}

#[test]
fn hs_40_a_key_package_that_is_over_or_not_yet_good_adds_nobody() {
    assert_eq!(added_by_a_package_of(0, Way::HONEST), (true, vec![]));
    for days in [-100, 100] {
        let (is_in, alarms) = added_by_a_package_of(days, Way::ATTACKED);
        assert!(!is_in, "{days}");
        assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
        let careless = Guards::ALL.with_rules(Rules::ALL.without(Rule::KeyPackageTime));
        let (is_in, _) = added_by_a_package_of(days, Way::with(careless));
        assert!(is_in, "{days}");
    }
}

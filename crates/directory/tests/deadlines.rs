//! How an organisation counts deadlines: who says it, what is no calendar, and what others are shown of it.

mod world;

use std::collections::BTreeSet;
use valise_directory::calendar::{Calendar, Day, Offset, Weekday};
use valise_directory::deadlines::{self, Plan};
use valise_directory::excerpt::{fold, gather};
use valise_directory::fold::{Check, Checks};
use valise_directory::foreign::Foreign;
use valise_directory::statement::{read, sign};
use valise_directory::{Breach, update};
use valise_wire::OrganisationId;
use valise_wire::statement::{LogEntry, SignedStatement};
use world::{NOW, World};

const PARTNER: OrganisationId = OrganisationId([77; 32]);

fn log(world: &World) -> Vec<LogEntry> {
    let entries = (1u64..).zip(world.log.iter().cloned());
    let entries = entries.map(|(position, statement)| LogEntry {
        position,
        statement,
    });
    entries.collect()
}

/// Asserts that a statement is refused, that nothing changed, and that without the check it is taken.
fn refused(world: &World, check: Check, breach: Breach, said: &SignedStatement) {
    let mut directory = world.server();
    let head = directory.head();
    assert_eq!(directory.apply(head.position + 1, said), Err(breach));
    assert_eq!(directory.head(), head);
    let mut blind = world.folded(Checks::ALL.without(check), false);
    assert!(blind.apply(head.position + 1, said).is_ok(), "{check:?}");
}

/// What is said, with something in it changed that nobody would say.
fn broken(world: &World, change: impl Fn(&mut deadlines::Deadlines)) -> SignedStatement {
    let honest = world.deadlines(0, &[1, 3]);
    let mut said: deadlines::Deadlines = read(&honest).unwrap();
    change(&mut said);
    sign(&said, world.issuer().registrar_key)
}

#[test]
fn a_calendar_stays_known_after_the_next_one() {
    let mut world = World::new();
    let first = world.deadlines(0, &[1]);
    world.say(first);
    let before = world.server().deadlines().unwrap().clone();
    let second = world.deadlines(1, &[2, 5]);
    world.say(second);
    let directory = world.server();
    let now = directory.deadlines().unwrap();
    assert_eq!((now.said.version, &now.said.remind[..]), (2, &[2, 5][..]));
    assert_ne!(now.calendar, before.calendar, "another holiday");
    let known = directory.calendar(&before.calendar, before.position);
    assert_eq!(known, Some(&before.said.calendar));
    // Nobody counted by it before it was said.
    assert_eq!(directory.calendar(&now.calendar, before.position), None);
}

#[test]
fn t192_an_older_calendar_is_not_said_again() {
    let mut world = World::new();
    let (first, second) = (world.deadlines(0, &[1]), world.deadlines(1, &[1]));
    world.say(first.clone());
    world.say(second);
    let breach = Breach::Version {
        former: 2,
        found: 1,
    };
    refused(&world, Check::Version, breach, &first);
}

#[test]
fn t192_only_a_registrar_says_how_is_counted() {
    let mut world = World::new();
    let second = world.second_registrar();
    let said = world.deadlines_by(&second);
    let ended = update::end_account(&world.issuer(), second.account, NOW);
    world.say(ended);
    refused(&world, Check::Mandated, Breach::NotRegistrar, &said);
    let mut forged = world.deadlines(0, &[1]);
    forged.signature[3] ^= 1;
    refused(&world, Check::Signature, Breach::Forged, &forged);
}

#[test]
fn what_is_no_calendar_is_refused() {
    let world = World::new();
    let reminders = (1..=6).collect::<Vec<u32>>();
    let said = [
        (
            "holidays",
            broken(&world, |it| it.calendar.holidays.push(Day(0))),
        ),
        (
            "weekend",
            broken(&world, |it| {
                it.calendar.weekend = (0..7).map(Weekday).collect()
            }),
        ),
        ("clocks", broken(&world, |it| it.calendar.clocks.clear())),
        ("remind", broken(&world, |it| it.remind = reminders.clone())),
        ("remind", broken(&world, |it| it.remind = vec![3, 1])),
        ("remind", broken(&world, |it| it.remind = vec![0])),
        ("escalate", broken(&world, |it| it.escalate = Some(61))),
    ];
    for (field, said) in said {
        refused(&world, Check::Fields, Breach::Field(field), &said);
    }
    let endless = Plan {
        calendar: Calendar {
            holidays: (0..5_000).map(Day).collect(),
            ..Calendar::weekends(NOW, Offset(0)).unwrap()
        },
        ..world.counting(0, &[])
    };
    let said = deadlines::deadlines(&world.issuer(), endless, NOW);
    assert_eq!(said, Err(Breach::Field("entries")));
}

#[test]
fn whoever_sees_an_account_sees_how_its_organisation_counts() {
    let mut world = World::new();
    let second = world.second_registrar();
    let said = world.deadlines_by(&second);
    world.say(said);
    let whole = log(&world);
    let part = gather(&whole, &BTreeSet::from([world.member_id()])).unwrap();
    let folded = fold(world.founded.organisation, &part).unwrap();
    assert_eq!(folded.deadlines(), world.server().deadlines());

    // A partner who knows her is told of the next one, too.
    let told = world.log.len() as u64;
    let mut foreign = Foreign::new(world.founded.organisation, PARTNER, None);
    foreign.take(part).unwrap();
    let next = world.deadlines(1, &[4]);
    world.say(next);
    let fresh = world
        .server()
        .excerpt_since(PARTNER, &[world.member_id()], told);
    let is_fresh = |entry: &LogEntry| fresh.contains(&entry.position);
    foreign
        .take(log(&world).into_iter().filter(is_fresh).collect())
        .unwrap();
    let known = foreign.directory().deadlines().unwrap();
    assert_eq!(known.said.remind, [4]);
}

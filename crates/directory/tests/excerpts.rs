//! Parts of a log that prove who somebody is, to whom has no more of it.

mod world;

use std::collections::BTreeSet;
use valise_directory::excerpt::{fold, gather};
use valise_directory::{Breach, update};
use valise_wire::statement::{LogEntry, StatementKind};
use world::{DAY, NOW, World, device, nobody, plan};

fn log(world: &World) -> Vec<LogEntry> {
    let positions = 1u64..;
    let entries = positions.zip(world.log.iter().cloned());
    let entries = entries.map(|(position, statement)| LogEntry {
        position,
        statement,
    });
    entries.collect()
}

/// Anna, whose key was renewed by two registrars of whom one has left, among others whom it does not concern.
fn busy() -> World {
    let mut world = World::new();
    let key = world.evidence_key(51, 2);
    world.say(key);
    let link = world.invite(plan(nobody()));
    world.join(&link, "carl", 20);
    let second = world.second_registrar();
    world.registrar("dora", 21);
    let link = world.offer_renewal();
    world.confirm_renewal(&second, &link, NOW);
    let renewed = world.renew(&link, NOW.plus_millis(DAY));
    world.say(renewed);
    let ended = update::end_account(&world.issuer(), second.account, NOW);
    world.say(ended);
    world
}

#[test]
fn an_excerpt_says_of_its_accounts_what_the_log_says() {
    let world = busy();
    let whole = log(&world);
    let part = gather(&whole, &BTreeSet::from([world.member_id()])).unwrap();
    assert!(part.len() < whole.len());
    assert!(
        part.iter()
            .all(|entry| entry.statement.kind != StatementKind::Profile)
    );
    let folded = fold(world.founded.organisation, &part).unwrap();
    let full = world.server();
    let (id, old) = (world.member_id(), device(2).1.id);
    assert_eq!(folded.evidence_key_of(old), full.evidence_key_of(old));
    let (found, expected) = (folded.account(id).unwrap(), full.account(id).unwrap());
    assert_eq!(
        (found.key, &found.devices),
        (expected.key, &expected.devices)
    );
    assert!(folded.accounts().count() < full.accounts().count());
}

#[test]
fn nobody_can_be_brought_in_by_an_excerpt_whom_the_log_would_not_take() {
    let world = busy();
    let part = gather(&log(&world), &BTreeSet::from([world.member_id()])).unwrap();
    let organisation = world.founded.organisation;
    for left_out in 0..part.len() {
        let mut less = part.clone();
        let gone = less.remove(left_out);
        // The end of what is not used any more is the only thing that can be left out; nobody sees that.
        let may = matches!(
            gone.statement.kind,
            StatementKind::EvidenceKey | StatementKind::AccountRevocation | StatementKind::Renewal
        );
        let last_list = gone.statement.kind == StatementKind::DeviceList;
        let taken = fold(organisation, &less).is_ok();
        assert!(!taken || may || last_list, "{:?}", gone.statement.kind);
    }
    let mut moved = part.clone();
    moved.swap(2, 3);
    assert!(fold(organisation, &moved).is_err());
    assert!(matches!(
        fold(organisation, &part[1..]),
        Err(Breach::Position { .. })
    ));
    let mut forged = part.clone();
    forged[4].statement.signature[5] ^= 1;
    assert_eq!(fold(organisation, &forged).map(|_| ()), Err(Breach::Forged));
}

//! A server that shows its people offices of a partner as they are not. Each case is run honestly, attacked, and attacked without what
//! holds it.

use crate::offices::{Pair, names, pair, registry_of_the_bank, set};
use valise_client::Guards;
use valise_directory::fold::{Check, Checks};
use valise_directory::office::Office;
use valise_directory::statement::read;
use valise_tests::case::Way;
use valise_tests::says;
use valise_tests::sim::{Saboteur, Who};
use valise_views::{Alarm, Command, Outcome};
use valise_wire::request::{ForeignEntry, ForeignPage, Reply, Request};
use valise_wire::statement::StatementKind;
use valise_wire::{AccountId, Octets, Problem, Timestamp, to_bytes};

fn without(check: Check) -> Way {
    Way::with(Guards::ALL.with_checks(Checks::ALL.without(check)))
}

/// Changes what one person is shown of other organisations.
struct Shows<F> {
    to: Who,
    change: F,
}

impl<F: FnMut(&mut ForeignPage)> Saboteur for Shows<F> {
    fn reply(
        &mut self,
        to: Who,
        _: &Request,
        reply: Result<Reply, Problem>,
        _: Timestamp,
    ) -> Result<Reply, Problem> {
        match reply {
            Ok(Reply::Foreign(mut page)) if to == self.to => {
                (self.change)(&mut page);
                Ok(Reply::Foreign(page))
            }
            reply => reply,
        }
    }
}

/// The pair, whose Boris guards what the way says.
fn guarded(seed: u64, way: Way) -> Pair {
    let mut pair = pair(seed);
    pair.world.guard(pair.boris, way.guards);
    pair
}

fn office(entry: &ForeignEntry) -> Option<Office> {
    let statement = &entry.entry.statement;
    let is_office = statement.kind == StatementKind::Office;
    is_office.then(|| read(statement).expect("the server took it"))
}

/// Tells whether somebody shows himself anew.
fn is_profile(entry: &ForeignEntry) -> bool {
    entry.entry.statement.kind == StatementKind::Card
}

/// What Boris sees of who holds the bank's registry.
fn seen(pair: &mut Pair) -> Vec<String> {
    let offices = pair.world.offices_of(pair.boris);
    let holders = offices.iter().flat_map(names);
    holders.map(str::to_owned).collect()
}

#[test]
fn a_server_that_names_a_holder_of_its_own_is_not_believed() {
    let run = |way: Way| {
        let mut pair = guarded(41, way);
        let clara = pair.world.id_of(pair.clara, pair.clara);
        let clara = AccountId::from_hex(&clara.0).unwrap();
        let change = move |page: &mut ForeignPage| {
            for entry in &mut page.entries {
                if let Some(mut office) = office(entry) {
                    office.holders = vec![clara];
                    entry.entry.statement.payload = Octets(to_bytes(&office));
                }
            }
        };
        if way.attacked {
            let to = pair.boris;
            pair.world.saboteur = Box::new(Shows { to, change });
        }
        registry_of_the_bank(&mut pair);
        let heard = pair.world.alarms(pair.boris);
        (seen(&mut pair), heard)
    };
    assert_eq!(
        run(Way::HONEST),
        (vec!["Clara".into(), "Dora".into()], vec![])
    );
    let (holders, alarms) = run(Way::ATTACKED);
    assert!(holders.is_empty(), "{holders:?}");
    assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
    assert_eq!(run(without(Check::Signature)).0, ["Clara"]);
}

#[test]
fn a_server_that_shows_an_office_as_it_was_is_not_believed() {
    let run = |way: Way| {
        let mut pair = guarded(42, way);
        let mut former: Option<ForeignEntry> = None;
        let change = move |page: &mut ForeignPage| {
            let said = page.entries.iter().find(|entry| office(entry).is_some());
            match (said, &former) {
                (Some(said), None) => former = Some(said.clone()),
                // Behind everything, as if it had been said last.
                (None, Some(former)) if page.entries.iter().any(is_profile) => {
                    let mut again = former.clone();
                    again.position = page.head;
                    again.entry.position = 1_000;
                    page.entries.push(again);
                }
                _ => {}
            }
        };
        if way.attacked {
            let to = pair.boris;
            pair.world.saboteur = Box::new(Shows { to, change });
        }
        registry_of_the_bank(&mut pair);
        let world = &mut pair.world;
        let dora = world.id_of(pair.clara, pair.dora);
        let registry = world.offices_of(pair.clara)[0].clone();
        let changed = set(Some(&registry), "registry", vec![dora]);
        assert_eq!(world.tell(pair.clara, changed), Outcome::Done);
        world.advance(60_000);
        assert_eq!(seen(&mut pair), ["Dora"]);
        let renamed = Command::SetProfile {
            name: "Dora".into(),
            picture: None,
        };
        let world = &mut pair.world;
        assert_eq!(world.tell(pair.dora, renamed), Outcome::Done);
        world.advance(60_000);
        let heard = world.alarms(pair.boris);
        (seen(&mut pair), heard)
    };
    assert_eq!(run(Way::HONEST), (vec!["Dora".into()], vec![]));
    let (holders, alarms) = run(Way::ATTACKED);
    assert_eq!(holders, ["Dora"]);
    assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
    assert_eq!(run(without(Check::Version)).0, ["Clara", "Dora"]);
}

//! Which offices a partner is shown, and which not.

use crate::partners::{Pair, pair};
use crate::stage::*;
use std::collections::BTreeSet;
use valise_directory::office::{self, Office, OfficeDetails, Plan};
use valise_directory::partner::PartnerKey;
use valise_directory::statement::read;
use valise_directory::{Address, Name};
use valise_server::service::Protections;
use valise_wire::partner::{MAX_STATEMENTS, OfficePage, PartnerReply, ReadOffices};
use valise_wire::request::{Publish, ReadForeignOffices};
use valise_wire::statement::StatementKind;
use valise_wire::{OfficeId, OrganisationId, ProblemCode};

/// Says an office of the ministry that the founder holds, and shows it to the bank, if it is to be shown.
fn say(pair: &mut Pair, number: usize, shown: bool) -> OfficeId {
    let details = OfficeDetails {
        name: Name::parse("Registry").unwrap(),
        address: Address::parse(&format!("registry{number}@ministry.example")).unwrap(),
        note: None,
        numbers: None,
    };
    let plan = Plan {
        former: None,
        holders: vec![pair.stage.founded.account],
        details: details.clone(),
        now: START,
    };
    let (mut rng, partner) = (pair.stage.rng.clone(), pair.bank.organisation);
    let issuer = pair.stage.issuer();
    let (id, said) = office::office(&issuer, plan, &mut rng);
    let key = PartnerKey::from_bytes(&[5; 32]);
    let card = office::card(&issuer, (id, 1), partner, &details, &key, &mut rng);
    let caller = pair.stage.founder.caller;
    let statements = [Some(said), shown.then_some(card)];
    for statement in statements.into_iter().flatten() {
        pair.stage.call(&caller, Publish { statement }).unwrap();
    }
    pair.stage.rng = rng;
    id
}

fn read_after(pair: &Pair, after: Option<OfficeId>) -> OfficePage {
    match pair.ask(ReadOffices { after }) {
        Ok(PartnerReply::Offices(page)) => page,
        other => panic!("{other:?}"),
    }
}

fn offices_of(page: &OfficePage) -> BTreeSet<OfficeId> {
    let statements = page.entries.iter().map(|entry| &entry.statement);
    let offices = statements.filter(|statement| statement.kind == StatementKind::Office);
    offices
        .map(|statement| read::<Office>(statement).unwrap().id)
        .collect()
}

#[test]
fn a_partner_is_shown_the_offices_that_have_a_card_for_it() {
    let mut pair = pair(Protections::default());
    say(&mut pair, 0, false);
    assert!(read_after(&pair, None).entries.is_empty());
    let shown = say(&mut pair, 1, true);
    let page = read_after(&pair, None);
    assert_eq!(offices_of(&page), BTreeSet::from([shown]));
    assert_eq!(page.next, None);
    assert!(page.entries.is_sorted_by_key(|entry| entry.position));
}

#[test]
fn who_is_no_partner_is_shown_no_office() {
    let mut open = pair(Protections {
        partners: false,
        ..Protections::default()
    });
    let mut closed = pair(Protections::default());
    let stranger = OrganisationId([3; 32]);
    let ask = |pair: &Pair| {
        let request = ReadOffices { after: None }.into();
        wait(pair.stage.service.partner_call(stranger, request, START))
    };
    for pair in [&mut open, &mut closed] {
        say(pair, 0, true);
    }
    assert_eq!(code(ask(&closed)), ProblemCode::Refused);
    let PartnerReply::Offices(page) = ask(&open).unwrap() else {
        panic!("another answer");
    };
    assert!(page.entries.is_empty(), "none has a card for it");
    // One's own server asks nobody else either.
    let partner = stranger;
    let asked = closed
        .stage
        .call(&closed.stage.founder.caller, ReadForeignOffices { partner });
    assert_eq!(code(asked), ProblemCode::Refused);
}

#[test]
fn many_offices_come_in_parts() {
    let mut pair = pair(Protections::default());
    let all: BTreeSet<OfficeId> = (0..MAX_STATEMENTS / 2 + 5)
        .map(|number| say(&mut pair, number, true))
        .collect();
    let first = read_after(&pair, None);
    assert!(first.next.is_some());
    let rest = read_after(&pair, first.next);
    assert_eq!(rest.next, None);
    let (first, rest) = (offices_of(&first), offices_of(&rest));
    assert!(first.is_disjoint(&rest));
    assert_eq!(first.union(&rest).copied().collect::<BTreeSet<_>>(), all);
}

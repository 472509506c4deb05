//! What a partner learns of people, and what it does not.

use crate::partners::{Pair, find, make_room, pair};
use crate::stage::*;
use valise_directory::partner::{self, Card, PartnerKey};
use valise_directory::{Address, AddressTag, Name, ProfileDetails};
use valise_server::service::Protections;
use valise_wire::partner::*;
use valise_wire::request::*;
use valise_wire::{AccountId, Octets, RoomId, to_bytes};

/// BI-44: whom there is not and who does not show himself are one answer, whatever is asked after him.
#[test]
fn bi_44_who_there_is_not_and_who_does_not_show_himself_are_one_answer() {
    let mut pair = pair(Protections::default());
    pair.show_founder();
    make_room(&pair);
    let address = Address::parse("mara@ministry.example").unwrap();
    let address_tag = PartnerKey::from_bytes(&[5; 32]).address_tag(&address).0;
    let (hidden, nobody) = (pair.stage.founder.account, AccountId([66; 16]));
    let accounts = |account| vec![account];
    let signal = |room| {
        let sealed = Octets::default();
        let request = Octets(to_bytes(&Request::from(Signal { room, sealed })));
        let (account, device) = (pair.bank.account, listed(50).id);
        OnBehalf {
            account,
            device,
            request,
        }
    };
    let pairs: [[PartnerRequest; 2]; 4] = [
        [FindAccount { address_tag }.into(), find()],
        [hidden, nobody].map(|account| {
            let accounts = accounts(account);
            ReadAccounts { accounts }.into()
        }),
        [hidden, nobody].map(|account| {
            let accounts = accounts(account);
            ClaimKeyPackages { accounts }.into()
        }),
        [ROOM, RoomId([66; 16])].map(|room| signal(room).into()),
    ];
    for [of_somebody, of_nobody] in pairs {
        let name = of_somebody.name();
        assert_eq!(pair.ask(of_somebody), pair.ask(of_nobody), "{name}");
    }
    // Who shows himself is found.
    shows_himself(&mut pair, &address);
    assert_ne!(pair.ask(FindAccount { address_tag }), pair.ask(find()));
}

#[test]
fn key_packages_are_for_partners_who_found_somebody() {
    let mut pair = pair(Protections::default());
    let founder = &pair.stage.founder;
    let (account, last) = (founder.account, pair.stage.key_package(founder));
    let published = PublishKeyPackages {
        one_time: vec![],
        last_resort: Some(last),
    };
    pair.stage.call(&founder.caller, published).unwrap();
    let address = Address::parse("mara@ministry.example").unwrap();
    shows_himself(&mut pair, &address);
    let claimed = |pair: &Pair| {
        let accounts = vec![account];
        match pair.ask(ClaimKeyPackages { accounts }) {
            Ok(PartnerReply::KeyPackages(claimed)) => claimed.packages.len(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(claimed(&pair), 0, "a guessed id is good for nothing");
    let address_tag = PartnerKey::from_bytes(&[5; 32]).address_tag(&address).0;
    pair.ask(FindAccount { address_tag }).unwrap();
    assert_eq!(claimed(&pair), 1);
}

/// The founder shows himself to the bank under an address.
pub fn shows_himself(pair: &mut Pair, address: &Address) {
    let founder = &pair.stage.founder;
    let card = Card {
        organisation: pair.stage.founded.organisation,
        account: founder.account,
        partner: pair.bank.organisation,
        version: 1,
        address_tag: AddressTag([0; 32]),
        sealed: Octets::default(),
    };
    let details = ProfileDetails {
        display_name: Name::parse("Mara").unwrap(),
        address: address.clone(),
        office: None,
        avatar: None,
    };
    let key = PartnerKey::from_bytes(&[5; 32]);
    let by = founder.account_key.clone();
    let statement = partner::card(card, &details, &key, &by, &mut pair.stage.rng);
    let caller = &pair.stage.founder.caller;
    pair.stage.call(caller, Publish { statement }).unwrap();
}

//! BI-44: what one partner may have here. Each bound is tried with it and without.

use crate::following::{begin, follow};
use crate::impostor::Log;
use crate::partners::{Pair, bank, pair_with, record};
use crate::stage::*;
use std::sync::Arc;
use valise_directory::partner::PartnerKey;
use valise_directory::{Address, AddressTag};
use valise_server::partners::Bounds;
use valise_server::service::Protections;
use valise_wire::partner::*;
use valise_wire::push::EventKind;
use valise_wire::request::*;
use valise_wire::{Octets, OrganisationId, Problem, ProblemCode, RoomId};

const DAY: u64 = 24 * 60 * 60 * 1000;

fn bounded(bounds: Bounds) -> Pair {
    let bank = bank();
    let line = Arc::new(crate::partners::Bank(record(&bank)));
    let settings = valise_server::Settings {
        line,
        bounds,
        ..settings(Protections::default())
    };
    pair_with(settings, bank)
}

fn room(number: u16) -> RoomId {
    let mut id = [9; 16];
    id[..2].copy_from_slice(&number.to_be_bytes());
    RoomId(id)
}

/// What came of it, and after how long it may be tried again.
fn outcome(answer: Result<PartnerReply, Problem>) -> Result<(), Option<u64>> {
    match answer {
        Ok(_) => Ok(()),
        Err(problem) => {
            assert_eq!(problem.code, ProblemCode::RateLimited);
            assert!(problem.retry_after_ms.is_some());
            Err(problem.retry_after_ms)
        }
    }
}

/// How many of some tries were taken.
fn taken(tries: impl Iterator<Item = Result<PartnerReply, Problem>>) -> usize {
    tries
        .filter(|answer| outcome(answer.clone()).is_ok())
        .count()
}

#[test]
fn bi_44_a_partner_begins_so_many_rooms_a_day() {
    for bound in [true, false] {
        let mut bounds = Bounds::none();
        if bound {
            bounds.rooms_per_day = 3;
        }
        let pair = bounded(bounds);
        let begins = |number| pair.ask(begin(&pair, room(number), 4, vec![5]));
        let flood = taken((0..1_000).map(begins));
        assert_eq!(flood, if bound { 3 } else { 1_000 });
        // What is here goes on, and nothing of the others is here.
        assert_eq!(outcome(pair.ask(follow(room(0), 5, vec![6, 7]))), Ok(()));
        let rooms = rooms_of(&pair);
        assert_eq!(rooms, flood);
        if bound {
            let left = DAY - START.0 % DAY;
            assert_eq!(outcome(begins(2_000)), Err(Some(left)));
            // Tomorrow there is room again, for the one that waited as for any.
            let tomorrow = START.plus_millis(left);
            let again = pair.ask_at(begin(&pair, room(2_000), 4, vec![5]), tomorrow);
            assert_eq!(outcome(again), Ok(()));
        }
    }
}

fn rooms_of(pair: &Pair) -> usize {
    match pair.stage.call(&pair.stage.founder.caller, GetRooms {}) {
        Ok(Reply::Rooms(found)) => found.rooms.len(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn bi_44_a_partner_has_so_many_rooms_at_once() {
    for bound in [true, false] {
        let mut bounds = Bounds::none();
        if bound {
            bounds.rooms = 3;
        }
        let pair = bounded(bounds);
        let begins = |number| pair.ask(begin(&pair, room(number), 4, vec![5]));
        assert_eq!(taken((0..10).map(begins)), if bound { 3 } else { 10 });
        // Whoever leaves one makes room for another.
        let mut leaves = follow(room(0), 5, vec![6]);
        leaves.moved = vec![Moved {
            seq: 6,
            device: pair.stage.founder.listed.id,
            account: None,
        }];
        pair.ask(leaves).unwrap();
        assert_eq!(taken((10..20).map(begins)), if bound { 1 } else { 10 });
    }
}

/// A room that goes on where nobody of here was left is one more when somebody comes again, by the hub's log or by what it lost of it.
#[test]
fn bi_44_whoever_comes_again_makes_it_one_room_more() {
    for bound in [true, false] {
        let mut bounds = Bounds::none();
        if bound {
            bounds.rooms = 3;
        }
        let pair = bounded(bounds);
        let founder = &pair.stage.founder;
        let moves = |number, seq, account| {
            let mut request = follow(room(number), seq - 1, vec![seq]);
            request.moved = vec![Moved {
                seq,
                device: founder.listed.id,
                account,
            }];
            request
        };
        let comes = |number, seq| pair.ask(moves(number, seq, Some(founder.account)));
        let leaves = |number, seq| pair.ask(moves(number, seq, None));
        for number in 0..6 {
            assert_eq!(outcome(comes(number, 5)), Ok(()));
            assert_eq!(outcome(leaves(number, 6)), Ok(()));
        }
        let again = (0..6).map(|number| comes(number, 7));
        assert_eq!(taken(again), if bound { 3 } else { 6 });
        // That he left was lost: so he is in it.
        let mut lost = follow(room(5), 5, vec![6]);
        lost.events[0].body = Octets(vec![99]);
        if !bound {
            assert_eq!(outcome(leaves(5, 8)), Ok(()));
        }
        assert_eq!(outcome(pair.ask(lost.clone())).is_err(), bound);
        // What is there goes on, and a room with nobody in it, too.
        assert_eq!(outcome(pair.ask(follow(room(0), 7, vec![8]))), Ok(()));
        assert_eq!(outcome(pair.ask(follow(room(4), 6, vec![7]))), Ok(()));
        // Whoever leaves one makes room for another.
        assert_eq!(outcome(leaves(0, 9)), Ok(()));
        assert_eq!(outcome(pair.ask(lost)), Ok(()));
        assert_eq!(outcome(comes(3, 7)).is_err(), bound);
    }
}

#[test]
fn bi_44_so_much_is_kept_of_the_rooms_of_a_partner_and_the_rest_waits_there() {
    for bound in [true, false] {
        let mut bounds = Bounds::none();
        if bound {
            bounds.kept_bytes = 10_000;
        }
        let pair = bounded(bounds);
        let says = |number: u16, seq: u64, bytes| {
            let mut request = begin(&pair, room(number), seq - 1, vec![seq]);
            request.events[0].body = Octets(vec![seq as u8; bytes]);
            pair.ask(request)
        };
        assert_eq!(outcome(says(0, 5, 9_000)), Ok(()));
        assert_eq!(outcome(says(0, 6, 2_000)).is_err(), bound);
        // By another room it gets no further, and what fits is taken.
        assert_eq!(outcome(says(1, 5, 2_000)).is_err(), bound);
        if bound {
            assert_eq!(outcome(says(0, 6, 500)), Ok(()));
        }
        // A welcome is kept, too, until it is read.
        let welcome = |position, bytes| {
            let item = InboxItem {
                position,
                room: room(0),
                seq: 5,
                chain: [1; 32],
                welcome: Octets(vec![9; bytes]),
            };
            let device = pair.stage.founder.listed.id;
            pair.ask(Welcome { device, item })
        };
        assert_eq!(outcome(welcome(1, 600)).is_err(), bound);
        assert_eq!(outcome(welcome(2, 400)), Ok(()));
        assert_eq!(outcome(welcome(3, 400)).is_err(), bound);
        let caller = pair.stage.founder.caller;
        let page = pair.stage.inbox(&pair.stage.founder);
        pair.stage
            .call(&caller, ClearInbox { up_to: page.head })
            .unwrap();
        assert_eq!(outcome(welcome(4, 400)), Ok(()));
        // What is asked, and what is here already, is no matter of bytes.
        assert_eq!(outcome(pair.ask(follow(room(0), 4, vec![]))), Ok(()));
        let events = pair.stage.call(
            &caller,
            ReadEvents {
                room: room(0),
                after: 4,
                limit: 10,
            },
        );
        let Ok(Reply::Events(events)) = events else {
            panic!("{events:?}");
        };
        assert!(events.events.iter().all(|it| it.kind == EventKind::Message));
        assert_eq!(events.events[0].body.len(), 9_000);
    }
}

#[test]
fn bi_44_a_partner_takes_so_many_key_packages_a_day_and_leaves_some_of_each_device() {
    for bound in [true, false] {
        let mut bounds = Bounds::none();
        if bound {
            (bounds.key_packages_per_day, bounds.key_packages_of_a_device) = (9, 5);
        }
        let mut pair = bounded(bounds);
        let address = Address::parse("mara@ministry.example").unwrap();
        crate::finding::shows_himself(&mut pair, &address);
        let AddressTag(address_tag) = PartnerKey::from_bytes(&[5; 32]).address_tag(&address);
        pair.ask(FindAccount { address_tag }).unwrap();
        let founder = &pair.stage.founder;
        let fresh = || pair.stage.key_package(founder);
        let last = fresh();
        let published = PublishKeyPackages {
            one_time: (0..40).map(|_| fresh()).collect(),
            last_resort: Some(last.clone()),
        };
        pair.stage.call(&founder.caller, published).unwrap();
        let accounts = vec![founder.account];
        let claims = |now| match pair.ask_at(
            ClaimKeyPackages {
                accounts: accounts.clone(),
            },
            now,
        ) {
            Ok(PartnerReply::KeyPackages(claimed)) => Ok(claimed.packages[0].key_package == last),
            Ok(other) => panic!("{other:?}"),
            refused => Err(outcome(refused).unwrap_err()),
        };
        let answers: Vec<_> = (0..39).map(|_| claims(START)).collect();
        let count = |is: fn(&Result<bool, Option<u64>>) -> bool| {
            answers.iter().filter(|answer| is(answer)).count()
        };
        let (own, of_last) = (count(|it| *it == Ok(false)), count(|it| *it == Ok(true)));
        assert_eq!((own, of_last), if bound { (5, 4) } else { (39, 0) });
        let tomorrow = START.plus_millis(DAY);
        assert_eq!(claims(tomorrow), Ok(false));
        // Some are left for others, whatever one partner takes.
        assert_eq!(left(&pair), if bound { 34 } else { 0 });
    }
}

fn left(pair: &Pair) -> u32 {
    match pair.stage.call(&pair.stage.founder.caller, Sync {}) {
        Ok(Reply::Sync(state)) => state.key_packages,
        other => panic!("{other:?}"),
    }
}

/// What it has is counted in the store: to be started anew gives a partner nothing.
#[test]
fn bi_44_a_restart_forgets_nothing_that_was_counted() {
    let folder = std::env::temp_dir().join(format!("valise-bounds-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("valise.db");
    let bank = bank();
    let line = Arc::new(crate::partners::Bank(record(&bank)));
    let bounds = Bounds {
        rooms_per_day: 1,
        ..Bounds::none()
    };
    let store = || valise_server::store::SqliteStore::open(&path, [1; 16]).unwrap();
    let settings = || valise_server::Settings {
        line: line.clone(),
        bounds,
        ..settings(Protections::default())
    };
    let mut pair = crate::partners::pair_over(store(), settings(), bank);
    assert_eq!(outcome(pair.ask(begin(&pair, room(0), 4, vec![5]))), Ok(()));
    pair.stage.restart(store, settings);
    let again = pair.ask(begin(&pair, room(1), 4, vec![5]));
    assert!(outcome(again).is_err());
    drop(pair);
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Nobody pays for another one's flood.
#[test]
fn bi_44_one_partner_pays_for_no_other_one() {
    let bounds = Bounds {
        rooms_per_day: 1,
        ..Bounds::none()
    };
    let court = OrganisationId([3; 32]);
    let bank = bank();
    let line = Arc::new(crate::partners::Bank(record(&bank)));
    // Whoever asks is answered here.
    let open = Protections {
        partners: false,
        ..Protections::default()
    };
    let settings = valise_server::Settings {
        line,
        bounds,
        ..settings(open)
    };
    let pair = pair_with(settings, bank);
    let begins = |from, number| {
        let request = begin(&pair, room(number), 4, vec![5]).into();
        outcome(wait(pair.stage.service.partner_call(from, request, START)))
    };
    assert_eq!(begins(pair.bank.organisation, 1), Ok(()));
    assert!(begins(pair.bank.organisation, 2).is_err());
    assert_eq!(begins(court, 3), Ok(()));
}

/// The operator hears of who is over what, once an hour, in no name.
#[test]
fn bi_44_the_operator_hears_who_is_over_which_bound() {
    let pair = bounded(Bounds {
        rooms_per_day: 0,
        ..Bounds::none()
    });
    let logged = Log::default().during(|| {
        for number in 0..10 {
            let refused = pair.ask(begin(&pair, room(number), 4, vec![5]));
            assert!(outcome(refused).is_err());
        }
    });
    let partner = &pair.bank.organisation.to_string()[..8];
    assert_eq!(logged.matches("is over a bound").count(), 1, "{logged}");
    for word in [partner, "rooms_per_day"] {
        assert!(logged.contains(word), "{logged}");
    }
    assert!(!logged.contains("bank"), "{logged}");
}

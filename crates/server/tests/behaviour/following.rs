//! Following a room that lives on another server.

use crate::partners::{Pair, make_room, pair};
use crate::stage::*;
use valise_server::service::Protections;
use valise_wire::partner::*;
use valise_wire::push::{Event, EventKind};
use valise_wire::request::*;
use valise_wire::{AccountId, DeviceId, Octets, ProblemCode, RoomId};

pub fn follow(room: RoomId, after: u64, events: Vec<u64>) -> FollowRoom {
    let event = |seq| Event {
        seq,
        kind: EventKind::Message,
        at: START,
        body: Octets(vec![seq as u8]),
    };
    FollowRoom {
        room,
        since: 4,
        chain: [2; 32],
        after,
        events: events.into_iter().map(event).collect(),
        moved: Vec::new(),
        wakes: false,
    }
}

/// The same, with the founder's device in its first event.
pub fn begin(pair: &Pair, room: RoomId, after: u64, events: Vec<u64>) -> FollowRoom {
    let founder = &pair.stage.founder;
    let mut request = follow(room, after, events);
    request.moved = vec![Moved {
        seq: request.since + 1,
        device: founder.listed.id,
        account: Some(founder.account),
    }];
    request
}

#[test]
fn a_room_is_followed_in_order_and_once() {
    let pair = pair(Protections::default());
    let head = |request: FollowRoom| match pair.ask(request) {
        Ok(PartnerReply::Followed(followed)) => Ok(followed.head),
        Ok(other) => panic!("{other:?}"),
        Err(problem) => Err(problem.code),
    };
    let room = RoomId([40; 16]);
    assert_eq!(head(begin(&pair, room, 4, vec![5, 6])), Ok(6));
    assert_eq!(head(follow(room, 4, vec![5, 6])), Ok(6), "the same again");
    assert_eq!(
        head(follow(room, 8, vec![9])),
        Ok(6),
        "a gap: go on from here"
    );
    assert_eq!(
        head(follow(room, 4, vec![5, 6, 7])),
        Ok(7),
        "what was there, and more"
    );
    assert_eq!(head(follow(room, 7, vec![9])), Err(ProblemCode::Malformed));
    assert_eq!(
        head(follow(room, 3, vec![4])),
        Err(ProblemCode::Malformed),
        "before it began"
    );
}

/// BI-44: a room with nobody of here in it is none of ours, whatever a hub says. To ask how far it is here costs nothing and keeps nothing.
#[test]
fn bi_44_a_room_is_begun_by_whoever_it_brings_in_of_here() {
    for brought in [true, false] {
        let pair = pair(Protections {
            brought,
            ..Protections::default()
        });
        let founder = &pair.stage.founder;
        let comes = |seq, device, account| {
            let mut request = follow(RoomId([40; 16]), 4, vec![5, 6]);
            request.moved = vec![Moved {
                seq,
                device,
                account,
            }];
            request
        };
        let (device, account) = (founder.listed.id, Some(founder.account));
        let nobody = [
            follow(RoomId([40; 16]), 4, vec![5, 6]),
            comes(6, device, account),
            comes(5, device, None),
            comes(5, device, Some(AccountId([66; 16]))),
            comes(5, DeviceId([66; 16]), account),
        ];
        for (number, mut request) in (50..).zip(nobody) {
            request.room = RoomId([number; 16]);
            let answer = pair.ask(request).map_err(|problem| problem.code);
            let expected = match brought {
                true => Err(ProblemCode::Refused),
                false => Ok(Followed { head: 6 }.into()),
            };
            assert_eq!(answer, expected, "{number}");
        }
        // A hub that asks, and one that goes on behind what is here, hear where to begin, as one does whose follower was restored.
        for (after, events) in [(4, vec![]), (9, vec![]), (9, vec![10])] {
            let asked = pair.ask(follow(RoomId([40; 16]), after, events));
            assert_eq!(asked, Ok(Followed { head: 4 }.into()));
        }
        let begun = pair.ask(comes(5, device, account));
        assert_eq!(begun, Ok(Followed { head: 6 }.into()));
        // Nobody is left there: when somebody comes again, it begins anew, by him.
        let mut leaves = follow(RoomId([40; 16]), 6, vec![7]);
        leaves.moved = vec![Moved {
            seq: 7,
            device,
            account: None,
        }];
        pair.ask(leaves).unwrap();
        let mut again = follow(RoomId([40; 16]), 20, vec![21]);
        again.since = 20;
        let without = pair.ask(again.clone()).map_err(|problem| problem.code);
        assert_eq!(without == Err(ProblemCode::Refused), brought);
        again.moved = vec![Moved {
            seq: 21,
            device,
            account,
        }];
        assert_eq!(pair.ask(again), Ok(Followed { head: 21 }.into()));
    }
}

/// FT-22, and a hub that says something else than it said: the copy here is of one history, and what it had of the other is forgotten.
#[test]
fn ft_22_two_histories_of_a_hub_never_stand_in_one_log() {
    for same_log in [true, false] {
        let pair = pair(Protections {
            same_log,
            ..Protections::default()
        });
        let room = RoomId([40; 16]);
        let said = |after, bodies: &[&[u8]]| {
            let mut request = begin(&pair, room, 4, (after + 1..).take(bodies.len()).collect());
            request.after = after;
            for (event, body) in request.events.iter_mut().zip(bodies) {
                event.body = Octets(body.to_vec());
            }
            pair.ask(request).unwrap()
        };
        said(4, &[b"five", b"six", b"seven"]);
        let after = said(4, &[b"five", b"other six"]);
        let head = if same_log { 6 } else { 7 };
        assert_eq!(after, Followed { head }.into());
        let after = said(6, &[b"other seven", b"other eight"]);
        assert_eq!(after, Followed { head: 8 }.into());
    }
}

/// What a hub says of a room that is none of its own, of a device that is nobody's, and of a welcome into a room of somebody else.
#[test]
fn hs_78_a_hub_says_nothing_of_rooms_and_devices_that_are_not_its_own() {
    for hubs in [true, false] {
        let pair = pair(Protections {
            hubs,
            brought: false,
            ..Protections::default()
        });
        make_room(&pair);
        let founder = &pair.stage.founder;
        let (device, head) = (founder.listed.id, pair.stage.events(&founder.caller, 0));
        let head = head.unwrap().head;
        let mut ours = follow(ROOM, head, vec![head + 1]);
        ours.since = head;
        let signal = Carry {
            room: ROOM,
            devices: vec![device],
            sealed: Octets::default(),
        };
        let item = InboxItem {
            position: 1,
            room: ROOM,
            seq: 1,
            chain: [0; 32],
            welcome: Octets(vec![1]),
        };
        let said: [PartnerRequest; 3] =
            [signal.into(), Welcome { device, item }.into(), ours.into()];
        for said in said {
            let name = said.name();
            let answer = pair.ask(said).map_err(|problem| problem.code);
            assert_eq!(answer.is_ok(), !hubs, "{name}: {answer:?}");
            assert!(!hubs || answer == Err(ProblemCode::Refused), "{name}");
        }
        let after = pair.stage.events(&founder.caller, 0).unwrap().head;
        assert_eq!(after == head, hubs, "what was said stands in our room");
        // A device that is nobody's comes into nothing.
        let room = RoomId([41; 16]);
        let comes = |seq, device| {
            let mut request = follow(room, seq - 1, vec![seq]);
            request.moved = vec![Moved {
                seq,
                device,
                account: Some(founder.account),
            }];
            pair.ask(request).unwrap();
            match pair.stage.call(&founder.caller, GetRooms {}) {
                Ok(Reply::Rooms(found)) => found.rooms.contains(&room),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(comes(5, DeviceId([66; 16])), !hubs);
        assert!(comes(6, device), "who is somebody comes in");
    }
}

#[test]
fn a_welcome_comes_once() {
    let pair = pair(Protections::default());
    let room = RoomId([42; 16]);
    pair.ask(begin(&pair, room, 4, vec![5])).unwrap();
    let item = |position| InboxItem {
        position,
        room,
        seq: 5,
        chain: [1; 32],
        welcome: Octets(vec![9]),
    };
    let device = pair.stage.founder.listed.id;
    for position in [3, 3, 2] {
        pair.ask(Welcome {
            device,
            item: item(position),
        })
        .unwrap();
    }
    let page = match pair
        .stage
        .call(&pair.stage.founder.caller, ReadInbox { after: 0 })
    {
        Ok(Reply::Inbox(page)) => page,
        other => panic!("{other:?}"),
    };
    assert_eq!(page.items.len(), 1);
    assert_eq!((page.items[0].seq, page.items[0].chain), (5, [1; 32]));
}

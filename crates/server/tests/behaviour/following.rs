//! Following a room that lives on another server.

use crate::partners::{make_room, pair};
use crate::stage::*;
use valise_server::service::Protections;
use valise_wire::partner::*;
use valise_wire::push::{Event, EventKind};
use valise_wire::request::*;
use valise_wire::{AccountId, DeviceId, Octets, ProblemCode, RoomId};

fn follow(room: RoomId, after: u64, events: Vec<u64>) -> FollowRoom {
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

#[test]
fn a_room_is_followed_in_order_and_once() {
    let pair = pair(Protections::default());
    let head = |request: FollowRoom| match pair.ask(request) {
        Ok(PartnerReply::Followed(followed)) => Ok(followed.head),
        Ok(other) => panic!("{other:?}"),
        Err(problem) => Err(problem.code),
    };
    let room = RoomId([40; 16]);
    assert_eq!(head(follow(room, 4, vec![5, 6])), Ok(6));
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
            let mut request = follow(room, 4, (after + 1..).take(bodies.len()).collect());
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

#[test]
fn hs_78_a_hub_says_nothing_of_rooms_and_devices_that_are_not_its_own() {
    let pair = pair(Protections::default());
    make_room(&pair);
    assert_eq!(
        code(pair.ask(follow(ROOM, 4, vec![5]))),
        ProblemCode::Refused
    );
    // A device that is nobody's comes into nothing.
    let room = RoomId([41; 16]);
    let mut request = follow(room, 4, vec![5]);
    request.moved = vec![Moved {
        seq: 5,
        device: DeviceId([66; 16]),
        account: Some(AccountId([66; 16])),
    }];
    pair.ask(request).unwrap();
    let item = InboxItem {
        position: 1,
        room: ROOM,
        seq: 1,
        chain: [0; 32],
        welcome: Octets(vec![1]),
    };
    let device = pair.stage.founder.listed.id;
    assert_eq!(
        code(pair.ask(Welcome { device, item })),
        ProblemCode::Refused
    );
}

#[test]
fn a_welcome_comes_once() {
    let pair = pair(Protections::default());
    let room = RoomId([42; 16]);
    pair.ask(follow(room, 4, vec![5])).unwrap();
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

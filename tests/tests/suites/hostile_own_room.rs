//! Somebody who wants into the room of another's own, with a hub that helps. Each case is run honestly, attacked, and attacked
//! without the rules that hold it.

use crate::own_room::own;
use valise_client::{Guards, Input};
use valise_mls::{Rule, Rules};
use valise_server::service::Protections;
use valise_tests::case::{Circle, Way};
use valise_tests::says;
use valise_tests::sim::Answers;
use valise_views::{Alarm, ChatId, Command, Outcome};
use valise_wire::policy::{RoomKind, RoomPolicy};
use valise_wire::push::{InboxMoved, Push};
use valise_wire::request::{ClaimKeyPackages, InboxItem, Reply, Request};
use valise_wire::{AccountId, RoomId};

fn without(rules: &[Rule]) -> Way {
    let left = rules
        .iter()
        .fold(Rules::ALL, |left, rule| left.without(*rule));
    Way::with(Guards::ALL.with_rules(left))
}

/// A welcome into a room of Eve's that says it is Boris's own: she is in it, and names him alone.
fn forged_welcome(circle: &mut Circle, boris: AccountId) -> InboxItem {
    let claim = ClaimKeyPackages {
        accounts: vec![boris],
    };
    let Ok(Reply::KeyPackages(claimed)) = circle.eve.call(&circle.world, claim.into()) else {
        panic!("no key package");
    };
    let policy = RoomPolicy {
        kind: RoomKind::Direct,
        owners: vec![boris],
        ..circle.policy()
    };
    let add = vec![claimed.packages[0].key_package.0.clone()];
    let room = RoomId([5; 16]);
    let welcome = circle
        .eve
        .welcome_into_own(circle.world.now, room, &policy, add);
    InboxItem {
        position: 1_000,
        room,
        seq: 1,
        chain: [3; 32],
        welcome: welcome.into(),
    }
}

#[test]
fn a_room_with_somebody_else_in_it_does_not_pass_for_ones_own() {
    let run = |way: Way| {
        let mut circle = Circle::new(720, way, Protections::default());
        let boris = circle.world.id_of(circle.ada, circle.boris);
        let boris = AccountId::from_hex(&boris.0).unwrap();
        if way.attacked {
            let item = forged_welcome(&mut circle, boris);
            circle.world.saboteur = Box::new(Answers(move |_, _: &Request, mut reply| {
                if let Reply::Inbox(page) = &mut reply {
                    page.head = item.position;
                    page.items.push(item.clone());
                }
                reply
            }));
            let moved = Push::InboxMoved(InboxMoved { head: 1_000 });
            circle.world.give(circle.boris, Input::Push(moved));
        }
        circle.world.advance(20_000);
        let own = ChatId(format!("d{boris}"));
        let has_it = circle.world.conversation(circle.boris, &own).is_some();
        (has_it, circle.boris_hears())
    };
    assert_eq!(run(Way::HONEST), (false, vec![]));
    let (has_it, alarms) = run(Way::ATTACKED);
    assert!(!has_it);
    assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
    assert!(run(without(&[Rule::Direct])).0, "she reads what he saves");
}

#[test]
fn nobody_comes_into_anothers_own_room_by_what_the_server_gives_out() {
    let run = |way: Way| {
        let protections = Protections {
            membership: false,
            ..Circle::colluding()
        };
        let mut circle = Circle::new(721, way, protections);
        let chat = own(&mut circle.world, circle.boris);
        circle.world.says(circle.boris, &chat, "before");
        circle.world.settle();
        let disk = &circle.world.of(circle.boris).disk;
        let found = "SELECT id FROM room WHERE chat = ?1";
        let room = disk.query_row(found, [&chat.0], |row| row.get(0).map(RoomId));
        if way.attacked {
            let commit = circle.eve.intrude(&circle.world, room.unwrap());
            circle
                .eve
                .call(&circle.world, commit.into())
                .expect("the hub takes it");
        }
        circle.world.advance(20_000);
        let said = circle.world.tell(
            circle.boris,
            Command::SendText {
                chat,
                text: "the number of the safe".into(),
                reply_to: None,
            },
        );
        circle.world.advance(20_000);
        (matches!(said, Outcome::Sent(_)), circle.boris_hears())
    };
    assert_eq!(run(Way::HONEST), (true, vec![]));
    let (takes_more, alarms) = run(Way::ATTACKED);
    assert!(!takes_more, "the room is closed");
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    assert!(says!(alarms, Alarm::ChatClosed { .. }), "{alarms:?}");
    // Two rules stand against it.
    for one in [Rule::Newcomer, Rule::Direct] {
        assert!(!run(without(&[one])).0, "{one:?}");
    }
    let (takes_more, alarms) = run(without(&[Rule::Newcomer, Rule::Direct]));
    assert!(takes_more, "{alarms:?}");
}

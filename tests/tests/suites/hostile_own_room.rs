//! Somebody who wants into the room of another's own, with a hub that helps. Each case is run honestly, attacked, and attacked
//! without the rules that hold it.

use crate::own_room::own;
use valise_client::Guards;
use valise_mls::{Rule, Rules};
use valise_server::service::Protections;
use valise_tests::case::{Circle, Way};
use valise_tests::says;
use valise_views::{Alarm, ChatId, Command, Outcome};
use valise_wire::policy::{RoomKind, RoomPolicy};
use valise_wire::{AccountId, RoomId};

fn without(rules: &[Rule]) -> Way {
    let left = rules
        .iter()
        .fold(Rules::ALL, |left, rule| left.without(*rule));
    Way::with(Guards::ALL.with_rules(left))
}

#[test]
fn a_room_with_somebody_else_in_it_does_not_pass_for_ones_own() {
    let run = |way: Way| {
        let mut circle = Circle::new(720, way, Protections::default());
        let boris = circle.world.id_of(circle.ada, circle.boris);
        let boris = AccountId::from_hex(&boris.0).unwrap();
        if way.attacked {
            // She is in it, and it names him alone.
            let policy = RoomPolicy {
                kind: RoomKind::Direct,
                owners: vec![boris],
                ..circle.policy()
            };
            let add = vec![circle.eve_claims_boris()];
            let item = circle.eve_makes(RoomId([5; 16]), &policy, add);
            circle.puts_into_inbox(item);
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

//! A member who tells somebody what he has set. Run honestly, attacked, and attacked without what holds it.

use valise_client::Guard;
use valise_client::content::{ChatName, Meaning, Preference};
use valise_server::service::Protections;
use valise_tests::case::{Circle, Way};
use valise_tests::says;
use valise_views::Alarm;

#[test]
fn nobody_sets_anything_for_another() {
    let run = |way: Way| {
        let mut circle = Circle::new(770, way, Protections::default());
        circle.ada_says("the meeting is at nine");
        circle.world.advance(5_000);
        if way.attacked {
            let chat = ChatName {
                kind: 1,
                id: circle.room.0,
            };
            for told in [
                Preference::Silent(chat, true),
                Preference::Draft(chat, "I resign".into()),
            ] {
                let content = circle.eve.content(circle.room, &Meaning::Preference(told));
                circle.eve_says(&content);
            }
        }
        let row = circle.world.chats(circle.boris).remove(0);
        (row.muted, row.draft, circle.boris_hears())
    };
    assert_eq!(run(Way::HONEST), (false, String::new(), vec![]));
    let (muted, draft, alarms) = run(Way::ATTACKED);
    assert_eq!((muted, &*draft), (false, ""));
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    let (muted, draft, _) = run(Way::without(Guard::OwnDevices));
    assert_eq!((muted, &*draft), (true, "I resign"));
}

//! A member who tells somebody what he has set. Run honestly, attacked, and attacked without what holds it.

use crate::templates::list;
use valise_client::Guard;
use valise_client::content::{ChatName, Meaning, Preference, Template};
use valise_directory::Name;
use valise_server::service::Protections;
use valise_tests::case::{Circle, Way};
use valise_tests::says;
use valise_views::{Alarm, Status};

/// A page that a member would like another to open.
const LURE: &str = "https://bank.example";

/// What a member would like another to ask.
fn lure() -> Template {
    Template {
        name: Name::parse("Accounts").expect("a name"),
        subject: None,
        text: "Tell us all about Eve's rivals.".into(),
        legal_basis: None,
        classification: None,
        is_confidential: false,
        working_days: None,
        to: None,
        fields: Vec::new(),
    }
}

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
                Preference::Organisation(LURE.into(), Some("The Bank".into())),
                Preference::Template([7; 16], Some(Box::new(lure()))),
            ] {
                let content = circle.eve.content(circle.room, &Meaning::Preference(told));
                circle.eve_says(&content);
            }
        }
        let row = circle.world.chats(circle.boris).remove(0);
        let Status::Ready(ready) = circle.world.status(circle.boris) else {
            panic!("Boris is not here");
        };
        let leads = ready.organisations.into_iter().map(|known| known.origin);
        let leads: Vec<String> = leads.collect();
        let asks = list(&mut circle.world, circle.boris).into_iter();
        let asks: Vec<String> = asks.map(|(_, template)| template.text).collect();
        ((row.muted, row.draft, leads, asks), circle.boris_hears())
    };
    let nothing = || (false, String::new(), Vec::new(), Vec::new());
    assert_eq!(run(Way::HONEST), (nothing(), vec![]));
    let (set, alarms) = run(Way::ATTACKED);
    assert_eq!(set, nothing());
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    let (set, _) = run(Way::without(Guard::OwnDevices));
    let (leads, asks) = (vec![LURE.to_owned()], vec![lure().text]);
    assert_eq!(set, (true, "I resign".into(), leads, asks));
}

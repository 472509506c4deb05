//! A server that lets people into rooms whom nobody knows, goes on giving events to who was removed, or keeps a removal to itself.
//! Each case is run honestly, attacked, and attacked without what holds it.

use std::cell::Cell;
use std::rc::Rc;
use valise_client::content::{Content, Meaning};
use valise_client::{Guard, Guards};
use valise_mls::{Rule, Rules, chain};
use valise_server::service::Protections;
use valise_tests::case::{Circle, Ghost, Way};
use valise_tests::says;
use valise_tests::sim::{Saboteur, Shows, Verdict, Who};
use valise_views::{Alarm, ChatId, Command, Outcome, Tick};
use valise_wire::push::{Event, EventKind};
use valise_wire::request::{Accepted, Reply, Request};
use valise_wire::{AccountId, DeviceId, RoomId, Timestamp};

#[test]
fn hs_24_a_welcome_into_a_room_with_somebody_whom_nobody_certified_is_not_taken() {
    let run = |way: Way| {
        let mut circle = Circle::new(24, way, Protections::default());
        let ghost = Ghost::new(AccountId([8; 16]), DeviceId([9; 16]));
        let mut add = vec![circle.eve_claims_boris()];
        if way.attacked {
            add.push(ghost.key_package(circle.world.now));
        }
        let mut policy = circle.policy();
        policy.owners = vec![circle.eve.account];
        let room = RoomId([24; 16]);
        let item = circle.eve_makes(room, &policy, add);
        circle.puts_into_inbox(item);
        circle.world.advance(20_000);
        let chat = ChatId(format!("g{room}"));
        let came_in = circle.world.conversation(circle.boris, &chat).is_some();
        (came_in, circle.boris_hears())
    };
    let (came_in, alarms) = run(Way::HONEST);
    assert!(
        came_in,
        "whoever is certified may make a room and let him in: {alarms:?}"
    );
    let (came_in, alarms) = run(Way::ATTACKED);
    assert!(!came_in, "he is not in a room with nobody knows whom");
    assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
    let careless = Guards::ALL.with_rules(Rules::ALL.without(Rule::KnownDevice));
    assert!(run(Way::with(careless)).0);
}

/// Returns the texts that Eve could read.
fn eve_heard(circle: &mut Circle) -> Vec<String> {
    circle.eve.follow(&circle.world);
    let heard = circle.eve.heard.iter();
    let meanings = heard.filter_map(|(_, _, bytes)| {
        let content = Content::from_bytes(bytes).ok()?;
        Meaning::of_part(&content.part)
    });
    meanings
        .filter_map(|meaning| match meaning {
            Meaning::Text(text) => Some(text),
            _ => None,
        })
        .collect()
}

fn removes_eve(circle: &mut Circle) {
    let command = Command::RemoveMember {
        chat: circle.chat.clone(),
        person: circle.eve.person(),
    };
    assert_eq!(circle.world.tell(circle.ada, command), Outcome::Done);
    circle.world.advance(20_000);
}

#[test]
fn hs_25_who_was_removed_and_still_gets_everything_opens_nothing() {
    // A hub that gives everything to everybody, and members who have nothing but the epochs to hold against it.
    let run = |removed: bool| {
        let protections = Protections {
            membership: false,
            spans: false,
            ..Protections::default()
        };
        let mut circle = Circle::new(25, Way::HONEST, protections);
        circle.ada_says("while she is in it");
        circle.world.settle();
        if removed {
            removes_eve(&mut circle);
        }
        circle.ada_says("about Eve");
        circle.world.settle();
        // Everything that the hub has is given to her whole state.
        let read = valise_wire::request::ReadEvents {
            room: circle.room,
            after: 0,
            limit: 500,
        };
        let given = match circle.eve.call(&circle.world, read.into()) {
            Ok(Reply::Events(page)) => page.events.len() as u64 == page.head,
            _ => false,
        };
        (given, eve_heard(&mut circle), circle.boris_reads())
    };
    let said = ["while she is in it", "about Eve"].map(String::from);
    assert_eq!(run(false), (true, said.to_vec(), said.to_vec()));
    let (given, heard, read) = run(true);
    assert!(given, "the hub keeps nothing from her");
    assert_eq!(heard, said[..1]);
    assert_eq!(read, said);
}

/// Says that a commit was taken, and keeps it to itself.
struct Swallows {
    from: Who,
    room: RoomId,
    swallowed: Rc<Cell<u32>>,
}

impl Saboteur for Swallows {
    fn request(&mut self, from: Who, request: Request, now: Timestamp) -> Verdict {
        let Request::Commit(commit) = &request else {
            return Verdict::Pass(request);
        };
        if from != self.from {
            return Verdict::Pass(request);
        }
        self.swallowed.set(self.swallowed.get() + 1);
        Verdict::Answer(Ok(Reply::Accepted(Accepted {
            room: self.room,
            seq: 1_000,
            digest: chain::digest(&commit.commit),
            at: now,
        })))
    }
}

#[test]
fn hs_26_a_removal_that_the_server_keeps_to_itself_is_not_shown_as_done_and_nothing_is_said_until_it_is()
 {
    let run = |way: Way| {
        let mut circle = Circle::new(26, way, Protections::default());
        let swallowed = Rc::default();
        if way.attacked {
            circle.world.saboteur = Box::new(Swallows {
                from: circle.ada,
                room: circle.room,
                swallowed: Rc::clone(&swallowed),
            });
        }
        removes_eve(&mut circle);
        let message = circle.ada_says("about Eve");
        circle.world.settle();
        let chat = circle.chat.clone();
        let details = circle.world.details(circle.ada, &chat).expect("her group");
        let is_in = details.members.iter().any(|member| member.name == "Eve");
        let tick = circle.world.tick(circle.ada, &chat, &message);
        let before = (is_in, details.changing, tick, eve_heard(&mut circle));
        circle.world.saboteur = Box::new(valise_tests::sim::Honest);
        circle.world.advance(600_000);
        (
            before,
            eve_heard(&mut circle),
            circle.boris_reads(),
            swallowed.get(),
        )
    };
    let said = vec!["about Eve".to_owned()];
    let ((is_in, changing, tick, heard), after, read, _) = run(Way::HONEST);
    assert_eq!(
        (is_in, changing, tick),
        (false, false, Some(Tick::Delivered))
    );
    assert_eq!((heard, after, read), (vec![], vec![], said.clone()));
    let ((is_in, changing, tick, heard), after, read, swallowed) = run(Way::ATTACKED);
    assert!(swallowed > 0);
    assert!(is_in && changing, "the server's word removes nobody");
    assert_eq!(
        tick,
        Some(Tick::Waiting),
        "and nothing is said to who is to go"
    );
    assert_eq!(heard, Vec::<String>::new());
    assert_eq!((after, read), (vec![], said), "until the server takes it");
}

#[test]
fn hs_26_a_removal_that_is_kept_from_others_stops_them_until_it_is_noticed() {
    let run = |way: Way| {
        let mut circle = Circle::new(126, way, Protections::default());
        if way.attacked {
            let to = circle.boris;
            // Every commit is left out, and what comes behind it has the number before its own.
            let mut hidden = Vec::new();
            let change = move |_, events: Vec<Event>| {
                let mut shown = Vec::new();
                for mut event in events {
                    if event.kind == EventKind::Commit && !hidden.contains(&event.seq) {
                        hidden.push(event.seq);
                    }
                    if hidden.contains(&event.seq) {
                        continue;
                    }
                    let before = hidden.iter().filter(|seq| **seq < event.seq).count();
                    event.seq -= before as u64;
                    shown.push(event);
                }
                shown
            };
            circle.world.saboteur = Box::new(Shows { to, change });
        }
        removes_eve(&mut circle);
        circle.ada_says("about Eve");
        circle.world.settle();
        // Boris holds Eve for a member; what he would say goes nowhere, because it is of an epoch that is over.
        let chat = circle.chat.clone();
        let may = circle
            .world
            .conversation(circle.boris, &chat)
            .unwrap()
            .may_send;
        if may {
            circle.world.says(circle.boris, &chat, "from Boris");
        }
        circle.world.settle();
        (eve_heard(&mut circle), circle.boris_hears())
    };
    assert_eq!(run(Way::HONEST), (vec![], vec![]));
    let (heard, alarms) = run(Way::ATTACKED);
    assert_eq!(heard, Vec::<String>::new(), "nothing reaches her");
    let is_said = |alarms: &[Alarm]| {
        says!(
            alarms,
            Alarm::ServerForked { .. }
                | Alarm::ServerMisbehaved { .. }
                | Alarm::MessagesMissing { .. }
        )
    };
    assert!(is_said(&alarms), "{alarms:?}");
    let silent = Guards::ALL
        .without(Guard::Continues)
        .without(Guard::Checkpoints)
        .without(Guard::Blame);
    let (_, alarms) = run(Way::with(silent));
    assert!(!is_said(&alarms), "{alarms:?}");
}

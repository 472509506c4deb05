//! A server that floods, says nonsense about how much there is, never answers, or asks without being asked. A client goes on working,
//! asks no more than it has to, and answers nothing that it could not open.

use valise_client::{Guard, Input};
use valise_tests::case::{Pair, Way};
use valise_tests::says;
use valise_tests::sim::{Counted, Counts, Saboteur, Verdict, Who};
use valise_views::Alarm;
use valise_wire::push::{DirectoryMoved, Event, EventKind, InboxMoved, Push, RoomEvent, RoomMoved};
use valise_wire::request::{Reply, Request};
use valise_wire::{RoomId, Timestamp};

/// Returns the room of the chat, as Boris's device knows it.
fn room(pair: &Pair) -> RoomId {
    let disk = &pair.world.of(pair.boris).disk;
    let id = disk.query_row("SELECT id FROM room", [], |row| row.get(0));
    RoomId(id.expect("there is one room"))
}

/// Events of which nobody made any, from a number on.
fn rubbish(from: u64, count: u64, at: Timestamp) -> impl Iterator<Item = Event> {
    (from..from + count).map(move |seq| Event {
        seq,
        kind: EventKind::Message,
        at,
        body: vec![seq as u8; 300].into(),
    })
}

#[test]
fn hs_14_a_flood_of_what_nobody_can_open_is_passed_by_and_said() {
    const FLOOD: u64 = 5_000;
    let run = |way: Way| {
        let mut pair = Pair::new(314, way, |pair| pair.boris);
        let counted = Counted::default();
        let (room, at) = (room(&pair), pair.world.now);
        let head: u64 = {
            let disk = &pair.world.of(pair.boris).disk;
            let head = disk.query_row("SELECT cursor FROM room", [], |row| row.get::<_, i64>(0));
            head.expect("there is one room") as u64
        };
        // Whatever is asked, the log goes on with rubbish.
        let change = move |request: &Request, mut reply: Reply| {
            if let (Request::ReadEvents(read), Reply::Events(page)) = (request, &mut reply) {
                let left = (head + FLOOD).saturating_sub(read.after);
                page.events = rubbish(read.after + 1, left.min(100), at).collect();
                page.head = head + FLOOD;
            }
            reply
        };
        pair.attack(
            way,
            Counts {
                of: pair.boris,
                counted: counted.clone(),
                change,
            },
        );
        if way.attacked {
            for event in rubbish(head + 1, 1, at) {
                let push = Push::Event(RoomEvent { room, event });
                pair.world.give(pair.boris, Input::Push(push));
            }
            let moved = RoomMoved {
                room,
                head: head + FLOOD,
            };
            pair.world.give(pair.boris, Input::Push(moved.into()));
        }
        pair.world.advance(600_000);
        let disk = &pair.world.of(pair.boris).disk;
        let count = |table: &str| -> i64 {
            let query = format!("SELECT count(*) FROM {table}");
            disk.query_row(&query, [], |row| row.get(0))
                .expect("a count")
        };
        let kept = (count("message"), count("log"), count("alarm"));
        let cursor: i64 = disk
            .query_row("SELECT cursor FROM room", [], |row| row.get(0))
            .expect("there is one room");
        let is_over = cursor as u64 == head + FLOOD;
        (
            kept,
            is_over,
            counted,
            pair.boris_hears(),
            pair.boris_reads(),
        )
    };
    let ((messages, ..), _, _, alarms, _) = run(Way::HONEST);
    assert_eq!(alarms, []);
    let ((shown, log, said), is_over, counted, alarms, read) = run(Way::ATTACKED);
    assert!(is_over, "it gets through");
    assert_eq!(shown, messages, "nothing of it is shown");
    assert!(log <= 1_001, "{log}");
    assert_eq!(said, 1, "it is said once");
    assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
    assert_eq!(read, ["first", "second"], "what was read stays");
    assert_eq!(counted.of("Send"), 0, "and nothing of it is acknowledged");
    let asked = u64::from(counted.of("ReadEvents"));
    assert!(
        asked <= FLOOD / 100 + 20,
        "{asked} pages for {FLOOD} events"
    );
    let silent = run(Way::without(Guard::Blame));
    assert_eq!(silent.3, []);
}

#[test]
fn hs_75_nonsense_about_how_much_there_is_makes_a_device_neither_busy_nor_blind() {
    for size in [1_000_000_000, i64::MAX as u64, u64::MAX] {
        let mut pair = Pair::new(375, Way::ATTACKED, |pair| pair.boris);
        let counted = Counted::default();
        let change = move |_: &Request, mut reply: Reply| {
            match &mut reply {
                Reply::Sync(state) => {
                    state.directory_head = size;
                    state.inbox_head = size;
                    state.key_packages = u32::MAX;
                    state.rooms.iter_mut().for_each(|room| room.head = size);
                }
                Reply::Events(page) => page.head = size,
                Reply::Inbox(page) => page.head = size,
                Reply::Directory(page) => page.head = size.max(page.head),
                _ => {}
            }
            reply
        };
        pair.attack(
            Way::ATTACKED,
            Counts {
                of: pair.boris,
                counted: counted.clone(),
                change,
            },
        );
        pair.world.restart_server();
        let (room, boris) = (room(&pair), pair.boris);
        for push in [
            Push::RoomMoved(RoomMoved { room, head: size }),
            Push::InboxMoved(InboxMoved { head: size }),
            Push::DirectoryMoved(DirectoryMoved { head: size }),
        ] {
            pair.world.give(boris, Input::Push(push));
        }
        pair.world.advance(600_000);
        let asked = counted.all();
        assert!(
            asked < 6_000,
            "ten times a second at most: {asked} for {size}"
        );
        // He reads what comes meanwhile, and afterwards everything is as it was.
        pair.ada_says("still here");
        pair.world.advance(30_000);
        assert_eq!(pair.boris_reads().last().unwrap(), "still here", "{size}");
        pair.relent();
        let at_boris = pair.at_boris.clone();
        pair.world.says(boris, &at_boris, "so am I");
        pair.world.advance(600_000);
        let read = pair.world.texts(pair.ada, &pair.at_ada.clone());
        assert_eq!(read.last().unwrap(), "so am I", "{size}");
        assert_eq!(pair.world.of(boris).errors, Vec::<String>::new());
    }
}

/// Answers nothing that somebody asks.
struct Mute(Who);

impl Saboteur for Mute {
    fn request(&mut self, from: Who, request: Request, _now: Timestamp) -> Verdict {
        if from == self.0 {
            Verdict::Swallow
        } else {
            Verdict::Pass(request)
        }
    }
}

#[test]
fn hs_76_what_is_written_while_nothing_is_answered_survives_a_restart_and_goes_out_once() {
    let run = |way: Way| {
        let mut pair = Pair::new(376, way, |pair| pair.ada);
        pair.attack(way, Mute(pair.ada));
        for number in 0..3 {
            pair.ada_says(&format!("number {number}"));
            pair.world.advance(600_000);
            // Everything that is here can be read meanwhile.
            let own = pair.world.texts(pair.ada, &pair.at_ada.clone());
            assert_eq!(own.len(), 3 + number);
            pair.world.crash(pair.ada);
            pair.world.start(pair.ada);
        }
        pair.world.advance(600_000);
        let before = pair.boris_reads().len();
        pair.relent();
        (before, pair.boris_reads())
    };
    let said = ["first", "second", "number 0", "number 1", "number 2"].map(String::from);
    assert_eq!(run(Way::HONEST), (5, said.to_vec()));
    assert_eq!(run(Way::ATTACKED), (2, said.to_vec()));
    let (_, read) = run(Way::without(Guard::SendAgain));
    assert!(
        !read.contains(&said[2]),
        "given up at the first time: {read:?}"
    );
}

#[test]
fn hs_72_what_cannot_be_opened_and_what_nobody_was_asked_is_answered_with_nothing() {
    let run = |valid: bool| {
        let mut pair = Pair::new(372, Way::ATTACKED, |pair| pair.boris);
        pair.world.settle();
        let counted = Counted::default();
        pair.attack(
            Way::ATTACKED,
            Counts {
                of: pair.boris,
                counted: counted.clone(),
                change: |_: &Request, reply| reply,
            },
        );
        let (room, boris) = (room(&pair), pair.boris);
        if valid {
            pair.ada_says("a message");
        } else {
            let at = pair.world.now;
            for of in [room, RoomId([9; 16])] {
                for event in rubbish(7, 3, at) {
                    let push = Push::Event(RoomEvent { room: of, event });
                    pair.world.give(boris, Input::Push(push));
                }
            }
        }
        pair.world.advance(20_000);
        counted.of("Send")
    };
    assert!(run(true) > 0, "a message is acknowledged");
    assert_eq!(run(false), 0);
}

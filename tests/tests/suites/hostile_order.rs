//! A server that keeps back one person's words, holds events for a week, shows them behind the commit that they precede, or shows a
//! log without its beginning. Each case is run honestly, attacked, and attacked without what holds it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use valise_client::{Guard, Guards};
use valise_mls::chain::digest;
use valise_server::service::Protections;
use valise_tests::case::{Circle, Pair, Way};
use valise_tests::says;
use valise_tests::sim::{Honest, Saboteur, Shows, Verdict, Who, World};
use valise_views::{Alarm, ChatId, Command, Outcome};
use valise_wire::push::{Event, EventKind, Push, RoomEvent};
use valise_wire::request::{Reply, Request};
use valise_wire::{Problem, Timestamp};

/// Lets one person get nothing of what another one says, and closes the gaps in the numbers.
struct Silences {
    who: Who,
    from: Who,
    hers: BTreeSet<[u8; 32]>,
    hidden: Vec<u64>,
}

impl Silences {
    fn show(&mut self, mut events: Vec<Event>) -> Vec<Event> {
        for event in &events {
            if self.hers.contains(&digest(&event.body)) && !self.hidden.contains(&event.seq) {
                self.hidden.push(event.seq);
            }
        }
        events.retain(|event| !self.hidden.contains(&event.seq));
        for event in &mut events {
            event.seq -= self.before(event.seq);
        }
        events
    }

    fn before(&self, seq: u64) -> u64 {
        self.hidden.iter().filter(|hidden| **hidden < seq).count() as u64
    }
}

impl Saboteur for Silences {
    fn request(&mut self, from: Who, request: Request, _now: Timestamp) -> Verdict {
        if let (true, Request::Send(send)) = (from == self.who, &request) {
            self.hers.insert(digest(&send.message));
        }
        Verdict::Pass(request)
    }

    fn reply(
        &mut self,
        to: Who,
        _request: &Request,
        mut reply: Result<Reply, Problem>,
        _now: Timestamp,
    ) -> Result<Reply, Problem> {
        if to == self.from {
            match &mut reply {
                Ok(Reply::Events(page)) => {
                    page.events = self.show(std::mem::take(&mut page.events));
                    page.head -= self.before(page.head + 1);
                }
                Ok(Reply::Sync(state)) => {
                    for room in &mut state.rooms {
                        room.head -= self.before(room.head + 1);
                    }
                }
                _ => {}
            }
        }
        reply
    }

    fn push(&mut self, to: Who, push: Push, _now: Timestamp) -> Vec<Push> {
        match push {
            Push::Event(RoomEvent { room, event }) if to == self.from => {
                let shown = self.show(vec![event]).into_iter();
                shown
                    .map(|event| RoomEvent { room, event }.into())
                    .collect()
            }
            Push::RoomMoved(_) if to == self.from => Vec::new(),
            push => vec![push],
        }
    }
}

/// Three people in a group of Ada's.
fn three(seed: u64, guards: Guards) -> (World, [Who; 3], ChatId) {
    let mut world = World::new(seed);
    let people = world.team(["Ada", "Boris", "Clara"]);
    let chat = world.group(people[0], "Team", &people[1..]);
    world.settle();
    if guards != Guards::ALL {
        for who in people {
            world.guard(who, guards);
        }
        world.settle();
    }
    (world, people, chat)
}

#[test]
fn hs_02_when_all_of_one_persons_words_are_hidden_the_next_checkpoint_says_so() {
    let run = |way: Way| {
        let (mut world, [ada, boris, clara], chat) = three(302, way.guards);
        if way.attacked {
            world.saboteur = Box::new(Silences {
                who: ada,
                from: boris,
                hers: BTreeSet::new(),
                hidden: Vec::new(),
            });
        }
        let message = world.says(ada, &chat, "Boris is not to hear this");
        world.advance(2_000);
        world.says(clara, &chat, "understood");
        world.advance(180_000);
        let alarms = [boris, clara, ada].map(|who| world.alarms(who)).concat();
        (
            world.texts(boris, &chat),
            world.tick(ada, &chat, &message),
            alarms,
        )
    };
    let (read, _, alarms) = run(Way::HONEST);
    assert_eq!((read.len(), alarms), (2, vec![]));
    let (read, tick, alarms) = run(Way::ATTACKED);
    assert!(!read.contains(&"Boris is not to hear this".to_owned()));
    assert_eq!(tick, Some(valise_views::Tick::Accepted), "Ada sees it, too");
    assert!(
        says!(
            alarms,
            Alarm::ServerForked { .. } | Alarm::MessagesMissing { .. }
        ),
        "{alarms:?}"
    );
    let silent = Guards::ALL.without(Guard::Checkpoints);
    let (_, _, alarms) = run(Way::with(silent));
    assert_eq!(alarms, []);
}

/// Holds back from one person what happens in rooms, until it lets everything go.
struct Holds {
    from: Who,
    what: fn(&Event) -> bool,
    until: Timestamp,
    held: Rc<RefCell<Vec<u64>>>,
}

impl Saboteur for Holds {
    fn push(&mut self, to: Who, push: Push, now: Timestamp) -> Vec<Push> {
        match &push {
            Push::Event(RoomEvent { event, .. }) if to == self.from && now < self.until => {
                if (self.what)(event) {
                    self.held.borrow_mut().push(event.seq);
                    return Vec::new();
                }
                vec![push]
            }
            Push::RoomMoved(_) if to == self.from && now < self.until => Vec::new(),
            _ => vec![push],
        }
    }

    fn reply(
        &mut self,
        to: Who,
        _request: &Request,
        mut reply: Result<Reply, Problem>,
        now: Timestamp,
    ) -> Result<Reply, Problem> {
        if to == self.from && now < self.until {
            let first = self.held.borrow().first().copied().unwrap_or(u64::MAX);
            match &mut reply {
                Ok(Reply::Events(page)) => {
                    let held = &self.held;
                    page.events
                        .retain(|event| !held.borrow().contains(&event.seq));
                }
                Ok(Reply::Sync(state)) => {
                    for room in &mut state.rooms {
                        room.head = room.head.min(first.saturating_sub(1));
                    }
                }
                _ => {}
            }
        }
        reply
    }
}

#[test]
fn hs_04_what_is_held_back_for_a_week_comes_in_its_place_with_the_time_of_the_log() {
    let run = |way: Way, delay: u64| {
        let mut pair = Pair::new(304, way, |pair| pair.boris);
        let said_at = pair.world.now;
        let (from, until) = (pair.boris, said_at.plus_millis(delay));
        let held = Rc::new(RefCell::new(Vec::new()));
        let holds = |what| Holds {
            from,
            what,
            until,
            held: held.clone(),
        };
        pair.attack(way, holds(|event| event.kind == EventKind::Message));
        let message = pair.ada_says("early");
        pair.world.advance(100);
        // From here on the server passes on what comes, and goes on holding what it holds.
        pair.attack(way, holds(|_| false));
        pair.ada_says("late");
        pair.world.advance(delay / 2);
        let meanwhile = (pair.boris_reads(), pair.tick(&message));
        pair.world.saboteur = Box::new(Honest);
        pair.world.advance(delay / 2 + 1_200_000);
        let shown = pair.world.messages(pair.boris, &pair.at_boris.clone());
        let at = shown
            .iter()
            .find(|row| row.body == valise_views::Body::Text("early".into()));
        let off = at.map_or(u64::MAX, |row| row.at.abs_diff(said_at.0));
        (meanwhile, pair.boris_reads(), off, pair.boris_hears())
    };
    let order = ["first", "second", "early", "late"];
    for delay in [1_000, 3_600_000, 7 * 86_400_000] {
        let (_, read, off, alarms) = run(Way::HONEST, delay);
        assert_eq!((&read[..], alarms), (&order.map(String::from)[..], vec![]));
        assert!(off < 5_000);
        let ((meanwhile, tick), read, off, _) = run(Way::ATTACKED, delay);
        assert_eq!(meanwhile, order[..2], "nothing is shown behind a hole");
        assert_eq!(
            tick,
            Some(valise_views::Tick::Accepted),
            "and the writer sees it"
        );
        assert_eq!(read, order);
        assert!(
            off < 5_000,
            "the time is when it was said, not when it came"
        );
    }
    let ((meanwhile, _), ..) = run(Way::without(Guard::Numbers), 3_600_000);
    assert_eq!(meanwhile, ["first", "second", "late"]);
}

/// Pushes the first commit behind what came after it.
struct CommitLater {
    to: Who,
    held: Option<Push>,
    done: bool,
}

impl Saboteur for CommitLater {
    fn push(&mut self, to: Who, push: Push, _now: Timestamp) -> Vec<Push> {
        let Push::Event(RoomEvent { event, .. }) = &push else {
            return vec![push];
        };
        if to != self.to || self.done {
            return vec![push];
        }
        match (event.kind, self.held.take()) {
            (EventKind::Commit, None) => {
                self.held = Some(push);
                Vec::new()
            }
            (_, Some(held)) => {
                self.done = true;
                vec![push, held]
            }
            _ => vec![push],
        }
    }
}

#[test]
fn hs_08_a_message_that_is_shown_before_its_commit_waits_for_it() {
    let run = |way: Way| {
        let mut circle = Circle::new(308, way, Protections::default());
        if way.attacked {
            let (to, held, done) = (circle.boris, None, false);
            circle.world.saboteur = Box::new(CommitLater { to, held, done });
        }
        let command = Command::SetOwner {
            chat: circle.chat.clone(),
            person: circle.eve.person(),
            owner: true,
        };
        assert_eq!(circle.world.tell(circle.ada, command), Outcome::Done);
        circle.world.advance(200);
        circle.ada_says("in the new epoch");
        circle.world.settle();
        let shown = circle
            .world
            .conversation(circle.boris, &circle.chat.clone());
        let came_back = shown.is_some_and(|shown| {
            let notice = valise_views::Body::Notice(valise_views::Notice::CameBack);
            shown.messages.iter().any(|row| row.body == notice)
        });
        (circle.boris_reads(), came_back, circle.boris_hears())
    };
    let said = vec!["in the new epoch".to_owned()];
    assert_eq!(run(Way::HONEST), (said.clone(), false, vec![]));
    assert_eq!(run(Way::ATTACKED), (said, false, vec![]));
    // Taken as it comes, the message is of an epoch that the device is not in: it has to come back, and has lost it.
    let (read, came_back, _) = run(Way::without(Guard::Numbers));
    assert!(came_back || read.is_empty());
}

#[test]
fn hs_12_a_log_without_its_beginning_is_not_taken() {
    let run = |way: Way| {
        let mut pair = Pair::new(312, way, |pair| pair.boris);
        pair.world.set_online(pair.boris, false);
        for text in ["cut off", "cut off, too", "the rest"] {
            pair.ada_says(text);
            pair.world.advance(2_000);
        }
        pair.world.advance(90_000);
        let to = pair.boris;
        let mut last = 0;
        let change = move |_, mut events: Vec<Event>| {
            last = events.iter().map(|event| event.seq).fold(last, u64::max);
            events.retain(|event| event.seq + 2 > last);
            events
        };
        pair.attack(way, Shows { to, change });
        pair.world.set_online(pair.boris, true);
        pair.world.advance(60_000);
        let said = pair.boris_hears();
        let read = pair.boris_reads();
        pair.relent();
        (read, said, pair.boris_reads())
    };
    let all = ["first", "second", "cut off", "cut off, too", "the rest"];
    let (read, alarms, _) = run(Way::HONEST);
    assert_eq!((&read[..], alarms), (&all.map(String::from)[..], vec![]));
    let (read, alarms, after) = run(Way::ATTACKED);
    assert_eq!(read, ["first", "second"]);
    assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
    assert_eq!(after, all, "all of it, once the server shows it");
    let (_, alarms, _) = run(Way::without(Guard::Numbers));
    assert!(!says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
}

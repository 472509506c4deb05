//! Rooms that were broken, and the way back into them: a fork, a commit with a false tag, and states that lure. Each case is
//! run honestly, attacked, and attacked without what holds it.

use valise_client::{Guard, Guards};
use valise_mls::{Change, chain};
use valise_server::service::Protections;
use valise_tests::case::{Circle, Way};
use valise_tests::says;
use valise_tests::sim::{Answers, Honest, Saboteur, Verdict, Who};
use valise_views::{Alarm, Command, Outcome};
use valise_wire::policy::{LinkRole, RoomLink};
use valise_wire::push::{Event, EventKind, Push, RoomEvent};
use valise_wire::request::{Accepted, Commit, Reply, Request};
use valise_wire::{Problem, RoomId, Timestamp};

/// Breaks the tag that only members can make and check.
fn with_false_tag(mut commit: Commit) -> Commit {
    *commit.commit.0.last_mut().expect("a commit has bytes") ^= 1;
    commit
}

/// Lets Eve hand over a commit that the hub has to take and members cannot.
fn break_room(circle: &mut Circle, way: Way, change: Change) {
    let commit = circle.eve.commit(&circle.world, circle.room, change);
    let commit = if way.attacked {
        with_false_tag(commit)
    } else {
        commit
    };
    circle.eve_hands_over(commit);
}

fn talk(circle: &mut Circle) -> (Vec<String>, Vec<String>) {
    circle.ada_says("from Ada");
    circle.world.advance(5_000);
    let chat = circle.chat.clone();
    if circle
        .world
        .conversation(circle.boris, &chat)
        .unwrap()
        .may_send
    {
        circle.world.says(circle.boris, &chat, "from Boris");
    }
    circle.world.settle();
    let at_ada = circle.world.texts(circle.ada, &chat);
    (at_ada, circle.boris_reads())
}

#[test]
fn hs_17_a_commit_with_a_false_tag_stops_nobody_for_long() {
    let run = |way: Way| {
        let mut circle = Circle::new(17, way, Protections::default());
        if way.guards != Guards::ALL {
            circle.world.guard(circle.ada, way.guards);
        }
        break_room(&mut circle, way, Change::default());
        circle.world.settle();
        let read = talk(&mut circle);
        (read, circle.boris_hears(), circle.boris_knows())
    };
    let both = vec!["from Ada".to_owned(), "from Boris".to_owned()];
    let (read, alarms, people) = run(Way::HONEST);
    assert_eq!(read, (both.clone(), both.clone()));
    assert_eq!(alarms, []);

    // A hub has no secret to check the tag with, so it takes the commit; members come back by themselves.
    let (read, alarms, after) = run(Way::ATTACKED);
    assert_eq!(read, (both.clone(), both));
    assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
    assert_eq!(after, people);

    let ((_, read), ..) = run(Way::without(Guard::ComeBack));
    assert_ne!(read.first().map(String::as_str), Some("from Ada"));
}

#[test]
fn hs_21_a_state_that_does_not_continue_the_known_log_lures_nobody() {
    let lured = |way: Way| {
        let mut circle = Circle::new(21, way, Protections::default());
        let victim = circle.boris;
        if way.attacked {
            circle.world.saboteur = Box::new(Answers(move |to, _: &Request, mut reply| {
                if let (true, Reply::Group(state)) = (to == victim, &mut reply) {
                    state.chain[0] ^= 1;
                }
                reply
            }));
        }
        break_room(&mut circle, Way::ATTACKED, Change::default());
        circle.world.settle();
        (circle.is_closed(), circle.boris_hears())
    };
    assert!(!lured(Way::HONEST).0);
    let (closed, alarms) = lured(Way::ATTACKED);
    assert!(closed);
    assert!(says!(alarms, Alarm::ServerForked { .. }), "{alarms:?}");
    assert!(says!(alarms, Alarm::ChatClosed { .. }), "{alarms:?}");
    assert!(!lured(Way::without(Guard::Continues)).0);
}

#[test]
fn coming_back_makes_nobody_owner_until_a_person_says_so() {
    let run = |way: Way| {
        let mut circle = Circle::new(121, way, Circle::colluding());
        let mut policy = circle.policy();
        if way.attacked {
            policy.owners = vec![circle.eve.account];
        }
        // What breaks the rules and cannot be checked: only coming back would bring it in.
        let change = Change {
            policy: Some(policy),
            ..Change::default()
        };
        break_room(&mut circle, Way::ATTACKED, change);
        circle.world.settle();
        circle
    };
    let eve_owns = ("Eve".to_owned(), true);
    let mut honest = run(Way::HONEST);
    assert!(!honest.is_closed());

    let mut attacked = run(Way::ATTACKED);
    assert!(attacked.is_closed());
    assert!(!attacked.boris_knows().contains(&eve_owns));
    let reopen = Command::Reopen(attacked.chat.clone());
    assert_eq!(attacked.world.tell(attacked.boris, reopen), Outcome::Done);
    attacked.world.settle();
    assert!(!attacked.is_closed());
    assert!(
        attacked.boris_knows().contains(&eve_owns),
        "as the person said"
    );

    let mut twin = run(Way::without(Guard::SameTerms));
    assert!(twin.boris_knows().contains(&eve_owns));
}

/// Tells one member that a commit was taken, and all others nothing of it.
struct Forks {
    victim: Who,
    room: RoomId,
    head: u64,
    own: Option<Event>,
}

impl Saboteur for Forks {
    fn request(&mut self, from: Who, request: Request, now: Timestamp) -> Verdict {
        let Request::Commit(commit) = &request else {
            return Verdict::Pass(request);
        };
        if from != self.victim || self.own.is_some() {
            return Verdict::Pass(request);
        }
        // Ada's commit comes a moment later and gets the same number from the real hub.
        let seq = self.head + 1;
        let body = commit.commit.clone();
        let digest = chain::digest(&body);
        self.own = Some(Event {
            seq,
            kind: EventKind::Commit,
            at: now,
            body,
        });
        Verdict::Answer(Ok(Reply::Accepted(Accepted {
            room: self.room,
            seq,
            digest,
            at: now,
        })))
    }

    fn reply(
        &mut self,
        to: Who,
        _request: &Request,
        mut reply: Result<Reply, Problem>,
        _now: Timestamp,
    ) -> Result<Reply, Problem> {
        if let (true, Ok(Reply::Events(page))) = (to == self.victim, &mut reply) {
            page.events.iter_mut().for_each(|event| self.show(event));
        }
        reply
    }

    fn push(&mut self, to: Who, mut push: Push, _now: Timestamp) -> Vec<Push> {
        if let (true, Push::Event(RoomEvent { event, .. })) = (to == self.victim, &mut push) {
            self.head = self.head.max(event.seq);
            self.show(event);
        }
        vec![push]
    }
}

impl Forks {
    fn show(&self, event: &mut Event) {
        if let Some(own) = self.own.as_ref().filter(|own| own.seq == event.seq) {
            *event = own.clone();
        }
    }
}

#[test]
fn hs_16_two_commits_for_one_epoch_are_found_out_and_there_is_a_way_back() {
    let run = |way: Way| {
        let mut circle = Circle::new(16, way, Protections::default());
        let boris = circle.world.id_of(circle.ada, circle.boris);
        let owner = |person, owner| {
            let chat = circle.chat.clone();
            Command::SetOwner {
                chat,
                person,
                owner,
            }
        };
        let (make_boris, make_eve) = (owner(boris, true), owner(circle.eve.person(), true));
        if way.attacked {
            circle.world.saboteur = Box::new(Forks {
                victim: circle.boris,
                room: circle.room,
                head: 0,
                own: None,
            });
        }
        circle.world.tell(circle.ada, make_boris);
        circle.world.settle();
        circle.world.ask(circle.boris, make_eve.clone());
        circle.world.advance(500);
        circle.world.ask(circle.ada, make_eve);
        circle.world.advance(10_000);
        let message = circle.ada_says("to both halves");
        circle.world.advance(20_000);
        (circle, message)
    };
    let (mut honest, _) = run(Way::HONEST);
    assert_eq!(honest.boris_reads(), ["to both halves"]);

    let (mut attacked, message) = run(Way::ATTACKED);
    assert!(attacked.boris_reads().is_empty());
    let alarms = attacked.boris_hears();
    assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
    let chat = attacked.chat.clone();
    let tick = attacked.world.tick(attacked.ada, &chat, &message);
    assert_eq!(tick, Some(valise_views::Tick::Accepted), "Ada sees it");
    // The next commit shows Boris that the room went on without him, and he goes back when he says so.
    attacked.world.saboteur = Box::new(Honest);
    let demote = Command::SetOwner {
        chat: chat.clone(),
        person: attacked.eve.person(),
        owner: false,
    };
    attacked.world.tell(attacked.ada, demote);
    attacked.world.settle();
    assert!(attacked.is_closed());
    let reopen = Command::Reopen(chat);
    assert_eq!(attacked.world.tell(attacked.boris, reopen), Outcome::Done);
    attacked.world.settle();
    attacked.ada_says("together again");
    attacked.world.settle();
    assert_eq!(attacked.boris_reads(), ["together again"]);

    let (mut twin, _) = run(Way::without(Guard::Blame));
    assert_eq!(twin.boris_hears(), []);
}

/// What came in between could not be judged: a link in it would let in whomever the hub likes.
#[test]
fn coming_back_brings_no_link_until_a_person_says_so() {
    let run = |way: Way| {
        let mut circle = Circle::new(122, way, Circle::colluding());
        let mut policy = circle.policy();
        if way.attacked {
            policy.links = vec![RoomLink {
                key: [7; 32],
                id: [7; 16],
                not_after: None,
                role: LinkRole::Member,
                card: vec![].into(),
            }];
        }
        let change = Change {
            policy: Some(policy),
            ..Change::default()
        };
        break_room(&mut circle, Way::ATTACKED, change);
        circle.world.settle();
        circle.is_closed()
    };
    assert!(!run(Way::HONEST));
    assert!(run(Way::ATTACKED));
    assert!(!run(Way::without(Guard::SameTerms)));
}

/// What came in between could not be judged: a rule that is gone would let in whomever it kept out.
#[test]
fn coming_back_takes_no_wider_rule_until_a_person_says_so() {
    let run = |way: Way| {
        let mut circle = Circle::new(123, way, Circle::colluding());
        let rule = Command::RuleRoom {
            chat: circle.chat.clone(),
            residency: vec!["DE".into(), "FR".into()],
        };
        assert_eq!(circle.world.tell(circle.ada, rule), Outcome::Done);
        circle.world.settle();
        circle.eve.follow(&circle.world);
        let mut policy = circle.policy();
        assert_eq!(policy.residency, ["DE", "FR"]);
        if way.attacked {
            policy.residency.push("US".into());
        } else {
            policy.residency.pop();
        }
        let change = Change {
            policy: Some(policy),
            ..Change::default()
        };
        break_room(&mut circle, Way::ATTACKED, change);
        circle.world.settle();
        circle.is_closed()
    };
    // A narrower one gives nobody more.
    assert!(!run(Way::HONEST));
    assert!(run(Way::ATTACKED));
    assert!(!run(Way::without(Guard::SameTerms)));
}

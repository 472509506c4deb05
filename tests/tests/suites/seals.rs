//! Requests in the organisation's name: they wait for who may release them, go with a seal, and show it.

use super::offices::Pair;
use valise_evidence::verify::{Expected, Remark, Subject, verify};
use valise_tests::sim::{Who, World};
use valise_views::request::{ActKind, Asks, Doubt, Ends, Held, ReleaseDetails, ReleaseRow};
use valise_views::{ChatId, Command, Outcome, Reminder, RequestFilter, Shown, View};
use valise_wire::Timestamp;

/// Boris of the office asks, Anna is its registrar, Emil and Olga may seal. Two people are needed.
pub struct Scene {
    pub pair: Pair,
    pub emil: Who,
    pub olga: Who,
}

pub fn scene(seed: u64, asks: Asks) -> Scene {
    scene_in(World::new(seed), asks)
}

pub fn scene_in(world: World, asks: Asks) -> Scene {
    let mut pair = super::offices::partners(world);
    let emil = pair.world.join(pair.anna, "Emil");
    let olga = pair.world.join(pair.anna, "Olga");
    let mut scene = Scene { pair, emil, olga };
    scene.keeper(emil, true);
    scene.keeper(olga, true);
    scene.anna_says(Command::SetAsks(asks));
    scene.pair.world.advance(60_000);
    scene
}

impl Scene {
    pub fn world(&mut self) -> &mut World {
        &mut self.pair.world
    }

    pub fn anna_says(&mut self, command: Command) {
        let anna = self.pair.anna;
        assert_eq!(self.world().tell(anna, command), Outcome::Done);
        self.world().advance(30_000);
    }

    pub fn keeper(&mut self, who: Who, may: bool) {
        let anna = self.pair.anna;
        let person = self.world().id_of(anna, who);
        self.anna_says(Command::SetKeeper { person, may });
    }

    /// Boris asks Dora.
    pub fn boris_asks(&mut self, subject: &str) -> ChatId {
        let boris = self.pair.boris;
        let dora = self.world().find_person(boris, "dora@bank.example");
        let chat = self.world().asks(boris, World::request_to(dora, subject));
        self.world().advance(20_000);
        chat
    }

    pub fn waits_for(&mut self, who: Who) -> Vec<ReleaseRow> {
        let view = View::Requests {
            filter: RequestFilter::Open,
            search: String::new(),
        };
        match self.world().look(who, view) {
            Shown::Requests(list) => list.releases,
            other => panic!("no requests but {other:?}"),
        }
    }

    pub fn reads_for_release(&mut self, who: Who) -> ReleaseDetails {
        let id = self.waits_for(who)[0].id.clone();
        match self.world().look(who, View::Release { id }) {
            Shown::Release(Some(details)) => *details,
            other => panic!("nothing waits but {other:?}"),
        }
    }

    pub fn releases(&mut self, who: Who) {
        let id = self.waits_for(who)[0].id.clone();
        assert_eq!(self.world().tell(who, Command::Release(id)), Outcome::Done);
        self.world().advance(20_000);
    }

    fn held(&mut self) -> Option<Held> {
        let boris = self.pair.boris;
        let rows = self.world().requests(boris, RequestFilter::Open);
        rows[0].held.clone()
    }

    pub fn dora_sees(&mut self, filter: RequestFilter) -> Vec<(String, Option<Doubt>)> {
        let dora = self.pair.dora;
        let rows = self.world().requests(dora, filter);
        rows.into_iter()
            .map(|row| (row.subject, row.doubt))
            .collect()
    }

    fn released_by(&mut self) -> Option<String> {
        let dora = self.pair.dora;
        let chat = self.world().requests(dora, RequestFilter::Open)[0]
            .chat
            .clone();
        let seal = self.world().opens(dora, &chat).seal?;
        assert_eq!(seal.organisation, "Northern Office");
        Some(seal.by)
    }

    pub fn is_calm(&mut self) {
        for who in self.world().everybody() {
            assert_eq!(self.world().of(who).errors, Vec::<String>::new());
            let alarms = self.world().alarms(who);
            assert!(
                alarms.is_empty(),
                "{}: {alarms:?}",
                self.world().of(who).name
            );
        }
    }
}

#[test]
fn a_request_goes_when_somebody_else_has_released_it() {
    let mut scene = scene(1, Asks::FourEyes);
    let (boris, emil, olga, dora) = (scene.pair.boris, scene.emil, scene.olga, scene.pair.dora);
    let there = scene.boris_asks("the account of Mr. Petrov");
    assert_eq!(scene.held(), Some(Held::Waits));
    assert_eq!(scene.dora_sees(RequestFilter::Open), []);
    assert!(
        scene.world().details(dora, &there).is_none(),
        "she is not in the room"
    );
    let waiting = scene.reads_for_release(emil);
    assert_eq!(waiting.row.by.name, "Boris");
    assert_eq!(waiting.row.addressee, "Harbour Bank");
    assert_eq!(
        waiting.letter.text,
        "Please tell us all about the account of Mr. Petrov."
    );
    assert_eq!(scene.waits_for(olga).len(), 1);
    scene.releases(emil);
    assert!(scene.waits_for(olga).is_empty() && scene.waits_for(emil).is_empty());
    assert_eq!(scene.held(), None);
    let wanted = ("the account of Mr. Petrov".to_owned(), None);
    assert_eq!(scene.dora_sees(RequestFilter::ForUs), [wanted]);
    assert_eq!(scene.released_by().as_deref(), Some("Emil"));
    let members = scene.world().details(boris, &there).unwrap().members;
    let mut members: Vec<String> = members.into_iter().map(|it| it.name).collect();
    members.sort();
    assert_eq!(members, ["Boris", "Dora"], "who released it is out again");

    scene.world().settle();
    let here = scene.world().requests(dora, RequestFilter::Open)[0]
        .chat
        .clone();
    scene
        .world()
        .replies(dora, &here, ActKind::Answered, "Here it is.", vec![]);
    for (who, chat) in [(boris, there), (dora, here)] {
        let (_, bundle) = scene.world().exports(who, &chat).expect("a bundle");
        let verdict = verify(&bundle, &Expected::default());
        assert!(
            verdict.is_sound(),
            "{:?}",
            verdict.faults().collect::<Vec<_>>()
        );
        let seal = verdict.rows.iter().find(|row| row.subject == Subject::Seal);
        assert_eq!(seal.unwrap().by.as_deref(), Some("Emil"));
        let request = verdict
            .rows
            .iter()
            .find(|row| row.subject == Subject::Request(1));
        assert!(request.unwrap().remarks.contains(&Remark::Sealed));
    }
    scene.is_calm();
}

#[test]
fn what_is_sent_back_says_why_and_may_be_asked_again() {
    let mut scene = scene(2, Asks::FourEyes);
    let (boris, emil) = (scene.pair.boris, scene.emil);
    let there = scene.boris_asks("the letter");
    let id = scene.waits_for(emil)[0].id.clone();
    let note = "Say which letter.".to_owned();
    let back = Command::SendBack { id, note };
    assert_eq!(scene.world().tell(emil, back), Outcome::Done);
    scene.world().advance(20_000);
    let sent_back = Held::SentBack {
        by: "Emil".into(),
        note: "Say which letter.".into(),
    };
    assert_eq!(scene.held(), Some(sent_back));
    let message = scene
        .world()
        .messages(boris, &there)
        .last()
        .unwrap()
        .id
        .clone();
    assert_eq!(
        scene.world().tell(boris, Command::Retry(message)),
        Outcome::Done
    );
    scene.world().advance(20_000);
    assert_eq!(scene.held(), Some(Held::Waits));
    scene.releases(emil);
    assert_eq!(scene.dora_sees(RequestFilter::Open).len(), 1);
    scene.is_calm();
}

#[test]
fn what_ended_while_it_waited_goes_no_more() {
    let mut scene = scene(21, Asks::FourEyes);
    let (boris, emil) = (scene.pair.boris, scene.emil);
    let dora = scene.world().find_person(boris, "dora@bank.example");
    let mut request = World::request_to(dora, "the letter");
    request.ends = Ends::WithDeadline;
    scene.world().asks(boris, request);
    scene.world().advance(20_000);
    assert_eq!(scene.held(), Some(Held::Waits));
    let id = scene.waits_for(emil)[0].id.clone();
    let ends = scene.world().requests(boris, RequestFilter::Open)[0].ends;
    scene.world().now = Timestamp(ends.unwrap() + 1);
    scene.world().advance(60_000);
    assert_eq!(scene.waits_for(emil), []);
    // He pressed in a list that was older.
    scene.world().tell(emil, Command::Release(id));
    scene.world().advance(60_000);
    let ended = scene.world().requests(boris, RequestFilter::Ended);
    assert_eq!(ended[0].held, Some(Held::Over));
    for filter in [RequestFilter::Open, RequestFilter::Ended] {
        assert_eq!(scene.dora_sees(filter), []);
    }
    scene.is_calm();
}

#[test]
fn what_ended_before_there_was_a_line_goes_no_more() {
    let mut scene = scene(22, Asks::Freely);
    let boris = scene.pair.boris;
    let dora = scene.world().find_person(boris, "dora@bank.example");
    scene.world().set_online(boris, false);
    let mut request = World::request_to(dora, "the letter");
    request.ends = Ends::WithDeadline;
    scene.world().asks(boris, request);
    assert_eq!(scene.held(), None);
    let ends = scene.world().requests(boris, RequestFilter::Open)[0].ends;
    scene.world().now = Timestamp(ends.unwrap() + 1);
    scene.world().set_online(boris, true);
    scene.world().advance(120_000);
    for filter in [RequestFilter::Open, RequestFilter::Ended] {
        assert_eq!(scene.dora_sees(filter), []);
    }
    let ended = scene.world().requests(boris, RequestFilter::Ended);
    assert_eq!(ended[0].held, Some(Held::Over));
    scene.is_calm();
}

#[test]
fn a_keeper_who_is_cut_off_releases_nothing_and_another_is_asked() {
    let mut scene = scene(3, Asks::FourEyes);
    let (emil, olga) = (scene.emil, scene.olga);
    scene.keeper(olga, false);
    scene.boris_asks("the letter");
    assert!(scene.waits_for(olga).is_empty());
    let id = scene.waits_for(emil)[0].id.clone();
    // He releases it while his device does not hear that he may not any more.
    scene.world().set_online(emil, false);
    assert_eq!(
        scene.world().tell(emil, Command::Release(id)),
        Outcome::Done
    );
    scene.keeper(emil, false);
    assert_eq!(scene.held(), Some(Held::Nobody));
    scene.keeper(olga, true);
    scene.world().set_online(emil, true);
    scene.world().advance(30_000);
    assert_eq!(
        scene.dora_sees(RequestFilter::Open),
        [],
        "his word counts for nothing"
    );
    scene.releases(olga);
    assert_eq!(scene.released_by().as_deref(), Some("Olga"));
    scene.is_calm();
}

#[test]
fn two_who_release_at_once_are_as_good_as_one() {
    let mut scene = scene(4, Asks::FourEyes);
    let (emil, olga) = (scene.emil, scene.olga);
    scene.boris_asks("the letter");
    for who in [emil, olga] {
        let id = scene.waits_for(who)[0].id.clone();
        scene.world().ask(who, Command::Release(id));
    }
    scene.world().advance(30_000);
    assert_eq!(scene.dora_sees(RequestFilter::Open).len(), 1);
    assert!(scene.released_by().is_some());
    scene.is_calm();
}

#[test]
fn who_may_seal_asks_alone_where_one_is_enough() {
    let mut scene = scene(5, Asks::Sealed);
    let emil = scene.emil;
    let dora = scene.world().find_person(emil, "dora@bank.example");
    scene
        .world()
        .asks(emil, World::request_to(dora, "the letter"));
    scene.world().advance(20_000);
    assert_eq!(scene.dora_sees(RequestFilter::Open).len(), 1);
    assert_eq!(scene.released_by().as_deref(), Some("Emil"));
    scene.is_calm();
}

#[test]
fn what_waits_goes_when_nothing_is_wanted_any_more() {
    let mut scene = scene(6, Asks::FourEyes);
    scene.boris_asks("the letter");
    assert_eq!(scene.held(), Some(Held::Waits));
    scene.anna_says(Command::SetAsks(Asks::Freely));
    scene.world().advance(30_000);
    assert_eq!(scene.dora_sees(RequestFilter::Open).len(), 1);
    let emil = scene.emil;
    assert!(scene.waits_for(emil).is_empty());
    scene.is_calm();
}

#[test]
fn while_requests_are_stopped_none_goes_and_none_is_lost() {
    let mut scene = scene(7, Asks::Freely);
    scene.anna_says(Command::StopRequests(true));
    scene.boris_asks("the letter");
    assert_eq!(scene.held(), Some(Held::Stopped));
    let boris = scene.pair.boris;
    scene.world().crash(boris);
    scene.world().start(boris);
    scene.world().advance(60_000);
    assert_eq!(scene.dora_sees(RequestFilter::Open), []);
    scene.anna_says(Command::StopRequests(false));
    scene.world().advance(60_000);
    assert_eq!(
        scene.dora_sees(RequestFilter::Open),
        [("the letter".to_owned(), None)]
    );
    scene.is_calm();
}

#[test]
fn a_stop_in_between_keeps_what_was_released_meanwhile() {
    let mut scene = scene(8, Asks::FourEyes);
    let emil = scene.emil;
    scene.boris_asks("the letter");
    scene.anna_says(Command::StopRequests(true));
    let boris = scene.pair.boris;
    scene.world().set_online(boris, false);
    scene.releases(emil);
    scene.world().set_online(boris, true);
    scene.world().advance(30_000);
    assert_eq!(scene.dora_sees(RequestFilter::Open), []);
    scene.anna_says(Command::StopRequests(false));
    scene.world().advance(60_000);
    // It was released, and went when it could.
    assert_eq!(scene.dora_sees(RequestFilter::Open).len(), 1);
    assert_eq!(scene.released_by().as_deref(), Some("Emil"));
    scene.is_calm();
}

#[test]
fn a_crash_at_every_turn_loses_nothing() {
    let mut scene = scene(9, Asks::FourEyes);
    let (boris, emil) = (scene.pair.boris, scene.emil);
    let dora = scene.world().find_person(boris, "dora@bank.example");
    let scan = scene
        .world()
        .new_file(boris, "order.pdf", "application/pdf", vec![3; 90_000]);
    let mut request = World::request_to(dora, "the order");
    request.files = vec![scan];
    scene
        .world()
        .ask(boris, Command::Request(Box::new(request)));
    for _ in 0..12 {
        for who in [boris, emil] {
            scene.world().crash(who);
            scene.world().start(who);
        }
        scene.world().advance(4_000);
    }
    scene.world().advance(60_000);
    assert_eq!(scene.reads_for_release(emil).letter.files.len(), 1);
    let id = scene.waits_for(emil)[0].id.clone();
    scene.world().ask(emil, Command::Release(id));
    for _ in 0..12 {
        for who in [boris, emil] {
            scene.world().crash(who);
            scene.world().start(who);
        }
        scene.world().advance(4_000);
    }
    scene.world().advance(60_000);
    assert_eq!(scene.dora_sees(RequestFilter::Open).len(), 1);
    assert_eq!(scene.released_by().as_deref(), Some("Emil"));
    scene.is_calm();
}

/// What somebody was told that is to be done about requests.
fn told(scene: &mut Scene, who: Who) -> Vec<Reminder> {
    let all = scene.world().of(who).notified.iter();
    all.filter_map(|message| message.reminds).collect()
}

#[test]
fn who_may_release_is_told_of_what_waits_and_who_asked_of_what_came_back() {
    let mut scene = scene(15, Asks::FourEyes);
    let (boris, emil, olga, dora) = (scene.pair.boris, scene.emil, scene.olga, scene.pair.dora);
    scene.boris_asks("the letter");
    for who in [emil, olga] {
        assert_eq!(told(&mut scene, who), [Reminder::Release]);
    }
    let id = scene.waits_for(emil)[0].id.clone();
    let note = "Say which letter.".to_owned();
    let back = Command::SendBack { id, note };
    assert_eq!(scene.world().tell(emil, back), Outcome::Done);
    scene.world().advance(20_000);
    assert_eq!(told(&mut scene, boris), [Reminder::SentBack]);
    assert_eq!(told(&mut scene, dora), [], "the other side knows nothing");
    scene.is_calm();
}

#[test]
fn a_device_that_is_linked_gets_what_waits_and_releases_it() {
    let mut scene = scene(16, Asks::FourEyes);
    let (boris, emil, olga) = (scene.pair.boris, scene.emil, scene.olga);
    let dora = scene.world().find_person(boris, "dora@bank.example");
    let scan = scene
        .world()
        .new_file(boris, "order.pdf", "application/pdf", vec![3; 9_000]);
    let mut request = World::request_to(dora, "the order");
    request.files = vec![scan];
    scene.world().asks(boris, request);
    scene.world().advance(30_000);
    let second = super::devices::linked(scene.world(), emil);
    scene.world().advance(60_000);
    let waiting = scene.reads_for_release(second);
    assert_eq!(waiting.row.by.name, "Boris");
    assert_eq!(waiting.letter.files.len(), 1);
    for who in [emil, olga] {
        assert_eq!(scene.waits_for(who).len(), 1, "it waits once");
        assert_eq!(
            told(&mut scene, who),
            [Reminder::Release],
            "and is told once"
        );
    }
    scene.releases(second);
    assert!(scene.waits_for(emil).is_empty());
    assert_eq!(scene.dora_sees(RequestFilter::Open).len(), 1);
    assert_eq!(scene.released_by().as_deref(), Some("Emil"));
    scene.is_calm();
}

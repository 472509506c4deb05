//! A week in which two organisations do not reach each other, and both work on: what waits, waits in logs, inboxes and on devices, however
//! often servers and devices start anew, and comes once and in order.

use super::offices::all_quiet;
use valise_client::Guards;
use valise_mls::Suite;
use valise_tests::sim::{Who, World};
use valise_views::request::{ActKind, NewAct, RequestDetails, RequestState, Standing};
use valise_views::{ChatId, Outcome, RequestFilter};

const OFFICE: usize = 1;
const BANK: usize = 2;

const DAY: u64 = 86_400_000;
/// How often servers look after each other while nothing comes through.
const SELDOM_MS: u64 = 20_000;
/// What waited is there so long after the line is.
const CONVERGED_MS: u64 = 30_000;

/// What a hub would do that keeps nothing for partners for more than three days.
const FORGET: &str = "DELETE FROM event WHERE EXISTS (SELECT 1 FROM follower WHERE follower.room = event.room AND follower.has < event.seq);
    DELETE FROM inbox;";

/// Anna and Boris of the office, Clara and Dora of the bank.
struct Scene {
    world: World,
    anna: Who,
    boris: Who,
    clara: Who,
    dora: Who,
    /// On the office's server.
    north: ChatId,
    /// On the bank's server.
    harbour: ChatId,
}

fn scene(seed: u64) -> Scene {
    let mut world = World::new(seed);
    world.guards = Guards::ALL.with_suite(Suite::Classic);
    // The world's first server lies in memory, and nobody founds it.
    for (number, domain) in [(OFFICE, "north.example"), (BANK, "bank.example")] {
        assert_eq!(world.add_server_on_disk(domain), number);
    }
    let anna = world.found_at(OFFICE, "Northern Office", "Anna");
    let boris = world.join(anna, "Boris");
    let clara = world.found_at(BANK, "Harbour Bank", "Clara");
    let dora = world.join(clara, "Dora");
    world.make_partners(anna, clara);
    let mut group = |by, title, own, [one, two]: [&str; 2]| {
        let own = world.id_of(by, own);
        let others = [one, two].map(|address| world.find_person(by, address));
        world.group_of(by, title, [vec![own], others.to_vec()].concat())
    };
    let theirs = ["clara@bank.example", "dora@bank.example"];
    let north = group(anna, "North", boris, theirs);
    let ours = ["anna@north.example", "boris@north.example"];
    let harbour = group(clara, "Harbour", dora, ours);
    world.advance(60_000);
    let mut scene = Scene {
        world,
        anna,
        boris,
        clara,
        dora,
        north,
        harbour,
    };
    scene.all_say("before");
    scene
}

/// How a request stands for one side.
#[derive(Debug, PartialEq)]
struct Stands {
    subject: String,
    state: RequestState,
    files: Vec<String>,
    acts: Vec<(ActKind, Standing, String)>,
}

/// What somebody has in the end.
#[derive(Debug, PartialEq)]
struct Has {
    north: Vec<String>,
    harbour: Vec<String>,
    requests: Vec<Stands>,
}

impl Scene {
    fn everybody(&self) -> [Who; 4] {
        [self.anna, self.boris, self.clara, self.dora]
    }

    /// Everybody says something in both rooms, and nobody waits for its arrival.
    fn all_say(&mut self, round: &str) {
        for chat in [self.north.clone(), self.harbour.clone()] {
            for who in self.everybody() {
                let text = format!("{} {round}", self.world.of(who).name);
                self.world.says(who, &chat, &text);
                self.world.advance(5_000);
            }
        }
    }

    fn asks(&mut self, who: Who, address: &str, subject: &str, file: bool) -> ChatId {
        let person = self.world.find_person(who, address);
        let mut request = World::request_to(person, subject);
        if file {
            let scan = self
                .world
                .new_file(who, "order.pdf", "application/pdf", vec![5; 200_000]);
            request.files.push(scan);
        }
        self.world.asks(who, request)
    }

    fn day(&mut self) {
        self.world.advance(DAY);
    }

    fn has(&mut self, who: Who) -> Has {
        let (north, harbour) = (self.north.clone(), self.harbour.clone());
        let mut requests = Vec::new();
        for filter in [RequestFilter::Open, RequestFilter::Ended] {
            for row in self.world.requests(who, filter) {
                requests.push(stands(self.world.opens(who, &row.chat)));
            }
        }
        requests.sort_by(|one, other| one.subject.cmp(&other.subject));
        Has {
            north: self.world.texts(who, &north),
            harbour: self.world.texts(who, &harbour),
            requests,
        }
    }
}

fn stands(details: RequestDetails) -> Stands {
    // That it was received is said by looking at it, which happens on the way.
    let acts = details.acts.iter();
    let acts = acts.filter(|act| act.kind != ActKind::Received);
    let acts = acts.map(|act| {
        let letter = act.letter.as_ref();
        let said = letter.map(|letter| {
            let files = letter.files.iter().map(|file| format!(" [{}]", file.name));
            letter.text.clone() + &files.collect::<String>()
        });
        (act.kind, act.standing, said.unwrap_or_default())
    });
    let files = details.letter.files.iter();
    Stands {
        acts: acts.collect(),
        files: files.map(|file| file.name.clone()).collect(),
        state: details.row.state,
        subject: details.row.subject,
    }
}

fn say(kind: ActKind, text: &str) -> NewAct {
    NewAct::Say {
        kind,
        text: text.into(),
        files: Vec::new(),
        ground: None,
    }
}

/// Lives through so many days. The office's server keeps everything, or forgets after three days what waits for a partner.
fn days(count: u64, forgets: bool) -> Scene {
    let mut scene = scene(1);
    let (boris, dora) = (scene.boris, scene.dora);
    for (subject, who) in [("a", boris), ("b", boris), ("c", dora), ("d", dora)] {
        let address = match who == boris {
            true => "dora@bank.example",
            false => "boris@north.example",
        };
        scene.asks(who, address, subject, false);
    }
    let chat_of = |scene: &mut Scene, who, subject: &str| {
        let rows = scene.world.requests(who, RequestFilter::Open);
        let row = rows.into_iter().find(|row| row.subject == subject);
        row.expect("it is there").chat
    };
    scene.world.lines.cut("http://bank.example", true);
    scene.world.relay_ms = SELDOM_MS;
    scene.all_say("on day 0");
    // Of each room one says something who is at its hub, and one who is not.
    let acts = [
        (dora, "a", say(ActKind::Questioned, "Which account?")),
        (boris, "b", NewAct::Withdraw { note: None }),
        (boris, "c", say(ActKind::Answered, "This one.")),
        (dora, "d", NewAct::Withdraw { note: None }),
    ];
    for (who, subject, act) in acts {
        let chat = chat_of(&mut scene, who, subject);
        assert_eq!(scene.world.acts(who, &chat, act), Outcome::Done);
    }
    scene.asks(boris, "dora@bank.example", "e", true);
    scene.asks(dora, "boris@north.example", "f", true);
    for day in 1..=count {
        scene.day();
        scene.all_say(&format!("on day {day}"));
        let forget = if forgets && day == 3 { FORGET } else { "" };
        match day {
            3 => scene.world.start_server_anew(OFFICE, forget),
            4 => scene.world.start_server_anew(BANK, ""),
            5 => scene.world.start_server_anew(OFFICE, ""),
            6 => scene.everybody().into_iter().for_each(|who| {
                scene.world.crash(who);
                scene.world.start(who);
            }),
            _ => {}
        }
    }
    scene.world.lines.heal();
    scene.world.relay_ms = 200;
    scene.world.advance(SELDOM_MS + CONVERGED_MS);
    scene
}

#[test]
fn what_waited_for_a_week_comes_once_and_in_order() {
    let mut scene = days(8, false);
    let all: Vec<Has> = scene.everybody().map(|who| scene.has(who)).into();
    for (has, who) in all.iter().zip(scene.everybody()) {
        let name = scene.world.of(who).name;
        assert_eq!(has.north, all[0].north, "{name}");
        assert_eq!(has.harbour, all[0].harbour, "{name}");
    }
    for texts in [&all[0].north, &all[0].harbour] {
        // Ten rounds of four, each person's in the order in which he said them.
        assert_eq!(texts.len(), 40, "{texts:?}");
        for name in ["Anna", "Boris", "Clara", "Dora"] {
            let own: Vec<&String> = texts.iter().filter(|it| it.starts_with(name)).collect();
            assert!(
                own.is_sorted_by(|one, other| one < other || one.ends_with("before")),
                "{own:?}"
            );
            assert_eq!(own.len(), 10);
        }
    }
    let (boris, dora) = (&all[1].requests, &all[3].requests);
    assert_eq!(boris, dora);
    let states: Vec<(&str, RequestState, &[String])> = boris
        .iter()
        .map(|it| (it.subject.as_str(), it.state, &it.files[..]))
        .collect();
    let (none, file): (&[String], &[String]) = (&[], &["order.pdf".to_owned()]);
    assert_eq!(
        states,
        [
            ("a", RequestState::Questioned, none),
            ("b", RequestState::Withdrawn, none),
            ("c", RequestState::Answered, none),
            ("d", RequestState::Withdrawn, none),
            ("e", RequestState::Submitted, file),
            ("f", RequestState::Submitted, file),
        ]
    );
    let all_count = |it: &Stands| it.acts.iter().all(|act| act.1 == Standing::Counts);
    assert!(boris.iter().all(all_count), "{boris:?}");
    scene.is_well();
}

#[test]
fn without_what_a_hub_keeps_the_week_is_lost() {
    let mut scene = days(4, true);
    let there = scene.has(scene.dora);
    assert!(there.north.len() < 24, "{:?}", there.north);
    let asked = |subject: &str| there.requests.iter().any(|it| it.subject == subject);
    assert!(asked("a") && asked("d"), "what was there stays");
    let here = scene.has(scene.boris);
    assert_ne!(here.requests, there.requests);
}

impl Scene {
    /// Nothing was lost that was under way, and it goes on: a new room, with key packages from before.
    fn is_well(&mut self) {
        all_quiet(&mut self.world);
        let dora = self.world.find_person(self.anna, "dora@bank.example");
        let chat = self.world.group_of(self.anna, "Afterwards", vec![dora]);
        self.world.advance(CONVERGED_MS);
        self.world.says(self.dora, &chat, "here");
        self.world.advance(CONVERGED_MS);
        assert_eq!(self.world.texts(self.anna, &chat), ["here"]);
    }
}

//! Receipts of both servers: asked for until all of them are here, in every bundle, and proven by time tokens.

use valise_client::{Guard, Guards};
use valise_evidence::verify::Subject;
use valise_evidence::verify::{
    Clock, Expected, Fault, Remark, Row, Stamp, Stamped, Standing, Verdict, verify,
};
use valise_evidence::{ActKind as Kind, Event, Receipt, sign1};
use valise_tests::case::Way;
use valise_tests::says;
use valise_tests::sim::{Answers, Who, World};
use valise_timestamp::{Imprint, verify_alone};
use valise_views::request::{ActKind, Ends, NewAct};
use valise_views::{Alarm, ChatId, Outcome, RequestFilter};
use valise_wire::Octets;
use valise_wire::request::{Reply, Request};

const BANK: &str = "http://bank.example";
const DAY: u64 = 24 * 60 * 60 * 1000;

/// Boris of the office asked Dora of the bank. Both servers give timestamps.
pub struct Scene {
    pub world: World,
    pub boris: Who,
    pub dora: Who,
    pub there: ChatId,
    pub here: ChatId,
}

fn scene(seed: u64) -> Scene {
    ending(seed, Ends::Never)
}

/// The same of a request that ends by itself, or does not.
pub fn ending(seed: u64, ends: Ends) -> Scene {
    let mut world = World::stamping(seed);
    let bank = world.add_server("bank.example");
    let [anna, boris] = world.team(["Anna", "Boris"]);
    let clara = world.found_at(bank, "Harbour Bank", "Clara");
    let dora = world.join(clara, "Dora");
    world.make_partners(anna, clara);
    world.advance(60_000);
    let person = world.find_person(boris, "dora@bank.example");
    let mut request = World::request_to(person, "the account");
    request.ends = ends;
    let there = world.asks(boris, request);
    let here = world.requests(dora, RequestFilter::Open)[0].chat.clone();
    Scene {
        world,
        boris,
        dora,
        there,
        here,
    }
}

impl Scene {
    fn answered(&mut self) {
        self.world.opens(self.dora, &self.here);
        self.world.settle();
        let (dora, here) = (self.dora, self.here.clone());
        self.world
            .replies(dora, &here, ActKind::Answered, "It is with us.", vec![]);
    }

    fn bundle(&mut self, who: Who) -> Vec<u8> {
        let chat = if who == self.boris {
            &self.there
        } else {
            &self.here
        };
        let chat = chat.clone();
        self.world.exports(who, &chat).expect("a bundle").1
    }

    /// What somebody reads in the bundle of somebody who knows both organisations and, perhaps, their authorities.
    pub fn verdict(&mut self, who: Who, is_known: bool) -> Verdict {
        let bytes = self.bundle(who);
        let people = [self.boris, self.dora];
        let fingerprints = people.map(|who| self.world.partners_of(who).fingerprint);
        verdict_of(&bytes, fingerprints.to_vec(), is_known)
    }
}

/// What a reader finds in a bundle who knows the authorities behind its times, or none of them.
pub fn verdict_of(bundle: &[u8], fingerprints: Vec<String>, is_known: bool) -> Verdict {
    let token = |over: Stamped<'_>, token: &[u8]| {
        let imprint = match over {
            Stamped::Signature(signature) => Imprint::of_cose_signature(signature),
            Stamped::File(bytes) => Imprint::of_bytes(bytes),
        };
        let verified = verify_alone(token, &imprint).ok()?;
        Some(Stamp {
            at: verified.time,
            authority: verified.anchor.fingerprint(),
            name: verified.anchor.subject(),
            is_known,
        })
    };
    let expected = Expected {
        fingerprints,
        token: Some(&token),
    };
    verify(bundle, &expected)
}

fn said(verdict: &Verdict) -> Vec<&Row> {
    let is_said = |row: &&Row| {
        matches!(
            row.subject,
            Subject::Request(_) | Subject::Response(_) | Subject::Act(_)
        )
    };
    verdict.rows.iter().filter(is_said).collect()
}

fn events(verdict: &Verdict) -> Vec<Event> {
    let event = |row: &Row| match row.subject {
        Subject::Receipt(event) => Some(event),
        _ => None,
    };
    verdict.rows.iter().filter_map(event).collect()
}

#[test]
fn both_servers_say_what_they_saw_and_a_bundle_proves_when() {
    let mut scene = scene(170);
    scene.answered();
    assert_eq!(
        scene
            .world
            .acts(scene.boris, &scene.there.clone(), NewAct::Confirm),
        Outcome::Done
    );
    scene.world.advance(120_000);
    for who in [scene.boris, scene.dora] {
        let verdict = scene.verdict(who, true);
        assert!(verdict.is_sound(), "{verdict:#?}");
        let said = said(&verdict);
        assert_eq!(
            said.len(),
            5,
            "request, received, answer, answered, confirmed"
        );
        for row in said {
            assert_eq!((row.what, row.when), (Standing::Proven, Standing::Proven));
            assert!(matches!(row.clock, Some(Clock::Authority(..))), "{row:?}");
        }
        // Of each: taken by the signer's server, taken by the other one, fetched there.
        let events = events(&verdict);
        for event in [
            Event::SubmissionAcceptance,
            Event::RelayAcceptance,
            Event::ContentHandover,
        ] {
            assert_eq!(events.iter().filter(|it| **it == event).count(), 5);
        }
        let course = verdict.course.unwrap();
        assert!(course.answered.unwrap().is_observed && !course.was_late);
    }
    // What is sent into a room that lives elsewhere was taken at home first, and not when it came back.
    let verdict = scene.verdict(scene.dora, true);
    let bank = verdict.request.as_ref().unwrap().addressee.organisation;
    let times = |wanted: Event, by_bank: bool| {
        let of = |row: &&Row| {
            row.subject == Subject::Receipt(wanted) && (row.organisation == Some(bank)) == by_bank
        };
        let mut times: Vec<_> = verdict.rows.iter().filter(of).map(|row| row.at).collect();
        times.sort();
        times
    };
    let (sent, taken) = (
        times(Event::SubmissionAcceptance, true),
        times(Event::RelayAcceptance, false),
    );
    assert_eq!(sent.len(), 3);
    assert!(sent.iter().zip(&taken).all(|(sent, taken)| sent <= taken));
    // To who does not know the authorities a server says it, and nobody else.
    let verdict = scene.verdict(scene.boris, false);
    assert!(verdict.is_sound());
    assert!(
        said(&verdict)
            .iter()
            .all(|row| row.when == Standing::Asserted)
    );
    assert!(
        verdict
            .rows
            .iter()
            .any(|row| row.remarks.contains(&Remark::CompareAuthority))
    );
    for who in scene.world.everybody() {
        assert!(scene.world.alarms(who).is_empty());
    }
}

#[test]
fn receipts_come_when_the_partner_is_back() {
    let mut scene = scene(171);
    scene.answered();
    scene.world.advance(120_000);
    scene.world.lines.cut(BANK, true);
    let withdrawn = scene.world.now;
    let confirm = scene
        .world
        .acts(scene.boris, &scene.there.clone(), NewAct::Confirm);
    assert_eq!(confirm, Outcome::Done);
    scene.world.advance(3 * DAY);
    let of_confirming = |verdict: &Verdict| {
        let rows = verdict.rows.iter();
        let mut acts = rows.filter(|row| row.subject == Subject::Act(Kind::Confirmed));
        acts.next().cloned().expect("the act")
    };
    let alone = scene.verdict(scene.boris, true);
    assert!(alone.is_sound());
    let row = of_confirming(&alone);
    assert_eq!(row.when, Standing::Proven, "by the own server");
    assert!(row.at.unwrap().millis_since(withdrawn) < 60_000);
    let before = events(&alone).len();
    // What was not there is asked for after a crash, too, and by a server that was started again.
    scene.world.crash(scene.boris);
    scene.world.restart_server();
    scene.world.lines.cut(BANK, false);
    scene.world.start(scene.boris);
    scene.world.advance(DAY);
    let both = scene.verdict(scene.boris, true);
    assert!(both.is_sound(), "{both:#?}");
    assert_eq!(events(&both).len(), before + 2);
    let row = of_confirming(&both);
    assert!(row.at.unwrap().millis_since(withdrawn) >= 3 * DAY);
    let course = both.course.unwrap();
    assert!(!course.was_late, "by the log that both sides read");
}

/// The office's server hands Boris receipts in which it changed something.
fn tampers(scene: &mut Scene) {
    let boris = scene.boris;
    scene.world.saboteur = Box::new(Answers(move |to: Who, _: &Request, reply| match reply {
        Reply::Receipts(mut all) if to == boris => {
            for bytes in &mut all.receipts {
                *bytes = Octets(earlier(&bytes.0));
            }
            Reply::Receipts(all)
        }
        reply => reply,
    }));
}

/// The same receipt, which says another time.
fn earlier(bytes: &[u8]) -> Vec<u8> {
    let at = sign1::read::<Receipt>(bytes).unwrap().claims().at;
    let (from, to) = (at.0.to_be_bytes(), (at.0 - 365 * DAY).to_be_bytes());
    let place = bytes.windows(8).position(|part| part == from).unwrap();
    [&bytes[..place], &to, &bytes[place + 8..]].concat()
}

#[test]
fn t159_what_a_server_did_not_sign_is_not_kept() {
    let run = |way: Way| {
        let mut scene = scene(172);
        let (boris, guards) = (scene.boris, way.guards);
        scene.world.guard(boris, guards);
        if way.attacked {
            tampers(&mut scene);
        }
        scene.answered();
        scene.world.advance(120_000);
        let verdict = scene.verdict(boris, true);
        (verdict, scene.world.alarms(boris))
    };
    let (verdict, alarms) = run(Way::HONEST);
    assert!(verdict.is_sound() && alarms.is_empty());
    let (verdict, alarms) = run(Way::ATTACKED);
    assert!(verdict.is_sound(), "{verdict:#?}");
    assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
    let (verdict, _) = run(Way::with(Guards::ALL.without(Guard::Attested)));
    let forged = Fault::Broken(valise_evidence::Breach::Forged);
    assert!(
        verdict.faults().any(|(_, fault)| fault == forged),
        "a bundle says so"
    );
}

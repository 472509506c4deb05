//! Time tokens over bundles and seals: there when somebody gives them, waited for a moment, and none that would spoil what it stands beside.

use super::seals::{Scene, scene_in};
use valise_client::{Guard, Guards};
use valise_evidence::verify::{Clock, Fault, Row, Standing, Subject, Verdict};
use valise_tests::case::Way;
use valise_tests::says;
use valise_tests::sim::{self, Answers, Honest, Saboteur, Who, World};
use valise_views::request::Asks;
use valise_views::{Alarm, ChatId, Command, Outcome, RequestFilter};
use valise_wire::request::{Reply, Request};
use valise_wire::{Octets, Timestamp};

/// Longest time that anything waits for its token.
pub const PATIENCE_MILLIS: u64 = 5_000;

/// A server that keeps time tokens to itself.
pub struct Silent;

impl Saboteur for Silent {
    fn request(&mut self, _: Who, request: Request, _: Timestamp) -> sim::Verdict {
        match request {
            Request::GetTimeToken(_) => sim::Verdict::Swallow,
            request => sim::Verdict::Pass(request),
        }
    }
}

/// A server that answers with tokens in which something is another.
fn tampering() -> Box<dyn Saboteur> {
    Box::new(Answers(|_: Who, _: &Request, reply| match reply {
        Reply::TimeToken(mut given) => {
            given.token = given.token.map(|token| {
                let mut bytes = token.0;
                *bytes.last_mut().unwrap() ^= 1;
                Octets(bytes)
            });
            Reply::TimeToken(given)
        }
        reply => reply,
    }))
}

/// Boris asked, Emil released, and everything has come.
fn released(seed: u64, before: impl FnOnce(&mut Scene)) -> (Scene, ChatId) {
    let mut scene = scene_in(World::stamping(seed), Asks::FourEyes);
    before(&mut scene);
    let chat = scene.boris_asks("the account");
    let emil = scene.emil;
    scene.releases(emil);
    scene.world().advance(120_000);
    (scene, chat)
}

/// What somebody reads in a bundle who knows both organisations, and whatever authority made its tokens.
pub fn read(scene: &mut Scene, bundle: &[u8]) -> Verdict {
    let people = [scene.pair.boris, scene.pair.dora];
    let fingerprints = people.map(|who| scene.world().partners_of(who).fingerprint);
    super::receipts::verdict_of(bundle, fingerprints.to_vec(), true)
}

/// What there is to read in Boris's bundle.
fn verdict(scene: &mut Scene, chat: &ChatId) -> (Verdict, Vec<u8>) {
    let boris = scene.pair.boris;
    let (_, bundle) = scene.world().exports(boris, chat).expect("a bundle");
    (read(scene, &bundle), bundle)
}

pub fn row(verdict: &Verdict, subject: Subject) -> Option<&Row> {
    verdict.rows.iter().find(|row| row.subject == subject)
}

/// Tells whether a bundle says at its beginning that it is a container with a time over it.
fn is_timed(bundle: &[u8]) -> bool {
    bundle[38..].starts_with(b"application/vnd.etsi.asic-e+zip")
}

#[test]
fn a_bundle_and_a_seal_have_their_times_and_say_whose_clock_it_was() {
    let (mut scene, chat) = released(420, |_| {});
    let exported = scene.world().now;
    let (verdict, bundle) = verdict(&mut scene, &chat);
    assert!(verdict.is_sound(), "{verdict:#?}");
    assert!(is_timed(&bundle));
    for subject in [Subject::Whole, Subject::Seal] {
        let row = row(&verdict, subject).expect("a row");
        assert_eq!((row.what, row.when), (Standing::Proven, Standing::Proven));
        assert!(matches!(row.clock, Some(Clock::Stamp(..))), "{row:?}");
    }
    let whole = row(&verdict, Subject::Whole).unwrap();
    assert!(whole.at.unwrap().plus_millis(1_000) >= exported);
    let emil = scene.emil;
    assert!(scene.world().alarms(emil).is_empty());
}

#[test]
fn who_asks_and_may_seal_has_the_time_over_his_own_seal() {
    let mut scene = scene_in(World::stamping(421), Asks::Sealed);
    let emil = scene.emil;
    let dora = scene.world().find_person(emil, "dora@bank.example");
    let chat = scene
        .world()
        .asks(emil, World::request_to(dora, "the card"));
    scene.world().advance(120_000);
    let (_, bundle) = scene.world().exports(emil, &chat).unwrap();
    let verdict = read(&mut scene, &bundle);
    assert!(verdict.is_sound());
    let seal = row(&verdict, Subject::Seal).expect("a seal");
    assert_eq!((seal.what, seal.when), (Standing::Proven, Standing::Proven));
    let dora = scene.pair.dora;
    assert_eq!(scene.world().requests(dora, RequestFilter::Open).len(), 1);
}

#[test]
fn where_nobody_gives_the_time_a_bundle_is_as_it_always_was() {
    let mut scene = scene_in(World::new(422), Asks::FourEyes);
    let chat = scene.boris_asks("the account");
    let emil = scene.emil;
    scene.releases(emil);
    scene.world().advance(60_000);
    let boris = scene.pair.boris;
    let (_, bundle) = scene.world().exports(boris, &chat).unwrap();
    assert!(!is_timed(&bundle));
    let verdict = read(&mut scene, &bundle);
    assert!(verdict.is_sound() && row(&verdict, Subject::Whole).is_none());
}

/// T209.
#[test]
fn t209_a_server_that_keeps_tokens_back_holds_nothing_up() {
    let silence = |scene: &mut Scene| scene.world().saboteur = Box::new(Silent);
    let (mut scene, chat) = released(423, silence);
    let begun = scene.world().now;
    let (verdict, bundle) = verdict(&mut scene, &chat);
    assert!(scene.world().now.millis_since(begun) <= 2 * PATIENCE_MILLIS);
    assert!(verdict.is_sound() && !is_timed(&bundle));
    let seal = row(&verdict, Subject::Seal).expect("it went without one");
    assert_eq!(
        (seal.what, seal.when),
        (Standing::Proven, Standing::NotProven)
    );
    // Without a line nothing is waited for at all.
    scene.world().saboteur = Box::new(Honest);
    let boris = scene.pair.boris;
    scene.world().set_online(boris, false);
    let begun = scene.world().now;
    assert!(scene.world().exports(boris, &chat).is_ok());
    assert!(scene.world().now.millis_since(begun) < 1_000);
}

/// T207.
#[test]
fn t207_a_token_that_does_not_hold_spoils_no_bundle() {
    let run = |way: Way| {
        let (mut scene, chat) = released(424, |_| {});
        let boris = scene.pair.boris;
        scene.world().guard(boris, way.guards);
        if way.attacked {
            scene.world().saboteur = tampering();
        }
        let (verdict, bundle) = verdict(&mut scene, &chat);
        (verdict, is_timed(&bundle), scene.world().alarms(boris))
    };
    let (verdict, timed, alarms) = run(Way::HONEST);
    assert!(verdict.is_sound() && timed && alarms.is_empty());
    let (verdict, timed, alarms) = run(Way::ATTACKED);
    assert!(verdict.is_sound() && !timed);
    assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
    let (verdict, timed, _) = run(Way::without(Guard::TimeTokens));
    assert!(timed && verdict.faults().any(|(_, fault)| fault == Fault::Token));
}

/// T207: by the keeper's server, and by a keeper whose client takes what it gets.
#[test]
fn t207_a_token_that_does_not_hold_spoils_no_seal() {
    let careless = Guards::ALL.without(Guard::TimeTokens);
    let run = |keeper: Guards, asker: Guards| {
        let (mut scene, chat) = released(425, |scene| {
            let (emil, boris) = (scene.emil, scene.pair.boris);
            scene.world().guard(emil, keeper);
            scene.world().guard(boris, asker);
            scene.world().saboteur = tampering();
        });
        scene.world().saboteur = Box::new(Honest);
        let (verdict, _) = verdict(&mut scene, &chat);
        let seal = row(&verdict, Subject::Seal).expect("a seal").clone();
        (verdict.is_sound(), seal)
    };
    for (keeper, asker) in [(Guards::ALL, Guards::ALL), (careless, Guards::ALL)] {
        let (is_sound, seal) = run(keeper, asker);
        assert!(is_sound, "{seal:?}");
        assert_eq!(
            (seal.what, seal.when),
            (Standing::Proven, Standing::NotProven)
        );
    }
    let (is_sound, seal) = run(careless, careless);
    assert!(!is_sound && seal.faults == [Fault::Token], "{seal:?}");
}

#[test]
fn a_crash_while_a_token_is_waited_for_loses_no_seal() {
    for asks in [Asks::FourEyes, Asks::Sealed] {
        let mut scene = scene_in(World::stamping(426), asks);
        let (emil, boris, dora) = (scene.emil, scene.pair.boris, scene.pair.dora);
        scene.world().saboteur = Box::new(Silent);
        let keeper = match asks {
            Asks::FourEyes => {
                scene.boris_asks("the card");
                let id = scene.waits_for(emil)[0].id.clone();
                let released = scene.world().tell(emil, Command::Release(id));
                assert_eq!(released, Outcome::Done);
                [emil, boris]
            }
            _ => {
                let person = scene.world().find_person(emil, "dora@bank.example");
                let request = Box::new(World::request_to(person, "the card"));
                scene.world().ask(emil, Command::Request(request));
                [emil, emil]
            }
        };
        scene.world().advance(PATIENCE_MILLIS / 5);
        for who in keeper {
            scene.world().crash(who);
            scene.world().start(who);
        }
        scene.world().advance(60_000);
        let arrived = scene.world().requests(dora, RequestFilter::Open);
        assert_eq!(arrived.len(), 1, "{asks:?}");
        assert_eq!(arrived[0].doubt, None);
    }
}

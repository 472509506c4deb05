//! Time tokens over seals on answers: they prove that a seal was made while its keeper could seal, and nobody waits for one for long.

use super::answer_seals::{Asked, asked_in};
use super::stamping::{PATIENCE_MILLIS, Silent, read, row};
use valise_client::{Guard, Guards};
use valise_evidence::verify::{Clock, Fault, Remark, Row, Standing, Subject, Verdict};
use valise_tests::says;
use valise_tests::sim::{self, Honest, Saboteur, Who, World};
use valise_views::request::{ActKind, NewAct};
use valise_views::{Alarm, ChatId, Command, Outcome};
use valise_wire::Timestamp;
use valise_wire::request::Request;

/// A server that has other bytes stamped than it is shown: its tokens are whole, and over something else.
struct Elsewhere;

impl Saboteur for Elsewhere {
    fn request(&mut self, _: Who, request: Request, _: Timestamp) -> sim::Verdict {
        sim::Verdict::Pass(match request {
            Request::GetTimeToken(mut asked) => {
                asked.digest[0] ^= 1;
                Request::GetTimeToken(asked)
            }
            request => request,
        })
    }
}

/// When an answer is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// As it is given, by the keeper who gives it.
    AtOnce,
    /// After it has come, by a colleague.
    Later,
}

const BOTH: [When; 2] = [When::AtOnce, When::Later];

/// Somebody of the bank asked, and Emil has the office's answer sealed where his server does as it is told.
fn sealed(seed: u64, when: When, before: impl FnOnce(&mut Asked)) -> Asked {
    let pick: fn(&super::seals::Scene) -> Who = match when {
        When::AtOnce => |scene| scene.emil,
        When::Later => |scene| scene.pair.boris,
    };
    let mut asked = asked_in(World::stamping(seed), pick);
    before(&mut asked);
    let emil = asked.scene.emil;
    asked.answers(ActKind::Answered);
    if when == When::Later {
        asked.brings_in(emil);
        asked.seals(emil);
    }
    asked.scene.world().advance(120_000);
    asked
}

/// What there is to read in somebody's bundle.
fn verdict(asked: &mut Asked, who: Who) -> Verdict {
    let chat: ChatId = asked.there.clone();
    let exported = asked.scene.world().exports(who, &chat);
    let (_, bundle) = exported.expect("a bundle");
    read(&mut asked.scene, &bundle)
}

fn seal(verdict: &Verdict) -> &Row {
    row(verdict, Subject::Seal).expect("a seal")
}

/// T227.
#[test]
fn t227_a_seal_on_an_answer_has_its_time_and_outlives_its_keepers_mandate() {
    for (when, silent) in BOTH.map(|when| [(when, false), (when, true)]).concat() {
        let mut asked = sealed(430, when, |asked| {
            if silent {
                asked.scene.world().saboteur = Box::new(Silent);
            }
        });
        asked.scene.world().saboteur = Box::new(Honest);
        let (dora, boris, emil) = (
            asked.scene.pair.dora,
            asked.scene.pair.boris,
            asked.scene.emil,
        );
        let sealed_at = asked.scene.world().now;
        let now = verdict(&mut asked, dora);
        assert!(now.is_sound(), "{now:#?}");
        assert_eq!(seal(&now).what, Standing::Proven);
        assert_eq!(seal(&now).when == Standing::Proven, !silent);
        asked.scene.keeper(emil, false);
        asked.scene.world().advance(60_000);
        for who in [dora, boris] {
            if who == boris && when == When::AtOnce {
                continue; // He is not in the room.
            }
            let later = verdict(&mut asked, who);
            assert!(later.is_sound(), "{later:#?}");
            let seal = seal(&later);
            let proven = match silent {
                false => Standing::Proven,
                true => Standing::NotProven,
            };
            assert_eq!((seal.what, seal.when), (proven, proven), "{when:?}");
            assert_eq!(seal.remarks.contains(&Remark::EndedLater), silent);
            if !silent {
                assert!(matches!(seal.clock, Some(Clock::Stamp(..))), "{seal:?}");
                assert!(seal.at.unwrap() <= sealed_at);
            }
        }
    }
}

#[test]
fn who_comes_later_is_told_the_time_of_a_seal_too() {
    for when in BOTH {
        let mut asked = sealed(431, when, |_| {});
        let (dora, clara) = (asked.scene.pair.dora, asked.scene.pair.clara);
        let (chat, world) = (asked.there.clone(), asked.scene.world());
        let people = vec![world.id_of(dora, clara)];
        let bring = Command::AddMembers { chat, people };
        assert_eq!(world.tell(dora, bring), Outcome::Done);
        world.advance(60_000);
        let verdict = verdict(&mut asked, clara);
        assert!(verdict.is_sound());
        assert_eq!(seal(&verdict).when, Standing::Proven, "{when:?}");
        asked.scene.is_calm();
    }
}

/// T207, T227: by the keeper's server, and by a keeper whose client takes what it gets.
#[test]
fn t227_a_token_over_something_else_is_put_beside_no_seal_on_an_answer() {
    let careless = Guards::ALL.without(Guard::TimeTokens);
    let run = |when: When, keeper: Guards, asker: Guards| {
        let mut asked = sealed(432, when, |asked| {
            let (emil, dora) = (asked.scene.emil, asked.scene.pair.dora);
            asked.scene.world().guard(emil, keeper);
            asked.scene.world().guard(dora, asker);
            asked.scene.world().saboteur = Box::new(Elsewhere);
        });
        asked.scene.world().saboteur = Box::new(Honest);
        let (emil, dora) = (asked.scene.emil, asked.scene.pair.dora);
        let alarms = asked.scene.world().alarms(emil);
        let verdict = verdict(&mut asked, dora);
        let seal = seal(&verdict).clone();
        let is_told = says!(alarms, Alarm::ServerMisbehaved { .. });
        (verdict.is_sound(), seal, is_told)
    };
    for when in BOTH {
        for keeper in [Guards::ALL, careless] {
            let (is_sound, seal, is_told) = run(when, keeper, Guards::ALL);
            assert!(is_sound, "{seal:?}");
            let standing = (seal.what, seal.when);
            assert_eq!(standing, (Standing::Proven, Standing::NotProven));
            assert_eq!(is_told, keeper == Guards::ALL, "{when:?}");
        }
        let (is_sound, seal, _) = run(when, careless, careless);
        assert!(!is_sound && seal.faults == [Fault::Token], "{seal:?}");
    }
}

/// T209.
#[test]
fn t209_an_answer_goes_without_a_time_when_none_comes() {
    for when in BOTH {
        let mut asked = sealed(433, when, |asked| {
            asked.scene.world().saboteur = Box::new(Silent);
        });
        let dora = asked.scene.pair.dora;
        assert_eq!(asked.sealed_by(dora).as_deref(), Some("Emil"), "{when:?}");
    }
    let mut asked = asked_in(World::stamping(434), |scene| scene.emil);
    asked.scene.world().saboteur = Box::new(Silent);
    let (dora, emil, here) = (asked.scene.pair.dora, asked.who, asked.here.clone());
    let world = asked.scene.world();
    world.replies(emil, &here, ActKind::Answered, "Here it is.", vec![]);
    world.advance(2 * PATIENCE_MILLIS);
    assert_eq!(asked.sealed_by(dora).as_deref(), Some("Emil"));
}

#[test]
fn a_crash_while_the_time_of_a_seal_is_waited_for_loses_no_answer() {
    for when in BOTH {
        let mut asked = match when {
            When::AtOnce => asked_in(World::stamping(435), |scene| scene.emil),
            When::Later => asked_in(World::stamping(435), |scene| scene.pair.boris),
        };
        let (emil, dora) = (asked.scene.emil, asked.scene.pair.dora);
        let here = asked.here.clone();
        if when == When::Later {
            asked.answers(ActKind::Answered);
            asked.brings_in(emil);
        }
        asked.scene.world().saboteur = Box::new(Silent);
        match when {
            When::AtOnce => {
                let answered = NewAct::Say {
                    kind: ActKind::Answered,
                    text: "Here it is.".into(),
                    files: vec![],
                    ground: None,
                };
                let act = Command::Act {
                    chat: here,
                    act: Box::new(answered),
                };
                assert_eq!(asked.scene.world().tell(emil, act), Outcome::Done);
            }
            When::Later => {
                let answer = asked.offered(emil).expect("it is offered");
                let seal = Command::SealAnswer(answer);
                assert_eq!(asked.scene.world().tell(emil, seal), Outcome::Done);
            }
        }
        let world = asked.scene.world();
        world.advance(PATIENCE_MILLIS / 5);
        world.crash(emil);
        world.start(emil);
        world.advance(60_000);
        assert_eq!(asked.sealed_by(dora).as_deref(), Some("Emil"), "{when:?}");
    }
}

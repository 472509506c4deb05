//! Seals on answers by who may not seal them: each case is run honestly, attacked, and attacked where nobody looks at it.

use super::answer_seals::{Asked, asked};
use super::seals::{Scene, scene};
use valise_client::content::Meaning;
use valise_client::{Guard, Guards};
use valise_directory::Name;
use valise_evidence::seal::{SealSecret, Sealed};
use valise_evidence::{Binding, Digest, Party, Response, sign1};
use valise_tests::case::Way;
use valise_tests::sim::Insider;
use valise_views::request::{ActKind, AnswerSeal, Asks};
use valise_views::{ChatId, Command, MessageId, Outcome};
use valise_wire::{AccountId, to_bytes};

/// Boris has answered Dora; Emil, who may seal, is in the room. Dora reads as `way` says.
fn answered(seed: u64, way: Way) -> Asked {
    let mut asked = asked(seed, |scene| scene.pair.boris);
    let (dora, emil) = (asked.scene.pair.dora, asked.scene.emil);
    asked.scene.world().guard(dora, way.guards);
    asked.answers(ActKind::Answered);
    asked.brings_in(emil);
    asked
}

fn is_believed(asked: &mut Asked) -> bool {
    let dora = asked.scene.pair.dora;
    asked.sealed_by(dora).is_some()
}

#[test]
fn t220_who_may_not_seal_seals_no_answer() {
    let run = |way: Way| {
        let mut asked = asked(30, |scene| scene.pair.boris);
        let (dora, boris) = (asked.scene.pair.dora, asked.who);
        asked.scene.world().guard(dora, way.guards);
        if way.attacked {
            // His device seals what he answers as those of keepers do.
            let eager = Guards::ALL.without(Guard::AnswerSeals);
            asked.scene.world().guard(boris, eager);
        }
        asked.answers(ActKind::Answered);
        is_believed(&mut asked)
    };
    assert!(!run(Way::HONEST) && !run(Way::ATTACKED));
    assert!(run(Way::without(Guard::AnswerSeals)), "it is believed");
}

#[test]
fn t221_nobody_seals_what_the_other_side_answers() {
    let run = |way: Way| {
        let mut asked = answered(31, way);
        let (clara, dora, boris) = (asked.scene.pair.clara, asked.scene.pair.dora, asked.who);
        let person = asked.scene.world().id_of(clara, dora);
        let may = Command::SetKeeper { person, may: true };
        assert_eq!(asked.scene.world().tell(clara, may), Outcome::Done);
        asked.scene.world().advance(60_000);
        // Dora would seal it for her bank, as if Boris's office were one with it.
        let eager = Guards::ALL.without(Guard::AnswerSeals);
        asked.scene.world().guard(dora, eager);
        asked.scene.world().guard(boris, way.guards);
        if way.attacked {
            let store = asked.scene.world().of(dora).open_store();
            let query = "SELECT message FROM signed WHERE sort = 1";
            let answer: i64 = store.query_row(query, [], |row| row.get(0)).unwrap();
            drop(store);
            let answer = MessageId(answer.to_string());
            let seal = Command::SealAnswer(answer);
            assert_eq!(asked.scene.world().tell(dora, seal), Outcome::Done);
            asked.scene.world().advance(20_000);
        }
        let is_believed = matches!(asked.seal(boris), Some(AnswerSeal::Sealed(_)));
        let alarms = asked.scene.world().alarms(boris).len();
        (is_believed, alarms)
    };
    assert_eq!(run(Way::HONEST), (false, 0));
    assert_eq!(run(Way::ATTACKED), (false, 1), "and he is told");
    assert!(run(Way::without(Guard::AnswerSeals)).0, "it is believed");
}

/// Boris asks; Dora of the bank has answered, and Clara may seal for it. Eve, a colleague of Boris, is in the room.
fn with_eve(seed: u64, way: Way) -> (Scene, Insider, ChatId) {
    let mut scene = scene(seed, Asks::Freely);
    let (anna, boris) = (scene.pair.anna, scene.pair.boris);
    let (clara, dora) = (scene.pair.clara, scene.pair.dora);
    let person = scene.world().id_of(dora, clara);
    let may = Command::SetKeeper { person, may: true };
    assert_eq!(scene.world().tell(clara, may), Outcome::Done);
    scene.world().guard(boris, way.guards);
    let link = scene.world().invite(anna, "Eve");
    let mut eve = Insider::join(scene.world(), &link, "Eve");
    scene.world().advance(60_000);
    let there = scene.boris_asks("the letter");
    let bring = Command::AddMembers {
        chat: there.clone(),
        people: vec![eve.person()],
    };
    assert_eq!(scene.world().tell(boris, bring), Outcome::Done);
    scene.world().advance(20_000);
    scene
        .world()
        .replies(dora, &there, ActKind::Answered, "Here it is.", vec![]);
    scene.world().advance(20_000);
    eve.follow(scene.world());
    (scene, eve, there)
}

/// Eve says a seal on the answer, with keys of her own making, as if Clara had made it.
fn eve_seals(scene: &mut Scene, eve: &mut Insider, there: &ChatId) {
    let (boris, clara, dora) = (scene.pair.boris, scene.pair.clara, scene.pair.dora);
    let room = scene.world().room_of(there);
    let store = scene.world().of(boris).open_store();
    let query = "SELECT body FROM signed WHERE room = ?1 AND sort = 1";
    let bytes: Vec<u8> = store
        .query_row(query, [room.0], |row| row.get(0))
        .expect("it is signed");
    drop(store);
    let read = sign1::read::<Response>(&bytes).expect("an answer");
    let response = read.claims().clone();
    let clara = scene.world().id_of(dora, clara);
    let sealed = Sealed {
        keeper: Party {
            account: AccountId::from_hex(&clara.0).expect("an account"),
            directory: 1_000,
            name: Name::parse("Clara").unwrap(),
            ..response.signer
        },
        request: response.request,
        object: Digest::of(&bytes),
        at: scene.world().now,
    };
    let asks = eve.organisation();
    let keys = SealSecret::from_seeds([1; 32], [2; 32]);
    let seal = to_bytes(&keys.seal(sealed, &Binding { asks, room }));
    let mut content = eve.content(room, &Meaning::Release(seal));
    content.sequence = 0;
    eve.says(scene.world(), room, &content);
    scene.world().advance(20_000);
}

#[test]
fn t222_nobody_seals_for_somebody_else() {
    let run = |way: Way| {
        let (mut scene, mut eve, there) = with_eve(32, way);
        let boris = scene.pair.boris;
        if way.attacked {
            eve_seals(&mut scene, &mut eve, &there);
        }
        let acts = scene.world().opens(boris, &there).acts;
        let answer = acts.into_iter().rfind(|act| act.letter.is_some());
        let is_believed = match answer.expect("an answer").seal {
            Some(AnswerSeal::Sealed(seal)) => seal.by == "Clara",
            _ => false,
        };
        (is_believed, scene.world().alarms(boris).len())
    };
    assert_eq!(run(Way::HONEST), (false, 0));
    assert_eq!(run(Way::ATTACKED), (false, 1), "and he is told");
    assert!(run(Way::without(Guard::AnswerSeals)).0, "it is believed");
}

#[test]
fn t223_a_seal_of_an_organisation_that_stopped_everything_counts_for_nothing() {
    let run = |way: Way| {
        let mut asked = answered(33, way);
        let emil = asked.scene.emil;
        // His device was stolen, and does not keep to what the registrar said.
        let stolen = Guards::ALL.without(Guard::Waits);
        asked.scene.world().guard(emil, stolen);
        if way.attacked {
            asked.scene.anna_says(Command::StopRequests(true));
        }
        asked.seals(emil);
        is_believed(&mut asked)
    };
    assert!(run(Way::HONEST), "the control: otherwise it counts");
    assert!(!run(Way::ATTACKED));
    assert!(run(Way::without(Guard::AnswerSeals)), "it is believed");
}

#[test]
fn t224_a_seal_that_the_hub_took_after_its_keeper_was_none_counts_for_nothing() {
    let run = |way: Way| {
        let mut asked = answered(34, way);
        let emil = asked.scene.emil;
        let answer = asked.offered(emil).expect("it is offered");
        asked.scene.world().set_online(emil, false);
        let seal = Command::SealAnswer(answer);
        assert_eq!(asked.scene.world().tell(emil, seal), Outcome::Done);
        if way.attacked {
            asked.scene.keeper(emil, false);
        }
        asked.scene.world().set_online(emil, true);
        asked.scene.world().advance(60_000);
        is_believed(&mut asked)
    };
    assert!(run(Way::HONEST), "the control: otherwise it counts");
    assert!(!run(Way::ATTACKED));
    assert!(run(Way::without(Guard::AnswerSeals)), "it is believed");
}

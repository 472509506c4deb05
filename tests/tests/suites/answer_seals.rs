//! Answers in the organisation's name: sealed at once by who may, or later by a colleague who may; whoever asked sees which.

use super::seals::{Scene, scene, scene_in};
use valise_evidence::verify::{Expected, Remark, Subject, verify};
use valise_tests::sim::{Who, World};
use valise_views::request::{ActKind, AnswerSeal, Asks};
use valise_views::{ChatId, Command, MessageId, Outcome, RequestFilter, Trouble};

/// A request of the bank to somebody of the office, of whose people Emil and Olga may seal.
pub struct Asked {
    pub scene: Scene,
    /// Who is asked.
    pub who: Who,
    /// The request as the bank has it, and as the office does.
    pub there: ChatId,
    pub here: ChatId,
}

pub fn asked(seed: u64, pick: fn(&Scene) -> Who) -> Asked {
    asked_in(World::new(seed), pick)
}

pub fn asked_in(world: World, pick: fn(&Scene) -> Who) -> Asked {
    let mut scene = scene_in(world, Asks::Freely);
    let (dora, who) = (scene.pair.dora, pick(&scene));
    let name = scene.world().of(who).name.to_lowercase();
    let person = scene
        .world()
        .find_person(dora, &format!("{name}@office.example"));
    let request = World::request_to(person, "the letter");
    let there = scene.world().asks(dora, request);
    scene.world().advance(20_000);
    let here = scene.world().requests(who, RequestFilter::Open)[0]
        .chat
        .clone();
    Asked {
        scene,
        who,
        there,
        here,
    }
}

impl Asked {
    pub fn answers(&mut self, kind: ActKind) {
        let (who, here) = (self.who, self.here.clone());
        let world = self.scene.world();
        world.replies(who, &here, kind, "Here it is.", vec![]);
        world.advance(20_000);
    }

    /// Brings somebody of the office into the room.
    pub fn brings_in(&mut self, who: Who) {
        let (by, here) = (self.who, self.here.clone());
        let people = vec![self.scene.world().id_of(by, who)];
        let bring = Command::AddMembers { chat: here, people };
        assert_eq!(self.scene.world().tell(by, bring), Outcome::Done);
        self.scene.world().advance(30_000);
    }

    /// In whose name the last answer is, as somebody sees it.
    pub fn seal(&mut self, who: Who) -> Option<AnswerSeal> {
        let chat = self.there.clone();
        let acts = self.scene.world().opens(who, &chat).acts;
        let mut answers = acts.into_iter().rev();
        let answer = answers.find(|act| act.letter.is_some());
        answer.expect("an answer").seal
    }

    /// Who sealed it, as somebody sees it.
    pub fn sealed_by(&mut self, who: Who) -> Option<String> {
        match self.seal(who)? {
            AnswerSeal::Sealed(seal) => {
                assert_eq!(seal.organisation, "Northern Office");
                Some(seal.by)
            }
            AnswerSeal::Unsealed { .. } => None,
        }
    }

    /// What somebody names to seal it.
    pub fn offered(&mut self, who: Who) -> Option<MessageId> {
        match self.seal(who)? {
            AnswerSeal::Unsealed { may_seal } => may_seal,
            AnswerSeal::Sealed(_) => None,
        }
    }

    pub fn seals(&mut self, who: Who) {
        let answer = self.offered(who).expect("it is offered");
        let seal = Command::SealAnswer(answer);
        assert_eq!(self.scene.world().tell(who, seal), Outcome::Done);
        self.scene.world().advance(20_000);
    }
}

const UNSEALED: Option<AnswerSeal> = Some(AnswerSeal::Unsealed { may_seal: None });

#[test]
fn who_may_seal_seals_what_he_answers_or_refuses_at_once() {
    for kind in [ActKind::PartlyAnswered, ActKind::Answered] {
        let mut asked = asked(1, |scene| scene.emil);
        asked.answers(kind);
        let (dora, emil) = (asked.scene.pair.dora, asked.scene.emil);
        assert_eq!(asked.sealed_by(dora).as_deref(), Some("Emil"), "{kind:?}");
        assert_eq!(asked.sealed_by(emil).as_deref(), Some("Emil"));
        asked.scene.is_calm();
    }
}

#[test]
fn what_is_asked_back_is_nobodys_answer_and_has_no_seal() {
    let mut asked = asked(2, |scene| scene.emil);
    asked.answers(ActKind::Questioned);
    let dora = asked.scene.pair.dora;
    assert_eq!(asked.seal(dora), None);
    asked.scene.is_calm();
}

#[test]
fn a_colleague_who_may_seals_later_and_everybody_sees_it() {
    let mut asked = asked(3, |scene| scene.pair.boris);
    let (boris, emil, olga) = (asked.who, asked.scene.emil, asked.scene.olga);
    let (dora, clara) = (asked.scene.pair.dora, asked.scene.pair.clara);
    asked.answers(ActKind::Answered);
    asked.brings_in(emil);
    assert_eq!(asked.seal(dora), UNSEALED, "it is only Boris's");
    assert_eq!(asked.offered(boris), None, "he may not");
    asked.seals(emil);
    for who in [emil, boris, dora] {
        assert_eq!(asked.sealed_by(who).as_deref(), Some("Emil"));
    }
    // Once is enough, and whoever comes later is told.
    asked.brings_in(olga);
    assert_eq!(asked.sealed_by(olga).as_deref(), Some("Emil"));
    let (there, world) = (asked.there.clone(), asked.scene.world());
    let people = vec![world.id_of(dora, clara)];
    let chat = there.clone();
    let bring = Command::AddMembers { chat, people };
    assert_eq!(world.tell(dora, bring), Outcome::Done);
    world.advance(30_000);
    assert_eq!(asked.sealed_by(clara).as_deref(), Some("Emil"));
    for who in [dora, boris] {
        let (_, bundle) = asked.scene.world().exports(who, &there).expect("a bundle");
        let verdict = verify(&bundle, &Expected::default());
        assert!(verdict.is_sound());
        let mut rows = verdict.rows.iter();
        let seal = rows.find(|row| row.subject == Subject::Seal);
        assert_eq!(seal.expect("a seal").by.as_deref(), Some("Emil"));
        let answer = |subject: &Subject| matches!(subject, Subject::Response(_));
        let answer = verdict.rows.iter().find(|row| answer(&row.subject));
        let remarks = &answer.expect("an answer").remarks;
        assert!(remarks.contains(&Remark::InName), "{remarks:?}");
    }
    asked.scene.is_calm();
}

#[test]
fn a_device_that_is_linked_later_knows_in_whose_name_it_was() {
    let mut asked = asked(4, |scene| scene.emil);
    asked.answers(ActKind::Answered);
    let emil = asked.scene.emil;
    let second = super::devices::linked(asked.scene.world(), emil);
    asked.scene.world().advance(120_000);
    assert_eq!(asked.sealed_by(second).as_deref(), Some("Emil"));
    asked.scene.is_calm();
}

#[test]
fn where_nobody_may_seal_nothing_is_said_of_it() {
    let mut scene = scene(5, Asks::Freely);
    let (emil, dora) = (scene.emil, scene.pair.dora);
    let person = scene.world().find_person(emil, "dora@bank.example");
    let here = scene
        .world()
        .asks(emil, World::request_to(person, "the letter"));
    let there = scene.world().requests(dora, RequestFilter::Open)[0]
        .chat
        .clone();
    scene
        .world()
        .replies(dora, &there, ActKind::Answered, "Here it is.", vec![]);
    let acts = scene.world().opens(emil, &here).acts;
    let answer = acts.iter().find(|act| act.letter.is_some());
    assert_eq!(answer.expect("an answer").seal, None);
    scene.is_calm();
}

#[test]
fn while_all_is_stopped_nothing_is_sealed() {
    let mut asked = asked(6, |scene| scene.pair.boris);
    let (emil, dora) = (asked.scene.emil, asked.scene.pair.dora);
    asked.answers(ActKind::Answered);
    asked.brings_in(emil);
    let answer = asked.offered(emil).expect("it is offered");
    asked.scene.anna_says(Command::StopRequests(true));
    assert_eq!(asked.offered(emil), None);
    let seal = Command::SealAnswer(answer);
    let refused = asked.scene.world().tell(emil, seal);
    assert_eq!(refused, Outcome::Failed(Trouble::OutOfPlace));
    asked.scene.anna_says(Command::StopRequests(false));
    asked.seals(emil);
    assert_eq!(asked.sealed_by(dora).as_deref(), Some("Emil"));
    asked.scene.is_calm();
}

//! Somebody in the room of a request who signs for others, names another text than he sends, or takes back what was said formally. Each case
//! is run honestly, attacked, and attacked without what holds it.

use rand_chacha::ChaCha8Rng;
use rand_core::SeedableRng as _;
use valise_client::content::{Content, Formal, Meaning, Saying, account_uri, message_id, room_uri};
use valise_client::{Guard, Guards};
use valise_directory::Name;
use valise_directory::keys::EvidenceKey;
use valise_evidence::{
    Act, ActKind as Kind, Binding, Digest, Party, Response, ResponseKind, sign1,
};
use valise_tests::case::Way;
use valise_tests::says;
use valise_tests::sim::{Insider, Who, World};
use valise_views::request::{NewAct, RequestState};
use valise_views::{ActKind, Alarm, Body, ChatId, Command, Outcome, RequestFilter};
use valise_wire::policy::LeafIdentity;
use valise_wire::request::Mark;
use valise_wire::{MessageId, OrganisationId, RequestId, RoomId, to_bytes};

const DOMAIN: &str = "office.example";

/// Boris of the office asked Dora of the bank, and brought Eve of the office in; then Dora answered.
struct Scene {
    world: World,
    clara: Who,
    dora: Who,
    here: ChatId,
    eve: Insider,
    room: RoomId,
    boris_leaf: LeafIdentity,
    /// Dora's answer and the act that names it, as Eve heard them.
    answer: Response,
    act: (Digest, Act),
    /// The request, which the first act names.
    begin: Digest,
    asks: OrganisationId,
}

fn scene(seed: u64, way: Way) -> Scene {
    let mut world = World::new(seed);
    let bank = world.add_server("bank.example");
    let [anna, boris] = world.team(["Anna", "Boris"]);
    let link = world.invite(anna, "Eve");
    let mut eve = Insider::join(&mut world, &link, "Eve");
    let clara = world.found_at(bank, "Harbour Bank", "Clara");
    let dora = world.join(clara, "Dora");
    world.make_partners(anna, clara);
    world.advance(60_000);
    world.guard(dora, way.guards);
    let person = world.find_person(boris, "dora@bank.example");
    let there = world.asks(boris, World::request_to(person, "the account"));
    let room = world.room_of(&there);
    let bring = Command::AddMembers {
        chat: there.clone(),
        people: vec![eve.person()],
    };
    assert_eq!(world.tell(boris, bring), Outcome::Done);
    world.settle();
    world.says(boris, &there, "Eve works on this with me.");
    let here = world.requests(dora, RequestFilter::Open)[0].chat.clone();
    world.opens(dora, &here);
    world.settle();
    world.replies(dora, &here, ActKind::Answered, "It is with us.", vec![]);
    eve.follow(&world);
    let formal = eve
        .heard
        .iter()
        .filter_map(|(_, _, bytes)| formal_of(bytes));
    let formal: Vec<Vec<u8>> = formal.collect();
    let mut answers = formal
        .iter()
        .filter_map(|bytes| sign1::read::<Response>(bytes).ok());
    let answer = answers
        .next_back()
        .expect("she heard the answer")
        .claims()
        .clone();
    let acts = formal.iter().filter_map(|bytes| {
        let act = sign1::read::<Act>(bytes).ok()?.claims().clone();
        Some((Digest::of(bytes), act))
    });
    let acts: Vec<(Digest, Act)> = acts.collect();
    let begin = acts.first().expect("she heard the first act").1.previous;
    let act = acts.last().cloned().expect("she heard the act");
    let own = eve.account;
    let others = eve.heard.iter().map(|(_, sender, _)| sender.clone());
    let boris_id = world.id_of(boris, boris);
    let boris_leaf = others
        .filter(|sender| sender.account != own)
        .find(|sender| sender.account.to_string() == boris_id.0)
        .expect("she heard Boris");
    let asks = eve.organisation();
    Scene {
        world,
        clara,
        dora,
        here,
        eve,
        room,
        boris_leaf,
        answer,
        act,
        begin,
        asks,
    }
}

impl Scene {
    fn binding(&self) -> Binding {
        Binding {
            asks: self.asks,
            room: self.room,
        }
    }

    fn party(&self, leaf: &LeafIdentity, name: &str) -> Party {
        Party {
            organisation: self.asks,
            account: leaf.account,
            device: leaf.device,
            directory: 1,
            name: Name::parse(name).unwrap(),
            capacity: None,
        }
    }

    /// Eve says something formal; returns the id under which everybody knows it.
    fn eve_says(&mut self, formal: Formal) -> MessageId {
        let mut content = self.eve.content(self.room, &Meaning::Formal(formal));
        content.sequence = 0;
        let id = self.id_of(&content);
        self.eve.says(&self.world, self.room, &content);
        self.world.settle();
        id
    }

    fn id_of(&self, content: &Content) -> MessageId {
        let names = (
            account_uri(DOMAIN, self.eve.account),
            room_uri(DOMAIN, self.room),
        );
        message_id(&names.0, &names.1, &content.to_bytes(), &content.salt)
    }

    /// An act in the name of Boris, signed by nobody that the directory knows.
    fn act_of_boris(&self, kind: Kind, previous: Digest) -> Vec<u8> {
        let act = Act {
            kind,
            previous,
            actor: self.party(&self.boris_leaf, "Boris"),
            object: None,
            ..self.act.1.clone()
        };
        sign1::sign(&act, &self.binding(), &key())
    }

    /// The last act that Eve heard, word for word.
    fn heard_act(&self) -> Vec<u8> {
        let heard = self.eve.heard.iter().rev();
        let mut formal = heard.filter_map(|(_, _, bytes)| formal_of(bytes));
        formal
            .find(|bytes| Digest::of(bytes) == self.act.0)
            .expect("it was heard")
    }

    /// A letter of Eve's with a text, signed by nobody that the directory knows.
    fn letter_of_eve(&self, text: &str) -> Vec<u8> {
        let leaf = LeafIdentity {
            account: self.eve.account,
            device: self.eve.device,
        };
        let letter = Response {
            kind: ResponseKind::Clarification,
            signer: self.party(&leaf, "Eve"),
            body: Digest::of(text.as_bytes()),
            parts: Vec::new(),
            ..self.answer.clone()
        };
        sign1::sign(&letter, &self.binding(), &key())
    }

    fn dora_reads(&mut self) -> Vec<String> {
        let messages = self.world.messages(self.dora, &self.here.clone());
        let text = |body| match body {
            Body::Letter { letter, .. } => Some(letter.text),
            Body::Deleted => Some("-".to_owned()),
            _ => None,
        };
        messages
            .into_iter()
            .filter_map(|it| text(it.body))
            .collect()
    }

    fn dora_hears(&mut self) -> Vec<Alarm> {
        self.world.alarms(self.dora)
    }
}

/// The signed thing in a content, if there is one.
fn formal_of(content: &[u8]) -> Option<Vec<u8>> {
    let content = Content::from_bytes(content).ok()?;
    match Meaning::of_part(&content.part)? {
        Meaning::Formal(formal) => Some(formal.bytes),
        _ => None,
    }
}

fn key() -> EvidenceKey {
    EvidenceKey::generate(&mut ChaCha8Rng::seed_from_u64(7))
}

#[test]
fn nobody_confirms_in_the_name_of_another() {
    let run = |way: Way| {
        let mut scene = scene(150, way);
        if way.attacked {
            let bytes = scene.act_of_boris(Kind::Confirmed, scene.act.0);
            scene.eve_says(Formal {
                bytes,
                text: String::new(),
                files: Vec::new(),
                seal: None,
            });
        }
        let state = scene.world.opens(scene.dora, &scene.here.clone()).row.state;
        (state, scene.dora_hears())
    };
    assert_eq!(run(Way::HONEST), (RequestState::Answered, vec![]));
    let (state, alarms) = run(Way::ATTACKED);
    assert_eq!(state, RequestState::Answered);
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    let (state, _) = run(Way::without(Guard::Signatures));
    assert_eq!(state, RequestState::Confirmed, "it is believed");
}

/// Eve repeats something as if Boris had said it; returns where the request stands for somebody then, and what he has to say.
fn repeated(scene: &mut Scene, bytes: Vec<u8>, who: Who) -> (RequestState, Vec<Alarm>) {
    let saying = Saying {
        account: scene.boris_leaf.account,
        device: scene.boris_leaf.device,
        at: scene.world.now,
    };
    let formal = Formal {
        bytes,
        text: String::new(),
        files: Vec::new(),
        seal: None,
    };
    let again = Meaning::Again(saying, Box::new(formal));
    let content = scene.eve.content(scene.room, &again);
    scene.eve.says(&scene.world, scene.room, &content);
    scene.world.settle();
    let here = scene.here.clone();
    let state = scene.world.opens(who, &here).row.state;
    (state, scene.world.alarms(who))
}

#[test]
fn nobody_repeats_to_a_newcomer_what_was_not_said() {
    let run = |way: Way| {
        let mut scene = scene(154, way);
        let clara = scene.clara;
        scene.world.guard(clara, way.guards);
        let bring = Command::AddMembers {
            chat: scene.here.clone(),
            people: vec![scene.world.id_of(scene.dora, clara)],
        };
        assert_eq!(scene.world.tell(scene.dora, bring), Outcome::Done);
        scene.world.settle();
        // What he has already is skipped, whoever repeats it.
        let bytes = if way.attacked {
            scene.act_of_boris(Kind::Confirmed, scene.act.0)
        } else {
            scene.heard_act()
        };
        repeated(&mut scene, bytes, clara)
    };
    assert_eq!(run(Way::HONEST), (RequestState::Answered, vec![]));
    let (state, alarms) = run(Way::ATTACKED);
    assert_eq!(state, RequestState::Answered);
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    let (state, _) = run(Way::without(Guard::Signatures));
    assert_eq!(state, RequestState::Confirmed, "it is believed");
}

#[test]
fn who_was_there_is_told_no_other_past() {
    let run = |way: Way| {
        let mut scene = scene(155, way);
        // It would stand before everything that she read herself.
        let bytes = scene.act_of_boris(Kind::Withdrawn, scene.begin);
        let dora = scene.dora;
        repeated(&mut scene, bytes, dora).0
    };
    let believing = Guards::ALL.without(Guard::Signatures);
    assert_eq!(run(Way::with(believing)), RequestState::Answered);
    let credulous = believing.without(Guard::Firsthand);
    assert_eq!(run(Way::with(credulous)), RequestState::Withdrawn);
}

#[test]
fn a_letter_does_not_stand_beside_another_text_than_it_names() {
    let run = |way: Way| {
        let mut scene = scene(151, way);
        let bytes = scene.letter_of_eve("I have nothing to add.");
        let text = if way.attacked {
            "Send it to me alone."
        } else {
            "I have nothing to add."
        };
        scene.eve_says(Formal {
            bytes,
            text: text.to_owned(),
            files: Vec::new(),
            seal: None,
        });
        (scene.dora_reads().pop(), scene.dora_hears())
    };
    assert_eq!(
        run(Way::HONEST),
        (Some("I have nothing to add.".into()), vec![])
    );
    let (last, alarms) = run(Way::ATTACKED);
    assert_eq!(last.as_deref(), Some("It is with us."));
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    let (last, _) = run(Way::without(Guard::Formal));
    assert_eq!(last.as_deref(), Some("Send it to me alone."), "it is shown");
}

#[test]
fn a_letter_by_a_key_that_nobody_knows_is_not_shown_as_whole() {
    let mut scene = scene(156, Way::HONEST);
    let bytes = scene.letter_of_eve("I have nothing to add.");
    scene.eve_says(Formal {
        bytes,
        text: "I have nothing to add.".into(),
        files: Vec::new(),
        seal: None,
    });
    let messages = scene.world.messages(scene.dora, &scene.here.clone());
    let whole = messages
        .into_iter()
        .filter_map(|message| match message.body {
            Body::Letter { kind, letter, .. } => Some((kind, letter.is_whole)),
            _ => None,
        });
    let whole: Vec<_> = whole.collect();
    assert_eq!(
        whole,
        [
            (None, true),
            (Some(ActKind::Answered), true),
            (Some(ActKind::Clarified), false)
        ]
    );
}

#[test]
fn what_was_said_formally_is_not_taken_back() {
    let run = |way: Way| {
        let mut scene = scene(152, way);
        let bytes = scene.letter_of_eve("All of them.");
        let said = scene.eve_says(Formal {
            bytes,
            text: "All of them.".into(),
            files: Vec::new(),
            seal: None,
        });
        if way.attacked {
            let mut content = scene.eve.content(scene.room, &Meaning::Nothing);
            content.replaces = Some(said);
            scene.eve.says(&scene.world, scene.room, &content);
            scene.world.settle();
        }
        (scene.dora_reads().pop(), scene.dora_hears())
    };
    assert_eq!(run(Way::HONEST), (Some("All of them.".into()), vec![]));
    let (last, alarms) = run(Way::ATTACKED);
    assert_eq!(last.as_deref(), Some("All of them."));
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    let (last, _) = run(Way::without(Guard::Formal));
    assert_eq!(last.as_deref(), Some("-"), "it is gone");
}

#[test]
fn in_the_room_of_a_request_nothing_disappears() {
    let mut scene = scene(153, Way::HONEST);
    let version = 7;
    let timer = Meaning::Timer(valise_client::content::Timer {
        version,
        seconds: 60,
    });
    let content = scene.eve.content(scene.room, &timer);
    scene.eve.says(&scene.world, scene.room, &content);
    scene.world.settle();
    let act = scene
        .world
        .acts(scene.dora, &scene.here.clone(), NewAct::Confirm);
    assert!(
        matches!(act, Outcome::Failed(_)),
        "it is not hers to confirm"
    );
    let details = scene
        .world
        .details(scene.dora, &scene.here.clone())
        .unwrap();
    assert_eq!(details.disappears_after, 0);
    assert!(says!(scene.dora_hears(), Alarm::MemberMisbehaved { .. }));
}

#[test]
fn t156_a_mark_stands_beside_what_it_is_of_alone() {
    let run = |way: Way| {
        let mut scene = scene(159, way);
        let text = "Nothing of this is signed.";
        let content = scene.eve.content(scene.room, &Meaning::Text(text.into()));
        let mark = Mark {
            by: scene.asks,
            request: RequestId([3; 16]),
            object: [4; 32],
            ends: None,
        };
        let beside = if way.attacked {
            to_bytes(&mark)
        } else {
            Vec::new()
        };
        scene
            .eve
            .says_beside(&scene.world, scene.room, &content, &beside);
        scene.world.settle();
        let messages = scene.world.messages(scene.dora, &scene.here.clone());
        let is_shown = |body: &Body| matches!(body, Body::Text(said) if said.contains(text));
        (
            messages.iter().any(|it| is_shown(&it.body)),
            scene.dora_hears(),
        )
    };
    assert_eq!(run(Way::HONEST), (true, vec![]));
    let (is_shown, alarms) = run(Way::ATTACKED);
    assert!(!is_shown);
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    assert!(run(Way::without(Guard::Mark)).0, "it is shown");
}

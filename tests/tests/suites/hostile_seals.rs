//! A stolen device that asks in the organisation's name, and somebody who releases what he must not: each case is run honestly, attacked, and attacked without what holds it.

use super::seals::{Scene, scene, scene_in};
use valise_client::content::{Content, Meaning};
use valise_client::{Guard, Guards};
use valise_directory::Name;
use valise_evidence::seal::{SealSecret, Sealed};
use valise_evidence::{Binding, Digest, Party, Request, sign1};
use valise_server::service::Protections;
use valise_tests::case::Way;
use valise_tests::sim::{Insider, World};
use valise_views::request::{ActKind, Asks, Doubt, NewAct, NewRevision, RequestState};
use valise_views::{ChatId, Command, Outcome, RequestFilter, Trouble};
use valise_wire::{RequestId, RoomId, to_bytes};

/// Boris asks; Eve, his colleague, is in the room before it is released, and may seal nothing.
fn with_eve(seed: u64, way: Way) -> (Scene, Insider, ChatId) {
    let mut scene = scene(seed, Asks::FourEyes);
    let (anna, boris) = (scene.pair.anna, scene.pair.boris);
    scene.world().guard(boris, way.guards);
    let link = scene.world().invite(anna, "Eve");
    let mut eve = Insider::join(scene.world(), &link, "Eve");
    scene.world().advance(30_000);
    let there = scene.boris_asks("the letter");
    let bring = Command::AddMembers {
        chat: there.clone(),
        people: vec![eve.person()],
    };
    assert_eq!(scene.world().tell(boris, bring), Outcome::Done);
    scene.world().advance(20_000);
    eve.follow(scene.world());
    (scene, eve, there)
}

/// A seal of Eve's on something, with keys of her own making.
fn seal(
    scene: &mut Scene,
    eve: &Insider,
    room: RoomId,
    request: RequestId,
    object: Digest,
) -> Vec<u8> {
    let at = scene.world().now;
    let sealed = Sealed {
        keeper: Party {
            organisation: eve.organisation(),
            account: eve.account,
            device: eve.device,
            directory: 1_000,
            name: Name::parse("Eve").unwrap(),
            capacity: None,
        },
        request,
        object,
        at,
    };
    let asks = eve.organisation();
    let keys = SealSecret::from_seeds([1; 32], [2; 32]);
    to_bytes(&keys.seal(sealed, &Binding { asks, room }))
}

/// The request as Boris's device has it.
fn waiting(scene: &mut Scene, room: RoomId) -> (RequestId, Digest) {
    let boris = scene.pair.boris;
    let store = scene.world().of(boris).open_store();
    let bytes: Vec<u8> = store
        .query_row("SELECT body FROM signed WHERE room = ?1", [room.0], |row| {
            row.get(0)
        })
        .expect("it is signed");
    let read = sign1::read::<Request>(&bytes).expect("a request");
    (read.claims().id, Digest::of(&bytes))
}

fn says(scene: &mut Scene, eve: &mut Insider, room: RoomId, meaning: &Meaning) {
    let mut content: Content = eve.content(room, meaning);
    content.sequence = 0;
    eve.says(scene.world(), room, &content);
    scene.world().advance(20_000);
}

#[test]
fn t182_who_may_not_seal_releases_nothing() {
    let run = |way: Way| {
        let (mut scene, mut eve, there) = with_eve(20, way);
        let room = scene.world().room_of(&there);
        let (request, object) = waiting(&mut scene, room);
        if way.attacked {
            let seal = seal(&mut scene, &eve, room, request, object);
            says(&mut scene, &mut eve, room, &Meaning::Release(seal));
        }
        let went = scene.dora_sees(RequestFilter::Open).len()
            + scene.dora_sees(RequestFilter::InDoubt).len();
        let emil = scene.emil;
        (went, scene.waits_for(emil).len())
    };
    assert_eq!(run(Way::HONEST), (0, 1));
    assert_eq!(run(Way::ATTACKED), (0, 1), "it waits for Emil as before");
    assert_eq!(run(Way::without(Guard::Released)).0, 1, "it goes");
}

#[test]
fn t182_a_seal_that_does_not_hold_is_seen_by_whoever_is_asked() {
    let run = |dora_guards: Guards| {
        let (mut scene, mut eve, there) = with_eve(21, Way::without(Guard::Released));
        let dora = scene.pair.dora;
        scene.world().guard(dora, dora_guards);
        let room = scene.world().room_of(&there);
        let (request, object) = waiting(&mut scene, room);
        let seal = seal(&mut scene, &eve, room, request, object);
        says(&mut scene, &mut eve, room, &Meaning::Release(seal));
        (
            scene.dora_sees(RequestFilter::Open).len(),
            scene.dora_sees(RequestFilter::InDoubt),
        )
    };
    let doubted = ("the letter".to_owned(), Some(Doubt::BadSeal));
    assert_eq!(run(Guards::ALL), (0, vec![doubted]));
    assert_eq!(
        run(Guards::ALL.without(Guard::Sealed)).0,
        1,
        "it is believed"
    );
}

#[test]
fn t182_a_seal_of_another_request_releases_nothing() {
    let (mut scene, mut eve, there) = with_eve(22, Way::HONEST);
    let (boris, emil) = (scene.pair.boris, scene.emil);
    let room = scene.world().room_of(&there);
    let other = scene.boris_asks("something harmless");
    let other_room = scene.world().room_of(&other);
    let rows = scene.waits_for(emil);
    let harmless = rows.iter().find(|row| row.subject == "something harmless");
    let release = Command::Release(harmless.expect("it waits").id.clone());
    assert_eq!(scene.world().tell(emil, release), Outcome::Done);
    scene.world().advance(20_000);
    let store = scene.world().of(boris).open_store();
    let seal: Vec<u8> = store
        .query_row(
            "SELECT seal FROM signed WHERE room = ?1",
            [other_room.0],
            |row| row.get(0),
        )
        .expect("it was sealed");
    drop(store);
    // Eve carries the seal of the harmless one into the room of the other.
    eve.follow(scene.world());
    says(&mut scene, &mut eve, room, &Meaning::Release(seal));
    let harmless = ("something harmless".to_owned(), None);
    assert_eq!(scene.dora_sees(RequestFilter::Open), [harmless]);
    assert_eq!(scene.dora_sees(RequestFilter::InDoubt), []);
    assert_eq!(scene.waits_for(emil).len(), 1, "the other one still waits");
}

/// Boris's device does not keep to what its organisation wants: it was stolen.
fn stolen(scene: &mut Scene) {
    let boris = scene.pair.boris;
    let guards = Guards::ALL.without(Guard::Waits);
    scene.world().guard(boris, guards);
}

#[test]
fn t180_a_request_without_the_seal_that_it_needs_is_in_doubt() {
    let run = |attacked: bool, guards: Guards| {
        let mut scene = scene(10, Asks::FourEyes);
        let dora = scene.pair.dora;
        scene.world().guard(dora, guards);
        if attacked {
            stolen(&mut scene);
        }
        scene.boris_asks("all accounts");
        if !attacked {
            let emil = scene.emil;
            scene.releases(emil);
        }
        let open = scene.dora_sees(RequestFilter::Open).len();
        (open, scene.dora_sees(RequestFilter::InDoubt))
    };
    assert_eq!(run(false, Guards::ALL), (1, vec![]));
    let doubted = ("all accounts".to_owned(), Some(Doubt::Unsealed));
    assert_eq!(run(true, Guards::ALL), (0, vec![doubted]));
    assert_eq!(
        run(true, Guards::ALL.without(Guard::Sealed)).0,
        1,
        "it is believed"
    );
}

#[test]
fn t181_what_is_sent_while_all_is_stopped_is_in_doubt() {
    let run = |stopped: bool, guards: Guards| {
        let protections = Protections {
            stopped,
            ..Protections::default()
        };
        let mut scene = scene_in(World::with(11, protections), Asks::Freely);
        let dora = scene.pair.dora;
        scene.world().guard(dora, guards);
        stolen(&mut scene);
        scene.anna_says(Command::StopRequests(true));
        scene.boris_asks("all accounts");
        let open = scene.dora_sees(RequestFilter::Open).len();
        (open, scene.dora_sees(RequestFilter::InDoubt))
    };
    assert_eq!(
        run(true, Guards::ALL),
        (0, vec![]),
        "the own server takes none"
    );
    let doubted = ("all accounts".to_owned(), Some(Doubt::Stopped));
    assert_eq!(run(false, Guards::ALL), (0, vec![doubted]));
    let credulous = Guards::ALL.without(Guard::Sealed);
    assert_eq!(run(false, credulous).0, 1, "it is believed");
}

#[test]
fn with_what_is_in_doubt_nothing_is_done_before_somebody_checked() {
    let mut scene = scene(12, Asks::FourEyes);
    stolen(&mut scene);
    let there = scene.boris_asks("all accounts");
    let (boris, dora) = (scene.pair.boris, scene.pair.dora);
    let here = scene.world().requests(dora, RequestFilter::InDoubt)[0]
        .chat
        .clone();
    let details = scene.world().opens(dora, &here);
    assert_eq!(details.may, [ActKind::Vouched]);
    scene.world().settle();
    let state = |scene: &mut Scene| scene.world().opens(boris, &there).row.state;
    assert_eq!(
        state(&mut scene),
        RequestState::Submitted,
        "nothing is said of it"
    );
    let act = World::registers();
    let refused = scene.world().acts(dora, &here, act.clone());
    assert_eq!(refused, Outcome::Failed(Trouble::InDoubt));
    let text = Command::SendText {
        chat: here.clone(),
        text: "Who are you?".into(),
        reply_to: None,
    };
    let refused = scene.world().tell(dora, text);
    assert_eq!(refused, Outcome::Failed(Trouble::InDoubt));
    let note = Some("Called the office.".to_owned());
    let vouch = NewAct::Vouch { note };
    assert_eq!(scene.world().acts(dora, &here, vouch), Outcome::Done);
    assert_eq!(scene.dora_sees(RequestFilter::InDoubt), []);
    assert_eq!(scene.dora_sees(RequestFilter::Open).len(), 1);
    let again = NewAct::Vouch { note: None };
    let refused = scene.world().acts(dora, &here, again);
    assert_eq!(refused, Outcome::Failed(Trouble::OutOfPlace));
    assert_eq!(scene.world().acts(dora, &here, act), Outcome::Done);
    assert_eq!(state(&mut scene), RequestState::Registered);
}

/// What was released and vouched for is one wording; whoever could put another in its place would need nobody's release.
#[test]
fn t185_another_wording_needs_what_the_first_one_did() {
    let run = |asker: Guards, guards: Guards| {
        let mut scene = scene(13, Asks::FourEyes);
        let (boris, emil, dora) = (scene.pair.boris, scene.emil, scene.pair.dora);
        scene.world().guard(dora, guards);
        let there = scene.boris_asks("something harmless");
        scene.releases(emil);
        assert_eq!(scene.dora_sees(RequestFilter::Open).len(), 1);
        scene.world().guard(boris, asker);
        let new = NewRevision {
            subject: "all accounts".into(),
            text: "All that you have.".into(),
            files: Vec::new(),
            due: None,
            ends: None,
            offset_minutes: 0,
        };
        let amend = NewAct::Amend(Box::new(new));
        let done = scene.world().acts(boris, &there, amend);
        scene.world().advance(20_000);
        let open = scene.dora_sees(RequestFilter::Open).len();
        (done, open, scene.dora_sees(RequestFilter::InDoubt))
    };
    let refused = Outcome::Failed(Trouble::NeedsRelease);
    let honest = run(Guards::ALL, Guards::ALL);
    assert_eq!(honest, (refused, 1, vec![]), "nobody could release it");
    let hostile = Guards::ALL.without(Guard::Waits);
    let doubted = ("all accounts".to_owned(), Some(Doubt::Unsealed));
    assert_eq!(run(hostile, Guards::ALL), (Outcome::Done, 0, vec![doubted]));
    let credulous = Guards::ALL.without(Guard::Sealed);
    assert_eq!(run(hostile, credulous).1, 1, "it is believed");
}

/// A keeper who had no line sends back, with a note for his own people, what another one released meanwhile.
#[test]
fn t186_what_is_said_for_a_release_is_never_said_when_the_other_side_is_in() {
    let run = |guards: Guards| {
        let mut scene = scene(14, Asks::FourEyes);
        let (boris, emil, olga, dora) = (scene.pair.boris, scene.emil, scene.olga, scene.pair.dora);
        scene.world().guard(olga, guards);
        let there = scene.boris_asks("the letter");
        let room = scene.world().room_of(&there);
        scene.world().set_online(olga, false);
        let id = scene.waits_for(olga)[0].id.clone();
        let note = "Petrov is our informant.".to_owned();
        let back = Command::SendBack { id, note };
        assert_eq!(scene.world().tell(olga, back), Outcome::Done);
        // As one who holds the office that asks, she stays in the room when it goes.
        let store = scene.world().of(boris).open_store();
        store
            .execute("UPDATE release SET brought = x'80'", [])
            .expect("nobody is put out");
        drop(store);
        scene.releases(emil);
        assert_eq!(scene.dora_sees(RequestFilter::Open).len(), 1);
        scene.world().set_online(olga, true);
        scene.world().advance(60_000);
        let store = scene.world().of(dora).open_store();
        let count = "SELECT count(*) FROM log WHERE room = ?1 AND kind = 0";
        let said: i64 = store.query_row(count, [room.0], |row| row.get(0)).unwrap();
        said
    };
    let hidden = run(Guards::ALL);
    assert_eq!(
        run(Guards::ALL.without(Guard::Asides)),
        hidden + 1,
        "she can read it"
    );
}

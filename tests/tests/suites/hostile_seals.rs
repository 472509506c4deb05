//! Somebody of one's own organisation who releases what he must not: each case is run honestly, attacked, and attacked without what holds it.

use super::seals::{Scene, scene};
use valise_client::content::{Content, Meaning};
use valise_client::{Guard, Guards};
use valise_directory::Name;
use valise_evidence::seal::{SealSecret, Sealed};
use valise_evidence::{Binding, Digest, Party, Request, sign1};
use valise_tests::case::Way;
use valise_tests::sim::Insider;
use valise_views::request::{Asks, Doubt};
use valise_views::{ChatId, Command, Outcome, RequestFilter};
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

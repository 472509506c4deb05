//! What somebody of another organisation seals in the room of a request, read by a client of the one that asks.

use super::{Boris, Scene, Sealer, setting, statements};
use crate::sim::World;
use rusqlite::Connection;
use std::cell::OnceCell;
use valise_client::content::{Content, Formal, Meaning, Saying, SentBack};
use valise_directory::Note;
use valise_evidence::Digest;
use valise_views::request::ActKind;
use valise_views::{Command, RequestFilter, Shown, View};
use valise_wire::push::EventKind;
use valise_wire::statement::SignedStatement;
use valise_wire::{RoomId, from_bytes};

thread_local! {
    static SCENE: OnceCell<Scene> = const { OnceCell::new() };
}

/// Bytes that the addressee seals as content in a request's room.
pub(in crate::decoders) fn formal(bytes: &[u8]) {
    if let Ok(content) = Content::from_bytes(bytes) {
        let meaning = Meaning::of_part(&content.part);
        if let Some(Meaning::Formal(formal)) = meaning {
            super::super::evidence::signed_things(&formal.bytes);
        }
    }
    SCENE.with(|scene| {
        let scene = scene.get_or_init(of_request);
        let sealed = scene.ada.seal(scene.room, bytes, scene.now);
        let mut asks = Boris::new(scene);
        asks.push(EventKind::Message, &sealed);
        asks.look();
        let (filter, search) = (RequestFilter::Open, String::new());
        let chat = scene.chat.clone();
        for (number, view) in (10..).zip([
            View::Requests { filter, search },
            View::Request { chat },
            View::Offices,
        ]) {
            asks.give(valise_client::Input::Watch { number, view });
        }
    });
}

/// What the addressee says when he is honest: an answer, acts, and the same again.
pub(in crate::decoders) fn honest() -> Vec<(&'static str, Vec<u8>)> {
    of_request().honest
}

/// Anna asked Clara of another organisation; hers is the store that reads, and Clara's device seals.
fn of_request() -> Scene {
    let mut world = World::new(11);
    let bank = world.add_server("bank.example");
    let anna = world.found("Anna");
    let clara = world.found_at(bank, "Harbour Bank", "Clara");
    world.make_partners(anna, clara);
    world.advance(60_000);
    let person = world.find_person(anna, "clara@bank.example");
    let people = world.look(
        anna,
        View::People {
            search: String::new(),
        },
    );
    let Shown::People(people) = people else {
        panic!("no people");
    };
    let office = Command::SetOffice {
        office: None,
        name: "Registry".into(),
        local_part: "registry".into(),
        note: "Requests by other organisations.".into(),
        numbers: String::new(),
        holders: people.into_iter().map(|person| person.id).collect(),
    };
    world.tell(anna, office);
    world.settle();
    let chat = world.asks(anna, World::request_to(person, "the accounts"));
    let there = world.requests(clara, RequestFilter::Open)[0].chat.clone();
    world.opens(clara, &there);
    world.settle();
    world.replies(
        clara,
        &there,
        ActKind::PartlyAnswered,
        "A part.",
        Vec::new(),
    );
    world.crash(anna);
    world.crash(clara);
    let disk = world.of(anna).open_store();
    let (room, cursor) = room_of(&disk);
    let ada = Sealer::of(&world.of(clara).open_store());
    let generation = from_bytes(&setting(&disk, "generation")).expect("a generation");
    let mut honest = contents(&disk, &ada, room);
    // A partner, an office and its card; what comes before them is in every log.
    let said = statements(&disk).into_iter();
    honest.extend(
        said.filter(|(_, bytes)| from_bytes::<SignedStatement>(bytes).is_ok())
            .skip(3),
    );
    Scene {
        ada,
        now: world.now,
        generation,
        _world: world,
        disk,
        room,
        chat,
        cursor,
        honest,
        file: None,
    }
}

/// The room of the one request, and the last event of it that was taken.
fn room_of(disk: &Connection) -> (RoomId, u64) {
    let sql = "SELECT room.id, room.cursor FROM room JOIN signed ON signed.room = room.id LIMIT 1";
    let row = disk.query_row(sql, [], |row| {
        Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, i64>(1)?))
    });
    let (room, cursor) = row.expect("a room");
    (RoomId(room), cursor.unsigned_abs())
}

/// What was signed in the room, each as a content of its own, and each told again.
fn contents(disk: &Connection, sealer: &Sealer, room: RoomId) -> Vec<(&'static str, Vec<u8>)> {
    let mut rows = disk
        .prepare("SELECT body FROM signed WHERE digest IS NOT NULL ORDER BY message")
        .expect("what was signed");
    let bodies = rows.query_map([], |row| row.get::<_, Vec<u8>>(0));
    let bodies = bodies.expect("what was signed");
    let identity = sealer.device.identity();
    let saying = Saying {
        account: identity.account,
        device: identity.device,
        at: valise_wire::Timestamp(1_700_000_000_000),
    };
    let domain = &sealer.domain;
    let meanings = bodies.flat_map(|body| {
        let formal = Formal {
            bytes: body.expect("a row"),
            text: "A part.".into(),
            files: Vec::new(),
            seal: None,
        };
        let sealed = Formal {
            seal: Some(vec![4; 80]),
            ..formal.clone()
        };
        let again = Meaning::Again(saying.clone(), Box::new(sealed.clone()));
        let waiting = Meaning::ForRelease(Box::new(formal.clone()));
        let sent_back = Meaning::SentBack(SentBack {
            object: Digest([5; 32]),
            note: Note::parse("Not like this.").expect("a note"),
        });
        let seal = Meaning::Release(vec![6; 80]);
        [
            Meaning::Formal(formal),
            Meaning::Formal(sealed),
            again,
            waiting,
            sent_back,
            seal,
        ]
    });
    let written = (2_000..).zip(meanings).map(|(sequence, meaning)| {
        let content = Content {
            salt: [9; 16],
            replaces: None,
            topic: Vec::new(),
            expires: None,
            in_reply_to: None,
            sender_uri: format!("mimi://{domain}/u/{}", identity.account),
            room_uri: format!("mimi://office.example/r/{room}"),
            sequence,
            origin: None,
            confidential: false,
            part: meaning.to_part(domain),
        };
        ("formal", content.to_bytes())
    });
    written.collect()
}

//! The same of what is formal: a request from office to office of two organisations, with everything that can be written in one, and one
//! to a guest, whose link and code open nothing for who runs a server.

use super::memory::Watch;
use super::partners::look_through;
use super::{SecretNames, Words, canary, needles, room_id, secrets_of};
use crate::needles::Needles;
use crate::partners::{Side, make_partners};
use crate::recording::readable;
use crate::stage::{Folder, LOOKS, Person};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

const DORA: SecretNames = [
    "Dora's store key",
    "Dora's device key",
    "Dora's leaf key",
    "Dora's account key",
    "",
];
const GUEST: SecretNames = [
    "the guest's store key",
    "the guest's device key",
    "the guest's leaf key",
    "the guest's account key",
    "",
];
const DEBUG: &str = "[log]\nlevel = \"debug\"\n";

/// What people write, each with a word of its own. Their names are what it is.
const WRITTEN: [&str; 26] = [
    "office that asks",
    "office that is asked",
    "what an office is for",
    "subject",
    "text",
    "field's name",
    "field",
    "legal basis",
    "classification",
    "file's name",
    "file",
    "number in the register",
    "question",
    "explanation",
    "note of an act",
    "note of a colleague",
    "answer",
    "answer's file's name",
    "answer's file",
    "guest's name",
    "guest's subject",
    "guest's text",
    "guest's words",
    "guest's file's name",
    "guest's file",
    "guest's question",
];

struct Planted(Vec<String>);

impl Planted {
    fn new() -> Self {
        let digitless = |name: &&str| canary(&name.replace([' ', '\''], ""));
        Self(WRITTEN.iter().map(digitless).collect())
    }

    fn of(&self, name: &str) -> &str {
        let place = WRITTEN.iter().position(|known| *known == name);
        &self.0[place.expect("it is written")]
    }

    fn words(&self) -> Words {
        let bytes = self.0.iter().map(|word| word.clone().into_bytes());
        WRITTEN.into_iter().zip(bytes).collect()
    }

    /// A file with its name and its contents in it.
    fn file(&self, folder: &Folder, name: &str, contents: &str) -> PathBuf {
        let path = folder.join(self.of(name));
        let contents = format!("{} ", self.of(contents));
        fs::write(&path, contents.repeat(10_000)).unwrap();
        path
    }
}

/// What whoever is meant could read: the control of every canary.
#[derive(Default)]
struct Read(Vec<u8>);

impl Read {
    fn take(&mut self, said: &[Value]) {
        for object in said {
            self.0.extend(object.to_string().into_bytes());
        }
    }

    /// Files stand in the bundle that proves a request, as they are.
    fn export(&mut self, person: &Person, number: &str, folder: &Folder) {
        let to = folder.join(&canary("bundle"));
        person.run(&["request", "export", number, to.to_str().unwrap()]);
        self.0.extend(fs::read(to).unwrap());
    }
}

/// What the servers may know of a request, as hexadecimal digits and bytes.
struct Known {
    room: Vec<u8>,
    guests_room: Vec<u8>,
    pass: Vec<u8>,
}

#[test]
fn nothing_of_a_request_or_a_guest_is_readable_on_either_server_or_on_the_way() {
    let planted = Planted::new();
    let folder = Folder::new("canary-requests");
    let organisations = [canary("north"), canary("harbour")];
    let mut sides = [
        Side::new(
            "office.example",
            &organisations[0],
            ["anna", "boris"],
            DEBUG,
        ),
        Side::new("bank.example", &organisations[1], ["clara", "dora"], DEBUG),
    ];
    let mut words = planted.words();
    words.extend(public(&organisations));
    words.extend(secrets_of(&sides[1].member, DORA));
    let watches = sides
        .each_ref()
        .map(|side| Watch::start(side.server.pid(), words.clone()));
    make_partners(&sides[0].registrar, &sides[1].registrar);

    let (mut read, guest) = (Read::default(), Person::new(&folder, "taras"));
    let room = ask_an_office(&sides, &planted, &folder, &mut read);
    let (known, secrets) = ask_a_guest(&sides[0], &guest, &planted, &folder, &mut read, room);
    let of_people = needles(&planted.words());
    assert_eq!(of_people.found_in(&read.0), of_people.all(), "the controls");

    words.extend(secrets);
    words.extend(secrets_of(&guest, GUEST));
    words.push(("room", known.room));
    words.push(("guest's room", known.guests_room));
    words.push(("pass", known.pass));
    let everything = needles(&words);
    let both = ["north", "harbour", "room"];
    let allowed = [&[&both[..], &["guest's room", "pass"]].concat(), &both[..]];
    for ((side, watch), allowed) in sides.iter_mut().zip(watches).zip(allowed) {
        let allowed = allowed.iter().map(|name| (*name).to_owned()).collect();
        look_through(side, watch, &everything, &allowed);
        assert_eq!(on_every_line(side, &everything), allowed, "on the way");
    }
}

/// What both servers know once their organisations are partners.
fn public(organisations: &[String; 2]) -> Words {
    let names = ["north", "harbour"].into_iter();
    let words = organisations.iter().map(|word| word.clone().into_bytes());
    names.zip(words).collect()
}

/// Asks from office to office with all that can be written, and answers. Returns the room.
fn ask_an_office(
    [north, harbour]: &[Side; 2],
    planted: &Planted,
    folder: &Folder,
    read: &mut Read,
) -> Vec<u8> {
    let (boris, dora) = (&north.member, &harbour.member);
    let set = |side: &Side, address: &str, name: &str, holder: &str| {
        let what = ["--note", planted.of("what an office is for")];
        let set = ["office", "set", address, "--name", planted.of(name)];
        let office = [&set[..], &what, &["--holder", holder]].concat();
        side.registrar.run(&office);
    };
    set(north, "desk", "office that asks", "boris");
    set(harbour, "registry", "office that is asked", "dora");
    let address = "registry@bank.example";
    let mut looks = (0..LOOKS).map(|_| {
        harbour.registrar.run(&["status"]);
        boris.run(&["offices"])
    });
    let is_shown = |offices: &Vec<Value>| offices.iter().any(|it| it["address"] == address);
    read.take(&looks.find(is_shown).expect("the office is shown"));

    let file = planted.file(folder, "file's name", "file");
    let field = format!("{}={}", planted.of("field's name"), planted.of("field"));
    let ask = ["request", "ask", address, "--from", "desk", "--days", "5"];
    let about = [
        "--subject",
        planted.of("subject"),
        "--text",
        planted.of("text"),
    ];
    let more = [
        "--basis",
        planted.of("legal basis"),
        "--classification",
        planted.of("classification"),
        "--field",
        &field,
        "--file",
        file.to_str().unwrap(),
    ];
    let asked = boris.run(&[&ask[..], &about, &more].concat());
    let number = asked[0]["number"].as_str().unwrap();
    let chat = until(dora, number, "submitted")["chat"].clone();
    let chat = chat.as_str().unwrap();
    say_everything([boris, dora], planted, folder, number);
    read.take(&boris.run(&["request", "show", number]));
    read.take(&dora.run(&["request", "show", number]));
    read.export(boris, number, folder);
    read.export(dora, number, folder);
    let note = planted.of("note of a colleague");
    let clara = &harbour.registrar;
    let mut looks = (0..LOOKS).map(|_| clara.messages("dora"));
    let has_come = |all: &Vec<Value>| all.iter().any(|it| it.to_string().contains(note));
    read.take(&looks.find(has_come).expect("a note for a colleague"));
    room_id(&Value::String(chat.to_owned()))
}

/// Asks back and explains, asks for time and gets none, and answers.
fn say_everything([boris, dora]: [&Person; 2], planted: &Planted, folder: &Folder, number: &str) {
    let of = |name| planted.of(name);
    dora.run(&["request", "register", number, of("number in the register")]);
    dora.run(&["request", "question", number, "--text", of("question")]);
    until(boris, number, "questioned");
    boris.run(&["request", "explain", number, "--text", of("explanation")]);
    until(dora, number, "registered");
    let forward = ["request", "forward", number, "clara"];
    dora.run(&[&forward[..], &["--note", of("note of a colleague")]].concat());
    let note = ["--note", of("note of an act")];
    let more_time = ["request", "more-time", number, "--until", "2036-12-24"];
    dora.run(&[&more_time[..], &note].concat());
    let file = planted.file(folder, "answer's file's name", "answer's file");
    let answer = ["request", "answer", number, "--text", of("answer")];
    dora.run(&[&answer[..], &["--file", file.to_str().unwrap()]].concat());
    until(boris, number, "answered");
}

/// Asks a guest, who comes by link and code, asks back and answers with a file. Returns what a server may know, and what it must not.
fn ask_a_guest(
    side: &Side,
    guest: &Person,
    planted: &Planted,
    folder: &Folder,
    read: &mut Read,
    room: Vec<u8>,
) -> (Known, Words) {
    let (boris, of) = (&side.member, |name| planted.of(name));
    let ask = ["request", "ask", "--guest", of("guest's name")];
    let about = [
        "--subject",
        of("guest's subject"),
        "--text",
        of("guest's text"),
    ];
    let asked = boris.run(&[&ask[..], &about].concat());
    let number = asked[0]["number"].as_str().unwrap();
    let made = boris.run(&["request", "guest", number]);
    let said = |name: &str| made[0][name].as_str().unwrap();
    let (link, code) = (said("link"), said("code"));
    read.take(&guest.run(&["guest", link]));
    guest.run(&["guest", link, "--code", code]);
    let came = (0..LOOKS).map(|_| {
        boris.run(&["requests"]);
        guest.run(&["requests"])
    });
    let mut came = came.flatten();
    let row = came.find(|row| row["number"] == number);
    let chat = row.expect("the guest is let in")["chat"].clone();
    read.take(&guest.run(&["request", "show", number]));
    let question = of("guest's question");
    guest.run(&["request", "question", number, "--text", question]);
    let file = planted.file(folder, "guest's file's name", "guest's file");
    let answer = ["request", "answer", number, "--text", of("guest's words")];
    guest.run(&[&answer[..], &["--file", file.to_str().unwrap()]].concat());
    until(boris, number, "answered");
    read.take(&boris.run(&["request", "show", number]));
    read.export(boris, number, folder);
    let (pass, secrets) = secrets_of_guest(link, code);
    let known = Known {
        room,
        guests_room: room_id(&chat),
        pass,
    };
    (known, secrets)
}

fn until(person: &Person, number: &str, state: &str) -> Value {
    person.until_listed(&[], |row| row["number"] == number && row["state"] == state)
}

/// What stands in a guest's link (`spec/guests.md` §2): version, kind, pass, secret, organisation; and the code that went another way, as
/// it is shown and as it is typed. Returns the pass, which the log names, and the rest.
fn secrets_of_guest(link: &str, code: &str) -> (Vec<u8>, Words) {
    let (_, fragment) = link.split_once('#').unwrap();
    let bytes = URL_SAFE_NO_PAD.decode(fragment).unwrap();
    let letters = code.replace('-', "");
    let secrets = vec![
        ("guest's link", fragment.as_bytes().to_vec()),
        ("guest's secret", bytes[18..50].to_vec()),
        ("guest's code", code.as_bytes().to_vec()),
        ("letters of the code", letters.to_lowercase().into_bytes()),
        ("letters of the code", letters.into_bytes()),
    ];
    (bytes[2..18].to_vec(), secrets)
}

/// What is found in all that was said to a server and by it: by people, the guest, and the other server.
fn on_every_line(side: &Side, needles: &Needles) -> BTreeSet<String> {
    let recorded = side.server.line.recorded();
    let is_call = |said: &[u8]| said.starts_with(b"POST /v1/partner");
    assert!(recorded.iter().any(|both| is_call(&both.up)));
    let said = recorded.iter().flat_map(readable);
    said.flat_map(|said| needles.found_in(&said)).collect()
}

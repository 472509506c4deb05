//! FT-60 to FT-64: nothing readable, and no key, is found on the server's disk, in its log, in its memory or on the line,
//! nor in the folder of a terminal at rest.
//!
//! Each search has its control: things that the server may know must be found by it, or it is blind.

mod memory;
mod partners;
mod requests;

use crate::line::Recorded;
use crate::needles::Needles;
use crate::recording::{is_socket, readable};
use crate::stage::{Folder, Person, Server};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use memory::Watch;
use std::collections::BTreeSet;
use std::fs;
use valise_wire::cbor::Decoder;

/// What is looked for, by name.
type Words = Vec<(&'static str, Vec<u8>)>;

/// Everything that is readable to people and must be to nobody else.
struct Planted {
    text: String,
    answer: String,
    file_name: String,
    file: String,
    group: String,
    saved: String,
    label: String,
    elsewhere: String,
    registrar: String,
    person: String,
    office: String,
    address: String,
}

impl Planted {
    fn new() -> Self {
        Self {
            text: canary("text"),
            answer: canary("answer"),
            file_name: canary("file-name"),
            file: canary("file"),
            group: canary("group"),
            saved: canary("saved"),
            label: canary("label"),
            elsewhere: canary("elsewhere"),
            registrar: canary("registrar"),
            person: canary("person"),
            office: canary("office"),
            address: canary("address"),
        }
    }

    fn words(&self) -> Words {
        let all = [
            ("text", &self.text),
            ("answer", &self.answer),
            ("file name", &self.file_name),
            ("file", &self.file),
            ("group's name", &self.group),
            ("what was saved", &self.saved),
            ("label", &self.label),
            ("other organisation", &self.elsewhere),
            ("registrar's name", &self.registrar),
            ("person's name", &self.person),
            ("office", &self.office),
            ("address", &self.address),
        ];
        all.into_iter()
            .map(|(name, word)| (name, word.clone().into_bytes()))
            .collect()
    }
}

/// A word that stands nowhere else in the world.
fn canary(kind: &str) -> String {
    let mut random = [0; 12];
    getrandom_04::fill(&mut random).unwrap();
    let digits: String = random
        .iter()
        .map(|byte| char::from(b'a' + byte % 26))
        .collect();
    format!("{kind}{digits}")
}

/// Two people who did everything that leaves traces, and the server they did it with.
struct Scene {
    server: Server,
    people: [Person; 2],
    planted: Planted,
    /// Name of the organisation, which is public.
    organisation: String,
    /// The group's id, which the server must know.
    room: Vec<u8>,
    link: String,
    remembered: BTreeSet<String>,
    /// Last, so that it goes when nobody uses it any more.
    _folder: Folder,
}

#[test]
fn ft_60_to_64_nothing_readable_and_no_key_is_found_anywhere() {
    let scene = Scene::play();
    let controls = scene.controls();
    let secrets = scene.secrets();
    let words: Words = scene.planted.words().into_iter().chain(secrets).collect();
    let everything = needles(words.iter().chain(&controls));
    let allowed = needles(&controls).all();

    let on_disk = everything.found_on_disk(&scene.server.data());
    assert_eq!(
        on_disk, allowed,
        "on the server's disk, where only the controls may be"
    );
    assert_eq!(
        scene.remembered, allowed,
        "in the server's memory, where only the controls may be"
    );

    let recorded = scene.server.line.recorded();
    let [up, down] = scene.on_the_line(&recorded, &everything);
    assert_eq!(up, allowed, "from people to the server");
    assert_eq!(down, allowed, "from the server to people");

    scene.check_log(&everything, &recorded);
    scene.check_people_at_rest(&needles(&words));
}

fn needles<'a>(words: impl IntoIterator<Item = &'a (&'static str, Vec<u8>)>) -> Needles {
    Needles::new(
        words
            .into_iter()
            .map(|(name, word)| (*name, word.as_slice())),
    )
}

impl Scene {
    /// Lets people do everything, while somebody reads the server's memory again and again.
    fn play() -> Self {
        let folder = Folder::new("canary");
        let mut server = Server::new(&folder, "[log]\nlevel = \"debug\"\n");
        server.line.record();
        server.start();
        let planted = Planted::new();
        let organisation = canary("organisation");
        let (ivan, anna) = (Person::new(&folder, "ivan"), Person::new(&folder, "anna"));
        ivan.found(&server, &planted.registrar, &organisation);
        let link = invite(&ivan, &planted);

        let mut words = planted.words();
        words.push(("organisation", organisation.clone().into_bytes()));
        words.push(("link", link.clone().into_bytes()));
        words.extend(secrets_of_link(&link));
        words.extend(secrets_of(&ivan, IVANS));
        let watch = Watch::start(server.pid(), words.clone());
        anna.run(&["join", &link]);
        ivan.run(&["send", &planted.address, &planted.text]);
        ivan.run(&["send", "me", &planted.saved]);
        ivan.run(&["label", &planted.label, &planted.address]);
        let elsewhere = format!("https://{}.example", planted.elsewhere);
        ivan.run(&["organisation", &elsewhere, "--name", &planted.elsewhere]);
        ivan.run(&["card", &planted.address, &planted.person]);
        let read = anna.until_reads(&planted.registrar, &planted.text);
        assert_eq!(read, std::slice::from_ref(&planted.text));
        anna.run(&["send", &planted.registrar, &planted.answer]);
        let group = ivan.run(&["group", &planted.group, &planted.address]);
        send_file(&folder, &ivan, &anna, &planted);

        // The room is known by now; the last look is at everything once more.
        let room = room_id(&group[0]["chat"]);
        words.push(("room", room.clone()));
        words.extend(secrets_of(&anna, ANNAS));
        let mut remembered = watch.stop();
        remembered.extend(memory::found(server.pid(), &needles(&words)));
        // What lies in the log of the database goes into the database, and the rest is looked at where it is.
        assert!(server.stop().success());
        server.start();
        remembered.extend(memory::found(server.pid(), &needles(&words)));
        Self {
            server,
            people: [ivan, anna],
            planted,
            organisation,
            room,
            link,
            remembered,
            _folder: folder,
        }
    }

    /// What the server may know, and every search must find.
    fn controls(&self) -> Words {
        vec![
            ("organisation", self.organisation.clone().into_bytes()),
            ("room", self.room.clone()),
        ]
    }

    fn secrets(&self) -> Words {
        let mut secrets = secrets_of(&self.people[0], IVANS);
        secrets.extend(secrets_of(&self.people[1], ANNAS));
        secrets.push(("link", self.link.clone().into_bytes()));
        secrets.extend(secrets_of_link(&self.link));
        secrets
    }

    /// What is found in what people said, and in what the server said; both on sockets and on other connections.
    fn on_the_line(&self, recorded: &[Recorded], needles: &Needles) -> [BTreeSet<String>; 2] {
        assert!(recorded.iter().any(is_socket) && !recorded.iter().all(is_socket));
        let said: Vec<_> = recorded.iter().map(readable).collect();
        [0, 1].map(|side| {
            said.iter()
                .flat_map(|both| needles.found_in(&both[side]))
                .collect()
        })
    }

    /// The log says what happens, and nothing of what is in it: no word, no key, no token of a session.
    fn check_log(&self, needles: &Needles, recorded: &[Recorded]) {
        let log = fs::read(self.server.log_path()).unwrap();
        assert!(
            String::from_utf8_lossy(&log).contains("stopping"),
            "the log says something"
        );
        let found = needles.found_in(&log);
        // Not even the room: beside an account it would tell who is in it.
        assert!(found.is_empty(), "in the log: {found:?}");
        let tokens: Vec<String> = recorded.iter().flat_map(|both| tokens(&both.up)).collect();
        assert!(!tokens.is_empty(), "people were signed in");
        let tokens = tokens.iter().map(|token| ("token", token.as_bytes()));
        let tokens = Needles::new(tokens);
        assert!(tokens.found_in(&log).is_empty(), "a token in the log");
        assert!(
            tokens.found_on_disk(&self.server.data()).is_empty(),
            "a token on the disk"
        );
    }

    /// A terminal's folder is sealed but for the key that opens it (T53).
    fn check_people_at_rest(&self, needles: &Needles) {
        for person in &self.people {
            let found = needles.found_on_disk(&person.0);
            let key: BTreeSet<String> = found
                .iter()
                .filter(|name| name.ends_with("store key"))
                .cloned()
                .collect();
            assert_eq!(found, key, "in a terminal's folder");
            assert_eq!(key.len(), 1, "the control: the key lies beside the store");
        }
    }
}

fn invite(registrar: &Person, planted: &Planted) -> String {
    let said = registrar.run(&[
        "invite",
        "--name",
        &planted.person,
        "--address",
        &planted.address,
        "--office",
        &planted.office,
    ]);
    said[0]["link"].as_str().unwrap().to_owned()
}

fn send_file(folder: &Folder, from: &Person, to: &Person, planted: &Planted) {
    let path = folder.join(&planted.file_name);
    let content = format!("{} ", planted.file).repeat(20_000);
    fs::write(&path, &content).unwrap();
    from.run(&[
        "attach",
        &planted.group,
        path.to_str().unwrap(),
        "--text",
        &planted.text,
    ]);
    let saved = folder.join("saved");
    to.until_in(&planted.group);
    to.run(&["save", &planted.group, "--to", saved.to_str().unwrap()]);
    assert!(
        fs::read_to_string(saved).unwrap() == content,
        "the file arrived"
    );
}

/// A group's chat is called by the digits of its room.
fn room_id(chat: &serde_json::Value) -> Vec<u8> {
    let digits = chat.as_str().unwrap().trim_start_matches('g');
    hex::decode(digits).unwrap()
}

/// The session of every request that has one.
fn tokens(said: &[u8]) -> Vec<String> {
    let said = String::from_utf8_lossy(said).to_lowercase();
    let after = said.split("authorization: bearer ").skip(1);
    after.map(|rest| rest.chars().take(64).collect()).collect()
}

/// The invitation's private key and the key of all names, out of a link (`spec/links.md`): version, kind, id, two keys.
fn secrets_of_link(link: &str) -> Words {
    let (_, fragment) = link.split_once('#').unwrap();
    let bytes = URL_SAFE_NO_PAD.decode(fragment).unwrap();
    vec![
        ("link's key", bytes[18..50].to_vec()),
        ("directory key", bytes[50..82].to_vec()),
    ]
}

/// Names of one device's secrets: of its store, and of what stands in it.
type SecretNames = [&'static str; 5];
const IVANS: SecretNames = [
    "Ivan's store key",
    "Ivan's device key",
    "Ivan's leaf key",
    "Ivan's account key",
    "organisation key",
];
const ANNAS: SecretNames = [
    "Anna's store key",
    "Anna's device key",
    "Anna's leaf key",
    "Anna's account key",
    "",
];

/// Reads a device's keys out of its store, while no process has it.
fn secrets_of(person: &Person, names: SecretNames) -> Words {
    let file = fs::read(person.0.join("store.key")).unwrap();
    let key = *file.last_chunk::<32>().unwrap();
    let path = person.0.join("store.db");
    let store = valise_client::store::key::open(path.to_str().unwrap(), &key).unwrap();
    let sql = "SELECT value FROM setting WHERE name = 'account'";
    let account: Vec<u8> = store.query_row(sql, [], |row| row.get(0)).unwrap();
    // Six public things come first (`client/account.rs`), then the keys; only a founder has the last.
    let mut from = Decoder::new(&account);
    from.array().unwrap();
    for _ in 0..6 {
        from.any().unwrap();
    }
    let mut words = vec![(names[0], key.to_vec())];
    for name in names.into_iter().skip(1).filter(|name| !name.is_empty()) {
        let item = from.any().unwrap();
        words.push((name, item.last_chunk::<32>().unwrap().to_vec()));
    }
    words
}

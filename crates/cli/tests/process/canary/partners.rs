//! The same over two organisations: what their people say to each other lies readable on neither server, in neither's memory or
//! log, and not on the line between them; nor does the secret of the link that made them partners.

use super::memory::{self, Watch};
use super::{SecretNames, Words, canary, needles, secrets_of};
use crate::line::Recorded;
use crate::needles::Needles;
use crate::partners::{Side, make_partners, until_found};
use crate::recording::readable;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::collections::BTreeSet;
use std::fs;

const BORIS: SecretNames = [
    "Boris's store key",
    "Boris's device key",
    "Boris's leaf key",
    "Boris's account key",
    "",
];
const CLARA: SecretNames = [
    "Clara's store key",
    "Clara's device key",
    "Clara's leaf key",
    "Clara's account key",
    "organisation key",
];
const DEBUG: &str = "[log]\nlevel = \"debug\"\n";

/// What is readable to people and must be to nobody else.
struct Planted {
    names: [String; 4],
    text: String,
    answer: String,
    group: String,
}

impl Planted {
    fn new() -> Self {
        Self {
            names: ["anna", "boris", "clara", "dora"].map(canary),
            text: canary("text"),
            answer: canary("answer"),
            group: canary("group"),
        }
    }

    fn words(&self) -> Words {
        let names = ["Anna's name", "Boris's name", "Clara's name", "Dora's name"];
        let said = [
            ("text", &self.text),
            ("answer", &self.answer),
            ("group's name", &self.group),
        ];
        let all = names.into_iter().zip(&self.names).chain(said);
        all.map(|(name, word)| (name, word.clone().into_bytes()))
            .collect()
    }
}

#[test]
fn nothing_that_crosses_is_readable_on_either_server_or_between_them() {
    let planted = Planted::new();
    let organisations = [canary("office"), canary("bank")];
    let [anna, boris, clara, dora] = planted.names.each_ref().map(String::as_str);
    let mut sides = [
        Side::new("office.example", &organisations[0], [anna, boris], DEBUG),
        Side::new("bank.example", &organisations[1], [clara, dora], DEBUG),
    ];
    // Public, and known to both servers once they are partners: every search has to find them.
    let controls: Words = ["office", "bank"]
        .into_iter()
        .zip(&organisations)
        .map(|(name, word)| (name, word.clone().into_bytes()))
        .collect();
    let mut words = planted.words();
    words.extend(controls.clone());
    words.extend(secrets_of(&sides[0].member, BORIS));
    words.extend(secrets_of(&sides[1].registrar, CLARA));
    let watches = sides
        .each_ref()
        .map(|side| Watch::start(side.server.pid(), words.clone()));

    let link = make_partners(&sides[0].registrar, &sides[1].registrar);
    talk(&sides, &planted);

    words.extend(secrets_of_partners(&link));
    let everything = needles(&words);
    let allowed = needles(&controls).all();
    let mut between = BTreeSet::new();
    for (side, watch) in sides.iter_mut().zip(watches) {
        look_through(side, watch, &everything, &allowed);
        between.extend(on_the_line(&side.server.line.recorded(), &everything));
    }
    assert_eq!(between, allowed, "on the line between them");
}

/// Looks through a server's memory, its disk once it has stopped, and its log: only what is allowed may be there, and has to be; in the
/// log not even that.
pub fn look_through(
    side: &mut Side,
    watch: Watch,
    everything: &Needles,
    allowed: &BTreeSet<String>,
) {
    let mut remembered = watch.stop();
    remembered.extend(memory::found(side.server.pid(), everything));
    assert_eq!(remembered, *allowed, "in a server's memory");
    assert!(side.server.stop().success());
    let on_disk = everything.found_on_disk(&side.server.data());
    assert_eq!(on_disk, *allowed, "on a server's disk");
    let log = fs::read(side.server.log_path()).unwrap();
    let logged = everything.found_in(&log);
    assert!(logged.is_empty(), "in a server's log: {logged:?}");
}

/// Two who write to each other, and a group across.
fn talk(sides: &[Side; 2], planted: &Planted) {
    let [anna, boris, _, dora] = planted.names.each_ref();
    let (here, there) = (&sides[0].member, &sides[1].member);
    let address = format!("{dora}@bank.example");
    until_found(here, there, &address);
    here.run(&["send", &address, &planted.text]);
    assert_eq!(
        there.until_reads(boris, &planted.text),
        std::slice::from_ref(&planted.text)
    );
    there.run(&["send", boris, &planted.answer]);
    here.until_reads(dora, &planted.answer);
    here.run(&["group", &planted.group, &address, anna]);
    there.until_in(&planted.group);
    there.run(&["send", &planted.group, &planted.answer]);
    here.until_reads(&planted.group, &planted.answer);
}

/// What is found in the calls of one server to another, both ways.
fn on_the_line(recorded: &[Recorded], needles: &Needles) -> BTreeSet<String> {
    let is_call = |recorded: &&Recorded| {
        let call = b"POST /v1/partner";
        recorded.up.windows(call.len()).any(|part| part == call)
    };
    let calls: Vec<_> = recorded.iter().filter(is_call).map(readable).collect();
    assert!(!calls.is_empty(), "the servers have talked");
    calls
        .iter()
        .flatten()
        .flat_map(|said| needles.found_in(said))
        .collect()
}

/// The keys of a partner's link (`spec/links.md`): version, kind, organisation, two keys.
fn secrets_of_partners(link: &str) -> Words {
    let (_, fragment) = link.split_once('#').unwrap();
    let bytes = URL_SAFE_NO_PAD.decode(fragment).unwrap();
    vec![
        ("partner link", fragment.as_bytes().to_vec()),
        ("partner key", bytes[34..66].to_vec()),
        ("introduction key", bytes[66..98].to_vec()),
    ]
}

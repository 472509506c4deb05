//! The evidence of a request on which much was done: made by a whole client, and verified by whoever has the file.

use anyhow::{Result, bail, ensure};
use std::time::{Duration, Instant};
use valise_evidence::verify::{Expected, verify};
use valise_tests::sim::World;
use valise_views::request::{ActKind, NewAct};
use valise_views::{Outcome, RequestFilter};

/// Length of each file.
const FILE_BYTES: usize = 200 << 10;
/// How often it is verified; the median counts.
const ROUNDS: usize = 5;

/// What came of it.
pub struct Proof {
    /// From asking for the bundle until it was there.
    pub export: Duration,
    /// From the bytes to the verdict.
    pub verify: Duration,
    /// Length of the bundle.
    pub bytes: usize,
}

/// Makes a request with so many files in answers to a part of it and twice as many acts, and proves it. The network is none, and the
/// clock stands still meanwhile.
pub fn measure(files: usize) -> Result<Proof> {
    let mut world = World::new(1);
    let bank = world.add_server("bank.example");
    let anna = world.found("Anna");
    let clara = world.found_at(bank, "Harbour Bank", "Clara");
    world.make_partners(anna, clara);
    world.advance(60_000);
    let person = world.find_person(anna, "clara@bank.example");
    let request = World::request_to(person.clone(), "a long matter");
    world.asks(anna, request);
    let asked = world.requests(clara, RequestFilter::Open);
    ensure!(asked.len() == 1, "the request did not arrive");
    let chat = asked[0].chat.clone();
    // Opening it is the first act.
    world.opens(clara, &chat);
    world.settle();
    for number in 0..files {
        let bytes = vec![number as u8; FILE_BYTES];
        let name = format!("{number}.pdf");
        let file = world.new_file(clara, &name, "application/pdf", bytes);
        let text = format!("Part {number}.");
        world.replies(clara, &chat, ActKind::PartlyAnswered, &text, vec![file]);
        if number > 0 {
            let done = world.acts(clara, &chat, NewAct::Assign(person.clone()));
            ensure!(done == Outcome::Done, "nobody was assigned: {done:?}");
        }
    }
    let acts = world.opens(clara, &chat).acts.len();
    ensure!(acts == 2 * files, "there are {acts} acts");
    let fingerprints = [anna, clara].map(|who| world.partners_of(who).fingerprint);

    let begin = Instant::now();
    let Ok((_, bytes)) = world.exports(clara, &chat) else {
        bail!("there is no bundle");
    };
    let export = begin.elapsed();
    let expected = Expected {
        fingerprints: fingerprints.to_vec(),
        ..Expected::default()
    };
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let begin = Instant::now();
        let verdict = verify(&bytes, &expected);
        rounds.push(begin.elapsed());
        let acts = verdict.course.as_ref().map(|course| course.acts);
        ensure!(verdict.is_sound(), "the bundle is not sound");
        ensure!(acts == Some(2 * files), "not all acts are in it");
    }
    rounds.sort();
    Ok(Proof {
        export,
        verify: rounds[ROUNDS / 2],
        bytes: bytes.len(),
    })
}

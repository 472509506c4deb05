//! Files of signed letters: another one than was signed, one that is gone, too much of them, and some that are left out.

use super::offices::Pair;
use valise_client::{Guard, Guards};
use valise_evidence::Digest;
use valise_evidence::verify::{Expected, Fault, Remark, Verdict, verify};
use valise_tests::case::Way;
use valise_tests::says;
use valise_tests::sim::{Saboteur, Who, World};
use valise_views::request::{ActKind, Asks, RequestDetails};
use valise_views::{Alarm, ChatId, Command, FileId, FileState, Outcome, RequestFilter, Trouble};

const SIGNED: &[u8] = b"The account holds 120 in all.";
const SENT: &[u8] = b"The account holds 999 in all.";

/// Boris asked Dora, who answers with these files; returns the chat as he has it.
fn answered(pair: &mut Pair, files: &[(&str, &[u8])]) -> ChatId {
    pair.world.advance(60_000);
    let dora = pair.world.find_person(pair.boris, "dora@bank.example");
    let request = World::request_to(dora, "the account");
    let there = pair.world.asks(pair.boris, request);
    let rows = pair.world.requests(pair.dora, RequestFilter::Open);
    let here = rows[0].chat.clone();
    pair.world.opens(pair.dora, &here);
    pair.world.settle();
    let files = files.iter();
    let files = files
        .map(|(name, bytes)| {
            let bytes = bytes.to_vec();
            pair.world
                .new_file(pair.dora, name, "application/pdf", bytes)
        })
        .collect();
    let text = "Here it is.";
    pair.world
        .replies(pair.dora, &here, ActKind::Answered, text, files);
    there
}

/// Lets a device sign another digest than that of what it sends.
fn lies(world: &mut World, who: Who, signed: &[u8]) {
    let digest = Digest::of(signed);
    let lie = format!(
        "CREATE TRIGGER lie AFTER UPDATE OF plain ON file WHEN new.plain IS NOT NULL
         BEGIN UPDATE file SET plain = x'{digest}' WHERE id = new.id; END"
    );
    let disk = &world.of(who).disk;
    disk.execute_batch(&lie).expect("a trigger is made");
}

fn files(details: &RequestDetails) -> Vec<valise_views::File> {
    let letters = details.acts.iter().filter_map(|act| act.letter.as_ref());
    letters.flat_map(|letter| letter.files.clone()).collect()
}

/// Exports, and once more when what had to come first is here.
fn export(
    pair: &mut Pair,
    who: Who,
    chat: &ChatId,
    without: &[FileId],
) -> Result<Vec<u8>, Trouble> {
    let mut asked = || {
        let told = pair.world.exports_without(who, chat, without.to_vec());
        pair.world.settle();
        told.map(|(_, bytes)| bytes)
    };
    match asked() {
        Err(Trouble::FileAway) => asked(),
        other => other,
    }
}

fn judged(pair: &mut Pair, bundle: &[u8]) -> Verdict {
    let fingerprints = [pair.boris, pair.dora].map(|who| pair.world.partners_of(who).fingerprint);
    let expected = Expected {
        fingerprints: fingerprints.to_vec(),
        ..Expected::default()
    };
    verify(bundle, &expected)
}

/// What is remarked and wrong about a file that was signed.
fn about(verdict: &Verdict, file: &[u8]) -> (Vec<Fault>, Vec<Remark>) {
    let path = format!("contents/{}", Digest::of(file));
    let row = verdict.rows.iter().find(|row| row.path == path);
    let row = row.expect("it is named");
    (row.faults.clone(), row.remarks.clone())
}

#[test]
fn t230_another_file_than_was_signed_is_said_and_stays_said() {
    let run = |way: Way| {
        let mut pair = super::offices::pair(230);
        let boris = pair.boris;
        pair.world.guard(boris, way.guards);
        if way.attacked {
            let dora = pair.dora;
            lies(&mut pair.world, dora, SIGNED);
        }
        let sent = if way.attacked { SENT } else { SIGNED };
        let there = answered(&mut pair, &[("statement.pdf", sent)]);
        let bundle = export(&mut pair, boris, &there, &[]).expect("there is a bundle");
        // It is in the store, not in memory.
        pair.world.crash(boris);
        pair.world.start(boris);
        pair.world.settle();
        let details = pair.world.opens(boris, &there);
        let answer = details.acts.iter().find_map(|act| act.letter.clone());
        let answer = answer.expect("there is an answer");
        let verdict = judged(&mut pair, &bundle);
        let seen = (answer.is_whole, answer.files[0].state);
        (seen, verdict, pair.world.alarms(boris))
    };
    let (seen, verdict, alarms) = run(Way::HONEST);
    assert_eq!((seen, alarms), ((true, FileState::Here), vec![]));
    assert!(verdict.is_sound(), "{verdict:#?}");

    let (seen, verdict, alarms) = run(Way::ATTACKED);
    assert_eq!(seen, (false, FileState::Another));
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    let other = (vec![Fault::AnotherCame], vec![]);
    assert_eq!(about(&verdict, SIGNED), other);
    assert!(!verdict.is_sound(), "whoever verifies is told");
    // What came lies in it, for whoever wants to see it.
    let came = (vec![], vec![Remark::CameInstead]);
    assert_eq!(about(&verdict, SENT), came);
    assert_eq!(verdict.faults().count(), 1, "nothing else is wrong");

    let (seen, verdict, alarms) = run(Way::without(Guard::SignedFiles));
    assert_eq!((seen, alarms), ((true, FileState::Here), vec![]));
    assert!(verdict.is_sound(), "nobody hears of it");
    let hidden = (vec![], vec![Remark::Withheld]);
    assert_eq!(about(&verdict, SIGNED), hidden, "as if on purpose");
}

#[test]
fn another_file_that_came_before_this_was_looked_at_is_found_at_the_export() {
    let mut pair = super::offices::pair(231);
    let boris = pair.boris;
    let former = Guards::ALL.without(Guard::SignedFiles);
    pair.world.guard(boris, former);
    let dora = pair.dora;
    lies(&mut pair.world, dora, SIGNED);
    let there = answered(&mut pair, &[("statement.pdf", SENT)]);
    let details = pair.world.opens(boris, &there);
    let file = files(&details)[0].id.clone();
    assert_eq!(pair.world.tell(boris, Command::Fetch(file)), Outcome::Done);
    pair.world.settle();
    let details = pair.world.opens(boris, &there);
    assert_eq!(files(&details)[0].state, FileState::Here);
    pair.world.guard(boris, Guards::ALL);
    let bundle = export(&mut pair, boris, &there, &[]).expect("there is a bundle");
    let verdict = judged(&mut pair, &bundle);
    assert_eq!(about(&verdict, SIGNED).0, [Fault::AnotherCame]);
    let details = pair.world.opens(boris, &there);
    assert_eq!(files(&details)[0].state, FileState::Another);
    let alarms = pair.world.alarms(boris);
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
}

#[test]
fn t230_a_large_file_is_compared_over_a_restart_in_the_middle() {
    // Two slices and more, of which some are read back after the restart.
    let bytes: Vec<u8> = (0..9_000_000u32).map(|at| (at % 251) as u8).collect();
    let mut pair = super::offices::pair(232);
    let boris = pair.boris;
    let there = answered(&mut pair, &[("scan.pdf", &bytes)]);
    let details = pair.world.opens(boris, &there);
    let file = files(&details)[0].id.clone();
    let fetch = Command::Fetch(file);
    assert_eq!(pair.world.tell(boris, fetch), Outcome::Done);
    let mut cuts = 0;
    while pair.world.of(boris).cache.values().all(Vec::is_empty) && cuts < 10_000 {
        pair.world.advance(1);
        cuts += 1;
    }
    pair.world.crash(boris);
    pair.world.start(boris);
    pair.world.settle();
    let details = pair.world.opens(boris, &there);
    assert_eq!(files(&details)[0].state, FileState::Here);
    assert_eq!(pair.world.alarms(boris), []);
}

/// Whoever asks for a file is told that there is none.
fn gone(guards: Guards, state: &dyn Fn(&mut Pair)) -> (Result<Verdict, Trouble>, FileState) {
    let mut pair = super::offices::pair(233);
    let boris = pair.boris;
    pair.world.guard(boris, guards);
    let all: [(&str, &[u8]); 2] = [("statement.pdf", SIGNED), ("other.pdf", SENT)];
    let there = answered(&mut pair, &all);
    let details = pair.world.opens(boris, &there);
    let other = files(&details)[1].id.clone();
    assert_eq!(pair.world.tell(boris, Command::Fetch(other)), Outcome::Done);
    pair.world.settle();
    state(&mut pair);
    let bundle = export(&mut pair, boris, &there, &[]);
    let details = pair.world.opens(boris, &there);
    let bundle = bundle.map(|bundle| judged(&mut pair, &bundle));
    (bundle, files(&details)[0].state)
}

#[test]
fn t231_a_file_that_is_gone_at_its_server_takes_no_other_evidence_away() {
    let lose = |pair: &mut Pair| pair.world.lose_files();
    let (verdict, state) = gone(Guards::ALL, &lose);
    let verdict = verdict.expect("there is a bundle");
    assert_eq!(state, FileState::Gone);
    assert!(verdict.is_sound(), "{verdict:#?}");
    assert_eq!(about(&verdict, SIGNED), (vec![], vec![Remark::NotHad]));
    assert_eq!(about(&verdict, SENT), (vec![], vec![]));

    let (verdict, _) = gone(Guards::ALL.without(Guard::WithoutLost), &lose);
    assert_eq!(verdict.unwrap_err(), Trouble::FileAway, "for good");
}

/// Changes what comes down.
struct Swaps;

impl Saboteur for Swaps {
    fn file(&mut self, _to: Who, body: Vec<u8>) -> Vec<u8> {
        body.into_iter().map(|byte| byte ^ 1).collect()
    }
}

#[test]
fn t231_a_file_that_is_broken_at_its_server_takes_no_other_evidence_away() {
    let (verdict, state) = gone(Guards::ALL, &|pair| pair.world.saboteur = Box::new(Swaps));
    let verdict = verdict.expect("there is a bundle");
    assert_eq!(state, FileState::Broken);
    assert_eq!(about(&verdict, SIGNED), (vec![], vec![Remark::NotHad]));
    assert_eq!(about(&verdict, SENT), (vec![], vec![]));
}

#[test]
fn a_file_that_was_gone_once_is_asked_for_again() {
    let mut pair = super::offices::pair(234);
    let boris = pair.boris;
    let there = answered(&mut pair, &[("statement.pdf", SIGNED)]);
    pair.world.saboteur = Box::new(Swaps);
    let details = pair.world.opens(boris, &there);
    let file = files(&details)[0].id.clone();
    assert_eq!(pair.world.tell(boris, Command::Fetch(file)), Outcome::Done);
    pair.world.settle();
    assert_eq!(
        files(&pair.world.opens(boris, &there))[0].state,
        FileState::Broken
    );
    pair.world.saboteur = Box::new(valise_tests::sim::Honest);
    let bundle = export(&mut pair, boris, &there, &[]).expect("there is a bundle");
    let verdict = judged(&mut pair, &bundle);
    assert_eq!(about(&verdict, SIGNED), (vec![], vec![]));
}

#[test]
fn what_is_left_out_is_named_and_the_rest_verifies() {
    let mut pair = super::offices::pair(235);
    let boris = pair.boris;
    let all: [(&str, &[u8]); 2] = [("statement.pdf", SIGNED), ("other.pdf", SENT)];
    let there = answered(&mut pair, &all);
    let details = pair.world.opens(boris, &there);
    let file = files(&details)[0].id.clone();
    // What is left out need not come.
    let bundle = export(&mut pair, boris, &there, &[file]).expect("there is a bundle");
    let details = pair.world.opens(boris, &there);
    let states: Vec<FileState> = files(&details).iter().map(|file| file.state).collect();
    assert_eq!(states, [FileState::Remote, FileState::Here]);
    let verdict = judged(&mut pair, &bundle);
    assert!(verdict.is_sound(), "{verdict:#?}");
    assert_eq!(about(&verdict, SIGNED), (vec![], vec![Remark::Withheld]));
    assert_eq!(about(&verdict, SENT), (vec![], vec![]));
}

#[test]
fn more_than_fits_into_a_bundle_is_counted() {
    let mut pair = super::offices::pair(236);
    let (boris, dora) = (pair.boris, pair.dora);
    let there = answered(&mut pair, &[("statement.pdf", SIGNED)]);
    let rows = pair.world.requests(dora, RequestFilter::Open);
    assert_eq!(rows.len(), 1);
    // As if it were longer than a bundle has room for: what the signed letter says counts.
    let long = Command::ExportEvidence {
        chat: there.clone(),
        without: Vec::new(),
    };
    pair.world.guard(boris, Guards::ALL.with_bundle_bytes(4));
    let told = pair.world.tell(boris, long);
    let Outcome::Unreported { export, bundle, .. } = told else {
        panic!("no bundle but {told:?}")
    };
    let verdict = judged(&mut pair, &bundle);
    assert!(verdict.is_sound(), "{verdict:#?}");
    assert_eq!(about(&verdict, SIGNED), (vec![], vec![Remark::TooLarge]));
    let finish = Command::FinishEvidence {
        export,
        report: None,
    };
    match pair.world.tell(boris, finish) {
        Outcome::Evidence { lacking, .. } => assert_eq!(lacking.too_large, 1),
        other => panic!("no evidence but {other:?}"),
    }
}

#[test]
fn what_is_not_whole_goes_in_nobodys_name() {
    let run = |way: Way| {
        let mut scene = super::seals::scene(232, Asks::FourEyes);
        let (boris, emil) = (scene.pair.boris, scene.emil);
        let world = scene.world();
        world.guard(emil, way.guards);
        let sent = if way.attacked { SENT } else { SIGNED };
        if way.attacked {
            lies(world, boris, SIGNED);
        }
        let dora = world.find_person(boris, "dora@bank.example");
        let mut request = World::request_to(dora, "the order");
        request.files = vec![world.new_file(boris, "order.pdf", "application/pdf", sent.to_vec())];
        world.asks(boris, request);
        world.advance(20_000);
        let waiting = scene.reads_for_release(emil);
        let file = waiting.letter.files[0].id.clone();
        let download = Command::Fetch(file);
        assert_eq!(scene.world().tell(emil, download), Outcome::Done);
        scene.world().settle();
        let is_whole = scene.reads_for_release(emil).letter.is_whole;
        let told = scene.world().tell(emil, Command::Release(waiting.row.id));
        scene.world().advance(20_000);
        (is_whole, told, scene.dora_sees(RequestFilter::Open).len())
    };
    assert_eq!(run(Way::HONEST), (true, Outcome::Done, 1));
    let refused = Outcome::Failed(Trouble::NotWhole);
    assert_eq!(run(Way::ATTACKED), (false, refused, 0));
    let without = run(Way::without(Guard::SignedFiles));
    assert_eq!(without, (true, Outcome::Done, 1), "it is sealed unseen");
}

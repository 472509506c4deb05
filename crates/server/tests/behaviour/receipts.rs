//! Receipts: what the server says of signed things, whom it tells, and that it says it of nothing twice.

use crate::partners::pair;
use crate::stage::*;
use valise_directory::keeper::{self, Asks};
use valise_directory::keys::EvidencePublicKey;
use valise_evidence::sign1::read;
use valise_evidence::{Binding, Digest, Event, Receipt, Signed};
use valise_mls::HubKey;
use valise_mls::chain::digest;
use valise_server::service::Protections;
use valise_server::store::SqliteStore;
use valise_server::timestamps::{Outside, Source};
use valise_timestamp::{Imprint, verify_alone};
use valise_wire::partner::PartnerRequest;
use valise_wire::policy::RoomKind;
use valise_wire::request::{GetReceipts, MAX_MARKED, Mark, Publish, Receipts, Reply, Send};
use valise_wire::{
    OrganisationId, Problem, ProblemCode, RequestId, Timestamp, TransactionId, to_bytes,
};

const LETTER: [u8; 32] = [1; 32];

fn stage(source: Source, protections: Protections) -> (Stage, Person) {
    let settings = valise_server::Settings {
        timestamps: source,
        ..settings(protections)
    };
    let mut stage = Stage::over(SqliteStore::in_memory([1; 16]).unwrap(), settings);
    let boris = stage.join(2, "boris");
    stage.room(RoomKind::Request, &[&boris]);
    (stage, boris)
}

/// A message of the founder's with a mark beside it.
fn marked(stage: &Stage, name: u8, by: OrganisationId, object: [u8; 32]) -> Send {
    let mark = Mark {
        by,
        request: RequestId([4; 16]),
        object,
        ends: None,
    };
    let (epoch, message) = stage.at(&stage.founder, |room| {
        let message = room.encrypt(b"sealed", &to_bytes(&mark)).unwrap();
        (room.epoch(), message)
    });
    Send {
        room: ROOM,
        transaction: TransactionId([name; 16]),
        epoch,
        wakes: true,
        message: message.into(),
    }
}

fn ask(stage: &Stage, person: &Person, objects: Vec<[u8; 32]>) -> Result<Receipts, Problem> {
    let room = ROOM;
    match stage.call(&person.caller, GetReceipts { room, objects })? {
        Reply::Receipts(receipts) => Ok(receipts),
        other => panic!("{other:?}"),
    }
}

fn opened(stage: &Stage, receipts: &Receipts) -> Vec<Signed<Receipt>> {
    let key = EvidencePublicKey(HubKey::from_secret(&[9; 32]).public());
    let binding = Binding {
        asks: stage.founded.organisation,
        room: ROOM,
    };
    let receipts = receipts.receipts.iter();
    receipts
        .map(|bytes| {
            read::<Receipt>(bytes)
                .unwrap()
                .verify(&key, &binding)
                .unwrap()
        })
        .collect()
}

#[test]
fn what_was_sent_has_a_receipt_of_what_the_server_saw() {
    let (mut stage, _) = stage(Source::Nobody, Protections::default());
    let own = stage.founded.organisation;
    let sent = marked(&stage, 1, own, LETTER);
    let place = accepted(stage.call(&stage.founder.caller, sent.clone()));
    let head = stage.directory().0.head().position;
    // Asked for later, it says when it was taken and not when it was asked for.
    stage.now = stage.now.plus_millis(60_000);
    let all = ask(&stage, &stage.founder, vec![LETTER, [2; 32]]).unwrap();
    assert_eq!(all.missing, [[2; 32]]);
    let [signed] = &opened(&stage, &all)[..] else {
        panic!("one receipt");
    };
    let receipt = &signed.object;
    assert_eq!(receipt.event, Event::SubmissionAcceptance);
    assert_eq!((receipt.at, receipt.directory), (START, head));
    assert_eq!((receipt.seq, receipt.epoch), (place.seq, sent.epoch));
    assert_eq!(receipt.transmitted, Digest(digest(&sent.message)));
    assert_eq!(receipt.object, Digest(LETTER));
    assert_eq!((receipt.issuer, receipt.request), (own, RequestId([4; 16])));
    assert!(signed.token.is_none());
    // The same ever after.
    assert_eq!(
        ask(&stage, &stage.founder, vec![LETTER]).unwrap().receipts,
        all.receipts
    );
}

#[test]
fn what_others_sent_is_handed_over_to_who_asks_first() {
    let (mut stage, boris) = stage(Source::Nobody, Protections::default());
    let theirs = OrganisationId([3; 32]);
    let sent = marked(&stage, 1, theirs, LETTER);
    accepted(stage.call(&stage.founder.caller, sent));
    stage.now = stage.now.plus_millis(60_000);
    let first = ask(&stage, &boris, vec![LETTER]).unwrap();
    stage.now = stage.now.plus_millis(60_000);
    assert_eq!(ask(&stage, &stage.founder, vec![LETTER]).unwrap(), first);
    assert!(first.missing.is_empty());
    let seen: Vec<_> = opened(&stage, &first)
        .into_iter()
        .map(|it| (it.object.event, it.object.at, it.object.device))
        .collect();
    let later = START.plus_millis(60_000);
    assert_eq!(
        seen,
        [
            (Event::RelayAcceptance, START, None),
            (
                Event::ContentHandover,
                later,
                Some(boris.device.identity().device)
            ),
        ]
    );
}

#[test]
fn a_receipt_is_stamped_by_the_authority_of_its_server() {
    let (stage, _) = stage(Source::Own, Protections::default());
    let sent = marked(&stage, 1, stage.founded.organisation, LETTER);
    accepted(stage.call(&stage.founder.caller, sent));
    let all = ask(&stage, &stage.founder, vec![LETTER]).unwrap();
    let signed = opened(&stage, &all).remove(0);
    let imprint = Imprint::of_cose_signature(&signed.signature);
    let stamp = verify_alone(&signed.token.unwrap(), &imprint).unwrap();
    assert_eq!(stamp.time, Timestamp(START.as_seconds() * 1000));
}

#[test]
fn t155_what_was_promised_early_is_not_brought_late() {
    let attempt = |protections| {
        let (stage, _) = stage(Source::Nobody, protections);
        let own = stage.founded.organisation;
        accepted(stage.call(&stage.founder.caller, marked(&stage, 1, own, LETTER)));
        stage.call(&stage.founder.caller, marked(&stage, 2, own, LETTER))
    };
    assert_eq!(code(attempt(Protections::default())), ProblemCode::Refused);
    let open = Protections {
        marked_once: false,
        ..Protections::default()
    };
    assert!(attempt(open).is_ok());
}

#[test]
fn the_same_message_again_gets_its_first_answer() {
    let (stage, _) = stage(Source::Nobody, Protections::default());
    let sent = marked(&stage, 1, stage.founded.organisation, LETTER);
    let first = accepted(stage.call(&stage.founder.caller, sent.clone()));
    assert_eq!(accepted(stage.call(&stage.founder.caller, sent)), first);
}

#[test]
fn who_was_never_in_the_room_gets_none() {
    let attempt = |protections| {
        let (mut stage, _) = stage(Source::Nobody, protections);
        let sent = marked(&stage, 1, stage.founded.organisation, LETTER);
        accepted(stage.call(&stage.founder.caller, sent));
        let stranger = stage.join(3, "clara");
        ask(&stage, &stranger, vec![LETTER])
    };
    assert_eq!(code(attempt(Protections::default())), ProblemCode::Refused);
    let open = Protections {
        membership: false,
        ..Protections::default()
    };
    assert_eq!(attempt(open).unwrap().receipts.len(), 1);
}

#[test]
fn a_partner_gets_none_of_a_room_that_it_is_not_in() {
    let pair = pair(Protections::default());
    pair.stage.room(RoomKind::Request, &[]);
    let request = GetReceipts {
        room: ROOM,
        objects: vec![LETTER],
    };
    let asked = pair.ask(PartnerRequest::from(request.clone()));
    assert_eq!(code(asked), ProblemCode::Refused);
    let nowhere = GetReceipts {
        room: valise_wire::RoomId([99; 16]),
        ..request
    };
    assert_eq!(
        code(pair.ask(PartnerRequest::from(nowhere))),
        ProblemCode::Refused
    );
}

#[test]
fn nobody_asks_for_more_than_a_few_at_once() {
    let (stage, _) = stage(Source::Nobody, Protections::default());
    let many = vec![LETTER; MAX_MARKED + 1];
    assert_eq!(
        code(ask(&stage, &stage.founder, many)),
        ProblemCode::TooLarge
    );
}

#[test]
fn while_the_authority_is_silent_there_is_no_receipt_and_more_is_to_come() {
    // Nobody listens there.
    let outside = Outside::new("http://127.0.0.1:9/tsa").unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.unwrap();
    let _inside = runtime.enter();
    let (stage, _) = stage(Source::Outside(outside), Protections::default());
    let own = stage.founded.organisation;
    accepted(stage.call(&stage.founder.caller, marked(&stage, 1, own, LETTER)));
    let (room, objects) = (ROOM, vec![LETTER]);
    let request = GetReceipts { room, objects }.into();
    let asked = stage
        .service
        .call(&stage.founder.caller, request, stage.now);
    let Ok(Reply::Receipts(all)) = runtime.block_on(asked) else {
        panic!("another answer");
    };
    assert!(all.receipts.is_empty());
    assert_eq!(all.missing, [LETTER]);
}

#[test]
fn t181_while_all_is_stopped_nothing_is_begun_and_what_was_begun_goes_on() {
    let attempt = |protections, begun: bool| {
        let (stage, _) = stage(Source::Nobody, protections);
        let own = stage.founded.organisation;
        if begun {
            accepted(stage.call(&stage.founder.caller, marked(&stage, 1, own, LETTER)));
        }
        let statement = keeper::policy(&stage.issuer(), 0, Asks::Freely, true, START);
        let stopped = stage.call(&stage.founder.caller, Publish { statement });
        assert!(stopped.is_ok());
        stage.call(&stage.founder.caller, marked(&stage, 2, own, [2; 32]))
    };
    assert_eq!(
        code(attempt(Protections::default(), false)),
        ProblemCode::Refused
    );
    assert!(attempt(Protections::default(), true).is_ok());
    let open = Protections {
        stopped: false,
        ..Protections::default()
    };
    assert!(attempt(open, false).is_ok());
}

//! What the server says did not happen: once, when its time has passed, and only where it did not.

use crate::stage::*;
use valise_evidence::receipt::ReasonCode;
use valise_evidence::sign1::read;
use valise_evidence::{Event, Receipt};
use valise_server::Patience;
use valise_server::service::Protections;
use valise_server::store::SqliteStore;
use valise_wire::policy::RoomKind;
use valise_wire::request::{GetReceipts, Mark, Receipts, Reply, Send};
use valise_wire::{OrganisationId, RequestId, Timestamp, TransactionId, to_bytes};

const LETTER: [u8; 32] = [1; 32];
const ANSWER: [u8; 32] = [2; 32];
const THEIRS: OrganisationId = OrganisationId([3; 32]);
const MINUTE: u64 = 60 * 1_000;

fn stage(patience: Patience, protections: Protections) -> (Stage, Person) {
    let settings = valise_server::Settings {
        patience,
        ..settings(protections)
    };
    let mut stage = Stage::over(SqliteStore::in_memory([1; 16]).unwrap(), settings);
    let boris = stage.join(2, "boris");
    stage.room(RoomKind::Request, &[&boris]);
    (stage, boris)
}

/// A message of the founder's with a mark beside it, of a request that ends by itself after so long.
fn marked(by: OrganisationId, object: [u8; 32], stage: &Stage, ends: Option<Timestamp>) -> Send {
    let mark = Mark {
        by,
        request: RequestId([4; 16]),
        object,
        ends,
    };
    let (epoch, message) = stage.at(&stage.founder, |room| {
        let message = room.encrypt(b"sealed", &to_bytes(&mark)).unwrap();
        (room.epoch(), message)
    });
    Send {
        room: ROOM,
        transaction: TransactionId([object[0]; 16]),
        epoch,
        wakes: true,
        message: message.into(),
    }
}

fn receipts(stage: &Stage, person: &Person, object: [u8; 32]) -> (Vec<Receipt>, bool) {
    let request = GetReceipts {
        room: ROOM,
        objects: vec![object],
    };
    let Ok(Reply::Receipts(Receipts { receipts, missing })) = stage.call(&person.caller, request)
    else {
        panic!("receipts");
    };
    let read = |bytes: &valise_wire::Octets| read::<Receipt>(bytes).unwrap().claims().clone();
    (receipts.iter().map(read).collect(), !missing.is_empty())
}

fn events(stage: &Stage, object: [u8; 32]) -> Vec<Event> {
    let (receipts, _) = receipts(stage, &stage.founder, object);
    receipts.iter().map(|it| it.event).collect()
}

#[test]
fn that_nothing_came_is_said_once_the_request_ran_out() {
    use Event::*;
    let (mut stage, _) = stage(Patience::default(), Protections::default());
    let own = stage.founded.organisation;
    let ends = START.plus_millis(MINUTE);
    accepted(stage.call(
        &stage.founder.caller,
        marked(own, LETTER, &stage, Some(ends)),
    ));
    // In the very instant there may be something yet, and more is to come.
    stage.now = ends;
    let (before, has_more) = receipts(&stage, &stage.founder, LETTER);
    assert_eq!((before.len(), has_more), (1, true));
    stage.now = ends.plus_millis(MINUTE);
    let (after, has_more) = receipts(&stage, &stage.founder, LETTER);
    assert!(!has_more);
    let said = &after[1];
    assert_eq!(said.event, AcceptanceRejectionExpiry);
    assert_eq!((said.at, said.expires_at), (stage.now, Some(ends)));
    let reasons: Vec<_> = said.reasons.iter().map(|reason| reason.code).collect();
    assert_eq!(reasons, [ReasonCode::Expired]);
    assert_eq!((before[0].expires_at, said.issuer), (None, own));
    // It stays the same, whatever comes later.
    stage.now = ends.plus_millis(MINUTE);
    accepted(stage.call(&stage.founder.caller, marked(THEIRS, ANSWER, &stage, None)));
    assert_eq!(receipts(&stage, &stage.founder, LETTER).0, after);
}

#[test]
fn t250_that_nothing_came_is_not_said_where_something_did() {
    let said = |protections, after: u64| {
        let (mut stage, _) = stage(Patience::default(), protections);
        let own = stage.founded.organisation;
        let ends = START.plus_millis(MINUTE);
        accepted(stage.call(
            &stage.founder.caller,
            marked(own, LETTER, &stage, Some(ends)),
        ));
        stage.now = START.plus_millis(after);
        accepted(stage.call(&stage.founder.caller, marked(THEIRS, ANSWER, &stage, None)));
        stage.now = ends.plus_millis(MINUTE);
        events(&stage, LETTER).contains(&Event::AcceptanceRejectionExpiry)
    };
    assert!(!said(Protections::default(), MINUTE), "in the very instant");
    assert!(said(Protections::default(), MINUTE + 1));
    let open = Protections {
        nothing_came: false,
        ..Protections::default()
    };
    assert!(said(open, MINUTE));
}

#[test]
fn of_what_came_when_it_was_over_and_of_what_has_no_end_nothing_is_said() {
    let (mut stage, _) = stage(Patience::default(), Protections::default());
    let own = stage.founded.organisation;
    let over = Some(Timestamp(START.0 - 1));
    accepted(stage.call(&stage.founder.caller, marked(own, LETTER, &stage, over)));
    accepted(stage.call(&stage.founder.caller, marked(own, ANSWER, &stage, None)));
    stage.now = START.plus_millis(3 * MINUTE);
    for object in [LETTER, ANSWER] {
        assert_eq!(events(&stage, object), [Event::SubmissionAcceptance]);
    }
}

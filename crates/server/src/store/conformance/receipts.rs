//! What every backend promises about receipts.

use super::*;
use valise_evidence::Event;
use valise_wire::{RequestId, Timestamp};

promises! {
    what_was_taken_first_stays
    a_receipt_stays_and_is_of_its_room
    a_thing_is_noted_once_where_that_is_asserted
    nothing_is_the_first_where_that_is_asserted
    what_came_in_time_is_known_by_its_side
    what_a_partner_has_not_taken_is_told_until_that_is_noted
}

fn seen(event: Event, at: u64) -> Observed {
    Observed {
        object: [1; 32],
        request: RequestId([2; 16]),
        event,
        seq: 0,
        epoch: 3,
        transmitted: [4; 32],
        at: Timestamp(at),
        directory: 5,
        device: None,
        ends: None,
    }
}

fn took(room: RoomId, at: u64) -> Batch {
    Batch::new()
        .entry(append(room, b"letter", None))
        .entry(Entry::Took(room, seen(Event::RelayAcceptance, at)))
}

fn what_was_taken_first_stays(store: &impl Store) {
    done(store, new_room(ROOM, ANNA));
    done(store, took(ROOM, 1_000));
    done(store, took(ROOM, 2_000));
    let handed = Observed {
        seq: 1,
        device: Some(ANNA.1),
        ..seen(Event::ContentHandover, 3_000)
    };
    done(store, Batch::new().entry(Entry::Observed(ROOM, handed)));
    let again = Observed {
        device: Some(BORIS.1),
        ..handed
    };
    done(store, Batch::new().entry(Entry::Observed(ROOM, again)));
    let first = Observed {
        seq: 1,
        ..seen(Event::RelayAcceptance, 1_000)
    };
    let noted = wait(store.noted(ROOM, vec![[9; 32], [1; 32]])).unwrap();
    assert_eq!(noted, [(first, None), (handed, None)]);
}

fn a_receipt_stays_and_is_of_its_room(store: &impl Store) {
    done(store, new_room(ROOM, ANNA));
    done(store, new_room(OTHER, BORIS));
    done(store, took(ROOM, 1_000));
    let keep = |room, body: &[u8]| {
        let body = Octets::from(body);
        Batch::new().entry(Entry::Receipt(room, [1; 32], Event::RelayAcceptance, body))
    };
    done(store, keep(ROOM, b"first"));
    done(store, keep(ROOM, b"second"));
    done(store, keep(OTHER, b"of nothing"));
    let noted = wait(store.noted(ROOM, vec![[1; 32]])).unwrap();
    assert_eq!(noted[0].1, Some(Octets::from(&b"first"[..])));
    assert!(wait(store.noted(OTHER, vec![[1; 32]])).unwrap().is_empty());
    assert!(
        wait(store.noted(RoomId([99; 16]), vec![[1; 32]]))
            .unwrap()
            .is_empty()
    );
}

fn a_thing_is_noted_once_where_that_is_asserted(store: &impl Store) {
    done(store, new_room(ROOM, ANNA));
    done(store, new_room(OTHER, BORIS));
    let once = Assertion::Unnoted(ROOM, [1; 32]);
    done(store, took(ROOM, 1_000).assert(once));
    let again = wait(store.commit(took(ROOM, 2_000).assert(once)));
    assert_eq!(again, Err(StoreError::Failed(once)));
    assert_eq!(wait(store.room(ROOM)).unwrap().unwrap().head, 1);
    let elsewhere = Assertion::Unnoted(OTHER, [1; 32]);
    done(store, took(OTHER, 1_000).assert(elsewhere));
}

fn nothing_is_the_first_where_that_is_asserted(store: &impl Store) {
    done(store, new_room(ROOM, ANNA));
    let later = Assertion::Noted(ROOM);
    let first = wait(store.commit(took(ROOM, 1_000).assert(later)));
    assert_eq!(first, Err(StoreError::Failed(later)));
    assert_eq!(wait(store.room(ROOM)).unwrap().unwrap().head, 0);
    done(store, took(ROOM, 1_000));
    done(store, took(ROOM, 2_000).assert(later));
    let nowhere = Assertion::Noted(RoomId([99; 16]));
    let none = wait(store.commit(took(ROOM, 3_000).assert(nowhere)));
    assert_eq!(none, Err(StoreError::Failed(nowhere)));
}

fn what_came_in_time_is_known_by_its_side(store: &impl Store) {
    done(store, new_room(ROOM, ANNA));
    done(store, new_room(OTHER, BORIS));
    done(store, took(ROOM, 1_000));
    let came = |room, request: u8, event, by| {
        let request = RequestId([request; 16]);
        wait(store.has_come(room, request, event, Timestamp(by))).unwrap()
    };
    assert!(came(ROOM, 2, Event::RelayAcceptance, 1_000));
    assert!(!came(ROOM, 2, Event::RelayAcceptance, 999));
    assert!(!came(ROOM, 2, Event::SubmissionAcceptance, 1_000));
    assert!(!came(ROOM, 9, Event::RelayAcceptance, 1_000));
    assert!(!came(OTHER, 2, Event::RelayAcceptance, 1_000));
}

fn what_a_partner_has_not_taken_is_told_until_that_is_noted(store: &impl Store) {
    let partner = OrganisationId([8; 32]);
    done(store, new_room(ROOM, ANNA));
    done(store, Batch::new().entry(Entry::Follower(ROOM, partner)));
    let ours = Observed {
        ends: Some(Timestamp(9_000)),
        ..seen(Event::SubmissionAcceptance, 1_000)
    };
    let sent = Batch::new()
        .entry(append(ROOM, b"letter", None))
        .entry(Entry::Took(ROOM, ours));
    done(store, sent);
    let uncarried = |before| wait(store.uncarried(Timestamp(before), 10)).unwrap();
    assert!(uncarried(999).is_empty());
    let seq = wait(store.room(ROOM)).unwrap().unwrap().head;
    assert_eq!(uncarried(1_000), [(ROOM, Observed { seq, ..ours })]);
    assert!(
        wait(store.uncarried(Timestamp(1_000), 0))
            .unwrap()
            .is_empty()
    );
    let said = Observed {
        event: Event::RelayFailure,
        seq,
        ..ours
    };
    done(store, Batch::new().entry(Entry::Observed(ROOM, said)));
    assert!(uncarried(5_000).is_empty());
    // What was carried is not told, whether that was noted or not.
    let next = Observed {
        object: [6; 32],
        ..ours
    };
    let sent = Batch::new()
        .entry(append(ROOM, b"answer", None))
        .entry(Entry::Took(ROOM, next));
    done(store, sent);
    assert_eq!(uncarried(5_000).len(), 1);
    let has = Entry::FollowerHas(ROOM, partner, seq + 1);
    done(store, Batch::new().entry(has));
    assert!(uncarried(5_000).is_empty());
}

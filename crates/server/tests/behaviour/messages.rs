use crate::stage::*;
use valise_mls::Chain;
use valise_server::service::Protections;
use valise_wire::policy::RoomKind;
use valise_wire::push::EventKind;
use valise_wire::request::*;
use valise_wire::{Octets, ProblemCode, RoomId};

#[test]
fn a_message_reaches_the_log_and_opens_at_the_other_end() {
    let mut stage = Stage::new();
    let boris = stage.join(2, "boris");
    stage.room(RoomKind::Group, &[&boris]);
    let send = stage.message(&stage.founder, 1, "good morning");
    let place = accepted(stage.call(&stage.founder.caller, send.clone()));
    assert_eq!(place.seq, 2);
    let page = stage.events(&boris.caller, 1).unwrap();
    assert_eq!(
        (page.head, page.events.len(), page.events[0].kind),
        (2, 1, EventKind::Message)
    );
    assert_eq!(page.events[0].body, send.message);
    let opened = stage.at(&boris, |room| {
        room.process(EventKind::Message, &page.events[0].body)
            .unwrap()
    });
    let valise_mls::Processed::Message { plaintext, .. } = opened else {
        panic!()
    };
    assert_eq!(plaintext, b"good morning");
}

#[test]
fn a_repetition_gets_the_first_answer_even_after_the_epoch_moved() {
    let mut stage = Stage::new();
    let (boris, clara) = (stage.join(2, "boris"), stage.join(3, "clara"));
    stage.room(RoomKind::Group, &[&boris]);
    let send = stage.message(&boris, 1, "once");
    let first = accepted(stage.call(&boris.caller, send.clone()));
    assert_eq!(accepted(stage.call(&boris.caller, send.clone())), first);
    stage.add_with_name(2, &stage.founder, &[&clara], &[&boris]);
    assert_eq!(accepted(stage.call(&boris.caller, send)), first);
    assert_eq!(stage.events(&boris.caller, 1).unwrap().events.len(), 2);
}

#[test]
fn a_message_of_another_epoch_is_refused() {
    let attempt = |protections| {
        let mut stage = Stage::with(protections);
        let (boris, clara) = (stage.join(2, "boris"), stage.join(3, "clara"));
        stage.room(RoomKind::Group, &[&boris]);
        let late = stage.message(&boris, 1, "late");
        stage.add_with_name(2, &stage.founder, &[&clara], &[]);
        stage.call(&boris.caller, late)
    };
    assert_eq!(
        code(attempt(Protections::default())),
        ProblemCode::StaleEpoch
    );
    assert!(
        attempt(Protections {
            epoch: false,
            ..Protections::default()
        })
        .is_ok(),
        "the epoch is what refuses"
    );
}

#[test]
fn who_is_not_in_the_room_learns_and_does_nothing() {
    let attempt = |protections| {
        let mut stage = Stage::with(protections);
        let (boris, mallory) = (stage.join(2, "boris"), stage.join(3, "mallory"));
        stage.room(RoomKind::Group, &[&boris]);
        let send = stage.message(&boris, 1, "taken from boris");
        [
            stage.call(&mallory.caller, send).map(drop),
            stage
                .call(&mallory.caller, GetGroupInfo { room: ROOM })
                .map(drop),
            stage
                .call(
                    &mallory.caller,
                    Signal {
                        room: ROOM,
                        sealed: Octets::default(),
                    },
                )
                .map(drop),
        ]
    };
    for answer in attempt(Protections::default()) {
        assert_eq!(code(answer), ProblemCode::Refused);
    }
    for answer in attempt(Protections {
        membership: false,
        ..Protections::default()
    }) {
        assert!(answer.is_ok(), "membership is what refuses");
    }
    // A room that is not there answers the same.
    let stage = Stage::new();
    assert_eq!(
        code(stage.call(
            &stage.founder.caller,
            GetGroupInfo {
                room: RoomId([99; 16])
            }
        )),
        ProblemCode::Refused
    );
    assert_eq!(
        code(stage.events(&stage.founder.caller, 0)),
        ProblemCode::Refused
    );
}

#[test]
fn who_came_later_reads_nothing_from_before() {
    let read = |protections| {
        let mut stage = Stage::with(protections);
        let (boris, clara) = (stage.join(2, "boris"), stage.join(3, "clara"));
        stage.room(RoomKind::Group, &[&boris]);
        accepted(stage.call(
            &stage.founder.caller,
            stage.message(&stage.founder, 1, "before"),
        ));
        stage.add_with_name(2, &stage.founder, &[&clara], &[&boris]);
        accepted(stage.call(
            &stage.founder.caller,
            stage.message(&stage.founder, 3, "after"),
        ));
        stage
            .events(&clara.caller, 0)
            .unwrap()
            .events
            .iter()
            .map(|event| event.seq)
            .collect::<Vec<_>>()
    };
    assert_eq!(read(Protections::default()), [3, 4]);
    assert_eq!(
        read(Protections {
            spans: false,
            ..Protections::default()
        }),
        [1, 2, 3, 4],
        "the span is what hides it"
    );
}

#[test]
fn in_an_announcement_room_owners_alone_send() {
    let attempt = |protections| {
        let mut stage = Stage::with(protections);
        let boris = stage.join(2, "boris");
        stage.room(RoomKind::Announcement, &[&boris]);
        accepted(stage.call(
            &stage.founder.caller,
            stage.message(&stage.founder, 1, "hear"),
        ));
        stage.call(&boris.caller, stage.message(&boris, 2, "but"))
    };
    assert_eq!(code(attempt(Protections::default())), ProblemCode::Refused);
    assert!(
        attempt(Protections {
            posting: false,
            ..Protections::default()
        })
        .is_ok(),
        "the policy is what refuses"
    );
}

#[test]
fn the_hub_s_chain_is_the_one_that_a_reader_computes() {
    let mut stage = Stage::new();
    let boris = stage.join(2, "boris");
    stage.room(RoomKind::Group, &[&boris]);
    accepted(stage.call(&boris.caller, stage.message(&boris, 1, "one")));
    let Ok(Reply::Group(group)) = stage.call(&boris.caller, GetGroupInfo { room: ROOM }) else {
        panic!()
    };
    let events = stage.events(&stage.founder.caller, 0).unwrap().events;
    let digest = |body: &Octets| <[u8; 32]>::from(<sha2::Sha256 as sha2::Digest>::digest(&body.0));
    let chain = events
        .iter()
        .take_while(|event| event.seq <= group.seq)
        .fold(Chain::start(ROOM), |chain, event| {
            chain.next(event.seq, event.kind, &digest(&event.body))
        });
    assert_eq!((group.seq, group.chain), (1, chain.0));
    assert_eq!(stage.inbox(&boris).items[0].chain, chain.0);
}

#[test]
fn nonsense_is_no_message() {
    let stage = Stage::new();
    stage.room(RoomKind::Group, &[]);
    let honest = stage.message(&stage.founder, 1, "text");
    let mut other_epoch = honest.clone();
    other_epoch.epoch = u64::MAX;
    assert_eq!(
        code(stage.call(&stage.founder.caller, other_epoch)),
        ProblemCode::Malformed
    );
    for bytes in [
        vec![],
        vec![0; 40],
        vec![0xff; 40],
        honest.message.0[..29].to_vec(),
    ] {
        let send = Send {
            message: bytes.into(),
            ..honest.clone()
        };
        assert_eq!(
            code(stage.call(&stage.founder.caller, send)),
            ProblemCode::Malformed
        );
    }
    let large = Send {
        message: vec![0; MAX_MESSAGE_BYTES + 1].into(),
        ..honest
    };
    assert_eq!(
        code(stage.call(&stage.founder.caller, large)),
        ProblemCode::TooLarge
    );
}

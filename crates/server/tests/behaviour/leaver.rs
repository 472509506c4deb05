use crate::stage::*;
use std::sync::Arc;
use valise_mls::{Change, Member};
use valise_server::Service;
use valise_server::service::Protections;
use valise_server::store::{Batch, Entry, SqliteStore, Store};
use valise_wire::frame::ServerFrame;
use valise_wire::policy::RoomKind;
use valise_wire::push::{EventKind, Push, Reason};
use valise_wire::request::*;
use valise_wire::{ProblemCode, TransactionId, from_bytes};

#[test]
fn a_leaver_is_cut_off_at_once() {
    let attempt = |protections| {
        let mut stage = Stage::with(protections);
        let boris = stage.join(2, "boris");
        let mut pushes = stage.service.connect(&boris.caller, stage.now).unwrap();
        stage.call(&boris.caller, Sync {}).unwrap();
        stage.end_account(&boris);
        let mut goodbye = None;
        while let Some(frame) = pushes.try_next() {
            if let Ok(ServerFrame::Push(Push::Bye(bye))) = from_bytes(&frame) {
                goodbye = Some(bye.reason);
            }
        }
        (
            stage.call(&boris.caller, Sync {}),
            goodbye,
            stage.sign_in(&boris),
        )
    };
    let (call, goodbye, sign_in) = attempt(Protections::default());
    assert_eq!(
        (code(call), goodbye),
        (ProblemCode::Unauthenticated, Some(Reason::Revoked))
    );
    assert_eq!(code(sign_in), ProblemCode::Unauthenticated);
    let (call, goodbye, _) = attempt(Protections {
        revocation: false,
        ..Protections::default()
    });
    assert!(
        call.is_ok() && goodbye.is_none(),
        "ending sessions is what cuts off"
    );
}

#[test]
fn nothing_is_said_in_a_room_until_the_leaver_is_out_of_it() {
    let begin = |protections| {
        let mut stage = Stage::with(protections);
        let (boris, clara) = (stage.join(2, "boris"), stage.join(3, "clara"));
        stage.room(RoomKind::Group, &[&boris, &clara]);
        let ready = stage.message(&clara, 1, "encrypted before");
        stage.end_account(&boris);
        (stage, boris, clara, ready)
    };
    let (stage, boris, clara, ready) = begin(Protections::default());
    let proposals = stage.events(&clara.caller, 1).unwrap().events;
    assert_eq!(
        proposals.iter().map(|event| event.kind).collect::<Vec<_>>(),
        [EventKind::Proposal]
    );
    assert_eq!(
        code(stage.call(&clara.caller, ready)),
        ProblemCode::CommitPending
    );
    let Ok(Reply::Group(group)) = stage.call(&clara.caller, GetGroupInfo { room: ROOM }) else {
        panic!()
    };
    assert_eq!(group.proposals, [proposals[0].body.clone()]);

    stage.at(&clara, |room| {
        room.process(EventKind::Proposal, &proposals[0].body)
            .unwrap()
    });
    let pending = stage.at(&clara, |room| room.commit(Change::default()).unwrap());
    accepted(stage.call(&clara.caller, commit(&pending, 2)));
    stage.at(&clara, |room| room.confirm_commit().unwrap());
    let after = accepted(stage.call(&clara.caller, stage.message(&clara, 3, "without boris")));
    assert_eq!(after.seq, 4);
    assert_eq!(
        code(stage.events(&boris.caller, 0)),
        ProblemCode::Unauthenticated
    );

    let (stage, _, clara, ready) = begin(Protections {
        pending: false,
        ..Protections::default()
    });
    assert!(
        stage.call(&clara.caller, ready).is_ok(),
        "the waiting removal is what refuses"
    );
}

/// Coming back ends the epoch in which the removal was proposed, and carries nothing out.
#[test]
fn a_removal_is_proposed_anew_after_somebody_came_back() {
    let mut stage = Stage::new();
    let (boris, clara) = (stage.join(2, "boris"), stage.join(3, "clara"));
    stage.room(RoomKind::Group, &[&boris, &clara]);
    stage.end_account(&boris);
    let Ok(Reply::Group(group)) = stage.call(&clara.caller, GetGroupInfo { room: ROOM }) else {
        panic!()
    };
    let directory = stage.directory();
    let member = Member::new(
        &clara.device,
        &clara.store,
        &clara.random,
        &directory,
        stage.now,
    );
    let (_, back) = member
        .rejoin(ROOM, &group.group_info, &group.tree, 0)
        .unwrap();
    let commit = Commit {
        room: ROOM,
        transaction: TransactionId([8; 16]),
        epoch: back.epoch,
        commit: back.commit.into(),
        group_info: back.group_info.into(),
        welcome: None,
    };
    accepted(stage.call(&clara.caller, commit));
    let events = stage.events(&clara.caller, 1).unwrap().events;
    assert_eq!(
        events.iter().map(|event| event.kind).collect::<Vec<_>>(),
        [EventKind::Proposal, EventKind::Commit, EventKind::Proposal]
    );
    let Ok(Reply::Group(group)) = stage.call(&clara.caller, GetGroupInfo { room: ROOM }) else {
        panic!()
    };
    assert_eq!(group.proposals, [events[2].body.clone()]);
}

#[test]
fn removals_that_a_crash_cut_off_are_proposed_at_the_next_start() {
    let folder = std::env::temp_dir().join(format!("valise-removal-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let open = || SqliteStore::open(&folder.join("valise.db"), [1; 16]).unwrap();
    let mut stage = Stage::over(open(), settings(Protections::default()));
    let boris = stage.join(2, "boris");
    stage.room(RoomKind::Group, &[&boris]);
    let end = valise_directory::update::end_account(&stage.issuer(), boris.account, stage.now);
    // The process ends between the statement and what follows from it.
    let placeholder = Service::open(
        SqliteStore::in_memory([1; 16]).unwrap(),
        settings(Protections::default()),
        START,
    );
    drop(std::mem::replace(
        &mut stage.service,
        Arc::new(wait(placeholder).unwrap()),
    ));
    wait(open().commit(Batch::new().entry(Entry::Statement(end)))).unwrap();
    stage.service = Arc::new(
        wait(Service::open(
            open(),
            settings(Protections::default()),
            START,
        ))
        .unwrap(),
    );
    stage.founder.caller = stage.sign_in(&stage.founder).unwrap();
    let events = stage.events(&stage.founder.caller, 1).unwrap().events;
    assert_eq!(
        events.iter().map(|event| event.kind).collect::<Vec<_>>(),
        [EventKind::Proposal]
    );
    drop(stage);
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn a_removal_is_proposed_once() {
    let mut stage = Stage::new();
    let boris = stage.join(2, "boris");
    stage.room(RoomKind::Group, &[&boris]);
    stage.end_account(&boris);
    let count = || stage.events(&stage.founder.caller, 0).unwrap().events.len();
    assert_eq!(count(), 2);
    // Asked again, whatever waits is not proposed twice.
    stage.end_account(&boris);
    assert_eq!(count(), 2);
}

#[test]
fn a_member_who_leaves_says_so_and_somebody_else_does_it() {
    let mut stage = Stage::new();
    let (boris, clara) = (stage.join(2, "boris"), stage.join(3, "clara"));
    stage.room(RoomKind::Group, &[&boris, &clara]);
    let (epoch, proposal) = stage.at(&boris, |room| (room.epoch(), room.propose_leave().unwrap()));
    let propose = Propose {
        room: ROOM,
        transaction: TransactionId([5; 16]),
        epoch,
        proposal: proposal.clone().into(),
    };
    let place = accepted(stage.call(&boris.caller, propose.clone()));
    assert_eq!(accepted(stage.call(&boris.caller, propose.clone())), place);
    assert_eq!(
        code(stage.call(
            &clara.caller,
            Propose {
                transaction: TransactionId([6; 16]),
                ..propose
            }
        )),
        ProblemCode::Invalid
    );
    stage.at(&clara, |room| {
        room.process(EventKind::Proposal, &proposal).unwrap()
    });
    let pending = stage.at(&clara, |room| room.commit(Change::default()).unwrap());
    accepted(stage.call(&clara.caller, commit(&pending, 7)));
    let page = stage.events(&boris.caller, 0).unwrap();
    assert_eq!(
        page.head, 3,
        "the commit that removed him is the last that he reads"
    );
    let Ok(Reply::Sync(state)) = stage.call(&boris.caller, Sync {}) else {
        panic!()
    };
    assert_eq!((state.rooms[0].head, state.rooms[0].active), (3, false));
}

#[test]
fn a_leaver_reads_of_the_end_and_nobody_else_does() {
    let mut stage = Stage::new();
    let (boris, clara) = (stage.join(2, "boris"), stage.join(3, "clara"));
    let ask = |stage: &Stage, whose: &Person, by: &Person| {
        let request = valise_directory::ending::read_ending(
            stage.founded.organisation,
            DOMAIN,
            whose.account,
            whose.device.identity().device,
            8,
            &stage.challenge(),
            &by.account_key,
        );
        (stage.call(&STRANGER, request.clone()), request)
    };
    let refused = ProblemCode::Unauthenticated;
    assert_eq!(code(ask(&stage, &boris, &boris).0), refused, "no end yet");
    stage.end_account(&boris);
    stage.invite(1);
    assert_eq!(code(ask(&stage, &boris, &clara).0), refused, "not his word");
    assert_eq!(
        code(ask(&stage, &clara, &clara).0),
        refused,
        "another's end"
    );

    let (answer, request) = ask(&stage, &boris, &boris);
    let Ok(Reply::Directory(page)) = answer else {
        panic!("{answer:?}");
    };
    let positions = page.entries.iter().map(|entry| entry.position);
    let end = stage
        .directory()
        .0
        .account(boris.account)
        .unwrap()
        .ended_position;
    assert!(
        positions.eq(9..=end),
        "all up to the end, and nothing behind"
    );
    assert_eq!(page.head, end);
    assert_eq!(code(stage.call(&STRANGER, request)), refused, "once");
}

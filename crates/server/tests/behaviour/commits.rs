use crate::stage::*;
use std::sync::Arc;
use valise_mls::Change;
use valise_server::service::Protections;
use valise_server::store::SqliteStore;
use valise_wire::policy::RoomKind;
use valise_wire::request::*;
use valise_wire::{ProblemCode, TransactionId};

#[test]
fn a_room_is_made_once() {
    let mut stage = Stage::new();
    let mallory = stage.join(3, "mallory");
    stage.room(RoomKind::Group, &[]);
    let (info, tree) = stage.at(&stage.founder, |room| {
        (room.group_info().unwrap(), room.tree().unwrap())
    });
    let create = CreateRoom {
        room: ROOM,
        group_info: info.into(),
        tree: tree.into(),
    };
    assert_eq!(
        stage.call(&stage.founder.caller, create.clone()),
        Ok(Done {}.into())
    );
    assert_eq!(
        code(stage.call(&mallory.caller, create)),
        ProblemCode::Conflict
    );
}

#[test]
fn of_two_commits_for_one_epoch_one_is_taken() {
    let mut stage = Stage::new();
    let boris = stage.join(2, "boris");
    stage.room(RoomKind::Group, &[&boris]);
    let first = stage.at(&stage.founder, |room| {
        room.commit(Change::default()).unwrap()
    });
    let second = stage.at(&boris, |room| room.commit(Change::default()).unwrap());
    let place = accepted(stage.call(&stage.founder.caller, commit(&first, 2)));
    assert_eq!(
        code(stage.call(&boris.caller, commit(&second, 3))),
        ProblemCode::StaleEpoch
    );
    assert_eq!(
        accepted(stage.call(&stage.founder.caller, commit(&first, 2))),
        place,
        "a repetition gets the first answer"
    );
}

#[test]
fn of_a_hundred_commits_at_once_one_is_taken() {
    let folder = std::env::temp_dir().join(format!("valise-race-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let store = SqliteStore::open(&folder.join("valise.db"), [1; 16]).unwrap();
    let mut stage = Stage::over(store, settings(Protections::default()));
    let boris = stage.join(2, "boris");
    stage.room(RoomKind::Group, &[&boris]);
    let commits = [&stage.founder, &boris].map(|person| {
        (
            person.caller,
            stage.at(person, |room| room.commit(Change::default()).unwrap()),
        )
    });
    let answers: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..100u8)
            .map(|name| {
                let (caller, pending) = &commits[usize::from(name % 2)];
                let request = Commit {
                    transaction: TransactionId([name; 16]),
                    ..commit(pending, 0)
                };
                let service = Arc::clone(&stage.service);
                scope.spawn(move || wait(service.call(caller, request.into(), START)))
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    let refusals = answers.into_iter().filter_map(Result::err);
    refusals.for_each(|problem| assert_eq!(problem.code, ProblemCode::StaleEpoch));
    drop(stage);
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn a_commit_that_was_tampered_with_changes_nothing() {
    let mut stage = Stage::new();
    let boris = stage.join(2, "boris");
    stage.room(RoomKind::Group, &[&boris]);
    let honest = commit(
        &stage.at(&boris, |room| room.commit(Change::default()).unwrap()),
        2,
    );
    let mut forged = honest.clone();
    // Not in its last bytes: those are tags by secrets of the members, which a hub cannot check.
    let middle = forged.commit.len() / 2;
    forged.commit.0[middle] ^= 1;
    let mut cut = honest.clone();
    cut.commit.0.truncate(20);
    let mut other_state = honest.clone();
    other_state.group_info.0.pop();
    for bad in [forged, cut, other_state] {
        assert!(matches!(
            code(stage.call(&boris.caller, bad)),
            ProblemCode::Invalid | ProblemCode::Malformed
        ));
    }
    // By another device than the one that made it.
    assert_eq!(
        code(stage.call(&stage.founder.caller, honest.clone())),
        ProblemCode::Invalid
    );
    assert!(stage.call(&boris.caller, honest).is_ok());
}

#[test]
fn a_restarted_hub_goes_on_where_it_was() {
    let folder = std::env::temp_dir().join(format!("valise-restart-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let open = || SqliteStore::open(&folder.join("valise.db"), [1; 16]).unwrap();
    let mut stage = Stage::over(open(), settings(Protections::default()));
    let boris = stage.join(2, "boris");
    stage.room(RoomKind::Group, &[&boris]);
    accepted(stage.call(&boris.caller, stage.message(&boris, 5, "before")));
    stage.restart(open, || settings(Protections::default()));
    let caller = stage.founder.caller;
    assert_eq!(
        code(stage.call(&caller, Sync {})),
        ProblemCode::Unauthenticated,
        "sessions end with the process"
    );
    stage.founder.caller = stage.sign_in(&stage.founder).unwrap();
    assert_eq!(
        accepted(stage.call(
            &stage.founder.caller,
            stage.message(&stage.founder, 6, "after")
        ))
        .seq,
        3
    );
    let pending = stage.at(&stage.founder, |room| {
        room.commit(Change::default()).unwrap()
    });
    assert_eq!(
        accepted(stage.call(&stage.founder.caller, commit(&pending, 7))).seq,
        4
    );
    drop(stage);
    let _ = std::fs::remove_dir_all(folder);
}

use crate::stage::*;
use valise_mls::{Change, LinkKey, Member};
use valise_server::limits::{Limits, Rate};
use valise_server::service::Protections;
use valise_server::store::SqliteStore;
use valise_wire::policy::{LinkRole, RoomKind, RoomLink};
use valise_wire::request::*;
use valise_wire::{Octets, Problem, ProblemCode, RoomId, Timestamp, TransactionId};

fn key() -> LinkKey {
    LinkKey::from_seed(&[9; 32])
}

/// Lets the founder put a link into the room.
fn link(stage: &Stage, not_after: Option<Timestamp>) {
    let pending = stage.at(&stage.founder, |room| {
        let mut policy = room.policy().clone();
        policy.links = vec![RoomLink {
            key: key().public(),
            id: [1; 16],
            not_after,
            role: LinkRole::Member,
            card: Octets(vec![3; 24]),
        }];
        let change = Change {
            policy: Some(policy),
            ..Change::default()
        };
        room.commit(change).unwrap()
    });
    stage
        .call(&stage.founder.caller, commit(&pending, 77))
        .unwrap();
    stage.at(&stage.founder, |room| room.confirm_commit().unwrap());
}

fn shown(person: &Person, key: &LinkKey) -> GetGroupByLink {
    GetGroupByLink {
        room: ROOM,
        link: key.public(),
        signature: key.look(ROOM, person.device.identity()),
    }
}

fn join(stage: &Stage, person: &Person, state: &GroupState) -> JoinByLink {
    let directory = stage.directory();
    let member = Member::new(
        &person.device,
        &person.store,
        &person.random,
        &directory,
        stage.now,
    );
    let (_, made) = member
        .join_by_link(ROOM, &state.group_info, &state.tree, &key())
        .unwrap();
    let commit = Commit {
        room: ROOM,
        transaction: TransactionId([5; 16]),
        epoch: made.epoch,
        commit: made.commit.into(),
        group_info: made.group_info.into(),
        welcome: None,
    };
    let shown = shown(person, &key());
    JoinByLink { shown, commit }
}

fn looks(stage: &Stage, person: &Person, shown: GetGroupByLink) -> Result<GroupState, Problem> {
    match stage.call(&person.caller, shown)? {
        Reply::Group(state) => Ok(state),
        other => panic!("{other:?}"),
    }
}

#[test]
fn who_shows_a_link_looks_comes_in_and_reads_from_there() {
    let mut stage = Stage::new();
    let (boris, clara) = (stage.join(2, "boris"), stage.join(3, "clara"));
    stage.room(RoomKind::Group, &[&boris]);
    link(&stage, None);
    let state = looks(&stage, &clara, shown(&clara, &key())).unwrap();
    let join = join(&stage, &clara, &state);
    let first = accepted(stage.call(&clara.caller, join.clone()));
    assert_eq!(first.seq, state.seq + 1);
    // A repetition gets the first answer, also when the link is gone by then.
    assert_eq!(accepted(stage.call(&clara.caller, join)), first);
    let page = stage.events(&clara.caller, first.seq - 1).unwrap();
    assert_eq!(page.events.len(), 1);
    assert!(
        stage.events(&clara.caller, 0).unwrap().events.len() <= 1,
        "nothing from before"
    );
}

#[test]
fn without_a_link_there_is_no_such_room() {
    let attempt = |protections: Protections| {
        let mut stage = Stage::with(protections);
        let (boris, mallory) = (stage.join(2, "boris"), stage.join(3, "mallory"));
        stage.room(RoomKind::Group, &[&boris]);
        link(&stage, None);
        let own = shown(&mallory, &LinkKey::from_seed(&[8; 32]));
        let of_another = GetGroupByLink {
            signature: shown(&boris, &key()).signature,
            ..shown(&mallory, &key())
        };
        [own, of_another].map(|shown| {
            let commit = Commit {
                room: ROOM,
                transaction: TransactionId([6; 16]),
                epoch: 0,
                commit: Octets::default(),
                group_info: Octets::default(),
                welcome: None,
            };
            let join = JoinByLink {
                shown: shown.clone(),
                commit,
            };
            let joined = stage.call(&mallory.caller, join).map(drop);
            (looks(&stage, &mallory, shown).map(drop), joined)
        })
    };
    for (looked, joined) in attempt(Protections::default()) {
        assert_eq!(code(looked), ProblemCode::Refused);
        assert_eq!(
            code(joined),
            ProblemCode::Refused,
            "and no word of its epoch"
        );
    }
    let careless = Protections {
        links: false,
        ..Protections::default()
    };
    for (looked, joined) in attempt(careless) {
        assert!(looked.is_ok(), "the link is what refuses");
        assert_eq!(code(joined), ProblemCode::StaleEpoch);
    }
    // A room that is not there answers the same.
    let stage = Stage::new();
    let nowhere = GetGroupByLink {
        room: RoomId([99; 16]),
        ..shown(&stage.founder, &key())
    };
    assert_eq!(
        code(looks(&stage, &stage.founder, nowhere)),
        ProblemCode::Refused
    );
}

#[test]
fn a_link_that_has_ended_shows_nothing() {
    let mut stage = Stage::new();
    let (boris, clara) = (stage.join(2, "boris"), stage.join(3, "clara"));
    stage.room(RoomKind::Group, &[&boris]);
    link(&stage, Some(stage.now.plus_millis(1_000)));
    let state = looks(&stage, &clara, shown(&clara, &key())).unwrap();
    let join = join(&stage, &clara, &state);
    stage.now = stage.now.plus_millis(1_001);
    let late = looks(&stage, &clara, shown(&clara, &key()));
    assert_eq!(code(late), ProblemCode::Refused);
    assert_eq!(code(stage.call(&clara.caller, join)), ProblemCode::Refused);
    // Who is in the room needs none.
    assert!(looks(&stage, &boris, shown(&boris, &key())).is_ok());
}

#[test]
fn a_flood_of_looks_has_to_wait() {
    let limits = Limits {
        links: Rate {
            burst: 3,
            per_minute: 60,
        },
        ..Limits::none()
    };
    let settings = valise_server::Settings {
        limits,
        ..settings(Protections::default())
    };
    let mut stage = Stage::over(SqliteStore::in_memory([1; 16]).unwrap(), settings);
    let (boris, mallory) = (stage.join(2, "boris"), stage.join(3, "mallory"));
    stage.room(RoomKind::Group, &[&boris]);
    let guess = shown(&mallory, &key());
    for _ in 0..3 {
        assert_eq!(
            code(looks(&stage, &mallory, guess.clone())),
            ProblemCode::Refused
        );
    }
    let problem = looks(&stage, &mallory, guess).unwrap_err();
    assert_eq!(problem.code, ProblemCode::RateLimited);
    assert!(
        looks(&stage, &boris, shown(&boris, &key())).is_ok(),
        "others go on"
    );
}

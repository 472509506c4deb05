use crate::stage::*;
use valise_wire::frame::ServerFrame;
use valise_wire::policy::RoomKind;
use valise_wire::push::{Push, RoomMoved};
use valise_wire::request::*;
use valise_wire::{Octets, from_bytes};

pub fn taken(pushes: &mut valise_server::fanout::Pushes) -> Vec<Push> {
    let mut all = Vec::new();
    while let Some(frame) = pushes.try_next() {
        match from_bytes(&frame) {
            Ok(ServerFrame::Push(push)) => all.push(push),
            other => panic!("{other:?}"),
        }
    }
    all
}

#[test]
fn everybody_in_the_room_is_told_in_order() {
    let mut stage = Stage::new();
    let (boris, clara) = (stage.join(2, "boris"), stage.join(3, "clara"));
    stage.room(RoomKind::Group, &[&boris]);
    let mut pushes = [&stage.founder, &boris, &clara]
        .map(|person| stage.service.connect(&person.caller, stage.now).unwrap());
    for person in [&stage.founder, &boris, &clara] {
        stage.call(&person.caller, Sync {}).unwrap();
    }
    for name in 1..=3 {
        accepted(stage.call(&boris.caller, stage.message(&boris, name, "text")));
    }
    for member in &mut pushes[..2] {
        let numbers: Vec<_> = taken(member)
            .into_iter()
            .map(|push| {
                if let Push::Event(event) = push {
                    event.event.seq
                } else {
                    0
                }
            })
            .collect();
        assert_eq!(numbers, [2, 3, 4]);
    }
    assert_eq!(taken(&mut pushes[2]), [], "who is not in it hears nothing");
}

#[test]
fn a_large_event_is_told_by_its_number() {
    let stage = Stage::new();
    stage.room(RoomKind::Group, &[]);
    let mut pushes = stage
        .service
        .connect(&stage.founder.caller, stage.now)
        .unwrap();
    stage.call(&stage.founder.caller, Sync {}).unwrap();
    let large = "x".repeat(20_000);
    accepted(stage.call(
        &stage.founder.caller,
        stage.message(&stage.founder, 1, &large),
    ));
    assert_eq!(
        taken(&mut pushes),
        [Push::RoomMoved(RoomMoved {
            room: ROOM,
            head: 1
        })]
    );
}

#[test]
fn who_is_added_hears_of_the_welcome_and_then_of_messages() {
    let mut stage = Stage::new();
    let boris = stage.join(2, "boris");
    stage.room(RoomKind::Group, &[]);
    let mut pushes = stage.service.connect(&boris.caller, stage.now).unwrap();
    stage.call(&boris.caller, Sync {}).unwrap();
    stage.add(&stage.founder, &[&boris], &[]);
    accepted(stage.call(
        &stage.founder.caller,
        stage.message(&stage.founder, 2, "welcome"),
    ));
    let names: Vec<_> = taken(&mut pushes).iter().map(Push::name).collect();
    assert_eq!(names, ["Event", "InboxMoved", "Event"]);
}

#[test]
fn typing_is_told_to_the_others_and_kept_nowhere() {
    let mut stage = Stage::new();
    let boris = stage.join(2, "boris");
    stage.room(RoomKind::Group, &[&boris]);
    let mut pushes = [&stage.founder, &boris]
        .map(|person| stage.service.connect(&person.caller, stage.now).unwrap());
    for person in [&stage.founder, &boris] {
        stage.call(&person.caller, Sync {}).unwrap();
    }
    stage
        .call(
            &boris.caller,
            Signal {
                room: ROOM,
                sealed: Octets(vec![1]),
            },
        )
        .unwrap();
    assert_eq!(
        taken(&mut pushes[0])
            .iter()
            .map(Push::name)
            .collect::<Vec<_>>(),
        ["Signalled"]
    );
    assert_eq!(taken(&mut pushes[1]), []);
    assert_eq!(stage.events(&boris.caller, 1).unwrap().events, []);
}

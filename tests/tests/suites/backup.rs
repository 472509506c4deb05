//! The backup, and the way back for who has lost every device.

use crate::devices::{chat, linked};
use valise_tests::sim::{Answers, Honest, Saboteur, Verdict, Who, World};
use valise_views::{
    Body, ChatId, Command, Notice, Outcome, PasskeySecret, Recovery, Shown, Status, Trouble, View,
};
use valise_wire::request::{Reply, Request};
use valise_wire::{Problem, ProblemCode, Timestamp};

pub(crate) const PASSKEY: PasskeySecret = PasskeySecret([7; 32]);

/// Ada, who keeps a backup, and Boris; they have talked.
fn talk(seed: u64) -> (World, Who, Who, ChatId) {
    let mut world = World::new(seed);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let chat = world.group(ada, "Team", &[boris]);
    world.settle();
    world.says(ada, &chat, "meet at nine");
    world.settle();
    keeps(&mut world, ada);
    (world, ada, boris, chat)
}

pub(crate) fn keeps(world: &mut World, who: Who) {
    let keep = Command::KeepBackup {
        passkey: PASSKEY,
        anew: false,
    };
    assert_eq!(world.tell(who, keep), Outcome::Done);
    world.advance(60_000);
    assert!(backup(world, who).kept_at.is_some());
}

fn backup(world: &mut World, who: Who) -> valise_views::Backup {
    match world.status(who) {
        Status::Ready(ready) => ready.backup,
        other => panic!("nobody is here: {other:?}"),
    }
}

pub(crate) fn comes_back(world: &mut World, with: Recovery) -> (Who, Outcome) {
    let phone = world.person("Ada's new phone");
    let set_up = world.server.setup_link();
    let (origin, _) = set_up.split_once("/setup").expect("a link of ours");
    let recover = Command::Recover {
        origin: origin.into(),
        with,
        name: "New phone".into(),
    };
    let outcome = world.tell(phone, recover);
    world.advance(60_000);
    (phone, outcome)
}

/// What stands in a chat but for notices.
fn said(world: &mut World, who: Who, chat: &ChatId) -> Vec<Body> {
    let messages = world.messages(who, chat).into_iter();
    messages.map(|message| message.body).collect()
}

fn devices(world: &mut World, who: Who) -> Vec<String> {
    match world.look(who, View::Devices) {
        Shown::Devices(devices) => devices.into_iter().map(|device| device.name).collect(),
        other => panic!("no devices but {other:?}"),
    }
}

#[test]
fn who_lost_the_only_device_comes_back_with_a_passkey_and_has_everything() {
    let (mut world, ada, boris, _) = talk(1);
    let direct = world.direct(boris, ada);
    let file: Vec<u8> = (0..70_000u32).map(|index| index as u8).collect();
    world.sends_file(boris, &direct, "scan.pdf", file.clone());
    world.settle();
    let at_boris = chat(&mut world, boris, "Team");
    world.says(boris, &at_boris, "I am there");
    world.advance(60_000);
    // The phone falls into the sea.
    world.set_online(ada, false);
    let (phone, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    assert_eq!(outcome, Outcome::Done);
    let at_phone = chat(&mut world, phone, "Team");
    assert_eq!(
        world.texts(phone, &at_phone),
        ["meet at nine", "I am there"]
    );
    let direct = chat(&mut world, phone, "Boris");
    assert_eq!(world.fetches_file(phone, &direct, 0), Some(file));
    // It talks, hears, and everybody sees that there is another device.
    world.says(phone, &at_phone, "it is me again");
    world.settle();
    world.says(boris, &at_boris, "welcome back");
    world.settle();
    let all = [
        "meet at nine",
        "I am there",
        "it is me again",
        "welcome back",
    ];
    assert_eq!(world.texts(phone, &at_phone), all);
    assert_eq!(world.texts(boris, &at_boris), all);
    let shown = world.conversation(boris, &at_boris).unwrap().messages;
    let person = "Ada".to_owned();
    let notice = Body::Notice(Notice::NewDevice { person });
    assert!(shown.iter().any(|message| message.body == notice));
    assert_eq!(devices(&mut world, phone)[0], "New phone");
    assert!(world.alarms(phone).is_empty(), "{:?}", world.alarms(phone));
    assert!(world.alarms(boris).is_empty(), "{:?}", world.alarms(boris));
    // And the new device keeps the backup from now on.
    world.advance(60_000);
    assert!(backup(&mut world, phone).kept_at.is_some());
    world.set_online(phone, false);
    let (third, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    assert_eq!(outcome, Outcome::Done);
    let at_third = chat(&mut world, third, "Team");
    assert_eq!(world.texts(third, &at_third), all);
}

#[test]
fn a_printed_code_opens_it_until_another_is_printed() {
    let (mut world, ada, _, _) = talk(2);
    let print = |world: &mut World| match world.tell(ada, Command::PrintCode) {
        Outcome::Code(code) => code,
        other => panic!("no code but {other:?}"),
    };
    let first = print(&mut world);
    world.advance(60_000);
    let second = print(&mut world);
    world.advance(60_000);
    let (_, outcome) = comes_back(&mut world, Recovery::Code(first));
    assert_eq!(outcome, Outcome::Failed(Trouble::NoBackup));
    let typed = second.to_lowercase().replace('-', " ");
    let (phone, outcome) = comes_back(&mut world, Recovery::Code(typed));
    assert_eq!(outcome, Outcome::Done);
    let at_phone = chat(&mut world, phone, "Team");
    assert_eq!(world.texts(phone, &at_phone), ["meet at nine"]);
    let wrong = Recovery::Code("K7QM-2RX9".into());
    let (_, outcome) = comes_back(&mut world, wrong);
    assert_eq!(outcome, Outcome::Failed(Trouble::BadCode));
}

#[test]
fn what_is_stopped_is_gone_and_stays_so_until_somebody_wants_it() {
    let (mut world, ada, _, _) = talk(3);
    assert_eq!(world.tell(ada, Command::StopBackup), Outcome::Done);
    world.advance(60_000);
    let (_, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    assert_eq!(outcome, Outcome::Failed(Trouble::NoBackup));
    let keep = |anew| Command::KeepBackup {
        passkey: PASSKEY,
        anew,
    };
    world.tell(ada, keep(false));
    world.advance(60_000);
    assert!(backup(&mut world, ada).was_stopped);
    world.tell(ada, keep(true));
    world.advance(60_000);
    let (phone, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    assert_eq!(outcome, Outcome::Done);
    let at_phone = chat(&mut world, phone, "Team");
    assert_eq!(world.texts(phone, &at_phone), ["meet at nine"]);
}

#[test]
fn changes_and_deletions_are_in_it_and_a_crash_forgets_none() {
    let (mut world, ada, boris, at_ada) = talk(4);
    let at_boris = chat(&mut world, boris, "Team");
    let message = world.messages(ada, &at_ada)[0].id.clone();
    let text = "meet at ten".to_owned();
    world.tell(ada, Command::Edit { message, text });
    let wrong = world.says(boris, &at_boris, "to somebody else");
    world.settle();
    world.says(boris, &at_boris, "I am there");
    world.advance(30_000);
    world.tell(boris, Command::Delete(wrong));
    world.settle();
    world.crash(ada);
    world.start(ada);
    world.advance(60_000);
    let before = said(&mut world, ada, &at_ada);
    world.set_online(ada, false);
    let (phone, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    assert_eq!(outcome, Outcome::Done);
    let at_phone = chat(&mut world, phone, "Team");
    assert_eq!(said(&mut world, phone, &at_phone), before);
    assert_eq!(before[0], Body::Text("meet at ten".into()));
    assert_eq!(before[1], Body::Deleted);
}

#[test]
fn two_devices_do_not_write_over_one_anothers_backup() {
    let (mut world, ada, boris, at_ada) = talk(6);
    let (phone, _) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    world.advance(60_000);
    // The first device was not lost after all.
    world.says(ada, &at_ada, "here it is");
    world.advance(60_000);
    let elsewhere = [ada, phone].map(|who| backup(&mut world, who).is_elsewhere);
    assert!(
        elsewhere[0] != elsewhere[1],
        "one of them, whichever was first: {elsewhere:?}"
    );
    let at_boris = chat(&mut world, boris, "Team");
    world.says(boris, &at_boris, "good");
    world.advance(60_000);
    for lost in [ada, phone] {
        world.set_online(lost, false);
    }
    let (third, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    assert_eq!(
        outcome,
        Outcome::Done,
        "neither empties what the other keeps"
    );
    let at_third = chat(&mut world, third, "Team");
    assert_eq!(
        world.texts(third, &at_third),
        ["meet at nine", "here it is", "good"]
    );
}

#[test]
fn whatever_is_changed_of_it_is_refused_and_the_device_stays_empty() {
    let (mut world, ada, _, _) = talk(7);
    world.set_online(ada, false);
    // The pointer, the manifest, the whole.
    for changed in 0..3 {
        let mut part = 0;
        world.saboteur = Box::new(Answers(move |_, _: &_, mut reply| {
            if let Reply::LockerPart(got) = &mut reply {
                if part == changed {
                    got.body.0[100] ^= 1;
                }
                part += 1;
            }
            reply
        }));
        let (phone, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
        assert_eq!(outcome, Outcome::Failed(Trouble::BadArchive), "{changed}");
        assert_eq!(world.status(phone), Status::Empty);
    }
    world.saboteur = Box::new(Honest);
    let (_, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    assert_eq!(outcome, Outcome::Done);
}

#[test]
fn a_power_cut_on_the_way_back_changes_nothing() {
    for cut_after in [0, 500, 1_000, 2_000, 4_000, 8_000] {
        let (mut world, ada, boris, _) = talk(8);
        world.set_online(ada, false);
        let phone = world.person("Ada's new phone");
        let set_up = world.server.setup_link();
        let (origin, _) = set_up.split_once("/setup").expect("a link of ours");
        let recover = || Command::Recover {
            origin: origin.to_owned(),
            with: Recovery::Passkey(PASSKEY),
            name: "New phone".into(),
        };
        world.ask(phone, recover());
        world.advance(cut_after);
        world.crash(phone);
        world.start(phone);
        world.advance(1_000);
        if world.status(phone) == Status::Empty {
            assert_eq!(world.tell(phone, recover()), Outcome::Done);
        }
        world.advance(60_000);
        let at_phone = chat(&mut world, phone, "Team");
        world.says(phone, &at_phone, "still me");
        world.settle();
        let at_boris = chat(&mut world, boris, "Team");
        assert_eq!(
            world.texts(boris, &at_boris),
            ["meet at nine", "still me"],
            "{cut_after}"
        );
        assert!(world.alarms(phone).is_empty(), "{:?}", world.alarms(phone));
    }
}

#[test]
fn each_device_of_an_account_has_a_way_of_its_own() {
    let (mut world, ada, boris, at_ada) = talk(9);
    let phone = linked(&mut world, ada);
    let other = PasskeySecret([8; 32]);
    let keep = Command::KeepBackup {
        passkey: other.clone(),
        anew: false,
    };
    assert_eq!(world.tell(phone, keep), Outcome::Done);
    world.advance(60_000);
    world.says(ada, &at_ada, "on both");
    world.advance(60_000);
    for lost in [ada, phone] {
        world.set_online(lost, false);
    }
    let said = ["meet at nine", "on both"];
    let (back, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    assert_eq!(outcome, Outcome::Done);
    let at_back = chat(&mut world, back, "Team");
    assert_eq!(world.texts(back, &at_back), said);
    world.set_online(back, false);
    let (again, outcome) = comes_back(&mut world, Recovery::Passkey(other));
    assert_eq!(outcome, Outcome::Done);
    let at_again = chat(&mut world, again, "Team");
    assert_eq!(world.texts(again, &at_again), said);
    world.says(again, &at_again, "back");
    world.settle();
    let at_boris = chat(&mut world, boris, "Team");
    assert_eq!(world.texts(boris, &at_boris).pop().as_deref(), Some("back"));
}

#[test]
fn who_stays_has_a_way_back_when_another_device_was_taken_off() {
    let (mut world, ada, _, _) = talk(10);
    let phone = linked(&mut world, ada);
    // Both have the same passkey: it points to the backup of the one that said so last.
    let keep = Command::KeepBackup {
        passkey: PASSKEY,
        anew: false,
    };
    assert_eq!(world.tell(phone, keep), Outcome::Done);
    world.advance(60_000);
    let lost = match world.look(ada, View::Devices) {
        Shown::Devices(devices) => devices.into_iter().find(|device| !device.is_this),
        other => panic!("no devices but {other:?}"),
    };
    let lost = lost.expect("it is on the list").id;
    assert_eq!(world.tell(ada, Command::RemoveDevice(lost)), Outcome::Done);
    world.advance(60_000);
    let at_ada = chat(&mut world, ada, "Team");
    world.says(ada, &at_ada, "without the phone");
    world.advance(60_000);
    world.set_online(ada, false);
    let (back, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    assert_eq!(outcome, Outcome::Done);
    let at_back = chat(&mut world, back, "Team");
    assert_eq!(
        world.texts(back, &at_back),
        ["meet at nine", "without the phone"]
    );
}

#[test]
fn a_device_that_moved_goes_on_with_its_backup() {
    let (mut world, ada, boris, _) = talk(11);
    let Outcome::Link(link) = world.tell(ada, Command::Export) else {
        panic!("it did not leave");
    };
    let moved = world.person("Ada's laptop");
    assert_eq!(world.tell(moved, Command::Import { link }), Outcome::Done);
    world.settle();
    let at_boris = chat(&mut world, boris, "Team");
    world.says(boris, &at_boris, "on the laptop");
    world.advance(60_000);
    world.set_online(moved, false);
    let (back, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    assert_eq!(outcome, Outcome::Done);
    let at_back = chat(&mut world, back, "Team");
    assert_eq!(
        world.texts(back, &at_back),
        ["meet at nine", "on the laptop"]
    );
}

#[test]
fn without_a_line_it_says_so_and_the_device_stays_empty() {
    let (mut world, _, _, _) = talk(12);
    let set_up = world.server.setup_link();
    let (origin, _) = set_up.split_once("/setup").expect("a link of ours");
    let phone = world.person("Ada's new phone");
    world.set_online(phone, false);
    let recover = Command::Recover {
        origin: origin.into(),
        with: Recovery::Passkey(PASSKEY),
        name: "New phone".into(),
    };
    let outcome = world.tell(phone, recover);
    assert_eq!(outcome, Outcome::Failed(Trouble::Offline));
    assert_eq!(world.status(phone), Status::Empty);
}

/// Takes nothing new into lockers.
struct Full;

impl Saboteur for Full {
    fn request(&mut self, _from: Who, request: Request, _now: Timestamp) -> Verdict {
        match request {
            Request::PutLocker(_) => Verdict::Answer(Err(Problem::new(ProblemCode::StorageFull))),
            request => Verdict::Pass(request),
        }
    }
}

#[test]
fn what_there_is_stays_until_what_follows_it_is_there() {
    let (mut world, ada, _, _) = talk(13);
    world.set_online(ada, false);
    world.saboteur = Box::new(Full);
    let (phone, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    assert_eq!(outcome, Outcome::Done);
    assert_eq!(backup(&mut world, phone).kept_at, None);
    // It is lost before it could keep anything.
    world.set_online(phone, false);
    world.saboteur = Box::new(Honest);
    let (third, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    assert_eq!(outcome, Outcome::Done);
    let at_third = chat(&mut world, third, "Team");
    assert_eq!(world.texts(third, &at_third), ["meet at nine"]);
}

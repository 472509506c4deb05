//! Several devices of one account: linked, kept alike, and removed.

use valise_client::{Guard, Guards};
use valise_tests::sim::{Answers, Saboteur, Verdict, Who, World};
use valise_views::{
    Body, ChatId, Command, Device, DevicePreview, Linking, Notice, Outcome, Shown, Status, Tick,
    Trouble, View,
};
use valise_wire::request::{Note, PutNote, Reply, Request};
use valise_wire::{Problem, ProblemCode, Timestamp};

/// Ada and Boris, who have talked, and what Ada has said and heard.
pub(crate) fn talk(seed: u64) -> (World, Who, Who, ChatId) {
    let mut world = World::new(seed);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let chat = world.group(ada, "Team", &[boris]);
    world.settle();
    world.says(ada, &chat, "meet at nine");
    world.settle();
    world.says(boris, &chat, "I am there");
    world.settle();
    (world, ada, boris, chat)
}

/// Lets an empty device wait, and returns it.
pub(crate) fn waits(world: &mut World) -> Who {
    let phone = world.person("Ada's phone");
    let set_up = world.server.setup_link();
    let (origin, _) = set_up.split_once("/setup").expect("a link of ours");
    let begin = Command::BeginLink {
        origin: origin.into(),
        name: "Phone".into(),
    };
    assert_eq!(world.tell(phone, begin), Outcome::Done);
    world.advance(1_000);
    phone
}

pub(crate) fn shows(world: &mut World, phone: Who) -> Linking {
    match world.status(phone) {
        Status::Linking(linking) => linking,
        other => panic!("it waits no longer: {other:?}"),
    }
}

pub(crate) fn meets(world: &mut World, old: Who, link: String) -> Result<DevicePreview, Trouble> {
    match world.tell(old, Command::InspectDevice { link }) {
        Outcome::Device(preview) => Ok(preview),
        Outcome::Failed(trouble) => Err(trouble),
        other => panic!("no device but {other:?}"),
    }
}

pub(crate) fn approves(world: &mut World, old: Who) -> Outcome {
    let own_name = "Laptop".into();
    world.tell(old, Command::ApproveDevice { own_name })
}

/// Links a new device and lets it get everything.
pub(crate) fn linked(world: &mut World, old: Who) -> Who {
    let phone = waits(world);
    let code = shows(world, phone).code;
    let preview = meets(world, old, code).expect("it waits");
    assert_eq!(preview.name, "Phone");
    world.advance(2_000);
    assert_eq!(shows(world, phone).digits, Some(preview.digits));
    assert_eq!(approves(world, old), Outcome::Done);
    world.advance(30_000);
    let Status::Ready(ready) = world.status(phone) else {
        panic!("it is not linked");
    };
    let person = world.of(old).name.trim_end_matches("'s phone");
    assert_eq!((ready.past, &*ready.name), (None, person));
    phone
}

fn devices(world: &mut World, who: Who) -> Vec<Device> {
    match world.look(who, View::Devices) {
        Shown::Devices(devices) => devices,
        other => panic!("no devices but {other:?}"),
    }
}

fn names(world: &mut World, who: Who) -> Vec<String> {
    let devices = devices(world, who).into_iter();
    devices.map(|device| device.name).collect()
}

pub(crate) fn chat(world: &mut World, who: Who, title: &str) -> ChatId {
    world.chat(who, title).expect("it is there")
}

/// Nobody has anything to be told.
pub(crate) fn is_quiet(world: &mut World, people: &[Who]) {
    for who in people {
        assert!(world.alarms(*who).is_empty(), "{:?}", world.alarms(*who));
    }
}

#[test]
fn a_linked_device_has_everything_and_talks_as_its_person() {
    let (mut world, ada, boris, at_ada) = talk(1);
    let direct = world.direct(ada, boris);
    let file: Vec<u8> = (0..70_000u32).map(|index| index as u8).collect();
    world.sends_file(ada, &direct, "scan.pdf", file.clone());
    world.settle();
    let phone = linked(&mut world, ada);

    let at_phone = chat(&mut world, phone, "Team");
    assert_eq!(
        world.texts(phone, &at_phone),
        ["meet at nine", "I am there"]
    );
    let mine: Vec<bool> = world
        .messages(phone, &at_phone)
        .iter()
        .map(|message| message.is_mine)
        .collect();
    assert_eq!(mine, [true, false]);
    let direct = chat(&mut world, phone, "Boris");
    assert_eq!(world.fetches_file(phone, &direct, 0), Some(file));
    assert_eq!(names(&mut world, ada), ["Laptop", "Phone"]);
    assert_eq!(names(&mut world, phone), ["Phone", "Laptop"]);

    // Each of the two says something; everybody has it once, and it is Ada's.
    let said = world.says(phone, &at_phone, "from the train");
    world.settle();
    world.says(ada, &at_ada, "from the desk");
    world.settle();
    let at_boris = chat(&mut world, boris, "Team");
    world.says(boris, &at_boris, "heard both");
    world.settle();
    let all = [
        "meet at nine",
        "I am there",
        "from the train",
        "from the desk",
        "heard both",
    ];
    for (who, chat) in [(ada, &at_ada), (phone, &at_phone), (boris, &at_boris)] {
        assert_eq!(world.texts(who, chat), all);
    }
    assert_eq!(world.tick(phone, &at_phone, &said), Some(Tick::Delivered));
    let elsewhere = world.messages(ada, &at_ada)[2].clone();
    assert!(elsewhere.is_mine);
    assert_eq!(elsewhere.tick, Some(Tick::Delivered));
    assert_eq!(world.details(boris, &at_boris).unwrap().members.len(), 2);
    is_quiet(&mut world, &[ada, phone, boris]);
}

#[test]
fn everybody_in_a_room_hears_of_a_new_device() {
    let (mut world, ada, boris, _) = talk(2);
    let direct = world.direct(boris, ada);
    world.says(boris, &direct, "hello");
    world.settle();
    linked(&mut world, ada);
    for title in ["Team", "Ada"] {
        let chat = chat(&mut world, boris, title);
        let last = world.conversation(boris, &chat).unwrap().messages.pop();
        let person = "Ada".to_owned();
        let notice = Body::Notice(Notice::NewDevice { person });
        assert_eq!(last.unwrap().body, notice, "{title}");
    }
}

#[test]
fn the_account_lives_on_either_device_alone() {
    let (mut world, ada, boris, at_ada) = talk(3);
    let phone = linked(&mut world, ada);
    let (at_phone, at_boris) = (
        chat(&mut world, phone, "Team"),
        chat(&mut world, boris, "Team"),
    );
    world.set_online(ada, false);
    world.says(phone, &at_phone, "the laptop sleeps");
    world.settle();
    world.says(boris, &at_boris, "good night");
    world.settle();
    world.set_online(ada, true);
    world.set_online(phone, false);
    world.settle();
    world.says(ada, &at_ada, "it is awake");
    world.settle();
    world.set_online(phone, true);
    world.settle();
    let all = [
        "meet at nine",
        "I am there",
        "the laptop sleeps",
        "good night",
        "it is awake",
    ];
    for (who, chat) in [(ada, &at_ada), (phone, &at_phone), (boris, &at_boris)] {
        assert_eq!(world.texts(who, chat), all);
    }
    is_quiet(&mut world, &[ada, phone, boris]);
}

#[test]
fn what_is_said_meanwhile_is_neither_lost_nor_doubled() {
    let (mut world, ada, boris, at_ada) = talk(4);
    let at_boris = chat(&mut world, boris, "Team");
    let phone = waits(&mut world);
    let code = shows(&mut world, phone).code;
    meets(&mut world, ada, code).expect("it waits");
    let own_name = String::new();
    world.ask(ada, Command::ApproveDevice { own_name });
    let mut all = vec!["meet at nine".to_owned(), "I am there".to_owned()];
    for number in 0..60 {
        let text = format!("number {number}");
        match number % 3 {
            0 => world.says(ada, &at_ada, &text),
            _ => world.says(boris, &at_boris, &text),
        };
        all.push(text);
        world.advance(400);
    }
    world.advance(60_000);
    let at_phone = chat(&mut world, phone, "Team");
    assert_eq!(world.texts(boris, &at_boris), all);
    assert_eq!(world.texts(ada, &at_ada), all);
    assert_eq!(world.texts(phone, &at_phone), all);
    is_quiet(&mut world, &[ada, phone, boris]);
}

#[test]
fn a_power_cut_on_either_device_loses_nothing() {
    for cut in 0..6_u64 {
        let (mut world, ada, boris, at_ada) = talk(100 + cut);
        let phone = waits(&mut world);
        let code = shows(&mut world, phone).code;
        meets(&mut world, ada, code).expect("it waits");
        let own_name = String::new();
        world.ask(ada, Command::ApproveDevice { own_name });
        world.advance(cut / 2 * 900);
        let unlucky = if cut % 2 == 0 { ada } else { phone };
        world.crash(unlucky);
        world.advance(1_000);
        world.start(unlucky);
        let at_boris = chat(&mut world, boris, "Team");
        world.says(boris, &at_boris, "meanwhile");
        world.advance(90_000);
        let all = ["meet at nine", "I am there", "meanwhile"];
        assert_eq!(world.texts(ada, &at_ada), all, "cut {cut}");
        match world.status(phone) {
            Status::Ready(ready) => {
                assert_eq!(ready.past, None, "cut {cut}");
                let at_phone = chat(&mut world, phone, "Team");
                assert_eq!(world.texts(phone, &at_phone), all, "cut {cut}");
                world.says(phone, &at_phone, "on the phone");
                world.settle();
                assert_eq!(world.texts(ada, &at_ada).len(), 4, "cut {cut}");
            }
            // Whatever broke off before the gift was there is begun anew; a device that is listed and never comes can be removed.
            Status::Empty | Status::Linking(_) => {
                world.tell(phone, Command::CancelLink);
                let phone = waits(&mut world);
                let code = shows(&mut world, phone).code;
                meets(&mut world, ada, code).expect("it waits");
                assert_eq!(approves(&mut world, ada), Outcome::Done, "cut {cut}");
                world.advance(90_000);
                let at_phone = chat(&mut world, phone, "Team");
                assert_eq!(world.texts(phone, &at_phone), all, "cut {cut}");
            }
            other => panic!("cut {cut}: {other:?}"),
        }
        is_quiet(&mut world, &[ada, boris]);
    }
}

#[test]
fn what_is_read_on_one_device_is_read_on_the_other() {
    let (mut world, ada, boris, _) = talk(5);
    let phone = linked(&mut world, ada);
    let at_boris = chat(&mut world, boris, "Team");
    world.says(boris, &at_boris, "one");
    world.says(boris, &at_boris, "two");
    world.settle();
    let unread = |world: &mut World, who| {
        let rows = world.chats(who);
        let row = rows.iter().find(|row| row.title == "Team");
        row.expect("it is there").unread
    };
    let before = (unread(&mut world, ada), unread(&mut world, phone));
    assert_eq!(before, (3, 3));
    let at_phone = chat(&mut world, phone, "Team");
    let last = world.messages(phone, &at_phone).pop().unwrap().id;
    let read = Command::MarkRead {
        chat: at_phone,
        message: last,
    };
    assert_eq!(world.tell(phone, read), Outcome::Done);
    world.settle();
    assert_eq!((unread(&mut world, ada), unread(&mut world, phone)), (0, 0));
}

#[test]
fn new_chats_are_on_both_devices_whoever_makes_them() {
    let (mut world, ada, boris, _) = talk(6);
    let phone = linked(&mut world, ada);
    let on_phone = world.group(phone, "Made on the phone", &[boris]);
    let on_laptop = world.group(ada, "Made on the laptop", &[boris]);
    let direct = world.direct(boris, ada);
    world.says(boris, &direct, "to both");
    world.advance(30_000);
    for who in [ada, phone] {
        let direct = chat(&mut world, who, "Boris");
        assert_eq!(world.texts(who, &direct), ["to both"]);
        for title in ["Made on the phone", "Made on the laptop"] {
            let chat = chat(&mut world, who, title);
            world.says(who, &chat, "here");
        }
        world.settle();
    }
    for (who, chat) in [(phone, &on_phone), (ada, &on_laptop)] {
        assert_eq!(world.texts(who, chat), ["here", "here"]);
    }
    for title in ["Made on the phone", "Made on the laptop"] {
        let at_boris = chat(&mut world, boris, title);
        assert_eq!(world.texts(boris, &at_boris), ["here", "here"]);
    }
    is_quiet(&mut world, &[ada, phone, boris]);
}

#[test]
fn a_chat_that_is_left_on_one_device_is_left_on_the_other() {
    let (mut world, ada, boris, at_ada) = talk(7);
    let phone = linked(&mut world, ada);
    let at_boris = chat(&mut world, boris, "Team");
    let boris_id = world.id_of(ada, boris);
    let owner = Command::SetOwner {
        chat: at_ada.clone(),
        person: boris_id,
        owner: true,
    };
    assert_eq!(world.tell(ada, owner), Outcome::Done);
    world.settle();
    let at_phone = chat(&mut world, phone, "Team");
    assert_eq!(
        world.tell(phone, Command::Leave(at_phone.clone())),
        Outcome::Done
    );
    world.advance(60_000);
    for (who, chat) in [(ada, &at_ada), (phone, &at_phone)] {
        assert!(!world.details(who, chat).unwrap().active);
    }
    assert_eq!(world.details(boris, &at_boris).unwrap().members.len(), 1);
    world.says(boris, &at_boris, "alone");
    world.settle();
    assert_eq!(world.texts(ada, &at_ada).len(), 2);
    is_quiet(&mut world, &[ada, phone, boris]);
}

#[test]
fn a_removed_device_gets_nothing_any_more_and_knows_it() {
    let (mut world, ada, boris, at_ada) = talk(8);
    let phone = linked(&mut world, ada);
    let at_phone = chat(&mut world, phone, "Team");
    let gone = devices(&mut world, ada)[1].id.clone();
    assert_eq!(world.tell(ada, Command::RemoveDevice(gone)), Outcome::Done);
    world.advance(30_000);
    let at_boris = chat(&mut world, boris, "Team");
    world.says(boris, &at_boris, "without the phone");
    world.settle();
    world.says(ada, &at_ada, "indeed");
    world.settle();
    let all = ["meet at nine", "I am there", "without the phone", "indeed"];
    assert_eq!(world.texts(ada, &at_ada), all);
    assert_eq!(world.texts(boris, &at_boris), all);
    assert_eq!(world.texts(phone, &at_phone), all[..2]);
    let Status::Ready(ready) = world.status(phone) else {
        panic!("it keeps what it has");
    };
    assert!((ready.removed, ready.revoked) == (true, false));
    let text = Command::SendText {
        chat: at_phone,
        text: "still here?".into(),
        reply_to: None,
    };
    assert_eq!(
        world.tell(phone, text),
        Outcome::Failed(Trouble::NotAllowed)
    );
    assert_eq!(names(&mut world, ada), ["Laptop"]);
    is_quiet(&mut world, &[ada, boris]);
}

#[test]
fn a_third_device_is_announced_to_the_one_that_did_not_link_it() {
    let (mut world, ada, _, _) = talk(9);
    let phone = linked(&mut world, ada);
    let tablet = linked(&mut world, phone);
    let alarms = world.alarms(ada);
    assert!(
        matches!(alarms[..], [valise_views::Alarm::DeviceAdded { .. }]),
        "{alarms:?}"
    );
    is_quiet(&mut world, &[phone, tablet]);
    let at_tablet = chat(&mut world, tablet, "Team");
    world.says(tablet, &at_tablet, "three of us");
    world.settle();
    for who in [ada, phone] {
        let chat = chat(&mut world, who, "Team");
        assert_eq!(
            world.texts(who, &chat).pop().as_deref(),
            Some("three of us")
        );
    }
}

#[test]
fn nothing_comes_of_a_wrong_code_or_of_a_refusal() {
    let (mut world, ada, _, _) = talk(10);
    let phone = waits(&mut world);
    let first = shows(&mut world, phone);
    for (typed, trouble) in [
        ("0000-0000", Trouble::NoDeviceWaits),
        ("what code?", Trouble::BadLink),
        ("https://other.example/link#AQMA", Trouble::BadLink),
    ] {
        assert_eq!(
            meets(&mut world, ada, typed.into()),
            Err(trouble),
            "{typed}"
        );
    }
    meets(&mut world, ada, first.link.clone()).expect("the link says where it waits");
    assert_eq!(world.tell(ada, Command::RefuseDevice), Outcome::Done);
    world.advance(5_000);
    assert_ne!(shows(&mut world, phone).code, first.code);
    assert_eq!(
        approves(&mut world, ada),
        Outcome::Failed(Trouble::NoDeviceWaits)
    );
    assert_eq!(names(&mut world, ada).len(), 1);
}

#[test]
fn a_meeting_outlives_a_bad_line_and_ends_by_itself() {
    let (mut world, ada, _, _) = talk(11);
    let phone = waits(&mut world);
    let code = shows(&mut world, phone).code;
    world.set_online(phone, false);
    world.advance(3_000);
    world.set_online(phone, true);
    world.advance(5_000);
    assert_eq!(shows(&mut world, phone).code, code);
    world.advance(600_000);
    let other = shows(&mut world, phone).code;
    assert_ne!(other, code, "nobody came for ten minutes");
    assert_eq!(meets(&mut world, ada, code), Err(Trouble::NoDeviceWaits));
    meets(&mut world, ada, other).expect("it waits again");
}

/// Lays an offer of its own where a device of the account looks.
fn stands_between(world: &mut World, account: Who) {
    let swap = move |to: Who, request: &Request, reply: Reply| match (request, reply) {
        (Request::ReadNote(read), Reply::Note(Note { body: Some(body) }))
            if to == account && read.place == 0 =>
        {
            let mut offer = body.0;
            // Another name of the device is another offer.
            *offer.last_mut().expect("an offer has a name") = b'!';
            let body = Some(offer.into());
            Note { body }.into()
        }
        (_, reply) => reply,
    };
    world.saboteur = Box::new(Answers(swap));
}

#[test]
fn hs_48_who_stands_between_two_devices_is_seen_by_the_digits_and_by_the_link() {
    let without = Guards::ALL.without(Guard::LinkedOffer);
    for (seed, attacked, guards) in [
        (12, false, Guards::ALL),
        (13, true, Guards::ALL),
        (15, true, without),
    ] {
        let (mut world, ada, _, _) = talk(seed);
        world.guard(ada, guards);
        world.settle();
        let phone = waits(&mut world);
        if attacked {
            stands_between(&mut world, ada);
        }
        let link = shows(&mut world, phone).link;
        let by_link = meets(&mut world, ada, link);
        let refused = attacked && guards == Guards::ALL;
        assert_eq!(by_link.err(), refused.then_some(Trouble::LinkMismatch));
        world.tell(ada, Command::RefuseDevice);
        world.advance(5_000);
        let code = shows(&mut world, phone).code;
        let preview = meets(&mut world, ada, code).expect("it waits");
        world.advance(2_000);
        let shown = shows(&mut world, phone).digits.expect("the other is there");
        assert_eq!(shown != preview.digits, attacked);
    }
}

#[test]
fn a_number_that_its_device_had_not_committed_itself_to_is_refused() {
    struct Swaps;
    impl Saboteur for Swaps {
        fn request(&mut self, _from: Who, request: Request, _now: Timestamp) -> Verdict {
            match request {
                Request::PutNote(put) if put.place == 2 => {
                    let body = [7; 32][..].into();
                    Verdict::Pass(PutNote { body, ..put }.into())
                }
                other => Verdict::Pass(other),
            }
        }
    }
    let run = |seed, guards| {
        let (mut world, ada, _, _) = talk(seed);
        world.guard(ada, guards);
        world.settle();
        let phone = waits(&mut world);
        world.saboteur = Box::new(Swaps);
        let code = shows(&mut world, phone).code;
        meets(&mut world, ada, code).err()
    };
    assert_eq!(run(14, Guards::ALL), Some(Trouble::LinkMismatch));
    // Whoever stands between may then choose it so that both show the same digits.
    assert_eq!(run(16, Guards::ALL.without(Guard::LinkedNumber)), None);
}

#[test]
fn what_was_asked_of_one_device_is_not_taken_for_anothers_answer() {
    let (mut world, ada, _, _) = talk(17);
    let (first, second) = (waits(&mut world), waits(&mut world));
    let link = shows(&mut world, first).code;
    let asked = world.ask(ada, Command::InspectDevice { link });
    let code = shows(&mut world, second).code;
    let preview = meets(&mut world, ada, code).expect("it waits");
    let former = world.outcome(ada, asked);
    assert_eq!(former, Some(&Outcome::Failed(Trouble::NoDeviceWaits)));
    world.advance(2_000);
    assert_eq!(shows(&mut world, second).digits, Some(preview.digits));
    assert_eq!(shows(&mut world, first).digits, None);
}

#[test]
fn a_list_whose_answer_was_lost_is_published_again_and_stands_once() {
    /// Takes the first list and says nothing.
    struct Deaf(bool);
    impl Saboteur for Deaf {
        fn reply(
            &mut self,
            _to: Who,
            _request: &Request,
            reply: Result<Reply, Problem>,
            _now: Timestamp,
        ) -> Result<Reply, Problem> {
            match reply {
                Ok(Reply::Published(_)) if !std::mem::replace(&mut self.0, true) => {
                    Err(Problem::new(ProblemCode::Unavailable))
                }
                reply => reply,
            }
        }
    }
    let (mut world, ada, _, _) = talk(18);
    world.saboteur = Box::new(Deaf(false));
    linked(&mut world, ada);
    assert_eq!(devices(&mut world, ada).len(), 2);
    is_quiet(&mut world, &[ada]);
}

#[test]
fn who_owns_nothing_brings_in_a_device_and_nobody_suspects_him() {
    let (mut world, ada, boris, at_ada) = talk(19);
    let timer = Command::SetTimer {
        chat: at_ada,
        seconds: 86_400,
    };
    assert_eq!(world.tell(ada, timer), Outcome::Done);
    world.settle();
    let phone = waits(&mut world);
    let code = shows(&mut world, phone).code;
    meets(&mut world, boris, code).expect("it waits");
    assert_eq!(approves(&mut world, boris), Outcome::Done);
    world.advance(60_000);
    // It knows what the group is called and gives its messages, whether anybody who owns it is there or not.
    let at_phone = chat(&mut world, phone, "Team");
    let details = world.details(phone, &at_phone).expect("it is in it");
    assert_eq!(details.disappears_after, 86_400);
    is_quiet(&mut world, &[ada, boris, phone]);
}

#[test]
fn nobody_is_suspected_while_the_directory_is_slow() {
    /// Reads nobody the directory until then.
    struct Slow(Timestamp);
    impl Saboteur for Slow {
        fn request(&mut self, from: Who, request: Request, now: Timestamp) -> Verdict {
            let reads = matches!(request, Request::ReadDirectory(_));
            if reads && from == Who(1) && now < self.0 {
                let later = Problem::new(ProblemCode::Unavailable);
                return Verdict::Answer(Err(later));
            }
            Verdict::Pass(request)
        }
    }
    let (mut world, ada, boris, at_ada) = talk(20);
    assert_eq!(boris, Who(1));
    world.saboteur = Box::new(Slow(world.now.plus_millis(45_000)));
    let phone = linked(&mut world, ada);
    world.says(ada, &at_ada, "there is a phone now");
    world.advance(60_000);
    let at_boris = chat(&mut world, boris, "Team");
    assert_eq!(world.texts(boris, &at_boris).len(), 3);
    is_quiet(&mut world, &[ada, boris, phone]);
}

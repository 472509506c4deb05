//! Two organisations, each with a server of its own.

use valise_tests::sim::{Who, World};
use valise_views::{ChatId, Command, Outcome, PartnerState, Tick, Trouble};

const BANK: &str = "bank.example";

/// Anna and Boris of the office, Clara and Dora of the bank; the organisations are partners.
struct Pair {
    world: World,
    anna: Who,
    boris: Who,
    clara: Who,
    dora: Who,
}

fn pair(seed: u64) -> Pair {
    let mut world = World::new(seed);
    let bank = world.add_server(BANK);
    let [anna, boris] = world.team(["Anna", "Boris"]);
    let clara = world.found_at(bank, "Harbour Bank", "Clara");
    let dora = world.join(clara, "Dora");
    world.make_partners(anna, clara);
    Pair {
        world,
        anna,
        boris,
        clara,
        dora,
    }
}

/// The chat that somebody has with a title.
fn chat_called(world: &mut World, who: Who, title: &str) -> ChatId {
    let chats = world.chats(who);
    let row = chats.iter().find(|row| row.title == title);
    row.unwrap_or_else(|| panic!("no chat {title:?} but {chats:?}"))
        .chat
        .clone()
}

#[test]
fn two_registrars_make_partners_with_one_link() {
    let Pair {
        mut world,
        anna,
        clara,
        dora,
        ..
    } = pair(1);
    let seen = world.partners_of(anna).partners;
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].state, PartnerState::Partner);
    assert_eq!(
        (seen[0].name.as_str(), seen[0].domain.as_str()),
        ("Harbour Bank", BANK)
    );
    let theirs = world.partners_of(clara).partners;
    assert_eq!(theirs[0].name, "Northern Office");
    assert_ne!(theirs[0].fingerprint, seen[0].fingerprint);
    // Whoever is no registrar sees it, too, and can change nothing.
    assert_eq!(world.partners_of(dora).partners.len(), 1);
    let failed = world.tell(dora, Command::OfferPartner);
    assert_eq!(failed, Outcome::Failed(Trouble::NotAllowed));
}

#[test]
fn what_is_said_in_a_room_that_lives_elsewhere_stands_as_soon_as_the_own_server_has_it() {
    let Pair {
        mut world,
        boris,
        dora,
        ..
    } = pair(9);
    let there = world.direct_with(boris, "dora@bank.example");
    world.says(boris, &there, "hello");
    world.settle();
    let here = chat_called(&mut world, dora, "Boris");
    for text in ["one", "two"] {
        world.says(dora, &here, text);
        // To the hub and back, and not the time after which an echo is asked for that did not come.
        world.advance(1_000);
        let messages = world.messages(dora, &here);
        let said = messages.last().expect("it was said");
        assert_ne!(said.tick, Some(Tick::Waiting), "{text}");
    }
}

#[test]
fn people_of_two_organisations_write_to_each_other() {
    let Pair {
        mut world,
        boris,
        dora,
        ..
    } = pair(2);
    let there = world.direct_with(boris, "dora@bank.example");
    world.says(boris, &there, "Is the account of Mr. Petrov with you?");
    world.settle();
    let here = chat_called(&mut world, dora, "Boris");
    assert_eq!(
        world.texts(dora, &here),
        ["Is the account of Mr. Petrov with you?"]
    );
    world.says(dora, &here, "It is.");
    world.settle();
    assert_eq!(
        world.texts(boris, &there),
        ["Is the account of Mr. Petrov with you?", "It is."]
    );
    let row = &world.chats(boris)[0];
    assert_eq!(row.title, "Dora");
    assert_eq!(row.outside[0].organisation, "Harbour Bank");
    for who in world.everybody() {
        assert_eq!(world.of(who).errors, Vec::<String>::new());
        let alarms = world.alarms(who);
        assert!(alarms.is_empty(), "{}: {alarms:?}", world.of(who).name);
    }
}

/// A group of all four on the office's server, in which everybody has said something.
fn group_of_all(pair: &mut Pair) -> ChatId {
    let Pair {
        world,
        anna,
        boris,
        clara,
        dora,
    } = pair;
    let boris_id = world.id_of(*anna, *boris);
    let clara_id = world.find_person(*anna, "clara@bank.example");
    let dora_id = world.find_person(*anna, "dora@bank.example");
    let chat = world.group_of(*anna, "Case 41", vec![boris_id, clara_id, dora_id]);
    world.settle();
    for (who, text) in [(*anna, "a1"), (*clara, "c1"), (*boris, "b1"), (*dora, "d1")] {
        world.says(who, &chat, text);
        world.settle();
    }
    chat
}

fn all_quiet(world: &mut World) {
    for who in world.everybody() {
        assert_eq!(world.of(who).errors, Vec::<String>::new());
        let alarms = world.alarms(who);
        assert!(alarms.is_empty(), "{}: {alarms:?}", world.of(who).name);
    }
}

#[test]
fn a_group_has_members_of_both() {
    let mut pair = pair(3);
    let chat = group_of_all(&mut pair);
    let world = &mut pair.world;
    for who in world.everybody() {
        assert_eq!(world.texts(who, &chat), ["a1", "c1", "b1", "d1"], "{who:?}");
    }
    let details = world.details(pair.dora, &chat).unwrap();
    let outsiders = details
        .members
        .iter()
        .filter(|member| member.outside.is_some());
    assert_eq!(outsiders.count(), 2);
    assert_eq!(details.outside[0].organisation, "Northern Office");
    all_quiet(world);
}

#[test]
fn while_the_line_is_cut_everything_waits_and_then_everything_comes() {
    let mut pair = pair(4);
    let chat = group_of_all(&mut pair);
    let world = &mut pair.world;
    world.lines.cut("http://bank.example", true);
    world.says(pair.anna, &chat, "a2");
    world.says(pair.clara, &chat, "c2");
    world.says(pair.dora, &chat, "d2");
    world.advance(3_600_000);
    assert_eq!(
        world.texts(pair.boris, &chat).len(),
        5,
        "local work goes on"
    );
    world.lines.cut("http://bank.example", false);
    world.advance(30_000);
    let seen = world.texts(pair.anna, &chat);
    assert_eq!(seen.len(), 7);
    for who in world.everybody() {
        assert_eq!(world.texts(who, &chat), seen, "{who:?}");
    }
    all_quiet(world);
}

#[test]
fn answers_that_are_lost_double_nothing() {
    let mut pair = pair(5);
    let chat = group_of_all(&mut pair);
    let world = &mut pair.world;
    world.lines.lose_answers(3);
    for round in 0..10 {
        world.says(pair.clara, &chat, &format!("c{round}"));
        world.says(pair.anna, &chat, &format!("a{round}"));
        world.advance(10_000);
    }
    world.lines.lose_answers(0);
    world.settle();
    let seen = world.texts(pair.anna, &chat);
    assert_eq!(seen.len(), 24);
    for who in world.everybody() {
        assert_eq!(world.texts(who, &chat), seen, "{who:?}");
    }
    all_quiet(world);
}

#[test]
fn who_leaves_his_organisation_leaves_the_rooms_of_others() {
    let mut pair = pair(6);
    let chat = group_of_all(&mut pair);
    let world = &mut pair.world;
    let dora = world.id_of(pair.clara, pair.dora);
    assert_eq!(
        world.tell(pair.clara, Command::RevokePerson(dora)),
        Outcome::Done
    );
    world.advance(60_000);
    world.says(pair.anna, &chat, "without Dora");
    world.settle();
    assert_eq!(world.details(pair.anna, &chat).unwrap().members.len(), 3);
    assert_eq!(world.details(pair.clara, &chat).unwrap().members.len(), 3);
    assert!(
        world
            .texts(pair.clara, &chat)
            .contains(&"without Dora".to_owned())
    );
    assert!(
        !world
            .texts(pair.dora, &chat)
            .contains(&"without Dora".to_owned())
    );
    for who in [pair.anna, pair.boris, pair.clara] {
        let alarms = world.alarms(who);
        assert!(alarms.is_empty(), "{}: {alarms:?}", world.of(who).name);
    }
}

#[test]
fn a_registrar_of_whom_nothing_was_heard_before_ends_somebody_everywhere() {
    let mut pair = pair(16);
    let eva = pair.world.join_registrar(pair.clara, "Eva");
    let chat = group_of_all(&mut pair);
    let world = &mut pair.world;
    let dora = world.id_of(pair.clara, pair.dora);
    assert_eq!(world.tell(eva, Command::RevokePerson(dora)), Outcome::Done);
    world.advance(60_000);
    assert_eq!(world.details(pair.anna, &chat).unwrap().members.len(), 3);
    let clara = world.find_person(pair.boris, "clara@bank.example");
    assert!(!clara.0.is_empty());
    for who in [pair.anna, pair.boris, pair.clara] {
        let alarms = world.alarms(who);
        assert!(alarms.is_empty(), "{}: {alarms:?}", world.of(who).name);
    }
}

#[test]
fn who_was_taken_out_of_a_room_elsewhere_comes_back_into_it() {
    let mut pair = pair(17);
    let world = &mut pair.world;
    let clara = world.find_person(pair.anna, "clara@bank.example");
    let chat = world.group_of(pair.anna, "Case 42", vec![clara.clone()]);
    world.settle();
    world.says(pair.anna, &chat, "together");
    world.settle();
    let remove = Command::RemoveMember {
        chat: chat.clone(),
        person: clara.clone(),
    };
    assert_eq!(world.tell(pair.anna, remove), Outcome::Done);
    world.settle();
    // Nobody of the bank is there to follow this.
    for text in ["alone", "still alone"] {
        world.says(pair.anna, &chat, text);
        world.settle();
    }
    let add = Command::AddMembers {
        chat: chat.clone(),
        people: vec![clara],
    };
    assert_eq!(world.tell(pair.anna, add), Outcome::Done);
    world.settle();
    world.says(pair.anna, &chat, "together again");
    world.settle();
    let seen = world.texts(pair.clara, &chat);
    assert_eq!(seen, ["together", "together again"]);
    all_quiet(world);
}

#[test]
fn files_come_from_the_other_server() {
    let mut pair = pair(7);
    let chat = group_of_all(&mut pair);
    let world = &mut pair.world;
    let scan: Vec<u8> = (0..300_000u32).map(|byte| byte as u8).collect();
    world.sends_file(pair.clara, &chat, "statement.pdf", scan.clone());
    world.settle();
    for who in [pair.anna, pair.boris, pair.dora] {
        let place = world.messages(who, &chat).len() - 1;
        assert_eq!(
            world.fetches_file(who, &chat, place),
            Some(scan.clone()),
            "{who:?}"
        );
    }
    // Handed on among those who have the file elsewhere, it still comes from there.
    let message = world.messages(pair.anna, &chat).last().unwrap().id.clone();
    let direct = world.direct(pair.anna, pair.boris);
    let forward = Command::Forward {
        messages: vec![message],
        chats: vec![direct.clone()],
    };
    assert_eq!(world.tell(pair.anna, forward), Outcome::Done);
    world.settle();
    let with_anna = world.direct(pair.boris, pair.anna);
    assert_eq!(world.fetches_file(pair.boris, &with_anna, 0), Some(scan));
    all_quiet(world);
}

#[test]
fn what_was_said_keeps_its_names_when_a_partnership_ends() {
    let mut pair = pair(7);
    let chat = group_of_all(&mut pair);
    let world = &mut pair.world;
    let id = world.partners_of(pair.anna).partners[0].id.clone();
    let end = Command::EndPartner { id };
    assert_eq!(world.tell(pair.anna, end), Outcome::Done);
    world.advance(60_000);
    assert!(world.partners_of(pair.boris).partners.is_empty());
    let names = |world: &mut World, who| -> Vec<String> {
        let members = world.details(who, &chat).unwrap().members;
        members.into_iter().map(|member| member.name).collect()
    };
    let seen = names(world, pair.boris);
    assert!(seen.contains(&"Clara".to_owned()), "{seen:?}");
    assert!(seen.contains(&"Dora".to_owned()), "{seen:?}");
    let row = &world.chats(pair.boris)[0];
    assert_eq!(row.outside[0].organisation, "Harbour Bank");
}

#[test]
fn partners_who_parted_are_partners_again_by_a_new_link() {
    let mut pair = pair(8);
    group_of_all(&mut pair);
    let world = &mut pair.world;
    for (who, other) in [(pair.anna, pair.clara), (pair.clara, pair.anna)] {
        let id = world.partners_of(who).partners[0].id.clone();
        assert_eq!(world.tell(who, Command::EndPartner { id }), Outcome::Done);
        world.advance(30_000);
        // The link of then brings nobody back.
        assert!(world.partners_of(other).offers.is_empty());
    }
    assert!(world.partners_of(pair.anna).partners.is_empty());
    world.make_partners(pair.clara, pair.anna);
    world.advance(60_000);
    let there = world.direct_with(pair.boris, "dora@bank.example");
    world.says(pair.boris, &there, "here we are again");
    world.settle();
    let here = chat_called(world, pair.dora, "Boris");
    assert_eq!(world.texts(pair.dora, &here), ["here we are again"]);
    all_quiet(world);
}

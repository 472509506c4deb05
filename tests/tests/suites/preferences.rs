//! What a person set is the same on all of his devices: drafts, silence, what is on top or put away, labels.

use crate::backup::{PASSKEY, comes_back, keeps};
use crate::devices::{chat, linked};
use crate::own_room::{forgets_room, own};
use valise_client::Input;
use valise_tests::sim::{Network, Who, World};
use valise_views::{
    ChatFilter, ChatId, ChatKind, ChatList, Command, LabelColour, LabelId, Outcome, Recovery,
    Shown, Trouble, View,
};

/// Ada with a desk and a phone, and Boris; they have talked in a group.
fn office(seed: u64) -> (World, Who, Who, Who, ChatId) {
    let mut world = World::new(seed);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let team = world.group(ada, "Team", &[boris]);
    world.settle();
    world.says(ada, &team, "meet at nine");
    world.settle();
    let phone = linked(&mut world, ada);
    (world, ada, phone, boris, team)
}

fn list(world: &mut World, who: Who, filter: ChatFilter) -> ChatList {
    let search = String::new();
    match world.look(who, View::Chats { filter, search }) {
        Shown::Chats(list) => list,
        other => panic!("not chats but {other:?}"),
    }
}

/// What a device has set of each chat, and all labels.
fn set(world: &mut World, who: Who) -> Vec<String> {
    let mut all = Vec::new();
    for filter in [ChatFilter::All, ChatFilter::Archived] {
        let list = list(world, who, filter);
        if filter == ChatFilter::All {
            all.push(format!("{:?}", list.labels));
        }
        // Where something stands in the list hangs on more than what was set.
        for row in list.rows {
            all.push(format!(
                "{} {:?} muted {} pinned {} archived {} labels {:?}",
                row.chat, row.draft, row.muted, row.pinned, row.archived, row.labels
            ));
        }
    }
    all.sort();
    all
}

fn does(world: &mut World, who: Who, command: Command) {
    let outcome = world.tell(who, command);
    assert!(
        matches!(outcome, Outcome::Done | Outcome::Label(_)),
        "{outcome:?}"
    );
}

fn makes(world: &mut World, who: Who, name: &str, colour: LabelColour) -> LabelId {
    let name = name.into();
    match world.tell(who, Command::MakeLabel { name, colour }) {
        Outcome::Label(label) => label,
        other => panic!("no label but {other:?}"),
    }
}

fn drafts(chat: &ChatId, text: &str) -> Command {
    Command::SetDraft {
        chat: chat.clone(),
        text: text.into(),
    }
}

fn mutes(chat: &ChatId, on: bool) -> Command {
    let chat = chat.clone();
    Command::Mute { chat, on }
}

fn archives(chat: &ChatId, on: bool) -> Command {
    let chat = chat.clone();
    Command::Archive { chat, on }
}

fn labels(chat: &ChatId, label: LabelId, on: bool) -> Command {
    let chat = chat.clone();
    Command::LabelChat { chat, label, on }
}

/// How many events stand in the log of Ada's own room.
fn told(world: &mut World, who: Who) -> i64 {
    let own = own(world, who);
    let disk = &world.of(who).disk;
    let sql = "SELECT max(cursor) FROM room WHERE chat = ?1";
    disk.query_row(sql, [&own.0], |row| row.get(0)).unwrap()
}

#[test]
fn what_is_set_on_one_device_is_set_on_the_other() {
    let (mut world, ada, phone, boris, team) = office(730);
    let direct = world.direct(ada, boris);
    let court = makes(&mut world, ada, "Court", LabelColour::Blue);
    for command in [
        mutes(&team, true),
        Command::Pin {
            chat: direct.clone(),
            on: true,
        },
        labels(&team, court, true),
        archives(&team, true),
    ] {
        does(&mut world, ada, command);
    }
    world.settle();
    let seen = set(&mut world, phone);
    assert_eq!(seen, set(&mut world, ada));
    let rows = list(&mut world, phone, ChatFilter::Archived).rows;
    assert_eq!((rows[0].muted, &*rows[0].labels), (true, &[court][..]));
    // And back.
    does(&mut world, phone, archives(&team, false));
    does(&mut world, phone, mutes(&team, false));
    world.settle();
    assert_eq!(set(&mut world, phone), set(&mut world, ada));
    let row = &list(&mut world, ada, ChatFilter::Labelled(court)).rows[0];
    assert_eq!((row.muted, row.archived), (false, false));
    // Nothing of it is a chat, and nobody else hears of it.
    for who in [ada, phone] {
        let rows = world.chats(who);
        assert!(rows.iter().all(|row| row.kind != ChatKind::Saved));
        assert!(world.alarms(who).is_empty());
    }
    assert!(world.chats(boris).iter().all(|row| row.labels.is_empty()));
}

#[test]
fn a_label_is_renamed_and_removed_everywhere() {
    let (mut world, ada, phone, _, team) = office(731);
    let court = makes(&mut world, ada, "Court", LabelColour::Blue);
    let urgent = makes(&mut world, ada, " Urgent ", LabelColour::Red);
    let taken = Command::MakeLabel {
        name: "COURT".into(),
        colour: LabelColour::Red,
    };
    assert_eq!(world.tell(ada, taken), Outcome::Failed(Trouble::BadName));
    does(&mut world, ada, labels(&team, court, true));
    world.settle();
    does(&mut world, phone, labels(&team, urgent, true));
    let change = Command::ChangeLabel {
        label: court,
        name: "Courts".into(),
        colour: LabelColour::Green,
    };
    does(&mut world, phone, change);
    world.settle();
    for who in [ada, phone] {
        let shown = list(&mut world, who, ChatFilter::Labelled(court));
        let names: Vec<_> = shown.labels.iter().map(|label| &*label.name).collect();
        assert_eq!(names, ["Courts", "Urgent"]);
        assert_eq!(shown.labels[0].colour, LabelColour::Green);
        assert_eq!(shown.rows[0].labels, [court, urgent]);
    }
    does(&mut world, ada, Command::RemoveLabel(court));
    world.settle();
    for who in [ada, phone] {
        let shown = list(&mut world, who, ChatFilter::All);
        assert_eq!(shown.labels.len(), 1);
        assert_eq!(shown.rows[0].labels, [urgent]);
    }
    for command in [Command::RemoveLabel(court), labels(&team, court, true)] {
        assert_eq!(world.tell(ada, command), Outcome::Failed(Trouble::NotFound));
    }
}

#[test]
fn a_draft_is_told_when_the_person_pauses_and_not_at_each_letter() {
    let (mut world, ada, phone, boris, team) = office(732);
    world.give(ada, Input::Visible(true));
    world.settle();
    let before = told(&mut world, phone);
    let text = "We should";
    for end in 1..=text.len() {
        does(&mut world, ada, drafts(&team, &text[..end]));
        world.advance(400);
    }
    world.advance(1_000);
    assert_eq!(told(&mut world, phone), before);
    world.advance(5_000);
    assert_eq!(told(&mut world, phone), before + 1);
    assert_eq!(world.chats(phone)[0].draft, text);
    // Who leaves does not wait.
    does(&mut world, ada, drafts(&team, "We should go"));
    world.give(ada, Input::Visible(false));
    world.advance(1_000);
    assert_eq!(world.chats(phone)[0].draft, "We should go");
    // Gone on with there, and sent.
    does(&mut world, phone, drafts(&team, "We should go now"));
    world.says(phone, &team, "We should go now");
    world.settle();
    for who in [ada, phone] {
        assert_eq!(world.chats(who)[0].draft, "");
    }
    // What is begun and sent within one breath is told to nobody.
    world.settle();
    let before = told(&mut world, ada);
    does(&mut world, phone, drafts(&team, "yes"));
    world.advance(500);
    world.says(phone, &team, "yes");
    world.settle();
    assert_eq!(told(&mut world, ada), before);
    assert_eq!(world.texts(boris, &team).len(), 3);
}

#[test]
fn what_comes_last_at_the_server_counts_and_what_is_not_told_yet_before_that() {
    let (mut world, ada, phone, _, team) = office(733);
    world.set_online(ada, false);
    world.set_online(phone, false);
    does(&mut world, ada, drafts(&team, "from the desk"));
    does(&mut world, phone, drafts(&team, "from the train"));
    does(&mut world, phone, mutes(&team, true));
    does(&mut world, phone, mutes(&team, false));
    does(&mut world, phone, mutes(&team, true));
    // It is no loss that a device stops before it has told.
    world.crash(phone);
    world.start(phone);
    world.set_online(phone, true);
    world.settle();
    assert_eq!(world.chats(ada)[0].draft, "from the desk");
    world.set_online(ada, true);
    world.settle();
    for who in [ada, phone] {
        let row = world.chats(who).remove(0);
        assert_eq!((&*row.draft, row.muted), ("from the desk", true));
    }
}

#[test]
fn what_is_told_of_a_chat_that_is_not_here_yet_waits_for_it() {
    for seed in 734..740 {
        let (mut world, ada, phone, boris, _) = office(seed);
        world.set_online(phone, false);
        let court = makes(&mut world, ada, "Court", LabelColour::Blue);
        let group = world.group(boris, "Watch", &[ada]);
        world.settle();
        does(&mut world, ada, mutes(&group, true));
        does(&mut world, ada, labels(&group, court, true));
        does(&mut world, ada, drafts(&group, "half"));
        let direct = world.direct(ada, boris);
        does(&mut world, ada, archives(&direct, true));
        world.settle();
        world.set_online(phone, true);
        world.settle();
        let rows = list(&mut world, phone, ChatFilter::Labelled(court)).rows;
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].muted, &*rows[0].draft), (true, "half"));
        // A chat that is made there only later.
        let _ = world.direct(phone, boris);
        assert_eq!(list(&mut world, phone, ChatFilter::Archived).archived, 1);
    }
}

#[test]
fn a_message_brings_a_chat_back_on_every_device_or_on_none() {
    for seed in 740..746 {
        let (mut world, ada, phone, boris, team) = office(seed);
        world.set_online(phone, false);
        does(&mut world, ada, archives(&team, true));
        world.settle();
        let at_boris = chat(&mut world, boris, "Team");
        world.says(boris, &at_boris, "are you there?");
        world.settle();
        let is_back = |world: &mut World, who| {
            list(world, who, ChatFilter::All)
                .rows
                .iter()
                .any(|row| row.title == "Team")
        };
        assert!(is_back(&mut world, ada));
        if seed % 2 == 0 {
            // Away again: the older message does not bring it back.
            does(&mut world, ada, archives(&team, true));
            world.settle();
        }
        world.set_online(phone, true);
        world.settle();
        assert_eq!(is_back(&mut world, phone), seed % 2 == 1, "seed {seed}");
        assert_eq!(is_back(&mut world, ada), seed % 2 == 1, "seed {seed}");
    }
}

#[test]
fn a_new_device_has_it_and_so_has_who_comes_back() {
    let (mut world, ada, phone, _, team) = office(746);
    let court = makes(&mut world, phone, "Court", LabelColour::Violet);
    does(&mut world, phone, labels(&team, court, true));
    does(&mut world, phone, mutes(&team, true));
    does(&mut world, ada, drafts(&team, "half a thought"));
    world.settle();
    let tablet = linked(&mut world, phone);
    assert_eq!(set(&mut world, tablet), set(&mut world, ada));
    does(&mut world, tablet, mutes(&team, false));
    world.settle();
    assert_eq!(set(&mut world, tablet), set(&mut world, ada));
    keeps(&mut world, ada);
    let (back, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    assert_eq!(outcome, Outcome::Done);
    assert_eq!(set(&mut world, back), set(&mut world, ada));
    does(&mut world, back, Command::RemoveLabel(court));
    world.settle();
    assert_eq!(set(&mut world, back), set(&mut world, ada));
}

#[test]
fn a_label_comes_back_out_of_a_backup_that_nothing_else_changed() {
    let mut world = World::new(748);
    let [ada, _] = world.team(["Ada", "Boris"]);
    keeps(&mut world, ada);
    let court = makes(&mut world, ada, "Court", LabelColour::Blue);
    world.advance(600_000);
    let (back, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    assert_eq!(outcome, Outcome::Done);
    let labels = list(&mut world, back, ChatFilter::All).labels;
    assert_eq!(
        labels.iter().map(|label| label.id).collect::<Vec<_>>(),
        [court]
    );
}

#[test]
fn who_has_one_device_tells_nobody() {
    let mut world = World::new(747);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let team = world.group(ada, "Team", &[boris]);
    let court = makes(&mut world, ada, "Court", LabelColour::Grey);
    does(&mut world, ada, labels(&team, court, true));
    does(&mut world, ada, drafts(&team, "half"));
    world.settle();
    let own = own(&mut world, ada);
    let rooms: i64 = {
        let disk = &world.of(ada).disk;
        let sql = "SELECT count(*) FROM room WHERE chat = ?1";
        disk.query_row(sql, [&own.0], |row| row.get(0)).unwrap()
    };
    assert_eq!(rooms, 0);
    assert_eq!(world.chats(ada)[0].labels, [court]);
}

/// What three devices set at random, away now and then, with one room of their own or several that were made at once.
#[test]
fn whatever_devices_set_at_random_they_are_alike_in_the_end() {
    for seed in 750..762 {
        let (mut world, ada, phone, boris, team) = office(seed);
        let direct = world.direct(ada, boris);
        world.says(ada, &direct, "hello");
        world.settle();
        let tablet = linked(&mut world, ada);
        let all = [ada, phone, tablet];
        let label = makes(&mut world, ada, "Court", LabelColour::Red);
        world.settle();
        if seed % 3 == 0 {
            let own = own(&mut world, ada);
            for who in all {
                forgets_room(&mut world, who, &own);
            }
            world.advance(5_000);
        }
        world.network = Network {
            longest_ms: 700,
            ..Network::GOOD
        };
        let mut state = seed;
        let mut roll = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for step in 0..60 {
            let who = all[roll(3) as usize];
            let chat = if roll(2) == 0 { &team } else { &direct };
            let on = roll(2) == 0;
            let command = match roll(6) {
                0 => drafts(chat, &format!("draft {step}")),
                1 => mutes(chat, on),
                2 => Command::Pin {
                    chat: chat.clone(),
                    on,
                },
                3 => archives(chat, on),
                4 => labels(chat, label, on),
                _ => Command::ChangeLabel {
                    label,
                    name: format!("Label {step}"),
                    colour: LabelColour::of_number(roll(6) as u8),
                },
            };
            does(&mut world, who, command);
            if roll(4) == 0 {
                let who = all[roll(3) as usize];
                world.set_online(who, roll(2) == 0);
            }
            if roll(5) == 0 {
                let at_boris = world.chat(boris, "Team").unwrap();
                world.says(boris, &at_boris, "psst");
            }
            world.advance(roll(4_000));
        }
        for who in all {
            world.set_online(who, true);
        }
        world.advance(300_000);
        let seen = set(&mut world, ada);
        for who in [phone, tablet] {
            assert_eq!(seen, set(&mut world, who), "seed {seed}");
        }
        for who in all {
            assert!(
                world
                    .alarms(who)
                    .iter()
                    .all(|alarm| !matches!(alarm, valise_views::Alarm::MemberMisbehaved { .. }))
            );
        }
    }
}

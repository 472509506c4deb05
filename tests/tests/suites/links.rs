//! Links into groups: whoever of the organisation opens one comes in by himself.

use crate::devices::linked;
use valise_client::Guards;
use valise_mls::Suite;
use valise_tests::sim::{Who, World};
use valise_views::link::{GroupLink, GroupPreview};
use valise_views::{Body, ChatId, Command, Millis, Notice, Outcome, Tick, Trouble};

/// Makes a link, and returns it once it works.
pub(crate) fn makes_link(
    world: &mut World,
    who: Who,
    chat: &ChatId,
    until: Option<Millis>,
) -> String {
    let chat = chat.clone();
    let command = Command::MakeGroupLink {
        chat: chat.clone(),
        until,
    };
    assert_eq!(world.tell(who, command), Outcome::Done);
    world.advance(10_000);
    let link = link_of(world, who, &chat).expect("there is a link");
    assert!(link.works);
    link.url.expect("it is his")
}

fn link_of(world: &mut World, who: Who, chat: &ChatId) -> Option<GroupLink> {
    world.details(who, chat).and_then(|details| details.link)
}

fn looks(world: &mut World, who: Who, link: &str) -> Result<GroupPreview, Trouble> {
    match world.tell(who, Command::InspectGroup { link: link.into() }) {
        Outcome::Group(preview) => Ok(*preview),
        Outcome::Failed(trouble) => Err(trouble),
        other => panic!("no group but {other:?}"),
    }
}

fn comes(world: &mut World, who: Who, link: &str) -> Result<ChatId, Trouble> {
    match world.tell(who, Command::JoinGroup { link: link.into() }) {
        Outcome::Chat(chat) => Ok(chat),
        Outcome::Failed(trouble) => Err(trouble),
        other => panic!("no chat but {other:?}"),
    }
}

fn notices(world: &mut World, who: Who, chat: &ChatId) -> Vec<Notice> {
    let shown = world.conversation(who, chat).expect("he has the chat");
    let messages = shown.messages.into_iter();
    let notices = messages.filter_map(|message| match message.body {
        Body::Notice(notice) => Some(notice),
        _ => None,
    });
    notices.collect()
}

fn members(world: &mut World, who: Who, chat: &ChatId) -> Vec<String> {
    let details = world.details(who, chat).expect("he has the chat");
    let mut names: Vec<String> = details
        .members
        .into_iter()
        .map(|member| member.name)
        .collect();
    names.sort();
    names
}

#[test]
fn who_opens_a_link_sees_the_group_and_comes_in_while_nobody_who_may_add_is_there() {
    let mut world = World::new(900);
    let [ada, boris, cem] = world.team(["Ada", "Boris", "Cem"]);
    let chat = world.group(ada, "Registry", &[boris]);
    let timer = Command::SetTimer {
        chat: chat.clone(),
        seconds: 86_400,
    };
    assert_eq!(world.tell(ada, timer), Outcome::Done);
    world.settle();
    let link = makes_link(&mut world, ada, &chat, None);
    world.settle();
    world.set_online(ada, false);
    world.advance(1_000);

    let preview = looks(&mut world, cem, &link).unwrap();
    assert_eq!(
        preview,
        GroupPreview {
            title: "Registry".into(),
            by: "Ada".into(),
            people: 2,
            announcement: false,
            disappears_after: 86_400,
            until: None,
            chat: None,
        }
    );
    assert_eq!(world.chat(cem, "Registry"), None, "who looks is not in it");

    let at_cem = comes(&mut world, cem, &link).unwrap();
    assert_eq!(at_cem, chat);
    assert_eq!(world.chat(cem, "Registry"), Some(chat.clone()));
    world.advance(10_000);
    world.says(cem, &chat, "here I am");
    world.advance(10_000);
    world.says(boris, &chat, "welcome");
    world.advance(10_000);
    assert_eq!(world.texts(boris, &chat), ["here I am", "welcome"]);
    assert_eq!(world.texts(cem, &chat), ["here I am", "welcome"]);
    let came = Notice::CameByLink {
        person: "Cem".into(),
    };
    assert!(notices(&mut world, boris, &chat).contains(&came));
    assert!(notices(&mut world, cem, &chat).contains(&came));
    let lasts = world
        .details(cem, &chat)
        .map(|details| details.disappears_after);
    assert_eq!(lasts, Some(86_400));
    assert_eq!(
        looks(&mut world, cem, &link).unwrap().chat,
        Some(chat.clone())
    );

    world.set_online(ada, true);
    world.settle();
    for who in [ada, boris, cem] {
        assert_eq!(members(&mut world, who, &chat), ["Ada", "Boris", "Cem"]);
        assert_eq!(world.alarms(who), vec![]);
    }
    assert_eq!(world.texts(ada, &chat), ["here I am", "welcome"]);
}

#[test]
fn a_new_link_ends_the_old_one_and_a_link_can_be_switched_off_or_end_by_itself() {
    let mut world = World::new(901);
    let [ada, boris, cem] = world.team(["Ada", "Boris", "Cem"]);
    let chat = world.group(ada, "Registry", &[boris]);
    world.settle();
    let first = makes_link(&mut world, ada, &chat, None);
    let second = makes_link(&mut world, ada, &chat, None);
    assert_ne!(first, second);
    assert_eq!(looks(&mut world, cem, &first), Err(Trouble::GroupLinkOver));
    assert_eq!(comes(&mut world, cem, &first), Err(Trouble::GroupLinkOver));
    assert!(looks(&mut world, cem, &second).is_ok());

    let off = Command::EndGroupLink(chat.clone());
    assert_eq!(world.tell(ada, off), Outcome::Done);
    world.advance(10_000);
    assert_eq!(link_of(&mut world, ada, &chat), None);
    assert_eq!(comes(&mut world, cem, &second), Err(Trouble::GroupLinkOver));

    let until = world.now.0 + 60_000;
    let third = makes_link(&mut world, ada, &chat, Some(until));
    assert!(looks(&mut world, cem, &third).is_ok());
    world.advance(120_000);
    assert_eq!(comes(&mut world, cem, &third), Err(Trouble::GroupLinkOver));
    assert_eq!(world.chat(cem, "Registry"), None);
    assert!(link_of(&mut world, ada, &chat).unwrap().over);
    // Whatever an owner's device changes next takes it out.
    world.crash(ada);
    world.start(ada);
    world.settle();
    assert_eq!(link_of(&mut world, ada, &chat), None);
    for who in [ada, boris, cem] {
        assert_eq!(world.alarms(who), vec![]);
    }
}

#[test]
fn who_was_removed_does_not_come_back_by_the_link_that_he_knows() {
    let mut world = World::new(902);
    let [ada, boris, cem] = world.team(["Ada", "Boris", "Cem"]);
    let chat = world.group(ada, "Registry", &[boris]);
    world.settle();
    let link = makes_link(&mut world, ada, &chat, None);
    comes(&mut world, cem, &link).unwrap();
    world.settle();
    let remove = Command::RemoveMember {
        chat: chat.clone(),
        person: world.id_of(ada, cem),
    };
    assert_eq!(world.tell(ada, remove), Outcome::Done);
    world.settle();
    assert_eq!(link_of(&mut world, ada, &chat), None, "it went with him");
    assert_eq!(comes(&mut world, cem, &link), Err(Trouble::GroupLinkOver));
    assert_eq!(members(&mut world, boris, &chat), ["Ada", "Boris"]);

    // A link that he is given lets him in again, and he reads on from there.
    let another = makes_link(&mut world, ada, &chat, None);
    assert_eq!(comes(&mut world, cem, &another), Ok(chat.clone()));
    world.settle();
    world.says(boris, &chat, "again");
    world.settle();
    assert_eq!(world.texts(cem, &chat), ["again"]);
}

#[test]
fn who_left_comes_back_by_the_link() {
    let mut world = World::new(903);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let chat = world.group(ada, "Registry", &[boris]);
    world.settle();
    let link = makes_link(&mut world, ada, &chat, None);
    world.says(boris, &chat, "before");
    world.settle();
    assert_eq!(
        world.tell(boris, Command::Leave(chat.clone())),
        Outcome::Done
    );
    world.settle();
    assert!(link_of(&mut world, ada, &chat).is_some());
    assert_eq!(comes(&mut world, boris, &link), Ok(chat.clone()));
    world.settle();
    world.says(boris, &chat, "after");
    world.settle();
    assert_eq!(world.texts(ada, &chat), ["before", "after"]);
    assert_eq!(world.texts(boris, &chat), ["before", "after"]);
}

#[test]
fn who_leaves_gets_back_what_was_not_sent_and_sends_it_when_he_is_in_again() {
    let mut world = World::new(907);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let chat = world.group(ada, "Registry", &[boris]);
    world.settle();
    let link = makes_link(&mut world, ada, &chat, None);
    world.set_online(boris, false);
    let message = world.says(boris, &chat, "written on the train");
    assert_eq!(
        world.tell(boris, Command::Leave(chat.clone())),
        Outcome::Done
    );
    assert_eq!(world.tick(boris, &chat, &message), Some(Tick::Failed));
    world.set_online(boris, true);
    world.settle();
    assert_eq!(comes(&mut world, boris, &link), Ok(chat.clone()));
    world.settle();
    assert_eq!(world.texts(ada, &chat), Vec::<String>::new());
    let again = Command::Retry(message);
    assert_eq!(world.tell(boris, again), Outcome::Done);
    world.settle();
    assert_eq!(world.texts(ada, &chat), ["written on the train"]);
    for who in [ada, boris] {
        assert_eq!(world.alarms(who), vec![]);
    }
}

#[test]
fn all_devices_of_who_comes_in_come_in_and_all_of_who_made_the_link_show_it() {
    let mut world = World::new(904);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let phone = linked(&mut world, ada);
    let chat = world.group(boris, "Registry", &[]);
    world.settle();
    let link = makes_link(&mut world, boris, &chat, None);
    assert_eq!(comes(&mut world, ada, &link), Ok(chat.clone()));
    world.settle();
    assert_eq!(world.chat(phone, "Registry"), Some(chat.clone()));
    world.says(phone, &chat, "from the phone");
    world.settle();
    assert_eq!(world.texts(boris, &chat), ["from the phone"]);

    let own = world.group(ada, "Board", &[]);
    world.settle();
    let made = makes_link(&mut world, ada, &own, None);
    world.settle();
    let shown = link_of(&mut world, phone, &own).expect("it is in the room");
    assert_eq!(shown.url, Some(made));
    for who in [ada, phone, boris] {
        assert_eq!(world.alarms(who), vec![]);
    }
}

#[test]
fn another_owner_sees_that_there_is_a_link_and_can_end_it_but_has_not_got_it() {
    let mut world = World::new(905);
    let [ada, boris, cem] = world.team(["Ada", "Boris", "Cem"]);
    let chat = world.group(ada, "Registry", &[boris, cem]);
    let owner = Command::SetOwner {
        chat: chat.clone(),
        person: world.id_of(ada, boris),
        owner: true,
    };
    assert_eq!(world.tell(ada, owner), Outcome::Done);
    world.settle();
    makes_link(&mut world, ada, &chat, None);
    world.settle();
    assert_eq!(
        link_of(&mut world, boris, &chat).map(|link| link.url),
        Some(None)
    );
    assert_eq!(link_of(&mut world, cem, &chat), None, "who owns nothing");
    let not_his = Command::MakeGroupLink {
        chat: chat.clone(),
        until: None,
    };
    assert_eq!(
        world.tell(cem, not_his),
        Outcome::Failed(Trouble::NotAllowed)
    );
    let off = Command::EndGroupLink(chat.clone());
    assert_eq!(world.tell(boris, off), Outcome::Done);
    world.settle();
    assert_eq!(link_of(&mut world, ada, &chat), None);
    let said = Notice::LinkChanged {
        by: "Boris".into(),
        on: false,
    };
    assert!(notices(&mut world, cem, &chat).contains(&said));
}

#[test]
fn what_a_link_shows_follows_the_group() {
    let mut world = World::new(906);
    let [ada, boris, cem] = world.team(["Ada", "Boris", "Cem"]);
    let chat = world.group(ada, "Registry", &[boris]);
    world.settle();
    let link = makes_link(&mut world, ada, &chat, None);
    let rename = Command::Rename {
        chat: chat.clone(),
        title: "Land registry".into(),
    };
    assert_eq!(world.tell(ada, rename), Outcome::Done);
    let only_owners = Command::SetAnnouncement {
        chat: chat.clone(),
        on: true,
    };
    assert_eq!(world.tell(ada, only_owners), Outcome::Done);
    world.settle();
    let seen = looks(&mut world, cem, &link).unwrap();
    assert_eq!(
        (seen.title.as_str(), seen.announcement),
        ("Land registry", true)
    );
    let made = notices(&mut world, boris, &chat).into_iter();
    let made = made.filter(|notice| matches!(notice, Notice::LinkChanged { .. }));
    assert_eq!(made.count(), 1, "another card is no other link");
    comes(&mut world, cem, &link).unwrap();
    world.settle();
    let details = world.details(cem, &chat).unwrap();
    assert_eq!(details.title, "Land registry");
}

#[test]
fn a_crash_at_any_moment_of_coming_in_ends_in_the_group_once() {
    for step in 0..12 {
        let mut world = World::new(910 + step);
        // It is about moments, not about keys.
        world.guards = Guards::ALL.with_suite(Suite::Classic);
        let [ada, boris, cem] = world.team(["Ada", "Boris", "Cem"]);
        let chat = world.group(ada, "Registry", &[boris]);
        world.settle();
        let link = makes_link(&mut world, ada, &chat, None);
        world.ask(cem, Command::JoinGroup { link });
        world.advance(step * 25);
        world.crash(cem);
        world.start(cem);
        world.settle();
        assert_eq!(
            world.chat(cem, "Registry"),
            Some(chat.clone()),
            "step {step}"
        );
        world.says(cem, &chat, "in");
        world.settle();
        assert_eq!(world.texts(ada, &chat), ["in"], "step {step}");
        let came = notices(&mut world, boris, &chat).into_iter();
        let came = came.filter(|notice| matches!(notice, Notice::CameByLink { .. }));
        assert_eq!(came.count(), 1, "step {step}");
        for who in [ada, boris, cem] {
            assert_eq!(world.alarms(who), vec![], "step {step}");
        }
    }
}

#[test]
fn a_link_of_elsewhere_and_half_a_link_lead_nowhere() {
    let mut world = World::new(930);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let chat = world.group(ada, "Registry", &[]);
    world.settle();
    let link = makes_link(&mut world, ada, &chat, None);
    let elsewhere = link.replacen("://", "://other.", 1);
    assert_eq!(
        looks(&mut world, boris, &elsewhere),
        Err(Trouble::OtherOrganisation)
    );
    let half = &link[..link.len() - 1];
    assert_eq!(looks(&mut world, boris, half), Err(Trouble::BadLink));
    let direct = world.direct(ada, boris);
    let command = Command::MakeGroupLink {
        chat: direct,
        until: None,
    };
    assert_eq!(world.tell(ada, command), Outcome::Failed(Trouble::NotFound));
}

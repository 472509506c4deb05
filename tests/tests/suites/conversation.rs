//! What people do all day, on a good line.

use valise_tests::sim::World;
use valise_views::{Command, Outcome, Status, Tick, Trouble};

#[test]
fn two_people_write_to_each_other() {
    let mut world = World::new(1);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let chat = world.direct(ada, boris);
    let message = world.says(ada, &chat, "Good morning, Boris");
    assert_eq!(world.tick(ada, &chat, &message), Some(Tick::Waiting));
    world.advance(20_000);
    assert_eq!(world.tick(ada, &chat, &message), Some(Tick::Delivered));

    let theirs = world
        .chat(boris, "Ada")
        .expect("Boris sees the chat under Ada's name");
    assert_eq!(world.texts(boris, &theirs), ["Good morning, Boris"]);
    assert_eq!(world.chats(boris)[0].unread, 1);
    let seen = world.messages(boris, &theirs)[0].id.clone();
    assert_eq!(
        world.tell(
            boris,
            Command::MarkRead {
                chat: theirs.clone(),
                message: seen
            }
        ),
        Outcome::Done
    );
    assert_eq!(world.chats(boris)[0].unread, 0);
    world.says(boris, &theirs, "Good morning");
    world.advance(20_000);
    assert_eq!(world.tick(ada, &chat, &message), Some(Tick::Read));
    assert_eq!(
        world.texts(ada, &chat),
        ["Good morning, Boris", "Good morning"]
    );
}

#[test]
fn a_chat_is_marked_as_read_without_being_looked_at() {
    let mut world = World::new(11);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let chat = world.direct(ada, boris);
    let first = world.says(ada, &chat, "one");
    let second = world.says(ada, &chat, "two");
    world.advance(20_000);
    let theirs = world.chat(boris, "Ada").expect("Boris sees the chat");
    assert_eq!(world.chats(boris)[0].unread, 2);
    let command = Command::MarkAllRead(theirs);
    assert_eq!(world.tell(boris, command), Outcome::Done);
    assert_eq!(world.chats(boris)[0].unread, 0);
    world.advance(20_000);
    for message in [first, second] {
        assert_eq!(world.tick(ada, &chat, &message), Some(Tick::Read));
    }
    let nowhere = Command::MarkAllRead(valise_views::ChatId("nowhere".into()));
    let outcome = world.tell(boris, nowhere);
    assert_eq!(outcome, Outcome::Failed(Trouble::NotFound));
}

#[test]
fn a_new_member_finds_the_chat_with_whoever_invited() {
    let mut world = World::new(2);
    let ada = world.found("Ada");
    let link = world.invite(ada, "Boris");
    let boris = world.person("Boris");
    let outcome = world.tell(
        boris,
        Command::Join {
            link: link.clone(),
            name: String::new(),
            local_part: String::new(),
        },
    );
    let Outcome::Chat(chat) = outcome else {
        panic!("no chat but {outcome:?}")
    };
    world.says(boris, &chat, "I am here");
    world.advance(20_000);
    let theirs = world.chat(ada, "Boris").expect("Ada sees the chat");
    assert_eq!(world.texts(ada, &theirs), ["I am here"]);

    let late = world.person("Late");
    let outcome = world.tell(
        late,
        Command::Join {
            link,
            name: String::new(),
            local_part: String::new(),
        },
    );
    assert_eq!(outcome, Outcome::Failed(Trouble::LinkGone));
    assert_eq!(world.status(late), Status::Empty);
}

#[test]
fn whoever_founded_invites_at_once_and_sees_who_came() {
    let mut world = World::new(21);
    let ada = world.person("Ada");
    let found = Command::Found {
        link: world.server.setup_link(),
        organisation: "Northern Office".into(),
        name: "Ada".into(),
        local_part: "ada".into(),
    };
    assert_eq!(world.tell(ada, found), Outcome::Done);
    let link = world.invite(ada, "Boris");
    let boris = world.person("Boris");
    let join = Command::Join {
        link,
        name: String::new(),
        local_part: String::new(),
    };
    let outcome = world.tell(boris, join);
    assert!(matches!(outcome, Outcome::Chat(_)), "{outcome:?}");
    world.advance(5_000);
    let chat = world.chat(ada, "Boris").expect("Ada sees who came");
    world.says(ada, &chat, "welcome");
    world.advance(20_000);
    let theirs = world.chat(boris, "Ada").expect("it is one chat");
    assert_eq!(world.texts(boris, &theirs), ["welcome"]);
}

#[test]
fn who_asks_for_an_invitation_without_a_network_is_told_so() {
    let mut world = World::new(22);
    let ada = world.found("Ada");
    world.set_online(ada, false);
    let invite = Command::Invite {
        name: "Boris".into(),
        local_part: "boris".into(),
        office: String::new(),
        role: valise_views::PersonRole::Member,
        expires_at: world.now.0 + 86_400_000,
        uses: 1,
    };
    assert_eq!(world.tell(ada, invite), Outcome::Failed(Trouble::Offline));
}

#[test]
fn a_group_grows_changes_its_name_and_shrinks() {
    let mut world = World::new(3);
    let [ada, boris, clara, david] = world.team(["Ada", "Boris", "Clara", "David"]);
    let chat = world.group(ada, "Registry", &[boris, clara]);
    world.advance(10_000);
    world.says(ada, &chat, "welcome");
    world.advance(10_000);
    let at_clara = world.chat(clara, "Registry").expect("Clara is in it");
    assert_eq!(world.texts(clara, &at_clara), ["welcome"]);

    let person = world.id_of(ada, david);
    assert_eq!(
        world.tell(
            ada,
            Command::AddMembers {
                chat: chat.clone(),
                people: vec![person]
            }
        ),
        Outcome::Done
    );
    assert_eq!(
        world.tell(
            ada,
            Command::Rename {
                chat: chat.clone(),
                title: "Registry North".into()
            }
        ),
        Outcome::Done
    );
    world.advance(20_000);
    let at_david = world
        .chat(david, "Registry North")
        .expect("David is in it and knows its name");
    assert!(
        world.texts(david, &at_david).is_empty(),
        "what came before is not David's"
    );
    assert_eq!(
        world
            .details(david, &at_david)
            .expect("it has details")
            .members
            .len(),
        4
    );

    let person = world.id_of(ada, boris);
    assert_eq!(
        world.tell(
            ada,
            Command::RemoveMember {
                chat: chat.clone(),
                person
            }
        ),
        Outcome::Done
    );
    world.advance(10_000);
    world.says(ada, &chat, "without Boris");
    world.advance(10_000);
    let at_boris = world
        .chat(boris, "Registry North")
        .expect("Boris keeps what he had");
    assert_eq!(world.texts(boris, &at_boris), ["welcome"]);
    assert!(
        !world
            .conversation(boris, &at_boris)
            .expect("it is there")
            .may_send
    );
    assert_eq!(world.texts(clara, &at_clara), ["welcome", "without Boris"]);

    assert_eq!(
        world.tell(clara, Command::Leave(at_clara.clone())),
        Outcome::Done
    );
    world.advance(20_000);
    assert_eq!(
        world
            .details(ada, &chat)
            .expect("it has details")
            .members
            .len(),
        2
    );
    assert!(
        !world
            .conversation(clara, &at_clara)
            .expect("it is there")
            .may_send
    );
}

#[test]
fn only_owners_write_where_only_owners_write() {
    let mut world = World::new(4);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let person = world.id_of(ada, boris);
    let outcome = world.tell(
        ada,
        Command::CreateGroup {
            residency: Vec::new(),
            title: "Orders".into(),
            people: vec![person.clone()],
            announcement: true,
        },
    );
    let Outcome::Chat(chat) = outcome else {
        panic!("no chat but {outcome:?}")
    };
    world.says(ada, &chat, "read this");
    world.advance(20_000);
    let theirs = world.chat(boris, "Orders").expect("Boris is in it");
    assert_eq!(world.texts(boris, &theirs), ["read this"]);
    let outcome = world.tell(
        boris,
        Command::SendText {
            chat: theirs.clone(),
            text: "no".into(),
            reply_to: None,
        },
    );
    assert_eq!(outcome, Outcome::Failed(Trouble::NotAllowed));

    assert_eq!(
        world.tell(
            ada,
            Command::SetOwner {
                chat: chat.clone(),
                person,
                owner: true
            }
        ),
        Outcome::Done
    );
    world.advance(20_000);
    world.says(boris, &theirs, "yes");
    world.advance(20_000);
    assert_eq!(world.texts(ada, &chat), ["read this", "yes"]);
}

#[test]
fn both_open_the_chat_at_once_and_it_is_one() {
    let mut world = World::new(5);
    let [ada, boris, clara] = world.team(["Ada", "Boris", "Clara"]);
    let (to_clara, to_boris) = (world.id_of(boris, clara), world.id_of(clara, boris));
    let first = world.ask(boris, Command::OpenDirect(to_clara));
    let second = world.ask(clara, Command::OpenDirect(to_boris));
    world.advance(20_000);
    let (Some(Outcome::Chat(at_boris)), Some(Outcome::Chat(at_clara))) = (
        world.outcome(boris, first).cloned(),
        world.outcome(clara, second).cloned(),
    ) else {
        panic!("no chats");
    };
    world.says(boris, &at_boris, "from Boris");
    world.says(clara, &at_clara, "from Clara");
    world.settle();
    assert_eq!(world.texts(boris, &at_boris), world.texts(clara, &at_clara));
    assert_eq!(world.texts(boris, &at_boris).len(), 2);
    assert_eq!(
        world
            .chats(boris)
            .iter()
            .filter(|row| row.title == "Clara")
            .count(),
        1
    );
    let _ = ada;
}

#[test]
fn somebody_whose_account_ended_is_out_of_everything() {
    let mut world = World::new(6);
    let [ada, boris, clara] = world.team(["Ada", "Boris", "Clara"]);
    let chat = world.group(boris, "Registry", &[ada, clara]);
    world.advance(20_000);
    let person = world.id_of(ada, boris);
    assert_eq!(
        world.tell(ada, Command::RevokePerson(person)),
        Outcome::Done
    );
    world.advance(60_000);
    let at_clara = world.chat(clara, "Registry").expect("Clara is in it");
    assert_eq!(
        world
            .details(clara, &at_clara)
            .expect("it has details")
            .members
            .len(),
        2
    );
    world.says(clara, &at_clara, "we go on");
    world.advance(20_000);
    let at_ada = world.chat(ada, "Registry").expect("Ada is in it");
    assert_eq!(world.texts(ada, &at_ada), ["we go on"]);
    assert!(world.texts(boris, &chat).is_empty(), "nothing reaches him");
    let too_late = Command::SendText {
        chat,
        text: "too late".into(),
        reply_to: None,
    };
    assert_eq!(
        world.tell(boris, too_late),
        Outcome::Failed(Trouble::NotAllowed)
    );
    assert_eq!(world.texts(ada, &at_ada), ["we go on"]);
}

#[test]
fn a_file_arrives_whole() {
    let mut world = World::new(7);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let chat = world.direct(ada, boris);
    let bytes: Vec<u8> = (0..300_000u32)
        .map(|index| (index * 7 % 251) as u8)
        .collect();
    let message = world.sends_file(ada, &chat, "scan.pdf", bytes.clone());
    world.settle();
    assert!(world.tick(ada, &chat, &message) >= Some(Tick::Accepted));
    let theirs = world.chat(boris, "Ada").expect("Boris sees the chat");
    assert_eq!(world.texts(boris, &theirs), ["scan.pdf"]);
    assert_eq!(world.fetches_file(boris, &theirs, 0), Some(bytes));
}

#[test]
fn a_part_of_a_file_that_the_disk_did_not_take_once_changes_nothing() {
    let mut world = World::new(8);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let chat = world.direct(ada, boris);
    let bytes: Vec<u8> = (0..6_000_000u32)
        .map(|index| (index * 7 % 251) as u8)
        .collect();
    world.cache_fails_after(ada, 2);
    world.sends_file(ada, &chat, "scan.pdf", bytes.clone());
    world.settle();
    let theirs = world.chat(boris, "Ada").expect("Boris sees the chat");
    assert_eq!(world.texts(boris, &theirs), ["scan.pdf"]);
    world.cache_fails_after(boris, 1);
    assert_eq!(world.fetches_file(boris, &theirs, 0), Some(bytes));
}

#[test]
fn a_file_of_many_parts_arrives_whole_whichever_of_them_get_lost() {
    for seed in 20..22 {
        let mut world = World::new(seed);
        let [ada, boris] = world.team(["Ada", "Boris"]);
        let chat = world.direct(ada, boris);
        world.settle();
        let bytes: Vec<u8> = (0..10_000_000u32)
            .map(|index| (index * 7 % 251) as u8)
            .collect();
        world.network.request_lost = 300;
        world.sends_file(ada, &chat, "film.mp4", bytes.clone());
        world.advance(600_000);
        let theirs = world.chat(boris, "Ada").expect("Boris sees the chat");
        let came = world.fetches_file(boris, &theirs, 0);
        let came = came.or_else(|| {
            world.advance(600_000);
            world.fetches_file(boris, &theirs, 0)
        });
        assert!(came == Some(bytes), "{seed}");
    }
}

//! Voice notes: they come with their length and picture, and who spoke one sees that it was heard.

use crate::devices::linked;
use valise_tests::sim::{Who, World};
use valise_views::file::NewVoice;
use valise_views::file::VoiceNote;
use valise_views::{Body, ChatId, Command, File, Message, MessageId, Outcome, Tick, Trouble};

const SOUND: [u8; 5_000] = [42; 5_000];

fn spoken() -> NewVoice {
    NewVoice {
        millis: 12_340,
        waveform: vec![0, 40, 255, 3],
    }
}

/// Ada, Boris and Clara in a group, in which Ada has spoken.
fn group(seed: u64) -> (World, [Who; 3], ChatId, MessageId) {
    let mut world = World::new(seed);
    let people = world.team(["Ada", "Boris", "Clara"]);
    let chat = world.group(people[0], "Team", &people[1..]);
    world.settle();
    let Outcome::Sent(message) = world.speaks(people[0], &chat, spoken(), SOUND.to_vec()) else {
        panic!("not sent")
    };
    world.settle();
    (world, people, chat, message)
}

fn last(world: &mut World, who: Who, chat: &ChatId) -> (Message, File) {
    let message = world.messages(who, chat).pop().expect("there is one");
    let Body::Files { files, .. } = &message.body else {
        panic!("no voice note but {:?}", message.body)
    };
    let file = files[0].clone();
    (message, file)
}

fn note(world: &mut World, who: Who, chat: &ChatId) -> VoiceNote {
    let (_, file) = last(world, who, chat);
    file.voice.expect("a voice note")
}

fn hears(world: &mut World, who: Who, chat: &ChatId) {
    let (_, file) = last(world, who, chat);
    let outcome = world.tell(who, Command::MarkHeard(file.id));
    assert_eq!(outcome, Outcome::Done);
    world.settle();
}

#[test]
fn a_voice_note_comes_with_its_length_and_picture() {
    let (mut world, [ada, boris, clara], chat, _) = group(301);
    for who in [ada, boris, clara] {
        let NewVoice { millis, waveform } = spoken();
        let heard = false;
        let expected = VoiceNote {
            millis,
            waveform,
            heard,
        };
        assert_eq!(note(&mut world, who, &chat), expected);
        assert!(world.alarms(who).is_empty());
    }
    assert_eq!(world.fetches_file(boris, &chat, 0), Some(SOUND.to_vec()));
    let rows = world.chats(boris);
    let line = rows[0]
        .preview
        .as_ref()
        .map(|preview| preview.text.as_str());
    assert_eq!(line, Some("🎤 0:13"));
    assert!(
        world
            .details(boris, &chat)
            .expect("a chat")
            .files
            .is_empty()
    );
}

#[test]
fn who_spoke_sees_that_it_was_heard() {
    let (mut world, [ada, boris, clara], chat, message) = group(302);
    hears(&mut world, boris, &chat);
    assert!(note(&mut world, ada, &chat).heard, "somebody heard it");
    assert!(note(&mut world, boris, &chat).heard);
    assert!(!note(&mut world, clara, &chat).heard, "she did not");
    assert_eq!(world.tick(ada, &chat, &message), Some(Tick::Delivered));
    hears(&mut world, clara, &chat);
    assert_eq!(world.tick(ada, &chat, &message), Some(Tick::Read));
    // Listening to what one said oneself says nothing.
    hears(&mut world, ada, &chat);
}

#[test]
fn what_was_heard_on_one_device_was_heard_on_the_other() {
    let (mut world, [ada, boris, _], chat, _) = group(303);
    let phone = linked(&mut world, ada);
    world.speaks(boris, &chat, spoken(), SOUND.to_vec());
    world.settle();
    assert!(!note(&mut world, ada, &chat).heard);
    hears(&mut world, phone, &chat);
    assert!(note(&mut world, ada, &chat).heard);
    assert!(note(&mut world, boris, &chat).heard);
}

#[test]
fn a_voice_note_that_is_handed_on_is_one_still() {
    let (mut world, [_, boris, clara], chat, _) = group(304);
    hears(&mut world, boris, &chat);
    let direct = world.direct(boris, clara);
    let (message, _) = last(&mut world, boris, &chat);
    let forward = Command::Forward {
        messages: vec![message.id],
        chats: vec![direct],
    };
    assert_eq!(world.tell(boris, forward), Outcome::Done);
    world.settle();
    let at_clara = world.direct(clara, boris);
    let handed = note(&mut world, clara, &at_clara);
    assert_eq!((handed.millis, handed.heard), (12_340, false));
}

#[test]
fn what_others_would_refuse_is_not_sent() {
    let (mut world, [ada, ..], chat, _) = group(305);
    let long = NewVoice {
        millis: u32::MAX,
        ..spoken()
    };
    let wide = NewVoice {
        waveform: vec![1; 97],
        ..spoken()
    };
    for voice in [long, wide] {
        let refused = Outcome::Failed(Trouble::NotAllowed);
        assert_eq!(world.speaks(ada, &chat, voice, SOUND.to_vec()), refused);
    }
    // A file that is no voice note cannot be listened to.
    world.sends_file(ada, &chat, "list.txt", b"1, 2".to_vec());
    world.settle();
    let (_, file) = last(&mut world, ada, &chat);
    let refused = Outcome::Failed(Trouble::NotFound);
    assert_eq!(world.tell(ada, Command::MarkHeard(file.id)), refused);
}

//! Exports that are brought over into a client alone: what comes of them, what stops in the middle, what is refused.

use crate::archive::tests::joined;
use crate::file::{cached_range, open_slice};
use crate::{CacheReply, Client, Event, Input, Output};
use std::collections::BTreeMap;
use valise_views::bringing::{Bringing, DateOrder, ExportFile, ExportPreview, Stage, WallClock};
use valise_views::{
    Body, ChatFilter, ChatId, ChatKind, ChatRow, Command, Conversation, ConversationWindow,
    FileState, MessageId, Notice, OldMessenger, Outcome, Shown, Trouble, View,
};
use valise_wire::{BlobId, Timestamp};

const NOW: Timestamp = Timestamp(1_790_000_000_000);

/// A client with a driver around it that has an export and a cache.
struct Desk {
    client: Client,
    files: Vec<(&'static str, Vec<u8>)>,
    cache: BTreeMap<BlobId, Vec<u8>>,
    /// Answers that are still given; then the driver is silent, as one that was killed.
    answers: usize,
    outcomes: Vec<Outcome>,
    shown: BTreeMap<u64, Shown>,
    sent: usize,
}

impl Desk {
    fn new(files: &[(&'static str, &[u8])]) -> Self {
        let client = joined();
        // Nothing but the person is there.
        let talk = "DELETE FROM message; DELETE FROM chat; DELETE FROM file; DELETE FROM unindexed";
        client.store().execute_batch(talk).unwrap();
        Self::over(client, files)
    }

    fn over(client: Client, files: &[(&'static str, &[u8])]) -> Self {
        Self {
            client,
            files: files
                .iter()
                .map(|(name, bytes)| (*name, bytes.to_vec()))
                .collect(),
            cache: BTreeMap::new(),
            answers: usize::MAX,
            outcomes: Vec::new(),
            shown: BTreeMap::new(),
            sent: 0,
        }
    }

    fn feed(&mut self, input: Input) {
        let mut due = vec![input];
        while let Some(input) = due.pop() {
            self.client.handle(input, NOW).unwrap();
            while let Some(output) = self.client.poll() {
                due.extend(self.perform(output));
            }
        }
    }

    fn perform(&mut self, output: Output) -> Option<Input> {
        match output {
            Output::ReadFile {
                id,
                handle,
                offset,
                length,
            } => {
                self.answers = self.answers.checked_sub(1)?;
                let bytes = &self.files[handle as usize].1;
                let slice = bytes.get(offset as usize..offset as usize + length as usize);
                Some(Input::FileSlice {
                    id,
                    result: slice.map(<[u8]>::to_vec).ok_or(()),
                })
            }
            Output::CacheWrite {
                id,
                blob,
                offset,
                bytes,
            } => {
                self.answers = self.answers.checked_sub(1)?;
                let file = self.cache.entry(blob).or_default();
                file.resize(file.len().max(offset as usize + bytes.len()), 0);
                file[offset as usize..offset as usize + bytes.len()].copy_from_slice(&bytes);
                Some(Input::Cached {
                    id,
                    result: CacheReply::Written,
                })
            }
            Output::CacheDrop { blob } => {
                self.cache.remove(&blob);
                None
            }
            Output::Notify(Event::Outcome { outcome, .. }) => {
                self.outcomes.push(outcome);
                None
            }
            Output::Notify(Event::Shown { number, shown }) => {
                self.shown.insert(number, shown);
                None
            }
            // A session is asked for again and again; nothing of an export may ever be asked or sent.
            Output::Http { .. } => panic!("something goes to the server"),
            Output::Send { .. } => {
                self.sent += 1;
                None
            }
            _ => None,
        }
    }

    fn ask(&mut self, command: Command) -> Option<Outcome> {
        self.outcomes.clear();
        self.feed(Input::Command { number: 9, command });
        self.outcomes.pop()
    }

    fn show(&mut self, view: View) -> Shown {
        self.feed(Input::Watch { number: 77, view });
        self.feed(Input::Unwatch { number: 77 });
        self.shown.remove(&77).expect("it is shown at once")
    }

    fn inspect(&mut self) -> Result<ExportPreview, Trouble> {
        let files = self
            .files
            .iter()
            .zip(0..)
            .map(|((path, bytes), handle)| ExportFile {
                handle,
                path: (*path).to_owned(),
                size_bytes: bytes.len() as u64,
            });
        let files = files.collect();
        match self.ask(Command::InspectExport { files }) {
            Some(Outcome::Export(preview)) => Ok(*preview),
            Some(Outcome::Failed(trouble)) => Err(trouble),
            other => panic!("{other:?}"),
        }
    }

    fn bring(&mut self, me: Option<&str>) -> Option<Outcome> {
        self.ask(Command::BringChats {
            me: me.map(str::to_owned),
            order: None,
            clock: WallClock::default(),
        })
    }

    fn told(&mut self) -> Bringing {
        match self.show(View::Bringing) {
            Shown::Bringing(Some(told)) => *told,
            other => panic!("{other:?}"),
        }
    }

    fn chats(&mut self) -> Vec<ChatRow> {
        let view = View::Chats {
            filter: ChatFilter::All,
            search: String::new(),
        };
        match self.show(view) {
            Shown::Chats(list) => list
                .rows
                .into_iter()
                .filter(|row| row.kind.brought_from().is_some())
                .collect(),
            other => panic!("{other:?}"),
        }
    }

    fn conversation(&mut self, chat: &ChatId) -> Conversation {
        let window = ConversationWindow::Newest { count: 500 };
        match self.show(View::Conversation {
            chat: chat.clone(),
            window,
        }) {
            Shown::Conversation(Some(conversation)) => conversation,
            other => panic!("{other:?}"),
        }
    }

    fn found(&mut self, typed: &str) -> Vec<String> {
        let view = View::Search {
            typed: typed.into(),
            chat: None,
            offset_minutes: 0,
            count: 50,
        };
        match self.show(view) {
            Shown::Found(found) => {
                let text = |hit: valise_views::search::Hit| -> String {
                    let words: String = hit.text.into_iter().map(|piece| piece.text).collect();
                    format!("{}: {words}", hit.sender)
                };
                found.hits.into_iter().map(text).collect()
            }
            other => panic!("{other:?}"),
        }
    }
}

const CHAT: &str = "31/12/23, 10:00 - Messages and calls are end-to-end encrypted.\n\
    31/12/23, 10:01 - Anna: Good morning, the report?\n\
    31/12/23, 10:02 - Ivan Petrov: here it is\n\
    31/12/23, 10:03 - Ivan Petrov: IMG-20231231-WA0001.jpg (file attached)\nthe yard\n\
    45/45/23, 10:03 - Anna: never\n\
    31/12/23, 10:04 - Anna: ok\n\
    31/12/23, 10:04 - Anna: ok\n\
    31/12/23, 10:05 - Anna: This message was deleted\n\
    31/12/23, 10:06 - Anna: later <This message was edited>\n\
    31/12/23, 10:07 - Anna: <Media omitted>\n\
    31/12/23, 10:08 - Anna: [@Ivan](mimi://ministry.example/u/02020202020202020202020202020202) said so\n";

fn photo() -> Vec<u8> {
    let mut bytes = vec![
        0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc0, 0, 11, 8, 1, 224, 2, 128, 1, 1, 0x11, 0,
    ];
    bytes.extend((0..100_000u32).map(|at| (at % 251) as u8));
    bytes
}

fn whatsapp() -> Desk {
    Desk::new(&[
        ("WhatsApp Chat with Anna.txt", CHAT.as_bytes()),
        ("IMG-20231231-WA0001.jpg", &photo()),
    ])
}

#[test]
fn a_chat_of_whatsapp_comes_over_whole() {
    let mut stage = whatsapp();
    let preview = stage.inspect().unwrap();
    assert_eq!(
        (preview.messenger, preview.title.as_deref()),
        (OldMessenger::WhatsApp, Some("Anna"))
    );
    assert_eq!(
        (preview.messages, preview.left_out, preview.unsure_order),
        (10, 1, None)
    );
    let names: Vec<&str> = preview.writers.iter().map(|writer| &*writer.name).collect();
    assert_eq!(names, ["Anna", "Ivan Petrov"]);
    assert_eq!(stage.bring(Some("Ivan Petrov")), Some(Outcome::Done));
    let told = stage.told();
    assert_eq!(
        (
            told.stage,
            told.messages,
            told.known,
            told.files,
            told.missing
        ),
        (Stage::Done, 10, 0, 1, 1)
    );
    assert_eq!(
        told.left_out
            .iter()
            .map(|place| place.line)
            .collect::<Vec<_>>(),
        [6]
    );

    let rows = stage.chats();
    assert_eq!((rows.len(), &*rows[0].title), (1, "Anna (WhatsApp)"));
    assert_eq!(rows[0].kind, ChatKind::Imported(OldMessenger::WhatsApp));
    assert!(!rows[0].may_send && rows[0].unread == 0);
    let conversation = stage.conversation(&rows[0].chat);
    let messages = &conversation.messages;
    assert_eq!(messages.len(), 10);
    assert!(
        matches!(&messages[0].body, Body::Notice(Notice::Imported { text }) if text.starts_with("Messages and calls"))
    );
    assert_eq!(
        (&*messages[1].sender_name, messages[1].at),
        ("Anna (WhatsApp)", 1_704_016_860_000)
    );
    assert!(messages[2].is_mine && messages[2].tick.is_none());
    let Body::Files { files, text } = &messages[3].body else {
        panic!("{:?}", messages[3])
    };
    assert_eq!(
        (&*files[0].media_type, files[0].dimensions, files[0].state),
        ("image/jpeg", Some((640, 480)), FileState::Here)
    );
    assert_eq!(
        (&**text, files[0].size_bytes),
        ("the yard", photo().len() as u64)
    );
    assert!(matches!(messages[6].body, Body::Deleted));
    assert!(messages[7].edited);
    assert!(
        matches!(&messages[8].body, Body::Files { files, .. } if files[0].state == FileState::NotExported)
    );
    // Nobody of the directory is named by what stands in an export.
    assert!(messages[9].mentions.is_empty());

    let open = stage.client.open_file(&files[0].id).unwrap().unwrap();
    let sealed = &stage.cache[&open.blob];
    let place = cached_range(&open, 0..open.size_bytes);
    let bytes = open_slice(
        &open,
        0..open.size_bytes,
        &sealed[place.start as usize..place.end as usize],
    );
    assert_eq!(bytes.unwrap(), photo());
    let readable = &photo()[100..164];
    let is_open = sealed.windows(64).any(|part| part == readable);
    assert!(!is_open, "the cache holds a readable byte");
}

#[test]
fn what_came_over_is_found_like_everything_else() {
    let mut stage = whatsapp();
    stage.inspect().unwrap();
    stage.bring(Some("Ivan Petrov")).unwrap();
    assert_eq!(
        stage.found("reports"),
        ["Anna (WhatsApp): Good morning, the report?"]
    );
    assert_eq!(stage.found("from:anna morning").len(), 1);
    assert_eq!(stage.found("from:boris morning").len(), 0);
    assert_eq!(stage.found("in:anna here").len(), 1);
    assert_eq!(stage.found("has:file").len(), 1);
    assert_eq!(stage.found("has:photo yard").len(), 1);
    assert_eq!(stage.found("on:2023-12-31 ok").len(), 2);
}

#[test]
fn the_same_export_again_doubles_nothing() {
    let mut stage = whatsapp();
    for known in [0, 10, 10] {
        stage.inspect().unwrap();
        assert_eq!(stage.bring(Some("Ivan Petrov")), Some(Outcome::Done));
        let told = stage.told();
        assert_eq!((told.messages, told.known), (10, known));
        let chat = stage.chats().remove(0).chat;
        assert_eq!(stage.conversation(&chat).total, 10);
        assert_eq!(stage.cache.len(), 1);
    }
    // A newer one of the same chat adds what is new, and photos that the first did not have.
    let newer = format!("{CHAT}01/01/24, 09:00 - Anna: happy new year\n");
    let mut without = Desk::new(&[("WhatsApp Chat with Anna.txt", CHAT.as_bytes())]);
    without.inspect().unwrap();
    without.bring(None).unwrap();
    assert_eq!((without.told().files, without.told().missing), (0, 2));
    let mut with = Desk::over(
        Client::open(without.client.into_store(), [7; 32], NOW).unwrap(),
        &[
            ("WhatsApp Chat with Anna (1).txt", newer.as_bytes()),
            ("IMG-20231231-WA0001.jpg", &photo()),
        ],
    );
    with.inspect().unwrap();
    with.bring(None).unwrap();
    let told = with.told();
    assert_eq!((told.messages, told.known, told.files), (11, 10, 1));
    assert_eq!(with.chats().len(), 1);
}

#[test]
fn a_kill_at_any_point_is_gone_on_from() {
    let mut lines = String::new();
    for minute in 0..2_000u32 {
        lines += &format!(
            "01/02/23, {:02}:{:02} - Anna: message {minute}\n",
            minute / 60 % 24,
            minute % 60
        );
    }
    lines += "03/02/23, 10:00 - Anna: IMG-20230203-WA0001.jpg (file attached)\n28/02/23, 10:00 - Ivan: last\n";
    let files: [(&'static str, &[u8]); 2] = [
        ("_chat.txt", lines.as_bytes()),
        ("IMG-20230203-WA0001.jpg", &photo()),
    ];
    let mut whole = Desk::new(&files);
    whole.inspect().unwrap();
    let before = usize::MAX - whole.answers;
    whole.bring(Some("Ivan")).unwrap();
    let steps = usize::MAX - whole.answers - before;
    assert!(steps > 4, "there is a middle: {steps}");
    for kill_after in 0..steps {
        let mut killed = Desk::new(&files);
        killed.inspect().unwrap();
        killed.answers = kill_after;
        assert_eq!(killed.bring(Some("Ivan")), None);
        let store = killed.client.into_store();
        let mut again = Desk::over(Client::open(store, [5; 32], NOW).unwrap(), &files);
        again.cache = killed.cache;
        again.inspect().unwrap();
        assert_eq!(again.bring(Some("Ivan")), Some(Outcome::Done));
        let chat = again.chats().remove(0).chat;
        let conversation = again.conversation(&chat);
        assert_eq!(conversation.total, 2_002, "{kill_after}");
        let file = MessageId(conversation.messages[498].id.0.clone());
        let row = conversation
            .messages
            .iter()
            .find(|message| message.id == file)
            .unwrap();
        let Body::Files { files, .. } = &row.body else {
            panic!("{row:?}")
        };
        let open = again
            .client
            .open_file(&files[0].id)
            .unwrap()
            .expect("it is here");
        let place = cached_range(&open, 0..open.size_bytes);
        let sealed = &again.cache[&open.blob][place.start as usize..place.end as usize];
        assert_eq!(
            open_slice(&open, 0..open.size_bytes, sealed).unwrap(),
            photo()
        );
        assert_eq!(again.cache.len(), 1, "nothing is left of the first try");
    }
}

const TELEGRAM: &str = r#"{"about": "x", "chats": {"list": [
 {"name": "Team", "type": "private_group", "id": 7, "messages": [
  {"id": 1, "type": "service", "date": "2024-01-05T09:00:00", "date_unixtime": "1704445200", "actor": "Anna", "action": "create_group", "title": "Team", "text": ""},
  {"id": 2, "type": "message", "date": "2024-01-05T09:01:00", "date_unixtime": "1704445260", "from": "Anna", "from_id": "user1", "text": "question"},
  {"id": 3, "type": "message", "date": "2024-01-05T09:02:00", "date_unixtime": "1704445320", "from": "Ivan", "from_id": "user2", "text": "answer", "reply_to_message_id": 2, "forwarded_from": "Olga"}
 ]},
 {"name": null, "type": "saved_messages", "id": 8, "messages": [
  {"id": 1, "type": "message", "date": "2024-01-05T09:01:00", "date_unixtime": "1704445260", "from": "Ivan", "from_id": "user2", "text": "note to self"},
  {"broken": true}
 ]}]}, "personal_information": {"user_id": 2}}"#;

#[test]
fn all_chats_of_telegram_come_over() {
    let mut stage = Desk::new(&[("result.json", TELEGRAM.as_bytes())]);
    let preview = stage.inspect().unwrap();
    assert_eq!(
        (preview.chats, preview.messages, preview.left_out),
        (2, 4, 1)
    );
    assert_eq!(preview.me.as_deref(), Some("user2"));
    assert_eq!(stage.bring(Some("user2")), Some(Outcome::Done));
    let rows = stage.chats();
    assert_eq!(rows.len(), 2);
    let team = rows
        .iter()
        .find(|row| row.title == "Team (Telegram)")
        .unwrap();
    let conversation = stage.conversation(&team.chat);
    let answer = &conversation.messages[2];
    assert_eq!((answer.is_mine, answer.at), (true, 1_704_445_320_000));
    let quote = answer.reply.as_ref().unwrap();
    assert_eq!(
        (&*quote.text, &*quote.sender_name),
        ("question", "Anna (Telegram)")
    );
    assert_eq!(
        answer.origin.as_ref().unwrap().sender_name,
        "Olga (Telegram)"
    );
}

#[test]
fn a_photo_that_came_over_gets_a_small_picture_once() {
    let mut stage = whatsapp();
    stage.inspect().unwrap();
    stage.bring(Some("Ivan Petrov"));
    let chat = stage.chats()[0].chat.clone();
    let photo = |stage: &mut Desk| match &stage.conversation(&chat).messages[3].body {
        Body::Files { files, .. } => files[0].clone(),
        other => panic!("{other:?}"),
    };
    let file = photo(&mut stage).id;
    let mut keep = |picture: Vec<u8>| {
        let file = file.clone();
        stage.ask(Command::KeepThumbnail { file, picture })
    };
    let too_large = Some(Outcome::Failed(Trouble::FileTooLarge));
    assert_eq!(keep(vec![1; (24 << 10) + 1]), too_large);
    assert_eq!(keep(vec![1; 100]), Some(Outcome::Done));
    assert_eq!(keep(vec![2; 100]), Some(Outcome::Failed(Trouble::NotFound)));
    assert_eq!(photo(&mut stage).thumbnail, Some(vec![1; 100]));
}

#[test]
fn nothing_can_be_said_in_a_chat_that_was_brought() {
    let mut stage = whatsapp();
    stage.inspect().unwrap();
    stage.bring(Some("Ivan Petrov")).unwrap();
    let chat = stage.chats().remove(0).chat;
    let own = stage.conversation(&chat).messages[2].id.clone();
    let text = || "x".to_owned();
    let sent = stage.sent;
    for command in [
        Command::SendText {
            chat: chat.clone(),
            text: text(),
            reply_to: None,
        },
        Command::SetDraft {
            chat: chat.clone(),
            text: text(),
        },
        Command::Edit {
            message: own.clone(),
            text: text(),
        },
        Command::Delete(own.clone()),
        Command::React {
            message: own.clone(),
            emoji: Some("👍".into()),
        },
        Command::PinMessage {
            message: own.clone(),
            on: true,
        },
        Command::Forward {
            messages: vec![own],
            chats: vec![chat.clone()],
        },
        Command::Typing(chat.clone()),
        Command::Leave(chat.clone()),
        Command::Rename {
            chat: chat.clone(),
            title: text(),
        },
    ] {
        assert_eq!(
            stage.ask(command.clone()),
            Some(Outcome::Failed(Trouble::ImportedChat)),
            "{command:?}"
        );
    }
    assert_eq!(stage.sent, sent, "something goes to the server");
    // What belongs to the list alone is done as with any other.
    assert_eq!(
        stage.ask(Command::Archive { chat, on: true }),
        Some(Outcome::Done)
    );
    assert!(stage.chats().is_empty());
}

#[test]
fn a_chat_that_was_brought_is_forgotten_with_all_that_belongs_to_it() {
    let mut stage = whatsapp();
    stage.inspect().unwrap();
    stage.bring(None).unwrap();
    let chat = stage.chats().remove(0).chat;
    assert_eq!(
        stage.ask(Command::ForgetChat(chat.clone())),
        Some(Outcome::Done)
    );
    assert!(stage.chats().is_empty());
    assert!(stage.found("morning").is_empty());
    for step in 1..10 {
        stage
            .client
            .handle(Input::Tick, NOW.plus_millis(step * 1_000))
            .unwrap();
        while let Some(output) = stage.client.poll() {
            stage.perform(output);
        }
    }
    for table in [
        "writer",
        "forgotten",
        "message WHERE chat GLOB '[wt]*'",
        "file WHERE state IN (4, 8)",
    ] {
        let query = format!("SELECT count(*) FROM {table}");
        let count: u32 = stage
            .client
            .store()
            .query_row(&query, [], |row| row.get(0))
            .unwrap();
        assert_eq!(count, 0, "{table}");
    }
    assert!(stage.cache.is_empty());
    // Brought again it is whole again.
    stage.inspect().unwrap();
    stage.bring(None).unwrap();
    assert_eq!(stage.conversation(&chat).total, 10);
    let other = Command::ForgetChat(ChatId("d00".into()));
    assert_eq!(stage.ask(other), Some(Outcome::Failed(Trouble::NotFound)));
}

#[test]
fn what_is_no_export_is_refused_with_its_reason() {
    let refused =
        |name: &'static str, bytes: &[u8]| Desk::new(&[(name, bytes)]).inspect().unwrap_err();
    assert_eq!(refused("photo.zip", b"no zip at all"), Trouble::NoExport);
    assert_eq!(
        refused("notes.txt", b"just some text\nand more\n"),
        Trouble::NoExport
    );
    assert_eq!(refused("_chat.txt", b""), Trouble::NoExport);
    assert_eq!(refused("result.json", b"<html>"), Trouble::NoExport);
    assert_eq!(
        refused(
            "_chat.txt",
            "31/12/23, 10:00 - A: b"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<_>>()
                .as_slice()
        ),
        Trouble::NoExport
    );
    let mut stage = whatsapp();
    assert_eq!(stage.bring(None), Some(Outcome::Failed(Trouble::NotFound)));
    stage.inspect().unwrap();
    assert_eq!(
        stage.bring(Some("Nobody")),
        Some(Outcome::Failed(Trouble::NotFound))
    );
}

#[test]
fn days_and_months_are_as_the_person_says_where_nothing_else_tells() {
    let mut stage = Desk::new(&[("_chat.txt", b"03/04/23, 10:00 - Anna: hi\n")]);
    let preview = stage.inspect().unwrap();
    assert_eq!(preview.unsure_order, Some(DateOrder::DayFirst));
    let clock = WallClock {
        shifts: vec![(i64::MIN, 60)],
    };
    let order = Some(DateOrder::MonthFirst);
    let brought = stage.ask(Command::BringChats {
        me: None,
        order,
        clock,
    });
    assert_eq!(brought, Some(Outcome::Done));
    let chat = stage.chats().remove(0);
    assert_eq!(chat.title, "Anna (WhatsApp)");
    assert_eq!(
        stage.conversation(&chat.chat).messages[0].at,
        1_677_920_400_000
    );
}

#[test]
fn an_export_rests_goes_on_and_stops_when_the_person_says_so() {
    let mut stage = whatsapp();
    stage.inspect().unwrap();
    stage.answers = 0;
    assert_eq!(stage.bring(None), None);
    let files = Vec::new();
    let busy = Some(Outcome::Failed(Trouble::ExportUnderWay));
    assert_eq!(stage.ask(Command::InspectExport { files }), busy);
    assert_eq!(stage.ask(Command::PauseBringing(true)), Some(Outcome::Done));
    assert!(stage.told().paused);
    assert_eq!(stage.ask(Command::StopBringing), Some(Outcome::Done));
    assert_eq!(stage.told().stage, Stage::Stopped(None));
    stage.answers = usize::MAX;
    stage.inspect().unwrap();
    assert_eq!(stage.bring(None), Some(Outcome::Done));
}

//! What people do, in sentences.

use super::{Who, World};
use crate::journal::{Journal, Roster, Seen};
use std::collections::BTreeSet;
use valise_client::Input;
use valise_views::file::{NewFile, NewVoice};
use valise_views::{
    Body, ChatDetails, ChatFilter, ChatId, ChatRow, Command, Conversation, ConversationWindow,
    Message, MessageId, Outcome, Person, PersonId, PersonRole, Shown, Status, Tick, View,
};
use valise_wire::RoomId;

/// How long a person waits for something to be done before giving up, in virtual milliseconds.
const PATIENCE_MS: u64 = 300_000;

impl World {
    /// Lets somebody ask for something, without waiting for what comes of it. Returns the question's number.
    pub fn ask(&mut self, who: Who, command: Command) -> u64 {
        self.next_number += 1;
        let number = self.next_number;
        self.give(who, Input::Command { number, command });
        number
    }

    /// Returns what came of a question, if it is known.
    pub fn outcome(&self, who: Who, number: u64) -> Option<&Outcome> {
        self.of(who).outcomes.get(&number)
    }

    /// Lets somebody ask for something and waits for what comes of it.
    ///
    /// # Panics
    /// If nothing comes of it in five virtual minutes.
    pub fn tell(&mut self, who: Who, command: Command) -> Outcome {
        let question = format!("{command:?}");
        let number = self.ask(who, command);
        for _ in 0..PATIENCE_MS / 50 {
            if let Some(outcome) = self.outcome(who, number) {
                return outcome.clone();
            }
            self.advance(50);
        }
        panic!(
            "{} waits in vain for {}",
            self.of(who).name,
            question.chars().take(60).collect::<String>()
        );
    }

    /// Founds the organisation.
    pub fn found(&mut self, name: &'static str) -> Who {
        self.found_at(0, "Northern Office", name)
    }

    /// Founds an organisation on a server.
    pub fn found_at(&mut self, server: usize, organisation: &str, name: &'static str) -> Who {
        let who = self.person_at(server, name);
        let command = Command::Found {
            link: self.server_at(server).setup_link(),
            organisation: organisation.into(),
            name: name.into(),
            local_part: name.to_lowercase(),
        };
        assert_eq!(self.tell(who, command), Outcome::Done);
        self.advance(5_000);
        who
    }

    /// Makes an invitation link.
    pub fn invite(&mut self, registrar: Who, name: &str) -> String {
        self.invite_as(registrar, name, PersonRole::Member, "")
    }

    fn invite_as(&mut self, registrar: Who, name: &str, role: PersonRole, office: &str) -> String {
        let command = Command::Invite {
            name: name.into(),
            local_part: name.to_lowercase(),
            office: office.into(),
            role,
            expires_at: self.now.0 + 7 * 86_400_000,
            uses: 1,
        };
        match self.tell(registrar, command) {
            Outcome::Link(link) => link,
            other => panic!("no link but {other:?}"),
        }
    }

    /// Invites somebody and lets them join.
    pub fn join(&mut self, registrar: Who, name: &'static str) -> Who {
        self.join_as(registrar, name, PersonRole::Member, "")
    }

    /// The same of somebody of whom his profile says where he works.
    pub fn join_of(&mut self, registrar: Who, name: &'static str, office: &str) -> Who {
        self.join_as(registrar, name, PersonRole::Member, office)
    }

    /// Invites somebody as registrar and lets them join.
    pub fn join_registrar(&mut self, founder: Who, name: &'static str) -> Who {
        self.join_as(founder, name, PersonRole::Registrar, "")
    }

    fn join_as(
        &mut self,
        registrar: Who,
        name: &'static str,
        role: PersonRole,
        office: &str,
    ) -> Who {
        let link = self.invite_as(registrar, name, role, office);
        let server = self.people[registrar.0].server;
        let who = self.person_at(server, name);
        let outcome = self.tell(
            who,
            Command::Join {
                link,
                name: String::new(),
                local_part: String::new(),
            },
        );
        assert!(
            matches!(outcome, Outcome::Chat(_) | Outcome::Done),
            "{name} cannot join: {outcome:?}"
        );
        self.advance(5_000);
        who
    }

    /// Founds the organisation with the first of some people and lets the others join.
    pub fn team<const N: usize>(&mut self, names: [&'static str; N]) -> [Who; N] {
        let mut people = Vec::with_capacity(N);
        for name in names {
            let who = match people.first() {
                None => self.found(name),
                Some(first) => self.join(*first, name),
            };
            people.push(who);
        }
        self.advance(5_000);
        people
            .try_into()
            .unwrap_or_else(|_| unreachable!("as many as there were names"))
    }

    /// Opens the chat of two people.
    pub fn direct(&mut self, who: Who, with: Who) -> ChatId {
        let person = self.id_of(who, with);
        match self.tell(who, Command::OpenDirect(person)) {
            Outcome::Chat(chat) => chat,
            other => panic!("no chat but {other:?}"),
        }
    }

    /// Makes a group.
    pub fn group(&mut self, who: Who, title: &str, others: &[Who]) -> ChatId {
        let people = others.iter().map(|other| self.id_of(who, *other)).collect();
        self.group_of(who, title, people)
    }

    /// Makes a group of people by their ids.
    pub fn group_of(&mut self, who: Who, title: &str, people: Vec<PersonId>) -> ChatId {
        match self.tell(
            who,
            Command::CreateGroup {
                residency: Vec::new(),
                title: title.into(),
                people,
                announcement: false,
            },
        ) {
            Outcome::Chat(chat) => chat,
            other => panic!("no chat but {other:?}"),
        }
    }

    /// Returns the room of a group.
    ///
    /// # Panics
    /// If the chat is no group.
    pub fn room_of(&self, chat: &ChatId) -> RoomId {
        let digits = chat.0.strip_prefix('g');
        digits
            .and_then(RoomId::from_hex)
            .expect("a group is named by its room")
    }

    /// Writes a text.
    pub fn says(&mut self, who: Who, chat: &ChatId, text: &str) -> MessageId {
        match self.tell(
            who,
            Command::SendText {
                chat: chat.clone(),
                text: text.into(),
                reply_to: None,
            },
        ) {
            Outcome::Sent(message) => message,
            other => panic!("not sent but {other:?}"),
        }
    }

    /// Sends a file.
    pub fn sends_file(&mut self, who: Who, chat: &ChatId, name: &str, bytes: Vec<u8>) -> MessageId {
        let file = self.new_file(who, name, "application/octet-stream", bytes);
        self.sends(who, chat, file)
    }

    /// Sends a voice note.
    pub fn speaks(&mut self, who: Who, chat: &ChatId, voice: NewVoice, sound: Vec<u8>) -> Outcome {
        let file = NewFile {
            voice: Some(voice),
            ..self.new_file(who, "spoken.webm", "audio/webm", sound)
        };
        self.tell(who, send_file(chat, file))
    }

    /// Gives the driver of somebody the bytes of a file, and returns what names it in a command.
    pub fn new_file(&mut self, who: Who, name: &str, media_type: &str, bytes: Vec<u8>) -> NewFile {
        self.next_number += 1;
        let handle = self.next_number;
        let size_bytes = bytes.len() as u64;
        self.people[who.0].files.insert(handle, bytes);
        NewFile {
            handle,
            name: name.into(),
            media_type: media_type.into(),
            size_bytes,
            dimensions: None,
            thumbnail: None,
            voice: None,
            confidential: false,
        }
    }

    fn sends(&mut self, who: Who, chat: &ChatId, file: NewFile) -> MessageId {
        match self.tell(who, send_file(chat, file)) {
            Outcome::Sent(message) => message,
            other => panic!("not sent but {other:?}"),
        }
    }

    /// Lets the driver keep so many parts of files, and fail once with the next.
    pub fn cache_fails_after(&mut self, who: Who, writes: u32) {
        self.people[who.0].cache_fails_after = Some(writes);
    }

    /// Returns how somebody's device names a person.
    pub fn id_of(&mut self, who: Who, other: Who) -> PersonId {
        let name = self.of(other).name;
        let people = self.directory(who);
        people
            .into_iter()
            .find(|person| person.name == name)
            .unwrap_or_else(|| panic!("nobody is called {name}"))
            .id
    }

    /// Looks at a view once.
    pub fn look(&mut self, who: Who, view: View) -> Shown {
        self.next_number += 1;
        let number = self.next_number;
        self.give(who, Input::Watch { number, view });
        let shown = self.people[who.0]
            .shown
            .remove(&number)
            .expect("a view is shown at once");
        self.give(who, Input::Unwatch { number });
        shown
    }

    /// Returns how things stand on somebody's device.
    pub fn status(&mut self, who: Who) -> Status {
        match self.look(who, View::Status) {
            Shown::Status(status) => status,
            other => panic!("not the status but {other:?}"),
        }
    }

    /// Returns what somebody's device has to say.
    pub fn alarms(&mut self, who: Who) -> Vec<valise_views::Alarm> {
        match self.status(who) {
            Status::Ready(ready) => ready.alarms,
            _ => Vec::new(),
        }
    }

    /// Returns the people of the organisation.
    pub fn directory(&mut self, who: Who) -> Vec<Person> {
        match self.look(
            who,
            View::People {
                search: String::new(),
            },
        ) {
            Shown::People(people) => people,
            other => panic!("not people but {other:?}"),
        }
    }

    /// Returns the list of chats.
    pub fn chats(&mut self, who: Who) -> Vec<ChatRow> {
        match self.look(
            who,
            View::Chats {
                filter: ChatFilter::All,
                search: String::new(),
            },
        ) {
            Shown::Chats(list) => list.rows,
            other => panic!("not chats but {other:?}"),
        }
    }

    /// Returns the chat that somebody sees under a title.
    pub fn chat(&mut self, who: Who, title: &str) -> Option<ChatId> {
        self.chats(who)
            .into_iter()
            .find(|row| row.title == title)
            .map(|row| row.chat)
    }

    /// Returns a whole chat.
    pub fn conversation(&mut self, who: Who, chat: &ChatId) -> Option<Conversation> {
        let window = ConversationWindow::Range {
            start: 0,
            count: 1_000_000,
        };
        match self.look(
            who,
            View::Conversation {
                chat: chat.clone(),
                window,
            },
        ) {
            Shown::Conversation(conversation) => conversation,
            other => panic!("not a conversation but {other:?}"),
        }
    }

    /// Returns what stands beside a chat.
    pub fn details(&mut self, who: Who, chat: &ChatId) -> Option<ChatDetails> {
        match self.look(who, View::Details { chat: chat.clone() }) {
            Shown::Details(details) => details,
            other => panic!("not details but {other:?}"),
        }
    }

    /// Returns the messages of a chat, without notices.
    pub fn messages(&mut self, who: Who, chat: &ChatId) -> Vec<Message> {
        let messages = self
            .conversation(who, chat)
            .map(|conversation| conversation.messages)
            .unwrap_or_default();
        messages
            .into_iter()
            .filter(|message| !matches!(message.body, Body::Notice(_)))
            .collect()
    }

    /// Returns the texts of a chat, in order.
    pub fn texts(&mut self, who: Who, chat: &ChatId) -> Vec<String> {
        let texts = self
            .messages(who, chat)
            .into_iter()
            .map(|message| match message.body {
                Body::Text(text) => text,
                Body::Files { files, .. } => files.into_iter().map(|file| file.name).collect(),
                other => panic!("not a text but {other:?}"),
            });
        texts.collect()
    }

    /// Returns how far one's own message got.
    pub fn tick(&mut self, who: Who, chat: &ChatId, message: &MessageId) -> Option<Tick> {
        self.messages(who, chat)
            .into_iter()
            .find(|row| row.id == *message)
            .and_then(|row| row.tick)
    }

    /// Writes down for the oracle what somebody sees in a chat under `title`, known to the journal as `chat`.
    pub fn record(
        &mut self,
        journal: &mut Journal,
        who: Who,
        chat: &str,
        title: &str,
        in_it: bool,
    ) {
        let name = self.of(who).name;
        let Some(id) = self.chat(who, title) else {
            if in_it {
                journal.stuck(format!("{name} has no chat {title}"));
            }
            return;
        };
        let seen = self.messages(who, &id).into_iter().map(|message| Seen {
            author: message.sender_name,
            text: match message.body {
                Body::Text(text) => text,
                other => format!("{other:?}"),
            },
        });
        journal.saw(name, chat, seen.collect());
        if in_it
            && let (Some(details), Some(conversation)) =
                (self.details(who, &id), self.conversation(who, &id))
        {
            let people: BTreeSet<String> = details
                .members
                .into_iter()
                .map(|member| member.name)
                .collect();
            journal.roster(
                chat,
                name,
                Roster {
                    people,
                    may_send: conversation.may_send,
                },
            );
        }
    }
}

impl World {
    /// Fetches the file of a message, by its place among the messages of a chat, and reads it as a viewer would.
    pub fn fetches_file(&mut self, who: Who, chat: &ChatId, place: usize) -> Option<Vec<u8>> {
        let message = self.messages(who, chat).into_iter().nth(place)?;
        let Body::Files { files, .. } = message.body else {
            return None;
        };
        let file = files.first()?.id.clone();
        self.tell(who, Command::Fetch(file.clone()));
        self.settle();
        let person = self.of(who);
        let open = person.client.as_ref()?.open_file(&file).ok()??;
        let range = valise_client::file::cached_range(&open, 0..open.size_bytes);
        let cached = person
            .cache
            .get(&open.blob)?
            .get(range.start as usize..range.end as usize)?;
        valise_client::file::open_slice(&open, 0..open.size_bytes, cached).ok()
    }
}

fn send_file(chat: &ChatId, file: NewFile) -> Command {
    Command::SendFile {
        chat: chat.clone(),
        file,
        text: String::new(),
        reply_to: None,
    }
}

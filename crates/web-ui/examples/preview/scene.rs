//! The canned organisation.

mod changes;
mod devices;
mod picture;
mod polls;
mod requests;

pub use picture::picture;

use changes::Changes;
use valise_views::bridge::Gate;
use valise_views::conversation::{Blocked, Seen};
use valise_views::link::InvitationPreview;
use valise_views::lists::SharedFile;
use valise_views::request::RequestRules;
use valise_views::search::Found;
use valise_views::state::Ready;
use valise_views::*;
use valise_web_ui::logic::acts::quote_of;

const HOUR: u64 = 3_600_000;
const NAMES: [(&str, &str); 8] = [
    ("Anna Petrova", "Registry"),
    ("Boris Lindqvist", "Investigations"),
    ("Clara Nguyen", "Legal"),
    ("David Okafor", "Investigations"),
    ("Мария Щукина", "Канцелярия"),
    ("דנה לוי", "Liaison"),
    ("Elif Yılmaz", "IT security"),
    (
        "Fedor Komarov-Dobrovolsky of the Northern District",
        "Northern district office",
    ),
];
const TEXTS: [&str; 9] = [
    "Good morning! The file from the bank has arrived.",
    "Thanks. I will look at it before lunch.",
    "Could you send me the page with the signatures once more? The scan is cut off at the right edge, and the stamp cannot be read at all.",
    "Of course.",
    "https://example.org is a text here, not a link that opens by itself.",
    "Доброе утро! Документы на подпись у дежурного.",
    "👍",
    "The hearing moved to Thursday, 10:30, room 214. Please tell everybody who has to be there, and bring two copies of the request.",
    "שלום לכולם",
];

/// Everything that the preview shows.
pub struct Scene {
    /// How the store stands.
    pub gate: Gate,
    name: String,
    picture: Vec<u8>,
    now: u64,
    sent: Vec<Message>,
    total: u32,
    muted: bool,
    shift: u32,
    changes: Changes,
    requests: requests::Requests,
}

impl Scene {
    /// Reads the scene's name from the address.
    pub fn new(picture: Vec<u8>) -> Self {
        let search = web_sys::window()
            .and_then(|window| window.location().search().ok())
            .unwrap_or_default();
        let name = search.strip_prefix("?s=").unwrap_or("main").to_owned();
        let gate = match name.as_str() {
            "landing" | "setup" | "join" => Gate::Empty,
            "locked" => Gate::Locked { passkey: true },
            "unsupported" => Gate::Unsupported,
            "broken" => Gate::Broken,
            _ => Gate::Open,
        };
        let total = if name == "many" { 100_000 } else { 40 };
        let now = js_sys::Date::now() as u64;
        Self {
            gate,
            requests: requests::Requests::new(&name, now),
            name,
            picture,
            now,
            sent: Vec::new(),
            total,
            muted: false,
            shift: 0,
            changes: Changes::default(),
        }
    }

    /// What a view shows.
    pub fn show(&self, view: &View) -> Shown {
        match view {
            View::Status => {
                Shown::Status(devices::linking(&self.name).unwrap_or_else(|| self.status()))
            }
            View::Devices => Shown::Devices(devices::devices(self.now)),
            View::Partners => Shown::Partners(requests::partners()),
            View::Requests { filter, search } => {
                Shown::Requests(self.requests.list(*filter, search))
            }
            View::Request { chat } => Shown::Request(self.requests.details(chat).map(Box::new)),
            View::Offices => Shown::Offices(requests::offices()),
            View::Release { .. } => Shown::Release(None),
            View::RequestRules => Shown::RequestRules(RequestRules::default()),
            View::Deadlines => Shown::Deadlines(Box::default()),
            View::Templates => Shown::Templates(Vec::new()),
            View::Bringing => Shown::Bringing(None),
            View::Chats { filter, search } => Shown::Chats(ChatList {
                rows: self.rows(*filter, search),
                archived: 0,
                labels: Vec::new(),
            }),
            View::Conversation { chat, .. } if self.requests.has(chat) => {
                Shown::Conversation(self.requests.conversation(chat))
            }
            View::Conversation { chat, window } => {
                Shown::Conversation(Some(self.conversation(chat, window)))
            }
            View::Search { .. } => Shown::Found(Found {
                hits: Vec::new(),
                more: false,
                preparing: false,
            }),
            View::Versions { chat, message } => Shown::Versions(
                self.find(chat, message)
                    .map(|message| self.changes.versions(&message))
                    .unwrap_or_default(),
            ),
            View::Details { chat } if self.requests.has(chat) => {
                Shown::Details(self.requests.chat_details(chat))
            }
            View::Details { chat } => Shown::Details(Some(self.details(chat))),
            View::People { search } => Shown::People(
                self.people()
                    .into_iter()
                    .filter(|person| has(&person.name, search) || has(&person.address, search))
                    .collect(),
            ),
            View::Invitations => Shown::Invitations(self.invitations()),
        }
    }

    /// Does what can be done here.
    pub fn act(&mut self, command: Command) -> Outcome {
        match command {
            Command::InspectInvitation { .. } => Outcome::Invitation(InvitationPreview {
                organisation: "Ministry of Justice".into(),
                domain: "justice.example".into(),
                inviter: "Anna Petrova".into(),
                name: "Boris Lindqvist".into(),
                address: "boris.lindqvist@justice.example".into(),
                is_registrar: false,
            }),
            Command::Found { .. } | Command::Join { .. } => {
                self.name = "main".into();
                Outcome::Done
            }
            Command::Invite { .. } => Outcome::Link("https://justice.example/join#mJ4vQ0k2Xy7Zr1nBt8sWc5dLhE3gUaPoIfKjRqVxYzNlMeTbSw9uC6".into()),
            Command::OpenDirect(person) => Outcome::Chat(ChatId(format!("direct-{person}"))),
            Command::CreateGroup { .. } => Outcome::Chat(ChatId("group".into())),
            Command::SendText { chat, text, reply_to } => {
                let id = MessageId(format!("sent-{}", self.sent.len()));
                let mut message = self.message(id.clone(), 0, js_sys::Date::now() as u64, Body::Text(text), Some(Tick::Accepted));
                message.reply = reply_to.and_then(|answered| self.find(&chat, &answered)).map(|answered| quote_of(&answered));
                self.sent.push(message);
                Outcome::Sent(id)
            }
            Command::SendFile { file, text, .. } => {
                let id = MessageId(format!("sent-{}", self.sent.len()));
                let file = File { id: FileId("moving".into()), name: file.name, media_type: file.media_type, size_bytes: file.size_bytes, dimensions: file.dimensions, thumbnail: file.thumbnail, voice: None, confidential: file.confidential, state: FileState::Moving(Transfer { upload: true, done_bytes: file.size_bytes / 3, total_bytes: file.size_bytes, paused: false }) };
                self.sent.push(self.message(id.clone(), 0, js_sys::Date::now() as u64, Body::Files { files: vec![file], text }, Some(Tick::Waiting)));
                Outcome::Sent(id)
            }
            Command::React { message, emoji } => self.changes.react(message, emoji),
            Command::Edit { message, text } => self.changes.edit(message, text),
            Command::Delete(message) => self.changes.delete(message),
            Command::Vote { message, options } => self.changes.vote(message, options),
            Command::ClosePoll(message) => self.changes.close(message),
            Command::Mute { on, .. } => {
                self.muted = on;
                Outcome::Done
            }
            Command::Typing(_) => {
                self.shift += 1;
                Outcome::Done
            }
            Command::Request(new) => self.requests.ask(*new),
            Command::Act { chat, act } => self.requests.act(&chat, *act),
            Command::ExportEvidence { .. } => Outcome::Unreported { export: 1, bundle: b"PK".to_vec(), known: Vec::new() },
            Command::FinishEvidence { .. } => Outcome::Evidence { stamped: true, lacking: Default::default(), name: "2026-NB-00042.evb".into(), bytes: b"PK".to_vec() },
            Command::Leave(_) => Outcome::Failed(Trouble::LastOwner),
            Command::InspectDevice { .. } => Outcome::Device(devices::preview()),
            _ => Outcome::Done,
        }
    }

    /// A file that can be looked at.
    pub fn url(&self, file: &FileId) -> Option<String> {
        if file.0 == "pdf" {
            return Some("/sample.pdf".into());
        }
        let bytes = js_sys::Array::of1(&js_sys::Uint8Array::from(self.picture.as_slice()));
        let blob = web_sys::Blob::new_with_u8_array_sequence(&bytes).ok()?;
        web_sys::Url::create_object_url_with_blob(&blob).ok()
    }

    fn status(&self) -> Status {
        if matches!(self.name.as_str(), "landing" | "setup" | "join") {
            return Status::Empty;
        }
        let alarms = if self.name == "alarm" {
            vec![
                Alarm::ServerForked {
                    chat: ChatId("group".into()),
                    at: self.now - HOUR,
                },
                Alarm::StorageNotPersistent,
            ]
        } else {
            Vec::new()
        };
        Status::Ready(Box::new(Ready {
            renewal: None,
            guest: None,
            me: person(0),
            name: NAMES[0].0.into(),
            address: address(0),
            organisation: "Ministry of Justice".into(),
            is_registrar: true,
            revoked: false,
            removed: false,
            past: (self.name == "past").then_some(Past {
                parts: 3,
                of: Some(12),
            }),
            connection: if self.name == "offline" {
                Connection::Offline
            } else {
                Connection::Online
            },
            waiting_to_send: if self.name == "offline" { 2 } else { 0 },
            telling: 0,
            unread: 5,
            shares_presence: true,
            organisations: Vec::new(),
            backup: Backup {
                is_on: true,
                kept_at: Some(self.now - HOUR),
                passkey_since: Some(self.now - HOUR),
                ..Backup::default()
            },
            alarms,
        }))
    }

    fn people(&self) -> Vec<Person> {
        (0..NAMES.len())
            .map(|n| Person {
                away: None,
                outside: None,
                renewal: None,
                id: person(n),
                name: NAMES[n].0.into(),
                address: address(n),
                office: NAMES[n].1.into(),
                role: if n == 0 {
                    PersonRole::Registrar
                } else {
                    PersonRole::Member
                },
                picture: (n == 2).then(|| self.picture.clone()),
                is_me: n == 0,
                revoked: n == 6,
                chat: None,
            })
            .chain(requests::people())
            .collect()
    }

    fn invitations(&self) -> Vec<Invitation> {
        let states = [
            InvitationState::Open,
            InvitationState::Open,
            InvitationState::Used,
            InvitationState::Revoked,
        ];
        states
            .into_iter()
            .enumerate()
            .map(|(n, state)| Invitation {
                id: InvitationId(n.to_string()),
                name: if n == 1 {
                    String::new()
                } else {
                    NAMES[n + 1].0.into()
                },
                address: if n == 1 {
                    String::new()
                } else {
                    address(n + 1)
                },
                role: PersonRole::Member,
                expires_at: self.now + 72 * HOUR,
                uses: if n == 1 { 50 } else { 1 },
                used: if n == 1 { 12 } else { 0 },
                state,
                link: Some("https://justice.example/join#abcdefghijklmnopqrstuvwxyz".into()),
            })
            .collect()
    }

    fn rows(&self, filter: ChatFilter, search: &str) -> Vec<ChatRow> {
        if self.name == "empty" {
            return Vec::new();
        }
        let mut rows = vec![
            self.row("group", ChatKind::Group, "Case 4471", None, 3),
            self.row("direct-1", ChatKind::Direct, NAMES[1].0, Some(1), 0),
            self.row("direct-2", ChatKind::Direct, NAMES[2].0, Some(2), 2),
            self.row(
                "notices",
                ChatKind::Announcement,
                "Announcements of the house",
                None,
                0,
            ),
            self.row("direct-4", ChatKind::Direct, NAMES[4].0, Some(4), 0),
            self.row("direct-5", ChatKind::Direct, NAMES[5].0, Some(5), 0),
            self.row("shift", ChatKind::Group, "Night shift", None, 128),
            self.row("direct-7", ChatKind::Direct, NAMES[7].0, Some(7), 0),
        ];
        rows[0].pinned = true;
        rows[1].typing = vec![NAMES[1].0.into()];
        rows[4].draft = "Проверьте, пожалуйста, приложение".into();
        rows[6].muted = true;
        if let Some(preview) = &mut rows[3].preview {
            preview.deleted = true;
        }
        rows.retain(|row| {
            has(&row.title, search)
                && match filter {
                    ChatFilter::All => true,
                    ChatFilter::Archived => false,
                    ChatFilter::Unread => row.unread > 0,
                    ChatFilter::Groups => row.kind.has_many(),
                    ChatFilter::Labelled(label) => row.labels.contains(&label),
                }
        });
        rows
    }

    fn row(
        &self,
        chat: &str,
        kind: ChatKind,
        title: &str,
        who: Option<usize>,
        unread: u32,
    ) -> ChatRow {
        let mine = who.is_some_and(|who| who % 2 == 1);
        let age = title.len() as u64;
        ChatRow {
            outside: Vec::new(),
            chat: ChatId(chat.into()),
            kind,
            title: title.into(),
            picture: (who == Some(2)).then(|| self.picture.clone()),
            person: who.map(person),
            preview: Some(Preview {
                sender: (!mine).then(|| NAMES[3].0.into()),
                text: TEXTS[title.chars().count() % TEXTS.len()].into(),
                is_poll: false,
                is_card: false,
                deleted: false,
                disappeared: false,
                notice: None,
                tick: mine.then_some(if age.is_multiple_of(3) {
                    Tick::Delivered
                } else {
                    Tick::Read
                }),
                at: self.now - age * age * HOUR / 6,
            }),
            unread,
            mentions: u32::from(chat == "shift"),
            draft: String::new(),
            muted: false,
            pinned: false,
            archived: false,
            labels: Vec::new(),
            typing: Vec::new(),
            active: true,
            may_send: chat != "notices",
        }
    }

    fn message(
        &self,
        id: MessageId,
        who: usize,
        at: u64,
        body: Body,
        tick: Option<Tick>,
    ) -> Message {
        Message {
            outside: None,
            id,
            sender: person(who),
            sender_name: NAMES[who].0.into(),
            is_mine: who == 0,
            at,
            body,
            mentions: Vec::new(),
            reply: None,
            origin: None,
            edited: false,
            pinned: false,
            reactions: Vec::new(),
            tick: tick.filter(|_| who == 0),
            seen: (who == 0).then_some(Seen {
                delivered: 3,
                read: 2,
                people: 5,
            }),
            gap_before: false,
            expires: None,
            imported: false,
        }
    }

    fn file(&self, id: &str, name: &str, media_type: &str, state: FileState) -> File {
        let picture = media_type.starts_with("image");
        File {
            id: FileId(id.into()),
            name: name.into(),
            media_type: media_type.into(),
            size_bytes: 2_431_118,
            dimensions: picture.then_some((1_600, 1_200)),
            thumbnail: picture.then(|| self.picture.clone()),
            voice: None,
            confidential: false,
            state,
        }
    }

    fn at(&self, chat: &ChatId, n: u32) -> Message {
        let direct: Option<usize> = chat
            .0
            .strip_prefix("direct-")
            .and_then(|n| n.trim_start_matches('p').parse().ok());
        let mix = n.wrapping_mul(2_654_435_761) >> 20;
        let who = match direct {
            Some(other) => {
                if mix.is_multiple_of(3) {
                    0
                } else {
                    other
                }
            }
            None => (mix as usize / 3) % 5,
        };
        let from_end = u64::from(self.total - n);
        let at = self.now
            - from_end * HOUR / 3
            - if n < self.total.saturating_sub(12) {
                20 * HOUR
            } else {
                0
            };
        let moving = FileState::Moving(Transfer {
            upload: false,
            done_bytes: 812_000,
            total_bytes: 2_431_118,
            paused: self.shift % 2 == 1,
        });
        let (who, body, tick) = match self.total - n {
            36 => (
                1,
                Body::Notice(Notice::Created {
                    by: NAMES[1].0.into(),
                }),
                None,
            ),
            35 => (
                1,
                Body::Notice(Notice::Added {
                    by: NAMES[1].0.into(),
                    people: vec![NAMES[0].0.into(), NAMES[2].0.into(), NAMES[5].0.into()],
                }),
                None,
            ),
            14 => (
                2,
                Body::Files {
                    files: vec![self.file(
                        "pdf",
                        "Request 2026-114 to Bank of the North.pdf",
                        "application/pdf",
                        FileState::Here,
                    )],
                    text: String::new(),
                },
                None,
            ),
            13 => (
                0,
                Body::Files {
                    files: vec![self.file("here", "IMG_2231.jpg", "image/jpeg", FileState::Here)],
                    text: "The page with the signatures".into(),
                },
                Some(Tick::Read),
            ),
            9 => (
                3,
                Body::Files {
                    files: vec![self.file(
                        "remote",
                        "IMG_2240.jpg",
                        "image/jpeg",
                        FileState::Remote,
                    )],
                    text: String::new(),
                },
                None,
            ),
            8 => (
                3,
                Body::Files {
                    files: vec![self.file(
                        "moving",
                        "statement.xlsx",
                        "application/vnd.ms-excel",
                        moving,
                    )],
                    text: String::new(),
                },
                None,
            ),
            7 => (
                0,
                Body::Files {
                    files: vec![self.file(
                        "gone",
                        "invoice\u{202e}fdp.exe",
                        "application/octet-stream",
                        FileState::Gone,
                    )],
                    text: String::new(),
                },
                Some(Tick::Delivered),
            ),
            5 => (2, Body::Poll(polls::asked()), None),
            2 => (
                0,
                Body::Text("This one did not go out.".into()),
                Some(Tick::Failed),
            ),
            _ => (
                who,
                Body::Text(TEXTS[mix as usize % TEXTS.len()].into()),
                Some(if from_end > 6 {
                    Tick::Read
                } else {
                    Tick::Delivered
                }),
            ),
        };
        let mut message = self.message(MessageId(format!("{chat}-{n}")), who, at, body, tick);
        message.gap_before = self.total - n == 5;
        self.adorn(chat, n, &mut message);
        message
    }

    /// Gives some messages what others did with them.
    fn adorn(&self, chat: &ChatId, n: u32, message: &mut Message) {
        let sign = |emoji: &str, people: &[usize]| Reaction {
            emoji: emoji.into(),
            people: people.iter().map(|who| NAMES[*who].0.into()).collect(),
            mine: people.contains(&0),
        };
        let quoted = |from_end: u32| Some(quote_of(&self.at(chat, self.total - from_end)));
        match self.total - n {
            16 => message.body = Body::Deleted,
            15 => message.edited = true,
            13 => {
                message.reactions = vec![sign("👍", &[1, 0, 2]), sign("🙏", &[3])];
                message.reply = quoted(17);
            }
            12 => message.reply = quoted(13),
            11 => {
                message.reactions = vec![sign("❤️", &[0])];
                message.edited = true;
            }
            10 => {
                message.reply = Some(Quote {
                    text: String::new(),
                    ..quote_of(&self.at(chat, self.total - 16))
                });
            }
            6 => {
                message.reply = Some(Quote {
                    message: None,
                    sender: PersonId(String::new()),
                    sender_name: String::new(),
                    is_mine: false,
                    text: String::new(),
                    is_poll: false,
                    is_card: false,
                    thumbnail: None,
                });
                message.reactions = vec![
                    sign("😂", &[5]),
                    sign("😮", &[7, 4]),
                    sign("🎉", &[1, 2, 3, 4]),
                ];
            }
            4 => message.reply = quoted(36 - 1),
            3 => message.reply = quoted(30),
            _ => {}
        }
    }

    fn find(&self, chat: &ChatId, message: &MessageId) -> Option<Message> {
        let mut found = match self.place_of(chat, message) {
            Some(n) if n < self.total => self.at(chat, n),
            Some(n) => self.sent.get((n - self.total) as usize)?.clone(),
            None => return None,
        };
        self.changes.apply(&mut found, NAMES[0].0);
        Some(found)
    }

    fn place_of(&self, chat: &ChatId, message: &MessageId) -> Option<u32> {
        let number = |prefix: &str| message.0.strip_prefix(prefix)?.parse::<u32>().ok();
        number(&format!("{chat}-")).or_else(|| Some(number("sent-")? + self.total))
    }

    fn conversation(&self, chat: &ChatId, window: &ConversationWindow) -> Conversation {
        let total = self.total + self.sent.len() as u32;
        let (start, count) = match window {
            ConversationWindow::Newest { count } | ConversationWindow::Unread { count } => {
                (total.saturating_sub(*count), *count)
            }
            ConversationWindow::Range { start, count } => (*start, *count),
            ConversationWindow::Around { message, count } => {
                let place = self.place_of(chat, message).unwrap_or_default();
                (place.saturating_sub(count / 2), *count)
            }
        };
        let messages = (start..(start + count).min(total))
            .map(|n| {
                let mut message = if n < self.total {
                    self.at(chat, n)
                } else {
                    self.sent[(n - self.total) as usize].clone()
                };
                self.changes.apply(&mut message, NAMES[0].0);
                message
            })
            .collect();
        let row = self
            .rows(ChatFilter::All, "")
            .into_iter()
            .find(|row| row.chat == *chat);
        let blocked = (chat.0 == "notices").then_some(Blocked::OwnersOnly);
        Conversation {
            away: None,
            chat: chat.clone(),
            kind: row.as_ref().map_or(ChatKind::Direct, |row| row.kind),
            title: row
                .as_ref()
                .map_or_else(|| "Case 4471".into(), |row| row.title.clone()),
            members: 6,
            start,
            total,
            messages,
            first_unread: row
                .as_ref()
                .filter(|row| row.unread > 0 && self.name != "many")
                .map(|_| MessageId(format!("{chat}-{}", self.total - 4))),
            draft: row
                .as_ref()
                .map(|row| row.draft.clone())
                .unwrap_or_default(),
            typing: row.map(|row| row.typing).unwrap_or_default(),
            presence: None,
            may_send: blocked.is_none(),
            blocked,
            left_out: Vec::new(),
            pinned: Vec::new(),
            may_pin: true,
        }
    }

    fn details(&self, chat: &ChatId) -> ChatDetails {
        let shown = self.conversation(chat, &ConversationWindow::Newest { count: 1 });
        let direct = shown.kind == ChatKind::Direct;
        let other = (1..NAMES.len())
            .find(|n| NAMES[*n].0 == shown.title)
            .unwrap_or(1);
        let who: Vec<usize> = if direct {
            vec![0, other]
        } else {
            (0..6).collect()
        };
        ChatDetails {
            outside: Vec::new(),
            residency: Vec::new(),
            left_out: Vec::new(),
            chat: chat.clone(),
            kind: shown.kind,
            title: shown.title,
            picture: None,
            members: who
                .into_iter()
                .map(|n| Member {
                    outside: None,
                    person: person(n),
                    name: NAMES[n].0.into(),
                    address: address(n),
                    mention: format!("mimi://justice.example/u/{n:032x}"),
                    role: if n < 1 {
                        MemberRole::Owner
                    } else {
                        MemberRole::Member
                    },
                    is_me: n == 0,
                    picture: (n == 2).then(|| self.picture.clone()),
                })
                .collect(),
            may_manage: !direct,
            may_rule: !direct,
            disappears_after: 0,
            may_set_timer: true,
            link: None,
            active: true,
            muted: self.muted,
            pinned: chat.0 == "group",
            changing: false,
            files: [
                (
                    "pdf",
                    "Request 2026-114 to Bank of the North.pdf",
                    "application/pdf",
                ),
                ("here", "IMG_2231.jpg", "image/jpeg"),
            ]
            .into_iter()
            .map(|(id, name, kind)| SharedFile {
                message: MessageId("m".into()),
                file: self.file(id, name, kind, FileState::Here),
                sender: NAMES[2].0.into(),
                at: self.now - 30 * HOUR,
            })
            .collect(),
            safety_number: direct
                .then(|| "127845509318264710283746529105847362910483756201938475610293".into()),
        }
    }
}

fn person(n: usize) -> PersonId {
    PersonId(format!("p{n}"))
}

fn address(n: usize) -> String {
    format!(
        "{}@justice.example",
        valise_web_ui::logic::address::suggest(NAMES[n].0)
    )
}

fn has(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}

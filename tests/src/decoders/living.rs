//! What a living client reads: replies, pushes, what members seal for it, and files.
//!
//! Each input meets the same client, opened anew over a copy of the same store, so that it can be repeated alone.

mod formal;

pub(super) use formal::{formal, honest as honest_formal};

use super::contents;
use crate::sim::{Who, World};
use rusqlite::{Connection, OpenFlags};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use valise_client::file::{OpenFile, cached_range, open_slice};
use valise_client::{Client, Failure, Input, Output, RequestId};
use valise_directory::link::GroupLink;
use valise_directory::room_link::LinkSecret;
use valise_mls::{Device, Directory, Member, Memory, Random, Standing};
use valise_views::{Body, ChatId, Command, FileId, View};
use valise_wire::cbor::Decoder;
use valise_wire::frame::ServerFrame;
use valise_wire::policy::LeafIdentity;
use valise_wire::push::{Event, EventKind, Push, RoomEvent};
use valise_wire::request::{Challenge, Reply, RoomHead, Session, SyncState};
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, BlobId, DeviceId, Octets, RoomId, Timestamp, from_bytes, to_bytes};

/// Most questions of a client that are answered for one input.
const MOST_QUESTIONS: usize = 40;

/// A member's device that seals for the room whatever it is given.
struct Sealer {
    device: Device,
    domain: String,
    store: BTreeMap<Vec<u8>, Vec<u8>>,
}

/// Everything that an input meets.
struct Scene {
    /// Keeps the stores in memory.
    _world: World,
    /// Where Boris's store can be copied from.
    disk: Connection,
    room: RoomId,
    chat: ChatId,
    /// Last event of the room that he took.
    cursor: u64,
    generation: [u8; 16],
    now: Timestamp,
    ada: Sealer,
    /// A file that came, and its ciphertext.
    file: Option<(OpenFile, Vec<u8>)>,
    /// A content of Ada's, and a commit of hers.
    honest: Vec<(&'static str, Vec<u8>)>,
}

thread_local! {
    static SCENE: OnceCell<Scene> = const { OnceCell::new() };
}

fn with(work: impl FnOnce(&Scene)) {
    SCENE.with(|scene| work(scene.get_or_init(Scene::new)));
}

/// Bytes that a member of the room seals as content.
pub(super) fn content(bytes: &[u8]) {
    with(|scene| {
        let sealed = scene.ada.seal(scene.room, bytes, scene.now);
        let mut boris = Boris::new(scene);
        boris.push(EventKind::Message, &sealed);
        boris.look();
    });
}

/// Bytes that a server gives: the first says as what.
pub(super) fn client(bytes: &[u8]) {
    let Some((&way, rest)) = bytes.split_first() else {
        return;
    };
    with(|scene| {
        let mut boris = Boris::new(scene);
        match way % 8 {
            0 => boris.push(EventKind::Message, rest),
            1 => boris.push(EventKind::Commit, rest),
            2 => boris.push(EventKind::Proposal, rest),
            3 => boris.frame(rest),
            honest => {
                boris.go_online(usize::from(honest - 4), rest);
                boris.frame(rest);
            }
        }
        boris.look();
    });
}

/// Ciphertext of a file, from its beginning.
pub(super) fn files(bytes: &[u8]) {
    with(|scene| {
        let (file, blob) = scene.file.as_ref().expect("a file came");
        let is_whole = blob == bytes;
        let opened = open_slice(file, 0..file.size_bytes, bytes);
        assert_eq!(opened.is_ok(), is_whole, "only what was sealed is opened");
        for start in [1, 16_384, 17_000] {
            let _ = open_slice(file, start..start + 100, bytes);
        }
    });
}

/// What comes when everybody is honest.
pub(super) fn honest() -> Vec<(&'static str, Vec<u8>)> {
    Scene::new().honest
}

impl Scene {
    fn new() -> Self {
        let mut world = World::new(5);
        let [ada, boris] = world.team(["Ada", "Boris"]);
        let chat = world.group(ada, "Team", &[boris]);
        world.settle();
        world.says(ada, &chat, "a text");
        world.tell(ada, asks(&chat));
        let (file, blob) = send_file(&mut world, ada, boris, &chat);
        world.settle();
        let into_group = GroupLink {
            origin: "https://chat.ministry.example".into(),
            room: RoomId([5; 16]),
            secret: LinkSecret::from_bytes(&[6; 32]),
        };
        let links = [
            world.invite(ada, "Clara"),
            world.server.setup_link(),
            into_group.to_url(),
        ];
        world.crash(ada);
        world.crash(boris);
        let disk = world.of(boris).open_store();
        let (room, cursor) = room_of(&disk);
        let generation = setting(&disk, "generation");
        let mut scene = Self {
            ada: Sealer::of(&world.of(ada).open_store()),
            now: world.now,
            generation: from_bytes(&generation).expect("a generation"),
            _world: world,
            disk,
            room,
            chat,
            cursor,
            honest: vec![
                ("files", blob.clone()),
                ("files", blob[..1_000].to_vec()),
                ("files", Vec::new()),
            ],
            file: Some((file, blob)),
        };
        let links = links.map(|link| ("links", link.into_bytes()));
        scene.honest.extend(links);
        scene.honest.extend(statements(&scene.disk));
        scene.honest.extend(scene.honest_inputs());
        scene
    }

    fn honest_inputs(&self) -> Vec<(&'static str, Vec<u8>)> {
        let (domain, account) = (&self.ada.domain, self.ada.device.identity().account);
        let sender = format!("mimi://{domain}/u/{account}");
        let room = format!("mimi://{domain}/r/{}", self.room);
        let contents = contents::honest(&sender, &room, domain);
        let content = contents[0].clone();
        let polls = super::polls::contents(&self.disk, domain, &sender, &room);
        let sealed = self.ada.seal(self.room, &content, self.now);
        let with_way = |way: u8, bytes: &[u8]| [&[way], bytes].concat();
        let event = RoomEvent {
            room: self.room,
            event: self.event(EventKind::Message, &sealed),
        };
        let frame = to_bytes(&ServerFrame::Push(Push::Event(event)));
        let contents = contents
            .into_iter()
            .chain(polls)
            .map(|content| ("content", content));
        let others = [
            ("client", with_way(0, &sealed)),
            ("client", with_way(3, &frame)),
            (
                "client",
                with_way(4, &to_bytes(&Reply::from(Challenge { nonce: [1; 32] }))),
            ),
            (
                "client",
                with_way(5, &to_bytes(&Reply::from(self.session()))),
            ),
            (
                "client",
                with_way(6, &to_bytes(&Reply::from(self.sync_state()))),
            ),
        ];
        contents.chain(others).collect()
    }

    fn event(&self, kind: EventKind, body: &[u8]) -> Event {
        Event {
            seq: self.cursor + 1,
            kind,
            at: self.now,
            body: Octets(body.to_vec()),
        }
    }

    fn session(&self) -> Session {
        Session {
            token: [2; 32],
            expires_at: self.now.plus_millis(900_000),
        }
    }

    /// There is one more event than he has, and something in the directory and the inbox.
    fn sync_state(&self) -> SyncState {
        SyncState {
            foreign_head: 0,
            generation: self.generation,
            rooms: vec![RoomHead {
                room: self.room,
                head: self.cursor + 1,
                active: true,
            }],
            inbox_head: 1_000,
            directory_head: 1_000,
            key_packages: 0,
            now: self.now,
        }
    }
}

/// Boris's client over a copy of his store.
struct Boris<'a> {
    scene: &'a Scene,
    client: Client,
    /// Keeps the copy in memory.
    _disk: Connection,
    awaited: Vec<RequestId>,
}

impl<'a> Boris<'a> {
    fn new(scene: &'a Scene) -> Self {
        static COPIES: AtomicU64 = AtomicU64::new(0);
        let number = COPIES.fetch_add(1, Ordering::Relaxed);
        let uri = format!("file:copy-{number}?mode=memory&cache=shared");
        let open = || {
            let flags = OpenFlags::default() | OpenFlags::SQLITE_OPEN_URI;
            Connection::open_with_flags(&uri, flags).expect("a store in memory opens")
        };
        let disk = open();
        scene
            .disk
            .execute("VACUUM INTO ?1", [&uri])
            .expect("a store is copied");
        let client =
            Client::open(open(), [6; 32], scene.now).expect("a store that was closed opens again");
        let mut boris = Self {
            scene,
            client,
            _disk: disk,
            awaited: Vec::new(),
        };
        boris.pump();
        boris
    }

    fn give(&mut self, input: Input) {
        // An error would be the store's own.
        self.client
            .handle(input, self.scene.now)
            .expect("nothing that arrives breaks the store");
        self.pump();
    }

    fn pump(&mut self) {
        while let Some(output) = self.client.poll() {
            if let Output::Send { id, .. } = output {
                self.awaited.push(id);
            }
        }
    }

    fn push(&mut self, kind: EventKind, body: &[u8]) {
        let event = self.scene.event(kind, body);
        let room = self.scene.room;
        self.give(Input::Push(Push::Event(RoomEvent { room, event })));
    }

    /// Takes a frame of the server's, or what stands for one without its head: an answer to everything that he waits for.
    fn frame(&mut self, bytes: &[u8]) {
        match from_bytes(bytes) {
            Ok(ServerFrame::Push(push)) => self.give(Input::Push(push)),
            Ok(ServerFrame::Answer(answer)) => self.answer(&answer.reply),
            Ok(ServerFrame::Refusal(refusal)) => {
                for id in std::mem::take(&mut self.awaited) {
                    let result = Err(Failure::Problem(refusal.problem.clone()));
                    self.give(Input::Reply { id, result });
                }
            }
            Ok(ServerFrame::Welcome(_)) | Err(_) => {
                if let Ok(reply) = from_bytes(bytes) {
                    self.answer(&reply);
                }
            }
        }
    }

    fn answer(&mut self, reply: &Reply) {
        for id in std::mem::take(&mut self.awaited)
            .into_iter()
            .take(MOST_QUESTIONS)
        {
            let result = Ok(reply.clone());
            self.give(Input::Reply { id, result });
        }
    }

    /// Comes online with so many honest answers, and `reply` in place of the next.
    fn go_online(&mut self, honest: usize, reply: &[u8]) {
        let answers: [Reply; 3] = [
            Challenge { nonce: [1; 32] }.into(),
            self.scene.session().into(),
            self.scene.sync_state().into(),
        ];
        for (step, answer) in answers.iter().take(honest).enumerate() {
            self.answer(answer);
            if step == 1 {
                self.give(Input::SocketOpened);
            }
        }
        if let Ok(reply) = from_bytes(reply) {
            self.answer(&reply);
        }
    }

    /// Looks at everything, so that what was stored is read back.
    fn look(&mut self) {
        let window = valise_views::ConversationWindow::Newest { count: 50 };
        let chat = self.scene.chat.clone();
        let views = [
            View::Status,
            View::Conversation {
                chat: chat.clone(),
                window,
            },
            View::Details { chat },
        ];
        for (number, view) in (1..).zip(views) {
            self.give(Input::Watch { number, view });
        }
    }
}

/// Nobody is revoked: one who seals asks no more than that.
struct Everybody;

impl Directory for Everybody {
    fn standing(&self, _: &LeafIdentity) -> Standing {
        Standing::Unknown
    }

    fn is_ended(&self, _: &AccountId) -> bool {
        false
    }
}

impl Sealer {
    /// Takes a device's keys and the state of its rooms out of its store (`client/account.rs`).
    fn of(disk: &Connection) -> Self {
        let account = setting(disk, "account");
        let mut from = Decoder::new(&account);
        from.array().expect("an account");
        let mut items = Vec::new();
        (0..8).for_each(|_| items.push(from.any().expect("an account's part")));
        let identity = LeafIdentity {
            account: from_bytes(items[4]).expect("an account's id"),
            device: from_bytes::<DeviceId>(items[5]).expect("a device's id"),
        };
        let secret = from_bytes::<[u8; 32]>(items[7]).expect("a leaf key");
        let mut rows = disk
            .prepare("SELECT key, value FROM mls")
            .expect("the state of rooms");
        let store = rows
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .expect("the state of rooms");
        Self {
            device: Device::from_secret(identity, &secret),
            domain: from_bytes(items[1]).expect("a domain"),
            store: store.map(|row| row.expect("a row")).collect(),
        }
    }

    /// Seals bytes as the next message of this device.
    fn seal(&self, room: RoomId, bytes: &[u8], now: Timestamp) -> Vec<u8> {
        let (store, random) = (Memory::default(), Random::from_seed([8; 32]));
        store.restore(self.store.clone());
        let member = Member::new(&self.device, &store, &random, &Everybody, now);
        let room = member.load(room).expect("the state of a room");
        room.expect("a room")
            .encrypt(bytes, &[])
            .expect("a member may seal")
    }
}

fn send_file(world: &mut World, from: Who, to: Who, chat: &ChatId) -> (OpenFile, Vec<u8>) {
    let bytes = (0..18_000u32).map(|byte| byte as u8).collect();
    world.sends_file(from, chat, "a.bin", bytes);
    world.settle();
    let messages = world.messages(to, chat);
    let file = messages.iter().find_map(|message| match &message.body {
        Body::Files { files, .. } => files.first().map(|file| file.id.clone()),
        _ => None,
    });
    let id: FileId = file.expect("the file arrived");
    world.tell(to, Command::Fetch(id.clone()));
    world.settle();
    let person = world.of(to);
    let client = person.client.as_ref().expect("he is there");
    let open = client
        .open_file(&id)
        .expect("the store")
        .expect("the file is here");
    let range = cached_range(&open, 0..open.size_bytes);
    let blob: BlobId = open.blob;
    let sealed = person.cache[&blob][range.start as usize..range.end as usize].to_vec();
    (open, sealed)
}

fn asks(chat: &ChatId) -> Command {
    Command::SendPoll {
        chat: chat.clone(),
        question: "When do we meet?".into(),
        options: vec!["Monday".into(), "Friday".into()],
        several: false,
    }
}

fn setting(disk: &Connection, name: &str) -> Vec<u8> {
    let sql = "SELECT value FROM setting WHERE name = ?1";
    disk.query_row(sql, [name], |row| row.get(0))
        .expect("a setting")
}

/// The organisation's log, and what is signed in it.
fn statements(disk: &Connection) -> Vec<(&'static str, Vec<u8>)> {
    let mut rows = disk
        .prepare("SELECT body FROM statement ORDER BY position")
        .expect("the organisation's log");
    let bodies = rows
        .query_map([], |row| row.get(0))
        .expect("the organisation's log");
    let bodies: Vec<Vec<u8>> = bodies.map(|body| body.expect("a statement")).collect();
    let payload = |body: &Vec<u8>| {
        from_bytes::<SignedStatement>(body)
            .expect("a statement")
            .payload
            .0
    };
    let payloads: Vec<Vec<u8>> = bodies.iter().map(payload).collect();
    bodies
        .into_iter()
        .chain(payloads)
        .map(|bytes| ("statements", bytes))
        .collect()
}

/// The room of the group, and the last event of it that was taken.
fn room_of(disk: &Connection) -> (RoomId, u64) {
    let sql = "SELECT id, cursor FROM room WHERE kind = 1";
    let row = disk.query_row(sql, [], |row| {
        Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, i64>(1)?))
    });
    let (room, cursor) = row.expect("a room");
    (RoomId(room), cursor.unsigned_abs())
}

//! An organisation with people, devices and rooms around a service without sockets, on a clock of its own.

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use valise_directory::found::{Founded, Founding, found};
use valise_directory::invite::{Issuer, Plan, invite};
use valise_directory::join::join;
use valise_directory::keys::{AccountKey, DeviceKey, Signer};
use valise_directory::link::InvitationLink;
use valise_directory::statement::Device as ListedDevice;
use valise_directory::{Address, Directory, InvitationDetails, Name, ProfileDetails, Role};
use valise_mls::{
    Change, Device, HubKey, Member, Memory, PendingCommit, Random, Room, Standing, Suite, rules,
};
use valise_server::limits::Limits;
use valise_server::service::Protections;
use valise_server::store::SqliteStore;
use valise_server::{Caller, Service, Settings};
use valise_wire::policy::{LeafIdentity, RoomKind, RoomPolicy};
use valise_wire::push::EventKind;
use valise_wire::request::*;
use valise_wire::{
    AccountId, DeviceId, Octets, OrganisationId, Problem, ProblemCode, RoomId, Timestamp,
    TransactionId,
};

pub const DOMAIN: &str = "ministry.example";
pub const ORIGIN: &str = "https://chat.ministry.example";
pub const START: Timestamp = Timestamp(1_900_000_000_000);
pub const ROOM: RoomId = RoomId([7; 16]);
pub const STRANGER: Caller = Caller::Anonymous {
    address: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)),
};

/// Everything around one service.
pub struct Stage {
    pub service: Arc<Service<SqliteStore>>,
    pub founder: Person,
    pub founded: Founded,
    pub rng: ChaCha20Rng,
    pub now: Timestamp,
}

/// A person with one device.
pub struct Person {
    pub account: AccountId,
    pub account_key: AccountKey,
    pub device_key: DeviceKey,
    pub listed: ListedDevice,
    pub device: Device,
    pub store: Memory,
    pub random: Random,
    pub caller: Caller,
}

/// The folded log as one of the people sees it.
pub struct Known(pub Directory);

impl rules::Directory for Known {
    fn standing(&self, leaf: &LeafIdentity) -> Standing {
        match (
            self.0.device(leaf.account, leaf.device),
            self.0.account(leaf.account),
        ) {
            (Some(device), _) => Standing::Valid(device.leaf_key),
            (None, Some(_)) => Standing::Revoked(None),
            (None, None) => Standing::Unknown,
        }
    }

    fn is_ended(&self, account: &AccountId) -> bool {
        self.0
            .account(*account)
            .is_some_and(|account| !account.is_active())
    }
}

pub fn code<T: std::fmt::Debug>(result: Result<T, Problem>) -> ProblemCode {
    result.expect_err("this had to be refused").code
}

pub fn settings(protections: Protections) -> Settings {
    let counter = AtomicU64::new(1);
    Settings {
        limits: Limits::none(),
        // Every draw is another one, and the same in every run.
        entropy: Arc::new(move |bytes: &mut [u8]| {
            let draw = counter.fetch_add(1, Ordering::Relaxed).to_be_bytes();
            bytes
                .iter_mut()
                .zip(draw.iter().cycle())
                .for_each(|(byte, next)| *byte = *next);
        }),
        protections,
        ..Settings::new(DOMAIN, HubKey::from_secret(&[9; 32]))
    }
}

pub fn profile(local: &str) -> ProfileDetails {
    ProfileDetails {
        display_name: Name::parse(local).unwrap(),
        address: Address::parse(&format!("{local}@{DOMAIN}")).unwrap(),
        office: None,
        avatar: None,
    }
}

fn keys(number: u8) -> (DeviceKey, ListedDevice, Random) {
    let device_key = DeviceKey::from_seed(&[number; 32]);
    let random = Random::from_seed([number; 32]);
    let identity = LeafIdentity {
        account: AccountId([0; 16]),
        device: DeviceId([number; 16]),
    };
    // The leaf key is the first that the stream gives, whoever it is for.
    let leaf_key = Device::generate(identity, &Random::from_seed([number; 32])).leaf_key();
    let listed = ListedDevice {
        id: DeviceId([number; 16]),
        device_key: device_key.public(),
        leaf_key,
        added_at: START,
    };
    (device_key, listed, random)
}

/// Returns what a list says of the device of a number.
pub fn listed(number: u8) -> ListedDevice {
    keys(number).1
}

/// Makes somebody who did not sign in yet, with the device of a number.
pub fn someone(number: u8, account: AccountId, account_key: AccountKey) -> Person {
    let (device_key, listed, random) = keys(number);
    let device = Device::generate(
        LeafIdentity {
            account,
            device: listed.id,
        },
        &random,
    );
    Person {
        account,
        account_key,
        device_key,
        listed,
        device,
        store: Memory::default(),
        random,
        caller: STRANGER,
    }
}

impl Stage {
    /// Founds an organisation in a service that checks everything.
    pub fn new() -> Self {
        Self::with(Protections::default())
    }

    pub fn with(protections: Protections) -> Self {
        Self::over(
            SqliteStore::in_memory([1; 16]).unwrap(),
            settings(protections),
        )
    }

    pub fn over(store: SqliteStore, settings: Settings) -> Self {
        let service = Arc::new(wait(Service::open(store, settings, START)).unwrap());
        let mut rng = ChaCha20Rng::from_seed([3; 32]);
        let (_, listed, _) = keys(1);
        let founding = Founding {
            domain: DOMAIN.into(),
            name: None,
            hub_key: HubKey::from_secret(&[9; 32]).public(),
            founder: profile("anna"),
            device: listed,
            now: START,
        };
        let founded = found(founding, &mut rng);
        let setup_code = wait(service.renew_setup_code()).unwrap().unwrap();
        let request = Found {
            setup_code: Octets::from(&setup_code[..]),
            statements: founded.statements.clone(),
        };
        wait(service.call(&STRANGER, request.into(), START)).unwrap();
        let founder = someone(1, founded.account, founded.account_key.clone());
        let mut stage = Self {
            service,
            founder,
            founded,
            rng,
            now: START,
        };
        stage.founder.caller = stage.sign_in(&stage.founder).unwrap();
        stage
    }

    /// Ends the service, and begins another one over what it left.
    pub fn restart(&mut self, store: impl Fn() -> SqliteStore, settings: impl Fn() -> Settings) {
        // One writer at a time: the old service goes first.
        let nothing = SqliteStore::in_memory([1; 16]).unwrap();
        let placeholder = wait(Service::open(nothing, settings(), START)).unwrap();
        drop(std::mem::replace(&mut self.service, Arc::new(placeholder)));
        let begun = wait(Service::open(store(), settings(), self.now)).unwrap();
        self.service = Arc::new(begun);
    }

    pub fn call(&self, caller: &Caller, request: impl Into<Request>) -> Result<Reply, Problem> {
        wait(self.service.call(caller, request.into(), self.now))
    }

    pub fn issuer(&self) -> Issuer<'_> {
        // Kept alive by leaking: tests are short.
        let registrar_key = Box::leak(Box::new(self.founded.account_key.registrar_key()));
        Issuer {
            organisation: self.founded.organisation,
            account: self.founded.account,
            registrar_key,
            directory_key: &self.founded.directory_key,
        }
    }

    pub fn invite(&mut self, uses: u32) -> InvitationLink {
        let details = InvitationDetails {
            address: None,
            display_name: None,
            office: None,
            note: None,
        };
        let plan = Plan {
            role: Role::Member,
            not_after: self.now.plus_millis(86_400_000),
            uses,
            details,
            now: self.now,
        };
        let mut rng = self.rng.clone();
        let (statement, link) = invite(&self.issuer(), plan, ORIGIN, &mut rng);
        self.rng = rng;
        self.call(&self.founder.caller, Publish { statement })
            .unwrap();
        link
    }

    /// Invites somebody, who joins and signs in.
    pub fn join(&mut self, number: u8, local: &str) -> Person {
        let link = self.invite(1);
        let (_, listed, _) = keys(number);
        let joined = join(&link, &profile(local), listed, self.now, &mut self.rng);
        self.call(
            &STRANGER,
            Join {
                invitation: link.invitation,
                statements: joined.statements,
            },
        )
        .unwrap();
        let mut person = someone(number, joined.account, joined.account_key);
        person.caller = self.sign_in(&person).unwrap();
        person
    }

    pub fn challenge(&self) -> Challenge {
        match self.call(&STRANGER, GetChallenge {}) {
            Ok(Reply::Challenge(challenge)) => challenge,
            other => panic!("{other:?}"),
        }
    }

    pub fn signed(&self, person: &Person, domain: &str, challenge: &Challenge) -> SignIn {
        let organisation = self.founded.organisation;
        valise_directory::sign_in::sign_in(
            organisation,
            domain,
            person.account,
            person.listed.id,
            challenge,
            &person.device_key,
        )
    }

    pub fn token(&self, person: &Person) -> Result<[u8; 32], Problem> {
        match self.call(&STRANGER, self.signed(person, DOMAIN, &self.challenge()))? {
            Reply::Session(session) => Ok(session.token),
            other => panic!("{other:?}"),
        }
    }

    pub fn sign_in(&self, person: &Person) -> Result<Caller, Problem> {
        let token = self.token(person)?;
        Ok(self
            .service
            .authenticate(&token, self.now)
            .expect("a fresh session holds")
            .caller())
    }

    pub fn directory(&self) -> Known {
        let mut directory = Directory::new(self.founded.organisation);
        match self.call(&self.founder.caller, ReadDirectory { after: 0 }) {
            Ok(Reply::Directory(page)) => page
                .entries
                .iter()
                .for_each(|entry| drop(directory.apply(entry.position, &entry.statement).unwrap())),
            other => panic!("{other:?}"),
        }
        Known(directory)
    }

    /// Ends an account as the registrar does.
    pub fn end_account(&self, person: &Person) {
        let statement =
            valise_directory::update::end_account(&self.issuer(), person.account, self.now);
        self.call(&self.founder.caller, Publish { statement })
            .unwrap();
    }

    pub fn at<T>(&self, person: &Person, act: impl FnOnce(&mut Room<'_>) -> T) -> T {
        self.at_room(person, ROOM, act)
    }

    pub fn at_room<T>(
        &self,
        person: &Person,
        room: RoomId,
        act: impl FnOnce(&mut Room<'_>) -> T,
    ) -> T {
        let directory = self.directory();
        let member = Member::new(
            &person.device,
            &person.store,
            &person.random,
            &directory,
            self.now,
        );
        act(&mut member
            .load(room)
            .unwrap()
            .expect("the room is in the store"))
    }

    /// Makes a room of the founder, with others in it.
    pub fn room(&self, kind: RoomKind, others: &[&Person]) {
        self.make_room(ROOM, kind);
        if !others.is_empty() {
            self.add(&self.founder, others, &[]);
        }
    }

    /// Makes a room of the founder with an id.
    pub fn make_room(&self, room: RoomId, kind: RoomKind) {
        let directory = self.directory();
        let founder = &self.founder;
        let member = Member::new(
            &founder.device,
            &founder.store,
            &founder.random,
            &directory,
            self.now,
        );
        let policy = RoomPolicy {
            kind,
            organisation: OrganisationId(self.founded.organisation.0),
            owners: vec![founder.account],
            protocol_floor: 1,
            links: Vec::new(),
            residency: Vec::new(),
        };
        let hub_key = HubKey::from_secret(&[9; 32]).public();
        let made = member
            .create(room, &policy, &hub_key, Suite::Classic)
            .unwrap();
        let create = CreateRoom {
            room,
            group_info: made.group_info().unwrap().into(),
            tree: made.tree().unwrap().into(),
        };
        drop(made);
        self.call(&founder.caller, create).unwrap();
    }

    pub fn key_package(&self, person: &Person) -> Octets {
        let directory = self.directory();
        let member = Member::new(
            &person.device,
            &person.store,
            &person.random,
            &directory,
            self.now,
        );
        member.key_package(Suite::Classic, false).unwrap().into()
    }

    /// Adds people by one commit; they join from their inboxes, and `present` follow.
    pub fn add(&self, by: &Person, people: &[&Person], present: &[&Person]) {
        self.add_with_name(1, by, people, present);
    }

    pub fn add_with_name(&self, name: u8, by: &Person, people: &[&Person], present: &[&Person]) {
        let add = people
            .iter()
            .map(|person| self.key_package(person).0)
            .collect();
        let pending = self.at(by, |room| {
            room.commit(Change {
                add,
                ..Change::default()
            })
            .unwrap()
        });
        self.call(&by.caller, commit(&pending, name)).unwrap();
        self.at(by, |room| room.confirm_commit().unwrap());
        for person in people {
            let page = self.inbox(person);
            let directory = self.directory();
            let member = Member::new(
                &person.device,
                &person.store,
                &person.random,
                &directory,
                self.now,
            );
            member
                .open_welcome(&page.items.last().unwrap().welcome, false)
                .unwrap()
                .join()
                .unwrap();
        }
        for person in present {
            self.at(person, |room| {
                room.process(EventKind::Commit, &pending.commit).unwrap()
            });
        }
    }

    pub fn inbox(&self, person: &Person) -> InboxPage {
        match self.call(&person.caller, ReadInbox { after: 0 }) {
            Ok(Reply::Inbox(page)) => page,
            other => panic!("{other:?}"),
        }
    }

    pub fn message(&self, from: &Person, name: u8, text: &str) -> Send {
        let (epoch, message) = self.at(from, |room| {
            (room.epoch(), room.encrypt(text.as_bytes(), b"").unwrap())
        });
        Send {
            room: ROOM,
            transaction: TransactionId([name; 16]),
            epoch,
            wakes: true,
            message: message.into(),
        }
    }

    pub fn events(&self, caller: &Caller, after: u64) -> Result<EventPage, Problem> {
        match self.call(
            caller,
            ReadEvents {
                room: ROOM,
                after,
                limit: 500,
            },
        )? {
            Reply::Events(page) => Ok(page),
            other => panic!("{other:?}"),
        }
    }
}

pub fn commit(pending: &PendingCommit, name: u8) -> Commit {
    Commit {
        room: ROOM,
        transaction: TransactionId([name ^ 0x80; 16]),
        epoch: pending.epoch,
        commit: pending.commit.clone().into(),
        group_info: pending.group_info.clone().into(),
        welcome: pending.welcome.clone().map(Octets),
    }
}

pub fn accepted(reply: Result<Reply, Problem>) -> Accepted {
    match reply {
        Ok(Reply::Accepted(accepted)) => accepted,
        other => panic!("{other:?}"),
    }
}

/// Polls to the end; a store in a file answers from another thread.
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(std::thread::Thread);
    impl std::task::Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Arc::new(Unpark(std::thread::current())).into();
    let mut context = std::task::Context::from_waker(&waker);
    let mut future = std::pin::pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            std::task::Poll::Ready(value) => return value,
            std::task::Poll::Pending => std::thread::park(),
        }
    }
}

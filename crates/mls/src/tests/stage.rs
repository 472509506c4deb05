//! People, a directory that a test can change, and a hub.

use crate::error::Refusal;
use crate::hub::{Accepted, AcceptedProposal};
use crate::rules::Side;
use crate::settings::Suite;
use crate::{
    Breach, Change, CommitIn, Device, Directory, Error, HubKey, HubRoom, Member, Memory,
    PendingCommit, Processed, Random, Refused, Room, Rules, Standing,
};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use valise_wire::policy::{LeafIdentity, RoomKind, RoomPolicy};
use valise_wire::push::EventKind;
use valise_wire::{AccountId, DeviceId, OrganisationId, RoomId, Timestamp};

pub const ROOM: RoomId = RoomId([7; 16]);
pub const START: Timestamp = Timestamp(1_900_000_000_000);

pub fn account(number: u8) -> AccountId {
    AccountId([number; 16])
}

/// What a directory says; each test holds its own.
#[derive(Default)]
pub struct Register {
    devices: RefCell<BTreeMap<(AccountId, DeviceId), Standing>>,
    ended: RefCell<BTreeSet<AccountId>>,
    sides: RefCell<BTreeMap<AccountId, Side<'static>>>,
}

impl Register {
    pub fn set(&self, person: &Person, standing: Standing) {
        let identity = person.device.identity();
        self.devices
            .borrow_mut()
            .insert((identity.account, identity.device), standing);
    }

    pub fn revoke(&self, person: &Person) {
        self.set(person, Standing::Revoked(Some(person.device.leaf_key())));
    }

    pub fn end(&self, number: u8) {
        self.ended.borrow_mut().insert(account(number));
    }

    /// Tells for which organisation somebody speaks, and under whose law that says to stand.
    pub fn speaks_for(&self, person: &Person, organisation: u8, said: &str) {
        let said: Vec<String> = said.split_whitespace().map(str::to_owned).collect();
        let side = Side {
            organisation: OrganisationId([organisation; 32]),
            jurisdictions: said.leak(),
        };
        let account = person.device.identity().account;
        self.sides.borrow_mut().insert(account, side);
    }
}

impl Directory for Register {
    fn standing(&self, leaf: &LeafIdentity) -> Standing {
        self.devices
            .borrow()
            .get(&(leaf.account, leaf.device))
            .copied()
            .unwrap_or(Standing::Unknown)
    }

    fn is_ended(&self, account: &AccountId) -> bool {
        self.ended.borrow().contains(account)
    }

    fn side_of(&self, account: &AccountId) -> Option<Side<'_>> {
        self.sides.borrow().get(account).copied()
    }
}

/// A device with its store.
pub struct Person {
    pub device: Device,
    pub store: Memory,
    pub random: Random,
    pub rules: Rules,
}

impl Person {
    pub fn new(account_number: u8, device_number: u8) -> Self {
        let random = Random::from_seed([account_number ^ device_number.rotate_left(4); 32]);
        let identity = LeafIdentity {
            account: account(account_number),
            device: DeviceId([device_number; 16]),
        };
        Self {
            device: Device::generate(identity, &random),
            store: Memory::default(),
            random,
            rules: Rules::ALL,
        }
    }

    pub fn identity(&self) -> LeafIdentity {
        self.device.identity().clone()
    }
}

/// A room on its hub, with a directory.
pub struct Stage {
    pub register: Register,
    pub hub: HubRoom,
    pub hub_key: HubKey,
    pub now: Timestamp,
    pub suite: Suite,
}

pub fn policy(kind: RoomKind, owners: &[u8]) -> RoomPolicy {
    RoomPolicy {
        kind,
        organisation: OrganisationId([9; 32]),
        owners: owners.iter().copied().map(account).collect(),
        protocol_floor: 1,
        links: Vec::new(),
        residency: Vec::new(),
    }
}

pub fn leaf_of(room: &Room<'_>, person: &Person) -> u32 {
    room.roster()
        .unwrap()
        .iter()
        .find(|leaf| leaf.identity == person.identity())
        .unwrap()
        .index
}

impl Stage {
    /// Makes a group that `founder` owns, with the others in it. Everybody is in the directory.
    pub fn group(founder: &Person, others: &[&Person]) -> Self {
        let owner = founder.device.identity().account.0[0];
        Self::with_policy(
            policy(RoomKind::Group, &[owner]),
            Suite::Classic,
            founder,
            others,
        )
    }

    pub fn with_policy(
        policy: RoomPolicy,
        suite: Suite,
        founder: &Person,
        others: &[&Person],
    ) -> Self {
        let register = Register::default();
        for person in others.iter().copied().chain([founder]) {
            register.set(person, Standing::Valid(person.device.leaf_key()));
        }
        let hub_key = HubKey::from_secret(&[200; 32]);
        let member = Member::new(
            &founder.device,
            &founder.store,
            &founder.random,
            &register,
            START,
        );
        let room = member
            .create(ROOM, &policy, &hub_key.public(), suite)
            .unwrap();
        let (info, tree) = (room.group_info().unwrap(), room.tree().unwrap());
        let hub = HubRoom::open(
            ROOM,
            &info,
            &tree,
            founder.device.identity(),
            &hub_key.public(),
            &register,
            START,
        )
        .unwrap();
        drop(room);
        let mut stage = Self {
            register,
            hub,
            hub_key,
            now: START,
            suite,
        };
        stage.add(founder, others, &[]);
        stage
    }

    /// Makes a room with somebody alone in it, or tells which rule refuses it.
    pub fn create(who: &Person, policy: &RoomPolicy, suite: Suite) -> Result<(), Breach> {
        let register = Register::default();
        register.set(who, Standing::Valid(who.device.leaf_key()));
        let (store, key) = (Memory::default(), HubKey::from_secret(&[200; 32]));
        let member = Member::new(&who.device, &store, &who.random, &register, START);
        match member.create(ROOM, policy, &key.public(), suite) {
            Ok(_) => Ok(()),
            Err(Error::Refused(Refusal::Breach(breach))) => Err(breach),
            Err(other) => panic!("{other}"),
        }
    }

    pub fn member<'a>(&'a self, person: &'a Person) -> Member<'a> {
        let member = Member::new(
            &person.device,
            &person.store,
            &person.random,
            &self.register,
            self.now,
        );
        Member {
            rules: person.rules,
            ..member
        }
    }

    pub fn room<'a>(&'a self, person: &'a Person) -> Room<'a> {
        self.member(person).load(ROOM).unwrap().unwrap()
    }

    pub fn package(&self, person: &Person) -> Vec<u8> {
        self.member(person).key_package(self.suite, false).unwrap()
    }

    /// Adds people by one commit and lets them join; `present` follow it.
    pub fn add(&mut self, committer: &Person, people: &[&Person], present: &[&Person]) {
        if people.is_empty() {
            return;
        }
        let add = people.iter().map(|person| self.package(person)).collect();
        let pending = self
            .commit(
                committer,
                Change {
                    add,
                    ..Change::default()
                },
                present,
            )
            .unwrap();
        for person in people {
            self.join(person, &pending).unwrap();
        }
    }

    pub fn join(&self, person: &Person, pending: &PendingCommit) -> Result<(), Error> {
        self.member(person)
            .open_welcome(pending.welcome.as_ref().unwrap(), false)?
            .join()
            .map(|_| ())
    }

    /// Makes a commit, lets the hub take it, and lets everybody present process it from the log.
    pub fn commit(
        &mut self,
        committer: &Person,
        change: Change,
        present: &[&Person],
    ) -> Result<PendingCommit, Error> {
        let pending = self.room(committer).commit(change)?;
        self.take(committer, &pending).unwrap();
        for person in present.iter().copied().chain([committer]) {
            self.process(person, EventKind::Commit, &pending.commit)
                .unwrap();
        }
        Ok(pending)
    }

    pub fn take(&mut self, from: &Person, pending: &PendingCommit) -> Result<Accepted, Refused> {
        let upload = CommitIn {
            commit: &pending.commit,
            group_info: &pending.group_info,
            welcome: pending.welcome.as_deref(),
        };
        self.hub
            .check_commit(upload, from.device.identity(), &self.register, self.now)
    }

    pub fn take_proposal(
        &mut self,
        from: &Person,
        proposal: &[u8],
    ) -> Result<AcceptedProposal, Refused> {
        self.hub
            .check_proposal(proposal, from.device.identity(), &self.register, self.now)
    }

    pub fn process(
        &self,
        person: &Person,
        kind: EventKind,
        body: &[u8],
    ) -> Result<Processed, Error> {
        self.room(person).process(kind, body)
    }

    /// Sends a text and checks that all the others can read it.
    pub fn say(&self, from: &Person, to: &[&Person], text: &[u8]) {
        let message = self.room(from).encrypt(text, b"aad").unwrap();
        self.hub.check_message(&message).unwrap();
        for person in to {
            let Processed::Message {
                sender,
                plaintext,
                aad,
                may_post,
                ..
            } = self.process(person, EventKind::Message, &message).unwrap()
            else {
                panic!("not a message")
            };
            assert_eq!(
                (sender, &plaintext[..], &aad[..], may_post),
                (from.identity(), text, &b"aad"[..], true)
            );
        }
    }

    /// Checks that people and hub hold the same state.
    pub fn agree(&self, people: &[&Person]) {
        let first = self.room(people[0]);
        for person in people {
            let room = self.room(person);
            assert_eq!(room.epoch_authenticator(), first.epoch_authenticator());
            assert_eq!(room.view().unwrap(), self.hub.view());
            assert_eq!(room.epoch(), self.hub.epoch());
        }
    }
}

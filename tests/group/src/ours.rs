//! Our side: rooms with all their rules, over a store in memory.

use crate::side::Side;
use anyhow::{Context, Result, bail};
use std::collections::HashMap;
use valise_mls::{
    Change, Device, HubKey, Member, Memory, PendingCommit, Processed, Random, Room, Standing,
    Suite, rules,
};
use valise_wire::policy::{LeafIdentity, RoomKind, RoomPolicy};
use valise_wire::push::EventKind;
use valise_wire::{AccountId, DeviceId, OrganisationId, RoomId, Timestamp};

const NOW: Timestamp = Timestamp(1_900_000_000_000);

/// Devices, and what everybody knows of them.
pub struct World {
    founder: Person,
    readers: Vec<Person>,
    /// Key packages of everybody but the founder.
    packages: Vec<Vec<u8>>,
    register: Register,
    suite: Suite,
}

struct Person {
    device: Device,
    store: Memory,
    random: Random,
}

#[derive(Default)]
struct Register(HashMap<DeviceId, [u8; 32]>);

impl rules::Directory for Register {
    fn standing(&self, leaf: &LeafIdentity) -> Standing {
        let known = self.0.get(&leaf.device).copied();
        known.map_or(Standing::Unknown, Standing::Valid)
    }

    fn is_ended(&self, _: &AccountId) -> bool {
        false
    }
}

impl Person {
    fn new(number: u32) -> Self {
        let mut id = [0; 16];
        id[..4].copy_from_slice(&number.to_be_bytes());
        let identity = LeafIdentity {
            account: AccountId(id),
            device: DeviceId(id),
        };
        let mut seed = [5; 32];
        seed[..16].copy_from_slice(&id);
        let random = Random::from_seed(seed);
        Self {
            device: Device::generate(identity, &random),
            store: Memory::default(),
            random,
        }
    }

    fn at_work<'a>(&'a self, register: &'a Register) -> Member<'a> {
        Member::new(&self.device, &self.store, &self.random, register, NOW)
    }
}

impl World {
    /// Makes so many devices, with key packages of all but the founder; the first of them are readers.
    pub fn new(devices: usize, readers: usize, suite: Suite) -> Result<Self> {
        let mut world = Self {
            founder: Person::new(0),
            readers: Vec::new(),
            packages: Vec::new(),
            register: Register::default(),
            suite,
        };
        world.know(0);
        for number in 1..devices as u32 {
            let person = Person::new(number);
            let package = person.at_work(&world.register).key_package(suite, false)?;
            world.packages.push(package);
            world.know(number);
            if world.readers.len() < readers {
                world.readers.push(person);
            }
        }
        Ok(world)
    }

    fn know(&mut self, number: u32) {
        let device = Person::new(number).device;
        let id = device.identity().device;
        self.register.0.insert(id, device.leaf_key());
    }

    /// Brings the devices to work.
    pub fn side(&self) -> Ours<'_> {
        Ours {
            world: self,
            made: 0,
            founder: None,
            readers: self.readers.iter().map(|_| None).collect(),
            pending: None,
            message: Vec::new(),
        }
    }
}

/// The devices' rooms.
pub struct Ours<'a> {
    world: &'a World,
    made: u8,
    founder: Option<Room<'a>>,
    readers: Vec<Option<Room<'a>>>,
    pending: Option<PendingCommit>,
    message: Vec<u8>,
}

impl<'a> Ours<'a> {
    fn founder(&mut self) -> Result<&mut Room<'a>> {
        self.founder.as_mut().context("there is no group")
    }

    fn reader(&mut self, reader: usize) -> Result<&mut Room<'a>> {
        self.readers[reader]
            .as_mut()
            .context("the reader has not joined")
    }

    fn pending(&self) -> Result<&PendingCommit> {
        self.pending.as_ref().context("there is no commit")
    }
}

impl Side for Ours<'_> {
    fn create(&mut self) -> Result<()> {
        self.made += 1;
        let world = self.world;
        let policy = RoomPolicy {
            kind: RoomKind::Group,
            organisation: OrganisationId([9; 32]),
            owners: vec![world.founder.device.identity().account],
            protocol_floor: 1,
            links: Vec::new(),
            residency: Vec::new(),
        };
        let hub = HubKey::from_secret(&[9; 32]).public();
        let member = world.founder.at_work(&world.register);
        let room = member.create(RoomId([self.made; 16]), &policy, &hub, world.suite)?;
        self.founder = Some(room);
        Ok(())
    }

    fn add_everybody(&mut self) -> Result<()> {
        let change = Change {
            add: self.world.packages.clone(),
            ..Change::default()
        };
        self.pending = Some(self.founder()?.commit(change)?);
        Ok(())
    }

    fn commit(&mut self) -> Result<()> {
        self.pending = Some(self.founder()?.commit(Change::default())?);
        Ok(())
    }

    fn confirm(&mut self) -> Result<()> {
        self.founder()?.confirm_commit()?;
        Ok(())
    }

    fn join(&mut self, reader: usize) -> Result<()> {
        let welcome = self.pending()?.welcome.as_ref();
        let welcome = welcome.context("nobody was welcomed")?;
        let member = self.world.readers[reader].at_work(&self.world.register);
        self.readers[reader] = Some(member.open_welcome(welcome, false)?.join()?);
        Ok(())
    }

    fn process(&mut self, reader: usize) -> Result<()> {
        let commit = self.pending()?.commit.clone();
        match self.reader(reader)?.process(EventKind::Commit, &commit)? {
            Processed::Change(_) => Ok(()),
            _ => bail!("a commit is something else"),
        }
    }

    fn encrypt(&mut self, content: &[u8]) -> Result<()> {
        self.message = self.founder()?.encrypt(content, b"")?;
        Ok(())
    }

    fn decrypt(&mut self, reader: usize) -> Result<Vec<u8>> {
        let message = std::mem::take(&mut self.message);
        match self.reader(reader)?.process(EventKind::Message, &message)? {
            Processed::Message { plaintext, .. } => Ok(plaintext),
            _ => bail!("a message is something else"),
        }
    }

    fn epoch(&self, reader: Option<usize>) -> Result<Vec<u8>> {
        let room = match reader {
            None => self.founder.as_ref(),
            Some(reader) => self.readers[reader].as_ref(),
        };
        Ok(room.context("not in the group")?.epoch_authenticator())
    }
}

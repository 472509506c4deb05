//! The loop: what happens next, and to whom.

use super::channel::Channel;
use super::clock::SimClock;
use super::happening::Happening;
use super::lines::Lines;
use super::network::Network;
use super::person::{Person, Who};
use super::saboteur::{Honest, Saboteur};
use super::server::{DOMAIN, SimServer};
use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use valise_client::{Client, Guards, Input, Sight};
use valise_server::service::Protections;
use valise_server::timestamps::Source;
use valise_wire::Timestamp;

/// When every world begins: an ordinary morning.
const BEGINNING: Timestamp = Timestamp(1_790_000_000_000);

/// How often servers look what they have for each other when nobody says otherwise, in virtual milliseconds.
const RELAY_MS: u64 = 200;

/// Most happenings in one call of [`World::advance`]: more means that two sides talk without end.
const MOST_HAPPENINGS: usize = 2_000_000;

/// A server, people, and a line between them.
pub struct World {
    /// The virtual clock.
    pub now: Timestamp,
    /// How bad the line is.
    pub network: Network,
    /// What the clients of people who come guard.
    pub guards: Guards,
    /// The real service.
    pub server: SimServer,
    /// Servers of further organisations.
    pub others: Vec<SimServer>,
    /// The lines between servers.
    pub lines: Lines,
    /// How often servers look what they have for each other, in virtual milliseconds.
    pub relay_ms: u64,
    /// Who stands between the service and the line.
    pub saboteur: Box<dyn Saboteur>,
    pub(super) people: Vec<Person>,
    pub(super) random: ChaCha8Rng,
    pub(super) next_number: u64,
    pub(super) queue: BTreeMap<(Timestamp, u64), Happening>,
    pub(super) trace: Sha256,
    timestamps: Source,
    number: u64,
}

impl World {
    /// Makes a world with an unfounded server and nobody in it.
    pub fn new(seed: u64) -> Self {
        Self::with(seed, Protections::default())
    }

    /// Makes a world whose servers give timestamps.
    pub fn stamping(seed: u64) -> Self {
        Self::made(seed, Protections::default(), Source::Own)
    }

    /// Makes a world whose server ends TLS by the certificate [`super::OWN`].
    pub fn certified(seed: u64) -> Self {
        let mut world = Self::new(seed);
        let seed = world.random.next_u64();
        world.server = SimServer::certified(seed, DOMAIN, &world.lines);
        world
    }

    /// Makes a world whose service leaves some things unchecked: a server that works together with a member.
    pub fn with(seed: u64, protections: Protections) -> Self {
        Self::made(seed, protections, Source::Nobody)
    }

    fn made(seed: u64, protections: Protections, timestamps: Source) -> Self {
        static WORLDS: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let lines = Lines::default();
        let server = SimServer::new(
            random.next_u64(),
            DOMAIN,
            &lines,
            protections,
            timestamps.clone(),
        );
        lines.set_now(BEGINNING);
        Self {
            now: BEGINNING,
            network: Network::GOOD,
            guards: Guards::ALL,
            server,
            others: Vec::new(),
            lines,
            relay_ms: RELAY_MS,
            saboteur: Box::new(Honest),
            people: Vec::new(),
            random,
            next_number: 1,
            queue: BTreeMap::new(),
            trace: Sha256::new(),
            timestamps,
            number: WORLDS.fetch_add(1, std::sync::atomic::Ordering::Relaxed),
        }
    }

    /// Makes a server of another organisation, which nobody has founded. Returns its number.
    pub fn add_server(&mut self, domain: &str) -> usize {
        let seed = self.random.next_u64();
        let (all, timestamps) = (Protections::default(), self.timestamps.clone());
        let server = SimServer::new(seed, domain, &self.lines, all, timestamps);
        self.put_server(server)
    }

    /// Makes one whose store lies in a file, so that it can be set back.
    pub fn add_server_on_disk(&mut self, domain: &str) -> usize {
        let (seed, timestamps) = (self.random.next_u64(), self.timestamps.clone());
        let server = SimServer::on_disk(seed, domain, &self.lines, timestamps);
        self.put_server(server)
    }

    fn put_server(&mut self, server: SimServer) -> usize {
        self.others.push(server);
        if self.others.len() == 1 {
            self.after(self.relay_ms, Happening::Relay);
        }
        self.others.len()
    }

    /// Returns a server: 0 is the first.
    pub fn server_at(&mut self, number: usize) -> &mut SimServer {
        match number.checked_sub(1) {
            Some(other) => &mut self.others[other],
            None => &mut self.server,
        }
    }

    /// Lets everybody's server lose all files.
    pub fn lose_files(&mut self) {
        for who in self.everybody() {
            self.server_of(who).lose_files();
        }
    }

    pub(super) fn server_of(&mut self, who: Who) -> &mut SimServer {
        self.server_at(self.people[who.0].server)
    }

    /// Lets the servers carry to each other what they have.
    pub(super) fn relay(&mut self) {
        if self.others.is_empty() {
            return;
        }
        self.lines.set_now(self.now);
        self.server.relay(self.now);
        for other in &self.others {
            other.relay(self.now);
        }
    }

    /// Puts somebody with an empty device into the world.
    pub fn person(&mut self, name: &'static str) -> Who {
        self.person_at(0, name)
    }

    /// Puts somebody with an empty device into the world, who uses that server.
    pub fn person_at(&mut self, server: usize, name: &'static str) -> Who {
        let who = Who(self.people.len());
        let mut person = Person::new(name, self.number, who.0);
        person.guards = self.guards;
        person.server = server;
        self.people.push(person);
        self.start(who);
        who
    }

    /// Returns a person.
    pub fn of(&self, who: Who) -> &Person {
        &self.people[who.0]
    }

    /// Returns everybody.
    pub fn everybody(&self) -> Vec<Who> {
        (0..self.people.len()).map(Who).collect()
    }

    /// Returns a digest of everything that happened so far.
    pub fn trace(&self) -> [u8; 32] {
        self.trace.clone().finalize().into()
    }

    /// Starts somebody's client over its store.
    pub fn start(&mut self, who: Who) {
        let mut seed = [0; 32];
        self.random.fill_bytes(&mut seed);
        let now = self.people[who.0].clock.shows(self.now);
        let person = &mut self.people[who.0];
        person.incarnation += 1;
        let store = person.open_store();
        person.channel = person.channel.take().map(Channel::started_again);
        let sight = match person.channel {
            Some(_) => Sight::Certificates,
            None => Sight::Nothing,
        };
        let client = Client::open_with(store, seed, now, person.guards, sight);
        person.client = Some(client.expect("a store that was closed opens again"));
        self.pump(who);
    }

    /// Ends somebody's client as a power cut would: nothing is said and nothing is finished.
    pub fn crash(&mut self, who: Who) {
        let person = &mut self.people[who.0];
        person.client = None;
        person.incarnation += 1;
        person.wake = None;
        person.shown.clear();
        if let Some(socket) = person.socket.take() {
            self.server_of(who).disconnect(socket.number);
        }
    }

    /// Starts somebody's client again with other guards.
    pub fn guard(&mut self, who: Who, guards: Guards) {
        self.crash(who);
        self.people[who.0].guards = guards;
        self.start(who);
        self.advance(2_000);
    }

    /// Gives somebody's device another clock; the device learns of it when it does something next.
    pub fn set_clock(&mut self, who: Who, clock: SimClock) {
        self.people[who.0].clock = clock;
    }

    /// Takes somebody's network away, or gives it back.
    pub fn set_online(&mut self, who: Who, online: bool) {
        let person = &mut self.people[who.0];
        person.online = online;
        if !online && person.socket.is_some() {
            let incarnation = person.incarnation;
            self.after(
                0,
                Happening::Closed {
                    to: who,
                    incarnation,
                },
            );
        }
        self.give(who, Input::Online(online));
    }

    /// Restarts the server: connections break, sessions are forgotten, what was durable stays.
    pub fn restart_server(&mut self) {
        self.server.restart();
        for who in self.everybody() {
            self.hangs_up(who);
        }
    }

    /// Ends a server's process and starts another one over the same store, to which `meanwhile` (SQL) was done.
    pub fn start_server_anew(&mut self, number: usize, meanwhile: &str) {
        let now = self.now;
        self.server_at(number).start_anew(meanwhile, now);
        self.hang_up(number);
    }

    /// Sets a server back to its copy: connections break, and everything since then is forgotten.
    pub fn restore_server(&mut self, number: usize) {
        let now = self.now;
        self.server_at(number).restore(now);
        self.hang_up(number);
    }

    /// Ends the connections of everybody who uses a server.
    fn hang_up(&mut self, number: usize) {
        for who in self.everybody() {
            if self.people[who.0].server == number {
                self.hangs_up(who);
            }
        }
    }

    fn hangs_up(&mut self, who: Who) {
        let incarnation = self.people[who.0].incarnation;
        let closed = Happening::Closed {
            to: who,
            incarnation,
        };
        self.after(0, closed);
    }

    /// Lets time pass, doing everything that happens meanwhile.
    pub fn advance(&mut self, milliseconds: u64) {
        let end = self.now.plus_millis(milliseconds);
        for _ in 0..MOST_HAPPENINGS {
            self.collect_pushes();
            let Some(entry) = self
                .queue
                .first_entry()
                .filter(|entry| entry.key().0 <= end)
            else {
                self.now = end;
                return;
            };
            let ((at, _), happening) = entry.remove_entry();
            self.now = self.now.max(at);
            self.lines.set_now(self.now);
            self.happen(happening);
        }
        panic!("the world does not come to rest");
    }

    /// Lets enough time pass for everything to come to rest on a line that is good.
    pub fn settle(&mut self) {
        self.advance(120_000);
    }

    /// Feeds somebody's client, and does what it asks for.
    pub fn give(&mut self, who: Who, input: Input) {
        let now = self.people[who.0].clock.shows(self.now);
        let person = &mut self.people[who.0];
        let Some(client) = &mut person.client else {
            return;
        };
        if let Err(error) = client.handle(input, now) {
            person.errors.push(error.to_string());
        }
        self.pump(who);
    }

    pub(super) fn after(&mut self, milliseconds: u64, happening: Happening) {
        let at = self.now.plus_millis(milliseconds);
        self.at(at, happening);
    }

    pub(super) fn at(&mut self, at: Timestamp, happening: Happening) {
        self.next_number += 1;
        self.queue.insert((at, self.next_number), happening);
    }

    fn pump(&mut self, who: Who) {
        while let Some(output) = self.people[who.0].client.as_mut().and_then(Client::poll) {
            self.do_output(who, output);
        }
    }
}

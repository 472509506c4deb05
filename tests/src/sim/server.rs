//! The real service, without sockets.

use super::blobs::Blobs;
use super::channel::OWN;
use super::clock::SimClock;
use super::lines::Lines;
use futures_executor::block_on;
use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fs;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use valise_client::{HttpReply, HttpRequest};
use valise_directory::link::SetupLink;
use valise_mls::HubKey;
use valise_server::Service;
use valise_server::fanout::Pushes;
use valise_server::limits::Limits;
use valise_server::partners::{Bounds, relay};
use valise_server::service::{Caller, Entropy, Protections, Settings};
use valise_server::store::{SqliteStore, renew_generation};
use valise_server::timestamps::Source;
use valise_server::tls::Shown;
use valise_wire::frame::ServerFrame;
use valise_wire::push::{Push, Reason};
use valise_wire::request::{Reply, Request};
use valise_wire::{Problem, ProblemCode, Timestamp, from_bytes};

/// Domain of the first organisation.
pub const DOMAIN: &str = "office.example";

/// The real service over a store in memory, or in a file of which copies can be put back, with the connections that stand.
pub struct SimServer {
    service: Arc<Service<SqliteStore>>,
    plan: Plan,
    disk: Option<Disk>,
    /// What the server's clock shows.
    pub clock: SimClock,
    connections: BTreeMap<u64, Pushes>,
    blobs: Blobs,
    setup_link: String,
    origin: String,
}

impl SimServer {
    /// Makes a server of a domain that nobody has founded.
    pub fn new(
        seed: u64,
        domain: &str,
        lines: &Lines,
        protections: Protections,
        timestamps: Source,
    ) -> Self {
        let plan = Plan::new(seed, domain, lines, protections, timestamps);
        let mut generation = [0; 16];
        (plan.entropy)(&mut generation);
        let store = SqliteStore::in_memory(generation).expect("a store in memory opens");
        Self::over(plan, store, None)
    }

    /// Makes one that ends TLS.
    pub fn certified(seed: u64, domain: &str, lines: &Lines) -> Self {
        let all = Protections::default();
        let plan = Plan {
            origin: format!("https://{domain}"),
            shown: Arc::new(Shown::naming([OWN])),
            ..Plan::new(seed, domain, lines, all, Source::Nobody)
        };
        let mut generation = [0; 16];
        (plan.entropy)(&mut generation);
        let store = SqliteStore::in_memory(generation).expect("a store in memory opens");
        Self::over(plan, store, None)
    }

    /// Makes one whose store lies in a file.
    pub fn on_disk(seed: u64, domain: &str, lines: &Lines, timestamps: Source) -> Self {
        let plan = Plan::new(seed, domain, lines, Protections::default(), timestamps);
        let mut generation = [0; 16];
        (plan.entropy)(&mut generation);
        let disk = Disk::new();
        let store = SqliteStore::open(&disk.database(), generation).expect("a new store opens");
        Self::over(plan, store, Some(disk))
    }

    /// Copies the store as it is, as `valise admin backup` does.
    ///
    /// # Panics
    /// If it does not lie in a file.
    pub fn back_up(&mut self) {
        let disk = self.disk.as_ref().expect("a store in a file");
        let copy = disk.copy().to_string_lossy().into_owned();
        let database = Connection::open(disk.database()).expect("the store opens");
        let copied = database.execute("VACUUM INTO ?1", [copy]);
        copied.expect("a store can be copied");
    }

    /// Goes on with the copy, as `valise admin restore` has it done: everything since then is forgotten.
    ///
    /// # Panics
    /// If there is none.
    pub fn restore(&mut self, now: Timestamp) {
        self.restart();
        let disk = self.disk.take().expect("a store in a file");
        let next = Disk::new();
        fs::copy(disk.copy(), next.database()).expect("there is a copy");
        let mut generation = [0; 16];
        (self.plan.entropy)(&mut generation);
        renew_generation(&next.database(), generation).expect("the copy opens");
        let store = SqliteStore::open(&next.database(), generation).expect("the copy opens");
        self.service = self.plan.open(store, now);
        self.disk = Some(next);
    }

    /// Is started again with other bounds of what one partner may have.
    ///
    /// # Panics
    /// If the store does not lie in a file.
    pub fn set_bounds(&mut self, bounds: Bounds, now: Timestamp) {
        self.plan.bounds = bounds;
        self.start_anew("", now);
    }

    /// Ends the process and starts another one over the same store, to which `meanwhile` was done: what was in memory alone is gone.
    ///
    /// # Panics
    /// If the store does not lie in a file, or is none afterwards.
    pub fn start_anew(&mut self, meanwhile: &str, now: Timestamp) {
        self.restart();
        let database = self.disk.as_ref().expect("a store in a file").database();
        let opened = Connection::open(&database).expect("the store opens");
        opened.execute_batch(meanwhile).expect("it can be done");
        // Its generation stands in it already.
        let store = SqliteStore::open(&database, [0; 16]).expect("the store opens");
        self.service = self.plan.open(store, self.clock.shows(now));
    }

    fn over(plan: Plan, store: SqliteStore, disk: Option<Disk>) -> Self {
        let service = plan.open(store, Timestamp(0));
        let code = block_on(service.renew_setup_code())
            .expect("the store works")
            .expect("nobody has founded it");
        let origin = plan.origin.clone();
        let setup_link = SetupLink {
            origin: origin.clone(),
            code,
        }
        .to_url();
        Self {
            service,
            plan,
            disk,
            clock: SimClock::default(),
            connections: BTreeMap::new(),
            blobs: Blobs::default(),
            setup_link,
            origin,
        }
    }

    /// Returns the server's address.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Tells whether it is the server of this organisation.
    pub fn is(&self, organisation: &str) -> bool {
        let id = self.service.organisation_id();
        id.is_some_and(|id| id.to_string() == organisation)
    }

    /// Loses all files.
    pub fn lose_files(&mut self) {
        self.blobs = Blobs::default();
    }

    /// Answers a request for a part of a file that another server has asked for.
    pub fn file(&mut self, request: &HttpRequest) -> HttpReply {
        self.blobs.answer(request)
    }

    /// Carries to other servers what they are to get.
    pub fn relay(&self, now: Timestamp) {
        block_on(relay(&self.service, self.clock.shows(now)));
    }

    /// Returns the link with which the organisation is founded.
    pub fn setup_link(&self) -> String {
        self.setup_link.clone()
    }

    /// Answers a request as the HTTP part would.
    pub fn call(
        &self,
        token: Option<[u8; 32]>,
        request: Request,
        now: Timestamp,
    ) -> Result<Reply, Problem> {
        let now = self.clock.shows(now);
        let caller = match token {
            Some(token) if !request.is_public() => self
                .service
                .authenticate(&token, now)
                .ok_or_else(|| Problem::new(ProblemCode::Unauthenticated))?
                .caller(),
            _ => Caller::Anonymous {
                address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            },
        };
        block_on(self.service.call(&caller, request, now))
    }

    /// Opens a connection.
    pub fn connect(&mut self, number: u64, token: [u8; 32], now: Timestamp) -> Result<(), Problem> {
        let now = self.clock.shows(now);
        let refused = || Problem::new(ProblemCode::Unauthenticated);
        let caller = self
            .service
            .authenticate(&token, now)
            .ok_or_else(refused)?
            .caller();
        self.connections.insert(
            number,
            self.service.connect(&caller, now).ok_or_else(refused)?,
        );
        Ok(())
    }

    /// Ends a connection.
    pub fn disconnect(&mut self, number: u64) {
        self.connections.remove(&number);
    }

    /// Breaks all connections, as a restart does.
    pub fn restart(&mut self) {
        self.service.close_all(Reason::Restart);
        self.connections.clear();
    }

    /// Takes what the service pushed, in the order of each connection.
    pub fn take_pushes(&mut self) -> Vec<(u64, Push)> {
        let mut taken = Vec::new();
        for (number, pushes) in &mut self.connections {
            while let Some(frame) = pushes.try_next() {
                match from_bytes(&frame) {
                    Ok(ServerFrame::Push(push)) => taken.push((*number, push)),
                    other => panic!("the service pushed {other:?}"),
                }
            }
        }
        taken
    }

    /// Answers a request for a part of a file.
    pub fn http(&mut self, request: &HttpRequest, now: Timestamp) -> HttpReply {
        let token = request
            .headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        let token = token
            .and_then(|(_, value)| value.strip_prefix("Bearer "))
            .and_then(parse_token);
        let now = self.clock.shows(now);
        match token.and_then(|token| self.service.authenticate(&token, now)) {
            Some(_) => self.blobs.answer(request),
            None => HttpReply {
                status: 401,
                headers: Vec::new(),
                body: Vec::new(),
            },
        }
    }
}

/// What a server is made with, whenever it starts.
struct Plan {
    domain: String,
    origin: String,
    entropy: Entropy,
    hub_key: [u8; 32],
    protections: Protections,
    timestamps: Source,
    lines: Lines,
    shown: Arc<Shown>,
    bounds: Bounds,
}

impl Plan {
    fn new(
        seed: u64,
        domain: &str,
        lines: &Lines,
        protections: Protections,
        timestamps: Source,
    ) -> Self {
        let random = Mutex::new(ChaCha8Rng::seed_from_u64(seed));
        let entropy: Entropy = Arc::new(move |bytes| {
            random
                .lock()
                .expect("nobody panics with it")
                .fill_bytes(bytes)
        });
        let mut hub_key = [0; 32];
        entropy(&mut hub_key);
        Self {
            domain: domain.to_owned(),
            origin: format!("http://{domain}"),
            entropy,
            hub_key,
            protections,
            timestamps,
            lines: lines.clone(),
            shown: Arc::default(),
            bounds: Bounds::default(),
        }
    }

    fn open(&self, store: SqliteStore, now: Timestamp) -> Arc<Service<SqliteStore>> {
        let mut settings = Settings::new(&self.domain, HubKey::from_secret(&self.hub_key));
        settings.limits = Limits::none();
        settings.entropy = self.entropy.clone();
        settings.protections = self.protections;
        settings.timestamps = self.timestamps.clone();
        settings.shown = Arc::clone(&self.shown);
        settings.bounds = self.bounds;
        settings.line = self.lines.line_of(&self.origin);
        let service = block_on(Service::open(store, settings, now));
        let service = Arc::new(service.expect("the store can be served"));
        self.lines.put(&self.origin, &service);
        service
    }
}

/// A folder for a store and its copy, gone with it.
struct Disk(PathBuf);

impl Disk {
    fn new() -> Self {
        static DISKS: AtomicU64 = AtomicU64::new(0);
        let number = DISKS.fetch_add(1, Ordering::Relaxed);
        let name = format!("valise-sim-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).expect("a folder can be made");
        Self(path)
    }

    fn database(&self) -> PathBuf {
        self.0.join("valise.db")
    }

    fn copy(&self) -> PathBuf {
        self.0.join("copy.db")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // What is left behind is in nobody's way.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn parse_token(text: &str) -> Option<[u8; 32]> {
    // Ids and tokens are written the same way.
    valise_wire::OrganisationId::from_hex(text).map(|id| id.0)
}

//! The loop: what happens next, and to whom.

use super::network::{Network, happens};
use super::person::{Person, Socket, Who};
use super::saboteur::{Honest, Saboteur, Verdict};
use super::server::SimServer;
use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use valise_client::{
    CacheReply, Client, Event, Failure, HttpReply, HttpRequest, Input, Output, RequestId,
};
use valise_wire::push::Push;
use valise_wire::request::{Reply, Request};
use valise_wire::{BlobId, Timestamp};

/// When every world begins: an ordinary morning.
const BEGINNING: Timestamp = Timestamp(1_790_000_000_000);

/// Most happenings in one call of [`World::advance`]: more means that two sides talk without end.
const MOST_HAPPENINGS: usize = 2_000_000;

/// What happens at some instant.
#[derive(Debug)]
enum Happening {
    /// A request arrives at the server.
    Request {
        from: Who,
        incarnation: u64,
        socket: Option<u64>,
        id: RequestId,
        token: Option<[u8; 32]>,
        request: Box<Request>,
    },
    /// An answer arrives at a client.
    Reply {
        to: Who,
        incarnation: u64,
        socket: Option<u64>,
        id: RequestId,
        result: Box<Result<Reply, Failure>>,
    },
    /// A request for a part of a file arrives at the server.
    Http {
        from: Who,
        incarnation: u64,
        id: RequestId,
        request: Box<HttpRequest>,
    },
    /// Its answer arrives at a client.
    HttpReply {
        to: Who,
        incarnation: u64,
        id: RequestId,
        result: Result<HttpReply, Failure>,
    },
    /// A connection stands, or does not.
    Opened {
        to: Who,
        incarnation: u64,
        socket: u64,
        token: [u8; 32],
    },
    /// Something pushed arrives.
    Push {
        to: Who,
        socket: u64,
        push: Box<Push>,
    },
    /// A connection ends.
    Closed { to: Who, incarnation: u64 },
    /// A driver's own answer: files and cache.
    Local {
        to: Who,
        incarnation: u64,
        input: Box<Input>,
    },
    /// A client is woken.
    Wake { who: Who, incarnation: u64 },
}

/// A server, people, and a line between them.
pub struct World {
    /// The virtual clock.
    pub now: Timestamp,
    /// How bad the line is.
    pub network: Network,
    /// The real service.
    pub server: SimServer,
    /// Who stands between the service and the line.
    pub saboteur: Box<dyn Saboteur>,
    pub(super) people: Vec<Person>,
    pub(super) random: ChaCha8Rng,
    pub(super) next_number: u64,
    queue: BTreeMap<(Timestamp, u64), Happening>,
    trace: Sha256,
    number: u64,
}

impl World {
    /// Makes a world with an unfounded server and nobody in it.
    pub fn new(seed: u64) -> Self {
        static WORLDS: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let server = SimServer::new(random.next_u64());
        Self {
            now: BEGINNING,
            network: Network::GOOD,
            server,
            saboteur: Box::new(Honest),
            people: Vec::new(),
            random,
            next_number: 1,
            queue: BTreeMap::new(),
            trace: Sha256::new(),
            number: WORLDS.fetch_add(1, std::sync::atomic::Ordering::Relaxed),
        }
    }

    /// Puts somebody with an empty device into the world.
    pub fn person(&mut self, name: &'static str) -> Who {
        let who = Who(self.people.len());
        self.people.push(Person::new(name, self.number, who.0));
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
        let now = self.now;
        let person = &mut self.people[who.0];
        person.incarnation += 1;
        let store = person.open_store();
        person.client =
            Some(Client::open(store, seed, now).expect("a store that was closed opens again"));
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
            self.server.disconnect(socket.number);
        }
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
            let incarnation = self.people[who.0].incarnation;
            self.after(
                0,
                Happening::Closed {
                    to: who,
                    incarnation,
                },
            );
        }
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
        let now = self.now;
        let person = &mut self.people[who.0];
        let Some(client) = &mut person.client else {
            return;
        };
        if let Err(error) = client.handle(input, now) {
            person.errors.push(error.to_string());
        }
        self.pump(who);
    }

    fn after(&mut self, milliseconds: u64, happening: Happening) {
        let at = self.now.plus_millis(milliseconds);
        self.at(at, happening);
    }

    fn at(&mut self, at: Timestamp, happening: Happening) {
        self.next_number += 1;
        self.queue.insert((at, self.next_number), happening);
    }

    fn pump(&mut self, who: Who) {
        while let Some(output) = self.people[who.0].client.as_mut().and_then(Client::poll) {
            self.do_output(who, output);
        }
    }

    fn do_output(&mut self, who: Who, output: Output) {
        let incarnation = self.people[who.0].incarnation;
        match output {
            Output::Send {
                id, token, request, ..
            } => self.send(who, incarnation, id, token, request),
            Output::OpenSocket { token, .. } => self.open_socket(who, incarnation, token),
            Output::CloseSocket => {
                if let Some(socket) = self.people[who.0].socket.take() {
                    self.server.disconnect(socket.number);
                }
            }
            Output::Http { id, request } => self.send_http(who, incarnation, id, request),
            Output::ReadFile {
                id,
                handle,
                offset,
                length,
            } => {
                let result = self.people[who.0].slice(handle, offset, length);
                self.local(who, incarnation, Input::FileSlice { id, result });
            }
            Output::CacheWrite {
                id,
                blob,
                offset,
                bytes,
            } => {
                let result = self.people[who.0].cache_write(blob, offset, &bytes);
                self.local(who, incarnation, Input::Cached { id, result });
            }
            Output::CacheRead {
                id,
                blob,
                offset,
                length,
            } => {
                let result = self.people[who.0].cache_read(blob, offset, length);
                self.local(who, incarnation, Input::Cached { id, result });
            }
            Output::CacheDrop { blob } => drop(self.people[who.0].cache.remove(&blob)),
            Output::Erase => self.people[who.0].cache.clear(),
            Output::Notify(event) => self.people[who.0].notify(event),
            Output::Wake(at) => {
                self.people[who.0].wake = Some(at);
                self.at(at.max(self.now), Happening::Wake { who, incarnation });
            }
        }
    }

    fn local(&mut self, to: Who, incarnation: u64, input: Input) {
        self.after(
            1,
            Happening::Local {
                to,
                incarnation,
                input: Box::new(input),
            },
        );
    }

    fn send(
        &mut self,
        from: Who,
        incarnation: u64,
        id: RequestId,
        token: Option<[u8; 32]>,
        request: Request,
    ) {
        let delay = self.network.delay(&mut self.random);
        let now = self.now;
        let socket = self.people[from.0]
            .socket
            .as_mut()
            .filter(|_| !request.is_bulky() && !request.is_public());
        let (socket, at) = match socket {
            Some(socket) => {
                socket.to_server = socket.to_server.max(now.plus_millis(delay));
                (Some(socket.number), socket.to_server)
            }
            None => (None, now.plus_millis(delay)),
        };
        if socket.is_some() {
            self.people[from.0].awaited.insert(id);
        } else if !self.people[from.0].online
            || happens(&mut self.random, self.network.request_lost)
        {
            let result = Box::new(Err(Failure::Network));
            return self.after(
                10_000,
                Happening::Reply {
                    to: from,
                    incarnation,
                    socket: None,
                    id,
                    result,
                },
            );
        }
        if socket.is_none() && happens(&mut self.random, self.network.request_doubled) {
            let again = Box::new(request.clone());
            // The second answer goes nowhere: its number is not awaited.
            let id = RequestId(u64::MAX);
            self.after(
                delay * 2,
                Happening::Request {
                    from,
                    incarnation,
                    socket,
                    id,
                    token,
                    request: again,
                },
            );
        }
        self.at(
            at,
            Happening::Request {
                from,
                incarnation,
                socket,
                id,
                token,
                request: Box::new(request),
            },
        );
    }

    fn send_http(&mut self, from: Who, incarnation: u64, id: RequestId, request: HttpRequest) {
        if !self.people[from.0].online || happens(&mut self.random, self.network.request_lost) {
            let result = Err(Failure::Network);
            return self.after(
                10_000,
                Happening::HttpReply {
                    to: from,
                    incarnation,
                    id,
                    result,
                },
            );
        }
        let delay = self.network.delay(&mut self.random);
        self.after(
            delay,
            Happening::Http {
                from,
                incarnation,
                id,
                request: Box::new(request),
            },
        );
    }

    fn open_socket(&mut self, to: Who, incarnation: u64, token: [u8; 32]) {
        if let Some(socket) = self.people[to.0].socket.take() {
            self.server.disconnect(socket.number);
        }
        self.next_number += 1;
        let socket = self.next_number;
        let delay = self.network.delay(&mut self.random);
        if self.people[to.0].online {
            self.after(
                delay,
                Happening::Opened {
                    to,
                    incarnation,
                    socket,
                    token,
                },
            );
        } else {
            self.after(delay, Happening::Closed { to, incarnation });
        }
    }

    fn collect_pushes(&mut self) {
        for (number, push) in self.server.take_pushes() {
            let Some(who) = self
                .everybody()
                .into_iter()
                .find(|who| self.socket_number(*who) == Some(number))
            else {
                continue;
            };
            let breaks = happens(&mut self.random, self.network.connection_breaks);
            let delay = self.network.delay(&mut self.random);
            for push in self.saboteur.push(who, push, self.now) {
                let now = self.now;
                let Some(socket) = self.people[who.0].socket.as_mut() else {
                    continue;
                };
                socket.to_client = socket.to_client.max(now.plus_millis(delay));
                let at = socket.to_client;
                self.at(
                    at,
                    Happening::Push {
                        to: who,
                        socket: number,
                        push: Box::new(push),
                    },
                );
            }
            if breaks {
                let incarnation = self.people[who.0].incarnation;
                self.after(
                    delay / 2,
                    Happening::Closed {
                        to: who,
                        incarnation,
                    },
                );
            }
        }
    }

    fn socket_number(&self, who: Who) -> Option<u64> {
        self.people[who.0]
            .socket
            .as_ref()
            .map(|socket| socket.number)
    }

    fn happen(&mut self, happening: Happening) {
        self.trace.update(self.now.0.to_be_bytes());
        match happening {
            Happening::Request {
                from,
                incarnation,
                socket,
                id,
                token,
                request,
            } => {
                self.request_arrives(from, incarnation, socket, id, token, *request);
            }
            Happening::Reply {
                to,
                incarnation,
                socket,
                id,
                result,
            } => {
                // What was on a connection that broke was failed when it broke.
                let stands = socket.is_none() || socket == self.socket_number(to);
                if self.is_running(to, incarnation) && stands {
                    self.trace.update([1, to.0 as u8]);
                    self.people[to.0].awaited.remove(&id);
                    self.give(
                        to,
                        Input::Reply {
                            id,
                            result: *result,
                        },
                    );
                }
            }
            Happening::Http {
                from,
                incarnation,
                id,
                request,
            } => {
                let mut reply = self.server.http(&request, self.now);
                reply.body = self.saboteur.file(from, reply.body);
                let lost = happens(&mut self.random, self.network.answer_lost)
                    || !self.people[from.0].online;
                let delay = self.network.delay(&mut self.random);
                let (delay, result) = if lost {
                    (10_000, Err(Failure::Network))
                } else {
                    (delay, Ok(reply))
                };
                self.after(
                    delay,
                    Happening::HttpReply {
                        to: from,
                        incarnation,
                        id,
                        result,
                    },
                );
            }
            Happening::HttpReply {
                to,
                incarnation,
                id,
                result,
            } if self.is_running(to, incarnation) => {
                self.give(to, Input::Http { id, result });
            }
            Happening::Local {
                to,
                incarnation,
                input,
            } if self.is_running(to, incarnation) => self.give(to, *input),
            Happening::Opened {
                to,
                incarnation,
                socket,
                token,
            } if self.is_running(to, incarnation) => {
                self.socket_opens(to, incarnation, socket, token);
            }
            Happening::Push { to, socket, push } if self.socket_number(to) == Some(socket) => {
                self.trace.update([2, to.0 as u8]);
                self.trace.update(shape(&push));
                self.give(to, Input::Push(*push));
            }
            Happening::Closed { to, incarnation } if self.is_running(to, incarnation) => {
                self.socket_closes(to)
            }
            Happening::Wake { who, incarnation }
                if self.is_running(who, incarnation)
                    && self.people[who.0].wake.is_some_and(|wake| wake <= self.now) =>
            {
                self.people[who.0].wake = None;
                self.give(who, Input::Tick);
            }
            _ => {}
        }
    }

    fn is_running(&self, who: Who, incarnation: u64) -> bool {
        self.people[who.0].incarnation == incarnation && self.people[who.0].client.is_some()
    }

    fn request_arrives(
        &mut self,
        from: Who,
        incarnation: u64,
        socket: Option<u64>,
        id: RequestId,
        token: Option<[u8; 32]>,
        request: Request,
    ) {
        self.trace.update([0, from.0 as u8]);
        self.trace.update(request.name());
        if socket.is_some() && socket != self.socket_number(from) {
            return;
        }
        if let Request::SignIn(sign_in) = &request {
            self.people[from.0].device = Some(sign_in.device);
        }
        let original = request.clone();
        let result = match self.saboteur.request(from, request, self.now) {
            Verdict::Pass(request) => {
                let reply = self.server.call(token, request, self.now);
                // What the request set off is told before the answer travels, as the real server does.
                self.collect_pushes();
                reply
            }
            Verdict::Answer(reply) => reply,
            Verdict::Swallow => return self.answer_never(from, incarnation, socket, id),
        };
        let result = self.saboteur.reply(from, &original, result, self.now);
        if happens(&mut self.random, self.network.answer_lost) || !self.people[from.0].online {
            return self.answer_never(from, incarnation, socket, id);
        }
        let delay = self.network.delay(&mut self.random);
        let now = self.now;
        let at = match self.people[from.0]
            .socket
            .as_mut()
            .filter(|standing| socket == Some(standing.number))
        {
            Some(standing) => {
                standing.to_client = standing.to_client.max(now.plus_millis(delay));
                standing.to_client
            }
            None => now.plus_millis(delay),
        };
        let result = Box::new(result.map_err(Failure::Problem));
        self.at(
            at,
            Happening::Reply {
                to: from,
                incarnation,
                socket,
                id,
                result,
            },
        );
    }

    /// An answer that is lost: on a connection, it is the connection that breaks.
    fn answer_never(&mut self, to: Who, incarnation: u64, socket: Option<u64>, id: RequestId) {
        if socket.is_some() {
            self.after(15_000, Happening::Closed { to, incarnation });
        } else {
            let result = Box::new(Err(Failure::Network));
            self.after(
                10_000,
                Happening::Reply {
                    to,
                    incarnation,
                    socket: None,
                    id,
                    result,
                },
            );
        }
    }

    fn socket_opens(&mut self, to: Who, _incarnation: u64, socket: u64, token: [u8; 32]) {
        if !self.people[to.0].online || self.server.connect(socket, token, self.now).is_err() {
            return self.give(to, Input::SocketClosed);
        }
        self.people[to.0].socket = Some(Socket {
            number: socket,
            to_client: self.now,
            to_server: self.now,
        });
        self.give(to, Input::SocketOpened);
    }

    fn socket_closes(&mut self, to: Who) {
        let Some(socket) = self.people[to.0].socket.take() else {
            return;
        };
        self.server.disconnect(socket.number);
        for id in std::mem::take(&mut self.people[to.0].awaited) {
            self.give(
                to,
                Input::Reply {
                    id,
                    result: Err(Failure::Network),
                },
            );
        }
        self.give(to, Input::SocketClosed);
    }
}

impl Person {
    fn notify(&mut self, event: Event) {
        match event {
            Event::Outcome { number, outcome } => drop(self.outcomes.insert(number, outcome)),
            Event::Shown { number, shown } => drop(self.shown.insert(number, shown)),
            Event::NewMessage(message) => self.notified.push(message),
        }
    }

    fn slice(&self, handle: u64, offset: u64, length: u32) -> Result<Vec<u8>, ()> {
        let file = self.files.get(&handle).ok_or(())?;
        file.get(offset as usize..offset as usize + length as usize)
            .map(<[u8]>::to_vec)
            .ok_or(())
    }

    fn cache_write(&mut self, blob: BlobId, offset: u64, bytes: &[u8]) -> CacheReply {
        let file = self.cache.entry(blob).or_default();
        let end = offset as usize + bytes.len();
        if file.len() < end {
            file.resize(end, 0);
        }
        file[offset as usize..end].copy_from_slice(bytes);
        CacheReply::Written
    }

    fn cache_read(&self, blob: BlobId, offset: u64, length: u32) -> CacheReply {
        let range = offset as usize..offset as usize + length as usize;
        match self.cache.get(&blob).and_then(|file| file.get(range)) {
            Some(bytes) => CacheReply::Read(bytes.to_vec()),
            None => CacheReply::Failed,
        }
    }
}

/// What of a push is the same in every run of one seed. Ciphertext is not: HPKE draws from the machine's own randomness.
fn shape(push: &Push) -> Vec<u8> {
    let mut shape = push.name().as_bytes().to_vec();
    if let Push::Event(told) = push {
        shape.extend(told.event.seq.to_be_bytes());
        shape.extend((told.event.body.len() as u64).to_be_bytes());
    }
    shape
}

//! Drives the client core from a terminal: network, files, clock.
//!
//! What the core asks for is done here, or by a task that reports back through a channel: the core takes one input after
//! the other.

mod cache;
mod files;
mod http;
mod socket;
mod tls;

use crate::home::Home;
use anyhow::{Context, Result};
use cache::Cache;
use files::Files;
use http::Http;
use socket::Socket;
use std::collections::{BTreeSet, VecDeque};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use valise_client::io::{Event, Failure, Input, Output, RequestId};
use valise_client::{Client, file};
use valise_views::{FileId, bringing::ExportFile, file::NewFile};
use valise_wire::Timestamp;
use valise_wire::frame::ServerFrame;
use valise_wire::request::Request;

/// Bytes of a file that are opened at once when it is saved.
const SAVE_BYTES: u64 = 1 << 20;

/// The core and everything that it needs from outside.
pub struct Driver {
    client: Client,
    home: Home,
    http: Http,
    files: Files,
    cache: Cache,
    socket: Option<Socket>,
    /// Counts connections, so that news from a former one is told from the present one's.
    connection: u64,
    /// Requests that are on the socket without an answer.
    asked: BTreeSet<RequestId>,
    /// Requests of both ways without an answer.
    outstanding: BTreeSet<RequestId>,
    wake: Option<Timestamp>,
    /// Inputs that are due as soon as the core has said all that it wants.
    due: VecDeque<Input>,
    events: VecDeque<Event>,
    sender: UnboundedSender<Arrival>,
    arrivals: UnboundedReceiver<Arrival>,
    erased: bool,
}

/// Something that a task reports.
enum Arrival {
    /// For the core as it is.
    Input(Box<Input>),
    /// A connection stands.
    Opened(u64),
    /// A connection brought something.
    Frame(u64, Box<ServerFrame>),
    /// A connection is gone.
    Closed(u64),
}

impl Driver {
    /// Opens the store in a folder and resumes what was under way.
    pub fn open(home: Home, authority: Option<&Path>) -> Result<Self> {
        let path = home.store();
        let path = path.to_str().context("the folder's name is not UTF-8")?;
        let store = valise_client::store::key::open(path, &*home.key()?)
            .context("cannot open the store")?;
        let mut seed = [0; 32];
        getrandom_04::fill(&mut seed).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
        let client = Client::open_seeing(store, seed, now()).context("cannot open the store")?;
        let (sender, arrivals) = unbounded_channel();
        let told = sender.clone();
        let tell: tls::Tell = Arc::new(move |shown| report(&told, Input::Certificate(shown)));
        let mut driver = Self {
            client,
            http: Http::new(tls::Trust::read(authority)?, tell)?,
            files: Files::default(),
            cache: Cache::new(home.cache()),
            home,
            socket: None,
            connection: 0,
            asked: BTreeSet::new(),
            outstanding: BTreeSet::new(),
            wake: None,
            due: VecDeque::new(),
            events: VecDeque::new(),
            sender,
            arrivals,
            erased: false,
        };
        driver.pump()?;
        Ok(driver)
    }

    /// Gives the core an input and does what it asks for.
    pub fn handle(&mut self, input: Input) -> Result<()> {
        if let Input::Reply { id, .. } | Input::Http { id, .. } = &input {
            self.outstanding.remove(id);
        }
        self.due.push_back(input);
        self.pump()
    }

    /// Waits for the next thing that the core tells; drives it meanwhile.
    ///
    /// May be dropped at any time without losing anything.
    pub async fn next(&mut self) -> Result<Event> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Ok(event);
            }
            self.step().await?;
        }
    }

    /// Drives the core until nothing that it asked the server is without an answer.
    pub async fn quiet(&mut self) -> Result<()> {
        while !self.outstanding.is_empty() {
            self.step().await?;
        }
        Ok(())
    }

    /// Waits for one thing to happen outside, and lets the core take it.
    async fn step(&mut self) -> Result<()> {
        let wake = self
            .wake
            .map(|at| Duration::from_millis(at.millis_since(now())));
        tokio::select! {
            arrival = self.arrivals.recv() => {
                let arrival = arrival.context("the driver lost its tasks")?;
                self.arrived(arrival)
            }
            () = tokio::time::sleep(wake.unwrap_or(Duration::MAX)), if wake.is_some() => {
                self.wake = None;
                self.handle(Input::Tick)
            }
        }
    }

    /// Lends the core a file of an export, under its path within it.
    pub fn offer(&mut self, path: &Path, within: String) -> Result<ExportFile> {
        self.files.offer(path, within)
    }

    /// Lends the core a file to send.
    pub fn lend(&mut self, path: &Path) -> Result<NewFile> {
        self.files.lend(path)
    }

    /// Writes a file that is on this device to `to`; `false` if it is not here. Like any copy it is durable when the system
    /// gets to it, and until then can be had again.
    pub fn save(&mut self, id: &FileId, to: &Path) -> Result<bool> {
        use std::io::Write;
        let Some(open) = self.client.open_file(id).context("the store failed")? else {
            return Ok(false);
        };
        let mut out = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(to)?;
        let mut start = 0;
        while start < open.size_bytes {
            let wanted = start..open.size_bytes.min(start + SAVE_BYTES);
            let cached = file::cached_range(&open, wanted.clone());
            let ciphertext = self.cache.read(
                open.blob,
                cached.start,
                (cached.end - cached.start) as usize,
            )?;
            let bytes = file::open_slice(&open, wanted.clone(), &ciphertext)
                .context("the file is damaged")?;
            out.write_all(&bytes)?;
            start = wanted.end;
        }
        Ok(true)
    }

    /// Returns why the server was out of reach, if it was.
    pub fn unreachable(&self) -> Option<String> {
        self.http.unreachable()
    }

    /// Tells whether the person signed off, so that nothing is left.
    pub fn is_erased(&self) -> bool {
        self.erased
    }

    fn arrived(&mut self, arrival: Arrival) -> Result<()> {
        match arrival {
            Arrival::Input(input) => self.handle(*input),
            Arrival::Opened(connection) if connection == self.connection => {
                self.handle(Input::SocketOpened)
            }
            Arrival::Frame(connection, frame) if connection == self.connection => {
                self.frame(*frame)
            }
            Arrival::Closed(connection) if connection == self.connection => {
                self.drop_socket();
                self.handle(Input::SocketClosed)
            }
            Arrival::Opened(_) | Arrival::Frame(..) | Arrival::Closed(_) => Ok(()),
        }
    }

    fn frame(&mut self, frame: ServerFrame) -> Result<()> {
        let (number, result) = match frame {
            ServerFrame::Push(push) => return self.handle(Input::Push(push)),
            ServerFrame::Answer(answer) => (answer.number, Ok(answer.reply)),
            ServerFrame::Refusal(refusal) => {
                (refusal.number, Err(Failure::Problem(refusal.problem)))
            }
            ServerFrame::Welcome(_) => return Ok(()),
        };
        let id = RequestId(number);
        // What nobody asked for on this connection is no answer.
        if self.asked.remove(&id) {
            self.handle(Input::Reply { id, result })
        } else {
            Ok(())
        }
    }

    fn pump(&mut self) -> Result<()> {
        loop {
            while let Some(output) = self.client.poll() {
                self.perform(output)?;
            }
            let Some(input) = self.due.pop_front().filter(|_| !self.erased) else {
                return Ok(());
            };
            self.client
                .handle(input, now())
                .context("the store failed")?;
        }
    }

    fn perform(&mut self, output: Output) -> Result<()> {
        match output {
            Output::Send {
                id,
                origin,
                token,
                request,
            } => self.send(id, origin, token, request),
            Output::Bind {
                origin,
                certificates,
            } => self.bind(origin, certificates)?,
            Output::OpenSocket { origin, token } => self.open_socket(origin, token),
            Output::CloseSocket => {
                self.connection += 1;
                self.drop_socket();
            }
            Output::Http { id, request } => {
                self.outstanding.insert(id);
                let (http, sender) = (self.http.clone(), self.sender.clone());
                tokio::spawn(async move {
                    let result = http.raw(request).await;
                    report(&sender, Input::Http { id, result });
                });
            }
            Output::ReadFile {
                id,
                handle,
                offset,
                length,
            } => {
                let result = self.files.read(handle, offset, length as usize);
                self.due.push_back(Input::FileSlice { id, result });
            }
            Output::CacheWrite {
                id,
                blob,
                offset,
                bytes,
            } => {
                let result = self.cache.write_reply(blob, offset, &bytes);
                self.due.push_back(Input::Cached { id, result });
            }
            Output::CacheRead {
                id,
                blob,
                offset,
                length,
            } => {
                let result = self.cache.read_reply(blob, offset, length as usize);
                self.due.push_back(Input::Cached { id, result });
            }
            Output::CacheDrop { blob } => self.cache.forget(blob),
            Output::Erase => {
                self.erased = true;
                self.drop_socket();
                self.home.erase()?;
            }
            Output::Notify(event) => self.events.push_back(event),
            Output::Wake(at) => self.wake = Some(at),
        }
        Ok(())
    }

    /// Keeps to what the server calls its own; a connection by anything else ends.
    fn bind(&mut self, origin: String, certificates: Option<Vec<[u8; 32]>>) -> Result<()> {
        if !self.http.bind(origin, certificates)? && self.socket.is_some() {
            self.connection += 1;
            self.drop_socket();
            self.due.push_back(Input::SocketClosed);
        }
        Ok(())
    }

    fn open_socket(&mut self, origin: String, token: [u8; 32]) {
        self.drop_socket();
        self.connection += 1;
        let Some(tls) = self.http.socket_tls(&origin) else {
            return self.due.push_back(Input::SocketClosed);
        };
        let (connection, sender) = (self.connection, self.sender.clone());
        self.socket = Some(Socket::open(tls, origin, token, connection, sender));
    }

    fn send(&mut self, id: RequestId, origin: String, token: Option<[u8; 32]>, request: Request) {
        self.outstanding.insert(id);
        let by_socket = !request.is_bulky() && !request.is_public();
        if let Some(socket) = self.socket.as_ref().filter(|_| by_socket) {
            if let Some(request) = socket.ask(id, request) {
                self.by_http(id, origin, token, request);
            } else {
                self.asked.insert(id);
            }
            return;
        }
        self.by_http(id, origin, token, request);
    }

    fn by_http(&self, id: RequestId, origin: String, token: Option<[u8; 32]>, request: Request) {
        let (http, sender) = (self.http.clone(), self.sender.clone());
        tokio::spawn(async move {
            let result = http.call(&origin, token, &request).await;
            report(&sender, Input::Reply { id, result });
        });
    }

    /// Closes the connection; what was asked on it has no answer.
    fn drop_socket(&mut self) {
        self.socket = None;
        self.outstanding.retain(|id| !self.asked.contains(id));
        let unanswered = std::mem::take(&mut self.asked).into_iter();
        self.due.extend(unanswered.map(|id| Input::Reply {
            id,
            result: Err(Failure::Network),
        }));
    }
}

fn report(sender: &UnboundedSender<Arrival>, input: Input) {
    // Nobody listens any more when the driver is gone, and then nobody needs to.
    let _ = sender.send(Arrival::Input(Box::new(input)));
}

/// Returns the machine's clock.
pub fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

//! A whole client at a real server: its store on the disk, its socket, its clock. It moves no files.

use anyhow::{Context, Result, bail};
use std::collections::{BTreeSet, VecDeque};
use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::path::Path;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::{AbortHandle, spawn_local};
use tokio::time::timeout;
use valise_client::Client;
use valise_client::io::{Event, Failure, Input, Output, RequestId};
use valise_tests::measure::Socket;
use valise_tests::measure::http::Route;
use valise_tests::measure::people::now;
use valise_tests::measure::socket::{Heard, ask};
use valise_views::state::Ready;
use valise_views::{Command, Connection, Outcome, Shown, Status, View};
use valise_wire::Timestamp;
use valise_wire::frame::{ClientFrame, ServerFrame};
use valise_wire::request::Request;

/// Longest time that anything may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A device of somebody.
pub struct Device {
    client: Client,
    route: Route,
    from: Ipv4Addr,
    socket: Option<Line>,
    /// Counts connections, so that news from a former one is told from the present one's.
    connection: u64,
    /// Requests that are on the socket without an answer.
    asked: BTreeSet<RequestId>,
    /// Requests of both ways without an answer.
    outstanding: BTreeSet<RequestId>,
    due: VecDeque<Input>,
    events: VecDeque<Event>,
    wake: Option<Timestamp>,
    sender: UnboundedSender<Arrival>,
    arrivals: UnboundedReceiver<Arrival>,
    last_number: u64,
}

/// A connection that stands or is being made; it ends with this value.
struct Line {
    outgoing: UnboundedSender<ClientFrame>,
    task: AbortHandle,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Something that a task reports.
enum Arrival {
    Input(Box<Input>),
    Opened(u64),
    Frame(u64, Box<ServerFrame>),
    Closed(u64),
}

impl Device {
    /// Makes an empty one; its number says where it connects from, and seeds its randomness.
    pub fn new(route: &Route, store: &Path, number: u8) -> Result<Self> {
        let path = store.to_str().context("the folder's name is not UTF-8")?;
        let store = valise_client::store::key::open(path, &[number; 32])?;
        let (sender, arrivals) = unbounded_channel();
        let mut device = Self {
            client: Client::open(store, [number; 32], now())?,
            route: route.clone(),
            from: Ipv4Addr::new(127, 1, 0, number),
            socket: None,
            connection: 0,
            asked: BTreeSet::new(),
            outstanding: BTreeSet::new(),
            due: VecDeque::new(),
            events: VecDeque::new(),
            wake: None,
            sender,
            arrivals,
            last_number: 0,
        };
        device.pump()?;
        Ok(device)
    }

    /// Asks for something and waits for what comes of it.
    pub async fn tell(&mut self, command: Command) -> Result<Outcome> {
        let asked = self.number();
        self.handle(Input::Command {
            number: asked,
            command,
        })?;
        let outcome = self.wait(|event| match event {
            Event::Outcome { number, outcome } if number == asked => Some(outcome),
            _ => None,
        });
        match outcome.await? {
            Outcome::Failed(trouble) => bail!("it was not done: {trouble:?}"),
            outcome => Ok(outcome),
        }
    }

    /// Watches a view until `decide` has seen what it waits for.
    pub async fn until<T>(
        &mut self,
        view: View,
        mut decide: impl FnMut(Shown) -> Option<T>,
    ) -> Result<T> {
        let what = format!("{view:?}");
        let watched = self.watch(view)?;
        let found = self.wait(|event| match event {
            Event::Shown { number, shown } if number == watched => decide(shown),
            _ => None,
        });
        let found = found.await.with_context(|| format!("watching {what}"))?;
        self.handle(Input::Unwatch { number: watched })?;
        Ok(found)
    }

    /// Waits until it has joined and everything is here, and nothing that it asked is without an answer.
    pub async fn until_online(&mut self) -> Result<Ready> {
        let ready = self.until(View::Status, |shown| match shown {
            Shown::Status(Status::Ready(ready)) if ready.connection == Connection::Online => {
                Some(*ready)
            }
            _ => None,
        });
        let ready = ready.await?;
        while !self.outstanding.is_empty() {
            timeout(PATIENCE, self.step()).await??;
        }
        Ok(ready)
    }

    /// Begins to watch a view, and returns its number.
    pub fn watch(&mut self, view: View) -> Result<u64> {
        let number = self.number();
        self.handle(Input::Watch { number, view })?;
        Ok(number)
    }

    /// Does what comes, without end.
    pub async fn idle(&mut self) -> Result<Infallible> {
        loop {
            self.next().await?;
        }
    }

    /// Waits for the next thing that the core tells. May be dropped at any time without losing anything.
    pub async fn next(&mut self) -> Result<Event> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Ok(event);
            }
            self.step().await?;
        }
    }

    /// Gives the core an input and does what it asks for.
    pub fn handle(&mut self, input: Input) -> Result<()> {
        if let Input::Reply { id, .. } = &input {
            self.outstanding.remove(id);
        }
        self.due.push_back(input);
        self.pump()
    }

    async fn wait<T>(&mut self, mut decide: impl FnMut(Event) -> Option<T>) -> Result<T> {
        let found = async {
            loop {
                if let Some(found) = decide(self.next().await?) {
                    return anyhow::Ok(found);
                }
            }
        };
        timeout(PATIENCE, found).await.context("in vain")?
    }

    fn number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }

    async fn step(&mut self) -> Result<()> {
        let wake = self
            .wake
            .map(|at| Duration::from_millis(at.millis_since(now())));
        tokio::select! {
            arrival = self.arrivals.recv() => self.arrived(arrival.context("the tasks are gone")?),
            () = tokio::time::sleep(wake.unwrap_or(Duration::MAX)), if wake.is_some() => {
                self.wake = None;
                self.handle(Input::Tick)
            }
        }
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
                bail!("a server that is measured closed a connection")
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
        if self.asked.remove(&id) {
            self.handle(Input::Reply { id, result })?;
        }
        Ok(())
    }

    fn pump(&mut self) -> Result<()> {
        loop {
            while let Some(output) = self.client.poll() {
                self.perform(output)?;
            }
            let Some(input) = self.due.pop_front() else {
                return Ok(());
            };
            self.client.handle(input, now())?;
        }
    }

    fn perform(&mut self, output: Output) -> Result<()> {
        match output {
            Output::Send {
                id, token, request, ..
            } => self.send(id, token, request),
            Output::OpenSocket { token, .. } => self.open_socket(token),
            Output::CloseSocket => self.close_socket(),
            Output::Notify(event) => self.events.push_back(event),
            Output::Wake(at) => self.wake = Some(at),
            Output::CacheDrop { .. } | Output::Bind { .. } => {}
            _ => bail!("a client that has no files moves one"),
        }
        Ok(())
    }

    fn send(&mut self, id: RequestId, token: Option<[u8; 32]>, request: Request) {
        self.outstanding.insert(id);
        let by_socket = !request.is_bulky() && !request.is_public();
        if let Some(socket) = self.socket.as_ref().filter(|_| by_socket) {
            self.asked.insert(id);
            // A line that is gone says so itself.
            let _ = socket.outgoing.send(ask(id.0, request));
            return;
        }
        let (route, from, sender) = (self.route.clone(), self.from, self.sender.clone());
        spawn_local(async move {
            let result = by_http(&route, from, token, &request).await;
            let result = result.unwrap_or(Err(Failure::Network));
            let input = Input::Reply { id, result };
            let _ = sender.send(Arrival::Input(Box::new(input)));
        });
    }

    fn open_socket(&mut self, token: [u8; 32]) {
        self.close_socket();
        let (outgoing, queue) = unbounded_channel();
        let (route, from, sender) = (self.route.clone(), self.from, self.sender.clone());
        let connection = self.connection;
        let task = spawn_local(async move {
            let _ = talk(&route, from, token, connection, queue, &sender).await;
            let _ = sender.send(Arrival::Closed(connection));
        });
        self.socket = Some(Line {
            outgoing,
            task: task.abort_handle(),
        });
    }

    /// Closes the connection; what was asked on it has no answer.
    fn close_socket(&mut self) {
        self.connection += 1;
        self.socket = None;
        for id in std::mem::take(&mut self.asked) {
            self.outstanding.remove(&id);
            let result = Err(Failure::Network);
            self.due.push_back(Input::Reply { id, result });
        }
    }
}

type Answer = Result<valise_wire::request::Reply, Failure>;

async fn by_http(
    route: &Route,
    from: Ipv4Addr,
    token: Option<[u8; 32]>,
    request: &Request,
) -> Result<Answer> {
    let mut http = route.http(from).await?;
    http.token = token;
    Ok(http.ask(request).await?.map_err(Failure::Problem))
}

async fn talk(
    route: &Route,
    from: Ipv4Addr,
    token: [u8; 32],
    connection: u64,
    mut queue: UnboundedReceiver<ClientFrame>,
    sender: &UnboundedSender<Arrival>,
) -> Result<()> {
    let mut socket = Socket::open(route, from, token).await?;
    sender.send(Arrival::Opened(connection)).ok();
    loop {
        while let Some(heard) = socket.waiting().await? {
            if let Heard::Frame(frame) = heard {
                let frame = Box::new(frame);
                sender.send(Arrival::Frame(connection, frame)).ok();
            }
        }
        tokio::select! {
            read = socket.read() => read?,
            frame = queue.recv() => match frame {
                Some(frame) => socket.say(&frame).await?,
                None => return Ok(()),
            },
        }
    }
}

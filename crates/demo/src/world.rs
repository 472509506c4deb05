//! Servers and some devices, on one clock: what happens, happens at once, and time passes only when it is told to.

use crate::line::Lines;
use crate::server::{Server, Told};
use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use valise_client::io::{CacheReply, Event, Failure, Input, Output};
use valise_client::{Client, store};
use valise_server::Clock;
use valise_server::config::Config;
use valise_server::fanout::Pushes;
use valise_views::{Command, Outcome, Shown, View};
use valise_wire::frame::ServerFrame;
use valise_wire::{BlobId, Timestamp, from_bytes};

/// How long somebody waits for what comes of a command, in virtual milliseconds.
const PATIENCE_MILLIS: u64 = 120_000;
/// Steps in which time passes while somebody waits.
const STEP_MILLIS: u64 = 250;

/// A device and what its driver keeps.
struct Device {
    server: usize,
    client: Client,
    online: bool,
    pushes: Option<Pushes>,
    wake: Option<Timestamp>,
    inputs: VecDeque<Input>,
    outcomes: BTreeMap<u64, Outcome>,
    shown: Option<Shown>,
    files: BTreeMap<u64, Vec<u8>>,
    cache: BTreeMap<BlobId, Vec<u8>>,
}

/// Servers and some devices.
pub(crate) struct World {
    clock: Arc<Told>,
    servers: Vec<Server>,
    devices: Vec<Device>,
    last_number: u64,
}

impl World {
    /// Opens a world with a server for each configuration.
    pub(crate) async fn open(configs: &[Config], now_millis: u64) -> Result<Self> {
        let clock = Arc::new(Told::new(Timestamp(now_millis)));
        let lines = Lines::new(&clock);
        let mut servers = Vec::new();
        for config in configs {
            servers.push(Server::open(config, &clock, &lines).await?);
        }
        Ok(Self {
            clock,
            servers,
            devices: Vec::new(),
            last_number: 0,
        })
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) async fn setup_link(&self, server: usize) -> Result<String> {
        self.servers[server].setup_link().await
    }

    /// Makes an empty device for somebody of a server, and returns its number.
    pub(crate) fn device(&mut self, server: usize) -> Result<usize> {
        let (mut key, mut seed) = ([0; 32], [0; 32]);
        for secret in [&mut key, &mut seed] {
            getrandom_04::fill(secret)
                .map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
        }
        let store = store::key::open(":memory:", &key)?;
        self.devices.push(Device {
            server,
            client: Client::open(store, seed, self.now())?,
            online: true,
            pushes: None,
            wake: None,
            inputs: VecDeque::new(),
            outcomes: BTreeMap::new(),
            shown: None,
            files: BTreeMap::new(),
            cache: BTreeMap::new(),
        });
        Ok(self.devices.len() - 1)
    }

    /// Gives a device a line to the server, or takes it away.
    pub(crate) async fn set_online(&mut self, device: usize, online: bool) -> Result<()> {
        self.devices[device].online = online;
        self.give(device, Input::Online(online));
        self.settle().await
    }

    /// Lets a device have a file to send; returns its handle.
    pub(crate) fn lend(&mut self, device: usize, bytes: Vec<u8>) -> u64 {
        self.last_number += 1;
        self.devices[device].files.insert(self.last_number, bytes);
        self.last_number
    }

    /// Asks a device for something and waits for what comes of it.
    pub(crate) async fn ask(&mut self, device: usize, command: Command) -> Result<Outcome> {
        self.last_number += 1;
        let number = self.last_number;
        self.give(device, Input::Command { number, command });
        let end = self.now().plus_millis(PATIENCE_MILLIS);
        loop {
            self.settle().await?;
            match self.devices[device].outcomes.remove(&number) {
                Some(Outcome::Failed(trouble)) => bail!("it was refused: {trouble:?}"),
                Some(outcome) => return Ok(outcome),
                None if self.now() >= end => bail!("nothing came of it"),
                None => {}
            }
            self.advance_to(self.now().plus_millis(STEP_MILLIS)).await?;
        }
    }

    /// Returns what a view shows at this moment.
    pub(crate) async fn look(&mut self, device: usize, view: View) -> Result<Shown> {
        self.last_number += 1;
        let number = self.last_number;
        self.give(device, Input::Watch { number, view });
        self.settle().await?;
        self.give(device, Input::Unwatch { number });
        let shown = self.devices[device].shown.take();
        shown.context("the view shows nothing")
    }

    /// Lets time pass, doing everything that is due meanwhile.
    pub(crate) async fn advance_to(&mut self, end: Timestamp) -> Result<()> {
        loop {
            self.settle().await?;
            let next = self.devices.iter().filter_map(|device| device.wake).min();
            let Some(next) = next.filter(|next| *next <= end) else {
                break;
            };
            self.clock.set(next.max(self.now()));
            let now = self.now();
            for device in &mut self.devices {
                if device.wake.is_some_and(|wake| wake <= now) {
                    device.wake = None;
                    device.inputs.push_back(Input::Tick);
                }
            }
        }
        self.clock.set(end.max(self.now()));
        Ok(())
    }

    fn give(&mut self, device: usize, input: Input) {
        self.devices[device].inputs.push_back(input);
    }

    /// Lets everything happen that needs no time.
    async fn settle(&mut self) -> Result<()> {
        loop {
            for device in 0..self.devices.len() {
                self.pump(device).await?;
            }
            if self.hear()? {
                continue;
            }
            for server in &self.servers {
                server.relay().await;
            }
            if !self.hear()? {
                return Ok(());
            }
        }
    }

    /// Gives devices what servers pushed, and tells whether any of them has something to do.
    fn hear(&mut self) -> Result<bool> {
        let mut is_any = false;
        for device in &mut self.devices {
            while let Some(frame) = device.pushes.as_mut().and_then(Pushes::try_next) {
                let Ok(ServerFrame::Push(push)) = from_bytes(&frame) else {
                    bail!("the server pushed what is no push");
                };
                device.inputs.push_back(Input::Push(push));
            }
            is_any = is_any || !device.inputs.is_empty();
        }
        Ok(is_any)
    }

    /// Lets a device work until it waits.
    async fn pump(&mut self, device: usize) -> Result<()> {
        loop {
            while let Some(output) = self.devices[device].client.poll() {
                self.perform(device, output).await?;
            }
            let now = self.now();
            let device = &mut self.devices[device];
            let Some(input) = device.inputs.pop_front() else {
                return Ok(());
            };
            device.client.handle(input, now)?;
        }
    }

    async fn perform(&mut self, device: usize, output: Output) -> Result<()> {
        let online = self.devices[device].online;
        let server = &self.servers[self.devices[device].server];
        let input = match output {
            Output::Send {
                id, token, request, ..
            } => {
                let result = if online {
                    server.call(token, request).await.map_err(Failure::Problem)
                } else {
                    Err(Failure::Network)
                };
                Input::Reply { id, result }
            }
            Output::OpenSocket { token, .. } => {
                let pushes = if online { server.connect(&token) } else { None };
                let stands = pushes.is_some();
                self.devices[device].pushes = pushes;
                if stands {
                    Input::SocketOpened
                } else {
                    Input::SocketClosed
                }
            }
            Output::Http { id, request } => {
                let result = if online {
                    Ok(server.http(request).await?)
                } else {
                    Err(Failure::Network)
                };
                Input::Http { id, result }
            }
            output => return self.devices[device].perform(output),
        };
        self.give(device, input);
        Ok(())
    }
}

impl Device {
    /// Does what concerns this device alone.
    fn perform(&mut self, output: Output) -> Result<()> {
        match output {
            Output::CloseSocket => self.pushes = None,
            Output::ReadFile {
                id,
                handle,
                offset,
                length,
            } => {
                let file = self.files.get(&handle);
                let slice = file.and_then(|file| slice(file, offset, length));
                self.inputs.push_back(Input::FileSlice {
                    id,
                    result: slice.map(<[u8]>::to_vec).ok_or(()),
                });
            }
            Output::CacheWrite {
                id,
                blob,
                offset,
                bytes,
            } => {
                let cached = self.cache.entry(blob).or_default();
                let (start, end) = (offset as usize, offset as usize + bytes.len());
                cached.resize(cached.len().max(end), 0);
                cached[start..end].copy_from_slice(&bytes);
                let result = CacheReply::Written;
                self.inputs.push_back(Input::Cached { id, result });
            }
            Output::CacheRead {
                id,
                blob,
                offset,
                length,
            } => {
                let cached = self.cache.get(&blob);
                let result = match cached.and_then(|bytes| slice(bytes, offset, length)) {
                    Some(bytes) => CacheReply::Read(bytes.to_vec()),
                    None => CacheReply::Failed,
                };
                self.inputs.push_back(Input::Cached { id, result });
            }
            // There is no line on which anybody could show anything.
            Output::Bind { .. } => {}
            Output::CacheDrop { blob } => drop(self.cache.remove(&blob)),
            Output::Notify(Event::Outcome { number, outcome }) => {
                self.outcomes.insert(number, outcome);
            }
            Output::Notify(Event::Shown { shown, .. }) => self.shown = Some(shown),
            Output::Notify(Event::NewMessage(_)) => {}
            Output::Wake(at) => self.wake = Some(at),
            Output::Erase => bail!("nobody asked for a device to be erased"),
            Output::Send { .. } | Output::OpenSocket { .. } | Output::Http { .. } => {
                bail!("this concerns the server")
            }
        }
        Ok(())
    }
}

fn slice(bytes: &[u8], offset: u64, length: u32) -> Option<&[u8]> {
    let start = usize::try_from(offset).ok()?;
    bytes.get(start..start.checked_add(length as usize)?)
}

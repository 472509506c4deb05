//! The people of one room, and what they do together.

use crate::device::{Device, Phase};
use crate::ledger::{Ledger, Sealed};
use anyhow::{Context, Result, bail, ensure};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;
use valise_mls::Processed;
use valise_tests::measure::http::Route;
use valise_tests::measure::people::{Known, Person};
use valise_tests::measure::room::{ROOM, make_room, member};
use valise_tests::measure::socket::ask;
use valise_tests::measure::websocket::message;
use valise_tests::measure::{Organisation, Server, Socket};
use valise_wire::push::EventKind;
use valise_wire::request::Send;
use valise_wire::{TransactionId, to_bytes};

pub const DEVICES: usize = 50;
pub const SENDERS: usize = 16;
const CONTENT_BYTES: usize = 1024;
/// Messages that a sender has under way at full speed, as somebody has who comes online with a full outbox.
pub const WINDOW: usize = 16;
/// Messages a second of the quiet phase.
pub const QUIET_RATE: u64 = 50;
/// Longest time that a phase may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// The people, their room and their connections.
pub struct Stage {
    people: Vec<Person>,
    directory: Known,
    sockets: Vec<Socket>,
    /// Number of the last event in the room.
    head: u64,
    /// Messages that were sealed so far.
    sealed: usize,
    /// Everything that was delivered, in order.
    delivered: Vec<Sealed>,
}

impl Stage {
    /// Lets everybody join, make the room and come online.
    pub async fn set(server: &Server) -> Result<Self> {
        let route = Route {
            server: server.address,
            tls: None,
        };
        let (mut organisation, founder) = Organisation::found(route, server.setup_link()?).await?;
        let mut people = vec![founder];
        for number in 1..DEVICES as u32 {
            people.push(organisation.join(number).await?);
        }
        let directory = make_room(&organisation, &people).await?;
        let mut sockets = Vec::new();
        for person in &people {
            sockets.push(Socket::sign_in(&organisation, person).await?);
        }
        // The one event so far is the commit that added everybody.
        Ok(Self {
            people,
            directory,
            sockets,
            head: 1,
            sealed: 0,
            delivered: Vec::new(),
        })
    }

    /// Lets the senders seal messages in turn.
    pub fn seal(&mut self, count: usize) -> Result<Vec<Sealed>> {
        let mut sealed: Vec<(usize, Sealed)> = Vec::with_capacity(count);
        for sender in 0..SENDERS {
            let member = member(&self.people[sender], &self.directory);
            let mut room = member.load(ROOM)?.context("a sender has no room")?;
            for number in (sender..count).step_by(SENDERS) {
                let content = content(self.sealed + number);
                let body = room.encrypt(&content, b"")?;
                let mut transaction = [0; 16];
                transaction[..8].copy_from_slice(&((self.sealed + number) as u64).to_be_bytes());
                let request = Send {
                    room: ROOM,
                    transaction: TransactionId(transaction),
                    epoch: room.epoch(),
                    wakes: true,
                    message: body.as_slice().into(),
                };
                let frame = message(&to_bytes(&ask(number as u64, request)));
                sealed.push((
                    number,
                    Sealed {
                        sender,
                        body,
                        frame,
                    },
                ));
            }
        }
        self.sealed += count;
        sealed.sort_by_key(|(number, _)| *number);
        Ok(sealed.into_iter().map(|(_, sealed)| sealed).collect())
    }

    /// Sends everything as fast as it is accepted.
    pub async fn at_full_speed(&mut self, sealed: Vec<Sealed>) -> Result<Phase> {
        let (running, told, phase) = self.begin(sealed, WINDOW);
        for (message, sender) in senders(&phase.borrow()).into_iter().enumerate() {
            told[sender].send(message)?;
        }
        self.end(running, phase).await
    }

    /// Sends at a steady pace, whatever comes back.
    pub async fn quietly(&mut self, sealed: Vec<Sealed>) -> Result<Phase> {
        let (running, told, phase) = self.begin(sealed, usize::MAX);
        let senders = senders(&phase.borrow());
        let pace = tokio::task::spawn_local(async move {
            let mut ticks = tokio::time::interval(Duration::from_millis(1_000 / QUIET_RATE));
            for (message, sender) in senders.into_iter().enumerate() {
                ticks.tick().await;
                told[sender].send(message)?;
            }
            anyhow::Ok(())
        });
        let phase = self.end(running, phase).await?;
        pace.await??;
        Ok(phase)
    }

    fn begin(&mut self, sealed: Vec<Sealed>, window: usize) -> Running {
        let ledger = Ledger::new(ROOM, self.head, sealed, DEVICES);
        let phase = Rc::new(RefCell::new(Phase::new(ledger)));
        let all = senders(&phase.borrow());
        let mut running = JoinSet::new();
        let mut told = Vec::new();
        for (number, socket) in self.sockets.drain(..).enumerate() {
            let (sender, receiver) = unbounded_channel();
            told.push(sender);
            let device = Device {
                number,
                socket,
                queue: Default::default(),
                unaccepted: all.iter().filter(|sender| **sender == number).count(),
                window,
                told: receiver,
            };
            let phase = Rc::clone(&phase);
            running.spawn_local(async move { Ok((number, device.work(phase).await?)) });
        }
        (running, told, phase)
    }

    /// Waits until every device has everything, and closes the books.
    async fn end(&mut self, mut running: Devices, phase: Rc<RefCell<Phase>>) -> Result<Phase> {
        let all = async {
            let mut sockets = Vec::new();
            while let Some(ended) = running.join_next().await {
                sockets.push(ended??);
            }
            anyhow::Ok(sockets)
        };
        let mut sockets = tokio::time::timeout(PATIENCE, all)
            .await
            .context("not everything was delivered in time")??;
        sockets.sort_by_key(|(number, _)| *number);
        self.sockets = sockets.into_iter().map(|(_, socket)| socket).collect();
        let phase = Rc::into_inner(phase).context("a device still works")?;
        let mut phase = phase.into_inner();
        let empty = Ledger::new(ROOM, self.head, Vec::new(), 0);
        let delivered = std::mem::replace(&mut phase.ledger, empty).close()?;
        self.head += delivered.len() as u64;
        self.delivered.extend(delivered);
        Ok(phase)
    }

    /// Lets a device that sent nothing open everything, and checks that it is what was sealed, each once.
    pub fn open_all(&self) -> Result<()> {
        let reader = member(&self.people[DEVICES - 1], &self.directory);
        let mut room = reader.load(ROOM)?.context("the reader has no room")?;
        let mut seen = vec![false; self.sealed];
        for sealed in &self.delivered {
            let Processed::Message {
                plaintext, sender, ..
            } = room.process(EventKind::Message, &sealed.body)?
            else {
                bail!("something is no message");
            };
            let number = plaintext
                .first_chunk()
                .map(|bytes| u64::from_be_bytes(*bytes) as usize);
            let number = number.filter(|number| plaintext == content(*number));
            let number = number.context("a message says something else than was sealed")?;
            ensure!(
                sender.account == self.people[sealed.sender].account,
                "a message is of somebody else"
            );
            ensure!(
                !std::mem::replace(&mut seen[number], true),
                "a message came twice"
            );
        }
        ensure!(seen.into_iter().all(|seen| seen), "a message never came");
        Ok(())
    }
}

type Devices = JoinSet<Result<(usize, Socket)>>;
type Running = (Devices, Vec<UnboundedSender<usize>>, Rc<RefCell<Phase>>);

fn senders(phase: &Phase) -> Vec<usize> {
    (0..phase.ledger.len())
        .map(|message| phase.ledger.message(message).sender)
        .collect()
}

/// What message `number` says: its number, then bytes that no two share.
fn content(number: usize) -> Vec<u8> {
    let mut content = (number as u64).to_be_bytes().to_vec();
    let step = number as u32 | 1;
    content.extend((8..CONTENT_BYTES as u32).map(|place| (place.wrapping_mul(step) >> 7) as u8));
    content
}

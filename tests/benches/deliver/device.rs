//! A device of the room: it sends what it is told to, and books what comes.

use crate::ledger::Ledger;
use anyhow::{Context, Result, bail};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc::UnboundedReceiver;
use valise_tests::measure::Socket;
use valise_tests::measure::socket::Heard;
use valise_wire::frame::{Answer, ServerFrame};
use valise_wire::push::Push;
use valise_wire::request::Reply;

/// What all devices share in one phase.
pub struct Phase {
    /// The books.
    pub ledger: Ledger,
    /// When each message was sent.
    sent_at: Vec<Option<Instant>>,
    /// From sending to the server's promise, of every message.
    pub accepted_after: Vec<Duration>,
    /// From sending to arrival, at every device but the sender's.
    pub received_after: Vec<Duration>,
}

impl Phase {
    /// Begins a phase.
    pub fn new(ledger: Ledger) -> Self {
        Self {
            sent_at: vec![None; ledger.len()],
            accepted_after: Vec::with_capacity(ledger.len()),
            received_after: Vec::with_capacity(ledger.deliveries()),
            ledger,
        }
    }

    fn age(&self, message: usize) -> Result<Duration> {
        Ok(self.sent_at[message]
            .context("an answer before the question")?
            .elapsed())
    }
}

/// One device.
pub struct Device {
    /// Its number in the room.
    pub number: usize,
    /// Its connection.
    pub socket: Socket,
    /// Messages that it sends, in this order.
    pub queue: VecDeque<usize>,
    /// How many of them it still has to see accepted.
    pub unaccepted: usize,
    /// Most that it sends before the first of them was accepted.
    pub window: usize,
    /// Brings more to send.
    pub told: UnboundedReceiver<usize>,
}

impl Device {
    /// Works until everything of the phase was sent, accepted and received.
    pub async fn work(mut self, phase: Rc<RefCell<Phase>>) -> Result<Socket> {
        let mut under_way = 0;
        loop {
            while let Some(heard) = self.socket.waiting().await? {
                under_way -= self.take(&heard, &mut phase.borrow_mut())?;
            }
            if self.unaccepted == 0 && phase.borrow().ledger.has_all(self.number) {
                return Ok(self.socket);
            }
            let count = self.queue.len().min(self.window - under_way);
            under_way += count;
            self.send(count, &phase).await?;
            tokio::select! {
                read = self.socket.read() => read?,
                Some(message) = self.told.recv() => self.queue.push_back(message),
            }
        }
    }

    async fn send(&mut self, count: usize, phase: &RefCell<Phase>) -> Result<()> {
        if count == 0 {
            return Ok(());
        }
        let mut frames = Vec::new();
        for message in self.queue.drain(..count) {
            let mut phase = phase.borrow_mut();
            frames.extend_from_slice(&phase.ledger.message(message).frame);
            phase.sent_at[message] = Some(Instant::now());
        }
        self.socket.write(&frames).await
    }

    /// Books what came in, and returns how many messages it accepts.
    fn take(&mut self, heard: &Heard, phase: &mut Phase) -> Result<usize> {
        match heard {
            Heard::Frame(ServerFrame::Push(Push::Event(event))) => {
                let message = phase.ledger.deliver(self.number, event)?;
                if phase.ledger.message(message).sender != self.number {
                    let age = phase.age(message)?;
                    phase.received_after.push(age);
                }
                Ok(0)
            }
            Heard::Frame(ServerFrame::Answer(Answer {
                number,
                reply: Reply::Accepted(accepted),
            })) => {
                let message = usize::try_from(*number)?;
                phase.ledger.accept(message, accepted)?;
                let age = phase.age(message)?;
                phase.accepted_after.push(age);
                self.unaccepted -= 1;
                Ok(1)
            }
            Heard::Ping => Ok(0),
            Heard::Frame(ServerFrame::Refusal(refusal)) => {
                bail!("a message was refused: {:?}", refusal.problem)
            }
            Heard::Frame(other) => bail!("the server says {}", other.name()),
        }
    }
}

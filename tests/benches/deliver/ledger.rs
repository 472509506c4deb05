//! What was sent, accepted and delivered: whether each message came to each device exactly once, as it was sent.

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use valise_wire::RoomId;
use valise_wire::push::{EventKind, RoomEvent};
use valise_wire::request::Accepted;

/// One message, sealed before any clock was started.
pub struct Sealed {
    /// The device that sealed it.
    pub sender: usize,
    /// MLS PrivateMessage.
    pub body: Vec<u8>,
    /// The whole WebSocket frame that sends it.
    pub frame: Vec<u8>,
}

/// The books of one phase, over messages and devices that are counted from 0.
pub struct Ledger {
    room: RoomId,
    messages: Vec<Sealed>,
    by_digest: HashMap<[u8; 32], usize>,
    /// Number of the last event before the phase.
    head: u64,
    /// Which message each event of the phase is.
    log: Vec<Option<usize>>,
    /// Number of the event that each message became.
    accepted: Vec<Option<u64>>,
    /// Events that each device got.
    delivered: Vec<usize>,
}

impl Ledger {
    /// Opens the books of a phase that begins after the event `head`.
    pub fn new(room: RoomId, head: u64, messages: Vec<Sealed>, devices: usize) -> Self {
        let digests = messages.iter().map(|message| digest(&message.body));
        Self {
            room,
            by_digest: digests.zip(0..).collect(),
            head,
            log: vec![None; messages.len()],
            accepted: vec![None; messages.len()],
            delivered: vec![0; devices],
            messages,
        }
    }

    /// Returns a message.
    pub fn message(&self, message: usize) -> &Sealed {
        &self.messages[message]
    }

    /// Returns how many messages there are.
    pub fn len(&self) -> usize {
        self.messages.len()
    }

    /// Returns how many deliveries there have to be.
    pub fn deliveries(&self) -> usize {
        self.messages.len() * self.delivered.len()
    }

    /// Tells whether a device has got everything.
    pub fn has_all(&self, device: usize) -> bool {
        self.delivered[device] == self.messages.len()
    }

    /// Notes that the server promised durability for a message, and says which place it has.
    pub fn accept(&mut self, message: usize, answer: &Accepted) -> Result<()> {
        ensure!(answer.room == self.room, "an answer for another room");
        let place = self
            .accepted
            .get_mut(message)
            .context("an answer to nothing")?;
        ensure!(place.is_none(), "a message was accepted twice");
        ensure!(
            self.by_digest.get(&answer.digest) == Some(&message),
            "another message was accepted"
        );
        *place = Some(answer.seq);
        Ok(())
    }

    /// Notes that an event came to a device, and returns which message it is.
    pub fn deliver(&mut self, device: usize, pushed: &RoomEvent) -> Result<usize> {
        let event = &pushed.event;
        let count = &mut self.delivered[device];
        ensure!(pushed.room == self.room, "an event of another room");
        ensure!(
            event.kind == EventKind::Message,
            "an event that is no message"
        );
        ensure!(
            event.seq == self.head + *count as u64 + 1,
            "a device got event {} after {}",
            event.seq,
            self.head + *count as u64
        );
        let place = self
            .log
            .get_mut(*count)
            .context("an event that nobody sent")?;
        *count += 1;
        let message = match *place {
            Some(message) => message,
            None => *self
                .by_digest
                .get(&digest(&event.body))
                .context("a message that nobody sealed")?,
        };
        ensure!(
            self.messages[message].body == event.body.0,
            "two devices got different messages under one number"
        );
        *place = Some(message);
        Ok(message)
    }

    /// Closes the books: every message was accepted once, under the number under which every device got it.
    pub fn close(self) -> Result<Vec<Sealed>> {
        for (message, accepted) in self.accepted.iter().enumerate() {
            let seq = accepted.context("a message was not accepted")?;
            let place = (seq - self.head - 1) as usize;
            ensure!(
                self.log.get(place) == Some(&Some(message)),
                "a message was delivered under another number than it was accepted"
            );
        }
        ensure!(
            self.delivered
                .iter()
                .all(|count| *count == self.messages.len()),
            "a device did not get everything"
        );
        Ok(self.in_order())
    }

    /// Returns the messages as they stand in the room's log.
    fn in_order(self) -> Vec<Sealed> {
        let mut messages: Vec<Option<Sealed>> = self.messages.into_iter().map(Some).collect();
        let places = self.log.into_iter().flatten();
        places
            .filter_map(|message| messages[message].take())
            .collect()
    }
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

//! Somebody between the service and the connection: the hostile server.
//!
//! It sees every request before the service does, every answer and every push before the client does, and may change,
//! drop, repeat or invent any of them. [`Honest`] does nothing.

use super::Who;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use valise_wire::push::{Event, Push, RoomEvent};
use valise_wire::request::{Reply, Request};
use valise_wire::{Problem, RoomId, Timestamp};

/// What becomes of a request.
#[derive(Debug)]
pub enum Verdict {
    /// The service gets it, perhaps changed.
    Pass(Request),
    /// The service never sees it, and the client gets this.
    Answer(Result<Reply, Problem>),
    /// The service never sees it, and the client hears nothing.
    Swallow,
}

/// What a hostile server does.
pub trait Saboteur {
    /// Decides what becomes of a request.
    fn request(&mut self, _from: Who, request: Request, _now: Timestamp) -> Verdict {
        Verdict::Pass(request)
    }

    /// Changes an answer on its way back.
    fn reply(
        &mut self,
        _to: Who,
        _request: &Request,
        reply: Result<Reply, Problem>,
        _now: Timestamp,
    ) -> Result<Reply, Problem> {
        reply
    }

    /// Changes what is pushed; may return nothing, or several things.
    fn push(&mut self, _to: Who, push: Push, _now: Timestamp) -> Vec<Push> {
        vec![push]
    }

    /// Changes a part of a file on its way back.
    fn file(&mut self, _to: Who, body: Vec<u8>) -> Vec<u8> {
        body
    }
}

/// A server that does what it should.
#[derive(Debug, Default)]
pub struct Honest;

impl Saboteur for Honest {}

/// A server that shows one person other logs than it has: the same in pushes and in pages.
///
/// The change is asked about every event on its way, one or several at a time, and says what is shown instead.
pub struct Shows<F> {
    /// To whom.
    pub to: Who,
    /// What becomes of events of a room.
    pub change: F,
}

impl<F: FnMut(RoomId, Vec<Event>) -> Vec<Event>> Saboteur for Shows<F> {
    fn push(&mut self, to: Who, push: Push, _now: Timestamp) -> Vec<Push> {
        let Push::Event(RoomEvent { room, event }) = push else {
            return vec![push];
        };
        let events = if to == self.to {
            (self.change)(room, vec![event])
        } else {
            vec![event]
        };
        let push = |event| RoomEvent { room, event }.into();
        events.into_iter().map(push).collect()
    }

    fn reply(
        &mut self,
        to: Who,
        _request: &Request,
        reply: Result<Reply, Problem>,
        _now: Timestamp,
    ) -> Result<Reply, Problem> {
        let Ok(Reply::Events(mut page)) = reply else {
            return reply;
        };
        if to == self.to {
            page.events = (self.change)(page.room, page.events);
            if let Some(last) = page.events.last() {
                page.head = last.seq;
            }
        }
        Ok(page.into())
    }
}

/// A server that changes answers, and does the rest as it should.
pub struct Answers<F>(pub F);

impl<F: FnMut(Who, &Request, Reply) -> Reply> Saboteur for Answers<F> {
    fn reply(
        &mut self,
        to: Who,
        request: &Request,
        reply: Result<Reply, Problem>,
        _now: Timestamp,
    ) -> Result<Reply, Problem> {
        reply.map(|reply| (self.0)(to, request, reply))
    }
}

/// How often each kind of request came from somebody.
#[derive(Debug, Clone, Default)]
pub struct Counted(Rc<RefCell<BTreeMap<&'static str, u32>>>);

impl Counted {
    /// How many came.
    pub fn all(&self) -> u32 {
        self.0.borrow().values().sum()
    }

    /// How often one of this name came.
    pub fn of(&self, name: &str) -> u32 {
        self.0.borrow().get(name).copied().unwrap_or(0)
    }
}

/// A server that counts what one person's device asks, and answers it as `change` says.
pub struct Counts<F> {
    /// Whose.
    pub of: Who,
    /// Where it is counted.
    pub counted: Counted,
    /// What is answered instead.
    pub change: F,
}

impl<F: FnMut(&Request, Reply) -> Reply> Saboteur for Counts<F> {
    fn request(&mut self, from: Who, request: Request, _now: Timestamp) -> Verdict {
        if from == self.of {
            let mut counted = self.counted.0.borrow_mut();
            *counted.entry(request.name()).or_default() += 1;
        }
        Verdict::Pass(request)
    }

    fn reply(
        &mut self,
        to: Who,
        request: &Request,
        reply: Result<Reply, Problem>,
        _now: Timestamp,
    ) -> Result<Reply, Problem> {
        match reply {
            Ok(reply) if to == self.of => Ok((self.change)(request, reply)),
            reply => reply,
        }
    }
}

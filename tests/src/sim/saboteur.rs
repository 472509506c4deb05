//! Somebody between the service and the connection: the hostile server.
//!
//! It sees every request before the service does, every answer and every push before the client does, and may change,
//! drop, repeat or invent any of them. [`Honest`] does nothing.

use super::Who;
use valise_wire::push::Push;
use valise_wire::request::{Reply, Request};
use valise_wire::{Problem, Timestamp};

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

//! What happens in a world, one thing at a time.

use super::World;
use super::network::happens;
use super::person::Who;
use super::traffic::shape;
use sha2::Digest;
use valise_client::{Failure, HttpReply, HttpRequest, Input, RequestId};
use valise_wire::push::Push;
use valise_wire::request::{Reply, Request};

/// What happens at some instant.
#[derive(Debug)]
pub(super) enum Happening {
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
    /// Servers look what they have for each other.
    Relay,
    /// A client is woken.
    Wake { who: Who, incarnation: u64 },
}

impl World {
    pub(super) fn happen(&mut self, happening: Happening) {
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
                let now = self.now;
                let mut reply = self.file_reply(from, &request, now);
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
            Happening::Relay => {
                self.relay();
                self.after(self.relay_ms, Happening::Relay);
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
}

//! What travels: requests, answers, pushes, and connections that stand and break.

use super::World;
use super::happening::Happening;
use super::network::happens;
use super::person::{Socket, Who};
use super::saboteur::Verdict;
use sha2::Digest;
use valise_client::{Failure, HttpRequest, Input, RequestId};
use valise_wire::push::Push;
use valise_wire::request::Request;

impl World {
    pub(super) fn send(
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

    pub(super) fn send_http(
        &mut self,
        from: Who,
        incarnation: u64,
        id: RequestId,
        request: HttpRequest,
    ) {
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

    pub(super) fn open_socket(&mut self, to: Who, incarnation: u64, token: [u8; 32]) {
        if let Some(socket) = self.people[to.0].socket.take() {
            self.server_of(to).disconnect(socket.number);
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

    pub(super) fn collect_pushes(&mut self) {
        let others = self.others.iter_mut();
        let pushed: Vec<_> = [&mut self.server]
            .into_iter()
            .chain(others)
            .flat_map(|server| server.take_pushes())
            .collect();
        for (number, push) in pushed {
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

    pub(super) fn socket_number(&self, who: Who) -> Option<u64> {
        self.people[who.0]
            .socket
            .as_ref()
            .map(|socket| socket.number)
    }

    pub(super) fn request_arrives(
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
                let now = self.now;
                let reply = self.server_of(from).call(token, request, now);
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
            None => {
                let is_page = matches!(original, Request::ReadEvents(_));
                let later = u64::from(is_page) * self.network.pages_later_ms;
                now.plus_millis(delay + later)
            }
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
    pub(super) fn answer_never(
        &mut self,
        to: Who,
        incarnation: u64,
        socket: Option<u64>,
        id: RequestId,
    ) {
        if socket.is_some() {
            self.after(15_000, Happening::Closed { to, incarnation });
        } else {
            self.no_answer(10_000, to, incarnation, id);
        }
    }

    pub(super) fn socket_opens(
        &mut self,
        to: Who,
        _incarnation: u64,
        socket: u64,
        token: [u8; 32],
    ) {
        let now = self.now;
        let online = self.people[to.0].online;
        if !online || self.server_of(to).connect(socket, token, now).is_err() {
            return self.give(to, Input::SocketClosed);
        }
        self.people[to.0].socket = Some(Socket {
            number: socket,
            to_client: self.now,
            to_server: self.now,
        });
        self.give(to, Input::SocketOpened);
    }

    pub(super) fn socket_closes(&mut self, to: Who) {
        let Some(socket) = self.people[to.0].socket.take() else {
            return;
        };
        self.server_of(to).disconnect(socket.number);
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

/// What of a push is the same in every run of one seed. Ciphertext is not: HPKE draws from the machine's own randomness.
pub(super) fn shape(push: &Push) -> Vec<u8> {
    let mut shape = push.name().as_bytes().to_vec();
    if let Push::Event(told) = push {
        shape.extend(told.event.seq.to_be_bytes());
        shape.extend((told.event.body.len() as u64).to_be_bytes());
    }
    shape
}

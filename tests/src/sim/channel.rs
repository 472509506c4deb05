//! The line of somebody whose driver sees certificates: what it shows, and what may go over it.
//!
//! Whoever shows another certificate than the server's stands in between, and sees all that goes over it.

use super::World;
use super::happening::Happening;
use super::person::Who;
use valise_client::io::needs_channel;
use valise_client::{Failure, HttpRequest, Input, Output, RequestId};
use valise_wire::request::Request;

/// The certificate that the server of a certified world calls its own.
pub const OWN: [u8; 32] = [1; 32];

/// What a driver that sees certificates knows, and what its line shows.
pub struct Channel {
    shows: [u8; 32],
    /// What the core allowed.
    bound: Option<Option<Vec<[u8; 32]>>>,
    /// What somebody in between was given that is worth something: by the names of requests.
    crossed: Vec<&'static str>,
}

impl Channel {
    /// Begins anew with the same line, as a driver does that is started again.
    pub(super) fn started_again(self) -> Self {
        Self {
            bound: None,
            ..self
        }
    }

    /// Tells whether the core allows what is shown, if that is needed.
    fn allows(&self) -> bool {
        match &self.bound {
            Some(Some(own)) => own.contains(&self.shows),
            Some(None) => true,
            None => false,
        }
    }
}

impl World {
    /// Starts somebody's client again under a driver that sees certificates.
    pub fn sees(&mut self, who: Who) {
        self.crash(who);
        self.people[who.0].channel = Some(Channel {
            shows: OWN,
            bound: None,
            crossed: Vec::new(),
        });
        self.start(who);
        self.advance(5_000);
    }

    /// Lets another certificate be shown on somebody's line from now on; connections of before break.
    pub fn shows(&mut self, who: Who, certificate: [u8; 32]) {
        let person = &mut self.people[who.0];
        let incarnation = person.incarnation;
        if let Some(channel) = &mut person.channel {
            channel.shows = certificate;
        }
        if person.socket.is_some() {
            self.after(
                0,
                Happening::Closed {
                    to: who,
                    incarnation,
                },
            );
        }
    }

    /// Returns what somebody in between was given of a person's that carried a session or proved who he is.
    pub fn crossed(&self, who: Who) -> Vec<&'static str> {
        let channel = self.people[who.0].channel.as_ref();
        channel.map_or_else(Vec::new, |channel| channel.crossed.clone())
    }

    /// Does what the core asks of the line, or fails it where the channel is not what it has to be.
    pub(super) fn over_line(&mut self, who: Who, output: Output) {
        let incarnation = self.people[who.0].incarnation;
        match output {
            Output::Bind { certificates, .. } => {
                if let Some(channel) = &mut self.people[who.0].channel {
                    channel.bound = Some(certificates);
                }
            }
            Output::Send {
                id, token, request, ..
            } => {
                if self.may_send(who, &request) {
                    self.send(who, incarnation, id, token, request);
                } else {
                    self.no_answer(1, who, incarnation, id);
                }
            }
            Output::OpenSocket { token, .. } => {
                if self.passes(who, "Socket") {
                    self.open_socket(who, incarnation, token);
                } else {
                    self.local(who, incarnation, Input::SocketClosed);
                }
            }
            Output::Http { id, request } => self.http_over_line(who, incarnation, id, request),
            _ => {}
        }
    }

    fn http_over_line(&mut self, who: Who, incarnation: u64, id: RequestId, request: HttpRequest) {
        if self.passes(who, "Http") {
            return self.send_http(who, incarnation, id, request);
        }
        let result = Err(Failure::Network);
        let to = who;
        self.after(
            1,
            Happening::HttpReply {
                to,
                incarnation,
                id,
                result,
            },
        );
    }

    fn may_send(&mut self, who: Who, request: &Request) -> bool {
        if matches!(request, Request::GetChannel(_)) {
            self.tell_shown(who);
            return true;
        }
        !needs_channel(request) || self.passes(who, request.name())
    }

    /// Shakes hands for something that needs the channel; tells the core of a certificate that it does not allow.
    fn passes(&mut self, who: Who, what: &'static str) -> bool {
        let Some(channel) = &mut self.people[who.0].channel else {
            return true;
        };
        if !channel.allows() {
            if channel.bound.is_some() {
                self.tell_shown(who);
            }
            return false;
        }
        if channel.shows != OWN {
            channel.crossed.push(what);
        }
        true
    }

    fn tell_shown(&mut self, who: Who) {
        let (incarnation, channel) = (self.people[who.0].incarnation, &self.people[who.0].channel);
        if let Some(shown) = channel.as_ref().map(|channel| channel.shows) {
            self.local(who, incarnation, Input::Certificate(shown));
        }
    }

    /// A question to which nothing comes: the driver says so after these milliseconds.
    pub(super) fn no_answer(&mut self, millis: u64, to: Who, incarnation: u64, id: RequestId) {
        let result = Box::new(Err(Failure::Network));
        self.after(
            millis,
            Happening::Reply {
                to,
                incarnation,
                socket: None,
                id,
                result,
            },
        );
    }
}

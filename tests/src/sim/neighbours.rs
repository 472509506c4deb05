//! What registrars of two organisations do, and how people of both find each other.

use super::{Who, World};
use valise_client::{HttpReply, HttpRequest};
use valise_views::{
    ChatId, Command, Office, Outcome, Partner, PartnerState, Partners, PersonId, Shown, View,
};
use valise_wire::Timestamp;

impl World {
    /// Makes partners of the organisations of two registrars: one makes a link, the other agrees to it, and the first agrees to who
    /// introduced himself.
    pub fn make_partners(&mut self, one: Who, other: Who) {
        let Outcome::Link(link) = self.tell(one, Command::OfferPartner) else {
            panic!("no link");
        };
        let accept = Command::AcceptPartner { link };
        assert_eq!(self.tell(other, accept), Outcome::Done);
        self.advance(5_000);
        let Partners {
            partners: introduced,
            offers,
            ..
        } = self.partners_of(one);
        assert!(offers.is_empty(), "the link is answered");
        let waiting = |partner: &&Partner| partner.state == PartnerState::Introduced;
        let id = introduced
            .iter()
            .find(waiting)
            .map(|partner| partner.id.clone());
        let id = id.expect("the other organisation introduced itself");
        assert_eq!(
            self.tell(one, Command::ConfirmPartner { id }),
            Outcome::Done
        );
        self.advance(30_000);
    }

    /// Answers a request for a part of a file, also of one that lies at another server.
    pub(super) fn file_reply(
        &mut self,
        from: Who,
        request: &HttpRequest,
        now: Timestamp,
    ) -> HttpReply {
        let Some((path, at)) = request.path.split_once("?at=") else {
            return self.server_of(from).http(request, now);
        };
        let own = self.server_of(from).origin().to_owned();
        let there = (0..=self.others.len()).find(|number| {
            let server = self.server_at(*number);
            server.is(at) && server.origin() != own
        });
        let reachable = there.filter(|number| {
            let origin = self.server_at(*number).origin().to_owned();
            self.lines.is_whole(&own) && self.lines.is_whole(&origin)
        });
        let Some(there) = reachable else {
            return HttpReply {
                status: 404,
                headers: Vec::new(),
                body: Vec::new(),
            };
        };
        let request = HttpRequest {
            path: path.to_owned(),
            ..request.clone()
        };
        self.server_at(there).file(&request)
    }

    /// Returns the other organisations that somebody sees.
    pub fn partners_of(&mut self, who: Who) -> Partners {
        match self.look(who, View::Partners) {
            Shown::Partners(partners) => partners,
            other => panic!("no partners but {other:?}"),
        }
    }

    /// Returns the offices that somebody sees.
    pub fn offices_of(&mut self, who: Who) -> Vec<Office> {
        match self.look(who, View::Offices) {
            Shown::Offices(offices) => offices,
            other => panic!("no offices but {other:?}"),
        }
    }

    /// Finds somebody by the whole address.
    pub fn find_person(&mut self, who: Who, address: &str) -> PersonId {
        let command = Command::FindPerson {
            address: address.into(),
        };
        match self.tell(who, command) {
            Outcome::Person(person) => person,
            other => panic!("nobody but {other:?}"),
        }
    }

    /// Opens the chat with somebody of a partner.
    pub fn direct_with(&mut self, who: Who, address: &str) -> ChatId {
        let person = self.find_person(who, address);
        match self.tell(who, Command::OpenDirect(person)) {
            Outcome::Chat(chat) => chat,
            other => panic!("no chat but {other:?}"),
        }
    }
}

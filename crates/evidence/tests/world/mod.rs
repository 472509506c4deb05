//! Two organisations, a prosecutor's office that asks and a bank that answers, and the bundle of a request between them.

#![allow(dead_code, unused_imports)]

pub mod judging;
pub mod packing;
#[path = "../../../wire/tests/published/mod.rs"]
pub mod published;
mod side;

#[allow(unused_imports)] // Each test uses a part of this.
pub use side::{Side, device, name, note, olgas_seal};

use valise_directory::fold::fingerprint;
use valise_evidence::bundle::{Contents, Export, Packed, write};
use valise_evidence::receipt::Receipt;
use valise_evidence::request::{Addressee, Deadline, Grade, Part, Request};
use valise_evidence::seal::{SealSecret, Sealed};
use valise_evidence::sign1::sign;
use valise_evidence::verify::{Checks, Expected, Stamp, Stamped, Verdict, verify_with};
use valise_evidence::{Act, ActKind, Binding, Digest, Event, Party, Response, ResponseKind};
use valise_wire::{OrganisationId, RequestId, RoomId, Timestamp, to_bytes};

pub const NOW: Timestamp = Timestamp(1_790_000_000_000);
pub const HOUR: u64 = 60 * 60 * 1000;
pub const DAY: u64 = 24 * HOUR;
pub const BODY: &[u8] = b"Please send the account statements of 2025.";
pub const SCAN: &[u8] = b"a scan of the order";
pub const ANSWER: &[u8] = b"Enclosed.";

/// A request on its way, and what is in its bundle so far.
pub struct Case {
    pub office: Side,
    pub bank: Side,
    pub binding: Binding,
    pub id: RequestId,
    pub contents: Contents,
    pub request: Digest,
    pub tip: Digest,
    pub now: Timestamp,
    receipts: u8,
}

impl Case {
    /// The office has asked, due in ten days.
    pub fn new() -> Self {
        let office = Side::new(1, "north.example", "Ivan Petrov");
        let bank = Side::new(2, "harbour.example", "Anna Novak");
        Self::between(office, bank)
    }

    /// The same between others.
    pub fn between(office: Side, bank: Side) -> Self {
        let binding = Binding {
            asks: office.id,
            room: RoomId([5; 16]),
        };
        let mut case = Self {
            office,
            bank,
            binding,
            id: RequestId([9; 16]),
            contents: Contents::default(),
            request: Digest([0; 32]),
            tip: Digest([0; 32]),
            now: NOW,
            receipts: 0,
        };
        let request = case.draft();
        case.request = case.put_request(&request);
        case.tip = case.request;
        case.contents.contents = vec![BODY.to_vec(), SCAN.to_vec()];
        case
    }

    pub fn draft(&self) -> Request {
        Request {
            id: self.id,
            number: name("2026/NB-00042"),
            revision: 1,
            previous: None,
            issuer: self.office.party(),
            addressee: Addressee {
                organisation: self.bank.id,
                name: name("Harbour Bank"),
                office: Some(name("Registry")),
            },
            subject: note("Account statements"),
            body: Digest::of(BODY),
            parts: vec![part(SCAN, "order.pdf")],
            issued_at: NOW,
            deadline: Deadline {
                due: NOW.plus_millis(10 * DAY),
                acknowledge_by: Some(NOW.plus_millis(2 * DAY)),
                working: None,
            },
            grade: Grade::Verification,
            legal_basis: Some(note("Section 95")),
            classification: None,
            is_confidential: true,
            refers_to: None,
            policy: None,
            language: Some("en".into()),
            fields: Vec::new(),
            ends: None,
        }
    }

    pub fn put_request(&mut self, request: &Request) -> Digest {
        let bytes = sign(request, &self.binding, &self.office.key);
        let digest = Digest::of(&bytes);
        self.contents.requests.push(bytes);
        digest
    }

    pub fn later(&mut self, millis: u64) {
        self.now = self.now.plus_millis(millis);
    }

    pub fn act(&self, kind: ActKind, side: &Side) -> Act {
        Act {
            request: self.id,
            kind,
            previous: self.tip,
            actor: side.party(),
            at: self.now,
            object: None,
            until: None,
            number: None,
            note: None,
        }
    }

    /// Puts an act of the bank's, or of the office's, at the end of the chain.
    pub fn put_act(&mut self, act: &Act) -> Digest {
        let by_bank = act.actor.organisation == self.bank.id;
        let side = if by_bank { &self.bank } else { &self.office };
        let bytes = sign(act, &self.binding, &side.key);
        let digest = Digest::of(&bytes);
        self.contents.acts.push(bytes);
        self.tip = digest;
        digest
    }

    pub fn bank_does(&mut self, kind: ActKind) -> Digest {
        self.later(HOUR);
        let mut act = self.act(kind, &self.bank);
        if kind == ActKind::Registered {
            act.number = Some(name("IN-7"));
        }
        self.put_act(&act)
    }

    pub fn office_does(&mut self, kind: ActKind) -> Digest {
        self.later(HOUR);
        let act = self.act(kind, &self.office);
        self.put_act(&act)
    }

    pub fn response(&self, kind: ResponseKind, side: &Side) -> Response {
        Response {
            request: self.id,
            id: [self.contents.responses.len() as u8; 16],
            revision: self.request,
            kind,
            signer: side.party(),
            at: self.now,
            body: Digest::of(ANSWER),
            parts: Vec::new(),
            number: None,
            ground: (kind == ResponseKind::Refusal).then(|| note("No such account")),
        }
    }

    /// Puts what the bank says, with its words.
    pub fn put_response(&mut self, response: &Response) -> Digest {
        let bytes = sign(response, &self.binding, &self.bank.key);
        let digest = Digest::of(&bytes);
        self.contents.responses.push(bytes);
        self.has(ANSWER);
        digest
    }

    /// The bank says something to it, and the act that names that follows.
    pub fn bank_says(&mut self, kind: ResponseKind, by: ActKind) -> Digest {
        let response = self.response(kind, &self.bank);
        let object = self.put_response(&response);
        self.later(HOUR);
        let act = Act {
            object: Some(object),
            ..self.act(by, &self.bank)
        };
        self.put_act(&act)
    }

    pub fn has(&mut self, bytes: &[u8]) {
        if !self.contents.contents.iter().any(|known| known == bytes) {
            self.contents.contents.push(bytes.to_vec());
        }
    }

    /// What one side's server says.
    pub fn receipt(&mut self, by: OrganisationId, event: Event, object: Digest) -> Receipt {
        self.receipts += 1;
        let is_office = by == self.office.id;
        let side = if is_office { &self.office } else { &self.bank };
        Receipt {
            id: [self.receipts; 16],
            event,
            reasons: Vec::new(),
            at: self.now,
            issuer: side.id,
            directory: side.log.len() as u64,
            request: self.id,
            seq: self.receipts.into(),
            object,
            transmitted: Digest([self.receipts; 32]),
            room: self.binding.room,
            epoch: 3,
            device: None,
            confirmation: None,
            expires_at: None,
            previous: None,
        }
    }

    /// The office's server says that it has something.
    pub fn seen_by_office(&mut self, event: Event, object: Digest) {
        let receipt = self.receipt(self.office.id, event, object);
        let bytes = sign(&receipt, &self.binding, &self.office.hub);
        self.contents.receipts.push(bytes);
    }

    /// The bank seals something.
    pub fn seal(&mut self, object: Digest) {
        self.seal_by(self.bank.party(), self.bank.seal(), object);
    }

    /// Somebody seals something.
    pub fn seal_by(&mut self, keeper: Party, keys: SealSecret, object: Digest) {
        let sealed = Sealed {
            keeper,
            request: self.id,
            object,
            at: self.now,
        };
        let seal = keys.seal(sealed, &self.binding);
        self.contents.seals.push(to_bytes(&seal));
    }

    /// Received, registered, answered with a seal and receipts, confirmed.
    pub fn whole() -> Self {
        let mut case = Self::new();
        let request = case.request;
        case.seen_by_office(Event::SubmissionAcceptance, request);
        case.bank_does(ActKind::Received);
        case.bank_does(ActKind::Registered);
        let answered = case.bank_says(ResponseKind::Full, ActKind::Answered);
        case.seen_by_office(Event::RelayAcceptance, answered);
        let response = Digest::of(&case.contents.responses[0]);
        case.seal(response);
        case.office_does(ActKind::Confirmed);
        case
    }

    /// The bundle that the office exports.
    pub fn bundle(&self) -> Vec<u8> {
        let mut contents = self.contents.clone();
        contents.trust = vec![self.office.trust(), self.bank.trust()];
        self.export(&contents)
    }

    pub fn export(&self, contents: &Contents) -> Vec<u8> {
        write(contents, &self.by_office(), &self.office.key)
    }

    fn by_office(&self) -> Export {
        Export {
            request: self.id,
            binding: self.binding,
            exporter: self.office.party(),
            at: self.now,
        }
    }

    /// The same bundle, still to be given a time.
    pub fn packed(&self) -> Packed {
        let mut contents = self.contents.clone();
        contents.trust = vec![self.office.trust(), self.bank.trust()];
        Packed::new(contents, &self.by_office(), &self.office.key)
    }

    /// The same bundle with a time over all of it.
    pub fn stamped_bundle(&self) -> Vec<u8> {
        let packed = self.packed();
        let token = token_over(packed.stamped(), self.now);
        packed.close(Some(token))
    }

    pub fn fingerprints(&self) -> Vec<String> {
        vec![fingerprint(self.office.id), fingerprint(self.bank.id)]
    }

    pub fn judge(&self, bytes: &[u8]) -> Verdict {
        self.judge_with(bytes, Checks::ALL)
    }

    pub fn judge_with(&self, bytes: &[u8], checks: Checks) -> Verdict {
        let token = |over: Stamped<'_>, token: &[u8]| {
            let token = match over {
                Stamped::Signature(_) => token,
                Stamped::File(bytes) => token.strip_prefix(&Digest::of(bytes).0)?,
            };
            let millis = token.try_into().ok().map(u64::from_be_bytes)?;
            Some(Stamp {
                at: Timestamp(millis),
                authority: [0; 32],
                name: "CN=clock".into(),
                is_known: true,
            })
        };
        let expected = Expected {
            fingerprints: self.fingerprints(),
            token: Some(&token),
        };
        verify_with(bytes, &expected, checks)
    }
}

/// What the tests take for a time token over a file: its digest, and the instant.
pub fn token_over(digest: Digest, at: Timestamp) -> Vec<u8> {
    [digest.0.as_slice(), &at.0.to_be_bytes()].concat()
}

pub fn part(bytes: &[u8], called: &str) -> Part {
    Part {
        digest: Digest::of(bytes),
        length: bytes.len() as u64,
        media_type: "application/pdf".into(),
        name: Some(name(called)),
    }
}

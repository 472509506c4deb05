//! The side of the new device: it offers itself, shows the digits, and becomes what it is given.

use super::gift::Gift;
use super::{LOOK_MILLIS, PAUSE_MILLIS, Pace, done, note, place};
use crate::Error;
use crate::account::NewDevice;
use crate::archive::Arriving;
use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::state::Cx;
use valise_directory::link::{DeviceLink, check_origin};
use valise_directory::linking::{
    LinkCode, Offer, VERSION, commitment, digits, fingerprint, transcript,
};
use valise_mls::EnvelopeKey;
use valise_views::{Outcome, Trouble};
use valise_wire::request::{PutNote, ReadNote, Reply, Request};
use valise_wire::{from_bytes, to_bytes};
use zeroize::Zeroizing;

/// How long it is waited for a person's word on the other device, once both show the digits.
const WORD_MILLIS: u64 = 180_000;

/// A device that waits to be linked.
pub(super) struct Newcomer {
    origin: String,
    name: String,
    code: LinkCode,
    device: NewDevice,
    seal_seed: Zeroizing<[u8; 32]>,
    random: [u8; 32],
    offer: Vec<u8>,
    step: Step,
    pace: Pace,
}

/// What comes next.
#[derive(Clone, Copy)]
enum Step {
    /// To lay the offer.
    Offer,
    /// To see the other's number.
    Answer,
    /// To lay one's own, having seen the other's.
    Reveal([u8; 32]),
    /// To get what the other gives.
    Gift([u8; 32]),
}

impl Newcomer {
    /// Returns what the device shows.
    pub(super) fn shown(&self) -> valise_views::Linking {
        let link = DeviceLink {
            origin: self.origin.clone(),
            code: self.code,
            fingerprint: fingerprint(&self.offer),
        };
        let digits = match self.step {
            Step::Gift(old) => Some(digits(&self.transcript(&old))),
            _ => None,
        };
        valise_views::Linking {
            link: link.to_url(),
            code: self.code.to_text(),
            digits,
        }
    }

    fn transcript(&self, old: &[u8; 32]) -> [u8; 32] {
        transcript(&self.offer, old, &self.random)
    }

    fn request(&self) -> Request {
        let meeting = self.code.meeting();
        let put = |place, body: &[u8]| PutNote {
            meeting,
            place,
            body: body.into(),
        };
        match self.step {
            Step::Offer => put(place::OFFER, &self.offer).into(),
            Step::Answer => ReadNote {
                meeting,
                place: place::OLD,
            }
            .into(),
            Step::Reveal(_) => put(place::NEW, &self.random).into(),
            Step::Gift(_) => ReadNote {
                meeting,
                place: place::GIFT,
            }
            .into(),
        }
    }
}

impl Cx<'_> {
    /// Lets this empty device wait to be linked.
    pub(crate) fn begin_link(
        &mut self,
        number: u64,
        origin: &str,
        name: &str,
    ) -> Result<(), Error> {
        if self.state.is_taken() {
            return self.fail(number, Trouble::AlreadyJoined);
        }
        if check_origin(origin).is_err() {
            return self.fail(number, Trouble::BadLink);
        }
        self.offer_device(origin.to_owned(), name.to_owned())?;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    pub(crate) fn cancel_link(&mut self, number: u64) -> Result<(), Error> {
        self.state.linking.newcomer = None;
        self.state.dirty.status = true;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// Makes a device, a code and an offer: new ones for every meeting.
    fn offer_device(&mut self, origin: String, name: String) -> Result<(), Error> {
        self.forget_asking(|purpose| matches!(purpose, Purpose::Newcomer));
        let device = NewDevice::generate(&self.state.random);
        let seal_seed = Zeroizing::new(self.random());
        let random: [u8; 32] = self.random();
        let seal_key = EnvelopeKey::from_seed(&seal_seed, &self.state.random)
            .map_err(|_| Error::Bug("no key pair for a gift"))?;
        let offer = to_bytes(&Offer {
            version: VERSION,
            device: device.statement(self.now),
            seal_key: seal_key.public().into(),
            commitment: commitment(&random),
            name: name.clone(),
        });
        self.state.linking.newcomer = Some(Newcomer {
            origin,
            name,
            code: LinkCode::generate(&mut self.state.rng),
            device,
            seal_seed,
            random,
            offer,
            step: Step::Offer,
            pace: Pace::new(self.now),
        });
        self.state.dirty.status = true;
        Ok(())
    }

    pub(super) fn advance_newcomer(&mut self) -> Result<(), Error> {
        let Some(newcomer) = &self.state.linking.newcomer else {
            return Ok(());
        };
        let (next, until) = (newcomer.pace.next, newcomer.pace.until);
        if self.is_due(until) {
            return self.begin_anew();
        }
        if self.is_asking(|purpose| matches!(purpose, Purpose::Newcomer)) || !self.is_due(next) {
            return Ok(());
        }
        if let Some(newcomer) = &self.state.linking.newcomer {
            let (origin, request) = (newcomer.origin.clone(), newcomer.request());
            self.ask(Purpose::Newcomer, &origin, request);
        }
        Ok(())
    }

    fn begin_anew(&mut self) -> Result<(), Error> {
        match self.state.linking.newcomer.take() {
            Some(newcomer) => self.offer_device(newcomer.origin, newcomer.name),
            None => Ok(()),
        }
    }

    pub(crate) fn took_newcomer(&mut self, result: Result<Reply, Failure>) -> Result<(), Error> {
        let now = self.now;
        let Some(newcomer) = &mut self.state.linking.newcomer else {
            return Ok(());
        };
        newcomer.pace.next = now;
        let laid = matches!(newcomer.step, Step::Offer | Step::Reveal(_));
        let answer = if laid {
            sort(result, done).map(|()| None)
        } else {
            sort(result, note).map(|note| note.body)
        };
        match (newcomer.step, answer) {
            (Step::Offer, Got::Reply(_)) => newcomer.step = Step::Answer,
            (Step::Reveal(old), Got::Reply(_)) => {
                newcomer.step = Step::Gift(old);
                newcomer.pace.until = now.plus_millis(WORD_MILLIS);
                self.state.dirty.status = true;
            }
            (_, Got::Reply(None)) => newcomer.pace.next = now.plus_millis(LOOK_MILLIS),
            (Step::Answer, Got::Reply(Some(body))) => match <[u8; 32]>::try_from(&body[..]) {
                Ok(old) => newcomer.step = Step::Reveal(old),
                Err(_) => return self.begin_anew(),
            },
            (Step::Gift(old), Got::Reply(Some(body))) => return self.took_gift(&old, &body),
            // The meeting is over, or the code is another's.
            (_, Got::Refused(problem)) if !problem.is_transient() => return self.begin_anew(),
            (_, Got::Refused(problem)) => {
                let pause = problem.retry_after_ms.unwrap_or_default().max(PAUSE_MILLIS);
                newcomer.pace.next = now.plus_millis(pause);
            }
            (_, Got::Offline | Got::Wrong) => newcomer.pace.next = now.plus_millis(PAUSE_MILLIS),
        }
        Ok(())
    }

    /// Becomes what the gift says; what does not open, or is empty because the person refused, begins a new meeting.
    fn took_gift(&mut self, old: &[u8; 32], body: &[u8]) -> Result<(), Error> {
        let Some(newcomer) = &self.state.linking.newcomer else {
            return Ok(());
        };
        let random = &self.state.random;
        let opened = EnvelopeKey::from_seed(&newcomer.seal_seed, random)
            .ok()
            .and_then(|key| key.open(body, &newcomer.transcript(old), random))
            .map(Zeroizing::new)
            .and_then(|bytes| from_bytes::<Gift>(&bytes).ok());
        let Some(gift) = opened else {
            return self.begin_anew();
        };
        let meeting = newcomer.code.meeting();
        let account = gift.accept(&newcomer.origin, &newcomer.device);
        let past = Arriving {
            origin: account.origin.clone(),
            archive: gift.archive,
            key: gift.archive_key.clone(),
            claim: self.random(),
        };
        self.state.linking.awaited_at = Some(meeting);
        self.state.linking.newcomer = None;
        self.set_account(account)?;
        for named in &gift.devices {
            self.name_device(named.device, &named.name)?;
        }
        self.await_past(past)?;
        // The organisation is pinned now, and names can be opened.
        self.load_roll()
    }
}

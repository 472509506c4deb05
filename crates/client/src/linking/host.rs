//! The side of a device of the account: it meets the new one, shows the digits, and once a person says so puts it on the list
//! and hands it the gift.

use super::gift::{Gift, Named};
use super::{LOOK_MILLIS, PAUSE_MILLIS, Pace, done, note, place};
use crate::Error;
use crate::archive::ArchiveKey;
use crate::asked::{Got, Purpose, sort};
use crate::guard::Guard;
use crate::io::Failure;
use crate::state::Cx;
use valise_directory::link::DeviceLink;
use valise_directory::linking::{
    LinkCode, Offer, VERSION, commitment, digits, fingerprint, transcript,
};
use valise_directory::statement::MAX_DEVICES;
use valise_mls::envelope;
use valise_views::{DevicePreview, Outcome, Trouble};
use valise_wire::request::{Publish, PutNote, ReadNote, Reply, Request};
use valise_wire::statement::SignedStatement;
use valise_wire::{ArchiveId, MeetingId, ProblemCode, from_bytes, to_bytes};
use zeroize::Zeroizing;

/// How long a new device may take to show its number.
const ANSWER_MILLIS: u64 = 30_000;
/// How long it is waited for the word that it can be added to rooms.
const READY_MILLIS: u64 = 60_000;
/// Most letters of what a device says it is.
const MAX_NAME: usize = 60;

/// A device that somebody is linking.
pub(super) struct Host {
    meeting: MeetingId,
    /// What the link says of the offer; nothing where a code was typed.
    fingerprint: Option<[u8; 16]>,
    random: [u8; 32],
    offered: Option<(Offer, Vec<u8>)>,
    transcript: Option<[u8; 32]>,
    step: Step,
    pace: Pace,
    /// Who waits for what comes of the present step.
    number: u64,
}

/// What comes next.
enum Step {
    /// To see the offer.
    Offer,
    /// To lay one's number.
    Answer,
    /// To see the other's.
    Reveal,
    /// A person's word.
    Word,
    /// To put the device on the list, and then to lay the gift.
    List(Box<SignedStatement>, Vec<u8>),
    /// To lay the gift.
    Gift(Vec<u8>),
    /// To hear that the new device can be added to rooms.
    Ready,
}

impl Host {
    fn read(&self, place: u32) -> Request {
        let meeting = self.meeting;
        ReadNote { meeting, place }.into()
    }

    fn put(&self, place: u32, body: &[u8]) -> Request {
        PutNote {
            meeting: self.meeting,
            place,
            body: body.into(),
        }
        .into()
    }

    /// Returns what is to be asked now; none while a person thinks.
    fn request(&self) -> Option<Request> {
        match &self.step {
            Step::Offer => Some(self.read(place::OFFER)),
            Step::Answer => Some(self.put(place::OLD, &self.random)),
            Step::Reveal => Some(self.read(place::NEW)),
            Step::Word => None,
            Step::List(statement, _) => Some(
                Publish {
                    statement: (**statement).clone(),
                }
                .into(),
            ),
            Step::Gift(gift) => Some(self.put(place::GIFT, gift)),
            Step::Ready => Some(self.read(place::READY)),
        }
    }
}

impl Cx<'_> {
    /// Meets the device that shows a link or code.
    pub(crate) fn inspect_device(&mut self, number: u64, typed: &str) -> Result<(), Error> {
        let account = self.account()?;
        let (code, fingerprint) = match DeviceLink::parse(typed) {
            Ok(link) if link.origin != account.origin => {
                return self.fail(number, Trouble::LinkMismatch);
            }
            Ok(link) => (link.code, Some(link.fingerprint)),
            Err(_) => match LinkCode::parse(typed) {
                Some(code) => (code, None),
                None => return self.fail(number, Trouble::BadLink),
            },
        };
        if !self.dismiss_host()? {
            return self.fail(number, Trouble::NoDeviceWaits);
        }
        self.state.linking.host = Some(Host {
            meeting: code.meeting(),
            fingerprint,
            random: self.random(),
            offered: None,
            transcript: None,
            step: Step::Offer,
            pace: Pace {
                until: self.now.plus_millis(ANSWER_MILLIS),
                ..Pace::new(self.now)
            },
            number,
        });
        Ok(())
    }

    pub(crate) fn refuse_device(&mut self, number: u64) -> Result<(), Error> {
        self.dismiss_host()?;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// Lets go of a device that was met, and tells it so. Tells whether it did: one that is being put on the list is not let go.
    fn dismiss_host(&mut self) -> Result<bool, Error> {
        let being_linked = |host: &Host| matches!(host.step, Step::List(..) | Step::Gift(_));
        if self.state.linking.host.as_ref().is_some_and(being_linked) {
            return Ok(false);
        }
        self.forget_asking(|purpose| matches!(purpose, Purpose::Host));
        if let Some(host) = self.state.linking.host.take() {
            match host.step {
                Step::Ready => {}
                Step::Word => self.ask_home(Purpose::LastNote, host.put(place::GIFT, &[]))?,
                _ => self.fail(host.number, Trouble::NoDeviceWaits)?,
            }
        }
        Ok(true)
    }

    pub(super) fn advance_host(&mut self) -> Result<(), Error> {
        let Some(host) = &self.state.linking.host else {
            return Ok(());
        };
        let (next, until, number) = (host.pace.next, host.pace.until, host.number);
        if self.is_due(until) {
            let step = self.state.linking.host.take().map(|host| host.step);
            return match step {
                Some(Step::Word | Step::Ready) | None => Ok(()),
                Some(_) => self.fail(number, Trouble::NoDeviceWaits),
            };
        }
        if self.is_asking(|purpose| matches!(purpose, Purpose::Host)) || !self.is_due(next) {
            return Ok(());
        }
        let request = self.state.linking.host.as_ref().and_then(Host::request);
        match request {
            Some(request) => self.ask_home(Purpose::Host, request),
            None => Ok(()),
        }
    }

    pub(crate) fn took_host(&mut self, result: Result<Reply, Failure>) -> Result<(), Error> {
        let now = self.now;
        let Some(host) = &mut self.state.linking.host else {
            return Ok(());
        };
        host.pace.next = now;
        let number = host.number;
        let body = match host.step {
            Step::List(..) => return self.took_listed(result),
            Step::Offer | Step::Reveal | Step::Ready => sort(result, note).map(|note| note.body),
            _ => sort(result, done).map(|()| None),
        };
        match (&host.step, body) {
            (Step::Offer, Got::Reply(Some(offer))) => self.took_offer_of_device(offer.0),
            (Step::Answer, Got::Reply(_)) => {
                host.step = Step::Reveal;
                Ok(())
            }
            (Step::Reveal, Got::Reply(Some(random))) => self.took_revealed(&random),
            (Step::Gift(_), Got::Reply(_)) => {
                host.step = Step::Ready;
                host.pace.until = now.plus_millis(READY_MILLIS);
                self.outcome(number, Outcome::Done);
                Ok(())
            }
            (Step::Ready, Got::Reply(Some(_))) => {
                self.state.linking.host = None;
                self.hurry_wishes();
                Ok(())
            }
            (Step::Ready, Got::Refused(_)) => {
                self.state.linking.host = None;
                Ok(())
            }
            (_, Got::Reply(_)) => {
                host.pace.next = now.plus_millis(LOOK_MILLIS);
                Ok(())
            }
            (_, Got::Refused(problem)) if !problem.is_transient() => {
                self.state.linking.host = None;
                self.fail(number, Trouble::NoDeviceWaits)
            }
            (_, Got::Refused(_) | Got::Offline | Got::Wrong) => {
                host.pace.next = now.plus_millis(PAUSE_MILLIS);
                Ok(())
            }
        }
    }

    fn took_offer_of_device(&mut self, bytes: Vec<u8>) -> Result<(), Error> {
        let believes = !self.keeps(Guard::LinkedOffer);
        let Some(host) = &mut self.state.linking.host else {
            return Ok(());
        };
        let number = host.number;
        let other = host
            .fingerprint
            .is_some_and(|expected| expected != fingerprint(&bytes));
        let offer = from_bytes::<Offer>(&bytes)
            .ok()
            .filter(|_| believes || !other);
        let trouble = match offer {
            None => Trouble::LinkMismatch,
            Some(offer) if offer.version != VERSION => Trouble::NewerVersion,
            Some(offer) => {
                host.offered = Some((offer, bytes));
                host.step = Step::Answer;
                return Ok(());
            }
        };
        self.state.linking.host = None;
        self.fail(number, trouble)
    }

    /// Takes the new device's number: it must be the one that its offer was bound to.
    fn took_revealed(&mut self, random: &[u8]) -> Result<(), Error> {
        let believes = !self.keeps(Guard::LinkedNumber);
        let Some(host) = &mut self.state.linking.host else {
            return Ok(());
        };
        let number = host.number;
        let random: Option<[u8; 32]> = random.try_into().ok();
        let offered = host.offered.as_ref();
        let kept = offered
            .zip(random)
            .filter(|((offer, _), random)| believes || commitment(random) == offer.commitment);
        let Some(((offer, bytes), random)) = kept else {
            self.state.linking.host = None;
            return self.fail(number, Trouble::LinkMismatch);
        };
        let transcript = transcript(bytes, &host.random, &random);
        let preview = DevicePreview {
            name: harmless(&offer.name),
            digits: digits(&transcript),
        };
        host.transcript = Some(transcript);
        host.step = Step::Word;
        host.pace = Pace::new(self.now);
        self.outcome(number, Outcome::Device(preview));
        Ok(())
    }

    /// Links the device that was met.
    pub(crate) fn approve_device(&mut self, number: u64, own_name: &str) -> Result<(), Error> {
        let met = self.state.linking.host.as_ref().and_then(|host| {
            let (offer, _) = host
                .offered
                .as_ref()
                .filter(|_| matches!(host.step, Step::Word))?;
            Some((offer.clone(), host.transcript?))
        });
        let Some((offer, transcript)) = met else {
            return self.fail(number, Trouble::NoDeviceWaits);
        };
        let mut devices = self.own_devices();
        if devices.len() >= MAX_DEVICES {
            return self.fail(number, Trouble::TooManyDevices);
        }
        let now = self.now;
        devices.push(valise_directory::Device {
            added_at: now,
            ..offer.device.clone()
        });
        let Some(gift) = self.wrap_gift(&offer, &transcript, own_name)? else {
            self.state.linking.host = None;
            return self.fail(number, Trouble::LinkMismatch);
        };
        let statement = Box::new(self.device_list(devices)?);
        if let Some(host) = &mut self.state.linking.host {
            host.number = number;
            host.step = Step::List(statement, gift);
            host.pace = Pace::new(now);
        }
        Ok(())
    }

    /// Seals the gift for a new device, and notes what it is called and that it is owed the past; none if it has no key.
    fn wrap_gift(
        &mut self,
        offer: &Offer,
        transcript: &[u8; 32],
        own_name: &str,
    ) -> Result<Option<Vec<u8>>, Error> {
        let account = self.account()?;
        let new = offer.device.id;
        self.name_device(account.device, &harmless(own_name))?;
        self.name_device(new, &harmless(&offer.name))?;
        let (archive, key) = (ArchiveId(self.random()), ArchiveKey(self.random()));
        let gift = Gift::of(&account, archive, key.clone(), self.names()?);
        let gift = Zeroizing::new(to_bytes(&gift));
        let sealed = envelope::seal(&offer.seal_key, transcript, &gift, &self.state.random);
        match sealed {
            Some(_) => self.owe_past(new, archive, &key)?,
            None => self.forget_name(new)?,
        }
        Ok(sealed)
    }

    /// Takes what came of the list. Whether it was taken may not be known: it is published again, and stands once.
    fn took_listed(&mut self, result: Result<Reply, Failure>) -> Result<(), Error> {
        let published = self.sort_published(result);
        let later = self.now.plus_millis(PAUSE_MILLIS);
        let Some(host) = &mut self.state.linking.host else {
            return Ok(());
        };
        match (published, &mut host.step) {
            (Got::Reply(()), Step::List(_, gift)) => {
                host.step = Step::Gift(std::mem::take(gift));
                Ok(())
            }
            (Got::Refused(problem), _) if !problem.is_transient() => {
                let (number, offered) = (host.number, host.offered.take());
                self.state.linking.host = None;
                if let Some((offer, _)) = offered {
                    self.forget_name(offer.device.id)?;
                }
                let trouble = match problem.code {
                    ProblemCode::StorageFull => Trouble::StorageFull,
                    _ => Trouble::Offline,
                };
                self.fail(number, trouble)
            }
            _ => {
                host.pace.next = later;
                Ok(())
            }
        }
    }

    /// Returns what the account's devices are called.
    pub(crate) fn names(&self) -> Result<Vec<Named>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT id, name FROM device ORDER BY id")?;
        let rows = query.query_map([], |row| {
            Ok(Named {
                device: valise_wire::DeviceId(row.get(0)?),
                name: row.get(1)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Returns what a device says it is, on one line and without characters that deceive.
fn harmless(name: &str) -> String {
    let one_line = crate::inbound::one_line(name);
    let short: String = one_line.chars().take(MAX_NAME).collect();
    crate::rooms::clean_title(&short).unwrap_or_default()
}

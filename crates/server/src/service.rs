//! The door of the server: one request in, one answer out, whatever carries them.
//!
//! Nothing here knows sockets, threads or an async runtime: a test drives it with `block_on`.

mod partners;
mod protections;
pub(crate) mod refusal;

use crate::directory::{DirectoryState, Standing};
use crate::fanout::{Bus, Owner, Pushes};
use crate::guests::Guests;
use crate::limits::{Class, Limiter, Limits, Subject, TIME_TOKEN};
use crate::meetings::{self, Meetings};
use crate::metrics::name;
use crate::partners::{self as others, Line, NoLine, Partners};
use crate::receipts;
use crate::rooms::{Due, Rooms};
use crate::session::{Challenges, Sessions};
use crate::store::{Setting, Store};
use crate::timestamps::{self, Timestamps};
use crate::tls::Shown;
use crate::waking::{self, Allowed, Waking};
use crate::{archives, delivery, directory, guests, key_packages, lockers, session};
use futures_util::future::BoxFuture;
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use std::sync::Arc;
use thiserror::Error;
use valise_mls::HubKey;
use valise_wire::partner::BlobPart;
use valise_wire::push::Reason;
use valise_wire::request::{Quota, Reply, Request};
use valise_wire::{AccountId, BlobId, DeviceId, Problem, ProblemCode, Timestamp};

pub use crate::store::StoreError;
pub use protections::Protections;

/// What a renewal waits if nothing else is set.
const DAY_MILLIS: u64 = 24 * 60 * 60 * 1000;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// Somebody without a session.
    Anonymous {
        /// From where, for limits.
        address: IpAddr,
    },
    /// A signed-in device.
    Device {
        /// Whose device.
        account: AccountId,
        /// Which device.
        device: DeviceId,
        /// Its session.
        session: SessionId,
    },
}

/// Names a session without being its token: SHA-256 of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionId(pub [u8; 32]);

/// Where random bytes come from; a simulation gives its own.
pub type Entropy = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// Returns the randomness of the machine. Without any there is no server.
pub fn system_entropy() -> Entropy {
    Arc::new(|bytes| {
        if let Err(error) = getrandom_04::fill(bytes) {
            tracing::error!(%error, "the machine gives no random numbers");
            std::process::abort();
        }
    })
}

/// The files of this server.
pub trait Attachments: Send + Sync + 'static {
    /// Returns what the account uses and may use.
    fn quota(&self, account: AccountId) -> Quota;

    /// Reads a part of a file that is here whole; none if there is no such file, or nothing of it there.
    fn part(&self, blob: BlobId, offset: u64, length: u32) -> BoxFuture<'_, Option<BlobPart>>;
}

/// No room for files at all.
pub struct NoFiles;

impl Attachments for NoFiles {
    fn quota(&self, _: AccountId) -> Quota {
        Quota {
            used_bytes: 0,
            limit_bytes: 0,
            file_limit_bytes: 0,
        }
    }

    fn part(&self, _: BlobId, _: u64, _: u32) -> BoxFuture<'_, Option<BlobPart>> {
        Box::pin(std::future::ready(None))
    }
}

/// What a service is made with.
pub struct Settings {
    /// Domain under which the organisation's people have their addresses, and to which sign-in is bound.
    pub domain: String,
    /// How much anybody may ask for.
    pub limits: Limits,
    /// Randomness of tokens, challenges and the set-up code.
    pub entropy: Entropy,
    /// Room for files.
    pub attachments: Arc<dyn Attachments>,
    /// The hub's signing key.
    pub hub_key: HubKey,
    /// Push services that may be called; none if nobody is to be woken.
    pub push: Option<Allowed>,
    /// The way to the servers of other organisations.
    pub line: Arc<dyn Line>,
    /// Milliseconds between the second registrar's word and a new key for an account; at least
    /// [`valise_directory::statement::MIN_RENEWAL_DELAY_MILLIS`].
    pub renewal_delay_millis: u64,
    /// Who gives timestamps.
    pub timestamps: timestamps::Source,
    /// Which certificates people are shown.
    pub shown: Arc<Shown>,
    /// What is checked.
    #[doc(hidden)]
    pub protections: Protections,
}

impl Settings {
    /// Makes settings with the usual limits, the machine's randomness and no room for files.
    pub fn new(domain: impl Into<String>, hub_key: HubKey) -> Self {
        Self {
            domain: domain.into(),
            limits: Limits::default(),
            entropy: system_entropy(),
            attachments: Arc::new(NoFiles),
            hub_key,
            push: None,
            line: Arc::new(NoLine),
            renewal_delay_millis: DAY_MILLIS,
            timestamps: timestamps::Source::Nobody,
            shown: Arc::default(),
            protections: Protections::default(),
        }
    }
}

/// Why a service does not begin.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The stored log of the organisation does not fold.
    #[error("position {position} of the organisation's log cannot be taken: {breach}")]
    Directory {
        /// Where.
        position: u64,
        /// Why.
        breach: valise_directory::Breach,
    },
    /// The hub's key is not the one that the organisation was founded with, and every client would refuse it.
    #[error(
        "the hub key is not the one that the organisation was founded with: put the right one back"
    )]
    HubKey,
    /// The store was made for another domain.
    #[error("the organisation was founded under the domain {0}")]
    Domain(String),
}

/// The server without its sockets.
pub struct Service<S: Store> {
    pub(crate) store: S,
    pub(crate) settings: Settings,
    pub(crate) generation: [u8; 16],
    pub(crate) directory: Arc<DirectoryState>,
    pub(crate) sessions: Arc<Sessions>,
    pub(crate) challenges: Challenges,
    pub(crate) meetings: Meetings,
    pub(crate) guests: Guests,
    pub(crate) waking: Arc<Waking>,
    pub(crate) partners: Arc<Partners>,
    pub(crate) timestamps: Arc<Timestamps>,
    pub(crate) bus: Arc<Bus>,
    pub(crate) rooms: Rooms,
    pub(crate) due: Arc<Due>,
    nonces: partners::Nonces,
    limiter: Limiter,
}

impl<S: Store> Service<S> {
    /// Begins with what the store holds: reads the organisation's log, and proposes the removals that a crash cut off.
    pub async fn open(store: S, settings: Settings, now: Timestamp) -> Result<Self, OpenError> {
        let generation = store.setting(Setting::Generation).await?;
        let generation = generation
            .and_then(|value| value.try_into().ok())
            .ok_or(StoreError::Corrupt)?;
        let directory = DirectoryState::load(&store).await?;
        if let Some(organisation) = directory
            .current()
            .as_deref()
            .and_then(|directory| directory.organisation())
        {
            if organisation.hub_key != settings.hub_key.public() {
                return Err(OpenError::HubKey);
            }
            if organisation.domain != settings.domain {
                return Err(OpenError::Domain(organisation.domain.clone()));
            }
        }
        let timestamps = Timestamps::open(&store, &settings, generation, now).await?;
        let waking = Waking::open(&store, settings.push.clone(), &settings.entropy).await?;
        let home = directory.current();
        let home = home.as_deref().map(|home| home.organisation_id());
        let partners = Partners::load(&store, home).await?;
        let service = Self {
            generation,
            partners: Arc::new(partners),
            waking: Arc::new(waking),
            timestamps: Arc::new(timestamps),
            directory: Arc::new(directory),
            sessions: Arc::default(),
            challenges: Challenges::default(),
            meetings: Meetings::default(),
            guests: Guests::load(&store).await?,
            bus: Arc::default(),
            rooms: Rooms::default(),
            due: Arc::default(),
            nonces: partners::Nonces::default(),
            limiter: Limiter::new(settings.limits),
            store,
            settings,
        };
        service.due.add(service.directory.with_former_devices());
        service.due.add(service.partners.with_former_devices());
        delivery::remove_ended(&service, now).await;
        Ok(service)
    }

    /// Makes a new code for the set-up link, stores its hash and forgets the former; none once the organisation exists.
    pub async fn renew_setup_code(&self) -> Result<Option<[u8; 32]>, StoreError> {
        directory::renew_setup_code(self).await
    }

    /// Finds out who holds a token.
    pub fn authenticate(&self, token: &[u8; 32], now: Timestamp) -> Option<Signed> {
        let (owner, expires_at) = self.sessions.find(token, now)?;
        Some(Signed { owner, expires_at })
    }

    /// Opens a connection for pushes: they come once the device has asked `Sync`. None if its session is over.
    pub fn connect(&self, caller: &Caller, now: Timestamp) -> Option<Pushes> {
        let Caller::Device {
            account,
            device,
            session,
        } = *caller
        else {
            return None;
        };
        let pushes = self.bus.connect(Owner {
            account,
            device,
            session,
        });
        // Looked at after the queue is there: an end of the session in between closes it or is seen here.
        self.sessions.holds(&session, now).then_some(pushes)
    }

    /// Tells everybody online to come back later, before the process ends.
    pub fn close_all(&self, reason: Reason) {
        self.bus.close_all(reason);
    }

    /// Tells whether requests can be done.
    pub fn is_ready(&self) -> bool {
        self.store.is_in_service()
    }

    /// Returns the domain to which sign-in is bound.
    pub fn domain(&self) -> &str {
        &self.settings.domain
    }

    /// Returns where it is noted which certificates people are shown.
    pub(crate) fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.settings.shown)
    }

    /// Answers one request.
    pub async fn call(
        &self,
        caller: &Caller,
        request: Request,
        now: Timestamp,
    ) -> Result<Reply, Problem> {
        let kind = request.name();
        let reply = self.answer(caller, request, now).await;
        let outcome = reply
            .as_ref()
            .err()
            .map_or("done", |problem| refusal::name(problem.code));
        metrics::counter!(name::REQUESTS, "request" => kind, "outcome" => outcome).increment(1);
        reply
    }

    async fn answer(
        &self,
        caller: &Caller,
        request: Request,
        now: Timestamp,
    ) -> Result<Reply, Problem> {
        self.allow(caller, &request, now)?;
        delivery::remove_ended(self, now).await;
        match request {
            Request::GetOrganisation(_) => directory::organisation(self).await,
            Request::Found(request) => directory::found(self, request).await,
            Request::GetInvitation(request) => directory::invitation(self, request, now).await,
            Request::Join(request) => directory::join(self, request, now).await,
            Request::GetChallenge(_) => session::challenge(self, now),
            Request::SignIn(request) => session::sign_in(self, request, now),
            Request::GetChannel(request) => session::channel(self, &request),
            Request::TakeArchive(request) => archives::take(self, request).await,
            Request::ReadEnding(request) => directory::ending(self, request, now).await,
            Request::ReadReturning(request) => directory::read_returning(self, request).await,
            Request::Return(request) => directory::come_back(self, request, now).await,
            Request::ReadRenewal(request) => directory::read_renewal(self, request).await,
            Request::Renew(request) => directory::renew(self, request, now).await,
            Request::ReadLocker(request) => lockers::read(self, request).await,
            Request::LookAtPass(request) => directory::look_at_pass(self, request, now).await,
            Request::PutNote(request) => meetings::put(self, request, now),
            Request::ReadNote(request) => meetings::read(self, &request, now),
            request => match *caller {
                Caller::Device {
                    account,
                    device,
                    session,
                } => {
                    let who = Owner {
                        account,
                        device,
                        session,
                    };
                    if self.settings.protections.revocation && !self.sessions.holds(&session, now) {
                        return Err(Problem::new(ProblemCode::Unauthenticated));
                    }
                    self.guests_may(account, &request)?;
                    self.answer_device(who, request, now).await
                }
                Caller::Anonymous { .. } => Err(Problem::new(ProblemCode::Unauthenticated)),
            },
        }
    }

    pub(crate) async fn answer_device(
        &self,
        who: Owner,
        request: Request,
        now: Timestamp,
    ) -> Result<Reply, Problem> {
        if let Some(hub) = self.partners.hub_of(&request) {
            return others::forward(self, who, hub, request, now).await;
        }
        match request {
            Request::ReadDirectory(request) => directory::read(self, who, request).await,
            Request::Publish(request) => directory::publish(self, request, now).await,
            Request::PublishKeyPackages(request) => key_packages::publish(self, who, request).await,
            Request::ClaimKeyPackages(request) => {
                key_packages::claim(self, who, request, now).await
            }
            Request::CreateRoom(request) => delivery::create_room(self, who, request, now).await,
            Request::Commit(request) => delivery::commit(self, who, request, now).await,
            Request::Send(request) => delivery::send(self, who, request, now).await,
            Request::Propose(request) => delivery::propose(self, who, request, now).await,
            Request::ReadEvents(request) => delivery::read_events(self, who, request).await,
            Request::GetGroupInfo(request) => delivery::group_info(self, who, request).await,
            Request::GetGroupByLink(request) => {
                delivery::group_by_link(self, who, request, now).await
            }
            Request::JoinByLink(request) => delivery::join_by_link(self, who, request, now).await,
            Request::Signal(request) => delivery::signal(self, who, request).await,
            Request::Sync(_) => delivery::sync(self, who, now).await,
            Request::ReadInbox(request) => delivery::read_inbox(self, who, request).await,
            Request::ClearInbox(request) => delivery::clear_inbox(self, who, request).await,
            Request::GetQuota(_) => Ok(self.settings.attachments.quota(who.account).into()),
            Request::KeepArchive(request) => archives::keep(self, who, request).await,
            Request::ForgetArchive(request) => archives::forget(self, who, request).await,
            Request::PutLocker(request) => lockers::put(self, who, request).await,
            Request::EmptyLocker(request) => lockers::empty(self, who, request).await,
            Request::KeepReturns(request) => directory::keep_returns(self, who, request).await,
            Request::GetRenewalDelay(_) => Ok(directory::renewal_delay(self, now)),
            Request::GetRooms(_) => Ok(directory::rooms(self, who).await?),
            Request::GetPushKey(_) => Ok(waking::key(self)),
            Request::KeepSubscription(request) => waking::keep(self, who, request).await,
            Request::ForgetSubscription(_) => waking::forget(self, who).await,
            Request::OfferPartnership(request) => others::offer(self, who, request, now).await,
            Request::MeetPartner(request) => others::meet(self, who, request).await,
            Request::Introduce(request) => others::introduce(self, who, request).await,
            Request::GetIntroductions(_) => others::introductions(self, who, now).await,
            Request::ReadForeign(request) => others::read(self, request).await,
            Request::FindForeign(request) => others::find(self, request, now).await,
            Request::ReadForeignOffices(request) => others::read_offices(self, request, now).await,
            Request::GetReceipts(request) => receipts::get(self, who, request, now).await,
            Request::GetTimeToken(request) => timestamps::token(self, &request, now).await,
            // Public ones were answered before.
            _ => Err(Problem::new(ProblemCode::Malformed)),
        }
    }

    /// Refuses what is none of a guest's business.
    fn guests_may(&self, account: AccountId, request: &Request) -> Result<(), Problem> {
        if !guests::may(request) && self.keeps_guest(account) {
            return Err(Problem::new(ProblemCode::Refused));
        }
        Ok(())
    }

    /// Tells whether an account is that of a guest, who is told of nothing but what is in his room.
    pub(crate) fn keeps_guest(&self, account: AccountId) -> bool {
        self.settings.protections.guests && self.directory.is_guest(account)
    }

    /// Charges a request to whoever asks.
    pub(crate) fn allow(
        &self,
        caller: &Caller,
        request: &Request,
        now: Timestamp,
    ) -> Result<(), Problem> {
        let charge = |class, count| self.charge(caller, class, count, now);
        charge(general(caller), 1)?;
        match request {
            Request::Found(_)
            | Request::Join(_)
            | Request::SignIn(_)
            | Request::ReadEnding(_)
            | Request::ReadReturning(_)
            | Request::Return(_)
            | Request::ReadRenewal(_)
            | Request::Renew(_) => charge(Class::Attempts, 1),
            Request::PutNote(request) if request.place == 0 => charge(Class::Attempts, 1),
            Request::Send(_) => charge(Class::Sends, 1),
            Request::Signal(_) => charge(Class::Signals, 1),
            Request::ClaimKeyPackages(request) => {
                charge(Class::Claims, request.accounts.len() as u64)
            }
            Request::CreateRoom(_) => charge(Class::Rooms, 1),
            Request::GetGroupByLink(_) | Request::JoinByLink(_) => charge(Class::Links, 1),
            Request::Publish(_) => charge(Class::Statements, 1),
            Request::GetTimeToken(_) => charge(Class::TimeTokens, TIME_TOKEN),
            _ => Ok(()),
        }
    }

    /// Returns who may be a member device, of this organisation and of others.
    pub(crate) fn standing(&self) -> Option<Standing> {
        let home = self.directory.current()?;
        Some(Standing::new(home, self.partners.others()))
    }

    /// Charges a timestamp to whoever asks.
    pub(crate) fn allow_timestamp(&self, caller: &Caller, now: Timestamp) -> Result<(), Problem> {
        self.charge(caller, general(caller), 1, now)?;
        self.charge(caller, Class::Timestamps, 1, now)?;
        match self.timestamps.is_outside() {
            true => self.charge(caller, Class::TimeTokens, TIME_TOKEN, now),
            false => Ok(()),
        }
    }

    fn charge(
        &self,
        caller: &Caller,
        class: Class,
        count: u64,
        now: Timestamp,
    ) -> Result<(), Problem> {
        let subject = match caller {
            Caller::Anonymous { address } => Subject::address(*address),
            Caller::Device { account, .. } => Subject::Account(*account),
        };
        self.take(class, subject, count, now)
    }

    fn take(
        &self,
        class: Class,
        subject: Subject,
        count: u64,
        now: Timestamp,
    ) -> Result<(), Problem> {
        let taken = self.limiter.take(class, subject, count, now);
        taken.map_err(|wait| Problem {
            code: ProblemCode::RateLimited,
            retry_after_ms: Some(wait),
        })
    }

    /// Draws 32 random bytes.
    pub(crate) fn random(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        (self.settings.entropy)(&mut bytes);
        bytes
    }
}

/// Who holds a token, and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed {
    /// Whose session.
    pub owner: Owner,
    /// Its end.
    pub expires_at: Timestamp,
}

impl Signed {
    /// Returns the caller that it makes.
    pub fn caller(&self) -> Caller {
        let Owner {
            account,
            device,
            session,
        } = self.owner;
        Caller::Device {
            account,
            device,
            session,
        }
    }
}

/// The allowance that everything is charged to.
fn general(caller: &Caller) -> Class {
    match caller {
        Caller::Anonymous { .. } => Class::Public,
        Caller::Device { .. } => Class::Calls,
    }
}

/// Returns the form in which a set-up code is stored.
pub(crate) fn hashed_code(code: &[u8]) -> [u8; 32] {
    Sha256::new()
        .chain_update(b"valise/1 set-up")
        .chain_update(code)
        .finalize()
        .into()
}

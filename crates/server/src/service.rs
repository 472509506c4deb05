//! The door of the server: one request in, one answer out, whatever carries them.
//!
//! Nothing here knows sockets, threads or an async runtime: a test drives it with `block_on`.

mod allowance;
mod answer;
mod caller;
mod partners;
mod protections;
pub(crate) mod refusal;
mod settings;

use crate::delivery;
use crate::directory::{self, DirectoryState, Standing};
use crate::fanout::{Bus, Owner, Pushes};
use crate::guests::Guests;
use crate::limits::Limiter;
use crate::meetings::Meetings;
use crate::partners::Partners;
use crate::rooms::{Due, Rooms};
use crate::session::{Challenges, Sessions};
use crate::store::{Setting, Store};
use crate::timestamps::Timestamps;
use crate::tls::Shown;
use crate::waking::Waking;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use thiserror::Error;
use valise_wire::Timestamp;
use valise_wire::push::Reason;

pub use crate::store::StoreError;
pub use caller::{Caller, SessionId, Signed};
pub use protections::Protections;
pub use settings::{Attachments, Entropy, NoFiles, Patience, Settings, system_entropy};

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

    /// Returns who may be a member device, of this organisation and of others.
    pub(crate) fn standing(&self) -> Option<Standing> {
        let home = self.directory.current()?;
        Some(Standing::new(home, self.partners.others()))
    }

    /// Draws 32 random bytes.
    pub(crate) fn random(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        (self.settings.entropy)(&mut bytes);
        bytes
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

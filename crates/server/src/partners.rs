//! Other organisations: what is known of them, rooms that cross, and what two servers say to each other.
//!
//! A room lives on one server, its hub. Every other server with members in it follows: it keeps a copy of the log for its own
//! devices, and carries to the hub what they ask. Nothing is ever only under way: what a partner is to get stands in the log of
//! a room, in an inbox, or in the organisation's log, and a pointer says how far it has it. See spec/federation.md.

mod acquainted;
mod answer;
mod ask;
mod backoff;
mod bounds;
mod clocks;
mod excerpt;
mod files;
mod find;
mod follow;
mod foreign;
mod forward;
mod held;
mod introduce;
mod line;
mod logs;
mod patience;
mod pinned;
mod reach;
mod relay;
mod residency;
mod set_back;
mod third;
mod told;
mod wakes;
mod welcomes;

pub mod nearby;
pub mod signature;

pub(crate) use acquainted::check_acquainted;
pub(crate) use answer::{answer, introduced};
pub use bounds::Bounds;
pub(crate) use files::read_blob;
pub(crate) use find::{ask_for_receipts, claim, find, read, read_offices};
pub(crate) use forward::forward;
pub(crate) use introduce::{introduce, introductions, meet, offer};
pub(crate) use line::carried;
pub use line::{HttpLine, Line, NoLine, Unreachable, Whom};
pub use reach::Reach;
pub use relay::{Relay, relay};
pub(crate) use residency::bars;

use crate::directory::former_devices;
use crate::service::OpenError;
use crate::store::{Share, Store};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use tokio::sync::Notify;
use valise_directory::foreign::Foreign;
use valise_wire::partner::Carry;
use valise_wire::request::Request;
use valise_wire::{AccountId, OrganisationId, RoomId, Timestamp};

/// What is known of other organisations.
pub(crate) type Others = BTreeMap<OrganisationId, Foreign>;

/// Signals that wait to be carried, at most; they are worth nothing in a minute.
const MOST_SIGNALS: usize = 1_024;

/// Time in which a partner is asked for its offices once, whoever wants to see them: news come by themselves.
const OFFICES_MILLIS: u64 = 60_000;

/// What the server holds in memory of other organisations.
pub(crate) struct Partners {
    known: RwLock<Known>,
    followed: RwLock<HashMap<RoomId, OrganisationId>>,
    waiting: Mutex<Waiting>,
    woken: Notify,
    wakes: Mutex<wakes::Wakes>,
    clocks: clocks::Clocks,
    turn: futures_util::lock::Mutex<()>,
}

struct Known {
    others: Arc<Others>,
    /// How many statements were shown.
    head: u64,
}

#[derive(Default)]
struct Waiting {
    /// Partners for whom there may be something; `all` for everybody.
    due: BTreeSet<OrganisationId>,
    all: bool,
    /// When everybody was last looked at.
    looked_at: Timestamp,
    /// When it was last looked at what was not carried for too long.
    silence_at: Timestamp,
    signals: Vec<(OrganisationId, Carry)>,
    backoffs: backoff::Backoffs,
    /// How much each was asked that it has not answered.
    questions: BTreeMap<OrganisationId, usize>,
    /// When each was last asked for its offices.
    offices: BTreeMap<OrganisationId, Timestamp>,
    thirds: third::Thirds,
    acquainted: acquainted::Acquainted,
    /// Of whom the operator was told that he takes no more, that he is over which bound, and at whose address another one stands.
    full: told::Told<OrganisationId>,
    over: told::Told<(OrganisationId, Share)>,
    another: told::Told<OrganisationId>,
    /// When each was last asked who it is, and which run of its data that was.
    met: BTreeMap<OrganisationId, (Timestamp, Option<[u8; 16]>)>,
}

impl Partners {
    /// Begins with what the store holds.
    pub(crate) async fn load<S: Store>(
        store: &S,
        home: Option<OrganisationId>,
    ) -> Result<Self, OpenError> {
        let (others, head) = match home {
            Some(home) => foreign::load(store, home).await?,
            None => (Others::new(), 0),
        };
        let waiting = Waiting {
            all: true,
            ..Waiting::default()
        };
        Ok(Self {
            known: RwLock::new(Known {
                others: Arc::new(others),
                head,
            }),
            followed: RwLock::new(store.followed().await?.into_iter().collect()),
            waiting: Mutex::new(waiting),
            woken: Notify::new(),
            wakes: Mutex::default(),
            clocks: clocks::Clocks::default(),
            turn: futures_util::lock::Mutex::new(()),
        })
    }

    /// Returns what is known of others.
    pub(crate) fn others(&self) -> Arc<Others> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.others.clone()
    }

    /// Returns how many statements of others were shown.
    pub(crate) fn head(&self) -> u64 {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.head
    }

    /// Returns the organisation of an account that is known and none of one's own.
    pub(crate) fn organisation_of(&self, account: AccountId) -> Option<OrganisationId> {
        let others = self.others();
        let mut found = others
            .iter()
            .filter(|(_, other)| other.directory().account(account).is_some());
        found.next().map(|(organisation, _)| *organisation)
    }

    /// Returns the partners that these accounts belong to.
    pub(crate) fn of<'a>(
        &self,
        accounts: impl IntoIterator<Item = &'a AccountId>,
    ) -> BTreeSet<OrganisationId> {
        let others = self.others();
        if others.is_empty() {
            return BTreeSet::new();
        }
        accounts
            .into_iter()
            .filter_map(|account| self.organisation_of(*account))
            .collect()
    }

    /// Returns the accounts of others that ended or had devices that they have no longer.
    pub(crate) fn with_former_devices(&self) -> Vec<AccountId> {
        let others = self.others();
        let directories = others.values().map(|other| other.directory());
        directories.flat_map(former_devices).collect()
    }

    /// Returns the hub of the room that a request is about, if the room lives elsewhere and the hub has to decide.
    pub(crate) fn hub_of(&self, request: &Request) -> Option<OrganisationId> {
        let room = match request {
            Request::Commit(request) => request.room,
            Request::Send(request) => request.room,
            Request::Propose(request) => request.room,
            Request::GetGroupInfo(request) => request.room,
            Request::Signal(request) => request.room,
            _ => return None,
        };
        self.hub(room)
    }

    /// Returns on whose server a room lives, if not on this one.
    pub(crate) fn hub(&self, room: RoomId) -> Option<OrganisationId> {
        let followed = self.followed.read().unwrap_or_else(PoisonError::into_inner);
        followed.get(&room).copied()
    }

    fn follows(&self, room: RoomId, hub: OrganisationId) {
        let mut followed = self.followed.write();
        let followed = followed.as_mut();
        if let Ok(followed) = followed {
            followed.insert(room, hub);
        }
    }

    /// Says that there may be something for some partners.
    pub(crate) fn wake(&self, partners: impl IntoIterator<Item = OrganisationId>) {
        self.waiting().due.extend(partners);
        self.woken.notify_one();
    }

    /// Says that there may be something for everybody.
    pub(crate) fn wake_all(&self) {
        self.waiting().all = true;
        self.woken.notify_one();
    }

    /// Has a signal carried to a partner, if the line is there.
    pub(crate) fn carry(&self, partner: OrganisationId, signal: Carry) {
        {
            let mut waiting = self.waiting();
            if waiting.signals.len() >= MOST_SIGNALS {
                return;
            }
            waiting.signals.push((partner, signal));
            waiting.due.insert(partner);
        }
        self.woken.notify_one();
    }

    /// Tells whether a partner may be asked for its offices, and takes it that it is.
    fn may_ask_for_offices(&self, partner: OrganisationId, now: Timestamp) -> bool {
        let mut waiting = self.waiting();
        let last = waiting.offices.get(&partner);
        let may = last.is_none_or(|last| now.millis_since(*last) >= OFFICES_MILLIS);
        if may {
            waiting.offices.insert(partner, now);
        }
        may
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

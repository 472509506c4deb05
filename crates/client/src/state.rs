//! What the core holds in memory: all of it can be made anew from the store.

use crate::account::{self, Account};
use crate::archive::Moving;
use crate::asked::Asked;
use crate::backup::Backup;
use crate::channel::Channel;
use crate::guard::{Guard, Guards};
use crate::heads::Ahead;
use crate::io::{Event, Output, RequestId, Sight};
use crate::line::Line;
use crate::linking::Linking;
use crate::office::Offices;
use crate::partner::Partners;
use crate::presence::Presence;
use crate::renewal::Renewals;
use crate::requests::Requests;
use crate::roll::Roll;
use crate::rooms::RoomState;
use crate::typing::Typing;
use crate::view::{Dirty, Watch};
use crate::waking::Waking;
use crate::{Error, directory, rooms, store};
use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore as _, SeedableRng as _};
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::Arc;
use valise_mls::Random;
use valise_views::{Outcome, Trouble};
use valise_wire::policy::LeafIdentity;
use valise_wire::{AccountId, RoomId, Timestamp};

/// One input at work: the store inside its transaction, the memory, the time.
pub(crate) struct Cx<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) state: &'a mut State,
    pub(crate) now: Timestamp,
}

/// The memory.
pub(crate) struct State {
    pub(crate) outputs: VecDeque<Output>,
    pub(crate) rng: ChaCha20Rng,
    pub(crate) random: Arc<Random>,
    pub(crate) account: Option<Arc<Account>>,
    pub(crate) device: Option<Arc<valise_mls::Device>>,
    pub(crate) roll: Arc<Roll>,
    pub(crate) line: Line,
    pub(crate) channel: Channel,
    pub(crate) asked: HashMap<RequestId, Asked>,
    pub(crate) next_request: u64,
    pub(crate) rooms: BTreeMap<RoomId, RoomState>,
    pub(crate) watches: BTreeMap<u64, Watch>,
    pub(crate) dirty: Dirty,
    pub(crate) typing: Typing,
    pub(crate) presence: Presence,
    pub(crate) transfers: HashMap<String, crate::file::transfer::Transfer>,
    pub(crate) leavers: BTreeSet<(RoomId, AccountId)>,
    pub(crate) moving: Moving,
    pub(crate) linking: Linking,
    pub(crate) backup: Backup,
    pub(crate) renewals: Renewals,
    pub(crate) partners: Partners,
    pub(crate) requests: Requests,
    pub(crate) offices: Offices,
    /// When the next of those who are away is here again; none before it was looked for.
    pub(crate) back_at: Option<Timestamp>,
    pub(crate) entering: rooms::Entering,
    pub(crate) waking: Waking,
    pub(crate) ahead: Option<Ahead>,
    pub(crate) held: Vec<(u64, valise_views::Command)>,
    /// The export that is being brought over.
    pub(crate) bringing: Option<Box<crate::bring::Bringing>>,
    /// When to go on forgetting chats that were brought; none when there is nothing to forget.
    pub(crate) forget_at: Option<Timestamp>,
    /// Whether there may be messages that the index lacks, and when to go on with them.
    pub(crate) unindexed: bool,
    pub(crate) index_at: Timestamp,
    /// When the next message disappears, or earlier.
    pub(crate) disappears_at: Timestamp,
    /// When the next draft is to be told, or earlier.
    pub(crate) drafts_at: Timestamp,
    pub(crate) transient: bool,
    pub(crate) visible: bool,
    pub(crate) wake: Option<Timestamp>,
    pub(crate) guards: Guards,
}

impl State {
    /// Makes the memory of a store.
    pub(crate) fn load(
        store: &Connection,
        seed: [u8; 32],
        guards: Guards,
        sight: Sight,
    ) -> Result<Self, Error> {
        let derive = |purpose: &[u8]| -> [u8; 32] {
            Sha256::new()
                .chain_update(purpose)
                .chain_update(seed)
                .finalize()
                .into()
        };
        let mut state = Self {
            outputs: VecDeque::new(),
            rng: ChaCha20Rng::from_seed(derive(b"valise/1 client")),
            random: Arc::new(Random::from_seed(derive(b"valise/1 rooms"))),
            account: None,
            device: None,
            roll: Arc::new(Roll::empty()),
            line: Line::default(),
            channel: Channel::seen(sight),
            asked: HashMap::new(),
            next_request: 1,
            rooms: BTreeMap::new(),
            watches: BTreeMap::new(),
            dirty: Dirty::default(),
            typing: Typing::default(),
            presence: Presence::default(),
            transfers: HashMap::new(),
            leavers: BTreeSet::new(),
            moving: Moving::default(),
            linking: Linking::default(),
            backup: Backup::default(),
            renewals: Renewals::default(),
            partners: Partners::default(),
            requests: Requests::default(),
            offices: Offices::default(),
            back_at: None,
            entering: rooms::Entering::default(),
            waking: Waking::default(),
            ahead: None,
            held: Vec::new(),
            bringing: None,
            forget_at: None,
            unindexed: true,
            index_at: Timestamp(0),
            disappears_at: Timestamp(0),
            drafts_at: Timestamp(0),
            transient: false,
            visible: false,
            wake: None,
            guards,
        };
        state.reload(store)?;
        Ok(state)
    }

    /// Makes everything anew that mirrors the store, as after a crash; only randomness, views and numbers go on.
    pub(crate) fn reload(&mut self, store: &Connection) -> Result<(), Error> {
        self.asked.clear();
        self.outputs.clear();
        self.typing = Typing::default();
        self.presence = Presence::default();
        self.transfers.clear();
        self.leavers.clear();
        self.linking = Linking::default();
        self.partners = Partners::default();
        self.requests = Requests::resume();
        self.offices = Offices::default();
        self.back_at = None;
        self.ahead = None;
        self.held.clear();
        if let Some(bringing) = &mut self.bringing {
            bringing.stop(Some(Trouble::Internal));
        }
        self.forget_at = Some(Timestamp(0));
        let online = self.line.online;
        self.line = Line::default();
        self.line.online = online;
        self.channel = Channel::seen(self.channel.sight);
        self.adopt(account::load(store)?);
        self.moving = Moving::load(store)?;
        self.backup = Backup::load(store)?;
        self.backup.watch(store)?;
        self.renewals = Renewals::load(store)?;
        self.roll = Arc::new(directory::load(
            store,
            self.account.as_deref(),
            self.guards.checks,
        )?);
        self.rooms = rooms::load(store)?;
        self.entering = rooms::Entering::load(store)?;
        rooms::resume_entering(&self.entering, &mut self.rooms);
        if self.backup.is_returning() || self.renewals.is_returning() {
            // Of what came since the backup nothing can be followed.
            let lost = self.rooms.values_mut().filter(|room| room.lost);
            lost.for_each(|room| room.accepted = true);
        }
        self.unindexed = true;
        self.disappears_at = Timestamp(0);
        self.dirty = Dirty::everything();
        Ok(())
    }

    /// Takes over who this device is.
    pub(crate) fn adopt(&mut self, account: Option<Account>) {
        self.device = account.as_ref().map(|account| {
            let identity = LeafIdentity {
                account: account.account,
                device: account.device,
            };
            Arc::new(valise_mls::Device::from_secret(
                identity,
                &account.leaf_key.0,
            ))
        });
        self.account = account.map(Arc::new);
    }

    /// Tells whether this device is somebody's, or is becoming so.
    pub(crate) fn is_taken(&self) -> bool {
        self.account.is_some() || self.moving.is_arriving()
    }

    /// Tells whether a joined device works here.
    pub(crate) fn is_joined(&self) -> bool {
        self.account.as_ref().is_some_and(|account| account.joined)
    }
}

impl Cx<'_> {
    /// Tells whether something is guarded: always, outside of tests.
    pub(crate) fn keeps(&self, guard: Guard) -> bool {
        self.state.guards.keeps(guard)
    }

    /// Puts something out, once the transaction is durable.
    pub(crate) fn put(&mut self, output: Output) {
        self.state.outputs.push_back(output);
    }

    /// Answers a command.
    pub(crate) fn outcome(&mut self, number: u64, outcome: Outcome) {
        self.put(Output::Notify(Event::Outcome { number, outcome }));
    }

    /// Asks to be called no later than at `at`.
    pub(crate) fn wake_at(&mut self, at: Timestamp) {
        if self.state.wake.is_none_or(|wake| at < wake) {
            self.state.wake = Some(at);
        }
    }

    /// Tells whether a time has come, and asks to be called when it has not.
    pub(crate) fn is_due(&mut self, at: Timestamp) -> bool {
        let due = self.now >= at;
        if !due {
            self.wake_at(at);
        }
        due
    }

    /// Returns a random number below `limit`, which is not 0.
    pub(crate) fn jitter(&mut self, limit: u64) -> u64 {
        self.state.rng.next_u64() % limit.max(1)
    }

    /// Returns random bytes.
    pub(crate) fn random<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.state.rng.fill_bytes(&mut bytes);
        bytes
    }

    /// Runs `work` so that its changes to the store vanish when it fails.
    pub(crate) fn attempt<T, E>(
        &self,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Result<Result<T, E>, Error> {
        store::attempt(self.db, work)
    }
}

//! What is kept in memory of each room, so that sending is cheap.

use crate::partners::Partners;
use crate::store::{MemberRow, Store, StoreError};
use futures_util::lock::{Mutex as TurnMutex, MutexGuard as TurnGuard};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use valise_mls::HubRoom;
use valise_wire::policy::RoomPolicy;
use valise_wire::{AccountId, DeviceId, OrganisationId, RoomId, Timestamp};

/// Rooms above which those that nobody uses are forgotten.
const MOST_ROOMS: usize = 8_192;
/// Rooms whose MLS state is kept.
const MOST_GROUPS: usize = 256;

/// A room as sending needs it: exact for its epoch, because who is in it and its policy change with the epoch alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Snapshot {
    pub(crate) epoch: u64,
    pub(crate) policy: RoomPolicy,
    pub(crate) members: HashMap<DeviceId, AccountId>,
    /// Everybody in it, for telling.
    pub(crate) audience: Arc<[DeviceId]>,
    /// Removals by the hub that wait.
    pub(crate) pending: u32,
    /// Other organisations with members in it.
    pub(crate) partners: Arc<BTreeSet<OrganisationId>>,
}

impl Snapshot {
    pub(crate) fn new(
        epoch: u64,
        policy: RoomPolicy,
        members: HashMap<DeviceId, AccountId>,
    ) -> Self {
        let mut audience: Vec<DeviceId> = members.keys().copied().collect();
        audience.sort();
        Self {
            epoch,
            policy,
            members,
            audience: audience.into(),
            pending: 0,
            partners: Arc::default(),
        }
    }

    /// Takes the state of the hub.
    pub(crate) fn of_hub(hub: &HubRoom) -> Self {
        let members = hub
            .roster()
            .into_iter()
            .map(|leaf| (leaf.identity.device, leaf.identity.account))
            .collect();
        Self::new(hub.epoch(), hub.policy().clone(), members)
    }

    /// Says which other organisations have members in the room.
    pub(crate) fn with_partners(mut self, partners: &Partners) -> Self {
        self.partners = Arc::new(partners.of(self.members.values()));
        self
    }

    /// Tells whether an account has a device in the room.
    pub(crate) fn has_account(&self, account: AccountId) -> bool {
        self.members.values().any(|member| *member == account)
    }

    /// Tells whether this device is in the room.
    pub(crate) fn has_device(&self, device: DeviceId) -> bool {
        self.members.contains_key(&device)
    }

    /// Tells whether this very device of this account is in the room.
    pub(crate) fn has(&self, device: DeviceId, account: AccountId) -> bool {
        self.members.get(&device) == Some(&account)
    }
}

/// One room in memory.
pub(crate) struct Cell {
    room: RoomId,
    snapshot: RwLock<Option<Arc<Snapshot>>>,
    turn: TurnMutex<Option<HubRoom>>,
}

/// The right to change a room: one at a time.
pub(crate) struct Turn<'a> {
    cell: &'a Arc<Cell>,
    group: TurnGuard<'a, Option<HubRoom>>,
}

impl Cell {
    fn new(room: RoomId) -> Self {
        Self {
            room,
            snapshot: RwLock::default(),
            turn: TurnMutex::default(),
        }
    }

    /// Returns what is known without waiting.
    pub(crate) fn known(&self) -> Option<Arc<Snapshot>> {
        self.snapshot
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Replaces what is known; called in the order of commits.
    pub(crate) fn set(&self, snapshot: Snapshot) {
        *self
            .snapshot
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(snapshot));
    }

    /// Adds removals that wait.
    pub(crate) fn add_pending(&self, more: u32) {
        let mut snapshot = self
            .snapshot
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = snapshot.as_mut() {
            Arc::make_mut(known).pending += more;
        }
    }

    /// Waits for whoever changes the room at the moment.
    pub(crate) async fn turn(self: &Arc<Self>) -> Turn<'_> {
        Turn {
            cell: self,
            group: self.turn.lock().await,
        }
    }
}

impl Turn<'_> {
    /// Returns the room, read from the store if need be; none if there is no such room.
    pub(crate) async fn snapshot<S: Store>(
        &mut self,
        store: &S,
        partners: &Partners,
    ) -> Result<Option<Arc<Snapshot>>, StoreError> {
        if let Some(known) = self.cell.known() {
            return Ok(Some(known));
        }
        let Some(row) = store.room(self.cell.room).await? else {
            return Ok(None);
        };
        let Some(hub) = self.take(store).await? else {
            return Ok(None);
        };
        let members = store.members(self.cell.room).await?;
        let members = members
            .into_iter()
            .map(|MemberRow { device, account }| (device, account))
            .collect();
        let mut snapshot = Snapshot::new(row.epoch, hub.policy().clone(), members);
        snapshot.pending = row.pending_removals;
        let snapshot = snapshot.with_partners(partners);
        self.keep(hub);
        self.cell.set(snapshot);
        Ok(self.cell.known())
    }

    /// Takes the MLS state out. If it is not put back, the next one reads it from the store again.
    pub(crate) async fn take<S: Store>(
        &mut self,
        store: &S,
    ) -> Result<Option<HubRoom>, StoreError> {
        if let Some(group) = self.group.take() {
            return Ok(Some(group));
        }
        let Some(row) = store.group(self.cell.room).await? else {
            return Ok(None);
        };
        HubRoom::from_bytes(&row.state)
            .map(Some)
            .map_err(|_| StoreError::Corrupt)
    }

    /// Puts the MLS state back.
    pub(crate) fn keep(&mut self, group: HubRoom) {
        *self.group = Some(group);
    }

    /// Returns the room's place in memory, for what follows a commit.
    pub(crate) fn cell(&self) -> Arc<Cell> {
        self.cell.clone()
    }
}

/// All rooms in memory.
#[derive(Default)]
pub(crate) struct Rooms {
    cells: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    cells: HashMap<RoomId, (Arc<Cell>, u64)>,
    used: u64,
}

impl Rooms {
    /// Returns a room's place in memory. There is never more than one of a room: it is forgotten only while nobody has it.
    pub(crate) fn cell(&self, room: RoomId) -> Arc<Cell> {
        let mut kept = self.cells.lock().unwrap_or_else(PoisonError::into_inner);
        kept.used += 1;
        let now = kept.used;
        if let Some((cell, used)) = kept.cells.get_mut(&room) {
            *used = now;
            return cell.clone();
        }
        if kept.cells.len() >= MOST_ROOMS {
            kept.forget();
        }
        if kept.cells.len() % MOST_GROUPS == MOST_GROUPS - 1 {
            kept.shrink();
        }
        let cell = Arc::new(Cell::new(room));
        kept.cells.insert(room, (cell.clone(), now));
        cell
    }
}

impl Kept {
    /// Forgets the half of the rooms that was used longest ago.
    fn forget(&mut self) {
        let limit = self.median();
        self.cells
            .retain(|_, (cell, used)| *used >= limit || Arc::strong_count(cell) > 1);
    }

    /// Forgets the MLS state of rooms that were used long ago; it can be large.
    fn shrink(&mut self) {
        let limit = self.used.saturating_sub(MOST_GROUPS as u64);
        for (cell, used) in self.cells.values() {
            if *used < limit
                && let Some(mut group) = cell.turn.try_lock()
            {
                *group = None;
            }
        }
    }

    fn median(&self) -> u64 {
        let mut used: Vec<u64> = self.cells.values().map(|(_, used)| *used).collect();
        let middle = used.len() / 2;
        if used.is_empty() {
            0
        } else {
            *used.select_nth_unstable(middle).1
        }
    }
}

/// Accounts whose devices have to leave their rooms, until that was proposed.
#[derive(Default)]
pub(crate) struct Due {
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    accounts: BTreeSet<AccountId>,
    /// After a failure nobody tries again before this instant.
    not_before: Timestamp,
}

impl Due {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds accounts, to be looked at at once.
    pub(crate) fn add(&self, accounts: impl IntoIterator<Item = AccountId>) {
        let mut waiting = self.waiting();
        waiting.accounts.extend(accounts);
        waiting.not_before = Timestamp::default();
    }

    /// Takes an account off: its removals stand in the logs.
    pub(crate) fn remove(&self, account: AccountId) {
        self.waiting().accounts.remove(&account);
    }

    /// Puts everything off after a failure.
    pub(crate) fn put_off(&self, until: Timestamp) {
        self.waiting().not_before = until;
    }

    /// Returns what is to be looked at now.
    pub(crate) fn at(&self, now: Timestamp) -> BTreeSet<AccountId> {
        let waiting = self.waiting();
        if waiting.accounts.is_empty() || now < waiting.not_before {
            BTreeSet::new()
        } else {
            waiting.accounts.clone()
        }
    }
}

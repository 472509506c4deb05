//! The folded log in memory, and the one way in which it moves.

use super::refuse;
use crate::fanout::{Bus, frame};
use crate::partners::{Others, Partners};
use crate::rooms::Due;
use crate::service::{OpenError, Service};
use crate::session::Sessions;
use crate::store::{Assertion, Batch, Committed, Entry, Outcome, Store, StoreError};
use futures_util::lock::{Mutex as TurnMutex, MutexGuard as TurnGuard};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};
use valise_directory::statement::digest;
use valise_directory::{Change, Directory};
use valise_mls::rules;
use valise_wire::policy::LeafIdentity;
use valise_wire::push::{DirectoryMoved, Reason};
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, DeviceId, Problem, RoomId};

/// Statements that are read at once at the start.
const PAGE: u32 = 500;

/// The directory of the organisation; none before it is founded.
#[derive(Default)]
pub(crate) struct DirectoryState {
    known: RwLock<Known>,
    turn: TurnMutex<()>,
}

#[derive(Default)]
struct Known {
    directory: Option<Arc<Directory>>,
    /// Where each statement stands, so that a repetition is recognised.
    positions: HashMap<[u8; 32], u64>,
}

/// A directory as it will be once some statements are durable.
pub(crate) struct Next {
    directory: Directory,
    positions: Vec<([u8; 32], u64)>,
    ended: Vec<(AccountId, DeviceId)>,
    /// Accounts whose former devices may have kept what was the person's: lockers and words.
    bereft: BTreeSet<AccountId>,
}

impl Next {
    /// Begins with the directory as it is.
    pub(crate) fn after(current: &Directory) -> Self {
        Self {
            directory: current.clone(),
            positions: Vec::new(),
            ended: Vec::new(),
            bereft: BTreeSet::new(),
        }
    }

    /// Begins with a founding that was checked as a whole.
    pub(crate) fn founded(directory: Directory, statements: &[SignedStatement]) -> Self {
        let positions = (1..)
            .zip(statements)
            .map(|(position, statement)| (digest(statement), position))
            .collect();
        Self {
            directory,
            positions,
            ended: Vec::new(),
            bereft: BTreeSet::new(),
        }
    }

    /// Takes the next statement, or says why not.
    pub(crate) fn take(&mut self, statement: &SignedStatement) -> Result<(), Problem> {
        let position = self.directory.head().position + 1;
        let change = self
            .directory
            .apply(position, statement)
            .map_err(|breach| refuse(&breach))?;
        self.positions.push((digest(statement), position));
        if let Change::Ended { account, .. } | Change::Renewed { account, .. } = &change {
            self.bereft.insert(*account);
        }
        if let Change::Devices {
            account, removed, ..
        }
        | Change::Ended { account, removed }
        | Change::Renewed {
            account, removed, ..
        } = change
        {
            self.ended
                .extend(removed.into_iter().map(|device| (account, device.id)));
        }
        Ok(())
    }
}

/// The directory as the rules of rooms ask it: of one's own organisation, and what is known of others.
pub(crate) struct Standing {
    home: Arc<Directory>,
    others: Arc<Others>,
}

impl Standing {
    /// Joins the two.
    pub(crate) fn new(home: Arc<Directory>, others: Arc<Others>) -> Self {
        Self { home, others }
    }

    /// Returns the position of one's own log up to which it holds.
    pub(crate) fn position(&self) -> u64 {
        self.home.head().position
    }

    /// Returns the directory that knows an account: one's own first, so that nobody else can speak for it.
    fn of(&self, account: AccountId) -> Option<&Directory> {
        let home = Some(&*self.home).filter(|home| home.account(account).is_some());
        home.or_else(|| {
            let mut others = self.others.values().map(|other| other.directory());
            others.find(|other| other.account(account).is_some())
        })
    }
}

impl rules::Directory for Standing {
    fn standing(&self, leaf: &LeafIdentity) -> rules::Standing {
        let Some(directory) = self.of(leaf.account) else {
            return rules::Standing::Unknown;
        };
        let Some(account) = directory.account(leaf.account) else {
            return rules::Standing::Unknown;
        };
        if let Some(device) = directory.device(leaf.account, leaf.device) {
            return rules::Standing::Valid(device.leaf_key);
        }
        // An account that ended has no devices left, and which it had is not asked any more.
        if !account.is_active() || account.former_devices.contains(&leaf.device) {
            return rules::Standing::Revoked(None);
        }
        rules::Standing::Unknown
    }

    fn is_ended(&self, account: &AccountId) -> bool {
        self.of(*account)
            .and_then(|directory| directory.account(*account))
            .is_some_and(|account| !account.is_active())
    }

    fn guest_of(&self, account: &AccountId) -> Option<RoomId> {
        self.of(*account)?.account(*account)?.guest_of
    }

    fn side_of(&self, account: &AccountId) -> Option<rules::Side<'_>> {
        let (organisation, jurisdictions) = self.of(*account)?.side_and_law(*account);
        Some(rules::Side {
            organisation,
            jurisdictions,
        })
    }
}

impl DirectoryState {
    /// Folds the stored log.
    pub(crate) async fn load<S: Store>(store: &S) -> Result<Self, OpenError> {
        let mut directory: Option<Directory> = None;
        let mut positions = HashMap::new();
        loop {
            let after = directory
                .as_ref()
                .map_or(0, |directory| directory.head().position);
            let entries = store.statements(after, PAGE).await?;
            if entries.is_empty() {
                break;
            }
            for entry in entries {
                let wrong = |breach| OpenError::Directory {
                    position: entry.position,
                    breach,
                };
                if directory.is_none() {
                    let organisation =
                        Directory::organisation_of(&entry.statement).map_err(wrong)?;
                    directory = Some(Directory::new(organisation));
                }
                // Verified before it was stored.
                let taken = directory
                    .as_mut()
                    .map(|directory| directory.apply_trusted(entry.position, &entry.statement));
                taken.transpose().map_err(wrong)?;
                positions.insert(digest(&entry.statement), entry.position);
            }
        }
        let known = Known {
            directory: directory.map(Arc::new),
            positions,
        };
        Ok(Self {
            known: RwLock::new(known),
            turn: TurnMutex::default(),
        })
    }

    /// Returns the directory as it is.
    pub(crate) fn current(&self) -> Option<Arc<Directory>> {
        self.known
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .directory
            .clone()
    }

    /// Tells whether an account is that of a guest.
    pub(crate) fn is_guest(&self, account: AccountId) -> bool {
        let home = self.current();
        home.is_some_and(|home| home.guest_room(account).is_some())
    }

    /// Returns the last position.
    pub(crate) fn position(&self) -> u64 {
        self.current()
            .map_or(0, |directory| directory.head().position)
    }

    /// Returns the accounts that ended or had devices that they have no longer.
    pub(crate) fn with_former_devices(&self) -> Vec<AccountId> {
        let Some(directory) = self.current() else {
            return Vec::new();
        };
        former_devices(&directory)
    }

    /// Finds where a statement stands already.
    pub(crate) fn position_of(&self, statement: &SignedStatement) -> Option<u64> {
        self.known
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .positions
            .get(&digest(statement))
            .copied()
    }

    /// Waits for whoever changes the directory at the moment.
    pub(crate) async fn turn(&self) -> TurnGuard<'_, ()> {
        self.turn.lock().await
    }

    fn move_to(&self, next: Next) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.directory = Some(Arc::new(next.directory));
        known.positions.extend(next.positions);
    }
}

/// Returns the accounts of a directory that ended or had devices that they have no longer.
pub(crate) fn former_devices(directory: &Directory) -> Vec<AccountId> {
    let former = |account: &&valise_directory::fold::AccountEntry| {
        !account.is_active() || !account.former_devices.is_empty()
    };
    directory
        .accounts()
        .filter(former)
        .map(|account| account.id)
        .collect()
}

/// Makes statements durable, lets the directory move with them, and ends what has to end.
pub(super) async fn append<S: Store>(
    service: &Service<S>,
    next: Next,
    statements: Vec<SignedStatement>,
    and: Vec<Entry>,
) -> Result<Committed, Problem> {
    let mut batch = Batch::new().assert(Assertion::DirectoryHead(service.directory.position()));
    batch
        .entries
        .extend(statements.into_iter().map(Entry::Statement));
    batch.entries.extend(
        next.ended
            .iter()
            .map(|(_, device)| Entry::ForgetDevice(*device)),
    );
    let accounts: BTreeSet<AccountId> = next.ended.iter().map(|(account, _)| *account).collect();
    batch.entries.extend(accounts.into_iter().map(|account| {
        if next.bereft.contains(&account) {
            Entry::ForgetLockers(account)
        } else {
            // Whoever had the device in hand may have kept a word of his own.
            Entry::ForgetReturns(account)
        }
    }));
    batch.entries.extend(and);
    let ending = Ending {
        directory: service.directory.clone(),
        sessions: service.sessions.clone(),
        bus: service.bus.clone(),
        due: service.due.clone(),
        partners: service.partners.clone(),
        revokes: service.settings.protections.revocation,
        keeps_guests: service.settings.protections.guests,
    };
    match service
        .store
        .commit(batch.then(move |_| ending.follow(next)))
        .await?
    {
        Outcome::Done(committed) => Ok(committed),
        Outcome::Repeated(_) => Err(StoreError::Corrupt.into()),
    }
}

/// What follows a change of the directory.
struct Ending {
    directory: Arc<DirectoryState>,
    sessions: Arc<Sessions>,
    bus: Arc<Bus>,
    due: Arc<Due>,
    partners: Arc<Partners>,
    revokes: bool,
    keeps_guests: bool,
}

impl Ending {
    /// The directory moves first: whoever signs in at this moment looks at it afterwards, or is found by what ends sessions.
    fn follow(self, next: Next) {
        let head = next.directory.head().position;
        let ended = next.ended.clone();
        self.directory.move_to(next);
        for (account, device) in ended {
            self.due.add([account]);
            if self.revokes {
                self.sessions.end_device(device);
                self.bus.close_device(device, Reason::Revoked);
            }
        }
        self.partners.wake_all();
        // How long the log is, is none of a guest's business: he is told to look.
        let is_guest = |account| self.keeps_guests && self.directory.is_guest(account);
        let (whole, look) = (DirectoryMoved { head }, DirectoryMoved { head: 0 });
        self.bus
            .tell_those(|account| !is_guest(account), &frame(whole));
        self.bus.tell_those(is_guest, &frame(look));
    }
}

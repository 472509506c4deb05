//! The backup: what was said, sealed and kept at the server, for whoever has lost every device. See `spec/backup.md`.
//!
//! One device of the account keeps it: a whole at first, then layers with what changed, each under a name of its own, and a
//! manifest that names them. What opens it lies sealed under each of the person's ways back.

mod keep;
mod layer;
mod recover;
mod ways;
mod whole;

use crate::Error;
use crate::archive::ArchiveKey;
use crate::linking::gift::Gift;
use crate::store::Setting;
use keep::Pushing;
use recover::Recovering;
use rusqlite::Connection;
use valise_wire::request::Reply;
use valise_wire::{DeviceId, LockerId, Octets, Timestamp, record};

record! {
    /// One layer of a backup.
    pub struct Layer {
        /// Where it lies.
        pub locker: LockerId,
        /// In how many parts.
        pub parts: u32,
    }
}

record! {
    /// What stands in the manifest.
    pub struct Manifest {
        /// The device that keeps the backup.
        pub device: DeviceId,
        /// When it was last brought up to date.
        pub at: Timestamp,
        /// The whole, then what changed, in order.
        pub layers: Vec<Layer>,
        /// The ways back.
        pub ways: Vec<Way>,
        /// Who the person is, and what every device of the account has.
        pub person: Gift,
    }
}

record! {
    /// What stands in the locker of a way back.
    pub struct Pointer {
        /// Where the manifest lies.
        pub manifest: LockerId,
        /// What opens manifest and layers.
        pub key: ArchiveKey,
    }
}

record! {
    /// A way back, as a device remembers it: enough to take it away, and not enough to go it.
    pub struct Way {
        /// 0 for a passkey, 1 for a printed code.
        pub kind: u16,
        /// Where it points from.
        pub locker: LockerId,
        /// SHA-256 of its word.
        pub word: [u8; 32],
        /// Since when.
        pub at: Timestamp,
        /// The sealed pointer.
        pub pointer: Octets,
        /// Whether the server has it.
        pub is_kept: bool,
    }
}

record! {
    /// How this device keeps the backup.
    pub struct Keeping {
        /// Whether it does; otherwise somebody said that there is to be none.
        pub on: bool,
        /// Where the manifest lies.
        pub manifest: LockerId,
        /// What opens all of it.
        pub key: ArchiveKey,
        /// The ways back.
        pub ways: Vec<Way>,
        /// What the server has.
        pub layers: Vec<Layer>,
        /// SHA-256 of the manifest as it lies there.
        pub lies: Option<[u8; 32]>,
        /// When that was.
        pub at: Option<Timestamp>,
        /// The other device of the account that keeps it now.
        pub elsewhere: Option<DeviceId>,
        /// Lockers that are of no use any more.
        pub old: Vec<LockerId>,
    }
}

record! {
    /// This device comes back: it has what the backup held, and is on its way onto the list and into the rooms.
    pub struct Returning {
        /// The word that lets it onto the list; none once it is there.
        pub word: Option<[u8; 32]>,
    }
}

/// What is known of the backup in memory.
#[derive(Default)]
pub(crate) struct Backup {
    keeping: Option<Keeping>,
    returning: Option<Returning>,
    recovering: Option<Box<Recovering>>,
    pushing: Option<Pushing>,
    /// How many of the layers are the whole, as far as this run knows.
    whole_layers: usize,
    /// How much the whole leaves out for want of room.
    level: usize,
    /// Layers of a whole that was given up for that.
    abandoned: Vec<LockerId>,
    /// Whether the server has heard of the ways back since the line stands.
    told: bool,
    /// No step before this.
    retry_at: Timestamp,
    /// When what changed is next brought up.
    due_at: Option<Timestamp>,
    /// Whether the log was read to its end on the way back.
    log_read: bool,
}

impl Backup {
    /// Reads it from the store.
    pub(crate) fn load(store: &Connection) -> Result<Self, Error> {
        let keeping: Option<Keeping> = Setting::Backup.get(store)?;
        Ok(Self {
            whole_layers: keeping.as_ref().map_or(0, |it| it.layers.len()),
            keeping,
            returning: Setting::Returning.get(store)?,
            ..Self::default()
        })
    }

    /// Notes what changes from now on, if there is to be a backup.
    pub(crate) fn watch(&self, store: &Connection) -> Result<(), Error> {
        match &self.keeping {
            Some(keeping) if keeping.on => layer::watch(store),
            _ => Ok(()),
        }
    }

    /// Tells whether this device is not on the account's list yet.
    pub(crate) fn is_coming_back(&self) -> bool {
        let returning = self.returning.as_ref();
        returning.is_some_and(|returning| returning.word.is_some())
    }

    /// Tells whether rooms are to be taken as the hub has them.
    pub(crate) fn is_returning(&self) -> bool {
        self.returning.is_some()
    }

    /// Returns how far the backup is on its way to this device.
    pub(crate) fn recovering(&self) -> Option<valise_views::Past> {
        match (&self.recovering, self.is_coming_back()) {
            (Some(recovering), _) => Some(recovering.progress()),
            (None, true) => Some(valise_views::Past {
                parts: 1,
                of: Some(1),
            }),
            (None, false) => None,
        }
    }

    /// Tells the server anew of the ways back: it has forgotten them, or may have.
    pub(crate) fn tell_again(&mut self) {
        self.told = false;
    }

    /// Returns how the backup stands.
    pub(crate) fn shown(&self) -> valise_views::Backup {
        let Some(keeping) = self.keeping.as_ref().filter(|keeping| keeping.on) else {
            return valise_views::Backup {
                was_stopped: self.keeping.is_some(),
                ..valise_views::Backup::default()
            };
        };
        let since = |kind| {
            let mut ways = keeping.ways.iter().rev();
            ways.find(|way| way.kind == kind).map(|way| way.at.0)
        };
        valise_views::Backup {
            is_on: true,
            was_stopped: false,
            kept_at: keeping.at.map(|at| at.0),
            passkey_since: since(ways::PASSKEY),
            code_since: since(ways::PRINTED),
            is_elsewhere: keeping.elsewhere.is_some(),
        }
    }
}

fn done(reply: Reply) -> Option<()> {
    matches!(reply, Reply::Done(_)).then_some(())
}

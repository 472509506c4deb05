//! Single values.

use crate::Error;
use rusqlite::{Connection, OptionalExtension as _};
use valise_wire::{Decode, Encode, from_bytes, to_bytes};

/// Which value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setting {
    /// [`crate::account::Account`]: who this device is, and its secrets.
    Account,
    /// The request that founds or joins, until the server took it.
    Joining,
    /// Who invited, to open a chat with when joining is done.
    Inviter,
    /// Name of the state of the server's store.
    Generation,
    /// Last position of the inbox that was taken.
    Inbox,
    /// Packages of the suites that were made once.
    LastResort,
    /// The link by which this device becomes another that moves here.
    Arriving,
    /// The archive that this device came in, until the server has forgotten it.
    Arrived,
    /// The archive in which the past comes to this device.
    Past,
    /// [`crate::backup::Keeping`]: the backup that this device keeps.
    Backup,
    /// [`crate::backup::Returning`]: this device comes back out of a backup.
    Returning,
    /// [`crate::renewal::Renewing`]: this device waits for a new key of its account, or goes into the rooms with it.
    Renewing,
    /// [`crate::evidence::Evidence`]: what this device signs with that has to be proven later.
    Evidence,
    /// [`crate::rooms::Entering`]: links by which this device comes into rooms.
    Entering,
    /// The archive that this device left in: it is no device any more.
    Left,
    /// [`crate::guest::Guesthood`]: this device is that of a guest.
    Guest,
    /// Last position of what was shown of other organisations.
    Foreign,
    /// Whether the person shows when he is here.
    Presence,
    /// [`crate::presence::LastHere`]: when others were last here.
    LastHere,
    /// What was begun of a request and not sent.
    RequestDraft,
}

impl Setting {
    fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Joining => "joining",
            Self::Inviter => "inviter",
            Self::Generation => "generation",
            Self::Inbox => "inbox",
            Self::LastResort => "last resort",
            Self::Arriving => "arriving",
            Self::Arrived => "arrived",
            Self::Past => "past",
            Self::Backup => "backup",
            Self::Returning => "returning",
            Self::Renewing => "renewing",
            Self::Evidence => "evidence",
            Self::Entering => "entering",
            Self::Left => "left",
            Self::Guest => "guest",
            Self::Foreign => "foreign",
            Self::Presence => "presence",
            Self::LastHere => "last here",
            Self::RequestDraft => "request draft",
        }
    }

    /// Reads the value.
    pub(crate) fn get<T: Decode>(self, store: &Connection) -> Result<Option<T>, Error> {
        let bytes: Option<Vec<u8>> = store
            .prepare_cached("SELECT value FROM setting WHERE name = ?1")?
            .query_row([self.name()], |row| row.get(0))
            .optional()?;
        bytes
            .map(|bytes| from_bytes(&bytes).map_err(|_| Error::Bug("a setting cannot be read")))
            .transpose()
    }

    /// Sets the value.
    pub(crate) fn set<T: Encode>(self, store: &Connection, value: &T) -> Result<(), Error> {
        store
            .prepare_cached("INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)")?
            .execute((self.name(), to_bytes(value)))?;
        Ok(())
    }

    /// Forgets the value.
    pub(crate) fn clear(self, store: &Connection) -> Result<(), Error> {
        store
            .prepare_cached("DELETE FROM setting WHERE name = ?1")?
            .execute([self.name()])?;
        Ok(())
    }
}

//! Leaving: the device marks itself as gone, and its archive goes up part by part.

use super::parcel::Parcel;
use super::seal::{self, Label, seal};
use super::{ArchiveKey, Left, rows};
use crate::Error;
use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::state::Cx;
use crate::store::Setting;
use valise_views::{Outcome, Trouble};
use valise_wire::request::Reply;
use valise_wire::{ArchiveId, ProblemCode, Timestamp};

/// Time between two tries.
const PAUSE_MILLIS: u64 = 2_000;

/// A device that has left, and how far its archive went up.
pub(crate) struct Departure {
    pub(super) record: Left,
    /// The archive; none after a restart, until it is made anew.
    parcel: Option<Parcel>,
    retry_at: Timestamp,
    /// Who waits for the link.
    numbers: Vec<u64>,
}

impl Departure {
    pub(super) fn new(record: Left) -> Self {
        Self {
            record,
            parcel: None,
            retry_at: Timestamp(0),
            numbers: Vec::new(),
        }
    }
}

impl Cx<'_> {
    /// Makes the archive and marks the device as gone, in the transaction that is open.
    pub(crate) fn export(&mut self, number: u64) -> Result<(), Error> {
        if let Some(left) = &mut self.state.moving.left {
            if left.record.kept {
                let link = left.record.link().to_url();
                self.outcome(number, Outcome::Link(link));
            } else {
                left.numbers.push(number);
            }
            return Ok(());
        }
        let going_up = "SELECT EXISTS (SELECT 1 FROM file WHERE state IN (1, 2))";
        if self.db.query_row(going_up, [], |row| row.get(0))? {
            return self.fail(number, Trouble::FilesUnderWay);
        }
        let mut left = self.depart()?;
        if left.parcel.is_none() {
            return self.fail(number, Trouble::FileTooLarge);
        }
        left.numbers.push(number);
        Setting::Left.set(self.db, &left.record)?;
        // What was asked before is the business of whoever comes out of the archive.
        self.state.asked.clear();
        self.state.transfers.clear();
        self.state.moving.left = Some(left);
        self.state.dirty.status = true;
        Ok(())
    }

    /// Makes the archive under a new name and key: a key seals one archive.
    fn depart(&mut self) -> Result<Departure, Error> {
        let account = self.account()?;
        let label = self.label()?;
        let record = Left {
            origin: account.origin.clone(),
            archive: ArchiveId(self.random()),
            key: ArchiveKey(self.random()),
            kept: false,
        };
        let salt = self.random();
        let mut departure = Departure::new(record);
        let rows = rows::read(self.db)?;
        let record = &departure.record;
        let sealed = seal(seal::DEVICE, &label, &rows, &record.key, &salt);
        departure.parcel = Parcel::new(record.archive, sealed);
        Ok(departure)
    }

    /// Returns what stands on an archive of this device.
    pub(crate) fn label(&self) -> Result<Label, Error> {
        let account = self.account()?;
        let name = self.state.roll.name(account.account);
        Ok(Label {
            organisation: account.organisation_name.clone(),
            name: if name.is_empty() {
                account.name.clone()
            } else {
                name
            },
            address: account.address.clone(),
            made_at: self.now,
        })
    }

    /// Brings the archive to the server.
    pub(crate) fn advance_export(&mut self) -> Result<(), Error> {
        let Some(left) = &self.state.moving.left else {
            return Ok(());
        };
        let (kept, retry_at, is_made) = (left.record.kept, left.retry_at, left.parcel.is_some());
        if kept
            || !self.state.line.is_up()
            || self.is_asking(|purpose| matches!(purpose, Purpose::KeepArchive))
            || !self.is_due(retry_at)
        {
            return Ok(());
        }
        if !is_made {
            // Begun before a restart. Nobody has had the former link.
            let again = self.depart()?;
            Setting::Left.set(self.db, &again.record)?;
            if let Some(left) = &mut self.state.moving.left {
                let numbers = std::mem::take(&mut left.numbers);
                *left = Departure { numbers, ..again };
            }
        }
        let left = self.state.moving.left.as_ref();
        let parcel = left.and_then(|left| left.parcel.as_ref());
        match parcel.and_then(Parcel::next_part) {
            Some(part) => self.ask_home(Purpose::KeepArchive, part),
            None => Err(Error::Bug("an archive without a next part")),
        }
    }

    pub(crate) fn took_kept_part(&mut self, result: Result<Reply, Failure>) -> Result<(), Error> {
        let picked = sort(result, |reply| {
            matches!(reply, Reply::Done(_)).then_some(())
        });
        let retry_at = self.now.plus_millis(PAUSE_MILLIS);
        let Some(left) = &mut self.state.moving.left else {
            return Ok(());
        };
        match picked {
            Got::Reply(()) => {
                if left.parcel.as_mut().is_some_and(Parcel::kept) {
                    return self.departed();
                }
            }
            Got::Refused(problem) => {
                if problem.code == ProblemCode::Refused {
                    // The server made room for others: from the beginning.
                    left.parcel = None;
                }
                left.retry_at = retry_at.max(
                    self.now
                        .plus_millis(problem.retry_after_ms.unwrap_or_default()),
                );
            }
            Got::Offline | Got::Wrong => left.retry_at = retry_at,
        }
        Ok(())
    }

    /// The server has all of it: the link is of use now.
    fn departed(&mut self) -> Result<(), Error> {
        let Some(left) = &mut self.state.moving.left else {
            return Ok(());
        };
        left.record.kept = true;
        left.parcel = None;
        let link = left.record.link().to_url();
        let numbers = std::mem::take(&mut left.numbers);
        Setting::Left.set(self.db, &left.record)?;
        self.state.dirty.status = true;
        for number in numbers {
            self.outcome(number, Outcome::Link(link.clone()));
        }
        Ok(())
    }
}

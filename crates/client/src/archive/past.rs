//! What was said before, for a device that was linked: made by the device that linked it once the new one is in every room, so
//! that nothing lies between the two.

use super::ArchiveKey;
use super::parcel::Parcel;
use super::{rows, seal};
use crate::Error;
use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::rooms::{Wanted, direct_key};
use crate::state::Cx;
use valise_wire::request::Reply;
use valise_wire::{ArchiveId, DeviceId, ProblemCode, Timestamp};

/// Time between two tries.
const PAUSE_MILLIS: u64 = 2_000;

/// The past on its way up.
pub(crate) struct Handing {
    device: DeviceId,
    parcel: Parcel,
    retry_at: Timestamp,
}

impl Handing {
    pub(super) fn is_for(&self, device: DeviceId) -> bool {
        self.device == device
    }
}

impl Cx<'_> {
    /// Owes a device the past.
    pub(crate) fn owe_past(
        &mut self,
        device: DeviceId,
        archive: ArchiveId,
        key: &ArchiveKey,
    ) -> Result<(), Error> {
        self.db.execute(
            "UPDATE device SET archive = ?2, key = ?3 WHERE id = ?1",
            (device.0, archive.0, key.0),
        )?;
        self.state.dirty.devices = true;
        Ok(())
    }

    /// Brings the past to the server for whom it is owed.
    pub(crate) fn advance_past(&mut self) -> Result<(), Error> {
        if self.is_asking(|purpose| matches!(purpose, Purpose::KeepPast)) {
            return Ok(());
        }
        if self.state.moving.handing.is_none() {
            self.begin_handing()?;
        }
        let Some(handing) = &self.state.moving.handing else {
            return Ok(());
        };
        let (retry_at, part) = (handing.retry_at, handing.parcel.next_part());
        match part {
            Some(part) if self.is_due(retry_at) => self.ask_home(Purpose::KeepPast, part),
            _ => Ok(()),
        }
    }

    fn begin_handing(&mut self) -> Result<(), Error> {
        let mut query = self.db.prepare_cached(
            "SELECT id, archive, key FROM device WHERE archive IS NOT NULL AND NOT EXISTS (
               SELECT 1 FROM intent JOIN room ON room.id = intent.room
               WHERE intent.kind = ?1 AND intent.account = device.id AND room.frozen = 0 AND room.lost = 0
                 AND (room.stage = 1 OR room.stage = 0 AND room.chat = ?2))",
        )?;
        let own = direct_key(self.account()?.account);
        let rows = query.query_map((Wanted::DEVICE, own), |row| {
            let device = DeviceId(row.get(0)?);
            let archive = ArchiveId(row.get(1)?);
            Ok((device, archive, ArchiveKey(row.get(2)?)))
        })?;
        let owed: Vec<_> = rows.collect::<Result<_, _>>()?;
        let account = self.account()?;
        // One that is not on the list is not one of the account's yet, or no longer.
        let listed = |(device, _, _): &(DeviceId, _, _)| {
            self.state
                .roll
                .home
                .device(account.account, *device)
                .is_some()
        };
        let Some((device, archive, key)) = owed.into_iter().find(listed) else {
            return Ok(());
        };
        let label = self.label()?;
        let salt = self.random();
        let made = |thumbnails, brought| -> Result<_, Error> {
            let rows = rows::read_past(
                self.db,
                rows::Extent {
                    thumbnails,
                    brought,
                },
            )?;
            let sealed = seal::seal(seal::PAST, &label, &rows, &key, &salt);
            Ok(Parcel::new(archive, sealed))
        };
        // Small pictures are the most of it, and come back with their files. What was brought over there is the export of.
        let mut parcel = made(true, true)?;
        for (thumbnails, brought) in [(false, true), (true, false), (false, false)] {
            if parcel.is_none() {
                parcel = made(thumbnails, brought)?;
            }
        }
        match parcel {
            Some(parcel) => {
                self.state.moving.handing = Some(Handing {
                    device,
                    parcel,
                    retry_at: self.now,
                });
                Ok(())
            }
            // More than an archive can hold, with texts alone.
            None => self.past_is_handed(device),
        }
    }

    pub(crate) fn took_past_part(&mut self, result: Result<Reply, Failure>) -> Result<(), Error> {
        let picked = sort(result, |reply| {
            matches!(reply, Reply::Done(_)).then_some(())
        });
        let now = self.now;
        let Some(handing) = &mut self.state.moving.handing else {
            return Ok(());
        };
        let device = handing.device;
        match picked {
            Got::Reply(()) if handing.parcel.kept() => self.past_is_handed(device),
            Got::Reply(()) => Ok(()),
            // Somebody takes it already, so that all of it was there once.
            Got::Refused(problem) if problem.code == ProblemCode::Gone => {
                self.past_is_handed(device)
            }
            Got::Refused(problem) => {
                handing.retry_at =
                    now.plus_millis(problem.retry_after_ms.unwrap_or_default().max(PAUSE_MILLIS));
                if problem.code == ProblemCode::Refused {
                    // The server made room for others: from the beginning.
                    self.state.moving.handing = None;
                }
                Ok(())
            }
            Got::Offline | Got::Wrong => {
                handing.retry_at = now.plus_millis(PAUSE_MILLIS);
                Ok(())
            }
        }
    }

    fn past_is_handed(&mut self, device: DeviceId) -> Result<(), Error> {
        self.state.moving.handing = None;
        self.db.execute(
            "UPDATE device SET archive = NULL, key = NULL WHERE id = ?1",
            [device.0],
        )?;
        self.state.dirty.devices = true;
        Ok(())
    }
}

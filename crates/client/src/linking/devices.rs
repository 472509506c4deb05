//! The account's devices: which there are, what they are called, and how one goes.

use crate::rooms::Wanted;
use crate::state::Cx;
use crate::{Error, alarm, directory};
use rusqlite::OptionalExtension as _;
use std::sync::Arc;
use valise_directory::{Device, update};
use valise_views::{Outcome, Trouble};
use valise_wire::statement::SignedStatement;
use valise_wire::{DeviceId, RoomId};

/// Time after which a device that was linked here is tried in the rooms even if it has not said that it is ready …
const READY_MILLIS: u64 = 10_000;
/// … and that the device which linked it has, before the others help.
const FIRST_MILLIS: u64 = 20_000;

impl Cx<'_> {
    /// Returns the devices on the account's list.
    pub(crate) fn own_devices(&self) -> Vec<Device> {
        let account = self.state.account.as_ref();
        let entry = account.and_then(|account| self.state.roll.home.account(account.account));
        entry.map(|entry| entry.devices.clone()).unwrap_or_default()
    }

    /// Returns the account's devices but this one.
    pub(crate) fn other_devices(&self) -> Vec<DeviceId> {
        let this = self.state.account.as_ref().map(|account| account.device);
        let ids = self.own_devices().into_iter().map(|device| device.id);
        ids.filter(|id| Some(*id) != this).collect()
    }

    /// Tells whether the account has another device than this one.
    pub(crate) fn has_other_devices(&self) -> bool {
        !self.other_devices().is_empty()
    }

    /// Tells whether this device was taken out of the account's.
    pub(crate) fn is_removed(&self) -> bool {
        self.state.account.as_ref().is_some_and(|account| {
            let entry = self.state.roll.home.account(account.account);
            entry.is_some_and(|entry| entry.former_devices.contains(&account.device))
        })
    }

    pub(crate) fn name_device(&self, device: DeviceId, name: &str) -> Result<(), Error> {
        self.db.execute(
            "INSERT INTO device (id, name) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET name = ?2",
            (device.0, name),
        )?;
        Ok(())
    }

    /// Makes the directory anew for who this device is now.
    pub(crate) fn load_roll(&mut self) -> Result<(), Error> {
        let account = self.state.account.clone();
        let roll = directory::load(self.db, account.as_deref(), self.state.guards.checks)?;
        self.state.roll = Arc::new(roll);
        Ok(())
    }

    /// Returns the statement of which devices the account has from now on.
    pub(crate) fn device_list(&self, devices: Vec<Device>) -> Result<SignedStatement, Error> {
        let account = self.account()?;
        let entry = self.state.roll.home.account(account.account);
        let entry = entry.ok_or(Error::Bug("an account without its entry"))?;
        Ok(update::devices(
            account.organisation,
            entry,
            devices,
            &account.account_key(),
        ))
    }

    /// Forgets what a device is called, and what it is owed.
    pub(super) fn forget_name(&self, device: DeviceId) -> Result<(), Error> {
        self.db
            .execute("DELETE FROM device WHERE id = ?1", [device.0])?;
        Ok(())
    }

    /// Takes a device out of the account's.
    pub(crate) fn remove_device(
        &mut self,
        number: u64,
        id: &valise_views::DeviceId,
    ) -> Result<(), Error> {
        let mut devices = self.own_devices();
        let Some(id) = DeviceId::from_hex(&id.0) else {
            return self.fail(number, Trouble::NotFound);
        };
        if id == self.account()?.device {
            return self.fail(number, Trouble::NotAllowed);
        }
        let before = devices.len();
        devices.retain(|device| device.id != id);
        if devices.len() == before {
            return self.fail(number, Trouble::NotFound);
        }
        let statement = self.device_list(devices)?;
        self.publish(Some(number), Outcome::Done, statement)
    }

    /// Takes note of another list of the account's own devices: new ones are brought into every room, and this one may be gone.
    pub(crate) fn own_devices_changed(
        &mut self,
        added: &[Device],
        removed: &[Device],
    ) -> Result<(), Error> {
        self.state.dirty.devices = true;
        let this = self.account()?.device;
        if removed.iter().any(|device| device.id == this) {
            return self.own_account_ended();
        }
        for device in removed {
            self.forget_name(device.id)?;
            self.state.moving.stop_handing(device.id);
        }
        if !removed.is_empty() {
            self.renew_ways()?;
        }
        if self.state.moving.awaited_past().is_some()
            || self.state.backup.is_coming_back()
            || self.state.renewals.is_waiting()
        {
            // What stands before this device was linked is no news.
            return Ok(());
        }
        for device in added.iter().filter(|device| device.id != this) {
            let linked_here = self.owes_past(device.id)?;
            if linked_here {
                self.ensure_own_room()?;
            } else {
                self.alarm(alarm::Kind::Device, None)?;
            }
            let rooms: Vec<RoomId> = self.state.rooms.keys().copied().collect();
            for room in rooms {
                self.bring_in(
                    room,
                    device.id,
                    if linked_here {
                        READY_MILLIS
                    } else {
                        FIRST_MILLIS
                    },
                )?;
            }
        }
        Ok(())
    }

    fn owes_past(&self, device: DeviceId) -> Result<bool, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT archive IS NOT NULL FROM device WHERE id = ?1")?;
        let owes: Option<bool> = query.query_row([device.0], |row| row.get(0)).optional()?;
        Ok(owes.unwrap_or(false))
    }

    /// Wants another device of the account in a room, after a while.
    pub(crate) fn bring_in(
        &mut self,
        room: RoomId,
        device: DeviceId,
        pause: u64,
    ) -> Result<(), Error> {
        if self.room(room)?.stage == crate::rooms::Stage::Out {
            return Ok(());
        }
        self.want(room, Wanted::Device(device))?;
        let at = self.now.plus_millis(pause);
        self.room(room)?.wishes_at = at;
        self.wake_at(at);
        Ok(())
    }

    /// Returns the account's devices as they are shown.
    pub(crate) fn devices(&self) -> Result<Vec<valise_views::Device>, Error> {
        let this = self.state.account.as_ref().map(|account| account.device);
        let mut devices = Vec::new();
        for device in self.own_devices() {
            let mut query = self
                .db
                .prepare_cached("SELECT name, archive IS NOT NULL FROM device WHERE id = ?1")?;
            let known: Option<(String, bool)> = query
                .query_row([device.id.0], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let (name, is_waiting) = known.unwrap_or_default();
            devices.push(valise_views::Device {
                id: valise_views::DeviceId(device.id.to_string()),
                name,
                added_at: device.added_at.0,
                is_this: Some(device.id) == this,
                is_waiting,
            });
        }
        devices.sort_by_key(|device| (!device.is_this, device.added_at));
        Ok(devices)
    }
}

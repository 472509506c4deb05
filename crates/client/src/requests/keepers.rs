//! Who is asked to release a request of one's own: brought in, shown it on every device, and put out again.

use super::hold::Letter;
use crate::Error;
use crate::content::Meaning;
use crate::rooms::Wanted;
use crate::state::Cx;
use std::collections::BTreeSet;
use valise_evidence::Digest;
use valise_wire::{AccountId, DeviceId, RoomId, to_bytes};

/// Keepers who are asked at once, at most.
const MOST_KEEPERS: usize = 5;

impl Cx<'_> {
    pub(super) fn put_keepers_out(&mut self, letter: &Letter) -> Result<(), Error> {
        for keeper in &letter.brought {
            self.want(letter.room, Wanted::Remove(*keeper))?;
        }
        Ok(())
    }

    /// Brings those in who may release, and shows them what there is.
    pub(super) fn ask_keepers(&mut self, mut letter: Letter, digest: Digest) -> Result<(), Error> {
        let room = letter.room;
        let state = self.state.rooms.get(&room);
        let is_ready = state.is_some_and(|state| state.is_usable() && !state.is_behind());
        self.db
            .prepare_cached(
                "INSERT OR IGNORE INTO release (message, room, digest, own, stage, told, brought) VALUES (?1, ?2, ?3, 1, 0, x'80', x'80')",
            )?
            .execute((letter.message, room.0, digest.0))?;
        if !is_ready {
            return Ok(());
        }
        let keepers = self.keepers_for(letter.message)?;
        let members = self.members_of(room)?;
        let mut changed = false;
        for keeper in keepers.difference(&members) {
            if letter.brought.insert(*keeper) {
                self.want(room, Wanted::Add(*keeper))?;
                changed = true;
            }
        }
        let former: Vec<AccountId> = letter.brought.difference(&keepers).copied().collect();
        for keeper in former {
            // He may release no longer, and has nothing to read here.
            letter.brought.remove(&keeper);
            for device in self.devices_of(keeper) {
                letter.told.remove(&device);
            }
            self.want(room, Wanted::Remove(keeper))?;
            changed = true;
        }
        let here: BTreeSet<AccountId> = keepers.intersection(&members).copied().collect();
        let untold = self.untold(room, &here, &letter)?;
        if !untold.is_empty()
            && let Some(formal) = self.formal_of(letter.message, None)?
        {
            letter.told.extend(untold);
            self.post_among(room, &Meaning::ForRelease(Box::new(formal)))?;
            changed = true;
        }
        if changed {
            self.keep_asked(&letter)?;
            self.request_changed(room)?;
        }
        Ok(())
    }

    /// Returns the devices of keepers that are in the room and were not shown a letter: they came when others had it already.
    fn untold(
        &self,
        room: RoomId,
        keepers: &BTreeSet<AccountId>,
        letter: &Letter,
    ) -> Result<BTreeSet<DeviceId>, Error> {
        let devices = keepers.iter().flat_map(|keeper| self.devices_of(*keeper));
        let mut untold: BTreeSet<DeviceId> = devices
            .filter(|device| !letter.told.contains(device))
            .collect();
        if !untold.is_empty() {
            let present = self.devices_in(room)?;
            untold.retain(|device| present.contains(device));
        }
        Ok(untold)
    }

    fn devices_of(&self, account: AccountId) -> Vec<DeviceId> {
        let entry = self.state.roll.home.account(account);
        let devices = entry.map_or(&[][..], |entry| &entry.devices);
        devices.iter().map(|device| device.id).collect()
    }

    fn devices_in(&self, room: RoomId) -> Result<BTreeSet<DeviceId>, Error> {
        let desk = self.desk()?;
        let loaded = desk.member().load(room).ok().flatten();
        let roster = loaded.and_then(|room| room.roster().ok());
        let leaves = roster.unwrap_or_default().into_iter();
        Ok(leaves.map(|leaf| leaf.identity.device).collect())
    }

    fn keep_asked(&self, letter: &Letter) -> Result<(), Error> {
        let told = Vec::from_iter(letter.told.iter().copied());
        let brought = Vec::from_iter(letter.brought.iter().copied());
        self.db.execute(
            "UPDATE release SET told = ?2, brought = ?3 WHERE message = ?1",
            (letter.message, to_bytes(&told), to_bytes(&brought)),
        )?;
        Ok(())
    }

    /// Returns those who may release a request of one's own: who holds the office that asks, otherwise anybody.
    pub(super) fn keepers_for(&self, message: i64) -> Result<BTreeSet<AccountId>, Error> {
        let me = self.account()?.account;
        let home = &self.state.roll.home;
        let ready = |account: &AccountId| home.keeper(*account).is_some_and(|it| it.keys.is_some());
        let all = home.keepers().filter(|account| *account != me);
        let all: Vec<AccountId> = all.filter(ready).collect();
        let request = self.signed_request(message)?;
        let capacity = request.and_then(|request| request.issuer.capacity);
        let office = capacity.and_then(|name| home.offices_called(name.as_str()).next());
        let holds = |account: &AccountId| {
            office.is_some_and(|it| home.holders(it).any(|one| one == *account))
        };
        let of_office: Vec<AccountId> = all.iter().copied().filter(holds).collect();
        let chosen = if of_office.is_empty() { all } else { of_office };
        Ok(chosen.into_iter().take(MOST_KEEPERS).collect())
    }
}

//! Key packages of those who are to be added.

use super::Wanted;
use crate::asked::{Got, Purpose, sort};
use crate::guard::Guard;
use crate::io::Failure;
use crate::roll::Roll;
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use std::collections::BTreeSet;
use valise_mls::KeyPackageInfo;
use valise_wire::policy::LeafIdentity;
use valise_wire::request::{ClaimKeyPackages, ClaimedKeyPackage, Reply};
use valise_wire::{AccountId, RoomId};

impl Cx<'_> {
    /// Asks for key packages that are missing. Tells whether it did.
    pub(super) fn claim(&mut self, id: RoomId, people: &[AccountId]) -> Result<bool, Error> {
        let claimed: BTreeSet<AccountId> = self
            .room(id)?
            .claimed
            .iter()
            .map(|package| package.account)
            .collect();
        let missing: Vec<AccountId> = people
            .iter()
            .filter(|who| !claimed.contains(who))
            .copied()
            .collect();
        if missing.is_empty() {
            return Ok(false);
        }
        let purpose = Purpose::Claim {
            room: id,
            accounts: missing.clone(),
        };
        self.ask_home(purpose, ClaimKeyPackages { accounts: missing })?;
        Ok(true)
    }

    pub(crate) fn took_claimed(
        &mut self,
        id: RoomId,
        accounts: Vec<AccountId>,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::KeyPackages(claimed) => Some(claimed.packages),
            _ => None,
        });
        match picked {
            Got::Reply(packages) => self.keep_claimed(id, &accounts, packages),
            Got::Refused(problem) => self.room_failed(id, problem.retry_after_ms),
            Got::Offline | Got::Wrong => self.room_failed(id, None),
        }
    }

    /// Keeps those that are of whom they were asked of, and waits for who has none.
    fn keep_claimed(
        &mut self,
        id: RoomId,
        accounts: &[AccountId],
        packages: Vec<ClaimedKeyPackage>,
    ) -> Result<(), Error> {
        let roll = self.state.roll.clone();
        let anything = !self.keeps(Guard::ClaimedKeys);
        let (good, bad): (Vec<_>, Vec<_>) = packages.into_iter().partition(|package| {
            anything || accounts.contains(&package.account) && is_of_device(&roll, package)
        });
        if !bad.is_empty() {
            self.server_misbehaved(ServerMisbehaved::BadKeys)?;
        }
        // Of one's own account only those that are wanted: the others are in the room.
        let me = self.account()?.account;
        let wishes = self.wishes(id)?;
        let wanted = |device| {
            let wish = Wanted::Device(device);
            wishes.iter().any(|(_, wanted)| *wanted == wish)
        };
        let good = good
            .into_iter()
            .filter(|package| package.account != me || wanted(package.device));
        let now = self.now;
        let room = self.room(id)?;
        room.claimed.extend(good);
        let without =
            |who: &&AccountId| !room.claimed.iter().any(|package| package.account == **who);
        let without: Vec<AccountId> = accounts.iter().filter(without).copied().collect();
        if without.is_empty() {
            return Ok(());
        }
        room.unclaimed.extend(without);
        // Who has none is asked for again after a while, and nobody else waits for him.
        if !room.claimed.is_empty() {
            room.commit_at = Some(now);
        }
        self.put_off_wishes(id)
    }

    pub(super) fn packages(
        &mut self,
        id: RoomId,
        people: &[AccountId],
    ) -> Result<Vec<Vec<u8>>, Error> {
        let claimed = &self.room(id)?.claimed;
        let wanted = claimed
            .iter()
            .filter(|package| people.contains(&package.account));
        Ok(wanted
            .map(|package| package.key_package.0.clone())
            .collect())
    }
}

/// Tells whether a key package is of the device that it is said to be of, with the key that the directory names.
fn is_of_device(roll: &Roll, package: &ClaimedKeyPackage) -> bool {
    let (Some(device), Ok(info)) = (
        roll.device(package.account, package.device),
        KeyPackageInfo::read(&package.key_package),
    ) else {
        return false;
    };
    let named = LeafIdentity {
        account: package.account,
        device: package.device,
    };
    info.identity == named && info.leaf_key == device.leaf_key
}

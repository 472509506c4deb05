//! What a device gets that becomes one of the account's: what every device of it has, and where the past will be.

use crate::account::{Account, NewDevice, Secret};
use crate::archive::ArchiveKey;
use valise_wire::{AccountId, ArchiveId, DeviceId, OrganisationId, record};

record! {
    /// What one of the account's devices is called.
    pub struct Named {
        /// Which.
        pub device: DeviceId,
        /// What it says it is.
        pub name: String,
    }
}

record! {
    /// What the old device hands to the new one.
    pub struct Gift {
        /// The organisation's domain.
        pub domain: String,
        /// The organisation's public name.
        pub organisation_name: String,
        /// The organisation, to pin.
        pub organisation: OrganisationId,
        /// The account.
        pub account: AccountId,
        /// What the account signs with.
        pub account_key: Secret,
        /// The organisation's root, if the account has it.
        pub organisation_key: Option<Secret>,
        /// What opens names and addresses.
        pub directory_key: Secret,
        /// The person's name.
        pub name: String,
        /// The person's address.
        pub address: String,
        /// Where the past will lie.
        pub archive: ArchiveId,
        /// What opens it.
        pub archive_key: ArchiveKey,
        /// What the account's devices are called.
        pub devices: Vec<Named>,
    }
}

impl Gift {
    /// Makes what an account gives.
    pub(crate) fn of(
        account: &Account,
        archive: ArchiveId,
        key: ArchiveKey,
        devices: Vec<Named>,
    ) -> Self {
        Self {
            domain: account.domain.clone(),
            organisation_name: account.organisation_name.clone(),
            organisation: account.organisation,
            account: account.account,
            account_key: account.account_key.clone(),
            organisation_key: account.organisation_key.clone(),
            directory_key: account.directory_key.clone(),
            name: account.name.clone(),
            address: account.address.clone(),
            archive,
            archive_key: key,
            devices,
        }
    }

    /// Returns who a new device is that got this.
    pub(crate) fn accept(&self, origin: &str, device: &NewDevice) -> Account {
        Account {
            origin: origin.to_owned(),
            domain: self.domain.clone(),
            organisation_name: self.organisation_name.clone(),
            organisation: self.organisation,
            account: self.account,
            device: device.id,
            device_key: device.device_key.clone(),
            leaf_key: device.leaf_key.clone(),
            account_key: self.account_key.clone(),
            organisation_key: self.organisation_key.clone(),
            directory_key: self.directory_key.clone(),
            name: self.name.clone(),
            address: self.address.clone(),
            joined: true,
        }
    }
}

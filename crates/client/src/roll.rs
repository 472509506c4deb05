//! The directory in memory, as rooms ask it.

use valise_directory::Directory;
use valise_mls::Standing;
use valise_wire::policy::LeafIdentity;
use valise_wire::{AccountId, OrganisationId};

/// The folded directory.
#[derive(Clone)]
pub(crate) struct Roll(pub(crate) Directory);

impl Roll {
    /// Makes one that knows nobody.
    pub(crate) fn empty() -> Self {
        Self(Directory::new(OrganisationId([0; 32])))
    }

    /// Returns the name to show for an account.
    pub(crate) fn name(&self, account: AccountId) -> String {
        let person = self.0.person(account);
        let name =
            person.and_then(|person| person.display_name.map(|name| name.as_str().to_owned()));
        let address =
            || person.and_then(|person| person.address.map(|address| address.as_str().to_owned()));
        name.or_else(address).unwrap_or_default()
    }

    /// Tells whether an account exists and has not ended.
    pub(crate) fn is_active(&self, account: AccountId) -> bool {
        self.0
            .account(account)
            .is_some_and(|entry| entry.is_active())
    }
}

impl valise_mls::Directory for Roll {
    fn standing(&self, leaf: &LeafIdentity) -> Standing {
        let Some(account) = self.0.account(leaf.account) else {
            return Standing::Unknown;
        };
        match self.0.device(leaf.account, leaf.device) {
            Some(device) => Standing::Valid(device.leaf_key),
            None if account.former_devices.contains(&leaf.device) => Standing::Revoked(None),
            None => Standing::Unknown,
        }
    }

    fn is_ended(&self, account: &AccountId) -> bool {
        self.0
            .account(*account)
            .is_some_and(|entry| !entry.is_active())
    }
}

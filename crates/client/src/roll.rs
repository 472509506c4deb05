//! Who is who, as rooms ask it: one's own organisation, and what is known of others.

use crate::content::{account_of, account_uri, office_of};
use std::collections::BTreeMap;
use valise_directory::fold::{AccountEntry, Person};
use valise_directory::foreign::Foreign;
use valise_directory::{Device, Directory};
use valise_mls::Standing;
use valise_mls::rules::Side;
use valise_wire::policy::LeafIdentity;
use valise_wire::{AccountId, DeviceId, OfficeId, OrganisationId, RoomId};

/// The folded directories.
#[derive(Clone)]
pub(crate) struct Roll {
    /// One's own organisation.
    pub(crate) home: Directory,
    /// Others, each as far as it was shown.
    pub(crate) others: BTreeMap<OrganisationId, Foreign>,
    /// Oneself, if one is a guest: then `home` is that of whoever asks, as far as it was shown.
    pub(crate) guest: Option<AccountId>,
    /// What people are called whose names a guest cannot open: as they signed.
    pub(crate) called: BTreeMap<AccountId, String>,
}

impl Roll {
    /// Makes one that knows nobody.
    pub(crate) fn empty() -> Self {
        Self::of(Directory::new(OrganisationId([0; 32])))
    }

    /// Makes one that knows one's own organisation alone.
    pub(crate) fn of(home: Directory) -> Self {
        Self {
            home,
            others: BTreeMap::new(),
            guest: None,
            called: BTreeMap::new(),
        }
    }

    /// Returns the directory that knows an account: one's own first, so that nobody else can speak for it.
    pub(crate) fn directory_of(&self, account: AccountId) -> Option<&Directory> {
        let home = Some(&self.home).filter(|home| home.account(account).is_some());
        home.or_else(|| {
            let mut others = self.others.values().map(Foreign::directory);
            others.find(|other| other.account(account).is_some())
        })
    }

    /// Returns an account of anybody, whether it has ended or not.
    pub(crate) fn account(&self, account: AccountId) -> Option<&AccountEntry> {
        self.directory_of(account)?.account(account)
    }

    /// Returns a device of an account that has not ended.
    pub(crate) fn device(&self, account: AccountId, device: DeviceId) -> Option<&Device> {
        self.directory_of(account)?.device(account, device)
    }

    /// Returns what there is to show of somebody.
    pub(crate) fn person(&self, account: AccountId) -> Option<Person<'_>> {
        self.directory_of(account)?.person(account)
    }

    /// Returns the domain of an account's organisation.
    pub(crate) fn domain_of(&self, account: AccountId) -> Option<&str> {
        let organisation = self.directory_of(account)?.organisation()?;
        Some(&organisation.domain)
    }

    /// Returns the directory of an organisation that is known.
    pub(crate) fn organisation(&self, organisation: OrganisationId) -> Option<&Directory> {
        if organisation == self.home.organisation_id() {
            return Some(&self.home);
        }
        self.others.get(&organisation).map(Foreign::directory)
    }

    /// Returns the organisation of an account that is none of one's own people.
    pub(crate) fn outsider(&self, account: AccountId) -> Option<OrganisationId> {
        let side = self.side_of(account)?;
        (side != self.own_side()).then_some(side)
    }

    /// Returns the organisation for which an account speaks, or what stands for a guest's.
    pub(crate) fn side_of(&self, account: AccountId) -> Option<OrganisationId> {
        Some(self.directory_of(account)?.side_of(account))
    }

    /// Returns the organisation for which oneself speaks, or what stands for a guest's.
    pub(crate) fn own_side(&self) -> OrganisationId {
        match self.guest {
            Some(me) => self.home.side_of(me),
            None => self.home.organisation_id(),
        }
    }

    /// Returns how content names an account; nothing if nobody knows it.
    pub(crate) fn name_of(&self, account: AccountId) -> String {
        self.domain_of(account)
            .map_or_else(String::new, |domain| account_uri(domain, account))
    }

    /// Reads how content names an account: of the very organisation whose domain it says.
    pub(crate) fn account_named(&self, uri: &str) -> Option<AccountId> {
        let all = std::iter::once(&self.home).chain(self.others.values().map(Foreign::directory));
        let organisations = all.filter_map(|directory| directory.organisation());
        let mut named = organisations.filter_map(|known| account_of(&known.domain, uri));
        named.next()
    }

    /// Reads how content names an office, in the same way.
    pub(crate) fn office_named(&self, uri: &str) -> Option<(OrganisationId, OfficeId)> {
        let all = std::iter::once(&self.home).chain(self.others.values().map(Foreign::directory));
        let mut named = all.filter_map(|directory| {
            let office = office_of(&directory.organisation()?.domain, uri)?;
            Some((directory.organisation_id(), office))
        });
        named.next()
    }

    /// Returns the name to show for an account.
    pub(crate) fn name(&self, account: AccountId) -> String {
        let person = self.person(account);
        let name =
            person.and_then(|person| person.display_name.map(|name| name.as_str().to_owned()));
        let address =
            || person.and_then(|person| person.address.map(|address| address.as_str().to_owned()));
        name.or_else(address)
            .or_else(|| self.name_for_guest(account))
            .unwrap_or_default()
    }

    /// A guest knows people as they signed, and otherwise of whom they are.
    fn name_for_guest(&self, account: AccountId) -> Option<String> {
        self.guest?;
        let organisation = || self.home.organisation().map(crate::partner::public_name);
        self.called.get(&account).cloned().or_else(organisation)
    }

    /// Tells whether an account exists and has not ended.
    pub(crate) fn is_active(&self, account: AccountId) -> bool {
        self.account(account).is_some_and(|entry| entry.is_active())
    }
}

impl valise_mls::Directory for Roll {
    fn standing(&self, leaf: &LeafIdentity) -> Standing {
        let Some(directory) = self.directory_of(leaf.account) else {
            return Standing::Unknown;
        };
        let Some(account) = directory.account(leaf.account) else {
            return Standing::Unknown;
        };
        match directory.device(leaf.account, leaf.device) {
            Some(device) => Standing::Valid(device.leaf_key),
            None if account.former_devices.contains(&leaf.device) => Standing::Revoked(None),
            None => Standing::Unknown,
        }
    }

    fn is_ended(&self, account: &AccountId) -> bool {
        self.account(*account)
            .is_some_and(|entry| !entry.is_active())
    }

    fn guest_of(&self, account: &AccountId) -> Option<RoomId> {
        self.account(*account)?.guest_of
    }

    fn side_of(&self, account: &AccountId) -> Option<Side<'_>> {
        let directory = self.directory_of(*account)?;
        let (organisation, jurisdictions) = directory.side_and_law(*account);
        Some(Side {
            organisation,
            jurisdictions,
        })
    }
}

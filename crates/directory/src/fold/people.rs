//! The directory as people see it.

use super::{AccountEntry, Directory};
use crate::address::Address;
use crate::name::Name;
use crate::statement::Role;
use valise_wire::AccountId;

/// One person of the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person<'a> {
    /// The account.
    pub account: AccountId,
    /// Name to show; none if nothing readable was said.
    pub display_name: Option<&'a Name>,
    /// Address, proven by its tag.
    pub address: Option<&'a Address>,
    /// Where the person works.
    pub office: Option<&'a Name>,
    /// Picture.
    pub avatar: Option<&'a [u8]>,
    /// What the person may do.
    pub role: Role,
    /// Whether a registrar vouched for this very name in the invitation.
    pub vouched: bool,
    /// Whether the account has not ended.
    pub active: bool,
}

impl Directory {
    /// Returns everybody, those who left among them, and no guests. Without the directory key nobody has a name.
    pub fn people(&self) -> impl Iterator<Item = Person<'_>> {
        self.accounts
            .values()
            .filter(|account| account.guest_of.is_none())
            .map(|account| self.person_of(account))
    }

    /// Returns one person.
    pub fn person(&self, account: AccountId) -> Option<Person<'_>> {
        self.accounts
            .get(&account)
            .map(|account| self.person_of(account))
    }

    fn person_of<'a>(&'a self, account: &'a AccountEntry) -> Person<'a> {
        let profile = account.profile.as_ref();
        let invitation = self.invitations.get(&account.invitation);
        let pass = self.passes.get(&account.invitation);
        let invited = invitation
            .and_then(|invitation| invitation.details.as_ref())
            .or_else(|| pass.and_then(|pass| pass.details.as_ref()));
        let invited_name = invited.and_then(|details| details.display_name.as_ref());
        let invited_office = invited.and_then(|details| details.office.as_ref());
        let display_name = profile
            .map(|profile| &profile.display_name)
            .or(invited_name);
        Person {
            account: account.id,
            display_name,
            address: profile
                .map(|profile| &profile.address)
                .or_else(|| invited.and_then(|details| details.address.as_ref())),
            office: profile.map_or(invited_office, |profile| profile.office.as_ref()),
            avatar: profile.and_then(|profile| profile.avatar.as_deref()),
            role: if self.is_registrar(account.id) {
                Role::Registrar
            } else {
                Role::Member
            },
            vouched: invited_name.is_some() && display_name == invited_name,
            active: account.is_active(),
        }
    }
}

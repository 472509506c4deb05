//! What a server decides before it takes several statements at once.

use super::{Check, Directory, Proof};
use crate::Breach;
use crate::statement::{Account, Mandate, Organisation, read};
use valise_wire::statement::SignedStatement;
use valise_wire::{InvitationId, OrganisationId, Timestamp};

/// What a founding has to name for a server to take it.
#[derive(Debug, Clone, Copy)]
pub struct FoundingServer<'a> {
    /// The server's domain.
    pub domain: &'a str,
    /// The key with which its hub proposes removals.
    pub hub_key: [u8; 32],
}

impl Directory {
    /// Checks a whole founding and returns the directory after it: organisation, mandate, invitation, account, device
    /// list and profile of one founder, in this order, at positions 1 to 6.
    pub fn founding(
        statements: &[SignedStatement],
        server: FoundingServer<'_>,
    ) -> Result<Self, Breach> {
        let [first, mandate, _, account, _, _] = statements else {
            return Err(Breach::Founding);
        };
        let organisation: Organisation = read(first)?;
        if organisation.domain != server.domain || organisation.hub_key != server.hub_key {
            return Err(Breach::AnotherServer);
        }
        if read::<Mandate>(mandate)?.account != read::<Account>(account)?.id {
            return Err(Breach::NotRegistrar);
        }
        let mut directory = Self::new(organisation.key.organisation());
        for (position, statement) in (1..).zip(statements) {
            directory.apply(position, statement)?;
        }
        let founder = directory.accounts.values().next().ok_or(Breach::Founding)?;
        let complete = founder.devices_version == 1 && founder.profile_version > 0;
        if complete {
            Ok(directory)
        } else {
            Err(Breach::Founding)
        }
    }

    /// Checks whether somebody may join at `now`: account, device list and profile, in this order. Takes nothing; the
    /// three are applied one after the other once they are durable.
    pub fn admit(
        &self,
        invitation: InvitationId,
        statements: &[SignedStatement],
        now: Timestamp,
    ) -> Result<(), Breach> {
        let [account, devices, profile] = statements else {
            return Err(Breach::UnexpectedKind);
        };
        if read::<Account>(account)?.invitation != invitation {
            return Err(Breach::NoInvitation);
        }
        let entry = self.check_account(account, Proof::Signature)?;
        let not_after = self
            .invitations
            .get(&invitation)
            .ok_or(Breach::NoInvitation)?
            .statement
            .not_after;
        if self.checks.on(Check::InvitationExpiry) && now > not_after {
            return Err(Breach::InvitationExpired);
        }
        let devices = self.check_device_list(&entry, devices, Proof::Signature)?;
        let profile = self.check_profile(&entry, profile, Proof::Signature)?;
        if devices.account != entry.id || profile.account != entry.id {
            return Err(Breach::NoAccount);
        }
        Ok(())
    }

    /// Checks whether one statement would be taken next, without taking it.
    ///
    /// An account is not taken alone: it comes by [`Directory::admit`]. Neither is an organisation.
    pub fn check(&self, signed: &SignedStatement) -> Result<(), Breach> {
        use valise_wire::statement::StatementKind::{Account, Guest, Organisation};
        if matches!(signed.kind, Account | Guest | Organisation) {
            return Err(Breach::UnexpectedKind);
        }
        self.clone().apply(self.head.position + 1, signed).map(drop)
    }

    /// Reads which organisation a first statement founds, unverified.
    pub fn organisation_of(first: &SignedStatement) -> Result<OrganisationId, Breach> {
        Ok(read::<Organisation>(first)?.key.organisation())
    }
}

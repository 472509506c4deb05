//! The rules: who may say what, and when.

use super::{AccountEntry, Change, Check, Directory, InvitationEntry, MandateEntry, Proof};
use crate::Breach;
use crate::address::check_domain;
use crate::name::Name;
use crate::seal::MAX_SEALED_BYTES;
use crate::statement::{
    Account, AccountRevocation, Device, DeviceList, Invitation, InvitationRevocation, MAX_DEVICES,
    MAX_USES, Mandate, Organisation, Profile, digest, read,
};
use valise_wire::statement::{SignedStatement, StatementKind};
use valise_wire::{AccountId, DeviceId, Timestamp};

impl Directory {
    pub(super) fn change(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let founding = signed.kind == StatementKind::Organisation;
        if self.checks.on(Check::Founding) && founding == self.organisation.is_some() {
            return Err(Breach::Founding);
        }
        match signed.kind {
            StatementKind::Organisation => self.take_organisation(signed, proof),
            StatementKind::Mandate => self.take_mandate(position, signed, proof),
            StatementKind::Invitation => self.take_invitation(position, signed, proof),
            StatementKind::Account => self.take_account(signed, proof),
            StatementKind::DeviceList => self.take_device_list(position, signed, proof),
            StatementKind::Profile => self.take_profile(position, signed, proof),
            StatementKind::AccountRevocation => {
                self.take_account_revocation(position, signed, proof)
            }
            StatementKind::InvitationRevocation => self.take_invitation_revocation(signed, proof),
            StatementKind::RenewalOffer => self.take_renewal_offer(signed, proof),
            StatementKind::RenewalConfirmation => self.take_renewal_confirmation(signed, proof),
            StatementKind::RenewalWithdrawal => self.take_renewal_withdrawal(signed, proof),
            StatementKind::RenewalVeto => self.take_renewal_veto(signed, proof),
            StatementKind::Renewal => self.take_renewal(position, signed, proof),
            StatementKind::Partner => self.take_partner(position, signed, proof),
            StatementKind::Card => self.take_card(position, signed, proof),
            StatementKind::EvidenceKey => self.take_evidence_key(position, signed, proof),
            StatementKind::Office => self.take_office(position, signed, proof),
            StatementKind::OfficeCard => self.take_office_card(position, signed, proof),
            StatementKind::Document => self.take_document(position, signed, proof),
            StatementKind::Residency => self.take_residency(position, signed, proof),
            StatementKind::Deadlines => self.take_deadlines(position, signed, proof),
            StatementKind::GuestPass => self.take_guest_pass(position, signed, proof),
            StatementKind::Guest => self.take_guest(signed, proof),
            StatementKind::GuestEnd => self.take_guest_end(position, signed, proof),
            StatementKind::SealMandate => self.take_seal_mandate(position, signed, proof),
            StatementKind::SealMandateEnd => self.take_seal_mandate_end(position, signed, proof),
            StatementKind::SealKeys => self.take_seal_keys(position, signed, proof),
            StatementKind::RequestPolicy => self.take_request_policy(position, signed, proof),
            StatementKind::Availability => self.take_availability(signed, proof),
        }
    }

    fn take_organisation(
        &mut self,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let organisation: Organisation = self.read(signed)?;
        if self.checks.on(Check::Pinned) && organisation.key.organisation() != self.pinned {
            return Err(Breach::AnotherOrganisation);
        }
        self.verify::<Organisation>(signed, organisation.key, proof)?;
        let name_fits = organisation
            .name
            .as_deref()
            .is_none_or(|name| Name::parse(name).is_ok());
        self.check_field(check_domain(&organisation.domain).is_ok(), "domain")?;
        self.check_field(name_fits, "name")?;
        self.organisation = Some(organisation);
        Ok(Change::Founded(self.pinned))
    }

    fn take_mandate(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let mandate: Mandate = self.read(signed)?;
        self.verify::<Mandate>(signed, self.organisation_key()?, proof)?;
        match self.accounts.get(&mandate.account) {
            Some(account) => {
                self.check_active(account)?;
                let key = account.registrar_key.ok_or(Breach::Guest)?;
                self.check_registrar_key(key, mandate.registrar_key)?;
            }
            // The founder's mandate comes before his account, because his invitation needs it.
            None if self.mandates.is_empty() => {}
            None => return Err(Breach::NoAccount),
        }
        let entry = MandateEntry {
            registrar_key: mandate.registrar_key,
            position,
            active: true,
        };
        self.mandates.insert(mandate.account, entry);
        Ok(Change::Mandated(mandate.account))
    }

    fn take_invitation(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let invitation: Invitation = self.read(signed)?;
        self.verify_registrar::<Invitation>(signed, invitation.issuer, proof)?;
        let known = self.invitations.contains_key(&invitation.id)
            || self.passes.contains_key(&invitation.id);
        if self.checks.on(Check::NewInvitation) && known {
            return Err(Breach::InvitationExists);
        }
        let most_uses = if invitation.address_tag.is_some() {
            1
        } else {
            MAX_USES
        };
        self.check_field((1..=most_uses).contains(&invitation.uses), "uses")?;
        self.check_field(invitation.sealed.len() <= MAX_SEALED_BYTES, "sealed")?;
        let id = invitation.id;
        let details = self.open_invitation(&invitation);
        let entry = InvitationEntry {
            statement: invitation,
            position,
            details,
            used: 0,
            revoked: false,
        };
        self.invitations.insert(id, entry);
        Ok(Change::Invited(id))
    }

    fn take_account(&mut self, signed: &SignedStatement, proof: Proof) -> Result<Change, Breach> {
        let account = self.check_account(signed, proof)?;
        let id = account.id;
        if let Some(invitation) = self.invitations.get_mut(&account.invitation) {
            invitation.used += 1;
        }
        self.addresses
            .extend(account.address_tag.map(|tag| (tag, id)));
        self.accounts.insert(id, account);
        Ok(Change::Joined(id))
    }

    pub(super) fn check_account(
        &self,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<AccountEntry, Breach> {
        let account: Account = self.read(signed)?;
        let invitation = self
            .invitations
            .get(&account.invitation)
            .ok_or(Breach::NoInvitation)?;
        self.verify::<Account>(signed, invitation.statement.key, proof)?;
        let made_of_key = account.key.account(self.pinned) == account.id;
        if self.excerpt.is_some() && self.checks.on(Check::AccountId) && !made_of_key {
            return Err(Breach::AccountId);
        }
        if self.checks.on(Check::NewAccount) && self.accounts.contains_key(&account.id) {
            return Err(Breach::AccountExists);
        }
        self.check_invitation(invitation, &account)?;
        if self.checks.on(Check::AddressTaken) && self.is_office(account.address_tag) {
            return Err(Breach::AddressTaken);
        }
        let taken = self
            .addresses
            .get(&account.address_tag)
            .and_then(|holder| self.accounts.get(holder));
        // An address is free again when its account has ended.
        if self.checks.on(Check::AddressTaken) && taken.is_some_and(AccountEntry::is_active) {
            return Err(Breach::AddressTaken);
        }
        if let Some(mandate) = self.mandates.get(&account.id) {
            self.check_registrar_key(mandate.registrar_key, account.registrar_key)?;
        }
        Ok(AccountEntry {
            registrar_key: Some(account.registrar_key),
            invited_as: invitation.statement.role,
            address_tag: Some(account.address_tag),
            ..AccountEntry::begin(
                account.id,
                account.key,
                account.invitation,
                account.created_at,
            )
        })
    }

    fn check_invitation(
        &self,
        invitation: &InvitationEntry,
        account: &Account,
    ) -> Result<(), Breach> {
        let issuer_counts = self.is_registrar(invitation.statement.issuer);
        if self.checks.on(Check::InvitationRevoked) && (invitation.revoked || !issuer_counts) {
            return Err(Breach::InvitationRevoked);
        }
        if self.checks.on(Check::InvitationUses) && invitation.used >= invitation.statement.uses {
            return Err(Breach::InvitationUsedUp);
        }
        // By the joiner's own clock; the server's is checked when it admits.
        if self.checks.on(Check::InvitationExpiry)
            && account.created_at > invitation.statement.not_after
        {
            return Err(Breach::InvitationExpired);
        }
        let addressed = invitation.statement.address_tag;
        if self.checks.on(Check::InvitationAddress)
            && addressed.is_some_and(|tag| tag != account.address_tag)
        {
            return Err(Breach::AnotherAddress);
        }
        Ok(())
    }

    fn take_device_list(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let id = read::<DeviceList>(signed)?.account;
        let account = self.accounts.get(&id).ok_or(Breach::NoAccount)?;
        let list = self.check_device_list(account, signed, proof)?;
        let (mut added, mut removed) = (Vec::new(), Vec::new());
        added.extend(
            list.devices
                .iter()
                .filter(|device| !account.devices.contains(device))
                .cloned(),
        );
        removed.extend(
            account
                .devices
                .iter()
                .filter(|device| !list.devices.contains(device))
                .cloned(),
        );
        self.devices
            .extend(added.iter().map(|device| (device.id, id)));
        let account = self.accounts.get_mut(&id).ok_or(Breach::NoAccount)?;
        account.devices_version = list.version;
        account.devices_digest = Some(digest(signed));
        account.devices_position = position;
        account.devices = list.devices;
        account
            .former_devices
            .extend(removed.iter().map(|device| device.id));
        self.end_evidence_keys(&removed, position, None);
        Ok(Change::Devices {
            account: id,
            added,
            removed,
        })
    }

    pub(super) fn check_device_list(
        &self,
        account: &AccountEntry,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<DeviceList, Breach> {
        let list: DeviceList = self.read(signed)?;
        self.verify::<DeviceList>(signed, account.key, proof)?;
        self.check_active(account)?;
        self.check_guest_list(account, &list)?;
        let former = account.devices_version;
        if self.checks.on(Check::Version) && list.version != former + 1 {
            return Err(Breach::Version {
                former,
                found: list.version,
            });
        }
        if self.checks.on(Check::Chain) && list.previous != account.devices_digest {
            return Err(Breach::Chain);
        }
        self.check_field((1..=MAX_DEVICES).contains(&list.devices.len()), "devices")?;
        let ids: Vec<DeviceId> = list.devices.iter().map(|device| device.id).collect();
        self.check_field(ids.is_sorted_by(|left, right| left < right), "devices")?;
        if self.checks.on(Check::DeviceReused)
            && list
                .devices
                .iter()
                .any(|device| self.is_reused(account, device))
        {
            return Err(Breach::DeviceReused);
        }
        Ok(list)
    }

    /// Tells whether a device's id was used before by anything but this very device.
    fn is_reused(&self, account: &AccountEntry, device: &Device) -> bool {
        match account.devices.iter().find(|known| known.id == device.id) {
            Some(known) => known != device,
            None => self.devices.contains_key(&device.id),
        }
    }

    fn take_profile(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let id = read::<Profile>(signed)?.account;
        let account = self.accounts.get(&id).ok_or(Breach::NoAccount)?;
        let profile = self.check_profile(account, signed, proof)?;
        let opened = self.open_profile(account, &profile);
        let account = self.accounts.get_mut(&id).ok_or(Breach::NoAccount)?;
        account.profile_version = profile.version;
        account.profile_position = position;
        if opened.is_some() {
            account.profile = opened;
        }
        Ok(Change::Profile(id))
    }

    pub(super) fn check_profile(
        &self,
        account: &AccountEntry,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Profile, Breach> {
        let profile: Profile = self.read(signed)?;
        self.verify::<Profile>(signed, account.key, proof)?;
        self.check_active(account)?;
        self.check_no_guest(account)?;
        let former = account.profile_version;
        if self.checks.on(Check::Version) && profile.version <= former {
            return Err(Breach::Version {
                former,
                found: profile.version,
            });
        }
        self.check_field(profile.sealed.len() <= MAX_SEALED_BYTES, "sealed")?;
        Ok(profile)
    }

    fn take_account_revocation(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let revocation: AccountRevocation = self.read(signed)?;
        self.verify_registrar::<AccountRevocation>(signed, revocation.by, proof)?;
        let id = revocation.account;
        self.check_active(self.accounts.get(&id).ok_or(Breach::NoAccount)?)?;
        let others = self
            .mandates
            .iter()
            .any(|(holder, mandate)| *holder != id && mandate.active);
        let whole = self.excerpt.is_none();
        if whole && self.checks.on(Check::LastRegistrar) && self.is_registrar(id) && !others {
            return Err(Breach::LastRegistrar);
        }
        self.end_mandate(id);
        self.end_open_passes(id, revocation.at);
        Ok(self.end_account(id, position, revocation.at))
    }

    /// Ends an account, with all its devices.
    pub(super) fn end_account(&mut self, id: AccountId, position: u64, at: Timestamp) -> Change {
        let mut removed = Vec::new();
        if let Some(account) = self.accounts.get_mut(&id) {
            account.ended_at = Some(at);
            account.ended_position = position;
            removed = std::mem::take(&mut account.devices);
            account
                .former_devices
                .extend(removed.iter().map(|device| device.id));
        }
        self.end_evidence_keys(&removed, position, Some(at));
        self.end_keeper(id, position, at);
        Change::Ended {
            account: id,
            removed,
        }
    }

    /// Ends what an account did and could do as registrar.
    pub(super) fn end_mandate(&mut self, id: AccountId) {
        if let Some(mandate) = self.mandates.get_mut(&id) {
            mandate.active = false;
        }
        // What a leaver handed out must not let him in again.
        for invitation in self
            .invitations
            .values_mut()
            .filter(|invitation| invitation.statement.issuer == id)
        {
            invitation.revoked = true;
        }
        self.end_renewals_by(id);
    }

    fn take_invitation_revocation(
        &mut self,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let revocation: InvitationRevocation = self.read(signed)?;
        self.verify_registrar::<InvitationRevocation>(signed, revocation.by, proof)?;
        let invitation = self
            .invitations
            .get_mut(&revocation.invitation)
            .ok_or(Breach::NoInvitation)?;
        invitation.revoked = true;
        Ok(Change::InvitationEnded(revocation.invitation))
    }
}

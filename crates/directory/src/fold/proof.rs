//! What all rules are made of: reading, verifying, and opening what is sealed.

use super::{AccountEntry, Check, Directory, Proof};
use crate::keys::{RegistrarKey, RegistrarPublicKey, Signer};
use crate::statement::{Invitation, Profile, Statement, read, verify};
use crate::{Breach, InvitationDetails, ProfileDetails};
use valise_wire::AccountId;
use valise_wire::statement::{SignedStatement, StatementKind};

impl Directory {
    /// Reads a statement's claims and checks that it is meant for this organisation.
    pub(super) fn read<S: Statement>(&self, signed: &SignedStatement) -> Result<S, Breach> {
        let statement: S = read(signed)?;
        let founding = S::KIND == StatementKind::Organisation;
        if !founding && self.checks.on(Check::Bound) && statement.organisation() != self.pinned {
            return Err(Breach::AnotherOrganisation);
        }
        Ok(statement)
    }

    pub(super) fn verify<S: Statement>(
        &self,
        signed: &SignedStatement,
        key: <S::Signer as Signer>::Public,
        proof: Proof,
    ) -> Result<(), Breach> {
        if proof == Proof::Stored || !self.checks.on(Check::Signature) {
            Ok(())
        } else {
            verify::<S>(signed, key)
        }
    }

    pub(super) fn verify_registrar<S: Statement<Signer = RegistrarKey>>(
        &self,
        signed: &SignedStatement,
        author: AccountId,
        proof: Proof,
    ) -> Result<(), Breach> {
        let mandate = self.mandates.get(&author).ok_or(Breach::NotRegistrar)?;
        if self.checks.on(Check::Mandated) && !mandate.active {
            return Err(Breach::NotRegistrar);
        }
        self.verify::<S>(signed, mandate.registrar_key, proof)
    }

    pub(super) fn check_registrar_key(
        &self,
        known: RegistrarPublicKey,
        claimed: RegistrarPublicKey,
    ) -> Result<(), Breach> {
        if self.checks.on(Check::RegistrarKey) && known != claimed {
            Err(Breach::RegistrarKey)
        } else {
            Ok(())
        }
    }

    pub(super) fn check_active(&self, account: &AccountEntry) -> Result<(), Breach> {
        if self.checks.on(Check::Ended) && !account.is_active() {
            Err(Breach::AccountEnded)
        } else {
            Ok(())
        }
    }

    pub(super) fn check_field(&self, fits: bool, field: &'static str) -> Result<(), Breach> {
        if self.checks.on(Check::Fields) && !fits {
            Err(Breach::Field(field))
        } else {
            Ok(())
        }
    }

    pub(super) fn open_invitation(&self, invitation: &Invitation) -> Option<InvitationDetails> {
        let key = self.key.as_ref()?;
        let details = key
            .open_invitation(self.pinned, invitation.id, &invitation.sealed)
            .ok()?;
        let tag = details
            .address
            .as_ref()
            .map(|address| key.address_tag(address));
        let at_home = details
            .address
            .as_ref()
            .is_none_or(|address| self.is_our_domain(address.domain()));
        let fits =
            !self.checks.on(Check::SealedAddress) || (tag == invitation.address_tag && at_home);
        fits.then_some(details)
    }

    pub(super) fn open_profile(
        &self,
        account: &AccountEntry,
        profile: &Profile,
    ) -> Option<ProfileDetails> {
        let key = self.key.as_ref()?;
        let details = key
            .open_profile(self.pinned, account.id, profile.version, &profile.sealed)
            .ok()?;
        let own = Some(key.address_tag(&details.address)) == account.address_tag;
        let fits = !self.checks.on(Check::SealedAddress)
            || (own && self.is_our_domain(details.address.domain()));
        fits.then_some(details)
    }

    pub(super) fn is_our_domain(&self, domain: &str) -> bool {
        self.organisation
            .as_ref()
            .is_some_and(|organisation| organisation.domain == domain)
    }
}

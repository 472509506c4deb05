//! A new key for an account: offered by one registrar, confirmed by another, stopped by the account, and taken after a while.

use super::{AccountEntry, Change, Check, Directory, Proof};
use crate::Breach;
use crate::statement::{
    Device, DeviceList, MAX_RENEWAL_MILLIS, MIN_RENEWAL_DELAY_MILLIS, Renewal, RenewalConfirmation,
    RenewalOffer, RenewalVeto, RenewalWithdrawal, digest,
};
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, DeviceId, RenewalId, Timestamp};

/// Time that the new device of an account with a new key has to come back into its rooms.
const RETURN_MILLIS: u64 = 10 * 60 * 1000;

/// An offered renewal and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenewalEntry {
    /// What the first registrar signed.
    pub offer: RenewalOffer,
    /// Digest of that statement.
    pub digest: [u8; 32],
    /// What the second one signed.
    pub confirmation: Option<RenewalConfirmation>,
    /// Where it stands.
    pub state: RenewalState,
}

/// Where a renewal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RenewalState {
    /// It can still take effect.
    Open,
    /// A registrar took it back; without a name, one of the two is none any more, or the account ended.
    Withdrawn(Option<AccountId>),
    /// A device of the account said that it is not lost.
    Vetoed,
    /// The account has its new key.
    Done,
}

impl RenewalEntry {
    /// Tells whether it could take effect at `now` or later.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.state == RenewalState::Open && now <= self.offer.not_after
    }
}

impl Directory {
    /// Returns a renewal.
    pub fn renewal(&self, renewal: RenewalId) -> Option<&RenewalEntry> {
        self.renewals.get(&renewal)
    }

    /// Returns the renewal of an account that may come to something at `now` or later.
    pub fn renewal_of(&self, account: AccountId, now: Timestamp) -> Option<&RenewalEntry> {
        let mut all = self.renewals.values();
        all.find(|entry| entry.offer.account == account && entry.is_open(now))
    }

    /// Tells whether the former devices of an account stay in a room for now: the account has a new key, and its new device comes
    /// into the room only as long as the account is in it. Nothing is handed to the former ones meanwhile.
    pub fn awaits_renewed(
        &self,
        account: AccountId,
        is_in: impl Fn(DeviceId) -> bool,
        now: Timestamp,
    ) -> bool {
        self.accounts.get(&account).is_some_and(|entry| {
            let until = entry.renewed_at.map(|at| at.plus_millis(RETURN_MILLIS));
            let none_is_in = !entry.devices.iter().any(|device| is_in(device.id));
            entry.is_active() && until.is_some_and(|until| now < until) && none_is_in
        })
    }

    pub(super) fn take_renewal_offer(
        &mut self,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let offer: RenewalOffer = self.read(signed)?;
        self.verify_registrar::<RenewalOffer>(signed, offer.by, proof)?;
        let account = self.accounts.get(&offer.account);
        self.check_active(account.ok_or(Breach::NoAccount)?)?;
        self.check_apart(offer.by != offer.account)?;
        let id = offer.id;
        let open = self.renewal_of(offer.account, offer.created_at).is_some();
        if self.checks.on(Check::RenewalOpen) && (open || self.renewals.contains_key(&id)) {
            return Err(Breach::RenewalExists);
        }
        let most = offer.created_at.plus_millis(MAX_RENEWAL_MILLIS);
        let fits = offer.created_at < offer.not_after && offer.not_after <= most;
        self.check_field(fits, "not after")?;
        let entry = RenewalEntry {
            offer,
            digest: digest(signed),
            confirmation: None,
            state: RenewalState::Open,
        };
        self.renewals.insert(id, entry);
        Ok(Change::Renewal(id))
    }

    pub(super) fn take_renewal_confirmation(
        &mut self,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let confirmation: RenewalConfirmation = self.read(signed)?;
        self.verify_registrar::<RenewalConfirmation>(signed, confirmation.by, proof)?;
        let id = confirmation.renewal;
        let entry = self.open_renewal(id, confirmation.at)?;
        if self.checks.on(Check::RenewalOpen) && entry.confirmation.is_some() {
            return Err(Breach::RenewalExists);
        }
        let offer = &entry.offer;
        self.check_apart(confirmation.by != offer.by && confirmation.by != offer.account)?;
        self.check_field(confirmation.offer == entry.digest, "offer")?;
        let least = confirmation.at.plus_millis(MIN_RENEWAL_DELAY_MILLIS);
        if self.checks.on(Check::RenewalDelay) && confirmation.not_before < least {
            return Err(Breach::RenewalEarly);
        }
        if let Some(entry) = self.renewals.get_mut(&id) {
            entry.confirmation = Some(confirmation);
        }
        Ok(Change::Renewal(id))
    }

    pub(super) fn take_renewal_withdrawal(
        &mut self,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let withdrawal: RenewalWithdrawal = self.read(signed)?;
        self.verify_registrar::<RenewalWithdrawal>(signed, withdrawal.by, proof)?;
        let state = RenewalState::Withdrawn(Some(withdrawal.by));
        self.end_renewal(withdrawal.renewal, state)
    }

    pub(super) fn take_renewal_veto(
        &mut self,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let veto: RenewalVeto = self.read(signed)?;
        let account = self.accounts.get(&veto.account).ok_or(Breach::NoAccount)?;
        self.verify::<RenewalVeto>(signed, account.key, proof)?;
        let entry = self.renewals.get(&veto.renewal).ok_or(Breach::NoRenewal)?;
        if entry.offer.account != veto.account {
            return Err(Breach::NoRenewal);
        }
        self.end_renewal(veto.renewal, RenewalState::Vetoed)
    }

    pub(super) fn take_renewal(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let renewal: Renewal = self.read(signed)?;
        let list = self.check_renewal(&renewal, signed, proof)?;
        let (id, added) = (renewal.account, list.devices);
        self.end_mandate(id);
        self.devices
            .extend(added.iter().map(|device: &Device| (device.id, id)));
        let account = self.accounts.get_mut(&id).ok_or(Breach::NoAccount)?;
        account.former_keys.push(account.key);
        account.key = renewal.key;
        account.registrar_key = Some(renewal.registrar_key);
        account.renewed_at = Some(renewal.at);
        account.devices_version = list.version;
        account.devices_digest = Some(digest(&renewal.devices));
        account.devices_position = position;
        let removed = std::mem::replace(&mut account.devices, added.clone());
        account
            .former_devices
            .extend(removed.iter().map(|device| device.id));
        self.end_evidence_keys(&removed, position, Some(renewal.at));
        self.end_keeper(id, position, renewal.at);
        if let Some(entry) = self.renewals.get_mut(&renewal.renewal) {
            entry.state = RenewalState::Done;
        }
        Ok(Change::Renewed {
            account: id,
            renewal: renewal.renewal,
            added,
            removed,
        })
    }

    fn check_renewal(
        &self,
        renewal: &Renewal,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<DeviceList, Breach> {
        let offered = self.renewals.get(&renewal.renewal);
        let offered = offered.ok_or(Breach::NoRenewal)?;
        self.verify::<Renewal>(signed, offered.offer.key, proof)?;
        if offered.offer.account != renewal.account {
            return Err(Breach::NoRenewal);
        }
        let account = self.accounts.get(&renewal.account);
        let account = account.ok_or(Breach::NoAccount)?;
        self.check_active(account)?;
        let entry = self.open_renewal(renewal.renewal, renewal.at)?;
        match &entry.confirmation {
            Some(confirmation) => {
                let early = renewal.at < confirmation.not_before;
                if self.checks.on(Check::RenewalDelay) && early {
                    return Err(Breach::RenewalEarly);
                }
            }
            None if self.checks.on(Check::RenewalConfirmed) => {
                return Err(Breach::RenewalUnconfirmed);
            }
            None => {}
        }
        let had = account.key == renewal.key || account.former_keys.contains(&renewal.key);
        if self.checks.on(Check::RenewedKey) && had {
            return Err(Breach::KeyReused);
        }
        // None of the devices that the account has may be on the list of its new key.
        let anew = AccountEntry {
            key: renewal.key,
            devices: Vec::new(),
            ..account.clone()
        };
        let list = self.check_device_list(&anew, &renewal.devices, proof)?;
        self.check_field(list.devices.len() == 1, "devices")?;
        if list.account != renewal.account {
            return Err(Breach::NoAccount);
        }
        Ok(list)
    }

    /// Ends what an account offered or confirmed, and what is open for it: it is no registrar any more, or is no account.
    pub(super) fn end_renewals_by(&mut self, id: AccountId) {
        let entries = self.renewals.values_mut();
        for entry in entries.filter(|entry| entry.state == RenewalState::Open) {
            let second = entry.confirmation.as_ref();
            let involved = entry.offer.by == id
                || entry.offer.account == id
                || second.is_some_and(|second| second.by == id);
            if involved {
                entry.state = RenewalState::Withdrawn(None);
            }
        }
    }

    fn end_renewal(&mut self, id: RenewalId, state: RenewalState) -> Result<Change, Breach> {
        let checks = self.checks;
        let entry = self.renewals.get_mut(&id).ok_or(Breach::NoRenewal)?;
        if checks.on(Check::RenewalOpen) && entry.state != RenewalState::Open {
            return Err(Breach::RenewalOver);
        }
        entry.state = state;
        Ok(Change::Renewal(id))
    }

    fn open_renewal(&self, id: RenewalId, at: Timestamp) -> Result<&RenewalEntry, Breach> {
        let entry = self.renewals.get(&id).ok_or(Breach::NoRenewal)?;
        if self.checks.on(Check::RenewalOpen) && !entry.is_open(at) {
            return Err(Breach::RenewalOver);
        }
        Ok(entry)
    }

    fn check_apart(&self, apart: bool) -> Result<(), Breach> {
        if self.checks.on(Check::RenewalRegistrars) && !apart {
            Err(Breach::RenewalRegistrars)
        } else {
            Ok(())
        }
    }
}

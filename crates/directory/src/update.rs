//! What an account and a registrar say later: devices, profile, mandates, and the end of an account.

use crate::fold::AccountEntry;
use crate::invite::Issuer;
use crate::keys::{AccountKey, EvidencePublicKey, OrganisationKey};
use crate::seal::{DirectoryKey, ProfileDetails};
use crate::statement::{
    AccountRevocation, Device, DeviceList, EvidenceKey, Mandate, Profile, sign,
};
use rand_core::CryptoRngCore;
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, DeviceId, OrganisationId, Timestamp};

/// Says which devices an account has from now on; the list is put in order.
pub fn devices(
    organisation: OrganisationId,
    account: &AccountEntry,
    mut devices: Vec<Device>,
    key: &AccountKey,
) -> SignedStatement {
    devices.sort_by_key(|device| device.id);
    let list = DeviceList {
        organisation,
        account: account.id,
        version: account.devices_version + 1,
        previous: account.devices_digest,
        devices,
    };
    sign(&list, key)
}

/// Says what one device of an account signs with that has to be proven later.
pub fn evidence_key(
    organisation: OrganisationId,
    account: AccountId,
    device: DeviceId,
    evidence_key: EvidencePublicKey,
    now: Timestamp,
    key: &AccountKey,
) -> SignedStatement {
    let statement = EvidenceKey {
        organisation,
        account,
        device,
        key: evidence_key,
        created_at: now,
    };
    sign(&statement, key)
}

/// Says another profile. The address has to stay the account's.
pub fn profile(
    organisation: OrganisationId,
    account: &AccountEntry,
    details: &ProfileDetails,
    directory_key: &DirectoryKey,
    key: &AccountKey,
    rng: &mut dyn CryptoRngCore,
) -> SignedStatement {
    let version = account.profile_version + 1;
    let sealed = directory_key.seal_profile(organisation, account.id, version, details, rng);
    sign(
        &Profile {
            organisation,
            account: account.id,
            version,
            sealed,
        },
        key,
    )
}

/// Makes an account a registrar; nothing comes of it for a guest.
pub fn mandate(
    organisation: OrganisationId,
    account: &AccountEntry,
    now: Timestamp,
    key: &OrganisationKey,
) -> Option<SignedStatement> {
    let mandate = Mandate {
        organisation,
        account: account.id,
        registrar_key: account.registrar_key?,
        created_at: now,
    };
    Some(sign(&mandate, key))
}

/// Ends an account.
pub fn end_account(issuer: &Issuer<'_>, account: AccountId, now: Timestamp) -> SignedStatement {
    let revocation = AccountRevocation {
        organisation: issuer.organisation,
        account,
        at: now,
        by: issuer.account,
    };
    sign(&revocation, issuer.registrar_key)
}

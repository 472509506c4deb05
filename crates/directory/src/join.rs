//! Joining an organisation by a link.

use crate::keys::{AccountKey, Signer};
use crate::link::InvitationLink;
use crate::seal::ProfileDetails;
use crate::statement::{Account, Device, DeviceList, Profile, sign};
use rand_core::CryptoRngCore;
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, Timestamp};

/// A new account and its secret, to be stored before the statements are sent.
pub struct Joined {
    /// The new account.
    pub account: AccountId,
    /// Its key.
    pub account_key: AccountKey,
    /// What is sent: account, device list and profile.
    pub statements: Vec<SignedStatement>,
}

/// Joins: makes an account with its first device.
pub fn join(
    link: &InvitationLink,
    profile: &ProfileDetails,
    device: Device,
    now: Timestamp,
    rng: &mut dyn CryptoRngCore,
) -> Joined {
    let account_key = AccountKey::generate(rng);
    let account = account_key.public().account(link.organisation);
    join_as(link, account, &account_key, profile, device, now, rng)
}

/// Joins with an account id and key that were chosen before.
pub(crate) fn join_as(
    link: &InvitationLink,
    account: AccountId,
    account_key: &AccountKey,
    profile: &ProfileDetails,
    device: Device,
    now: Timestamp,
    rng: &mut dyn CryptoRngCore,
) -> Joined {
    let organisation = link.organisation;
    let statement = Account {
        organisation,
        id: account,
        key: account_key.public(),
        registrar_key: account_key.registrar_key().public(),
        invitation: link.invitation,
        address_tag: link.directory_key.address_tag(&profile.address),
        created_at: now,
    };
    let devices = DeviceList {
        organisation,
        account,
        version: 1,
        previous: None,
        devices: vec![device],
    };
    let sealed = link
        .directory_key
        .seal_profile(organisation, account, 1, profile, rng);
    let profile = Profile {
        organisation,
        account,
        version: 1,
        sealed,
    };
    let statements = vec![
        sign(&statement, &link.key),
        sign(&devices, account_key),
        sign(&profile, account_key),
    ];
    Joined {
        account,
        account_key: account_key.clone(),
        statements,
    }
}

/// Draws 16 random bytes for an id.
pub(crate) fn random_id(rng: &mut dyn CryptoRngCore) -> [u8; 16] {
    let mut id = [0; 16];
    rng.fill_bytes(&mut id);
    id
}

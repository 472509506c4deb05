//! Founding an organisation, in the first registrar's device.

use crate::invite::{self, Issuer, Plan};
use crate::join::{self, Joined};
use crate::keys::{AccountKey, OrganisationKey, Signer};
use crate::seal::{DirectoryKey, InvitationDetails, ProfileDetails};
use crate::statement::{Device, Mandate, Organisation, Role, sign};
use rand_core::CryptoRngCore;
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, OrganisationId, Timestamp};

/// What the founder decides.
#[derive(Debug, Clone)]
pub struct Founding {
    /// The server's domain.
    pub domain: String,
    /// The organisation's public name.
    pub name: Option<String>,
    /// The hub key that the server says it has.
    pub hub_key: [u8; 32],
    /// Who the founder is. The address must lie in the domain.
    pub founder: ProfileDetails,
    /// The founder's device.
    pub device: Device,
    /// The founder's clock.
    pub now: Timestamp,
}

/// An organisation and all its secrets, to be stored before the statements are sent.
pub struct Founded {
    /// The new organisation.
    pub organisation: OrganisationId,
    /// Its root: needed to make registrars.
    pub organisation_key: OrganisationKey,
    /// What opens names and addresses.
    pub directory_key: DirectoryKey,
    /// The founder's account.
    pub account: AccountId,
    /// The founder's key.
    pub account_key: AccountKey,
    /// What is sent: organisation, mandate, invitation, account, device list and profile.
    pub statements: Vec<SignedStatement>,
}

/// Founds an organisation.
pub fn found(founding: Founding, rng: &mut dyn CryptoRngCore) -> Founded {
    let organisation_key = OrganisationKey::generate(rng);
    let directory_key = DirectoryKey::generate(rng);
    let account_key = AccountKey::generate(rng);
    let Founding {
        domain,
        name,
        hub_key,
        founder,
        device,
        now,
    } = founding;
    let key = organisation_key.public();
    let organisation = key.organisation();
    let account = account_key.public().account(organisation);
    let first = sign(
        &Organisation {
            key,
            domain,
            name,
            hub_key,
            created_at: now,
        },
        &organisation_key,
    );
    let registrar_key = account_key.registrar_key();
    let mandate = Mandate {
        organisation,
        account,
        registrar_key: registrar_key.public(),
        created_at: now,
    };
    let mandate = sign(&mandate, &organisation_key);

    // The founder invites himself, so that every account without exception came by an invitation.
    let issuer = Issuer {
        organisation,
        account,
        registrar_key: &registrar_key,
        directory_key: &directory_key,
    };
    let details = InvitationDetails {
        address: Some(founder.address.clone()),
        display_name: Some(founder.display_name.clone()),
        office: founder.office.clone(),
        note: None,
    };
    let plan = Plan {
        role: Role::Registrar,
        not_after: now.plus_millis(DAY_MILLIS),
        uses: 1,
        details,
        now,
    };
    let (invitation, link) = invite::invite(&issuer, plan, "", rng);
    let Joined {
        statements: joined, ..
    } = join::join_as(&link, account, &account_key, &founder, device, now, rng);
    let statements = [first, mandate, invitation]
        .into_iter()
        .chain(joined)
        .collect();
    Founded {
        organisation,
        organisation_key,
        directory_key,
        account,
        account_key,
        statements,
    }
}

/// Time in which a founding has to arrive at the server.
const DAY_MILLIS: u64 = 24 * 60 * 60 * 1000;

//! Giving an account a new key when its person lost every device: what the two registrars, the account and the person say.

use crate::Breach;
use crate::fold::{AccountEntry, RenewalEntry};
use crate::invite::Issuer;
use crate::join::random_id;
use crate::keys::{AccountKey, RenewalKey, RenewalPublicKey, Signer, Verifier};
use crate::link::RenewalLink;
use crate::statement::{
    Device, Renewal, RenewalConfirmation, RenewalOffer, RenewalVeto, RenewalWithdrawal, sign,
};
use crate::update;
use rand_core::CryptoRngCore;
use valise_wire::request::ReadRenewal;
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, OrganisationId, RenewalId, Timestamp, record, to_bytes};

const LABEL: &str = "renewal-reading";
/// Time after which an offer comes to nothing.
const LIFE_MILLIS: u64 = 30 * 24 * 60 * 60 * 1000;

record! {
    /// What whoever holds the link signs to read the log.
    pub struct Claim {
        /// Where.
        pub organisation: OrganisationId,
        /// By which renewal.
        pub renewal: RenewalId,
        /// After which position.
        pub after: u64,
    }
}

/// Offers an account a new key, and makes the link. The link is the only place where the offer's key stands.
pub fn offer(
    issuer: &Issuer<'_>,
    account: AccountId,
    origin: &str,
    now: Timestamp,
    rng: &mut dyn CryptoRngCore,
) -> (SignedStatement, RenewalLink) {
    let key = RenewalKey::generate(rng);
    let id = RenewalId(random_id(rng));
    let offer = RenewalOffer {
        organisation: issuer.organisation,
        id,
        key: key.public(),
        account,
        by: issuer.account,
        not_after: now.plus_millis(LIFE_MILLIS),
        created_at: now,
    };
    let link = RenewalLink {
        origin: origin.to_owned(),
        renewal: id,
        account,
        key,
        directory_key: issuer.directory_key.clone(),
        organisation: issuer.organisation,
    };
    (sign(&offer, issuer.registrar_key), link)
}

/// Agrees to an offer, as the second registrar.
pub fn confirm(
    issuer: &Issuer<'_>,
    entry: &RenewalEntry,
    not_before: Timestamp,
    now: Timestamp,
) -> SignedStatement {
    let confirmation = RenewalConfirmation {
        organisation: issuer.organisation,
        renewal: entry.offer.id,
        offer: entry.digest,
        by: issuer.account,
        not_before,
        at: now,
    };
    sign(&confirmation, issuer.registrar_key)
}

/// Takes a renewal back, as any registrar.
pub fn withdraw(issuer: &Issuer<'_>, renewal: RenewalId, now: Timestamp) -> SignedStatement {
    let withdrawal = RenewalWithdrawal {
        organisation: issuer.organisation,
        renewal,
        at: now,
        by: issuer.account,
    };
    sign(&withdrawal, issuer.registrar_key)
}

/// Stops a renewal, on a device of the account.
pub fn veto(offer: &RenewalOffer, key: &AccountKey, now: Timestamp) -> SignedStatement {
    let veto = RenewalVeto {
        organisation: offer.organisation,
        renewal: offer.id,
        account: offer.account,
        at: now,
    };
    sign(&veto, key)
}

/// Gives the account its new key, with the device on which it was made.
pub fn renew(
    offer: &RenewalOffer,
    link_key: &RenewalKey,
    account: &AccountEntry,
    new_key: &AccountKey,
    device: Device,
    now: Timestamp,
) -> SignedStatement {
    let renewal = Renewal {
        organisation: offer.organisation,
        renewal: offer.id,
        account: account.id,
        key: new_key.public(),
        registrar_key: new_key.registrar_key().public(),
        devices: update::devices(offer.organisation, account, vec![device], new_key),
        at: now,
    };
    sign(&renewal, link_key)
}

/// Asks for the log with the link's key. There is no number to sign: only the server sees this, and it has the log.
pub fn read_renewal(
    organisation: OrganisationId,
    renewal: RenewalId,
    after: u64,
    key: &RenewalKey,
) -> ReadRenewal {
    let claim = Claim {
        organisation,
        renewal,
        after,
    };
    ReadRenewal {
        renewal,
        after,
        signature: key.sign(LABEL, &to_bytes(&claim)),
    }
}

/// Verifies that whoever asks for the log holds the link.
pub fn verify_reading(
    organisation: OrganisationId,
    key: &RenewalPublicKey,
    request: &ReadRenewal,
) -> Result<(), Breach> {
    let claim = Claim {
        organisation,
        renewal: request.renewal,
        after: request.after,
    };
    key.verify(LABEL, &to_bytes(&claim), &request.signature)
}

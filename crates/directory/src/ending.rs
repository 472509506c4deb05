//! The way of a device that ended, alone or with its account, to the log that says so: it cannot sign in any more, so the
//! account itself signs a number of the server, and gets the log up to that end.

use crate::Breach;
use crate::keys::{AccountKey, AccountPublicKey, Signer, Verifier};
use valise_wire::request::{Challenge, ReadEnding};
use valise_wire::{AccountId, DeviceId, OrganisationId, record, to_bytes};

const LABEL: &str = "ending";

record! {
    /// What an account signs to read about its end.
    pub struct Claim {
        /// Where.
        pub organisation: OrganisationId,
        /// The domain that the server answers under.
        pub domain: String,
        /// Who.
        pub account: AccountId,
        /// With which device.
        pub device: DeviceId,
        /// Position after which to begin.
        pub after: u64,
        /// The server's number, good once.
        pub nonce: [u8; 32],
    }
}

/// Makes the request that answers a challenge.
pub fn read_ending(
    organisation: OrganisationId,
    domain: &str,
    account: AccountId,
    device: DeviceId,
    after: u64,
    challenge: &Challenge,
    key: &AccountKey,
) -> ReadEnding {
    let nonce = challenge.nonce;
    let claim = Claim {
        organisation,
        domain: domain.to_owned(),
        account,
        device,
        after,
        nonce,
    };
    ReadEnding {
        account,
        device,
        after,
        nonce,
        signature: key.sign(LABEL, &to_bytes(&claim)),
    }
}

/// Verifies a request by the account's key. Whether the number was handed out is for the server to know.
pub fn verify(
    organisation: OrganisationId,
    domain: &str,
    key: &AccountPublicKey,
    request: &ReadEnding,
) -> Result<(), Breach> {
    let claim = Claim {
        organisation,
        domain: domain.to_owned(),
        account: request.account,
        device: request.device,
        after: request.after,
        nonce: request.nonce,
    };
    key.verify(LABEL, &to_bytes(&claim), &request.signature)
}

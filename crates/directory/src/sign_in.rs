//! Sign-in: a device signs a number of the server, bound to the organisation, the server's domain and itself.

use crate::Breach;
use crate::keys::{DeviceKey, Signer, Verifier};
use crate::statement::Device;
use valise_wire::request::{Challenge, SignIn};
use valise_wire::{AccountId, DeviceId, OrganisationId, record, to_bytes};

const LABEL: &str = "sign-in";

record! {
    /// What a device signs to start a session.
    pub struct Claim {
        /// Where.
        pub organisation: OrganisationId,
        /// The domain that the server answers under, as the organisation statement has it.
        pub domain: String,
        /// Who.
        pub account: AccountId,
        /// With which device.
        pub device: DeviceId,
        /// The server's number, good for one session.
        pub nonce: [u8; 32],
    }
}

/// Makes the request that answers a challenge.
pub fn sign_in(
    organisation: OrganisationId,
    domain: &str,
    account: AccountId,
    device: DeviceId,
    challenge: &Challenge,
    key: &DeviceKey,
) -> SignIn {
    let nonce = challenge.nonce;
    let claim = Claim {
        organisation,
        domain: domain.to_owned(),
        account,
        device,
        nonce,
    };
    SignIn {
        account,
        device,
        nonce,
        signature: key.sign(LABEL, &to_bytes(&claim)),
    }
}

/// Verifies a request to sign in with `device`, as the directory knows it. Whether the number was handed out, and only
/// once, is for the server to know.
pub fn verify(
    organisation: OrganisationId,
    domain: &str,
    device: &Device,
    request: &SignIn,
) -> Result<(), Breach> {
    if device.id != request.device {
        return Err(Breach::Forged);
    }
    let claim = Claim {
        organisation,
        domain: domain.to_owned(),
        account: request.account,
        device: request.device,
        nonce: request.nonce,
    };
    device
        .device_key
        .verify(LABEL, &to_bytes(&claim), &request.signature)
}

//! Which certificates a server shows: the hub's key signs it, which stands in the organisation's statement and which no
//! authority for certificates has. So a device tells its server from somebody in between who has a certificate for the name.

use crate::Breach;
use crate::keys::{HubKey, HubPublicKey, Signer, Verifier};
use valise_wire::request::{Channel, GetChannel};
use valise_wire::{OrganisationId, record, to_bytes};

const LABEL: &str = "channel";

record! {
    /// What the hub signs.
    pub struct Claim {
        /// Whose server.
        pub organisation: OrganisationId,
        /// The domain that the server answers under, as the organisation statement has it.
        pub domain: String,
        /// The number of whoever asks.
        pub nonce: [u8; 32],
        /// SHA-256 of each certificate; absent where the server cannot know.
        pub certificates: Option<Vec<[u8; 32]>>,
    }
}

/// Answers which certificates are the server's own.
pub fn answer(
    organisation: OrganisationId,
    domain: &str,
    request: &GetChannel,
    certificates: Option<Vec<[u8; 32]>>,
    key: &HubKey,
) -> Channel {
    let claim = Claim {
        organisation,
        domain: domain.to_owned(),
        nonce: request.nonce,
        certificates,
    };
    let signature = key.sign(LABEL, &to_bytes(&claim));
    Channel {
        certificates: claim.certificates,
        signature,
    }
}

/// Verifies an answer to a number of one's own, by the hub's key as the organisation statement has it.
pub fn verify(
    organisation: OrganisationId,
    domain: &str,
    nonce: [u8; 32],
    channel: &Channel,
    key: HubPublicKey,
) -> Result<(), Breach> {
    let claim = Claim {
        organisation,
        domain: domain.to_owned(),
        nonce,
        certificates: channel.certificates.clone(),
    };
    key.verify(LABEL, &to_bytes(&claim), &channel.signature)
}

//! What a leaf's credential and a group's extension say, and how they are written.

use crate::rules::Leaf;
use openmls::prelude::{
    BasicCredential, Credential, CredentialType, CredentialWithKey, Extensions, GroupContext,
};
use valise_wire::policy::{LeafIdentity, ROOM_POLICY_EXTENSION, RoomPolicy};

/// Writes an identity as the basic credential that carries it.
pub(crate) fn credential(identity: &LeafIdentity) -> Credential {
    BasicCredential::new(valise_wire::to_bytes(identity)).into()
}

/// Joins an identity and a leaf key, as a leaf carries them.
pub(crate) fn credential_with_key(identity: &LeafIdentity, key: &[u8; 32]) -> CredentialWithKey {
    CredentialWithKey {
        credential: credential(identity),
        signature_key: key.to_vec().into(),
    }
}

/// Reads the identity of a leaf.
pub(crate) fn identity(credential: &Credential) -> Option<LeafIdentity> {
    if credential.credential_type() != CredentialType::Basic {
        return None;
    }
    let basic = BasicCredential::try_from(credential.clone()).ok()?;
    valise_wire::from_bytes(basic.identity()).ok()
}

/// Reads a whole leaf.
pub(crate) fn leaf(index: u32, of: &Credential, key: &[u8]) -> Option<Leaf> {
    Some(Leaf {
        index,
        identity: identity(of)?,
        key: key.try_into().ok()?,
    })
}

/// Reads the policy in a group's context.
pub(crate) fn policy(extensions: &Extensions<GroupContext>) -> Option<RoomPolicy> {
    valise_wire::from_bytes(&extensions.unknown(ROOM_POLICY_EXTENSION)?.0).ok()
}

//! Signatures of the kinds that authorities use: ECDSA over P-256 and P-384, and RSA with PKCS #1 v1.5 padding.

use crate::breach::Breach;
use crate::imprint::Digest;
use crate::names;
use crate::structure::Algorithm;
use der::Decode;
use der::asn1::ObjectIdentifier;
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::{Pkcs1v15Sign, RsaPublicKey, pkcs1::DecodeRsaPublicKey, traits::PublicKeyParts};
use sha2::{Sha256, Sha384, Sha512};
use x509_cert::spki::SubjectPublicKeyInfoOwned;

/// Shorter keys are not taken.
const LEAST_RSA_BYTES: usize = 256;

/// Kinds of signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Ecdsa,
    Rsa,
}

/// Checks a signature over bytes. `beside` is the digest that CMS names beside the algorithm; it must be the one.
pub(crate) fn check(
    spki: &SubjectPublicKeyInfoOwned,
    algorithm: &Algorithm,
    beside: Option<Digest>,
    message: &[u8],
    signature: &[u8],
) -> Result<(), Breach> {
    let (scheme, digest) = scheme(algorithm, beside)?;
    if beside.is_some_and(|beside| beside != digest) {
        return Err(Breach::Algorithm);
    }
    let hashed = digest.of(message);
    let key = spki.subject_public_key.as_bytes();
    let key = key.ok_or(Breach::Malformed)?;
    match (scheme, spki.algorithm.oid) {
        (Scheme::Ecdsa, names::EC_KEY) => ecdsa(&spki.algorithm, key, &hashed, signature),
        (Scheme::Rsa, names::RSA) => rsa(key, digest, &hashed, signature),
        _ => Err(Breach::Algorithm),
    }
}

fn scheme(algorithm: &Algorithm, beside: Option<Digest>) -> Result<(Scheme, Digest), Breach> {
    let found = match algorithm.oid {
        names::ECDSA_SHA256 => (Scheme::Ecdsa, Digest::Sha256),
        names::ECDSA_SHA384 => (Scheme::Ecdsa, Digest::Sha384),
        names::ECDSA_SHA512 => (Scheme::Ecdsa, Digest::Sha512),
        names::RSA_SHA256 => (Scheme::Rsa, Digest::Sha256),
        names::RSA_SHA384 => (Scheme::Rsa, Digest::Sha384),
        names::RSA_SHA512 => (Scheme::Rsa, Digest::Sha512),
        names::RSA => (Scheme::Rsa, beside.ok_or(Breach::Algorithm)?),
        _ => return Err(Breach::Algorithm),
    };
    Ok(found)
}

fn ecdsa(key: &Algorithm, point: &[u8], hashed: &[u8], signature: &[u8]) -> Result<(), Breach> {
    let curve = key.parameters.as_ref().ok_or(Breach::Algorithm)?;
    let curve: ObjectIdentifier = curve.decode_as().map_err(|_| Breach::Algorithm)?;
    match curve {
        names::P256 => {
            let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(point);
            let signature = p256::ecdsa::Signature::from_der(signature);
            let (Ok(key), Ok(signature)) = (key, signature) else {
                return Err(Breach::Signature);
            };
            key.verify_prehash(hashed, &signature)
        }
        names::P384 => {
            let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(point);
            let signature = p384::ecdsa::Signature::from_der(signature);
            let (Ok(key), Ok(signature)) = (key, signature) else {
                return Err(Breach::Signature);
            };
            key.verify_prehash(hashed, &signature)
        }
        _ => return Err(Breach::Algorithm),
    }
    .map_err(|_| Breach::Signature)
}

fn rsa(key: &[u8], digest: Digest, hashed: &[u8], signature: &[u8]) -> Result<(), Breach> {
    // Says what is wrong with a key's form before anything is computed with it.
    rsa::pkcs1::RsaPublicKey::from_der(key).map_err(|_| Breach::Malformed)?;
    let key = RsaPublicKey::from_pkcs1_der(key).map_err(|_| Breach::Algorithm)?;
    if key.size() < LEAST_RSA_BYTES {
        return Err(Breach::Algorithm);
    }
    let padding = match digest {
        Digest::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
        Digest::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
        Digest::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
    };
    key.verify(padding, hashed, signature)
        .map_err(|_| Breach::Signature)
}

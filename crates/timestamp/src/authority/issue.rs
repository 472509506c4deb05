//! The two certificates of an authority (RFC 5280).

use super::{Pair, YEAR_MILLIS, YEARS_VALID};
use crate::certificate::Certificate;
use crate::names;
use crate::structure::Algorithm;
use der::asn1::Utf8StringRef;
use der::asn1::{BitString, GeneralizedTime, ObjectIdentifier, OctetString, SetOfVec, UtcTime};
use der::{Any, Encode};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use sha2::{Digest as _, Sha256};
use std::time::Duration;
use valise_wire::Timestamp;
use x509_cert::TbsCertificate;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::certificate::Version;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages,
    SubjectKeyIdentifier,
};
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::SubjectPublicKeyInfoOwned;
use x509_cert::time::{Time, Validity};

/// Years from this one on are written in full (RFC 5280 §4.1.2.5).
const FULL_YEARS: u16 = 2050;
const ROOT_NAME: &str = "Valise timestamps, root";
const SIGNER_NAME: &str = "Valise timestamps";

/// Makes the certificate of a root: it has no end, and signs none but those that sign timestamps.
pub(super) fn root(
    organisation: &str,
    key: &SigningKey,
    now: Timestamp,
) -> der::Result<Certificate> {
    let name = name(organisation, ROOT_NAME)?;
    let extensions = vec![
        extension(
            names::BASIC_CONSTRAINTS,
            true,
            &BasicConstraints {
                ca: true,
                path_len_constraint: Some(0),
            },
        )?,
        extension(
            names::KEY_USAGE,
            true,
            &KeyUsage(KeyUsages::KeyCertSign.into()),
        )?,
        extension(names::SUBJECT_KEY_ID, false, &key_id(key)?)?,
    ];
    let validity = Validity {
        not_before: time(now)?,
        not_after: Time::INFINITY,
    };
    certificate(Plan {
        issuer: name.clone(),
        subject: name,
        validity,
        key,
        extensions,
        signer: key,
    })
}

/// Makes the certificate of a key that signs timestamps and nothing else.
pub(super) fn signer(root: &Pair, key: &SigningKey, now: Timestamp) -> der::Result<Certificate> {
    let issuer = &root.certificate.x509().tbs_certificate.subject;
    let subject = beside(issuer)?;
    let issuer_key = AuthorityKeyIdentifier {
        key_identifier: Some(key_id(&root.key)?.0),
        authority_cert_issuer: None,
        authority_cert_serial_number: None,
    };
    let extensions = vec![
        extension(
            names::KEY_USAGE,
            true,
            &KeyUsage(KeyUsages::DigitalSignature.into()),
        )?,
        extension(
            names::EXTENDED_KEY_USAGE,
            true,
            &ExtendedKeyUsage(vec![names::TIME_STAMPING]),
        )?,
        extension(names::SUBJECT_KEY_ID, false, &key_id(key)?)?,
        extension(names::AUTHORITY_KEY_ID, false, &issuer_key)?,
    ];
    let validity = Validity {
        not_before: time(now)?,
        not_after: time(now.plus_millis(YEARS_VALID * YEAR_MILLIS))?,
    };
    certificate(Plan {
        issuer: issuer.clone(),
        subject,
        validity,
        key,
        extensions,
        signer: &root.key,
    })
}

/// What a certificate is to say, and whose key signs it.
#[derive(Clone)]
pub(crate) struct Plan<'a> {
    pub(crate) issuer: Name,
    pub(crate) subject: Name,
    pub(crate) validity: Validity,
    pub(crate) key: &'a SigningKey,
    pub(crate) extensions: Vec<Extension>,
    pub(crate) signer: &'a SigningKey,
}

pub(crate) fn certificate(plan: Plan<'_>) -> der::Result<Certificate> {
    let signature = Algorithm {
        oid: names::ECDSA_SHA256,
        parameters: None,
    };
    let tbs_certificate = TbsCertificate {
        version: Version::V3,
        serial_number: serial(plan.key)?,
        signature: signature.clone(),
        issuer: plan.issuer,
        validity: plan.validity,
        subject: plan.subject,
        subject_public_key_info: public(plan.key)?,
        issuer_unique_id: None,
        subject_unique_id: None,
        extensions: Some(plan.extensions),
    };
    let signed: Signature = plan.signer.sign(&tbs_certificate.to_der()?);
    let certificate = x509_cert::Certificate {
        tbs_certificate,
        signature_algorithm: signature,
        signature: BitString::from_bytes(signed.to_der().as_bytes())?,
    };
    Ok(certificate.into())
}

/// A number that no other certificate of this issuer has: each is for a key of its own.
fn serial(key: &SigningKey) -> der::Result<SerialNumber> {
    let mut bytes = key_digest(key);
    // Positive, and of one length.
    bytes[0] = bytes[0] & 0x7f | 0x40;
    SerialNumber::new(&bytes[..16])
}

/// Names a key as RFC 7093 does: the first 160 bits of its SHA-256.
fn key_id(key: &SigningKey) -> der::Result<SubjectKeyIdentifier> {
    let id = OctetString::new(&key_digest(key)[..20])?;
    Ok(SubjectKeyIdentifier(id))
}

fn key_digest(key: &SigningKey) -> [u8; 32] {
    Sha256::digest(key.verifying_key().to_encoded_point(false).as_bytes()).into()
}

fn public(key: &SigningKey) -> der::Result<SubjectPublicKeyInfoOwned> {
    let point = key.verifying_key().to_encoded_point(false);
    Ok(SubjectPublicKeyInfoOwned {
        algorithm: Algorithm {
            oid: names::EC_KEY,
            parameters: Some(Any::encode_from(&names::P256)?),
        },
        subject_public_key: BitString::from_bytes(point.as_bytes())?,
    })
}

pub(crate) fn extension(
    id: ObjectIdentifier,
    critical: bool,
    value: &impl Encode,
) -> der::Result<Extension> {
    Ok(Extension {
        extn_id: id,
        critical,
        extn_value: OctetString::new(value.to_der()?)?,
    })
}

pub(crate) fn name(organisation: &str, common: &str) -> der::Result<Name> {
    let part = |oid, text: &str| {
        let value = Any::encode_from(&Utf8StringRef::new(text)?)?;
        let part = AttributeTypeAndValue { oid, value };
        SetOfVec::try_from(vec![part]).map(RelativeDistinguishedName)
    };
    Ok(RdnSequence(vec![
        part(names::ORGANISATION, organisation)?,
        part(names::COMMON_NAME, common)?,
    ]))
}

/// The name of what a root signs: the same organisation.
fn beside(root: &Name) -> der::Result<Name> {
    let mut parts = root.0.clone();
    parts.pop();
    parts.extend(name("", SIGNER_NAME)?.0.pop());
    Ok(RdnSequence(parts))
}

pub(crate) fn time(at: Timestamp) -> der::Result<Time> {
    let at = Duration::from_secs(at.as_seconds());
    let full = GeneralizedTime::from_unix_duration(at)?;
    Ok(match full.to_date_time().year() < FULL_YEARS {
        true => Time::UtcTime(UtcTime::from_unix_duration(at)?),
        false => Time::GeneralTime(full),
    })
}

//! The signed envelope of a token (CMS, RFC 5652): one content, one signature.

use super::checks::{Check, Checks};
use super::key;
use crate::breach::Breach;
use crate::certificate::Certificate;
use crate::imprint::Digest;
use crate::names;
use crate::structure::SigningCertificateV2;
use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedAttributes, SignedData, SignerIdentifier, SignerInfo};
use der::asn1::{ObjectIdentifier, OctetString, OctetStringRef};
use der::{Any, Decode, Encode};
use x509_cert::ext::pkix::SubjectKeyIdentifier;
use x509_cert::ext::pkix::name::GeneralName;

/// Certificates that a token brings along, at most.
const MOST_CERTIFICATES: usize = 12;

/// A token whose envelope was opened, and in which nothing is checked yet.
pub(super) struct Signed {
    /// What is signed.
    pub(super) content: Vec<u8>,
    /// What it brings along.
    pub(super) certificates: Vec<Certificate>,
    info: SignerInfo,
}

impl Signed {
    pub(super) fn read(token: &[u8]) -> Result<Self, Breach> {
        let outer = ContentInfo::from_der(token)?;
        if outer.content_type != names::SIGNED_DATA {
            return Err(Breach::Malformed);
        }
        let data: SignedData = outer.content.decode_as()?;
        if data.encap_content_info.econtent_type != names::TST_INFO {
            return Err(Breach::Malformed);
        }
        let content = data.encap_content_info.econtent.as_ref();
        let content: &OctetStringRef = &content.ok_or(Breach::Malformed)?.decode_as()?;
        let content = content.as_bytes().to_vec();
        let given = data.certificates.iter().flat_map(|set| set.0.iter());
        let certificates: Vec<Certificate> = given
            .filter_map(|choice| match choice {
                CertificateChoices::Certificate(one) => Some(one.clone().into()),
                CertificateChoices::Other(_) => None,
            })
            .collect();
        if certificates.len() > MOST_CERTIFICATES {
            return Err(Breach::TooLarge);
        }
        let signers = data.signer_infos.0.as_slice();
        let [info] = signers else {
            return Err(Breach::Signers);
        };
        Ok(Self {
            content,
            certificates,
            info: info.clone(),
        })
    }

    /// Finds the certificate that the signature says it was made with.
    pub(super) fn signer<'a>(
        &'a self,
        trusted: &'a [Certificate],
    ) -> Result<&'a Certificate, Breach> {
        let mut known = self.certificates.iter().chain(trusted);
        known
            .find(|certificate| self.is_by(certificate))
            .ok_or(Breach::NoCertificate)
    }

    fn is_by(&self, certificate: &Certificate) -> bool {
        let tbs = &certificate.x509().tbs_certificate;
        match &self.info.sid {
            SignerIdentifier::IssuerAndSerialNumber(named) => {
                named.issuer == tbs.issuer && named.serial_number == tbs.serial_number
            }
            SignerIdentifier::SubjectKeyIdentifier(named) => tbs
                .get::<SubjectKeyIdentifier>()
                .is_ok_and(|found| found.is_some_and(|(_, id)| id == *named)),
        }
    }

    /// Checks what is signed, and the signature.
    pub(super) fn check(&self, signer: &Certificate, checks: Checks) -> Result<(), Breach> {
        let attributes = self.info.signed_attrs.as_ref().ok_or(Breach::Attributes)?;
        let digest = Digest::of_id(&self.info.digest_alg.oid).ok_or(Breach::Algorithm)?;
        let kind: ObjectIdentifier = one(attributes, names::CONTENT_TYPE)?.decode_as()?;
        if kind != names::TST_INFO {
            return Err(Breach::Attributes);
        }
        let signed: OctetString = one(attributes, names::MESSAGE_DIGEST)?.decode_as()?;
        if checks.on(Check::Content) && signed.as_bytes() != digest.of(&self.content) {
            return Err(Breach::Content);
        }
        if checks.on(Check::NamedCertificate) {
            check_named(attributes, signer)?;
        }
        if !checks.on(Check::Signature) {
            return Ok(());
        }
        key::check(
            &signer.x509().tbs_certificate.subject_public_key_info,
            &self.info.signature_algorithm,
            Some(digest),
            &attributes.to_der()?,
            self.info.signature.as_bytes(),
        )
    }
}

/// Checks that the first certificate named in what is signed is the one (RFC 5816 §2.2.1).
fn check_named(attributes: &SignedAttributes, signer: &Certificate) -> Result<(), Breach> {
    let named = one(attributes, names::SIGNING_CERTIFICATE_V2)
        .map_err(|_| Breach::AnotherCertificate)?
        .decode_as::<SigningCertificateV2>()?;
    let first = named
        .certificates
        .first()
        .ok_or(Breach::AnotherCertificate)?;
    let digest = match &first.algorithm {
        None => Digest::Sha256,
        Some(named) => Digest::of_id(&named.oid).ok_or(Breach::Algorithm)?,
    };
    let tbs = &signer.x509().tbs_certificate;
    let is_issuers = first.issuer_serial.as_ref().is_none_or(|named| {
        let issuer = [GeneralName::DirectoryName(tbs.issuer.clone())];
        named.issuer == issuer && named.serial == tbs.serial_number
    });
    (first.digest.as_bytes() == digest.of(&signer.to_der()) && is_issuers)
        .then_some(())
        .ok_or(Breach::AnotherCertificate)
}

/// Returns the one value of the one attribute of this kind.
fn one(attributes: &SignedAttributes, kind: ObjectIdentifier) -> Result<&Any, Breach> {
    let mut found = attributes.iter().filter(|attribute| attribute.oid == kind);
    let (Some(attribute), None) = (found.next(), found.next()) else {
        return Err(Breach::Attributes);
    };
    match attribute.values.as_slice() {
        [value] => Ok(value),
        _ => Err(Breach::Attributes),
    }
}

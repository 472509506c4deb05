//! Certificates of authorities.

use crate::breach::Breach;
use crate::names;
use crate::verify::key;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use der::{Decode, Encode};
use sha2::{Digest as _, Sha256};
use valise_wire::Timestamp;
use x509_cert::certificate::Version;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages};
use x509_cert::name::Name;

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// Longest certificate that is read.
const MOST_BYTES: usize = 16 << 10;

/// A certificate (X.509), trusted or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate(x509_cert::Certificate);

impl Certificate {
    /// Reads one from DER.
    pub fn from_der(bytes: &[u8]) -> Result<Self, Breach> {
        if bytes.len() > MOST_BYTES {
            return Err(Breach::TooLarge);
        }
        Ok(Self(x509_cert::Certificate::from_der(bytes)?))
    }

    /// Reads one from a file as authorities hand them out: DER, or the first one in PEM (RFC 7468).
    pub fn from_file(bytes: &[u8]) -> Result<Self, Breach> {
        if !bytes.starts_with(BEGIN.as_bytes()) {
            return Self::from_der(bytes);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Breach::Malformed)?;
        let (body, _) = text[BEGIN.len()..]
            .split_once(END)
            .ok_or(Breach::Malformed)?;
        if body.len() > 2 * MOST_BYTES {
            return Err(Breach::TooLarge);
        }
        let digits: String = body.split_ascii_whitespace().collect();
        let der = STANDARD.decode(digits).map_err(|_| Breach::Malformed)?;
        Self::from_der(&der)
    }

    /// Returns its DER.
    pub fn to_der(&self) -> Vec<u8> {
        // What was read or made can be written.
        self.0.to_der().unwrap_or_default()
    }

    /// Returns the SHA-256 of its DER, by which people compare it.
    pub fn fingerprint(&self) -> [u8; 32] {
        Sha256::digest(self.to_der()).into()
    }

    /// Returns whom it is for, as its name is written (RFC 4514). Whoever made the certificate chose it.
    pub fn subject(&self) -> String {
        self.0.tbs_certificate.subject.to_string()
    }

    /// Returns from when to when it is valid, both included.
    pub fn validity(&self) -> (Timestamp, Timestamp) {
        let validity = &self.0.tbs_certificate.validity;
        let millis = |time: x509_cert::time::Time| {
            Timestamp(u64::try_from(time.to_unix_duration().as_millis()).unwrap_or(u64::MAX))
        };
        (
            millis(validity.not_before),
            millis(validity.not_after).plus_millis(999),
        )
    }

    pub(crate) fn x509(&self) -> &x509_cert::Certificate {
        &self.0
    }

    pub(crate) fn is_issued_by(&self, issuer: &Name) -> bool {
        self.0.tbs_certificate.issuer == *issuer
    }

    /// Checks that another certificate's key signed this one.
    pub(crate) fn check_signed_by(&self, issuer: &Self) -> Result<(), Breach> {
        let tbs = self.0.tbs_certificate.to_der()?;
        let signature = self.0.signature.as_bytes().ok_or(Breach::Malformed)?;
        if self.0.signature_algorithm != self.0.tbs_certificate.signature {
            return Err(Breach::Algorithm);
        }
        let spki = &issuer.0.tbs_certificate.subject_public_key_info;
        key::check(spki, &self.0.signature_algorithm, None, &tbs, signature)
    }

    pub(crate) fn check_valid_at(&self, time: Timestamp) -> Result<(), Breach> {
        let (from, to) = self.validity();
        ((from..=to).contains(&time))
            .then_some(())
            .ok_or(Breach::NotValid)
    }

    /// Checks that nothing in it must be understood and is not.
    pub(crate) fn check_understood(&self) -> Result<(), Breach> {
        const KNOWN: [der::asn1::ObjectIdentifier; 4] = [
            names::KEY_USAGE,
            names::BASIC_CONSTRAINTS,
            names::EXTENDED_KEY_USAGE,
            // Any policy is taken, so that a certificate's own restrict nothing.
            names::CERTIFICATE_POLICIES,
        ];
        let extensions = self.extensions();
        let is_strange =
            |extension: &Extension| extension.critical && !KNOWN.contains(&extension.extn_id);
        let mut seen = extensions.iter().map(|extension| extension.extn_id);
        let is_doubled = (1..extensions.len()).any(|from| {
            let id = seen.next();
            extensions[from..]
                .iter()
                .any(|later| Some(later.extn_id) == id)
        });
        if extensions.iter().any(is_strange) || is_doubled {
            return Err(Breach::Extension);
        }
        (self.0.tbs_certificate.version == Version::V3)
            .then_some(())
            .ok_or(Breach::Version)
    }

    /// Checks that it gives timestamps and does nothing else (RFC 3161 §2.3).
    pub(crate) fn check_purpose(&self) -> Result<(), Breach> {
        let Some((usage, true)) = self.extension::<ExtendedKeyUsage>(names::EXTENDED_KEY_USAGE)?
        else {
            return Err(Breach::Purpose);
        };
        let signs = KeyUsages::DigitalSignature | KeyUsages::NonRepudiation;
        let is_signer = self
            .extension::<KeyUsage>(names::KEY_USAGE)?
            .is_none_or(|(usage, _)| !usage.0.is_empty() && signs.contains(usage.0));
        (usage.0 == [names::TIME_STAMPING] && is_signer)
            .then_some(())
            .ok_or(Breach::Purpose)
    }

    /// Checks that it may issue others, with `between` more issuers below it.
    pub(crate) fn check_issues(&self, between: usize) -> Result<(), Breach> {
        let constraints = self.extension::<BasicConstraints>(names::BASIC_CONSTRAINTS)?;
        let is_authority = constraints.is_some_and(|(constraints, _)| {
            let most = constraints.path_len_constraint;
            constraints.ca && most.is_none_or(|most| between <= usize::from(most))
        });
        let may_sign = self
            .extension::<KeyUsage>(names::KEY_USAGE)?
            .is_none_or(|(usage, _)| usage.0.contains(KeyUsages::KeyCertSign));
        let may_stamp = self
            .extension::<ExtendedKeyUsage>(names::EXTENDED_KEY_USAGE)?
            .is_none_or(|(usage, _)| {
                let fits = |id| [names::TIME_STAMPING, names::ANY_USAGE].contains(id);
                usage.0.iter().any(fits)
            });
        (is_authority && may_sign && may_stamp)
            .then_some(())
            .ok_or(Breach::Issuer)
    }

    fn extensions(&self) -> &[Extension] {
        let extensions = self.0.tbs_certificate.extensions.as_deref();
        extensions.unwrap_or_default()
    }

    /// Reads one extension, and whether it must be understood.
    fn extension<'a, T: Decode<'a>>(
        &'a self,
        id: der::asn1::ObjectIdentifier,
    ) -> Result<Option<(T, bool)>, Breach> {
        let extensions = self.extensions().iter();
        let mut found = extensions.filter(|extension| extension.extn_id == id);
        let Some(extension) = found.next() else {
            return Ok(None);
        };
        let value = T::from_der(extension.extn_value.as_bytes())?;
        Ok(Some((value, extension.critical)))
    }
}

type Extension = x509_cert::ext::Extension;

impl From<x509_cert::Certificate> for Certificate {
    fn from(certificate: x509_cert::Certificate) -> Self {
        Self(certificate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Authority;

    #[test]
    fn a_file_holds_one_in_either_form() {
        let secrets = [[1; 32], [2; 32]].map(Into::into);
        let authority = Authority::found("office.example", secrets, Timestamp(1_790_000_000_000));
        let root = authority.expect("an authority can be made").root().clone();
        let der = root.to_der();
        let pem = format!("{BEGIN}\r\n{}\r\n{END}\r\n", STANDARD.encode(&der));
        assert_eq!(Certificate::from_file(&der), Ok(root.clone()));
        assert_eq!(Certificate::from_file(pem.as_bytes()), Ok(root));
        for bad in [
            &pem[..pem.len() / 2],
            BEGIN,
            "",
            "-----BEGIN PRIVATE KEY-----",
        ] {
            assert!(Certificate::from_file(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}

//! The structures of RFC 3161 and of the signed attribute that RFC 5816 adds, as they stand in DER.

use crate::oid::Oid;
use crate::time::GenTime;
use der::asn1::{BitString, Int, OctetString};
use der::{Any, Decode, Encode, Reader, Sequence, SliceReader};
use x509_cert::ext::Extensions;
use x509_cert::ext::pkix::name::{GeneralName, GeneralNames};
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::AlgorithmIdentifierOwned;

pub(crate) type Algorithm = AlgorithmIdentifierOwned;

/// A digest and its function.
#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
pub(crate) struct MessageImprint {
    pub(crate) algorithm: Algorithm,
    pub(crate) digest: OctetString,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
pub(crate) struct TimeStampReq {
    pub(crate) version: u8,
    pub(crate) imprint: MessageImprint,
    #[asn1(optional = "true")]
    pub(crate) policy: Option<Oid>,
    #[asn1(optional = "true")]
    pub(crate) nonce: Option<Int>,
    #[asn1(default = "Default::default")]
    pub(crate) wants_certificate: bool,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true")]
    pub(crate) extensions: Option<Extensions>,
}

/// How far an authority's clock may be off.
#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
pub(crate) struct Accuracy {
    #[asn1(optional = "true")]
    pub(crate) seconds: Option<u32>,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true")]
    pub(crate) millis: Option<u16>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    pub(crate) micros: Option<u16>,
}

impl Accuracy {
    /// Returns milliseconds, rounded up; none if a part is out of its bounds.
    pub(crate) fn in_millis(&self) -> Option<u64> {
        let part = |part: Option<u16>| match part {
            None => Some(0),
            Some(1..=999) => part.map(u64::from),
            Some(_) => None,
        };
        let micros = part(self.micros)?.div_ceil(1000);
        Some(u64::from(self.seconds.unwrap_or(0)) * 1000 + part(self.millis)? + micros)
    }
}

/// What an authority says.
#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
pub(crate) struct TstInfo {
    pub(crate) version: u8,
    pub(crate) policy: Oid,
    pub(crate) imprint: MessageImprint,
    pub(crate) serial: Int,
    pub(crate) time: GenTime,
    #[asn1(optional = "true")]
    pub(crate) accuracy: Option<Accuracy>,
    #[asn1(default = "Default::default")]
    pub(crate) ordering: bool,
    #[asn1(optional = "true")]
    pub(crate) nonce: Option<Int>,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    pub(crate) authority: Option<GeneralName>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    pub(crate) extensions: Option<Extensions>,
}

/// Names the certificate that a signature is to be checked with, in what is signed.
#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
pub(crate) struct SigningCertificateV2 {
    pub(crate) certificates: Vec<EssCertIdV2>,
    #[asn1(optional = "true")]
    pub(crate) policies: Option<Vec<Any>>,
}

/// A certificate's digest, and its issuer's name for it.
#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
pub(crate) struct EssCertIdV2 {
    /// SHA-256 if it is absent.
    #[asn1(optional = "true")]
    pub(crate) algorithm: Option<Algorithm>,
    pub(crate) digest: OctetString,
    #[asn1(optional = "true")]
    pub(crate) issuer_serial: Option<IssuerSerial>,
}

#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
pub(crate) struct IssuerSerial {
    pub(crate) issuer: GeneralNames,
    pub(crate) serial: SerialNumber,
}

/// What an authority did with a question.
#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
pub(crate) struct Status {
    pub(crate) status: u8,
    #[asn1(optional = "true")]
    pub(crate) text: Option<Vec<Any>>,
    #[asn1(optional = "true")]
    pub(crate) failure: Option<BitString>,
}

/// Writes an answer: what was done, and the token if it was given.
pub(crate) fn write_response(status: &Status, token: Option<&[u8]>) -> der::Result<Vec<u8>> {
    let mut value = status.to_der()?;
    value.extend(token.unwrap_or_default());
    Any::new(der::Tag::Sequence, value)?.to_der()
}

/// Reads an answer; the token is handed on as it stands.
pub(crate) fn read_response(bytes: &[u8]) -> der::Result<(Status, Option<&[u8]>)> {
    let mut reader = SliceReader::new(bytes)?;
    let parts = reader.sequence(|inner| {
        let status = Status::decode(inner)?;
        let token = match inner.is_finished() {
            true => None,
            false => Some(inner.tlv_bytes()?),
        };
        Ok((status, token))
    })?;
    reader.finish(parts)
}

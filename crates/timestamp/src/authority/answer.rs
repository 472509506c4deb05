//! Answering a question.

use super::{ACCURACY_SECONDS, Authority, Serial};
use crate::breach::Breach;
use crate::imprint::{Digest, Imprint};
use crate::names;
use crate::oid::Oid;
use crate::request::read_request;
use crate::structure::{
    Accuracy, Algorithm, EssCertIdV2, IssuerSerial, SigningCertificateV2, Status, TimeStampReq,
    TstInfo, write_response,
};
use crate::time::GenTime;
use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, EncapsulatedContentInfo, SignedAttributes, SignedData, SignerIdentifier,
    SignerInfo, SignerInfos,
};
use der::asn1::{BitString, Int, ObjectIdentifier, OctetString, SetOfVec};
use der::{Any, Encode};
use p256::ecdsa::Signature;
use p256::ecdsa::signature::Signer;
use valise_wire::Timestamp;
use x509_cert::attr::Attribute;
use x509_cert::ext::pkix::name::GeneralName;

/// The rules of these authorities: `2.25` and a random number of 128 bits, which nobody else uses.
const POLICY: [u8; 20] = [
    0x69, 0x81, 0xd7, 0xb6, 0xca, 0x87, 0xdb, 0xfc, 0x93, 0xab, 0x97, 0xc8, 0xa3, 0x96, 0x9f, 0x95,
    0xfd, 0xe0, 0x8a, 0x2d,
];
const VERSION: u8 = 1;
const GRANTED: u8 = 0;
const REJECTION: u8 = 2;

/// Why a question is not answered with a token: the bits of PKIFailureInfo (RFC 3161 §2.4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Failure {
    /// A digest that is too old, or not known.
    BadAlgorithm = 0,
    /// Not a question that is supported.
    BadRequest = 2,
    /// Not a question at all.
    BadDataFormat = 5,
    /// The authority does not know the time.
    TimeNotAvailable = 14,
    /// It works by other rules.
    UnacceptedPolicy = 15,
    /// It knows no extensions.
    UnacceptedExtension = 16,
    /// It cannot do it now.
    SystemFailure = 25,
}

/// Returns the answer that refuses a question.
pub fn refusal(failure: Failure) -> Vec<u8> {
    let bit = failure as u8;
    let mut bits = vec![0_u8; usize::from(bit / 8) + 1];
    bits[usize::from(bit / 8)] = 0x80 >> (bit % 8);
    let status = Status {
        status: REJECTION,
        text: None,
        failure: BitString::new(7 - bit % 8, bits).ok(),
    };
    write_response(&status, None).unwrap_or_default()
}

impl Authority {
    /// Answers a question, with a token or with a refusal. `now` is what the token will say, without what is finer than a second.
    pub fn answer(&self, question: &[u8], serial: Serial, now: Timestamp) -> Vec<u8> {
        match self.token(question, serial, now) {
            Ok(answer) => answer,
            Err(failure) => refusal(failure),
        }
    }

    fn token(&self, question: &[u8], serial: Serial, now: Timestamp) -> Result<Vec<u8>, Failure> {
        let request = read_request(question).map_err(|breach| match breach {
            Breach::Malformed => Failure::BadDataFormat,
            _ => Failure::BadRequest,
        })?;
        check(&request)?;
        let time = Timestamp(now.as_seconds() * 1000);
        if self.signer.certificate.check_valid_at(time).is_err() {
            return Err(Failure::TimeNotAvailable);
        }
        let info = info(&request, serial, time).ok_or(Failure::SystemFailure)?;
        self.sign(&info, request.wants_certificate)
            .map_err(|_| Failure::SystemFailure)
    }

    fn sign(&self, info: &TstInfo, with_certificates: bool) -> der::Result<Vec<u8>> {
        let content = info.to_der()?;
        let digest_algorithms = SetOfVec::try_from(vec![Digest::Sha256.algorithm()])?;
        let data = SignedData {
            version: CmsVersion::V3,
            digest_algorithms,
            encap_content_info: EncapsulatedContentInfo {
                econtent_type: names::TST_INFO,
                econtent: Some(Any::encode_from(&OctetString::new(content.as_slice())?)?),
            },
            certificates: match with_certificates {
                true => Some(self.certificates()?),
                false => None,
            },
            crls: None,
            signer_infos: SignerInfos(SetOfVec::try_from(vec![self.signature(&content)?])?),
        };
        let token = ContentInfo {
            content_type: names::SIGNED_DATA,
            content: Any::encode_from(&data)?,
        };
        let granted = Status {
            status: GRANTED,
            text: None,
            failure: None,
        };
        write_response(&granted, Some(&token.to_der()?))
    }

    fn certificates(&self) -> der::Result<CertificateSet> {
        let both = [&self.signer, &self.root];
        let both =
            both.map(|pair| CertificateChoices::Certificate(pair.certificate.x509().clone()));
        Ok(CertificateSet(SetOfVec::try_from(both.to_vec())?))
    }

    fn signature(&self, content: &[u8]) -> der::Result<SignerInfo> {
        let tbs = &self.signer.certificate.x509().tbs_certificate;
        let attributes = self.attributes(content)?;
        let signed: Signature = self.signer.key.sign(&attributes.to_der()?);
        Ok(SignerInfo {
            version: CmsVersion::V1,
            sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
                issuer: tbs.issuer.clone(),
                serial_number: tbs.serial_number.clone(),
            }),
            digest_alg: Digest::Sha256.algorithm(),
            signed_attrs: Some(attributes),
            signature_algorithm: Algorithm {
                oid: names::ECDSA_SHA256,
                parameters: None,
            },
            signature: OctetString::new(signed.to_der().as_bytes())?,
            unsigned_attrs: None,
        })
    }

    fn attributes(&self, content: &[u8]) -> der::Result<SignedAttributes> {
        let certificate = &self.signer.certificate;
        let tbs = &certificate.x509().tbs_certificate;
        let named = EssCertIdV2 {
            algorithm: None,
            digest: OctetString::new(certificate.fingerprint())?,
            issuer_serial: Some(IssuerSerial {
                issuer: vec![GeneralName::DirectoryName(tbs.issuer.clone())],
                serial: tbs.serial_number.clone(),
            }),
        };
        let named = SigningCertificateV2 {
            certificates: vec![named],
            policies: None,
        };
        let digest = OctetString::new(Digest::Sha256.of(content))?;
        SetOfVec::try_from(vec![
            attribute(names::CONTENT_TYPE, Any::encode_from(&names::TST_INFO)?)?,
            attribute(names::MESSAGE_DIGEST, Any::encode_from(&digest)?)?,
            attribute(names::SIGNING_CERTIFICATE_V2, Any::encode_from(&named)?)?,
        ])
    }
}

fn attribute(oid: ObjectIdentifier, value: Any) -> der::Result<Attribute> {
    let values = SetOfVec::try_from(vec![value])?;
    Ok(Attribute { oid, values })
}

fn check(request: &TimeStampReq) -> Result<(), Failure> {
    if Imprint::read(&request.imprint).is_none() {
        return Err(Failure::BadAlgorithm);
    }
    if request.policy.is_some() && request.policy != Oid::from_bytes(&POLICY) {
        return Err(Failure::UnacceptedPolicy);
    }
    match request.extensions {
        Some(_) => Err(Failure::UnacceptedExtension),
        None => Ok(()),
    }
}

fn info(request: &TimeStampReq, serial: Serial, now: Timestamp) -> Option<TstInfo> {
    Some(TstInfo {
        version: VERSION,
        policy: Oid::from_bytes(&POLICY)?,
        imprint: request.imprint.clone(),
        serial: number(&serial)?,
        time: GenTime::at(now)?,
        accuracy: Some(Accuracy {
            seconds: Some(ACCURACY_SECONDS),
            millis: None,
            micros: None,
        }),
        ordering: false,
        nonce: request.nonce.clone(),
        authority: None,
        extensions: None,
    })
}

/// A serial number as a number that is not negative.
fn number(serial: &Serial) -> Option<Int> {
    let begin = serial.0.iter().position(|byte| *byte != 0)?;
    let digits = &serial.0[begin..];
    match digits[0] & 0x80 {
        0 => Int::new(digits).ok(),
        _ => Int::new(&[&[0], digits].concat()).ok(),
    }
}

//! What can be wrong with a timestamp.

use thiserror::Error;

/// Why a timestamp was not taken: the first thing that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Breach {
    /// It is longer than any honest one.
    #[error("longer than a timestamp is")]
    TooLarge,
    /// The bytes are not DER of what they should be.
    #[error("not a timestamp")]
    Malformed,
    /// The authority did not give one.
    #[error("the authority refused: status {status}, failure {failure:?}")]
    NotGranted {
        /// PKIStatus.
        status: u8,
        /// Number of the first bit of PKIFailureInfo.
        failure: Option<u8>,
    },
    /// A version that is not known.
    #[error("a version that is not known")]
    Version,
    /// Something must be understood and is not.
    #[error("an extension that must be understood and is not")]
    Extension,
    /// There is not exactly one signature.
    #[error("not exactly one signature")]
    Signers,
    /// A function that is too old, or not known.
    #[error("an algorithm that is not taken")]
    Algorithm,
    /// The certificate that signed is neither in the token nor among the trusted ones.
    #[error("the certificate that signed is not there")]
    NoCertificate,
    /// What is signed names another certificate, or none (RFC 5816).
    #[error("what is signed names another certificate")]
    AnotherCertificate,
    /// A signed attribute is missing, is there twice, or is of another content.
    #[error("a signed attribute is missing or wrong")]
    Attributes,
    /// The signed digest is not that of the content.
    #[error("the content is not what was signed")]
    Content,
    /// The signature is wrong.
    #[error("the signature is wrong")]
    Signature,
    /// It is for something else.
    #[error("it is for something else")]
    Imprint,
    /// It is no answer to this question.
    #[error("it answers another question")]
    Nonce,
    /// The certificate may not give timestamps, or may do more than that.
    #[error("the certificate is not for timestamps alone")]
    Purpose,
    /// A certificate between may not issue others.
    #[error("a certificate between may not issue others")]
    Issuer,
    /// No chain leads to a trusted certificate.
    #[error("no chain leads to a trusted certificate")]
    Untrusted,
    /// A certificate was not valid at the time that is said.
    #[error("a certificate was not valid at that time")]
    NotValid,
}

impl From<der::Error> for Breach {
    fn from(_: der::Error) -> Self {
        Self::Malformed
    }
}

//! Object identifiers that CMS, X.509 and RFC 3161 give to things.

use der::asn1::ObjectIdentifier as Id;

const fn id(text: &str) -> Id {
    Id::new_unwrap(text)
}

pub(crate) const SHA256: Id = id("2.16.840.1.101.3.4.2.1");
pub(crate) const SHA384: Id = id("2.16.840.1.101.3.4.2.2");
pub(crate) const SHA512: Id = id("2.16.840.1.101.3.4.2.3");

pub(crate) const EC_KEY: Id = id("1.2.840.10045.2.1");
pub(crate) const P256: Id = id("1.2.840.10045.3.1.7");
pub(crate) const P384: Id = id("1.3.132.0.34");
pub(crate) const ECDSA_SHA256: Id = id("1.2.840.10045.4.3.2");
pub(crate) const ECDSA_SHA384: Id = id("1.2.840.10045.4.3.3");
pub(crate) const ECDSA_SHA512: Id = id("1.2.840.10045.4.3.4");
/// Key, and in CMS the signature with whatever digest the signer names beside it.
pub(crate) const RSA: Id = id("1.2.840.113549.1.1.1");
pub(crate) const RSA_SHA256: Id = id("1.2.840.113549.1.1.11");
pub(crate) const RSA_SHA384: Id = id("1.2.840.113549.1.1.12");
pub(crate) const RSA_SHA512: Id = id("1.2.840.113549.1.1.13");

pub(crate) const SIGNED_DATA: Id = id("1.2.840.113549.1.7.2");
pub(crate) const TST_INFO: Id = id("1.2.840.113549.1.9.16.1.4");
pub(crate) const CONTENT_TYPE: Id = id("1.2.840.113549.1.9.3");
pub(crate) const MESSAGE_DIGEST: Id = id("1.2.840.113549.1.9.4");
pub(crate) const SIGNING_CERTIFICATE_V2: Id = id("1.2.840.113549.1.9.16.2.47");

pub(crate) const COMMON_NAME: Id = id("2.5.4.3");
pub(crate) const ORGANISATION: Id = id("2.5.4.10");
pub(crate) const SUBJECT_KEY_ID: Id = id("2.5.29.14");
pub(crate) const KEY_USAGE: Id = id("2.5.29.15");
pub(crate) const BASIC_CONSTRAINTS: Id = id("2.5.29.19");
pub(crate) const CERTIFICATE_POLICIES: Id = id("2.5.29.32");
pub(crate) const AUTHORITY_KEY_ID: Id = id("2.5.29.35");
pub(crate) const EXTENDED_KEY_USAGE: Id = id("2.5.29.37");
pub(crate) const ANY_USAGE: Id = id("2.5.29.37.0");
pub(crate) const TIME_STAMPING: Id = id("1.3.6.1.5.5.7.3.8");

//! Asking an authority, and reading what it answers.

use crate::breach::Breach;
use crate::certificate::Certificate;
use crate::imprint::Imprint;
use crate::structure::{self, TimeStampReq};
use crate::verify::checks::{Check, Checks};
use crate::verify::{Verified, brought, verify_with};
use crate::{MOST_QUERY_BYTES, MOST_REPLY_BYTES};
use der::asn1::Int;
use der::{Decode, Encode};

const VERSION: u8 = 1;
const GRANTED: u8 = 0;
const GRANTED_WITH_MODS: u8 = 1;

/// A question to an authority: to say when it saw a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What is to be timestamped.
    pub imprint: Imprint,
    /// A random number that the answer must repeat, so that it is no older answer.
    pub nonce: [u8; 16],
}

impl Request {
    /// Writes the question. It asks for the authority's certificate, so that the token can be read without it.
    pub fn to_der(&self) -> Result<Vec<u8>, Breach> {
        let request = TimeStampReq {
            version: VERSION,
            imprint: self.imprint.structure()?,
            policy: None,
            nonce: Some(self.number()?),
            wants_certificate: true,
            extensions: None,
        };
        Ok(request.to_der()?)
    }

    /// The nonce as a number that is not negative, in the one way to write it.
    fn number(&self) -> Result<Int, Breach> {
        let begin = self.nonce.iter().position(|byte| *byte != 0);
        let digits = &self.nonce[begin.unwrap_or(self.nonce.len() - 1)..];
        let bytes = match digits[0] & 0x80 {
            0 => digits.to_vec(),
            _ => [&[0], digits].concat(),
        };
        Ok(Int::new(&bytes)?)
    }
}

/// An authority's answer: the token, which is kept, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The token as it came: what COSE's header 270 holds.
    pub token: Vec<u8>,
    /// What it says.
    pub verified: Verified,
}

/// Reads the answer to a question and verifies its token.
pub fn read_response(
    bytes: &[u8],
    asked: &Request,
    trusted: &[Certificate],
) -> Result<Answer, Breach> {
    read_response_with(bytes, asked, trusted, Checks::ALL)
}

/// Reads an answer of whoever it is: everything is checked but whom to trust.
pub fn read_untrusted(bytes: &[u8], asked: &Request) -> Result<Answer, Breach> {
    if bytes.len() > MOST_REPLY_BYTES {
        return Err(Breach::TooLarge);
    }
    let (_, token) = structure::read_response(bytes)?;
    let brought = token.map(brought).transpose()?;
    read_response(bytes, asked, &brought.unwrap_or_default())
}

/// Does what [`read_response`] does without some checks, for the tests that show that each is needed.
#[doc(hidden)]
pub fn read_response_with(
    bytes: &[u8],
    asked: &Request,
    trusted: &[Certificate],
    checks: Checks,
) -> Result<Answer, Breach> {
    if bytes.len() > MOST_REPLY_BYTES {
        return Err(Breach::TooLarge);
    }
    let (status, token) = structure::read_response(bytes)?;
    if !matches!(status.status, GRANTED | GRANTED_WITH_MODS) {
        return Err(Breach::NotGranted {
            status: status.status,
            failure: status.failure.as_ref().and_then(first_bit),
        });
    }
    let token = token.ok_or(Breach::Malformed)?;
    let (verified, nonce) = verify_with(token, &asked.imprint, trusted, checks)?;
    if checks.on(Check::Nonce) && nonce != Some(asked.number()?) {
        return Err(Breach::Nonce);
    }
    Ok(Answer {
        token: token.to_vec(),
        verified,
    })
}

fn first_bit(bits: &der::asn1::BitString) -> Option<u8> {
    let at = bits.bits().position(|bit| bit)?;
    u8::try_from(at).ok()
}

/// Reads a question of somebody else.
pub(crate) fn read_request(bytes: &[u8]) -> Result<TimeStampReq, Breach> {
    if bytes.len() > MOST_QUERY_BYTES {
        return Err(Breach::TooLarge);
    }
    let request = TimeStampReq::from_der(bytes)?;
    match request.version {
        VERSION => Ok(request),
        _ => Err(Breach::Version),
    }
}

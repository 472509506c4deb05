//! Verifying a token.

mod chain;
pub mod checks;
pub(crate) mod key;
mod signed;

use crate::MOST_REPLY_BYTES;
use crate::breach::Breach;
use crate::certificate::Certificate;
use crate::imprint::Imprint;
use crate::oid::Oid;
use crate::structure::TstInfo;
use checks::{Check, Checks};
use der::Decode;
use der::asn1::Int;
use signed::Signed;
use valise_wire::Timestamp;

/// What a token says, after everything in it was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// When the authority saw the digest, by its clock.
    pub time: Timestamp,
    /// How far that may be off to either side, in milliseconds, if the authority says it.
    pub accuracy_millis: Option<u64>,
    /// The authority's number for the token, big-endian.
    pub serial: Vec<u8>,
    /// The rules by which the authority says that it works.
    pub policy: Oid,
    /// The certificate that signed.
    pub authority: Certificate,
    /// The trusted certificate that it leads to; the same one if it is trusted itself.
    pub anchor: Certificate,
}

/// Verifies a token over an imprint. At least one of the certificates must vouch for it.
pub fn verify(
    token: &[u8],
    imprint: &Imprint,
    trusted: &[Certificate],
) -> Result<Verified, Breach> {
    verify_with(token, imprint, trusted, Checks::ALL).map(|(verified, _)| verified)
}

/// Verifies a token for which nobody vouches but the certificates that it brings along: everything is checked but whom to trust. What
/// the last of them is, [`Verified::anchor`] says.
pub fn verify_alone(token: &[u8], imprint: &Imprint) -> Result<Verified, Breach> {
    verify(token, imprint, &brought(token)?)
}

/// Returns those of the certificates in a token that none of the others issued.
pub(crate) fn brought(token: &[u8]) -> Result<Vec<Certificate>, Breach> {
    if token.len() > MOST_REPLY_BYTES {
        return Err(Breach::TooLarge);
    }
    let all = Signed::read(token)?.certificates;
    let is_last = |one: &&Certificate| {
        let issued = |other: &Certificate| one.is_issued_by(&other.x509().tbs_certificate.subject);
        !all.iter().any(|other| other != *one && issued(other))
    };
    Ok(all.iter().filter(is_last).cloned().collect())
}

/// Does what [`verify`] does without some checks, for the tests that show that each is needed; says the nonce, too.
#[doc(hidden)]
pub fn verify_with(
    token: &[u8],
    imprint: &Imprint,
    trusted: &[Certificate],
    checks: Checks,
) -> Result<(Verified, Option<Int>), Breach> {
    if token.len() > MOST_REPLY_BYTES {
        return Err(Breach::TooLarge);
    }
    let signed = Signed::read(token)?;
    let info = read_info(&signed.content)?;
    let signer = signed.signer(trusted)?;
    if checks.on(Check::Purpose) {
        signer.check_purpose()?;
    }
    signed.check(signer, checks)?;
    if checks.on(Check::Imprint) && Imprint::read(&info.imprint).as_ref() != Some(imprint) {
        return Err(Breach::Imprint);
    }
    let time = info.time.timestamp().ok_or(Breach::Malformed)?;
    let anchor = chain::anchor(signer, &signed.certificates, trusted, time, checks)?;
    let accuracy = info.accuracy.as_ref().map(|accuracy| accuracy.in_millis());
    let verified = Verified {
        time,
        accuracy_millis: match accuracy {
            Some(None) => return Err(Breach::Malformed),
            Some(millis) => millis,
            None => None,
        },
        serial: info.serial.as_bytes().to_vec(),
        policy: info.policy,
        authority: signer.clone(),
        anchor: anchor.clone(),
    };
    Ok((verified, info.nonce))
}

fn read_info(content: &[u8]) -> Result<TstInfo, Breach> {
    const VERSION: u8 = 1;
    let info = TstInfo::from_der(content)?;
    let extensions = info.extensions.as_deref().unwrap_or_default();
    if info.version != VERSION {
        return Err(Breach::Version);
    }
    match extensions.iter().any(|extension| extension.critical) {
        true => Err(Breach::Extension),
        false => Ok(info),
    }
}

#[cfg(test)]
mod tests;

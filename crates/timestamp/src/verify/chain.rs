//! The way from the certificate that signed to one that is trusted.

use super::checks::{Check, Checks};
use crate::breach::Breach;
use crate::certificate::Certificate;
use valise_wire::Timestamp;

/// Issuers between the certificate that signed and a trusted one, at most.
const MOST_BETWEEN: usize = 4;

/// Looks for a chain and returns the trusted certificate at its end: the one that signed, if it is trusted itself.
///
/// Each certificate is tried once, so that certificates that sign each other cost no more than their number.
pub(super) fn anchor<'a>(
    signer: &'a Certificate,
    given: &'a [Certificate],
    trusted: &'a [Certificate],
    time: Timestamp,
    checks: Checks,
) -> Result<&'a Certificate, Breach> {
    let mut search = Search {
        given,
        trusted,
        time,
        checks,
        tried: vec![false; given.len()],
        nearest: Breach::Untrusted,
    };
    search.check(signer)?;
    let found = search.climb(signer, 0);
    match found {
        Some(anchor) => Ok(anchor),
        None if checks.on(Check::Trusted) => Err(search.nearest),
        None => Ok(signer),
    }
}

struct Search<'a> {
    given: &'a [Certificate],
    trusted: &'a [Certificate],
    time: Timestamp,
    checks: Checks,
    tried: Vec<bool>,
    /// What stood in the way of a certificate that would have fitted.
    nearest: Breach,
}

impl<'a> Search<'a> {
    fn climb(&mut self, from: &'a Certificate, between: usize) -> Option<&'a Certificate> {
        if let Some(same) = self.trusted.iter().find(|trusted| *trusted == from) {
            return Some(same);
        }
        for trusted in self.trusted {
            if self.fits(from, trusted, between) {
                return Some(trusted);
            }
        }
        for at in 0..self.given.len() {
            let next = &self.given[at];
            if between == MOST_BETWEEN || self.tried[at] || next == from {
                continue;
            }
            self.tried[at] = true;
            if !self.fits(from, next, between) {
                continue;
            }
            if let Some(anchor) = self.climb(next, between + 1) {
                return Some(anchor);
            }
        }
        None
    }

    /// Tells whether one certificate issued another, and could.
    fn fits(&mut self, from: &Certificate, issuer: &Certificate, between: usize) -> bool {
        if !is_named(from, issuer) {
            return false;
        }
        let found = self.fit(from, issuer, between);
        if let (Err(breach), Breach::Untrusted) = (found, self.nearest) {
            self.nearest = breach;
        }
        found.is_ok()
    }

    fn fit(&self, from: &Certificate, issuer: &Certificate, between: usize) -> Result<(), Breach> {
        if self.checks.on(Check::Trusted) {
            from.check_signed_by(issuer)
                .map_err(|_| Breach::Untrusted)?;
        }
        self.check(issuer)?;
        match self.checks.on(Check::Issuer) {
            true => issuer.check_issues(between),
            false => Ok(()),
        }
    }

    fn check(&self, certificate: &Certificate) -> Result<(), Breach> {
        if self.checks.on(Check::Understood) {
            certificate.check_understood()?;
        }
        match self.checks.on(Check::Validity) {
            true => certificate.check_valid_at(self.time),
            false => Ok(()),
        }
    }
}

fn is_named(from: &Certificate, issuer: &Certificate) -> bool {
    from.is_issued_by(&issuer.x509().tbs_certificate.subject)
}

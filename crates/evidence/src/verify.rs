//! Verifying a bundle: what is proven, what a server only asserts, what is not proven, and what is wrong.
//!
//! Everything in a bundle was made by somebody who may lie. Nothing is asked of anybody: the only thing from outside is the
//! fingerprint by which the reader knows an organisation.

mod chain;
mod contents;
mod deadlines;
mod items;
mod objects;
mod people;
mod seals;
mod times;
mod verdict;
mod whole;

pub use verdict::{Clock, Fault, Remark, Row, Standing, Subject, Verdict};

use valise_wire::Timestamp;

/// Verifies a time token over what is given first; none if it does not hold.
pub type VerifyToken<'a> = &'a dyn Fn(Stamped<'_>, &[u8]) -> Option<Stamp>;

/// What a time token is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamped<'a> {
    /// A signature, which is given without the head that it has in CBOR and digested with it.
    Signature(&'a [u8]),
    /// A file, as it is.
    File(&'a [u8]),
}

/// What a time token says that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// By when its authority saw the signature, by that authority's clock.
    pub at: Timestamp,
    /// SHA-256 of the certificate that all of it leads to.
    pub authority: [u8; 32],
    /// Whom that certificate is for, in the words of whoever made it.
    pub name: String,
    /// Whether the reader knows the authority. The time of any other proves nothing: everybody can be one.
    pub is_known: bool,
}

/// What the reader knows, and what he can read besides bundles.
#[derive(Default, Clone)]
pub struct Expected<'a> {
    /// Fingerprints of organisations (six groups of five digits) that he has from the organisations themselves.
    pub fingerprints: Vec<String>,
    /// How time tokens are verified; without it no time is proven.
    pub token: Option<VerifyToken<'a>>,
}

/// Verifies a bundle.
pub fn verify(bytes: &[u8], expected: &Expected<'_>) -> Verdict {
    verify_with(bytes, expected, Checks::ALL)
}

/// Verifies a bundle and leaves something unchecked, for the tests that show what each check is for.
#[doc(hidden)]
pub fn verify_with(bytes: &[u8], expected: &Expected<'_>, checks: Checks) -> Verdict {
    let mut verdict = Verdict::default();
    let Some(opened) = items::open(bytes, checks, &mut verdict) else {
        return verdict;
    };
    let people = people::read(&opened, expected, checks, &mut verdict);
    let objects = objects::read(&opened, &people, checks, &mut verdict);
    let times = times::read(&opened, &people, expected, &objects, checks, &mut verdict);
    objects.judge(&times, checks, &mut verdict);
    seals::judge(&objects, &people, &times, checks, &mut verdict);
    chain::judge(&objects, &times, checks, &mut verdict);
    deadlines::judge(&objects, &people, checks, &mut verdict);
    contents::judge(&opened, &objects, checks, &mut verdict);
    whole::judge(&opened, expected, checks, &mut verdict);
    verdict
}

/// What is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Check {
    Container,
    Changed,
    Listed,
    Order,
    Signature,
    Signer,
    KeyLife,
    Request,
    Revision,
    Chain,
    Side,
    End,
    Place,
    Object,
    Late,
    Server,
    Token,
    Instant,
    Seal,
    Sealed,
    SealSide,
    Content,
    Fingerprint,
    Bound,
    Deadline,
    Layout,
    Came,
    Ends,
    Expiry,
    ReceiptSide,
}

/// All that is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checks(u32);

impl Checks {
    /// Everything; what every product uses.
    pub const ALL: Self = Self(u32::MAX);

    /// Leaves one out.
    pub fn without(self, check: Check) -> Self {
        Self(self.0 & !(1 << check as u32))
    }

    pub(crate) fn on(self, check: Check) -> bool {
        self.0 & (1 << check as u32) != 0
    }
}

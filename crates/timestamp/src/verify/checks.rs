//! A switch for every check, so that tests can show that each is needed.

/// One check of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Check {
    Imprint,
    Nonce,
    Content,
    Signature,
    NamedCertificate,
    Purpose,
    Issuer,
    Trusted,
    Validity,
    Understood,
}

/// The checks that are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checks(u16);

impl Checks {
    /// All of them; what every product uses.
    pub const ALL: Self = Self(u16::MAX);

    /// Switches one off.
    pub fn without(self, check: Check) -> Self {
        Self(self.0 & !(1 << check as u16))
    }

    pub(crate) fn on(self, check: Check) -> bool {
        self.0 & (1 << check as u16) != 0
    }
}

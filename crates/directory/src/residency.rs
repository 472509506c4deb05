//! Under whose law an organisation stands, what it takes from others, and with whom its people may work.

use crate::Breach;
use crate::invite::Issuer;
use crate::keys::RegistrarKey;
use crate::statement::{Statement, sign};
pub use valise_wire::policy::is_jurisdiction as is_code;
use valise_wire::statement::{SignedStatement, StatementKind};
use valise_wire::{AccountId, OrganisationId, Timestamp, code, record};

/// Most jurisdictions of one organisation.
pub const MAX_JURISDICTIONS: usize = 8;
/// Most jurisdictions of a rule: more than there are codes.
pub const MAX_ALLOWED: usize = 300;
/// Most exceptions of a rule.
pub const MAX_EXCEPTIONS: usize = 1_000;

code! {
    /// What an organisation takes from the people of others.
    pub enum Accepts {
        /// Formal requests.
        Requests = 0,
        /// Being in rooms together.
        Rooms = 1,
    }
}

record! {
    /// What an organisation says of itself to its partners.
    pub struct Document {
        /// Which.
        pub organisation: OrganisationId,
        /// Higher than the former one.
        pub version: u64,
        /// Codes of ISO 3166-1, two capital letters, ascending: 1 to [`MAX_JURISDICTIONS`].
        pub jurisdictions: Vec<String>,
        /// Ascending, each once. What is not in it is not taken.
        pub accepts: Vec<Accepts>,
        /// When, by the registrar's clock.
        pub at: Timestamp,
        /// Registrar whose key signed this.
        pub by: AccountId,
    }
}

record! {
    /// What one partner is, whatever the rule says.
    pub struct Exception {
        /// Whom it is about.
        pub partner: OrganisationId,
        /// Whether its people may be worked with.
        pub allowed: bool,
    }
}

record! {
    /// With organisations of which jurisdictions an organisation's people may work.
    pub struct Residency {
        /// Whose rule it is.
        pub organisation: OrganisationId,
        /// Higher than the former one.
        pub version: u64,
        /// Ascending, at most [`MAX_ALLOWED`]; empty if there is no rule but the exceptions.
        pub allowed: Vec<String>,
        /// Ascending by partner, each once, at most [`MAX_EXCEPTIONS`].
        pub exceptions: Vec<Exception>,
        /// When, by the registrar's clock.
        pub at: Timestamp,
        /// Registrar whose key signed this.
        pub by: AccountId,
    }
}

impl Statement for Document {
    const KIND: StatementKind = StatementKind::Document;
    type Signer = RegistrarKey;

    fn organisation(&self) -> OrganisationId {
        self.organisation
    }
}

impl Statement for Residency {
    const KIND: StatementKind = StatementKind::Residency;
    type Signer = RegistrarKey;

    fn organisation(&self) -> OrganisationId {
        self.organisation
    }
}

/// Why people of another organisation are not worked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    /// It does not say under whose law it stands, and there is a rule.
    Unsaid,
    /// It stands under a law that the rule leaves out, or was left out by itself.
    Outside,
    /// It does not take this.
    NotAccepted(Accepts),
}

/// Says under whose law the organisation stands, and what it takes. What is said twice is said once, in order.
pub fn document(
    issuer: &Issuer<'_>,
    former: u64,
    jurisdictions: Vec<String>,
    accepts: Vec<Accepts>,
    now: Timestamp,
) -> SignedStatement {
    let document = Document {
        organisation: issuer.organisation,
        version: former + 1,
        jurisdictions: ordered(jurisdictions),
        accepts: ordered(accepts),
        at: now,
        by: issuer.account,
    };
    sign(&document, issuer.registrar_key)
}

/// Says with whom the organisation's people may work.
pub fn residency(
    issuer: &Issuer<'_>,
    former: u64,
    allowed: Vec<String>,
    mut exceptions: Vec<Exception>,
    now: Timestamp,
) -> SignedStatement {
    exceptions.sort_by_key(|exception| exception.partner);
    exceptions.dedup_by_key(|exception| exception.partner);
    let residency = Residency {
        organisation: issuer.organisation,
        version: former + 1,
        allowed: ordered(allowed),
        exceptions,
        at: now,
        by: issuer.account,
    };
    sign(&residency, issuer.registrar_key)
}

/// Tells whether the fields of a document have values that they can have.
pub(crate) fn check_document(document: &Document) -> Result<(), Breach> {
    let many = (1..=MAX_JURISDICTIONS).contains(&document.jurisdictions.len());
    if !many || !are_codes(&document.jurisdictions) {
        return Err(Breach::Field("jurisdictions"));
    }
    if !ascending(&document.accepts) {
        return Err(Breach::Field("accepts"));
    }
    Ok(())
}

/// Tells the same of a rule.
pub(crate) fn check_residency(residency: &Residency) -> Result<(), Breach> {
    if residency.allowed.len() > MAX_ALLOWED || !are_codes(&residency.allowed) {
        return Err(Breach::Field("allowed"));
    }
    let partners: Vec<_> = residency.exceptions.iter().map(|it| it.partner).collect();
    if partners.len() > MAX_EXCEPTIONS || !ascending(&partners) {
        return Err(Breach::Field("exceptions"));
    }
    Ok(())
}

fn are_codes(codes: &[String]) -> bool {
    codes.iter().all(|code| is_code(code)) && ascending(codes)
}

fn ascending<T: PartialOrd>(values: &[T]) -> bool {
    values.windows(2).all(|pair| pair[0] < pair[1])
}

fn ordered<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    values.sort();
    values.dedup();
    values
}

//! Other organisations.

use crate::{Millis, Trouble};
use serde::{Deserialize, Serialize};

/// Another organisation, as somebody of it is marked with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Outside {
    /// Its public name, or its domain if it has none.
    pub organisation: String,
    /// Its domain; empty of a guest.
    pub domain: String,
    /// Whether it is somebody of no organisation, the guest of one request: *organisation* is then what he is called.
    pub is_guest: bool,
}

/// An organisation that is a partner, or would be one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// Which, in hexadecimal digits.
    pub id: String,
    /// Its public name, or its domain if it has none.
    pub name: String,
    /// Its domain.
    pub domain: String,
    /// Where its server is: scheme, host and port.
    pub origin: String,
    /// Groups of digits that two registrars compare.
    pub fingerprint: String,
    /// Where it stands.
    pub state: PartnerState,
    /// What it says of itself; none if it has not said anything.
    pub document: Option<OrganisationDocument>,
    /// Why it is not asked for anything: by one's own rule, or because it takes none.
    pub barred: Option<Trouble>,
}

/// What an organisation says of itself to its partners.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OrganisationDocument {
    /// Under whose law it stands: codes of ISO 3166-1, ascending.
    pub jurisdictions: Vec<String>,
    /// Whether it takes formal requests.
    pub requests: bool,
    /// Whether its people are in rooms with those of others.
    pub rooms: bool,
}

/// With whom an organisation's people may work.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ResidencyRule {
    /// Codes of ISO 3166-1, ascending; empty if there is no rule but the exceptions.
    pub allowed: Vec<String>,
    /// Partners ([`Partner::id`]) that are allowed or left out, whatever the rule says.
    pub exceptions: Vec<(String, bool)>,
}

/// Where a partnership stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PartnerState {
    /// A link says so, and nobody has agreed here.
    Offered,
    /// It introduced itself by a link that was made on this device, and waits for a registrar to agree.
    Introduced,
    /// It is a partner.
    Partner,
}

/// A link that was made on this device for another organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerOffer {
    /// The link.
    pub link: String,
    /// Until when it counts.
    pub expires_at: Millis,
}

/// The other organisations.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Partners {
    /// Those that wait for an answer first, then by name.
    pub partners: Vec<Partner>,
    /// Links that nobody has answered.
    pub offers: Vec<PartnerOffer>,
    /// Groups of digits of one's own organisation, for the other registrar to compare.
    pub fingerprint: String,
    /// What one's own organisation says of itself.
    pub document: Option<OrganisationDocument>,
    /// With whom its people may work.
    pub residency: ResidencyRule,
}

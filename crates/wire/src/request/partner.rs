//! Other organisations: how two become partners, and what a device is told of the other one's people.

use crate::partner::Introduction;
use crate::statement::LogEntry;
use crate::{AccountId, OrganisationId, Timestamp, record};

record! {
    /// Lets another organisation introduce itself by a link. For registrars.
    pub struct OfferPartnership {
        /// Ed25519 public half of the secret in the link.
        pub key: [u8; 32],
        /// Until when.
        pub not_after: Timestamp,
    }
}
record! {
    /// Asks the server at an address who it is, over this server. For registrars. → the record of the organisation
    pub struct MeetPartner {
        /// Scheme, host and port.
        pub origin: String,
    }
}
record! {
    /// Carries one's own introduction to another organisation. For registrars.
    pub struct Introduce {
        /// Scheme, host and port of the other's server.
        pub origin: String,
        /// What is said there.
        pub introduction: Introduction,
    }
}
record! {
    /// Asks who introduced himself. For registrars.
    pub struct GetIntroductions {}
}
record! {
    /// Those who introduced themselves, and whose time is not over.
    pub struct Introductions {
        /// In no order.
        pub introductions: Vec<Introduction>,
    }
}

record! {
    /// Reads what this server was shown of the logs of other organisations.
    pub struct ReadForeign {
        /// Position after which to begin, in the order in which it came here.
        pub after: u64,
    }
}
record! {
    /// One statement of another organisation.
    pub struct ForeignEntry {
        /// Counts from 1 in the order in which it came here.
        pub position: u64,
        /// Whose log it stands in.
        pub organisation: OrganisationId,
        /// What stands there, and where.
        pub entry: LogEntry,
    }
}
record! {
    /// A part of what was shown.
    pub struct ForeignPage {
        /// In order.
        pub entries: Vec<ForeignEntry>,
        /// Last position.
        pub head: u64,
    }
}
record! {
    /// Looks for somebody of a partner. What proves the account is added to what is shown.
    pub struct FindForeign {
        /// Where.
        pub partner: OrganisationId,
        /// Tag of the address under the partner key.
        pub address_tag: [u8; 32],
    }
}
record! {
    /// Has the server ask a partner for the offices that it shows. What proves them and their holders is added to what is shown.
    pub struct ReadForeignOffices {
        /// Where.
        pub partner: OrganisationId,
    }
}
record! {
    /// Who was found; the same for nobody and for who may not be found.
    pub struct FoundForeign {
        /// Which account.
        pub account: Option<AccountId>,
    }
}

//! Whether somebody is here, who stands in while he is not, and for which offices he is on duty. The organisation's people read it, its
//! server and partners do not.

use crate::keys::AccountKey;
use crate::seal::{DirectoryKey, context};
use crate::statement::{Statement, sign};
use crate::{Breach, Note};
use rand_core::CryptoRngCore;
use valise_wire::statement::{SignedStatement, StatementKind};
use valise_wire::{AccountId, Octets, OfficeId, OrganisationId, Timestamp, record};

/// Most offices for which one person is on duty.
pub const MAX_DUTIES: usize = 64;

record! {
    /// Whether somebody is here from now on, and what he is on duty for.
    pub struct Availability {
        /// Where.
        pub organisation: OrganisationId,
        /// Whose.
        pub account: AccountId,
        /// Higher than the former one.
        pub version: u64,
        /// [`AvailabilityDetails`], sealed under the directory key.
        pub sealed: Octets,
        /// When, by the clock of whoever says it.
        pub at: Timestamp,
        /// Whose key signed this: the account itself, or a registrar who says it for somebody who cannot.
        pub by: AccountId,
    }
}

record! {
    /// What is said of somebody. Sealed.
    pub struct AvailabilityDetails {
        /// None while he is here.
        pub away: Option<Away>,
        /// The offices for which he is on duty; ascending, each once, at most [`MAX_DUTIES`].
        pub duty: Vec<OfficeId>,
    }
}

record! {
    /// Somebody is away.
    pub struct Away {
        /// From then on he is here again.
        pub until: Timestamp,
        /// Who stands in for him.
        pub cover: Option<AccountId>,
        /// A few words to the others.
        pub note: Option<Note>,
    }
}

impl Statement for Availability {
    const KIND: StatementKind = StatementKind::Availability;
    type Signer = AccountKey;

    fn organisation(&self) -> OrganisationId {
        self.organisation
    }
}

/// Of whom something is said, and by whom.
#[derive(Debug, Clone, Copy)]
pub struct About {
    /// Where.
    pub organisation: OrganisationId,
    /// Of whom.
    pub account: AccountId,
    /// The version before; 0 if nothing was said.
    pub former: u64,
    /// Whose key signs.
    pub by: AccountId,
    /// The clock of whoever says it.
    pub now: Timestamp,
}

/// Says whether somebody is here, and what he is on duty for; the offices are put in order.
pub fn availability(
    about: &About,
    mut details: AvailabilityDetails,
    directory_key: &DirectoryKey,
    key: &AccountKey,
    rng: &mut dyn CryptoRngCore,
) -> SignedStatement {
    details.duty.sort_unstable();
    details.duty.dedup();
    let mut said = Availability {
        organisation: about.organisation,
        account: about.account,
        version: about.former + 1,
        sealed: Octets::default(),
        at: about.now,
        by: about.by,
    };
    let plain = valise_wire::to_bytes(&details);
    said.sealed = directory_key.seal(&said.context(), plain, rng);
    sign(&said, key)
}

impl DirectoryKey {
    /// Opens what is said of somebody.
    pub fn open_availability(&self, said: &Availability) -> Result<AvailabilityDetails, Breach> {
        let details: AvailabilityDetails = self.open(&said.context(), &said.sealed)?;
        let ascending = details.duty.is_sorted_by(|left, right| left < right);
        if ascending && details.duty.len() <= MAX_DUTIES {
            Ok(details)
        } else {
            Err(Breach::Field("duty"))
        }
    }
}

impl Availability {
    fn context(&self) -> Vec<u8> {
        context(
            "availability",
            self.organisation,
            self.account.0,
            self.version,
        )
    }
}

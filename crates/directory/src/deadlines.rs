//! How an organisation counts deadlines: which days it works, and when it reminds its people. Nothing of it is a secret.

use crate::Breach;
use crate::calendar::Calendar;
use crate::invite::Issuer;
use crate::keys::RegistrarKey;
use crate::statement::{Statement, sign};
use valise_wire::statement::{SignedStatement, StatementKind};
use valise_wire::{AccountId, OrganisationId, Timestamp, record};

/// Most reminders before a deadline.
pub const MAX_REMINDERS: usize = 5;
/// Most worked days between a deadline and a reminder before it, or what is said after it.
pub const MAX_DAYS: u32 = 60;

record! {
    /// By which calendar an organisation counts from now on, and when it reminds.
    pub struct Deadlines {
        /// Where.
        pub organisation: OrganisationId,
        /// Higher than the former one.
        pub version: u64,
        /// Which days are worked.
        pub calendar: Calendar,
        /// How many worked days before a deadline people are reminded; ascending, each at least 1, at most [`MAX_REMINDERS`].
        pub remind: Vec<u32>,
        /// How many worked days after it everybody of the office is told, if that is to be.
        pub escalate: Option<u32>,
        /// When, by the registrar's clock.
        pub at: Timestamp,
        /// Registrar whose key signed this.
        pub by: AccountId,
    }
}

impl Statement for Deadlines {
    const KIND: StatementKind = StatementKind::Deadlines;
    type Signer = RegistrarKey;

    fn organisation(&self) -> OrganisationId {
        self.organisation
    }
}

/// What a registrar says of deadlines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The version before; 0 if nothing was said.
    pub former: u64,
    /// See [`Deadlines::calendar`].
    pub calendar: Calendar,
    /// See [`Deadlines::remind`]; put in order.
    pub remind: Vec<u32>,
    /// See [`Deadlines::escalate`].
    pub escalate: Option<u32>,
}

/// Says how deadlines are counted from now on; none if that cannot be said so.
pub fn deadlines(
    issuer: &Issuer<'_>,
    plan: Plan,
    now: Timestamp,
) -> Result<SignedStatement, Breach> {
    let mut remind = plan.remind;
    remind.sort_unstable();
    remind.dedup();
    let said = Deadlines {
        organisation: issuer.organisation,
        version: plan.former + 1,
        calendar: plan.calendar,
        remind,
        escalate: plan.escalate,
        at: now,
        by: issuer.account,
    };
    check_fields(&said)?;
    let signed = sign(&said, issuer.registrar_key);
    if signed.payload.len() > crate::statement::MAX_PAYLOAD_BYTES {
        return Err(Breach::TooLarge);
    }
    Ok(signed)
}

/// Tells whether all fields have values that they can have.
pub(crate) fn check_fields(said: &Deadlines) -> Result<(), Breach> {
    if let Some(field) = said.calendar.unfit() {
        return Err(Breach::Field(field));
    }
    let ascending = said.remind.is_sorted_by(|left, right| left < right);
    let near = |days: &u32| (1..=MAX_DAYS).contains(days);
    if !ascending || said.remind.len() > MAX_REMINDERS || !said.remind.iter().all(near) {
        return Err(Breach::Field("remind"));
    }
    if said.escalate.is_some_and(|days| days > MAX_DAYS) {
        return Err(Breach::Field("escalate"));
    }
    Ok(())
}

//! A switch for every rule, so that tests can show that each is needed.

/// One rule of the fold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Check {
    Position,
    Founding,
    Pinned,
    Signature,
    Bound,
    Fields,
    Mandated,
    RegistrarKey,
    NewInvitation,
    InvitationUses,
    InvitationExpiry,
    InvitationRevoked,
    InvitationAddress,
    AddressTaken,
    NewAccount,
    Ended,
    Version,
    Chain,
    DeviceReused,
    LastRegistrar,
    SealedAddress,
    RenewalOpen,
    RenewalConfirmed,
    RenewalRegistrars,
    RenewalDelay,
    RenewedKey,
    PartnerKnown,
    AccountId,
    EvidenceDevice,
    EvidenceKeyNew,
    HolderEnded,
    CardReader,
    GuestSaysLittle,
    Keeper,
    KeeperNew,
    SamePlace,
}

/// The rules that are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checks(u64);

impl Checks {
    /// All of them; what every product uses.
    pub const ALL: Self = Self(u64::MAX);

    /// Switches one off.
    pub fn without(self, check: Check) -> Self {
        Self(self.0 & !(1 << check as u64))
    }

    pub(crate) fn on(self, check: Check) -> bool {
        self.0 & (1 << check as u64) != 0
    }
}

//! What can be wrong with a statement, and whose fault it is.

use thiserror::Error;
use valise_wire::{DecodeError, ProblemCode};

/// Why a statement was not taken. The state is as it was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Breach {
    /// The log has a gap, or an entry twice.
    #[error("position {found} of the log where {expected} was due")]
    Position {
        /// Position that had to come.
        expected: u64,
        /// Position that came.
        found: u64,
    },
    /// The log does not begin with the organisation, or says it twice.
    #[error("an organisation statement must come first, and once")]
    Founding,
    /// The organisation's key is not the one that is pinned.
    #[error("this is another organisation")]
    AnotherOrganisation,
    /// The founding does not name this server's domain or hub key.
    #[error("the organisation was founded for another server")]
    AnotherServer,
    /// Another kind of statement had to stand here.
    #[error("a statement of another kind was due")]
    UnexpectedKind,
    /// Not the bytes of a statement.
    #[error("not a statement: {0}")]
    Malformed(DecodeError),
    /// A field has a value that it cannot have.
    #[error("the field {0} is out of range")]
    Field(&'static str),
    /// Larger than allowed.
    #[error("too large")]
    TooLarge,
    /// The signature was not made by the key whose statement this has to be.
    #[error("the signature is not by the key that it must be by")]
    Forged,
    /// Something sealed does not open with the directory key, or was sealed for another place.
    #[error("the sealed part cannot be opened")]
    Unreadable,
    /// Whoever signed as registrar has no mandate, or lost it.
    #[error("the author is not a registrar")]
    NotRegistrar,
    /// The key of a mandate is not the one that the account names.
    #[error("the registrar key is not the account's")]
    RegistrarKey,
    /// An account of this id exists, or had to exist and does not.
    #[error("no such account")]
    NoAccount,
    /// An account of this id exists already.
    #[error("the account exists")]
    AccountExists,
    /// The account has ended and can neither say nor receive anything.
    #[error("the account has ended")]
    AccountEnded,
    /// No such invitation.
    #[error("no such invitation")]
    NoInvitation,
    /// An invitation of this id exists already.
    #[error("the invitation exists")]
    InvitationExists,
    /// The invitation was used as often as it may be.
    #[error("the invitation is used up")]
    InvitationUsedUp,
    /// The invitation's time is over.
    #[error("the invitation has expired")]
    InvitationExpired,
    /// The invitation was revoked, or whoever issued it was.
    #[error("the invitation was revoked")]
    InvitationRevoked,
    /// The account's address is not the one that the invitation says.
    #[error("the invitation is for another address")]
    AnotherAddress,
    /// Another account has this address, or one that looks like it.
    #[error("the address is taken")]
    AddressTaken,
    /// A device list or profile whose version does not follow the former one.
    #[error("version {found} after version {former}")]
    Version {
        /// Last version that was taken.
        former: u64,
        /// Version that came.
        found: u64,
    },
    /// A device list that does not name its predecessor.
    #[error("the device list does not follow the former one")]
    Chain,
    /// A device id that was used before, by another device or another account, or is listed twice.
    #[error("a device id was used before")]
    DeviceReused,
    /// No such renewal.
    #[error("no such renewal")]
    NoRenewal,
    /// A renewal of this id exists already, or another one of the account is open.
    #[error("a renewal is open already")]
    RenewalExists,
    /// The renewal was done, withdrawn or stopped, or its time is over.
    #[error("the renewal is over")]
    RenewalOver,
    /// No second registrar agreed.
    #[error("a second registrar has not confirmed the renewal")]
    RenewalUnconfirmed,
    /// The same registrar twice, or the account itself.
    #[error("a renewal needs two registrars, and neither may be the account itself")]
    RenewalRegistrars,
    /// The time that a renewal has to wait is not over.
    #[error("the renewal has to wait")]
    RenewalEarly,
    /// The new key is one that the account has or had.
    #[error("the account key was used before")]
    KeyReused,
    /// No such office.
    #[error("no such office")]
    NoOffice,
    /// No such partner, or it is none any more.
    #[error("the organisation has no such partner")]
    NoPartner,
    /// The account's id is not the one that its organisation and its first key make.
    #[error("the account's id is not made of its key")]
    AccountId,
    /// Another statement stands at the same position: the organisation's server shows different logs.
    #[error("another statement stands at this position of the log")]
    Contradicted,
    /// The device is not on the account's list.
    #[error("no such device")]
    NoDevice,
    /// The device has an evidence key already, or another one has this key.
    #[error("an evidence key is for one device, and a device has one")]
    EvidenceKeyExists,
    /// Whoever says what he seals with may not seal, or whose mandate is to end has none.
    #[error("the account has no mandate to seal")]
    NoKeeper,
    /// The account may seal already, or said what it seals with, or another one seals with that.
    #[error("the account seals already, or another one does with this key")]
    KeeperExists,
    /// A guest says what no guest may say, or is to be what none may be.
    #[error("a guest may not do this")]
    Guest,
    /// The only registrar would be gone.
    #[error("the last registrar cannot be revoked")]
    LastRegistrar,
}

/// Who did what must not be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A server that delivers such a log made it up, changed it or shows another one.
    Server,
    /// The author signed it; a server that took it did not check.
    Author,
}

impl Breach {
    /// Tells whose fault it is when it is found in a log that a server delivered.
    pub fn fault(&self) -> Fault {
        match self {
            Self::Position { .. }
            | Self::Founding
            | Self::AnotherOrganisation
            | Self::AnotherServer
            | Self::UnexpectedKind
            | Self::Forged
            | Self::NoAccount
            | Self::NoInvitation
            | Self::Contradicted
            | Self::NoRenewal => Fault::Server,
            _ => Fault::Author,
        }
    }

    /// Returns the code with which a server refuses such a statement.
    pub fn problem(&self) -> ProblemCode {
        match self {
            Self::Malformed(_) | Self::Field(_) | Self::UnexpectedKind => ProblemCode::Malformed,
            Self::TooLarge => ProblemCode::TooLarge,
            Self::InvitationUsedUp
            | Self::InvitationExpired
            | Self::InvitationRevoked
            | Self::RenewalOver => ProblemCode::Gone,
            Self::AddressTaken
            | Self::AccountExists
            | Self::InvitationExists
            | Self::RenewalExists
            | Self::EvidenceKeyExists
            | Self::KeeperExists
            | Self::Version { .. }
            | Self::Chain => ProblemCode::Conflict,
            Self::NotRegistrar
            | Self::NoAccount
            | Self::NoInvitation
            | Self::AccountEnded
            | Self::NoRenewal
            | Self::NoOffice
            | Self::NoPartner
            | Self::NoDevice
            | Self::NoKeeper
            | Self::RenewalUnconfirmed
            | Self::RenewalRegistrars
            | Self::RenewalEarly
            | Self::Guest => ProblemCode::Refused,
            _ => ProblemCode::Invalid,
        }
    }
}

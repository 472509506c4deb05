//! What a statement changes.

use crate::statement::Device;
use valise_wire::{AccountId, DeviceId, InvitationId, OfficeId, OrganisationId, RenewalId, RoomId};

/// What a statement changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The organisation exists.
    Founded(OrganisationId),
    /// The account is a registrar.
    Mandated(AccountId),
    /// An invitation exists.
    Invited(InvitationId),
    /// Somebody may come into a room as a guest, or no longer.
    Pass {
        /// By which pass.
        pass: InvitationId,
        /// Into which room.
        room: RoomId,
    },
    /// The account exists.
    Joined(AccountId),
    /// The account's devices are others.
    Devices {
        /// Whose.
        account: AccountId,
        /// Those that are new.
        added: Vec<Device>,
        /// Those that are gone: their sessions end and their leaves have to leave every room.
        removed: Vec<Device>,
    },
    /// The account's profile is another.
    Profile(AccountId),
    /// The account has ended.
    Ended {
        /// Whose.
        account: AccountId,
        /// The devices that it had: their sessions end and their leaves have to leave every room.
        removed: Vec<Device>,
    },
    /// The invitation makes no more accounts.
    InvitationEnded(InvitationId),
    /// A registrar offered, or a second one confirmed, that an account gets a new key; or it came to nothing.
    Renewal(RenewalId),
    /// The organisation works with another one, in another way or no longer.
    Partner(OrganisationId),
    /// An office exists, is held by others, or is no more; or shows itself to a partner.
    Office(OfficeId),
    /// The organisation stands under another law, takes something else, or works with others.
    Laws,
    /// Deadlines are counted in another way.
    Deadlines,
    /// The account is away or here again, or on duty for other offices.
    Availability(AccountId),
    /// The account shows itself to a partner.
    Card {
        /// Who.
        account: AccountId,
        /// To whom.
        partner: OrganisationId,
    },
    /// A device of the account has its evidence key.
    EvidenceKey {
        /// Whose.
        account: AccountId,
        /// Which.
        device: DeviceId,
    },
    /// The account may seal in the organisation's name, says with what, or may no longer.
    Keeper(AccountId),
    /// Requests of the organisation need something else, or there are none, or again some.
    RequestPolicy,
    /// The account has a new key and a new device.
    Renewed {
        /// Whose.
        account: AccountId,
        /// By which offer.
        renewal: RenewalId,
        /// The new device.
        added: Vec<Device>,
        /// The devices that it had: their sessions end and their leaves have to leave every room.
        removed: Vec<Device>,
    },
}

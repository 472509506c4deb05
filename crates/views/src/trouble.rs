//! Why something was not done.

use serde::{Deserialize, Serialize};

/// Why something was not done; the interface has a sentence for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Trouble {
    /// There is no line to the server, and this cannot wait.
    Offline,
    /// The link is not one of ours, or not whole.
    BadLink,
    /// The link was used up, has expired or was taken back.
    LinkGone,
    /// The link into a group has ended, was switched off, or never was one.
    GroupLinkOver,
    /// The link is of another organisation than one's own.
    OtherOrganisation,
    /// The device in the link has moved already, to wherever the link was opened first.
    LinkUsed,
    /// What the link opens was changed or is not whole.
    BadArchive,
    /// What the link opens was made by a newer version of this program.
    NewerVersion,
    /// The code has a letter wrong, or is not whole.
    BadCode,
    /// The code is not the one that belongs to the link.
    WrongCode,
    /// There is no backup that this opens.
    NoBackup,
    /// No device waits under this code, or no longer.
    NoDeviceWaits,
    /// What was said before is still on its way to this new device; see [`crate::Command::SkipPast`].
    PastComing,
    /// There are not two registrars who could give this account a new key.
    NeedsTwoRegistrars,
    /// The account has as many devices as it can have.
    TooManyDevices,
    /// This device has moved; nothing is done on it any more.
    Moved,
    /// Files are still on their way up from this device.
    FilesUnderWay,
    /// What the server shows does not belong to the link.
    LinkMismatch,
    /// The organisation was founded already.
    AlreadyFounded,
    /// This device belongs to somebody already.
    AlreadyJoined,
    /// A name is empty, too long, or has characters that deceive.
    BadName,
    /// An address is not one, or has characters that deceive.
    BadAddress,
    /// Somebody has this address.
    AddressTaken,
    /// One has no right to this.
    NotAllowed,
    /// There is no such thing, or no longer.
    NotFound,
    /// The text is empty or longer than a message can be.
    BadText,
    /// The file is larger than the server takes.
    FileTooLarge,
    /// The server's or one's own space is used up.
    StorageFull,
    /// The last owner has to name another one first.
    LastOwner,
    /// One is the last of one's organisation in the room of a request.
    LastOfRequest,
    /// The person has no device that can be written to yet.
    NoDevice,
    /// The chat was brought over from another messenger: it is there to be read and searched.
    ImportedChat,
    /// What was chosen is no export of WhatsApp or Telegram.
    NoExport,
    /// The archive is damaged, or not whole.
    ExportDamaged,
    /// The archive needs a password.
    ExportLocked,
    /// The archive is packed in a way that is not understood.
    ExportUnknown,
    /// The archive unpacks to far more than an export holds, or has far more files: it would fill the device.
    ExportBomb,
    /// The archive names places outside of itself.
    ExportBadPath,
    /// What was chosen cannot be read any more.
    ExportGone,
    /// An export is being brought over already.
    ExportUnderWay,
    /// The server did what no server of ours does.
    ServerMisbehaved,
    /// Another office of the organisation is called so.
    OfficeNameTaken,
    /// An office is held by more people than can hold one.
    TooManyHolders,
    /// Somebody else changed the same thing meanwhile.
    Overtaken,
    /// The link was made by one's own organisation.
    OwnLink,
    /// Another organisation that is known has the same domain.
    DomainTaken,
    /// The server of the other organisation cannot be reached.
    PartnerAway,
    /// The other organisation does not take this one for a partner: not yet, or no longer.
    PartnerDisagrees,
    /// The other organisation does not say under whose law it stands, and one's own works with some alone.
    ResidencyUnsaid,
    /// One's own organisation does not work with the other one, or with those of its law.
    ResidencyOutside,
    /// An organisation does not say under whose law it stands, and the rule of the room lets some in alone. Nobody says it for a guest.
    RoomResidencyUnsaid,
    /// An organisation stands under a law that the rule of the room leaves out.
    RoomResidencyOutside,
    /// The other organisation takes no formal requests.
    RequestsNotAccepted,
    /// The other organisation's people are in no rooms with others.
    RoomsNotAccepted,
    /// These are no codes of countries, or too many, or none.
    BadJurisdictions,
    /// The time is over already, or too far away.
    BadTime,
    /// The deadline is over already, or too far away.
    BadDeadline,
    /// No way to write numbers: exactly one count, and nothing else in braces than year and office.
    BadNumbers,
    /// Somebody else would have to release another wording of a request, and cannot.
    NeedsRelease,
    /// The calendar of the organisation does not reach so far.
    CalendarEnds,
    /// Something in the calendar, or the days of reminders, cannot be so.
    BadCalendar,
    /// That cannot be done where the request stands; somebody else was first.
    OutOfPlace,
    /// More are to be asked together than can be.
    TooManyAddressees,
    /// Nobody holds the office.
    NobodyThere,
    /// This device has nothing yet to sign with what has to be proven later; it comes by itself within a minute of being on line.
    NothingToSignWith,
    /// A file of it is not on this device, and cannot be fetched now.
    FileAway,
    /// A file of it is not the one that was signed: it is not sealed in anybody's name.
    NotWhole,
    /// Nothing proves that the other organisation sent the request: nothing is done with it before somebody checked by another way.
    InDoubt,
    /// Something on this device is broken.
    Internal,
}

//! What a device asks of its server, and what it gets.
//!
//! A request goes over the WebSocket as [`crate::frame::ClientFrame`], or as the body of `POST /v1/call` when it or its
//! answer may be large ([`Request::is_bulky`]) or when there is no session yet ([`Request::is_public`]).

mod archive;
mod guest;
mod locker;
mod meeting;
mod partner;
mod people;
mod receipts;
mod renewal;
mod rooms;
mod waking;

pub use archive::*;
pub use guest::*;
pub use locker::*;
pub use meeting::*;
pub use partner::*;
pub use people::*;
pub use receipts::*;
pub use renewal::*;
pub use rooms::*;
pub use waking::*;

use crate::{choice, record};

record! {
    /// An answer that says nothing but that it was done.
    pub struct Done {}
}

record! {
    /// Asks how much room for files is left.
    pub struct GetQuota {}
}
record! {
    /// Room for files.
    pub struct Quota {
        /// Bytes that the account has stored.
        pub used_bytes: u64,
        /// Bytes that it may store.
        pub limit_bytes: u64,
        /// Bytes that one file may have.
        pub file_limit_bytes: u64,
    }
}

choice! {
    /// Everything that a device can ask.
    pub enum Request {
        /// → [`OrganisationRecord`]
        0 => GetOrganisation(GetOrganisation),
        /// → [`Done`]
        1 => Found(Found),
        /// → [`InvitationRecord`]
        2 => GetInvitation(GetInvitation),
        /// → [`Done`]
        3 => Join(Join),
        /// → [`Challenge`]
        4 => GetChallenge(GetChallenge),
        /// → [`Session`]
        5 => SignIn(SignIn),
        /// → [`DirectoryPage`]
        6 => ReadEnding(ReadEnding),
        /// → [`DirectoryPage`]
        7 => ReadReturning(ReadReturning),
        /// → [`Done`]
        8 => Return(Return),
        /// → [`DirectoryPage`]
        10 => ReadDirectory(ReadDirectory),
        /// → [`Published`]
        11 => Publish(Publish),
        /// → [`Done`]
        20 => PublishKeyPackages(PublishKeyPackages),
        /// → [`ClaimedKeyPackages`]
        21 => ClaimKeyPackages(ClaimKeyPackages),
        /// → [`Done`]
        30 => CreateRoom(CreateRoom),
        /// → [`Accepted`]
        31 => Commit(Commit),
        /// → [`Accepted`]
        32 => Send(Send),
        /// → [`Accepted`]
        33 => Propose(Propose),
        /// → [`EventPage`]
        34 => ReadEvents(ReadEvents),
        /// → [`GroupState`]
        35 => GetGroupInfo(GetGroupInfo),
        /// → [`Done`]
        36 => Signal(Signal),
        /// → [`GroupState`]
        37 => GetGroupByLink(GetGroupByLink),
        /// → [`Accepted`]
        38 => JoinByLink(JoinByLink),
        /// → [`SyncState`]
        40 => Sync(Sync),
        /// → [`InboxPage`]
        41 => ReadInbox(ReadInbox),
        /// → [`Done`]
        42 => ClearInbox(ClearInbox),
        /// → [`Quota`]
        50 => GetQuota(GetQuota),
        /// → [`Done`]
        60 => KeepArchive(KeepArchive),
        /// → [`ArchivePart`]
        61 => TakeArchive(TakeArchive),
        /// → [`Done`]
        62 => ForgetArchive(ForgetArchive),
        /// → [`Done`]
        63 => PutLocker(PutLocker),
        /// → [`LockerPart`]
        64 => ReadLocker(ReadLocker),
        /// → [`Done`]
        65 => EmptyLocker(EmptyLocker),
        /// → [`Done`]
        66 => KeepReturns(KeepReturns),
        /// → [`Done`]
        70 => PutNote(PutNote),
        /// → [`Note`]
        71 => ReadNote(ReadNote),
        /// → [`RenewalDelay`]
        72 => GetRenewalDelay(GetRenewalDelay),
        /// → [`DirectoryPage`]
        73 => ReadRenewal(ReadRenewal),
        /// → [`Done`]
        74 => Renew(Renew),
        /// → [`AccountRooms`]
        75 => GetRooms(GetRooms),
        /// → [`PushKey`]
        80 => GetPushKey(GetPushKey),
        /// → [`Done`]
        81 => KeepSubscription(KeepSubscription),
        /// → [`Done`]
        82 => ForgetSubscription(ForgetSubscription),
        /// → [`Done`]
        90 => OfferPartnership(OfferPartnership),
        /// → [`OrganisationRecord`]
        91 => MeetPartner(MeetPartner),
        /// → [`Done`]
        92 => Introduce(Introduce),
        /// → [`Introductions`]
        93 => GetIntroductions(GetIntroductions),
        /// → [`ForeignPage`]
        94 => ReadForeign(ReadForeign),
        /// → [`FoundForeign`]
        95 => FindForeign(FindForeign),
        /// → [`Done`]
        96 => ReadForeignOffices(ReadForeignOffices),
        /// → [`Receipts`]
        97 => GetReceipts(GetReceipts),
        /// → [`TimeToken`]
        98 => GetTimeToken(GetTimeToken),
        /// → [`Channel`]
        99 => GetChannel(GetChannel),
        /// → [`PassLook`]
        100 => LookAtPass(LookAtPass),
    }
}

impl Request {
    /// Tells whether the request needs no session.
    pub fn is_public(&self) -> bool {
        Self::is_public_kind(self.number())
    }

    /// Tells of a request's number whether such a request needs no session: to get to know the organisation and its server, to come
    /// in, to hear of one's end, to come back, to get a new key, to take what moves or was kept, and to meet.
    pub const fn is_public_kind(number: u64) -> bool {
        matches!(number, 0..=8 | 61 | 64 | 70 | 71 | 73 | 74 | 99 | 100)
    }

    /// Tells whether the request or its answer may be larger than a WebSocket frame should be.
    pub fn is_bulky(&self) -> bool {
        match self {
            Self::ReadDirectory(_)
            | Self::ReadForeign(_)
            | Self::GetReceipts(_)
            | Self::GetTimeToken(_)
            | Self::GetRooms(_)
            | Self::PublishKeyPackages(_)
            | Self::ClaimKeyPackages(_)
            | Self::CreateRoom(_)
            | Self::Commit(_)
            | Self::ReadEvents(_)
            | Self::GetGroupInfo(_)
            | Self::GetGroupByLink(_)
            | Self::JoinByLink(_)
            | Self::Publish(_)
            | Self::ReadInbox(_)
            | Self::KeepArchive(_)
            | Self::PutLocker(_) => true,
            Self::Send(send) => send.message.len() > crate::frame::MAX_FRAME_BYTES / 2,
            _ => self.is_public(),
        }
    }
}

choice! {
    /// Every answer.
    pub enum Reply {
        /// It was done.
        0 => Done(Done),
        /// To [`GetOrganisation`].
        1 => Organisation(OrganisationRecord),
        /// To [`GetInvitation`].
        2 => Invitation(InvitationRecord),
        /// To [`GetChallenge`].
        4 => Challenge(Challenge),
        /// To [`SignIn`].
        5 => Session(Session),
        /// To [`ReadDirectory`], [`ReadEnding`], [`ReadReturning`] and [`ReadRenewal`].
        10 => Directory(DirectoryPage),
        /// To [`Publish`].
        11 => Published(Published),
        /// To [`ClaimKeyPackages`].
        21 => KeyPackages(ClaimedKeyPackages),
        /// To [`Commit`], [`Send`], [`Propose`] and [`JoinByLink`].
        31 => Accepted(Accepted),
        /// To [`ReadEvents`].
        34 => Events(EventPage),
        /// To [`GetGroupInfo`] and [`GetGroupByLink`].
        35 => Group(GroupState),
        /// To [`Sync`].
        40 => Sync(SyncState),
        /// To [`ReadInbox`].
        41 => Inbox(InboxPage),
        /// To [`GetQuota`].
        50 => Quota(Quota),
        /// To [`TakeArchive`].
        61 => ArchivePart(ArchivePart),
        /// To [`ReadLocker`].
        64 => LockerPart(LockerPart),
        /// To [`ReadNote`].
        71 => Note(Note),
        /// To [`GetRenewalDelay`].
        72 => RenewalDelay(RenewalDelay),
        /// To [`GetRooms`].
        75 => Rooms(AccountRooms),
        /// To [`GetPushKey`].
        80 => PushKey(PushKey),
        /// To [`GetIntroductions`].
        93 => Introductions(Introductions),
        /// To [`ReadForeign`].
        94 => Foreign(ForeignPage),
        /// To [`FindForeign`].
        95 => FoundForeign(FoundForeign),
        /// To [`GetReceipts`].
        97 => Receipts(Receipts),
        /// To [`GetTimeToken`].
        98 => TimeToken(TimeToken),
        /// To [`GetChannel`].
        99 => Channel(Channel),
        /// To [`LookAtPass`].
        100 => PassLook(PassLook),
    }
}

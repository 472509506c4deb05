//! What a device asks of its server, and what it gets.
//!
//! A request goes over the WebSocket as [`crate::frame::ClientFrame`], or as the body of `POST /v1/call` when it or its
//! answer may be large ([`Request::is_bulky`]) or when there is no session yet ([`Request::is_public`]).

use crate::push::Event;
use crate::statement::{LogEntry, SignedStatement, StatementKind};
use crate::{
    AccountId, ArchiveId, DeviceId, InvitationId, Octets, RoomId, Timestamp, TransactionId, choice,
    record,
};

/// Most events that one [`ReadEvents`] may ask for.
pub const MAX_EVENTS_PER_READ: u32 = 500;

/// Most bytes of events in one [`EventPage`]; at least one event is always returned.
pub const MAX_EVENT_PAGE_BYTES: usize = 2 << 20;

/// Most bytes of one application message, as it is sent.
pub const MAX_MESSAGE_BYTES: usize = 96 << 10;

/// Most bytes of one commit, group information or welcome.
pub const MAX_HANDSHAKE_BYTES: usize = 6 << 20;

/// Most one-time key packages that a device keeps at the server.
pub const MAX_KEY_PACKAGES: usize = 100;

/// Most bytes of one part of an archive.
pub const MAX_ARCHIVE_PART_BYTES: usize = 256 << 10;

/// Most parts of one archive: 64 MiB in all.
pub const MAX_ARCHIVE_PARTS: u32 = 256;

record! {
    /// An answer that says nothing but that it was done.
    pub struct Done {}
}

record! {
    /// Asks who runs this server. Public.
    pub struct GetOrganisation {}
}
record! {
    /// Who runs this server, as far as it says itself: a client believes what it can verify against its link.
    pub struct OrganisationRecord {
        /// Domain under which the server's people have their addresses.
        pub domain: String,
        /// The organisation statement, once it was founded.
        pub statement: Option<SignedStatement>,
        /// Ed25519 key with which the hub proposes removals; an external sender of every room (RFC 9420 §12.1.8).
        pub hub_key: [u8; 32],
        /// Names this state of the server's store; another value means that a backup was restored.
        pub generation: [u8; 16],
    }
}

record! {
    /// Founds the organisation with the code of the set-up link. Public; works once.
    pub struct Found {
        /// Code of the set-up link.
        pub setup_code: Octets,
        /// Organisation, mandate, invitation, account, device list and profile of the first registrar, in this order.
        pub statements: Vec<SignedStatement>,
    }
}

record! {
    /// Asks what an invitation invites to. Public.
    pub struct GetInvitation {
        /// The invitation of a link.
        pub invitation: InvitationId,
    }
}
record! {
    /// What is needed to check an invitation against the link: every statement on the way to it.
    pub struct InvitationRecord {
        /// Organisation, the registrar's mandate, invitation, and the inviter's profile if there is one.
        pub statements: Vec<SignedStatement>,
    }
}

record! {
    /// Makes an account out of an invitation. Public. Repeating it with the same statements changes nothing.
    pub struct Join {
        /// The invitation that is used.
        pub invitation: InvitationId,
        /// Account (signed by the invitation key), device list and profile (signed by the account key), in this order.
        pub statements: Vec<SignedStatement>,
    }
}

record! {
    /// Asks for a number to sign. Public.
    pub struct GetChallenge {}
}
record! {
    /// A number that can be signed once, within a minute.
    pub struct Challenge {
        /// Random.
        pub nonce: [u8; 32],
    }
}
record! {
    /// Starts a session. Public.
    pub struct SignIn {
        /// Whose device it is.
        pub account: AccountId,
        /// Which device it is.
        pub device: DeviceId,
        /// The challenge.
        pub nonce: [u8; 32],
        /// Ed25519 by the device key over the label of sign-in, the server's domain, the ids and the nonce.
        pub signature: [u8; 64],
    }
}
record! {
    /// Asks for the organisation's log up to the end of an account: nobody of that account has a session any more. Public.
    pub struct ReadEnding {
        /// Whose end.
        pub account: AccountId,
        /// Position after which to begin; 0 for all.
        pub after: u64,
        /// The challenge.
        pub nonce: [u8; 32],
        /// Ed25519 by the account's key over the label of endings, organisation, domain, account, `after` and nonce.
        pub signature: [u8; 64],
    }
}
record! {
    /// A session of 15 minutes.
    pub struct Session {
        /// Bearer token.
        pub token: [u8; 32],
        /// End of the session.
        pub expires_at: Timestamp,
    }
}

record! {
    /// Reads the organisation's log.
    pub struct ReadDirectory {
        /// Position after which to begin; 0 for all.
        pub after: u64,
    }
}
record! {
    /// A part of the organisation's log.
    pub struct DirectoryPage {
        /// In the order of the log, without gaps.
        pub entries: Vec<LogEntry>,
        /// Last position of the whole log.
        pub head: u64,
    }
}
record! {
    /// Appends a statement to the organisation's log. The same statement again returns the first position.
    pub struct Publish {
        /// What to say; its signature decides whether it may be said.
        pub statement: SignedStatement,
    }
}
record! {
    /// Where a statement stands.
    pub struct Published {
        /// Position in the log.
        pub position: u64,
        /// What kind it was, so that an answer meant for another request is noticed.
        pub kind: StatementKind,
    }
}

record! {
    /// Hands over key packages for others to add this device with.
    pub struct PublishKeyPackages {
        /// Each is given out once.
        pub one_time: Vec<Octets>,
        /// Given out when the others are used up; replaces the former one.
        pub last_resort: Option<Octets>,
    }
}
record! {
    /// Takes one key package of every device of some accounts.
    pub struct ClaimKeyPackages {
        /// Whom to add.
        pub accounts: Vec<AccountId>,
    }
}
record! {
    /// A key package of one device.
    pub struct ClaimedKeyPackage {
        /// Whose device.
        pub account: AccountId,
        /// Which device.
        pub device: DeviceId,
        /// MLS key package message.
        pub key_package: Octets,
    }
}
record! {
    /// What could be claimed; devices without any are missing.
    pub struct ClaimedKeyPackages {
        /// One each.
        pub packages: Vec<ClaimedKeyPackage>,
    }
}

record! {
    /// Makes a room with its creator alone in it. The same request again changes nothing.
    pub struct CreateRoom {
        /// Chosen at random by the creator.
        pub room: RoomId,
        /// MLS GroupInfo message of epoch 0, without the tree.
        pub group_info: Octets,
        /// Ratchet tree of epoch 0.
        pub tree: Octets,
    }
}
record! {
    /// Changes a room's group: who is in it, its policy, or keys. Accepted at one epoch once.
    pub struct Commit {
        /// Where.
        pub room: RoomId,
        /// Names this commit: a repetition gets the first answer.
        pub transaction: TransactionId,
        /// Epoch that the commit ends.
        pub epoch: u64,
        /// MLS PublicMessage.
        pub commit: Octets,
        /// MLS GroupInfo message of the new epoch, without the tree, for those who have to come back.
        pub group_info: Octets,
        /// MLS Welcome message with the tree in it, when somebody was added.
        pub welcome: Option<Octets>,
    }
}
record! {
    /// Proposes to leave (SelfRemove). Somebody else commits it.
    pub struct Propose {
        /// Where.
        pub room: RoomId,
        /// Names this proposal.
        pub transaction: TransactionId,
        /// Epoch in which it is meant.
        pub epoch: u64,
        /// MLS PublicMessage.
        pub proposal: Octets,
    }
}
record! {
    /// Sends an application message.
    pub struct Send {
        /// Where.
        pub room: RoomId,
        /// Names this message: a repetition gets the first answer.
        pub transaction: TransactionId,
        /// Epoch in which it was encrypted.
        pub epoch: u64,
        /// MLS PrivateMessage.
        pub message: Octets,
    }
}
record! {
    /// A place in a room's log, durable on the server.
    pub struct Accepted {
        /// Where.
        pub room: RoomId,
        /// Counts from 1 without gaps.
        pub seq: u64,
        /// SHA-256 of the event's body: an answer to another request is noticed by it.
        pub digest: [u8; 32],
        /// The hub's clock.
        pub at: Timestamp,
    }
}

record! {
    /// Reads a room's log.
    pub struct ReadEvents {
        /// Where.
        pub room: RoomId,
        /// Number after which to begin.
        pub after: u64,
        /// How many, at most [`MAX_EVENTS_PER_READ`].
        pub limit: u32,
    }
}
record! {
    /// A part of a room's log.
    pub struct EventPage {
        /// Where.
        pub room: RoomId,
        /// In order, without gaps.
        pub events: Vec<Event>,
        /// Last number of what this device may read.
        pub head: u64,
    }
}
record! {
    /// Asks for what is needed to come back into a room by an external commit.
    pub struct GetGroupInfo {
        /// Where.
        pub room: RoomId,
    }
}
record! {
    /// The public state of a room's group.
    pub struct GroupState {
        /// Where.
        pub room: RoomId,
        /// Number of the event that made this state.
        pub seq: u64,
        /// Chain hash of the log up to and including `seq`.
        pub chain: [u8; 32],
        /// MLS GroupInfo message without the tree.
        pub group_info: Octets,
        /// Ratchet tree.
        pub tree: Octets,
        /// Proposals of this epoch that nobody has committed.
        pub proposals: Vec<Octets>,
    }
}
record! {
    /// Tells the others in a room something that is worth nothing in a minute (typing). Never stored.
    pub struct Signal {
        /// Where.
        pub room: RoomId,
        /// Sealed under the room's epoch.
        pub sealed: Octets,
    }
}

record! {
    /// Asks where everything stands and subscribes this connection to all that follows.
    pub struct Sync {}
}
record! {
    /// Where one room stands.
    pub struct RoomHead {
        /// Which.
        pub room: RoomId,
        /// Last number that this device may read.
        pub head: u64,
        /// Whether the device is still a member.
        pub active: bool,
    }
}
record! {
    /// Where everything stands for this device.
    pub struct SyncState {
        /// Names the state of the server's store, as in [`OrganisationRecord`].
        pub generation: [u8; 16],
        /// Rooms of the device.
        pub rooms: Vec<RoomHead>,
        /// Last position of the device's inbox.
        pub inbox_head: u64,
        /// Last position of the organisation's log.
        pub directory_head: u64,
        /// One-time key packages that are left.
        pub key_packages: u32,
        /// The server's clock.
        pub now: Timestamp,
    }
}
record! {
    /// Reads the device's inbox: welcomes, which belong to no room it is in.
    pub struct ReadInbox {
        /// Position after which to begin.
        pub after: u64,
    }
}
record! {
    /// An invitation into a room's group.
    pub struct InboxItem {
        /// Counts up.
        pub position: u64,
        /// Which room.
        pub room: RoomId,
        /// Number of the commit that added the device.
        pub seq: u64,
        /// Chain hash of the log up to and including `seq`.
        pub chain: [u8; 32],
        /// MLS Welcome message.
        pub welcome: Octets,
    }
}
record! {
    /// A part of the inbox.
    pub struct InboxPage {
        /// In order.
        pub items: Vec<InboxItem>,
        /// Last position of the inbox.
        pub head: u64,
    }
}
record! {
    /// Says that everything up to a position was taken and may be forgotten.
    pub struct ClearInbox {
        /// Last position that was taken.
        pub up_to: u64,
    }
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

record! {
    /// Keeps a part of the sealed archive in which this device moves. Its first part begins it; the same part again changes
    /// nothing. Of archives that nobody claimed a device has four at most: the oldest goes first.
    pub struct KeepArchive {
        /// Chosen at random by the device.
        pub archive: ArchiveId,
        /// Which part, from 0; each has [`MAX_ARCHIVE_PART_BYTES`] but the last.
        pub part: u32,
        /// How many there are, at most [`MAX_ARCHIVE_PARTS`].
        pub parts: u32,
        /// The bytes.
        pub body: Octets,
    }
}
record! {
    /// Takes a part of an archive. Public: whoever knows the name may. The first claim is the only one that is served;
    /// without a claim only part 0 can be looked at, and only before there is one.
    pub struct TakeArchive {
        /// Which archive.
        pub archive: ArchiveId,
        /// Chosen at random by whoever takes it, and the same for every part and every repetition.
        pub claim: Option<[u8; 16]>,
        /// Which part.
        pub part: u32,
    }
}
record! {
    /// A part of an archive.
    pub struct ArchivePart {
        /// How many there are.
        pub parts: u32,
        /// The bytes.
        pub body: Octets,
    }
}
record! {
    /// Forgets what an archive of this device holds: it has arrived. Its name stays used.
    pub struct ForgetArchive {
        /// Which archive.
        pub archive: ArchiveId,
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
    }
}

impl Request {
    /// Tells whether the request needs no session.
    pub fn is_public(&self) -> bool {
        matches!(
            self,
            Self::GetOrganisation(_)
                | Self::Found(_)
                | Self::GetInvitation(_)
                | Self::Join(_)
                | Self::GetChallenge(_)
                | Self::SignIn(_)
                | Self::TakeArchive(_)
                | Self::ReadEnding(_)
        )
    }

    /// Tells whether the request or its answer may be larger than a WebSocket frame should be.
    pub fn is_bulky(&self) -> bool {
        match self {
            Self::ReadDirectory(_)
            | Self::PublishKeyPackages(_)
            | Self::ClaimKeyPackages(_)
            | Self::CreateRoom(_)
            | Self::Commit(_)
            | Self::ReadEvents(_)
            | Self::GetGroupInfo(_)
            | Self::Publish(_)
            | Self::ReadInbox(_)
            | Self::KeepArchive(_) => true,
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
        /// To [`ReadDirectory`] and [`ReadEnding`].
        10 => Directory(DirectoryPage),
        /// To [`Publish`].
        11 => Published(Published),
        /// To [`ClaimKeyPackages`].
        21 => KeyPackages(ClaimedKeyPackages),
        /// To [`Commit`], [`Send`] and [`Propose`].
        31 => Accepted(Accepted),
        /// To [`ReadEvents`].
        34 => Events(EventPage),
        /// To [`GetGroupInfo`].
        35 => Group(GroupState),
        /// To [`Sync`].
        40 => Sync(SyncState),
        /// To [`ReadInbox`].
        41 => Inbox(InboxPage),
        /// To [`GetQuota`].
        50 => Quota(Quota),
        /// To [`TakeArchive`].
        61 => ArchivePart(ArchivePart),
    }
}

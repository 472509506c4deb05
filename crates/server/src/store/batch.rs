//! What one commit of the store does.

use super::{Appended, ArchiveRow, Bound, Observed, Setting, Share, SubscriptionRow};
use valise_evidence::Event;
use valise_wire::partner::Introduction;
use valise_wire::push::EventKind;
use valise_wire::request::{ClaimedKeyPackage, InboxItem};
use valise_wire::statement::{LogEntry, SignedStatement};
use valise_wire::{
    AccountId, ArchiveId, DeviceId, InvitationId, LockerId, Octets, OrganisationId, RoomId,
    Timestamp, TransactionId,
};

/// Something that must be so when the batch is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assertion {
    /// No room has this name.
    RoomAbsent(RoomId),
    /// The room's group is in this epoch.
    Epoch(RoomId, u64),
    /// The hub has no removal waiting in the room.
    NothingPending(RoomId),
    /// The organisation's log ends here.
    DirectoryHead(u64),
    /// The inbox of the device holds fewer items than this.
    InboxBelow(DeviceId, u32),
    /// The device has fewer one-time key packages than this.
    KeyPackagesBelow(DeviceId, u32),
    /// An archive of this name is claimed by nobody, or by this claim.
    ArchiveClaim(ArchiveId, Option<[u8; 16]>),
    /// A locker is empty or this account's.
    LockerOwner(LockerId, AccountId),
    /// This part of a locker has this SHA-256.
    LockerHolds(LockerId, u32, [u8; 32]),
    /// The log of a room ends here.
    RoomHead(RoomId, u64),
    /// Nothing was noted of a signed thing in a room.
    Unnoted(RoomId, [u8; 32]),
    /// Something signed was noted in the room before.
    Noted(RoomId),
    /// A partner has no more than it may, with what comes now.
    Within(Bound),
}

/// One event to append; the store gives it the room's next number.
#[derive(Debug, Clone)]
pub struct Append {
    /// Where.
    pub room: RoomId,
    /// What the body is.
    pub kind: EventKind,
    /// The hub's clock.
    pub at: Timestamp,
    /// Who wants it done once, and under which name. A repetition gets the first answer and the batch does nothing.
    pub once: Option<(DeviceId, TransactionId)>,
    /// SHA-256 of the body.
    pub digest: [u8; 32],
    /// MLS message.
    pub body: Octets,
}

/// A room that lives on another server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed {
    /// Which.
    pub room: RoomId,
    /// On whose server.
    pub hub: OrganisationId,
    /// Number after which it is followed.
    pub after: u64,
    /// Chain hash up to there.
    pub chain: [u8; 32],
}

/// The new public state of a room's group. `seq` and chain are those of the room after the batch's last append.
#[derive(Debug, Clone)]
pub struct GroupChange {
    /// Where.
    pub room: RoomId,
    /// The new epoch.
    pub epoch: u64,
    /// State of the hub.
    pub state: Vec<u8>,
    /// MLS GroupInfo message without the tree.
    pub group_info: Vec<u8>,
}

/// A device that comes into a room or leaves it with the batch's last append to the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberChange {
    /// It comes.
    Added(DeviceId, AccountId),
    /// It leaves.
    Removed(DeviceId),
}

/// One thing that a batch does.
#[derive(Debug, Clone)]
pub enum Entry {
    /// Makes an empty room.
    CreateRoom(RoomId),
    /// Appends an event.
    Append(Append),
    /// Moves a room's group.
    Group(GroupChange),
    /// Replaces the state of a room's group inside its epoch, for a proposal that waits.
    GroupState(RoomId, Vec<u8>),
    /// Changes who is in a room.
    Member(RoomId, MemberChange),
    /// Adds to the number of removals that wait in a room; a change of the group sets it to zero.
    Pending(RoomId, u32),
    /// Puts one welcome into the inboxes of some devices, with the room's number and chain.
    Welcome(RoomId, Vec<DeviceId>, Octets),
    /// Forgets a device's inbox up to a position.
    ClearInbox(DeviceId, u64),
    /// Appends a statement to the organisation's log.
    Statement(SignedStatement),
    /// Hands over one-time key packages of a device.
    KeyPackages(DeviceId, Vec<Octets>),
    /// Replaces a device's key package of last resort.
    LastResort(DeviceId, Octets),
    /// Takes one key package of each device; a device without any is left out.
    Claim(Vec<(AccountId, DeviceId)>),
    /// Makes an archive of a device, in place of one of this name that nobody claimed; of those that nobody claimed, only its newest four stay.
    BeginArchive(ArchiveId, ArchiveRow),
    /// Keeps a part of an archive in place of the part of this number.
    ArchivePart(ArchiveId, u32, Octets),
    /// Reserves an archive for whoever shows this claim.
    ClaimArchive(ArchiveId, [u8; 16]),
    /// Forgets what an archive holds, and keeps its name.
    EmptyArchive(ArchiveId),
    /// Puts a part into a locker of an account, in place of the part of this number.
    LockerPart(LockerId, AccountId, u32, Octets),
    /// Empties a locker.
    EmptyLocker(LockerId),
    /// Keeps the digests of words by which an account's person may come back, in place of those that this device kept before.
    Returns(AccountId, DeviceId, Vec<[u8; 32]>),
    /// Forgets all such words of an account.
    ForgetReturns(AccountId),
    /// Empties all lockers of an account that ended.
    ForgetLockers(AccountId),
    /// Keeps how a device is woken, in place of what was kept before, or forgets it.
    Subscription(DeviceId, Option<SubscriptionRow>),
    /// Forgets the inbox, key packages, archives and push subscription of a device that ended.
    ForgetDevice(DeviceId),
    /// Keeps a statement of another organisation.
    Foreign(OrganisationId, LogEntry),
    /// Follows a room of another server.
    Follow(Followed),
    /// Forgets what was followed of a room behind a number, which its hub has lost: events, and who came and went by them. The chain hash
    /// is that up to there.
    SetBack(RoomId, u64, [u8; 32]),
    /// Puts a welcome that a hub carried here into the inbox of a device: number, chain and position there stand in the item.
    Carried(OrganisationId, DeviceId, InboxItem),
    /// Lets a partner follow a room from where its log ends now.
    Follower(RoomId, OrganisationId),
    /// Lets a partner follow it no further than where its log ends now.
    FollowerLeft(RoomId, OrganisationId),
    /// Remembers how far a partner has a room's log.
    FollowerHas(RoomId, OrganisationId, u64),
    /// Remembers that a partner was shown somebody.
    Shown(OrganisationId, AccountId),
    /// Remembers how far a partner was told of them.
    Told(OrganisationId, u64),
    /// Counts what a partner took of a share of the day, which is in days since 1970. What is kept counts itself.
    Counted(OrganisationId, Share, u64, u64),
    /// Takes one key package of each device for a partner, on this day. Above this many a day of one device it gets the one of last
    /// resort, so that it leaves some for others.
    ClaimFor(OrganisationId, u64, u64, Vec<(AccountId, DeviceId)>),
    /// Moves an item of a device's inbox behind all others, by its position.
    Behind(DeviceId, u64),
    /// Lets another organisation introduce itself by this key until then; the last is now.
    Offer([u8; 32], Timestamp, Timestamp),
    /// Keeps an introduction.
    Introduced(Introduction),
    /// Notes that the batch's last append to the room is a message with a signed thing, unless it was noted before.
    Took(RoomId, Observed),
    /// Notes what else was seen of a message with a signed thing, unless it was noted before.
    Observed(RoomId, Observed),
    /// Keeps a receipt of something that was noted; of two the first stays.
    Receipt(RoomId, [u8; 32], Event, Octets),
    /// Counts a wrong code with which somebody tried to come by a guest's pass.
    WrongCode(InvitationId),
    /// Writes or removes a setting.
    Setting(Setting, Option<Vec<u8>>),
}

/// What is done, in the order of commits, once a batch is durable and before its author is answered.
pub type Then = Box<dyn FnOnce(&Committed) + Send>;

/// What one commit does: nothing unless every assertion holds.
#[derive(Default)]
pub struct Batch {
    /// What must be so.
    pub asserts: Vec<Assertion>,
    /// What is done, in order.
    pub entries: Vec<Entry>,
    /// What follows.
    pub then: Option<Then>,
}

impl Batch {
    /// Makes a batch that asserts and does nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds something that must be so.
    pub fn assert(mut self, assertion: Assertion) -> Self {
        self.asserts.push(assertion);
        self
    }

    /// Adds something to do.
    pub fn entry(mut self, entry: Entry) -> Self {
        self.entries.push(entry);
        self
    }

    /// Says what follows. It runs on the store's writer: it must be quick and must not call the store.
    pub fn then(mut self, then: impl FnOnce(&Committed) + Send + 'static) -> Self {
        self.then = Some(Box::new(then));
        self
    }
}

/// What a batch did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Committed {
    /// Places of the appended events, in order.
    pub appended: Vec<Appended>,
    /// Positions of the appended statements, in order.
    pub statements: Vec<u64>,
    /// New heads of the inboxes that got a welcome.
    pub inboxes: Vec<(DeviceId, u64)>,
    /// Key packages that were taken.
    pub claimed: Vec<ClaimedKeyPackage>,
}

/// How a batch ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done(Committed),
    /// Its event stood in the log already: nothing was done, and this was the first answer.
    Repeated(Appended),
}

//! What the server remembers.
//!
//! Reads are named verbs; the one write is [`Store::commit`]: a [`Batch`] that is durable as a whole before anybody is
//! answered, or not done at all. Whatever a decision relied on, its batch asserts again inside the transaction.

mod batch;
#[cfg(test)]
mod conformance;
mod rows;
mod sqlite;

pub use batch::{
    Append, Assertion, Batch, Committed, Entry, Followed, GroupChange, MemberChange, Outcome, Then,
};
pub use rows::{
    Appended, ArchiveRow, Bound, DeviceHeads, FollowerRow, GroupRow, LockerUse, MemberRow,
    Observed, PartnerUse, RoomRow, Setting, Share, Span, SubscriptionRow,
};

pub use sqlite::{OpenError, SqliteStore, renew_generation};

use std::future::Future;
use thiserror::Error;
use valise_wire::partner::Introduction;
use valise_wire::push::Event;
use valise_wire::request::{ForeignEntry, InboxPage, RoomHead};
use valise_wire::statement::LogEntry;
use valise_wire::{
    AccountId, ArchiveId, DeviceId, InvitationId, LockerId, Octets, OrganisationId, RequestId,
    RoomId, Timestamp, TransactionId,
};

/// Why a batch was not done, or a read not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum StoreError {
    /// What the decision relied on is no longer so; nothing was done.
    #[error("an assertion does not hold: {0:?}")]
    Failed(Assertion),
    /// No space is left; nothing was done, and reads go on.
    #[error("no space is left")]
    Full,
    /// The store cannot promise durability any more and takes nothing until the process is started again.
    #[error("the store is out of service")]
    OutOfService,
    /// What was read is not what was written.
    #[error("the store holds something that cannot be read")]
    Corrupt,
}

/// A store, as the service sees it. `conformance` says what each verb promises.
pub trait Store: Send + Sync + 'static {
    /// Makes a batch durable, whole or not at all, after every batch that was handed over before.
    fn commit(&self, batch: Batch) -> impl Future<Output = Result<Outcome, StoreError>> + Send;

    /// Tells whether commits are possible; false after a failed write to disk.
    fn is_in_service(&self) -> bool;

    /// Reads a setting.
    fn setting(
        &self,
        setting: Setting,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>> + Send;

    /// Reads the organisation's log after a position, at most `limit` entries.
    fn statements(
        &self,
        after: u64,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<LogEntry>, StoreError>> + Send;

    /// Reads where a room stands.
    fn room(
        &self,
        room: RoomId,
    ) -> impl Future<Output = Result<Option<RoomRow>, StoreError>> + Send;

    /// Reads who is in a room now.
    fn members(
        &self,
        room: RoomId,
    ) -> impl Future<Output = Result<Vec<MemberRow>, StoreError>> + Send;

    /// Reads the public state of a room's group.
    fn group(
        &self,
        room: RoomId,
    ) -> impl Future<Output = Result<Option<GroupRow>, StoreError>> + Send;

    /// Finds the first answer to something that a device wanted done once.
    fn accepted(
        &self,
        room: RoomId,
        device: DeviceId,
        transaction: TransactionId,
    ) -> impl Future<Output = Result<Option<Appended>, StoreError>> + Send;

    /// Reads when a device was a member of a room, oldest span first.
    fn spans(
        &self,
        room: RoomId,
        device: DeviceId,
    ) -> impl Future<Output = Result<Vec<Span>, StoreError>> + Send;

    /// Reads a room's events `after < seq <= up_to`: at most `limit`, and no more than `max_bytes` of bodies beyond the first.
    fn events(
        &self,
        room: RoomId,
        after: u64,
        up_to: u64,
        limit: u32,
        max_bytes: usize,
    ) -> impl Future<Output = Result<Vec<Event>, StoreError>> + Send;

    /// Reads every room that a device is or was in.
    fn rooms_of_device(
        &self,
        device: DeviceId,
    ) -> impl Future<Output = Result<Vec<RoomHead>, StoreError>> + Send;

    /// Reads every room in which a device is a member now.
    fn rooms_with(
        &self,
        account: AccountId,
    ) -> impl Future<Output = Result<Vec<RoomId>, StoreError>> + Send;

    /// Reads a device's inbox after a position, no more than `max_bytes` of welcomes beyond the first.
    fn inbox(
        &self,
        device: DeviceId,
        after: u64,
        max_bytes: usize,
    ) -> impl Future<Output = Result<InboxPage, StoreError>> + Send;

    /// Reads where a device stands outside of rooms.
    fn device_heads(
        &self,
        device: DeviceId,
    ) -> impl Future<Output = Result<DeviceHeads, StoreError>> + Send;

    /// Reads how it stands with an archive.
    fn archive(
        &self,
        archive: ArchiveId,
    ) -> impl Future<Output = Result<Option<ArchiveRow>, StoreError>> + Send;

    /// Reads how every device is woken that can be.
    fn subscriptions(
        &self,
    ) -> impl Future<Output = Result<Vec<(DeviceId, SubscriptionRow)>, StoreError>> + Send;

    /// Reads a part of an archive.
    fn archive_part(
        &self,
        archive: ArchiveId,
        part: u32,
    ) -> impl Future<Output = Result<Option<Octets>, StoreError>> + Send;

    /// Reads a part of a locker.
    fn locker_part(
        &self,
        locker: LockerId,
        part: u32,
    ) -> impl Future<Output = Result<Option<Octets>, StoreError>> + Send;

    /// Reads how much an account has in lockers.
    fn locker_use(
        &self,
        account: AccountId,
    ) -> impl Future<Output = Result<LockerUse, StoreError>> + Send;

    /// Reads the digests of words by which an account's person may come back.
    fn returns(
        &self,
        account: AccountId,
    ) -> impl Future<Output = Result<Vec<[u8; 32]>, StoreError>> + Send;

    /// Reads what was shown of other organisations after a place in the order in which it came, at most `limit` entries.
    fn foreign(
        &self,
        after: u64,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<ForeignEntry>, StoreError>> + Send;

    /// Reads which rooms live on the servers of others, and on whose.
    fn followed(
        &self,
    ) -> impl Future<Output = Result<Vec<(RoomId, OrganisationId)>, StoreError>> + Send;

    /// Reads which rooms of this server a partner follows, and how far.
    fn followers(
        &self,
        partner: OrganisationId,
    ) -> impl Future<Output = Result<Vec<FollowerRow>, StoreError>> + Send;

    /// Reads which devices came into a room or left it by events `after < seq <= up_to`: number, device, account, and whether it came.
    fn moved(
        &self,
        room: RoomId,
        after: u64,
        up_to: u64,
    ) -> impl Future<Output = Result<Vec<(u64, DeviceId, AccountId, bool)>, StoreError>> + Send;

    /// Reads which devices have something in their inboxes.
    fn waiting(&self) -> impl Future<Output = Result<Vec<DeviceId>, StoreError>> + Send;

    /// Reads the last position of a device's inbox at a hub from which a welcome came.
    fn carried(
        &self,
        device: DeviceId,
        hub: OrganisationId,
    ) -> impl Future<Output = Result<u64, StoreError>> + Send;

    /// Reads how much each partner uses of this server that ever used any.
    fn partner_use(
        &self,
    ) -> impl Future<Output = Result<Vec<(OrganisationId, PartnerUse)>, StoreError>> + Send;

    /// Reads whom of this organisation a partner was shown.
    fn shown(
        &self,
        partner: OrganisationId,
    ) -> impl Future<Output = Result<Vec<AccountId>, StoreError>> + Send;

    /// Reads up to which position of the log a partner was told what became of them.
    fn told(&self, partner: OrganisationId)
    -> impl Future<Output = Result<u64, StoreError>> + Send;

    /// Reads until when a link counts by which another organisation may introduce itself.
    fn offered(
        &self,
        key: [u8; 32],
    ) -> impl Future<Output = Result<Option<Timestamp>, StoreError>> + Send;

    /// Reads what was noted of some signed things in a room, with the receipts that there are of it.
    fn noted(
        &self,
        room: RoomId,
        objects: Vec<[u8; 32]>,
    ) -> impl Future<Output = Result<Vec<(Observed, Option<Octets>)>, StoreError>> + Send;

    /// Tells whether something of a request was noted in a room by an instant that was taken so: of one side, that is.
    fn has_come(
        &self,
        room: RoomId,
        request: RequestId,
        taken: valise_evidence::Event,
        by: Timestamp,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Reads what this organisation's people signed and sent by an instant, and a partner who follows the room has not taken, the oldest
    /// first, at most so many. Of what that was noted of it is told no more.
    fn uncarried(
        &self,
        before: Timestamp,
        most: u32,
    ) -> impl Future<Output = Result<Vec<(RoomId, Observed)>, StoreError>> + Send;

    /// Reads how often somebody tried to come by each guest's pass with a wrong code.
    fn guest_tries(
        &self,
    ) -> impl Future<Output = Result<Vec<(InvitationId, u32)>, StoreError>> + Send;

    /// Reads who introduced himself by a link that still counts.
    fn introductions(
        &self,
        now: Timestamp,
    ) -> impl Future<Output = Result<Vec<Introduction>, StoreError>> + Send;
}

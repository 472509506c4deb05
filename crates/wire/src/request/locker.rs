//! Lockers, in which an account keeps sealed things under names that nobody can guess (`spec/backup.md`).

use crate::{LockerId, Octets, record};

/// Most bytes of one part of a locker.
pub const MAX_LOCKER_PART_BYTES: usize = 256 << 10;

/// Most bytes in all lockers of an account.
pub const MAX_LOCKER_BYTES: u64 = 160 << 20;

/// Most parts in all lockers of an account.
pub const MAX_LOCKER_PARTS: u32 = 2_048;

record! {
    /// Puts a part into a locker of this account, in place of what lies there. A name belongs to the account that used it first.
    pub struct PutLocker {
        /// Chosen at random, or derived from a secret.
        pub locker: LockerId,
        /// Which part.
        pub part: u32,
        /// The bytes, at least one and at most [`MAX_LOCKER_PART_BYTES`].
        pub body: Octets,
        /// SHA-256 of what must lie there now; otherwise it is a conflict, and nothing changes.
        pub over: Option<[u8; 32]>,
    }
}
record! {
    /// Reads a part of a locker. Public: whoever knows the name may.
    pub struct ReadLocker {
        /// Which locker.
        pub locker: LockerId,
        /// Which part.
        pub part: u32,
    }
}
record! {
    /// A part of a locker.
    pub struct LockerPart {
        /// The bytes.
        pub body: Octets,
    }
}
record! {
    /// Empties a locker of this account. Its name is free again.
    pub struct EmptyLocker {
        /// Which locker.
        pub locker: LockerId,
    }
}

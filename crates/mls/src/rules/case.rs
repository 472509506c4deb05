//! A change, with what the rules ask about it.

use super::{
    Cause, Directory, Leaf, ProposedChange, RoomView, Standing, When, is_revoked, standing,
};
use valise_wire::AccountId;
use valise_wire::policy::{LeafIdentity, RoomKind, RoomPolicy};

/// A change with what follows from it.
pub(super) struct Case<'a> {
    pub(super) before: Option<&'a RoomView>,
    pub(super) change: &'a ProposedChange,
    pub(super) directory: &'a dyn Directory,
    pub(super) when: When,
    /// Leaves of before that stay, by ascending index.
    pub(super) stay: Vec<&'a Leaf>,
}

impl<'a> Case<'a> {
    pub(super) fn new(
        before: Option<&'a RoomView>,
        change: &'a ProposedChange,
        directory: &'a dyn Directory,
        when: When,
    ) -> Self {
        let gone = |leaf: &&Leaf| {
            !change
                .removed
                .iter()
                .any(|removal| removal.leaf.index == leaf.index)
        };
        let stay = before
            .map(|before| before.leaves.iter().filter(gone).collect())
            .unwrap_or_default();
        Self {
            before,
            change,
            directory,
            when,
            stay,
        }
    }

    /// Who is in the room after the change.
    pub(super) fn after(&self) -> impl Iterator<Item = &'a LeafIdentity> + '_ {
        let added = self.change.added.iter().map(|addition| &addition.identity);
        self.stay.iter().map(|leaf| &leaf.identity).chain(added)
    }

    pub(super) fn remains(&self, account: &AccountId) -> bool {
        self.after().any(|leaf| leaf.account == *account)
    }

    /// The policy that grants authority: the one before the change.
    pub(super) fn standing_policy(&self) -> &'a RoomPolicy {
        self.before
            .map_or(&self.change.policy, |before| &before.policy)
    }

    pub(super) fn owns(&self, leaf: &LeafIdentity) -> bool {
        let policy = self.standing_policy();
        policy.kind != RoomKind::Direct && policy.owners.contains(&leaf.account)
    }

    pub(super) fn is_revoked(&self, leaf: &LeafIdentity) -> bool {
        is_revoked(self.directory, leaf)
    }

    pub(super) fn is_valid(&self, leaf: &LeafIdentity) -> bool {
        matches!(standing(self.directory, leaf), Standing::Valid(_))
    }

    /// Tells whether an account was in the room before.
    pub(super) fn was_in(&self, account: &AccountId) -> bool {
        self.before.is_some_and(|before| {
            let mut leaves = before.leaves.iter();
            leaves.any(|leaf| leaf.identity.account == *account)
        })
    }

    /// Devices whose accounts the committer puts out of the room: nobody who leaves, or cannot come back anyway.
    pub(super) fn put_out(&self) -> impl Iterator<Item = &'a LeafIdentity> + '_ {
        let removed = self.change.removed.iter();
        removed
            .filter(|removal| removal.cause == Cause::Committer)
            .map(|removal| &removal.leaf.identity)
            .filter(|leaf| {
                !(self.remains(&leaf.account)
                    || self.leaves(&leaf.account)
                    || self.is_revoked(leaf))
            })
    }

    /// Whether a removal also takes away an account of which a device leaves.
    pub(super) fn leaves(&self, account: &AccountId) -> bool {
        self.change.removed.iter().any(|removal| {
            removal.cause == Cause::Leave && removal.leaf.identity.account == *account
        })
    }
}

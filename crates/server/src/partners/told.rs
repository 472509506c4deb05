//! What is said or done once in a while: the operator hears of something, and does not hear it with every call.

use std::collections::BTreeMap;
use valise_wire::{OrganisationId, Timestamp};

/// Time in which the operator is told once of the same.
pub(super) const TELL_MILLIS: u64 = 60 * 60 * 1000;

/// When the operator was last told of what.
pub(super) struct Told<K>(BTreeMap<K, Timestamp>);

impl<K> Default for Told<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord> Told<K> {
    /// Tells whether the operator is to be told of something now, and takes it that he is.
    pub(super) fn is_to_be_told(&mut self, of: K, now: Timestamp) -> bool {
        let last = self.0.get(&of);
        let due = last.is_none_or(|last| is_due(*last, TELL_MILLIS, now));
        if due {
            self.0.insert(of, now);
        }
        due
    }
}

/// Tells whether so much time went by. A clock that was put back says nothing of how long ago it was.
pub(super) fn is_due(last: Timestamp, every_millis: u64, now: Timestamp) -> bool {
    now < last || now.millis_since(last) >= every_millis
}

/// Writes a partner for a log: the first digits of an organisation's id, which everybody is shown, and no name.
pub(super) fn short(partner: OrganisationId) -> String {
    let mut partner = partner.to_string();
    partner.truncate(8);
    partner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_operator_is_told_once_an_hour_of_each() {
        let mut told = Told::default();
        let now = Timestamp(1_800_000_000_000);
        assert!(told.is_to_be_told(1, now) && told.is_to_be_told(2, now));
        let nearly = now.plus_millis(TELL_MILLIS - 1);
        assert!(!told.is_to_be_told(1, now) && !told.is_to_be_told(1, nearly));
        assert!(told.is_to_be_told(1, now.plus_millis(TELL_MILLIS)));
        assert!(
            told.is_to_be_told(2, Timestamp(5)),
            "the clock was put back"
        );
    }

    #[test]
    fn a_partner_is_written_as_its_first_digits() {
        assert_eq!(short(OrganisationId([0xa7; 32])), "a7a7a7a7");
    }
}

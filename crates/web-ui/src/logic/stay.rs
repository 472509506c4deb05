//! Which rows of a list can stay where they are when the list changes.

use std::{collections::HashMap, hash::Hash};

/// Says of each shown row whether it stays: what is wanted no longer goes, and so does what would stand out of order.
pub fn staying<K: Eq + Hash>(shown: &[K], wanted: &[K]) -> Vec<bool> {
    let places: HashMap<&K, usize> = wanted.iter().zip(0..).collect();
    let mut free = 0;
    let stays = |key| match places.get(key) {
        Some(&place) if place >= free => {
            free = place + 1;
            true
        }
        _ => false,
    };
    shown.iter().map(stays).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(shown: &str, wanted: &str) -> String {
        let (shown, wanted): (Vec<char>, Vec<char>) =
            (shown.chars().collect(), wanted.chars().collect());
        let stays = staying(&shown, &wanted);
        let both = shown.iter().zip(stays);
        both.filter(|(_, stays)| *stays)
            .map(|(key, _)| key)
            .collect()
    }

    #[test]
    fn what_is_still_wanted_stays_however_many_come_in_above_or_below() {
        assert_eq!(kept("abcdef", "xyzabcd"), "abcd");
        assert_eq!(kept("abcdef", "cdefxyz"), "cdef");
        assert_eq!(kept("abc", "axbyc"), "abc");
    }

    #[test]
    fn nothing_stays_of_another_list() {
        assert_eq!(kept("abc", "xyz"), "");
        assert_eq!(kept("", "xyz"), "");
        assert_eq!(kept("abc", ""), "");
    }

    #[test]
    fn what_stands_out_of_order_goes() {
        assert_eq!(kept("abcp", "apbc"), "abc");
        assert_eq!(kept("ba", "ab"), "b");
    }
}

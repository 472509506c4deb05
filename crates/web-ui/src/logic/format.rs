//! Sizes and shares as people read them.

/// A size cut into a number with its decimals and a unit, 0 being bytes, 1 kilobytes (1,000), and so on to gigabytes.
pub fn size(bytes: u64) -> (f64, u8, usize) {
    let (mut value, mut unit) = (bytes as f64, 0);
    while value >= 999.5 && unit < 3 {
        value /= 1_000.0;
        unit += 1;
    }
    let decimals = usize::from(unit > 0 && value < 9.95);
    (value, unit, decimals)
}

/// Per cent of a whole, rounded down so that 100 means all.
pub fn percent(done: u64, total: u64) -> u8 {
    if total == 0 {
        return 100;
    }
    (u128::from(done.min(total)) * 100 / u128::from(total)) as u8
}

/// A number on a badge: not more than three characters.
pub fn badge(count: u32) -> String {
    if count > 99 {
        "99+".into()
    } else {
        count.to_string()
    }
}

/// Digits in groups of five, as they are read aloud.
pub fn in_fives(digits: &str) -> Vec<String> {
    let digits: Vec<char> = digits.chars().filter(|c| !c.is_whitespace()).collect();
    digits.chunks(5).map(|five| five.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_change_their_unit_before_they_get_long() {
        assert_eq!(size(999), (999.0, 0, 0));
        assert_eq!(size(1_000), (1.0, 1, 1));
        assert_eq!(size(999_600).1, 2);
        assert_eq!(size(12_000_000), (12.0, 2, 0));
        assert_eq!(size(2_000_000_000_000).1, 3);
    }

    #[test]
    fn all_is_said_only_when_it_is_all() {
        assert_eq!(percent(999, 1_000), 99);
        assert_eq!(percent(5, 0), 100);
        assert_eq!(percent(9, 3), 100);
        assert_eq!(percent(u64::MAX, u64::MAX), 100);
    }

    #[test]
    fn badges_stay_small() {
        assert_eq!(badge(99), "99");
        assert_eq!(badge(12_345), "99+");
    }

    #[test]
    fn digits_are_read_by_fives() {
        assert_eq!(in_fives("12345 67890 12"), ["12345", "67890", "12"]);
    }
}

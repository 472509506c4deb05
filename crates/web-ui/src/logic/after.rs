//! After how long messages disappear, cut into what people say.

/// Seconds of what can be chosen: an hour, a day, a week, four weeks.
pub const CHOICES: [u32; 4] = [3_600, 86_400, 604_800, 2_419_200];

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days.
    Days,
}

/// Returns seconds in the largest unit in which they are whole.
pub fn whole(seconds: u32) -> (u32, Unit) {
    [
        (86_400, Unit::Days),
        (3_600, Unit::Hours),
        (60, Unit::Minutes),
    ]
    .into_iter()
    .find(|(length, _)| seconds > 0 && seconds.is_multiple_of(*length))
    .map_or((seconds, Unit::Seconds), |(length, unit)| {
        (seconds / length, unit)
    })
}

/// What can be chosen where something else may have been set in another way.
pub fn choices(now: u32) -> Vec<u32> {
    let mut choices = CHOICES.to_vec();
    if now > 0 && !choices.contains(&now) {
        choices.push(now);
        choices.sort_unstable();
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_said_in_the_largest_whole_unit() {
        assert_eq!(whole(604_800), (7, Unit::Days));
        assert_eq!(whole(5_400), (90, Unit::Minutes));
        assert_eq!(whole(7_200), (2, Unit::Hours));
        assert_eq!(whole(61), (61, Unit::Seconds));
        assert_eq!(whole(0), (0, Unit::Seconds));
    }

    #[test]
    fn what_was_set_elsewhere_can_stay() {
        assert_eq!(choices(0), CHOICES);
        assert_eq!(choices(86_400), CHOICES);
        assert_eq!(choices(60), [60, 3_600, 86_400, 604_800, 2_419_200]);
    }
}

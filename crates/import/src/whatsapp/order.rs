//! Which number of a date is the day: decided from the whole file.

use super::head::{Head, Order};

/// What the dates of a file say for each order.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    day_first: Tally,
    month_first: Tally,
    /// Whether it makes a difference at all.
    differs: bool,
    hint: Option<Order>,
}

#[derive(Debug, Default, PartialEq)]
struct Tally {
    /// Dates that do not exist.
    impossible: u64,
    /// Times that run backwards.
    backwards: u64,
    last: i64,
    span: Option<(i64, i64)>,
}

impl Tally {
    fn add(&mut self, millis: Option<i64>) {
        let Some(millis) = millis else {
            self.impossible += 1;
            return;
        };
        self.backwards += u64::from(millis < self.last);
        self.last = millis;
        let (first, last) = self.span.unwrap_or((millis, millis));
        self.span = Some((first.min(millis), last.max(millis)));
    }
}

impl Evidence {
    pub(super) fn add(&mut self, head: &Head) {
        self.day_first.add(head.millis(Order::DayFirst));
        self.month_first.add(head.millis(Order::MonthFirst));
        self.differs |= !head.year_first && head.date[0] != head.date[1];
        // The one place that puts the month first writes slashes and hours up to 12.
        self.hint = Some(match (head.style.mark(), head.twelve) {
            ('/', true) => Order::MonthFirst,
            _ => Order::DayFirst,
        });
    }

    /// Returns the first and the last time in the order that was decided.
    pub(super) fn span(&self) -> Option<(i64, i64)> {
        match self.decide().0 {
            Order::DayFirst => self.day_first.span,
            Order::MonthFirst => self.month_first.span,
        }
    }

    /// Returns the order, and whether that is a guess.
    pub(super) fn decide(&self) -> (Order, bool) {
        let weigh = |tally: &Tally| (tally.impossible, tally.backwards);
        match weigh(&self.day_first).cmp(&weigh(&self.month_first)) {
            std::cmp::Ordering::Less => (Order::DayFirst, false),
            std::cmp::Ordering::Greater => (Order::MonthFirst, false),
            std::cmp::Ordering::Equal => (self.hint.unwrap_or(Order::DayFirst), self.differs),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(dates: &[&str]) -> (Order, bool) {
        let mut evidence = Evidence::default();
        for date in dates {
            let line = format!("{date} - A: x");
            evidence.add(&Head::read(&line).unwrap().0);
        }
        evidence.decide()
    }

    #[test]
    fn the_whole_file_decides() {
        assert_eq!(
            decide(&["01/02/24, 10:00", "13/02/24, 10:00"]),
            (Order::DayFirst, false)
        );
        assert_eq!(
            decide(&["01/02/24, 10:00", "02/13/24, 10:00"]),
            (Order::MonthFirst, false)
        );
        // Nothing above 12: the order in which the messages stand.
        assert_eq!(
            decide(&["01/02/24, 10:00", "02/02/24, 10:00", "01/03/24, 10:00"]),
            (Order::DayFirst, false)
        );
        assert_eq!(
            decide(&["01/02/24, 10:00", "01/03/24, 10:00", "02/01/24, 10:00"]),
            (Order::MonthFirst, false)
        );
        // One line that somebody broke does not decide.
        assert_eq!(
            decide(&["45/45/24, 10:00", "13/02/24, 10:00"]),
            (Order::DayFirst, false)
        );
    }

    #[test]
    fn what_cannot_be_known_is_a_guess() {
        assert_eq!(decide(&["01/02/24, 10:00"]), (Order::DayFirst, true));
        assert_eq!(decide(&["1/2/24, 10:00 AM"]), (Order::MonthFirst, true));
        assert_eq!(decide(&["02.02.24, 10:00"]), (Order::DayFirst, false));
        assert_eq!(decide(&["2024-01-02, 10:00"]), (Order::DayFirst, false));
    }
}

//! Which part of a chat to hold: enough around what is looked at, asked for before it is reached.

/// Rows that are asked for at a time.
pub const PAGE: u32 = 160;

/// When fewer rows than this are held beyond the screen, more are asked for.
const MARGIN: u32 = 40;

/// Rows from `start` up to, not including, `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// First row.
    pub start: u32,
    /// Row after the last.
    pub end: u32,
}

impl Span {
    /// Number of rows.
    pub fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Rows that are in both.
    pub fn both(self, other: Self) -> Self {
        let start = self.start.max(other.start);
        Self {
            start,
            end: self.end.min(other.end).max(start),
        }
    }
}

/// What to ask for, given what is held and what is on the screen; none if what is held will do.
pub fn wanted(held: Span, on_screen: Span, total: u32) -> Option<Span> {
    let needed = Span {
        start: on_screen.start.saturating_sub(MARGIN),
        end: on_screen.end.saturating_add(MARGIN).min(total),
    };
    if needed.start >= held.start && needed.end <= held.end {
        return None;
    }
    let middle = on_screen.start + on_screen.len() / 2;
    let start = middle
        .saturating_sub(PAGE / 2)
        .min(total.saturating_sub(PAGE));
    Some(Span {
        start,
        end: start + PAGE,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u32, end: u32) -> Span {
        Span { start, end }
    }

    #[test]
    fn nothing_is_asked_for_while_the_margin_holds() {
        assert_eq!(wanted(span(900, 1_060), span(960, 980), 100_000), None);
        assert_eq!(wanted(span(0, 160), span(0, 20), 100_000), None);
        assert_eq!(
            wanted(span(99_840, 100_000), span(99_980, 100_000), 100_000),
            None
        );
        assert_eq!(wanted(span(0, 7), span(0, 7), 7), None);
    }

    #[test]
    fn what_is_asked_for_surrounds_the_screen_and_lets_the_margin_hold() {
        for (start, total) in [(0, 100_000), (500, 100_000), (99_990, 100_000), (30, 300)] {
            let on_screen = span(start, (start + 10).min(total));
            if let Some(asked) = wanted(span(50_000, 50_160), on_screen, total) {
                assert_eq!(asked.both(on_screen), on_screen);
                assert_eq!(
                    wanted(asked, on_screen, total),
                    None,
                    "asked once, not for ever"
                );
            }
        }
    }

    #[test]
    fn spans_that_do_not_meet_have_nothing_in_common() {
        assert!(span(0, 5).both(span(8, 9)).is_empty());
        assert_eq!(span(0, 5).both(span(3, 9)), span(3, 5));
    }
}

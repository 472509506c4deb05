//! Where a menu is put, and where its keys lead.
//!
//! A menu stands beside what it belongs to, whole on the screen. Its stops are signs in a row, then items one under the
//! other.

/// Pixels between the menu and what it belongs to.
const GAP: f64 = 4.0;
/// Pixels that stay free at the edges of the screen.
const EDGE: f64 = 8.0;

/// A rectangle on the screen, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Area {
    /// A single point.
    pub fn point(x: f64, y: f64) -> Self {
        Self {
            left: x,
            top: y,
            right: x,
            bottom: y,
        }
    }
}

/// The upper left corner of a menu: under its area, above it if there is no room, and else wherever it is whole.
pub fn beside(area: Area, menu: (f64, f64), screen: (f64, f64)) -> (f64, f64) {
    let (width, height) = menu;
    let under = area.bottom + GAP;
    let above = area.top - GAP - height;
    let top = if under + height + EDGE <= screen.1 {
        under
    } else if above >= EDGE {
        above
    } else {
        screen.1 - EDGE - height
    };
    let left = if area.left + width + EDGE <= screen.0 {
        area.left
    } else {
        area.right - width
    };
    (
        left.min(screen.0 - EDGE - width).max(EDGE),
        top.min(screen.1 - EDGE - height).max(EDGE),
    )
}

/// A key that moves in a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// To the stop before, along the row.
    Before,
    /// To the stop after, along the row.
    After,
    /// Up.
    Up,
    /// Down.
    Down,
    /// To the first stop.
    First,
    /// To the last stop.
    Last,
}

/// The stop that a key leads to, of `signs` in a row and `items` under it; none if there is nothing to stop at.
///
/// From the last stop one comes to the first, as in every menu.
pub fn step(key: Key, here: Option<usize>, signs: usize, items: usize) -> Option<usize> {
    let total = signs + items;
    let last = total.checked_sub(1)?;
    let in_row = here.is_some_and(|here| here < signs);
    Some(match (key, here) {
        (Key::First, _) => 0,
        (Key::Last, _) => last,
        (Key::Before, Some(here)) if in_row => here.checked_sub(1).unwrap_or(signs - 1),
        (Key::After, Some(here)) if in_row => (here + 1) % signs,
        (Key::Before | Key::After, here) => here.unwrap_or_default(),
        (Key::Down, None) => 0,
        (Key::Up, None) => last,
        // A row by itself is walked by every key.
        (Key::Down, Some(here)) if items == 0 => (here + 1) % signs,
        (Key::Up, Some(here)) if items == 0 => here.checked_sub(1).unwrap_or(last),
        (Key::Down, Some(_)) if in_row => signs,
        (Key::Up, Some(_)) if in_row => last,
        (Key::Down, Some(here)) => (here + 1) % total,
        (Key::Up, Some(here)) if here == signs => {
            if signs == 0 {
                last
            } else {
                0
            }
        }
        (Key::Up, Some(here)) => here - 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: (f64, f64) = (1_000.0, 800.0);
    const MENU: (f64, f64) = (200.0, 300.0);

    fn area(left: f64, top: f64, right: f64, bottom: f64) -> Area {
        Area {
            left,
            top,
            right,
            bottom,
        }
    }

    #[test]
    fn a_menu_stands_under_its_area_and_above_it_where_the_screen_ends() {
        let high = area(100.0, 50.0, 400.0, 90.0);
        assert_eq!(beside(high, MENU, SCREEN), (100.0, 94.0));
        let low = area(100.0, 700.0, 400.0, 740.0);
        assert_eq!(beside(low, MENU, SCREEN), (100.0, 396.0));
    }

    #[test]
    fn where_there_is_no_room_on_the_right_it_grows_to_the_left() {
        let right = area(900.0, 50.0, 960.0, 90.0);
        assert_eq!(beside(right, MENU, SCREEN).0, 760.0);
        let near = area(700.0, 50.0, 960.0, 90.0);
        assert_eq!(beside(near, MENU, SCREEN).0, 700.0);
    }

    #[test]
    fn it_is_whole_on_any_screen_that_holds_it() {
        for place in [
            Area::point(0.0, 0.0),
            Area::point(999.0, 799.0),
            area(-50.0, -100.0, 990.0, 900.0),
        ] {
            let (left, top) = beside(place, MENU, SCREEN);
            assert!(left >= EDGE && left + MENU.0 <= SCREEN.0 - EDGE);
            assert!(top >= EDGE && top + MENU.1 <= SCREEN.1 - EDGE);
        }
    }

    #[test]
    fn keys_go_along_the_signs_and_down_the_items() {
        let at = |key, here| step(key, Some(here), 3, 2);
        assert_eq!(at(Key::After, 0), Some(1));
        assert_eq!(at(Key::After, 2), Some(0), "around the row");
        assert_eq!(at(Key::Before, 0), Some(2));
        assert_eq!(at(Key::Down, 1), Some(3));
        assert_eq!(at(Key::Down, 3), Some(4));
        assert_eq!(at(Key::Down, 4), Some(0), "around the menu");
        assert_eq!(at(Key::Up, 4), Some(3));
        assert_eq!(at(Key::Up, 3), Some(0));
        assert_eq!(at(Key::Up, 1), Some(4));
        assert_eq!(at(Key::After, 3), Some(3), "an item has no neighbour");
        assert_eq!(at(Key::First, 4), Some(0));
        assert_eq!(at(Key::Last, 0), Some(4));
    }

    #[test]
    fn a_row_alone_and_items_alone_are_walked_as_well() {
        assert_eq!(step(Key::Down, Some(2), 3, 0), Some(0));
        assert_eq!(step(Key::Up, Some(0), 3, 0), Some(2));
        assert_eq!(step(Key::Up, Some(0), 0, 2), Some(1));
        assert_eq!(step(Key::Down, None, 0, 2), Some(0));
        assert_eq!(step(Key::Down, None, 0, 0), None);
    }
}

//! Places on pages, as parts of their width and height, 0 to 1.

use valise_paper::Quad;

/// A place.
pub type Place = (f32, f32);

/// All of a picture.
pub const WHOLE: [Place; 4] = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
/// Shorter sides of a box are a slip of the finger.
const LEAST_SIDE: f32 = 0.008;
/// No key makes a side shorter than this.
const KEPT_SIDE: f32 = 0.01;

/// How much larger than its room a page may be shown.
pub const LARGEST: f64 = 4.0;
/// By how much one step makes a page larger.
const ZOOM_STEP: f64 = 1.5;

/// Returns how large a page is after so many steps, as a multiple of its room.
pub fn zoomed(zoom: f64, steps: i32) -> f64 {
    (zoom * ZOOM_STEP.powi(steps)).clamp(1.0, LARGEST)
}

/// A box over a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cover {
    /// Left edge.
    pub left: f32,
    /// Upper edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Lower edge.
    pub bottom: f32,
}

impl Cover {
    /// Where one who cannot point begins with a box: in the middle.
    pub const MIDDLE: Self = Self {
        left: 0.3,
        top: 0.45,
        right: 0.7,
        bottom: 0.55,
    };

    /// The box between two places.
    pub fn between(one: Place, other: Place) -> Self {
        Self {
            left: one.0.min(other.0).clamp(0.0, 1.0),
            top: one.1.min(other.1).clamp(0.0, 1.0),
            right: one.0.max(other.0).clamp(0.0, 1.0),
            bottom: one.1.max(other.1).clamp(0.0, 1.0),
        }
    }

    /// Whether it was meant.
    pub fn is_meant(&self) -> bool {
        self.right - self.left >= LEAST_SIDE && self.bottom - self.top >= LEAST_SIDE
    }

    /// The same box on the page after it was turned by quarters to the right.
    pub fn turned(self, quarters: u32) -> Self {
        (0..quarters % 4).fold(self, |cover, _| Self {
            left: 1.0 - cover.bottom,
            top: cover.left,
            right: 1.0 - cover.top,
            bottom: cover.right,
        })
    }

    /// The same box moved, as far as the page goes.
    pub fn moved(self, across: f32, down: f32) -> Self {
        let across = across.clamp(-self.left, 1.0 - self.right);
        let down = down.clamp(-self.top, 1.0 - self.bottom);
        Self {
            left: self.left + across,
            top: self.top + down,
            right: self.right + across,
            bottom: self.bottom + down,
        }
    }

    /// The same box with its lower right corner elsewhere.
    pub fn stretched(self, across: f32, down: f32) -> Self {
        Self {
            right: (self.right + across).max(self.left + KEPT_SIDE).min(1.0),
            bottom: (self.bottom + down).max(self.top + KEPT_SIDE).min(1.0),
            ..self
        }
    }

    /// Left, top, right, bottom.
    pub fn numbers(&self) -> [f32; 4] {
        [self.left, self.top, self.right, self.bottom]
    }
}

/// Corners with one of them elsewhere; none if no sheet can look so from any side. `size` is the picture's, in pixels.
pub fn dragged(
    corners: [Place; 4],
    which: usize,
    to: Place,
    size: (u32, u32),
) -> Option<[Place; 4]> {
    let mut corners = corners;
    *corners.get_mut(which)? = (to.0.clamp(0.0, 1.0), to.1.clamp(0.0, 1.0));
    let quad = Quad(corners).scaled(size.0 as f32, size.1 as f32);
    quad.is_sound().then_some(corners)
}

/// How far a key moves what has the focus: across and down, in parts of the page.
pub fn step(key: &str, fine: bool) -> Option<Place> {
    let by = if fine { 0.002 } else { 0.01 };
    match key {
        "ArrowLeft" => Some((-by, 0.0)),
        "ArrowRight" => Some((by, 0.0)),
        "ArrowUp" => Some((0.0, -by)),
        "ArrowDown" => Some((0.0, by)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_grows_and_never_gets_smaller_than_its_room() {
        let larger = zoomed(1.0, 1);
        assert!(larger > 1.0 && (zoomed(larger, -1) - 1.0).abs() < 1e-9);
        assert_eq!((zoomed(1.0, -3), zoomed(1.0, 9)), (1.0, LARGEST));
    }

    #[test]
    fn a_box_turns_with_its_page() {
        let cover = Cover::between((0.9, 0.3), (0.6, 0.1));
        let once = cover.turned(1);
        // What was at the upper right is at the lower right.
        assert!((once.left - 0.7).abs() < 1e-6 && (once.bottom - 0.9).abs() < 1e-6);
        let around = once.turned(3);
        assert!((around.left - cover.left).abs() < 1e-6 && (around.top - cover.top).abs() < 1e-6);
    }

    #[test]
    fn a_box_stays_on_its_page() {
        let cover = Cover::MIDDLE.moved(5.0, -5.0);
        assert_eq!((cover.right, cover.top), (1.0, 0.0));
        assert!(Cover::MIDDLE.stretched(-1.0, 3.0).is_meant());
        assert!(!Cover::between((0.5, 0.5), (0.501, 0.9)).is_meant());
    }

    #[test]
    fn a_corner_goes_where_a_sheet_can_have_it() {
        let size = (1_000, 1_400);
        let moved = dragged(WHOLE, 0, (0.1, -0.2), size).unwrap();
        assert_eq!(moved[0], (0.1, 0.0));
        assert!(dragged(WHOLE, 0, (0.9, 0.9), size).is_none());
        assert!(dragged(WHOLE, 7, (0.5, 0.5), size).is_none());
    }
}

//! How loud a voice note is, as it is drawn.

use std::fmt::Write as _;

/// Bars of which a drawing is made.
pub const BARS: usize = 48;
/// Width of a bar with the space after it, and height of the drawing, in its own units.
pub const STEP: usize = 4;
/// Height of the drawing, in its own units.
pub const HEIGHT: usize = 24;

/// Loudness below which silence is not drawn larger, of 255.
const QUIETEST: u8 = 12;
/// Height of a bar of silence.
const LOWEST: f64 = 3.0;

/// Makes as many bars of levels as are drawn, the loudest of them as high as can be; none of nothing.
pub fn bars(levels: &[u8]) -> Vec<u8> {
    if levels.is_empty() {
        return Vec::new();
    }
    let loudest = levels.iter().copied().max().unwrap_or(0).max(QUIETEST);
    (0..BARS)
        .map(|bar| {
            let from = bar * levels.len() / BARS;
            let to = ((bar + 1) * levels.len() / BARS).max(from + 1);
            let most = levels[from..to].iter().copied().max().unwrap_or(0);
            (u32::from(most) * 255 / u32::from(loudest)) as u8
        })
        .collect()
}

/// Returns how wide a drawing of so many bars is.
pub fn width(bars: usize) -> usize {
    bars.max(1) * STEP
}

/// Draws bars around the middle, as the path of an SVG that strokes them.
pub fn path(bars: &[u8]) -> String {
    let mut path = String::new();
    for (at, level) in bars.iter().enumerate() {
        let height = LOWEST + f64::from(*level) / 255.0 * (HEIGHT as f64 - 2.0 - LOWEST);
        let top = (HEIGHT as f64 - height) / 2.0;
        // Writing to a text cannot fail.
        let _ = write!(path, "M{} {top:.1}v{height:.1}", at * STEP + STEP / 2);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loudest_is_as_high_as_can_be_and_silence_stays_low() {
        let spoken = bars(&[0, 30, 60, 0]);
        assert_eq!(spoken.len(), BARS);
        assert_eq!(spoken.iter().max(), Some(&255));
        assert_eq!(spoken[0], 0);
        assert!(bars(&[0; 500]).iter().all(|bar| *bar == 0));
        assert!(bars(&[1; 500]).iter().all(|bar| *bar < 40));
        assert_eq!(bars(&[]), Vec::<u8>::new());
    }

    #[test]
    fn every_bar_is_drawn_within() {
        let drawn = path(&[0, 128, 255]);
        assert_eq!(drawn.matches('M').count(), 3);
        assert!(drawn.starts_with("M2 10.5v3.0"));
        assert!(drawn.ends_with("M10 1.0v22.0"));
        assert_eq!(width(3), 12);
    }
}

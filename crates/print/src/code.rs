//! A code of squares (QR) that a telephone's camera reads.

use crate::Error;
use crate::canvas::{Canvas, Colour};
use qrcode::{Color, EcLevel, QrCode};

/// Squares of white around a code, without which some cameras do not find it.
const QUIET_ZONE: usize = 4;
/// Squares from edge to edge, at most: on a letter each is nearly half a millimetre wide then, and a camera reads no smaller ones.
const MOST_SQUARES: usize = 97;
const BLACK: Colour = Colour([0.0; 3]);
const WHITE: Colour = Colour([1.0; 3]);

/// A code that was made.
pub(crate) struct Squares(QrCode);

impl Squares {
    /// Makes the code of a text. A letter is folded and handled: a quarter of it may be unreadable, as far as it has room for that.
    pub(crate) fn of(text: &str) -> Result<Self, Error> {
        let levels = [EcLevel::Q, EcLevel::M, EcLevel::L];
        let mut made = levels
            .into_iter()
            .filter_map(|level| QrCode::with_error_correction_level(text, level).ok());
        made.find(|code| code.width() <= MOST_SQUARES)
            .map(Self)
            .ok_or(Error::LinkTooLong)
    }

    /// Draws it with its upper left corner at `x` and `y`, so large with its white.
    pub(crate) fn draw(&self, canvas: &mut Canvas, [x, y]: [f64; 2], side: f64) {
        let count = self.0.width();
        let square = side / (count + 2 * QUIET_ZONE) as f64;
        canvas.area([x, y, side, side], WHITE);
        let colours = self.0.to_colors();
        let mut dark = Vec::new();
        for (row, colours) in colours.chunks(count).enumerate() {
            let top = y + square * (row + QUIET_ZONE) as f64;
            for run in runs(colours) {
                let left = x + square * (run.start + QUIET_ZONE) as f64;
                // A hair too high, so that no light comes through between two rows.
                dark.push([left, top, square * run.len() as f64, square * 1.02]);
            }
        }
        canvas.areas(&dark, BLACK);
    }
}

/// Squares in a row that are dark and touch.
fn runs(colours: &[Color]) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, _) in colours
        .iter()
        .enumerate()
        .filter(|(_, c)| **c == Color::Dark)
    {
        match runs.last_mut().filter(|run| run.end == at) {
            Some(run) => run.end += 1,
            None => runs.push(at..at + 1),
        }
    }
    runs
}

//! Text that goes down a page and on over the next ones.

use crate::Error;
use crate::canvas::{Canvas, Colour, HEIGHT, QUIET, Style, WIDTH, mm};

/// Left and right edge of what is printed: those of a letter (DIN 5008).
pub(crate) const LEFT: f64 = 25.0 * 72.0 / 25.4;
pub(crate) const RIGHT: f64 = WIDTH - 20.0 * 72.0 / 25.4;
/// Where a page ends, above its number.
const BOTTOM: f64 = HEIGHT - 24.0 * 72.0 / 25.4;
/// Where a page that is not the first begins.
const TOP: f64 = 22.0 * 72.0 / 25.4;

/// Pages that are filled from the top.
pub(crate) struct Flow {
    pub(crate) canvas: Canvas,
    /// How far down the newest page is filled.
    pub(crate) y: f64,
}

impl Flow {
    pub(crate) fn new(y: f64) -> Self {
        Self {
            canvas: Canvas::new(),
            y,
        }
    }

    /// Sees to it that so much fits on the page, on the next one if need be; tells whether it was turned.
    pub(crate) fn room(&mut self, height: f64) -> Result<bool, Error> {
        let fits = self.y + height <= BOTTOM;
        if !fits {
            self.canvas.turn()?;
            self.y = TOP;
        }
        Ok(!fits)
    }

    pub(crate) fn space(&mut self, height: f64) {
        self.y += height;
    }

    /// Puts a paragraph down.
    pub(crate) fn paragraph(&mut self, style: Style, text: &str) -> Result<(), Error> {
        self.indented(style, text, LEFT, RIGHT)
    }

    /// Puts a paragraph down between two edges. No line of it is left alone at the end of a page.
    pub(crate) fn indented(
        &mut self,
        style: Style,
        text: &str,
        left: f64,
        right: f64,
    ) -> Result<(), Error> {
        let lines = self.canvas.lines(style, text, right - left);
        let leading = style.leading();
        for (at, line) in lines.iter().enumerate() {
            let together = match at {
                0 => lines.len().min(2),
                _ if at + 2 == lines.len() => 2,
                _ => 1,
            };
            self.room(leading * together as f64)?;
            self.canvas.text(left, self.y + style.drop(), style, line);
            self.y += leading;
        }
        Ok(())
    }

    /// Draws a hairline over the whole width.
    pub(crate) fn rule(&mut self, colour: Colour) {
        self.canvas.area([LEFT, self.y, RIGHT - LEFT, 0.6], colour);
    }

    /// Puts the number of each page below it, and what the document is.
    pub(crate) fn number(&mut self, name: &str, page_of: &dyn Fn(usize, usize) -> String) {
        let style = Style::regular(8.0).in_colour(QUIET);
        let (count, y) = (self.canvas.pages(), HEIGHT - mm(12.0));
        for page in 0..count {
            let number = page_of(page + 1, count);
            let most = RIGHT - LEFT - self.canvas.width(style, &number) - mm(8.0);
            let name = self.canvas.lines(style, name, most);
            let name = name.first().map_or("", String::as_str);
            self.canvas.text_on(page, [LEFT, y], style, name);
            self.canvas.text_left_of(page, [RIGHT, y], style, &number);
        }
    }
}

//! Pages on which text and areas are put, by millimetres or points from the upper left corner.

use crate::font::{Font, MISSING, Weight};
use crate::{Error, Printed, breaking, pdf};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Width of A4, in points.
pub(crate) const WIDTH: f64 = 595.28;
/// Height of A4, in points.
pub(crate) const HEIGHT: f64 = 841.89;
/// Pages of a document, at most.
const MOST_PAGES: usize = 500;

/// Millimetres in points.
pub(crate) fn mm(millimetres: f64) -> f64 {
    millimetres * 72.0 / 25.4
}

/// A colour: red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Colour(pub(crate) [f64; 3]);

pub(crate) const INK: Colour = Colour([0.09, 0.11, 0.10]);
pub(crate) const QUIET: Colour = Colour([0.36, 0.40, 0.38]);
pub(crate) const HAIR: Colour = Colour([0.80, 0.83, 0.81]);
pub(crate) const TINT: Colour = Colour([0.955, 0.970, 0.960]);
pub(crate) const GREEN: Colour = Colour([0.05, 0.35, 0.24]);
pub(crate) const AMBER: Colour = Colour([0.55, 0.33, 0.0]);
pub(crate) const RED: Colour = Colour([0.66, 0.11, 0.10]);

/// How text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    pub(crate) weight: Weight,
    pub(crate) size: f64,
    pub(crate) colour: Colour,
}

impl Style {
    pub(crate) const fn regular(size: f64) -> Self {
        Self {
            weight: Weight::Regular,
            size,
            colour: INK,
        }
    }

    pub(crate) const fn bold(size: f64) -> Self {
        Self {
            weight: Weight::Bold,
            size,
            colour: INK,
        }
    }

    pub(crate) const fn in_colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// From one baseline to the next.
    pub(crate) fn leading(&self) -> f64 {
        self.size * 1.42
    }

    /// From the top of a line to its baseline.
    pub(crate) fn drop(&self) -> f64 {
        self.size * 1.06
    }
}

/// Glyphs of a weight that were used, and the characters that they stand for.
pub(crate) type Used = BTreeMap<u16, char>;

/// The pages of a document.
pub(crate) struct Canvas {
    fonts: [Font; 2],
    used: [Used; 2],
    pages: Vec<String>,
    missing: BTreeSet<char>,
}

impl Canvas {
    pub(crate) fn new() -> Self {
        Self {
            fonts: Weight::ALL.map(Weight::font),
            used: Default::default(),
            pages: vec![String::new()],
            missing: BTreeSet::new(),
        }
    }

    /// Begins another page.
    pub(crate) fn turn(&mut self) -> Result<(), Error> {
        if self.pages.len() == MOST_PAGES {
            return Err(Error::TooLong);
        }
        self.pages.push(String::new());
        Ok(())
    }

    pub(crate) fn pages(&self) -> usize {
        self.pages.len()
    }

    /// Returns how wide a text is, in points.
    pub(crate) fn width(&self, style: Style, text: &str) -> f64 {
        let font = &self.fonts[style.weight as usize];
        let glyphs = shown(text).map(|character| font.glyph(character).unwrap_or(MISSING));
        let thousandths: i32 = glyphs.map(|glyph| font.width(glyph)).sum();
        f64::from(thousandths) * style.size / 1000.0
    }

    /// Breaks a text into lines.
    pub(crate) fn lines(&self, style: Style, text: &str, most: f64) -> Vec<String> {
        breaking::lines(text, most, &|line| self.width(style, line))
    }

    /// Puts a line of text on the newest page, its baseline at `y`.
    pub(crate) fn text(&mut self, x: f64, y: f64, style: Style, text: &str) {
        self.text_on(self.pages.len() - 1, [x, y], style, text);
    }

    /// Puts a line of text on a page, its right end at `x`.
    pub(crate) fn text_left_of(&mut self, page: usize, [x, y]: [f64; 2], style: Style, text: &str) {
        let begin = x - self.width(style, text);
        self.text_on(page, [begin, y], style, text);
    }

    pub(crate) fn text_on(&mut self, page: usize, [x, y]: [f64; 2], style: Style, text: &str) {
        let weight = style.weight as usize;
        let mut glyphs = String::new();
        for character in shown(text) {
            let glyph = self.fonts[weight].glyph(character).unwrap_or(MISSING);
            if glyph == MISSING {
                self.missing.insert(character);
            } else {
                self.used[weight].insert(glyph, character);
            }
            let _ = write!(glyphs, "{glyph:04X}");
        }
        let [r, g, b] = style.colour.0;
        let (size, up) = (style.size, HEIGHT - y);
        let _ = writeln!(
            self.pages[page],
            "BT /F{weight} {size:.2} Tf {r:.3} {g:.3} {b:.3} rg {x:.2} {up:.2} Td <{glyphs}> Tj ET"
        );
    }

    /// Fills an area on the newest page: its left, its top, its width and its height.
    pub(crate) fn area(&mut self, place: [f64; 4], colour: Colour) {
        self.areas(&[place], colour);
    }

    /// Fills several areas with one colour.
    pub(crate) fn areas(&mut self, places: &[[f64; 4]], colour: Colour) {
        let [r, g, b] = colour.0;
        let Some(page) = self.pages.last_mut() else {
            return;
        };
        let _ = write!(page, "{r:.3} {g:.3} {b:.3} rg");
        for [x, y, width, height] in places {
            let bottom = HEIGHT - y - height;
            let _ = write!(page, " {x:.2} {bottom:.2} {width:.2} {height:.2} re");
        }
        page.push_str(" f\n");
    }

    /// Writes the document.
    pub(crate) fn finish(self, title: &str, language: &str) -> Printed {
        let title: String = shown(title).collect();
        Printed {
            pages: self.pages.len(),
            missing: self.missing.into_iter().collect(),
            pdf: pdf::write(&self.pages, &self.fonts, &self.used, &title, language),
        }
    }
}

/// The characters of a text that are drawn. What only turns the direction of writing, joins or controls is left out: on paper it could
/// do nothing but deceive.
fn shown(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter_map(|character| match character {
        '\t' => Some(' '),
        '\u{2011}' => Some('-'),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => None,
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{61c}' => None,
        character if character.is_control() => None,
        character => Some(character),
    })
}

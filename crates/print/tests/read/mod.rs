//! Reads what was printed, as others do: the text of each page by the fonts' own maps, the code of squares from its areas.
//!
//! `VALISE_PRINT=/tmp/pages` keeps what the tests print, to be looked at.
#![allow(dead_code)]

use lopdf::content::Content;
use lopdf::{Document, Object, ObjectId};
use std::collections::BTreeMap;

const MM: f64 = 25.4 / 72.0;
const HIGH: f64 = 841.89;

/// A line of text, and where it begins.
#[derive(Debug, Clone)]
pub struct Line {
    pub text: String,
    pub x_mm: f64,
    pub y_mm: f64,
    pub width_mm: f64,
    pub size: f64,
    pub is_coloured: bool,
}

/// What stands on a page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub lines: Vec<Line>,
    /// Areas in black: left, top, width, height in points.
    pub black: Vec<[f64; 4]>,
}

struct Font {
    characters: BTreeMap<u16, String>,
    widths: BTreeMap<u16, f64>,
}

pub fn pages(pdf: &[u8]) -> Vec<Page> {
    let document = Document::load_mem(pdf).unwrap();
    document
        .get_pages()
        .values()
        .map(|page| read(&document, *page))
        .collect()
}

/// Keeps a document, if that is wanted.
pub fn keep(name: &str, pdf: &[u8]) {
    if let Some(folder) = std::env::var_os("VALISE_PRINT") {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(std::path::Path::new(&folder).join(name), pdf).unwrap();
    }
}

/// The text of all pages, spaces as they are read.
pub fn text(pdf: &[u8]) -> String {
    let mut out = String::new();
    for page in pages(pdf) {
        let mut glued = String::new();
        for line in &page.lines {
            // A link goes on where its line ends.
            let goes_on =
                glued.contains("https://") && !glued.ends_with(' ') && !line.text.contains(' ');
            if !goes_on {
                out.push_str(&glued);
                out.push(' ');
                glued.clear();
            }
            glued.push_str(&line.text);
        }
        out.push_str(&glued);
        out.push(' ');
    }
    joined(&out)
}

/// One space between words.
pub fn joined(text: &str) -> String {
    text.split([' ', '\n'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn read(document: &Document, page: ObjectId) -> Page {
    let fonts: Vec<(Vec<u8>, Font)> = document
        .get_page_fonts(page)
        .unwrap()
        .into_iter()
        .map(|(name, font)| (name, read_font(document, font)))
        .collect();
    let content = Content::decode(&document.get_page_content(page).unwrap()).unwrap();
    let number = |object: &Object| f64::from(object.as_float().unwrap());
    let mut found = Page::default();
    let (mut font, mut size, mut at, mut colour) = (&fonts[0].1, 0.0, [0.0; 2], [0.0; 3]);
    for operation in &content.operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "Tf" => {
                let name = operands[0].as_name().unwrap();
                font = &fonts.iter().find(|(known, _)| known == name).unwrap().1;
                size = number(&operands[1]);
            }
            "Td" => at = [number(&operands[0]), number(&operands[1])],
            "rg" => colour = [0, 1, 2].map(|part| number(&operands[part])),
            "re" if colour == [0.0; 3] => {
                let [x, y, wide, high] = [0, 1, 2, 3].map(|part| number(&operands[part]));
                found.black.push([x, HIGH - y - high, wide, high]);
            }
            "Tj" => {
                let glyphs = operands[0].as_str().unwrap().chunks(2);
                let glyphs: Vec<u16> = glyphs
                    .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                    .collect();
                let known = |glyph: &u16| {
                    font.characters
                        .get(glyph)
                        .map_or("\u{fffd}", String::as_str)
                };
                let wide: f64 = glyphs
                    .iter()
                    .map(|glyph| font.widths.get(glyph).unwrap_or(&0.0))
                    .sum();
                let [r, g, b] = colour;
                found.lines.push(Line {
                    text: glyphs.iter().map(known).collect(),
                    x_mm: at[0] * MM,
                    y_mm: (HIGH - at[1]) * MM,
                    width_mm: wide * size / 1000.0 * MM,
                    size,
                    is_coloured: f64::max(r, f64::max(g, b)) - f64::min(r, f64::min(g, b)) > 0.2,
                });
            }
            _ => {}
        }
    }
    found
}

fn read_font(document: &Document, font: &lopdf::Dictionary) -> Font {
    let follow = |id: ObjectId| document.get_object(id).unwrap();
    let map = follow(font.get(b"ToUnicode").unwrap().as_reference().unwrap());
    let map = String::from_utf8(map.as_stream().unwrap().decompressed_content().unwrap()).unwrap();
    let hex = |text: &str| u16::from_str_radix(text.trim_matches(['<', '>']), 16).unwrap();
    let pairs = map
        .lines()
        .filter(|line| line.starts_with('<') && line.matches('<').count() == 2);
    let pairs = pairs.filter(|line| *line != "<0000> <FFFF>");
    let characters = pairs.map(|line| {
        let (glyph, unit) = line.split_once(' ').unwrap();
        (hex(glyph), String::from_utf16(&[hex(unit)]).unwrap())
    });
    let characters = characters.collect();
    let below = font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0]
        .as_reference()
        .unwrap();
    let below = follow(below).as_dict().unwrap();
    let widths = below.get(b"W").unwrap().as_array().unwrap();
    let widths = widths.chunks(2).map(|pair| {
        let width = &pair[1].as_array().unwrap()[0];
        (
            pair[0].as_i64().unwrap() as u16,
            f64::from(width.as_float().unwrap()),
        )
    });
    Font {
        characters,
        widths: widths.collect(),
    }
}

/// Reads the code of squares on the last page that has one, as a camera would.
pub fn squares(pdf: &[u8]) -> String {
    const DOT: f64 = 0.2;
    let pages = pages(pdf);
    let black = &pages
        .iter()
        .rev()
        .find(|page| !page.black.is_empty())
        .unwrap()
        .black;
    let least = |part: usize| black.iter().map(|area| area[part]).fold(f64::MAX, f64::min) - 10.0;
    let (left, top) = (least(0), least(1));
    let side = (160.0 / DOT) as usize;
    let mut picture = vec![255_u8; side * side];
    for [x, y, wide, high] in black {
        let dots = |from: f64, length: f64| {
            let begin = (from / DOT).round() as usize;
            begin..((from + length) / DOT).round() as usize
        };
        for row in dots(y - top, *high) {
            for column in dots(x - left, *wide) {
                picture[row * side + column] = 0;
            }
        }
    }
    let mut image =
        rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| picture[y * side + x]);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one code");
    grids[0].decode().unwrap().1
}

/// Tells whether one of the document's fonts knows a character.
pub fn knows(pdf: &[u8], character: char) -> bool {
    let document = Document::load_mem(pdf).unwrap();
    let page = *document.get_pages().values().next().unwrap();
    let fonts = document.get_page_fonts(page).unwrap();
    let mut fonts = fonts.values().map(|font| read_font(&document, font));
    fonts.any(|font| {
        font.characters
            .values()
            .any(|known| known.starts_with(character))
    })
}

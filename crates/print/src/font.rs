//! The typeface: which glyph a character has, how wide it is, and a font of the glyphs that a document uses.
//!
//! The two files are Inter (SIL Open Font License, `fonts/OFL.txt`), cut down to Latin and Cyrillic and to outlines that are all whole
//! in themselves, so that a glyph is taken out by leaving its outline away.

use std::collections::BTreeSet;

/// Weights of the typeface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

impl Weight {
    pub(crate) const ALL: [Self; 2] = [Self::Regular, Self::Bold];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Regular => "Inter-Regular",
            Self::Bold => "Inter-SemiBold",
        }
    }

    pub(crate) fn font(self) -> Font {
        Font::new(match self {
            Self::Regular => include_bytes!("../fonts/inter-regular.ttf"),
            Self::Bold => include_bytes!("../fonts/inter-semibold.ttf"),
        })
    }
}

/// Stands for every character that the typeface does not have.
pub(crate) const MISSING: u16 = 0;

const HEADER: usize = 12;
const ENTRY: usize = 16;
/// Tables that a document's font has: it names glyphs by number, so it needs none that names characters.
const KEPT: [&[u8; 4]; 6] = [b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp"];
/// Where `head` says that offsets of outlines are long.
const LONG_OFFSETS: usize = 50;

/// A font of ours (TrueType), as far as it is needed.
#[derive(Clone, Copy)]
pub(crate) struct Font {
    bytes: &'static [u8],
}

/// Measures of a whole font, in thousandths of its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Measures {
    pub(crate) ascent: i32,
    pub(crate) descent: i32,
    pub(crate) bounds: [i32; 4],
}

impl Font {
    fn new(bytes: &'static [u8]) -> Self {
        Self { bytes }
    }

    /// Returns the glyph of a character, if there is one.
    pub(crate) fn glyph(&self, character: char) -> Option<u16> {
        let code = u16::try_from(u32::from(character)).ok()?;
        let map = self.character_map()?;
        let segments = usize::from(word(map, 6)) / 2;
        let (ends, starts) = (14, 16 + segments * 2);
        let at = (0..segments).find(|at| word(map, ends + at * 2) >= code)?;
        let start = word(map, starts + at * 2);
        if start > code {
            return None;
        }
        let delta = word(map, starts + segments * 2 + at * 2);
        let range_at = starts + segments * 4 + at * 2;
        let glyph = match word(map, range_at) {
            0 => code.wrapping_add(delta),
            offset => {
                let index = range_at + usize::from(offset) + usize::from(code - start) * 2;
                match word(map, index) {
                    0 => 0,
                    glyph => glyph.wrapping_add(delta),
                }
            }
        };
        (glyph != MISSING).then_some(glyph)
    }

    /// Returns a glyph's width, in thousandths of the font's size.
    pub(crate) fn width(&self, glyph: u16) -> i32 {
        let (wide, count) = (
            self.table(b"hmtx"),
            usize::from(word(self.table(b"hhea"), 34)),
        );
        let at = usize::from(glyph).min(count.saturating_sub(1));
        self.thousandths(i32::from(word(wide, at * 4)))
    }

    pub(crate) fn measures(&self) -> Measures {
        let (head, hhea) = (self.table(b"head"), self.table(b"hhea"));
        let signed = |table, at| self.thousandths(i32::from(word(table, at).cast_signed()));
        Measures {
            ascent: signed(hhea, 4),
            descent: signed(hhea, 6),
            bounds: [36, 38, 40, 42].map(|at| signed(head, at)),
        }
    }

    /// Makes a font in which these glyphs have outlines, under the numbers that they have, and no others.
    pub(crate) fn with_only(&self, used: &BTreeSet<u16>) -> Vec<u8> {
        let mut outlines = Vec::new();
        let mut offsets = Vec::new();
        for glyph in 0..self.glyphs() {
            offsets.extend(length(&outlines).to_be_bytes());
            if glyph == MISSING || used.contains(&glyph) {
                outlines.extend(self.outline(glyph));
                outlines.resize(outlines.len().next_multiple_of(4), 0);
            }
        }
        offsets.extend(length(&outlines).to_be_bytes());
        let mut head = self.table(b"head").to_vec();
        if let Some(format) = head.get_mut(LONG_OFFSETS..LONG_OFFSETS + 2) {
            format.copy_from_slice(&1_u16.to_be_bytes());
        }
        let tables = KEPT.map(|name| match name {
            b"glyf" => outlines.clone(),
            b"loca" => offsets.clone(),
            b"head" => head.clone(),
            name => self.table(name).to_vec(),
        });
        assemble(&tables)
    }

    fn glyphs(&self) -> u16 {
        word(self.table(b"maxp"), 4)
    }

    fn outline(&self, glyph: u16) -> &'static [u8] {
        let (places, outlines) = (self.table(b"loca"), self.table(b"glyf"));
        let is_long = word(self.table(b"head"), LONG_OFFSETS) != 0;
        let place = |at: usize| match is_long {
            true => usize::from(word(places, at * 4)) << 16 | usize::from(word(places, at * 4 + 2)),
            false => usize::from(word(places, at * 2)) * 2,
        };
        let at = usize::from(glyph);
        outlines.get(place(at)..place(at + 1)).unwrap_or_default()
    }

    /// The part of `cmap` for the characters of the basic plane (format 4).
    fn character_map(&self) -> Option<&'static [u8]> {
        let table = self.table(b"cmap");
        let count = usize::from(word(table, 2));
        let mut maps = (0..count).map(|at| {
            let entry = 4 + at * 8;
            let offset = usize::from(word(table, entry + 4)) << 16;
            table.get(offset + usize::from(word(table, entry + 6))..)
        });
        maps.find_map(|map| map.filter(|map| word(map, 0) == 4))
    }

    fn table(&self, name: &[u8; 4]) -> &'static [u8] {
        let count = usize::from(word(self.bytes, 4));
        let long =
            |at| usize::from(word(self.bytes, at)) << 16 | usize::from(word(self.bytes, at + 2));
        let mut entries = (0..count).map(|at| HEADER + at * ENTRY);
        let entry = entries.find(|at| self.bytes.get(*at..*at + 4) == Some(name));
        let found = entry.and_then(|at| {
            let begin = long(at + 8);
            self.bytes.get(begin..begin + long(at + 12))
        });
        found.unwrap_or_default()
    }

    fn thousandths(&self, units: i32) -> i32 {
        let per_em = i32::from(word(self.table(b"head"), 18)).max(1);
        (units * 1000 + per_em / 2).div_euclid(per_em)
    }
}

/// Puts tables behind their directory.
fn assemble(tables: &[Vec<u8>; KEPT.len()]) -> Vec<u8> {
    const COUNT: u16 = KEPT.len() as u16;
    let mut out = vec![0, 1, 0, 0];
    // What helps a search for the tables: 4 × 16, log₂ 4, and the rest.
    for number in [COUNT, 64, 2, COUNT * 16 - 64] {
        out.extend(number.to_be_bytes());
    }
    let mut begin = HEADER + KEPT.len() * ENTRY;
    for (name, table) in KEPT.iter().zip(tables) {
        out.extend(*name);
        out.extend(checksum(table).to_be_bytes());
        out.extend((begin as u32).to_be_bytes());
        out.extend(length(table).to_be_bytes());
        begin += table.len().next_multiple_of(4);
    }
    for table in tables {
        out.extend(table);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    out
}

fn checksum(table: &[u8]) -> u32 {
    table.chunks(4).fold(0, |sum: u32, chunk| {
        let mut bytes = [0; 4];
        bytes[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(bytes))
    })
}

/// Lengths of tables of a font of some dozen kilobytes.
fn length(bytes: &[u8]) -> u32 {
    bytes.len() as u32
}

/// Two bytes of a file of ours; what is not there is zero.
fn word(bytes: &[u8], at: usize) -> u16 {
    let pair = bytes.get(at..at + 2).unwrap_or(&[0, 0]);
    u16::from_be_bytes([pair[0], pair[1]])
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: &str =
        "AZaz09 ÄÖÜäöüßẞéèêçœŒÿłŁřžĖįőţșАЯаяЁёІіЇїЄєҐґҚқӘә–—‘’‚“”„«»‹›•…€₽№→✓\u{a0}\u{202f}";

    #[test]
    fn latin_and_cyrillic_have_glyphs_and_others_have_none() {
        for weight in Weight::ALL {
            let font = weight.font();
            for character in WRITTEN.chars() {
                let glyph = font.glyph(character);
                assert!(
                    glyph.is_some_and(|glyph| font.width(glyph) > 0),
                    "{character:?}"
                );
            }
            for character in ['\u{0}', '\u{2028}', 'ع', '中', '😀', '\u{ffff}'] {
                assert_eq!(font.glyph(character), None, "{character:?}");
            }
        }
    }

    #[test]
    fn every_outline_is_whole_in_itself() {
        for weight in Weight::ALL {
            let font = weight.font();
            for glyph in 0..font.glyphs() {
                let outline = font.outline(glyph);
                let contours = word(outline, 0).cast_signed();
                assert!(
                    outline.is_empty() || contours >= 0,
                    "glyph {glyph} is made of others"
                );
            }
        }
    }

    #[test]
    fn what_is_not_used_has_no_outline() {
        let font = Weight::Regular.font();
        let used = BTreeSet::from([font.glyph('a').unwrap()]);
        let bytes: &'static [u8] = font.with_only(&used).leak();
        let cut = Font::new(bytes);
        assert_eq!(cut.outline(font.glyph('a').unwrap()), {
            let mut whole = font.outline(font.glyph('a').unwrap()).to_vec();
            whole.resize(whole.len().next_multiple_of(4), 0);
            whole
        });
        assert!(cut.outline(font.glyph('b').unwrap()).is_empty());
        assert_eq!(
            cut.width(font.glyph('b').unwrap()),
            font.width(font.glyph('b').unwrap())
        );
        assert!(bytes.len() < 6_000, "{}", bytes.len());
    }
}

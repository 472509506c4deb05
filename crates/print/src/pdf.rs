//! Writing a PDF (ISO 32000-1, version 1.7) of pages with text.
//!
//! Fonts are embedded with the glyphs that are used, and say which character each glyph stands for. There is no program, no date, no
//! form, no script and nothing to open in it.

use crate::canvas::{HEIGHT, Used, WIDTH};
use crate::font::{Font, Weight};
use miniz_oxide::deflate::compress_to_vec_zlib;
use std::fmt::Write as _;

/// Objects before those of the fonts: catalogue, list of pages, title.
const BEFORE_FONTS: usize = 3;
/// Objects of a font: itself, its glyphs, their measures, the file, the characters.
const PER_FONT: usize = 5;
/// Objects of a page: itself, and what draws it.
const PER_PAGE: usize = 2;
/// Marks a font that has some of its glyphs only.
const SUBSET: &str = "VALISE";
/// Glyphs that one block of a character map may list.
const MOST_IN_BLOCK: usize = 100;

/// Writes a document.
pub(crate) fn write(
    pages: &[String],
    fonts: &[Font; 2],
    used: &[Used; 2],
    title: &str,
    language: &str,
) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.out.extend(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
    writer.object(&format!(
        "<< /Type /Catalog /Pages 2 0 R /Lang ({language}) /ViewerPreferences << /DisplayDocTitle true >> >>"
    ));
    let first = BEFORE_FONTS + fonts.len() * PER_FONT + 1;
    let kids: String = (0..pages.len())
        .map(|at| format!("{} 0 R ", first + at * PER_PAGE))
        .collect();
    let count = pages.len();
    writer.object(&format!(
        "<< /Type /Pages /Count {count} /Kids [ {kids}] >>"
    ));
    writer.object(&format!("<< /Title <FEFF{}> >>", utf16(title)));
    for (weight, (font, used)) in Weight::ALL.into_iter().zip(fonts.iter().zip(used)) {
        writer.font(weight, font, used);
    }
    let [regular, bold] = [0, 1].map(|at| BEFORE_FONTS + at * PER_FONT + 1);
    for page in pages {
        let draws = writer.starts.len() + 2;
        writer.object(&format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 {WIDTH} {HEIGHT} ] /Contents {draws} 0 R \
             /Resources << /Font << /F0 {regular} 0 R /F1 {bold} 0 R >> >> >>"
        ));
        writer.packed("", page.as_bytes());
    }
    writer.finish()
}

/// Writes objects and remembers where they begin.
#[derive(Default)]
struct Writer {
    out: Vec<u8>,
    starts: Vec<usize>,
}

impl Writer {
    fn object(&mut self, body: &str) {
        self.raw(body.as_bytes());
    }

    fn raw(&mut self, body: &[u8]) {
        self.starts.push(self.out.len());
        let number = self.starts.len();
        self.out.extend(format!("{number} 0 obj\n").as_bytes());
        self.out.extend(body);
        self.out.extend(b"\nendobj\n");
    }

    /// Writes data, packed.
    fn packed(&mut self, entries: &str, data: &[u8]) {
        let packed = compress_to_vec_zlib(data, 9);
        let length = packed.len();
        let mut body =
            format!("<< {entries}/Filter /FlateDecode /Length {length} >>\nstream\n").into_bytes();
        body.extend(packed);
        body.extend(b"\nendstream");
        self.raw(&body);
    }

    fn font(&mut self, weight: Weight, font: &Font, used: &Used) {
        let at = self.starts.len();
        let [glyphs, measures, file, characters] = [2, 3, 4, 5].map(|next| at + next);
        let name = format!("{SUBSET}+{}", weight.name());
        self.object(&format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H \
             /DescendantFonts [ {glyphs} 0 R ] /ToUnicode {characters} 0 R >>"
        ));
        let mut widths = String::new();
        for glyph in used.keys() {
            let _ = write!(widths, "{glyph} [ {} ] ", font.width(*glyph));
        }
        self.object(&format!(
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDToGIDMap /Identity \
             /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> \
             /DW {} /W [ {widths}] /FontDescriptor {measures} 0 R >>",
            font.width(crate::font::MISSING)
        ));
        let found = font.measures();
        let [left, low, right, high] = found.bounds;
        let (ascent, descent) = (found.ascent, found.descent);
        self.object(&format!(
            "<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [ {left} {low} {right} {high} ] \
             /ItalicAngle 0 /Ascent {ascent} /Descent {descent} /CapHeight 727 /StemV 90 /FontFile2 {file} 0 R >>"
        ));
        let bytes = font.with_only(&used.keys().copied().collect());
        self.packed(&format!("/Length1 {} ", bytes.len()), &bytes);
        self.packed("", characters_of(used).as_bytes());
    }

    fn finish(mut self) -> Vec<u8> {
        let (table, count) = (self.out.len(), self.starts.len() + 1);
        let mut end = format!("xref\n0 {count}\n0000000000 65535 f \n");
        for start in &self.starts {
            let _ = writeln!(end, "{start:010} 00000 n ");
        }
        let _ = write!(
            end,
            "trailer\n<< /Size {count} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{table}\n%%EOF\n"
        );
        self.out.extend(end.as_bytes());
        self.out
    }
}

/// The map from glyphs to characters, by which text is searched and copied.
fn characters_of(used: &Used) -> String {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let pairs: Vec<_> = used.iter().collect();
    for block in pairs.chunks(MOST_IN_BLOCK) {
        let _ = writeln!(map, "{} beginbfchar", block.len());
        for (glyph, character) in block {
            let _ = writeln!(map, "<{glyph:04X}> <{}>", utf16(&character.to_string()));
        }
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    map
}

fn utf16(text: &str) -> String {
    text.encode_utf16()
        .map(|unit| format!("{unit:04X}"))
        .collect()
}

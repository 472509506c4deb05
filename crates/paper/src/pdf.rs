//! A PDF of pages that are pictures, and nothing else.
//!
//! There is no title, no author, no program, no date and no former version in it; equal pages give equal bytes. PDF 1.4 (ISO
//! 32000-1): a catalogue, and for each page its picture and the one line that draws it.

use crate::page::{MOST_SIDE, Picture, brightness};
use crate::{Error, jpeg};
use std::fmt::Write as _;

/// Longer side of a page on paper, in points: that of A4.
const LONG_POINTS: f64 = 841.89;
/// Objects before those of the first page: catalogue and list of pages.
const BEFORE_PAGES: usize = 2;
/// Objects of a page: itself, what draws it, its picture.
const PER_PAGE: usize = 3;

/// Pages that become a document.
#[derive(Debug, Default)]
pub struct Document {
    pages: Vec<Page>,
}

#[derive(Debug)]
struct Page {
    width: u32,
    height: u32,
    /// The picture's entries beside its size and length.
    dictionary: String,
    data: Vec<u8>,
}

impl Document {
    /// Adds a page that is a JPEG in grey or colour. Whatever the file holds beside the picture is left out.
    pub fn add_jpeg(&mut self, file: &[u8]) -> Result<(), Error> {
        let data = jpeg::bare(file)?;
        let head = jpeg::head(&data)?;
        let colours = match head.components {
            1 => "DeviceGray",
            3 => "DeviceRGB",
            _ => return Err(Error::Unknown),
        };
        if head.width == 0 || head.height == 0 || head.width.max(head.height) > MOST_SIDE {
            return Err(Error::TooLarge);
        }
        self.pages.push(Page {
            width: head.width,
            height: head.height,
            dictionary: format!("/ColorSpace /{colours} /BitsPerComponent 8 /Filter /DCTDecode"),
            data,
        });
        Ok(())
    }

    /// Adds a page of black and white: what is darker than the middle is black. One bit a pixel, packed without loss.
    pub fn add_black_white(&mut self, picture: &Picture) {
        let (width, height) = (picture.width(), picture.height());
        self.pages.push(Page {
            width,
            height,
            dictionary: format!(
                "/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /FlateDecode \
                 /DecodeParms << /Predictor 15 /Colors 1 /BitsPerComponent 1 /Columns {width} >>"
            ),
            data: miniz_oxide::deflate::compress_to_vec_zlib(&bits(picture), 9),
        });
    }

    /// Number of pages.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether there is no page.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Writes the document. A document without pages is none: [`Error::Misuse`].
    pub fn finish(self) -> Result<Vec<u8>, Error> {
        if self.pages.is_empty() {
            return Err(Error::Misuse);
        }
        let mut writer = Writer::default();
        writer.out.extend(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n");
        writer.object(b"<< /Type /Catalog /Pages 2 0 R >>");
        let mut kids = String::new();
        for at in 0..self.pages.len() {
            // Writing into a string does not fail.
            let _ = write!(kids, "{} 0 R ", BEFORE_PAGES + 1 + at * PER_PAGE);
        }
        let count = self.pages.len();
        writer.object(format!("<< /Type /Pages /Count {count} /Kids [ {kids}] >>").as_bytes());
        for page in self.pages {
            writer.page(page);
        }
        Ok(writer.finish())
    }
}

/// Rows of bits, 1 for white, each byte as its difference from the one above (PNG filter 2): that packs text well.
fn bits(picture: &Picture) -> Vec<u8> {
    let width = picture.width() as usize;
    let row_bytes = width.div_ceil(8);
    let mut out = Vec::with_capacity((row_bytes + 1) * picture.height() as usize);
    let mut above = vec![0_u8; row_bytes];
    for row in picture.pixels().chunks_exact(width * 4) {
        let mut here = vec![0_u8; row_bytes];
        for (x, pixel) in row.chunks_exact(4).enumerate() {
            if brightness([pixel[0], pixel[1], pixel[2]]) >= 128.0 {
                here[x / 8] |= 0x80 >> (x % 8);
            }
        }
        out.push(2);
        let differences = here.iter().zip(&above);
        out.extend(differences.map(|(here, above)| here.wrapping_sub(*above)));
        above = here;
    }
    out
}

/// Writes objects and remembers where they begin.
#[derive(Default)]
struct Writer {
    out: Vec<u8>,
    starts: Vec<usize>,
}

impl Writer {
    /// Writes the next object; returns its number.
    fn object(&mut self, body: &[u8]) -> usize {
        self.starts.push(self.out.len());
        let number = self.starts.len();
        self.out.extend(format!("{number} 0 obj\n").as_bytes());
        self.out.extend(body);
        self.out.extend(b"\nendobj\n");
        number
    }

    fn page(&mut self, page: Page) {
        let (width, height) = (f64::from(page.width), f64::from(page.height));
        let scale = LONG_POINTS / width.max(height);
        let (wide, high) = (width * scale, height * scale);
        let next = self.starts.len() + 1;
        let (draws, picture) = (next + 1, next + 2);
        self.object(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 {wide:.2} {high:.2} ] /Contents {draws} 0 R \
                 /Resources << /XObject << /Page {picture} 0 R >> >> >>"
            )
            .as_bytes(),
        );
        let line = format!("q {wide:.2} 0 0 {high:.2} 0 0 cm /Page Do Q");
        self.stream("", line.as_bytes());
        let dictionary = format!(
            "/Type /XObject /Subtype /Image /Width {} /Height {} {} ",
            page.width, page.height, page.dictionary
        );
        self.stream(&dictionary, &page.data);
    }

    fn stream(&mut self, dictionary: &str, data: &[u8]) {
        let mut body = format!("<< {dictionary}/Length {} >>\nstream\n", data.len()).into_bytes();
        body.extend(data);
        body.extend(b"\nendstream");
        self.object(&body);
    }

    fn finish(mut self) -> Vec<u8> {
        let (table, count) = (self.out.len(), self.starts.len() + 1);
        let mut end = format!("xref\n0 {count}\n0000000000 65535 f \n");
        for start in &self.starts {
            let _ = writeln!(end, "{start:010} 00000 n ");
        }
        let _ = write!(
            end,
            "trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"
        );
        self.out.extend(end.as_bytes());
        self.out
    }
}

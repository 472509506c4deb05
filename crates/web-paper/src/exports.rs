//! What the worker's script calls. Pixels are 4 bytes each; places are parts of a width or height, 0 to 1.

use valise_paper::cover::{Cover, cover};
use valise_paper::pdf::Document;
use valise_paper::straighten::{PAGE_SIDE, size, straighten};
use valise_paper::{Error, Finish, Picture, Quad, clean, corners, look};
use wasm_bindgen::prelude::*;

fn thrown(error: Error) -> JsValue {
    let why = match error {
        Error::TooLarge => "too-large",
        Error::Unknown | Error::Misuse => "unreadable",
    };
    why.into()
}

/// Width and height that a picture says to have. Throws `"too-large"` or `"unreadable"`: then nothing may decode it.
#[wasm_bindgen]
pub fn measure(head: &[u8]) -> Result<Vec<u32>, JsValue> {
    let looked = look::look(head).map_err(thrown)?;
    Ok(vec![looked.width, looked.height])
}

/// A decoded picture.
#[wasm_bindgen]
pub struct Photo(Picture);

#[wasm_bindgen]
impl Photo {
    /// Takes its pixels.
    #[wasm_bindgen(constructor)]
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Result<Self, JsValue> {
        Picture::new(width, height, pixels)
            .map(Self)
            .map_err(thrown)
    }

    /// Corners of the sheet in it: 8 numbers, clockwise from the upper left; none if there is no sheet.
    pub fn find(&self) -> Vec<f32> {
        let (width, height) = (self.0.width() as f32, self.0.height() as f32);
        let found = corners::find(&self.0).map(|quad| {
            let quad = quad.scaled(1.0 / width, 1.0 / height);
            quad.0.into_iter().flat_map(|(x, y)| [x, y]).collect()
        });
        found.unwrap_or_default()
    }

    /// Makes a page of it: what lies between the corners (8 numbers; none for all of it), cleaned (0 as it is, 1 colour, 2 grey,
    /// 3 black and white), with what lies beneath the covers (4 numbers each: left, top, right, bottom of the page) made black,
    /// and turned by quarters to the right. At most `side` pixels long, if it has corners.
    pub fn page(
        &self,
        corners: &[f32],
        finish: u8,
        covers: &[f32],
        quarters: u32,
        side: u32,
    ) -> Sheet {
        let straight = quad(corners, self.0.width(), self.0.height())
            .and_then(|quad| straighten(&self.0, &quad, size(&quad, side.clamp(16, PAGE_SIDE))));
        let straight = straight.unwrap_or_else(|| self.0.clone());
        let mut picture = clean::clean(straight, finish_of(finish));
        let covers: Vec<Cover> = covers.chunks_exact(4).map(cover_of).collect();
        cover(&mut picture, &covers);
        Sheet(picture.turned(quarters))
    }
}

/// A page that is ready to be encoded.
#[wasm_bindgen]
pub struct Sheet(Picture);

#[wasm_bindgen]
impl Sheet {
    /// Width in pixels.
    #[wasm_bindgen(getter)]
    pub fn width(&self) -> u32 {
        self.0.width()
    }

    /// Height in pixels.
    #[wasm_bindgen(getter)]
    pub fn height(&self) -> u32 {
        self.0.height()
    }

    /// Its pixels.
    #[wasm_bindgen(getter)]
    pub fn pixels(&self) -> Vec<u8> {
        self.0.pixels().to_vec()
    }
}

/// Pages that become a PDF.
#[wasm_bindgen]
#[derive(Default)]
pub struct Binder(Document);

#[wasm_bindgen]
impl Binder {
    /// Begins without a page.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a page in grey or colour, as a JPEG.
    #[wasm_bindgen(js_name = addJpeg)]
    pub fn add_jpeg(&mut self, bytes: &[u8]) -> Result<(), JsValue> {
        self.0.add_jpeg(bytes).map_err(thrown)
    }

    /// Adds a page in black and white.
    #[wasm_bindgen(js_name = addBlackWhite)]
    pub fn add_black_white(&mut self, sheet: &Sheet) {
        self.0.add_black_white(&sheet.0);
    }

    /// The document's bytes.
    pub fn finish(self) -> Result<Vec<u8>, JsValue> {
        self.0.finish().map_err(thrown)
    }
}

fn quad(corners: &[f32], width: u32, height: u32) -> Option<Quad> {
    let [x0, y0, x1, y1, x2, y2, x3, y3] = corners.try_into().ok()?;
    let quad = Quad([(x0, y0), (x1, y1), (x2, y2), (x3, y3)]);
    Some(quad.scaled(width as f32, height as f32))
}

fn finish_of(number: u8) -> Finish {
    match number {
        1 => Finish::Colour,
        2 => Finish::Grey,
        3 => Finish::BlackWhite,
        _ => Finish::Plain,
    }
}

fn cover_of(numbers: &[f32]) -> Cover {
    Cover {
        left: numbers[0],
        top: numbers[1],
        right: numbers[2],
        bottom: numbers[3],
    }
}

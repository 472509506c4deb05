//! Pixels of a page.

use crate::Error;

/// Longest side of a picture that is worked on, in pixels: an A4 page at 370 dots an inch.
pub const MOST_SIDE: u32 = 4_400;

/// A picture as canvases give it: rows from the top, 4 bytes a pixel (red, green, blue, opacity).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl Picture {
    /// Takes `width × height × 4` bytes. Each side is 1 to [`MOST_SIDE`].
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Result<Self, Error> {
        if width.max(height) > MOST_SIDE {
            return Err(Error::TooLarge);
        }
        let bytes = width as usize * height as usize * 4;
        if bytes == 0 || pixels.len() != bytes {
            return Err(Error::Misuse);
        }
        Ok(Self {
            width,
            height,
            pixels,
        })
    }

    /// Makes a picture by asking for each pixel's red, green and blue.
    ///
    /// # Panics
    /// If a side is 0 or longer than [`MOST_SIDE`].
    pub fn from_fn(width: u32, height: u32, colour: impl Fn(u32, u32) -> [u8; 3]) -> Self {
        assert!(width.min(height) > 0 && width.max(height) <= MOST_SIDE);
        let mut pixels = Vec::with_capacity(width as usize * height as usize * 4);
        for y in 0..height {
            for x in 0..width {
                let [red, green, blue] = colour(x, y);
                pixels.extend([red, green, blue, 255]);
            }
        }
        Self {
            width,
            height,
            pixels,
        }
    }

    /// Width in pixels.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The bytes, as they came in.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The bytes, to change.
    pub(crate) fn pixels_mut(&mut self) -> &mut [u8] {
        &mut self.pixels
    }

    /// Gives the bytes away.
    pub fn into_pixels(self) -> Vec<u8> {
        self.pixels
    }

    /// Red, green and blue of a pixel; outside, those of the nearest one.
    pub fn at(&self, x: i64, y: i64) -> [u8; 3] {
        let x = x.clamp(0, i64::from(self.width) - 1) as usize;
        let y = y.clamp(0, i64::from(self.height) - 1) as usize;
        let from = (y * self.width as usize + x) * 4;
        [
            self.pixels[from],
            self.pixels[from + 1],
            self.pixels[from + 2],
        ]
    }

    /// Turns it by quarters to the right.
    pub fn turned(self, quarters: u32) -> Self {
        let (width, height) = (self.width, self.height);
        let from = |x: u32, y: u32| -> [u8; 3] { self.at(i64::from(x), i64::from(y)) };
        match quarters % 4 {
            1 => Self::from_fn(height, width, |x, y| from(y, height - 1 - x)),
            2 => Self::from_fn(width, height, |x, y| from(width - 1 - x, height - 1 - y)),
            3 => Self::from_fn(height, width, |x, y| from(width - 1 - y, x)),
            _ => self,
        }
    }

    /// Makes a grey picture of it whose longer side is at most `most` pixels; each of its pixels is the mean of what it covers.
    pub(crate) fn shrunk(&self, most: u32, grey: impl Fn([u8; 3]) -> f32) -> Plane {
        let longer = self.width.max(self.height);
        let factor = f64::from(longer) / f64::from(most.min(longer));
        let width = ((f64::from(self.width) / factor).round() as usize).max(1);
        let height = ((f64::from(self.height) / factor).round() as usize).max(1);
        let (mut sums, mut counts) = (vec![0.0; width * height], vec![0_u32; width * height]);
        let columns: Vec<usize> = (0..self.width as usize)
            .map(|x| (x * width / self.width as usize).min(width - 1))
            .collect();
        for (y, row) in self
            .pixels
            .chunks_exact(self.width as usize * 4)
            .enumerate()
        {
            let into = (y * height / self.height as usize).min(height - 1) * width;
            for (pixel, column) in row.chunks_exact(4).zip(&columns) {
                sums[into + column] += grey([pixel[0], pixel[1], pixel[2]]);
                counts[into + column] += 1;
            }
        }
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum /= count.max(1) as f32;
        }
        Plane {
            width,
            height,
            values: sums,
        }
    }
}

/// How bright a colour looks, 0 to 255.
pub(crate) fn brightness([red, green, blue]: [u8; 3]) -> f32 {
    0.299 * f32::from(red) + 0.587 * f32::from(green) + 0.114 * f32::from(blue)
}

/// One number a pixel.
#[derive(Debug, Clone)]
pub(crate) struct Plane {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) values: Vec<f32>,
}

impl Plane {
    /// The number at a place; outside, that of the nearest one.
    pub(crate) fn at(&self, x: i64, y: i64) -> f32 {
        let x = x.clamp(0, self.width as i64 - 1) as usize;
        let y = y.clamp(0, self.height as i64 - 1) as usize;
        self.values[y * self.width + x]
    }

    /// The number between the pixels at a place; pixel centres lie at halves.
    pub(crate) fn between(&self, x: f32, y: f32) -> f32 {
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (across, down) = (x - left, y - top);
        let (left, top) = (left as i64, top as i64);
        let upper = self.at(left, top) * (1.0 - across) + self.at(left + 1, top) * across;
        let lower = self.at(left, top + 1) * (1.0 - across) + self.at(left + 1, top + 1) * across;
        upper * (1.0 - down) + lower * down
    }

    /// Smooths it: each number becomes the mean of a square of `2 × radius + 1`.
    pub(crate) fn blurred(&self, radius: usize) -> Self {
        let across = self.blurred_along(radius, 1, self.width, self.width, self.height);
        across.blurred_along(radius, self.width, 1, self.height, self.width)
    }

    fn blurred_along(
        &self,
        radius: usize,
        step: usize,
        line_step: usize,
        length: usize,
        lines: usize,
    ) -> Self {
        let mut values = vec![0.0; self.values.len()];
        let mut sums = vec![0.0_f32; length + 1];
        for line in 0..lines {
            let start = line * line_step;
            for at in 0..length {
                sums[at + 1] = sums[at] + self.values[start + at * step];
            }
            for at in 0..length {
                let (from, to) = (at.saturating_sub(radius), (at + radius + 1).min(length));
                values[start + at * step] = (sums[to] - sums[from]) / (to - from) as f32;
            }
        }
        Self {
            values,
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_that_lies_is_refused() {
        assert_eq!(Picture::new(2, 2, vec![0; 15]), Err(Error::Misuse));
        assert_eq!(Picture::new(0, 2, vec![]), Err(Error::Misuse));
        assert_eq!(
            Picture::new(65_535, 65_535, vec![0; 4]),
            Err(Error::TooLarge)
        );
        assert!(Picture::new(2, 1, vec![0; 8]).is_ok());
    }

    #[test]
    fn four_quarters_are_a_whole_turn() {
        let picture = Picture::from_fn(3, 2, |x, y| [x as u8 * 40, y as u8 * 90, 7]);
        let once = picture.clone().turned(1);
        assert_eq!((once.width(), once.height()), (2, 3));
        // What was at the lower left is at the upper left.
        assert_eq!(once.at(0, 0), picture.at(0, 1));
        assert_eq!(once.clone().turned(2), picture.clone().turned(3));
        assert_eq!(once.turned(3), picture);
    }

    #[test]
    fn smoothing_keeps_the_mean_of_what_is_even() {
        let plane = Plane {
            width: 5,
            height: 4,
            values: vec![7.0; 20],
        };
        assert!(
            plane
                .blurred(2)
                .values
                .iter()
                .all(|value| (value - 7.0).abs() < 1e-4)
        );
    }
}

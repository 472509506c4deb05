//! A page without shadows: white where it is paper, dark where it is ink.
//!
//! How bright the bare paper is at each place is estimated from the brightest part of every small square, smoothed over
//! what is printed there; each colour is divided by it. That takes away shadow, lamp light and yellow paper at once.

use crate::page::{Picture, Plane, brightness};

/// How a page is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// As it is.
    Plain,
    /// Without shadows, in colour.
    Colour,
    /// Without shadows, in grey.
    Grey,
    /// Black or white, and nothing between.
    BlackWhite,
}

/// Squares along the longer side in which the paper's brightness is estimated.
const SQUARES: u32 = 48;
/// What is so bright, as a part of the paper's brightness, is paper.
const PAPER: f32 = 0.90;
/// What is so dark, as a part of the paper's brightness, is ink.
const INK: f32 = 0.22;
/// Paper in shadow has at least this part of the brightness of the brightest paper: what is darker is printed so.
const DEEPEST_SHADOW: f32 = 0.3;

/// Cleans a page.
pub fn clean(mut picture: Picture, finish: Finish) -> Picture {
    if finish == Finish::Plain {
        return picture;
    }
    let grounds = [0, 1, 2].map(|channel| ground(&picture, channel));
    let width = picture.width() as usize;
    let scale = (
        grounds[0].width as f32 / picture.width() as f32,
        grounds[0].height as f32 / picture.height() as f32,
    );
    for (at, pixel) in picture.pixels_mut().chunks_exact_mut(4).enumerate() {
        let x = ((at % width) as f32 + 0.5) * scale.0;
        let y = ((at / width) as f32 + 0.5) * scale.1;
        for (value, ground) in pixel.iter_mut().zip(&grounds) {
            let part = f32::from(*value) / ground.between(x, y).max(1.0);
            let light = ((part - INK) / (PAPER - INK)).clamp(0.0, 1.0);
            *value = (light * 255.0 + 0.5) as u8;
        }
        pixel[3] = 255;
    }
    match finish {
        Finish::Grey => grey(&mut picture),
        Finish::BlackWhite => black_or_white(&mut picture),
        Finish::Plain | Finish::Colour => {}
    }
    picture
}

/// How bright bare paper is, in each square of a coarse raster.
fn ground(picture: &Picture, channel: usize) -> Plane {
    let bright = brightest(picture, channel);
    let mut all = bright.values.clone();
    // A raster has at least one square.
    let at = all.len() * 9 / 10;
    let (_, paper, _) = all.select_nth_unstable_by(at, f32::total_cmp);
    let least = *paper * DEEPEST_SHADOW;
    // What is printed large hides the paper: the squares around know better.
    let closed = spread(&spread(&bright, f32::max), f32::max);
    let closed = spread(&spread(&closed, f32::min), f32::min);
    let values = closed
        .blurred(2)
        .values
        .into_iter()
        .map(|value| value.max(least))
        .collect();
    Plane { values, ..closed }
}

/// The brightness that only a twelfth of each square exceeds: paper, without single bright dots.
fn brightest(picture: &Picture, channel: usize) -> Plane {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let side = width.max(height).div_ceil(SQUARES as usize).max(4);
    let (columns, rows) = (width.div_ceil(side), height.div_ceil(side));
    let mut counts = vec![[0_u16; 64]; columns * rows];
    let step = (side / 24).max(1);
    for y in (0..height).step_by(step) {
        for x in (0..width).step_by(step) {
            let value = picture.pixels()[(y * width + x) * 4 + channel];
            let count = &mut counts[y / side * columns + x / side][usize::from(value) / 4];
            *count = count.saturating_add(1);
        }
    }
    let values = counts
        .iter()
        .map(|counts| {
            let all: u32 = counts.iter().map(|count| u32::from(*count)).sum();
            let mut above = 0;
            let level = (0..64).rev().find(|level| {
                above += u32::from(counts[*level]);
                above * 12 > all
            });
            level.unwrap_or_default() as f32 * 4.0 + 2.0
        })
        .collect();
    Plane {
        width: columns,
        height: rows,
        values,
    }
}

/// Gives each square the brightest, or the darkest, of those around it.
fn spread(plane: &Plane, choose: fn(f32, f32) -> f32) -> Plane {
    let mut values = Vec::with_capacity(plane.values.len());
    for y in 0..plane.height as i64 {
        for x in 0..plane.width as i64 {
            let around = (-1..=1).flat_map(|down| (-1..=1).map(move |across| (across, down)));
            let chosen = around
                .map(|(across, down)| plane.at(x + across, y + down))
                .reduce(choose);
            values.push(chosen.unwrap_or_default());
        }
    }
    Plane {
        values,
        ..plane.clone()
    }
}

fn grey(picture: &mut Picture) {
    for pixel in picture.pixels_mut().chunks_exact_mut(4) {
        let value = brightness([pixel[0], pixel[1], pixel[2]]).round() as u8;
        pixel[..3].fill(value);
    }
}

/// The paper is even by now, so that one threshold serves the whole page: the one that tells two groups apart best.
fn black_or_white(picture: &mut Picture) {
    grey(picture);
    let mut counts = [0_u32; 256];
    for pixel in picture.pixels().chunks_exact(4) {
        counts[usize::from(pixel[0])] += 1;
    }
    let threshold = parting(&counts).clamp(110, 200);
    for pixel in picture.pixels_mut().chunks_exact_mut(4) {
        let value = if pixel[0] < threshold { 0 } else { 255 };
        pixel[..3].fill(value);
    }
}

/// Otsu's threshold.
fn parting(counts: &[u32; 256]) -> u8 {
    let all: f64 = counts.iter().map(|count| f64::from(*count)).sum();
    let sum: f64 = (0..256).map(|at| at as f64 * f64::from(counts[at])).sum();
    let (mut below, mut below_sum, mut best) = (0.0, 0.0, (0.0, 128));
    for (at, count) in counts.iter().enumerate() {
        below += f64::from(*count);
        below_sum += at as f64 * f64::from(*count);
        let above = all - below;
        if below == 0.0 || above == 0.0 {
            continue;
        }
        let apart = below_sum / below - (sum - below_sum) / above;
        let between = below * above * apart * apart;
        if between > best.0 {
            best = (between, at + 1);
        }
    }
    best.1.min(255) as u8
}

#[cfg(test)]
mod tests;

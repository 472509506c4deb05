//! Where in a photograph the sheet of paper lies.
//!
//! Guesses are made in two ways, each at several levels, and judged by one measure. A sheet is mostly *brighter* than what
//! it lies on; and it is *closed off* by an edge, which a flood that comes from the picture's border does not cross, even
//! where a shadow makes one end of it as dark as the table. What encloses the largest part of either is made a
//! quadrilateral, its sides are drawn along the strongest edge nearby, and the one whose sides have most edge beneath them
//! wins. If none has enough, there is no sheet, and nobody is shown a wrong one.

mod fit;
mod region;

use crate::page::{Picture, Plane, brightness};
use fit::{drawn_along_edges, quad_of, support};
use region::{above, enclosed, largest};

/// Longest side of the picture in which guesses are made, in pixels.
const GUESS_SIDE: u32 = 320;
/// Longest side of the picture in which the sides are drawn, in pixels.
const DRAW_SIDE: u32 = 960;
/// Least part of the picture that a sheet takes.
const LEAST_AREA: f32 = 0.12;
/// Part of each side, and of all of them, that must have an edge beneath it.
const LEAST_SUPPORT: (f32, f32) = (0.3, 0.6);
/// Least number of sides that are within the picture.
const LEAST_SIDES: usize = 2;

/// Four corners in pixels, from the upper left one, clockwise. Pixel centres lie at halves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quad(pub [(f32, f32); 4]);

impl Quad {
    /// All of a picture of this size.
    pub fn whole(width: u32, height: u32) -> Self {
        let (width, height) = (width as f32, height as f32);
        Self([(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)])
    }

    /// The same in a picture that is so many times as large.
    pub fn scaled(self, across: f32, down: f32) -> Self {
        Self(self.0.map(|(x, y)| (x * across, y * down)))
    }

    /// Whether it can be a sheet seen at an angle: no corner is folded in, and none is flat.
    pub fn is_sound(&self) -> bool {
        (0..4).all(|at| {
            let (before, here, after) = (self.0[(at + 3) % 4], self.0[at], self.0[(at + 1) % 4]);
            let (to, from) = (direction(before, here), direction(here, after));
            let turn = to.0 * from.1 - to.1 * from.0;
            // The sine of what the outline turns here: above it the angle is between 30 and 150 degrees.
            turn > 0.5
        })
    }

    /// Its area in pixels.
    pub fn area(&self) -> f32 {
        let twice: f32 = (0..4)
            .map(|at| {
                let (here, next) = (self.0[at], self.0[(at + 1) % 4]);
                here.0 * next.1 - next.0 * here.1
            })
            .sum();
        twice.abs() / 2.0
    }

    /// Length of the side that begins at a corner.
    pub(crate) fn side(&self, at: usize) -> f32 {
        let (here, next) = (self.0[at % 4], self.0[(at + 1) % 4]);
        (next.0 - here.0).hypot(next.1 - here.1)
    }
}

fn direction(from: (f32, f32), to: (f32, f32)) -> (f32, f32) {
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    let length = x.hypot(y).max(1e-6);
    (x / length, y / length)
}

/// Finds the sheet. None if there is no sheet that stands out from what it lies on, or if it fills the picture.
pub fn find(picture: &Picture) -> Option<Quad> {
    let bright = picture.shrunk(GUESS_SIDE, brightness).blurred(1);
    // Wood, cloth and skin are coloured; paper has much of its weakest colour.
    let pale = picture
        .shrunk(GUESS_SIDE, |[red, green, blue]| {
            f32::from(red.min(green).min(blue))
        })
        .blurred(1);
    let edges = steepness(&bright);
    let fine = steepness(&picture.shrunk(DRAW_SIDE, brightness).blurred(1));
    let least_steep = noise(&fine) * 3.0 + 3.0;
    let guesses = levels(&bright)
        .map(|level| above(&bright, level))
        .chain(levels(&pale).map(|level| above(&pale, level)))
        .chain([0.5, 0.7, 0.82, 0.9].map(|part| enclosed(&edges, rank(&edges, part).max(2.0))));
    let to_fine = fine.width as f32 / bright.width as f32;
    let to_fine = (to_fine, fine.height as f32 / bright.height as f32);
    let best = guesses
        .filter_map(|mask| {
            let shape = largest(&mask)?;
            let quad = quad_of(&shape)?;
            let whole = (bright.width * bright.height) as f32;
            let fills = shape.pixels as f32 / quad.area().max(1.0);
            if quad.area() < LEAST_AREA * whole || !(0.8..1.15).contains(&fills) {
                return None;
            }
            let drawn = drawn_along_edges(&fine, quad.scaled(to_fine.0, to_fine.1), least_steep);
            let sides = support(&fine, &drawn, least_steep);
            let seen = sides.iter().flatten().count();
            let least = sides
                .iter()
                .flatten()
                .copied()
                .fold(f32::INFINITY, f32::min);
            let mean = sides.iter().flatten().sum::<f32>() / seen.max(1) as f32;
            let is_sheet = seen >= LEAST_SIDES
                && least >= LEAST_SUPPORT.0
                && mean >= LEAST_SUPPORT.1
                && drawn.is_sound()
                && fits(&drawn, &fine);
            let part = drawn.area() / (fine.width * fine.height) as f32;
            is_sheet.then_some((mean + 0.25 * part.min(0.9), drawn))
        })
        .max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    let quad = best.1.scaled(
        picture.width() as f32 / fine.width as f32,
        picture.height() as f32 / fine.height as f32,
    );
    Some(inside(quad, picture))
}

/// Whether it is large enough, not the whole picture, and not far outside of it.
fn fits(quad: &Quad, plane: &Plane) -> bool {
    let (width, height) = (plane.width as f32, plane.height as f32);
    let part = quad.area() / (width * height);
    let near = |(x, y): &(f32, f32)| {
        (-0.05 * width..1.05 * width).contains(x) && (-0.05 * height..1.05 * height).contains(y)
    };
    (LEAST_AREA..0.985).contains(&part) && quad.0.iter().all(near)
}

fn inside(quad: Quad, picture: &Picture) -> Quad {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    Quad(
        quad.0
            .map(|(x, y)| (x.clamp(0.0, width), y.clamp(0.0, height))),
    )
}

/// How steeply the numbers rise at each place (Sobel), in units a pixel.
fn steepness(plane: &Plane) -> Plane {
    let mut values = Vec::with_capacity(plane.values.len());
    for y in 0..plane.height as i64 {
        for x in 0..plane.width as i64 {
            let near = |across: i64, down: i64| plane.at(x + across, y + down);
            let across = near(1, -1) + 2.0 * near(1, 0) + near(1, 1)
                - near(-1, -1)
                - 2.0 * near(-1, 0)
                - near(-1, 1);
            let down = near(-1, 1) + 2.0 * near(0, 1) + near(1, 1)
                - near(-1, -1)
                - 2.0 * near(0, -1)
                - near(1, -1);
            values.push(across.hypot(down) / 8.0);
        }
    }
    Plane {
        values,
        ..plane.clone()
    }
}

/// Brightnesses between which a sheet and its table may lie.
fn levels(plane: &Plane) -> impl Iterator<Item = f32> + use<> {
    let (low, high) = (rank(plane, 0.05), rank(plane, 0.95));
    (1..8).map(move |step| low + (high - low) * step as f32 / 8.0)
}

/// The number below which a part of all of them lies.
fn rank(plane: &Plane, part: f32) -> f32 {
    let mut all: Vec<f32> = plane.values.iter().copied().step_by(3).collect();
    let at = ((all.len() as f32 * part) as usize).min(all.len().saturating_sub(1));
    let (_, found, _) = all.select_nth_unstable_by(at, f32::total_cmp);
    *found
}

/// How steep it is where nothing is: the half of all places that is least steep.
fn noise(steep: &Plane) -> f32 {
    rank(steep, 0.5)
}

#[cfg(test)]
mod tests;

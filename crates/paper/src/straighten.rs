//! A sheet as it looks from straight above.

use crate::corners::Quad;
use crate::page::Picture;

/// Longest side of a finished page, in pixels: an A4 page at 200 dots an inch.
pub const PAGE_SIDE: u32 = 2_339;
/// What is left out along each edge, as a part of the page: the shadow and the table just beside it.
const RIM: f32 = 0.004;
/// Ratios of sides that paper has, and that a page within a tenth of them is given: A4, US Letter.
const PAPER: [f32; 2] = [std::f32::consts::SQRT_2, 11.0 / 8.5];

/// Width and height of the page that lies between these corners, at most `most` pixels long.
pub fn size(quad: &Quad, most: u32) -> (u32, u32) {
    let width = quad.side(0).max(quad.side(2)).max(1.0);
    let height = quad.side(1).max(quad.side(3)).max(1.0);
    // The mean of opposite sides is nearer to the truth than the longest when one looks from the side.
    let across = ((quad.side(0) + quad.side(2)) / 2.0).max(1.0);
    let down = ((quad.side(1) + quad.side(3)) / 2.0).max(1.0);
    let seen = down.max(across) / down.min(across);
    let ratio = PAPER
        .into_iter()
        .min_by(|one, other| (one - seen).abs().total_cmp(&(other - seen).abs()))
        .filter(|paper| (paper - seen).abs() < paper * 0.1)
        .unwrap_or(seen);
    let long = width.max(height).min(most as f32).max(1.0);
    let short = (long / ratio).max(1.0);
    let (long, short) = (long.round() as u32, short.round() as u32);
    if down >= across {
        (short, long)
    } else {
        (long, short)
    }
}

/// Draws what lies between the corners, without a narrow rim, as a picture of this size. `None` if the corners are no sheet seen at an angle.
pub fn straighten(picture: &Picture, quad: &Quad, (width, height): (u32, u32)) -> Option<Picture> {
    if !quad.is_sound() {
        return None;
    }
    let way = Projection::of_unit_square(quad);
    let wide = Picture::from_fn(width, height, |x, y| {
        let within =
            |at: u32, length: u32| RIM + (1.0 - 2.0 * RIM) * (at as f32 + 0.5) / length as f32;
        let (across, down) = (within(x, width), within(y, height));
        between(picture, way.place(across, down))
    });
    Some(wide)
}

/// The colour between four pixels.
fn between(picture: &Picture, (x, y): (f32, f32)) -> [u8; 3] {
    let (x, y) = (x - 0.5, y - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let (across, down) = (x - left, y - top);
    let (left, top) = (left as i64, top as i64);
    let corners = [
        (picture.at(left, top), (1.0 - across) * (1.0 - down)),
        (picture.at(left + 1, top), across * (1.0 - down)),
        (picture.at(left, top + 1), (1.0 - across) * down),
        (picture.at(left + 1, top + 1), across * down),
    ];
    let mut sum = [0.5_f32; 3];
    for (colour, weight) in corners {
        for (sum, part) in sum.iter_mut().zip(colour) {
            *sum += f32::from(part) * weight;
        }
    }
    sum.map(|value| value as u8)
}

/// The plane projective map that takes the unit square to a quadrilateral (Heckbert 1989, §2.2.3).
struct Projection {
    a: [f32; 3],
    b: [f32; 3],
    c: [f32; 2],
}

impl Projection {
    fn of_unit_square(quad: &Quad) -> Self {
        let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] = quad.0;
        let (sum_x, sum_y) = (x0 - x1 + x2 - x3, y0 - y1 + y2 - y3);
        let (dx1, dx2, dy1, dy2) = (x1 - x2, x3 - x2, y1 - y2, y3 - y2);
        let by = dx1 * dy2 - dx2 * dy1;
        // A sound quadrilateral has no two sides in one line.
        let g = (sum_x * dy2 - dx2 * sum_y) / by;
        let h = (dx1 * sum_y - sum_x * dy1) / by;
        Self {
            a: [x1 - x0 + g * x1, x3 - x0 + h * x3, x0],
            b: [y1 - y0 + g * y1, y3 - y0 + h * y3, y0],
            c: [g, h],
        }
    }

    /// Where a point of the unit square comes from.
    fn place(&self, u: f32, v: f32) -> (f32, f32) {
        let by = self.c[0] * u + self.c[1] * v + 1.0;
        (
            (self.a[0] * u + self.a[1] * v + self.a[2]) / by,
            (self.b[0] * u + self.b[1] * v + self.b[2]) / by,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_come_from_corners_and_the_middle_from_where_the_diagonals_cross() {
        let quad = Quad([(10.0, 20.0), (90.0, 10.0), (110.0, 140.0), (5.0, 120.0)]);
        let way = Projection::of_unit_square(&quad);
        for (at, (u, v)) in [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
            .into_iter()
            .enumerate()
        {
            let (x, y) = way.place(u, v);
            assert!((x - quad.0[at].0).abs() < 1e-2 && (y - quad.0[at].1).abs() < 1e-2);
        }
        let (x, y) = way.place(0.5, 0.5);
        let cross = |from: (f32, f32), to: (f32, f32)| {
            (to.0 - from.0) * (y - from.1) - (to.1 - from.1) * (x - from.0)
        };
        assert!(cross(quad.0[0], quad.0[2]).abs() < 1.0);
        assert!(cross(quad.0[1], quad.0[3]).abs() < 1.0);
    }

    #[test]
    fn paper_gets_the_shape_of_paper_and_other_things_keep_theirs() {
        let leaning = Quad([
            (100.0, 100.0),
            (1_100.0, 120.0),
            (1_150.0, 1_580.0),
            (60.0, 1_560.0),
        ]);
        let (width, height) = size(&leaning, PAGE_SIDE);
        assert!((height as f32 / width as f32 - std::f32::consts::SQRT_2).abs() < 0.01);
        let card = Quad::whole(900, 300);
        assert_eq!(size(&card, PAGE_SIDE), (900, 300));
        assert_eq!(size(&Quad::whole(8_000, 2_000), 2_000), (2_000, 500));
    }

    #[test]
    fn a_folded_quadrilateral_is_no_sheet() {
        let picture = Picture::from_fn(10, 10, |_, _| [9; 3]);
        let folded = Quad([(0.0, 0.0), (9.0, 9.0), (9.0, 0.0), (0.0, 9.0)]);
        assert!(straighten(&picture, &folded, (4, 4)).is_none());
        assert!(straighten(&picture, &Quad([(1.0, 1.0); 4]), (4, 4)).is_none());
        assert!(straighten(&picture, &Quad::whole(10, 10), (4, 4)).is_some());
    }
}

//! A quadrilateral for an outline, and its sides along edges.

use super::Quad;
use super::region::Shape;
use crate::page::Plane;

/// Points along a side at which its edge is looked for.
const SAMPLES: usize = 64;
/// How far from a side its edge is looked for, as a part of the picture's diagonal.
const REACH: f32 = 0.02;

/// The largest quadrilateral between points of the outline's hull.
pub(super) fn quad_of(shape: &Shape) -> Option<Quad> {
    let hull = thinned(hull(shape.outline.clone()));
    let count = hull.len();
    if count < 4 {
        return None;
    }
    let height = |from: usize, to: usize, at: usize| {
        let (from, to, at) = (hull[from], hull[to], hull[at]);
        ((to.0 - from.0) * (at.1 - from.1) - (to.1 - from.1) * (at.0 - from.0)).abs()
    };
    let mut best = (0.0, [0; 4]);
    for one in 0..count {
        for other in one + 2..count {
            let farthest = |from: usize, to: usize| {
                (from..to)
                    .map(|at| (height(one, other, at % count), at % count))
                    .max_by(|a, b| a.0.total_cmp(&b.0))
            };
            let sides = farthest(one + 1, other).zip(farthest(other + 1, one + count));
            if let Some(((above, between), (below, behind))) = sides
                && above + below > best.0
            {
                best = (above + below, [one, between, other, behind]);
            }
        }
    }
    (best.0 > 0.0).then(|| in_order(best.1.map(|at| hull[at])))
}

/// Corners clockwise on the screen, beginning with the one nearest to the upper left.
fn in_order(corners: [(f32, f32); 4]) -> Quad {
    let mut corners = corners;
    let twice: f32 = (0..4)
        .map(|at| {
            let (here, next) = (corners[at], corners[(at + 1) % 4]);
            here.0 * next.1 - next.0 * here.1
        })
        .sum();
    if twice < 0.0 {
        corners.reverse();
    }
    let first = (0..4)
        .min_by(|one, other| {
            let sum = |at: usize| corners[at].0 + corners[at].1;
            sum(*one).total_cmp(&sum(*other))
        })
        .unwrap_or_default();
    corners.rotate_left(first);
    Quad(corners)
}

/// The convex hull (Andrew's monotone chain).
fn hull(mut points: Vec<(f32, f32)>) -> Vec<(f32, f32)> {
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let turn = |a: (f32, f32), b: (f32, f32), c: (f32, f32)| {
        (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
    };
    let half = |points: &mut dyn Iterator<Item = (f32, f32)>| {
        let mut kept: Vec<(f32, f32)> = Vec::new();
        for point in points {
            while kept.len() >= 2 && turn(kept[kept.len() - 2], kept[kept.len() - 1], point) <= 0.0
            {
                kept.pop();
            }
            kept.push(point);
        }
        kept.pop();
        kept
    };
    let mut lower = half(&mut points.iter().copied());
    lower.extend(half(&mut points.iter().rev().copied()));
    lower
}

/// Leaves so many points of a hull that trying all pairs takes no time.
fn thinned(hull: Vec<(f32, f32)>) -> Vec<(f32, f32)> {
    let step = hull.len().div_ceil(72).max(1);
    hull.into_iter().step_by(step).collect()
}

/// A straight line: a point of it and its direction.
type Line = ((f32, f32), (f32, f32));

/// Moves each side onto the steepest place nearby, and the corners to where the sides meet.
pub(super) fn drawn_along_edges(steep: &Plane, quad: Quad, least: f32) -> Quad {
    let mut quad = quad;
    for narrower in [1.0, 0.4] {
        let reach = REACH * narrower * (steep.width as f32).hypot(steep.height as f32);
        let lines: Vec<Line> = (0..4)
            .map(|at| edge_line(steep, quad.0[at], quad.0[(at + 1) % 4], reach, least))
            .collect();
        let met: Vec<_> = (0..4)
            .map(|at| meeting(lines[(at + 3) % 4], lines[at]).unwrap_or(quad.0[at]))
            .collect();
        let far = (0..4)
            .any(|at| (met[at].0 - quad.0[at].0).hypot(met[at].1 - quad.0[at].1) > 4.0 * reach);
        if far {
            return quad;
        }
        quad = Quad([met[0], met[1], met[2], met[3]]);
    }
    quad
}

/// The line through the steepest places beside a side; the side itself if there are too few.
fn edge_line(steep: &Plane, from: (f32, f32), to: (f32, f32), reach: f32, least: f32) -> Line {
    let along = super::direction(from, to);
    let out = (along.1, -along.0);
    let mut points: Vec<(f32, f32)> = samples(from, to)
        .filter_map(|(x, y)| {
            let (away, found) = steepest(steep, (x, y), out, reach);
            (found >= least).then_some((x + out.0 * away, y + out.1 * away))
        })
        .collect();
    for _ in 0..3 {
        if points.len() < SAMPLES / 5 {
            return (from, along);
        }
        let line = through(&points, along);
        let off = |point: &(f32, f32)| distance(line, *point).abs();
        let mut all: Vec<f32> = points.iter().map(off).collect();
        let middle = all.len() / 2;
        let (_, median, _) = all.select_nth_unstable_by(middle, f32::total_cmp);
        let most = (*median * 2.5).max(0.75);
        points.retain(|point| off(point) <= most);
    }
    through(&points, along)
}

fn samples(from: (f32, f32), to: (f32, f32)) -> impl Iterator<Item = (f32, f32)> {
    (0..SAMPLES).map(move |at| {
        let part = 0.04 + 0.92 * (at as f32 + 0.5) / SAMPLES as f32;
        (
            from.0 + (to.0 - from.0) * part,
            from.1 + (to.1 - from.1) * part,
        )
    })
}

/// How far out of a point it is steepest, and how steep.
fn steepest(steep: &Plane, at: (f32, f32), out: (f32, f32), reach: f32) -> (f32, f32) {
    let steps = (reach * 2.0).ceil() as i32;
    (-steps..=steps)
        .map(|step| {
            let away = step as f32 * 0.5;
            let found = steep.between(at.0 + out.0 * away, at.1 + out.1 * away);
            // Of two edges the nearer one, unless the other is much steeper.
            (away, found * (1.0 - 0.3 * (away / reach).abs()))
        })
        .max_by(|one, other| one.1.total_cmp(&other.1))
        .unwrap_or((0.0, 0.0))
}

/// The line of least squares through points.
fn through(points: &[(f32, f32)], along: (f32, f32)) -> Line {
    let count = points.len() as f32;
    let sum = points
        .iter()
        .fold((0.0, 0.0), |sum, point| (sum.0 + point.0, sum.1 + point.1));
    let middle = (sum.0 / count, sum.1 / count);
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for point in points {
        let (x, y) = (point.0 - middle.0, point.1 - middle.1);
        (xx, xy, yy) = (xx + x * x, xy + x * y, yy + y * y);
    }
    let angle = 0.5 * (2.0 * xy).atan2(xx - yy);
    let mut direction = (angle.cos(), angle.sin());
    if direction.0 * along.0 + direction.1 * along.1 < 0.0 {
        direction = (-direction.0, -direction.1);
    }
    (middle, direction)
}

fn distance((point, direction): Line, other: (f32, f32)) -> f32 {
    (other.0 - point.0) * direction.1 - (other.1 - point.1) * direction.0
}

fn meeting(one: Line, other: Line) -> Option<(f32, f32)> {
    let (a, d) = one;
    let (b, e) = other;
    let cross = d.0 * e.1 - d.1 * e.0;
    if cross.abs() < 0.2 {
        return None;
    }
    let along = ((b.0 - a.0) * e.1 - (b.1 - a.1) * e.0) / cross;
    Some((a.0 + d.0 * along, a.1 + d.1 * along))
}

/// Which part of each side has an edge beneath it. Of what lies along the picture's border nothing can be seen: a side that
/// lies there whole is `None`.
pub(super) fn support(steep: &Plane, quad: &Quad, least: f32) -> [Option<f32>; 4] {
    let (width, height) = (steep.width as f32, steep.height as f32);
    let margin = 0.012 * width.hypot(height);
    let is_within = |(x, y): &(f32, f32)| {
        (margin..width - margin).contains(x) && (margin..height - margin).contains(y)
    };
    [0, 1, 2, 3].map(|at| {
        let (from, to) = (quad.0[at], quad.0[(at + 1) % 4]);
        let along = super::direction(from, to);
        let out = (along.1, -along.0);
        let seen: Vec<_> = samples(from, to).filter(is_within).collect();
        let has_edge = |place: &&(f32, f32)| steepest(steep, **place, out, 2.0).1 >= least;
        let found = seen.iter().filter(has_edge).count();
        (seen.len() > SAMPLES / 4).then(|| found as f32 / seen.len() as f32)
    })
}

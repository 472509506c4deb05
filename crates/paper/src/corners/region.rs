//! Parts of a picture that hang together.

use crate::page::Plane;

/// Which pixels belong.
pub(super) struct Mask {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) belongs: Vec<bool>,
}

/// A part that hangs together.
pub(super) struct Shape {
    /// Number of pixels, those that it encloses included.
    pub(super) pixels: usize,
    /// Leftmost and rightmost pixel of each row that it has, as points on its outline.
    pub(super) outline: Vec<(f32, f32)>,
}

/// What is brighter than a level.
pub(super) fn above(plane: &Plane, level: f32) -> Mask {
    Mask {
        width: plane.width,
        height: plane.height,
        belongs: plane.values.iter().map(|value| *value > level).collect(),
    }
}

/// What a flood from the border does not reach, if it crosses nothing as steep as this.
pub(super) fn enclosed(steep: &Plane, level: f32) -> Mask {
    let (width, height) = (steep.width, steep.height);
    let is_wall = |at: usize| steep.values[at] >= level;
    let mut reached = vec![false; width * height];
    let mut open: Vec<usize> = border(width, height).filter(|at| !is_wall(*at)).collect();
    for at in &open {
        reached[*at] = true;
    }
    while let Some(at) = open.pop() {
        for next in neighbours(at, width, height) {
            if !reached[next] && !is_wall(next) {
                reached[next] = true;
                open.push(next);
            }
        }
    }
    Mask {
        width,
        height,
        belongs: reached.into_iter().map(|reached| !reached).collect(),
    }
}

/// The largest part that hangs together and holds something of the picture's middle; none if there is none.
pub(super) fn largest(mask: &Mask) -> Option<Shape> {
    let (width, height) = (mask.width, mask.height);
    let eroded = eroded(mask);
    let mut seen = vec![false; eroded.len()];
    let mut best: Vec<usize> = Vec::new();
    for start in 0..eroded.len() {
        if seen[start] || !eroded[start] {
            continue;
        }
        seen[start] = true;
        let mut part = vec![start];
        let mut next = 0;
        while next < part.len() {
            for near in neighbours(part[next], width, height) {
                if eroded[near] && !seen[near] {
                    seen[near] = true;
                    part.push(near);
                }
            }
            next += 1;
        }
        if part.len() > best.len() {
            best = part;
        }
    }
    (best.len() > 16).then(|| shape(&best, width, height))
}

/// Takes a pixel off all around: thin bridges between a sheet and something beside it break.
fn eroded(mask: &Mask) -> Vec<bool> {
    let (width, height) = (mask.width, mask.height);
    (0..mask.belongs.len())
        .map(|at| mask.belongs[at] && neighbours(at, width, height).all(|near| mask.belongs[near]))
        .collect()
}

/// The outline by rows and columns, a pixel further out than what is left after [`eroded`].
fn shape(part: &[usize], width: usize, height: usize) -> Shape {
    let (mut rows, mut columns) = (vec![None; height], vec![None; width]);
    let wider = |range: &mut Option<(usize, usize)>, at: usize| {
        let (from, to) = range.get_or_insert((at, at));
        (*from, *to) = ((*from).min(at), (*to).max(at));
    };
    for at in part {
        wider(&mut rows[at / width], at % width);
        wider(&mut columns[at % width], at / width);
    }
    let mut outline = Vec::new();
    let mut pixels = 0;
    for (y, range) in rows.iter().enumerate() {
        let Some((from, to)) = range else { continue };
        pixels += to - from + 1;
        let y = y as f32 + 0.5;
        outline.push((*from as f32 - 1.0, y));
        outline.push((*to as f32 + 2.0, y));
    }
    for (x, range) in columns.iter().enumerate() {
        let Some((from, to)) = range else { continue };
        let x = x as f32 + 0.5;
        outline.push((x, *from as f32 - 1.0));
        outline.push((x, *to as f32 + 2.0));
    }
    Shape { pixels, outline }
}

fn border(width: usize, height: usize) -> impl Iterator<Item = usize> {
    let rows = (0..width).flat_map(move |x| [x, (height - 1) * width + x]);
    rows.chain((0..height).flat_map(move |y| [y * width, y * width + width - 1]))
}

/// The four beside a pixel that are in the picture.
fn neighbours(at: usize, width: usize, height: usize) -> impl Iterator<Item = usize> {
    let (x, y) = (at % width, at / width);
    let all = [
        (x > 0, at.wrapping_sub(1)),
        (x + 1 < width, at + 1),
        (y > 0, at.wrapping_sub(width)),
        (y + 1 < height, at + width),
    ];
    all.into_iter()
        .filter_map(|(is_in, next)| is_in.then_some(next))
}

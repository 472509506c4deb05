//! Pictures painted by code, so that the demo carries no photograph of anybody's.
//!
//! A scene is layers of shapes over gradients. A shape is a signed distance: negative inside, in heights of the picture,
//! which also smooths its edge. `x` runs from 0 to width/height, `y` from 0 at the top to 1.

mod scenes;

/// A colour in linear steps from 0 to 1.
type Colour = [f32; 3];

/// Paints a scene; none if nobody knows it.
pub(crate) fn scene(name: &str, width: u32, height: u32) -> Option<Vec<[u8; 3]>> {
    let mut canvas = Canvas::new(width, height);
    match name {
        "harbour" => scenes::harbour(&mut canvas),
        "cat" => scenes::cat(&mut canvas),
        "kettle" => scenes::kettle(&mut canvas),
        "sunrise" => scenes::sunrise(&mut canvas),
        "duty" => scenes::duty(&mut canvas),
        _ => return None,
    }
    Some(canvas.develop())
}

/// Reads a colour as it is usually written, 0xRRGGBB.
fn colour(hex: u32) -> Colour {
    [16, 8, 0].map(|shift| ((hex >> shift) & 255) as f32 / 255.0)
}

fn mix(from: Colour, to: Colour, part: f32) -> Colour {
    let part = part.clamp(0.0, 1.0);
    std::array::from_fn(|index| from[index] + (to[index] - from[index]) * part)
}

struct Canvas {
    width: u32,
    height: u32,
    pixels: Vec<Colour>,
}

impl Canvas {
    fn new(width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            pixels: vec![[0.0; 3]; (width * height) as usize],
        }
    }

    /// Width in heights.
    fn aspect(&self) -> f32 {
        self.width as f32 / self.height as f32
    }

    /// Changes every pixel by what a function says: a colour, and how much of it.
    fn lay(&mut self, layer: impl Fn(f32, f32) -> (Colour, f32)) {
        let (width, height) = (self.width as usize, self.height as f32);
        for (index, pixel) in self.pixels.iter_mut().enumerate() {
            let x = ((index % width) as f32 + 0.5) / height;
            let y = ((index / width) as f32 + 0.5) / height;
            let (over, part) = layer(x, y);
            *pixel = mix(*pixel, over, part);
        }
    }

    /// Fills a band between two heights with a gradient.
    fn gradient(&mut self, top: f32, bottom: f32, from: u32, to: u32) {
        let (from, to) = (colour(from), colour(to));
        self.lay(|_, y| {
            let inside = if y >= top && y <= bottom { 1.0 } else { 0.0 };
            (mix(from, to, (y - top) / (bottom - top)), inside)
        });
    }

    /// Fills a shape.
    fn fill(&mut self, hex: u32, opacity: f32, shape: impl Fn(f32, f32) -> f32) {
        let (over, height) = (colour(hex), self.height as f32);
        self.lay(|x, y| {
            let covered = (0.5 - shape(x, y) * height).clamp(0.0, 1.0);
            (over, covered * opacity)
        });
    }

    /// Lets light fall off around a point.
    fn glow(&mut self, (x, y): (f32, f32), reach: f32, hex: u32, strength: f32) {
        let over = colour(hex);
        self.lay(|px, py| {
            let distance = ((px - x).powi(2) + (py - y).powi(2)).sqrt() / reach;
            (over, strength * (-distance * distance * 3.0).exp())
        });
    }

    /// Darkens the corners, adds a little grain, and makes bytes of it.
    fn develop(&self) -> Vec<[u8; 3]> {
        let (width, aspect) = (self.width as usize, self.aspect());
        let mut grain: u32 = 0x9e37_79b9;
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for (index, pixel) in self.pixels.iter().enumerate() {
            let x = (index % width) as f32 / self.height as f32 - aspect / 2.0;
            let y = (index / width) as f32 / self.height as f32 - 0.5;
            let shade = 1.0 - 0.16 * (x * x + y * y);
            grain ^= grain << 13;
            grain ^= grain >> 17;
            grain ^= grain << 5;
            let noise = (grain >> 24) as f32 / 255.0 - 0.5;
            pixels.push(
                pixel.map(|part| ((part * shade) * 255.0 + noise * 4.0).clamp(0.0, 255.0) as u8),
            );
        }
        pixels
    }
}

/// A disc.
fn disc(x: f32, y: f32, radius: f32) -> impl Fn(f32, f32) -> f32 {
    move |px, py| ((px - x).powi(2) + (py - y).powi(2)).sqrt() - radius
}

/// An ellipse; its edge is as smooth as a disc's where it is not very flat.
fn ellipse(x: f32, y: f32, wide: f32, high: f32) -> impl Fn(f32, f32) -> f32 {
    move |px, py| {
        let (dx, dy) = ((px - x) / wide, (py - y) / high);
        ((dx * dx + dy * dy).sqrt() - 1.0) * wide.min(high)
    }
}

/// A rectangle with round corners, by its edges.
fn slab(
    (left, top): (f32, f32),
    (right, bottom): (f32, f32),
    round: f32,
) -> impl Fn(f32, f32) -> f32 {
    move |px, py| {
        let dx = (px - (left + right) / 2.0).abs() - (right - left) / 2.0 + round;
        let dy = (py - (top + bottom) / 2.0).abs() - (bottom - top) / 2.0 + round;
        let outside = (dx.max(0.0).powi(2) + dy.max(0.0).powi(2)).sqrt();
        outside + dx.max(dy).min(0.0) - round
    }
}

/// A stroke with round ends.
fn stroke(from: (f32, f32), to: (f32, f32), radius: f32) -> impl Fn(f32, f32) -> f32 {
    taper(from, to, radius, radius)
}

/// A stroke that is thicker at one end.
fn taper(
    (ax, ay): (f32, f32),
    (bx, by): (f32, f32),
    from_radius: f32,
    to_radius: f32,
) -> impl Fn(f32, f32) -> f32 {
    move |px, py| {
        let (dx, dy) = (bx - ax, by - ay);
        let along = ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy).max(1e-9);
        let along = along.clamp(0.0, 1.0);
        let (cx, cy) = (ax + dx * along, ay + dy * along);
        let radius = from_radius + (to_radius - from_radius) * along;
        ((px - cx).powi(2) + (py - cy).powi(2)).sqrt() - radius
    }
}

/// A ring.
fn ring(x: f32, y: f32, radius: f32, thickness: f32) -> impl Fn(f32, f32) -> f32 {
    let edge = disc(x, y, radius);
    move |px, py| edge(px, py).abs() - thickness / 2.0
}

/// Everything below a line of hills.
fn hills(level: f32, height: f32, phase: f32) -> impl Fn(f32, f32) -> f32 {
    move |x, y| {
        let wave = (x * 3.1 + phase).sin() * 0.5
            + (x * 7.3 + phase * 2.0).sin() * 0.25
            + (x * 17.0 + phase * 5.0).sin() * 0.07;
        level - wave * height - y
    }
}

/// What both shapes cover.
fn both(
    one: impl Fn(f32, f32) -> f32,
    other: impl Fn(f32, f32) -> f32,
) -> impl Fn(f32, f32) -> f32 {
    move |x, y| one(x, y).max(other(x, y))
}

/// A triangle, its corners clockwise as one sees them.
fn triangle(a: (f32, f32), b: (f32, f32), c: (f32, f32)) -> impl Fn(f32, f32) -> f32 {
    move |x, y| {
        let side = |(ax, ay): (f32, f32), (bx, by): (f32, f32)| {
            let (dx, dy) = (bx - ax, by - ay);
            (dy * (x - ax) - dx * (y - ay)) / (dx * dx + dy * dy).sqrt()
        };
        side(a, b).max(side(b, c)).max(side(c, a))
    }
}

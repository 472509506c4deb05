//! What is painted.

use super::{Canvas, both, colour, disc, ellipse, hills, mix, ring, slab, stroke, taper, triangle};

/// The harbour at dawn, from the police pier.
pub(super) fn harbour(canvas: &mut Canvas) {
    let middle = canvas.aspect() * 0.62;
    canvas.gradient(0.0, 0.36, 0x24426b, 0xb98a9c);
    canvas.gradient(0.36, 0.6, 0xb98a9c, 0xf6c48e);
    canvas.glow((middle, 0.57), 0.5, 0xffd9a0, 0.75);
    canvas.fill(0xfff1cf, 1.0, disc(middle, 0.555, 0.045));
    canvas.fill(0x6d6f8e, 0.9, hills(0.55, 0.07, 1.3));
    canvas.fill(0x4b5377, 1.0, hills(0.58, 0.05, 4.0));
    canvas.gradient(0.6, 1.0, 0xd9a184, 0x1f3352);
    shimmer(canvas, middle);
    crane(canvas, 0.2, 0.62, 1.0);
    crane(canvas, 0.36, 0.61, 0.72);
    boat(canvas, 0.86, 0.685);
    pier(canvas);
    for (x, y, size) in [(0.55, 0.2, 0.03), (0.64, 0.25, 0.022), (0.48, 0.28, 0.018)] {
        gull(canvas, x, y, size);
    }
}

/// The sun on the water, in streaks that widen towards the eye.
fn shimmer(canvas: &mut Canvas, middle: f32) {
    let light = colour(0xffe2b4);
    canvas.lay(|x, y| {
        if y < 0.6 {
            return (light, 0.0);
        }
        let depth = (y - 0.6) / 0.4;
        let wave = (y * 160.0 * (1.2 - depth) + (x * 23.0).sin() * 1.7).sin();
        let spread = 0.05 + depth * 0.16;
        let near = (-((x - middle) / spread).powi(2)).exp();
        (
            light,
            (wave * 0.5 + 0.5).powi(3) * near * 0.8 * (1.0 - depth * 0.5),
        )
    });
    let dark = colour(0x1a2c48);
    canvas.lay(|x, y| {
        let depth = ((y - 0.6) / 0.4).max(0.0);
        let wave = (y * 130.0 * (1.3 - depth) + (x * 11.0).cos() * 2.3).sin();
        (dark, wave.max(0.0) * 0.18 * depth.sqrt())
    });
}

fn crane(canvas: &mut Canvas, x: f32, foot: f32, size: f32) {
    const STEEL: u32 = 0x26304a;
    let top = foot - 0.3 * size;
    let line = 0.006 * size;
    for side in [-0.03, 0.03] {
        let leg = stroke((x + side * size, foot), (x + side * 0.4 * size, top), line);
        canvas.fill(STEEL, 1.0, leg);
    }
    for step in 1..5 {
        let y = foot - 0.06 * size * step as f32;
        let half = 0.03 * size * (1.0 - 0.13 * step as f32);
        canvas.fill(
            STEEL,
            1.0,
            stroke((x - half, y), (x + half, y - 0.04 * size), line * 0.5),
        );
    }
    let arm = stroke(
        (x - 0.08 * size, top + 0.01),
        (x + 0.21 * size, top - 0.05 * size),
        line,
    );
    canvas.fill(STEEL, 1.0, arm);
    let hook = (x + 0.17 * size, top - 0.042 * size);
    canvas.fill(
        STEEL,
        1.0,
        stroke(hook, (hook.0, top + 0.08 * size), line * 0.35),
    );
    let weight = slab(
        (x - 0.095 * size, top),
        (x - 0.06 * size, top + 0.05 * size),
        0.004,
    );
    canvas.fill(STEEL, 1.0, weight);
}

fn boat(canvas: &mut Canvas, x: f32, y: f32) {
    let hull = both(
        ellipse(x, y - 0.035, 0.105, 0.075),
        slab((x - 0.2, y - 0.03), (x + 0.2, y + 0.1), 0.0),
    );
    canvas.fill(0x17213a, 0.35, ellipse(x, y + 0.045, 0.1, 0.012));
    canvas.fill(
        0xe9e4da,
        1.0,
        slab((x - 0.035, y - 0.085), (x + 0.03, y - 0.02), 0.008),
    );
    canvas.fill(
        0x2a4a6e,
        1.0,
        slab((x - 0.025, y - 0.072), (x + 0.02, y - 0.05), 0.004),
    );
    canvas.fill(0x8d2f2a, 1.0, hull);
    canvas.fill(
        0xe9e4da,
        1.0,
        slab((x - 0.1, y - 0.034), (x + 0.1, y - 0.024), 0.003),
    );
    canvas.fill(
        0x26304a,
        1.0,
        stroke((x - 0.01, y - 0.08), (x - 0.01, y - 0.16), 0.003),
    );
}

fn pier(canvas: &mut Canvas) {
    canvas.fill(
        0x2b2430,
        1.0,
        triangle((0.0, 0.86), (0.56, 1.02), (0.0, 1.02)),
    );
    for (x, y) in [(0.06, 0.8), (0.2, 0.85), (0.35, 0.9)] {
        canvas.fill(0x2b2430, 1.0, slab((x, y), (x + 0.022, 1.0), 0.006));
        canvas.fill(0xc9a287, 0.7, slab((x, y), (x + 0.022, y + 0.012), 0.006));
    }
    canvas.fill(0x2b2430, 1.0, stroke((0.07, 0.83), (0.36, 0.93), 0.004));
}

fn gull(canvas: &mut Canvas, x: f32, y: f32, size: f32) {
    for side in [-1.0, 1.0] {
        let wing = taper(
            (x, y),
            (x + side * size, y - size * 0.45),
            size * 0.09,
            size * 0.03,
        );
        canvas.fill(0x2b3550, 0.9, wing);
    }
}

/// The court's cat on the window sill, guarding the statutes.
pub(super) fn cat(canvas: &mut Canvas) {
    let centre = canvas.aspect() / 2.0;
    canvas.gradient(0.0, 1.0, 0x4a3a33, 0x2c221f);
    // Evening outside, between the frames.
    let (left, right) = (centre - 0.5, centre + 0.5);
    let pane = slab((left, 0.06), (right, 0.74), 0.01);
    let (high, low) = (colour(0x3d5a8f), colour(0xf0a56b));
    let height = canvas.height as f32;
    canvas.lay(|x, y| {
        let covered = (0.5 - pane(x, y) * height).clamp(0.0, 1.0);
        (mix(high, low, (y - 0.1) / 0.66), covered)
    });
    canvas.glow((centre + 0.26, 0.6), 0.3, 0xffd9a0, 0.5);
    for (x, width, top) in [
        (-0.44, 0.13, 0.5),
        (-0.29, 0.09, 0.57),
        (-0.18, 0.15, 0.46),
        (0.3, 0.12, 0.54),
    ] {
        let house = slab((centre + x, top), (centre + x + width, 0.74), 0.0);
        canvas.fill(
            0x34405f,
            1.0,
            both(house, slab((left, 0.06), (right, 0.74), 0.01)),
        );
        for row in 0..3 {
            let y = top + 0.035 + 0.055 * row as f32;
            let lamp = slab(
                (centre + x + 0.025, y),
                (centre + x + 0.045, y + 0.022),
                0.002,
            );
            canvas.fill(0xffd58a, 0.85, lamp);
        }
    }
    canvas.fill(
        0x8a6a4f,
        1.0,
        slab((centre - 0.012, 0.06), (centre + 0.012, 0.74), 0.0),
    );
    canvas.fill(0x8a6a4f, 1.0, slab((left, 0.34), (right, 0.362), 0.0));
    for edge in [left - 0.02, right] {
        canvas.fill(
            0x7a5c44,
            1.0,
            slab((edge, 0.04), (edge + 0.02, 0.76), 0.004),
        );
    }
    canvas.fill(
        0x7a5c44,
        1.0,
        slab((left - 0.02, 0.04), (right + 0.02, 0.065), 0.004),
    );
    canvas.fill(
        0x9b7857,
        1.0,
        slab((left - 0.1, 0.74), (right + 0.1, 0.81), 0.008),
    );
    canvas.fill(
        0x000000,
        0.25,
        slab((left - 0.1, 0.795), (right + 0.1, 0.83), 0.01),
    );
    books(canvas, centre + 0.2);
    the_cat(canvas, centre - 0.13);
}

fn books(canvas: &mut Canvas, x: f32) {
    for (index, (cover, wide)) in [(0x7d2e2e, 0.27), (0x2f5d50, 0.25), (0xb08a3e, 0.22)]
        .into_iter()
        .enumerate()
    {
        let bottom = 0.745 - 0.062 * index as f32;
        let shift = 0.012 * index as f32;
        let book = slab(
            (x + shift, bottom - 0.058),
            (x + shift + wide, bottom),
            0.008,
        );
        canvas.fill(cover, 1.0, book);
        let pages = slab(
            (x + shift + wide - 0.022, bottom - 0.05),
            (x + shift + wide, bottom - 0.008),
            0.002,
        );
        canvas.fill(0xeee2c6, 1.0, pages);
        let title = slab(
            (x + shift + 0.05, bottom - 0.036),
            (x + shift + 0.13, bottom - 0.024),
            0.002,
        );
        canvas.fill(0xf0dfae, 0.8, title);
    }
}

fn the_cat(canvas: &mut Canvas, x: f32) {
    const FUR: u32 = 0x1c1a20;
    canvas.fill(FUR, 1.0, ellipse(x, 0.63, 0.115, 0.125));
    canvas.fill(FUR, 1.0, ellipse(x - 0.015, 0.55, 0.075, 0.11));
    canvas.fill(FUR, 1.0, disc(x - 0.02, 0.43, 0.073));
    canvas.fill(
        FUR,
        1.0,
        triangle((x - 0.088, 0.34), (x - 0.03, 0.375), (x - 0.09, 0.43)),
    );
    canvas.fill(
        FUR,
        1.0,
        triangle((x + 0.05, 0.34), (x + 0.05, 0.43), (x - 0.01, 0.375)),
    );
    for paw in [-0.05, 0.03] {
        canvas.fill(FUR, 1.0, ellipse(x + paw, 0.735, 0.04, 0.02));
    }
    canvas.fill(
        FUR,
        1.0,
        taper((x + 0.08, 0.71), (x + 0.2, 0.725), 0.03, 0.024),
    );
    canvas.fill(
        FUR,
        1.0,
        taper((x + 0.2, 0.725), (x + 0.25, 0.655), 0.024, 0.014),
    );
    for eye in [-0.05, 0.012] {
        canvas.fill(0xd9e26b, 1.0, ellipse(x + eye, 0.425, 0.017, 0.014));
        canvas.fill(0x0a0a0a, 1.0, ellipse(x + eye, 0.425, 0.005, 0.013));
    }
    canvas.fill(0xb98a8a, 1.0, disc(x - 0.02, 0.455, 0.006));
    for side in [-1.0f32, 1.0] {
        for lift in [-0.012, 0.006] {
            let whisker = stroke(
                (x - 0.02 + side * 0.025, 0.46),
                (x - 0.02 + side * 0.1, 0.455 + lift * 2.0),
                0.0012,
            );
            canvas.fill(0xd8d2cc, 0.7, whisker);
        }
    }
    // The evening along its back.
    let rim = both(
        ring(x, 0.63, 0.118, 0.008),
        slab((x + 0.03, 0.5), (x + 0.2, 0.7), 0.0),
    );
    canvas.fill(0xe0a878, 0.5, rim);
}

/// The new kettle.
pub(super) fn kettle(canvas: &mut Canvas) {
    let x = canvas.aspect() / 2.0;
    canvas.gradient(0.0, 0.72, 0x8fb8ad, 0xc9ddd2);
    canvas.glow((x - 0.35, 0.1), 0.7, 0xf6fbf3, 0.55);
    canvas.gradient(0.72, 1.0, 0xa9744a, 0x7c5233);
    let grain = colour(0x5f3d26);
    canvas.lay(|px, py| {
        let line = ((py * 90.0) + (px * 9.0).sin() * 0.8).sin();
        (grain, if py > 0.72 { line.max(0.0) * 0.14 } else { 0.0 })
    });
    canvas.fill(0x3b281b, 0.35, ellipse(x + 0.02, 0.82, 0.32, 0.035));
    canvas.fill(0x1f1c1e, 1.0, ring(x, 0.42, 0.21, 0.03));
    let body = both(
        ellipse(x, 0.6, 0.27, 0.235),
        slab((x - 0.4, 0.2), (x + 0.4, 0.815), 0.0),
    );
    canvas.fill(
        0xb3322c,
        1.0,
        taper((x - 0.2, 0.66), (x - 0.385, 0.43), 0.06, 0.028),
    );
    canvas.fill(0xb3322c, 1.0, body);
    canvas.fill(
        0x8c221f,
        0.55,
        both(
            ellipse(x + 0.06, 0.66, 0.25, 0.2),
            ellipse(x, 0.6, 0.27, 0.215),
        ),
    );
    canvas.fill(0xb3322c, 0.75, ellipse(x - 0.03, 0.575, 0.225, 0.18));
    canvas.fill(0xf3d9d2, 0.55, ellipse(x - 0.13, 0.5, 0.035, 0.075));
    canvas.fill(0x8c221f, 1.0, ellipse(x, 0.385, 0.13, 0.028));
    canvas.fill(0x1f1c1e, 1.0, disc(x, 0.345, 0.027));
    canvas.fill(
        0xfaf3e0,
        1.0,
        slab((x - 0.07, 0.6), (x + 0.09, 0.69), 0.012),
    );
    for (row, wide) in [(0.625, 0.11), (0.655, 0.075)] {
        canvas.fill(
            0x5a5048,
            0.8,
            slab(
                (x - 0.045, row - 0.006),
                (x - 0.045 + wide, row + 0.006),
                0.003,
            ),
        );
    }
    for (index, (dx, size)) in [(0.0, 0.03), (-0.025, 0.04), (0.012, 0.05)]
        .into_iter()
        .enumerate()
    {
        let y = 0.34 - 0.09 * index as f32;
        canvas.glow(
            (x - 0.41 + dx, y),
            size * 2.0,
            0xffffff,
            0.5 - 0.1 * index as f32,
        );
    }
}

/// Hills before sunrise.
pub(super) fn sunrise(canvas: &mut Canvas) {
    let x = canvas.aspect() * 0.55;
    canvas.gradient(0.0, 1.0, 0x5b6fb0, 0xffc98b);
    canvas.glow((x, 0.62), 0.45, 0xfff0c4, 0.9);
    canvas.fill(0xfff6df, 1.0, disc(x, 0.6, 0.12));
    canvas.fill(0x8a6a94, 1.0, hills(0.7, 0.12, 0.4));
    canvas.fill(0x5a4a78, 1.0, hills(0.8, 0.1, 2.4));
    canvas.fill(0x3a345c, 1.0, hills(0.92, 0.08, 5.1));
}

/// A lamp over a desk.
pub(super) fn duty(canvas: &mut Canvas) {
    let x = canvas.aspect() / 2.0;
    canvas.gradient(0.0, 1.0, 0x12343b, 0x1d4f50);
    canvas.fill(
        0xe8c46a,
        0.25,
        triangle((x, 0.3), (x + 0.42, 0.8), (x - 0.42, 0.8)),
    );
    canvas.glow((x, 0.5), 0.3, 0xffe6a8, 0.5);
    canvas.fill(0x0d2529, 1.0, stroke((x, 0.0), (x, 0.2), 0.012));
    let shade = both(
        triangle((x, 0.1), (x + 0.26, 0.4), (x - 0.26, 0.4)),
        slab((x - 0.3, 0.2), (x + 0.3, 0.38), 0.0),
    );
    canvas.fill(0xe8c46a, 1.0, shade);
    canvas.fill(0xfff4d2, 1.0, ellipse(x, 0.4, 0.07, 0.04));
    canvas.fill(
        0x7a5136,
        1.0,
        slab((x - 0.42, 0.78), (x + 0.42, 0.86), 0.012),
    );
    canvas.fill(
        0xf1ead8,
        1.0,
        slab((x - 0.2, 0.745), (x + 0.05, 0.78), 0.004),
    );
    canvas.fill(
        0xb3322c,
        1.0,
        slab((x + 0.14, 0.7), (x + 0.22, 0.78), 0.012),
    );
}

use super::*;

/// Numbers without rhyme, the same every time.
pub(crate) struct Dice(pub(crate) u32);

impl Dice {
    /// A number from 0 to 1.
    pub(crate) fn throw(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        (self.0 >> 8) as f32 / (1 << 24) as f32
    }
}

/// What a photograph is made of.
struct Scene {
    sheet: Quad,
    table: [f32; 3],
    paper: [f32; 3],
    /// Light at the left, at the right, and at the bottom, as parts of full light.
    light: (f32, f32, f32),
    noise: f32,
    /// Height of the stripes in the table's wood, in shades.
    grain: f32,
}

/// Of what the corners below are given in; the photographs are taken at two thirds of it.
const GIVEN: (u32, u32) = (1_200, 1_600);
const SIZE: (u32, u32) = (800, 1_067);

fn scene(sheet: [(f32, f32); 4]) -> Scene {
    Scene {
        sheet: Quad(sheet).scaled(
            SIZE.0 as f32 / GIVEN.0 as f32,
            SIZE.1 as f32 / GIVEN.1 as f32,
        ),
        table: [112.0, 82.0, 58.0],
        paper: [238.0, 236.0, 228.0],
        light: (1.0, 1.0, 1.0),
        noise: 6.0,
        grain: 0.0,
    }
}

/// Takes the photograph: a sheet with lines of text and a heading, on a table.
fn photograph(scene: &Scene) -> Picture {
    let way = Inverse::of(&scene.sheet);
    let mut dice = Dice(0x1234_5678);
    let noise: Vec<f32> = (0..65_536).map(|_| dice.throw() - 0.5).collect();
    Picture::from_fn(SIZE.0, SIZE.1, |x, y| {
        let (across, down) = (x as f32 / SIZE.0 as f32, y as f32 / SIZE.1 as f32);
        let light = (scene.light.0 + (scene.light.1 - scene.light.0) * across)
            * (1.0 + (scene.light.2 - 1.0) * down);
        let grain = scene.grain * ((y as f32 * 0.13 + (x as f32 * 0.01).sin() * 4.0).sin());
        let place = way.place(x as f32 + 0.5, y as f32 + 0.5);
        let colour = match place {
            Some((u, v)) if is_ink(u, v) => [45.0, 42.0, 60.0],
            Some(_) => scene.paper,
            None => scene.table.map(|shade| shade + grain),
        };
        let seed = (x.wrapping_mul(7_919) ^ y.wrapping_mul(104_729)) as usize % 65_536;
        colour.map(|shade| (shade * light + scene.noise * noise[seed]).clamp(0.0, 255.0) as u8)
    })
}

fn is_ink(u: f32, v: f32) -> bool {
    let line = (v * 36.0) as u32;
    let within = (v * 36.0).fract();
    let words = !((u * 61.0) as u32 * 7 + line * 13).is_multiple_of(5);
    (0.12..0.88).contains(&u)
        && (4..32).contains(&line)
        && (0.3..0.6).contains(&within)
        && words
        && line % 7 != 6
}

/// Where on the sheet a pixel lies.
struct Inverse(Quad);

impl Inverse {
    fn of(quad: &Quad) -> Self {
        Self(*quad)
    }

    /// By bisection of the perspective along both ways: slow and independent of what is tested.
    fn place(&self, x: f32, y: f32) -> Option<(f32, f32)> {
        let q = self.0.0;
        let side = |a: (f32, f32), b: (f32, f32)| (b.0 - a.0) * (y - a.1) - (b.1 - a.1) * (x - a.0);
        let (top, right, bottom, left) = (
            side(q[0], q[1]),
            side(q[1], q[2]),
            side(q[2], q[3]),
            side(q[3], q[0]),
        );
        if top < 0.0 || right < 0.0 || bottom < 0.0 || left < 0.0 {
            return None;
        }
        let far = |a: (f32, f32), b: (f32, f32)| (b.0 - a.0).hypot(b.1 - a.1);
        let (top, bottom) = (top / far(q[0], q[1]), bottom / far(q[2], q[3]));
        let (right, left) = (right / far(q[1], q[2]), left / far(q[3], q[0]));
        Some((left / (left + right), top / (top + bottom)))
    }
}

/// The largest distance between corners, as a part of the picture's diagonal.
fn error(found: &Quad, truth: &Quad) -> f32 {
    let diagonal = (SIZE.0 as f32).hypot(SIZE.1 as f32);
    let off =
        |at: usize| (found.0[at].0 - truth.0[at].0).hypot(found.0[at].1 - truth.0[at].1) / diagonal;
    (0..4).map(off).fold(0.0, f32::max)
}

const LEANING: [(f32, f32); 4] = [
    (210.0, 190.0),
    (985.0, 240.0),
    (1_080.0, 1_400.0),
    (120.0, 1_330.0),
];
const TURNED: [(f32, f32); 4] = [
    (420.0, 160.0),
    (1_090.0, 480.0),
    (760.0, 1_440.0),
    (110.0, 1_060.0),
];

#[test]
fn a_sheet_is_found_to_within_a_part_of_its_edge() {
    let scenes = [
        ("leaning", scene(LEANING)),
        ("turned", scene(TURNED)),
        (
            "far away",
            scene([
                (400.0, 500.0),
                (800.0, 490.0),
                (830.0, 1_050.0),
                (380.0, 1_060.0),
            ]),
        ),
        (
            "shadow across",
            Scene {
                light: (0.35, 1.0, 1.0),
                ..scene(LEANING)
            },
        ),
        (
            "shadow down",
            Scene {
                light: (0.9, 1.0, 0.4),
                ..scene(TURNED)
            },
        ),
        (
            "wood",
            Scene {
                grain: 14.0,
                noise: 14.0,
                ..scene(LEANING)
            },
        ),
        (
            "grey table",
            Scene {
                table: [150.0; 3],
                light: (0.6, 1.0, 0.9),
                ..scene(TURNED)
            },
        ),
        (
            "light table",
            Scene {
                table: [196.0, 198.0, 200.0],
                ..scene(LEANING)
            },
        ),
        (
            "dark table, much noise",
            Scene {
                table: [25.0; 3],
                noise: 40.0,
                ..scene(TURNED)
            },
        ),
        (
            "brown envelope",
            Scene {
                paper: [186.0, 148.0, 96.0],
                table: [230.0; 3],
                ..scene(LEANING)
            },
        ),
    ];
    for (name, scene) in scenes {
        let found = find(&photograph(&scene));
        let found = found.unwrap_or_else(|| panic!("{name}: nothing was found"));
        let error = error(&found, &scene.sheet);
        println!("{name}: {:.2} % of the diagonal", error * 100.0);
        assert!(error < 0.015, "{name}: {error} at {found:?}");
    }
}

#[test]
fn a_sheet_that_the_picture_cuts_off_is_found_as_far_as_it_is_seen() {
    let cut = scene([
        (180.0, 0.0),
        (1_000.0, 0.0),
        (1_060.0, 1_380.0),
        (120.0, 1_370.0),
    ]);
    let found = find(&photograph(&cut)).unwrap();
    assert!(error(&found, &cut.sheet) < 0.02, "{found:?}");
}

#[test]
fn where_there_is_no_sheet_none_is_found() {
    let mut dice = Dice(99);
    let noise: Vec<f32> = (0..65_536).map(|_| dice.throw()).collect();
    let at =
        |x: u32, y: u32| noise[(x.wrapping_mul(7_919) ^ y.wrapping_mul(104_729)) as usize % 65_536];
    let pictures = [
        ("nothing", Picture::from_fn(800, 600, |_, _| [200; 3])),
        (
            "noise",
            Picture::from_fn(800, 600, |x, y| [(at(x, y) * 255.0) as u8; 3]),
        ),
        (
            "a gradient",
            Picture::from_fn(800, 600, |x, y| [(x / 4) as u8, (y / 3) as u8, 90]),
        ),
        (
            "wood",
            Picture::from_fn(800, 600, |x, y| {
                let shade = 120.0 + 50.0 * (y as f32 * 0.09 + (x as f32 * 0.013).sin() * 3.0).sin();
                [
                    (shade + at(x, y) * 20.0) as u8,
                    (shade * 0.8) as u8,
                    (shade * 0.5) as u8,
                ]
            }),
        ),
        (
            "a ball",
            Picture::from_fn(800, 600, |x, y| {
                let far = (x as f32 - 400.0).hypot(y as f32 - 300.0);
                [if far < 210.0 { 235 } else { 60 }; 3]
            }),
        ),
        ("one pixel", Picture::from_fn(1, 1, |_, _| [255; 3])),
        (
            "a line",
            Picture::from_fn(600, 1, |x, _| [(x % 256) as u8; 3]),
        ),
        (
            "a page that fills it",
            Picture::from_fn(620, 877, |x, y| {
                if is_ink(x as f32 / 620.0, y as f32 / 877.0) {
                    [30; 3]
                } else {
                    [250; 3]
                }
            }),
        ),
    ];
    for (name, picture) in pictures {
        assert_eq!(find(&picture), None, "{name}");
    }
}

//! A small JPEG writer: baseline, full colour resolution, the tables of ITU-T T.81 annex K.

mod tables;

use tables::{AC, DC, Huffman, QUANTISATION, ZIGZAG};

/// Encodes a picture; `quality` runs from 1 to 100.
pub(crate) fn encode(width: u32, height: u32, pixels: &[[u8; 3]], quality: u8) -> Vec<u8> {
    let tables = QUANTISATION.map(|table| scaled(&table, quality));
    let mut out = head(width, height, &tables);
    let mut bits = Bits::default();
    let mut last = [0; 3];
    let cosines = cosines();
    for top in (0..height).step_by(8) {
        for left in (0..width).step_by(8) {
            let block = |x: u32, y: u32| {
                let (x, y) = ((left + x).min(width - 1), (top + y).min(height - 1));
                pixels[(y * width + x) as usize].map(f32::from)
            };
            for (component, last) in last.iter_mut().enumerate() {
                let class = usize::from(component > 0);
                let plane = plane(component, &block);
                let steps = quantised(&transformed(&plane, &cosines), &tables[class]);
                write_block(&mut bits, &steps, last, class);
            }
        }
    }
    out.extend(bits.finish());
    out.extend([0xff, 0xd9]);
    out
}

fn scaled(table: &[u8; 64], quality: u8) -> [u8; 64] {
    let quality = u32::from(quality.clamp(1, 100));
    let scale = if quality < 50 {
        5_000 / quality
    } else {
        200 - 2 * quality
    };
    table.map(|step| ((u32::from(step) * scale + 50) / 100).clamp(1, 255) as u8)
}

fn head(width: u32, height: u32, tables: &[[u8; 64]; 2]) -> Vec<u8> {
    let mut out = vec![0xff, 0xd8];
    let mut segment = |marker: u8, body: &[u8]| {
        let length = (body.len() + 2) as u16;
        out.extend([0xff, marker]);
        out.extend(length.to_be_bytes());
        out.extend(body);
    };
    segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    for (number, table) in tables.iter().enumerate() {
        let in_order = ZIGZAG.map(|place| table[place]);
        segment(0xdb, &[&[number as u8][..], &in_order].concat());
    }
    let [h1, h0] = (height as u16).to_be_bytes();
    let [w1, w0] = (width as u16).to_be_bytes();
    segment(
        0xc0,
        &[8, h1, h0, w1, w0, 3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1],
    );
    for (kind, pair) in [(0, &DC), (0x10, &AC)] {
        for (number, table) in pair.iter().enumerate() {
            let body = [&[kind | number as u8][..], &table.counts, table.symbols].concat();
            segment(0xc4, &body);
        }
    }
    segment(0xda, &[3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]);
    out
}

/// One of Y, Cb and Cr of a block, centred on zero.
fn plane(component: usize, block: &impl Fn(u32, u32) -> [f32; 3]) -> [f32; 64] {
    const WEIGHTS: [[f32; 3]; 3] = [
        [0.299, 0.587, 0.114],
        [-0.168_736, -0.331_264, 0.5],
        [0.5, -0.418_688, -0.081_312],
    ];
    let centre = if component == 0 { 128.0 } else { 0.0 };
    std::array::from_fn(|index| {
        let pixel = block(index as u32 % 8, index as u32 / 8);
        let weights = WEIGHTS[component];
        pixel[0] * weights[0] + pixel[1] * weights[1] + pixel[2] * weights[2] - centre
    })
}

/// `cosines[frequency][place]`, with the factors of the transform in them.
fn cosines() -> [[f32; 8]; 8] {
    std::array::from_fn(|frequency| {
        let factor = if frequency == 0 {
            std::f32::consts::FRAC_1_SQRT_2
        } else {
            1.0
        };
        std::array::from_fn(|place| {
            let angle = (2 * place + 1) as f32 * frequency as f32 * std::f32::consts::PI / 16.0;
            angle.cos() * factor / 2.0
        })
    })
}

/// The discrete cosine transform, rows first.
fn transformed(plane: &[f32; 64], cosines: &[[f32; 8]; 8]) -> [f32; 64] {
    let mut rows = [0.0; 64];
    for y in 0..8 {
        for (frequency, wave) in cosines.iter().enumerate() {
            let values = &plane[y * 8..y * 8 + 8];
            rows[y * 8 + frequency] = values.iter().zip(wave).map(|(value, w)| value * w).sum();
        }
    }
    let mut out = [0.0; 64];
    for x in 0..8 {
        for (frequency, wave) in cosines.iter().enumerate() {
            let values = (0..8).map(|y| rows[y * 8 + x]);
            out[frequency * 8 + x] = values.zip(wave).map(|(value, w)| value * w).sum();
        }
    }
    out
}

fn quantised(block: &[f32; 64], table: &[u8; 64]) -> [i32; 64] {
    ZIGZAG.map(|place| (block[place] / f32::from(table[place])).round() as i32)
}

fn write_block(bits: &mut Bits, steps: &[i32; 64], last: &mut i32, class: usize) {
    let difference = steps[0] - *last;
    *last = steps[0];
    let size = size_of(difference);
    bits.symbol(&DC[class], size);
    bits.value(difference, size);
    let mut zeros = 0u8;
    for step in &steps[1..] {
        if *step == 0 {
            zeros += 1;
            continue;
        }
        while zeros > 15 {
            bits.symbol(&AC[class], 0xf0);
            zeros -= 16;
        }
        let size = size_of(*step);
        bits.symbol(&AC[class], zeros << 4 | size);
        bits.value(*step, size);
        zeros = 0;
    }
    if zeros > 0 {
        bits.symbol(&AC[class], 0);
    }
}

/// How many bits a value needs.
fn size_of(value: i32) -> u8 {
    (32 - value.unsigned_abs().leading_zeros()) as u8
}

/// Writes bits, the highest first.
#[derive(Default)]
struct Bits {
    out: Vec<u8>,
    waiting: u32,
    count: u32,
}

impl Bits {
    fn symbol(&mut self, table: &Huffman, symbol: u8) {
        let (code, length) = table.code(symbol);
        self.put(u32::from(code), u32::from(length));
    }

    fn value(&mut self, value: i32, size: u8) {
        let value = if value < 0 {
            value + (1 << size) - 1
        } else {
            value
        };
        self.put(value as u32, u32::from(size));
    }

    fn put(&mut self, bits: u32, count: u32) {
        if count == 0 {
            return;
        }
        self.waiting = self.waiting << count | (bits & ((1 << count) - 1));
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            let byte = (self.waiting >> self.count) as u8;
            self.out.push(byte);
            if byte == 0xff {
                self.out.push(0);
            }
        }
    }

    fn finish(mut self) -> Vec<u8> {
        self.put(0x7f, 7);
        self.out
    }
}

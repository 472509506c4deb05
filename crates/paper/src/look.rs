//! What a file is by its own first bytes, and whether a browser may be asked to decode it.
//!
//! A picture of a few kilobytes can say to be 65,535 pixels wide and high: decoded, 17 gigabytes. So the head is read
//! first, here, where nothing is decoded and every length is checked.

use crate::{Error, jpeg};

/// Most pixels of a picture that is decoded; telephones make 50 to 108 million.
pub const MOST_PIXELS: u64 = 120_000_000;
/// Longest side of a picture that is decoded, in pixels.
pub const MOST_SIDE: u32 = 32_000;
/// Most frames of a picture that moves.
pub const MOST_FRAMES: u32 = 2_000;
/// Bytes from the beginning of a file that are enough to know it: notes of a camera may stand before the size.
pub const ENOUGH_BYTES: usize = 512 * 1_024;

/// A type of picture that is read here. SVG is none: it is a document that can carry a program. HEIC is none: browsers do not
/// read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    WebP,
    /// GIF.
    Gif,
    /// AVIF, one picture and none that moves.
    Avif,
}

/// What a picture says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looked {
    /// Its type.
    pub kind: Kind,
    /// Width in pixels, at least 1.
    pub width: u32,
    /// Height in pixels, at least 1.
    pub height: u32,
}

/// Reads the head of a picture and refuses what is larger than [`MOST_PIXELS`] or [`MOST_SIDE`], moves longer than
/// [`MOST_FRAMES`], or is nothing that is read here. The bytes may be the beginning of the file alone ([`ENOUGH_BYTES`]).
pub fn look(bytes: &[u8]) -> Result<Looked, Error> {
    let (kind, width, height) = match bytes {
        [0xff, 0xd8, 0xff, ..] => {
            let head = jpeg::head(bytes)?;
            (Kind::Jpeg, head.width, head.height)
        }
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => png(bytes)?,
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => webp(bytes)?,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => gif(bytes)?,
        [
            _,
            _,
            _,
            _,
            b'f',
            b't',
            b'y',
            b'p',
            b'a',
            b'v',
            b'i',
            b'f',
            ..,
        ] => avif(bytes)?,
        _ => return Err(Error::Unknown),
    };
    if width == 0 || height == 0 {
        return Err(Error::Unknown);
    }
    let is_bomb =
        width.max(height) > MOST_SIDE || u64::from(width) * u64::from(height) > MOST_PIXELS;
    if is_bomb {
        return Err(Error::TooLarge);
    }
    Ok(Looked {
        kind,
        width,
        height,
    })
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], Error> {
    bytes
        .get(at..at + N)
        .and_then(|part| part.try_into().ok())
        .ok_or(Error::Unknown)
}

fn png(bytes: &[u8]) -> Result<(Kind, u32, u32), Error> {
    if number::<8>(bytes, 8)? != *b"\0\0\0\x0dIHDR" {
        return Err(Error::Unknown);
    }
    let width = u32::from_be_bytes(number(bytes, 16)?);
    let height = u32::from_be_bytes(number(bytes, 20)?);
    // Of a PNG that moves, the number of frames stands before the first of them.
    let (mut at, mut left) = (33_usize, 64);
    while let (Ok(length), Ok(name)) = (number::<4>(bytes, at), number::<4>(bytes, at + 4)) {
        if &name == b"acTL" && u32::from_be_bytes(number(bytes, at + 8)?) > MOST_FRAMES {
            return Err(Error::TooLarge);
        }
        left -= 1;
        if &name == b"IDAT" || left == 0 {
            break;
        }
        at = at.saturating_add(u32::from_be_bytes(length) as usize + 12);
    }
    Ok((Kind::Png, width, height))
}

fn webp(bytes: &[u8]) -> Result<(Kind, u32, u32), Error> {
    let three = |at| number::<3>(bytes, at).map(|[a, b, c]| u32::from_le_bytes([a, b, c, 0]));
    let (width, height) = match &number::<4>(bytes, 12)? {
        b"VP8X" => (three(24)? + 1, three(27)? + 1),
        b"VP8L" if number::<1>(bytes, 20)? == [0x2f] => {
            let sizes = u32::from_le_bytes(number(bytes, 21)?);
            ((sizes & 0x3fff) + 1, ((sizes >> 14) & 0x3fff) + 1)
        }
        b"VP8 " if number::<3>(bytes, 23)? == [0x9d, 0x01, 0x2a] => {
            let side =
                |at| number(bytes, at).map(|two| u32::from(u16::from_le_bytes(two) & 0x3fff));
            (side(26)?, side(28)?)
        }
        _ => return Err(Error::Unknown),
    };
    Ok((Kind::WebP, width, height))
}

fn gif(bytes: &[u8]) -> Result<(Kind, u32, u32), Error> {
    let side = |at| number(bytes, at).map(|two| u32::from(u16::from_le_bytes(two)));
    let (width, height) = (side(6)?, side(8)?);
    if frames_of_gif(bytes) > MOST_FRAMES {
        return Err(Error::TooLarge);
    }
    Ok((Kind::Gif, width, height))
}

/// A picture can be put together of others: the largest of the sizes that stand there (`ispe`, ISO/IEC 23008-12 §6.5.3).
fn avif(bytes: &[u8]) -> Result<(Kind, u32, u32), Error> {
    let sizes = bytes
        .windows(4)
        .enumerate()
        .filter(|(_, name)| name == b"ispe");
    let size = |(at, _)| {
        let side = |from| number(bytes, at + from).map(u32::from_be_bytes);
        Ok((side(8)?, side(12)?))
    };
    let sizes: Vec<(u32, u32)> = sizes.map(size).collect::<Result<_, Error>>()?;
    let width = sizes.iter().map(|size| size.0).max();
    let height = sizes.iter().map(|size| size.1).max();
    let (width, height) = width.zip(height).ok_or(Error::Unknown)?;
    Ok((Kind::Avif, width, height))
}

/// Counts the frames in what there is of a GIF, stopping behind [`MOST_FRAMES`].
fn frames_of_gif(bytes: &[u8]) -> u32 {
    let table = |flags: u8| {
        if flags & 0x80 == 0 {
            0
        } else {
            3 << ((flags & 7) + 1)
        }
    };
    let mut at = 13 + bytes.get(10).map_or(0, |flags| table(*flags));
    let mut frames = 0;
    loop {
        at = match bytes.get(at) {
            Some(0x21) => at + 2,
            Some(0x2c) => {
                frames += 1;
                let Some(flags) = bytes.get(at + 9) else {
                    return frames;
                };
                at + 11 + table(*flags)
            }
            _ => return frames,
        };
        if frames > MOST_FRAMES {
            return frames;
        }
        // Blocks, each with its length, up to an empty one.
        while let Some(length) = bytes.get(at).filter(|length| **length != 0) {
            at += 1 + usize::from(*length);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png_of(width: u32, height: u32) -> Vec<u8> {
        let mut out = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        out.extend(width.to_be_bytes());
        out.extend(height.to_be_bytes());
        out.extend([8, 6, 0, 0, 0, 1, 2, 3, 4]);
        out
    }

    fn gif_of(width: u16, height: u16, frames: u32) -> Vec<u8> {
        let mut out = b"GIF89a".to_vec();
        out.extend(width.to_le_bytes());
        out.extend(height.to_le_bytes());
        out.extend([0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
        for _ in 0..frames {
            out.extend([0x21, 0xf9, 4, 0, 1, 0, 0, 0]);
            out.extend([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
        }
        out.push(0x3b);
        out
    }

    #[test]
    fn pictures_are_known_by_their_own_bytes() {
        let size =
            |bytes: &[u8]| look(bytes).map(|looked| (looked.kind, looked.width, looked.height));
        assert_eq!(size(&png_of(640, 480)), Ok((Kind::Png, 640, 480)));
        assert_eq!(size(&gif_of(64, 48, 3)), Ok((Kind::Gif, 64, 48)));
        let jpeg = jpeg::tests::sample(4_000, 3_000, b"x");
        assert_eq!(size(&jpeg), Ok((Kind::Jpeg, 4_000, 3_000)));
        let webp = b"RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0";
        assert_eq!(size(webp), Ok((Kind::WebP, 640, 480)));
        let avif = |width: u32| {
            let mut out = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf\0\0\0\x14ispe\0\0\0\0".to_vec();
            out.extend(width.to_be_bytes());
            out.extend(480_u32.to_be_bytes());
            out
        };
        assert_eq!(size(&avif(640)), Ok((Kind::Avif, 640, 480)));
        assert_eq!(size(&avif(90_000)), Err(Error::TooLarge));
    }

    #[test]
    fn bi_32_bombs_are_refused_before_anything_is_decoded() {
        assert_eq!(look(&png_of(65_535, 65_535)), Err(Error::TooLarge));
        assert_eq!(look(&png_of(u32::MAX, 1)), Err(Error::TooLarge));
        assert_eq!(look(&png_of(0, 1)), Err(Error::Unknown));
        let jpeg = jpeg::tests::sample(65_535, 65_535, b"x");
        assert_eq!(look(&jpeg), Err(Error::TooLarge));
        assert_eq!(look(&gif_of(1, 1, MOST_FRAMES + 1)), Err(Error::TooLarge));
        assert!(look(&gif_of(1, 1, MOST_FRAMES)).is_ok());
        let mut moving = png_of(10, 10);
        moving.extend(b"\0\0\0\x08acTL\xff\xff\xff\xff\0\0\0\0\0\0\0\0");
        assert_eq!(look(&moving), Err(Error::TooLarge));
    }

    #[test]
    fn bi_32_what_is_no_picture_is_none_whatever_its_name() {
        for bytes in [
            &b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"[..],
            b"<!doctype html><script>",
            b"%PDF-1.7",
            b"\0\0\0\x18ftypheic\0\0\0\0",
            b"\0\0\0\x1cftypavif\0\0\0\0",
            b"\0\0\0\x1cftypavis\0\0\0\0ispe",
            b"MZ\x90",
            b"",
            b"GIF8",
        ] {
            assert_eq!(look(bytes), Err(Error::Unknown));
        }
    }

    #[test]
    fn a_head_that_is_cut_off_is_no_picture() {
        for whole in [png_of(10, 10), jpeg::tests::sample(10, 10, b"note")] {
            for length in 0..24 {
                assert_eq!(look(&whole[..length]), Err(Error::Unknown), "{length}");
            }
        }
    }
}

//! Taking out of a picture everything that is not the picture: place, time, camera, comments, previews, and whatever
//! somebody hung on behind its end.
//!
//! The pixels stay as they are, bit for bit. Only known parts are kept; what is not known goes. Sources: ITU-T T.81
//! annex B, EXIF 2.32 §4.6 (orientation), PNG third edition §5 and §11, RFC 9649.

/// Returns the picture without anything else, or none if it is no whole JPEG, PNG or WebP.
pub fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    jpeg(bytes).or_else(|| png(bytes)).or_else(|| webp(bytes))
}

const EXIF: &[u8] = b"Exif\0\0";
const COLOUR_PROFILE: &[u8] = b"ICC_PROFILE\0";
const ADOBE: &[u8] = b"Adobe";

fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(&[0xff, 0xd8])?;
    let mut out = vec![0xff, 0xd8];
    let mut orientation = None;
    loop {
        let (marker, after) = next_marker(rest)?;
        if marker == 0xd9 {
            out.extend([0xff, 0xd9]);
            return Some(out);
        }
        let length = usize::from(u16::from_be_bytes([*after.first()?, *after.get(1)?]));
        let segment = after.get(2..length)?;
        rest = after.get(length..)?;
        if marker == 0xe1 && segment.starts_with(EXIF) {
            orientation = orientation.or_else(|| exif_orientation(&segment[EXIF.len()..]));
        }
        if marker == 0xda {
            // The picture lies on its side without this; nothing else of EXIF is kept.
            if let Some(turned) = orientation.take().filter(|turned| *turned != 1) {
                out.extend(orientation_segment(turned));
            }
        }
        if jpeg_keeps(marker, segment) {
            out.extend([0xff, marker]);
            out.extend(&after[..length]);
        }
        if marker == 0xda {
            let scan = scan_length(rest)?;
            out.extend(&rest[..scan]);
            rest = &rest[scan..];
        }
    }
}

/// Skips fill bytes to the next marker; returns it and what follows.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let mut rest = bytes.strip_prefix(&[0xff])?;
    while let Some(more) = rest.strip_prefix(&[0xff]) {
        rest = more;
    }
    let (marker, after) = rest.split_first()?;
    Some((*marker, after))
}

/// Tables, frames and scans are the picture; of the application segments only those that its colours need.
fn jpeg_keeps(marker: u8, segment: &[u8]) -> bool {
    match marker {
        0xc0..=0xcf | 0xda..=0xdd => true,
        0xe2 => segment.starts_with(COLOUR_PROFILE),
        0xee => segment.starts_with(ADOBE),
        _ => false,
    }
}

/// Length of the coded data of a scan: to the next marker that is neither a stuffed byte nor a restart.
fn scan_length(bytes: &[u8]) -> Option<usize> {
    bytes
        .windows(2)
        .position(|pair| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff))
}

/// Reads how the picture is turned from the first directory of an EXIF block.
fn exif_orientation(tiff: &[u8]) -> Option<u16> {
    let little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let number = |at: usize, length: usize| -> Option<usize> {
        let bytes = tiff.get(at..at.checked_add(length)?)?;
        let join = |sum: usize, byte: &u8| (sum << 8) | usize::from(*byte);
        Some(if little {
            bytes.iter().rev().fold(0, join)
        } else {
            bytes.iter().fold(0, join)
        })
    };
    let directory = number(4, 4)?;
    let count = number(directory, 2)?;
    (0..count.min(512))
        .map(|entry| directory + 2 + entry * 12)
        .find(|entry| number(*entry, 2) == Some(0x0112))
        .and_then(|entry| number(entry + 8, 2))
        .and_then(|turned| u16::try_from(turned).ok())
        .filter(|turned| (1..=8).contains(turned))
}

/// An EXIF segment that says how the picture is turned, and nothing else.
fn orientation_segment(turned: u16) -> Vec<u8> {
    let mut segment = vec![0xff, 0xe1, 0, 34];
    segment.extend(EXIF);
    segment.extend(b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01");
    segment.extend(turned.to_be_bytes());
    segment.extend([0; 6]);
    segment
}

const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(PNG_SIGNATURE)?;
    let mut out = PNG_SIGNATURE.to_vec();
    loop {
        let length = usize::try_from(u32::from_be_bytes(rest.get(..4)?.try_into().ok()?)).ok()?;
        let chunk = rest.get(..length.checked_add(12)?)?;
        rest = &rest[chunk.len()..];
        let kind = &chunk[4..8];
        if png_keeps(kind) {
            out.extend(chunk);
        }
        if kind == b"IEND" {
            return Some(out);
        }
    }
}

fn png_keeps(kind: &[u8]) -> bool {
    matches!(
        kind,
        b"IHDR"
            | b"PLTE"
            | b"IDAT"
            | b"IEND"
            | b"tRNS"
            | b"gAMA"
            | b"cHRM"
            | b"sRGB"
            | b"iCCP"
            | b"cICP"
            | b"sBIT"
    )
}

/// In the flags of a WebP: there is EXIF, there is XMP, it moves.
const WEBP_DROPPED_FLAGS: u8 = 0b0000_1110;

fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let length = usize::try_from(u32::from_le_bytes(
        bytes.strip_prefix(b"RIFF")?.get(..4)?.try_into().ok()?,
    ))
    .ok()?;
    let mut rest = bytes
        .get(8..length.checked_add(8)?)?
        .strip_prefix(b"WEBP")?;
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    let mut has_picture = false;
    while !rest.is_empty() {
        let length = usize::try_from(u32::from_le_bytes(rest.get(4..8)?.try_into().ok()?)).ok()?;
        let padded = length.checked_add(8 + length % 2)?;
        let chunk = rest.get(..padded)?;
        rest = &rest[padded..];
        match &chunk[..4] {
            b"VP8X" => {
                let at = out.len() + 8;
                out.extend(chunk);
                *out.get_mut(at)? &= !WEBP_DROPPED_FLAGS;
            }
            b"VP8 " | b"VP8L" => {
                has_picture = true;
                out.extend(chunk);
            }
            b"ALPH" | b"ICCP" => out.extend(chunk),
            _ => {}
        }
    }
    let size = u32::try_from(out.len() - 8).ok()?;
    out[4..8].copy_from_slice(&size.to_le_bytes());
    // One that moves keeps its pictures in parts that are dropped: nothing would be left.
    has_picture.then_some(out)
}

#[cfg(test)]
mod tests;

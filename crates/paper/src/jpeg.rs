//! The segments of a JPEG file: what it holds beside the picture, and how to leave that out.

use crate::Error;

/// What the head of a JPEG says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// 1 for grey, 3 for colour, 4 for print.
    pub(crate) components: u8,
}

/// A segment: its marker and where its bytes lie, marker included.
struct Segment {
    marker: u8,
    from: usize,
    to: usize,
}

/// Reads segments up to the scan; none once the bytes make no sense. `at` moves on.
fn next(bytes: &[u8], at: &mut usize) -> Option<Segment> {
    if *bytes.get(*at)? != 0xff {
        return None;
    }
    let from = *at;
    // Any number of fill bytes may stand before a marker.
    while *bytes.get(*at + 1)? == 0xff {
        *at += 1;
    }
    let marker = bytes[*at + 1];
    *at += 2;
    if !matches!(marker, 0x01 | 0xd0..=0xd9) {
        let length = u16::from_be_bytes([*bytes.get(*at)?, *bytes.get(*at + 1)?]);
        *at += usize::from(length.max(2));
        if *at > bytes.len() {
            return None;
        }
    }
    Some(Segment {
        marker,
        from,
        to: *at,
    })
}

/// Reads size and colours. The bytes may be the beginning of the file alone.
pub(crate) fn head(bytes: &[u8]) -> Result<Head, Error> {
    let mut at = 0;
    while let Some(segment) = next(bytes, &mut at) {
        // Frame headers; DHT, JPG and DAC lie among their numbers.
        if matches!(segment.marker, 0xc0..=0xcf) && !matches!(segment.marker, 0xc4 | 0xc8 | 0xcc) {
            let body = bytes
                .get(
                    segment.to.saturating_sub(usize::from(u16::from_be_bytes([
                        bytes[segment.from + 2],
                        bytes[segment.from + 3],
                    ])))..segment.to,
                )
                .filter(|body| body.len() >= 8)
                .ok_or(Error::Unknown)?;
            return Ok(Head {
                height: u32::from(u16::from_be_bytes([body[3], body[4]])),
                width: u32::from(u16::from_be_bytes([body[5], body[6]])),
                components: body[7],
            });
        }
        if segment.marker == 0xda {
            break;
        }
    }
    Err(Error::Unknown)
}

/// Leaves the picture alone: no notes of a camera, no place, no comment, no small picture, nothing behind the end.
pub(crate) fn bare(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(segment) = next(bytes, &mut at) {
        let kept = match segment.marker {
            // Which colours the numbers are.
            0xee => bytes[segment.from..segment.to].starts_with(b"\xff\xee\x00\x0eAdobe"),
            0xe0..=0xef | 0xfe => false,
            _ => true,
        };
        if kept {
            out.extend(&bytes[segment.from..segment.to]);
        }
        if segment.marker == 0xda {
            let end = end_of_scans(bytes, segment.to).ok_or(Error::Unknown)?;
            out.extend(&bytes[segment.to..end]);
            return Ok(out);
        }
    }
    Err(Error::Unknown)
}

/// Finds the end of the picture: behind the first end marker that stands where a marker can stand.
fn end_of_scans(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        match *bytes.get(at + 1)? {
            0xd9 => return Some(at + 2),
            // A byte of data, a restart, or a fill byte.
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            // Between the scans of a progressive picture stand tables; comments and notes do not belong there.
            0xc4 | 0xda | 0xdb | 0xdc | 0xdd => next(bytes, &mut at).map(drop)?,
            _ => return None,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A file with the segments of a JPEG and no picture to speak of.
    pub(crate) fn sample(width: u16, height: u16, notes: &[u8]) -> Vec<u8> {
        let mut out = vec![0xff, 0xd8];
        for marker in [0xe1, 0xed, 0xfe] {
            out.extend([0xff, marker]);
            out.extend((notes.len() as u16 + 2).to_be_bytes());
            out.extend(notes);
        }
        out.extend([0xff, 0xc0, 0, 11, 8]);
        out.extend(height.to_be_bytes());
        out.extend(width.to_be_bytes());
        out.extend([1, 1, 0x11, 0]);
        out.extend([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0]);
        out.extend([0x12, 0xff, 0x00, 0x34, 0xff, 0xd9]);
        out
    }

    #[test]
    fn notes_and_what_is_glued_on_are_left_out() {
        let mut whole = sample(640, 480, b"55.7558N by VALISE-CAMERA");
        assert_eq!(
            head(&whole).unwrap(),
            Head {
                width: 640,
                height: 480,
                components: 1
            }
        );
        whole.extend(b"PK\x03\x04 an archive behind the picture");
        let bare = bare(&whole).unwrap();
        for gone in [&b"55.7558N"[..], b"VALISE", b"PK\x03"] {
            assert!(!bare.windows(gone.len()).any(|part| part == gone));
        }
        assert_eq!(head(&bare).unwrap().width, 640);
        assert_eq!(super::bare(&bare).unwrap(), bare);
    }

    #[test]
    fn whatever_is_cut_off_is_refused() {
        let whole = sample(640, 480, b"note");
        for length in 0..whole.len() {
            assert_eq!(bare(&whole[..length]), Err(Error::Unknown), "{length}");
        }
    }
}

//! What a file is by its first bytes, and how large a picture is.

/// Bytes that are looked at.
pub const HEAD_BYTES: usize = 64 << 10;

/// Returns the media type of a file, by its first bytes where they tell, and otherwise by its name.
pub fn media_type(head: &[u8], name: &str) -> &'static str {
    let brand = head.get(4..12).unwrap_or_default();
    match head {
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        _ if head.starts_with(b"\x89PNG\r\n\x1a\n") => "image/png",
        _ if head.starts_with(b"GIF8") => "image/gif",
        _ if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") => "image/webp",
        _ if head.starts_with(b"%PDF-") => "application/pdf",
        _ if head.starts_with(b"OggS") => "audio/ogg",
        _ if head.starts_with(b"ID3") => "audio/mpeg",
        _ if head.starts_with(b"\x1a\x45\xdf\xa3") => "video/webm",
        _ if brand.starts_with(b"ftypM4A") => "audio/mp4",
        _ if brand.starts_with(b"ftyp") => "video/mp4",
        _ => by_name(name),
    }
}

fn by_name(name: &str) -> &'static str {
    let ending = name
        .rsplit_once('.')
        .map_or("", |(_, ending)| ending)
        .to_ascii_lowercase();
    match ending.as_str() {
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "opus" | "ogg" => "audio/ogg",
        "txt" => "text/plain",
        "csv" => "text/csv",
        "vcf" => "text/vcard",
        "zip" => "application/zip",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "odt" => "application/vnd.oasis.opendocument.text",
        // What only calls itself a picture is none.
        _ => "application/octet-stream",
    }
}

/// Returns width and height of a JPEG, PNG or GIF, as they are to be shown; none if the first bytes do not tell.
pub fn dimensions(head: &[u8]) -> Option<(u32, u32)> {
    let size = match head {
        [0xff, 0xd8, ..] => jpeg(head),
        _ if head.starts_with(b"\x89PNG") => Some((big(head, 16, 4)?, big(head, 20, 4)?)),
        _ if head.starts_with(b"GIF8") => {
            let little = |at: usize| {
                Some(u32::from(u16::from_le_bytes([
                    *head.get(at)?,
                    *head.get(at + 1)?,
                ])))
            };
            Some((little(6)?, little(8)?))
        }
        _ => None,
    };
    size.filter(|(width, height)| (1..=30_000).contains(width) && (1..=30_000).contains(height))
}

/// Goes from segment to segment (ITU T.81, B.1) up to the one that begins the frame.
fn jpeg(head: &[u8]) -> Option<(u32, u32)> {
    let (mut at, mut is_turned) = (2, false);
    loop {
        let (mark, kind) = (*head.get(at)?, *head.get(at + 1)?);
        if mark != 0xff {
            return None;
        }
        let length = big(head, at + 2, 2)? as usize;
        match kind {
            0xc0..=0xcf if !matches!(kind, 0xc4 | 0xc8 | 0xcc) => {
                let (height, width) = (big(head, at + 5, 2)?, big(head, at + 7, 2)?);
                return Some(if is_turned {
                    (height, width)
                } else {
                    (width, height)
                });
            }
            0xe1 => is_turned = is_turned || lies_on_its_side(head.get(at + 4..at + 2 + length)?),
            0xff => {
                at += 1;
                continue;
            }
            _ => {}
        }
        at += 2 + length.max(2);
    }
}

/// Reads the orientation out of Exif (CIPA DC-008, 4.6.4): 5 to 8 are those with width and height exchanged.
fn lies_on_its_side(segment: &[u8]) -> bool {
    orientation(segment).is_some_and(|value| (5..=8).contains(&value))
}

fn orientation(segment: &[u8]) -> Option<u16> {
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let is_big = tiff.starts_with(b"MM");
    let half = |at: usize| {
        let bytes = [*tiff.get(at)?, *tiff.get(at + 1)?];
        Some(if is_big {
            u16::from_be_bytes(bytes)
        } else {
            u16::from_le_bytes(bytes)
        })
    };
    let word = |at: usize| {
        let (first, second) = (u32::from(half(at)?), u32::from(half(at + 2)?));
        Some(if is_big {
            first << 16 | second
        } else {
            second << 16 | first
        })
    };
    let list = usize::try_from(word(4)?)
        .ok()
        .filter(|at| *at < tiff.len())?;
    let entries = (0..usize::from(half(list)?)).map(|number| list + 2 + number * 12);
    let mut found = entries.filter(|at| half(*at) == Some(0x0112));
    half(found.next()? + 8)
}

fn big(bytes: &[u8], at: usize, count: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + count)?;
    Some(
        bytes
            .iter()
            .fold(0, |value, byte| value << 8 | u32::from(*byte)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_tell_their_size() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        png.extend([0, 0, 2, 128, 0, 0, 1, 224]);
        assert_eq!(
            (media_type(&png, "x"), dimensions(&png)),
            ("image/png", Some((640, 480)))
        );
        let frame = [0xff, 0xc0, 0, 11, 8, 1, 224, 2, 128, 1, 1, 0x11, 0];
        let jpeg = [&[0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2][..], &frame].concat();
        assert_eq!(
            (media_type(&jpeg, "x"), dimensions(&jpeg)),
            ("image/jpeg", Some((640, 480)))
        );
        let mut exif = b"\xff\xd8\xff\xe1\0\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        exif.extend(frame);
        assert_eq!(dimensions(&exif), Some((480, 640)));
        for length in 0..exif.len() {
            let _ = dimensions(&exif[..length]);
        }
    }

    #[test]
    fn a_name_alone_makes_no_picture() {
        assert_eq!(
            media_type(b"<script>", "photo.jpg"),
            "application/octet-stream"
        );
        assert_eq!(media_type(b"%PDF-1.7", "x.jpg"), "application/pdf");
        assert_eq!(media_type(b"", "PTT-20240105-WA0001.opus"), "audio/ogg");
    }
}

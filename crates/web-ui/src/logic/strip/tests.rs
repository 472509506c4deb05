use super::*;

const SECRET: &[u8] = b"SECRET-PLACE";

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![0xff, marker];
    out.extend((content.len() as u16 + 2).to_be_bytes());
    out.extend(content);
    out
}

fn exif(turned: u8) -> Vec<u8> {
    let mut content = EXIF.to_vec();
    content.extend(b"II\x2a\0\x08\0\0\0\x02\0");
    content.extend(b"\x0f\x01\x02\0\x04\0\0\0abcd");
    content.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, turned, 0, 0, 0]);
    content.extend([0; 4]);
    content.extend(SECRET);
    content
}

/// A JPEG of two scans, with every kind of part that can carry something.
fn sample_jpeg(turned: u8) -> Vec<u8> {
    let mut out = vec![0xff, 0xd8];
    out.extend(segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0"));
    out.extend(segment(0xe1, &exif(turned)));
    out.extend(segment(
        0xe1,
        &[b"http://ns.adobe.com/xap/1.0/\0".as_slice(), SECRET].concat(),
    ));
    out.extend(segment(
        0xe2,
        &[COLOUR_PROFILE, b"\x01\x01profile".as_slice()].concat(),
    ));
    out.extend(segment(0xe2, &[b"MPF\0".as_slice(), SECRET].concat()));
    out.extend(segment(0xed, SECRET));
    out.extend(segment(0xfe, SECRET));
    out.extend(segment(0xdb, b"tables"));
    out.extend(segment(0xc2, b"frame"));
    out.extend(segment(0xda, b"scan"));
    out.extend(b"one\xff\x00\xff\xd0data");
    out.extend(segment(0xfe, SECRET));
    out.extend([0xff, 0xff]);
    out.extend(&segment(0xda, b"scan")[1..]);
    out.extend(b"two\xff\xd9");
    out.extend(SECRET);
    out
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_jpeg_keeps_its_pixels_and_colours_alone() {
    let before = sample_jpeg(1);
    assert!(contains(&before, SECRET), "the check below can fail");
    let after = strip(&before).expect("a JPEG");
    assert!(!contains(&after, SECRET));
    assert!(!contains(&after, EXIF));
    for part in [
        b"tables".as_slice(),
        b"frame",
        b"one\xff\x00\xff\xd0data",
        b"two\xff\xd9",
        b"\x01\x01profile",
    ] {
        assert!(contains(&after, part));
    }
    assert!(
        after.ends_with(b"two\xff\xd9"),
        "nothing hangs on behind the end"
    );
    assert_eq!(
        strip(&after),
        Some(after.clone()),
        "a second time changes nothing"
    );
}

#[test]
fn a_picture_on_its_side_stays_on_its_side() {
    let after = strip(&sample_jpeg(6)).expect("a JPEG");
    assert!(!contains(&after, SECRET));
    let at = after
        .windows(6)
        .position(|window| window == EXIF)
        .expect("the orientation");
    assert_eq!(exif_orientation(&after[at + 6..]), Some(6));
    assert_eq!(strip(&after), Some(after.clone()));
}

#[test]
fn a_png_keeps_what_makes_its_pixels() {
    let chunk = |kind: &[u8], content: &[u8]| -> Vec<u8> {
        [
            &(content.len() as u32).to_be_bytes()[..],
            kind,
            content,
            b"crc!",
        ]
        .concat()
    };
    let keep = [
        PNG_SIGNATURE.to_vec(),
        chunk(b"IHDR", b"head"),
        chunk(b"IDAT", b"pixels"),
        chunk(b"IEND", b""),
    ];
    let mut before = keep[..2].concat();
    for kind in [b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME", b"prVt"] {
        before.extend(chunk(kind, SECRET));
    }
    before.extend(keep[2..].concat());
    before.extend(SECRET);
    assert_eq!(strip(&before), Some(keep.concat()));
}

#[test]
fn a_webp_keeps_what_makes_its_pixels() {
    let chunk = |kind: &[u8], content: &[u8]| -> Vec<u8> {
        let pad = vec![0; content.len() % 2];
        [
            kind,
            &(content.len() as u32).to_le_bytes()[..],
            content,
            &pad,
        ]
        .concat()
    };
    let file = |chunks: Vec<u8>| {
        [
            b"RIFF".as_slice(),
            &(chunks.len() as u32 + 4).to_le_bytes(),
            b"WEBP",
            &chunks,
        ]
        .concat()
    };
    let head = |flags: u8| chunk(b"VP8X", &[flags, 0, 0, 0, 9, 0, 0, 9, 0, 0]);
    let mut before = file(
        [
            head(0x2c),
            chunk(b"ICCP", b"icc"),
            chunk(b"VP8 ", b"pixels!"),
            chunk(b"EXIF", SECRET),
            chunk(b"XMP ", SECRET),
        ]
        .concat(),
    );
    before.extend(SECRET);
    assert_eq!(
        strip(&before),
        Some(file(
            [
                head(0x20),
                chunk(b"ICCP", b"icc"),
                chunk(b"VP8 ", b"pixels!")
            ]
            .concat()
        ))
    );
    let moving = file([head(0x02), chunk(b"ANMF", b"frames")].concat());
    assert_eq!(strip(&moving), None);
}

#[test]
fn what_is_cut_short_or_no_picture_is_refused_without_panic() {
    assert_eq!(strip(b"%PDF-1.7"), None);
    let whole = sample_jpeg(6);
    let end = whole.len() - SECRET.len();
    for length in 0..end {
        assert_eq!(strip(&whole[..length]), None);
    }
    assert!(strip(&whole[..end]).is_some());
}

use super::*;
use miniz_oxide::deflate::compress_to_vec;

/// A file for an archive: name, content, and whether it is packed.
type File<'a> = (&'a str, &'a [u8], bool);

fn archive(files: &[File<'_>]) -> Vec<u8> {
    let (mut bytes, mut list) = (b"padding".to_vec(), Vec::new());
    for (name, content, is_packed) in files {
        let data = if *is_packed {
            compress_to_vec(content, 6)
        } else {
            content.to_vec()
        };
        let mut about = vec![20, 0, 0, 8, if *is_packed { 8 } else { 0 }, 0, 0, 0, 0, 0];
        about.extend(crc32fast::hash(content).to_le_bytes());
        about.extend((data.len() as u32).to_le_bytes());
        about.extend((content.len() as u32).to_le_bytes());
        about.extend((name.len() as u16).to_le_bytes());
        about.extend([0, 0]);
        list.extend(b"PK\x01\x02\x14\0");
        list.extend(&about);
        list.extend([0; 10]);
        list.extend((bytes.len() as u32).to_le_bytes());
        list.extend(name.as_bytes());
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&about);
        bytes.extend(name.as_bytes());
        bytes.extend(data);
    }
    let start = bytes.len() as u32;
    bytes.extend(&list);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(
        [
            (files.len() as u16).to_le_bytes(),
            (files.len() as u16).to_le_bytes(),
        ]
        .concat(),
    );
    bytes.extend((list.len() as u32).to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

fn open(bytes: &[u8]) -> Result<Vec<Entry>, Refused> {
    let mut opening = Opening::new(bytes.len() as u64);
    loop {
        let wanted = opening.wants();
        let slice = bytes
            .get(wanted.start as usize..wanted.end as usize)
            .ok_or(Refused::Damaged)?;
        if let Some(entries) = opening.take(slice)? {
            return Ok(entries);
        }
    }
}

fn unpack(bytes: &[u8], entry: &Entry, most: u64) -> Result<Vec<u8>, Refused> {
    let (mut unpacker, mut out) = (Unpacker::new(entry.clone()), Vec::new());
    while let Some(wanted) = unpacker.wants(most) {
        let slice = bytes
            .get(wanted.start as usize..wanted.end as usize)
            .ok_or(Refused::Damaged)?;
        unpacker.take(slice, &mut out)?;
    }
    Ok(out)
}

/// Puts a number into the list's first entry, so many bytes from its beginning.
fn forged(mut bytes: Vec<u8>, at: usize, value: &[u8]) -> Vec<u8> {
    let list = bytes
        .windows(4)
        .position(|four| four == b"PK\x01\x02")
        .unwrap();
    bytes[list + at..list + at + value.len()].copy_from_slice(value);
    bytes
}

#[test]
fn entries_are_listed_and_come_out_whole() {
    let long: Vec<u8> = (0..200_000u32)
        .flat_map(|number| (number % 977).to_le_bytes())
        .collect();
    let bytes = archive(&[
        ("_chat.txt", b"hello", false),
        ("media/long.bin", &long, true),
        ("empty", b"", true),
    ]);
    let entries = open(&bytes).unwrap();
    let names: Vec<&str> = entries.iter().map(|entry| &*entry.name).collect();
    assert_eq!(names, ["_chat.txt", "media/long.bin", "empty"]);
    for most in [1, 100, 1 << 20] {
        assert_eq!(unpack(&bytes, &entries[0], most).unwrap(), b"hello");
        assert_eq!(unpack(&bytes, &entries[1], most).unwrap(), long);
        assert_eq!(unpack(&bytes, &entries[2], most).unwrap(), b"");
    }
    assert_eq!(open(&archive(&[])), Ok(vec![]));
}

/// Writes an archive anew as large ones are: numbers in an extra field of each entry and in a record of their own.
fn large(files: &[File<'_>], change: impl Fn(&mut [u64; 3])) -> Vec<u8> {
    let plain = archive(files);
    let entries = open(&plain).unwrap();
    let (start, mut list) = (
        plain.windows(4).position(|four| four == b"PK\x01\x02"),
        Vec::new(),
    );
    let mut bytes = plain[..start.unwrap()].to_vec();
    let start = bytes.len() as u64;
    for entry in &entries {
        list.extend(b"PK\x01\x02\x2d\0\x2d\0\0\x08");
        list.extend(if entry.method == Method::Stored {
            [0, 0]
        } else {
            [8, 0]
        });
        list.extend([0; 4]);
        list.extend(entry.checksum.to_le_bytes());
        list.extend([0xff; 8]);
        list.extend((entry.name.len() as u16).to_le_bytes());
        // An extra field of another kind, then ours.
        list.extend((6 + 28u16).to_le_bytes());
        list.extend([0; 10]);
        list.extend([0xff; 4]);
        list.extend(entry.name.as_bytes());
        list.extend(b"\x55\x54\x02\0ab\x01\0\x18\0");
        let mut numbers = [entry.size_bytes, entry.packed_bytes, entry.offset];
        change(&mut numbers);
        list.extend(numbers.map(u64::to_le_bytes).concat());
    }
    let record = start + list.len() as u64;
    let count = entries.len() as u64;
    bytes.extend(&list);
    bytes.extend(b"PK\x06\x06\x2c\0\0\0\0\0\0\0\x2d\0\x2d\0\0\0\0\0\0\0\0\0");
    bytes.extend(
        [count, count, list.len() as u64, start]
            .map(u64::to_le_bytes)
            .concat(),
    );
    bytes.extend(b"PK\x06\x07\0\0\0\0");
    bytes.extend(record.to_le_bytes());
    bytes.extend([1, 0, 0, 0]);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([0xff; 12]);
    bytes.extend([0, 0]);
    bytes
}

#[test]
fn archives_of_large_numbers_are_read_like_others() {
    let files: [File<'_>; 2] = [
        ("_chat.txt", b"hello", false),
        ("media/a.jpg", b"picture", true),
    ];
    let bytes = large(&files, |_| {});
    let entries = open(&bytes).unwrap();
    assert_eq!(unpack(&bytes, &entries[0], 100).unwrap(), b"hello");
    assert_eq!(unpack(&bytes, &entries[1], 3).unwrap(), b"picture");
    assert_eq!(open(&archive(&files)).unwrap(), entries);
    for length in 0..bytes.len() {
        assert!(open(&bytes[..length]).is_err(), "{length}");
    }
}

#[test]
fn large_numbers_that_lie_are_refused() {
    let lying = |place: usize, value: u64| {
        open(&large(
            &[("a", b"aa", false), ("b", b"bb", true)],
            |numbers| numbers[place] = value,
        ))
    };
    for value in [u64::MAX, u64::MAX - 30, 1 << 40] {
        assert_eq!(lying(0, value), Err(Refused::Bomb), "size {value}");
        assert_eq!(lying(1, value), Err(Refused::Bomb), "packed {value}");
        assert!(lying(2, value).is_err(), "offset {value}");
    }
}

#[test]
fn what_is_cut_or_changed_is_refused_and_never_more() {
    let bytes = archive(&[("_chat.txt", b"hello hello hello hello", true)]);
    for length in 0..bytes.len() {
        assert!(open(&bytes[..length]).is_err(), "{length}");
    }
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 0x55;
        if let Ok(entries) = open(&changed) {
            for entry in &entries {
                if let Ok(out) = unpack(&changed, entry, 16) {
                    assert_eq!(out, b"hello hello hello hello", "{at}");
                }
            }
        }
    }
}

#[test]
fn places_outside_are_refused() {
    for name in [
        "../x",
        "a/../../x",
        "/etc/passwd",
        "C:\\x",
        "c:x",
        "a\\b",
        "a\0b",
        "",
    ] {
        assert_eq!(
            open(&archive(&[(name, b"x", false)])),
            Err(Refused::BadPath),
            "{name:?}"
        );
    }
    assert!(open(&archive(&[("a..b/...txt", b"x", false)])).is_ok());
}

#[test]
fn bombs_are_refused() {
    let zeros = vec![0; 8 << 20];
    assert_eq!(
        open(&archive(&[("zeros", &zeros, true)])),
        Err(Refused::Bomb)
    );
    // It says that it is small, and is not.
    let lies = forged(
        archive(&[("zeros", &zeros, true)]),
        24,
        &1000u32.to_le_bytes(),
    );
    let entries = open(&lies).unwrap();
    assert_eq!(unpack(&lies, &entries[0], 64), Err(Refused::Bomb));
    // It says that it is larger than anything.
    let huge = forged(
        archive(&[("x", b"x", true)]),
        24,
        &0xffff_0000u32.to_le_bytes(),
    );
    assert_eq!(open(&huge), Err(Refused::Bomb));
    // Two entries with the same data.
    let twice = archive(&[("a", b"data", false), ("b", b"data", false)]);
    let second = 7 + 30 + 1 + 4u32;
    assert_eq!(
        open(&forged(twice, 42, &second.to_le_bytes())),
        Err(Refused::Bomb)
    );
}

#[test]
fn locked_and_unknown_kinds_are_named() {
    let plain = || archive(&[("x", b"x", false)]);
    assert_eq!(open(&forged(plain(), 8, &[1])), Err(Refused::Locked));
    assert_eq!(open(&forged(plain(), 10, &[12])), Err(Refused::Unknown));
    // It says that a number stands in an extra field, and there is none.
    assert_eq!(
        open(&forged(plain(), 24, &[0xff; 4])),
        Err(Refused::Damaged)
    );
    assert_eq!(
        open(b"not a zip file at all, just some text"),
        Err(Refused::NotZip)
    );
}

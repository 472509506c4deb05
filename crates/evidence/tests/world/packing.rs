//! Containers that were packed anew, with whole checksums, by whoever changed something in them.

#![allow(dead_code)] // Not every test needs all of it.

/// Changes the files of a bundle.
pub fn changed(bundle: &[u8], change: impl FnOnce(&mut Vec<(String, Vec<u8>)>)) -> Vec<u8> {
    let mut files = entries(bundle);
    change(&mut files);
    pack(&files)
}

/// Reads what [`pack`] wrote, without looking.
pub fn entries(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let (mut at, mut files) = (0, Vec::new());
    while bytes[at..].starts_with(b"PK\x03\x04") {
        let (length, name) = (word(at + 18), usize::from(bytes[at + 26]));
        let begin = at + 30 + name;
        let path = String::from_utf8(bytes[at + 30..begin].to_vec()).unwrap();
        files.push((path, bytes[begin..begin + length].to_vec()));
        at = begin + length;
    }
    files
}

/// Any packer's ZIP file of stored entries.
pub fn pack(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (path, bytes) in files {
        let mut said = vec![10, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        said.extend(crc32fast::hash(bytes).to_le_bytes());
        said.extend((bytes.len() as u32).to_le_bytes());
        said.extend((bytes.len() as u32).to_le_bytes());
        said.extend((path.len() as u16).to_le_bytes());
        said.extend([0, 0]);
        list.extend([b"PK\x01\x02\x0a\0".as_slice(), &said, &[0; 10]].concat());
        list.extend((out.len() as u32).to_le_bytes());
        list.extend(path.as_bytes());
        out.extend([b"PK\x03\x04".as_slice(), &said, path.as_bytes(), bytes].concat());
    }
    let at = out.len() as u32;
    let count = (files.len() as u16).to_le_bytes();
    out.extend(&list);
    out.extend([b"PK\x05\x06\0\0\0\0".as_slice(), &count, &count].concat());
    out.extend((list.len() as u32).to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

//! Many files in one: how the web client travels inside the binary.
//!
//! Eight bytes of magic; then for each file the length of its name and its own length (u32, big-endian), its name in
//! UTF-8 with `/` between folders, and its bytes. The writer is plain `std`, so that a build script can include this file.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

const MAGIC: &[u8; 8] = b"VALISEA1";

/// Packs files.
pub fn write<B: AsRef<[u8]>>(files: &BTreeMap<String, B>) -> io::Result<Vec<u8>> {
    let mut archive = MAGIC.to_vec();
    for (name, bytes) in files {
        let bytes = bytes.as_ref();
        for length in [name.len(), bytes.len()] {
            let length = u32::try_from(length).map_err(io::Error::other)?;
            archive.extend(length.to_be_bytes());
        }
        archive.extend(name.as_bytes());
        archive.extend(bytes);
    }
    Ok(archive)
}

/// Unpacks files; `None` if that is no archive.
pub fn read(archive: &[u8]) -> Option<BTreeMap<&str, &[u8]>> {
    let mut rest = archive.strip_prefix(MAGIC.as_slice())?;
    let mut files = BTreeMap::new();
    while !rest.is_empty() {
        let (name_length, after) = rest.split_first_chunk::<4>()?;
        let (length, after) = after.split_first_chunk::<4>()?;
        let (name, after) = after.split_at_checked(u32::from_be_bytes(*name_length) as usize)?;
        let (bytes, after) = after.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        files.insert(std::str::from_utf8(name).ok()?, bytes);
        rest = after;
    }
    Some(files)
}

/// Reads every file of a folder and of the folders in it, by its name below the folder.
pub fn read_folder<B: From<Vec<u8>>>(folder: &Path) -> io::Result<BTreeMap<String, B>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                folders.push((entry.path(), format!("{name}/")));
            } else {
                files.insert(name, B::from(std::fs::read(entry.path())?));
            }
        }
    }
    Ok(files)
}

//! What is in a backup. It is written last: a folder without it is no backup.

use super::{AdminError, at};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

const NAME: &str = "manifest.json";
const FORMAT: u32 = 1;

/// Every file of a backup, by its path with `/` between folders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this layout.
    pub format: u32,
    /// When it was made, milliseconds since 1970.
    pub made_at_ms: u64,
    /// The files.
    pub files: BTreeMap<String, Entry>,
}

/// One file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Bytes.
    pub bytes: u64,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
}

impl Manifest {
    pub(super) fn new(made_at_ms: u64) -> Self {
        Self {
            format: FORMAT,
            made_at_ms,
            files: BTreeMap::new(),
        }
    }

    /// Tells whether a folder holds a backup, finished or not to be told apart from one.
    pub(super) fn is_in(folder: &Path) -> bool {
        folder.join(NAME).exists()
    }

    /// Reads the manifest of a backup.
    pub fn read(folder: &Path) -> Result<Self, AdminError> {
        let path = folder.join(NAME);
        let text = match std::fs::read_to_string(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(AdminError::NoBackup(folder.to_owned()));
            }
            result => at(&path, result)?,
        };
        let manifest: Self = at(&path, serde_json::from_str(&text).map_err(io::Error::other))?;
        if manifest.format != FORMAT {
            return Err(AdminError::Newer(manifest.format));
        }
        let is_inside =
            |name: &String| name.split('/').all(|part| !matches!(part, "" | "." | ".."));
        match manifest.files.keys().find(|name| !is_inside(name)) {
            Some(name) => Err(AdminError::Damaged(name.clone())),
            None => Ok(manifest),
        }
    }

    /// Writes the manifest so that it is there whole or not at all.
    pub(super) fn write(&self, folder: &Path) -> Result<(), AdminError> {
        let (path, draft) = (folder.join(NAME), folder.join("manifest.draft"));
        let write = || {
            let mut file = File::create(&draft)?;
            serde_json::to_writer_pretty(&mut file, self)?;
            file.write_all(b"\n")?;
            file.sync_all()?;
            std::fs::rename(&draft, &path)?;
            File::open(folder)?.sync_all()
        };
        at(&path, write())
    }

    /// Adds a file that lies in the folder.
    pub(super) fn add(&mut self, folder: &Path, name: &str) -> Result<(), AdminError> {
        let entry = Entry::of(&folder.join(name))?;
        self.files.insert(name.to_owned(), entry);
        Ok(())
    }
}

impl Entry {
    /// Reads a file.
    pub(super) fn of(path: &Path) -> Result<Self, AdminError> {
        let digest = || {
            let mut file = File::open(path)?;
            let (mut hash, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 256 << 10]);
            loop {
                let length = file.read(&mut buffer)?;
                if length == 0 {
                    return Ok(Self {
                        bytes,
                        sha256: hex::encode(hash.finalize()),
                    });
                }
                hash.update(&buffer[..length]);
                bytes += length as u64;
            }
        };
        at(path, digest())
    }
}

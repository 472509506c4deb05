//! Ciphertext of files, kept on disk. Nothing readable lies here: the keys are in the store.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt};
use std::path::PathBuf;
use valise_client::io::CacheReply;
use valise_wire::BlobId;

/// A folder with a file for each cached file.
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Reads exactly a range.
    pub fn read(&self, blob: BlobId, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        File::open(self.path(blob))?.read_exact_at(&mut bytes, offset)?;
        Ok(bytes)
    }

    /// Writes at an offset and answers the core.
    pub fn write_reply(&self, blob: BlobId, offset: u64, bytes: &[u8]) -> CacheReply {
        match self.write(blob, offset, bytes) {
            Ok(()) => CacheReply::Written,
            Err(_) => CacheReply::Failed,
        }
    }

    /// Reads a range and answers the core.
    pub fn read_reply(&self, blob: BlobId, offset: u64, length: usize) -> CacheReply {
        self.read(blob, offset, length)
            .map_or(CacheReply::Failed, CacheReply::Read)
    }

    /// Forgets a file.
    pub fn forget(&self, blob: BlobId) {
        // It may never have been there.
        let _ = fs::remove_file(self.path(blob));
    }

    fn write(&self, blob: BlobId, offset: u64, bytes: &[u8]) -> io::Result<()> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.folder)?;
        let mut options = OpenOptions::new();
        let file = options
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(self.path(blob))?;
        file.write_all_at(bytes, offset)
    }

    fn path(&self, blob: BlobId) -> PathBuf {
        self.folder.join(blob.to_string())
    }
}

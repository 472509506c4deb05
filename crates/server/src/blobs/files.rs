//! Where the bytes of blobs lie.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use valise_wire::BlobId;

/// A place for bytes that grow and are then read for ever. Calls may wait for a disk.
pub trait BlobStore: Send + Sync + 'static {
    /// Opens a blob to append at `offset`, making it if there is none; whatever lies behind is dropped.
    fn append(&self, blob: BlobId, offset: u64) -> io::Result<Box<dyn Part>>;

    /// Reads exactly so many bytes.
    fn read(&self, blob: BlobId, offset: u64, length: usize) -> io::Result<Vec<u8>>;

    /// Deletes a blob; it may be gone already.
    fn delete(&self, blob: BlobId) -> io::Result<()>;
}

/// A blob that is being appended to.
pub trait Part: Send {
    /// Appends.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Returns when everything that was written is durable.
    fn sync(&mut self) -> io::Result<()>;
}

/// Blobs as files, in 256 folders by the first byte of their names.
pub struct Files {
    folder: PathBuf,
}

impl Files {
    /// Takes a folder, making it if there is none.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
        })
    }

    /// Returns where a blob lies.
    pub fn path(&self, blob: BlobId) -> PathBuf {
        self.folder.join(relative_path(blob))
    }
}

/// Returns where a blob lies below the folder of all.
pub(crate) fn relative_path(blob: BlobId) -> PathBuf {
    let name = blob.to_string();
    Path::new(&name[..2]).join(&name)
}

impl BlobStore for Files {
    fn append(&self, blob: BlobId, offset: u64) -> io::Result<Box<dyn Part>> {
        let path = self.path(blob);
        let is_new = !path.exists();
        let folder = path.parent().unwrap_or(&self.folder);
        if is_new {
            fs::create_dir_all(folder)?;
        }
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)?;
        if is_new {
            // A file is durable only when its name is.
            File::open(folder)?.sync_all()?;
            File::open(&self.folder)?.sync_all()?;
        }
        file.set_len(offset)?;
        let mut file = file;
        io::Seek::seek(&mut file, io::SeekFrom::Start(offset))?;
        Ok(Box::new(OpenFile(file)))
    }

    fn read(&self, blob: BlobId, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        File::open(self.path(blob))?.read_exact_at(&mut bytes, offset)?;
        Ok(bytes)
    }

    fn delete(&self, blob: BlobId) -> io::Result<()> {
        match fs::remove_file(self.path(blob)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            result => result,
        }
    }
}

struct OpenFile(File);

impl Part for OpenFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }
}

//! Files that the person chose to send, read in slices.

use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use valise_views::bringing::ExportFile;
use valise_views::file::NewFile;

/// The files under the handles that the core knows them by.
#[derive(Default)]
pub struct Files {
    lent: BTreeMap<u64, Lent>,
}

/// A file that was lent.
enum Lent {
    /// It stays the same, whatever is done to its name.
    Open(File),
    /// One of many: an export may have more files than a process may have open.
    Named(PathBuf),
}

impl Files {
    /// Opens a file and gives it a handle.
    pub fn lend(&mut self, path: &Path) -> Result<NewFile> {
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        let about = file.metadata()?;
        if !about.is_file() {
            bail!("{} is not a file", path.display());
        }
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .context("the file's name is not UTF-8")?;
        Ok(NewFile {
            handle: self.keep(Lent::Open(file)),
            name: name.to_owned(),
            media_type: media_type(name).to_owned(),
            size_bytes: about.len(),
            dimensions: None,
            thumbnail: None,
            voice: None,
            confidential: false,
        })
    }

    /// Gives a file of an export a handle.
    pub fn offer(&mut self, path: &Path, within: String) -> Result<ExportFile> {
        let about = path.metadata();
        let about = about.with_context(|| format!("cannot read {}", path.display()))?;
        Ok(ExportFile {
            handle: self.keep(Lent::Named(path.to_owned())),
            path: within,
            size_bytes: about.len(),
        })
    }

    /// Reads exactly one slice.
    pub fn read(&self, handle: u64, offset: u64, length: usize) -> Result<Vec<u8>, ()> {
        let mut bytes = vec![0; length];
        let read = match self.lent.get(&handle).ok_or(())? {
            Lent::Open(file) => file.read_exact_at(&mut bytes, offset),
            Lent::Named(path) => {
                File::open(path).and_then(|file| file.read_exact_at(&mut bytes, offset))
            }
        };
        read.map_err(|_| ())?;
        Ok(bytes)
    }

    fn keep(&mut self, file: Lent) -> u64 {
        let handle = self.lent.len() as u64 + 1;
        self.lent.insert(handle, file);
        handle
    }
}

/// Returns the media type that a file's name promises.
fn media_type(name: &str) -> &'static str {
    let extension = name
        .rsplit_once('.')
        .map_or("", |(_, extension)| extension)
        .to_ascii_lowercase();
    match extension.as_str() {
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "pdf" => "application/pdf",
        "txt" | "md" => "text/plain",
        "csv" => "text/csv",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "zip" => "application/zip",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "odt" => "application/vnd.oasis.opendocument.text",
        _ => "application/octet-stream",
    }
}

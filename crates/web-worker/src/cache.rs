//! Ciphertext of files in OPFS, one file each, beside the store's directory.
//!
//! Names are the server's random ids and contents are sealed; what reads them checks every byte.

use crate::browser::{call, scope};
use std::cell::RefCell;
use std::collections::VecDeque;
use valise_client::CacheReply;
use valise_wire::BlobId;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    FileSystemDirectoryHandle, FileSystemFileHandle, FileSystemGetDirectoryOptions,
    FileSystemGetFileOptions, FileSystemReadWriteOptions, FileSystemRemoveOptions,
    FileSystemSyncAccessHandle,
};

const DIRECTORY: &str = "files";

/// Files that are kept open between two accesses.
const OPEN_FILES: usize = 4;

/// The cache. One access at a time: a file can be opened only once.
#[derive(Default)]
pub struct Cache {
    open: RefCell<VecDeque<(BlobId, OpenFile)>>,
}

struct OpenFile(FileSystemSyncAccessHandle);

impl Drop for OpenFile {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Cache {
    /// Writes bytes at a place.
    pub async fn write(&self, blob: BlobId, offset: u64, bytes: &[u8]) -> CacheReply {
        match self.try_write(blob, offset, bytes).await {
            Ok(()) => CacheReply::Written,
            Err(_) => CacheReply::Failed,
        }
    }

    async fn try_write(&self, blob: BlobId, offset: u64, bytes: &[u8]) -> Result<(), JsValue> {
        self.open(blob, true).await?;
        self.with(|file| {
            let written = file.write_with_u8_array_and_options(bytes, &at(offset))?;
            file.flush()?;
            if written as usize == bytes.len() {
                Ok(())
            } else {
                Err(JsValue::NULL)
            }
        })
    }

    /// Reads exactly as many bytes as asked for.
    pub async fn read(&self, blob: BlobId, offset: u64, length: u32) -> CacheReply {
        match self.try_read(blob, offset, length as usize).await {
            Ok(bytes) => CacheReply::Read(bytes),
            Err(_) => CacheReply::Failed,
        }
    }

    async fn try_read(&self, blob: BlobId, offset: u64, length: usize) -> Result<Vec<u8>, JsValue> {
        self.open(blob, false).await?;
        self.with(|file| {
            let mut bytes = vec![0; length];
            let read = file.read_with_u8_array_and_options(&mut bytes, &at(offset))?;
            if read as usize == length {
                Ok(bytes)
            } else {
                Err(JsValue::NULL)
            }
        })
    }

    /// Deletes a file.
    pub async fn forget(&self, blob: BlobId) {
        self.open.borrow_mut().retain(|(open, _)| *open != blob);
        if let Ok(directory) = directory().await {
            let _ = JsFuture::from(directory.remove_entry(&blob.to_string())).await;
        }
    }

    /// Lets go of all files, for another tab's worker to open them.
    pub fn let_go(&self) {
        self.open.borrow_mut().clear();
    }

    /// Deletes everything.
    pub async fn erase(&self) {
        self.let_go();
        if let Ok(root) = root().await {
            let options = FileSystemRemoveOptions::new();
            options.set_recursive(true);
            let _ = JsFuture::from(root.remove_entry_with_options(DIRECTORY, &options)).await;
        }
    }

    /// Puts a file at the front of the open ones.
    async fn open(&self, blob: BlobId, make: bool) -> Result<(), JsValue> {
        let known = self
            .open
            .borrow()
            .iter()
            .position(|(open, _)| *open == blob);
        if let Some(place) = known {
            self.open.borrow_mut().swap(0, place);
            return Ok(());
        }
        let options = FileSystemGetFileOptions::new();
        options.set_create(make);
        let file = JsFuture::from(
            directory()
                .await?
                .get_file_handle_with_options(&blob.to_string(), &options),
        )
        .await?;
        let file: FileSystemFileHandle = file.unchecked_into();
        let handle = JsFuture::from(file.create_sync_access_handle()).await?;
        let mut open = self.open.borrow_mut();
        open.push_front((blob, OpenFile(handle.unchecked_into())));
        open.truncate(OPEN_FILES);
        Ok(())
    }

    fn with<T>(
        &self,
        use_file: impl FnOnce(&FileSystemSyncAccessHandle) -> Result<T, JsValue>,
    ) -> Result<T, JsValue> {
        match self.open.borrow().front() {
            Some((_, file)) => use_file(&file.0),
            None => Err(JsValue::NULL),
        }
    }
}

fn at(offset: u64) -> FileSystemReadWriteOptions {
    let options = FileSystemReadWriteOptions::new();
    options.set_at(offset as f64);
    options
}

async fn root() -> Result<FileSystemDirectoryHandle, JsValue> {
    let storage: JsValue = scope().navigator().storage().into();
    Ok(call(&storage, "getDirectory", &[]).await?.unchecked_into())
}

async fn directory() -> Result<FileSystemDirectoryHandle, JsValue> {
    let options = FileSystemGetDirectoryOptions::new();
    options.set_create(true);
    let made = JsFuture::from(
        root()
            .await?
            .get_directory_handle_with_options(DIRECTORY, &options),
    )
    .await?;
    Ok(made.unchecked_into())
}

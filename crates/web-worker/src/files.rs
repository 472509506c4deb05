//! Bytes of files: read from what the person chose, and shown out of the cache.

use crate::browser::call;
use crate::cache::Cache;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use valise_client::CacheReply;
use valise_client::file::{OpenFile, cached_range, open_slice};
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag};

/// How much of a file is opened at once.
const SLICE_BYTES: u64 = 1 << 20;

/// Media types that a page may show; everything else is handed over as bytes to keep, so that it can never run.
const SHOWN_TYPES: [&str; 14] = [
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    "image/avif",
    "application/pdf",
    "video/mp4",
    "video/webm",
    "audio/mpeg",
    "audio/mp4",
    "audio/ogg",
    "audio/wav",
    "audio/webm",
    "text/plain",
];

/// Reads a part of a file that the person chose; none if it has changed or is gone.
pub async fn read(file: &Blob, offset: u64, length: u32) -> Option<Vec<u8>> {
    let end = offset + u64::from(length);
    let part = file
        .slice_with_f64_and_f64(offset as f64, end as f64)
        .ok()?;
    let buffer: ArrayBuffer = call(&part, "arrayBuffer", &[])
        .await
        .ok()?
        .dyn_into()
        .ok()?;
    let bytes = Uint8Array::new(&buffer).to_vec();
    (bytes.len() == length as usize).then_some(bytes)
}

/// Opens a cached file slice by slice; the browser keeps the parts. None if a byte of it was changed.
pub async fn show(cache: &Cache, file: &OpenFile) -> Option<Blob> {
    let parts = Array::new();
    let mut start = 0;
    while start < file.size_bytes {
        let wanted = start..(start + SLICE_BYTES).min(file.size_bytes);
        let stored = cached_range(file, wanted.clone());
        let length = u32::try_from(stored.end - stored.start).ok()?;
        let CacheReply::Read(sealed) = cache.read(file.blob, stored.start, length).await else {
            return None;
        };
        let opened = open_slice(file, wanted.clone(), &sealed).ok()?;
        let bytes = Array::of1(&Uint8Array::from(opened.as_slice()));
        parts.push(Blob::new_with_u8_array_sequence(&bytes).ok()?.as_ref());
        start = wanted.end;
    }
    let options = BlobPropertyBag::new();
    options.set_type(harmless_type(&file.media_type));
    Blob::new_with_blob_sequence_and_options(&parts, &options).ok()
}

fn harmless_type(media_type: &str) -> &str {
    if SHOWN_TYPES.contains(&media_type) {
        media_type
    } else {
        "application/octet-stream"
    }
}

//! The bytes of one `PATCH`, from the socket to the disk.

use super::answer::Refusal;
use super::hold::Hold;
use super::{Blobs, Part, Row, blocking};
use crate::metrics::name;
use axum::body::Body;
use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use subtle::ConstantTimeEq;
use valise_wire::BlobId;

/// Bytes that are gathered before they are written.
const GATHER_BYTES: usize = 256 << 10;
/// Bytes after which what came is made durable, so that a crash costs no more.
const SYNC_EVERY_BYTES: u64 = 8 << 20;

/// What the bytes of a `PATCH` must hash to.
pub(super) struct Checksum {
    state: Hasher,
    expected: Vec<u8>,
}

enum Hasher {
    Sha1(Sha1),
    Sha256(Sha256),
}

impl Checksum {
    /// Reads `Upload-Checksum`, if there is one.
    pub(super) fn from_headers(headers: &HeaderMap) -> Result<Option<Self>, Refusal> {
        let Some(value) = headers.get("upload-checksum") else {
            return Ok(None);
        };
        let wrong = Refusal::malformed("Upload-Checksum must be sha1 or sha256 and base64");
        let (algorithm, digest) = value
            .to_str()
            .ok()
            .and_then(|text| text.split_once(' '))
            .ok_or(wrong)?;
        let state = match algorithm {
            "sha1" => Hasher::Sha1(Sha1::new()),
            "sha256" => Hasher::Sha256(Sha256::new()),
            _ => return Err(wrong),
        };
        let expected = STANDARD.decode(digest).map_err(|_| wrong)?;
        Ok(Some(Self { state, expected }))
    }

    fn update(&mut self, bytes: &[u8]) {
        match &mut self.state {
            Hasher::Sha1(state) => state.update(bytes),
            Hasher::Sha256(state) => state.update(bytes),
        }
    }

    fn holds(self) -> bool {
        let found = match self.state {
            Hasher::Sha1(state) => state.finalize().to_vec(),
            Hasher::Sha256(state) => state.finalize().to_vec(),
        };
        found.ct_eq(&self.expected).into()
    }
}

/// One `PATCH` under way.
pub(super) struct Upload {
    blobs: Blobs,
    blob: BlobId,
    row: Row,
    checksum: Option<Checksum>,
    hold: Hold,
    /// Bytes that lie in the file, durable or not.
    written: u64,
    /// Bytes that are durable and noted.
    noted: u64,
    part: Option<Box<dyn Part>>,
    /// Whether more may lie in the file than is noted.
    dirty: bool,
}

/// How the body ended.
enum End {
    Whole,
    CutOff,
    TooLong,
}

impl Upload {
    pub(super) fn new(
        blobs: Blobs,
        blob: BlobId,
        row: Row,
        checksum: Option<Checksum>,
        hold: Hold,
    ) -> Self {
        Self {
            blobs,
            blob,
            row,
            checksum,
            hold,
            written: row.stored,
            noted: row.stored,
            part: None,
            dirty: false,
        }
    }

    /// Takes the body, and returns how many bytes of the blob are durable.
    pub(super) async fn receive(mut self, body: Body) -> Result<u64, Refusal> {
        let result = self.receive_all(body).await;
        if result.is_err() && self.dirty {
            // What does not count must not fill the disk either. If this fails, the next append drops it.
            self.part = None;
            let (inner, blob, noted) = (Arc::clone(&self.blobs.0), self.blob, self.noted);
            let _ = blocking(move || inner.files.append(blob, noted).map(drop)).await;
        }
        result
    }

    async fn receive_all(&mut self, body: Body) -> Result<u64, Refusal> {
        let end = self.take(body).await?;
        let Some(checksum) = self.checksum.take() else {
            self.note().await?;
            return match end {
                End::Whole => Ok(self.noted),
                End::CutOff => Err(Refusal::CUT_OFF),
                End::TooLong => Err(Refusal::TOO_LARGE),
            };
        };
        // A checksum is over the whole body: of a part of it, nothing can be said, and nothing is kept.
        match end {
            End::Whole if checksum.holds() => {
                self.note().await?;
                Ok(self.noted)
            }
            End::Whole => Err(Refusal::checksum()),
            End::CutOff => Err(Refusal::CUT_OFF),
            End::TooLong => Err(Refusal::TOO_LARGE),
        }
    }

    async fn take(&mut self, body: Body) -> Result<End, Refusal> {
        let mut frames = body.into_data_stream();
        let mut gathered = BytesMut::new();
        let end = loop {
            let frame = tokio::select! {
                frame = frames.next() => frame,
                () = self.hold.asked_for() => break End::CutOff,
            };
            let bytes = match frame {
                None => break End::Whole,
                Some(Err(_)) => break End::CutOff,
                Some(Ok(bytes)) => bytes,
            };
            if (gathered.len() + bytes.len()) as u64 > self.row.length - self.written {
                break End::TooLong;
            }
            gathered.extend_from_slice(&bytes);
            if gathered.len() >= GATHER_BYTES {
                self.write(gathered.split().freeze()).await?;
            }
        };
        self.write(gathered.freeze()).await?;
        Ok(end)
    }

    async fn write(&mut self, bytes: Bytes) -> Result<(), Refusal> {
        if bytes.is_empty() {
            return Ok(());
        }
        if let Some(checksum) = &mut self.checksum {
            checksum.update(&bytes);
        }
        let (inner, blob, offset) = (Arc::clone(&self.blobs.0), self.blob, self.written);
        let (part, length) = (self.part.take(), bytes.len() as u64);
        self.dirty = true;
        let part = blocking(move || {
            let mut part = match part {
                Some(part) => part,
                None => inner.files.append(blob, offset)?,
            };
            part.write(&bytes)?;
            Ok(part)
        });
        self.part = Some(part.await?);
        self.written += length;
        ::metrics::counter!(name::BLOB_RECEIVED).increment(length);
        if self.checksum.is_none() && self.written - self.noted >= SYNC_EVERY_BYTES {
            self.note().await?;
        }
        Ok(())
    }

    /// Makes durable what was written, then notes it: never the other way round.
    async fn note(&mut self) -> Result<(), Refusal> {
        let Some(mut part) = self.part.take() else {
            return Ok(());
        };
        let (inner, blob, written, now) = (
            Arc::clone(&self.blobs.0),
            self.blob,
            self.written,
            self.blobs.0.clock.now(),
        );
        let noted = blocking(move || {
            part.sync()?;
            Ok((inner.ledger.advance(blob, written, now), part))
        });
        let (result, part) = noted.await?;
        result?;
        self.part = Some(part);
        self.noted = self.written;
        self.dirty = false;
        Ok(())
    }
}

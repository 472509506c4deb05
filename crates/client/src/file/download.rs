//! Getting a file: in slices of whole chunks, each checked before it is kept, the whole by its digest at the end.

use super::cipher::{FileCipher, HEADER, SEALED_CHUNK};
use super::row::Row;
use super::transfer::{SLICE_CHUNKS, State, Step};
use crate::guard::Guard;
use crate::io::{HttpReply, HttpRequest, Method, Output};
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use sha2::Digest as _;
use valise_wire::blob::BLOBS_PATH;

impl Cx<'_> {
    pub(super) fn advance_download(&mut self, row: &Row) -> Result<(), Error> {
        let Some(remote) = row.remote else {
            return self.set_file(row, State::Gone, 0);
        };
        let hashed = self
            .state
            .transfers
            .entry(row.id.clone())
            .or_default()
            .hashed;
        if hashed < row.done {
            let length = (row.done - hashed).min(SLICE_CHUNKS * SEALED_CHUNK);
            let id = self.expect(self.step(row, Step::ReadBack(hashed)), false);
            self.put(Output::CacheRead {
                id,
                blob: row.blob,
                offset: hashed,
                length: length as u32,
            });
            return Ok(());
        }
        let start = row.done;
        let slice = SLICE_CHUNKS * SEALED_CHUNK + if start == 0 { HEADER } else { 0 };
        let length = (row.sealed_size - start).min(slice);
        if length == 0 {
            return self.finish_download(row);
        }
        let request = HttpRequest {
            origin: String::new(),
            method: Method::Get,
            path: format!("{BLOBS_PATH}/{remote}"),
            headers: vec![(
                "range".into(),
                format!("bytes={start}-{}", start + length - 1),
            )],
            body: Vec::new(),
        };
        let purpose = self.step(row, Step::Range(start, length));
        self.ask_http(purpose, request)
    }

    pub(super) fn hashed_back(
        &mut self,
        row: &Row,
        offset: u64,
        bytes: &[u8],
    ) -> Result<(), Error> {
        let transfer = self.state.transfers.entry(row.id.clone()).or_default();
        if transfer.hashed == offset {
            transfer.hasher.update(bytes);
            transfer.hashed += bytes.len() as u64;
        }
        Ok(())
    }

    pub(super) fn range_came(
        &mut self,
        row: &Row,
        offset: u64,
        length: u64,
        reply: HttpReply,
    ) -> Result<(), Error> {
        if row.state != State::Downloading || offset != row.done {
            return Ok(());
        }
        let whole = reply.status == 206 || (reply.status == 200 && length == row.sealed_size);
        match reply.status {
            404 | 410 => return self.set_file(row, State::Gone, 0),
            _ if !whole => return self.file_failed(&row.id, Step::Range(offset, length)),
            _ => {}
        }
        let genuine = is_genuine(row, offset, &reply.body) || !self.keeps(Guard::FileDigest);
        if reply.body.len() as u64 != length || !genuine {
            return self.broken(row);
        }
        let transfer = self.state.transfers.entry(row.id.clone()).or_default();
        transfer.hasher.update(&reply.body);
        transfer.hashed = offset + length;
        let id = self.expect(self.step(row, Step::WriteFetched(offset + length)), false);
        self.put(Output::CacheWrite {
            id,
            blob: row.blob,
            offset,
            bytes: reply.body,
        });
        Ok(())
    }

    pub(super) fn fetched(&mut self, row: &Row, done: u64) -> Result<(), Error> {
        if row.state != State::Downloading {
            return Ok(());
        }
        self.progress(row, done)?;
        if done >= row.sealed_size {
            return self.finish_download(&Row {
                done,
                ..row.clone()
            });
        }
        Ok(())
    }

    fn finish_download(&mut self, row: &Row) -> Result<(), Error> {
        let hasher = self
            .state
            .transfers
            .remove(&row.id)
            .unwrap_or_default()
            .hasher;
        let digest: [u8; 32] = hasher.finalize().into();
        if row.digest == Some(digest) || !self.keeps(Guard::FileDigest) {
            self.set_file(row, State::Here, row.done)
        } else {
            self.broken(row)
        }
    }

    fn broken(&mut self, row: &Row) -> Result<(), Error> {
        self.put(Output::CacheDrop { blob: row.blob });
        self.set_file(row, State::Broken, 0)?;
        self.server_misbehaved(ServerMisbehaved::BadFile)
    }
}

/// Tells whether every chunk of a slice is the one that was sealed at its place.
fn is_genuine(row: &Row, offset: u64, bytes: &[u8]) -> bool {
    let cipher = FileCipher::new(&row.key, &row.salt);
    let (first, chunks) = if offset == 0 {
        let Some((header, chunks)) = bytes.split_first_chunk::<{ HEADER as usize }>() else {
            return false;
        };
        if header != cipher.header() {
            return false;
        }
        (0, chunks)
    } else {
        ((offset - HEADER) / SEALED_CHUNK, bytes)
    };
    (first..)
        .zip(chunks.chunks(SEALED_CHUNK as usize))
        .all(|(index, chunk)| cipher.open(index, chunk).is_some())
}

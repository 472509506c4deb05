//! Encrypted files: resumable uploads (tus 1.0), ranges down, quotas. See `spec/attachments.md`.
//!
//! Bytes are appended to plain files, because an upload grows: an object store has no append, and would keep parts of
//! its own that a crash leaves behind. [`BlobStore`] is the seam at which another place for bytes can be put in.
//! Who owns how much is in a database of its own, so that quotas are one transaction and never a walk over a folder.

mod answer;
mod download;
mod elsewhere;
mod files;
mod hold;
mod ledger;
mod receive;
mod tus;

pub use files::{BlobStore, Files, Part};
pub use ledger::{Allowance, DATABASE, LedgerError, Row};

use crate::clock::Clock;
use crate::config::Config;
use crate::metrics::name;
use crate::service::Attachments;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use futures_util::future::BoxFuture;
use hold::Holds;
use ledger::Ledger;
use std::future::Future;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use valise_wire::blob::BLOBS_PATH;
use valise_wire::partner::BlobPart;
use valise_wire::request::Quota;
use valise_wire::{AccountId, BlobId, Octets, OrganisationId, Timestamp};

/// Folder of the attachments in the data folder.
pub const FOLDER: &str = "blobs";

/// Knows whose session a token is, and what lies elsewhere.
pub trait Sessions: Send + Sync + 'static {
    /// Returns the account of a session that holds now.
    fn account(
        &self,
        token: [u8; 32],
        now: Timestamp,
    ) -> Pin<Box<dyn Future<Output = Option<AccountId>> + Send + '_>>;

    /// Reads a part of a file that lies at another organisation's server; none if it cannot be had.
    fn part_elsewhere(
        &self,
        at: OrganisationId,
        blob: BlobId,
        offset: u64,
        length: u32,
    ) -> BoxFuture<'_, Option<BlobPart>>;
}

/// How long blobs are kept.
#[derive(Debug, Clone, Copy)]
pub struct Keep {
    /// Milliseconds after which an upload that nobody went on with is thrown away.
    pub abandoned_ms: u64,
    /// Milliseconds after which a complete blob is deleted; `None` keeps it.
    pub complete_ms: Option<u64>,
}

/// The attachments of one server.
#[derive(Clone)]
pub struct Blobs(Arc<Inner>);

struct Inner {
    ledger: Ledger,
    files: Box<dyn BlobStore>,
    holds: Holds,
    keep: Keep,
    clock: Arc<dyn Clock>,
    protections: Protections,
}

/// What is checked. All of it, always: tests switch one off to prove that it is what refuses.
#[derive(Debug, Clone, Copy)]
struct Protections {
    /// Only the owner asks, appends and deletes.
    owner: bool,
    /// Bytes go on only where the durable ones end.
    offset: bool,
    /// Only signed-in devices read.
    session: bool,
    /// Only what is complete is read.
    complete: bool,
}

impl Default for Protections {
    fn default() -> Self {
        Self {
            owner: true,
            offset: true,
            session: true,
            complete: true,
        }
    }
}

impl Blobs {
    /// Opens the attachments in a data folder.
    pub fn open(data_dir: &Path, config: &Config, clock: Arc<dyn Clock>) -> io::Result<Self> {
        let quotas = &config.quotas;
        let allowance = Allowance {
            file_bytes: quotas.file_mib << 20,
            account_bytes: quotas.account_mib << 20,
            total_bytes: quotas.total_mib << 20,
        };
        let days = u64::from(config.retention.attachments_days);
        let keep = Keep {
            abandoned_ms: u64::from(config.retention.abandoned_uploads_hours) * 3_600_000,
            complete_ms: (days > 0).then_some(days * 86_400_000),
        };
        let files = Files::open(&data_dir.join(FOLDER))?;
        Self::with(
            Box::new(files),
            &data_dir.join(DATABASE),
            allowance,
            keep,
            clock,
        )
    }

    /// Opens attachments whose bytes lie where the caller says.
    pub fn with(
        files: Box<dyn BlobStore>,
        database: &Path,
        allowance: Allowance,
        keep: Keep,
        clock: Arc<dyn Clock>,
    ) -> io::Result<Self> {
        let ledger = Ledger::open(database, allowance).map_err(io::Error::other)?;
        let holds = Holds::default();
        Ok(Self(Arc::new(Inner {
            ledger,
            files,
            holds,
            keep,
            clock,
            protections: Protections::default(),
        })))
    }

    /// Returns the routes under [`BLOBS_PATH`].
    pub fn routes(&self, sessions: Arc<dyn Sessions>) -> Router {
        let one = format!("{BLOBS_PATH}/{{blob}}");
        let state = tus::Api {
            blobs: self.clone(),
            sessions,
        };
        let on_one = get(download::get)
            .head(tus::head)
            .patch(tus::patch)
            .delete(tus::delete);
        Router::new()
            .route(BLOBS_PATH, post(tus::create).options(tus::options))
            .route(&one, on_one.post(tus::overridden).options(tus::options))
            .layer(DefaultBodyLimit::disable())
            .with_state(state)
    }

    /// Throws away what nobody went on with, and what is older than it is kept. Returns how many blobs went.
    pub async fn collect(&self) -> io::Result<usize> {
        let now = self.0.clock.now();
        let inner = Arc::clone(&self.0);
        let stale = blocking(move || {
            inner
                .ledger
                .stale(now, inner.keep)
                .map_err(io::Error::other)
        })
        .await?;
        let mut gone = 0;
        for blob in stale {
            // Whoever sends right now is not stale: his hold is respected, and then it is looked again.
            let Some(hold) = self.0.holds.try_take(blob) else {
                continue;
            };
            let inner = Arc::clone(&self.0);
            gone += blocking(move || {
                let _hold = hold;
                let found = inner.ledger.find(blob).map_err(io::Error::other)?;
                match found.filter(|row| row.is_stale(now, inner.keep)) {
                    Some(_) => inner.remove(blob).map(|()| 1),
                    None => Ok(0),
                }
            })
            .await?;
        }
        ::metrics::counter!(name::BLOBS_COLLECTED).increment(gone as u64);
        Ok(gone)
    }

    /// Collects every hour, for ever.
    pub async fn collect_hourly(self) {
        loop {
            match self.collect().await {
                Ok(0) => {}
                Ok(count) => tracing::info!(count, "attachments were thrown away"),
                Err(error) => tracing::error!(%error, "attachments could not be thrown away"),
            }
            tokio::time::sleep(Duration::from_secs(3_600)).await;
        }
    }
}

/// Returns the name of a blob's file below the data folder.
pub fn file_name(blob: BlobId) -> String {
    format!("{FOLDER}/{}", files::relative_path(blob).display())
}

impl Inner {
    /// Deletes a blob: the bytes first, so that what is forgotten never takes room.
    fn remove(&self, blob: BlobId) -> io::Result<()> {
        self.files.delete(blob)?;
        self.ledger.remove(blob).map_err(io::Error::other)
    }
}

impl Attachments for Blobs {
    fn quota(&self, account: AccountId) -> Quota {
        let allowance = self.0.ledger.allowance();
        Quota {
            used_bytes: self.0.ledger.used(account),
            limit_bytes: allowance.account_bytes,
            file_limit_bytes: allowance.file_bytes,
        }
    }

    fn part(&self, blob: BlobId, offset: u64, length: u32) -> BoxFuture<'_, Option<BlobPart>> {
        let inner = Arc::clone(&self.0);
        Box::pin(async move {
            let found = blocking(move || {
                let row = inner.ledger.find(blob).map_err(io::Error::other)?;
                let row = row.filter(|row| row.is_complete() && offset < row.length);
                let Some(row) = row else {
                    return Ok(None);
                };
                let length = u64::from(length).min(row.length - offset);
                let bytes = inner.files.read(blob, offset, length as usize)?;
                ::metrics::counter!(name::BLOB_SENT).increment(length);
                Ok(Some(BlobPart {
                    total: row.length,
                    bytes: Octets(bytes),
                }))
            });
            found.await.ok().flatten()
        })
    }
}

/// Does something that may wait for the disk.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(io::Error::other(error)),
    }
}

#[cfg(test)]
mod tests;

//! Which certificates people are shown: those that this server has shown since it began, and those of what stands in front.
//!
//! A device compares them with what it saw (`spec/directory.md` §8), so that nobody with another certificate for the name stands
//! between the two. What was shown once stays named: connections live on after a certificate was renewed.

use super::files;
use crate::config::{Tls, TlsMode};
use rustls::pki_types::CertificateDer;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;
use valise_wire::request::MAX_CERTIFICATES;

/// The certificates by which people reach this server.
#[derive(Debug, Default)]
pub struct Shown {
    /// Whether all of them are known here.
    is_known: bool,
    files: Vec<File>,
    /// SHA-256 of each, the newest last.
    named: Mutex<VecDeque<[u8; 32]>>,
}

/// A file with the certificate of what stands in front.
#[derive(Debug)]
struct File {
    path: PathBuf,
    /// When it was changed, as it was read last.
    read: Mutex<Option<SystemTime>>,
}

impl Shown {
    /// Begins with what the settings name. Fails if a file holds no certificate.
    pub(crate) fn begin(tls: &Tls) -> io::Result<Self> {
        let shown = Self {
            is_known: tls.mode != TlsMode::Off || !tls.shown.is_empty(),
            files: tls.shown.iter().map(|path| File::of(path)).collect(),
            named: Mutex::default(),
        };
        for file in &shown.files {
            shown.note(&file.certificate()?);
        }
        Ok(shown)
    }

    /// Names these, by SHA-256 of their DER, for whoever carries connections by other means than this crate's.
    pub fn naming(certificates: impl IntoIterator<Item = [u8; 32]>) -> Self {
        let shown = Self {
            is_known: true,
            ..Self::default()
        };
        certificates
            .into_iter()
            .for_each(|digest| shown.put(digest));
        shown
    }

    /// Notes a certificate that people are shown.
    pub(super) fn note(&self, certificate: &CertificateDer<'_>) {
        self.put(Sha256::digest(certificate).into());
    }

    /// Names one more; the one that was named first makes way when there are too many.
    fn put(&self, digest: [u8; 32]) {
        let mut named = self.named();
        if named.contains(&digest) {
            return;
        }
        if named.len() == MAX_CERTIFICATES {
            named.pop_front();
        }
        named.push_back(digest);
    }

    /// Returns SHA-256 of each certificate in DER; none if this server does not end TLS itself and was not told what does.
    ///
    /// Files that have changed are read again: what stands in front does not wait for this server.
    pub fn certificates(&self) -> Option<Vec<[u8; 32]>> {
        if !self.is_known {
            return None;
        }
        for file in self.files.iter().filter(|file| file.has_changed()) {
            match file.certificate() {
                Ok(certificate) => self.note(&certificate),
                Err(error) => tracing::error!(%error, "what was shown before stays named"),
            }
        }
        Some(self.named().iter().copied().collect())
    }

    fn named(&self) -> MutexGuard<'_, VecDeque<[u8; 32]>> {
        self.named.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl File {
    fn of(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            read: Mutex::new(changed(path)),
        }
    }

    /// Tells whether it has changed since it was asked last.
    fn has_changed(&self) -> bool {
        let now = changed(&self.path);
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *read, now) != now
    }

    /// Reads the certificate itself, which stands before its intermediates.
    fn certificate(&self) -> io::Result<CertificateDer<'static>> {
        Ok(files::read_certificates(&self.path)?.swap_remove(0))
    }
}

fn changed(path: &Path) -> Option<SystemTime> {
    let file = std::fs::metadata(path);
    file.and_then(|file| file.modified()).ok()
}

/// Finds certificates elsewhere, and notes which.
#[derive(Debug)]
pub(super) struct Noting {
    pub(super) inner: Arc<dyn ResolvesServerCert>,
    pub(super) shown: Arc<Shown>,
}

impl ResolvesServerCert for Noting {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let found = self.inner.resolve(hello);
        if let Some(certificate) = found.as_ref().and_then(|found| found.cert.first()) {
            self.shown.note(certificate);
        }
        found
    }
}

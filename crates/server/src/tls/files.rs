//! A certificate and its key in two files, read again when they change.

use rustls::crypto::ring::sign::any_supported_type;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};
use tokio::signal::unix::{SignalKind, signal};

/// How often it is looked whether the files changed.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Gives out the certificate that was read last.
#[derive(Debug)]
pub(super) struct Reloading {
    certificate: PathBuf,
    key: PathBuf,
    current: RwLock<Arc<CertifiedKey>>,
}

impl Reloading {
    /// Reads both files.
    pub(super) fn read(certificate: &Path, key: &Path) -> io::Result<Arc<Self>> {
        Ok(Arc::new(Self {
            current: RwLock::new(Arc::new(read(certificate, key)?)),
            certificate: certificate.to_owned(),
            key: key.to_owned(),
        }))
    }

    /// Reads both files again; if they do not fit, the old certificate stays.
    pub(super) fn reload(&self) -> io::Result<()> {
        let fresh = Arc::new(read(&self.certificate, &self.key)?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    fn changed(&self) -> [Option<SystemTime>; 2] {
        [&self.certificate, &self.key].map(|path| {
            std::fs::metadata(path)
                .and_then(|file| file.modified())
                .ok()
        })
    }
}

impl ResolvesServerCert for Reloading {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(
            &self.current.read().unwrap_or_else(PoisonError::into_inner),
        ))
    }
}

/// Says which file an error is about.
pub(super) fn about(path: &Path, error: &dyn std::fmt::Display) -> io::Error {
    io::Error::other(format!("{}: {error}", path.display()))
}

/// Reads the certificates in a PEM file; none is an error.
pub(crate) fn read_certificates(path: &Path) -> io::Result<Vec<CertificateDer<'static>>> {
    let certificates = CertificateDer::pem_file_iter(path)
        .and_then(|items| items.collect::<Result<Vec<_>, _>>())
        .map_err(|error| about(path, &error))?;
    if certificates.is_empty() {
        return Err(about(path, &"holds no certificate"));
    }
    Ok(certificates)
}

fn read(certificate: &Path, key: &Path) -> io::Result<CertifiedKey> {
    let chain = read_certificates(certificate)?;
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|error| about(key, &error))?;
    let secret = any_supported_type(&secret).map_err(|error| about(key, &error))?;
    let certified = CertifiedKey::new(chain, secret);
    match certified.keys_match() {
        // "Unknown" is a kind of key whose public half cannot be asked for; the first handshake will tell.
        Ok(()) | Err(rustls::Error::InconsistentKeys(rustls::InconsistentKeys::Unknown)) => {
            Ok(certified)
        }
        Err(_) => Err(about(
            key,
            &format!("does not belong to {}", certificate.display()),
        )),
    }
}

/// Reads the files again on SIGHUP and when they change.
pub(super) async fn reload_when_changed(resolver: Arc<Reloading>) {
    let Ok(mut hang_up) = signal(SignalKind::hangup()) else {
        tracing::error!("SIGHUP cannot be listened for; certificates are not read again");
        return;
    };
    let mut seen = resolver.changed();
    loop {
        tokio::select! {
            _ = hang_up.recv() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {
                if resolver.changed() == seen {
                    continue;
                }
            }
        }
        seen = resolver.changed();
        match resolver.reload() {
            Ok(()) => tracing::info!("the certificate was read again"),
            Err(error) => tracing::error!(%error, "the old certificate stays"),
        }
    }
}

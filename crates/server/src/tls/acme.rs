//! Certificates from an ACME authority by TLS-ALPN-01, which needs no other port than our own.

use super::files;
use crate::config::Tls;
use futures_util::StreamExt;
use rustls::crypto::CryptoProvider;
use rustls::crypto::ring;
use rustls::server::ResolvesServerCert;
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use rustls_acme::AcmeConfig;
use rustls_acme::caches::DirCache;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// Orders a certificate for the host and renews it for as long as the process lives. Returns what finds the certificate,
/// and what answers the authority's check. Fails if the authority's own certificates cannot be read.
pub(super) fn start(
    host: &str,
    tls: &Tls,
    cache: &Path,
) -> io::Result<(Arc<dyn ResolvesServerCert>, Arc<ServerConfig>)> {
    let provider = Arc::new(ring::default_provider());
    let contact = tls
        .contact
        .iter()
        .map(|address| format!("mailto:{address}"));
    let mut config = AcmeConfig::new_with_provider([host], Arc::clone(&provider))
        .contact(contact)
        .cache(DirCache::new(cache.to_owned()))
        .directory_lets_encrypt(true);
    if let Some(directory) = &tls.directory {
        config = config.directory(directory);
    }
    if let Some(authority) = &tls.authority {
        config = config.client_tls_config(knowing(authority, Arc::clone(&provider))?);
    }
    let mut state = config.state();
    let (resolver, challenge) = (
        state.resolver(),
        state.challenge_rustls_config_with_provider(provider),
    );
    tokio::spawn(async move {
        while let Some(event) = state.next().await {
            match event {
                Ok(event) => tracing::info!(?event, "certificate"),
                Err(error) => {
                    tracing::error!(%error, "the authority gave no certificate; trying again")
                }
            }
        }
    });
    Ok((resolver, challenge))
}

/// Lets nobody pass for the authority but who is certified by the certificates of a file.
fn knowing(authority: &Path, provider: Arc<CryptoProvider>) -> io::Result<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    for certificate in files::read_certificates(authority)? {
        let added = roots.add(certificate);
        added.map_err(|error| files::about(authority, &error))?;
    }
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

//! Certificates from an ACME authority by TLS-ALPN-01, which needs no other port than our own.

use crate::config::Tls;
use futures_util::StreamExt;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::server::ResolvesServerCert;
use rustls_acme::AcmeConfig;
use rustls_acme::caches::DirCache;
use std::path::Path;
use std::sync::Arc;

/// Orders a certificate for the host and renews it for as long as the process lives. Returns what finds the certificate,
/// and what answers the authority's check.
pub(super) fn start(
    host: &str,
    tls: &Tls,
    cache: &Path,
) -> (Arc<dyn ResolvesServerCert>, Arc<ServerConfig>) {
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
    (resolver, challenge)
}

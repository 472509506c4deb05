//! TLS: certificates from files, or from an ACME authority.
//!
//! TLS 1.2 and 1.3 with the suites of `ring`, HTTP/1.1 only, no early data: a replayed request must not exist.

mod acme;
mod files;
mod shown;

pub(crate) use files::read_certificates;
pub use shown::Shown;

use crate::config::{Config, Tls, TlsMode};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::server::ResolvesServerCert;
use shown::Noting;
use std::io;
use std::path::Path;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::server::TlsStream;
use tokio_rustls::{LazyConfigAcceptor, TlsAcceptor};

/// Bytes of clear text that a session keeps for a peer who does not take them.
const SESSION_BUFFER_BYTES: usize = 16 << 10;

/// Ends TLS on accepted connections.
pub struct Terminator {
    config: Arc<ServerConfig>,
    /// Answers the authority's check of who we are.
    challenge: Option<Arc<ServerConfig>>,
}

impl Terminator {
    /// Reads or orders the certificate that the settings ask for; `None` where TLS is off.
    ///
    /// Certificates from files are read again when the files change and on SIGHUP, certificates of an authority are
    /// renewed, both for as long as the process lives. What is handed out is noted in `shown`. Needs a runtime.
    pub fn start(config: &Config, data_dir: &Path, shown: Arc<Shown>) -> io::Result<Option<Self>> {
        match config.tls.mode {
            TlsMode::Off => Ok(None),
            TlsMode::Files => Self::from_files(&config.tls, shown).map(Some),
            TlsMode::Acme => {
                let (resolver, challenge) =
                    acme::start(config.origin().host(), &config.tls, &data_dir.join("acme"))?;
                let config = server_config(resolver, shown)?;
                Ok(Some(Self {
                    config,
                    challenge: Some(challenge),
                }))
            }
        }
    }

    fn from_files(tls: &Tls, shown: Arc<Shown>) -> io::Result<Self> {
        let (Some(certificate), Some(key)) = (&tls.certificate, &tls.key) else {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "certificate and key must both be set",
            ));
        };
        let resolver = files::Reloading::read(certificate, key)?;
        tokio::spawn(files::reload_when_changed(Arc::clone(&resolver)));
        Ok(Self {
            config: server_config(resolver, shown)?,
            challenge: None,
        })
    }

    /// Shakes hands. `None`: that was an authority's check, which is over.
    pub async fn accept<T: AsyncRead + AsyncWrite + Unpin>(
        &self,
        stream: T,
    ) -> io::Result<Option<TlsStream<T>>> {
        let mut stream = match &self.challenge {
            None => {
                TlsAcceptor::from(Arc::clone(&self.config))
                    .accept(stream)
                    .await?
            }
            Some(challenge) => {
                let start = LazyConfigAcceptor::new(Default::default(), stream).await?;
                if rustls_acme::is_tls_alpn_challenge(&start.client_hello()) {
                    start.into_stream(Arc::clone(challenge)).await?;
                    return Ok(None);
                }
                start.into_stream(Arc::clone(&self.config)).await?
            }
        };
        stream
            .get_mut()
            .1
            .set_buffer_limit(Some(SESSION_BUFFER_BYTES));
        Ok(Some(stream))
    }
}

fn server_config(
    inner: Arc<dyn ResolvesServerCert>,
    shown: Arc<Shown>,
) -> io::Result<Arc<ServerConfig>> {
    let resolver = Arc::new(Noting { inner, shown });
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_cert_resolver(resolver);
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    config.max_early_data_size = 0;
    Ok(Arc::new(config))
}

#[cfg(test)]
mod tests;
